// Priorities of --keep: which of several equal records is kept.
//
// The value of a FIELD is a JSON scalar: numbers, in quotes or not, compare as numbers, however long they are; dates as
// moments; other strings byte by byte, but digits in them as the whole numbers they are: v1.10 is more than v1.9. Any
// number comes before any string, and a missing, null or blank value after everything, under max and min alike. Ties go
// to the earlier record.
#ifndef UNECHO_SRC_FLOW_ORDER_H_
#define UNECHO_SRC_FLOW_ORDER_H_

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "text/date_text.h"
#include "unecho/options.h"

namespace unecho {

struct OrderKey {
  enum class Kind : uint8_t { kMissing, kNumber, kDate, kText };
  Kind kind = Kind::kMissing;
  int8_t sign = 0;  // number: sign * 0.TEXT * 10^exponent, without zeros at either end of `text`
  int64_t exponent = 0;
  std::string text;               // of a string: without escapes
  Moment day_first, month_first;  // date; equal if there is one way only to read it
};

// `json`: the raw text of a scalar, empty if the field is absent. `date`: what it says, if it is a date.
OrderKey ParseOrderKey(std::string_view json, std::optional<DateText>* date = nullptr);

// True if a record with key `a` has priority over one with `b` under FIELD:max (or FIELD:min), input order aside.
bool HasPriority(const OrderKey& a, const OrderKey& b, bool max, DateOrder order);

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_ORDER_H_
