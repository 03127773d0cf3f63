#include "unecho/options.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "base/did_you_mean.h"
#include "base/status.h"
#include "clean/rules.h"
#include "layouts/profile.h"
#include "options/aligned.h"
#include "options/match_fields.h"
#include "options/sameness.h"
#include "text/file_name.h"

namespace unecho {
namespace {

constexpr uint64_t kMostBytes = uint64_t{1} << 30;
constexpr uint64_t kLeastBatchBytes = 1024;
constexpr uint64_t kLeastMemoryBytes = uint64_t{1} << 20;
constexpr int kMostThreads = 1024;
constexpr int kMostTokens = 64;  // of a shingle, of a run

absl::Status CheckTokens(const char* option, int tokens) {
  if (tokens >= 1 && tokens <= kMostTokens) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrFormat("%s %d: give a number from 1 to %d", option, tokens, kMostTokens));
}

absl::Status CheckRepeats(const CleanOptions& clean) {
  if (!clean.dedup_inside && clean.dedup_at_least == 0) return absl::OkStatus();
  const char* option = clean.dedup_inside ? "--inside" : "--at-least";
  if (!clean.dedups()) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s says which repeats --dedup-lines, --dedup-paragraphs and --dedup-sentences remove: give one of these",
        option));
  }
  if (clean.dedup_inside && clean.dedup_at_least > 0)
    return absl::InvalidArgumentError("--inside looks at one record and --at-least at many: leave one out");
  if (clean.dedup_at_least == 1)
    return absl::InvalidArgumentError("--at-least 1 is what any line has: give 2 or more, for example 10");
  return absl::OkStatus();
}

// What says how texts are compared says nothing of works.
absl::Status CheckWorks(const AnswerOptions& answer) {
  if (answer.comparison.by != CompareBy::kWorks) {
    if (answer.merge) {
      return absl::InvalidArgumentError(
          "--merge fills in fields of bibliographic records: give --compare works with it");
    }
    if (answer.decided.empty()) return absl::OkStatus();
    return absl::InvalidArgumentError("--decided is about pairs of works: give --compare works with it");
  }
  if (answer.decided == "-")
    return absl::InvalidArgumentError("--decided: name a file; standard input is for the records");
  const char* option = nullptr;
  if (answer.exact_join) option = "--exact-join";
  if (!answer.segment.match_fields.empty()) option = answer.match.empty() ? "--match-fields" : "--match";
  if (answer.ignore_common > 0) option = "--ignore-common";
  if (!answer.against.empty()) option = "--against";
  if (!IgnoredNames(answer.comparison).empty()) option = "--ignore";
  if (option == nullptr) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrFormat(
      "%s says how texts are compared, and --compare works looks at what the fields of records say: leave one out",
      option));
}

