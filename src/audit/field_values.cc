#include "audit/field_values.h"

#include <simdjson.h>

#include <algorithm>

#include "audit/json_object.h"
#include "text/json_memory.h"

namespace unecho {

namespace {

// What is at `path` in an object that is written like this; an empty list if there is nothing. A JSON text has no
// white space here.
PlainFields AtPath(const std::string& json, std::string_view path) {
  simdjson::dom::parser parser;
  simdjson::dom::object checked;
  if (!IsParsed(parser, parser.parse(json).get(checked))) return {};
  const std::vector<RawMember> members = RawMembers(json);
  const auto find = [&members](std::string_view name) {
    const auto exact = std::ranges::find_if(
        members, [name](const RawMember& each) { return ObjectTexts::Unescaped(each.name) == name; });
    if (exact != members.end()) return exact;
    return std::ranges::find_if(
        members, [name](const RawMember& each) { return IsNameFor(ObjectTexts::Unescaped(each.name), name); });
  };
  if (const auto member = find(path); member != members.end()) {
    const bool is_string = member->value.starts_with('"');
    std::optional<std::string> value;
    if (member->value != "null") value = is_string ? ObjectTexts::Unescaped(member->value) : std::string(member->value);
    return {{std::string(path), value, !is_string}};
  }
  for (size_t end = path.find_first_of("./"); end != path.npos; end = path.find_first_of("./", end + 1)) {
    const auto member = find(path.substr(0, end));
    if (member == members.end()) continue;
    if (PlainFields found = AtPath(std::string(member->value), path.substr(end + 1)); !found.empty()) return found;
  }
  return {};
}

PlainFields Find(const PlainFields& fields, std::string_view asked, const std::vector<StandardName>& names) {
  for (const NamedValue& field : fields) {
    if (field.name == asked) return {field};
  }
  for (const NamedValue& field : fields) {
    if (IsNameFor(field.name, asked)) return {field};
  }
  for (const StandardName& name : names) {
    if (!IsNameFor(name.name, asked)) continue;
    for (const std::string& written : name.written) {
      const size_t blank = std::min(written.find(' '), written.size());
      for (NamedValue field : fields) {
        const std::string ending = written.substr(blank);
        if (!IsNameFor(field.name, std::string_view(written).substr(0, blank)) ||
            !field.value.value_or("").ends_with(ending))
          continue;
        if (field.value) field.value->resize(field.value->size() - ending.size());
        return {field};
      }
    }
  }
  for (size_t end = asked.find_first_of("./"); end != asked.npos; end = asked.find_first_of("./", end + 1)) {
    for (const NamedValue& field : fields) {
      if (!field.is_json || !field.value || !IsNameFor(field.name, asked.substr(0, end))) continue;
      if (PlainFields found = AtPath(*field.value, asked.substr(end + 1)); !found.empty()) return found;
    }
  }
  return {};
}

}  // namespace

FieldValues FieldValuesOf(const Sameness& sameness, const PlainFields& fields, const std::vector<StandardName>& names) {
  const auto value_of = [&](size_t asked, bool is_key) {
    std::string value;
    const AskedField& field = sameness.fields[asked];
    for (const NamedValue& found : Find(fields, field.name, names)) {
      if (found.value && !(is_key && IsPlaceholder(*found.value)))
        AppendNormalValue(*found.value, field.normaliser, value);
    }
    return value;
  };
  FieldValues values;
  for (const Sameness::Key& key : sameness.keys) {
    std::vector<std::string>& of_key = values.keys.emplace_back();
    for (const size_t asked : key.fields) of_key.push_back(value_of(asked, true));
    if (std::ranges::find(of_key, "") != of_key.end()) of_key.clear();
  }
  for (const size_t asked : sameness.differ) values.differ.push_back(value_of(asked, false));
  for (const size_t asked : sameness.within) values.within = value_of(asked, false);
  return values;
}

std::string WhatSetsApart(const Sameness& sameness, const FieldValues& a, const FieldValues& b) {
  if (a.within != b.within) return "--within " + sameness.fields[sameness.within.front()].name;
  for (size_t i = 0; i < a.differ.size(); ++i) {
    if (!a.differ[i].empty() && !b.differ[i].empty() && a.differ[i] != b.differ[i])
      return "--differ " + sameness.fields[sameness.differ[i]].name;
  }
  return "";
}

size_t FirstEqualKey(const FieldValues& a, const FieldValues& b) {
  for (size_t key = 0; key < a.keys.size(); ++key) {
    if (!a.keys[key].empty() && a.keys[key] == b.keys[key]) return key + 1;
  }
  return 0;
}

}  // namespace unecho
