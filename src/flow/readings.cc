#include "flow/readings.h"

namespace unecho {

absl::StatusOr<std::unique_ptr<InputReader>> Readings::Open(size_t i) {
  if (spools_[i]) return spools_[i]->Open(run_.options.run.stop);
  UNECHO_ASSIGN_OR_RETURN(std::unique_ptr<InputReader> input, run_.inputs->Open(i));
  if (CanBeReadTwice(run_.plan.inputs[i])) return input;
  UNECHO_ASSIGN_OR_RETURN(spools_[i], Spool::Create(run_.options.run.tmpdir));
  return SpoolWhileReading(std::move(input), spools_[i]);
}

absl::Status Digest::CheckEqual(const Digest& other) const {
  return digest_.value() == other.digest_.value() ? absl::OkStatus() : InputChanged();
}

absl::Status InputChanged() {
  return absl::DataLossError(
      "an input changed between two readings, of which --keep, --annotate, --merge, --ignore-common and --at-least "
      "need more "
      "than one; run again");
}

}  // namespace unecho
