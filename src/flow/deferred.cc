// The deferred flow: everything is seen before anything is kept.
//
//   1. learn   bytes -> prepare | exact | remember                       in input order
//   2. decide  what was remembered -> sketch | near                      in priority order
//   3. write   bytes, read again -> prepare | recall | format | write    in input order
//
// With --against, `sketch` and `against` stand behind `exact`, and what is contaminated is not remembered as text.
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/interrupt.h"
#include "flow/asked_fields.h"
#include "flow/front.h"
#include "flow/remembered.h"
#include "flow/run.h"
#include "flow/stages.h"
#include "match/decide.h"
#include "match/groups.h"
#include "match/sketch.h"
#include "read/spool.h"
#include "write/format.h"

namespace unecho {
namespace {

// Over the decompressed bytes of all sources: the second reading must give what the first gave.
class Digest {
 public:
  void operator()(Batch& batch) { digest_.Add(batch.content()); }
  uint64_t value() const { return digest_.value(); }

 private:
  Digest64 digest_;
};

absl::Status InputChanged() {
  return absl::DataLossError(
      "an input changed between the two readings that this --keep or --annotate needs; run again");
}

// The inputs, which are read twice: what cannot be opened again, such as standard input, is kept in a spool.
class InputsReadTwice {
 public:
  explicit InputsReadTwice(Run& run) : run_(run), spools_(run.plan.inputs.size()) {}
  absl::StatusOr<std::unique_ptr<InputReader>> Open(size_t i) {
    UNECHO_ASSIGN_OR_RETURN(std::unique_ptr<InputReader> input, run_.inputs->Open(i));
    if (CanBeReadTwice(run_.plan.inputs[i])) return input;
    UNECHO_ASSIGN_OR_RETURN(spools_[i], Spool::Create(run_.options.run.tmpdir));
    return SpoolWhileReading(std::move(input), spools_[i]);
  }
  absl::StatusOr<std::unique_ptr<InputReader>> OpenAgain(size_t i) {
    return spools_[i] ? spools_[i]->Open(&InterruptSignal()) : run_.inputs->Open(i);
  }

 private:
  Run& run_;
  std::vector<std::shared_ptr<Spool>> spools_;
};

// The end of the first pass: contaminated records have their fate, the others are learnt.
class Remember {
 public:
  Remember(Remembered& remembered, Fates& fates) : remembered_(remembered), fates_(fates) {}
  void operator()(Batch& batch) {
    for (const Record& record : batch.records) {
      if (record.fate == Fate::kContaminated) fates_.Contaminate(record);
    }
    remembered_.Learn(batch);
  }
  uint64_t memory_bytes() const { return remembered_.memory_bytes(); }

 private:
  Remembered& remembered_;
  Fates& fates_;
};

// What the second pass reads: the remembered token sequences, in priority order.
class InPriorityOrder final : public BatchSource {
 public:
  explicit InPriorityOrder(const Remembered& remembered)
      : remembered_(remembered), order_(remembered.InPriorityOrder()) {}
  absl::StatusOr<bool> Fill(Batch& batch) override {
    const size_t end = remembered_.Fill(order_, next_, batch);
    return std::exchange(next_, end) < end;
  }

 private:
  const Remembered& remembered_;
  std::vector<uint32_t> order_;
  size_t next_ = 0;
};

// A kept record of the second pass is called by the record that stands for its tokens.
class NameKept {
 public:
  NameKept(const Remembered& remembered, Fates& fates, Groups* groups)
      : remembered_(remembered), fates_(fates), groups_(groups) {}
  void operator()(Batch& batch) {
    for (const Record& record : batch.records) {
      if (record.fate != Fate::kKept && record.fate != Fate::kReference) continue;
      fates_.SetRef(record.kept_id, remembered_.ref(record.unique));
      if (groups_ != nullptr) groups_->Enter(remembered_.id(record.unique), remembered_.text_hash(record.unique));
    }
  }

