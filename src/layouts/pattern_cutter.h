// The rules of the serial half of the pattern engine: lines -> marks -> whole records.
//
// A record runs from the line that begins it to the last byte of text before the line that ends it or begins the next.
// Furniture inside it is marked. Front matter is held until its end is seen: lines that only begin like it are lines
// like any other. A row of a table that lacks cells goes on with the lines below it, up to its last bar. A line longer
// than max_record_bytes is text as it stands, because it may have to leave before its end is seen; a record longer than
// that leaves in fragments. Nothing joins across more than max_record_bytes without text: the record before such a gap
// is over.
//
// In:      the bytes of one source, as they come. Every position inside is absolute, so no byte is looked at twice.
// Out:     Batch::cuts, as PatternCut says; Batch::snapshot; Batch::context: the header row in force, "" for none.
// Cost:    a search for line ends, and LineRules for each line.
// Memory:  the marks of what has not left.
#ifndef UNECHO_SRC_LAYOUTS_PATTERN_CUTTER_H_
#define UNECHO_SRC_LAYOUTS_PATTERN_CUTTER_H_

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "layouts/line_rules.h"
#include "layouts/marking_cutter.h"
#include "unecho/layouts.h"

namespace unecho {

// Marks (Batch::cuts), in order of their first byte. Furniture may lie inside an entry.
enum class PatternCut : uint8_t {
  kRecord,
  kMaybe,    // a record if it has a body
  kOutside,  // text of no record, that the profile rejects
  kFurniture,
  kSnapshot,    // furniture that puts a date in force
  kHeader,      // header row of a table; the row of dashes below it is kFurniture
  kRow,         // a row below a header
  kBareRow,     // a row of a table without one
  kFragment,    // a piece of a too long entry that goes on
  kFragmentEnd  // its last piece
};

class PatternCutter final : public MarkingCutter<PatternCutter, PatternCut> {
 public:
  PatternCutter(const LayoutOptions& options, const PatternProfile& profile)
      : MarkingCutter(options.max_record_bytes),
        profile_(profile),
        rules_(profile),
        blank_separates_(std::ranges::any_of(profile.separator, [](const Pattern& p) { return p.Matches({}); })) {}

  // The rules, for MarkingCutter.
  void TakeLine(uint64_t begin, uint64_t end);
  size_t FinishCut(bool at_end, Batch& batch);
  void Pass(const Mark& mark);

 private:
  struct Line {
    uint64_t begin = 0, end = 0;  // absolute, without its line end
  };

  bool TakeFrontMatter(const Line& line, std::string_view text, bool is_long);
  void ReleaseFrontMatter();
  void TakeWholeLine(const Line& line, bool is_long);
  bool TakeTableLine(const Line& line, std::string_view text);
  bool GoesOnWithRow(const Line& line, std::string_view text);
  void ReleaseRow();
  LineKind KindOf(std::string_view text);
  void TakePlainLine(const Line& line, std::string_view text);
  void TakeText(const Line& line);
  void ReleaseHeld();
  void ReleaseAbove(std::string_view next);
  bool TakeHeadLine(const Line& line, std::string_view text);
  void ReleaseHead();
  void ReleaseSection();
  void OpenEntry(PatternCut kind, const Line& line);
  void EndEntry();
  void AddMark(const Line& line, PatternCut kind) {
    ReleaseSection();
    marks_.push_back({line.begin, line.end, kind});
  }
  // What cannot wait for its end.
  void AnnounceLongLine();
  size_t CutFragment(Batch& batch);

  void MoveMarksBefore(uint64_t end, Batch& batch);
  void EndEntryFarBefore(uint64_t position) {
    if (in_entry_ && position > text_end_ && position - text_end_ > max_record_bytes_) EndEntry();
  }

  const PatternProfile& profile_;
  const LineRules rules_;
  const bool blank_separates_;
  bool line_is_cut_ = false;  // some of it has left as furniture

  // Front matter.
  enum class Front : uint8_t { kNotYet, kInside, kOver };
  Front front_ = Front::kNotYet;
  std::vector<Line> front_lines_;  // while kInside

  // Tables.
  std::optional<Mark> open_row_;  // lacks cells: not in marks_ yet
  size_t open_row_bars_ = 0;
  bool is_behind_row_ = false;     // a blank line has ended one that lacks cells
  size_t row_bars_ = 0;            // that a row of this table has; 0: any number
  std::optional<Line> held_;       // has a bar: a header row, if dashes follow
  bool in_table_ = false;          // the last line was a row, or the dashes below a header
  bool has_title_column_ = false;  // of that table

  std::optional<Line> above_;    // matches `above`; what it is the next line says
  bool is_begun_above_ = false;  // the record began there, and its line of `start` comes now
  std::vector<Line> head_;       // from a line of `head` on: of the record whose `start` comes below them
  std::optional<Line> section_;  // a heading that ends records: of the text below it that belongs to none
  size_t section_blanks_ = 0;    // blank lines behind it
  bool in_block_ = false;        // furniture up to a blank line
  Fences fences_;
  bool is_behind_blank_ = true;  // or at the top
  bool is_behind_rule_ = false;  // the last line that is not blank was of `furniture` or `start`
  std::string behind_blank_;     // the line in hand with a line end in front

  // The entry that is not over.
  bool in_entry_ = false;
  PatternCut entry_kind_{};
  uint64_t entry_begin_ = 0;
  uint64_t heading_end_ = 0;  // of the line that has begun it
  size_t heading_level_ = 0;  // ... if it is a heading of Markdown
  uint64_t text_end_ = 0;     // of its last line of text
  size_t entry_mark_ = 0;     // in marks_; not while in_fragments_

  std::string header_;  // the header row in force behind the last batch
};

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_PATTERN_CUTTER_H_
