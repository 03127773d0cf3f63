#include "layouts/pattern_cutter.h"

#include <algorithm>
#include <utility>

#include "base/batch.h"
#include "layouts/engines.h"
#include "layouts/page_rules.h"
#include "text/scan.h"

namespace unecho {
namespace {

// "## Title": 2. No heading: 0.
size_t LevelOf(std::string_view line) {
  line = line.substr(std::min({line.find_first_not_of(' '), line.size(), size_t{3}}));
  const size_t level = std::min(line.find_first_not_of('#'), line.size());
  return level <= 6 && level < line.size() && line[level] == ' ' ? level : 0;
}

}  // namespace

size_t PatternCutter::FinishCut(bool at_end, Batch& batch) {
  batch.context = header_;
  if (at_end) {
    ReleaseFrontMatter();
    ReleaseHeld();
    ReleaseAbove({});
    ReleaseHead();
    ReleaseRow();
    ReleaseSection();
    if (in_entry_) EndEntry();
    MoveMarksBefore(EndOfBytes(), batch);
    return bytes_.size();
  }
  if (line_is_cut_ || IsOpenLineLong()) AnnounceLongLine();
  const uint64_t certain = in_entry_              ? entry_begin_
                           : section_             ? section_->begin  // the first of these
                           : open_row_            ? open_row_->begin
                           : held_                ? held_->begin
                           : above_               ? above_->begin
                           : !head_.empty()       ? head_.front().begin
                           : front_lines_.empty() ? line_begin_
                                                  : front_lines_.front().begin;
  if (certain <= base_) return CutFragment(batch);
  MoveMarksBefore(certain, batch);
  return static_cast<size_t>(certain - base_);
}

void PatternCutter::TakeLine(uint64_t begin, uint64_t end) {
  const Line line = {begin, end};
  const bool is_long = line_is_cut_ || end - begin > max_record_bytes_;
  if (front_ != Front::kOver && TakeFrontMatter(line, is_long ? std::string_view() : View(begin, end), is_long)) return;
  TakeWholeLine(line, is_long);
}

// True if the line may be one of front matter, and is held.
bool PatternCutter::TakeFrontMatter(const Line& line, std::string_view text, bool is_long) {
  const std::string_view trimmed = TrimBlanks(text);
  if (front_ == Front::kNotYet) {
    if (!is_long && trimmed.empty()) return false;
    const bool begins = profile_.has_front_matter && trimmed == kFrontMatterFence;
    front_ = begins ? Front::kInside : Front::kOver;
    if (begins) front_lines_.push_back(line);
    return begins;
  }
  // No more than may be kept in any case, so that it makes no difference how it arrives.
  if (is_long || !MayBeFrontMatter(text) ||
      line.end - front_lines_.front().begin > std::min<uint64_t>(kMostFrontMatterBytes, max_record_bytes_)) {
    ReleaseFrontMatter();
    return false;
  }
  front_lines_.push_back(line);
  if (trimmed != kFrontMatterFence) return true;
  for (const Line& each : front_lines_) {
    if (each.begin < each.end) AddMark(each, PatternCut::kFurniture);
  }
  front_lines_.clear();
  front_ = Front::kOver;
  return true;
}

void PatternCutter::ReleaseFrontMatter() {
  front_ = Front::kOver;
  std::vector<Line> lines;
  lines.swap(front_lines_);
  for (const Line& line : lines) TakeWholeLine(line, false);
}

void PatternCutter::TakeWholeLine(const Line& line, bool is_long) {
  const auto [begin, end] = line;
  const std::string_view text = is_long ? std::string_view() : View(begin, end);
  if (open_row_ && GoesOnWithRow(line, text)) return;
  const bool is_behind_row = std::exchange(is_behind_row_, false), breaks_row = open_row_.has_value();
  ReleaseRow();
  if (held_ && !IsDelimiterRow(text)) ReleaseHeld();
  ReleaseAbove(text);
  EndEntryFarBefore(begin);
  if (is_long) {
    ReleaseHead();
    line_is_cut_ = in_table_ = in_block_ = is_behind_blank_ = false;
    return TakeText(line);
  }
  const bool is_blank = text.empty() || (static_cast<unsigned char>(text[0]) <= ' ' && TrimBlanks(text).empty());
  if (is_blank) {
    constexpr size_t kMostBlanks = 2;
    ReleaseHead();
    if (section_ && ++section_blanks_ > kMostBlanks) ReleaseSection();
    in_table_ = in_block_ = false;
    is_behind_blank_ = true;
    is_behind_row_ = breaks_row || is_behind_row;
    if (in_entry_ && (entry_kind_ == PatternCut::kOutside || blank_separates_)) EndEntry();
    return;
  }
  // The rest of a row that a blank line has broken: the table goes on behind it.
  const std::string_view trimmed = is_behind_row ? TrimBlanks(text) : std::string_view();
  if (trimmed.ends_with('|') && !trimmed.starts_with('|')) {
    TakeText(line);
    if (in_entry_) EndEntry();
    in_table_ = true;
  } else if (profile_.table.title.empty() || !TakeTableLine(line, text)) {
    TakePlainLine(line, text);
  }
  is_behind_blank_ = false;
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
    const std::string_view cells = TrimBlanks(View(header.begin, header.end));
    row_bars_ = cells.starts_with('|') && cells.ends_with('|') ? BarsIn(cells) : 0;
    has_title_column_ = ColumnsOf(profile_.table, View(header.begin, header.end)).title.has_value();
    return true;
  }
  if (in_table_ && may_be_row) {
    const PatternCut kind = has_title_column_ ? PatternCut::kRow : PatternCut::kFurniture;
    if (row_bars_ > 0 && TrimBlanks(text).starts_with('|') && BarsIn(text) < row_bars_) {
      ReleaseSection();
      open_row_ = {line.begin, line.end, kind};
      open_row_bars_ = BarsIn(text);
    } else {
      AddMark(line, kind);
    }
    return true;
  }
  in_table_ = false;
  if (may_be_row) held_ = line;
  return may_be_row;
}

