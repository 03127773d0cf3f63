// Objects of JSON.
#include <algorithm>
#include <map>

#include "audit/json_object.h"
#include "audit/plain_fill_forms.h"
#include "text/json.h"
#include "text/python_literal.h"

namespace unecho {

using std::string;
using std::string_view;

namespace {

// The members of the object as JSON has them, which may be written as a Python literal.
struct ObjectPlaces {
  ObjectPlaces(const string& object, const Profile& profile) : members(RawMembers(object)), places(profile.names) {
    string python;
    const bool is_python = AppendPythonLiteralAsJson(object, python);
    const std::vector<RawMember> as_json = is_python ? RawMembers(python) : members;
    if (as_json.size() != members.size()) members.clear();
    for (size_t i = 0; i < members.size(); ++i)
      places.Add(InnerName(as_json[i].name), IsSilentField({.name = {}, .value = as_json[i].value, .is_json = true}));
  }
  static string InnerName(string_view quoted) {
    if (string name = ObjectTexts::Unescaped(quoted); !name.empty()) return name;
    return string(quoted.substr(1, quoted.size() - 2));
  }

  std::vector<RawMember> members;
  PlainPlaces places;
};

string MemberValue(const string& name, string_view field, const string& value) {
  if (name == "issued") return "{\"date-parts\":[[" + value + "]]}";
  if (field == "year") return value;
  string json;
  AppendJsonString(value, json);
  return json;
}

}  // namespace

string FilledObject(string_view record, const Profile& profile, std::span<PlainFill> fills) {
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
    const ObjectPlaces now(object, profile);
    const auto& [members, places] = now;
    if (members.empty()) return object;
    bool is_csl = false;
    for (size_t i = 0; i < members.size(); ++i) {
      const string& name = places.Name(i);
      is_csl = is_csl || name == "issued" || name == "container-title" || name == "citation-key";
    }
    const auto& [plain, csl] = kNames.at(fill.field);
    const string name = PlainNameFor(profile, fill.field, is_csl ? csl : plain);
    const auto silent = places.Silent(fill.field, name);
    fill.is_written = silent || places.IsFree(fill.field, name);
    if (!fill.is_written) continue;
    if (silent) {
      const bool is_first = fill.field == "pages" && places.IsFirstPage(*silent);
      const auto [first, last] = FirstAndLastOf(fill.value);
      replace(members[*silent], MemberValue(places.Name(*silent), fill.field, is_first ? first : fill.value));
      if (!is_first || last.empty()) continue;
      const ObjectPlaces then(object, profile);
      if (const auto end = then.places.SilentLastPage(); end)
        replace(then.members[*end], MemberValue("", fill.field, last));
      continue;
    }
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