absl::Status CheckAnswer(const AnswerOptions& answer) {
  if (answer.threshold > 1 && answer.threshold <= 100) {
    return absl::InvalidArgumentError(
        absl::StrFormat("--threshold %g is above 1: it is a share, not a percentage; did you mean %g?",
                        answer.threshold, answer.threshold / 100));
  }
  if (!(answer.threshold > 0 && answer.threshold <= 1)) {
    return absl::InvalidArgumentError(
        absl::StrFormat("--threshold %g: give a number above 0 and up to 1", answer.threshold));
  }
  if (answer.segment.max_record_bytes < 1 || answer.segment.max_record_bytes > kMostBytes) {
    return absl::InvalidArgumentError("--max-record-bytes: give a size from 1 to 1GiB");
  }
  if (!answer.segment.columns.empty() &&
      (answer.layout == nullptr || answer.layout->profile().engine != Engine::kCsv)) {
    return absl::InvalidArgumentError(
        absl::StrFormat("--columns names the columns of a CSV, and the layout is %s: leave --layout out, or give csv",
                        answer.layout == nullptr ? "auto" : answer.layout->name()));
  }
  UNECHO_RETURN_IF_ERROR(CheckClean(answer.clean));
  if (answer.chooses_comparison && answer.comparison.by != CompareBy::kWords &&
      answer.comparison.by != CompareBy::kWorks)
    return absl::InvalidArgumentError("chooses_comparison: `comparison` says what counts, so nothing is to be chosen");
  UNECHO_RETURN_IF_ERROR(CheckRepeats(answer.clean));
  UNECHO_RETURN_IF_ERROR(CheckTokens("--shingle", answer.shingle_tokens));
  UNECHO_RETURN_IF_ERROR(CheckTokens("--against-ngram", answer.against_ngram_tokens));
  UNECHO_RETURN_IF_ERROR(CheckSameness(answer));
  UNECHO_RETURN_IF_ERROR(CheckWorks(answer));
  if (!answer.source_order.empty() && answer.keep != KeepPolicy::kFirst)
    return absl::InvalidArgumentError("--keep source:A,B says which source comes first: it goes with no other --keep");
  if (std::ranges::any_of(answer.source_order, [](const std::string& name) { return name.empty(); }))
    return absl::InvalidArgumentError("--keep source:A,B: a name is empty");
  if (std::ranges::any_of(answer.reference, [](const std::string& path) { return path.empty() || path == "-"; })) {
    return absl::InvalidArgumentError("--reference: name files; standard input is for the records");
  }
  UNECHO_RETURN_IF_ERROR(CheckMatch(answer));
  if (answer.ignore_common == 1) {
    return absl::InvalidArgumentError(
        "--ignore-common 1 leaves out all that two records have in common: give 2 or more, for example 10");
  }
  if (answer.mark && (answer.annotate || answer.as_input)) {
    return absl::InvalidArgumentError(
        absl::StrFormat("--mark writes what became of every record, which does not go with %s: leave one out",
                        answer.annotate ? "--annotate" : "--as input"));
  }
  if (answer.as_input && answer.annotate)
    return absl::InvalidArgumentError(
        "--annotate adds to records, and --as input writes them as they came: leave one out");
  if (answer.merge && answer.mark)
    return absl::InvalidArgumentError(
        "--mark leaves every record in, and --merge fills what stays from what goes: leave one out");
  if (answer.merge && (!RewritesInUse(answer.clean).empty() || answer.clean.pii == PiiMode::kDrop)) {
    return absl::InvalidArgumentError(
        "--merge takes fields from records as they came, and a rule that rewrites text or looks for personal data was "
        "asked for (--repair, --quality c4, --pii, --dedup-lines...): leave one out");
  }
  UNECHO_RETURN_IF_ERROR(CheckAligned(answer));
  if (std::ranges::any_of(answer.against, [](const std::string& path) { return path.empty() || path == "-"; })) {
    return absl::InvalidArgumentError("--against: name files; standard input is for the records");
  }
  return absl::OkStatus();
}

absl::Status CheckRun(const RunOptions& run) {
  if (run.threads < 0 || run.threads > kMostThreads) {
    return absl::InvalidArgumentError(
        absl::StrFormat("--threads %d: give a number from 1 to %d, or 0 for all there are", run.threads, kMostThreads));
  }
  if (run.batch_bytes < kLeastBatchBytes || run.batch_bytes > kMostBytes) {
    return absl::InvalidArgumentError("--batch-size: give a size from 1KiB to 1GiB");
  }
  if (run.memory_bytes > 0 && run.memory_bytes < kLeastMemoryBytes) {
    return absl::InvalidArgumentError(
        absl::StrFormat("--memory %d: that is bytes; give a size such as 8GiB", run.memory_bytes));
  }
  return absl::OkStatus();
}

absl::Status CheckIndex(const PipelineOptions& options) {
  if (options.index.empty()) {
    if (options.resume) {
      return absl::InvalidArgumentError(
          "--resume goes on with a killed run by what that has left in its index: give --index FOLDER");
    }
    if (!options.index_read_only) return absl::OkStatus();
    return absl::InvalidArgumentError("--index-read-only says that nothing is added to an index: give --index FOLDER");
  }
  if (options.resume && (options.index_read_only || options.dry_run)) {
    return absl::InvalidArgumentError(
        "--resume goes on with a run that adds to an index, and with --index-read-only, --dry-run or --explain nothing "
        "is added: leave one out");
  }
  if (options.command == Command::kSegment)
    return absl::InvalidArgumentError("--index is for clean and dedup: segment compares nothing");
  const AnswerOptions& answer = options.answer;
  if (!answer.reference.empty()) {
    return absl::InvalidArgumentError(
        "--reference is read in every run, and --index is not: put those texts into the index once (unecho clean FILES "
        "--index FOLDER -o /dev/null), and leave --reference out");
  }
  const char* option = nullptr;
  if (answer.exact_join) option = "--exact-join holds all pairs of one run, and an index none";
  if (answer.ignore_common > 0)
    option = "--ignore-common counts all records before one is decided, and an index has decided its own";
  if (answer.clean.dedups() && !answer.clean.dedup_inside) {
    return absl::InvalidArgumentError(
        "--dedup-lines and its kin look for lines that came before, and an index has none: add --inside, which looks "
        "in each record alone, or give old and new dumps to one run without --index");
  }
  if (!answer.decided.empty()) option = "--decided names records of one run's inputs, and an index has decided its own";
  if (!options.review.empty()) option = "--review shows the fields of both records of a pair, and an index has none";
  if (option == nullptr) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrFormat("%s: leave one out, or give old and new dumps to one run without --index", option));
}

