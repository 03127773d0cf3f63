#include "layouts/span_cutter.h"

#include <algorithm>

#include "base/batch.h"
#include "text/scan.h"

namespace unecho {

void SpanCutter::Close(uint64_t end, SpanCut kind) {
  if (kind == SpanCut::kMalformed && end - open_ <= max_record_bytes_) {
    const std::string_view text = View(open_, end);
    end = open_ + std::max<size_t>(text.find_last_not_of(" \t\r\n") + 1, 1);
  }
  if (kind == SpanCut::kContext && end - open_ > max_record_bytes_) kind = SpanCut::kRecord;  // too long
  marks_.push_back({std::max(open_, base_), end, in_fragments_ ? SpanCut::kFragmentEnd : kind});
  open_ = kNone;
  is_too_long_ = in_fragments_ = false;
}

bool SpanCutter::MayGoBack(uint64_t position) {
  constexpr uint64_t kTimes = 8, kFree = 1 << 20;
  const uint64_t bytes = at_ - position;
  if (read_again_ + bytes > kTimes * at_ + kFree) return false;
  read_again_ += bytes;
  return true;
}

void SpanCutter::ScanEnd() { Close(End(), SpanCut::kMalformed); }

size_t SpanCutter::Cut(std::string_view bytes, size_t /*seen*/, bool at_end, Batch& batch) {
  bytes_ = bytes;
  base_ = batch.offset_bytes;
  at_end_ = at_end;
  if (at_ == 0) {
    if (!at_end && bytes.size() < kBom.size()) return 0;
    at_ = BomBytes(0, bytes);
  }
  batch.open_fragment = begins_in_fragment_;
  batch.fragment_offset_bytes = begin_of_fragment_;
  Scan();
  if (at_end && IsOpen()) ScanEnd();
  batch.context = is_context_fixed_ ? context_ : context_at_base_;
  size_t taken = bytes.size(), num_marks = marks_.size();
  if (!at_end) {
    if (IsOpen() && is_too_long_) {
      taken = CutFragment();
      num_marks = marks_.size();
    } else {
      taken = static_cast<size_t>((IsOpen() ? open_ : at_) - base_);
      // Not between CR and LF: they are one line end.
      while (taken > 0 && bytes[taken - 1] == '\r') {
        --taken;
        if (num_marks == 0 || marks_[num_marks - 1].end <= base_ + taken) break;
        taken = static_cast<size_t>(marks_[--num_marks].begin - base_);
      }
    }
  }
  if (taken == 0) return 0;
  for (size_t i = 0; i < num_marks; ++i) {
    batch.cuts.push_back({.begin = static_cast<uint32_t>(marks_[i].begin - base_),
                          .end = static_cast<uint32_t>(marks_[i].end - base_),
                          .kind = static_cast<uint8_t>(marks_[i].kind)});
  }
  marks_.erase(marks_.begin(), marks_.begin() + static_cast<std::ptrdiff_t>(num_marks));
  context_at_base_ = context_;
  begins_in_fragment_ = in_fragments_;
  begin_of_fragment_ = open_;
  return taken;
}

// What is in front of at_ leaves as a piece of the open record, with all that is before it.
size_t SpanCutter::CutFragment() {
  const uint64_t begin = std::max(open_, base_);
  const size_t split = SafeSplit(View(base_, std::max(at_, begin)));
  if (base_ + split <= begin) return static_cast<size_t>(begin - base_);
  marks_.push_back({begin, base_ + split, SpanCut::kFragment});
  in_fragments_ = true;
  return split;
}

}  // namespace unecho
