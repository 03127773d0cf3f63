#include "layouts/mail_message.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "base/memory.h"
#include "base/status.h"
#include "layouts/html_text.h"
#include "layouts/http_body.h"
#include "layouts/span_batch.h"
#include "text/json.h"
#include "text/scan.h"

namespace unecho {
namespace {

using std::string_view;

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};
template <typename Object>
using Owned = std::unique_ptr<Object, Unref>;

struct Free {
  void operator()(char* text) const { g_free(text); }
};

// GMime's set-up is not safe for threads; what comes after it is.
GMimeParserOptions* Options() {
  static GMimeParserOptions* const options = [] {
    g_mime_init();
    return g_mime_parser_options_new();
  }();
  return options;
}

// Text that is written for programs.
constexpr std::array<string_view, 11> kNotRead = {"calendar",       "css", "directory", "ecmascript",  "javascript",
                                                  "rfc822-headers", "rtf", "vcard",     "x-vcalendar", "x-vcard",
                                                  "xml-dtd"};

bool IsAsciiByName(string_view charset) {
  return charset == "us-ascii" || charset == "ascii" || charset == "ansi_x3.4-1968" || charset == "iso646-us";
}

bool IsOfOneByteByName(string_view charset) {
  return charset.starts_with("iso-8859") || charset.starts_with("windows-125") || charset.starts_with("koi8") ||
         charset.starts_with("latin");
}

// Bytes that came as they are: the charset that is declared, unless the letters beyond ASCII are UTF-8. Mail that was
// converted keeps its declaration. Two bytes a letter may be UTF-8 by chance, but not many times.
string_view CharsetOfPlainBytes(string_view bytes, string_view charset) {
  constexpr std::ptrdiff_t kSureLetters = 8;
  if (charset.starts_with("utf") || !IsValidUtf8(bytes)) return charset;
  const auto letters = std::ranges::count_if(bytes, [](char c) { return static_cast<unsigned char>(c) >= 0xC0; });
  return letters >= (IsOfOneByteByName(charset) ? 1 : kSureLetters) ? "utf-8" : charset;
}

// =?iso-8859-1?Q?caf=E9?= (RFC 2047; with a language behind the charset: RFC 2231, section 5).
struct EncodedWord {
  std::string charset;  // lower case
  char encoding;        // B or Q
  string_view payload;
  size_t size;  // of all
};

// The one at the beginning of `text`, which begins with "=?". Blanks in it are against the rules, and are met with.
std::optional<EncodedWord> WordAt(string_view text) {
  const size_t mark = text.find('?', 2);
  if (mark == text.npos || text.size() < mark + 3 || text[mark + 2] != '?') return std::nullopt;
  string_view charset = text.substr(2, mark - 2);
  charset = charset.substr(0, charset.find('*'));
  const char encoding = absl::ascii_toupper(static_cast<unsigned char>(text[mark + 1]));
  const size_t end = text.find("?=", mark + 3);
  if (charset.empty() || (encoding != 'B' && encoding != 'Q') || end == text.npos) return std::nullopt;
  return EncodedWord{absl::AsciiStrToLower(Abs(charset)), encoding, text.substr(mark + 3, end - mark - 3), end + 2};
}

// GMime would convert them by iconv, whose charsets are files of the machine: many installations have but a few.
class WordDecoder {
 public:
  std::string Decode(string_view field) && {
    size_t done = 0;                            // what is in text_ or in bytes_
    const size_t last_end = field.rfind("?=");  // no word begins behind it
    for (size_t at = 0; last_end != field.npos && (at = field.find("=?", at)) < last_end;) {
      const std::optional<EncodedWord> word = WordAt(field.substr(at));
      if (!word) {
        at += 2;
        continue;
      }
      // Blanks between two words are there only to fold the line.
      const string_view between = field.substr(done, at - done);
      const bool follows = is_in_words_ && between.find_first_not_of(" \t") == between.npos;
      if (!follows || word->encoding != encoding_ || word->charset != charset_) Flush();
      if (!follows) text_ += between;
      Add(*word);
      done = at += word->size;
    }
    Flush();
    text_ += field.substr(done);
    return std::move(text_);
  }

