// The deferred flow: everything is seen before anything is kept.
//
//   1. learn   bytes -> prepare | exact | remember                       in input order
//   2. decide  what was remembered -> sketch | near                      in priority order
//   2a. merge  bytes, read again -> prepare | gather                     in input order, with --merge (read_copies.h)
//   3. write   bytes, read again -> prepare | recall | format | write    in input order
//
// With --at-least, units of text are counted in a reading before (count_units.h).
// With --ignore-common, the shingles that many have are found between the first and the second.
// With --against, `sketch` and `against` stand behind `exact`, and what is contaminated is not remembered as text.
#include "flow/deferred.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "flow/asked_fields.h"
#include "flow/count_units.h"
#include "flow/decided_records.h"
#include "flow/foretold.h"
#include "flow/front.h"
#include "flow/ignore_common.h"
#include "flow/read_copies.h"
#include "flow/readings.h"
#include "flow/remembered.h"
#include "flow/run.h"
#include "flow/stages.h"
#include "flow/stored_index.h"
#include "match/compare_asides.h"
#include "match/decide.h"
#include "match/groups.h"
#include "match/sketch.h"
#include "write/format.h"
#include "write/review.h"

namespace unecho {
namespace {

// The end of the first pass: contaminated records have their fate, the others are learnt.
class Remember {
 public:
  Remember(Remembered& remembered, Fates& fates) : remembered_(remembered), fates_(fates) {}
  absl::Status operator()(Batch& batch) {
    for (const Record& record : batch.records) {
      if (record.fate == Fate::kContaminated) fates_.Contaminate(record);
    }
    return remembered_.Learn(batch);
  }
  uint64_t memory_bytes() const { return remembered_.memory_bytes(); }

 private:
  Remembered& remembered_;
  Fates& fates_;
};

// What the second pass reads: the remembered token sequences, in priority order.
class InPriorityOrder final : public BatchSource {
 public:
  // `foretell`: null, or what a killed run has decided.
  InPriorityOrder(const Remembered& remembered, const CommonShingles* common, Foretell* foretell)
      : remembered_(remembered), common_(common), foretell_(foretell), order_(remembered.InPriorityOrder()) {}
  absl::StatusOr<bool> Fill(Batch& batch) override {
    const size_t end = remembered_.Fill(order_, next_, batch, common_);
    UNECHO_RETURN_IF_ERROR(remembered_.ReadStatus());
    if (foretell_ != nullptr) UNECHO_RETURN_IF_ERROR((*foretell_)(batch));
    return std::exchange(next_, end) < end;
  }

 private:
  const Remembered& remembered_;
  const CommonShingles* common_;
  Foretell* foretell_;
  std::vector<uint32_t> order_;
  size_t next_ = 0;
};

// A kept record of the second pass is called by the record that stands for its tokens.
class NameKept {
 public:
  NameKept(const Remembered& remembered, Fates& fates, Groups* groups, CompareAsides& asides)
      : remembered_(remembered), fates_(fates), groups_(groups), asides_(asides) {}
  absl::Status operator()(Batch& batch) {
    for (const Record& record : batch.records) {
      if (record.fate != Fate::kKept && record.fate != Fate::kReference) continue;
      fates_.SetRef(record.kept_id, remembered_.ref(record.unique));
      asides_.Enter(record.kept_id, remembered_.asides(record.unique));
      if (groups_ != nullptr) groups_->Enter(remembered_.id(record.unique), remembered_.text_hash(record.unique));
    }
    UNECHO_RETURN_IF_ERROR(asides_.SpillIfShort());
    return groups_ != nullptr ? groups_->SpillIfShort() : absl::OkStatus();
  }
  uint64_t memory_bytes() const { return asides_.memory_bytes() + (groups_ == nullptr ? 0 : groups_->memory_bytes()); }

