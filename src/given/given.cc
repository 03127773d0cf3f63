#include "given/given.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "read/encoding_choice.h"

namespace unecho {
namespace {

absl::Status TakeCleaning(const Given& given, CleanOptions& clean) {
  UNECHO_RETURN_IF_ERROR(ParseRepair(given.repair, clean));
  UNECHO_RETURN_IF_ERROR(ParseLanguages(given.languages, clean));
  UNECHO_RETURN_IF_ERROR(ParseQuality(given.quality, clean));
  UNECHO_RETURN_IF_ERROR(ParsePii(given.pii, clean));
  return given.rules.empty() ? absl::OkStatus() : Inner(ReadRules(given.rules, clean));
}

// A separator says where the records of plain text are; a layout that looks for records itself has no place for it.
absl::Status TakeSeparator(const Given& given, LayoutPtr& layout) {
  if (given.record_separator.empty()) return absl::OkStatus();
  if (layout != nullptr && layout->name() != "lines" && layout->name() != "text") {
    return absl::InvalidArgumentError(absl::StrFormat(
        "--record-separator goes with --layout auto, lines or text; the layout %s finds records itself: "
        "leave one of the two out",
        layout->name()));
  }
  Result<LayoutPtr> separated = SeparatedLayout(given.record_separator);
  if (!separated.ok()) {
    return absl::InvalidArgumentError(absl::StrFormat("--record-separator %s", separated.status().message()));
  }
  layout = *std::move(separated);
  return absl::OkStatus();
}

absl::Status TakeMatch(const Given& given, AnswerOptions& answer) {
  if (!given.match_fields.empty()) {
    return absl::InvalidArgumentError(
        "--match compares fields apart, --match-fields joins them to one text: give one of the two");
  }
  if (given.threshold) {
    return absl::InvalidArgumentError(
        "--match says the threshold of each field (title:0.9,text:0.7), so --threshold has nothing to say: leave it "
        "out");
  }
  return Inner(ParseMatch(*given.match, answer));
}

// What only works have.
bool AsksForWorks(const Given& given) {
  return given.answer.merge || !given.answer.decided.empty() || !given.review.empty();
}

bool SaysNothingOfSameness(const Given& given) {
  const AnswerOptions& answer = given.answer;
  return given.compare.empty() && !AsksForWorks(given) && given.ignored.empty() && !given.threshold &&
         !given.shingle_tokens && !given.match && given.match_fields.empty() && !given.aligned && answer.keys.empty() &&
         answer.differ.empty() && answer.within.empty() && answer.against.empty() && answer.ignore_common == 0 &&
         !answer.exact_join;
}

// The rule of works has its own thresholds.
absl::Status CheckWorks(const Given& given, const AnswerOptions& answer) {
  if (answer.comparison.by != CompareBy::kWorks || (!given.threshold && !given.shingle_tokens)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrFormat(
      "%s says how alike texts have to be, and --compare works looks at what the fields of records say: "
      "leave one out",
      given.threshold ? "--threshold" : "--shingle"));
}

// What says how something is done that nobody asked for.
absl::Status CheckUsed(const Given& given) {
  const AnswerOptions &answer = given.answer, standard;
  const bool changes_against = given.against_layout != "auto" || !given.against_fields.empty() ||
                               !answer.against_encoding.empty() ||
                               answer.against_ngram_tokens != standard.against_ngram_tokens;
  if (answer.against.empty() && given.run_report.empty() && changes_against) {
    return absl::InvalidArgumentError(
        "--against-layout, --against-fields, --against-encoding and --against-ngram say how evaluation sets are read "
        "and compared, and --against names none");
  }
  if (!answer.clean.dedups() && answer.clean.dedup_min_tokens != standard.clean.dedup_min_tokens) {
    return absl::InvalidArgumentError(
        "--dedup-min-tokens says which lines are too short to be removed: give one of --dedup-lines, "
        "--dedup-paragraphs, --dedup-sentences with it");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status TakeValues(Given& given) {
  given.answer.as_input = given.written_as == "input" || !given.output_dir.empty();
  if (!given.output_dir.empty() && given.written_as == "objects") {
    return absl::InvalidArgumentError(
        "--output-dir writes sources in their own format (--as input): leave --as out, or write one corpus (-o)");
  }
  AnswerOptions& answer = given.answer;
  answer.segment.max_record_bytes = given.max_record_bytes;
  given.run.batch_bytes = given.batch_bytes;
  given.run.memory_bytes = given.memory_bytes;
  answer.segment.match_fields = absl::StrSplit(given.match_fields, ',', absl::SkipEmpty());
  if (!given.columns.empty()) answer.segment.columns = absl::StrSplit(given.columns, ',');
  answer.against_fields = absl::StrSplit(given.against_fields, ',', absl::SkipEmpty());
  for (const auto& [option, name, to] :
       {std::tuple("--layout", &given.layout, &answer.layout),
        std::tuple("--against-layout", &given.against_layout, &answer.against_layout)}) {
    if (*name == "auto") continue;
    Result<LayoutPtr> layout = LoadLayout(*name);
    if (!layout.ok()) {
      return absl::InvalidArgumentError(absl::StrFormat("%s %s", option, layout.status().message()));
    }
    *to = *std::move(layout);
    if (FindLayout(*name) == nullptr) given.parameter_files.push_back(*name);
  }
  UNECHO_RETURN_IF_ERROR(TakeSeparator(given, answer.layout));
  if (!answer.segment.columns.empty() && answer.layout == nullptr) answer.layout = FindLayout("csv");
  UNECHO_RETURN_IF_ERROR(TakeCleaning(given, answer.clean));
  UNECHO_RETURN_IF_ERROR(ParseKeepPolicy(given.keep, answer));
  const std::string_view by = Name(AsksForWorks(given) ? CompareBy::kWorks : CompareBy::kWords);
  UNECHO_RETURN_IF_ERROR(ParseComparison(given.compare.empty() ? by : given.compare, given.ignored, answer.comparison));
  UNECHO_RETURN_IF_ERROR(CheckWorks(given, answer));
  // Before --match: it says what is compared where nothing else does.
  if (given.aligned) UNECHO_RETURN_IF_ERROR(AlignFiles(given.inputs, answer));
  if (given.match) UNECHO_RETURN_IF_ERROR(TakeMatch(given, answer));
  answer.chooses_comparison = SaysNothingOfSameness(given);
  answer.threshold = given.threshold.value_or(DefaultThreshold(answer.comparison.by));
  answer.shingle_tokens = given.shingle_tokens.value_or(DefaultShingleTokens(answer.comparison.by));
  for (const std::string* name : {&answer.encoding, &answer.against_encoding}) {
    if (!name->empty()) UNECHO_RETURN_IF_ERROR(CheckEncodingName(*name));
  }
  if (given.rules.empty()) UNECHO_RETURN_IF_ERROR(CheckUsed(given));  // a file of rules may ask for all lines
  if (!given.rules.empty()) given.parameter_files.push_back(given.rules);
  return absl::OkStatus();
}

}  // namespace unecho
