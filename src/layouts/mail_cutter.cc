// The serial half of mail: the messages of an mbox, or a source that is one message.
//
// An mbox is a source that begins with a "From " line (mail_head.h). A message of it goes on up to the next such line
// that follows an empty line, or the line that ends a multipart message. In a source that begins otherwise such lines
// are text: it is one message, whatever is in it.
//
// Blanks at the end of a message lie between messages, unless the message is longer than max_record_bytes with them:
// then it may have left before its end was seen.
#include <algorithm>

#include "layouts/engines.h"
#include "layouts/mail_head.h"
#include "layouts/span_cutter.h"
#include "text/characters.h"
#include "text/scan.h"

namespace unecho {
namespace {

constexpr ByteSet kEnds("\r\n");

class MailCutter final : public SpanCutter {
 public:
  using SpanCutter::SpanCutter;

 protected:
  void Scan() override {
    while (at_ < End()) {
      if (!IsOpen() && IsBlank(At(at_))) {
        ++at_;
        continue;
      }
      if (!IsOpen() && !Begin()) return;
      if (!is_mbox_) {
        at_ = End();
        break;
      }
      if (!ReadLine()) break;
    }
    if (PassesLimit(at_)) SetTooLong();
  }

  void ScanEnd() override { CloseAt(End()); }

 private:
  // The first message. False if more bytes are needed.
  bool Begin() {
    const MailAnswer is_from = IsFromLine(Rest(at_), AtEnd());
    if (is_from == MailAnswer::kNotYet) return false;
    is_mbox_ = is_from == MailAnswer::kYes;
    Open(at_);
    return true;
  }

  // Goes behind the line at at_, or as far as it is there. False if more bytes are needed.
  bool ReadLine() {
    const std::string_view rest = Rest(at_);
    if (!in_long_line_ && at_ != open_ && may_end_) {
      const MailAnswer is_from = IsFromLine(rest, AtEnd());
      if (is_from == MailAnswer::kNotYet) return false;
      if (is_from == MailAnswer::kYes) {
        CloseAt(at_);
        Open(at_);
      }
    }
    const std::string_view part = in_long_line_ ? rest : rest.substr(0, kMaxMailLineBytes + 1);
    const size_t end = kEnds.FindIn(part);
    if (end == part.npos) {
      if (in_long_line_ || AtEnd()) {
        at_ = End();
        return AtEnd();
      }
      if (rest.size() <= kMaxMailLineBytes) return false;
      in_long_line_ = true;
      return true;
    }
    if (rest[end] == '\r' && end + 1 == rest.size() && !AtEnd()) {
      // Not in front of the CR: of a long line nothing more than this has to wait.
      at_ += in_long_line_ ? end : 0;
      return false;
    }
    may_end_ = !in_long_line_ && MayEndWith(rest.substr(0, end));
    in_long_line_ = false;
    at_ += end + (rest.substr(end).starts_with("\r\n") ? 2 : 1);
    return true;
  }

  // An empty line; or "--boundary--", below which many programs leave out the empty one.
  static bool MayEndWith(std::string_view line) {
    const size_t last = line.find_last_not_of(" \t");
    if (last == line.npos) return true;
    line = line.substr(0, last + 1);
    return line.size() > 4 && line.starts_with("--") && line.ends_with("--");
  }

  void CloseAt(uint64_t next) {
    uint64_t end = next;
    if (next - open_ <= max_record_bytes_) end = open_ + View(open_, next).find_last_not_of(" \t\r\n") + 1;
    at_ = next;
    Close(end, SpanCut::kRecord);
  }

  bool is_mbox_ = false;
  bool in_long_line_ = false;  // at_ is inside a line that is too long to be one of those that matter
  bool may_end_ = false;       // the line before at_ may be the last of a message
};

}  // namespace

std::unique_ptr<Cutter> MakeMailCutter(const LayoutOptions& options, const Profile& /*profile*/) {
  return std::make_unique<MailCutter>(options);
}

}  // namespace unecho
