#include "layouts/mail_head.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "base/status.h"
#include "text/characters.h"
#include "text/scan.h"

namespace unecho {
namespace {

using std::string_view;

constexpr string_view kFrom = "From ", kQuotedFrom = ">From ";
constexpr size_t kMaxNameBytes = 128;
constexpr size_t kMaxUnknownFields = 20;  // in front of the first that mail is known for
constexpr ByteSet kLineEnds("\r\n");

// What mail has and other files with labels rarely have. Those from kFirstOfTransport on are written by programs alone.
constexpr std::array<string_view, 23> kFields = {"from",
                                                 "to",
                                                 "cc",
                                                 "subject",
                                                 "date",
                                                 "reply-to",
                                                 "sender",
                                                 "newsgroups",
                                                 "path",
                                                 "references",
                                                 "in-reply-to",
                                                 "organization",
                                                 "lines",
                                                 "nntp-posting-host",
                                                 "distribution",
                                                 "message-id",
                                                 "received",
                                                 "return-path",
                                                 "x-from",
                                                 "x-mailer",
                                                 "mime-version",
                                                 "delivered-to",
                                                 "dkim-signature"};
constexpr size_t kFirstOfTransport = 15;

std::optional<size_t> FieldNumber(string_view name) {
  const auto* const found = std::ranges::find_if(
      kFields, [name](string_view field) { return absl::EqualsIgnoreCase(Abs(name), Abs(field)); });
  if (found == kFields.end()) return std::nullopt;
  return static_cast<size_t>(found - kFields.begin());
}

// RFC 5322 allows any sign but the colon; with these and no other, lines of JSON are none.
bool IsOfName(char c) { return IsAlnum(c) || c == '-' || c == '_' || c == '.' || c == '/' || c == '+'; }

bool IsLineBlank(char c) { return c == ' ' || c == '\t'; }

// The line that `text` begins with, and where the next one begins. Not yet: its end has not been seen.
struct MailLine {
  string_view text;
  size_t next = 0;
  MailAnswer is_whole = MailAnswer::kYes;  // no: it is longer than a line may be
};

MailLine FirstMailLine(string_view text, bool at_end) {
  const size_t end = kLineEnds.FindIn(text.substr(0, kMaxMailLineBytes + 1));
  if (end == text.npos) {
    if (text.size() > kMaxMailLineBytes) return {{}, 0, MailAnswer::kNo};
    return {text, text.size(), at_end ? MailAnswer::kYes : MailAnswer::kNotYet};
  }
  if (text[end] == '\r' && end + 1 == text.size() && !at_end) return {{}, 0, MailAnswer::kNotYet};
  return {text.substr(0, end), end + (text.substr(end).starts_with("\r\n") ? 2u : 1u)};
}

// 9:30, as every date has that a program writes.
bool HasHour(string_view line) {
  for (size_t colon = line.find(':'); colon != line.npos; colon = line.find(':', colon + 1)) {
    if (colon > 0 && IsDigit(line[colon - 1]) && colon + 2 < line.size() && IsDigit(line[colon + 1]) &&
        IsDigit(line[colon + 2]))
      return true;
  }
  return false;
}

MailAnswer BeginsLike(string_view text, string_view begin, bool at_end) {
  if (text.starts_with(begin)) return MailAnswer::kYes;
  return !at_end && begin.starts_with(text) ? MailAnswer::kNotYet : MailAnswer::kNo;
}

// The fields of a head, and what ends it.
struct Fields {
  std::array<size_t, kFields.size()> times{};
  size_t bytes = 0;
  bool has_title = false;                     // text with labels
  bool has_end = false;                       // an empty line, and not the end of the source
  bool is_broken = false;                     // another line ends it
  MailAnswer begins_again = MailAnswer::kNo;  // below the empty line its first field stands again
  MailAnswer is_head = MailAnswer::kYes;

