// A block of an index, from and to the bytes that stand in the file.
//
// While it is made a block is a string: its head, and the payload as it is. PackBlock() compresses that and fills in
// what the head says of it.
//
// Cost:    Zstandard at its fastest level, and a hash.
// Threads: functions without state; scratch is per thread.
// Failure: what is not as it was written: kDataLoss, without the name of the file.
#ifndef UNECHO_SRC_STORE_BLOCK_H_
#define UNECHO_SRC_STORE_BLOCK_H_

#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "base/status.h"
#include "store/index_format.h"

namespace unecho {

// A head without a payload, to which the payload is appended.
std::string BeginBlock(BlockKind kind, uint32_t count, uint64_t first_record = 0, uint64_t first_kept = 0);
void PackBlock(std::string& block);

// Of the first 64 bytes of a block.
[[nodiscard]] absl::StatusOr<BlockHead> ReadBlockHead(std::string_view bytes);
// A packed block whose head was read -> its payload as it was.
[[nodiscard]] absl::Status UnpackBlock(const BlockHead& head, std::string_view payload, std::string& plain);

template <typename T>
void AppendColumn(std::span<const T> values, std::string& block) {
  block.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
}

// Columns of a payload, in order. What is taken beyond its end is all zero, and is_whole() says so.
class ColumnReader {
 public:
  explicit ColumnReader(std::string_view payload) : left_(payload) {}
  template <typename T>
  void Read(std::span<T> out) {
    const std::string_view bytes = Take(out.size_bytes());
    if (bytes.empty()) return;  // memcpy wants no null
    std::memcpy(out.data(), bytes.data(), bytes.size());
  }
  std::string_view Take(size_t size) {
    if (size > left_.size()) {
      is_short_ = true;
      return {};
    }
    const std::string_view taken = left_.substr(0, size);
    left_.remove_prefix(size);
    return taken;
  }
  size_t left() const { return left_.size(); }
  bool is_whole() const { return !is_short_ && left_.empty(); }

 private:
  std::string_view left_;
  bool is_short_ = false;
};

}  // namespace unecho

#endif  // UNECHO_SRC_STORE_BLOCK_H_