 private:
  const Remembered& remembered_;
  Fates& fates_;
  Groups* groups_;
};

// The third pass: every record takes the fate of its tokens.
class Recall {
 public:
  Recall(Remembered& remembered, const Fates& fates) : remembered_(remembered), fates_(fates) {}
  absl::Status operator()(Batch& batch) {
    if (!remembered_.Recall(batch)) return InputChanged();
    for (Record& record : batch.records) {
      if (record.num_words > 0) fates_.Apply(batch, record);
    }
    return absl::OkStatus();
  }

 private:
  Remembered& remembered_;
  const Fates& fates_;
};

absl::Status Learn(Run& run, BatchReader& reader, Remembered& remembered, Digest& digest) {
  Front front(run.options.answer, run.plan.sources, run.tells_groups());
  AskedFields asked(run.options.answer, run.plan.sources);
  FindRepeats exact(true);
  const Sketcher sketch(run.plan.bands, run.options.answer.shingle_tokens, run.options.answer.seed);
  Remember remember(remembered, run.fates);
  CountRead count(run.progress);

  Chain chain;
  front.AddTo(chain);
  chain.InOrder("exact", front.number(), asked, exact, digest);
  if (run.against && run.sketches()) chain.Parallel("sketch", sketch);
  if (run.against) chain.Parallel("against", *run.against);
  chain.InOrder("remember", remember, count);
  UNECHO_RETURN_IF_ERROR(run.Drive("learn.", reader, chain, 0, &*run.inputs));
  return asked.Check();
}

absl::Status DecideAll(Run& run, Remembered& remembered, Groups* groups) {
  run.progress.phase = "deciding";
  InPriorityOrder sequences(remembered);
  const Sketcher sketch(run.plan.bands, run.options.answer.shingle_tokens, run.options.answer.seed);
  Decide decide(run.options, run.plan.bands, &run.fates);
  NameKept name(remembered, run.fates, groups);
  CountKept count(run.fates, run.progress);

  Chain chain;
  if (run.sketches()) chain.Parallel("sketch", sketch);
  chain.InOrder("near", decide, name, count);
  return run.Drive("decide.", sequences, chain, remembered.memory_bytes(), nullptr);
}

absl::Status WriteAll(Run& run, BatchReader& reader, Remembered& remembered, Groups* groups, Digest& digest) {
  run.progress.phase = "writing";
  Format::Copies copies;
  if (run.options.answer.annotate) {
    remembered.CollectCopies(run.fates);
    copies = [&](uint32_t kept_id) {
      return Format::CopiesOf{remembered.Copies(kept_id, run.plan.sources), remembered.CopyIds(kept_id)};
    };
  }
  Front front(run.options.answer, run.plan.sources, run.tells_groups());
  Recall recall(remembered, run.fates);
  const Format format(run.options, run.plan.sources, copies);
  Write write(run.statistics, run.outputs);

  Chain chain;
  front.AddTo(chain);
  if (groups != nullptr)
    chain.InOrder("recall", front.number(), digest, recall, *groups);
  else
    chain.InOrder("recall", front.number(), digest, recall);
  chain.Parallel("format", format);
  chain.InOrder("write", write);
  return run.Drive("write.", reader, chain, remembered.memory_bytes() + run.fates.memory_bytes(), &*run.inputs);
}

}  // namespace

absl::StatusOr<std::string> RunDeferred(Run& run) {
  UNECHO_RETURN_IF_ERROR(run.Begin());
  InputsReadTwice inputs(run);
  Remembered remembered(run.options.answer);
  Digest first_digest, second_digest;
  BatchReader first = run.Read([&inputs](size_t i) { return inputs.Open(i); });
  UNECHO_RETURN_IF_ERROR(Learn(run, first, remembered, first_digest));
  std::optional<Groups> groups;
  if (run.tells_groups()) groups.emplace(!run.options.answer.segment.id_field.empty());
  Groups* const told = groups ? &*groups : nullptr;
  UNECHO_RETURN_IF_ERROR(DecideAll(run, remembered, told));
  BatchReader second = run.Read([&inputs](size_t i) { return inputs.OpenAgain(i); });
  UNECHO_RETURN_IF_ERROR(WriteAll(run, second, remembered, told, second_digest));
  if (first_digest.value() != second_digest.value()) return InputChanged();
  return run.End(first);
}

}  // namespace unecho