  size_t Known() const {
    return static_cast<size_t>(std::ranges::count_if(times, [](size_t count) { return count > 0; }));
  }
  bool IsOfTransport() const {
    return std::any_of(times.begin() + kFirstOfTransport, times.end(), [](size_t count) { return count > 0; });
  }
  bool Has(string_view name) const { return times[*FieldNumber(name)] > 0; }
  // No message has two of these.
  bool Repeats() const {
    constexpr std::array<string_view, 4> kOnce = {"from", "subject", "date", "message-id"};
    return std::ranges::any_of(kOnce, [this](string_view name) { return times[*FieldNumber(name)] > 1; });
  }
};

MailAnswer BeginsAgain(string_view text, bool at_end, string_view name) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  string_view next;
  const MailAnswer is_field = IsMailField(text, at_end, &next);
  if (is_field != MailAnswer::kYes) return is_field;
  return absl::EqualsIgnoreCase(Abs(name), Abs(next)) ? MailAnswer::kYes : MailAnswer::kNo;
}

// Longer lines are part of many heads all the same (signatures, lists of receivers): here only names are looked at.
Fields ReadFields(string_view text, bool at_end) {
  Fields fields;
  const char* const begin = text.data();
  string_view first_name;
  size_t num_fields = 0;
  for (bool is_first = true; !text.empty(); is_first = false) {
    fields.bytes = static_cast<size_t>(text.data() - begin);
    const size_t line_end = kLineEnds.FindIn(text);
    const bool is_whole = line_end != text.npos && (line_end + 1 < text.size() || text[line_end] == '\n' || at_end);
    const string_view line = text.substr(0, line_end);
    if (std::ranges::all_of(line, IsLineBlank) && !is_first) {
      if (!is_whole && !at_end) break;
      fields.has_end = is_whole;
      fields.begins_again = BeginsAgain(text.substr(line.size()), at_end, first_name);
      if (fields.begins_again == MailAnswer::kNotYet) fields.is_head = MailAnswer::kNotYet;
      return fields;
    }
    if (is_first || !IsLineBlank(line[0])) {
      string_view name;
      const MailAnswer is_field = IsMailField(line, is_whole || at_end, &name);
      if (is_field == MailAnswer::kNotYet) break;
      if (is_field == MailAnswer::kNo) {
        fields.is_broken = true;
        return fields;
      }
      if (is_first) first_name = name;
      // Lines that all have labels, perhaps of a log that is still being written: no reason to wait for an empty one.
      if (++num_fields > kMaxUnknownFields && fields.Known() == 0) {
        fields.is_head = MailAnswer::kNo;
        return fields;
      }
      if (const auto number = FieldNumber(name)) ++fields.times[*number];
      fields.has_title |= absl::EqualsIgnoreCase(Abs(name), "title") || absl::EqualsIgnoreCase(Abs(name), "abstract");
    }
    fields.bytes += line.size();
    if (!is_whole) break;
    text.remove_prefix(line_end + (text.substr(line_end).starts_with("\r\n") ? 2 : 1));
  }
  if (!at_end) fields.is_head = MailAnswer::kNotYet;
  return fields;
}

string_view WithoutBlanks(string_view prefix) {
  prefix.remove_prefix(BomBytes(0, prefix));
  return prefix.substr(std::min(prefix.find_first_not_of(" \t\r\n"), prefix.size()));
}

}  // namespace

MailAnswer IsMailField(string_view text, bool at_end, string_view* name) {
  const string_view head = text.substr(0, kMaxNameBytes);
  size_t i = 0;
  while (i < head.size() && IsOfName(head[i])) ++i;
  if (name != nullptr) *name = head.substr(0, i);
  if (i == 0 && !head.empty()) return MailAnswer::kNo;
  while (i > 0 && i < head.size() && IsLineBlank(head[i])) ++i;
  if (i == head.size()) return head.size() < kMaxNameBytes && !at_end ? MailAnswer::kNotYet : MailAnswer::kNo;
  return head[i] == ':' ? MailAnswer::kYes : MailAnswer::kNo;
}

