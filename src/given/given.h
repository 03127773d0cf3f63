// What a command line gives, before it becomes the options of a command: values as they are written, all in one place,
// because commands share them. command_table.cc says which command takes which.
#ifndef UNECHO_SRC_GIVEN_GIVEN_H_
#define UNECHO_SRC_GIVEN_GIVEN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/interrupt.h"
#include "base/status.h"
#include "unecho/options.h"

namespace unecho {

struct Given {
  // --- what is read ----------------------------------------------------------------------------------------------
  std::vector<std::string> inputs;
  std::vector<std::string> globs;  // which files of a folder; empty: all
  std::string stdin_name = "-";
  AnswerOptions answer;
  RunOptions run{.tmpdir = {}, .stop = &InterruptSignal()};

  // --- values that need a second look after parsing: TakeValues() puts them into `answer` and `run`
  std::string compare;  // empty: words, or what the inputs show (read/choose_comparison.h)
  std::vector<std::string> ignored;
  std::optional<double> threshold;    // else that of `compare`
  std::optional<int> shingle_tokens;  // the same
  std::string layout = "auto", record_separator, keep = "first", match_fields, columns;
  std::optional<std::string> match;
  bool aligned = false;
  std::string against_layout = "auto", against_fields;
  std::string repair = "none", quality, languages, pii = "off", rules;
  uint64_t max_record_bytes = size_t{16} << 20, batch_bytes = size_t{256} << 10, memory_bytes = 0;
  std::vector<std::string> parameter_files;  // that were read: profiles, rules

  // --- what is written
  std::string output = "-", output_dir;
  std::string page;        // of `report`; empty: beside the report
  std::string written_as;  // "input", "objects"; empty: not given
  std::string provenance, report, rejects, removed, review;
  ProvenanceFormat provenance_format = ProvenanceFormat::kPlain;
  std::string index;  // read, and written unless ...
  bool index_read_only = false, resume = false;
  bool force = false;
  bool dry_run = false;

  // --- what a finished run wrote, and is read --------------------------------------------------------------------
  std::string run_provenance, run_report, run_corpus, run_rejects, run_removed;
  std::string tune_report;  // what `tune --report` wrote

  // --- of single commands ----------------------------------------------------------------------------------------
  std::string ref;      // the record whose story is told: explain; clean and dedup with --explain
  bool recall = false;  // audit
  std::string labels;   // tune
  std::string show;     // layouts
  std::string topic;    // help
  std::string action;   // index: what is done with `index`; shard: with `folder`
  std::string other_index;
  std::string folder;  // shard
  size_t shards = 0;
  bool as_json = false;  // stats

  // --- talk
  bool quiet = false, verbose = false;
  bool short_help = false, long_help = false;

  std::string command_line;        // as the report repeats it
  std::vector<std::string> words;  // of it, behind the name of the program
};

// The sets, layouts, limits and encodings that the values name. The error is one of usage.
[[nodiscard]] absl::Status TakeValues(Given& given);

}  // namespace unecho

#endif  // UNECHO_SRC_GIVEN_GIVEN_H_
