#include "write/corpus.h"

#include <simdjson.h>

#include <string>
#include <utility>
#include <vector>

#include "base/batch.h"
#include "base/hash_map.h"
#include "text/json.h"
#include "text/json_memory.h"
#include "text/json_scan.h"

namespace unecho {
namespace {

constexpr std::string_view kMember = "unecho";
constexpr std::string_view kJsonSpace = " \t\r\n";

std::string_view TrimEnd(std::string_view text) {
  const size_t last = text.find_last_not_of(kJsonSpace);
  return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

std::string_view WithoutLineEnd(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// The inside of a JSON string, with \r\n and lone \r written as \n.
void AppendEscapedLines(std::string_view text, std::string& out) {
  while (true) {
    const size_t at = text.find('\r');
    if (at == std::string_view::npos) break;
    AppendJsonEscaped(text.substr(0, at), out);
    out += "\\n";
    text.remove_prefix(at + 1 < text.size() && text[at + 1] == '\n' ? at + 2 : at + 1);
  }
  AppendJsonEscaped(text, out);
}

bool IsOurs(std::string_view quoted_name) {
  simdjson::dom::parser parser;
  std::string_view name;
  return IsParsed(parser, parser.parse(quoted_name.data(), quoted_name.size(), true).get(name)) && name == kMember;
}

// `object` without its top-level members called "unecho"; everything else keeps its bytes.
std::string WithoutMember(std::string_view object) {
  const std::vector<WrittenMember> members = MembersAsWritten(object);
  if (members.empty()) return std::string(object);
  const auto end_of = [](const WrittenMember& member) { return member.value.data() + member.value.size(); };
  std::string out(object.data(), members.front().all().data());
  bool first = true;
  for (size_t i = 0; i < members.size(); ++i) {
    if (IsOurs(members[i].name)) continue;
    if (!first) out.append(end_of(members[i - 1]), members[i].all().data());  // the separator before this member
    out += members[i].all();
    first = false;
  }
  return out.append(end_of(members.back()), object.data() + object.size());
}

void AppendValue(const NamedField& field, std::string& out) {
  if (field.is_json) return AppendRepairedUtf8(field.value, out);
  out += '"';
  AppendEscapedLines(field.value, out);
  out += '"';
}

// False if they are too many to be looked at one by one.
bool HaveNamesOfTheirOwn(std::span<const NamedField> fields) {
  constexpr size_t kFew = 32;
  if (fields.size() > kFew) return false;
  for (size_t i = 1; i < fields.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (fields[i].name == fields[j].name) return false;
    }
  }
  return true;
}

// ,"fields":{...}: in order; several of one name are a list, where the first stands. Of a record that was rewritten
// those that are its text are missing: what was taken out of it would come back.
void AppendFields(std::span<const NamedField> fields, bool rewritten, std::string& out) {
  if (HaveNamesOfTheirOwn(fields)) {
    std::string_view before = ",\"fields\":{\"";
    for (const NamedField& field : fields) {
      if (rewritten && field.is_compared) continue;
      out += std::exchange(before, ",\"");
      AppendJsonEscaped(field.name, out);
      out += "\":";
      AppendValue(field, out);
    }
    if (before.size() == 2) out += '}';
    return;
  }
  HashMap<std::string_view, std::vector<const NamedField*>> by_name;
  for (const NamedField& field : fields) {
    if (!rewritten || !field.is_compared) by_name[field.name].push_back(&field);
  }
  if (by_name.empty()) return;
  out += ",\"fields\":";
  char separator = '{';
  for (const NamedField& field : fields) {
    const auto found = by_name.find(field.name);
    if (found == by_name.end() || found->second.front() != &field) continue;
    const std::vector<const NamedField*>& values = found->second;
    out += std::exchange(separator, ',');
    out += '"';
    AppendJsonEscaped(field.name, out);
    out += "\":";
    if (values.size() == 1) {
      AppendValue(field, out);
      continue;
    }
    char between = '[';
    for (const NamedField* const each : values) {
      out += std::exchange(between, ',');
      AppendValue(*each, out);
    }
    out += ']';
  }
  out += '}';
}

}  // namespace

std::string RefName(std::string_view source_name, uint64_t ordinal) {
  std::string ref(source_name);
  ref += '#';
  AppendNumber(ordinal, ref);
  return ref;
}

void AppendCorpusObject(const Batch& batch, const Record& record, std::string_view id_hex, std::string_view ref,
                        std::string_view annotation, std::string& out) {
  const std::span<const std::string_view> pieces = batch.PiecesOf(record);
  if (id_hex.empty()) {
    out += "{\"id\":null";
  } else {
    out += "{\"id\":\"";
    out += id_hex;
    out += '"';
  }
  out += ",\"ref\":\"";
  AppendJsonEscaped(ref, out);
  out += "\",\"title\":\"";
  if (!pieces.empty()) AppendEscapedLines(pieces.front(), out);
  out += "\",\"text\":\"";
  for (size_t i = 1; i < pieces.size(); ++i) {
    if (i > 1) out += "\\n\\n";
    AppendEscapedLines(pieces[i], out);
  }
  if (record.snapshot.empty()) {
    out += "\",\"snapshot\":null";
  } else {
    out += "\",\"snapshot\":\"";
    AppendJsonEscaped(record.snapshot, out);
    out += '"';
  }
  AppendFields(batch.FieldsOf(record), record.rewritten, out);
  if (!annotation.empty()) {
    out += ",\"unecho\":";
    out += annotation;
  }
  out += "}\n";
}

void AppendInputLine(const Record& record, std::string& out) {
  const std::string_view line = WithoutLineEnd(record.raw);
  if (record.invalid_utf8 == 0)
    out += line;
  else
    AppendRepairedUtf8(line, out);
  out += '\n';
}

std::string_view BeforeMark(std::string_view object) {
  object = TrimEnd(object);
  if (object.ends_with('}')) object.remove_suffix(1);
  return TrimEnd(object);
}

std::string_view MarkKey(std::string_view before_mark) {
  return before_mark.ends_with('{') ? "\"unecho\":" : ",\"unecho\":";
}

void AppendAnnotatedLine(const Record& record, std::string_view annotation, std::string& out) {
  std::string copy;
  std::string_view object = TrimEnd(record.raw);
  if (record.invalid_utf8 > 0) {
    AppendRepairedUtf8(object, copy);
    object = copy;
  }
  if (record.has_mark) {
    copy = WithoutMember(object);
    object = copy;
  }
  object = BeforeMark(object);
  out += object;
  out += MarkKey(object);
  out += annotation;
  out += "}\n";
}

std::string AnnotationObject(std::string_view ref, std::string_view id_hex, std::span<const std::string> copies,
                             std::span<const std::string> copy_ids) {
  std::string out;
  JsonWriter json(out);
  json.BeginObject();
  json.Member("ref", ref);
  json.Key("id");
  if (id_hex.empty())
    json.Null();
  else
    json.String(id_hex);
  json.Key("copies");
  json.BeginArray();
  for (const std::string& copy : copies) json.String(copy);
  json.EndArray();
  if (!copy_ids.empty()) {
    json.Key("copy_ids");
    json.BeginArray();
    for (const std::string& id : copy_ids) id.empty() ? json.Null() : json.Raw(id);
    json.EndArray();
  }
  json.EndObject();
  return out;
}

}  // namespace unecho
