// Lines that are a date, in many languages, as they stand above what was written on that day.
//
// Cost:    a pattern, where a line has a digit. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_DATE_LINES_H_
#define UNECHO_SRC_LAYOUTS_DATE_LINES_H_

#include <string>
#include <string_view>

namespace unecho {

// For a line that is trimmed: all of it is a date.
bool IsDate(std::string_view line);
// "Q1 2025", "Week 11", "March 2025", "Yesterday": days that have entries below them.
bool IsPeriod(std::string_view line);

// Of such lines, without regard to case: for a part of a pattern.
std::string DatePattern();
std::string PeriodPattern();

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_DATE_LINES_H_
