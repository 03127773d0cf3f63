// Where may a new member begin? A search for magic numbers in compressed bytes, so that members can be decoded in
// parallel.
//
// In:      bytes from anywhere in a file of gzip members (BGZF among them), bzip2 streams, lz4 or zstd frames.
// Out:     the first place that looks like the beginning of a member. It is a guess: compressed data may look like that
//          by chance, and a beginning whose header is not wholly in `bytes` is missed. Whoever uses it must see whether
//          the decoder of what comes before ends there.
// Cost:    one memchr over the bytes.
// Threads: any.
#ifndef UNECHO_SRC_READ_MEMBER_SEARCH_H_
#define UNECHO_SRC_READ_MEMBER_SEARCH_H_

#include <cstddef>
#include <optional>
#include <span>

#include "read/input.h"

namespace unecho {

// The first place at or after `from`. None in xz, whose tools write one stream, and at zstd frames whose window is
// beyond kLargestWindowBytes: several such windows at once would be too much.
std::optional<size_t> FindMember(Compression compression, std::span<const char> bytes, size_t from);

inline constexpr size_t kLargestWindowBytes = size_t{8} << 20;

}  // namespace unecho

#endif  // UNECHO_SRC_READ_MEMBER_SEARCH_H_
