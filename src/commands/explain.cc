#include "commands/explain.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "audit/look_up.h"
#include "audit/report.h"
#include "base/batch.h"
#include "base/hash_map.h"
#include "base/unnamed_file.h"
#include "clean/cleaner.h"
#include "commands/record_text.h"
#include "match/against.h"
#include "oracle/reference.h"
#include "read/choose_comparison.h"
#include "read/evaluation_sets.h"
#include "read/sources.h"
#include "text/json.h"
#include "text/path_text.h"
#include "text/ref.h"
#include "text/scan.h"
#include "text/shown_text.h"
#include "text/word_diff.h"
#include "unecho/pipeline.h"

namespace unecho {
namespace {

constexpr size_t kMaxSourceLines = 40, kMaxLineBytes = 200, kMaxRuns = 3, kRunEnds = 8;

// A line of a dump as a terminal may see it.
std::string Shown(std::string_view line) {
  std::string shown;
  AppendShown(Utf8Prefix(line, kMaxLineBytes), shown);
  return shown + (line.size() > kMaxLineBytes ? absl::StrFormat(" ... %d bytes", line.size()) : std::string());
}

// A span ends with text, not with a line end.
uint64_t NumLines(std::string_view raw) { return uint64_t{LineCounter(raw).Total()} + 1; }

std::string JoinRun(std::span<const std::string> tokens) {
  if (tokens.size() <= 2 * kRunEnds) return absl::StrJoin(tokens, " ");
  return absl::StrJoin(tokens.first(kRunEnds), " ") + " ... " + absl::StrJoin(tokens.last(kRunEnds), " ");
}

class Story {
 public:
  Story(const ExplainOptions& options, bool colour) : options_(options), answer_(options.answer), colour_(colour) {}

  absl::StatusOr<std::string> Tell() {
    if (options_.provenance == "-") {
      return absl::InvalidArgumentError("explain: the provenance is read twice; give it as a file");
    }
    if (!options_.inputs.empty()) inputs_ = NameSources(options_.inputs, answer_, options_.stdin_name);
    if (options_.report.empty()) {
      ChooseComparison(inputs_, nullptr, answer_);
    } else {
      UNECHO_ASSIGN_OR_RETURN(const auto report, AuditReport::Read(options_.report));
      UNECHO_RETURN_IF_ERROR(report->TakeParameters(answer_));
      inputs_ = report->Sources(options_.inputs, options_.stdin_name, {}, answer_);
      has_index_ = report->NumRunsBefore().has_value();
    }
    sets_ = NameAgainst(inputs_, answer_.against, options_.stdin_name);
    UNECHO_ASSIGN_OR_RETURN(const LookedUp looked_up, LookUp(options_.provenance, options_.ref));
    const ProvenanceEntry& entry = looked_up.entry;
    if (answer_.chooses_comparison && entry.by == "work") answer_.comparison.by = CompareBy::kWorks;
    UNECHO_ASSIGN_OR_RETURN(const InputFile source, SourceOf(entry.source, inputs_));
    UNECHO_ASSIGN_OR_RETURN(const Compared record, ReadCompared(source, inputs_, answer_, entry));

    out_ =
        absl::StrFormat("%s: %s%s\n", Shown(entry.ref), entry.fate, entry.reason.empty() ? "" : " as " + entry.reason);
    TellPlace("source", record.found, entry.source);
    TellSourceLines(record.found);
    TellRules(record, entry);
    TellRewritten(record, entry);
    if (entry.fate == "kept") TellCopies(looked_up);
    if (entry.fate == "exact" || entry.fate == "near")
      UNECHO_RETURN_IF_ERROR(TellWitness(record, entry, inputs_, answer_));
    if (entry.fate == "contaminated") {
      if (sets_.empty())
        return absl::InvalidArgumentError(absl::StrFormat(
            "%s is contaminated: name the evaluation sets with --against, or give the --report of the run", entry.ref));
      UNECHO_RETURN_IF_ERROR(TellWitness(record, entry, sets_, OptionsOfSets(answer_)));
    }
    return std::move(out_);
  }

 private:
  static absl::StatusOr<InputFile> SourceOf(const std::string& name, const std::vector<InputFile>& files) {
    const auto found = std::ranges::find(files, name, &InputFile::name);
    if (found == files.end() && !files.empty()) {
      return absl::InvalidArgumentError(
          absl::StrFormat("%s is not among the files that were given; name it too, or, of a run with --index, give its "
                          "--report",
                          name));
    }
    const InputFile file = files.empty() ? InputFile{PathOfText(name), name} : *found;
    if (file.path == "-")
      return absl::InvalidArgumentError(
          "explain reads its sources again, and cannot read standard input again: keep it in a file, and name that");
    return file;
  }

