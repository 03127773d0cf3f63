// FramePacker: a piece of an output -> one member, stream or frame that can be unpacked by itself.
//
// Cost:    the library's. zlib and not ISA-L, which is faster by far: what it writes depends on the processor.
// Threads: one caller each.
// Failure: false: no memory.
#ifndef UNECHO_SRC_WRITE_FRAME_PACKER_H_
#define UNECHO_SRC_WRITE_FRAME_PACKER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "read/input.h"

namespace unecho {

class FramePacker {
 public:
  // gzip, bzip2, xz, lz4.
  static std::unique_ptr<FramePacker> Make(Compression compression);
  virtual ~FramePacker() = default;
  FramePacker(const FramePacker&) = delete;
  FramePacker& operator=(const FramePacker&) = delete;

  // `out` is replaced.
  [[nodiscard]] virtual bool Pack(std::string_view content, std::string& out) = 0;

 protected:
  FramePacker() = default;
};

// The content of a frame. For bzip2 one of its own blocks; the others lose little by frames of this size.
size_t FrameContentBytes(Compression compression);
// What a packer holds while it works, about.
uint64_t PackerBytes(Compression compression);

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_FRAME_PACKER_H_
