#include "match/tuner.h"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "base/batch.h"
#include "base/hash_map.h"
#include "base/small_file.h"
#include "match/batch_table.h"
#include "match/index_search.h"
#include "text/json.h"

namespace unecho {
namespace {

constexpr size_t kNum = kTuneThresholds.size();
using Mask = uint16_t;                      // bit k: kept at kTuneThresholds[k]
using KeptAt = std::array<uint32_t, kNum>;  // the kept record of the group at each threshold
static_assert(kNum <= 16);

uint64_t Pairs(uint64_t n) { return n * (n - 1) / 2; }

}  // namespace

// --- labels --------------------------------------------------------------------------------------------------------

struct TuneLabels::Table {
  HashMap<std::string, Label> labels;  // by the id as JSON: as a string, and as it stands, for numbers
  uint32_t num_ids = 0;
};

TuneLabels::TuneLabels(std::unique_ptr<Table> table) : table_(std::move(table)) {}
TuneLabels::TuneLabels(TuneLabels&&) noexcept = default;
TuneLabels& TuneLabels::operator=(TuneLabels&&) noexcept = default;
TuneLabels::~TuneLabels() = default;

absl::StatusOr<TuneLabels> TuneLabels::Read(const std::string& path) {
  const absl::StatusOr<std::string> bytes = ReadSmallFile(path);
  if (!bytes.ok()) {
    return absl::Status(bytes.status().code(), Abs("--labels " + std::string(bytes.status().message())));
  }
  std::istringstream file(*bytes);
  auto table = std::make_unique<Table>();
  uint32_t cluster = 0;
  uint64_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty()) continue;
    const std::vector<std::string> fields = absl::StrSplit(line, '\t');
    if (fields.size() < 2) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "--labels %s:%d: give the name of a cluster and its members, separated by tabs", path, number));
    }
    for (size_t i = 1; i < fields.size(); ++i) {
      if (fields[i].empty()) {
        return absl::InvalidArgumentError(
            absl::StrFormat("--labels %s:%d: field %d is empty; remove the tab that is too many", path, number, i + 1));
      }
      const Label label = {cluster, table->num_ids};
      std::string as_string;
      AppendJsonString(fields[i], as_string);
      if (!table->labels.emplace(as_string, label).second) {
        return absl::InvalidArgumentError(
            absl::StrFormat("--labels %s:%d: %s is in a cluster already", path, number, fields[i]));
      }
      table->labels.emplace(fields[i], label);
      ++table->num_ids;
    }
    ++cluster;
  }
  if (file.bad()) return absl::UnavailableError(absl::StrFormat("--labels %s: cannot be read; give a file", path));
  if (table->num_ids == 0) return absl::InvalidArgumentError(absl::StrFormat("--labels %s: holds no clusters", path));
  return TuneLabels(std::move(table));
}

std::optional<TuneLabels::Label> TuneLabels::Find(const std::string& id) const {
  const auto found = table_->labels.find(id);
  return found == table_->labels.end() ? std::nullopt : std::optional(found->second);
}

size_t TuneLabels::size() const { return table_->num_ids; }

// --- the stage -----------------------------------------------------------------------------------------------------

struct Tuner::Inside {
  Inside(const BandPlan& band_plan, int shingle_tokens, const TuneLabels* given)
      : plan(band_plan),
        labels(given),
        index(band_plan),
        search([shingle_tokens] { return IndexSearch(shingle_tokens); }),
        own(shingle_tokens),
        table(band_plan) {}

  absl::Status Decide(Batch& batch);
  Mask DecideOne(const Record& record, RecordRef ref, std::span<const IndexMatch> known);
  void FindLocal(const Batch& batch, const Record& record, std::vector<IndexMatch>& found);
  void CountAll(const Batch& batch);
  TuneScore Score(size_t k) const;

  BandPlan plan;
  const TuneLabels* labels;
  Index index;
  std::vector<RecordRef> refs;       // of the records in the index
  std::vector<Mask> kept_at;         // the same
  std::vector<Mask> unique_kept_at;  // of each token sequence
  std::array<TuneRow, kNum> rows;
  uint64_t rejected = 0;

