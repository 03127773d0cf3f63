// Decoders: compressed bytes -> bytes, one small class per format over that format's own library.
//
// Not libarchive: its gzip filter (3.6) skips the CRC and the length in the trailer without looking at them, and it
// cannot say at which byte of the file the damage is.
//
// In:      a file in pieces of any size: members (gzip), streams (bzip2, xz) or frames (lz4, zstd), one after another.
// Out:     their contents, joined. Neither the bytes nor the verdict depend on how the input or the output is cut, but
//          for the last few bytes before damage: two literals of gzip that is cut off, one symbol of xz (273 bytes), an
//          uncompressed block of zstd or xz.
// Cost:    one window of the format: 180 KB with all its tables for gzip, up to 2 GiB for zstd --long=31 if a frame
//          asks for it.
// Threads: one at a time.
// Failure: a verdict with the reason; the bytes before the damage are in `out` all the same. What follows a member must
//          be another one, except for zeros after gzip (tapes, tar) and xz (its stream padding).
#ifndef UNECHO_SRC_READ_DECODERS_H_
#define UNECHO_SRC_READ_DECODERS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "read/input.h"

namespace unecho {

// Can a file of this format begin with `bytes`? kPartial: yes, but more bytes are needed to be sure.
enum class MagicMatch : uint8_t { kNo, kPartial, kFull };
MagicMatch MatchMagic(Compression compression, std::span<const char> bytes);

// True while more bytes could make SniffCompression() change its answer.
bool SniffNeedsMore(std::span<const char> first_bytes);

enum class DecodeVerdict : uint8_t { kOk, kMemberEnd, kCorrupt, kOutOfMemory };

struct Decoded {
  size_t consumed = 0;
  size_t produced = 0;
  DecodeVerdict verdict = DecodeVerdict::kOk;  // Decode() never gives kMemberEnd
  std::string_view detail;                     // what is wrong; static storage
  size_t read_ahead = 0;  // with kCorrupt: bytes consumed, in this step or before, that lie beyond the damage
};

class Decoder {
 public:
  virtual ~Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  // Decodes until `out` is full (then there may be more, without further input) or all of `in` is consumed. `out` is
  // not empty. After a verdict other than kOk the decoder is of no further use.
  Decoded Decode(std::span<const char> in, std::span<char> out);

  // True if the file may end after what was decoded: between members, nothing begun.
  bool MayEndHere() const;

  // Makes a decoder that may end here as good as new.
  void Reset();

  // What it holds, its library's window included; about.
  virtual size_t memory_bytes() const = 0;

 protected:
  explicit Decoder(Compression compression) : compression_(compression) {}

 private:
  // Gets ready for a new member. False: no memory.
  virtual bool StartMember() = 0;
  // One step within a member, whose first bytes are its magic number. An empty `in` flushes what is held back.
  virtual Decoded DecodeMember(std::span<const char> in, std::span<char> out) = 0;

  // Moves over padding and the next magic number. True if a member has begun.
  bool EnterMember(std::span<const char> in, Decoded& total);

  const Compression compression_;
  bool in_member_ = false;
  bool flush_ = false;          // the last step filled its output; the library may hold more
  uint64_t padding_bytes_ = 0;  // zeros since the last member
  uint64_t members_ = 0;
  std::array<char, kMagicBytes> magic_{};  // of the member: seen, but given to the library only when complete
  size_t magic_seen_ = 0;
  size_t magic_given_ = 0;
};

// Any format but kPlain.
std::unique_ptr<Decoder> MakeDecoder(Compression compression);
std::unique_ptr<Decoder> MakeGzipDecoder();  // gzip_decoder.cc

}  // namespace unecho

#endif  // UNECHO_SRC_READ_DECODERS_H_