 private:
  // Words of one charset and one encoding that follow each other are one text: mailers cut letters in two.
  void Add(const EncodedWord& word) {
    is_in_words_ = true;
    encoding_ = word.encoding;
    charset_ = word.charset;
    std::string payload(word.payload);
    if (encoding_ == 'Q') std::ranges::replace(payload, '_', ' ');
    const auto decode = encoding_ == 'B' ? g_mime_encoding_base64_decode_step : g_mime_encoding_quoted_decode_step;
    const size_t before = bytes_.size();
    bytes_.resize(before + payload.size() + 4);
    bytes_.resize(before + decode(reinterpret_cast<const unsigned char*>(payload.data()), payload.size(),
                                  reinterpret_cast<unsigned char*>(bytes_.data() + before), &state_, &save_));
    if (encoding_ == 'B' && state_ < 0) state_ = 0, save_ = 0;  // filled up with "=": the next word begins anew
  }
  void Flush() {
    if (is_in_words_) text_ += ToUtf8(bytes_, charset_, false, converted_);
    bytes_.clear();
    state_ = 0;
    save_ = 0;
    is_in_words_ = false;
  }

  std::string text_, charset_, bytes_, converted_;
  char encoding_ = 'B';
  bool is_in_words_ = false;
  int state_ = 0;
  guint32 save_ = 0;
};

// What is written in a field -> what people read of it.
std::string DecodedField(string_view raw) {
  std::string converted, line, decoded;
  AppendTidy(ToUtf8(raw, {}, false, converted), Space::kOneLine, line);
  if (line.find("=?") == line.npos) return line;
  AppendTidy(WordDecoder().Decode(line), Space::kOneLine, decoded);
  return decoded;
}

std::string FieldOf(GMimeObject* object, const std::string& name) {
  if (object == nullptr) return {};
  GMimeHeader* const header = g_mime_header_list_get_header(g_mime_object_get_header_list(object), name.c_str());
  const char* const raw = header == nullptr ? nullptr : g_mime_header_get_raw_value(header);
  return raw == nullptr ? std::string() : DecodedField(raw);
}

string_view View(const GByteArray& bytes) { return {reinterpret_cast<const char*>(bytes.data), bytes.len}; }

// Line ends become LF; empty lines at the beginning, and blanks at the end, go.
void AppendLines(string_view text, std::string& out) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return;
  const size_t line = text.find_last_of("\r\n", first);
  text.remove_prefix(line == text.npos ? 0 : line + 1);
  text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
  LineEnds ends(text);
  for (size_t begin = 0;;) {
    const size_t end = ends.Find(begin);
    out += text.substr(begin, end == LineEnds::kNone ? text.npos : end - begin);
    if (end == LineEnds::kNone) return;
    out += '\n';
    begin = end + ends.Size(end);
  }
}

void AppendParagraph(string_view text, std::string& out) {
  if (text.find_first_not_of(" \t\r\n") == text.npos) return;
  if (!out.empty()) out += "\n\n";
  AppendLines(text, out);
}

}  // namespace

struct MailMessage::Parsed {
  GByteArray bytes{};
  Owned<GMimeMessage> message;
};

// Walks over the parts.
class MailMessage::Reader {
 public:
  void Append(GMimeObject* object, std::string& out) {
    if (object == nullptr) return;
    if (GMIME_IS_MULTIPART(object)) return AppendMultipart(GMIME_MULTIPART(object), out);
    if (GMIME_IS_MESSAGE_PART(object)) return AppendForwarded(GMIME_MESSAGE_PART(object), out);
    if (GMIME_IS_PART(object)) AppendPart(GMIME_PART(object), out);
  }
  bool is_refused() const { return is_refused_; }
  bool has_other_content() const { return has_other_content_; }

 private:
  static string_view Text(const char* text) { return text == nullptr ? string_view() : string_view(text); }