// True if the line is one more of the row that lacks cells: what begins a block of its own is not, nor is a row.
bool PatternCutter::GoesOnWithRow(const Line& line, std::string_view text) {
  const std::string_view trimmed = TrimBlanks(text);
  if (trimmed.empty() || std::string_view("|#<>`").find(trimmed[0]) != trimmed.npos) return false;
  if (line.end - open_row_->begin > max_record_bytes_) return false;
  open_row_bars_ += BarsIn(text);
  open_row_->end = line.begin + static_cast<uint64_t>(TrimBlanksAtEnd(text).size());
  if (open_row_bars_ >= row_bars_) ReleaseRow();
  return true;
}

void PatternCutter::ReleaseRow() {
  if (open_row_) marks_.push_back(*open_row_);
  open_row_.reset();
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

// What the line is that may belong to the one below it. `next`: that line; empty for one that decides nothing.
void PatternCutter::ReleaseAbove(std::string_view next) {
  if (!above_) return;
  const Line line = *above_;
  above_.reset();
  switch (rules_.Classify(next)) {
    case LineKind::kStart:
      OpenEntry(PatternCut::kRecord, line);
      is_begun_above_ = true;
      [[fallthrough]];
    case LineKind::kFurniture: AddMark(line, PatternCut::kFurniture); break;
    default: TakeText(line);
  }
}

// True if the line is held as one of a head: what stands above the `start` of a record and belongs to it.
bool PatternCutter::TakeHeadLine(const Line& line, std::string_view text) {
  const auto matches = [text](const Pattern& pattern) { return pattern.Matches(text); };
  const bool begins = head_.empty() && std::ranges::any_of(profile_.head, matches);
  const uint64_t most = std::min<uint64_t>(kMostFrontMatterBytes, max_record_bytes_);
  const bool goes_on = !head_.empty() && line.end - head_.front().begin <= most &&
                       (MayBeFrontMatter(text) || std::ranges::any_of(profile_.tag, matches));
  if (begins || goes_on) head_.push_back(line);
  return begins || goes_on;
}

// What was held is the head of no record.
void PatternCutter::ReleaseHead() {
  std::vector<Line> lines;
  lines.swap(head_);
  for (const Line& line : lines) TakeText(line);
}

// The heading has no text below it.
void PatternCutter::ReleaseSection() {
  if (!section_) return;
  marks_.push_back({section_->begin, section_->end, PatternCut::kFurniture});
  section_.reset();
}

// A line behind a blank one is asked once more with a line end in front, by patterns of `above` that want one. Not so
// if a line of a rule is in front of the blank one: then what comes is the text that belongs to it.
LineKind PatternCutter::KindOf(std::string_view text) {
  const LineKind kind = rules_.Classify(text);
  const bool is_behind_rule = std::exchange(is_behind_rule_, kind == LineKind::kFurniture || kind == LineKind::kStart);
  if (kind != LineKind::kText || !is_behind_blank_ || is_behind_rule || !rules_.MayBegin('\n')) return kind;
  behind_blank_.assign(1, '\n').append(text);
  return rules_.Classify(behind_blank_) == LineKind::kAbove ? LineKind::kAbove : kind;
}

void PatternCutter::TakePlainLine(const Line& line, std::string_view text) {
  if (profile_.has_fences && fences_.IsCode(text)) return TakeText(line);
  LineKind kind = KindOf(text);
  // A part of a record has no higher heading than the record.
  const bool is_higher = kind == LineKind::kInside && in_entry_ && LevelOf(text) < heading_level_ && LevelOf(text) > 0;
  if (is_higher) kind = rules_.ClassifyOutside(text);
  if (kind == LineKind::kText && !profile_.head.empty() && TakeHeadLine(line, text)) return;
  if (kind != LineKind::kStart) ReleaseHead();
  if (in_block_) {
    in_block_ = kind == LineKind::kText || kind == LineKind::kInside || kind >= LineKind::kBlock;
    if (in_block_) return AddMark(line, PatternCut::kFurniture);
  }
  switch (kind) {
    case LineKind::kFurniture: AddMark(line, PatternCut::kFurniture); break;
    case LineKind::kSnapshot:
      if (in_entry_) EndEntry();
      AddMark(line, PatternCut::kSnapshot);
      break;
    case LineKind::kSection:
      if (in_entry_) EndEntry();
      ReleaseSection();
      section_ = line;
      section_blanks_ = 0;
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
    case LineKind::kStart:
      if (!is_begun_above_ || !in_entry_) OpenEntry(PatternCut::kRecord, head_.empty() ? line : head_.front());
      head_.clear();
      is_begun_above_ = false;
      text_end_ = line.end;
      break;
    case LineKind::kMaybe: OpenEntry(PatternCut::kMaybe, line); break;
    case LineKind::kBlock:
      if (!is_behind_blank_) return TakeText(line);
      in_block_ = true;
      AddMark(line, PatternCut::kFurniture);
      break;
    case LineKind::kAbove: above_ = line; break;
    case LineKind::kInside:
    case LineKind::kText: TakeText(line); break;
  }
}

void PatternCutter::TakeText(const Line& line) {
  if (in_entry_) {
    text_end_ = line.end;
  } else if (profile_.outside_is_rejected) {
    const auto section = std::exchange(section_, std::nullopt);
    OpenEntry(PatternCut::kOutside, section.value_or(line));
    text_end_ = line.end;
  } else if (profile_.outside_is_record) {
    OpenEntry(PatternCut::kRecord, line);
  } else if (line.begin < line.end) {
    AddMark(line, PatternCut::kFurniture);
  }
}

void PatternCutter::OpenEntry(PatternCut kind, const Line& line) {
  if (in_entry_) EndEntry();
  in_entry_ = true;
  entry_kind_ = kind;
  ReleaseSection();
  entry_begin_ = line.begin;
  text_end_ = heading_end_ = line.end;
  heading_level_ = kind == PatternCut::kOutside ? 0 : LevelOf(View(line.begin, line.end));
  entry_mark_ = marks_.size();
  AddMark(line, kind);
}

void PatternCutter::EndEntry() {
  in_entry_ = false;
  if (!in_fragments_) {
    Mark& mark = marks_[entry_mark_];
    mark.end = text_end_;
    // A heading without a text that says of which days the entries below it are.
    const bool is_heading = entry_kind_ == PatternCut::kMaybe && text_end_ == heading_end_;
    if (is_heading && LineRules::IsDated(View(mark.begin, mark.end))) mark.kind = PatternCut::kSnapshot;
    return;
  }
  std::erase_if(marks_, [this](const Mark& mark) { return mark.begin < text_end_; });
  MarkLastPiece(text_end_);
}

// --- what cannot wait for its end ----------------------------------------------------------------------------------

// The line that is not complete is too long to be anything but text: it may leave in pieces.
void PatternCutter::AnnounceLongLine() {
  ReleaseFrontMatter();
  ReleaseHead();
  ReleaseRow();
  ReleaseHeld();
  ReleaseAbove({});
  in_table_ = in_block_ = is_behind_blank_ = false;
  const uint64_t end = EndOfOpenLine();
  if (!line_is_cut_) EndEntryFarBefore(line_begin_);
  if (in_entry_ || profile_.outside_is_rejected || profile_.outside_is_record) return TakeText({line_begin_, end});
  const uint64_t split = base_ + SafeSplit(View(base_, end));
  if (split <= line_begin_) return;
  AddMark({line_begin_, split}, PatternCut::kFurniture);
  line_begin_ = split;
  line_is_cut_ = true;
}

// A piece of the entry that is not over, if it is known to be too long. 0: it is not.
size_t PatternCutter::CutFragment(Batch& batch) {
  if (!in_entry_ || text_end_ <= base_ || text_end_ - entry_begin_ <= max_record_bytes_) return 0;
  const size_t split = SplitOf(entry_begin_, text_end_);
  if (split == 0) return 0;
  CutPiece(entry_begin_, split, batch);
  std::erase_if(marks_, [&](const Mark& mark) { return mark.begin < base_ + split; });
  return split;
}

void PatternCutter::MoveMarksBefore(uint64_t end, Batch& batch) {
  const size_t moved = MoveMarks(end, batch.cuts);
  entry_mark_ -= std::min(moved, entry_mark_);
}

// The date and the header row in force.
void PatternCutter::Pass(const Mark& mark) {
  if (mark.kind == PatternCut::kSnapshot) snapshot_ = rules_.SnapshotOf(View(mark.begin, mark.end));
  if (mark.kind == PatternCut::kHeader) header_ = View(mark.begin, mark.end);
}

std::unique_ptr<Cutter> MakePatternCutter(const LayoutOptions& options, const Profile& profile) {
  return std::make_unique<PatternCutter>(options, profile.pattern);
}

}  // namespace unecho
