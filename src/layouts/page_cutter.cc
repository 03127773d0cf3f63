#include "layouts/page_cutter.h"

#include <algorithm>

#include "base/batch.h"
#include "layouts/engines.h"
#include "layouts/entry_facts.h"
#include "text/scan.h"

namespace unecho {

size_t PageCutter::FinishCut(bool at_end, Batch& batch) {
  if (at_end) {
    EndParagraph();
    ReleaseHeld();
    EndPage(text_end_ == EndOfBytes());
    MoveMarks(EndOfBytes(), batch.cuts);
    return bytes_.size();
  }
  if (certain_ <= base_ && bytes_.size() > max_record_bytes_) {
    if (!reading_ && IsFarBehind(held_ ? held_->end : text_end_, line_begin_)) {
      ReleaseHeld();
      EndPage(false);
    }
    AnnounceLongParagraph();
  }
  const bool is_idle = !reading_ && !held_ && undecided_.empty() && !in_entry_;
  if (is_idle) certain_ = std::max(certain_, line_begin_);
  if (certain_ <= base_) return CutFragment(batch);
  MoveMarks(certain_, batch.cuts);
  return static_cast<size_t>(certain_ - base_);
}

// --- lines and paragraphs ------------------------------------------------------------------------------------------

void PageCutter::TakeLine(uint64_t begin, uint64_t end) {
  const bool is_long = end - begin > max_record_bytes_;
  if (!is_long) {
    const std::string_view whole = View(begin, end);
    const std::string_view line = TrimBlanks(whole);
    if (line.empty()) return EndParagraph();
    begin = base_ + static_cast<uint64_t>(line.data() - bytes_.data());
    end = begin + line.size();
    if (!has_begun_ && line == kFrontMatterFence) {
      has_begun_ = true;
      reading_ = Paragraph{.begin = begin, .end = end, .is_front_matter = true};
      return;
    }
    if (reading_ && reading_->is_front_matter) {
      reading_->is_front_matter = MayBeFrontMatter(whole) && end - reading_->begin <= kMostFrontMatterBytes;
      if (reading_->is_front_matter) {
        reading_->end = end;
        if (line != kFrontMatterFence) return;
        AddMark({reading_->begin, end, PageCut::kFurniture});
        reading_.reset();
        return;
      }
    }
    if (IsCount(line)) {
      EndParagraph();
      reading_ = Paragraph{.begin = begin, .end = end};
      return EndParagraph();
    }
  }
  has_begun_ = true;
  if (!reading_) reading_ = Paragraph{.begin = begin};
  reading_->is_front_matter = false;
  reading_->end = end;
  if (is_long) reading_->long_line_end = end;
}

void PageCutter::EndParagraph() {
  if (!reading_) return;
  const Paragraph paragraph = *reading_;
  reading_.reset();
  // Furniture lines under each other count each for itself; the last ones may be a date.
  const std::string_view text = paragraph.is_announced ? std::string_view{} : View(paragraph.begin, paragraph.end);
  if (text.size() <= kSureBodyBytes && LineEnds(text).Find(0) != LineEnds::kNone) {
    std::vector<Paragraph> lines;
    bool any_furniture = false, only_furniture = true, in_family = in_family_;
    LineEnds ends(text);
    for (size_t begin = 0; begin < text.size() && only_furniture;) {
      const size_t end = std::min(ends.Find(begin), text.size());
      const std::string_view line = TrimBlanks(text.substr(begin, end - begin));
      const NoText kind = NoTextOf(line, in_family, false);
      in_family |= NamesFamily(line);
      any_furniture |= kind != NoText::kNone && kind != NoText::kDate;
      only_furniture = kind != NoText::kNone;
      const uint64_t line_begin = base_ + static_cast<uint64_t>(line.data() - bytes_.data());
      lines.push_back({.begin = line_begin, .end = line_begin + line.size()});
      begin = end == text.size() ? end : end + ends.Size(end);
    }
    if (only_furniture && any_furniture) {
      for (const Paragraph& line : lines) Arrive(line);
      return;
    }
  }
  Arrive(paragraph);
}

void PageCutter::Arrive(const Paragraph& paragraph) {
  const std::string_view text = ViewOfRest(paragraph.begin, paragraph.end);
  const bool is_second_line = !paragraph.is_announced && text == kHeadSecondLine;
  if (held_ && is_second_line && paragraph.begin - held_->end <= max_record_bytes_) return SplitGluedHead(paragraph);
  ReleaseHeld();
  if (is_second_line && after_head_line_) {
    EndPage(false);
    AddMark({paragraph.begin, paragraph.end, PageCut::kPageHead});
    in_family_ = true;
    after_head_line_ = behind_entry_ = false;
    return;
  }
  after_head_line_ = !paragraph.is_announced && text == kHeadFirstLine;
  const bool ends_in_long_line = paragraph.long_line_end == paragraph.end;
  if (!after_head_line_ && text.ends_with(kHeadFirstLine) && !ends_in_long_line) {
    held_ = paragraph;
  } else {
    Place(paragraph);
  }
}

void PageCutter::SplitGluedHead(const Paragraph& second_line) {
  Paragraph before = *held_;
  held_.reset();
  const uint64_t head_begin = before.end - kHeadFirstLine.size();
  const std::string_view rest = TrimBlanksAtEnd(ViewOfRest(before.begin, head_begin));
  before.end = std::max(std::max(before.begin, base_) + rest.size(), before.long_line_end);
  Place(before);
  EndPage(text_end_ == head_begin);
  AddMark({head_begin, head_begin + kHeadFirstLine.size(), PageCut::kFurniture});
  AddMark({second_line.begin, second_line.end, PageCut::kPageHead});
  in_family_ = true;
  after_head_line_ = behind_entry_ = false;
}

void PageCutter::ReleaseHeld() {
  if (!held_) return;
  const Paragraph paragraph = *held_;
  held_.reset();
  Place(paragraph);
}

void PageCutter::Place(const Paragraph& paragraph) {
  if (paragraph.is_announced) {
    behind_entry_ = false;
    // Its label is known; now its end is.
    entry_end_ = paragraph.end;
    text_end_ = paragraph.end;
    if (!in_fragments_) marks_.back().end = paragraph.end;
    if (is_orphan_) EndEntry();
    return;
  }
  const std::string_view text = View(paragraph.begin, paragraph.end);
  const NoText kind = NoTextOf(text, in_family_, behind_entry_);
  behind_entry_ = kind == NoText::kEntryFurniture;
  in_family_ |= kind == NoText::kFurniture && NamesFamily(text);
  if (kind == NoText::kNone) return PlaceText(paragraph, BodyScore(text));
  AddMark({paragraph.begin, paragraph.end, kind == NoText::kDate ? PageCut::kDate : PageCut::kFurniture});
}

void PageCutter::PlaceText(const Paragraph& paragraph, int score) {
  if (IsFarBehind(text_end_, paragraph.begin)) EndPage(false);
  text_end_ = paragraph.end;
  undecided_.push_back({.mark = {paragraph.begin, paragraph.end, PageCut::kBody},
                        .is_text = true,
                        .is_announced = paragraph.is_announced,
                        .score = score});
  ++num_undecided_texts_;
  Decide();
}

// --- labels --------------------------------------------------------------------------------------------------------

void PageCutter::AddMark(const Mark& mark) {
  if (!undecided_.empty()) {
    undecided_.push_back(Undecided{.mark = mark, .is_text = false, .is_announced = false, .score = 0});
    return;
  }
  marks_.push_back(mark);
  if (!in_entry_) certain_ = mark.end;
}

void PageCutter::Decide() {
  if (undecided_.back().score >= kSureBody) {
    Finalise(num_undecided_texts_, false);
  } else if (num_undecided_texts_ > kWindow) {
    Finalise(1, false);
  }
}

// Labels the oldest `num_texts` undecided paragraphs, and lets the furniture pass that stands before the next.
void PageCutter::Finalise(size_t num_texts, bool cut_off) {
  if (undecided_.empty()) return;
  std::vector<int> scores;
  for (const Undecided& item : undecided_) {
    if (item.is_text) scores.push_back(item.score);
  }
  uint32_t labels = BestLabels(state_, scores, cut_off);
  size_t done = 0;
  std::vector<Undecided> items;
  items.swap(undecided_);
  for (; done < items.size() && (num_texts > 0 || !items[done].is_text); ++done) {
    if (!items[done].is_text) {
      AddMark(items[done].mark);
      continue;
    }
    Label(items[done], (labels & 1) != 0);
    labels >>= 1;
    --num_texts;
    --num_undecided_texts_;
  }
  undecided_.assign(items.begin() + static_cast<std::ptrdiff_t>(done), items.end());
}

void PageCutter::Label(const Undecided& item, bool is_body) {
  const Mark& mark = item.mark;
  if (is_body && state_ != PageState::kStart) {
    if (state_ != PageState::kBody) TakeOwnDates();
    entry_end_ = mark.end;
    if (!in_fragments_) marks_.push_back(mark);
  } else {
    EndEntry();
    in_entry_ = true;
    is_orphan_ = is_body;
    entry_begin_ = certain_ = mark.begin;
    entry_end_ = mark.end;
    marks_.push_back({mark.begin, mark.end, is_body ? PageCut::kOrphanBody : PageCut::kTitle});
    if (is_orphan_ && !item.is_announced) EndEntry();
  }
  state_ = Next(state_, is_body);
}

// The dates behind the title, which is the last one, stand above its body.
void PageCutter::TakeOwnDates() {
  for (auto mark = marks_.rbegin(); mark != marks_.rend() && mark->begin > entry_begin_; ++mark) {
    if (mark->kind == PageCut::kDate) mark->kind = PageCut::kOwnDate;
  }
}

void PageCutter::EndPage(bool cut_off) {
  Finalise(num_undecided_texts_, cut_off);
  EndEntry();
  state_ = PageState::kStart;
  text_end_.reset();
}

void PageCutter::EndEntry() {
  if (!in_entry_) return;
  // Marks inside a record that left in fragments are kept: a date there is in force behind it.
  if (in_fragments_) MarkLastPiece(entry_end_);
  in_entry_ = false;
  certain_ = entry_end_;
}

// --- what cannot wait for its end ----------------------------------------------------------------------------------

// End of what surely belongs to the paragraph that is being read.
uint64_t PageCutter::KnownTextEnd() const {
  if (IsOpenLineLong()) return EndOfOpenLine();
  if (reading_->long_line_end == reading_->end) return reading_->end;
  const std::string_view text = ViewOfRest(reading_->begin, reading_->end);
  if (!text.ends_with(kHeadFirstLine)) return reading_->end;
  // These three bytes may be the next page's.
  const uint64_t end = base_ + TrimBlanksAtEnd(View(base_, reading_->end - kHeadFirstLine.size())).size();
  return std::max(end, reading_->long_line_end);
}

// A paragraph that is long enough is a body however it goes on: it is labelled before its end is known.
void PageCutter::AnnounceLongParagraph() {
  if (!reading_ && !IsOpenLineLong()) return;
  if (!reading_) reading_ = Paragraph{.begin = line_begin_, .end = line_begin_, .long_line_end = line_begin_};
  if (reading_->is_announced) return;
  const uint64_t end = KnownTextEnd();
  // 64: whatever is still taken from its end, it stays a body by its size.
  const size_t sure = reading_->is_front_matter ? kMostFrontMatterBytes : kSureBodyBytes;
  if (end < reading_->begin + sure + 64) return;
  reading_->is_front_matter = false;
  ReleaseHeld();
  reading_->is_announced = true;
  Paragraph known = *reading_;
  known.end = end;
  PlaceText(known, kSureBody);
}

// A piece of the entry that is not over, if it is known to be too long. 0: it is not.
size_t PageCutter::CutFragment(Batch& batch) {
  if (!in_entry_ || !undecided_.empty()) return 0;
  const uint64_t end = reading_ && reading_->is_announced ? std::max(entry_end_, KnownTextEnd()) : entry_end_;
  if (!in_fragments_ && end - entry_begin_ <= max_record_bytes_) return 0;
  const size_t split = SplitOf(entry_begin_, end);
  if (split == 0) return 0;
  std::erase_if(marks_, [](const Mark& mark) {
    return mark.kind == PageCut::kTitle || mark.kind == PageCut::kBody || mark.kind == PageCut::kOrphanBody;
  });
  CutPiece(entry_begin_, split, batch);
  std::vector<unecho::Cut> inside;  // of the marks inside the fragment, only the dates matter
  MoveMarks(base_ + split, inside);
  return split;
}

// The date in force.
void PageCutter::Pass(const Mark& mark) {
  if (mark.kind == PageCut::kDate) snapshot_ = View(mark.begin, mark.end);
  if (mark.kind == PageCut::kPageHead) snapshot_.clear();
}

std::unique_ptr<Cutter> MakePageCutter(const LayoutOptions& options, const Profile& /*profile*/) {
  return std::make_unique<PageCutter>(options);
}

}  // namespace unecho
