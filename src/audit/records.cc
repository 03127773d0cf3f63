#include "audit/records.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <span>
#include <utility>

#include "oracle/reference.h"
#include "text/json.h"
#include "text/malformed_bytes.h"
#include "text/python_literal.h"

namespace unecho {
namespace {

constexpr std::string_view kJsonSpace = " \t\r\n";

// A member of an object as it is written. Its views borrow from the object's text.
struct RawMember {
  std::string_view all;   // from the quote of its name to the end of its value
  std::string_view name;  // with its quotes
  std::string_view value;
};

size_t SkipSpace(std::string_view json, size_t at) {
  return std::min(json.find_first_not_of(kJsonSpace, at), json.size());
}

// `json[at]` is the quote that opens a string; gives the byte behind the one that closes it.
size_t SkipString(std::string_view json, size_t at) {
  const char quote = json[at];
  for (++at; at < json.size() && json[at] != quote; ++at) {
    if (json[at] == '\\') ++at;
  }
  return at + 1;
}

bool IsBracket(char c, std::string_view brackets) { return brackets.find(c) != std::string_view::npos; }

// Behind what begins at `at`: a value, or a name.
size_t SkipValue(std::string_view json, size_t at, char end = ',') {
  for (int depth = 0; at < json.size();) {
    const char c = json[at];
    if (c == '"' || c == '\'') {
      at = SkipString(json, at);
      continue;
    }
    if (IsBracket(c, "{[(")) ++depth;
    if (depth == 0 && (c == end || IsBracket(c, "}])"))) break;
    if (IsBracket(c, "}])")) --depth;
    ++at;
  }
  return at;
}

std::string_view TrimEnd(std::string_view text) {
  const size_t last = text.find_last_not_of(kJsonSpace);
  return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

// The members of an object, or the elements of an array, that is known to be well-formed, in order: the DOM lists them
// in the same order. In a Python literal a string has either quote, a list either bracket.
std::vector<RawMember> RawMembers(std::string_view json) {
  std::vector<RawMember> members;
  const bool has_names = json[SkipSpace(json, 0)] == '{';
  size_t at = SkipSpace(json, std::min(json.find_first_of("{[("), json.size()) + 1);
  while (at < json.size() && !IsBracket(json[at], "}])")) {
    const size_t name_end = has_names ? SkipValue(json, at, ':') : at;
    const bool is_named = name_end < json.size() && json[name_end] == ':';
    const size_t value = is_named ? SkipSpace(json, name_end + 1) : at;  // not so in a set of Python's
    const size_t end = SkipValue(json, value);
    const std::string_view trimmed = TrimEnd(json.substr(value, end - value));
    members.push_back({json.substr(at, value + trimmed.size() - at), TrimEnd(json.substr(at, name_end - at)), trimmed});
    at = SkipSpace(json, end + 1);  // over the comma or the bracket
  }
  return members;
}

// Tells which object it is, and says nothing.
bool IsIdentity(std::string_view name) {
  static constexpr std::array<std::string_view, 7> kNames = {"id", "ID", "uuid", "guid", "index", "idx", "unecho"};
  return std::ranges::count(kNames, name) > 0 || name.ends_with("_id") || name.ends_with("Id");
}

// The texts of one object, by its raw members; written from the description of the layout, not from its code.
class ObjectTexts {
 public:
  struct Text {
    std::string text;
    std::string_view written;
    bool is_title = false, is_string = true;
  };

  // `json`: an object that has been parsed; `written`: the same, as it stands in the line.
  ObjectTexts(std::string_view json, std::string_view written, const AnswerOptions& options)
      : options_(options), members_(Inside(json, written)) {}

  Reason ByName(const std::vector<std::string>& fields) {
    bool is_there = false;
    for (const std::string& field : fields) {
      if (const Member* const member = Find(field)) {
        if (member->json == "null") continue;
        if (member->json == "true" || member->json == "false") return Reason::kFieldNotString;
        is_there = true;
        Append(*member, field == "title" && member->json[0] == '"');
        continue;
      }
      std::vector<std::string> path = Path(field);
      const Member* const first = path.empty() ? nullptr : Find(path[0]);
      if (first == nullptr) continue;
      std::vector<Text> texts;
      Collect(*first, std::span(path).subspan(1), texts);
      is_there = is_there || !texts.empty();
      std::ranges::move(texts, std::back_inserter(texts_));
    }
    return is_there ? Reason::kNone : Reason::kNoMatchField;
  }

  Reason ByProfile(const JsonlProfile& profile) {
    const Member* const title = FirstOf(profile.title);
    const Member* const body = FirstOf(profile.body);
    const bool has_title = title != nullptr && SaysSomething(*title);
    const bool has_body = body != nullptr && SaysSomething(*body);
    const bool is_whole = std::ranges::any_of(profile.whole, [&](const std::string& name) {
      return std::ranges::any_of(members_,
                                 [&](const Member& member) { return member.name == name && SaysSomething(member); });
    });
    if (has_title) Append(*title, true);
    if ((is_whole || !has_body) && AppendAll(has_title ? title : nullptr, is_whole)) return Reason::kNone;
    if (body != nullptr) Append(*body, false);
    if (body == nullptr && !has_title && title != nullptr) Append(*title, true);
    return body == nullptr && title == nullptr ? Reason::kNoMatchField : Reason::kNone;
  }

  const std::vector<Text>& texts() const { return texts_; }

  // A string without quotes and escapes; a number.
  static std::string Unescaped(std::string_view json) {
    simdjson::dom::parser parser;
    simdjson::dom::element value;
    std::string_view text;
    if (parser.parse(json.data(), json.size(), true).get(value) != simdjson::SUCCESS) return {};
    return value.get(text) == simdjson::SUCCESS ? std::string(text) : simdjson::minify(value);
  }

 private:
  struct Member {
    std::string name;
    std::string_view json, written;
  };

  static std::vector<Member> Inside(std::string_view json, std::string_view written) {
    const std::vector<RawMember> raw = RawMembers(json), original = RawMembers(written);
    std::vector<Member> members;
    for (size_t i = 0; i < raw.size(); ++i) {
      members.push_back({raw[i].name.empty() ? std::string() : Unescaped(raw[i].name), raw[i].value,
                         original.size() == raw.size() ? original[i].value : std::string_view()});
    }
    return members;
  }

  // "a.b[].c" -> a, b, c; nothing for a plain name.
  static std::vector<std::string> Path(const std::string& field) {
    std::vector<std::string> path(1);
    for (size_t i = 0; i < field.size(); ++i) {
      if (field[i] == '.')
        path.emplace_back();
      else
        path.back() += field[i];
    }
    for (std::string& name : path) {
      while (name.ends_with("[]")) name.resize(name.size() - 2);
    }
    std::erase(path, "");
    return path.size() == 1 && path[0] == field ? std::vector<std::string>() : path;
  }

  // Strings with something in them, and numbers.
  static void Collect(const Member& value, std::span<const std::string> path, std::vector<Text>& texts) {
    const char first = value.json[0];
    if (first == '{' || first == '[') {
      for (const Member& member : Inside(value.json, value.written)) {
        const bool is_step = first == '{' && !path.empty();
        if (is_step && member.name != path[0]) continue;
        if (first == '[' || is_step || !IsIdentity(member.name)) Collect(member, path.subspan(is_step ? 1 : 0), texts);
        if (is_step) break;
      }
    } else if (path.empty() && (first == '"' || first == '-' || (first >= '0' && first <= '9'))) {
      std::string text = Unescaped(value.json);
      if (!text.empty())
        texts.push_back({.text = std::move(text), .written = value.written, .is_string = first == '"'});
    }
  }

  const Member* Find(std::string_view name) const {
    const auto found = std::ranges::find(members_, name, &Member::name);
    return found == members_.end() ? nullptr : &*found;
  }

  // A string or number; in a list or an object, a string.
  static bool SaysSomething(const Member& member, ptrdiff_t words = 0) {
    std::vector<Text> texts;
    Collect(member, {}, texts);
    const bool is_list = member.json[0] == '{' || member.json[0] == '[';
    return std::ranges::any_of(texts, [&](const Text& text) {
      return (text.is_string || (!is_list && words == 0)) && std::ranges::count(text.text, ' ') + 1 >= words;
    });
  }

  const Member* FirstOf(const std::vector<std::string>& names) const {
    const Member* first = nullptr;
    for (const std::string& name : names) {
      const Member* const member = FindValue(name);
      if (member == nullptr || member->json == "true" || member->json == "false") continue;
      if (SaysSomething(*member)) return member;
      if (first == nullptr) first = member;
    }
    return first;
  }
  // null is nothing: another member of that name counts.
  const Member* FindValue(std::string_view name) const {
    const auto found = std::ranges::find_if(
        members_, [&](const Member& member) { return member.name == name && member.json != "null"; });
    return found == members_.end() ? nullptr : &*found;
  }

  void Append(const Member& member, bool is_title) {
    const size_t first = texts_.size();
    if (member.json == "\"\"")
      texts_.push_back({.text = {}, .written = member.written});
    else
      Collect(member, {}, texts_);
    if (texts_.size() > first) texts_[first].is_title = is_title;
  }

  bool AppendAll(const Member* title, bool is_whole) {
    const bool only_inside = title != nullptr && !is_whole;
    bool has_string = false, has_prose = !only_inside;
    const size_t first = texts_.size();
    for (const Member& member : members_) {
      const bool is_list = member.json[0] == '{' || member.json[0] == '[';
      if (&member == title || IsIdentity(member.name) || (only_inside && !is_list)) continue;
      if (member.name == options_.segment.id_field || member.name == options_.segment.order_field) continue;
      if (!SaysSomething(member)) continue;
      has_string |= is_list || member.json[0] == '"';
      has_prose |= SaysSomething(member, 8);
      Append(member, false);
    }
    if (has_string && has_prose) return true;
    texts_.resize(first);
    return false;
  }

  const AnswerOptions& options_;
  std::vector<Member> members_;
  std::vector<Text> texts_;
};

// The pieces behind the title, with an empty line between them.
std::string Body(std::span<const std::string_view> pieces) {
  std::string body;
  for (size_t i = 1; i < pieces.size(); ++i) {
    if (i > 1) body += "\n\n";
    body += pieces[i];
  }
  return body;
}

// A field of a record that is no JSON, as JSON; empty if there is nothing.
std::string PlainField(const AuditSpan& span, std::string_view field) {
  std::string text, json;
  if (field == "title") text = span.pieces.front();
  if (field == "snapshot") text = span.snapshot;
  if (field == "text") text = Body(span.pieces);
  if (!text.empty()) AppendJsonString(text, json);
  return json;
}

// \r\n and \r become \n.
std::string UnixLines(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r')
      out += text[i];
    else if (i + 1 == text.size() || text[i + 1] != '\n')
      out += '\n';
  }
  return out;
}

std::string PageObject(const AuditSpan& span, std::span<const std::string_view> pieces, std::string_view id,
                       std::string_view ref, std::string_view annotation) {
  std::string out = "{\"id\":";
  AppendJsonString(id, out);
  out += ",\"ref\":";
  AppendJsonString(ref, out);
  out += ",\"title\":";
  AppendJsonString(UnixLines(pieces.front()), out);
  out += ",\"text\":";
  AppendJsonString(UnixLines(Body(pieces)), out);
  out += ",\"snapshot\":";
  if (span.snapshot.empty())
    out += "null";
  else
    AppendJsonString(span.snapshot, out);
  if (!annotation.empty()) {
    out += ",\"unecho\":";
    out += annotation;
  }
  out += '}';
  return out;
}

std::string Annotation(std::string_view ref, std::string_view id, std::span<const std::string> copies) {
  std::string out = "{\"ref\":";
  AppendJsonString(ref, out);
  out += ",\"id\":";
  AppendJsonString(id, out);
  out += ",\"copies\":[";
  for (size_t i = 0; i < copies.size(); ++i) {
    if (i > 0) out += ',';
    AppendJsonString(copies[i], out);
  }
  out += "]}";
  return out;
}

std::string Repaired(std::string_view text) {
  std::string out;
  AppendRepairedUtf8(text, out);
  return out;
}

}  // namespace

// The texts of a line, in order. A Python literal is read by the converter that the run has, too.
Reason RecordReader::ReadObject(std::string_view bytes, RecordFacts& facts, std::vector<std::string>& texts) {
  simdjson::dom::object object;
  const std::string line = Repaired(bytes);
  std::string whole, json;
  AppendWithBytesAsLetters(bytes, whole);
  json = whole;
  if (parser_.parse(json).get(object) != simdjson::SUCCESS) {
    json.clear();
    if (!AppendPythonLiteralAsJson(whole, json) || parser_.parse(json).get(object) != simdjson::SUCCESS)
      return Reason::kInvalidJson;
  }
  ObjectTexts found(json, line, options_);
  const std::vector<std::string>& fields = options_.segment.match_fields;
  const Reason reason = fields.empty() ? found.ByProfile(layout_.profile().jsonl) : found.ByName(fields);
  if (reason != Reason::kNone) return reason;
  for (const ObjectTexts::Text& text : found.texts()) {
    const size_t at = text.written.empty() ? 0 : static_cast<size_t>(text.written.data() - line.data());
    texts.emplace_back();
    AppendWithLettersAsBytes(text.text, texts.back());
    facts.fields.push_back({Repaired(texts.back()), at, text.written.size(), text.is_title});
  }
  const std::vector<RawMember> raw = RawMembers(json);
  auto written = [&](std::string_view field) {
    size_t i = 0;
    for (const auto& member : object) {
      if (member.key == field) {
        const bool is_scalar = !member.value.is_object() && !member.value.is_array();
        std::string value;
        if (is_scalar) AppendWithLettersAsBytes(raw.at(i).value, value);
        return Repaired(value);
      }
      ++i;
    }
    return std::string();
  };
  if (!options_.segment.id_field.empty()) facts.id_json = written(options_.segment.id_field);
  if (!options_.segment.order_field.empty()) facts.order_json = written(options_.segment.order_field);
  return Reason::kNone;
}

RecordFacts RecordReader::ReadText(const AuditSpan& span) {
  RecordFacts facts;
  facts.invalid_utf8 = CountMalformedUtf8(span.bytes);
  if (span.bytes.size() > options_.segment.max_record_bytes) {
    facts.reason = Reason::kTooLong;
    return facts;
  }
  std::vector<std::string> texts(span.pieces.begin(), span.pieces.end());
  if (span.segmented) {
    facts.reason = span.segmented->reason;
    facts.invalid_utf8 = span.segmented->invalid_utf8;
    facts.id_json = span.segmented->id_json;
  } else if (traits_.pieces_are_fields) {
    facts.reason = ReadObject(span.bytes, facts, texts);
  } else if (span.no_title) {
    facts.reason = Reason::kOrphanBody;
  } else if (traits_.plain_form == PlainForm::kPage && options_.segment.require_body && span.pieces.size() == 1) {
    facts.reason = Reason::kTitleWithoutBody;
  }
  if (facts.reason != Reason::kNone) return facts;
  if (span.segmented)
    facts.order_json = span.segmented->order_json;
  else if (!traits_.pieces_are_fields)
    facts.order_json = PlainField(span, options_.segment.order_field);
  const bool begins_with_title = !facts.fields.empty() && facts.fields.front().is_title;
  facts.num_titles = !traits_.pieces_are_fields || begins_with_title ? 1 : 0;
  facts.cleaned = cleaner_.Clean(texts, facts.num_titles, traits_.pieces_are_fields);
  facts.reason = facts.cleaned.reason;
  facts.texts = std::move(texts);
  return facts;
}

void RecordReader::TakeRepeatedLines(std::vector<AuditRepeatedLines::Piece>& pieces, const std::string& ref,
                                     bool are_fields, AuditRepeatedLines& repeats, RecordFacts& facts,
                                     RewriteCounts& counts) {
  if (facts.reason != Reason::kNone) return;
  const AuditRepeatedLines::Outcome outcome = repeats.Decide(pieces, ref, are_fields, facts.texts);
  counts.Count(Rewrite::kRepeatedParagraphs, outcome.paragraphs);
  counts.Count(Rewrite::kRepeatedLines, outcome.lines);
  facts.removed_lines = outcome.json;
  facts.cleaned.rewritten |= outcome.paragraphs + outcome.lines > 0;
  if (outcome.only_repeated) facts.reason = Reason::kOnlyRepeatedLines;
}

void RecordReader::ReadTokens(RecordFacts& facts, bool want_shingles) {
  if (facts.reason != Reason::kNone) return;
  std::vector<std::string> tokens;
  for (const std::string& text : facts.texts) AppendReferenceTokens(text, tokens);
  if (!facts.cleaned.rewritten) facts.texts.clear(), facts.fields.clear();
  if (tokens.empty() || cleaner_.RejectsLength(tokens.size())) {
    facts.reason = tokens.empty() ? Reason::kEmpty : Reason::kMinLength;
    return;
  }
  facts.id = ReferenceId(tokens);
  facts.num_tokens = tokens.size();
  if (want_shingles) facts.shingles = ReferenceShingles(tokens, options_.shingle_tokens);
  if (!options_.against.empty()) facts.tokens = std::move(tokens);
}

// The line with what the cleaning rules have left of its match fields.
std::string RecordReader::RewrittenLine(std::string_view line, const RecordFacts& facts) {
  if (!traits_.pieces_are_fields) {
    std::string text = Repaired(facts.texts.empty() ? std::string_view() : facts.texts.back());
    std::ranges::replace_if(
        text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return text;
  }
  struct Change {
    size_t at, size;
    const std::string* text;
  };
  std::vector<Change> changes;
  for (size_t i = 0; i < facts.fields.size(); ++i) {
    const RecordFacts::Field& field = facts.fields[i];
    if (field.text != Repaired(facts.texts[i]) && field.size > 0)
      changes.push_back({field.at, field.size, &facts.texts[i]});
  }
  std::ranges::stable_sort(changes, {}, &Change::at);
  std::string out;
  size_t copied = 0;
  for (const Change& change : changes) {
    if (change.at < copied) continue;  // named twice
    out += line.substr(copied, change.at - copied);
    AppendJsonString(*change.text, out);
    copied = change.at + change.size;
  }
  out += line.substr(copied);
  return out;
}

// The line with one more member, "unecho", and without the one an earlier run has put there.
std::string RecordReader::AnnotatedObject(std::string_view line, std::string_view annotation) {
  const std::vector<RawMember> raw = RawMembers(line);
  const size_t head = raw.empty() ? line.find('{') + 1 : static_cast<size_t>(raw[0].all.data() - line.data());
  std::string out(line.substr(0, head));
  bool first = true;
  for (size_t i = 0; i < raw.size(); ++i) {
    if (ObjectTexts::Unescaped(raw[i].name) == "unecho") continue;
    if (!first) {  // so i > 0: what stands between two members stays as it was
      const char* const before = raw[i - 1].all.data() + raw[i - 1].all.size();
      out.append(before, static_cast<size_t>(raw[i].all.data() - before));
    }
    out += raw[i].all;
    first = false;
  }
  if (!first) out += ',';
  out += "\"unecho\":";
  out += annotation;
  out += '}';
  return out;
}

std::string RecordReader::CorpusLine(const AuditSpan& span, const RecordFacts& facts, std::string_view ref,
                                     const std::vector<std::string>* copies) {
  const std::string annotation = copies != nullptr ? Annotation(ref, facts.id, *copies) : std::string();
  if (objects_ || !traits_.is_written_as_lines) {
    std::vector<std::string_view> pieces(facts.texts.begin(), facts.texts.end());
    if (!facts.cleaned.rewritten) pieces = span.pieces;
    return PageObject(span, pieces, facts.id, ref, annotation);
  }
  const std::string whole = Repaired(span.bytes);
  const std::string line = facts.cleaned.rewritten ? RewrittenLine(whole, facts) : whole;
  return annotation.empty() ? line : AnnotatedObject(line, annotation);
}

}  // namespace unecho
