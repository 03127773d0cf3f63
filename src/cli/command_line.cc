#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <unistd.h>

#include <algorithm>
#include <tuple>

#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "cli/man_page.h"
#include "cli/usage_errors.h"
#include "read/encoding.h"

namespace unecho {
namespace {

constexpr char kShortHelp[] =
    R"(usage: unecho clean   [options] [FILE...]    dumps in, clean corpus out: segment + dedup in one pass
       unecho segment [options] [FILE...]    entries only
       unecho dedup   [options] [FILE...]    deduplicate JSONL, lines or dumps
       unecho audit   --provenance FILE [options] [FILE...]    prove a finished run
       unecho inspect [options] [FILE...]    what each file is, and what would be read in it
       unecho explain REF --provenance FILE [options] [FILE...]    the whole story of one record
       unecho tune    [options] [FILE...]    which threshold: what each would remove, with borderline pairs
       unecho stats   PROVENANCE    the statistics of a finished run
       unecho report  REPORT.json --provenance FILE -o REPORT.html [FILE...]    a finished run as a page for a browser
       unecho layouts [--show NAME]    the layouts that are built in

No FILE, or -, reads standard input; the corpus goes to standard output unless -o names a file.
Compression (gzip, bzip2, xz, lz4, zstd) is recognised by content. 'unecho COMMAND --help' lists all options.
)";

constexpr char kFooter[] = R"(
Examples:
  unecho clean dumps/*.txt -o corpus.jsonl --provenance provenance.jsonl --report report.json
  cat dumps/*.txt | unecho clean > from_a_pipe.jsonl
  unecho segment dumps/*.txt | unecho dedup --threshold 0.8 | wc -l
  zstdcat old.jsonl.zst | unecho dedup --match-fields title,text --keep longest > clean.jsonl
  unecho audit --provenance provenance.jsonl --corpus corpus.jsonl dumps/*.txt
  unecho explain 'dumps/page_2.txt#16' --provenance provenance.jsonl dumps/*.txt
  unecho stats provenance.jsonl
  unecho report report.json --provenance provenance.jsonl -o report.html
  unecho inspect dumps
  unecho tune dumps
  unecho clean dumps --quality gopher,c4 --languages en --pii mask > cleaned.jsonl

What may go wrong: a pair with similarity just above the threshold survives with probability below 1 in 1,000
(--exact-join makes it zero). A record is removed only for a kept one whose verified similarity reaches the threshold;
shingles are compared as 64-bit hashes of 32-bit word hashes, which err with probability below 1e-9 a comparison, and exact
repeats by 128-bit hashes.

Exit codes: 0 done, 1 failed, 2 usage, 130 interrupted (143 terminated), 141 output pipe closed.
)";

constexpr char kInput[] = "Input", kMatching[] = "Matching", kOutput[] = "Output", kResources[] = "Resources",
               kMessages[] = "Messages", kCleaning[] = "Cleaning", kDecontamination[] = "Decontamination";

// Values that need a second look after parsing.
struct Raw {
  std::string layout = "auto", keep = "first", match_fields, against_layout = "auto", against_fields;
  std::string repair = "none", quality, languages, pii = "off", rules;
  bool force = false;
  uint64_t max_record_bytes = size_t{16} << 20, batch_bytes = size_t{256} << 10, memory_bytes = 0;
};

// Its own description would stand in the help beside "SIZE".
const CLI::Validator kSize = CLI::AsSizeValue(false).description("");

void AddReading(CLI::App& app, Options& o, Raw& raw) {
  app.add_option("--layout", raw.layout,
                 "Layout of the input: auto, a name that 'unecho layouts' lists, or a profile FILE.toml")
      ->type_name("LAYOUT")
      ->group(kInput)
      ->capture_default_str();
  // One string, not a vector: CLI11 would take the FILE behind it as another field.
  app.add_option("--match-fields", raw.match_fields,
                 "JSONL: fields to compare, by commas [a title and a text, by their usual names]")
      ->type_name("FIELDS")
      ->group(kInput);
  app.add_option(
         "--encoding", o.answer.encoding,
         "auto (UTF-8, or UTF-16 and UTF-32 by their mark), detect, or a name: utf-16, latin-1, windows-1252, ...")
      ->type_name("NAME")
      ->group(kInput)
      ->capture_default_str();
  app.add_option("--id-field", o.answer.segment.id_field, "JSONL: field whose value provenance repeats as \"id\"")
      ->type_name("FIELD")
      ->group(kInput);
  app.add_option("--max-record-bytes", raw.max_record_bytes, "Longer records are rejected, never cut")
      ->type_name("SIZE")
      ->transform(kSize)
      ->group(kInput)
      ->default_str("16MiB");
  app.add_option("--glob", o.globs, "Of a folder, only files whose names match: '*.jsonl*'; again for more")
      ->type_name("PATTERN")
      ->allow_extra_args(false)
      ->group(kInput);
  app.add_option("--stdin-name", o.stdin_name, "What refs call standard input")
      ->type_name("NAME")
      ->group(kInput)
      ->capture_default_str();
  app.add_flag("--require-body", o.answer.segment.require_body, "Page: reject a title without a body")
      ->group(kCleaning);
}

void AddShingle(CLI::App& app, Options& o) {
  app.add_option("--shingle", o.answer.shingle_tokens, "Tokens a shingle")
      ->type_name("N")
      ->check(CLI::Range(1, 64))
      ->group(kMatching)
      ->capture_default_str();
}

void AddMatching(CLI::App& app, Options& o, Raw& raw) {
  app.add_option("-t,--threshold", o.answer.threshold,
                 "Similarity (Jaccard of shingles) from which records are the same")
      ->type_name("SHARE")
      ->group(kMatching)
      ->capture_default_str();
  AddShingle(app, o);
  app.add_option("--keep", raw.keep, "Which of the same records stays: first, last, longest, FIELD:max, FIELD:min")
      ->type_name("WHICH")
      ->group(kMatching)
      ->capture_default_str();
}

void AddAgainst(CLI::App& app, Options& o, Raw& raw) {
  app.add_option("--against", o.answer.against,
                 "Evaluation sets, by commas: records that share text with one of theirs are removed")
      ->type_name("FILES")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->group(kDecontamination);
  app.add_option("--against-ngram", o.answer.against_ngram_tokens, "Tokens in a row that must not be shared")
      ->type_name("N")
      ->check(CLI::Range(1, 64))
      ->group(kDecontamination)
      ->capture_default_str();
  app.add_option("--against-encoding", o.answer.against_encoding, "Their encoding, as --encoding [that of the inputs]")
      ->type_name("NAME")
      ->group(kDecontamination);
  app.add_option("--against-layout", raw.against_layout, "Layout of the evaluation sets: as --layout")
      ->type_name("LAYOUT")
      ->group(kDecontamination)
      ->capture_default_str();
  app.add_option("--against-fields", raw.against_fields,
                 "JSONL: their fields, by commas [a title and a text, by their usual names]")
      ->type_name("FIELDS")
      ->group(kDecontamination);
}

void AddCleaning(CLI::App& app, Options& o, Raw& raw) {
  app.add_option("--repair", raw.repair,
                 "Repair text: all, none, or by commas: html_entities, mojibake, control_characters, "
                 "soft_hyphens, hard_wrapped, nfc")
      ->type_name("RULES")
      ->group(kCleaning)
      ->capture_default_str();
  app.add_option("--languages", raw.languages, "Reject records in other languages than these, by commas (en,de)")
      ->type_name("CODES")
      ->group(kCleaning);
  app.add_option("--quality", raw.quality, "Quality rule sets, by commas: gopher, c4, fineweb")
      ->type_name("SETS")
      ->group(kCleaning);
  app.add_option("--pii", raw.pii, "Personal data (e-mail, IP, card, phone): mask, drop the record, or report how much")
      ->type_name("WHAT")
      ->group(kCleaning)
      ->capture_default_str();
  app.add_flag("--dedup-lines", o.answer.clean.dedup_lines,
               "Remove lines that came before, in any record; the first stays")
      ->group(kCleaning);
  app.add_flag("--dedup-paragraphs", o.answer.clean.dedup_paragraphs,
               "The same for paragraphs: lines between blank lines")
      ->group(kCleaning);
  app.add_option("--dedup-min-tokens", o.answer.clean.dedup_min_tokens, "Shorter lines and paragraphs stay")
      ->type_name("N")
      ->check(CLI::PositiveNumber)
      ->group(kCleaning)
      ->capture_default_str();
  app.add_option("--min-length", o.answer.clean.min_length, "Reject records of fewer tokens")
      ->type_name("N")
      ->group(kCleaning)
      ->capture_default_str();
  app.add_option("--rules", raw.rules, "Parameters of the cleaning rules (TOML)")->type_name("FILE")->group(kCleaning);
}

// The sets and limits that the options above name.
absl::Status TakeCleaning(const Raw& raw, CleanOptions& clean) {
  UNECHO_RETURN_IF_ERROR(ParseRepair(raw.repair, clean));
  UNECHO_RETURN_IF_ERROR(ParseLanguages(raw.languages, clean));
  UNECHO_RETURN_IF_ERROR(ParseQuality(raw.quality, clean));
  UNECHO_RETURN_IF_ERROR(ParsePii(raw.pii, clean));
  return raw.rules.empty() ? absl::OkStatus() : ReadRules(raw.rules, clean);
}

void AddResources(CLI::App& app, Options& o, Raw& raw) {
  app.add_option("-j,--threads", o.run.threads,
                 "Threads; 0: all the machine allows. Compressed input: so many more decompress")
      ->type_name("N")
      ->check(CLI::Range(0, 1024))
      ->group(kResources)
      ->capture_default_str();
  app.add_option("--batch-size", raw.batch_bytes, "Bytes a batch")
      ->type_name("SIZE")
      ->transform(kSize)
      ->group(kResources)
      ->default_str("256KiB");
  app.add_option("--memory", raw.memory_bytes, "Limit, e.g. 8GiB [3/4 of what the machine or cgroup allows]")
      ->type_name("SIZE")
      ->transform(kSize)
      ->group(kResources);
}

void AddRun(CLI::App& app, Options& o, Raw& raw, bool dedup) {
  app.add_flag("--strict", o.answer.strict, "Malformed input is an error, not a rejected record")->group(kCleaning);
  app.add_option("-o,--output", o.output, "Corpus; - is standard output")
      ->type_name("FILE")
      ->group(kOutput)
      ->capture_default_str();
  app.add_flag("-f,--force", raw.force, "Replace outputs that are there already")->group(kOutput);
  app.add_flag("--dry-run", o.dry_run, "Count everything, and write no corpus")->group(kOutput);
  app.add_option("--provenance", o.provenance, "What became of each record and why (JSONL)")
      ->type_name("FILE")
      ->group(kOutput);
  app.add_option("--rejects", o.rejects, "The rejected spans as they were, with their reasons (JSONL)")
      ->type_name("FILE")
      ->group(kOutput);
  app.add_option(
         "--report", o.report,
         "Parameters, ledger and statistics; written last: JSON, or a page for a browser if the name ends in .html")
      ->type_name("FILE")
      ->group(kOutput);
  if (dedup) {
    app.add_option("--explain", o.explain_ref,
                   "Tell the whole story of the record REF on standard output; writes no corpus")
        ->type_name("REF")
        ->group(kOutput);
    app.add_flag("--annotate", o.answer.annotate,
                 "Add an \"unecho\" object with the refs of all copies (deferred output)")
        ->group(kOutput);
    app.add_option("--seed", o.answer.seed, "Seed of the sketches")
        ->type_name("N")
        ->group(kMatching)
        ->capture_default_str();
    app.add_flag("--exact-join", o.answer.exact_join,
                 "Compare all pairs, by an exact join instead of sketches (to about 1 GB)")
        ->group(kMatching);
  }
  AddResources(app, o, raw);
  app.add_option("--tmpdir", o.run.tmpdir, "Where deferred output spools standard input [$TMPDIR, /tmp]")
      ->type_name("FOLDER")
      ->group(kResources);
}

void AddMessages(CLI::App& app, Options& o, bool& short_help, bool& long_help, bool reads_files = true) {
  app.set_help_flag();
  app.add_flag("-q,--quiet", o.run.quiet, "Errors only")->group(kMessages);
  app.add_flag("-v,--verbose", o.run.verbose, "Layouts, bands, memory plan, stages")->group(kMessages);
  app.add_flag("-h", short_help, "Short help")->group(kMessages);
  app.add_flag("--help", long_help, "This help")->group(kMessages);
  if (reads_files)
    app.add_option("FILE", o.inputs, "Dumps, compressed or not, or folders of them; - is standard input")
        ->type_name("");
}

ParsedCommandLine Stop(int exit_code, std::string text) {
  ParsedCommandLine parsed;
  parsed.exit_code = exit_code;
  parsed.text = std::move(text);
  return parsed;
}

ParsedCommandLine UsageError(std::string_view message, std::string_view command) {
  return Stop(2, absl::StrFormat("unecho: error: %s\nTry 'unecho %s--help'.\n", message,
                                 command.empty() ? std::string() : absl::StrFormat("%s ", command)));
}

ParsedCommandLine ListLayouts(const std::string& show) {
  std::string text;
  if (show.empty()) {
    for (const LayoutPtr& layout : Layouts())
      text += absl::StrFormat("%-18s %s\n", layout->name(), layout->description());
    return Stop(0, text);
  }
  const absl::StatusOr<LayoutPtr> layout = LoadLayout(show);
  if (!layout.ok()) return UsageError(absl::StrFormat("--show %s", layout.status().message()), "layouts");
  return Stop(0, (*layout)->profile().source);
}

// What CLI11 cannot say by itself. Empty if all is well.
std::string Complaint(const Options& o, const Raw& raw) {
  const double t = o.answer.threshold;
  if (t > 1 && t <= 100) {
    return absl::StrFormat("--threshold %g is above 1: it is a share, not a percentage; did you mean %g?", t, t / 100);
  }
  if (!(t > 0 && t <= 1)) return absl::StrFormat("--threshold %g: give a number above 0 and up to 1", t);
  if (raw.max_record_bytes < 1 || raw.max_record_bytes > (uint64_t{1} << 30)) {
    return "--max-record-bytes: give a size from 1 to 1GiB";
  }
  if (raw.batch_bytes < 1024 || raw.batch_bytes > (uint64_t{1} << 30))
    return "--batch-size: give a size from 1KiB to 1GiB";
  constexpr uint64_t kLeastMemory = uint64_t{1} << 20;
  if (o.run.memory_bytes > 0 && o.run.memory_bytes < kLeastMemory) {
    return absl::StrFormat("--memory %d: that is bytes; give a size such as 8GiB", o.run.memory_bytes);
  }
  if (!raw.rules.empty() && !o.answer.clean.any())
    return "--rules sets the limits of rules, and none is asked for: add --quality, --languages, --pii or --repair";
  if (o.run.quiet && o.run.verbose) return "-q and -v exclude each other";
  if (o.command == Command::kSegment && o.answer.keep != KeepPolicy::kFirst) return "--keep is for clean and dedup";
  if (std::ranges::any_of(o.answer.against, [](const std::string& path) { return path.empty() || path == "-"; })) {
    return "--against: name files; standard input is for the records";
  }
  const bool explains = !o.explain_ref.empty();
  if (explains && o.command != Command::kExplain && IsHtmlReport(o)) {
    return "--explain tells one record's story and writes no page: leave it out, or give --report a name that ends in "
           ".json";
  }
  std::vector<std::string> outputs;
  const std::string corpus = explains ? "-" : o.dry_run ? "" : o.output;
  for (const std::string* path : {&corpus, &o.provenance, &o.report, &o.rejects}) {
    if (path->empty() || path->starts_with("/dev/")) continue;
    if (std::ranges::find(outputs, *path) != outputs.end()) {
      return absl::StrFormat("two outputs go to %s: give each its own file",
                             *path == "-" ? "standard output" : path->c_str());
    }
    outputs.push_back(*path);
  }
  if (std::ranges::count(o.inputs, "-") > 1) return "standard input (-) is named twice";
  const bool reads_stdin = o.inputs.empty() || std::ranges::find(o.inputs, "-") != o.inputs.end();
  if (o.inputs.empty() && o.command != Command::kExplain && o.command != Command::kStats &&
      o.command != Command::kReport && o.audit_report.empty() && isatty(STDIN_FILENO) == 1) {
    return "no FILE, and standard input is a terminal: name files, pipe something in, or give - to type";
  }
  if (reads_stdin && explains && (o.command != Command::kExplain || !o.inputs.empty())) {
    return "--explain reads the inputs twice, and cannot read standard input again: keep it in a file, and name that";
  }
  if (reads_stdin && o.command == Command::kAudit && o.audit_provenance == "-")
    return "provenance and input are both standard input";
  return {};
}

}  // namespace

ParsedCommandLine ParseCommandLine(int argc, const char* const* argv) {
  ParsedCommandLine parsed;
  parsed.run = true;
  Options& o = parsed.options;
  Raw raw;
  bool short_help = false, long_help = false, version = false;

  CLI::App app("unecho: raw snapshot dumps in, clean deduplicated corpus out, with proof.", "unecho");
  app.set_help_flag();
  app.add_flag("-h", short_help, "Short help");
  app.add_flag("--help", long_help, "This help");
  app.add_flag("--version", version, "Version");
  std::string generate;
  app.add_option("--generate", generate, "Man page or completion of a shell, for packages")
      ->type_name("NAME")
      ->check(CLI::IsMember({"man", "bash", "zsh", "fish"}))
      ->group("");
  CLI::App* clean = app.add_subcommand("clean", "Dumps in, clean corpus out: segment + dedup in one streaming pass");
  CLI::App* segment = app.add_subcommand("segment", "Entries only: dumps in, one JSON object an entry out");
  CLI::App* dedup =
      app.add_subcommand("dedup", "Remove exact and near duplicates; kept JSONL lines stay byte for byte");
  CLI::App* audit = app.add_subcommand("audit", "Recompute every claim of a finished run from its inputs");
  CLI::App* explain = app.add_subcommand("explain", "Tell the whole story of one record of a finished run");
  explain->add_option("REF", o.explain_ref, "The record, as the provenance calls it: SOURCE#NUMBER")
      ->type_name("")
      ->required();
  for (CLI::App* command : {clean, segment, dedup, audit, explain}) {
    AddReading(*command, o, raw);
    AddMatching(*command, o, raw);
    AddCleaning(*command, o, raw);
    AddMessages(*command, o, short_help, long_help);
    command->footer(kFooter);
  }
  for (CLI::App* command : {clean, dedup, audit, explain}) AddAgainst(*command, o, raw);
  AddRun(*clean, o, raw, true);
  AddRun(*dedup, o, raw, true);
  AddRun(*segment, o, raw, false);
  for (CLI::App* command : {audit, explain}) {
    command->add_option("--provenance", o.audit_provenance, "Provenance of the run")
        ->type_name("FILE")
        ->group(kInput)
        ->required();
  }
  audit->add_option("--corpus", o.audit_corpus, "Corpus of the run")->type_name("FILE")->group(kInput);
  audit
      ->add_option("--report", o.audit_report,
                   "Report of the run: takes its options, and its inputs if no FILE is named; checks its ledger")
      ->type_name("FILE")
      ->group(kInput);
  audit->add_flag("--recall", o.audit_recall, "Also join all kept records exactly: no pair may reach the threshold")
      ->group(kMatching);
  audit->add_flag("--annotate", o.answer.annotate, "The corpus was written with --annotate")->group(kMatching);
  audit->add_flag("--strict", o.answer.strict, "The run was made with --strict")->group(kMatching);

  explain
      ->add_option("--report", o.audit_report,
                   "Report of the run: takes its options, and its inputs if no FILE is named")
      ->type_name("FILE")
      ->group(kInput);

  CLI::App* inspect = app.add_subcommand("inspect", "What each file is, and what a run would read in it");
  AddReading(*inspect, o, raw);
  AddMessages(*inspect, o, short_help, long_help);
  inspect->footer(kFooter);

  CLI::App* tune =
      app.add_subcommand("tune", "Which threshold? What each from .5 to .95 would remove, with borderline pairs");
  AddReading(*tune, o, raw);
  AddCleaning(*tune, o, raw);
  AddShingle(*tune, o);
  AddResources(*tune, o, raw);
  AddMessages(*tune, o, short_help, long_help);
  tune->add_option("--labels", o.tune_labels,
                   "Clusters that people have made, a line each: name and members, separated by tabs; adds scores")
      ->type_name("FILE")
      ->group(kMatching);
  tune->add_option("--report", o.report, "The same for machines (JSON)")->type_name("FILE")->group(kOutput);
  tune->add_flag("-f,--force", raw.force, "Replace a report that is there already")->group(kOutput);
  tune->footer(kFooter);

  CLI::App* stats = app.add_subcommand("stats", "The statistics of a finished run, from its provenance");
  stats->add_option("PROVENANCE", o.audit_provenance, "The provenance, compressed or not")->type_name("")->required();
  AddMessages(*stats, o, short_help, long_help, false);
  stats->footer(kFooter);

  CLI::App* report =
      app.add_subcommand("report", "A finished run as a page for a browser, from its report, provenance and inputs");
  report->add_option("REPORT", o.audit_report, "The report of the run (JSON)")->type_name("")->required();
  report
      ->add_option("--provenance", o.audit_provenance,
                   "Provenance of the run: adds removed and rejected records, and snapshots")
      ->type_name("FILE")
      ->group(kInput);
  report
      ->add_option("--tune", o.tune_report,
                   "What 'unecho tune --report' wrote of the same inputs: adds a table of thresholds")
      ->type_name("FILE")
      ->group(kInput);
  report->add_option("-o,--output", o.output, "The page; - is standard output")
      ->type_name("FILE")
      ->group(kOutput)
      ->capture_default_str();
  report->add_flag("-f,--force", raw.force, "Replace a page that is there already")->group(kOutput);
  AddMessages(*report, o, short_help, long_help);
  report->footer(kFooter);

  std::string show;
  CLI::App* layouts = app.add_subcommand("layouts", "List the built-in layouts, or print one to copy and change");
  layouts->add_option("--show", show, "Print the profile of this layout (TOML)")->type_name("LAYOUT");
  layouts->set_help_flag();
  layouts->add_flag("-h", short_help, "Short help");
  layouts->add_flag("--help", long_help, "This help");

  RefuseNegatives(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const auto given = app.get_subcommands();
    if (short_help) return Stop(0, kShortHelp);
    if (long_help && !given.empty()) return Stop(0, given.front()->help());
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
      const CLI::App* command = given.empty() ? nullptr : given.front();
      return UsageError(Unexpected(app, command), command == nullptr ? "" : command->get_name());
    }
    return UsageError(Unreadable(error), given.empty() ? "" : given.front()->get_name());
  }
  if (version) return Stop(0, absl::StrFormat("unecho %s\n", kVersion));
  if (generate == "man") return Stop(0, ManPage(app, kFooter));
  if (!generate.empty())
    return Stop(0, generate == "bash"  ? BashCompletion(app)
                   : generate == "zsh" ? ZshCompletion(app)
                                       : FishCompletion(app));
  const auto given = app.get_subcommands();
  if (short_help) return Stop(0, kShortHelp);
  if (given.size() > 1) return UsageError("give one command", "");
  if (given.empty()) {
    if (long_help) return Stop(0, app.help() + kFooter);
    return Stop(2, absl::StrFormat("unecho: error: give a command: clean, segment, dedup, audit, inspect, explain, "
                                   "tune, stats, report or layouts\n%s",
                                   kShortHelp));
  }
  if (long_help) return Stop(0, given.front()->help());

  if (given.front() == layouts) return ListLayouts(show);
  o.command = given.front() == clean     ? Command::kClean
              : given.front() == segment ? Command::kSegment
              : given.front() == dedup   ? Command::kDedup
              : given.front() == audit   ? Command::kAudit
              : given.front() == inspect ? Command::kInspect
              : given.front() == tune    ? Command::kTune
              : given.front() == stats   ? Command::kStats
              : given.front() == report  ? Command::kReport
                                         : Command::kExplain;
  o.answer.segment.max_record_bytes = raw.max_record_bytes;
  o.overwrite = raw.force;
  o.run.batch_bytes = raw.batch_bytes;
  o.run.memory_bytes = raw.memory_bytes;
  o.answer.segment.match_fields = absl::StrSplit(raw.match_fields, ',', absl::SkipEmpty());
  o.answer.against_fields = absl::StrSplit(raw.against_fields, ',', absl::SkipEmpty());
  const std::string command(Name(o.command));
  for (const auto& [option, name, to] :
       {std::tuple("--layout", &raw.layout, &o.answer.layout),
        std::tuple("--against-layout", &raw.against_layout, &o.answer.against_layout)}) {
    if (*name == "auto") continue;
    absl::StatusOr<LayoutPtr> layout = LoadLayout(*name);
    if (!layout.ok()) return UsageError(absl::StrFormat("%s %s", option, layout.status().message()), command);
    *to = *std::move(layout);
    if (FindLayout(*name) == nullptr) o.parameter_files.push_back(*name);
  }
  if (absl::Status rules = TakeCleaning(raw, o.answer.clean); !rules.ok())
    return UsageError(std::string(rules.message()), command);
  if (absl::Status keep = ParseKeepPolicy(raw.keep, o.answer); !keep.ok())
    return UsageError(std::string(keep.message()), command);
  for (const std::string* name : {&o.answer.encoding, &o.answer.against_encoding}) {
    if (name->empty()) continue;
    if (absl::Status encoding = CheckEncodingName(*name); !encoding.ok())
      return UsageError(std::string(encoding.message()), command);
  }
  if (!o.explain_ref.empty()) o.dry_run = true;  // it writes no corpus
  if (!raw.rules.empty()) o.parameter_files.push_back(raw.rules);
  if (const std::string complaint = Complaint(o, raw); !complaint.empty()) return UsageError(complaint, command);
  return parsed;
}

}  // namespace unecho
