// Inspect: what a source is and what a run would read in it, without writing anything.
//
// In:      one input; the options that say how to read it (layout, encoding, fields, --require-body, ...).
// Out:     compression, encoding, layout and why it was taken for that; records, bytes by class, first and last title,
//          what was rejected with its first place, and the first records as a preview.
// Cost:    the source is read once, in parallel, through the same stages as a run up to the tokens.
// Threads: blocks the caller.
// Failure: what opening and reading give.
#ifndef UNECHO_SRC_COMMANDS_INSPECT_H_
#define UNECHO_SRC_COMMANDS_INSPECT_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "read/input.h"
#include "read/sibling_layouts.h"
#include "unecho/options.h"
#include "unecho/record.h"

namespace unecho {

struct Inspection {
  struct Shown {
    uint64_t line = 0;        // 1-based
    std::string title, text;  // the beginnings, on one line
  };
  std::string name, compression, encoding, layout, why;
  uint64_t num_undecodable = 0;
  std::string encoding_guess;  // what to say of an encoding that is a guess; else empty
  Ledger ledger;               // every record kept or rejected
  std::string first_title, last_title, first_snapshot, last_snapshot;
  struct Field {
    std::string name, example;  // the first that is not empty
    uint64_t filled = 0;        // records in which it is there, and not empty
    uint64_t compared = 0;      // ... and is part of the match text
  };
  std::vector<Field> fields;          // of named fields (JSON, CSV), in order of appearance; at most kMostFields
  uint64_t num_listed = 0;            // records whose fields are listed
  std::vector<std::string> findings;  // of SourceCheck
  std::vector<Shown> preview;         // the first kPreview records that were not rejected
  std::array<Shown, kNumReasons> first_rejected;  // by Reason; line 0: none
  bool has_only_titles = false;                   // of named fields (JSON, CSV, XML), none that is known as text

  static constexpr size_t kPreview = 3, kMostFields = 50;
};

// `beside`: the inputs of the command, this one among them: a run of all of them would look at them, too.
absl::StatusOr<Inspection> Inspect(const InputFile& input, const SiblingLayouts& beside, const AnswerOptions& answer,
                                   const RunOptions& run);

// For people: a line a fact, aligned.
std::string Describe(const Inspection& inspection);

}  // namespace unecho

#endif  // UNECHO_SRC_COMMANDS_INSPECT_H_
