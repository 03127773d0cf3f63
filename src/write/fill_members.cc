// Objects of JSON, and lines of them: a member behind the last one, called as its neighbours are.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/json.h"
#include "works/written_members.h"
#include "write/fill_forms.h"

namespace unecho {
namespace {

// Has the names of the Citation Style Language.
bool IsCsl(std::span<const ReadMember> members) {
  return std::ranges::any_of(members, [](const ReadMember& member) {
    const std::string& name = member.name;
    return name == "issued" || name == "container-title" || name == "citation-key";
  });
}

std::string_view NameInObject(MergeField field, bool is_csl) {
  switch (field) {
    case MergeField::kYear: return is_csl ? "issued" : "year";
    case MergeField::kContainer: return is_csl ? "container-title" : "journal";
    case MergeField::kNumber: return is_csl ? "issue" : "number";
    case MergeField::kPages: return is_csl ? "page" : "pages";
    case MergeField::kDoi: return is_csl ? "DOI" : "doi";
    case MergeField::kPmid: return is_csl ? "PMID" : "pmid";
    case MergeField::kIsbn: return is_csl ? "ISBN" : "isbn";
    case MergeField::kVolume: return "volume";
    case MergeField::kAbstract:
    case MergeField::kCount: break;
  }
  return "abstract";
}

std::string ValueInObject(std::string_view name, MergeField field, std::string_view value) {
  if (name == "issued") return std::string("{\"date-parts\":[[").append(value).append("]]}");
  if (field == MergeField::kYear) return std::string(value);
  std::string json;
  AppendJsonString(value, json);
  return json;
}

void ReplaceValue(const ReadMember& member, const std::string& value, std::string& out) {
  const std::string_view written = member.written.value;
  out.replace(static_cast<size_t>(written.data() - out.data()), written.size(), value);
}

// A member behind the last one, set off from it as that is from the one before.
void AddMember(std::span<const ReadMember> members, std::string_view name, std::string_view value, std::string& out) {
  const WrittenMember& last = members.back().written;
  const auto place = [&out](const char* at) { return static_cast<size_t>(at - out.data()); };
  const size_t name_end = place(last.name.data() + last.name.size()),
               value_end = place(last.all().data()) + last.all().size();
  std::string added = ", ";
  if (members.size() > 1) {
    const std::string_view one_before = members[members.size() - 2].written.all();
    const size_t end = place(one_before.data()) + one_before.size();
    added = out.substr(end, place(last.name.data()) - end);
  }
  AppendJsonString(name, added);
  added += out.substr(name_end, place(last.value.data()) - name_end);
  added += value;
  out.insert(value_end, added);
}

}  // namespace

MergeMask FillMembers(std::span<const StandardName> names, std::span<const Filling> fillings, std::string& out) {
  MergeMask filled = 0;
  for (const auto& [field, value, tex] : fillings) {
    if (!out.starts_with('{')) return 0;
    std::vector<ReadMember> members = MembersAsRead(out);
    if (members.empty()) return filled;
    std::vector<FillCandidate> candidates;
    for (const ReadMember& member : members) candidates.push_back({member.name, member.says_nothing});
    const std::string name(NameToAdd(names, field, NameInObject(field, IsCsl(members))));
    const FillPlace place = FindFillPlace(candidates, names, field, name);
    if (!place.silent) {
      if (place.is_taken) continue;
      AddMember(members, name, ValueInObject(name, field, value), out);
      filled |= BitOf(field);
      continue;
    }
    const ReadMember& silent = members[*place.silent];
    const bool is_first = field == MergeField::kPages && PageNameOf(silent.name, names) == PageName::kFirst;
    const FirstAndLastPage pages = SplitPages(value);
    ReplaceValue(silent, ValueInObject(silent.name, field, is_first ? pages.first : value), out);
    filled |= BitOf(field);
    if (!is_first || pages.last.empty()) continue;
    members = MembersAsRead(out);
    const auto last = std::ranges::find_if(members, [names](const ReadMember& member) {
      return member.says_nothing && PageNameOf(member.name, names) == PageName::kLast;
    });
    if (last != members.end()) ReplaceValue(*last, ValueInObject({}, field, pages.last), out);
  }
  return filled;
}

}  // namespace unecho
