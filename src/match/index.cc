#include "match/index.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <limits>

#include "kernels/kernels.h"
#include "match/band_table.h"

namespace unecho {
namespace {

std::vector<std::unique_ptr<BandTable>> MakeTables(const BandPlan& plan) {
  std::vector<std::unique_ptr<BandTable>> tables;
  for (int band = 0; band < plan.bands; ++band) tables.push_back(std::make_unique<BandTable>());
  return tables;
}

}  // namespace

Index::Index(const BandPlan& plan) : plan_(plan), runs_(static_cast<size_t>(plan.bands)), tables_(MakeTables(plan)) {
  bitmap_places_.PushBack({});
  small_bitmaps_.Resize(kMinBitmapWords);
}

Index::~Index() = default;

void Index::Prefetch(std::span<const uint64_t> band_keys) const {
  for (size_t band = 0; band < band_keys.size(); ++band) tables_[band]->Prefetch(band_keys[band]);
}

void Index::FindCandidates(std::span<const uint64_t> band_keys, const uint8_t* sketch, Scratch& scratch,
                           std::vector<Candidate>& out, bool skips_frozen) const {
  out.clear();
  if (num_frozen_ > 0 && !skips_frozen) FindFrozen(band_keys, sketch, scratch, out);
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
  const size_t first = out.size();
  AddAgreeing(sketch, sketches_.data(), count, scratch, out);
  for (size_t i = first; i < out.size(); ++i) out[i].kept_id += num_frozen_;
}

void Index::AddAgreeing(const uint8_t* sketch, const uint8_t* sketches, size_t count, Scratch& scratch,
                        std::vector<Candidate>& out) const {
  uint32_t* const ids = scratch.ids.get();
  if (scratch.agreeing.size() < count) scratch.agreeing.resize(2 * count);
  const size_t passed = ActiveKernels().agreeing_sketches(
      sketch, sketches, static_cast<unsigned>(plan_.min_agreeing_bins), ids, count, scratch.agreeing.data());
  const bool are_fields_apart = !plan_.fields.empty();
  for (size_t i = 0; i < passed; ++i) {
    if (!are_fields_apart || AgreeInFields(plan_, sketch, sketches + size_t{ids[i]} * kSketchBytes))
      out.push_back({ids[i], scratch.agreeing[i]});
  }
}

// Of a record on disk.
struct Index::Scratch::Read {
  uint32_t kept_id;
  Row row;
  bool has_words;
  std::vector<uint32_t> words;
};

namespace {

// A search meets few records, but in a crowd; and what is read of those is not used again.
constexpr size_t kMostRead = 16;

Index::Scratch::Read* FindRead(const Index::Scratch& scratch, uint32_t kept_id) {
  for (size_t i = 0; i < scratch.num_read; ++i) {
    if (scratch.read[i].kept_id == kept_id) return &scratch.read[i];
  }
  return nullptr;
}

}  // namespace

Index::Scratch::Scratch() = default;
Index::Scratch::~Scratch() = default;
Index::Scratch::Scratch(Scratch&&) noexcept = default;

// Null: so many were read that this one is not remembered.
Index::Scratch::Read* Index::ReadRow(uint32_t kept_id, Scratch& scratch) const {
  if (Scratch::Read* const read = FindRead(scratch, kept_id); read != nullptr) return read;
  if (scratch.num_read == kMostRead) return nullptr;
  if (!scratch.read) scratch.read = std::make_unique<Scratch::Read[]>(kMostRead);
  Scratch::Read& read = scratch.read[scratch.num_read++];
  read.kept_id = kept_id;
  read.has_words = false;
  if (!rows_->Read(kept_id * sizeof(Row), &read.row, sizeof read.row)) read.row = {};
  return &read;
}

// A copy meets its original in most of its bands. By the words of that, which are wanted anyway, its keys are known;
// and where it has the key that was asked for, and no other record of the run has it, nothing is left to be read.
void Index::MarkKnown(uint32_t kept_id, std::span<const uint64_t> band_keys, std::span<Scratch::Hit> hits,
                      Scratch& scratch) const {
  Scratch::Read* const read = ReadRow(kept_id, scratch);
  if (read == nullptr) return;
  const auto words = words_.ReadWritten(read->row.kept.first_word, read->row.kept.num_words, read->words);
  if (words.empty()) return;  // ReadStatus() says why
  read->has_words = words.data() == read->words.data();
  scratch.band_keys.resize(band_keys.size());
  band_keys_of_(kept_id, words, scratch.band_keys);
  for (Scratch::Hit& hit : hits) {
    const uint64_t key = band_keys[hit.band];
    hit.is_known = hit.is_known || (hit.run->Covers(kept_id) && hit.run->AreOne(scratch.band_keys[hit.band], key) &&
                                    hit.run->HasOnce(hit.band, key));
  }
}

void Index::FindFrozen(std::span<const uint64_t> band_keys, const uint8_t* sketch, Scratch& scratch,
                       std::vector<Candidate>& out) const {
  out.clear();
  scratch.num_read = 0;
  std::vector<Scratch::Hit>& hits = scratch.hits;
  hits.clear();
  for (const auto& run : runs_.runs()) {
    for (uint32_t band = 0; band < band_keys.size(); ++band) {
      if (run->MayHave(band, band_keys[band])) hits.push_back({run.get(), band, false});
    }
  }
  if (hits.empty()) return;
  std::vector<uint32_t>& frozen = scratch.frozen;
  frozen.clear();
  constexpr size_t kWorthwhile = 4;  // so many reads cost what the words of a record do
  constexpr size_t kMostKnown = 4;   // where more meet, keys have several
  size_t num_known = 0;
  for (size_t i = 0; i < hits.size(); ++i) {
    if (hits[i].is_known) continue;
    const size_t first = frozen.size();
    hits[i].run->Find(hits[i].band, band_keys[hits[i].band], [&frozen](uint32_t id) { frozen.push_back(id); });
    if (hits.size() - i <= kWorthwhile) continue;
    for (size_t at = first; at < frozen.size() && num_known < kMostKnown; ++at) {
      const auto before = frozen.begin() + static_cast<std::ptrdiff_t>(at);
      if (std::find(frozen.begin(), before, frozen[at]) != before) continue;
      MarkKnown(frozen[at], band_keys, std::span(hits).subspan(i + 1), scratch);
      ++num_known;
    }
  }
  if (frozen.empty()) return;
  std::sort(frozen.begin(), frozen.end());
  frozen.erase(std::unique(frozen.begin(), frozen.end()), frozen.end());
  constexpr size_t kAtOnce = 256;
  scratch.sketches.resize(kAtOnce * kSketchBytes);
  if (scratch.ids_room < kAtOnce) {
    scratch.ids_room = kAtOnce;
    scratch.ids = std::make_unique_for_overwrite<uint32_t[]>(kAtOnce);
  }
  for (size_t begin = 0; begin < frozen.size(); begin += kAtOnce) {
    const size_t count = std::min(kAtOnce, frozen.size() - begin), first = out.size();
    for (size_t i = 0; i < count; ++i) {
      uint8_t* const to = scratch.sketches.data() + i * kSketchBytes;
      if (const Scratch::Read* const read = ReadRow(frozen[begin + i], scratch); read != nullptr)
        std::memcpy(to, read->row.sketch, kSketchBytes);
      else if (!rows_->Read(frozen[begin + i] * sizeof(Row), to, kSketchBytes))
        std::memset(to, 0, kSketchBytes);
      scratch.ids[i] = static_cast<uint32_t>(i);
    }
    AddAgreeing(sketch, scratch.sketches.data(), count, scratch, out);
    for (size_t i = first; i < out.size(); ++i) out[i].kept_id = frozen[begin + out[i].kept_id];
  }
}

Index::Kept Index::FrozenPlaceOf(uint32_t kept_id, const Scratch& found) const {
  const Scratch::Read* const read = FindRead(found, kept_id);
  return read != nullptr ? read->row.kept : FrozenPlaceOf(kept_id);
}

std::span<const uint32_t> Index::FrozenWords(uint32_t kept_id, const Scratch& found,
                                             std::vector<uint32_t>& scratch) const {
  const Scratch::Read* const read = FindRead(found, kept_id);
  if (read != nullptr && read->has_words) return std::span(read->words).first(read->row.kept.num_words);
  const Kept kept = read != nullptr ? read->row.kept : FrozenPlaceOf(kept_id);
  return words_.ReadWritten(kept.first_word, kept.num_words, scratch);
}

Index::Kept Index::FrozenPlaceOf(uint32_t kept_id) const {
  Kept kept{};
  if (!rows_->Read(kept_id * sizeof(Row) + kSketchBytes, &kept, sizeof kept)) kept = {};
  return kept;
}

absl::Status Index::ReadStatus() const {
  UNECHO_RETURN_IF_ERROR(words_.ReadStatus());
  if (rows_) UNECHO_RETURN_IF_ERROR(rows_->status());
  return runs_.status();
}

absl::Status Index::Add(std::span<const NewRecord> records) {
  if (records.empty()) return absl::OkStatus();
  if (records.size() > std::numeric_limits<int32_t>::max() - size_t{size()}) {
    return absl::ResourceExhaustedError("more than 2,147,483,647 kept records in one run; split the input into parts");
  }
  const auto first_place = static_cast<uint32_t>(kept_.size());
  new_words_.clear();
  for (const NewRecord& record : records) new_words_.push_back(record.words);
  UNECHO_RETURN_IF_ERROR(words_.Append(new_words_, new_places_));
  for (size_t i = 0; i < records.size(); ++i) {
    const NewRecord& record = records[i];
    if (keys_) UNECHO_RETURN_IF_ERROR(keys_->Append({record.band_keys, static_cast<size_t>(plan_.bands)}));
    const auto bitmaps = static_cast<uint32_t>(record.bitmaps.words.empty() ? 0 : bitmap_places_.size());
    kept_.PushBack({new_places_[i], static_cast<uint32_t>(record.words.size()), record.distinct_shingles, bitmaps});
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
      table.Insert(records[i].band_keys[band], first_place + static_cast<uint32_t>(i));
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

absl::Status Index::SpillTokens(const std::string& folder) {
  UNECHO_ASSIGN_OR_RETURN(keys_, KeyLog::Create(static_cast<size_t>(plan_.bands), folder));
  return words_.Spill(folder);
}

absl::Status Index::Freeze(const SpillTerms& terms, const BandKeysOf& band_keys_of) {
  const std::string& folder = terms.folder;
  const auto count = static_cast<uint32_t>(kept_.size());
  if (count == 0) return absl::OkStatus();
  const std::unique_lock<std::shared_mutex> freezing(freezing_);
  if (!rows_) {
    UNECHO_ASSIGN_OR_RETURN(rows_, SpillFile::Create(folder, "sketches"));
  }
  UNECHO_RETURN_IF_ERROR(WriteRows());
  UNECHO_RETURN_IF_ERROR(words_.Flush());
  const std::unique_ptr<KeyLog> keys = std::move(keys_);
  UNECHO_RETURN_IF_ERROR(keys->Finish());
  UNECHO_ASSIGN_OR_RETURN(const std::unique_ptr<KeyLog> first_keys,
                          KeyLog::Create(static_cast<size_t>(plan_.bands), folder));
  UNECHO_RETURN_IF_ERROR(MakeKeys(band_keys_of, count - keys->size(), *first_keys));
  UNECHO_RETURN_IF_ERROR(words_.ReadStatus());
  // Sorting takes the room that this leaves.
  num_frozen_ += count;
  band_keys_of_ = band_keys_of;
  tables_ = MakeTables(plan_);
  kept_.Clear();
  sketches_.Clear();
  const auto read = [&](size_t band, std::vector<uint64_t>& of_band) -> absl::Status {
    of_band.reserve(count);
    UNECHO_RETURN_IF_ERROR(first_keys->ReadBand(band, of_band));
    return keys->ReadBand(band, of_band);
  };
  UNECHO_RETURN_IF_ERROR(runs_.Add(count, read, folder, terms.IndexFilterBytes()));
  UNECHO_ASSIGN_OR_RETURN(keys_, KeyLog::Create(static_cast<size_t>(plan_.bands), folder));
  return absl::OkStatus();
}

absl::Status Index::WriteRows() {
  std::vector<Row> rows;
  for (size_t i = 0; i < kept_.size(); ++i) {
    Row& row = rows.emplace_back();
    std::memcpy(row.sketch, sketch(static_cast<uint32_t>(i)), kSketchBytes);
    row.kept = kept_[i];
    if (rows.size() < KeyLog::kChunkRecords && i + 1 < kept_.size()) continue;
    UNECHO_RETURN_IF_ERROR(rows_->Append(rows.data(), rows.size() * sizeof(Row)));
    rows.clear();
  }
  return absl::OkStatus();
}

// They are made again: to keep 8 bytes a band of each record costs every run more than this costs those that need it.
absl::Status Index::MakeKeys(const BandKeysOf& band_keys_of, size_t count, KeyLog& keys) const {
  const auto bands = static_cast<size_t>(plan_.bands);
  std::vector<uint64_t> by_record;
  for (size_t begin = 0; begin < count; begin += KeyLog::kChunkRecords) {
    const size_t at_once = std::min(KeyLog::kChunkRecords, count - begin);
    by_record.resize(at_once * bands);
    tbb::this_task_arena::isolate([&] {
      tbb::parallel_for(tbb::blocked_range<size_t>(0, at_once, 16), [&](const tbb::blocked_range<size_t>& range) {
        std::vector<uint32_t> scratch;
        for (size_t i = range.begin(); i < range.end(); ++i) {
          const Kept& kept = kept_[begin + i];
          band_keys_of(num_frozen_ + static_cast<uint32_t>(begin + i),
                       words_.Read(kept.first_word, kept.num_words, scratch), {by_record.data() + i * bands, bands});
        }
      });
    });
    UNECHO_RETURN_IF_ERROR(keys.Append(by_record));
  }
  return keys.Finish();
}

uint32_t Index::distinct_shingles(uint32_t kept_id) const {
  if (kept_id < num_frozen_) return FrozenPlaceOf(kept_id).distinct_shingles;
  const Kept& kept = kept_[kept_id - num_frozen_];
  return std::atomic_ref<uint32_t>(kept.distinct_shingles).load(std::memory_order_relaxed);
}

uint32_t Index::distinct_shingles(uint32_t kept_id, const Scratch& found) const {
  return kept_id < num_frozen_ ? FrozenPlaceOf(kept_id, found).distinct_shingles : distinct_shingles(kept_id);
}

void Index::RememberDistinctShingles(uint32_t kept_id, uint32_t count) const {
  if (kept_id < num_frozen_) return;
  const Kept& kept = kept_[kept_id - num_frozen_];
  std::atomic_ref<uint32_t>(kept.distinct_shingles).store(count, std::memory_order_relaxed);
}

void Index::DropFar(const Bitmaps& bitmaps, uint32_t distinct_shingles, double threshold, Scratch& scratch,
                    std::vector<Candidate>& candidates) const {
  const size_t count = candidates.size();
  for (auto* const each : {&scratch.places, &scratch.most, &scratch.passed}) {
    if (each->size() < count) each->resize(2 * count);
  }
  const double most_of_each = MostDifferent(1, threshold);
  const auto most = [&](uint32_t kept_id) {
    return most_of_each * static_cast<double>(uint64_t{distinct_shingles} + this->distinct_shingles(kept_id, scratch));
  };
  for (size_t i = 0; i < count; ++i) {
    const uint32_t id = candidates[i].kept_id,
                   place = (id < num_frozen_ ? FrozenPlaceOf(id, scratch) : PlaceOf(id)).bitmaps;
    scratch.places[i] = place;
    scratch.most[i] = place == 0 ? std::numeric_limits<uint32_t>::max() : static_cast<uint32_t>(most(id));
  }
  const size_t close = ActiveKernels().close_bitmaps(bitmaps.words.data(), small_bitmaps_.data(), scratch.places.data(),
                                                     scratch.most.data(), count, scratch.passed.data());
  size_t passed = 0;
  for (size_t i = 0; i < close; ++i) {
    const Candidate candidate = candidates[scratch.passed[i]];
    const BitmapPlace& place = bitmap_places_[scratch.places[scratch.passed[i]]];
    const Bitmaps other = {{bitmaps_.data() + place.first, static_cast<size_t>(place.size)}};
    if (other.words.empty() || MayBeSimilar(bitmaps, other, most(candidate.kept_id), kMinBitmapWords + 1))
      candidates[passed++] = candidate;
  }
  candidates.resize(passed);
}

uint64_t Index::memory_bytes() const {
  return freezable_bytes() + runs_.memory_bytes() + (keys_ ? keys_->memory_bytes() : 0) + words_.memory_bytes() +
         bitmaps_.memory_bytes() + bitmap_places_.memory_bytes() + small_bitmaps_.memory_bytes();
}

uint64_t Index::freezable_bytes() const {
  uint64_t bytes = sketches_.memory_bytes() + kept_.memory_bytes();
  for (const auto& table : tables_) bytes += table->memory_bytes();
  return bytes;
}

uint64_t Index::disk_bytes() const {
  return words_.disk_bytes() + (rows_ ? rows_->disk_bytes() : 0) + runs_.disk_bytes();
}

}  // namespace unecho
