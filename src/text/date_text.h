// Dates as people and programs write them -> a moment that can be put in order.
//
//   2025-03-14  2025/3/14  2025.03.14  2025-03  20250314T1000Z     the year first
//   14/03/2025  03-14-2025  14.03.2025  03/2025                    day and month, in either order, or month and year
//   14 March 2025  14-Mar-2025  14th Mar. 2025                     the month by its English name
//   March 14, 2025  March 2025  Fri Mar 14 10:00:00 2025
//
// A weekday may stand in front, a time behind, and a zone behind that: Fri, 14 Mar 2025 10:00:00 +0100. Years have four
// digits: of two it is not known which century they mean, nor that they are years.
//
// Cost:    a pass over the text, which is short. Threads: functions without state. Failure: nullopt.
#ifndef UNECHO_SRC_TEXT_DATE_TEXT_H_
#define UNECHO_SRC_TEXT_DATE_TEXT_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace unecho {

// What is written where. Of one notation there is one way to read all dates, but for kDayAndMonth.
enum class DateNotation : uint8_t {
  kYearFirst,
  kCompact,
  kDayAndMonth,
  kMonthAndYear,
  kDayName,      // 14 March 2025
  kNameDay,      // March 14, 2025
  kNameDayTime,  // Mar 14 10:00:00 2025
  kNameYear,     // March 2025
  kYearNameDay,  // 2025-Mar-14
};

struct Moment {
  int64_t seconds = 0;    // since 1970-01-01T00:00:00, in the zone that is named, else in none
  uint64_t fraction = 0;  // of a second, in 1e-18
  auto operator<=>(const Moment&) const = default;
};

struct DateText {
  DateNotation notation = DateNotation::kYearFirst;
  char separator = 0;  // between numbers: '-', '/' or '.'
  // Either is there; of all but kDayAndMonth they are the same.
  std::optional<Moment> day_first, month_first;
  bool has_time = false, has_zone = false;
  int32_t zone_seconds = 0;  // east of Greenwich
};

// The whole text is one: there are no blanks around it.
std::optional<DateText> ReadDate(std::string_view text);

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_DATE_TEXT_H_
