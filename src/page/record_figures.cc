#include "page/record_figures.h"

#include <algorithm>

namespace unecho {
namespace {

// 0, 1, 2, 5, 10, 20, 50, ...
constexpr auto kLengths = [] {
  std::array<uint64_t, 58> from{};
  uint64_t ten = 1;
  for (size_t i = 1; i < from.size(); i += 3) {
    from[i] = ten;
    from[i + 1] = 2 * ten;
    from[i + 2] = 5 * ten;
    ten *= 10;
  }
  return from;
}();
static_assert(kLengths.back() == 5'000'000'000'000'000'000);

uint64_t RoundWidth(uint64_t num_records) {
  for (uint64_t ten = 1;; ten *= 10) {
    for (const uint64_t width : {ten, 2 * ten, 5 * ten}) {
      if (num_records / width < kMaxStretches) return width;
    }
  }
}

// Kept and reference, exact and near, contaminated, rejected.
void WriteCounts(const FateCounts& counts, JsonWriter& json) {
  const auto of = [&counts](Fate fate) { return counts[static_cast<size_t>(fate)]; };
  json.Number(of(Fate::kKept) + of(Fate::kReference));
  json.Number(of(Fate::kExact) + of(Fate::kNear));
  json.Number(of(Fate::kContaminated));
  json.Number(of(Fate::kRejected));
}

}  // namespace

RecordFigures::RecordFigures(uint64_t num_records) : width_(RoundWidth(num_records)) {}

void RecordFigures::Add(const FigureLine& line) {
  const auto fate = static_cast<size_t>(line.fate);
  const uint64_t stretch = std::min<uint64_t>(num_lines_++ / width_, kMaxStretches - 1);
  if (stretch >= stretches_.size()) stretches_.resize(stretch + 1);
  ++stretches_[stretch][fate];
  const auto length = std::ranges::upper_bound(kLengths, line.size_bytes) - kLengths.begin() - 1;
  ++lengths_[static_cast<size_t>(length)][fate];
  if (line.fate != Fate::kExact && line.fate != Fate::kNear) return;
  if (line.fate == Fate::kExact || line.has_other_grounds || !line.similarity) {
    ++num_certain_;
    return;
  }
  // Six decimals are written: 0.29 is 28.999999999999996 hundredths.
  const double hundredths = std::clamp(*line.similarity, 0.0, 1.0) * 100 + 1e-6;
  ++hundredths_[static_cast<size_t>(hundredths)];
}

void RecordFigures::Write(JsonWriter& json) const {
  json.Key("along");
  json.BeginObject();
  json.Member("width", width_);
  json.Key("rows");
  json.BeginArray();
  for (const FateCounts& counts : stretches_) {
    json.BeginArray();
    WriteCounts(counts, json);
    json.EndArray();
  }
  json.EndArray();
  json.EndObject();

  const auto has_records = [](const FateCounts& counts) {
    return std::ranges::any_of(counts, [](uint64_t count) { return count > 0; });
  };
  size_t begin = 0, end = lengths_.size();
  while (begin < end && !has_records(lengths_[begin])) ++begin;
  while (end > begin && !has_records(lengths_[end - 1])) --end;
  json.Key("lengths");
  json.BeginArray();
  for (size_t i = begin; i < end; ++i) {
    json.BeginArray();
    json.Number(kLengths[i]);
    WriteCounts(lengths_[i], json);
    json.EndArray();
  }
  json.EndArray();

  json.Key("certainty");
  json.BeginObject();
  json.Member("certain", num_certain_);
  json.Key("hundredths");
  json.BeginArray();
  for (size_t i = 0; i < hundredths_.size(); ++i) {
    if (hundredths_[i] == 0) continue;
    json.BeginArray();
    json.Number(i);
    json.Number(hundredths_[i]);
    json.EndArray();
  }
  json.EndArray();
  json.EndObject();
}

}  // namespace unecho
