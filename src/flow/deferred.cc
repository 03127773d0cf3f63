// The deferred flow: everything is seen before anything is kept.
//
//   1. learn   read | prepare | exact | sketch, against | remember     in input order; sketch and against only with
//      --against
//   2. decide  remembered, in priority order | sketch | near
//   3. write   read again | prepare | recall fates | format | write     in input order
#include "flow/deferred.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "base/batch.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "absl/strings/str_format.h"
#include "base/interrupt.h"
#include "flow/flow.h"
#include "read/spool.h"
#include "write/corpus.h"
#include "write/format.h"

namespace unecho {

bool Remembered::Precedes(uint32_t a, uint32_t b) const {
  const Standing& x = stands_for_[a];
  const Standing& y = stands_for_[b];
  switch (answer_.keep) {
    case KeepPolicy::kFirst: break;
    case KeepPolicy::kLast: return x.record > y.record;
    case KeepPolicy::kLongest:
      if (x.num_words != y.num_words) return x.num_words > y.num_words;
      break;
    case KeepPolicy::kFieldMax:
    case KeepPolicy::kFieldMin: {
      const bool max = answer_.keep == KeepPolicy::kFieldMax;
      if (HasPriority(keys_[a], keys_[b], max)) return true;
      if (HasPriority(keys_[b], keys_[a], max)) return false;
      break;
    }
  }
  return x.record < y.record;
}

void Remembered::Learn(const Batch& batch) {
  const bool by_field = answer_.keep == KeepPolicy::kFieldMax || answer_.keep == KeepPolicy::kFieldMin;
  for (const Record& record : batch.records) {
    if (record.num_words == 0) continue;
    const RecordRef ref{batch.source, record.ordinal};
    const uint64_t position = unique_of_record_.size();
    unique_of_record_.PushBack(record.unique);
    if (answer_.annotate) ref_of_record_.PushBack(ref);
    if (!record.is_repeat) {
      Standing standing{ref, position, words_.size(), record.num_words, record.num_shingles};
      if (record.fate == Fate::kContaminated) {
        standing.first_word = kContaminated;
      } else if (answer_.exact_join) {
        standing.first_word = shingles_.size();
        std::memcpy(shingles_.Extend(record.num_shingles), batch.shingles.data() + record.first_shingle,
                    record.num_shingles * sizeof(uint64_t));
      } else {
        std::memcpy(words_.Extend(record.num_words), batch.WordsOf(record).data(), record.num_words * sizeof(uint32_t));
      }
      stands_for_.PushBack(standing);
      if (by_field) keys_.push_back(ParseOrderKey(record.order_value));
      continue;
    }
    // Among equals the one of highest priority stands for all; `longest` is a tie, which the first wins.
    bool takes_over = answer_.keep == KeepPolicy::kLast;
    if (by_field) {
      OrderKey key = ParseOrderKey(record.order_value);
      takes_over = HasPriority(key, keys_[record.unique], answer_.keep == KeepPolicy::kFieldMax);
      if (takes_over) keys_[record.unique] = std::move(key);
    }
    if (takes_over) {
      stands_for_[record.unique].ref = ref;
      stands_for_[record.unique].record = position;
    }
  }
}

std::vector<uint32_t> Remembered::InPriorityOrder() const {
  std::vector<uint32_t> order(stands_for_.size());
  std::iota(order.begin(), order.end(), 0);
  std::erase_if(order, [this](uint32_t unique) { return stands_for_[unique].contaminated(); });
  std::ranges::sort(order, [this](uint32_t a, uint32_t b) { return Precedes(a, b); });
  return order;
}

size_t Remembered::Fill(const std::vector<uint32_t>& order, size_t begin, Batch& batch) const {
  size_t end = begin, tokens = 0;
  for (; end < std::min(order.size(), begin + kMaxRecords) && tokens < kMaxTokens; ++end)
    tokens += stands_for_[order[end]].num_words;
  if (batch.words.size() < tokens && !answer_.exact_join) batch.words.resize(tokens);
  for (size_t i = begin; i < end; ++i) {
    const Standing& standing = stands_for_[order[i]];
    Record record;
    record.unique = order[i];
    record.num_words = standing.num_words;
    if (answer_.exact_join) {
      record.first_shingle = batch.shingles.size();
      record.num_shingles = standing.num_shingles;
      const uint64_t* shingles = shingles_.data() + standing.first_word;
      batch.shingles.insert(batch.shingles.end(), shingles, shingles + standing.num_shingles);
    } else {
      record.first_word = batch.num_words;
      std::memcpy(batch.AddWords(standing.num_words), words_.data() + standing.first_word,
                  standing.num_words * sizeof(uint32_t));
    }
    batch.records.push_back(record);
  }
  return end;
}

bool Remembered::Recall(Batch& batch) {
  for (Record& record : batch.records) {
    if (record.num_words == 0) continue;
    if (recalled_ == unique_of_record_.size()) return false;
    record.unique = unique_of_record_[recalled_];
    record.is_repeat = stands_for_[record.unique].record != recalled_;
    ++recalled_;
  }
  return true;
}

void Remembered::CollectCopies(const Fates& fates) {
  // Counting sort by kept record keeps input order within each.
  const auto kept_for = [&](uint64_t i) {
    Record record;
    record.unique = unique_of_record_[i];
    record.is_repeat = stands_for_[record.unique].record != i;
    fates.Apply(record);
    const bool is_copy = record.fate == Fate::kExact || record.fate == Fate::kNear;
    return is_copy ? static_cast<int64_t>(record.kept_id) : -1;
  };
  first_copy_.assign(size_t{fates.num_kept()} + 2, 0);
  for (uint64_t i = 0; i < unique_of_record_.size(); ++i) {
    if (const int64_t kept = kept_for(i); kept >= 0) ++first_copy_[static_cast<size_t>(kept) + 2];
  }
  std::partial_sum(first_copy_.begin(), first_copy_.end(), first_copy_.begin());
  copies_.resize(first_copy_.back());
  for (uint64_t i = 0; i < unique_of_record_.size(); ++i) {
    if (const int64_t kept = kept_for(i); kept >= 0)
      copies_[first_copy_[static_cast<size_t>(kept) + 1]++] = ref_of_record_[i];
  }
}

std::vector<std::string> Remembered::Copies(uint32_t kept_id, const SourceNames& sources) const {
  std::vector<std::string> refs;
  for (uint64_t i = first_copy_[kept_id]; i < first_copy_[size_t{kept_id} + 1]; ++i) {
    refs.push_back(RefName(sources.name(copies_[i].source), copies_[i].ordinal));
  }
  return refs;
}

uint64_t Remembered::memory_bytes() const {
  uint64_t bytes = words_.memory_bytes() + shingles_.memory_bytes() + stands_for_.memory_bytes() +
                   unique_of_record_.memory_bytes() + ref_of_record_.memory_bytes() + keys_.size() * sizeof(OrderKey) +
                   first_copy_.size() * sizeof(uint64_t) + copies_.size() * sizeof(RecordRef);
  return bytes;
}

namespace {

// XXH3-64 over the decompressed bytes of all sources: the second reading must give what the first gave.
class Digest {
 public:
  Digest() : state_(XXH3_createState()) { XXH3_64bits_reset(state_); }
  ~Digest() { XXH3_freeState(state_); }
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;
  void Add(const Batch& batch) { XXH3_64bits_update(state_, batch.bytes.data(), batch.size); }
  uint64_t value() const { return XXH3_64bits_digest(state_); }