 private:
  const Remembered& remembered_;
  Fates& fates_;
  Groups* groups_;
  CompareAsides& asides_;
};

absl::Status Learn(Run& run, BatchReader& reader, FindRepeats& exact, Remembered& remembered, Digest& digest,
                   uint64_t held_bytes, const OftenUnits* often) {
  Front front(run.options.answer, run.plan.sources, often, PrepareWants{.text_hash = run.tells_groups()});
  AskedFields asked(run.options.answer, run.plan.sources, run.index != nullptr && run.index->num_records() > 0);
  DecidedRecords decided(run.people().decisions, run.plan.sources);
  const Sketcher sketch(run.plan.bands, run.options.answer.shingle_tokens, run.options.answer.seed);
  const CheckFillable check_fillable(run.options.answer, run.plan.sources);
  Remember remember(remembered, run.fates);
  CountRead count(run.progress);

  Chain chain;
  front.AddTo(chain);
  chain.InOrder("exact", front.number(), check_fillable, asked, decided, exact, digest);
  if (run.against && run.sketches()) chain.Parallel("sketch", sketch);
  if (run.against) chain.Parallel("against", *run.against);
  chain.InOrder("remember", remember, count);
  UNECHO_RETURN_IF_ERROR(
      run.Drive("learn.", reader, chain, held_bytes + (often != nullptr ? often->memory_bytes() : 0), &*run.inputs));
  UNECHO_RETURN_IF_ERROR(asked.Check());
  UNECHO_RETURN_IF_ERROR(decided.Check());
  run.Note(asked);
  return remembered.Settle();
}

// `known`: with what earlier runs have decided, or null.
absl::Status DecideAll(Run& run, Decide* known, Remembered& remembered, IgnoreCommon& ignore, Groups* groups,
                       CompareAsides& asides, uint64_t held_bytes) {
  run.progress.phase = "deciding";
  const CommonShingles* const common = ignore.shingles();
  std::optional<Foretell> foretell;
  if (run.index != nullptr && run.index->goes_on()) foretell.emplace(run.index->folder(), run.options.answer);
  InPriorityOrder sequences(remembered, common, foretell ? &*foretell : nullptr);
  const Sketcher sketch(run.plan.bands, run.options.answer.shingle_tokens, run.options.answer.seed, common);
  std::optional<Decide> own;
  if (known == nullptr) own.emplace(run.options, run.plan.bands, &run.fates, run.people(), common);
  Decide& decide = known != nullptr ? *known : *own;
  // The index holds the tokens of kept records once more.
  for (int i = 0; i < 2 && remembered.memory_bytes() > run.spill_terms().most_bytes / 3; ++i)
    UNECHO_RETURN_IF_ERROR(remembered.SpillNow());
  decide.SpillBeyond(run.spill_terms());
  asides.SpillBeyond(decide.last_terms());
  if (groups != nullptr) groups->SpillBeyond(decide.last_terms());
  NameKept name(remembered, run.fates, groups, asides);
  CountKept count(run.fates, run.progress);

  Chain chain;
  const Decide::SearchDisk search_disk(decide);
  if (run.sketches() && !decide.sketches()) chain.Parallel("sketch", sketch, search_disk);
  std::optional<StoredIndex::Take> take;
  std::optional<StoredIndex::Append> append;
  const StoredIndex::Pack pack;
  EnterForetold enter_foretold(run.fates, run.options.answer.match.size());
  const SettleForetold settle_foretold;
  if (run.index != nullptr && run.index->adds()) {
    take.emplace(*run.index, *groups, run.options.answer);
    append.emplace(*run.index);
    chain.InOrder("near", enter_foretold, decide, settle_foretold, name, ignore, *take, count);
    chain.Parallel("pack", pack);
    chain.InOrder("append", *append);
  } else {
    chain.InOrder("near", decide, name, ignore, count);
  }
  UNECHO_RETURN_IF_ERROR(run.Drive("decide.", sequences, chain, remembered.memory_bytes() + held_bytes, nullptr));
  // Nothing is left that could go before these.
  asides.SpillBeyond(run.spill_terms());
  if (groups != nullptr) groups->SpillBeyond(run.spill_terms());
  run.facts.spilled_bytes = remembered.spilled_bytes() + decide.spilled_bytes();
  ignore.Describe(run.facts);
  return absl::OkStatus();
}

absl::Status WriteAll(Run& run, BatchReader& reader, Remembered& remembered, Groups* groups, CompareAsides& asides,
                      Digest& digest, const OftenUnits* often, const TakenValues* merged) {
  run.progress.phase = "writing";
  Format::Copies copies;
  if (run.options.answer.annotate) {
    remembered.CollectCopies(run.fates);
    copies = [&](uint32_t kept_id) {
      return Format::CopiesOf{remembered.Copies(kept_id, run.plan.sources), remembered.CopyIds(kept_id)};
    };
  }
  Front front(run.options.answer, run.plan.sources, often, PrepareWants{.text_hash = run.tells_groups()});
  Recall recall(remembered, run.fates);
  const Format format(run.options, run.plan.sources, copies, merged);
  const WriteFields write_fields(run.plan.sources);
  KeptFields kept_fields(run.people().unsure);
  Write write(run.statistics, run.outputs);
  write.SpillBeyond(run.spill_terms());

  Chain chain;
  front.AddTo(chain);
  std::optional<StoredIndex::NoteGrown> note_grown;
  if (run.index != nullptr) note_grown.emplace(*run.index);
  if (note_grown)
    chain.InOrder("recall", front.number(), digest, recall, *groups, asides, *note_grown);
  else if (groups != nullptr)
    chain.InOrder("recall", front.number(), digest, recall, *groups, asides);
  else
    chain.InOrder("recall", front.number(), digest, recall, asides);
  AddWriting(chain, run.unsure.has_value(), format, write_fields, write, kept_fields);
  const uint64_t held_bytes =
      remembered.memory_bytes() + run.fates.memory_bytes() + (run.unsure ? run.unsure->memory_bytes() : 0) +
      (merged != nullptr ? merged->memory_bytes() : 0) + (often != nullptr ? often->memory_bytes() : 0);
  UNECHO_RETURN_IF_ERROR(run.Drive("write.", reader, chain, held_bytes, &*run.inputs));
  UNECHO_RETURN_IF_ERROR(remembered.ReadStatus());
  return run.EndReview(kept_fields);
}

}  // namespace

absl::Status Recall::operator()(Batch& batch) {
  if (!remembered_.Recall(batch)) return InputChanged();
  for (Record& record : batch.records) {
    if (record.num_words > 0) fates_.Apply(batch, record);
  }
  UNECHO_RETURN_IF_ERROR(remembered_.ReadStatus());
  return fates_.status();
}

absl::Status DecideRemembered(Run& run, Remembered& remembered, Groups& groups, CompareAsides& asides) {
  IgnoreCommon ignore(remembered);
  return DecideAll(run, nullptr, remembered, ignore, &groups, asides, 0);
}

absl::StatusOr<std::string> RunDeferred(Run& run) {
  UNECHO_RETURN_IF_ERROR(run.Begin());
  Readings readings(run);
  std::optional<Groups> groups;
  if (run.tells_groups()) groups.emplace(!run.options.answer.segment.id_field.empty());
  Groups* const told = groups ? &*groups : nullptr;
  CompareAsides asides;
  FindRepeats exact(true);
  exact.SpillBeyond(run.spill_terms());
  std::optional<Decide> known;  // with an index: what is in it has been decided
  if (run.index != nullptr) {
    known.emplace(run.options, run.plan.bands, &run.fates, run.people());
    known->SpillBeyond(run.spill_terms());
    groups->SpillBeyond(known->last_terms());
    asides.SpillBeyond(known->last_terms());
    UNECHO_RETURN_IF_ERROR(run.index->Load(run, exact, *known, *groups, asides));
  }
  Remembered remembered(run.options.answer, run.plan.sources, run.index != nullptr ? run.index->num_records() : 0,
                        run.index != nullptr && run.index->adds());
  remembered.SpillBeyond(run.spill_terms());
  Digest counted_digest, first_digest, second_digest;
  UNECHO_ASSIGN_OR_RETURN(const auto often, CountUnits(run, readings, counted_digest));
  BatchReader first = readings.Read();
  UNECHO_RETURN_IF_ERROR(
      Learn(run, first, exact, remembered, first_digest, known ? known->memory_bytes() : 0, often.get()));
  if (often) UNECHO_RETURN_IF_ERROR(counted_digest.CheckEqual(first_digest));
  {
    IgnoreCommon ignore(remembered);
    UNECHO_RETURN_IF_ERROR(ignore.Find(run));
    UNECHO_RETURN_IF_ERROR(
        DecideAll(run, known ? &*known : nullptr, remembered, ignore, told, asides, often ? often->memory_bytes() : 0));
  }
  known.reset();
  TakenValues merged;
  if (run.options.answer.merge) {
    const uint64_t held_bytes =
        remembered.memory_bytes() + run.fates.memory_bytes() + (run.unsure ? run.unsure->memory_bytes() : 0);
    UNECHO_RETURN_IF_ERROR(ReadTakenValues(run, readings, remembered, first_digest, held_bytes, merged));
  }
  BatchReader second = readings.Read();
  const TakenValues* const filled = run.options.answer.merge ? &merged : nullptr;
  UNECHO_RETURN_IF_ERROR(WriteAll(run, second, remembered, told, asides, second_digest, often.get(), filled));
  UNECHO_RETURN_IF_ERROR(first_digest.CheckEqual(second_digest));
  if (run.index != nullptr) UNECHO_RETURN_IF_ERROR(run.index->FinishRun(*groups, *run.facts.index));
  return run.End(first);
}

}  // namespace unecho
