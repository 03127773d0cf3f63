#include "flow/readings.h"

#include <string_view>

#include "kernels/kernels.h"

namespace unecho {

absl::StatusOr<std::unique_ptr<InputReader>> Readings::Open(size_t i) {
  if (spools_[i]) return spools_[i]->Open(run_.options.run.stop);
  UNECHO_ASSIGN_OR_RETURN(std::unique_ptr<InputReader> input, run_.inputs->Open(i));
  if (CanBeReadTwice(run_.plan.inputs[i])) return input;
  UNECHO_ASSIGN_OR_RETURN(spools_[i], Spool::Create(run_.options.run.tmpdir));
  return SpoolWhileReading(std::move(input), spools_[i]);
}

void Digest::operator()(Batch& batch) {
  const auto add = [this](std::string_view block) {
    const uint64_t hash = ActiveKernels().hash64(block.data(), block.size());
    blocks_.Add({reinterpret_cast<const char*>(&hash), sizeof hash});
  };
  std::string_view left = batch.content();
  while (begun_.size() + left.size() >= kBlockBytes) {
    const std::string_view part = left.substr(0, kBlockBytes - begun_.size());
    left.remove_prefix(part.size());
    if (begun_.empty()) {
      add(part);
      continue;
    }
    begun_ += part;
    add(begun_);
    begun_.clear();
  }
  begun_ += left;
}

uint64_t Digest::value() const {
  Digest64 all = blocks_;
  all.Add(begun_);
  return all.value();
}

absl::Status Digest::CheckEqual(const Digest& other) const {
  return value() == other.value() ? absl::OkStatus() : InputChanged();
}

absl::Status InputChanged() {
  return absl::DataLossError(
      "an input changed between two readings, of which --keep, --annotate, --merge, --ignore-common and --at-least "
      "need more "
      "than one; run again");
}

}  // namespace unecho
