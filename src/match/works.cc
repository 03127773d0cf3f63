#include "match/works.h"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <vector>

#include "base/hash_map.h"
#include "works/candidate_keys.h"
#include "works/judge.h"

namespace unecho {

struct WorksStage::Match {
  uint32_t id = 0;
  double likeness = -1;  // -1: none
  int balance = 0;
  uint8_t by_key = 0;
  bool by_decision = false, has_tokens = false;
  uint16_t agreeing = 0;

  bool IsWorseThan(const Match& other) const {
    if ((by_key > 0) != (other.by_key > 0)) return other.by_key > 0;
    if (likeness != other.likeness) return likeness < other.likeness;
    return balance != other.balance ? balance < other.balance : id > other.id;
  }
};

// Of one thread.
struct WorksStage::Search {
  Work work, other;
  std::vector<uint32_t> met;
  std::vector<uint32_t> same, apart;  // --decided: kept records
};

struct WorksStage::Inside {
  tbb::enumerable_thread_specific<Search> search;
  Search own;                          // of the ordered step
  std::vector<Record*> fresh;          // first appearances in the batch, in order
  std::vector<Match> matches;          // parallel to fresh
  std::vector<CandidateKeys> keys;     // the same, and more that keep their room
  std::vector<LikeliestPairs> unsure;  // the same
  // By Record::equals: what has been decided of the records that go by themselves.
  HashMap<uint32_t, std::vector<uint32_t>> equals;
};

WorksStage::WorksStage(Fates* fates, const MarkPlaces& marks, const WorksPeople& people)
    : fates_(fates), unsure_(people.unsure), inside_(std::make_unique<Inside>()) {
  if (marks.width > 0) marks_.emplace(marks);
  if (people.decisions != nullptr) decided_.emplace(*people.decisions);
}

WorksStage::~WorksStage() = default;

// Sets the match of `fresh[place]` to the best among the kept ones behind the mark, if that is better.
void WorksStage::Look(const Batch& batch, size_t place, WorksIndex::Mark from, uint32_t first_id, Search& search) {
  const Record& record = *inside_->fresh[place];
  Match& best = inside_->matches[place];
  const auto is_apart = [&search](uint32_t id) { return std::ranges::binary_search(search.apart, id); };
  if (marks_) {
    const MarkRow row = batch.MarksOf(record);
    search.work.Read(batch.WorkOf(record));
    marks_->ForEachOfEqualKey(row, first_id, [&](uint32_t id) {
      if (is_apart(id)) return;
      search.other.Read(index_.work(id));
      const Match match{
          .id = id, .likeness = Judge(search.work, search.other).likeness, .by_key = marks_->FirstEqualKey(row, id)};
      if (best.IsWorseThan(match)) best = match;
    });
    if (best.by_key > 0) return;
  }
  const CandidateKeys& keys = inside_->keys[place];
  search.met.clear();
  for (const uint64_t key : keys.as_new)
    index_.ForEachOfKey(key, keys.details, from, [&search](uint32_t id) { search.met.push_back(id); });
  if (search.met.empty()) return;
  search.work.Read(batch.WorkOf(record));
  std::ranges::sort(search.met);
  search.met.erase(std::unique(search.met.begin(), search.met.end()), search.met.end());
  for (const uint32_t id : search.met) index_.PrefetchEnd(id);
  for (const uint32_t id : search.met) index_.PrefetchWork(id);
  for (const uint32_t id : search.met) {
    if (is_apart(id)) continue;
    if (marks_ && marks_->IsApart(batch.MarksOf(record), id)) continue;
    search.other.Read(index_.work(id));
    const Verdict verdict = Judge(search.work, search.other);
    if (unsure_ != nullptr && verdict.answer == Verdict::Answer::kUnsure) inside_->unsure[place].Add(id, verdict);
    if (!verdict.is_same()) continue;
    const Match match{
        .id = id, .likeness = verdict.likeness, .balance = verdict.balance(), .agreeing = verdict.agreeing()};
    if (best.IsWorseThan(match)) best = match;
  }
}

// The same for a record of which --decided says something, or one like it.
void WorksStage::LookAlone(const Batch& batch, size_t place) {
  const Record& record = *inside_->fresh[place];
  Match& best = inside_->matches[place];
  Search& search = inside_->own;
  decided_->Find(record, search.same, search.apart);
  // What became of those with the same tokens, as far as that is known: the first of them, then as they were decided.
  std::vector<Record> equals;
  const auto note = [&](uint32_t unique) {
    if (unique == record.unique || fates_->KeptFor(unique) == Fates::kNone) return;
    Record& equal = equals.emplace_back();
    equal.first_key = record.first_key;
    equal.unique = unique;
    equal.is_repeat = true;
    fates_->Apply(equal);
  };
  if (record.equals > 0) {
    note(record.equals - 1);
    for (const uint32_t unique : inside_->equals[record.equals - 1]) {
      if (unique + 1 != record.equals) note(unique);
    }
  }
  search.work.Read(batch.WorkOf(record));
  for (const uint32_t id : search.same) {
    search.other.Read(index_.work(id));
    const Verdict verdict = Judge(search.work, search.other);
    const bool has_tokens = std::ranges::any_of(
        equals, [id](const Record& equal) { return equal.kept_id == id && equal.fate == Fate::kExact; });
    const Match match{.id = id,
                      .likeness = has_tokens ? 1 : verdict.likeness,
                      .balance = verdict.balance(),
                      .by_decision = true,
                      .has_tokens = has_tokens,
                      .agreeing = verdict.agreeing()};
    if (best.IsWorseThan(match)) best = match;
  }
  if (best.likeness >= 0) return;
  for (const Record& equal : equals) {
    if (std::ranges::binary_search(search.apart, equal.kept_id)) continue;
    best = {.id = equal.kept_id,
            .likeness = equal.similarity,
            .by_key = equal.by_key,
            .by_decision = equal.by_decision,
            .has_tokens = equal.fate == Fate::kExact,
            .agreeing = equal.agreeing};
    return;
  }
  Look(batch, place, {}, 0, search);
}

void WorksStage::Keep(const Batch& batch, size_t place) {
  const Record& record = *inside_->fresh[place];
  const uint32_t id = index_.size();
  if (marks_) marks_->Keep(batch.MarksOf(record));
  fates_->Keep(record.unique, {batch.source, record.ordinal});
  const CandidateKeys& keys = inside_->keys[place];
  index_.Keep(batch.WorkOf(record), keys.as_kept, keys.details);
  if (unsure_ != nullptr) unsure_->Keep(id, inside_->unsure[place]);
}

absl::Status WorksStage::operator()(Batch& batch) {
  Inside& in = *inside_;
  in.fresh.clear();
  for (Record& record : batch.records) {
    if (record.num_words > 0 && !record.is_repeat && record.fate != Fate::kContaminated) in.fresh.push_back(&record);
  }
  constexpr size_t kMostDetails = 16;  // candidate_keys.h
  if (!index_.RoomFor(in.fresh.size(), kMostDetails)) {
    return absl::ResourceExhaustedError(
        "the works of one run have more than 4,294,967,295 keys; split the input into parts");
  }
  in.matches.assign(in.fresh.size(), Match{});
  if (in.keys.size() < in.fresh.size()) in.keys.resize(in.fresh.size());
  if (unsure_ != nullptr) {
    if (in.unsure.size() < in.fresh.size()) in.unsure.resize(in.fresh.size());
    for (LikeliestPairs& pairs : in.unsure) pairs.Clear();
  }
  const auto goes_alone = [this](const Record& record) {
    return decided_ && (record.is_decided() || record.equals > 0);
  };
  constexpr size_t kGrain = 8;  // records: some 100 us
  tbb::this_task_arena::isolate([&] {
    tbb::parallel_for(tbb::blocked_range<size_t>(0, in.fresh.size(), kGrain),
                      [&](const tbb::blocked_range<size_t>& range) {
                        Search& search = in.search.local();
                        // The slots of all keys are on their way when the first is looked at.
                        for (size_t i = range.begin(); i < range.end(); ++i) {
                          search.work.Read(batch.WorkOf(*in.fresh[i]));
                          in.keys[i].Set(search.work);
                          for (const uint64_t key : in.keys[i].as_new) index_.Prefetch(key);
                        }
                        for (size_t i = range.begin(); i < range.end(); ++i) {
                          if (!in.fresh[i]->is_reference && !goes_alone(*in.fresh[i])) Look(batch, i, {}, 0, search);
                        }
                      });
  });
  const uint32_t first_id = index_.size();
  const WorksIndex::Mark mark = index_.mark();
  for (size_t i = 0; i < in.fresh.size(); ++i) {
    const Record& record = *in.fresh[i];
    in.own.apart.clear();
    if (!record.is_reference) goes_alone(record) ? LookAlone(batch, i) : Look(batch, i, mark, first_id, in.own);
    const Match& best = in.matches[i];
    const uint32_t kept_id = best.likeness >= 0 ? best.id : index_.size();
    if (best.likeness >= 0) {
      const bool has_tokens = best.has_tokens || (marks_ && marks_->HasTokens(batch.MarksOf(record), best.id));
      fates_->Remove(record.unique, best.id, has_tokens ? 1 : best.likeness,
                     {.by_key = best.by_key,
                      .has_tokens = has_tokens,
                      .by_decision = best.by_decision,
                      .agreeing = best.agreeing});
    } else {
      Keep(batch, i);
    }
    if (record.is_decided()) decided_->Note(record, kept_id);
    if (record.equals > 0) in.equals[record.equals - 1].push_back(record.unique);
  }
  for (Record& record : batch.records) {
    if (record.num_words > 0) fates_->Apply(batch, record);
  }
  return absl::OkStatus();
}

}  // namespace unecho