 private:
  XXH3_state_t* state_;
};

absl::Status InputChanged() {
  return absl::DataLossError(
      "an input changed between the two readings that this --keep or --annotate needs; run again");
}

}  // namespace

absl::StatusOr<std::string> Flow::RunDeferred() {
  UNECHO_RETURN_IF_ERROR(Begin());
  InputSequence inputs(inputs_, threads_, plan_.input_bytes, &InterruptSignal());
  std::vector<std::shared_ptr<Spool>> spools(inputs_.size());
  const auto open_first = [&](size_t i) -> absl::StatusOr<std::unique_ptr<InputReader>> {
    UNECHO_ASSIGN_OR_RETURN(std::unique_ptr<InputReader> input, inputs.Open(i));
    if (CanBeReadTwice(inputs_[i])) return input;
    UNECHO_ASSIGN_OR_RETURN(spools[i], Spool::Create(options_.run.tmpdir));
    return SpoolWhileReading(std::move(input), spools[i]);
  };
  const auto open_again = [&](size_t i) { return spools[i] ? spools[i]->Open(&InterruptSignal()) : inputs.Open(i); };

  // 1. Learn.
  Remembered remembered(options_.answer);
  const Sketcher sketch(bands_, options_.answer.shingle_tokens, options_.answer.seed);
  BatchReader first(inputs_.size(), open_first, options_.answer, options_.run.batch_bytes, &progress_.bytes);
  Digest first_digest;
  {
    FrontStages front(options_.answer, sources_);
    ExactTable exact;
    std::deque<Stage> stages;
    front.AddTo(stages);
    Stage& exact_stage = stages.emplace_back("exact", true, nullptr);
    exact_stage.work = [&](Batch& batch) -> absl::Status {
      UNECHO_RETURN_IF_ERROR(front.Number(batch));
      UNECHO_RETURN_IF_ERROR(exact.FindOrAdd(batch));
      first_digest.Add(batch);
      exact_stage.peak_bytes = exact.memory_bytes();
      return absl::OkStatus();
    };
    if (against_ && !options_.answer.exact_join) {
      stages.emplace_back("sketch", false, [&](Batch& batch) {
        sketch(batch);
        return absl::OkStatus();
      });
    }
    AddAgainstStage(stages);
    Stage& remember = stages.emplace_back("remember", true, nullptr);
    remember.work = [&](Batch& batch) -> absl::Status {
      for (const Record& record : batch.records) {
        if (record.fate == Fate::kContaminated) fates_.Contaminate(record);
      }
      remembered.Learn(batch);
      progress_.records += batch.records.size();
      remember.peak_bytes = remembered.memory_bytes();
      return CheckTables(remember.peak_bytes + exact_stage.peak_bytes + front.memory_bytes(), &inputs);
    };
    UNECHO_RETURN_IF_ERROR(RunStages(ReadFrom(first), stages, threads_, read_cost_));
    CountCosts(stages, "learn.", &inputs);
  }

  // 2. Decide, in priority order.
  progress_.phase = "deciding";
  {
    const std::vector<uint32_t> order = remembered.InPriorityOrder();
    Decide decide(options_, bands_, &fates_);
    size_t next = 0;
    const Fill fill = [&](Batch& batch) -> absl::StatusOr<bool> {
      if (InterruptSignal() != 0) return absl::CancelledError("interrupted");
      const size_t end = remembered.Fill(order, next, batch);
      return std::exchange(next, end) < end;
    };
    std::deque<Stage> stages;
    if (!options_.answer.exact_join) {
      stages.emplace_back("sketch", false, [&](Batch& batch) {
        sketch(batch);
        return absl::OkStatus();
      });
    }
    Stage& near_stage = stages.emplace_back("near", true, nullptr);
    near_stage.work = [&](Batch& batch) -> absl::Status {
      UNECHO_RETURN_IF_ERROR(decide(batch));
      for (const Record& record : batch.records) {
        if (record.fate == Fate::kKept) fates_.SetRef(record.kept_id, remembered.ref(record.unique));
      }
      progress_.kept = fates_.num_kept();
      near_stage.peak_bytes = decide.memory_bytes();
      return CheckTables(near_stage.peak_bytes + remembered.memory_bytes(), &inputs);
    };
    UNECHO_RETURN_IF_ERROR(RunStages(fill, stages, threads_, read_cost_));
    CountCosts(stages, "decide.", nullptr);
  }
  if (options_.answer.annotate) remembered.CollectCopies(fates_);

  // 3. Write, in input order.
  progress_.phase = "writing";
  Format::Copies copies;
  if (options_.answer.annotate) copies = [&](uint32_t kept_id) { return remembered.Copies(kept_id, sources_); };
  const Format format(options_, sources_, copies);
  FrontStages front(options_.answer, sources_);
  BatchReader second(inputs_.size(), open_again, options_.answer, options_.run.batch_bytes, &progress_.bytes);
  Digest second_digest;
  std::deque<Stage> stages;
  front.AddTo(stages);
  stages.emplace_back("recall", true, [&](Batch& batch) -> absl::Status {
    UNECHO_RETURN_IF_ERROR(front.Number(batch));
    second_digest.Add(batch);
    if (!remembered.Recall(batch)) return InputChanged();
    for (Record& record : batch.records) {
      if (record.num_words > 0) fates_.Apply(record);
    }
    return absl::OkStatus();
  });
  AddOutputStages(format, stages);
  UNECHO_RETURN_IF_ERROR(RunStages(ReadFrom(second), stages, threads_, read_cost_));
  CountCosts(stages, "write.", &inputs);
  if (first_digest.value() != second_digest.value()) return InputChanged();
  return End(first);
}

}  // namespace unecho
