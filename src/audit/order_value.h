// The priority that --keep FIELD:max and FIELD:min give a record, in plain code of the auditor's own.
//
// Threads: a value. Failure: none; what is neither number nor string counts as none.
#ifndef UNECHO_SRC_AUDIT_ORDER_VALUE_H_
#define UNECHO_SRC_AUDIT_ORDER_VALUE_H_

#include <array>
#include <cstdint>
#include <string>

namespace unecho {

// A value of the FIELD of --keep: numbers (true is 1, false 0; in quotes or not) before dates and strings, before none.
// Digits in a string count as the numbers they are.
class OrderValue {
 public:
  OrderValue() = default;
  explicit OrderValue(const std::string& json);

  // It is a date if the month comes first, and is none if the day does.
  bool IsOnlyMonthFirst() const { return is_date_[1] && !is_date_[0]; }
  // Whether it matters which comes first.
  bool HasTwoReadings() const { return is_date_[0] != is_date_[1] || seconds_[0] != seconds_[1]; }
  // < 0: this one is preferred; 0: neither. `month_first`: what 03/04/2025 says.
  int Compare(const OrderValue& other, bool max, bool month_first) const;

 private:
  enum class Rank : uint8_t { kNumber, kDate, kText, kNone };
  void SetNumber(const std::string& digits);
  bool SetDate(std::string text);

  Rank rank_ = Rank::kNone;
  // A number as a sign, the power of ten of its first digit and its digits, from the first to the last that are not 0.
  int sign_ = 0;
  int64_t power_ = 0;
  std::string text_;
  // Seconds since 1970, with the day first and with the month first; of both the digits behind the point are in text_.
  std::array<bool, 2> is_date_ = {};
  std::array<int64_t, 2> seconds_ = {};
};

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_ORDER_VALUE_H_
