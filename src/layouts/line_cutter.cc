// The serial half of jsonl and lines: a batch ends behind a line end.
//
// Only new bytes are searched, from behind, so a batch costs a search over its last line. A line longer than the limit
// leaves in fragments as soon as that is known.
#include <algorithm>
#include <string_view>

#include "base/batch.h"
#include "layouts/engines.h"
#include "layouts/line_batch.h"
#include "text/scan.h"

namespace unecho {
namespace {

class LineCutter final : public Cutter {
 public:
  explicit LineCutter(const LayoutOptions& options) : max_line_bytes_(options.max_record_bytes) {}

  size_t Cut(std::string_view bytes, size_t /*seen*/, bool at_end, Batch& batch) override {
    const uint64_t base = batch.offset_bytes;
    const size_t from = searched_ > base ? static_cast<size_t>(searched_ - base) : 0;
    const size_t lines_end = at_end ? bytes.size() : LastLineEnd(bytes, from);
    searched_ = base + bytes.size() - (bytes.ends_with('\r') ? 1 : 0);
    batch.open_fragment = in_long_line_;
    batch.fragment_offset_bytes = long_line_offset_bytes_;
    if (lines_end > 0) {
      in_long_line_ = false;
      return lines_end;
    }
    const size_t begin = in_long_line_ ? 0 : BomBytes(base, bytes);
    // A CR at the end may be half of a line end, and belongs to no line either way.
    const size_t content_end = bytes.size() - (bytes.ends_with('\r') ? 1 : 0);
    if (!in_long_line_ && content_end - std::min(begin, content_end) <= max_line_bytes_) return 0;
    const size_t split = SafeSplit(bytes.substr(0, content_end));
    if (split <= begin) return 0;
    if (!in_long_line_) long_line_offset_bytes_ = base + begin;
    in_long_line_ = true;
    batch.cuts.push_back({.begin = static_cast<uint32_t>(begin),
                          .end = static_cast<uint32_t>(split),
                          .kind = static_cast<uint8_t>(LineCut::kGoesOn)});
    return split;
  }

 private:
  // End of the last complete line end at or behind `from`, or 0. A CR at the very end waits: LF may follow.
  static size_t LastLineEnd(std::string_view bytes, size_t from) {
    const size_t lf = bytes.substr(from).rfind('\n');
    const size_t tail = lf == bytes.npos ? from : from + lf + 1;
    const size_t stop = bytes.size() - (bytes.size() > tail && bytes.back() == '\r' ? 1 : 0);
    const size_t cr = bytes.substr(tail, stop - tail).rfind('\r');
    if (cr != bytes.npos) return tail + cr + 1;
    return lf == bytes.npos ? 0 : tail;
  }

  size_t max_line_bytes_;
  uint64_t searched_ = 0;  // absolute: every line end in front of it has been used
  bool in_long_line_ = false;
  uint64_t long_line_offset_bytes_ = 0;  // absolute
};

}  // namespace

std::unique_ptr<Cutter> MakeLineCutter(const LayoutOptions& options, const Profile& /*profile*/) {
  return std::make_unique<LineCutter>(options);
}

}  // namespace unecho