  void Row(std::string_view label, std::string_view what) { out_ += absl::StrFormat("%-10s %s\n", label, what); }

  void TellPlace(std::string_view label, const FoundRecord& found, std::string_view source) {
    const uint64_t lines = NumLines(found.raw);
    std::string what = absl::StrFormat("%s (%s), bytes %d to %d, ", Shown(source), found.layout, found.offset_bytes,
                                       found.offset_bytes + found.size_bytes);
    what += lines == 1 ? absl::StrFormat("line %d", found.line)
                       : absl::StrFormat("lines %d to %d", found.line, found.line + lines - 1);
    if (!found.snapshot.empty()) what += absl::StrFormat(", snapshot %s", Shown(found.snapshot));
    Row(label, what);
  }

  void TellSourceLines(const FoundRecord& found) {
    const std::string_view raw = found.raw;
    LineEnds ends(raw);
    size_t number = 0;
    for (size_t begin = 0; begin < raw.size() && number < kMaxSourceLines; ++number) {
      const size_t end = std::min(ends.Find(begin), raw.size());
      out_ += absl::StrFormat("%10d | %s\n", found.line + number, Shown(raw.substr(begin, end - begin)));
      begin = end < raw.size() ? end + ends.Size(end) : end;
    }
    if (number < NumLines(raw)) out_ += absl::StrFormat("%10s | %d more lines\n", "...", NumLines(raw) - number);
  }

  void TellRules(const Compared& record, const ProvenanceEntry& entry) {
    if (!answer_.clean.any()) return;
    TextArena arena;
    std::vector<std::string_view> pieces;
    for (const std::string& piece : record.found.pieces) pieces.push_back(arena.Copy(piece));
    Cleaner::Text text{pieces, record.found.num_titles, record.found.are_fields};
    const Cleaner cleaner(answer_.clean);
    std::vector<RuleOutcome> outcomes;
    if (!pieces.empty()) outcomes = cleaner.Explain(text, arena);
    if (answer_.clean.min_length > 0) {
      const size_t num_tokens = answer_.match.empty() ? record.tokens.tokens.size() : NumTokens(record.fields);
      outcomes.push_back({std::string(Name(Reason::kMinLength)),
                          static_cast<double>(num_tokens),
                          static_cast<double>(answer_.clean.min_length),
                          cleaner.RejectsLength(num_tokens),
                          {}});
    }
    std::string_view label = "rules";
    for (const RuleOutcome& outcome : outcomes) {
      std::string what = absl::StrFormat("%-28s", outcome.rule);
      if (outcome.note.empty())
        what += absl::StrFormat(" %-10.6g limit %-8.6g", outcome.value, outcome.limit);
      else
        what += absl::StrFormat(" %s", outcome.note);
      if (outcome.rejects) what += " rejects";
      while (what.ends_with(' ')) what.pop_back();
      Row(std::exchange(label, ""), what);
    }
    for (const RemovedLines& removed : entry.removed_lines) {
      std::string lines = removed.lines == 1
                              ? absl::StrFormat("line %d", removed.line)
                              : absl::StrFormat("lines %d to %d", removed.line, removed.line + removed.lines - 1);
      if (removed.sentence > 0) lines += absl::StrFormat(", sentence %d", removed.sentence);
      Row(std::exchange(label, ""),
          absl::StrFormat("%s came before: %s, line %d", lines, Shown(removed.witness), removed.witness_line));
    }
  }

  void TellCopies(const LookedUp& looked_up) {
    Row("copies",
        looked_up.num_copies == 0 ? "none" : absl::StrFormat("%d, removed for this record", looked_up.num_copies));
    for (const Copy& copy : looked_up.copies)
      Row("", absl::StrFormat("%s %s %.6f", Shown(copy.ref), copy.fate, copy.similarity));
    if (looked_up.num_copies > looked_up.copies.size()) Row("", "...");
  }