  void AppendMultipart(GMimeMultipart* multipart, std::string& out) {
    const int count = g_mime_multipart_get_count(multipart);
    if (count <= 0) return AppendUndeclared(Text(g_mime_multipart_get_prologue(multipart)), out);
    GMimeContentType* const type = g_mime_object_get_content_type(GMIME_OBJECT(multipart));
    if (g_mime_content_type_is_type(type, "multipart", "alternative")) {
      AppendOneOf(multipart, count, out);
    } else {
      for (int i = 0; i < count; ++i) Append(g_mime_multipart_get_part(multipart, i), out);
    }
    AppendUndeclared(Text(g_mime_multipart_get_epilogue(multipart)), out);
  }

  void AppendOneOf(GMimeMultipart* multipart, int count, std::string& out) {
    std::string text;
    const auto take = [&] {
      AppendParagraph(text, out);
      return !text.empty();
    };
    const auto is_plain = [](GMimeObject* part) {
      return g_mime_content_type_is_type(g_mime_object_get_content_type(part), "text", "plain");
    };
    const bool was_refused = is_refused_;
    for (int i = 0; i < count; ++i) {
      GMimeObject* const part = g_mime_multipart_get_part(multipart, i);
      if (!is_plain(part)) continue;
      Append(part, text);
      if (take()) return;
    }
    for (int i = count - 1; i >= 0; --i) {
      GMimeObject* const part = g_mime_multipart_get_part(multipart, i);
      if (is_plain(part)) continue;
      Append(part, text);
      if (!take()) continue;
      is_refused_ = was_refused;
      return;
    }
  }

  void AppendForwarded(GMimeMessagePart* part, std::string& out) {
    GMimeMessage* const message = g_mime_message_part_get_message(part);
    if (message == nullptr) return;
    AppendParagraph(FieldOf(GMIME_OBJECT(message), "Subject"), out);
    Append(g_mime_message_get_mime_part(message), out);
  }

  void AppendPart(GMimePart* part, std::string& out) {
    GMimeContentType* const type = g_mime_object_get_content_type(GMIME_OBJECT(part));
    std::string media = absl::AsciiStrToLower(Abs(Text(g_mime_content_type_get_media_type(type))));
    std::string subtype = absl::AsciiStrToLower(Abs(Text(g_mime_content_type_get_media_subtype(type))));
    std::string charset = absl::AsciiStrToLower(Abs(Text(g_mime_content_type_get_parameter(type, "charset"))));
    // "Content-Type: text": what is no type is plain text (RFC 2045, section 5.2); GMime takes it for data.
    if (const std::string field = FieldOf(GMIME_OBJECT(part), "Content-Type");
        !field.empty() && field.substr(0, field.find(';')).find('/') == field.npos) {
      media = "text";
      subtype = "plain";
      charset = ParseContentType(field).charset;
    }
    const bool is_html = subtype == "html" || subtype == "xhtml+xml";
    if ((media != "text" && !is_html) || std::ranges::find(kNotRead, subtype) != kNotRead.end()) {
      has_other_content_ = true;
      return;
    }

    const Owned<GMimeStream> decoded(g_mime_stream_mem_new());
    GMimeDataWrapper* const content = g_mime_part_get_content(part);
    if (content == nullptr || g_mime_data_wrapper_write_to_stream(content, decoded.get()) < 0) return;
    const string_view bytes = View(*g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(decoded.get())));

    if (IsAsciiByName(charset)) charset.clear();
    const GMimeContentEncoding encoding = g_mime_part_get_content_encoding(part);
    const bool is_plain = encoding != GMIME_CONTENT_ENCODING_BASE64 &&
                          encoding != GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE &&
                          encoding != GMIME_CONTENT_ENCODING_UUENCODE;
    if (is_plain) charset = CharsetOfPlainBytes(bytes, charset);
    const string_view text = ToUtf8(bytes, charset, is_html, converted_);
    if (!is_html) return AppendParagraph(text, out);
    if (ReadHtml(text, title_, body_))
      AppendParagraph(body_, out);
    else
      is_refused_ = true;
  }

  void AppendUndeclared(string_view bytes, std::string& out) {
    AppendParagraph(ToUtf8(bytes, {}, false, converted_), out);
  }

  std::string converted_, title_, body_;
  bool is_refused_ = false, has_other_content_ = false;
};

