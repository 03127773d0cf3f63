// Objects of JSON, and lines of them: a member behind the last one, called as its neighbours are.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/json.h"
#include "text/json_scan.h"
#include "write/fill_record.h"

namespace unecho {
namespace {

std::string_view NameOfMember(const WrittenMember& member) {
  return member.name.size() < 2 ? std::string_view() : member.name.substr(1, member.name.size() - 2);
}

bool IsSilent(std::string_view value) {
  if (value == "null" || value == "None" || value == "[]" || value == "{}") return true;
  const bool is_string = value.size() >= 2 && (value[0] == '"' || value[0] == '\'') && value.back() == value[0];
  return is_string && IsBlankText(value.substr(1, value.size() - 2));
}

// Has the names of the Citation Style Language.
bool IsCsl(std::span<const WrittenMember> members) {
  return std::ranges::any_of(members, [](const WrittenMember& member) {
    const std::string_view name = NameOfMember(member);
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

// The member without a value that stands for the field, of several the one that counts first.
const WrittenMember* SilentMember(std::span<const WrittenMember> members, MergeField field, PageName pages) {
  const WrittenMember* best = nullptr;
  size_t best_rank = 0;
  for (const WrittenMember& member : members) {
    const std::string_view name = NameOfMember(member);
    if (!IsSilent(member.value)) continue;
    if (pages == PageName::kLast) {
      if (PageNameOf(name) == PageName::kLast) return &member;
      continue;
    }
    const auto rank = RankOfName(name, StandardNameOf(field), {});
    if (!rank || (field == MergeField::kPages && PageNameOf(name) == PageName::kNone)) continue;
    if (best == nullptr || *rank < best_rank) best = &member, best_rank = *rank;
  }
  return best;
}

void ReplaceValue(const WrittenMember& member, const std::string& value, std::string& out) {
  out.replace(static_cast<size_t>(member.value.data() - out.data()), member.value.size(), value);
}

}  // namespace

MergeMask FillMembers(std::span<const Filling> fillings, std::string& out) {
  MergeMask filled = 0;
  for (const auto& [field, value] : fillings) {
    if (!out.starts_with('{')) return 0;
    std::vector<WrittenMember> members = MembersAsWritten(out);
    if (members.empty()) return 0;
    filled |= BitOf(field);
    if (const WrittenMember* const silent = SilentMember(members, field, PageName::kNone); silent != nullptr) {
      const std::string name(NameOfMember(*silent));
      const bool is_first = field == MergeField::kPages && PageNameOf(name) == PageName::kFirst;
      const FirstAndLastPage pages = SplitPages(value);
      ReplaceValue(*silent, ValueInObject(name, field, is_first ? pages.first : value), out);
      if (!is_first || pages.last.empty()) continue;
      members = MembersAsWritten(out);
      if (const WrittenMember* const last = SilentMember(members, field, PageName::kLast); last != nullptr)
        ReplaceValue(*last, ValueInObject({}, field, pages.last), out);
      continue;
    }
    const WrittenMember& last = members.back();
    const auto place = [&out](const char* at) { return static_cast<size_t>(at - out.data()); };
    const size_t name_end = place(last.name.data() + last.name.size()),
                 value_end = place(last.all().data()) + last.all().size();
    std::string added = ", ";
    if (members.size() > 1) {
      const std::string_view one_before = members[members.size() - 2].all();
      const size_t end = place(one_before.data()) + one_before.size();
      added = out.substr(end, place(last.name.data()) - end);
    }
    const std::string_view name = NameInObject(field, IsCsl(members));
    AppendJsonString(name, added);
    added += out.substr(name_end, place(last.value.data()) - name_end);
    added += ValueInObject(name, field, value);
    out.insert(value_end, added);
  }
  return filled;
}

}  // namespace unecho
