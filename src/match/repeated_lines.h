// Lines and paragraphs that came before (--dedup-lines, --dedup-paragraphs): furniture that no profile names. The first
// stays.
//
// The rule. The match text of a record is cut into units: its title, its paragraphs (lines between blank ones), their
// lines; a line end is LF, CRLF or CR. Two units of a kind are the same if their tokens are (docs/design.md); one
// without tokens is never the same. In input order a paragraph, and then a line of what is left, is removed if it came
// before in any record that no layout and no rule before has rejected, and has at least --dedup-min-tokens tokens. The
// title is never removed. If something was removed, and all else in the record came before too (title and short units
// included), the record is rejected as only_repeated_lines. Text counts as the rules before have left it. That a unit
// came first counts whatever becomes of its record later.
//
// With the last line of a paragraph the blank lines behind it go; if the last unit of a piece goes, so do the line ends
// it leaves.
//
// Three steps: Split() in parallel, Find() in order, Remove() in parallel, before tokens.
//
// Cost:    the text is tokenised a second time. Memory: 36 to 48 bytes a distinct unit.
// Threads: Split() and Remove() are const; Find() has one caller.
// Failure: more than 2^32 - 2 distinct units: kResourceExhausted.
#ifndef UNECHO_SRC_MATCH_REPEATED_LINES_H_
#define UNECHO_SRC_MATCH_REPEATED_LINES_H_

#include <cstdint>
#include <memory>

#include "base/batch.h"
#include "base/mapped_array.h"
#include "match/record_tokens.h"
#include "unecho/clean.h"
#include "unecho/status.h"

namespace unecho {

class KeyTable;

class RepeatedLines {
 public:
  RepeatedLines(const CleanOptions& clean, const TokenRules& rules);
  ~RepeatedLines();

  // Sets the units of every record that no layout has rejected.
  void Split(Batch& batch) const;
  // Which of them came before, and where. Records have their ordinals.
  [[nodiscard]] absl::Status Find(Batch& batch);
  // Takes them out of the pieces.
  void Remove(Batch& batch) const;

  uint64_t memory_bytes() const;

 private:
  struct First {  // of a distinct unit
    uint64_t ordinal;
    uint32_t source;
    uint32_t line;
  };

  bool lines_, paragraphs_;
  bool rejects_;  // only_repeated_lines is not off
  uint64_t min_tokens_;
  TokenRules rules_;
  std::unique_ptr<KeyTable> table_;
  MappedArray<First> firsts_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_REPEATED_LINES_H_