namespace {

// GMime takes its memory without operator new, and cannot do without it: what it may take is asked for before.
// Measured: 1,300 bytes for a part, 500 for a field.
void RequireMemoryFor(string_view text) {
  if (text.size() < kMemoryStep / 16) return;
  constexpr uint64_t kBytesPerPart = 1500, kBytesPerField = 550;
  uint64_t parts = 0, fields = 0;
  bool in_head = true;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const string_view line = text.substr(begin, end - begin);
    if (line.starts_with("--")) ++parts, in_head = true;
    if (line.empty() || line == "\r") in_head = false;
    fields += in_head ? 1 : 0;
    begin = end + 1;
  }
  RequireMemory(text.size() + parts * kBytesPerPart + fields * kBytesPerField);
}

}  // namespace

MailMessage::MailMessage(std::string_view text) : parsed_(std::make_unique<Parsed>()) {
  RequireMemoryFor(text);
  GMimeParserOptions* const options = Options();
  // GMime does not write to what it reads.
  parsed_->bytes.data = reinterpret_cast<guint8*>(const_cast<char*>(text.data()));
  parsed_->bytes.len = static_cast<guint>(text.size());
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_byte_array(&parsed_->bytes));
  g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream.get()), FALSE);
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  g_mime_parser_set_format(parser.get(), GMIME_FORMAT_MESSAGE);
  parsed_->message.reset(g_mime_parser_construct_message(parser.get(), options));
}

MailMessage::~MailMessage() = default;

std::string MailMessage::Field(const std::string& name) const {
  GMimeMessage* const message = parsed_->message.get();
  if (message == nullptr || name.empty()) return {};
  std::string field = FieldOf(GMIME_OBJECT(message), name);
  // Those of the content are with the part that it is.
  return field.empty() ? FieldOf(g_mime_message_get_mime_part(message), name) : field;
}

std::string MailMessage::Date() const {
  const std::string field = Field("Date");
  GDateTime* const date = field.empty() ? nullptr : g_mime_utils_header_decode_date(field.c_str());
  if (date == nullptr) return {};
  GDateTime* const utc = g_date_time_to_utc(date);
  const std::unique_ptr<char, Free> text(g_date_time_format(utc, "%Y-%m-%dT%H:%M:%SZ"));
  g_date_time_unref(utc);
  g_date_time_unref(date);
  return text.get();
}

std::vector<std::pair<std::string, std::string>> MailMessage::Fields() const {
  std::vector<std::pair<std::string, std::string>> fields;
  GMimeMessage* const message = parsed_->message.get();
  if (message == nullptr) return fields;
  for (GMimeObject* const object : {GMIME_OBJECT(message), g_mime_message_get_mime_part(message)}) {
    if (object == nullptr) continue;
    GMimeHeaderList* const headers = g_mime_object_get_header_list(object);
    for (int i = 0; i < g_mime_header_list_get_count(headers); ++i) {
      GMimeHeader* const header = g_mime_header_list_get_header_at(headers, i);
      const char* const name = g_mime_header_get_name(header);
      const char* const raw = g_mime_header_get_raw_value(header);
      std::string valid;
      if (name != nullptr) AppendRepairedUtf8(name, valid);
      if (raw != nullptr) fields.emplace_back(std::move(valid), DecodedField(raw));
    }
  }
  return fields;
}

void MailMessage::AppendText(std::string& out) {
  if (parsed_->message == nullptr) return;
  Reader reader;
  reader.Append(g_mime_message_get_mime_part(parsed_->message.get()), out);
  is_refused_ = reader.is_refused();
  has_other_content_ = reader.has_other_content();
}

}  // namespace unecho