  absl::Status TellWitness(const Compared& record, const ProvenanceEntry& entry, const std::vector<InputFile>& files,
                           const AnswerOptions& answer) {
    const auto ref = ParseRef(entry.witness);
    if (!ref)
      return absl::DataLossError(absl::StrFormat(
          "the provenance says that the witness of %s is %s, which is no reference", entry.ref, entry.witness));
    ProvenanceEntry of_witness;
    of_witness.ordinal = ref->ordinal;
    if (answer.clean.dedups()) {
      UNECHO_ASSIGN_OR_RETURN(LookedUp looked_up, LookUp(options_.provenance, entry.witness));
      of_witness = std::move(looked_up.entry);
    }
    // Of what an earlier run has kept there is no line.
    if (has_index_ && entry.fate != "contaminated" && !LookUp(options_.provenance, entry.witness).ok()) {
      Row("witness", absl::StrFormat("%s, which an earlier run has kept (--index): its text is not here; similarity "
                                     "%.6f, as the provenance says",
                                     Shown(entry.witness), entry.similarity.value_or(1)));
      if (entry.by.starts_with("key:")) Row("by", absl::StrFormat("%s, which both have", Shown(entry.by)));
      return absl::OkStatus();
    }
    UNECHO_ASSIGN_OR_RETURN(const InputFile source, SourceOf(std::string(ref->source), files));
    UNECHO_ASSIGN_OR_RETURN(const Compared witness, ReadCompared(source, files, answer, of_witness));
    TellPlace("witness", witness.found, entry.witness);
    if (!answer_.segment.order_field.empty() && entry.fate != "contaminated") {
      const auto shown = [](const std::string& json) { return json.empty() ? "no value" : Shown(json); };
      Row("keep", absl::StrFormat("%s: %s in this record, %s in the witness", Shown(KeepPolicyName(answer_)),
                                  shown(record.found.order_json), shown(witness.found.order_json)));
    }
    if (entry.by.starts_with("key:")) Row("by", absl::StrFormat("%s, which both have", Shown(entry.by)));
    if (entry.by == "decided") Row("by", "what a person has decided (--decided), whatever the rule says");
    if (answer_.comparison.by == CompareBy::kWorks) {
      TellWork(record.found.work, witness.found.work);
      TellDiff(record, witness);
      return absl::OkStatus();
    }
    if (entry.fate == "contaminated")
      TellShared(record.tokens.tokens, witness.tokens.tokens, NgramTokens(witness), "n-grams");
    TellShingles(record, witness);
    // Which are common, only the whole input can tell.
    if (answer_.ignore_common > 0 && entry.fate != "contaminated" && entry.similarity) {
      Row("", absl::StrFormat("without those that more than %d records have: similarity %.6f, as the provenance says",
                              answer_.ignore_common, *entry.similarity));
    }
    TellDiff(record, witness);
    return absl::OkStatus();
  }

  size_t NgramTokens(const Compared& witness) const {
    return std::min(static_cast<size_t>(answer_.against_ngram_tokens),
                    std::max<size_t>(1, witness.tokens.tokens.size()));
  }

  // What the rule of works looks at, as far as one of the two says it.
  void TellWork(const PlainWork& record, const PlainWork& witness) {
    const PlainVerdict verdict = JudgePlainly(record, witness);
    constexpr std::string_view kAnswers[] = {"two works", "perhaps one work", "one work"};
    Row("works", absl::StrFormat("%s; the titles are %.6f alike", kAnswers[static_cast<size_t>(verdict.answer)],
                                 verdict.likeness));
    for (const PlainSign& sign : verdict.signs) {
      if (sign.value == 0 && sign.record.empty() && sign.kept.empty()) continue;
      const auto said = [](const std::string& value) { return value.empty() ? "-" : Shown(value); };
      const bool is_equal = sign.record == sign.kept;
      Row("", absl::StrFormat("%-9s %-7s %s", sign.name, sign.Word(),
                              is_equal ? said(sign.record) : said(sign.record) + " | " + said(sign.kept)));
    }
  }

  // Of each field, where they are compared apart.
  void TellShingles(const Compared& record, const Compared& witness) {
    const auto width = static_cast<size_t>(answer_.shingle_tokens);
    if (answer_.match.empty())
      return TellShared(AsOneIfShort(record.tokens), AsOneIfShort(witness.tokens), width, "shingles");
    for (size_t i = 0; i < answer_.match.size(); ++i) {
      const ReferenceTokens &own = record.fields[i], &theirs = witness.fields[i];
      const MatchField& asked = answer_.match[i];
      const bool neither = own.tokens.empty() && theirs.tokens.empty();
      Row("field", absl::StrFormat("%s, asked for %g%s", Shown(asked.name), asked.threshold,
                                   neither ? ": neither has it, similarity 1" : ""));
      if (!neither) TellShared(AsOneIfShort(own), AsOneIfShort(theirs), width, "shingles");
    }
  }

  // A short form counts as a token, which it is to the reader.
  static std::vector<std::string> AsOneIfShort(const ReferenceTokens& record) {
    return record.short_form.empty() ? record.tokens : std::vector{record.short_form};
  }

