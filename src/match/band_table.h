// One band's table: key -> the kept records that have it. Private to the index.
//
// Lines of 64 bytes: ten entries of a 16-bit tag and a 32-bit id; what does not fit goes to overflow lines. The table
// grows by linear hashing (Litwin, VLDB 1980), line by line: the line number is the low bits of the key, the tag the
// next 15 under a marker bit. A split hands the lowest bit of each tag to the line number, so nothing is rebuilt and no
// key is kept. A query matches a tag if all bits below the tag's marker agree; after many splits a tag has few bits
// left, and the sketch filter behind does the rest.
//
// Cost:    one cache miss a look-up (prefetched by the caller); 10.5 bytes an entry.
// Threads: any number of readers, or one writer.
#ifndef UNECHO_SRC_MATCH_BAND_TABLE_H_
#define UNECHO_SRC_MATCH_BAND_TABLE_H_

#include <cstdint>

#include "base/mapped_array.h"
#include "base/prefetch.h"
#include "base/vectors.h"

namespace unecho {

class BandTable {
 public:
  BandTable();

  void Prefetch(uint64_t key) const { PrefetchLine(&home_[LineOf(key)]); }

  static constexpr uint32_t kLineEntries = 10;
  struct Line {
    uint16_t tag[kLineEntries];
    uint32_t count : 4, link : 28;  // link: 0 none, else an overflow line
    uint32_t id[kLineEntries];
  };
  static_assert(sizeof(Line) == 64);
  // Where a look-up stands: at a line, for a tag.
  struct Walk {
    const Line* line;
    uint16_t tag;
  };
  Walk Begin(uint64_t key) const {
    uint64_t tag;
    const Line* const line = &home_[LineOf(key, tag)];
    return {line, static_cast<uint16_t>(tag)};
  }
  // Calls found(id) for each entry of the line whose tag matches: in all lines these are all that have the key, and
  // about one in 3,000 others. False: it was the last line; else the next one is prefetched.
  template <typename Found>
  bool Step(Walk& walk, Found&& found) const {
    const Line& line = *walk.line;
    uint32_t matches = Matches(line, walk.tag);
    if (matches == (1u << kLineEntries) - 1) {  // of a key that thousands share
      for (const uint32_t id : line.id) found(id);
      matches = 0;
    }
    for (; matches != 0; matches &= matches - 1) found(line.id[__builtin_ctz(matches)]);
    if (line.link == 0) [[likely]]
      return false;
    walk.line = &overflow_[line.link];
    PrefetchLine(walk.line);
    return true;
  }
  template <typename Found>
  void Find(uint64_t key, Found&& found) const {
    for (Walk walk = Begin(key); Step(walk, found);) continue;
  }

  // Makes room for `more` entries. Insert() afterwards moves nothing.
  void GrowFor(uint64_t more);
  void Insert(uint64_t key, uint32_t id);

  uint64_t memory_bytes() const { return home_.memory_bytes() + overflow_.memory_bytes(); }

 private:
  static constexpr uint32_t kFirstLevel = 8;  // 256 lines: 16 KiB a band
  static constexpr uint32_t kTagBits = 15;
  // 68 % against 75 %: fewer overflow lines, each a miss and a mispredicted branch. Look-up, growth and insertion of
  // 2.3 million keys take 31 instead of 36 ns a key, 28 at 60 %; an entry takes 10.5 bytes instead of 9.9, and 11.6.
  static constexpr uint64_t kLoadPercent = 68;

  uint64_t LineOf(uint64_t key) const {
    uint64_t tag;
    return LineOf(key, tag);
  }
  // Line number, and the key's bits above it: the tag to look for.
  uint64_t LineOf(uint64_t key, uint64_t& tag) const {
    const uint64_t low = key & ((uint64_t{1} << level_) - 1);
    const uint32_t bits = level_ + (low < split_ ? 1 : 0);
    tag = key >> bits;
    return key & ((uint64_t{1} << bits) - 1);
  }
  static uint32_t Matches(const Line& line, uint16_t tag) {
    const uint32_t used = (1u << line.count) - 1;
#if UNECHO_SSE2
    // The lowest differing bit must not lie below the marker, the highest bit of the stored tag: lowest > stored / 2.
    const auto match8 = [tag](__m128i stored) {
      const __m128i differ = _mm_or_si128(_mm_xor_si128(stored, _mm_set1_epi16(static_cast<int16_t>(tag))),
                                          _mm_set1_epi16(static_cast<int16_t>(0x8000)));
      const __m128i lowest = _mm_and_si128(differ, _mm_sub_epi16(_mm_setzero_si128(), differ));
      return _mm_cmpeq_epi16(_mm_subs_epu16(lowest, _mm_srli_epi16(stored, 1)), _mm_setzero_si128());  // ones: no match
    };
    const __m128i first = match8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(line.tag)));
    const __m128i last = match8(_mm_cvtsi32_si128(line.tag[8] | line.tag[9] << 16));
    const auto misses = static_cast<uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(first, last)));
    return ~misses & used;
#else
    uint32_t matches = 0;
    for (uint32_t j = 0; j < kLineEntries; ++j) {
      const uint32_t differ = static_cast<uint32_t>(line.tag[j] ^ tag) | 0x8000u;
      matches |= static_cast<uint32_t>((differ & (0 - differ)) > static_cast<uint32_t>(line.tag[j] >> 1)) << j;
    }
    return matches & used;
#endif
  }

  void SplitOne();
  // `line`: a home line.
  void Put(Line* line, uint16_t tag, uint32_t id) {
    if (line->count == kLineEntries) [[unlikely]]
      line = Overflow(line);
    line->tag[line->count] = tag;
    line->id[line->count] = id;
    line->count = (line->count + 1u) & 15;
    ++num_entries_;
  }
  // An overflow line of a full home line with room. Only the first may have any, and a new one goes before it: a chain
  // is never walked, however many records share a key.
  Line* Overflow(Line* home);

  MappedArray<Line> home_;
  MappedArray<Line> overflow_;    // line 0 is not used
  uint32_t free_overflow_ = 0;    // list of free overflow lines, by link
  uint32_t level_ = kFirstLevel;  // 2^level + split lines
  uint64_t split_ = 0;
  uint64_t num_entries_ = 0;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_BAND_TABLE_H_
