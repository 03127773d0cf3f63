#include "match/index.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <limits>

#include "kernels/kernels.h"
#include "match/band_table.h"

namespace unecho {

Index::Index(const BandPlan& plan) : plan_(plan) {
  for (int band = 0; band < plan.bands; ++band) tables_.push_back(std::make_unique<BandTable>());
  bitmap_places_.PushBack({});
  small_bitmaps_.Resize(kMinBitmapWords);
}

Index::~Index() = default;

void Index::Prefetch(std::span<const uint64_t> band_keys) const {
  for (size_t band = 0; band < band_keys.size(); ++band) tables_[band]->Prefetch(band_keys[band]);
}

void Index::FindCandidates(std::span<const uint64_t> band_keys, const uint8_t* sketch, Scratch& scratch,
                           std::vector<Candidate>& out) const {
  out.clear();
  if (scratch.seen.size() * 64 < kept_.size()) scratch.seen.resize(kept_.size() / 32 + 64);
  if (scratch.ids_room <= kept_.size()) {  // each record once, and a place that is written in vain
    scratch.ids_room = 2 * kept_.size() + 64;
    scratch.ids = std::make_unique_for_overwrite<uint32_t[]>(scratch.ids_room);
  }
  uint64_t* seen = scratch.seen.data();
  uint32_t* ids = scratch.ids.get();
  size_t count = 0;
  // A near record is met in most bands: the same few numbers over and over. Where thousands share a key it is each in
  // some bands: no branch tells which.
  const auto found = [seen, ids, &count](uint32_t id) {
    const uint64_t word = seen[id / 64];
    ids[count] = id;
    count += ~word >> id % 64 & 1;
    seen[id / 64] = word | uint64_t{1} << id % 64;
  };
  // Where they share a key, each line says where the next one is: the lines of all bands in turn are on their way.
  scratch.walks.clear();
  for (size_t band = 0; band < band_keys.size(); ++band) {
    BandTable::Walk walk = tables_[band]->Begin(band_keys[band]);
    if (tables_[band]->Step(walk, found)) scratch.walks.push_back({static_cast<uint32_t>(band), walk});
  }
  for (size_t left = scratch.walks.size(); left > 0;) {
    size_t going_on = 0;
    for (size_t i = 0; i < left; ++i) {
      auto& walk = scratch.walks[i];
      if (tables_[walk.first]->Step(walk.second, found)) scratch.walks[going_on++] = walk;
    }
    left = going_on;
  }
  if (count == 0) return;
  for (size_t i = 0; i < count; ++i) seen[ids[i] / 64] = 0;
  if (scratch.agreeing.size() < count) scratch.agreeing.resize(2 * count);
  const size_t passed = ActiveKernels().agreeing_sketches(
      sketch, sketches_.data(), static_cast<unsigned>(plan_.min_agreeing_bins), ids, count, scratch.agreeing.data());
  const bool are_fields_apart = !plan_.fields.empty();
  for (size_t i = 0; i < passed; ++i) {
    if (!are_fields_apart || AgreeInFields(plan_, sketch, this->sketch(ids[i])))
      out.push_back({ids[i], scratch.agreeing[i]});
  }
}

absl::Status Index::Add(std::span<const NewRecord> records) {
  if (records.empty()) return absl::OkStatus();
  if (records.size() > std::numeric_limits<int32_t>::max() - kept_.size()) {
    return absl::ResourceExhaustedError("more than 2,147,483,647 kept records in one run; split the input into parts");
  }
  const uint32_t first_id = size();
  for (const NewRecord& record : records) {
    const uint64_t at = words_.size();
    UNECHO_RETURN_IF_ERROR(words_.Append(record.words));
    const auto bitmaps = static_cast<uint32_t>(record.bitmaps.words.empty() ? 0 : bitmap_places_.size());
    kept_.PushBack({at, static_cast<uint32_t>(record.words.size()), record.distinct_shingles, bitmaps});
    if (const auto words = record.bitmaps.words; !words.empty()) {
      const BitmapPlace place = {bitmaps_.size(), words.size() > kMinBitmapWords ? words.size() : 0};
      bitmap_places_.PushBack(place);
      if (place.size > 0) std::memcpy(bitmaps_.Extend(words.size()), words.data(), words.size_bytes());
      std::memcpy(small_bitmaps_.Extend(kMinBitmapWords), words.data(), kMinBitmapWords * sizeof(uint64_t));
    }
    std::memcpy(sketches_.Extend(kSketchBytes), record.sketch, kSketchBytes);
  }
  const auto insert = [&](size_t band) {
    BandTable& table = *tables_[band];
    table.GrowFor(records.size());
    constexpr size_t kAhead = 8;
    for (size_t i = 0; i < std::min(kAhead, records.size()); ++i) table.Prefetch(records[i].band_keys[band]);
    for (size_t i = 0; i < records.size(); ++i) {
      if (i + kAhead < records.size()) table.Prefetch(records[i + kAhead].band_keys[band]);
      table.Insert(records[i].band_keys[band], first_id + static_cast<uint32_t>(i));
    }
  };
  // Below this a task costs more than the insertions.
  constexpr size_t kParallelFrom = 64;
  if (records.size() < kParallelFrom) {
    for (size_t band = 0; band < tables_.size(); ++band) insert(band);
  } else {
    tbb::this_task_arena::isolate([&] { tbb::parallel_for(size_t{0}, tables_.size(), insert); });
  }
  return absl::OkStatus();
}

uint32_t Index::distinct_shingles(uint32_t kept_id) const {
  return std::atomic_ref<uint32_t>(kept_[kept_id].distinct_shingles).load(std::memory_order_relaxed);
}

void Index::RememberDistinctShingles(uint32_t kept_id, uint32_t count) const {
  std::atomic_ref<uint32_t>(kept_[kept_id].distinct_shingles).store(count, std::memory_order_relaxed);
}

void Index::DropFar(const Bitmaps& bitmaps, uint32_t distinct_shingles, double threshold, Scratch& scratch,
                    std::vector<Candidate>& candidates) const {
  const size_t count = candidates.size();
  for (auto* const each : {&scratch.places, &scratch.most, &scratch.passed}) {
    if (each->size() < count) each->resize(2 * count);
  }
  const double most_of_each = MostDifferent(1, threshold);
  const auto most = [&](uint32_t kept_id) {
    return most_of_each * static_cast<double>(uint64_t{distinct_shingles} + this->distinct_shingles(kept_id));
  };
  for (size_t i = 0; i < count; ++i) {
    const uint32_t id = candidates[i].kept_id, place = kept_[id].bitmaps;
    scratch.places[i] = place;
    scratch.most[i] = place == 0 ? std::numeric_limits<uint32_t>::max() : static_cast<uint32_t>(most(id));
  }
  const size_t close = ActiveKernels().close_bitmaps(bitmaps.words.data(), small_bitmaps_.data(), scratch.places.data(),
                                                     scratch.most.data(), count, scratch.passed.data());
  size_t passed = 0;
  for (size_t i = 0; i < close; ++i) {
    const Candidate candidate = candidates[scratch.passed[i]];
    const Bitmaps other = this->bitmaps(candidate.kept_id);
    if (other.words.empty() || MayBeSimilar(bitmaps, other, most(candidate.kept_id), kMinBitmapWords + 1))
      candidates[passed++] = candidate;
  }
  candidates.resize(passed);
}

uint64_t Index::memory_bytes() const {
  uint64_t bytes = sketches_.memory_bytes() + words_.memory_bytes() + kept_.memory_bytes() + bitmaps_.memory_bytes() +
                   bitmap_places_.memory_bytes() + small_bitmaps_.memory_bytes();
  for (const auto& table : tables_) bytes += table->memory_bytes();
  return bytes;
}

}  // namespace unecho
