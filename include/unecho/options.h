// What the user asks of a run.
//
// Two groups: what changes the answer (copied into the report, and taken from there by `audit --report`), and what
// changes only speed and memory. Validate() says, in the words of the command line, what cannot be meant; whatever
// takes options asks it first.
//
// Cost:    once a run. Threads: plain values. Failure: a Status for text that does not say what it should.
#ifndef UNECHO_OPTIONS_H_
#define UNECHO_OPTIONS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "unecho/api.h"
#include "unecho/clean.h"
#include "unecho/comparison.h"
#include "unecho/layouts.h"
#include "unecho/status.h"

namespace unecho {

enum class KeepPolicy : uint8_t { kFirst, kLast, kLongest, kFieldMax, kFieldMin };
// Of dates like 03/04/2025.
enum class DateOrder : uint8_t { kUnknown, kDayFirst, kMonthFirst };

// The rule of --against (match/against.h) asks for so many tokens of an evaluation record at least: GPT-3's
// decontamination (Brown et al., 2020, appendix C) uses runs of 13 words, and 8 at least for short sets.
inline constexpr uint32_t kMinAgainstTokens = 8;

// A field of --match. Records whose fields are compared apart are the same by their texts only if the similarity in
// each is so high at least.
struct MatchField {
  std::string name;
  double threshold = 0.7;  // (0, 1]
  friend bool operator==(const MatchField&, const MatchField&) = default;
};
inline constexpr size_t kMostMatchFields = 16;  // each has four of the 64 minima of a sketch at least

// What changes the answer.
struct AnswerOptions {
  LayoutPtr layout;               // null: auto
  LayoutOptions segment;          // max_record_bytes, match fields, id field, require_body
  std::string encoding = "auto";  // auto, detect, or a name that ICU knows
  // The inputs are one source: line i of all of them is a record, with these fields, one for each. AlignFiles() sets
  // them, the layout and the encoding that follow, and segment.match_fields where nothing is said.
  std::vector<std::string> aligned;
  bool strict = false;           // malformed input is an error, not a rejected record
  bool skip_unreadable = false;  // a source of which nothing can be read is skipped, and said to be
  Comparison comparison;         // what of a text counts
  // It is not said what: works, if all inputs are bibliographies, else words. For runs, audits and stories.
  bool chooses_comparison = false;
  double threshold = 0.7;  // Jaccard, (0, 1]
  // Fields compared apart, in place of one match text and `threshold`. ParseMatch() sets them, and the same names in
  // segment.match_fields.
  std::vector<MatchField> match;
  int shingle_tokens = 5;                // 1..64
  uint64_t seed = 1;                     // of the sketch; changes which pairs just above t are missed (< 1 in 1,000)
  KeepPolicy keep = KeepPolicy::kFirst;  // the field of kFieldMax and kFieldMin is segment.order_field
  DateOrder date_order = DateOrder::kUnknown;  // of that field; unknown: as the values show
  // kFirst: sources, or folders of them, that are read first, in this order; the others follow as they are given.
  std::vector<std::string> source_order;
  // Fields that say what is the same before texts do, as FIELD or FIELD:NORMALISER (exact, fold, doi, url).
  std::vector<std::string> keys;    // records of one value are the same; each is one field, or several by commas
  std::vector<std::string> differ;  // records of two values are never the same
  std::string within;               // nor are records whose values are not equal; empty: no such field
  uint64_t ignore_common = 0;       // shingles that more records than this have are not compared; 0: all are
  // CompareBy::kWorks: path of a file that `review` named, with decisions; they count before the rule. Empty: none.
  std::string decided;
  // Paths: texts against which the inputs are compared, and of which nothing is removed or written. They are read
  // first, as the inputs are, and come before them whatever `keep` says.
  std::vector<std::string> reference;
  bool exact_join = false;
  bool annotate = false;
  bool mark = false;  // all records but rejected ones are written, and each says what became of it
  // CompareBy::kWorks: kept records get the fields that they lack, and copies of them have, in the format they came in.
  bool merge = false;
  bool as_input = false;  // kept records are written as they came, in the format of their source
  CleanOptions clean;     // cleaning rules; none unless asked for

  std::vector<std::string> against;         // evaluation sets: paths; empty: no decontamination (against.h)
  int against_ngram_tokens = 13;            // 1..64
  LayoutPtr against_layout;                 // null: auto
  std::string against_encoding;             // as `encoding`, which it is if empty
  std::vector<std::string> against_fields;  // JSONL: empty: those of title, text that exist

