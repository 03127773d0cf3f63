// Outputs that are compressed, because their names say so: corpus.jsonl.zst.
//
// The bytes depend on what is written and on nothing else: not on the number of threads, nor on how it comes in pieces.
// So nothing is flushed in between; what is compressed goes out as soon as a piece of a fixed size is full.
//   .gz .bz2 .xz .lz4   a member, stream or frame for each piece, one behind the other: what pigz and pbzip2 write
//   .zst .zstd          one frame, in which the library compresses pieces side by side. Not a frame for each: the usual
//                       readers of Python stop at the end of the first, and say nothing
//
// Cost:    a copy of what is written; threads of their own, since the stage that writes may not wait for those of TBB.
// Threads: one caller a stream, one pool for all streams of a run.
// Failure: no memory, or what the sink says.
#ifndef UNECHO_SRC_WRITE_PACKING_H_
#define UNECHO_SRC_WRITE_PACKING_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "base/status.h"
#include "read/input.h"
#include "tables/plugin_interface.h"

namespace unecho {

// By the end of the name.
Compression PackingOf(std::string_view path);
// Of .parquet, .arrow and .feather: a table of which kind.
bool IsTableName(std::string_view path);
UnechoTableKind KindOfTable(std::string_view path);
// An error for a name that promises what is not written: archives, tables of other programs, other compressions.
[[nodiscard]] absl::Status CheckSuffix(const std::string& path);

class FramePool;  // frame_pool.h

class PackedStream {
 public:
  using Sink = absl::FunctionRef<absl::Status(std::string_view)>;

  // `pool` may be null: then the caller's thread compresses. It outlives the stream.
  static std::unique_ptr<PackedStream> Make(Compression compression, FramePool* pool);
  virtual ~PackedStream() = default;
  PackedStream(const PackedStream&) = delete;
  PackedStream& operator=(const PackedStream&) = delete;

  [[nodiscard]] virtual absl::Status Add(std::string_view bytes, Sink sink) = 0;
  // What is left, and the end. A stream of nothing is a valid file, too.
  [[nodiscard]] virtual absl::Status Finish(Sink sink) = 0;

 protected:
  PackedStream() = default;
};
std::unique_ptr<PackedStream> MakeZstdStream(FramePool* pool);  // zstd_stream.cc
// Each compresses some 300 MB a second, and no run writes more than some of them can.
inline constexpr size_t kMostZstdWorkers = 4;

// What the streams of a run to these files hold at most, on so many threads.
uint64_t PackingBytes(std::span<const std::string> paths, int threads);

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_PACKING_H_
