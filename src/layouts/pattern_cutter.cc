#include "layouts/pattern_cutter.h"

#include <algorithm>

#include "base/batch.h"
#include "layouts/engines.h"
#include "layouts/page_rules.h"
#include "text/scan.h"

namespace unecho {

size_t PatternCutter::Cut(std::string_view bytes, size_t /*seen*/, bool at_end, Batch& batch) {
  bytes_ = bytes;
  base_ = batch.offset_bytes;
  if (searched_ == 0) {
    if (!at_end && bytes.size() < kBom.size() && kBom.starts_with(bytes)) return 0;
    line_begin_ = searched_ = BomBytes(base_, bytes);
  }
  batch.open_fragment = fragment_end_ > 0 && fragment_end_ == base_;
  batch.fragment_offset_bytes = fragment_begin_;
  batch.snapshot = snapshot_;
  batch.context = header_;

  Scan(at_end);
  if (at_end) {
    ReleaseHeld();
    if (in_entry_) EndEntry();
    MoveMarks(base_ + bytes.size(), batch.cuts);
    return bytes.size();
  }
  if (IsLongLine()) AnnounceLongLine();
  const uint64_t certain = in_entry_ ? entry_begin_ : held_ ? held_->begin : line_begin_;
  if (certain <= base_) return CutFragment(batch);
  MoveMarks(certain, batch.cuts);
  return static_cast<size_t>(certain - base_);
}

void PatternCutter::Scan(bool at_end) {
  LineEnds ends(bytes_);
  for (;;) {
    const size_t found = ends.Find(static_cast<size_t>(std::max(line_begin_, searched_) - base_));
    if (found == LineEnds::kNone) break;
    searched_ = base_ + found;
    // A CR at the end of the bytes: LF may follow.
    if (!at_end && bytes_[found] == '\r' && found + 1 == bytes_.size()) return;
    TakeLine(line_begin_, base_ + found);
    line_begin_ = searched_ = base_ + found + ends.Size(found);
  }
  searched_ = base_ + bytes_.size();
  if (at_end && line_begin_ < searched_) {
    TakeLine(line_begin_, searched_);
    line_begin_ = searched_;
  }
}

void PatternCutter::TakeLine(uint64_t begin, uint64_t end) {
  const Line line = {begin, end};
  const bool is_long = line_is_cut_ || end - begin > max_record_bytes_;
  const std::string_view text = is_long ? std::string_view() : View(begin, end);
  if (held_ && !IsDelimiterRow(text)) ReleaseHeld();
  EndEntryFarBefore(begin);
  if (is_long) {
    line_is_cut_ = in_table_ = false;
    return TakeText(line);
  }
  const bool is_blank = text.empty() || (static_cast<unsigned char>(text[0]) <= ' ' && TrimBlanks(text).empty());
  if (is_blank) {
    in_table_ = false;
    if (in_entry_ && entry_kind_ == PatternCut::kOutside) EndEntry();
    return;
  }
  if (!profile_.table.title.empty() && TakeTableLine(line, text)) return;
  TakePlainLine(line, text);
}

// True if the line belongs to a table, or may and is held.
bool PatternCutter::TakeTableLine(const Line& line, std::string_view text) {
  const bool may_be_row = MayBeRow(text);
  if (held_) {
    if (in_entry_) EndEntry();
    const Line header = *held_;
    held_.reset();
    AddMark(header, PatternCut::kHeader);
    AddMark(line, PatternCut::kFurniture);
    in_table_ = true;
    has_title_column_ = ColumnsOf(profile_.table, View(header.begin, header.end)).title.has_value();
    return true;
  }
  if (in_table_ && may_be_row) {
    AddMark(line, has_title_column_ ? PatternCut::kRow : PatternCut::kFurniture);
    return true;
  }
  in_table_ = false;
  if (may_be_row) held_ = line;
  return may_be_row;
}

// What was held is no header row.
void PatternCutter::ReleaseHeld() {
  if (!held_) return;
  const Line line = *held_;
  held_.reset();
  const std::string_view text = View(line.begin, line.end);
  const bool is_row = std::ranges::any_of(profile_.table.row, [&](const Pattern& row) { return row.Matches(text); });
  if (!is_row) return TakePlainLine(line, text);
  if (in_entry_) EndEntry();
  AddMark(line, PatternCut::kBareRow);
}

void PatternCutter::TakePlainLine(const Line& line, std::string_view text) {
  switch (rules_.Classify(text)) {
    case LineKind::kFurniture: AddMark(line, PatternCut::kFurniture); break;
    case LineKind::kSnapshot:
      if (in_entry_) EndEntry();
      AddMark(line, PatternCut::kSnapshot);
      break;
    case LineKind::kSection:
      if (in_entry_) EndEntry();
      AddMark(line, PatternCut::kFurniture);
      break;
    case LineKind::kSeparator:
      if (in_entry_) EndEntry();
      break;
    case LineKind::kEnd: {
      const bool ends_record = in_entry_ && entry_kind_ != PatternCut::kOutside;
      TakeText(line);
      if (ends_record) EndEntry();
      break;
    }
    case LineKind::kStart: OpenEntry(PatternCut::kRecord, line); break;
    case LineKind::kMaybe: OpenEntry(PatternCut::kMaybe, line); break;
    case LineKind::kInside:
    case LineKind::kText: TakeText(line); break;
  }
}

void PatternCutter::TakeText(const Line& line) {
  if (in_entry_) {
    text_end_ = line.end;
  } else if (profile_.outside_is_rejected) {
    OpenEntry(PatternCut::kOutside, line);
  } else if (line.begin < line.end) {
    AddMark(line, PatternCut::kFurniture);
  }
}

void PatternCutter::OpenEntry(PatternCut kind, const Line& line) {
  if (in_entry_) EndEntry();
  in_entry_ = true;
  entry_kind_ = kind;
  entry_begin_ = line.begin;
  text_end_ = line.end;
  entry_mark_ = marks_.size();
  AddMark(line, kind);
}

void PatternCutter::EndEntry() {
  in_entry_ = false;
  if (!in_fragments_) {
    marks_[entry_mark_].end = text_end_;
    return;
  }
  in_fragments_ = false;
  std::erase_if(marks_, [this](const Mark& mark) { return mark.begin < text_end_; });
  marks_.insert(marks_.begin(), {fragment_end_, text_end_, PatternCut::kFragmentEnd});
}

// --- what cannot wait for its end
// -------------------------------------------------------------------------------------

bool PatternCutter::IsLongLine() const {
  const uint64_t end = base_ + bytes_.size() - (bytes_.ends_with('\r') ? 1 : 0);
  return line_is_cut_ || (end > line_begin_ && end - line_begin_ > max_record_bytes_);
}

// The line that is not complete is too long to be anything but text: it may leave in pieces.
void PatternCutter::AnnounceLongLine() {
  ReleaseHeld();
  in_table_ = false;
  const uint64_t end = base_ + bytes_.size() - (bytes_.ends_with('\r') ? 1 : 0);
  if (!line_is_cut_) EndEntryFarBefore(line_begin_);
  if (in_entry_ || profile_.outside_is_rejected) return TakeText({line_begin_, end});
  const uint64_t split = base_ + SafeSplit(View(base_, end));
  if (split <= line_begin_) return;
  AddMark({line_begin_, split}, PatternCut::kFurniture);
  line_begin_ = split;
  line_is_cut_ = true;
}

// A piece of the entry that is not over, if it is known to be too long. 0: it is not.
size_t PatternCutter::CutFragment(Batch& batch) {
  if (!in_entry_ || text_end_ <= base_ || text_end_ - entry_begin_ <= max_record_bytes_) return 0;
  const size_t split = SafeSplit(View(base_, text_end_));
  if (split == 0 || base_ + split <= entry_begin_) return 0;
  batch.cuts.push_back({.begin = static_cast<uint32_t>(std::max(entry_begin_, base_) - base_),
                        .end = static_cast<uint32_t>(split),
                        .kind = static_cast<uint8_t>(PatternCut::kFragment)});
  std::erase_if(marks_, [&](const Mark& mark) { return mark.begin < base_ + split; });
  fragment_begin_ = entry_begin_;
  fragment_end_ = base_ + split;
  in_fragments_ = true;
  return split;
}

// Hands over the marks that begin in front of `end`, and keeps the date and the header row in force behind them.
void PatternCutter::MoveMarks(uint64_t end, std::vector<unecho::Cut>& cuts) {
  size_t moved = 0;
  for (; moved < marks_.size() && marks_[moved].begin < end; ++moved) {
    const Mark& mark = marks_[moved];
    if (mark.kind == PatternCut::kSnapshot) snapshot_ = rules_.SnapshotOf(View(mark.begin, mark.end));
    if (mark.kind == PatternCut::kHeader) header_ = View(mark.begin, mark.end);
    cuts.push_back({.begin = static_cast<uint32_t>(mark.begin - base_),
                    .end = static_cast<uint32_t>(mark.end - base_),
                    .kind = static_cast<uint8_t>(mark.kind)});
  }
  marks_.erase(marks_.begin(), marks_.begin() + static_cast<std::ptrdiff_t>(moved));
  entry_mark_ -= std::min(moved, entry_mark_);
}

std::unique_ptr<Cutter> MakePatternCutter(const LayoutOptions& options, const Profile& profile) {
  return std::make_unique<PatternCutter>(options, profile.pattern);
}

}  // namespace unecho
