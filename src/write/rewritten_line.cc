#include "write/rewritten_line.h"

#include <simdjson.h>

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "text/json.h"

namespace unecho::clean {
namespace {

struct Member {
  std::string name;
  std::string_view raw;  // the value as it is written
  bool is_string = false;
};

constexpr std::string_view kJsonSpace = " \t\r\n";

std::string_view TrimEnd(std::string_view text) { return text.substr(0, text.find_last_not_of(kJsonSpace) + 1); }

// Members that may hold match text: the first of each name that is wanted, in the order of the line.
simdjson::error_code ListMembers(const simdjson::padded_string& line, std::span<const std::string> wanted,
                                 std::vector<Member>& members) {
  simdjson::ondemand::parser parser;
  simdjson::ondemand::document document;
  if (auto error = parser.iterate(line).get(document)) return error;
  simdjson::ondemand::object object;
  if (auto error = document.get_object().get(object)) return error;
  for (auto result : object) {
    simdjson::ondemand::field field;
    if (auto error = std::move(result).get(field)) return error;
    std::string_view name, raw;
    if (auto error = field.unescaped_key().get(name)) return error;
    const bool known = std::ranges::find(members, name, &Member::name) != members.end();
    if (known || std::ranges::find(wanted, name) == wanted.end()) continue;
    Member member;
    member.name = name;
    if (auto error = simdjson::to_json_string(field.value()).get(raw)) return error;
    member.raw = TrimEnd(raw);
    member.is_string = member.raw.starts_with('"');
    members.push_back(std::move(member));
  }
  return simdjson::SUCCESS;
}

// Of a list of names, the first member that is there, as the layout takes it: the first name of the list must be a
// string (the record would have been rejected), the others are passed over if they are none.
const Member* FirstOf(std::span<const std::string> names, const std::vector<Member>& members) {
  for (const std::string& name : names) {
    const auto found = std::ranges::find(members, name, &Member::name);
    if (found != members.end() && found->is_string) return &*found;
  }
  return nullptr;
}

// The members whose texts are the pieces of the record, in order.
std::vector<const Member*> MatchMembers(const LayoutOptions& options, const JsonlProfile& profile,
                                        const std::vector<Member>& members) {
  std::vector<const Member*> matched;
  if (options.match_fields.empty()) {
    for (const auto* list : {&profile.title, &profile.body}) {
      if (const Member* member = FirstOf(*list, members)) matched.push_back(member);
    }
  } else {
    for (const std::string& name : options.match_fields) {
      if (const Member* member = FirstOf({&name, 1}, members)) matched.push_back(member);
    }
  }
  return matched;
}

void AppendJsonLine(const LayoutOptions& options, const Batch& batch, const Record& record, std::string_view line,
                    std::string& out) {
  const JsonlProfile& profile = batch.layout->profile().jsonl;
  std::vector<std::string> wanted = options.match_fields;
  if (wanted.empty()) {
    wanted = profile.title;
    wanted.insert(wanted.end(), profile.body.begin(), profile.body.end());
  }
  const simdjson::padded_string padded(line);
  std::vector<Member> members;
  const simdjson::error_code error = ListMembers(padded, wanted, members);
  const std::vector<const Member*> matched = MatchMembers(options, profile, members);
  const auto pieces = batch.PiecesOf(record);
  if (error != simdjson::SUCCESS || matched.size() != pieces.size()) {  // the layout has read this line the same way
    out += line;
    return;
  }
  struct Change {
    std::string_view raw;
    std::string value;
  };
  std::vector<Change> changes;
  simdjson::dom::parser parser;
  for (size_t i = 0; i < pieces.size(); ++i) {
    std::string_view before;
    const std::string raw(matched[i]->raw);
    if (parser.parse(raw).get(before) == simdjson::SUCCESS && before == pieces[i]) continue;
    Change& change = changes.emplace_back(Change{matched[i]->raw, {}});
    AppendJsonString(pieces[i], change.value);
  }
  std::ranges::sort(changes, {}, [](const Change& change) { return change.raw.data(); });
  const char* copied = padded.data();
  for (const Change& change : changes) {
    if (change.raw.data() < copied) continue;  // one field named twice among the match fields
    out.append(copied, change.raw.data());
    out += change.value;
    copied = change.raw.data() + change.raw.size();
  }
  out.append(copied, padded.data() + padded.size());
}

}  // namespace

void AppendRewrittenLine(const LayoutOptions& options, const Batch& batch, const Record& record, std::string& out) {
  if (!batch.traits->pieces_are_fields) {
    const auto pieces = batch.PiecesOf(record);
    std::string text;
    if (!pieces.empty()) AppendRepairedUtf8(pieces.back(), text);
    std::ranges::replace_if(
        text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
    out += text;
    return;
  }
  std::string_view line = record.raw;
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  std::string repaired;
  if (record.invalid_utf8 > 0) {
    AppendRepairedUtf8(line, repaired);
    line = repaired;
  }
  AppendJsonLine(options, batch, record, line, out);
}

}  // namespace unecho::clean
