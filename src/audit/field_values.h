// What the fields of a record say for --key, --differ and --within, as the auditor compares it: whole values, where a
// run has hashes. What a normaliser makes of a value is asked of text/field_value.
//
// Cost:    not looked at; the values stay in memory. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_AUDIT_FIELD_VALUES_H_
#define UNECHO_SRC_AUDIT_FIELD_VALUES_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "layouts/profile.h"
#include "options/sameness.h"

namespace unecho {

struct FieldValues {
  // In the order of the options; of a key, one for each of its fields. Empty: the record has none.
  std::vector<std::vector<std::string>> keys;
  std::vector<std::string> differ;
  std::string within;
  friend bool operator==(const FieldValues&, const FieldValues&) = default;
};

// A field by its name. A value that is null is nullopt. `is_json`: no text, but JSON.
struct NamedValue {
  std::string name;
  std::optional<std::string> value;
  bool is_json = false;
  bool is_unknown_macro = false;  // of BibTeX
  std::string tex{};              // of BibTeX: what stands between the brackets
};
// In their order; of the same name the first counts, and before it one in the case that is asked for; behind both, what
// `names` of the layout say. A name may be the path of what is inside an object: meta.doi.
using PlainFields = std::vector<NamedValue>;
FieldValues FieldValuesOf(const Sameness& sameness, const PlainFields& fields, const std::vector<StandardName>& names);

// The option that says that two records are not the same; empty if none does.
std::string WhatSetsApart(const Sameness& sameness, const FieldValues& a, const FieldValues& b);

// The first key that two records have in common, from 1; 0: none.
size_t FirstEqualKey(const FieldValues& a, const FieldValues& b);

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_FIELD_VALUES_H_
