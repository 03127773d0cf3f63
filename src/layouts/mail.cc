// The parallel half of mail: a message -> its subject and its text.
//
// The title is the subject, the body the text of all parts (mail_message.h), the snapshot the date as written. In an
// mbox the "From " line is no part of the message, and lines that were quoted for it (">From ") lose one sign.
// --id-field and --keep take the names of fields.
//
// Rejected as malformed: what does not begin with a field, HTML that the parser refuses, and thousands of boundaries in
// each other (mail_repair.h). Rejected as
// no_match_field: a message that has neither subject nor text, and one whose parts are all something else than text:
// a subject says nothing of what is in a picture.
#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "base/batch.h"
#include "layouts/engines.h"
#include "layouts/mail_head.h"
#include "layouts/mail_message.h"
#include "layouts/mail_repair.h"
#include "layouts/span_batch.h"

namespace unecho {
namespace {

constexpr std::string_view kMboxFrom = "From ";

// Lines ">From ", ">>From "... without their first sign. The view is of `text` or of `out`.
std::string_view WithoutFromQuotes(std::string_view text, std::string& out) {
  out.clear();
  size_t taken = 0;
  for (size_t at = text.find('>'); at != text.npos; at = text.find('>', at)) {
    const size_t behind = std::min(text.find_first_not_of('>', at), text.size());
    if (at > 0 && (text[at - 1] == '\n' || text[at - 1] == '\r') && text.substr(behind).starts_with(kMboxFrom)) {
      out += text.substr(taken, at - taken);
      taken = at + 1;
    }
    at = behind;
  }
  if (taken == 0) return text;
  out += text.substr(taken);
  return out;
}

class MailSegmenter {
 public:
  MailSegmenter(const LayoutOptions& options, Batch& batch) : options_(options), batch_(batch) {}

  void Accept(Record& record) {
    std::string_view source = record.raw;
    if (IsFromLine(source, true) == MailAnswer::kYes) {
      source.remove_prefix(FromLineBytes(source));
      source = WithoutFromQuotes(source, unquoted_);
    }
    if (IsMailField(source, true) != MailAnswer::kYes) return AddRejected(batch_, record, Reason::kMalformed, false);
    if (!RepairMail(source, repaired_)) return AddRejected(batch_, record, Reason::kMalformed, false);
    MailMessage message(source);
    const std::string title = message.Field("Subject");
    body_.clear();
    message.AppendText(body_);
    RecordText text;
    text.is_text = false;
    text.title = batch_.arena.Copy(title);
    text.body = batch_.arena.Copy(body_);
    if (message.is_refused() || (body_.empty() && message.has_other_content())) {
      record.title = text.title;
      return AddRejected(batch_, record, message.is_refused() ? Reason::kMalformed : Reason::kNoMatchField, false);
    }
    ListFields(message, title, record);
    text.snapshot = batch_.arena.Copy(message.Field("Date"));
    text.id = FieldAsText(message, options_.id_field);
    text.order_value = absl::EqualsIgnoreCase(options_.order_field, "date")
                           ? ScalarAsJson(batch_, batch_.arena.Copy(message.Date()))
                           : FieldAsText(message, options_.order_field);
    AddRecord(options_, batch_, record, text);
  }

 private:
  void ListFields(const MailMessage& message, std::string_view subject, Record& record) {
    bool has_subject = false;
    uint64_t left_out = 0;
    for (const auto& [name, value] : message.Fields()) {
      const bool is_compared =
          !has_subject && !subject.empty() && absl::EqualsIgnoreCase(Abs(name), "subject") && value == subject;
      has_subject = has_subject || is_compared;
      if (!is_compared) left_out += value.size();
      AddField(batch_, record,
               {.name = batch_.arena.Copy(name), .value = batch_.arena.Copy(value), .is_compared = is_compared});
    }
    record.left_out_bytes = std::min(left_out, record.size_bytes);
  }

  std::string_view FieldAsText(const MailMessage& message, const std::string& name) {
    const std::string value = message.Field(name);
    return value.empty() ? std::string_view() : ScalarAsJson(batch_, batch_.arena.Copy(value));
  }

  const LayoutOptions& options_;
  Batch& batch_;
  std::string unquoted_, repaired_, body_;
};

}  // namespace

void SegmentMail(const LayoutOptions& options, const Profile& /*profile*/, Batch& batch) {
  MailSegmenter segmenter(options, batch);
  ForEachSpan(
      options, batch, {}, [&](Record& record) { segmenter.Accept(record); }, [](std::string_view) {});
}

}  // namespace unecho
