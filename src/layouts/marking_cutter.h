// The serial cutter of the layouts that read line by line, page and pattern: a mechanism, of which each layout is a set
// of rules.
//
// The mechanism finds lines, keeps the marks that the rules leave until their batch goes, and lets a record that is too
// long leave in fragments. Every position is absolute in the source, so no byte is looked at twice, however it arrives.
//
// The rules (Derived):
//   void TakeLine(uint64_t begin, uint64_t end)   a whole line, without its line end
//   size_t FinishCut(bool at_end, Batch& batch)   behind the last whole line: how many bytes form the batch
//   void Pass(const Mark& mark)                   a mark leaves: what it puts in force behind the batch
//
// Cost:    two memchr over the bytes, and the rules. Threads: one caller. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_MARKING_CUTTER_H_
#define UNECHO_SRC_LAYOUTS_MARKING_CUTTER_H_

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "layouts/cutter.h"
#include "text/scan.h"

namespace unecho {

// `Kind`: the kinds of marks, as Segment() finds them in Batch::cuts.
template <typename Derived, typename Kind>
class MarkingCutter : public Cutter {
 public:
  size_t Cut(std::string_view bytes, size_t /*seen*/, bool at_end, Batch& batch) final {
    bytes_ = bytes;
    base_ = batch.offset_bytes;
    if (searched_ == 0) {
      if (!at_end && bytes.size() < kBom.size() && kBom.starts_with(bytes)) return 0;
      line_begin_ = searched_ = BomBytes(base_, bytes);
    }
    batch.open_fragment = fragment_end_ > 0 && fragment_end_ == base_;
    batch.fragment_offset_bytes = fragment_begin_;
    batch.snapshot = snapshot_;
    Scan(at_end);
    return static_cast<Derived*>(this)->FinishCut(at_end, batch);
  }

 protected:
  struct Mark {
    uint64_t begin = 0, end = 0;  // absolute
    Kind kind{};
  };

  explicit MarkingCutter(size_t max_record_bytes) : max_record_bytes_(max_record_bytes) {}

  std::string_view View(uint64_t begin, uint64_t end) const {
    return bytes_.substr(static_cast<size_t>(begin - base_), static_cast<size_t>(end - begin));
  }
  uint64_t EndOfBytes() const { return base_ + bytes_.size(); }
  // Of the line that is not complete: what surely belongs to it. A CR at the end may be half a line end.
  uint64_t EndOfOpenLine() const { return EndOfBytes() - (bytes_.ends_with('\r') ? 1 : 0); }
  bool IsOpenLineLong() const {
    const uint64_t end = EndOfOpenLine();
    return end > line_begin_ && end - line_begin_ > max_record_bytes_;
  }

  // Hands over the marks that begin in front of `end`; gives their number.
  size_t MoveMarks(uint64_t end, std::vector<unecho::Cut>& cuts) {
    size_t moved = 0;
    for (; moved < marks_.size() && marks_[moved].begin < end; ++moved) {
      const Mark& mark = marks_[moved];
      static_cast<Derived*>(this)->Pass(mark);
      cuts.push_back({.begin = static_cast<uint32_t>(mark.begin - base_),
                      .end = static_cast<uint32_t>(mark.end - base_),
                      .kind = static_cast<uint8_t>(mark.kind)});
    }
    marks_.erase(marks_.begin(), marks_.begin() + static_cast<std::ptrdiff_t>(moved));
    return moved;
  }

  // Where the record from `record_begin` on, of which `end` is known, may be split; 0: nowhere.
  size_t SplitOf(uint64_t record_begin, uint64_t end) const {
    if (end <= base_) return 0;
    const size_t split = SafeSplit(View(base_, end));
    return split == 0 || base_ + split <= record_begin ? 0 : split;
  }
  // The first `split` bytes leave as a piece of that record.
  void CutPiece(uint64_t record_begin, size_t split, Batch& batch) {
    batch.cuts.push_back({.begin = static_cast<uint32_t>(std::max(record_begin, base_) - base_),
                          .end = static_cast<uint32_t>(split),
                          .kind = static_cast<uint8_t>(Kind::kFragment)});
    fragment_begin_ = record_begin;
    fragment_end_ = base_ + split;
    in_fragments_ = true;
  }
  // The rest of a record that has left in pieces.
  void MarkLastPiece(uint64_t end) {
    in_fragments_ = false;
    marks_.insert(marks_.begin(), {fragment_end_, end, Kind::kFragmentEnd});
  }

  const uint64_t max_record_bytes_;
  // Valid during Cut().
  std::string_view bytes_;
  uint64_t base_ = 0;  // absolute offset of bytes_[0]

  // The line that is not complete begins at line_begin_; no line end of it lies in front of searched_.
  uint64_t line_begin_ = 0, searched_ = 0;

  std::vector<Mark> marks_;      // not yet in a batch
  bool in_fragments_ = false;    // some of the record that is not over has left
  uint64_t fragment_begin_ = 0;  // where that record began
  uint64_t fragment_end_ = 0;    // where its last piece ended
  std::string snapshot_;         // the date in force behind the last batch

 private:
  void Scan(bool at_end) {
    LineEnds ends(bytes_);
    for (;;) {
      const size_t found = ends.Find(static_cast<size_t>(std::max(line_begin_, searched_) - base_));
      if (found == LineEnds::kNone) break;
      searched_ = base_ + found;
      // A CR at the end of the bytes: LF may follow.
      if (!at_end && bytes_[found] == '\r' && found + 1 == bytes_.size()) return;
      static_cast<Derived*>(this)->TakeLine(line_begin_, base_ + found);
      line_begin_ = searched_ = base_ + found + ends.Size(found);
    }
    searched_ = EndOfBytes();
    if (!at_end || line_begin_ >= searched_) return;
    static_cast<Derived*>(this)->TakeLine(line_begin_, searched_);
    line_begin_ = searched_;
  }
};

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_MARKING_CUTTER_H_
