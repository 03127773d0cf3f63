// The parallel half of warc: heads read, HTTP undone, HTML read as text.
//
// HTML: the title is that of the document; the body is its text. Plain text: the
// first line is the title, the rest the body, so that the match text is the text. (The address would make the same text
// at two addresses differ.) The date of the record is its snapshot; --id-field and --keep take the names of WARC
// headers.
//
// Rejected as not_content: records of types that the profile does not list, answers other than 2xx, media other than
// text. Rejected as malformed: what cannot be decoded. Their title is the type of the record.
#include <algorithm>
#include <string>

#include "base/batch.h"
#include "layouts/engines.h"
#include "layouts/html_text.h"
#include "layouts/http_body.h"
#include "layouts/span_batch.h"
#include "layouts/warc_head.h"

namespace unecho {
namespace {

bool IsHtml(std::string_view media) { return media == "text/html" || media == "application/xhtml+xml"; }

// For what comes without a media type.
bool LooksLikeHtml(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 1024);
  const size_t first = head.find_first_not_of(" \t\r\n");
  return first != head.npos && head[first] == '<' &&
         (head.find("<html") != head.npos || head.find("<!DOCTYPE html") != head.npos ||
          head.find("<!doctype html") != head.npos || head.find("<HTML") != head.npos);
}

class WarcSegmenter {
 public:
  WarcSegmenter(const LayoutOptions& options, const Profile& profile, Batch& batch)
      : options_(options), profile_(profile), batch_(batch) {}

  void Accept(Record& record) {
    const size_t head_bytes = std::min(HeadSize(record.raw), record.raw.size());
    const std::string_view head = record.raw.substr(0, head_bytes);
    const std::string type = Header(head, "WARC-Type");
    const Reason reason = ReadPayload(head, record.raw.substr(head_bytes), type);
    if (reason != Reason::kNone) {
      record.title = batch_.arena.Copy(type);
      return AddRejected(batch_, record, reason, false);
    }
    RecordText text;
    text.title = batch_.arena.Copy(title_);
    text.body = batch_.arena.Copy(body_);
    text.snapshot = batch_.arena.Copy(Header(head, "WARC-Date"));
    text.id = HeaderAsJson(head, options_.id_field);
    text.order_value = HeaderAsJson(head, options_.order_field);
    text.is_text = false;
    ListHeaders(head, record);
    AddRecord(options_, batch_, record, text);
  }

 private:
  std::string Header(std::string_view head, std::string_view name) {
    if (name.empty() || !FindHeader(head, name, value_)) return {};
    return value_;
  }

  void ListHeaders(std::string_view head, Record& record) {
    ForEachHeader(head, [&](std::string_view name, const std::string& value) {
      AddField(batch_, record, {.name = name, .value = batch_.arena.Copy(value)});
    });
  }

  std::string_view HeaderAsJson(std::string_view head, std::string_view name) {
    const std::string value = Header(head, name);
    return value.empty() ? std::string_view() : ScalarAsJson(batch_, batch_.arena.Copy(value));
  }

  // Sets title_ and body_.
  Reason ReadPayload(std::string_view head, std::string_view payload, std::string_view type) {
    if (std::ranges::find(profile_.warc.content, type) == profile_.warc.content.end()) return Reason::kNotContent;
    ContentType content = ParseContentType(Header(head, "Content-Type"));
    if (content.media == "application/http" || payload.starts_with("HTTP/")) {
      const size_t http_head = std::min(HeadSize(payload), payload.size());
      const std::string_view http = payload.substr(0, http_head);
      if (!IsSuccess(http)) return Reason::kNotContent;
      content = ParseContentType(Header(http, "Content-Type"));
      if (!IsText(content.media)) return Reason::kNotContent;
      if (!DecodeHttpBody(http, payload.substr(http_head), options_.max_record_bytes, decoded_, payload))
        return Reason::kMalformed;
    }
    if (!IsText(content.media)) return Reason::kNotContent;
    const bool is_html = IsHtml(content.media) || (content.media.empty() && LooksLikeHtml(payload));
    const std::string_view text = ToUtf8(payload, content.charset, is_html, converted_);
    if (is_html) return ReadPage(text);
    ReadPlainText(text);
    return Reason::kNone;
  }

  static bool IsText(std::string_view media) { return media.empty() || IsHtml(media) || media == "text/plain"; }

  // HTTP/1.1 200 OK
  static bool IsSuccess(std::string_view http) {
    const size_t blank = http.substr(0, http.find('\n')).find(' ');
    return blank != http.npos && http.substr(blank + 1).starts_with('2');
  }

  Reason ReadPage(std::string_view html) {
    if (!ReadHtml(html, title_, body_)) return Reason::kMalformed;
    std::string title;
    AppendTidy(title_, Space::kOneLine, title);
    title_ = std::move(title);
    return Reason::kNone;
  }

  void ReadPlainText(std::string_view text) {
    const size_t first = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    text.remove_prefix(first);
    const size_t line_end = std::min(text.find_first_of("\r\n"), text.size());
    title_.clear();
    body_.clear();
    AppendTidy(text.substr(0, line_end), Space::kOneLine, title_);
    AppendTidy(text.substr(line_end), Space::kLines, body_);
  }

  const LayoutOptions& options_;
  const Profile& profile_;
  Batch& batch_;
  std::string value_, decoded_, converted_, title_, body_;
};

}  // namespace

void SegmentWarc(const LayoutOptions& options, const Profile& profile, Batch& batch) {
  WarcSegmenter segmenter(options, profile, batch);
  ForEachSpan(
      options, batch, {}, [&](Record& record) { segmenter.Accept(record); }, [](std::string_view) {});
}

}  // namespace unecho
