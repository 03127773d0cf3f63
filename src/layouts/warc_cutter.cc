// The serial half of warc: records by their Content-Length.
//
// A Content-Length is believed if another record, the end of the source, or the two line ends that should be there
// follow. Otherwise (files that went through an editor, or through a change of line ends) the record goes on to the
// next line that names a version of WARC. A record that the source ends in is malformed; so is what is no record.
//
// Content-Length above max_record_bytes: the record is too long, and ends there, or at a line that names a version.
#include "layouts/engines.h"
#include "layouts/span_cutter.h"
#include "layouts/warc_head.h"

namespace unecho {
namespace {

// What may lie between records, and the mark that the next one begins with.
constexpr uint64_t kMaxBlankBytes = 16, kMarkBytes = 5;
constexpr uint64_t kVersionLineBytes = 16;
constexpr uint64_t kMaxHeadBytes = uint64_t{64} << 10;

class WarcCutter final : public SpanCutter {
 public:
  using SpanCutter::SpanCutter;

 protected:
  void Scan() override {
    while (at_ < End()) {
      if (!IsOpen()) {
        if (At(at_) == '\n' || At(at_) == '\r') {
          ++at_;
          continue;
        }
        Open(at_);
        end_ = kNone;
        is_garbage_ = is_truncated_ = is_searching_ = false;
      }
      const bool goes_on = is_searching_ ? Search() : ReadHead();
      if (!goes_on) break;
    }
    if (PassesLimit(at_)) SetTooLong();
  }

 private:
  // at_ is the first byte of the open record. False if more bytes are needed.
  bool ReadHead() {
    const std::string_view rest = Rest(at_);
    if (rest.size() < kMarkBytes && !AtEnd()) return false;
    size_t head = 0;
    if (rest.starts_with("WARC/")) {
      const uint64_t limit = std::min(max_record_bytes_, kMaxHeadBytes);
      // Where no empty line was found for the record before, there is none now.
      const uint64_t from = std::max(at_, searched_ - std::min<uint64_t>(searched_, 3));
      const uint64_t to = std::max(from, at_ + std::min<uint64_t>(rest.size(), limit));
      head = HeadSize(View(from, to));
      if (head == rest.npos) {
        searched_ = to;
        if (rest.size() <= limit && !AtEnd()) return false;
      } else {
        head += static_cast<size_t>(from - at_);
      }
    } else {
      is_garbage_ = true;
    }
    if (is_garbage_ || head == rest.npos) {
      is_garbage_ = true;
      return StartSearch(open_ + 1, kNone);
    }
    const uint64_t body = open_ + head, last_of_head = body - 1;
    const std::optional<uint64_t> length = ContentLength(rest.substr(0, head));
    if (!length) return StartSearch(last_of_head, kNone);
    const uint64_t end = body + *length;
    if (end - open_ > max_record_bytes_) return StartSearch(last_of_head, end);
    if (End() < end + kMaxBlankBytes + kMarkBytes && !AtEnd()) return false;
    if (end > End()) {
      is_truncated_ = true;
      return StartSearch(last_of_head, kNone);
    }
    const std::string_view behind = Rest(end).substr(0, kMaxBlankBytes + kMarkBytes);
    const size_t next = behind.find_first_not_of("\r\n");
    const bool is_end =
        next == behind.npos || behind.substr(next).starts_with("WARC/") || behind.starts_with("\r\n\r\n");
    if (!is_end) return StartSearch(last_of_head, kNone);
    at_ = end;
    Close(end, SpanCut::kRecord);
    return true;
  }

  // For the line that begins the next record, from a byte in front of it on; up to `end` at most.
  bool StartSearch(uint64_t from, uint64_t end) {
    is_searching_ = true;
    at_ = from;
    end_ = end;
    return true;
  }

  bool Search() {
    const uint64_t stop = std::min(end_, End());
    const size_t found = FindWarcVersion(View(at_, stop));
    if (found != std::string_view::npos) {
      CloseAt(at_ + found, is_garbage_);
      return true;
    }
    if (stop == end_) {
      at_ = end_;
      Close(end_, SpanCut::kRecord);
      return true;
    }
    // A version line may have begun.
    const std::string_view tail = View(std::max(at_, End() - std::min(End() - at_, kVersionLineBytes)), End());
    const size_t line = tail.rfind('\n');
    at_ = line == tail.npos || AtEnd() ? End() : End() - tail.size() + line;
    return false;
  }

  // Line ends in front of the next record lie between the two.
  void CloseAt(uint64_t next, bool is_garbage) {
    at_ = next;
    uint64_t end = next;
    if (next - open_ <= max_record_bytes_) {
      const std::string_view text = View(open_, next);
      end = open_ + text.find_last_not_of("\r\n") + 1;
    }
    Close(end, is_garbage ? SpanCut::kMalformed : SpanCut::kRecord);
  }

  void ScanEnd() override { CloseAt(End(), is_garbage_ || is_truncated_ || end_ != kNone); }

  // The open record.
  bool is_garbage_ = false;    // it does not begin like a record
  bool is_truncated_ = false;  // the source ends in it, if no other record begins in it
  bool is_searching_ = false;  // its Content-Length is not there, is wrong, or is too long to be waited for
  uint64_t end_ = kNone;       // the latter: where it ends
  uint64_t searched_ = 0;      // up to here there is no empty line
};

}  // namespace

std::unique_ptr<Cutter> MakeWarcCutter(const LayoutOptions& options, const Profile& /*profile*/) {
  return std::make_unique<WarcCutter>(options);
}

}  // namespace unecho
