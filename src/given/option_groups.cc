#include "given/option_groups.h"

#include <CLI/CLI.hpp>

namespace unecho {
namespace {

// Its own description would stand in the help beside "SIZE".
const CLI::Validator kSize = CLI::AsSizeValue(false).description("");

}  // namespace

void AddReading(CLI::App& app, Given& given) {
  app.add_option("--layout", given.layout,
                 "Layout of the input: auto, a name that 'unecho layouts' lists, or a profile FILE.toml")
      ->type_name("LAYOUT")
      ->group(kInput)
      ->capture_default_str();
  app.add_option("--record-separator", given.record_separator,
                 "Plain text: records lie between lines that match (RE2); '^$': between blank lines")
      ->type_name("REGEX")
      ->group(kInput);
  // One string, not a vector: CLI11 would take the FILE behind it as another field.
  app.add_option("--match-fields", given.match_fields,
                 "Fields to compare, by commas: columns, members, tags, elements, title, text; in JSON paths, too: "
                 "messages[].content [a title and a text, by their usual names]")
      ->type_name("FIELDS")
      ->group(kInput);
  app.add_option("--record", given.answer.segment.record,
                 "The XML element that is a record, or where records are in JSON: data.papers [found]")
      ->type_name("NAME")
      ->group(kInput);
  app.add_option("--columns", given.columns, "CSV: there is no header, and the columns are called this, by commas")
      ->type_name("NAMES")
      ->group(kInput);
  app.add_option("--encoding", given.answer.encoding,
                 "auto (its mark, what it declares, its letters), detect (not what it declares), or a name: utf-16, "
                 "latin-1, ...")
      ->type_name("NAME")
      ->group(kInput)
      ->capture_default_str();
  app.add_option("--id-field", given.answer.segment.id_field, "Field whose value provenance repeats as \"id\"")
      ->type_name("FIELD")
      ->group(kInput);
  app.add_option("--max-record-bytes", given.max_record_bytes, "Longer records are rejected, never cut")
      ->type_name("SIZE")
      ->transform(kSize)
      ->group(kInput)
      ->default_str("16MiB");
  app.add_option("--glob", given.globs, "Of a folder, only files whose names match: '*.jsonl*'; again for more")
      ->type_name("PATTERN")
      ->allow_extra_args(false)
      ->group(kInput);
  app.add_flag("--skip-unreadable", given.answer.skip_unreadable,
               "Go on without files that cannot be read at all, and name them")
      ->group(kInput);
  app.add_option("--stdin-name", given.stdin_name, "What refs call standard input")
      ->type_name("NAME")
      ->group(kInput)
      ->capture_default_str();
  app.add_flag("--require-body", given.answer.segment.require_body,
               "Reject a title without a text; layouts without titles: an error")
      ->group(kCleaning);
}

void AddComparison(CLI::App& app, Given& given) {
  app.add_option(
         "--compare", given.compare,
         "What of a text counts: words, text (all that is no white space), code (case, operators, indentation), "
         "characters (letters one by one), works (bibliographic records, by their fields). Where nothing is said of "
         "what is the same: works if all inputs are bibliographies, else words")
      ->type_name("WHAT")
      ->group(kMatching);
  app.add_option("--ignore", given.ignored,
                 "What does not count, by commas: diacritics, numbers, markup; of text and code also punctuation, case")
      ->type_name("WHAT")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->group(kMatching);
}

void AddShingle(CLI::App& app, Given& given) {
  app.add_option("--shingle", given.shingle_tokens, "Tokens a shingle; characters: 9")
      ->type_name("N")
      ->check(CLI::Range(1, 64))
      ->group(kMatching)
      ->default_str("5");
}

void AddAligned(CLI::App& app, Given& given) {
  app.add_flag("--aligned", given.aligned,
               "Line i of all FILEs is one record, with a field for each, called as its suffix: src.de trg.en")
      ->group(kInput);
}

void AddMatching(CLI::App& app, Given& given) {
  AddAligned(app, given);
  app.add_option("-t,--threshold", given.threshold,
                 "Similarity (Jaccard of shingles) from which records are the same; code: 1")
      ->type_name("SHARE")
      ->group(kMatching)
      ->default_str("0.7");
  app.add_option(
         "--match", given.match,
         "Fields compared apart, by commas, each FIELD:SHARE: the same are records that reach the share in each")
      ->type_name("FIELDS")
      ->group(kMatching);
  AddComparison(app, given);
  AddShingle(app, given);
  app.add_option(
         "--key", given.answer.keys,
         "Records of one value are the same: FIELD, or several by commas, each FIELD:exact, :fold, :doi or :url; "
         "again for another key")
      ->type_name("FIELDS")
      ->allow_extra_args(false)
      ->group(kMatching);
  app.add_option("--differ", given.answer.differ, "Records that differ in one of these fields are never the same")
      ->type_name("FIELDS")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->group(kMatching);
  app.add_option("--within", given.answer.within, "Only records of one value of this field are compared")
      ->type_name("FIELD")
      ->group(kMatching);
  app.add_option(
         "--ignore-common", given.answer.ignore_common,
         "Do not compare shingles that more than N records have: frames of templates, licences (deferred output)")
      ->type_name("N")
      ->group(kMatching);
  app.add_option("--reference", given.answer.reference,
                 "Texts, by commas, against which records are compared too, and of which nothing is removed or written")
      ->type_name("FILES")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->group(kMatching);
  app.add_option("--decided", given.answer.decided,
                 "Of works (--compare works, which it asks for): a file that --review wrote, with decisions; they "
                 "count before the rule")
      ->type_name("FILE")
      ->group(kMatching);
  app.add_option(
         "--keep", given.keep,
         "Which of the same records stays: first, last, longest, FIELD:max or FIELD:min (numbers, dates; :dmy or "
         ":mdy behind it says how 03/04/2025 is read), or source:A,B (sources in order)")
      ->type_name("WHICH")
      ->group(kMatching)
      ->capture_default_str();
}

void AddAgainst(CLI::App& app, Given& given) {
  app.add_option("--against", given.answer.against,
                 "Evaluation sets, by commas: records that share text with one of theirs are removed")
      ->type_name("FILES")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->group(kDecontamination);
  app.add_option("--against-ngram", given.answer.against_ngram_tokens, "Tokens in a row that must not be shared")
      ->type_name("N")
      ->check(CLI::Range(1, 64))
      ->group(kDecontamination)
      ->capture_default_str();
  app.add_option("--against-encoding", given.answer.against_encoding,
                 "Their encoding, as --encoding [that of the inputs]")
      ->type_name("NAME")
      ->group(kDecontamination);
  app.add_option("--against-layout", given.against_layout, "Layout of the evaluation sets: as --layout")
      ->type_name("LAYOUT")
      ->group(kDecontamination)
      ->capture_default_str();
  app.add_option("--against-fields", given.against_fields,
                 "Their fields, by commas [a title and a text, by their usual names]")
      ->type_name("FIELDS")
      ->group(kDecontamination);
}

void AddCleaning(CLI::App& app, Given& given, bool reads_twice) {
  app.add_option("--repair", given.repair,
                 "Repair text: all, none, or by commas: html_entities, mojibake, control_characters, "
                 "soft_hyphens, hard_wrapped, nfc")
      ->type_name("RULES")
      ->group(kCleaning)
      ->capture_default_str();
  app.add_option("--languages", given.languages, "Reject records in other languages than these, by commas (en,de)")
      ->type_name("CODES")
      ->group(kCleaning);
  app.add_option("--quality", given.quality, "Quality rule sets, by commas: gopher, c4, fineweb")
      ->type_name("SETS")
      ->group(kCleaning);
  app.add_option("--pii", given.pii,
                 "Personal data (e-mail, IP, card, phone): mask, drop the record, or report how much")
      ->type_name("WHAT")
      ->group(kCleaning)
      ->capture_default_str();
  app.add_flag("--dedup-lines", given.answer.clean.dedup_lines,
               "Remove lines that came before, in any record; the first stays")
      ->group(kCleaning);
  app.add_flag("--dedup-paragraphs", given.answer.clean.dedup_paragraphs,
               "The same for paragraphs: lines between blank lines")
      ->group(kCleaning);
  app.add_flag("--dedup-sentences", given.answer.clean.dedup_sentences, "The same for the sentences of a line")
      ->group(kCleaning);
  app.add_flag("--inside", given.answer.clean.dedup_inside, "Of these, remove only what came before in the same record")
      ->group(kCleaning);
  if (reads_twice) {
    app.add_option("--at-least", given.answer.clean.dedup_at_least,
                   "Of these, remove only what stands in N records (the input is read once more)")
        ->type_name("N")
        ->group(kCleaning);
  }
  app.add_option("--dedup-min-tokens", given.answer.clean.dedup_min_tokens,
                 "Shorter lines, paragraphs and sentences stay")
      ->type_name("N")
      ->check(CLI::PositiveNumber)
      ->group(kCleaning)
      ->capture_default_str();
  app.add_option("--min-length", given.answer.clean.min_length, "Reject records of fewer tokens")
      ->type_name("N")
      ->group(kCleaning)
      ->capture_default_str();
  app.add_option("--rules", given.rules, "Parameters of the cleaning rules (TOML)")
      ->type_name("FILE")
      ->group(kCleaning);
}

void AddResources(CLI::App& app, Given& given) {
  app.add_option("-j,--threads", given.run.threads,
                 "Threads; 0: all the machine allows. Compressed files: so many more for them")
      ->type_name("N")
      ->check(CLI::Range(0, 1024))
      ->group(kResources)
      ->capture_default_str();
  app.add_option("--batch-size", given.batch_bytes, "Bytes a batch")
      ->type_name("SIZE")
      ->transform(kSize)
      ->group(kResources)
      ->default_str("256KiB");
  app.add_option("--memory", given.memory_bytes, "Limit, e.g. 8GiB [3/4 of what the machine or cgroup allows]")
      ->type_name("SIZE")
      ->transform(kSize)
      ->group(kResources);
}

void AddRun(CLI::App& app, Given& given, bool compares) {
  app.add_flag("--strict", given.answer.strict, "Malformed input is an error, not a rejected record")->group(kCleaning);
  app.add_option("-o,--output", given.output, "Corpus; - is standard output; FILE.zst, .gz, .xz, ... is compressed")
      ->type_name("FILE")
      ->group(kOutput)
      ->capture_default_str();
  app.add_option(
         "--as", given.written_as,
         "input: kept records as they were in their source, in its format; else JSON objects, and lines as they "
         "came")
      ->type_name("input|objects")
      ->check(CLI::IsMember({"input", "objects"}))
      ->group(kOutput)
      ->default_str("objects");
  app.add_option("--output-dir", given.output_dir, "A file for each source goes there, as by --as input")
      ->type_name("FOLDER")
      ->group(kOutput);
  app.add_flag("-f,--force", given.force, "Replace outputs that are there already")->group(kOutput);
  app.add_flag("--dry-run", given.dry_run, "Count everything, and write no corpus")->group(kOutput);
  app.add_option("--provenance", given.provenance, "What became of each record and why (JSONL; FILE.parquet: a table)")
      ->type_name("FILE")
      ->group(kOutput);
  app.add_option_function<std::string>(
         "--provenance-format",
         [&given](const std::string& format) {
           given.provenance_format = format == "compact" ? ProvenanceFormat::kCompact : ProvenanceFormat::kPlain;
         },
         "compact: a list of the sources comes first, and each line has their places in it for their names")
      ->type_name("plain|compact")
      ->check(CLI::IsMember({"plain", "compact"}))
      ->group(kOutput)
      ->default_str("plain");
  app.add_option("--rejects", given.rejects, "The rejected spans as they were, with their reasons (JSONL)")
      ->type_name("FILE")
      ->group(kOutput);
  app.add_option(
         "--report", given.report,
         "Parameters, ledger and statistics; written last: JSON, or a page for a browser if the name ends in .html")
      ->type_name("FILE")
      ->group(kOutput);
  if (compares) {
    app.add_option("--index", given.index,
                   "New against old: what earlier runs with this index have kept is not written again, and what is new "
                   "is added to it; old records win whatever --keep says")
        ->type_name("FOLDER")
        ->group(kOutput);
    app.add_flag("--index-read-only", given.index_read_only, "Nothing is added to the index")->group(kOutput);
    app.add_flag("--resume", given.resume,
                 "Go on with what a killed run with this index has left; without that, begin as usual")
        ->group(kOutput);
    app.add_option("--explain", given.ref,
                   "Tell the whole story of the record REF on standard output; writes no corpus")
        ->type_name("REF")
        ->group(kOutput);
    app.add_option("--removed", given.removed,
                   "The removed records as they were, each with an \"unecho\" object that says why (JSONL)")
        ->type_name("FILE")
        ->group(kOutput);
    app.add_option("--review", given.review,
                   "Of works (--compare works, which it asks for): pairs of kept records that may be the same, side by "
                   "side, for a person to "
                   "decide (CSV)")
        ->type_name("FILE")
        ->group(kOutput);
    app.add_flag("--mark", given.answer.mark,
                 "Remove nothing: each record gets an \"unecho\" object with its fate, witness and similarity")
        ->group(kOutput);
    app.add_flag("--annotate", given.answer.annotate,
                 "Add an \"unecho\" object with the refs of all copies (deferred output)")
        ->group(kOutput);
    app.add_flag("--merge", given.answer.merge,
                 "Of works (--compare works, which it asks for): fill what a kept record lacks (doi, abstract, "
                 "pages...) from its copies (deferred "
                 "output)")
        ->group(kOutput);
    app.add_option("--seed", given.answer.seed, "Seed of the sketches")
        ->type_name("N")
        ->group(kMatching)
        ->capture_default_str();
    app.add_flag("--exact-join", given.answer.exact_join,
                 "Compare all pairs, by an exact join instead of sketches (to about 1 GB)")
        ->group(kMatching);
  }
  AddResources(app, given);
  app.add_option("--tmpdir", given.run.tmpdir,
                 "Where what --memory has no room for goes, and deferred output spools standard input [$TMPDIR, /tmp]")
      ->type_name("FOLDER")
      ->group(kResources);
}

void AddMessages(CLI::App& app, Given& given, bool reads_files) {
  app.set_help_flag();
  app.add_flag("-q,--quiet", given.quiet, "Errors only")->group(kMessages);
  app.add_flag("-v,--verbose", given.verbose, "Layouts, bands, memory plan, stages")->group(kMessages);
  app.add_flag("-h", given.short_help, "Short help")->group(kMessages);
  app.add_flag("--help", given.long_help, "This help")->group(kMessages);
  if (reads_files)
    app.add_option("FILE", given.inputs, "Dumps, compressed or not, or folders of them; - is standard input")
        ->type_name("");
}

void AddComparing(CLI::App& app, Given& given) {
  AddReading(app, given);
  AddMatching(app, given);
  AddCleaning(app, given);
  AddMessages(app, given);
}

void AddClean(CLI::App& app, Given& given) {
  AddComparing(app, given);
  AddAgainst(app, given);
  AddRun(app, given, true);
}

// It compares nothing. How texts are cut into tokens counts all the same: for ids, lengths and repeated lines.
void AddSegment(CLI::App& app, Given& given) {
  AddReading(app, given);
  AddAligned(app, given);
  AddComparison(app, given);
  AddCleaning(app, given);
  AddMessages(app, given);
  AddRun(app, given, false);
}

void AddProvenanceOfRun(CLI::App& app, Given& given) {
  app.add_option("--provenance", given.run_provenance, "Provenance of the run")
      ->type_name("FILE")
      ->group(kInput)
      ->required();
}

namespace {

void AddIndexOfRun(CLI::App& app, Given& given) {
  app.add_option("--index", given.index, "Index of the run, as it was then or later; it takes the place of old inputs")
      ->type_name("FOLDER")
      ->group(kInput);
}

}  // namespace

void AddAudit(CLI::App& app, Given& given) {
  AddComparing(app, given);
  AddAgainst(app, given);
  AddProvenanceOfRun(app, given);
  app.add_option("--corpus", given.run_corpus, "Corpus of the run, or the folder of its --output-dir")
      ->type_name("FILE")
      ->group(kInput);
  app.add_option("--rejects", given.run_rejects, "Rejects of the run")->type_name("FILE")->group(kInput);
  app.add_option("--removed", given.run_removed, "Removed records of the run")->type_name("FILE")->group(kInput);
  app.add_option("--report", given.run_report,
                 "Report of the run: takes its options, and its inputs if no FILE is named; checks its counts")
      ->type_name("FILE")
      ->group(kInput);
  AddIndexOfRun(app, given);
  app.add_flag("--recall", given.recall, "Also join all kept records exactly: no pair may reach the threshold")
      ->group(kMatching);
  app.add_flag("--annotate", given.answer.annotate, "The corpus was written with --annotate")->group(kMatching);
  app.add_flag("--mark", given.answer.mark, "The corpus was written with --mark")->group(kMatching);
  app.add_flag("--merge", given.answer.merge, "The corpus was written with --merge")->group(kMatching);
  app.add_option("--as", given.written_as, "The corpus was written with --as input, or with --output-dir")
      ->type_name("input|objects")
      ->check(CLI::IsMember({"input", "objects"}))
      ->group(kMatching)
      ->default_str("objects");
  app.add_flag("--strict", given.answer.strict, "The run was made with --strict")->group(kMatching);
}

std::string ValueName(const CLI::Option& option) {
  const std::string name = option.get_type_name();
  return name.substr(0, name.find(':'));
}

}  // namespace unecho
