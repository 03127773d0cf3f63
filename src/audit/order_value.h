// The priority that --keep FIELD:max and FIELD:min give a record, in plain code of the auditor's own.
//
// Threads: a value. Failure: none; what is neither number nor string counts as none.
#ifndef UNECHO_SRC_AUDIT_ORDER_VALUE_H_
#define UNECHO_SRC_AUDIT_ORDER_VALUE_H_

#include <regex>
#include <string>

#include "absl/strings/numbers.h"

namespace unecho {

// A value of the FIELD of --keep: numbers (true is 1, false 0; in quotes or not) before strings before none; a string
// as it is written.
class OrderValue {
 public:
  OrderValue() = default;
  explicit OrderValue(const std::string& json) {
    if (json.empty() || json == "null") return;
    if (json.front() == '"') {
      string_ = json.substr(1, json.size() - 2);
      static const auto* const kNumber = new std::regex(R"(-?[0-9]+(\.[0-9]+)?)");
      const bool is_number = std::regex_match(string_, *kNumber) && absl::SimpleAtod(string_, &number_);
      rank_ = is_number ? 0 : 1;
      if (is_number) string_.clear();
    } else if (json == "true" || json == "false") {
      rank_ = 0;
      number_ = json == "true" ? 1 : 0;
    } else if (absl::SimpleAtod(json, &number_)) {
      rank_ = 0;
    }
  }

  // < 0: this one is preferred; 0: neither.
  int Compare(const OrderValue& other, bool max) const {
    if (rank_ != other.rank_) return rank_ < other.rank_ ? -1 : 1;
    const int strings = string_.compare(other.string_);
    const int smaller_first = number_ != other.number_ ? (number_ < other.number_ ? -1 : 1) : strings;
    return max ? -smaller_first : smaller_first;
  }

 private:
  int rank_ = 2;
  double number_ = 0;
  std::string string_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_ORDER_VALUE_H_
