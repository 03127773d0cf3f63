#include "flow/read_copies.h"

#include <vector>

#include "absl/strings/str_format.h"
#include "flow/front.h"
#include "unecho/layouts.h"
#include "works/work_fields.h"
#include "write/fill_record.h"

namespace unecho {
namespace {

// In input order: the values of the records that give some.
class Gather {
 public:
  Gather(std::vector<Remembered::Giving> givings, TakenValues& merged)
      : givings_(std::move(givings)), merged_(merged) {}
  void operator()(const Batch& batch) {
    for (const Record& record : batch.records) {
      if (record.num_words == 0) continue;
      const uint64_t position = position_++;
      if (next_ == givings_.size() || givings_[next_].record != position) continue;
      Take(batch, record, givings_[next_++]);
    }
  }
  uint64_t memory_bytes() const { return givings_.capacity() * sizeof(Remembered::Giving) + merged_.memory_bytes(); }

 private:
  void Take(const Batch& batch, const Record& record, const Remembered::Giving& giving) {
    const WorkFields fields = WorkFieldsOf(batch, record);
    for (size_t i = 0; i < kNumMergeFields; ++i) {
      const auto field = static_cast<MergeField>(i);
      if ((giving.fields & BitOf(field)) == 0) continue;
      merged_.Add(giving.kept_id, field, {batch.source, record.ordinal}, GivenBy(fields, field),
                  TexGivenBy(batch, record, field));
    }
  }

  std::vector<Remembered::Giving> givings_;
  TakenValues& merged_;
  uint64_t position_ = 0;  // among records with tokens
  size_t next_ = 0;
};

}  // namespace

absl::Status CheckFillable::operator()(const Batch& batch) const {
  if (!answer_.merge || !answer_.as_input || batch.layout == nullptr || CanBeFilled(*batch.layout))
    return absl::OkStatus();
  if (batch.size == 0 || static_cast<size_t>(batch.source) < answer_.reference.size()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrFormat("--merge: %s is of the layout %s, and it is not known how a field is written there; without --as "
                      "input each record "
                      "is an object with its fields, or run this source without --merge",
                      sources_.name(batch.source), batch.layout->name()));
}

absl::Status ReadTakenValues(Run& run, Readings& readings, const Remembered& remembered, const Digest& first_digest,
                             uint64_t held_bytes, TakenValues& merged) {
  std::vector<Remembered::Giving> givings = remembered.Givings(run.fates);
  if (givings.empty()) return absl::OkStatus();
  run.progress.phase = "merging";
  BatchReader reader = readings.Read();
  Front front(run.options.answer, run.plan.sources, /*often=*/nullptr);
  Gather gather(std::move(givings), merged);
  Digest digest;

  Chain chain;
  front.AddTo(chain);
  chain.InOrder("gather", front.number(), digest, gather);
  UNECHO_RETURN_IF_ERROR(run.Drive("merge.", reader, chain, held_bytes, &*run.inputs));
  merged.Settle();
  return first_digest.CheckEqual(digest);
}

}  // namespace unecho
