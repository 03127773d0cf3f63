#include "read/member_search.h"

#include <cstdint>
#include <cstring>

#include "read/decoders.h"

namespace unecho {
namespace {

// Of the headers: what is not always the same, but has few values.
bool LooksLikeGzip(std::span<const unsigned char> header) {
  const unsigned char method = header[2], flags = header[3], extra_flags = header[8], system = header[9];
  return method == 8 && (flags & 0xe0) == 0 && (extra_flags == 0 || extra_flags == 2 || extra_flags == 4) &&
         (system <= 13 || system == 255);
}

bool LooksLikeBzip2(std::span<const unsigned char> header) { return std::memcmp(header.data() + 4, "1AY&SY", 6) == 0; }

bool LooksLikeLz4(std::span<const unsigned char> header) {
  const unsigned char flags = header[4], block_descriptor = header[5];
  return flags >> 6 == 1 && (block_descriptor & 0x8f) == 0;
}

bool LooksLikeZstd(std::span<const unsigned char> header) {
  const unsigned char descriptor = header[4];
  if ((descriptor & 0x08) != 0) return false;  // reserved
  const bool single_segment = (descriptor & 0x20) != 0;
  if (!single_segment) {
    const unsigned exponent = header[5] >> 3, mantissa = header[5] & 7;
    const uint64_t base = uint64_t{1} << (10 + exponent);
    return base + base / 8 * mantissa <= kLargestWindowBytes;
  }
  // The window is the content, whose size comes after the dictionary's number.
  constexpr size_t kIdBytes[] = {0, 1, 2, 4}, kSizeBytes[] = {1, 2, 4, 8};
  const size_t place = 5 + kIdBytes[descriptor & 3], bytes = kSizeBytes[descriptor >> 6];
  uint64_t size = bytes == 2 ? 256 : 0;
  for (size_t i = 0; i < bytes; ++i) size += uint64_t{header[place + i]} << (8 * i);
  return size <= kLargestWindowBytes;
}

struct Format {
  size_t header_bytes;  // that the look needs
  int rare_byte;        // of the magic number
  size_t rare_place;
  bool (*looks_like)(std::span<const unsigned char>);
};

// Skippable frames are not searched for: the frame after one is.
const Format* FormatOf(Compression compression) {
  static constexpr Format kGzip{10, 0x8b, 1, LooksLikeGzip};
  static constexpr Format kBzip2{10, 'Z', 1, LooksLikeBzip2};
  static constexpr Format kLz4{6, 0x4d, 2, LooksLikeLz4};
  static constexpr Format kZstd{17, 0xb5, 1, LooksLikeZstd};
  switch (compression) {
    case Compression::kGzip: return &kGzip;
    case Compression::kBzip2: return &kBzip2;
    case Compression::kLz4: return &kLz4;
    case Compression::kZstd: return &kZstd;
    case Compression::kPlain:
    case Compression::kParquet:
    case Compression::kArrow:
    case Compression::kXz: break;
  }
  return nullptr;
}

}  // namespace

std::optional<size_t> FindMember(Compression compression, std::span<const char> bytes, size_t from) {
  const Format* format = FormatOf(compression);
  if (format == nullptr) return std::nullopt;
  while (from < bytes.size() && bytes.size() - from >= format->header_bytes) {
    const char* begin = bytes.data() + from + format->rare_place;
    const size_t last = bytes.size() - format->header_bytes;  // where a header still fits
    const void* found = std::memchr(begin, format->rare_byte, last - from + 1);
    if (found == nullptr) return std::nullopt;
    const size_t place = from + static_cast<size_t>(static_cast<const char*>(found) - begin);
    const std::span<const char> header = bytes.subspan(place, format->header_bytes);
    if (MatchMagic(compression, header.first(kMagicBytes)) == MagicMatch::kFull &&
        format->looks_like({reinterpret_cast<const unsigned char*>(header.data()), header.size()})) {
      return place;
    }
    from = place + 1;
  }
  return std::nullopt;
}

}  // namespace unecho
