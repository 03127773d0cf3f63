// The rules of the serial half of layout `page`: lines -> paragraphs -> labelled paragraphs -> whole entries.
//
// In:      the bytes of one source, as they come. Every position inside is absolute, so no byte is looked at twice.
// Out:     Batch::cuts, as PageCut says; a batch ends where an entry is surely over.
// Cost:    two memchr over the bytes, and BodyScore() over the short paragraphs.
// Memory:  the undecided paragraphs and the cuts of the entries that have not left.
//
// A paragraph is a run of lines that are not blank; it begins and ends with bytes that are not blank. A line longer
// than max_record_bytes is text as it stands, blank or not, because it may have to leave before its end is seen. An
// entry longer than that leaves in fragments, a paragraph that long even while it is read: it can only be a body.
#ifndef UNECHO_SRC_LAYOUTS_PAGE_CUTTER_H_
#define UNECHO_SRC_LAYOUTS_PAGE_CUTTER_H_

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "layouts/marking_cutter.h"
#include "layouts/page_rules.h"
#include "unecho/layouts.h"

namespace unecho {

class PageCutter final : public MarkingCutter<PageCutter, PageCut> {
 public:
  explicit PageCutter(const LayoutOptions& options) : MarkingCutter(options.max_record_bytes) {}

  // The rules, for MarkingCutter.
  void TakeLine(uint64_t begin, uint64_t end);
  size_t FinishCut(bool at_end, Batch& batch);
  void Pass(const Mark& mark);

 private:
  struct Paragraph {
    uint64_t begin = 0, end = 0;   // absolute
    uint64_t long_line_end = 0;    // of its last line that is longer than the limit; 0: it has none
    bool is_announced = false;     // labelled a body while it was still being read
    bool is_front_matter = false;  // the source begins with it, and it may still be
  };
  struct Undecided {
    Mark mark;  // kind: furniture or date; anything else is text
    bool is_text = false;
    bool is_announced = false;
    int score = 0;
  };

  // Lines and paragraphs.
  void EndParagraph();
  void Arrive(const Paragraph& paragraph);
  void SplitGluedHead(const Paragraph& second_line);
  void ReleaseHeld();
  void Place(const Paragraph& paragraph);
  void PlaceText(const Paragraph& paragraph, int score);
  // Labels.
  void AddMark(const Mark& mark);
  void Decide();
  void Finalise(size_t num_texts, bool cut_off);
  void Label(const Undecided& item, bool is_body);
  void TakeOwnDates();
  void EndPage(bool cut_off);
  void EndEntry();
  // What cannot wait for its end.
  void AnnounceLongParagraph();
  uint64_t KnownTextEnd() const;
  size_t CutFragment(Batch& batch);

  // Of a paragraph: what is still there of it.
  std::string_view ViewOfRest(uint64_t begin, uint64_t end) const { return View(std::max(begin, base_), end); }
  bool IsFarBehind(std::optional<uint64_t> text_end, uint64_t position) const {
    return text_end && position > *text_end && position - *text_end > max_record_bytes_;
  }

  std::optional<Paragraph> reading_;  // the paragraph that is not complete
  std::optional<Paragraph> held_;     // complete, but ends in "new": what follows says whether that is its own
  bool after_head_line_ = false;      // the last paragraph was "new"
  bool has_begun_ = false;            // there has been a line that is not blank
  bool in_family_ = false;            // there has been one that names the family
  bool behind_entry_ = false;         // the last paragraph said something about an entry

  // Labels.
  PageState state_ = PageState::kStart;
  std::vector<Undecided> undecided_;
  size_t num_undecided_texts_ = 0;
  std::optional<uint64_t> text_end_;  // of the last text on this page

  // The entry that is not over.
  bool in_entry_ = false;
  bool is_orphan_ = false;
  uint64_t entry_begin_ = 0, entry_end_ = 0;

  uint64_t certain_ = 0;  // everything in front of it is decided, and no entry reaches across it
};

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_PAGE_CUTTER_H_
