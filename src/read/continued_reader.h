// A source of which the beginning has been read already: that, and then what is left of it.
//
// Cost:    a copy of the beginning, which is let go when it has been given. Threads: one user.
// Failure: that which ended the reading of the beginning, behind it, each time; else what the source gives.
#ifndef UNECHO_SRC_READ_CONTINUED_READER_H_
#define UNECHO_SRC_READ_CONTINUED_READER_H_

#include <algorithm>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "base/status.h"
#include "read/input.h"

namespace unecho {

class ContinuedReader final : public InputReader {
 public:
  // `at_end`: nothing follows `begin`. `status`: of the read behind it.
  ContinuedReader(std::unique_ptr<InputReader> input, std::string begin, bool at_end, absl::Status status = {})
      : input_(std::move(input)), begin_(std::move(begin)), at_end_(at_end), status_(std::move(status)) {}

  absl::StatusOr<Result> Read(std::span<char> out, std::chrono::milliseconds patience) override {
    if (given_ == begin_.size()) {
      if (!status_.ok()) return status_;
      return at_end_ ? Result{.at_end = true} : input_->Read(out, patience);
    }
    const size_t size = std::min(out.size(), begin_.size() - given_);
    std::memcpy(out.data(), begin_.data() + given_, size);
    given_ += size;
    const bool is_last = given_ == begin_.size();
    if (is_last) {
      begin_ = {};
      given_ = 0;
    }
    return Result{.bytes = size, .at_end = is_last && at_end_ && status_.ok()};
  }
  Compression compression() const override { return input_->compression(); }
  uint64_t compressed_bytes() const override { return input_->compressed_bytes(); }
  const std::string& label() const override { return input_->label(); }

 private:
  std::unique_ptr<InputReader> input_;
  std::string begin_;
  size_t given_ = 0;
  bool at_end_;
  absl::Status status_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_READ_CONTINUED_READER_H_