  UNECHO_API Status Validate() const;
};

// What changes only speed and memory.
struct RunOptions {
  int threads = 0;  // 0: as many as the machine allows
  size_t batch_bytes = size_t{256} << 10;
  uint64_t memory_bytes = 0;  // 0: 3/4 of what the machine or its cgroup allows
  std::string tmpdir;         // empty: $TMPDIR, or /tmp
  // Set to anything but 0, by any thread or a signal handler: the call ends within a second or so with kCancelled, and
  // leaves no output. Audit() looks at it between blocks of records, and not while it joins them for `recall`. Outlives
  // the call; null: nothing stops it.
  const std::atomic<int>* stop = nullptr;

  UNECHO_API Status Validate() const;
};

// How the provenance names sources: by their names in every line, or by their places in a table at its head, which is
// shorter where many sources have long names. It says the same (docs/unecho-report.5.md), and whatever reads the one
// reads the other.
enum class ProvenanceFormat : uint8_t { kPlain, kCompact };

enum class Command : uint8_t { kClean, kSegment, kDedup };
UNECHO_API std::string_view Name(Command command);

// A run: clean, segment, dedup.
struct PipelineOptions {
  Command command = Command::kClean;  // kSegment compares nothing; the other two differ in name
  std::vector<std::string> inputs;    // paths or "-"; empty: standard input. Folders are not walked
  std::string stdin_name = "-";
  AnswerOptions answer;
  RunOptions run;

  std::string output = "-";  // corpus; "-" is standard output
  std::string output_dir;    // with as_input: a file for each source goes there, in place of `output`; empty: none
  std::string provenance;    // empty: not written
  ProvenanceFormat provenance_format = ProvenanceFormat::kPlain;
  std::string report;
  std::string rejects;
  std::string removed;  // records that were removed, as the corpus would have them, each with why
  std::string review;   // CompareBy::kWorks: pairs of kept records that may be the same, for a person to decide (CSV)
  // A folder: the kept records of earlier runs, which come before all others whatever `keep` says. What is new is added
  // when the run has ended well; where there is no index, it is the first one's. Empty: none.
  std::string index;
  bool index_read_only = false;  // nothing is added, and it must be there
  // Goes on with what a run with this index has left that was killed: it does not decide again what that one has
  // decided, and writes the same. The inputs, and what decides, have to be the same.
  bool resume = false;
  bool overwrite = true;  // an output may be there already
  bool dry_run = false;   // everything is counted, and no corpus is written

  std::vector<std::string> parameter_files;  // that were read to make these options: profiles, rules

  UNECHO_API Status Validate() const;
  // The files that the run reads, as named, besides its inputs.
  UNECHO_API std::vector<std::string> ReadBeside() const;
};

// The audit of a finished run.
struct AuditOptions {
  std::vector<std::string> inputs;  // those of the run; empty: as the report names them, else standard input
  std::string stdin_name = "-";
  AnswerOptions answer;  // with a report, its parameters count
  RunOptions run;

  std::string provenance;  // what the run wrote
  std::string corpus;      // empty: not checked; a folder: of --output-dir
  std::string rejects;     // the same
  std::string removed;     // the same
  std::string report;      // empty: `answer` says how the run was made
  std::string index;       // that the run had, as it was then or later; empty: none
  bool recall = false;     // also join all kept records exactly

  UNECHO_API Status Validate() const;
};

UNECHO_API std::string KeepPolicyName(
    const AnswerOptions& answer);  // "first", "longest", "date:max", "source:A,B", ...
// Parses "first", "last", "longest", "FIELD:max", "FIELD:min", "FIELD:max:dmy", "source:A,B" into answer.keep,
// answer.source_order, answer.date_order and answer.segment.order_field.
UNECHO_API Status ParseKeepPolicy(std::string_view text, AnswerOptions& answer);

// "title:0.9,text:0.7" as --match has it. A field alone has the threshold that is usual for answer.comparison.
UNECHO_API Status ParseMatch(std::string_view text, AnswerOptions& answer);
UNECHO_API std::string MatchFieldText(const MatchField& field);  // "title:0.9"

// --aligned. A field is called by the suffix of its file; if these are no different names, by the file's name or path.
UNECHO_API Status AlignFiles(std::span<const std::string> paths, AnswerOptions& answer);

UNECHO_API std::string_view Version();  // "0.1.0"

}  // namespace unecho

#endif  // UNECHO_OPTIONS_H_
