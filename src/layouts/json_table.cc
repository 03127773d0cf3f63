#include "layouts/json_table.h"

#include <algorithm>
#include <cstdint>

#include "layouts/field_names.h"

namespace unecho {
namespace {

constexpr std::string_view kColumnsOfLists =
    "it is a table by columns, each a list: turn it into rows first (jq -c '. as $t | range([.[] | length] | max) as "
    "$i "
    "| map_values(.[$i])'), or read it as one text (--layout text)";
constexpr std::string_view kColumnsByIndex =
    "it is a table by columns, as pandas writes it: turn it into rows first (jq -c '. as $t | ([.[] | keys_unsorted[]] "
    "| "
    "unique[]) as $i | map_values(.[$i])'), or read it as one text (--layout text)";
constexpr std::string_view kRowsOfColumns =
    "it is a table whose columns are named apart from its rows: turn it into objects first (python3 -c 'import pandas, "
    "sys; pandas.read_json(sys.stdin, orient=\"split\").to_json(sys.stdout, orient=\"records\", lines=True)'), or read "
    "it as one text (--layout text)";
constexpr std::string_view kRows =
    "it is a table of rows without names: turn them into objects first (jq -c '.[] | {title: .[1], text: .[2]}', or a "
    "row a line without the first .[] |), or read it as one text (--layout text)";

bool IsInteger(std::string_view key) { return !key.empty() && key.find_first_not_of("0123456789") == key.npos; }

bool IsFieldName(std::string_view key) {
  return IsTitleName(key) || IsTextName(key) || IsNoText(key) || IsIdentity(key) || key == "name";
}

}  // namespace

size_t TextBytes(const JsonNode& node) {
  size_t bytes = node.string_bytes;
  for (const auto& [key, member] : node.members) {
    if (!IsNoText(key) && !IsIdentity(key)) bytes += TextBytes(*member);
  }
  if (node.element != nullptr) bytes += TextBytes(*node.element);
  return bytes;
}

std::string_view RowsWithoutNames() { return kRows; }

std::string_view TableIn(const JsonNode& node, bool is_cut) {
  const auto is_list = [](const auto& member) {
    const JsonNode& value = *member.second;
    return value.arrays == 1 && value.values() == 1 && value.element != nullptr && value.element->objects == 0 &&
           value.element->arrays == 0;
  };
  const auto is_indexed = [](const auto& member) {
    const JsonNode& value = *member.second;
    return value.objects == 1 && value.values() == 1 && !value.members.empty() &&
           std::ranges::all_of(value.members, [](const auto& each) {
             return IsInteger(each.first) && each.second->objects + each.second->arrays == 0;
           });
  };
  if (node.objects != 1 || node.members.empty()) return {};
  const auto& members = node.members;
  const bool is_open = is_cut;  // the last member may go on
  if (std::ranges::all_of(members, is_indexed)) {
    const JsonNode& first = *members[0].second;
    if (members.size() == 1) return IsFieldName(members[0].first) ? kColumnsByIndex : std::string_view();
    for (size_t i = 1; i < members.size(); ++i) {
      const JsonNode& column = *members[i].second;
      const bool may_be_short = is_open && i + 1 == members.size();
      if (column.members.size() > first.members.size()) return {};
      if (column.members.size() < first.members.size() && !may_be_short) return {};
      for (size_t j = 0; j < column.members.size(); ++j) {
        if (column.members[j].first != first.members[j].first) return {};
      }
    }
    return first.members.size() > 1 || IsFieldName(members[0].first) ? kColumnsByIndex : std::string_view();
  }
  const bool are_lists = std::ranges::all_of(members, is_list);
  if (are_lists && members.size() == 1) {
    const std::string_view key = members[0].first;
    return is_open && (IsIdentity(key) || IsTitleName(key)) ? kColumnsOfLists : std::string_view();
  }
  // Identifiers and questions are no names of columns.
  const bool are_names = std::ranges::any_of(members, [&](const auto& member) {
    return IsFieldName(member.first) || (!IsNumbered(member.first) && member.first.find(' ') == std::string_view::npos);
  });
  if (are_lists && are_names) {
    const uint32_t length = members[0].second->lengths[0];
    bool has_text = false;
    for (size_t i = 0; i < members.size(); ++i) {
      const uint32_t here = members[i].second->lengths[0];
      const bool may_be_short = is_open && i + 1 == members.size();
      if (here != length && !(may_be_short && here < length)) return {};
      has_text = has_text || members[i].second->element->strings > 0;
    }
    return has_text && length > 1 ? kColumnsOfLists : std::string_view();
  }
  // Rows of as many values as there are names in a list beside them.
  for (const auto& [key, rows] : members) {
    if (rows->arrays != 1 || rows->element == nullptr || rows->element->arrays == 0 || rows->element->objects > 0)
      continue;
    const JsonNode* const value = rows->element->element.get();
    if (value == nullptr || value->objects + value->arrays > 0 || TextBytes(*value) == 0) continue;
    for (const auto& [name, columns] : members) {
      const bool has_names = columns->arrays == 1 && columns->element != nullptr && columns->element->arrays == 0 &&
                             columns->lengths[0] == rows->element->lengths[0];
      if (has_names && columns->element->strings > 0) return kRowsOfColumns;
    }
    return 2 * TextBytes(*value) > TextBytes(node) ? kRows : std::string_view();
  }
  return {};
}

}  // namespace unecho
