// Paragraphs, lines and sentences that came before (--dedup-paragraphs, --dedup-lines, --dedup-sentences): furniture
// that no profile names. The first stays.
//
// The rule. The match text of a record is cut into units: its title, its paragraphs (lines between blank ones), their
// lines, and the sentences of these (sentences.h); a line end is LF, CRLF or CR. Two units of a kind are the same if
// their tokens are (docs/design.md); one without tokens is never the same. In input order a paragraph, then a line of
// what is left, then a sentence of that, is removed if it came before in any record that no layout and no rule before
// has rejected, and has at least --dedup-min-tokens tokens. The title is never removed. If something was removed, and
// all else in the record came before too (title and short units included), the record is rejected as
// only_repeated_lines. Text counts as the rules before have left it. That a unit came first counts whatever becomes of
// its record later; where that is not kept the unit is lost, which Statistics counts.
//
// With --inside only repeats within one record count. With --at-least N only units count that stand in N records, what
// else of these is removed aside; all others are as if they had never come before. The first stays all the same.
//
// With the last line of a paragraph the blank lines behind it go; if the last unit of a piece goes, so do the line ends
// it leaves. With a sentence the blanks behind it go, with the last ones of a line those in front, too, and with all of
// them the line.
//
// Three steps: Split() in parallel, Find() in order, Remove() in parallel, before tokens. With --inside nothing is to
// be done in order: FindInside() stands in front of Remove().
//
// Cost:    the text is tokenised a second time. Memory: 36 to 48 bytes a distinct unit.
// Threads: Split(), FindInside() and Remove() are const; Find() has one caller.
// Failure: more than 2^32 - 2 distinct units: kResourceExhausted.
#ifndef UNECHO_SRC_MATCH_REPEATED_LINES_H_
#define UNECHO_SRC_MATCH_REPEATED_LINES_H_

#include <cstdint>
#include <memory>

#include "base/batch.h"
#include "base/mapped_array.h"
#include "base/status.h"
#include "match/record_tokens.h"
#include "unecho/clean.h"

namespace unecho {

class KeyTable;
class OftenUnits;

// There are 2^32 - 2 distinct units already.
absl::Status TooManyUnits();

class RepeatedLines {
 public:
  // `often`: with --at-least, else null; it outlives this.
  RepeatedLines(const CleanOptions& clean, const TokenRules& rules, const OftenUnits* often = nullptr);
  ~RepeatedLines();

  // Sets the units of every record that no layout has rejected.
  void Split(Batch& batch) const;
  // Which of them came before, and where. Records have their ordinals.
  [[nodiscard]] absl::Status Find(Batch& batch);
  // The same, of each record alone.
  void FindInside(Batch& batch) const;
  // Takes them out of the pieces.
  void Remove(Batch& batch) const;

  uint64_t memory_bytes() const;

 private:
  struct First {  // of a distinct unit
    uint64_t ordinal;
    uint32_t source;
    uint32_t line;
  };

  CleanOptions clean_;
  bool rejects_;  // only_repeated_lines is not off
  TokenRules rules_;
  const OftenUnits* often_;
  std::unique_ptr<KeyTable> table_;
  MappedArray<First> firsts_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_REPEATED_LINES_H_