  // With labels.
  std::vector<KeptAt> groups;                           // of each token sequence
  std::vector<uint32_t> copies;                         // records of each
  std::vector<std::pair<uint32_t, uint32_t>> labelled;  // cluster, token sequence; UINT32_MAX: a record without tokens
  std::vector<bool> found_labels;                       // by number
  uint64_t num_found = 0;

  // Scratch.
  tbb::enumerable_thread_specific<IndexSearch> search;
  IndexSearch own;   // of the ordered step
  BatchTable table;  // of `entering`
  std::vector<Record*> fresh;
  std::vector<std::vector<IndexMatch>> matches;  // parallel to fresh
  std::vector<Index::NewRecord> entering;
};

Tuner::Tuner(const BandPlan& bands, int shingle_tokens, const TuneLabels* labels)
    : inside_(std::make_unique<Inside>(bands, shingle_tokens, labels)) {
  for (size_t k = 0; k < kNum; ++k) inside_->rows[k].threshold = kTuneThresholds[k];
}
Tuner::~Tuner() = default;

absl::Status Tuner::operator()(Batch& batch) {
  Inside& in = *inside_;
  in.fresh.clear();
  for (Record& record : batch.records) {
    if (record.num_words > 0 && !record.is_repeat) in.fresh.push_back(&record);
  }
  if (in.matches.size() < in.fresh.size()) in.matches.resize(in.fresh.size());
  // The index is frozen until Decide() enters the new ones.
  const auto search = [&](const tbb::blocked_range<size_t>& range) {
    IndexSearch& own = in.search.local();
    for (size_t i = range.begin(); i < range.end(); ++i) {
      own.All(in.index, in.plan, kTuneThresholds.front(), batch, *in.fresh[i], in.matches[i]);
    }
  };
  tbb::this_task_arena::isolate([&] { tbb::parallel_for(tbb::blocked_range<size_t>(0, in.fresh.size(), 16), search); });
  UNECHO_RETURN_IF_ERROR(in.Decide(batch));
  in.CountAll(batch);
  return absl::OkStatus();
}

absl::Status Tuner::Inside::Decide(Batch& batch) {
  entering.clear();
  const auto bands = static_cast<size_t>(plan.bands);
  table.Clear(fresh.size());
  for (size_t i = 0; i < fresh.size(); ++i) {
    const Record& record = *fresh[i];
    FindLocal(batch, record, matches[i]);
    const Mask mask = DecideOne(record, {batch.source, record.ordinal}, matches[i]);
    if (mask == 0) continue;
    const std::span<const uint64_t> keys(batch.band_keys.data() + record.sketch_row * bands, bands);
    const uint8_t* sketch = batch.sketches.data() + size_t{record.sketch_row} * kSketchBytes;
    table.Insert(keys, sketch);
    entering.push_back({batch.WordsOf(record), sketch, keys.data(), 0, {}});
  }
  return index.Add(entering);
}

// Adds the matches among the records of this batch that enter the index.
void Tuner::Inside::FindLocal(const Batch& batch, const Record& record, std::vector<IndexMatch>& found) {
  const auto bands = static_cast<size_t>(plan.bands);
  const auto local = table.FindCandidates({batch.band_keys.data() + record.sketch_row * bands, bands},
                                          batch.sketches.data() + size_t{record.sketch_row} * kSketchBytes);
  if (local.empty()) return;
  own.verifier.Begin(batch.WordsOf(record));
  for (const uint32_t other : local) {
    const auto similarity =
        own.verifier.Similarity(entering[other].words, kTuneThresholds.front(), entering[other].distinct_shingles);
    if (similarity) found.push_back({index.size() + other, *similarity});
  }
}

