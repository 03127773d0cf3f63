#include "match/sketch.h"

#include <algorithm>
#include <cmath>

#include "base/batch.h"
#include "kernels/kernels.h"
#include "match/common_shingles.h"
#include "match/fields_apart.h"

namespace unecho {
namespace {

static_assert(kSketchBytes == kSketchBins);

// splitmix64 (Steele, Lea, Flood, OOPSLA 2014).
uint64_t NextRandom(uint64_t& state) {
  uint64_t z = (state += 0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

// As many rows as the promise allows: each row more divides the accidental candidates. All bands that the 64 bins have
// room for, as long as they improve the miss: measured in the design, 21 x 3 at .7 misses 0 to 1 of 20,000.
constexpr int kMaxRows = 8;
// Beyond this miss further bands cost memory and find nothing.
constexpr double kLeastMiss = 2e-4;

// The most bins that a pair at the threshold agrees in, of `count`, but for kMaxFieldMiss of the pairs: a quantile of
// the binomial distribution. With few bins that is far from the normal one.
int LeastAgreeing(size_t count, double threshold) {
  if (threshold >= 1) return static_cast<int>(count);
  double term = std::pow(1 - threshold, count), below = 0;  // term: of exactly k bins
  for (size_t k = 0;; ++k) {
    below += term;
    if (below > kMaxFieldMiss || k == count) return static_cast<int>(k);
    term *= static_cast<double>(count - k) / static_cast<double>(k + 1) * threshold / (1 - threshold);
  }
}

uint64_t MixKey(uint64_t key) {
  key *= 0xd6e8feb86659fd93;
  key ^= key >> 32;
  key *= 0xd6e8feb86659fd93;
  return key ^ (key >> 29);
}

}  // namespace

BandPlan PlanBands(double threshold) {
  BandPlan plan;
  plan.threshold = threshold;
  for (int rows = 1; rows <= kMaxRows; ++rows) {
    const int most = kSketchBytes / rows;
    const double meet = std::pow(threshold, rows);
    if (rows > 1 && std::pow(1 - meet, most) > kMaxMiss) break;
    int bands = most;
    while (bands > 1 && std::pow(1 - meet, bands - 1) <= kLeastMiss) --bands;
    plan.rows = rows;
    plan.bands = bands;
    plan.miss_at_threshold = std::pow(1 - meet, bands);
  }
  const double deviation = std::sqrt(threshold * (1 - threshold) / kSketchBytes);
  plan.min_agreeing_bins = std::max(1, static_cast<int>(std::floor(kSketchBytes * (threshold - 4 * deviation))));
  return plan;
}

BandPlan PlanBands(double threshold, std::span<const double> of_fields) {
  if (of_fields.empty()) return PlanBands(threshold);
  const size_t num_fields = of_fields.size();
  const auto miss_of = [&](int bands, int rows) {
    double miss = 1;
    for (int band = 0; band < bands; ++band) {
      double meet = 1;
      for (int row = 0; row < rows; ++row) meet *= of_fields[static_cast<size_t>(band * rows + row) % num_fields];
      miss *= 1 - meet;
    }
    return miss;
  };
  BandPlan plan;
  plan.threshold = std::ranges::min(of_fields);
  for (int rows = 1; rows <= kMaxRows; ++rows) {
    int bands = kSketchBytes / rows;
    if (rows > 1 && miss_of(bands, rows) > kMaxMiss) break;
    while (bands > 1 && miss_of(bands - 1, rows) <= kLeastMiss) --bands;
    plan.rows = rows;
    plan.bands = bands;
    plan.miss_at_threshold = miss_of(bands, rows);
  }
  int all = 0;
  for (size_t field = 0; field < num_fields; ++field) {
    const size_t bins = (kSketchBytes - field + num_fields - 1) / num_fields;
    plan.fields.push_back({of_fields[field], LeastAgreeing(bins, of_fields[field])});
    all += plan.fields.back().min_agreeing_bins;
  }
  plan.min_agreeing_bins = std::max(1, all);
  return plan;
}

bool AgreeInFields(const BandPlan& plan, const uint8_t* a, const uint8_t* b) {
  const size_t num_fields = plan.fields.size();
  for (size_t field = 0; field < num_fields; ++field) {
    int agreeing = 0;
    for (size_t i = field; i < kSketchBytes; i += num_fields) agreeing += static_cast<int>(a[i] == b[i]);
    if (agreeing < plan.fields[field].min_agreeing_bins) return false;
  }
  return true;
}

Sketcher::Sketcher(const BandPlan& plan, int shingle_tokens, uint64_t seed, const CommonShingles* common)
    : plan_(plan), shingle_tokens_(static_cast<size_t>(shingle_tokens)), common_(common) {
  uint64_t state = seed;
  for (uint32_t& multiplier : multipliers_) multiplier = static_cast<uint32_t>(NextRandom(state) >> 32) | 1;
}

Record::Common Sketcher::Minima(std::span<const uint32_t> words, std::vector<uint32_t>& shingles,
                                std::span<uint32_t, kSketchBytes> bins) const {
  if (shingles.size() < words.size() + 1) shingles.resize(words.size() + 1);
  const Kernels& kernels = ActiveKernels();
  CommonShingles::Left left = {kernels.shingles32(words.data(), words.size(), shingle_tokens_, shingles.data()), {}};
  if (common_ != nullptr) {
    thread_local std::vector<uint64_t> compared;  // the same shingles, by the hashes that verification takes
    if (compared.size() < words.size() + 1) compared.resize(words.size() + 1);
    kernels.shingles64(words.data(), words.size(), shingle_tokens_, compared.data());
    left = common_->LeaveOut({compared.data(), left.count}, shingles.data());
  }
  kernels.minima(shingles.data(), left.count, multipliers_.data(), bins.data());
  return left.common;
}

void Sketcher::MinimaOfFields(std::span<const uint32_t> words, std::vector<uint32_t>& shingles,
                              std::span<uint32_t, kSketchBytes> bins) const {
  const size_t num_fields = plan_.fields.size();
  ForEachFieldApart(words, num_fields, [&](size_t field, std::span<const uint32_t> of_field) {
    std::array<uint32_t, kSketchBytes> own;
    if (of_field.empty())
      own.fill(UINT32_MAX);  // the same for all that do not have it
    else
      Minima(of_field, shingles, own);
    for (size_t i = field; i < kSketchBytes; i += num_fields) bins[i] = own[i];
  });
}

void Sketcher::BandKeys(std::span<const uint32_t, kSketchBytes> bins, std::span<uint64_t> keys) const {
  const auto rows = static_cast<size_t>(plan_.rows);
  for (size_t band = 0; band < keys.size(); ++band) {
    uint64_t key = (band + 1) * 0x9e3779b97f4a7c15;
    for (size_t row = 0; row < rows; row += 4) {
      uint64_t part = 0;
      for (size_t k = row; k < std::min(row + 4, rows); ++k)
        part |= uint64_t{bins[band * rows + k] & 0xffff} << 16 * (k - row);
      key = MixKey(key + part);
    }
    keys[band] = key;
  }
}

void Sketcher::BandKeysOf(std::span<const uint32_t> words, std::span<uint64_t> keys) const {
  std::array<uint32_t, kSketchBytes> bins;
  AllMinima(words, bins);
  BandKeys(bins, keys);
}

Record::Common Sketcher::AllMinima(std::span<const uint32_t> words, std::span<uint32_t, kSketchBytes> bins) const {
  thread_local std::vector<uint32_t> shingles;
  if (plan_.fields.empty()) return Minima(words, shingles, bins);
  MinimaOfFields(words, shingles, bins);
  return {};
}

void Sketcher::MakeRoom(Batch& batch, size_t rows) const {
  const auto bands = static_cast<size_t>(plan_.bands);
  if (batch.sketches.size() < rows * kSketchBytes) batch.sketches.resize(rows * kSketchBytes);
  if (batch.band_keys.size() < rows * bands) batch.band_keys.resize(rows * bands);
  batch.num_sketches = static_cast<uint32_t>(rows);
}

void Sketcher::Sketch(Batch& batch, Record& record, uint32_t row) const {
  const auto bands = static_cast<size_t>(plan_.bands);
  std::array<uint32_t, kSketchBytes> bins;
  record.common = AllMinima(batch.WordsOf(record), bins);
  uint8_t* sketch = batch.sketches.data() + row * size_t{kSketchBytes};
  for (size_t i = 0; i < kSketchBytes; ++i) sketch[i] = static_cast<uint8_t>(bins[i]);
  BandKeys(bins, {batch.band_keys.data() + row * bands, bands});
  record.sketch_row = row;
}

void Sketcher::operator()(Batch& batch) const {
  const auto is_first = [](const Record& record) { return record.num_words > 0 && !record.is_repeat; };
  MakeRoom(batch, static_cast<size_t>(std::ranges::count_if(batch.records, is_first)));
  uint32_t row = 0;
  for (Record& record : batch.records) {
    if (is_first(record)) Sketch(batch, record, row++);
  }
}

}  // namespace unecho
