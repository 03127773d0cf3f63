// Objects of JSON.
#include <algorithm>
#include <map>

#include "audit/json_object.h"
#include "audit/plain_fill_forms.h"
#include "text/json.h"

namespace unecho {

using std::string;
using std::string_view;

bool IsSilentValue(string_view json) {
  for (const string_view nothing : {"null", "None", "[]", "{}"}) {
    if (json == nothing) return true;
  }
  const bool is_string = json.size() > 1 && (json.front() == '"' || json.front() == '\'');
  return is_string && IsAllBlank(json.substr(1, json.size() - 2));
}

namespace {

string InnerName(const RawMember& member) { return string(member.name.substr(1, member.name.size() - 2)); }

string MemberValue(const string& name, string_view field, const string& value) {
  if (name == "issued") return "{\"date-parts\":[[" + value + "]]}";
  if (field == "year") return value;
  string json;
  AppendJsonString(value, json);
  return json;
}

}  // namespace

string FilledObject(string_view record, std::span<PlainFill> fills) {
  string object(record);
  if (!object.starts_with("{")) return object;
  static const std::map<string_view, std::pair<string_view, string_view>> kNames = {
      {"year", {"year", "issued"}},
      {"container", {"journal", "container-title"}},
      {"number", {"number", "issue"}},
      {"pages", {"pages", "page"}},
      {"doi", {"doi", "DOI"}},
      {"pmid", {"pmid", "PMID"}},
      {"isbn", {"isbn", "ISBN"}},
      {"volume", {"volume", "volume"}},
      {"abstract", {"abstract", "abstract"}}};
  const auto replace = [&object](const RawMember& member, const string& value) {
    const auto begin = static_cast<size_t>(member.value.data() - object.data());
    object = object.substr(0, begin) + value + object.substr(begin + member.value.size());
  };
  for (PlainFill& fill : fills) {
    const std::vector<RawMember> members = RawMembers(object);
    if (members.empty()) return object;
    fill.is_written = true;
    const RawMember* silent = nullptr;
    size_t best = 0;
    for (const RawMember& member : members) {
      const string name = InnerName(member);
      const auto rank = RankOfName(name, StandardOf(fill.field), {});
      if (!rank || !IsSilentValue(member.value)) continue;
      if (fill.field == "pages" && PageNameOf(name) == PageName::kNone) continue;
      if (silent == nullptr || *rank < best) silent = &member, best = *rank;
    }
    if (silent != nullptr) {
      const string name = InnerName(*silent);
      const bool is_first = fill.field == "pages" && PageNameOf(name) == PageName::kFirst;
      const auto [first, last] = FirstAndLastOf(fill.value);
      replace(*silent, MemberValue(name, fill.field, is_first ? first : fill.value));
      if (!is_first || last.empty()) continue;
      for (const RawMember& member : RawMembers(object)) {
        if (PageNameOf(InnerName(member)) != PageName::kLast || !IsSilentValue(member.value)) continue;
        replace(member, MemberValue("", fill.field, last));
        break;
      }
      continue;
    }
    const bool is_csl = std::ranges::any_of(members, [](const RawMember& member) {
      const string name = InnerName(member);
      return name == "issued" || name == "container-title" || name == "citation-key";
    });
    const auto& [plain, csl] = kNames.at(fill.field);
    const string name(is_csl ? csl : plain);
    // With what stands between the last two members, and between a name and its value.
    const RawMember& last = members.back();
    const char* const end = last.value.data() + last.value.size();
    string between = ", ";
    if (members.size() > 1) {
      const RawMember& other = members[members.size() - 2];
      between.assign(other.value.data() + other.value.size(), last.name.data());
    }
    const string colon(last.name.data() + last.name.size(), last.value.data());
    string quoted;
    AppendJsonString(name, quoted);
    const auto at = static_cast<size_t>(end - object.data());
    object =
        object.substr(0, at) + between + quoted + colon + MemberValue(name, fill.field, fill.value) + object.substr(at);
  }
  return object;
}

}  // namespace unecho
