#include "audit/field_values.h"

#include <algorithm>

namespace unecho {

FieldValues FieldValuesOf(const Sameness& sameness, const PlainFields& fields, bool names_have_case) {
  const auto value_of = [&](size_t asked) {
    std::string value;
    const AskedField& field = sameness.fields[asked];
    for (const auto& [name, written] : fields) {
      if (!IsCalled(name, field.name, names_have_case)) continue;
      if (written) AppendNormalValue(*written, field.normaliser, value);
      break;
    }
    return value;
  };
  FieldValues values;
  for (const Sameness::Key& key : sameness.keys) {
    std::vector<std::string>& of_key = values.keys.emplace_back();
    for (const size_t asked : key.fields) of_key.push_back(value_of(asked));
    if (std::ranges::find(of_key, "") != of_key.end()) of_key.clear();
  }
  for (const size_t asked : sameness.differ) values.differ.push_back(value_of(asked));
  for (const size_t asked : sameness.within) values.within = value_of(asked);
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
