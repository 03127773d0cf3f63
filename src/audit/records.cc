#include "audit/records.h"

#include <algorithm>
#include <span>

#include "oracle/reference.h"
#include "text/json.h"

namespace unecho {
namespace {

constexpr std::string_view kJsonSpace = " \t\r\n";

// A member of an object as it is written. Its views borrow from the object's text.
struct RawMember {
  std::string_view all;  // from the quote of its name to the end of its value
  std::string_view value;
};

size_t SkipSpace(std::string_view json, size_t at) {
  return std::min(json.find_first_not_of(kJsonSpace, at), json.size());
}

// `json[at]` is the quote that opens a string; gives the byte behind the one that closes it.
size_t SkipString(std::string_view json, size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at) {
    if (json[at] == '\\') ++at;
  }
  return at + 1;
}

size_t SkipValue(std::string_view json, size_t at) {
  for (int depth = 0; at < json.size();) {
    const char c = json[at];
    if (c == '"') {
      at = SkipString(json, at);
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if (depth == 0 && (c == ',' || c == '}')) break;
    if (c == '}' || c == ']') --depth;
    ++at;
  }
  return at;
}

std::string_view TrimEnd(std::string_view text) {
  const size_t last = text.find_last_not_of(kJsonSpace);
  return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

// The members of an object that is known to be well-formed, in order: the DOM lists them in the same order.
std::vector<RawMember> RawMembers(std::string_view json) {
  std::vector<RawMember> members;
  size_t at = SkipSpace(json, json.find('{') + 1);
  while (at < json.size() && json[at] == '"') {
    const size_t value = SkipSpace(json, SkipSpace(json, SkipString(json, at)) + 1);  // over the colon
    const size_t end = SkipValue(json, value);
    const std::string_view trimmed = TrimEnd(json.substr(value, end - value));
    members.push_back({json.substr(at, value + trimmed.size() - at), trimmed});
    at = SkipSpace(json, end + 1);  // over the comma or the brace
  }
  return members;
}

// The match fields that an object has. Of the profile's lists, the first that is there, provided it is a string or the
// first of its list.
std::vector<std::string> MatchFields(const AnswerOptions& options, const JsonlProfile& profile,
                                     const simdjson::dom::object& object) {
  if (!options.segment.match_fields.empty()) return options.segment.match_fields;
  std::vector<std::string> fields;
  for (const auto* list : {&profile.title, &profile.body}) {
    const auto found = std::ranges::find_if(*list, [&](const std::string& name) {
      simdjson::dom::element value;
      return object.at_key(name).get(value) == simdjson::SUCCESS && (name == list->front() || value.is_string());
    });
    if (found != list->end()) fields.push_back(*found);
  }
  return fields;
}

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

// The match fields of a line, in order. The first of several members of one name counts.
Reason RecordReader::ReadObject(std::string_view line, RecordFacts& facts, std::vector<std::string>& texts) {
  simdjson::dom::object object;
  if (parser_.parse(line.data(), line.size(), true).get(object) != simdjson::SUCCESS) return Reason::kInvalidJson;
  bool found = false, all_strings = true;
  for (const std::string& field : MatchFields(options_, layout_.profile().jsonl, object)) {
    simdjson::dom::element value;
    if (object.at_key(field).get(value) != simdjson::SUCCESS) continue;
    found = true;
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) {
      all_strings = false;
      continue;
    }
    texts.emplace_back(text);
    facts.fields.push_back(field);
  }
  if (!found) return Reason::kNoMatchField;
  if (!all_strings) return Reason::kFieldNotString;
  const std::vector<RawMember> raw = RawMembers(line);
  auto written = [&](std::string_view field) {
    size_t i = 0;
    for (const auto& member : object) {
      if (member.key == field) {
        const bool is_scalar = !member.value.is_object() && !member.value.is_array();
        return std::string(is_scalar ? raw.at(i).value : std::string_view());
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
    facts.reason = ReadObject(Repaired(span.bytes), facts, texts);
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
  facts.num_titles = !traits_.pieces_are_fields || BeginsWithTitle(facts.fields) ? 1 : 0;
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
  if (!facts.cleaned.rewritten) facts.texts.clear();
  if (tokens.empty() || cleaner_.RejectsLength(tokens.size())) {
    facts.reason = tokens.empty() ? Reason::kEmpty : Reason::kMinLength;
    return;
  }
  facts.id = ReferenceId(tokens);
  facts.num_tokens = tokens.size();
  if (want_shingles) facts.shingles = ReferenceShingles(tokens, options_.shingle_tokens);
  if (!options_.against.empty()) facts.tokens = std::move(tokens);
}

// Is the first field a title by its name, not by its place?
bool RecordReader::BeginsWithTitle(const std::vector<std::string>& fields) const {
  if (fields.empty()) return false;
  const std::vector<std::string>& titles = layout_.profile().jsonl.title;
  const bool listed =
      options_.segment.match_fields.empty() && std::ranges::find(titles, fields.front()) != titles.end();
  return listed || fields.front() == "title";
}

// The line with what the cleaning rules have left of its match fields.
std::string RecordReader::RewrittenLine(std::string_view line, const RecordFacts& facts) {
  if (!traits_.pieces_are_fields) {
    std::string text = Repaired(facts.texts.empty() ? std::string_view() : facts.texts.back());
    std::ranges::replace_if(
        text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return text;
  }
  simdjson::dom::object object;
  if (parser_.parse(line.data(), line.size(), true).get(object) != simdjson::SUCCESS) return {};
  const std::vector<RawMember> raw = RawMembers(line);
  std::string out;
  size_t copied = 0, i = 0;
  std::vector<std::string_view> seen;
  for (const auto& member : object) {
    const RawMember& written = raw.at(i++);
    const auto field = std::ranges::find(facts.fields, member.key);
    if (field == facts.fields.end() || std::ranges::find(seen, member.key) != seen.end()) continue;
    seen.push_back(member.key);
    const std::string& text = facts.texts[static_cast<size_t>(field - facts.fields.begin())];
    if (std::string_view(member.value) == text) continue;
    const auto at = static_cast<size_t>(written.value.data() - line.data());
    out += line.substr(copied, at - copied);
    AppendJsonString(text, out);
    copied = at + written.value.size();
  }
  out += line.substr(copied);
  return out;
}

// The line with one more member, "unecho", and without the one an earlier run has put there.
std::string RecordReader::AnnotatedObject(std::string_view line, std::string_view annotation) {
  simdjson::dom::object object;
  if (parser_.parse(line.data(), line.size(), true).get(object) != simdjson::SUCCESS) return {};
  const std::vector<RawMember> raw = RawMembers(line);
  const size_t head = raw.empty() ? line.find('{') + 1 : static_cast<size_t>(raw[0].all.data() - line.data());
  std::string out(line.substr(0, head));
  bool first = true;
  size_t i = 0;
  for (const auto& member : object) {
    if (i < raw.size() && member.key != "unecho") {
      if (!first) {  // so i > 0: what stands between two members stays as it was
        const char* const before = raw[i - 1].all.data() + raw[i - 1].all.size();
        out.append(before, static_cast<size_t>(raw[i].all.data() - before));
      }
      out += raw[i].all;
      first = false;
    }
    ++i;
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