  // How many runs of `width` tokens both have, and the longest stretches that are made of them.
  void TellShared(std::span<const std::string> tokens, std::span<const std::string> of_witness, size_t width,
                  std::string_view what) {
    const std::vector<uint64_t> a = ReferenceShingles(tokens, static_cast<int>(width));
    const std::vector<uint64_t> b = ReferenceShingles(of_witness, static_cast<int>(width));
    const HashSet<uint64_t> theirs(b.begin(), b.end());
    const auto shared = std::ranges::count_if(a, [&theirs](uint64_t shingle) { return theirs.contains(shingle); });
    std::string counts = absl::StrFormat("of %d tokens: %d in this record, %d in the witness, %d in both", width,
                                         a.size(), b.size(), shared);
    if (what == "shingles") counts += absl::StrFormat(": similarity %.6f", ReferenceSimilarity(a, b));
    Row(what, counts);
    struct Run {
      size_t begin, end;
    };
    std::vector<Run> runs;
    width = std::min(width, tokens.size());
    for (size_t at = 0; width > 0 && at + width <= tokens.size(); ++at) {
      const std::vector<uint64_t> one = ReferenceShingles(tokens.subspan(at, width), static_cast<int>(width));
      if (!theirs.contains(one.front())) continue;
      if (!runs.empty() && runs.back().end == at + width - 1)
        ++runs.back().end;
      else
        runs.push_back({at, at + width});
    }
    std::ranges::stable_sort(runs, [](const Run& x, const Run& y) { return x.end - x.begin > y.end - y.begin; });
    for (size_t i = 0; i < std::min(kMaxRuns, runs.size()); ++i) {
      const auto run = tokens.subspan(runs[i].begin, runs[i].end - runs[i].begin);
      Row("", absl::StrFormat("%d in a row: %s", run.size(), JoinRun(run)));
    }
  }

  void TellDiff(const Compared& record, const Compared& witness) {
    if (record.text == witness.text) return Row("diff", "none: the texts are the same, byte for byte");
    Row("diff", DiffLegend("only in the witness", "only in this record", colour_));
    out_ += DiffTexts(witness, record, answer_.comparison, colour_) + "\n";
  }

  // What the rules have made of the text.
  void TellRewritten(const Compared& record, const ProvenanceEntry& entry) {
    std::string before;
    for (const std::string& piece : record.found.pieces) {
      if (!piece.empty()) before += before.empty() ? piece : "\n" + piece;
    }
    if (before == record.text || entry.fate == "rejected") return;
    Row("rewritten", DiffLegend("taken out", "put in", colour_));
    out_ += DiffAsWritten(before, record.text, colour_) + "\n";
  }

  const ExplainOptions& options_;
  AnswerOptions answer_;
  bool colour_;
  bool has_index_ = false;  // witnesses may be of earlier runs
  std::vector<InputFile> inputs_, sets_;
  std::string out_;
};

}  // namespace

absl::StatusOr<std::string> Explain(const ExplainOptions& options, bool colour) {
  return Story(options, colour).Tell();
}

absl::StatusOr<std::string> RunAndExplain(const PipelineOptions& options, const std::string& ref,
                                          const std::string& command_line, Listener& listener, bool colour) {
  if (!ParseRef(ref)) {
    return absl::InvalidArgumentError(
        absl::StrFormat("--explain %s: a record is called SOURCE#NUMBER, for example %s#1", ref,
                        options.inputs.empty() ? std::string(options.stdin_name) : options.inputs.front()));
  }
  PipelineOptions run = options;
  run.dry_run = true;
  std::optional<UnnamedFile> provenance;  // where nobody wants to keep it
  if (options.provenance.empty()) {
    UNECHO_ASSIGN_OR_RETURN(provenance, UnnamedFile::Create(options.run.tmpdir));
    run.provenance = provenance->path();
  }
  std::optional<UnnamedFile> report;  // with an index, sources may have other names than their paths
  if (!options.index.empty() && options.report.empty()) {
    UNECHO_ASSIGN_OR_RETURN(report, UnnamedFile::Create(options.run.tmpdir));
    run.report = report->path();
  }
  const absl::StatusOr<RunResult> done = Inner(RunPipeline(run, command_line, listener));
  listener.StopProgress();
  absl::StatusOr<std::string> story = absl::UnknownError("");
  if (!done.ok()) {
    story = done.status();
  } else {
    listener.Info(done->table);
    story = Explain({.ref = ref,
                     .inputs = run.inputs,
                     .stdin_name = run.stdin_name,
                     .answer = run.answer,
                     .provenance = run.provenance,
                     .report = options.index.empty() ? std::string() : run.report},
                    colour);
  }
  return story;
}

}  // namespace unecho
