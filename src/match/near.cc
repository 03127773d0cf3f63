#include "match/near.h"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <bit>
#include <span>
#include <utility>
#include <vector>

#include "base/batch.h"
#include "match/batch_table.h"
#include "match/index_search.h"

namespace unecho {
namespace {

constexpr size_t kManyWords = size_t{1} << 20;  // in a batch

}  // namespace

struct NearStage::Inside {
  Inside(const BandPlan& plan, int shingle_tokens, const CommonShingles* common)
      : search([shingle_tokens, fields = plan.fields, common] { return IndexSearch(shingle_tokens, fields, common); }),
        disk_search(
            [shingle_tokens, fields = plan.fields, common] { return IndexSearch(shingle_tokens, fields, common); }),
        own(shingle_tokens, plan.fields, common),
        table(plan) {}
  tbb::enumerable_thread_specific<IndexSearch> search;
  tbb::enumerable_thread_specific<IndexSearch> disk_search;
  IndexSearch own;                             // of the ordered step
  BatchTable table;                            // of `kept`
  std::vector<Record*> fresh;                  // first appearances in the batch, in order
  std::vector<IndexMatch> matches;             // parallel to fresh
  std::vector<uint8_t> has_twin;               // parallel to fresh: one before it in the batch has its tokens
  std::vector<uint32_t> places;                // hash table of FindTwins(): places in fresh, from 1
  std::vector<Index::NewRecord> kept;          // of this batch, in order
  std::vector<std::vector<uint64_t>> bitmaps;  // of the kept ones that came into a crowd
};

NearStage::NearStage(const BandPlan& plan, double threshold, int shingle_tokens, Fates* fates, const MarkPlaces& marks,
                     const CommonShingles* common, const Sketcher* sketcher)
    : plan_(plan),
      threshold_(threshold),
      fates_(fates),
      index_(plan),
      places_(marks),
      sketcher_(sketcher),
      inside_(std::make_unique<Inside>(plan, shingle_tokens, common)) {
  if (marks.width > 0) marks_.emplace(marks);
}

NearStage::~NearStage() = default;

absl::StatusOr<bool> NearStage::Spill(const Sketcher& sketcher, const SpillTerms& terms) {
  if (!index_.tokens().is_spilled()) {
    UNECHO_RETURN_IF_ERROR(index_.SpillTokens(terms.folder));
    return true;
  }
  if (index_.freezable_bytes() < terms.LeastBytes()) return false;
  UNECHO_RETURN_IF_ERROR(index_.Freeze(
      terms, [this, &sketcher](uint32_t kept_id, std::span<const uint32_t> words, std::span<uint64_t> keys) {
        sketcher.BandKeysOf(words, keys);
        if (marks_) PartBandKeys(marks_->RowOf(kept_id), keys);
      }));
  return true;
}

absl::Status NearStage::operator()(Batch& batch) {
  Inside& in = *inside_;
  in.fresh.clear();
  for (Record& record : batch.records) {
    if (record.num_words > 0 && !record.is_repeat && record.fate != Fate::kContaminated) in.fresh.push_back(&record);
  }
  if (sketcher_ != nullptr) {
    sketcher_->MakeRoom(batch, in.fresh.size());
    FindTwins(batch);
  }
  // From here to DecideInOrder() the index is frozen: reads from many threads are safe.
  in.matches.assign(in.fresh.size(), IndexMatch{});
  constexpr size_t kGrain = 16;  // records: about 5 us of look-ups, a few times the cost of a task
  tbb::this_task_arena::isolate([&] {
    tbb::parallel_for(tbb::blocked_range<size_t>(0, in.fresh.size(), kGrain),
                      [&](const tbb::blocked_range<size_t>& range) { Search(batch, range.begin(), range.end()); });
  });
  // What was compared with a long record took tables of its length, which others do not need.
  if (batch.num_words > kManyWords) in.search.clear();

  DecideInOrder(batch, in.fresh, in.matches);
  UNECHO_RETURN_IF_ERROR(index_.ReadStatus());
  UNECHO_RETURN_IF_ERROR(index_.Add(in.kept));
  for (Record& record : batch.records) {
    if (record.num_words > 0) fates_->Apply(batch, record);
  }
  return absl::OkStatus();
}

// If the first of equal tokens is kept, it settles the others when it is their turn. So these are not sketched before.
void NearStage::FindTwins(const Batch& batch) {
  Inside& in = *inside_;
  in.has_twin.assign(in.fresh.size(), 0);
  if (!marks_->looks_for_tokens()) return;
  in.places.assign(std::bit_ceil(2 * in.fresh.size() + 1), 0);
  const uint64_t mask = in.places.size() - 1;
  for (size_t i = 0; i < in.fresh.size(); ++i) {
    const Key128 tokens = marks_->TokensOf(batch.MarksOf(*in.fresh[i]));
    uint64_t at = tokens.low & mask;
    for (; in.places[at] != 0 && in.has_twin[i] == 0; at = (at + 1) & mask) {
      const Key128 other = marks_->TokensOf(batch.MarksOf(*in.fresh[in.places[at] - 1]));
      in.has_twin[i] = other.low == tokens.low && other.high == tokens.high;
    }
    if (in.has_twin[i] == 0) in.places[at] = static_cast<uint32_t>(i + 1);
  }
}

bool NearStage::Waits(size_t place) const {
  return sketcher_ != nullptr && inside_->has_twin[place] != 0 && !inside_->fresh[place]->is_reference;
}

// The best match in the index of some of `fresh`. First what marks settle, then what is left, by text.
void NearStage::Search(Batch& batch, size_t begin, size_t end) {
  Inside& in = *inside_;
  IndexSearch& best = in.search.local();
  for (size_t i = begin; i < end && marks_; ++i) marks_->Prefetch(batch.MarksOf(*in.fresh[i]));
  for (size_t i = begin; i < end && marks_; ++i) {
    Record& record = *in.fresh[i];
    if (!record.is_reference) in.matches[i] = best.BestByMarks(index_, *marks_, batch, record);
    if (in.matches[i].is_settled() || Waits(i)) continue;
    if (sketcher_ != nullptr) sketcher_->Sketch(batch, record, static_cast<uint32_t>(i));
    PartBandKeys(batch.MarksOf(record), BandKeysOf(batch, record));
  }
  constexpr size_t kAhead = 2;
  const bool disk_is_known = batch.num_on_disk > 0 && batch.num_on_disk == index_.num_frozen();
  const auto prefetch = [&](size_t i) {
    if (i >= end || in.matches[i].is_settled() || Waits(i)) return;
    index_.Prefetch(BandKeysOf(batch, *in.fresh[i]));
    if (!disk_is_known) index_.PrefetchFrozen(BandKeysOf(batch, *in.fresh[i]));
  };
  for (size_t i = begin; i < begin + kAhead; ++i) prefetch(i);
  for (size_t i = begin; i < end; ++i) {
    prefetch(i + kAhead);
    if (in.fresh[i]->is_reference || in.matches[i].is_settled() || Waits(i)) continue;
    IndexMatch on_disk;
    bool is_known = false;
    if (disk_is_known) {
      const Batch::OnDisk& found = batch.on_disk[in.fresh[i]->sketch_row];
      is_known = found.is_known;
      on_disk = {.id = found.kept_id, .similarity = found.similarity};
    }
    in.matches[i] = best.Best(index_, plan_, threshold_, batch, *in.fresh[i], marks_ ? &*marks_ : nullptr,
                              is_known ? &on_disk : nullptr);
  }
}

void NearStage::SearchDisk(Batch& batch) const {
  if (marks_ || batch.num_words > kManyWords) return;
  const auto held = index_.TryToHoldFrozen();
  if (!held || index_.num_frozen() == 0) return;
  batch.num_on_disk = index_.num_frozen();
  batch.on_disk.resize(batch.num_sketches);
  std::vector<const Record*> fresh;
  for (const Record& record : batch.records) {
    const bool is_new = record.num_words > 0 && !record.is_repeat && record.fate != Fate::kContaminated;
    if (is_new && !record.is_reference && !record.is_foretold) fresh.push_back(&record);
  }
  constexpr size_t kAhead = 2;
  IndexSearch& search = inside_->disk_search.local();
  for (size_t i = 0; i < fresh.size() + kAhead; ++i) {
    if (i < fresh.size()) index_.PrefetchFrozen(BandKeysOf(batch, *fresh[i]));
    if (i < kAhead) continue;
    const Record& record = *fresh[i - kAhead];
    IndexMatch best;
    Batch::OnDisk& found = batch.on_disk[record.sketch_row];
    found.is_known = search.BestOnDisk(index_, plan_, threshold_, batch, record, best);
    found.kept_id = best.id;
    found.similarity = best.similarity;
  }
}

// Records of two groups of --within share no band key.
void NearStage::PartBandKeys(MarkRow row, std::span<uint64_t> keys) const {
  for (uint64_t& key : keys) key ^= row[places_.within];
}

std::span<uint64_t> NearStage::BandKeysOf(Batch& batch, const Record& record) const {
  const auto bands = static_cast<size_t>(plan_.bands);
  return {batch.band_keys.data() + record.sketch_row * bands, bands};
}

// `best`: the best in the index, and then with those of equal key that were kept from this batch.
void NearStage::LookAmongOwn(const Batch& batch, const Record& record, IndexMatch& best) {
  Inside& in = *inside_;
  const MarkRow row = batch.MarksOf(record);
  IndexMatch own = best.by_key > 0 ? best : IndexMatch{};
  bool begun = false;
  marks_->ForEachOfEqualKey(row, index_.size(), [&](uint32_t id) {
    if (!std::exchange(begun, true)) in.own.verifier.Begin(batch.WordsOf(record));
    Index::NewRecord& other = in.kept[id - index_.size()];
    const double similarity =
        in.own.verifier.SimilarityAnyhow(other.words, std::max(0.0, own.similarity), other.distinct_shingles)
            .value_or(0);
    if (similarity > own.similarity || (similarity == own.similarity && id < own.id))
      own = {.id = id, .similarity = similarity, .by_key = marks_->FirstEqualKey(row, id)};
  });
  if (own.by_key > 0) best = own;
}

void NearStage::DecideInOrder(Batch& batch, std::span<Record* const> fresh, std::span<const IndexMatch> matches) {
  Inside& in = *inside_;
  in.kept.clear();
  in.bitmaps.clear();
  in.table.Clear(fresh.size());
  const uint32_t first_id = index_.size();

  for (size_t i = 0; i < fresh.size(); ++i) {
    Record& record = *fresh[i];
    IndexMatch best = matches[i];
    if (record.first_key > 0 && !record.is_reference && !in.kept.empty()) LookAmongOwn(batch, record, best);
    uint32_t own_distinct = 0;
    bool begun = false;
    const auto begin = [&] {
      if (std::exchange(begun, true)) return;
      in.own.verifier.Begin(batch.WordsOf(record));
      own_distinct = in.own.verifier.distinct_shingles();
    };
    if (marks_ && !record.is_reference && best.by_key == 0 && best.similarity < 1) {
      if (const uint32_t id = marks_->WithTokens(batch.MarksOf(record)); id != KeptMarks::kNone)
        best = {.id = id, .similarity = 1};
    }
    if (Waits(i) && !best.is_settled()) {  // its twin is not kept
      sketcher_->Sketch(batch, record, static_cast<uint32_t>(i));
      PartBandKeys(batch.MarksOf(record), BandKeysOf(batch, record));
      best = in.own.Best(index_, plan_, threshold_, batch, record, &*marks_);
    }
    const std::span<const uint64_t> keys = BandKeysOf(batch, record);
    const uint8_t* sketch = batch.sketches.data() + size_t{record.sketch_row} * kSketchBytes;
    std::span<uint32_t> locals =
        best.is_settled() || record.is_reference ? std::span<uint32_t>() : in.table.FindCandidates(keys, sketch);
    if (marks_) {
      const auto last = std::remove_if(locals.begin(), locals.end(), [&](uint32_t local) {
        return marks_->IsApart(batch.MarksOf(record), first_id + local);
      });
      locals = locals.first(static_cast<size_t>(last - locals.begin()));
    }
    Bitmaps own_bitmaps;
    const bool crowded = best.crowded || locals.size() > IndexSearch::kCrowd;
    if (crowded) {
      begin();
      own_bitmaps = in.own.verifier.MakeBitmaps(threshold_, in.own.bitmaps);
      const auto last = std::remove_if(locals.begin(), locals.end(), [&](uint32_t local) {
        const Index::NewRecord& other = in.kept[local];
        return !other.bitmaps.words.empty() &&
               !MayBeSimilar(
                   own_bitmaps, other.bitmaps,
                   MostDifferent(size_t{own_distinct} + other.distinct_shingles, threshold_ - IndexSearch::kRounding));
      });
      locals = locals.first(static_cast<size_t>(last - locals.begin()));
    }
    for (const uint32_t local : locals) {
      begin();
      const auto similarity = in.own.verifier.Similarity(in.kept[local].words, std::max(threshold_, best.similarity),
                                                         in.kept[local].distinct_shingles);
      // Equal similarity: the earlier one, and those of the index came earlier.
      if (similarity && *similarity > best.similarity) best = {first_id + local, *similarity, crowded};
    }
    if (best.similarity >= 0) {
      const bool has_tokens = marks_ && marks_->HasTokens(batch.MarksOf(record), best.id);
      fates_->Remove(record.unique, best.id, best.similarity, {best.by_key, has_tokens});
      if (!plan_.fields.empty()) {
        begin();
        const bool is_own = best.id >= first_id;
        fates_->NoteSimilarities(in.own.verifier.Similarities(is_own ? in.kept[best.id - first_id].words
                                                                     : index_.words(best.id, in.own.words)));
      }
    } else {
      if (marks_) marks_->Keep(batch.MarksOf(record));
      fates_->Keep(record.unique, {batch.source, record.ordinal});
      in.kept.push_back({batch.WordsOf(record), sketch, keys.data(), own_distinct, {}});
      if (crowded) {
        in.kept.back().bitmaps = {in.bitmaps.emplace_back(own_bitmaps.words.begin(), own_bitmaps.words.end())};
      }
      in.table.Insert(keys, sketch);
    }
  }
}

}  // namespace unecho
