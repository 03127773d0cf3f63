// What a report says in one place, held against what was recomputed; each difference is a violation.
//
// Threads: one caller. Failure: none.
#ifndef UNECHO_SRC_AUDIT_DIFFERENCES_H_
#define UNECHO_SRC_AUDIT_DIFFERENCES_H_

#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "audit/claims.h"

namespace unecho {

// Compares what the report says in one place with what was recomputed.
class Differences {
 public:
  Differences(std::string where, Violations& violations) : where_(std::move(where)), violations_(violations) {}

  void Equal(const simdjson::dom::object& parent, std::string_view key, uint64_t want) {
    uint64_t value = 0;
    if (parent[key].get(value) != simdjson::SUCCESS) {
      Wrong(absl::StrFormat("\"%s\" is missing; it should be %d", key, want));
    } else if (value != want) {
      Wrong(absl::StrFormat("\"%s\" is %d and should be %d", key, value, want));
    }
  }
  void Equal(const simdjson::dom::object& parent, std::string_view key, std::string_view want) {
    std::string_view value;
    if (parent[key].get(value) != simdjson::SUCCESS || value != want) {
      Wrong(absl::StrFormat("\"%s\" should be \"%s\"", key, want));
    }
  }
  template <typename Look>
  void Object(const simdjson::dom::object& parent, std::string_view key, Look look) {
    simdjson::dom::object value;
    if (parent[key].get(value) == simdjson::SUCCESS)
      look(value);
    else
      Wrong(absl::StrFormat("\"%s\" is missing", key));
  }
  // The objects of an array.
  std::vector<simdjson::dom::object> Rows(const simdjson::dom::object& parent, std::string_view key) {
    std::vector<simdjson::dom::object> rows;
    simdjson::dom::array values;
    if (parent[key].get(values) != simdjson::SUCCESS)
      Wrong(absl::StrFormat("\"%s\" is missing", key));
    else {
      for (const simdjson::dom::element& value : values) {
        simdjson::dom::object row;
        if (value.get(row) == simdjson::SUCCESS)
          rows.push_back(row);
        else
          Wrong(absl::StrFormat("\"%s\" holds something that is not an object", key));
      }
    }
    return rows;
  }
  // The strings of an array.
  void Texts(const simdjson::dom::object& parent, std::string_view key, std::span<const std::string> want) {
    simdjson::dom::array values;  // without a document, and not to be looked at, if there is none
    std::vector<std::string_view> texts;
    bool is_equal = parent[key].get(values) == simdjson::SUCCESS;
    if (is_equal) {
      for (const simdjson::dom::element& value : values)
        is_equal = value.get(texts.emplace_back()) == simdjson::SUCCESS && is_equal;
    }
    if (!is_equal || !std::ranges::equal(texts, want))
      Wrong(absl::StrFormat("\"%s\" should be %s", key, absl::StrJoin(want, ", ")));
  }
  bool Count(std::string_view what, size_t have, size_t want) {
    if (have != want) Wrong(absl::StrFormat("\"%s\" has %d rows and should have %d", what, have, want));
    return have == want;
  }
  void Wrong(std::string_view what) { violations_.Add(where_, what); }

 private:
  std::string where_;
  Violations& violations_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_DIFFERENCES_H_