// Names of outputs that promise another format than theirs. What the corpus is depends on the inputs, too
// (report/run_table.h).
absl::Status CheckFormats(const PipelineOptions& options) {
  const auto check = [](const char* option, const std::string& path, std::string_view format,
                        std::string_view better) -> absl::Status {
    const std::string_view end = OtherFormat(path);
    if (end.empty()) return absl::OkStatus();
    return absl::InvalidArgumentError(
        absl::StrFormat("%s %s: it is %s, and no %s; name it %s", option, path, format, end, better));
  };
  UNECHO_RETURN_IF_ERROR(
      check("--provenance", options.provenance, "JSON, a line each record", "FILE.jsonl, or FILE.parquet for a table"));
  UNECHO_RETURN_IF_ERROR(check("--rejects", options.rejects, "JSON, a line each record", "FILE.jsonl"));
  const std::string_view report = OtherFormat(options.report);
  if (report != ".html")
    UNECHO_RETURN_IF_ERROR(check("--report", options.report, "JSON, or a page", "FILE.json, or FILE.html"));
  const std::string_view review = OtherFormat(options.review);
  if (!review.empty() && review != ".csv") return check("--review", options.review, "a table with commas", "FILE.csv");
  return absl::OkStatus();
}

absl::Status CheckPipeline(const PipelineOptions& options) {
  UNECHO_RETURN_IF_ERROR(CheckAnswer(options.answer));
  UNECHO_RETURN_IF_ERROR(CheckRun(options.run));
  if (options.command == Command::kSegment && options.answer.keep != KeepPolicy::kFirst) {
    return absl::InvalidArgumentError("--keep is for clean and dedup");
  }
  if (options.command == Command::kSegment && !options.answer.reference.empty())
    return absl::InvalidArgumentError("--reference is for clean and dedup: segment compares nothing");
  if (options.command == Command::kSegment && !options.answer.source_order.empty())
    return absl::InvalidArgumentError("--keep is for clean and dedup");
  if (options.command == Command::kSegment && SamenessOf(options.answer).any()) {
    return absl::InvalidArgumentError("--key, --differ and --within are for clean and dedup: segment compares nothing");
  }
  if (options.provenance_format != ProvenanceFormat::kPlain && options.provenance.empty())
    return absl::InvalidArgumentError(
        "--provenance-format says how the provenance is written, and none is asked for: give --provenance FILE with "
        "it");
  if (options.command == Command::kSegment && options.answer.merge)
    return absl::InvalidArgumentError("--merge is for clean and dedup: segment compares nothing");
  if (!options.review.empty() && options.answer.comparison.by != CompareBy::kWorks)
    return absl::InvalidArgumentError("--review is about pairs of works: give --compare works with it");
  if (const std::string name = absl::AsciiStrToLower(options.review); !CompressionSuffix(name).empty()) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "--review %s: an output of such a name is compressed (%s), and a spreadsheet and --decided read "
        "the table as it is; give FILE.csv",
        options.review, CompressionSuffix(name)));
  }
  UNECHO_RETURN_IF_ERROR(CheckFormats(options));
  if (!options.answer.aligned.empty() && options.inputs.size() != options.answer.aligned.size())
    return absl::InvalidArgumentError("--aligned: there are more or fewer inputs than fields that are aligned");
  if (!options.answer.aligned.empty() && options.answer.as_input && options.output_dir.empty()) {
    return absl::InvalidArgumentError(
        "--as input: aligned files do not go into one; give --output-dir, where each has its own");
  }
  if (options.command == Command::kSegment && !options.answer.match.empty()) {
    return absl::InvalidArgumentError(
        "--match is for clean and dedup: segment compares nothing; --match-fields says which fields are the text");
  }
  if (options.command == Command::kSegment && options.answer.ignore_common > 0) {
    return absl::InvalidArgumentError("--ignore-common is for clean and dedup: segment compares nothing");
  }
  if (options.answer.as_input && !RewritesInUse(options.answer.clean).empty()) {
    return absl::InvalidArgumentError(
        "--as input writes records as they came, and a rule that rewrites text was asked for (--repair, "
        "--quality c4, --pii mask, --dedup-lines...): leave one out");
  }
  UNECHO_RETURN_IF_ERROR(CheckIndex(options));
  if (!options.output_dir.empty() && options.output != "-")
    return absl::InvalidArgumentError("-o names one file and --output-dir a folder of them: give one of the two");
  std::vector<std::string> outputs;
  const std::string corpus = options.dry_run || !options.output_dir.empty() ? "" : options.output;
  for (const std::string* path :
       {&corpus, &options.provenance, &options.report, &options.rejects, &options.removed, &options.review}) {
    if (path->empty() || path->starts_with("/dev/")) continue;
    if (std::ranges::find(outputs, *path) != outputs.end()) {
      return absl::InvalidArgumentError(absl::StrFormat("two outputs go to %s: give each its own file",
                                                        *path == "-" ? "standard output" : path->c_str()));
    }
    outputs.push_back(*path);
  }
  return absl::OkStatus();
}

}  // namespace

