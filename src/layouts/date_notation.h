// How the values of the FIELD of --keep FIELD:max are written, where they are dates or numbers with something around
// them: strings are put in order byte by byte, which is right for ISO 8601 and wrong for 9/1/2021, $1,299.00 and 85 %.
//
// In:      values as JSON, one after the other.
// Out:     an error for the first that cannot be put in order with those before it.
// Cost:    a pattern or two a value. Threads: one caller.
#ifndef UNECHO_SRC_LAYOUTS_DATE_NOTATION_H_
#define UNECHO_SRC_LAYOUTS_DATE_NOTATION_H_

#include <optional>
#include <string>
#include <string_view>

#include "unecho/status.h"

namespace unecho {

class DateNotation {
 public:
  // `where`: of the record, for the error.
  [[nodiscard]] absl::Status Add(std::string_view json, std::string_view where);

 private:
  // kYearFirst: 2021/01/09, with two digits each. kOther: any other date.
  enum class Kind : uint8_t { kNone, kIso, kYearFirst, kOther };
  static Kind KindOf(std::string_view text);
  static bool IsDressedNumber(std::string_view text);
  static std::string ShapeOfTime(std::string_view text);
  Kind seen_ = Kind::kNone;
  std::string first_, shape_;  // of those before, the first with a time if there is one
};

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_DATE_NOTATION_H_
