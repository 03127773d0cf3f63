// The serial half that xml, csv, json, warc, bibtex and mail share: spans of records, found by a scan over the bytes.
//
// The engine's Scan() finds where records begin and end; what it does not mark is between records. This class keeps
// what has been found until it leaves, and cuts a record that is longer than max_record_bytes into fragments.
//
// Promise P4: Scan() may stop only where more bytes are needed to go on, and may ask nothing of where the bytes end. So
// that a record is known to be too long at the same point whatever the sizes, an engine asks PassesLimit() for the end
// of every token before it takes the token, and for End() before it waits.
//
// In:      the bytes of one source, as they come. Positions are absolute: no byte is looked at twice, but for an engine
//          that finds a record broken and goes back; MayGoBack() keeps the sum of that linear.
// Out:     Batch::cuts, as SpanCut says, in order and disjoint; Batch::context as it is before the batch.
// Memory:  the spans that have not left.
#ifndef UNECHO_SRC_LAYOUTS_SPAN_CUTTER_H_
#define UNECHO_SRC_LAYOUTS_SPAN_CUTTER_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "layouts/cutter.h"
#include "unecho/layouts.h"

namespace unecho {

enum class SpanCut : uint8_t {
  kRecord,      // complete; Segment() rejects it if it is too long
  kMalformed,   // no record, and not what may lie between records
  kOrphan,      // a text that belongs to no record
  kContext,     // furniture that says something about the records behind it: a header row, a macro
  kFragment,    // a piece of a too long record that goes on
  kFragmentEnd  // its last piece
};

class SpanCutter : public Cutter {
 public:
  explicit SpanCutter(const LayoutOptions& options) : max_record_bytes_(options.max_record_bytes) {}
  size_t Cut(std::string_view bytes, size_t seen, bool at_end, Batch& batch) final;

 protected:
  static constexpr uint64_t kNone = UINT64_MAX;

  // Goes on from at_, and leaves it in front of what has not been understood. If AtEnd(), that is End().
  virtual void Scan() = 0;
  // The source ends inside a record. The default: it is malformed.
  virtual void ScanEnd();

  uint64_t End() const { return base_ + bytes_.size(); }
  bool AtEnd() const { return at_end_; }
  char At(uint64_t position) const { return bytes_[static_cast<size_t>(position - base_)]; }
  std::string_view View(uint64_t begin, uint64_t end) const {
    return bytes_.substr(static_cast<size_t>(begin - base_), static_cast<size_t>(end - begin));
  }
  std::string_view Rest(uint64_t begin) const { return View(begin, End()); }

  void Open(uint64_t begin) { open_ = begin; }
  bool IsOpen() const { return open_ != kNone; }
  // Would the open record be too long if it went on up to `position`?
  bool PassesLimit(uint64_t position) const {
    return open_ != kNone && !is_too_long_ && position - open_ > max_record_bytes_;
  }
  // From here on what is behind at_ may leave.
  void SetTooLong() { is_too_long_ = true; }
  bool IsTooLong() const { return is_too_long_; }
  // The open record ends. White space at the end of a malformed one stays outside.
  void Close(uint64_t end, SpanCut kind);
  // What has been opened is no record. Only if none of it has left: !IsTooLong().
  void Drop() { open_ = kNone; }
  // A span that has not been opened.
  void Add(uint64_t begin, uint64_t end, SpanCut kind) { marks_.push_back({begin, end, kind}); }
  // May the scan go back from at_ to `position`? Not if all that is read again becomes more than a few times the
  // source.
  bool MayGoBack(uint64_t position);

  const uint64_t max_record_bytes_;
  uint64_t at_ = 0;                // absolute
  uint64_t open_ = kNone;          // where the open record begins; everything in front of it is decided
  std::string context_;            // Batch::context for what is behind at_ ...
  bool is_context_fixed_ = false;  // ... and, once there is one, for what is in front of it

 private:
  struct Mark {
    uint64_t begin = 0, end = 0;  // absolute
    SpanCut kind{};
  };

  size_t CutFragment();

  // Valid during Cut().
  std::string_view bytes_;
  uint64_t base_ = 0;  // absolute offset of bytes_[0]
  bool at_end_ = false;

  std::vector<Mark> marks_;    // not yet in a batch
  bool is_too_long_ = false;   // the open record is
  bool in_fragments_ = false;  // some of it has left
  uint64_t read_again_ = 0;
  // As of bytes_[0], the beginning of the next batch.
  std::string context_at_base_;
  bool begins_in_fragment_ = false;
  uint64_t begin_of_fragment_ = 0;
};

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_SPAN_CUTTER_H_
