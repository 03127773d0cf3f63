// Priorities of --keep: which of several equal records is kept.
//
// The value of a FIELD is a JSON scalar: numbers, in quotes or not, compare as numbers, other strings byte by byte; any
// number comes before any string, and a missing or null value after everything, under max and min alike. Ties go to the
// earlier record.
#ifndef UNECHO_SRC_FLOW_ORDER_H_
#define UNECHO_SRC_FLOW_ORDER_H_

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "unecho/options.h"

namespace unecho {

struct OrderKey {
  enum class Kind : uint8_t { kMissing, kNumber, kString };
  Kind kind = Kind::kMissing;
  double number = 0;
  std::string string;  // raw JSON text of the inside: escapes compare as written
};

// `json`: the raw text of a scalar, empty if the field is absent.
OrderKey ParseOrderKey(std::string_view json);

// True if a record with key `a` has priority over one with `b` under FIELD:max (or FIELD:min), input order aside.
bool HasPriority(const OrderKey& a, const OrderKey& b, bool max);

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_ORDER_H_