MailAnswer IsFromLine(string_view text, bool at_end) {
  if (const MailAnswer begins = BeginsLike(text, kFrom, at_end); begins != MailAnswer::kYes) return begins;
  const MailLine line = FirstMailLine(text, at_end);
  if (line.is_whole != MailAnswer::kYes) return line.is_whole;
  if (TrimBlanks(line.text.substr(kFrom.size())).starts_with(':')) return MailAnswer::kNo;  // the field "From :"
  string_view below = text.substr(line.next);
  if (below.empty()) return at_end ? MailAnswer::kNo : MailAnswer::kNotYet;
  const MailAnswer is_gateway = BeginsLike(below, kQuotedFrom, at_end);
  if (is_gateway == MailAnswer::kNotYet) return is_gateway;
  if (is_gateway == MailAnswer::kYes) {
    const MailLine more = FirstMailLine(below, at_end);
    if (more.is_whole != MailAnswer::kYes) return more.is_whole;
    below.remove_prefix(more.next);
  }
  string_view name;
  const MailAnswer is_field = IsMailField(below, at_end, &name);
  if (is_field != MailAnswer::kYes) return is_field;
  const bool is_known = FieldNumber(name).has_value() || absl::StartsWithIgnoreCase(Abs(name), "x-") ||
                        absl::StartsWithIgnoreCase(Abs(name), "content-");
  return is_known || HasHour(line.text) ? MailAnswer::kYes : MailAnswer::kNo;
}

size_t FromLineBytes(string_view text) {
  size_t size = FirstMailLine(text, true).next;
  while (text.substr(size).starts_with(kQuotedFrom)) {
    const size_t more = FirstMailLine(text.substr(size), true).next;
    if (more == 0) break;
    size += more;
  }
  return size;
}

MailAnswer BeginsAsMail(string_view prefix, bool at_end, MailHead* head) {
  if (!at_end && prefix.size() < kBom.size() && kBom.starts_with(prefix)) return MailAnswer::kNotYet;
  string_view text = WithoutBlanks(prefix);
  if (text.empty()) return at_end ? MailAnswer::kNo : MailAnswer::kNotYet;
  const MailAnswer is_mbox = IsFromLine(text, at_end);
  if (is_mbox == MailAnswer::kNotYet) return is_mbox;
  bool is_dated = false;
  if (is_mbox == MailAnswer::kYes) {
    is_dated = HasHour(FirstMailLine(text, at_end).text);
    text.remove_prefix(FromLineBytes(text));
  }
  const Fields fields = ReadFields(text, at_end);
  if (fields.has_title) return MailAnswer::kNo;
  if (fields.is_head != MailAnswer::kYes) return fields.is_head;
  const size_t known = fields.Known();
  bool is_mail = known >= 3 || (known >= 2 && fields.IsOfTransport()) ||
                 (fields.has_end && fields.Has("from") && fields.Has("subject"));
  // Records with labels, and an empty line between them.
  if (fields.begins_again == MailAnswer::kYes) is_mail &= fields.IsOfTransport() || is_mbox == MailAnswer::kYes;
  if (is_mbox == MailAnswer::kYes) is_mail |= known >= (is_dated ? 1 : 2);
  // Labels that end where the source ends, and a head whose text follows without an empty line, are mail if it is
  // hard to see what else they could be.
  if (!fields.has_end) is_mail &= !fields.Repeats();
  if (fields.is_broken)
    is_mail &= fields.Has("from") && fields.Has("subject") && (fields.Has("date") || fields.Has("message-id"));
  if (!is_mail) return MailAnswer::kNo;
  if (head != nullptr) {
    std::vector<std::string> names;
    for (size_t i = 0; i < kFields.size(); ++i) {
      if (fields.times[i] > 0 && names.size() < 4) names.emplace_back(kFields[i]);
    }
    head->why = (is_mbox == MailAnswer::kYes ? "it begins with 'From ' and the head of a mail: "
                                             : "it begins with the head of a mail: ") +
                absl::StrJoin(names, ", ");
    head->is_sure = is_mbox == MailAnswer::kYes || fields.IsOfTransport();
    head->is_of_arxiv =
        absl::AsciiStrToLower(Abs(text.substr(0, fields.bytes))).find("@arxiv.org") != std::string::npos;
  }
  return MailAnswer::kYes;
}

}  // namespace unecho
