// The hot loops, compiled once per instruction set and chosen at run time. All sets give the same bits (promise P4):
// the tests compare every set with plain twins. Loops are written once, in kernels_impl.h and kernels_words_impl.h;
// where a set has an instruction that the compiler does not find, the few lines that use it stand beside the others.
//
// Threads: functions without state.
// Failure: none. Buffers must have the stated room.
#ifndef UNECHO_SRC_KERNELS_KERNELS_H_
#define UNECHO_SRC_KERNELS_KERNELS_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace unecho {

inline constexpr size_t kSketchBins = 64;  // K: bins of a sketch, one byte each once stored

// What the code points below U+0800 fold to, where that is a letter, mark or number of two bytes: by code point, those
// bytes, first byte lowest; 0 elsewhere. Bit 14, which is 0 in them, says that it is a mark that does not compose;
// `classes` has the combining classes of those, by which they are put in order. An entry may turn from 0 to its value
// while kernels read it (that of `classes` first).
struct Letters {
  static constexpr uint16_t kMark = 1 << 14;
  uint16_t of[0x800]{};
  uint8_t classes[0x800]{};
};

struct Kernels {
  const char* name;

  // Edges (start, end, start, end, ...) of the runs of ASCII letters, digits and bytes >= 0x80 in text[0, size), but
  // for some punctuation above ASCII, which separates runs too (PunctuationBytes in kernels_words_impl.h). Reads up to
  // 63 bytes beyond. `edges` has room for size + 64 entries. Returns the number of runs; `ascii` says whether all bytes
  // are below 0x80.
  size_t (*find_words)(const char* text, size_t size, uint32_t* edges, bool& ascii);

  // 64-bit hashes of the runs of an ASCII text, letters lower-cased. Reads up to 16 bytes beyond a run.
  void (*hash_ascii_words)(const char* text, const uint32_t* edges, size_t num_words, uint64_t* hashes);

  // The same for any text, up to the first run that is left to others (unicode_words.h): one with bytes >= 0x80 that is
  // not a word of letters of Latin-1, nor one of code points that `letters` has. Returns the number of runs hashed.
  size_t (*hash_words)(const char* text, const uint32_t* edges, size_t num_words, const Letters& letters,
                       uint64_t* hashes);

  // 32-bit shingle hashes of `num_words` >= 1 words (32-bit word hashes), w tokens each: max(1, num_words - w + 1)
  // values.
  size_t (*shingles32)(const uint32_t* words, size_t num_words, size_t w, uint32_t* out);

  // 64-bit shingle hashes, never 0. `count` must be the same max(1, num_words - w + 1).
  size_t (*shingles64)(const uint32_t* words, size_t num_words, size_t w, uint64_t* out);

  // One-permutation minima with true fill (sketch.h). `multipliers`: kSketchBins odd numbers.
  void (*minima)(const uint32_t* shingles, size_t count, const uint32_t* multipliers, uint32_t* bins);

  // Of the records ids[0, count), those whose sketch (kSketchBins bytes at sketches + kSketchBins * id) agrees with
  // `sketch` in at least `min_agreeing` bins: packs them to the front of `ids`, in order, with the number of bins that
  // agree in `agreeing` (room for `count`). Returns how many.
  size_t (*agreeing_sketches)(const uint8_t* sketch, const uint8_t* sketches, unsigned min_agreeing, uint32_t* ids,
                              size_t count, uint8_t* agreeing);

  // Bits in which the bitmaps differ; `words` is a multiple of 8.
  size_t (*different_bits)(const uint64_t* a, const uint64_t* b, size_t words);
  // Of the bitmaps of 16 words at bitmaps + 16 * places[0, count), those that differ from `own` in at most most[i]
  // bits: writes each such i to `out`, in order (room for `count`). Returns how many.
  size_t (*close_bitmaps)(const uint64_t* own, const uint64_t* bitmaps, const uint32_t* places, const uint32_t* most,
                          size_t count, uint32_t* out);

  // XXH3, the values of base/hash.h: for what is hundreds of bytes long. `low_high`: the two halves.
  uint64_t (*hash64)(const void* bytes, size_t size);
  void (*hash128)(const void* bytes, size_t size, uint64_t seed, uint64_t* low_high);
};

// Every set this build has and this machine can run, "baseline" first.
std::span<const Kernels* const> AvailableKernels();

// The best of them; the environment variable UNECHO_KERNELS names another one (for tests and for comparing).
const Kernels& ActiveKernels();

}  // namespace unecho

#endif  // UNECHO_SRC_KERNELS_KERNELS_H_
