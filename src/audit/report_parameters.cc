#include "audit/report_parameters.h"

#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "options/match_fields.h"

namespace unecho {
namespace {

using simdjson::dom::object;

constexpr uint64_t kSketchBins = 64;

struct Bands {
  uint64_t bands = 0, rows = 0;
};

// The chance that a pair at the threshold agrees in no band: row i of all is of field i modulo their number.
double Missed(std::span<const double> thresholds, uint64_t bands, uint64_t rows) {
  double missed = 1;
  for (uint64_t band = 0; band < bands; ++band) {
    double met = 1;
    for (uint64_t row = band * rows; row < (band + 1) * rows; ++row) met *= thresholds[row % thresholds.size()];
    missed *= 1 - met;
  }
  return missed;
}

// As many rows as miss 6 of 10,000 pairs at most, if all bins are used, and 8 at most; and of bands as few as miss 2 of
// 10,000 at most, or all there are.
Bands BandsFor(std::span<const double> thresholds) {
  constexpr double kMostMissed = 6e-4, kMissed = 2e-4;
  constexpr uint64_t kMostRows = 8;
  Bands found{.bands = 0, .rows = 1};
  while (found.rows < kMostRows && Missed(thresholds, kSketchBins / (found.rows + 1), found.rows + 1) <= kMostMissed)
    ++found.rows;
  const uint64_t most = kSketchBins / found.rows;
  do ++found.bands;
  while (found.bands < most && Missed(thresholds, found.bands, found.rows) > kMissed);
  return found;
}

std::vector<std::string> NamesOf(std::span<const InputFile> files) {
  std::vector<std::string> names;
  for (const InputFile& file : files) names.push_back(file.name);
  return names;
}

// What --strict does not let pass.
uint64_t NumMalformed(const Ledger& total) {
  uint64_t malformed = total.invalid_utf8;
  for (size_t i = 1; i < kNumReasons; ++i) {
    const auto reason = static_cast<Reason>(i);
    if (reason != Reason::kEmpty && !IsCleaning(reason)) malformed += total[reason];
  }
  return malformed;
}

}  // namespace

void CheckParameters(const object& root, std::span<const InputFile> sources, std::span<const InputFile> sets,
                     const AnswerOptions& answer, const Ledger& total, Differences& compare) {
  std::string_view command;
  if (root["command"].get(command) != simdjson::SUCCESS) command = {};
  const bool is_of_segment = command == Name(Command::kSegment);
  if (!is_of_segment && command != Name(Command::kClean) && command != Name(Command::kDedup))
    compare.Wrong(absl::StrFormat("\"command\" is \"%s\", which writes no report", command));
  compare.Object(root, "parameters", [&](const object& parameters) {
    Bands bands;
    if (!answer.exact_join && !is_of_segment && answer.comparison.by != CompareBy::kWorks) {
      const std::vector<double> fields = FieldThresholds(answer);
      bands = BandsFor(fields.empty() ? std::span(&answer.threshold, 1) : std::span(fields));
    }
    compare.Equal(parameters, "bands", bands.bands);
    compare.Equal(parameters, "rows", bands.rows);
    compare.Equal(parameters, "sketch_bins", bands.rows > 0 ? kSketchBins : 0);
    compare.Texts(parameters, "against", NamesOf(sets));
    std::vector<std::string> fields_apart;
    for (const MatchField& field : answer.match) fields_apart.push_back(field.name);
    if (!fields_apart.empty()) compare.Texts(parameters, "match_fields", fields_apart);
    if (!answer.reference.empty())
      compare.Texts(parameters, "reference", NamesOf(sources.first(answer.reference.size())));
  });
  if (answer.strict && NumMalformed(total) > 0)
    compare.Wrong("\"strict\" is true, and a strict run would have ended with an error");
}

}  // namespace unecho
