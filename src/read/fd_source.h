// FdSource: a path or standard input -> the bytes of the file as they are, with a bounded wait.
//
// Cost:    none of its own: bytes go from the kernel to the caller's buffer.
// Threads: Read() from one thread; Stop() from any.
// Failure: open and read errors name the path, the system's reason and what to do. An interrupted or stopped wait ends
//          with kCancelled within kWaitSlice.
#ifndef UNECHO_SRC_READ_FD_SOURCE_H_
#define UNECHO_SRC_READ_FD_SOURCE_H_

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <span>
#include <string>

#include "read/input.h"

namespace unecho {

// No wait looks at the interrupt and stop flags less often.
inline constexpr std::chrono::milliseconds kWaitSlice{100};
inline constexpr std::chrono::milliseconds kForever = std::chrono::hours(24 * 365);  // far from overflow

class Deadline {
 public:
  explicit Deadline(std::chrono::milliseconds patience)
      : end_(std::chrono::steady_clock::now() + std::min(patience, kForever)) {}

  // Rounded up: a wait for what remains is never too short.
  std::chrono::milliseconds Remaining() const {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end_ - std::chrono::steady_clock::now());
    return std::max(left, std::chrono::milliseconds::zero());
  }

 private:
  std::chrono::steady_clock::time_point end_;
};

inline bool IsSet(const std::atomic<int>* flag) {
  return flag != nullptr && flag->load(std::memory_order_relaxed) != 0;
}

class FdSource {
 public:
  // "-" is descriptor 0, which stays open. `interrupted` may be null.
  static absl::StatusOr<std::unique_ptr<FdSource>> Open(const std::string& path, const std::atomic<int>* interrupted);
  // What Open() would say of a file that is not there or may not be read, without opening it.
  static absl::Status CheckCanBeOpened(const std::string& path);
  ~FdSource();
  FdSource(const FdSource&) = delete;
  FdSource& operator=(const FdSource&) = delete;

  // As InputReader::Read().
  absl::StatusOr<InputReader::Result> Read(std::span<char> out, std::chrono::milliseconds patience);

  void Stop() { stopped_.store(true, std::memory_order_relaxed); }

  // A descriptor of a regular file of which all that lies before `bytes_read` has been read here; else -1.
  int FileFrom(uint64_t bytes_read) const;

  // What messages call this source.
  const std::string& label() const { return label_; }

 private:
  FdSource(int fd, bool owned, std::string label, const std::atomic<int>* interrupted)
      : fd_(fd), owned_(owned), label_(std::move(label)), interrupted_(interrupted) {}
  absl::Status Inspect();

  const int fd_;
  const bool owned_;
  const std::string label_;
  const std::atomic<int>* const interrupted_;
  std::atomic<bool> stopped_{false};
  bool may_block_ = true;  // not a regular file
  bool at_end_ = false;    // kept: after Ctrl-D a terminal would go on
  uint64_t offset_bytes_ = 0;
};

}  // namespace unecho

#endif  // UNECHO_SRC_READ_FD_SOURCE_H_
