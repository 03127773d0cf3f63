#include "audit/field_values.h"

#include <simdjson.h>

#include <algorithm>

#include "audit/json_object.h"
#include "text/json_memory.h"
#include "text/scan.h"

namespace unecho {

namespace {

using Values = std::vector<std::string>;

// Adds the values of a JSON text without white space: those of a list each, and null is none.
void AddValues(std::string_view json, Values& values) {
  if (json.starts_with('[')) {
    for (const RawMember& each : RawMembers(json)) AddValues(each.value, values);
  } else if (json.starts_with('"')) {
    values.push_back(ObjectTexts::Unescaped(json));
  } else if (json != "null") {
    values.emplace_back(json);
  }
}

bool IsNoJsonValue(std::string_view json) { return json == "null" || json == "\"\"" || json == "[]" || json == "{}"; }

// Malformed UTF-8 is in some.
bool IsWellFormed(std::string_view json) {
  simdjson::dom::parser parser;
  simdjson::dom::element value;
  return IsParsed(parser, parser.parse(json.data(), json.size(), true).get(value));
}

// Without the brackets that say that each element of a list is meant.
std::string_view WithoutBrackets(std::string_view name) {
  if (name.ends_with("[]")) name.remove_suffix(2);
  return name;
}

// Adds what is at `path` in an object or a list of them. False: nothing is there.
bool AddAtPath(std::string_view json, std::string_view path, Values& values) {
  if (json.starts_with('[')) {
    bool is_there = false;
    for (const RawMember& each : RawMembers(json)) {
      if (AddAtPath(each.value, path, values)) is_there = true;
    }
    return is_there;
  }
  if (!json.starts_with('{')) return false;
  const std::vector<RawMember> members = RawMembers(json);
  const auto find = [&members](std::string_view name) -> const RawMember* {
    const RawMember* silent = nullptr;
    for (const bool in_any_case : {false, true}) {
      for (const RawMember& each : members) {
        const std::string called = ObjectTexts::Unescaped(each.name);
        if (in_any_case ? !IsNameFor(called, name) : called != name) continue;
        if (!IsNoJsonValue(each.value)) return &each;
        if (silent == nullptr) silent = &each;
      }
    }
    return silent;
  };
  for (const std::string_view name : {path, WithoutBrackets(path)}) {
    const RawMember* const member = find(name);
    if (member == nullptr) continue;
    AddValues(member->value, values);
    return true;
  }
  for (size_t end = path.find_first_of("./"); end != path.npos; end = path.find_first_of("./", end + 1)) {
    const std::string_view head = path.substr(0, end);
    for (const std::string_view name : {head, WithoutBrackets(head)}) {
      const RawMember* const member = find(name);
      if (member != nullptr && AddAtPath(member->value, path.substr(end + 1), values)) return true;
    }
  }
  return false;
}

bool SaysNothing(const NamedValue& field) {
  return !field.value || (field.is_json && IsNoJsonValue(*field.value)) || TrimBlanks(*field.value).empty();
}

// All that the record says in the field that is asked for.
Values Find(const PlainFields& fields, std::string_view asked, const std::vector<StandardName>& names) {
  std::vector<NamedValue> found;
  const auto find = [&](std::string_view name) {
    for (const bool in_any_case : {false, true}) {
      for (const NamedValue& field : fields) {
        if (in_any_case ? IsNameFor(field.name, name) : field.name == name) found.push_back(field);
      }
    }
    for (const StandardName& each : names) {
      if (!IsNameFor(each.name, name)) continue;
      for (const std::string& written : each.written) {
        const size_t blank = std::min(written.find(' '), written.size());
        const std::string ending = written.substr(blank);
        for (NamedValue field : fields) {
          if (!IsNameFor(field.name, std::string_view(written).substr(0, blank)) ||
              !field.value.value_or("").ends_with(ending))
            continue;
          if (field.value) field.value->resize(field.value->size() - ending.size());
          found.push_back(std::move(field));
        }
      }
    }
  };
  find(asked);
  if (found.empty()) find(WithoutBrackets(asked));
  Values values;
  for (const NamedValue& field : found) {
    if (SaysNothing(field)) continue;
    if (field.is_json && IsWellFormed(*field.value))
      AddValues(*field.value, values);
    else
      values.push_back(*field.value);
    return values;
  }
  if (!found.empty()) return values;
  for (size_t end = asked.find_first_of("./"); end != asked.npos; end = asked.find_first_of("./", end + 1)) {
    const std::string_view head = asked.substr(0, end);
    for (const NamedValue& field : fields) {
      if (!field.is_json || !field.value || !IsWellFormed(*field.value)) continue;
      if (!IsNameFor(field.name, head) && !IsNameFor(field.name, WithoutBrackets(head))) continue;
      if (AddAtPath(*field.value, asked.substr(end + 1), values)) return values;
    }
  }
  return values;
}

}  // namespace

FieldValues FieldValuesOf(const Sameness& sameness, const PlainFields& fields, const std::vector<StandardName>& names) {
  const auto value_of = [&](size_t asked, bool is_key) {
    std::string all;
    const AskedField& field = sameness.fields[asked];
    for (const std::string& each : Find(fields, field.name, names)) {
      std::string value;
      if (!IsPlaceholder(each, is_key ? Zero::kIsNone : Zero::kIsValue))
        AppendNormalValue(each, field.normaliser, value);
      if (!value.empty()) all += (all.empty() ? "" : "\xff") + value;
    }
    return all;
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