Status AnswerOptions::Validate() const {
  return PublicCall([&] { return CheckAnswer(*this); });
}
Status RunOptions::Validate() const {
  return PublicCall([&] { return CheckRun(*this); });
}
Status PipelineOptions::Validate() const {
  return PublicCall([&] { return CheckPipeline(*this); });
}
Status AuditOptions::Validate() const {
  Status status = answer.Validate();
  return status.ok() ? run.Validate() : status;
}

std::string_view Version() { return UNECHO_VERSION; }

std::vector<std::string> PipelineOptions::ReadBeside() const {
  std::vector<std::string> files = answer.against;
  files.insert(files.end(), answer.reference.begin(), answer.reference.end());
  files.insert(files.end(), parameter_files.begin(), parameter_files.end());
  if (!answer.decided.empty()) files.push_back(answer.decided);
  return files;
}

std::string_view Name(Command command) {
  switch (command) {
    case Command::kClean: return "clean";
    case Command::kSegment: return "segment";
    case Command::kDedup: return "dedup";
  }
  return "";
}

namespace {

std::string DateOrderEnd(DateOrder order) {
  return order == DateOrder::kUnknown ? "" : order == DateOrder::kDayFirst ? ":dmy" : ":mdy";
}

// Takes `end` from the end of `text`, where something is in front of it.
bool TakeEnd(std::string_view& text, std::string_view end) {
  if (text.size() <= end.size() || !text.ends_with(end)) return false;
  text.remove_suffix(end.size());
  return true;
}

}  // namespace

std::string KeepPolicyName(const AnswerOptions& answer) {
  switch (answer.keep) {
    case KeepPolicy::kFirst:
      return answer.source_order.empty() ? "first" : "source:" + absl::StrJoin(answer.source_order, ",");
    case KeepPolicy::kLast: return "last";
    case KeepPolicy::kLongest: return "longest";
    case KeepPolicy::kFieldMax: return answer.segment.order_field + ":max" + DateOrderEnd(answer.date_order);
    case KeepPolicy::kFieldMin: return answer.segment.order_field + ":min" + DateOrderEnd(answer.date_order);
  }
  return "";
}

namespace {

absl::Status TakeKeepPolicy(std::string_view text, AnswerOptions& answer) {
  answer.segment.order_field.clear();
  answer.source_order.clear();
  answer.date_order = DateOrder::kUnknown;
  if (text == "first" || text == "last" || text == "longest") {
    answer.keep = text == "first" ? KeepPolicy::kFirst : text == "last" ? KeepPolicy::kLast : KeepPolicy::kLongest;
    return absl::OkStatus();
  }
  std::string_view field = text;
  answer.date_order = TakeEnd(field, ":dmy")   ? DateOrder::kDayFirst
                      : TakeEnd(field, ":mdy") ? DateOrder::kMonthFirst
                                               : DateOrder::kUnknown;
  const bool is_max = TakeEnd(field, ":max");
  if (is_max || TakeEnd(field, ":min")) {
    answer.keep = is_max ? KeepPolicy::kFieldMax : KeepPolicy::kFieldMin;
    answer.segment.order_field = field;
    return absl::OkStatus();
  }
  answer.date_order = DateOrder::kUnknown;
  constexpr std::string_view kSource = "source:";
  if (text.size() > kSource.size() && text.starts_with(kSource)) {
    answer.keep = KeepPolicy::kFirst;
    answer.source_order = absl::StrSplit(std::string(text.substr(kSource.size())), ',');
    return absl::OkStatus();
  }
  static constexpr std::string_view kPolicies[] = {"first", "last", "longest"};
  return absl::InvalidArgumentError(
      absl::StrFormat("--keep %s: give first, last, longest, FIELD:max, FIELD:min (for example date:max, or "
                      "date:max:dmy) or source:A,B%s",
                      text, DidYouMean(text, std::span<const std::string_view>(kPolicies))));
}

}  // namespace

Status ParseKeepPolicy(std::string_view text, AnswerOptions& answer) {
  return PublicCall([&] { return TakeKeepPolicy(text, answer); });
}

}  // namespace unecho
