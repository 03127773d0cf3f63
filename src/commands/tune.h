// The command `tune`: which threshold? The table of what each would remove, and the pairs that are the least similar.
//
// Cost:    that of match/tuner.h; the sources of the pairs that are shown are read twice.
// Threads: blocks the caller; TBB inside.
// Failure: as a run; labels of which none is in the input.
#ifndef UNECHO_SRC_COMMANDS_TUNE_H_
#define UNECHO_SRC_COMMANDS_TUNE_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/status.h"
#include "match/tuner.h"
#include "unecho/listener.h"
#include "unecho/options.h"

namespace unecho {

struct TuneResult {
  uint64_t read = 0, rejected = 0, num_short = 0;  // short: of fewer tokens than a shingle
  uint64_t labels = 0, labels_found = 0,
           labelled_records = 0;  // ids that are labelled; of them, in the input; records they name
  std::vector<TuneRow> rows;
  // What shingles of other sizes would do, without pairs.
  struct OfShingles {
    int tokens;
    std::vector<TuneRow> rows;
  };
  std::vector<OfShingles> others;
  std::vector<std::string> sources;  // by SourceId
  // Of the borderline pairs, as they were compared: source and ordinal -> text. Those of standard input are gone, and
  // what --dedup-lines has removed is not known any more.
  std::map<std::pair<SourceId, uint64_t>, std::string> texts;
};
// Reads the sources once, and those of the borderline pairs once more, up to the last record that is shown. A signal
// ends both.
struct TuneOptions {
  std::vector<std::string> inputs;
  std::string stdin_name = "-";
  AnswerOptions answer;
  RunOptions run;
  std::string labels;  // clusters that people have made; empty: none
};
absl::StatusOr<TuneResult> RunTune(const TuneOptions& options, Listener& listener);

// The table, and the borderline pairs with their word diffs; pairs without texts are named only.
std::string DescribeTune(const TuneResult& result, const AnswerOptions& answer, bool colour);
// Schema "unecho-tune", version 1: docs/unecho-report.5.md.
std::string TuneJson(const TuneResult& result, const AnswerOptions& answer);

}  // namespace unecho

#endif  // UNECHO_SRC_COMMANDS_TUNE_H_