// The fate of a first appearance at every threshold. A record that any of them keeps gets the next number.
Mask Tuner::Inside::DecideOne(const Record& record, RecordRef ref, std::span<const IndexMatch> known) {
  const auto own_id = static_cast<uint32_t>(refs.size());
  Mask mask = 0;
  KeptAt group{};
  for (size_t k = 0; k < kNum; ++k) {
    IndexMatch best;
    for (const IndexMatch& match : known) {
      if (match.similarity < kTuneThresholds[k] || (kept_at[match.id] >> k & 1) == 0) continue;
      if (match.similarity > best.similarity || (match.similarity == best.similarity && match.id < best.id))
        best = match;
    }
    TuneRow& row = rows[k];
    if (best.similarity < 0) {
      mask = static_cast<Mask>(mask | 1u << k);
      group[k] = own_id;
      ++row.kept;
      continue;
    }
    group[k] = best.id;
    ++row.near;
    if (row.borderline.size() == kBorderlinePairs && row.borderline.back().similarity <= best.similarity) continue;
    const auto less = [](const TunePair& a, const TunePair& b) { return a.similarity < b.similarity; };
    const TunePair pair = {ref, refs[best.id], best.similarity};
    row.borderline.insert(std::ranges::upper_bound(row.borderline, pair, less), pair);
    if (row.borderline.size() > kBorderlinePairs) row.borderline.pop_back();
  }
  if (mask != 0) {
    refs.push_back(ref);
    kept_at.push_back(mask);
  }
  if (unique_kept_at.size() <= record.unique) unique_kept_at.resize(size_t{record.unique} + 1);
  unique_kept_at[record.unique] = mask;
  if (labels != nullptr) {
    if (groups.size() <= record.unique) groups.resize(size_t{record.unique} + 1);
    groups[record.unique] = group;
  }
  return mask;
}

// Repeats: each has the fate of the first, exact where that was kept, else near. And what the labels need.
void Tuner::Inside::CountAll(const Batch& batch) {
  for (const Record& record : batch.records) {
    if (!record.is_last_fragment) continue;
    const bool is_read = record.num_words > 0;
    rejected += !is_read;
    if (is_read && record.is_repeat) {
      const Mask mask = unique_kept_at[record.unique];
      for (size_t k = 0; k < kNum; ++k) ++((mask >> k & 1) != 0 ? rows[k].exact : rows[k].near);
    }
    if (labels == nullptr) continue;
    if (is_read) {
      if (copies.size() <= record.unique) copies.resize(size_t{record.unique} + 1);
      ++copies[record.unique];
    }
    const auto label = record.id.empty() ? std::nullopt : labels->Find(std::string(record.id));
    if (!label) continue;
    labelled.emplace_back(label->cluster, is_read ? record.unique : UINT32_MAX);
    found_labels.resize(labels->size());
    num_found += !found_labels[label->number];
    found_labels[label->number] = true;
  }
}

TuneScore Tuner::Inside::Score(size_t k) const {
  std::map<uint32_t, uint64_t> group_sizes, cluster_sizes;
  std::map<std::pair<uint32_t, uint32_t>, uint64_t> both;  // group and cluster
  for (size_t unique = 0; unique < copies.size(); ++unique) {
    if (copies[unique] > 0) group_sizes[groups[unique][k]] += copies[unique];
  }
  for (const auto& [cluster, unique] : labelled) {
    ++cluster_sizes[cluster];
    if (unique != UINT32_MAX) ++both[{groups[unique][k], cluster}];
  }
  TuneScore score;
  for (const auto& [group, size] : group_sizes) score.grouped += Pairs(size);
  for (const auto& [cluster, size] : cluster_sizes) score.labelled += Pairs(size);
  for (const auto& [pair, size] : both) score.right += Pairs(size);
  return score;
}

std::vector<TuneRow> Tuner::Rows() const {
  std::vector<TuneRow> rows(inside_->rows.begin(), inside_->rows.end());
  for (size_t k = 0; inside_->labels != nullptr && k < kNum; ++k) rows[k].score = inside_->Score(k);
  return rows;
}

uint64_t Tuner::num_labelled() const { return inside_->labelled.size(); }
uint64_t Tuner::num_labels_found() const { return inside_->num_found; }
uint64_t Tuner::num_rejected() const { return inside_->rejected; }
uint32_t Tuner::index_size() const { return inside_->index.size(); }
uint64_t Tuner::memory_bytes() const {
  const Inside& in = *inside_;
  return in.index.memory_bytes() + in.refs.capacity() * sizeof(RecordRef) +
         (in.kept_at.capacity() + in.unique_kept_at.capacity()) * sizeof(Mask) + in.groups.capacity() * sizeof(KeptAt) +
         in.copies.capacity() * sizeof(uint32_t) + in.labelled.capacity() * sizeof(in.labelled[0]);
}

}  // namespace unecho
