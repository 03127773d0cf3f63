#include "audit/records.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <map>
#include <span>
#include <utility>

#include "audit/earlier.h"
#include "audit/json_object.h"
#include "base/hash.h"
#include "clean/pii_json.h"
#include "oracle/reference.h"
#include "oracle/reference_fields.h"
#include "oracle/word_hashes.h"
#include "text/json.h"
#include "text/json_memory.h"
#include "text/json_path.h"
#include "text/malformed_bytes.h"
#include "text/python_literal.h"
#include "text/scan.h"
#include "works/work_fields.h"

namespace unecho {
namespace {

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
std::string FieldOfPlain(const AuditSpan& span, std::string_view field) {
  std::string text, json;
  if (field == "title") text = span.pieces.front();
  if (field == "snapshot") text = span.snapshot;
  if (field == "text") text = Body(span.pieces);
  if (!text.empty()) AppendJsonString(text, json);
  return json;
}

// Of JSON, or of a Python literal: u'...'.
bool IsString(std::string_view value) {
  const size_t quote = value.find_first_of("\"'");
  return quote == 0 || (quote == 1 && value[0] != '[' && value[0] != '{' && value[0] != '(');
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

// Its fields, several of one name as a list; of a record that was rewritten those that are no text of it.
std::string FieldsObject(std::span<const NamedField> fields, bool rewritten) {
  std::vector<std::pair<std::string, std::vector<std::string>>> lists;
  std::map<std::string_view, size_t> places;
  for (const NamedField& field : fields) {
    if (rewritten && field.is_compared) continue;
    const auto [place, is_new] = places.try_emplace(field.name, lists.size());
    if (is_new) {
      lists.emplace_back();
      AppendJsonString(field.name, lists.back().first);
    }
    std::string value;
    if (field.is_json)
      AppendRepairedUtf8(field.value, value);
    else
      AppendJsonString(UnixLines(field.value), value);
    lists[place->second].second.push_back(std::move(value));
  }
  std::string out;
  for (const auto& [name, values] : lists) {
    out += out.empty() ? "" : ",";
    out += name + ":";
    if (values.size() == 1) {
      out += values.front();
      continue;
    }
    std::string list;
    for (const std::string& value : values) list += (list.empty() ? "" : ",") + value;
    out += "[" + list + "]";
  }
  return out.empty() ? "" : "{" + out + "}";
}

std::string PageObject(const AuditSpan& span, std::span<const std::string_view> pieces, bool rewritten, bool has_fields,
                       std::string_view id, std::string_view ref, std::string_view annotation) {
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
  const std::string fields =
      span.segmented && has_fields ? FieldsObject(span.segmented->fields, rewritten) : std::string();
  if (!fields.empty()) out += ",\"fields\":" + fields;
  if (!annotation.empty()) {
    out += ",\"unecho\":";
    out += annotation;
  }
  out += '}';
  return out;
}

std::string Annotation(std::string_view ref, std::string_view id, const AuditCopies& copies) {
  std::string out = "{\"ref\":";
  AppendJsonString(ref, out);
  out += ",\"id\":";
  AppendJsonString(id, out);
  out += ",\"copies\":[";
  for (size_t i = 0; i < copies.refs.size(); ++i) {
    if (i > 0) out += ',';
    AppendJsonString(copies.refs[i], out);
  }
  out += ']';
  for (size_t i = 0; i < copies.ids.size(); ++i) {
    out += i == 0 ? ",\"copy_ids\":[" : ",";
    out += copies.ids[i].empty() ? "null" : copies.ids[i];
  }
  return out += copies.ids.empty() ? "}" : "]}";
}

PlainFields MembersOf(const simdjson::dom::object& object) {
  PlainFields fields;
  for (const auto& [name, value] : object) {
    std::string_view string;
    NamedValue& field = fields.emplace_back();
    AppendWithLettersAsBytes(name, field.name);
    if (value.is_null()) continue;
    const std::string json = value.get(string) == simdjson::SUCCESS ? std::string() : simdjson::minify(value);
    field.is_json = !json.empty();
    AppendWithLettersAsBytes(json.empty() ? string : json, field.value.emplace());
  }
  return fields;
}

PlainFields FieldsOf(std::span<const NamedField> named) {
  PlainFields fields;
  for (const NamedField& each : named) {
    NamedValue& field = fields.emplace_back(NamedValue{std::string(each.name), std::nullopt, each.is_json});
    if (!each.is_json || each.value != "null") field.value = each.value;
    field.tex = each.tex;
    field.is_unknown_macro = each.is_unknown_macro;
  }
  return fields;
}

bool IsNoScalar(std::string_view json) { return json.empty() || json == "null" || json == "\"\""; }

// A scalar, or the one that is alone in a list; else empty.
std::string_view OneScalar(std::string_view json) {
  const auto is_container = [](std::string_view text) { return text.starts_with('{') || text.starts_with('['); };
  if (!is_container(json)) return json;
  std::string_view only;
  if (json[0] == '{') return only;
  for (const RawMember& each : RawMembers(json)) {
    if (is_container(each.value)) return {};
    if (IsNoScalar(each.value)) continue;
    if (!only.empty()) return {};
    only = each.value;
  }
  return only;
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
  if (!IsParsed(parser_, parser_.parse(json).get(object))) {
    json.clear();
    if (!AppendPythonLiteralAsJson(whole, json) || !IsParsed(parser_, parser_.parse(json).get(object)))
      return Reason::kInvalidJson;
  }
  ObjectTexts found(json, line, options_);
  const std::vector<std::string>& fields = options_.segment.match_fields;
  const Reason reason = fields.empty() ? found.ByProfile(layout_.profile().jsonl) : found.ByName(fields);
  if (reason != Reason::kNone) return reason;
  facts.left_out_bytes = found.LeftOutBytes();
  for (const ObjectTexts::Text& text : found.texts()) {
    const size_t at = text.written.empty() ? 0 : static_cast<size_t>(text.written.data() - line.data());
    texts.emplace_back();
    AppendWithLettersAsBytes(text.text, texts.back());
    if (!options_.match.empty()) facts.text_fields.push_back(static_cast<uint8_t>(text.field));
    facts.fields.push_back({Repaired(texts.back()), at, text.written.size(), text.is_title});
  }
  const auto says_nothing = [](const std::string& text) { return TrimBlanks(text).empty(); };
  const bool begins_with_title = !facts.fields.empty() && facts.fields.front().is_title;
  if (options_.segment.require_body && begins_with_title && !says_nothing(texts.front()) &&
      std::all_of(texts.begin() + 1, texts.end(), says_nothing))
    return Reason::kTitleWithoutBody;
  if (sameness_.any()) facts.values = FieldValuesOf(sameness_, MembersOf(object), layout_.profile().names);
  if (options_.comparison.by == CompareBy::kWorks) facts.named = MembersOf(object);
  const std::vector<RawMember> raw = RawMembers(json);
  // As it is written; in a list that has one value, this one.
  auto written = [&](std::string_view field) {
    std::string silent;
    for (const bool in_any_case : {false, true}) {
      size_t i = 0;
      for (const auto& member : object) {
        const size_t place = i++;
        if (in_any_case ? !IsNameFor(member.key, field) : member.key != field) continue;
        std::string value;
        AppendWithLettersAsBytes(OneScalar(raw.at(place).value), value);
        value = Repaired(value);
        if (!IsNoScalar(value)) return value;
        if (in_any_case && silent.empty()) silent = value;
      }
    }
    if (!silent.empty()) return silent;
    const auto inside = OneValueAt(object, field);
    std::string value;
    if (inside) AppendWithLettersAsBytes(std::string(simdjson::minify(*inside)), value);
    return Repaired(value);
  };
  if (!options_.segment.id_field.empty()) facts.id_json = written(options_.segment.id_field);
  if (!options_.segment.order_field.empty()) facts.order_json = written(options_.segment.order_field);
  return Reason::kNone;
}

RecordFacts RecordReader::ReadText(const AuditSpan& span) {
  RecordFacts facts;
  facts.bytes = span.bytes;
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
    facts.left_out_bytes = span.segmented->left_out_bytes;
    facts.text_fields = span.segmented->piece_fields;
    if (sameness_.any())
      facts.values = FieldValuesOf(sameness_, FieldsOf(span.segmented->fields), layout_.profile().names);
    if (options_.comparison.by == CompareBy::kWorks) facts.named = FieldsOf(span.segmented->fields);
  } else if (traits_.pieces_are_fields) {
    facts.reason = ReadObject(span.bytes, facts, texts);
  } else if (span.no_title) {
    facts.reason = Reason::kOrphanBody;
  } else if (traits_.plain_form == PlainForm::kPage && options_.segment.require_body && span.pieces.size() == 1) {
    facts.reason = Reason::kTitleWithoutBody;
  }
  if (facts.reason != Reason::kNone) return facts;
  if (sameness_.any() && !span.segmented && !traits_.pieces_are_fields)  // none has a name
    facts.values = FieldValuesOf(sameness_, {}, layout_.profile().names);
  if (span.segmented)
    facts.order_json = span.segmented->order_json;
  else if (!traits_.pieces_are_fields)
    facts.order_json = FieldOfPlain(span, options_.segment.order_field);
  const bool begins_with_title = !facts.fields.empty() && facts.fields.front().is_title;
  facts.num_titles = !traits_.pieces_are_fields || begins_with_title ? 1 : 0;
  facts.begins_with_title = facts.num_titles > 0 && (!span.segmented || span.segmented->begins_with_title);
  facts.cleaned = cleaner_.Clean(texts, facts.num_titles, keeps_empty_);
  facts.reason = facts.cleaned.reason;
  facts.texts = std::move(texts);
  return facts;
}

std::vector<size_t> RecordReader::TakeRepeatedLines(std::vector<AuditRepeatedLines::Piece>& pieces, size_t claim,
                                                    const std::string& ref, bool are_fields,
                                                    AuditRepeatedLines& repeats, RecordFacts& facts,
                                                    RewriteCounts& counts) {
  if (facts.reason != Reason::kNone) return {};
  AuditRepeatedLines::Outcome outcome = repeats.Decide(pieces, claim, ref, are_fields, facts.texts);
  counts.Count(Rewrite::kRepeatedParagraphs, outcome.paragraphs);
  counts.Count(Rewrite::kRepeatedLines, outcome.lines);
  facts.removed_lines = outcome.json;
  counts.Count(Rewrite::kRepeatedSentences, outcome.sentences);
  facts.cleaned.rewritten |= outcome.paragraphs + outcome.lines + outcome.sentences > 0;
  if (outcome.only_repeated) facts.reason = Reason::kOnlyRepeatedLines;
  return std::move(outcome.witnesses);
}

void RecordReader::ReadTokens(RecordFacts& facts, bool want_shingles) {
  if (facts.reason != Reason::kNone) return;
  std::string whole;
  for (const std::string& text : facts.texts) {
    if (!text.empty()) whole.append(whole.empty() ? "" : "\n").append(text);
  }
  facts.text_hash = Hash64(whole);
  if (!options_.match.empty()) return ReadFields(facts, want_shingles);
  ReferenceTokens record = ReferenceTokensOf(facts.texts, options_.comparison, options_.shingle_tokens);
  std::vector<std::string>& tokens = record.tokens;
  if (options_.comparison.by == CompareBy::kWorks) ReadWork(facts);
  if (!facts.cleaned.rewritten) facts.texts.clear(), facts.fields.clear();
  if (options_.comparison.by == CompareBy::kWorks && !facts.says_nothing && tokens.empty()) {
    if (cleaner_.RejectsLength(0)) facts.reason = Reason::kMinLength;
    if (by_words_) TakeWords(record, false, facts);
    facts.id = IdOf(record);  // of no tokens
    facts.num_tokens = 1;
    return;
  }
  if (tokens.empty() || cleaner_.RejectsLength(tokens.size())) {
    facts.reason = tokens.empty() ? Reason::kEmpty : Reason::kMinLength;
    return;
  }
  facts.id = IdOf(record);
  facts.num_tokens = tokens.size();
  if (by_words_)
    TakeWords(record, want_shingles, facts);
  else if (want_shingles)
    facts.shingles = ShinglesOf(record, options_.shingle_tokens);
  if (by_words_ && want_shingles && !options_.against.empty())
    facts.set_shingles = ShinglesOf(record, options_.shingle_tokens);
  if (!options_.against.empty()) facts.tokens = std::move(tokens);
}

void RecordReader::ReadWork(RecordFacts& facts) {
  std::vector<NamedField> fields;
  for (const NamedValue& each : facts.named) {
    if (each.value)
      fields.push_back({.name = each.name,
                        .value = *each.value,
                        .is_json = each.is_json,
                        .is_unknown_macro = each.is_unknown_macro});
  }
  std::string text;
  for (size_t i = facts.begins_with_title ? 1 : 0; i < facts.texts.size(); ++i) {
    if (!text.empty()) text += '\n';
    text += facts.texts[i];
  }
  const bool has_title = facts.begins_with_title && !facts.texts.empty();
  facts.work = PlainWorkOf(
      WorkFieldsOf(fields, layout_.profile().names, has_title ? facts.texts.front() : std::string_view(), text));
  facts.work_text = facts.work.Text();
  const bool says_enough = JudgePlainly(facts.work, facts.work).answer == PlainVerdict::Answer::kSame;
  facts.says_nothing = facts.work_text.empty();
  if (!says_enough) facts.work_text = "bytes " + std::string(facts.bytes);
  facts.work_text = Hex(Hash128(facts.work_text));
  facts.named = {};
}

// --match: the same of each field by itself.
void RecordReader::ReadFields(RecordFacts& facts, bool want_shingles) {
  const ReferenceFields record = ReferenceFieldsOf(facts.texts, facts.text_fields, options_.match.size(),
                                                   options_.comparison, options_.shingle_tokens);
  if (!facts.cleaned.rewritten) facts.texts.clear(), facts.fields.clear();
  facts.num_tokens = NumTokens(record);
  if (facts.num_tokens == 0 || cleaner_.RejectsLength(facts.num_tokens)) {
    facts.reason = facts.num_tokens == 0 ? Reason::kEmpty : Reason::kMinLength;
    return;
  }
  facts.id = IdOf(record);
  if (by_words_)
    TakeWords(record, want_shingles, facts);
  else if (want_shingles)
    facts.shingles = ShinglesOfFields(record, options_.shingle_tokens);
}

template <typename Tokens>
void RecordReader::TakeWords(const Tokens& record, bool want_shingles, RecordFacts& facts) const {
  const Key128 key = PlainKeyOf(record);
  std::vector<uint64_t> marks;
  if (sameness_.any()) {
    marks = MarksOf(key, facts.values);
    facts.values = MarkedValues(marks, sameness_);
  }
  facts.token_key = Hex(key);
  facts.whole_key = WholeKey(key, marks);
  if (want_shingles)
    facts.shingles = ShinglesOfWords(PlainWordsOf(record), options_.shingle_tokens, options_.match.size());
}

// The line with what the cleaning rules have left of its match fields. Numbers and their like stay where nothing is
// left.
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
    if (facts.texts[i].empty() && !IsString(line.substr(field.at, field.size))) continue;
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
                                     const AuditCopies* copies, std::string_view mark) {
  std::string annotation = copies != nullptr ? Annotation(ref, facts.id, *copies) : std::string();
  if (!mark.empty()) {
    annotation = "{\"ref\":";
    AppendJsonString(ref, annotation);
    annotation.append(mark).append("}");
  }
  const bool hides_personal_data = options_.clean.pii == PiiMode::kMask || options_.clean.pii == PiiMode::kDrop;
  const bool is_object = objects_ || (!mark.empty() && !traits_.pieces_are_fields);
  if (is_object || !traits_.is_written_as_lines) {
    std::vector<std::string_view> pieces(facts.texts.begin(), facts.texts.end());
    if (!facts.cleaned.rewritten) pieces = span.pieces;
    return PageObject(span, pieces, facts.cleaned.rewritten, !hides_personal_data, facts.id, ref, annotation);
  }
  const std::string whole = Repaired(span.bytes);
  std::string line = facts.cleaned.rewritten ? RewrittenLine(whole, facts) : whole;
  if (hides_personal_data && traits_.pieces_are_fields) {
    std::string masked;
    clean::MaskPiiInJson(line, masked);
    line = std::move(masked);
  }
  return annotation.empty() ? line : AnnotatedObject(line, annotation);
}

}  // namespace unecho
