#include "read/first_look.h"

#include <memory>
#include <utility>
#include <vector>

#include "layouts/cutter.h"
#include "layouts/sniff.h"
#include "read/continued_reader.h"
#include "read/utf8_reader.h"

namespace unecho {
namespace {

// Passes on what `input` gives and remembers it, with the error that ends it.
class RememberingReader final : public InputReader {
 public:
  struct Memory {
    std::unique_ptr<InputReader> input;
    std::string bytes;
    bool at_end = false;
    absl::Status status;  // of a read behind `bytes`
  };

  explicit RememberingReader(Memory& memory) : memory_(memory) {}
  absl::StatusOr<Result> Read(std::span<char> out, std::chrono::milliseconds patience) override {
    if (!memory_.status.ok()) return memory_.status;
    absl::StatusOr<Result> result = memory_.input->Read(out, patience);
    if (!result.ok()) return memory_.status = result.status();
    memory_.bytes.append(out.data(), result->bytes);
    memory_.at_end = result->at_end;
    return result;
  }
  Compression compression() const override { return memory_.input->compression(); }
  uint64_t compressed_bytes() const override { return memory_.input->compressed_bytes(); }
  const std::string& label() const override { return memory_.input->label(); }

 private:
  Memory& memory_;
};

}  // namespace

Beginning LookAt(InputFile& file, const AnswerOptions& answer, const std::atomic<int>* interrupted,
                 const std::function<bool(const Beginning&)>& is_enough) {
  constexpr std::chrono::milliseconds kPatience{60'000};
  Beginning found;
  auto input = OpenInput(file, interrupted);
  if (!input.ok()) return {.bytes = {}, .is_all = true};
  RememberingReader::Memory memory{.input = *std::move(input), .bytes = {}, .status = {}};
  const bool takes_binary = answer.layout != nullptr && TraitsOf(*answer.layout).takes_any_bytes;
  Utf8Reader reader(std::make_unique<RememberingReader>(memory), answer.encoding, takes_binary,
                    OwnEncodingsOf(answer.layout.get()));
  std::vector<char> more(kSniffBytes);
  while (!found.is_all) {
    const auto read = reader.Read(std::span(more).first(kSniffBytes - found.bytes.size()), kPatience);
    if (!read.ok()) {
      found.is_all = true;
      break;
    }
    found.bytes.append(more.data(), read->bytes);
    found.is_all = read->at_end || found.bytes.size() == kSniffBytes;
    if (is_enough(found)) break;
  }
  if (!CanBeReadTwice(file)) {
    file.begun = std::make_shared<BegunInput>(BegunInput{std::make_unique<ContinuedReader>(
        std::move(memory.input), std::move(memory.bytes), memory.at_end, std::move(memory.status))});
  }
  return found;
}

}  // namespace unecho
