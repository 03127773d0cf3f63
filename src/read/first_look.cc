#include "read/first_look.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "layouts/cutter.h"
#include "layouts/sniff.h"
#include "read/utf8_reader.h"

namespace unecho {
namespace {

// Passes on what the source gives and remembers it, with the error that ends it.
class RememberingReader final : public InputReader {
 public:
  struct Memory {
    std::unique_ptr<InputReader> input;
    std::vector<char> bytes;
    bool at_end = false;
    absl::Status status;  // of a read behind `bytes`
  };

  explicit RememberingReader(std::shared_ptr<Memory> memory) : memory_(std::move(memory)) {}
  absl::StatusOr<Result> Read(std::span<char> out, std::chrono::milliseconds patience) override {
    if (!memory_->status.ok()) return memory_->status;
    absl::StatusOr<Result> result = memory_->input->Read(out, patience);
    if (!result.ok()) return memory_->status = result.status();
    memory_->bytes.insert(memory_->bytes.end(), out.begin(), out.begin() + static_cast<std::ptrdiff_t>(result->bytes));
    memory_->at_end = result->at_end;
    return result;
  }
  Compression compression() const override { return memory_->input->compression(); }
  uint64_t compressed_bytes() const override { return memory_->input->compressed_bytes(); }
  const std::string& label() const override { return memory_->input->label(); }

 private:
  std::shared_ptr<Memory> memory_;
};

// What was remembered, and then the rest.
class ContinuedReader final : public InputReader {
 public:
  explicit ContinuedReader(std::shared_ptr<RememberingReader::Memory> memory) : memory_(std::move(memory)) {}
  absl::StatusOr<Result> Read(std::span<char> out, std::chrono::milliseconds patience) override {
    const size_t left = memory_->bytes.size() - given_;
    if (left == 0) {
      if (!memory_->status.ok()) return memory_->status;
      if (memory_->at_end) return Result{.bytes = 0, .at_end = true, .stalled = false};
      return memory_->input->Read(out, patience);
    }
    const size_t size = std::min(left, out.size());
    if (size > 0) std::memcpy(out.data(), memory_->bytes.data() + given_, size);
    given_ += size;
    if (size == left) {
      memory_->bytes = {};
      given_ = 0;
    }
    return Result{.bytes = size, .at_end = size == left && memory_->at_end, .stalled = false};
  }
  Compression compression() const override { return memory_->input->compression(); }
  uint64_t compressed_bytes() const override { return memory_->input->compressed_bytes(); }
  const std::string& label() const override { return memory_->input->label(); }

 private:
  std::shared_ptr<RememberingReader::Memory> memory_;
  size_t given_ = 0;
};

}  // namespace

Beginning LookAt(InputFile& file, const AnswerOptions& answer, const std::atomic<int>* interrupted,
                 const std::function<bool(const Beginning&)>& is_enough) {
  constexpr std::chrono::milliseconds kPatience{60'000};
  Beginning found;
  auto input = OpenInput(file, interrupted);
  if (!input.ok()) return {.bytes = {}, .is_all = true, .can_be_read = false};
  const auto memory = std::make_shared<RememberingReader::Memory>(*std::move(input));
  const bool takes_binary = answer.layout != nullptr && TraitsOf(*answer.layout).takes_any_bytes;
  Utf8Reader reader(std::make_unique<RememberingReader>(memory), answer.encoding, takes_binary,
                    OwnEncodingsOf(answer.layout.get()));
  std::vector<char> more(kSniffBytes);
  while (!found.is_all) {
    const auto read = reader.Read(std::span(more).first(kSniffBytes - found.bytes.size()), kPatience);
    if (!read.ok()) {
      found.is_all = true;
      found.can_be_read = false;
      break;
    }
    found.bytes.append(more.data(), read->bytes);
    found.is_all = read->at_end || found.bytes.size() == kSniffBytes;
    if (is_enough(found)) break;
  }
  if (!CanBeReadTwice(file)) file.begun = std::make_shared<BegunInput>(std::make_unique<ContinuedReader>(memory));
  return found;
}

}  // namespace unecho
