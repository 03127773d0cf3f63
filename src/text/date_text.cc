#include "text/date_text.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "text/characters.h"

namespace unecho {
namespace {

constexpr size_t kMostBytes = 64;
constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> kWeekdays = {"monday", "tuesday",  "wednesday", "thursday",
                                                       "friday", "saturday", "sunday"};
struct Zone {
  std::string_view name;
  int hours;
};
// ISO 8601 and RFC 2822; other names mean several zones.
constexpr std::array<Zone, 12> kZones = {{{"z", 0},
                                          {"utc", 0},
                                          {"gmt", 0},
                                          {"ut", 0},
                                          {"est", -5},
                                          {"edt", -4},
                                          {"cst", -6},
                                          {"cdt", -5},
                                          {"mst", -7},
                                          {"mdt", -6},
                                          {"pst", -8},
                                          {"pdt", -7}}};

bool StartsWithIgnoreCase(std::string_view text, std::string_view start) {
  const auto lower = [](char c) { return IsUpper(c) ? static_cast<char>(c + ('a' - 'A')) : c; };
  return text.size() >= start.size() && std::ranges::equal(text.substr(0, start.size()), start, {}, lower, lower);
}

// The place of a name, from 1, or of its first three letters or more; 0: none of them.
template <size_t N>
int PlaceOf(std::string_view word, const std::array<std::string_view, N>& names) {
  constexpr size_t kFewest = 3;
  if (word.size() < kFewest) return 0;
  for (size_t i = 0; i < N; ++i) {
    if (StartsWithIgnoreCase(names[i], word)) return static_cast<int>(i) + 1;
  }
  return 0;
}

struct Number {
  int value = 0;
  size_t width = 0;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::optional<DateText> Read() {
    if (rest_.empty() || rest_.size() > kMostBytes) return std::nullopt;
    SkipWeekday();
    if (!ReadDay() || !ReadTime()) return std::nullopt;
    SkipComment();
    if (!rest_.empty()) return std::nullopt;
    return Result();
  }

 private:
  bool Take(char c) {
    const bool is_there = rest_.starts_with(c);
    if (is_there) rest_.remove_prefix(1);
    return is_there;
  }
  bool TakeBlanks() {
    const size_t size = std::min(rest_.find_first_not_of(" \t"), rest_.size());
    rest_.remove_prefix(size);
    return size > 0;
  }
  template <typename IsOne>
  std::string_view TakeRun(IsOne is_one) {
    const auto end = std::ranges::find_if_not(rest_, is_one);
    const std::string_view run = rest_.substr(0, static_cast<size_t>(end - rest_.begin()));
    rest_.remove_prefix(run.size());
    return run;
  }
  std::string_view TakeWord() { return TakeRun(IsAlpha); }
  // Of up to eight digits; none has width 0.
  Number TakeNumber() {
    constexpr size_t kWidest = 8;
    const std::string_view digits = TakeRun(IsDigit);
    Number number{0, digits.size()};
    if (digits.size() > kWidest) return {};
    for (const char c : digits) number.value = 10 * number.value + (c - '0');
    return number;
  }
  bool TakeYear() {
    const Number number = TakeNumber();
    year_ = number.value;
    return number.width == 4;
  }
  bool TakeMonthName() {
    const std::string_view word = TakeWord();
    month_ = PlaceOf(word, kMonths);
    if (month_ > 0) Take('.');
    return month_ > 0;
  }
  bool TakeShort(int& value) {
    const Number number = TakeNumber();
    value = number.value;
    return number.width == 1 || number.width == 2;
  }
  // What stands between the parts of a date with a name: blanks, a comma, a hyphen, a slash.
  bool TakeGap() {
    const size_t before = rest_.size();
    TakeBlanks();
    if (rest_.starts_with(',') || rest_.starts_with('-') || rest_.starts_with('/')) rest_.remove_prefix(1);
    TakeBlanks();
    return rest_.size() < before;
  }

  void SkipWeekday() {
    const std::string_view all = rest_;
    if (PlaceOf(TakeWord(), kWeekdays) == 0) return void(rest_ = all);
    Take('.');
    Take(',');
    TakeBlanks();
  }
  void SkipComment() {
    TakeBlanks();
    if (rest_.starts_with('(') && rest_.find(')') + 1 == rest_.size()) rest_ = {};
  }
  void SkipOrdinal() {
    for (const std::string_view end : {"st", "nd", "rd", "th"}) {
      if (StartsWithIgnoreCase(rest_, end)) return rest_.remove_prefix(end.size());
    }
  }

  bool ReadDay() {
    if (rest_.empty()) return false;
    if (!IsDigit(rest_[0])) return TakeMonthName() && ReadBehindName();
    const Number first = TakeNumber();
    if (first.width == 8 && (rest_.starts_with('T') || rest_.starts_with('t'))) {
      date_.notation = DateNotation::kCompact;
      year_ = first.value / 10000;
      month_ = first.value / 100 % 100;
      day_ = first.value % 100;
      return true;
    }
    if (first.width == 4) return ReadBehindYear(first.value);
    return (first.width == 1 || first.width == 2) && ReadBehindNumber(first.value);
  }
  bool ReadBehindYear(int year) {
    year_ = year;
    if (!rest_.empty() && (rest_[0] == '-' || rest_[0] == '/' || rest_[0] == '.') && rest_.size() > 1 &&
        IsDigit(rest_[1])) {
      date_.separator = rest_[0];
      rest_.remove_prefix(1);
      if (!TakeShort(month_)) return false;
      return !Take(date_.separator) || TakeShort(day_);
    }
    date_.notation = DateNotation::kYearNameDay;
    return TakeGap() && TakeMonthName() && TakeGap() && TakeShort(day_);
  }
  bool ReadBehindNumber(int first) {
    const char c = rest_.empty() ? '\0' : rest_[0];
    if ((c == '-' || c == '/' || c == '.') && rest_.size() > 1 && IsDigit(rest_[1])) {
      date_.separator = c;
      rest_.remove_prefix(1);
      const Number second = TakeNumber();
      month_ = first;
      year_ = second.value;
      date_.notation = DateNotation::kMonthAndYear;
      if (second.width == 4) return true;
      date_.notation = DateNotation::kDayAndMonth;
      day_ = first;
      month_ = second.value;
      return (second.width == 1 || second.width == 2) && Take(c) && TakeYear();
    }
    date_.notation = DateNotation::kDayName;
    day_ = first;
    SkipOrdinal();
    Take('.');
    TakeGap();
    return TakeMonthName() && TakeGap() && TakeYear();
  }
  bool ReadBehindName() {
    if (!TakeGap()) return false;
    const Number number = TakeNumber();
    if (number.width == 4) {
      date_.notation = DateNotation::kNameYear;
      year_ = number.value;
      return true;
    }
    date_.notation = DateNotation::kNameDay;
    day_ = number.value;
    SkipOrdinal();
    if ((number.width != 1 && number.width != 2) || !TakeGap()) return false;
    const std::string_view behind_day = rest_;
    TakeNumber();
    if (!rest_.starts_with(':')) return rest_ = behind_day, TakeYear();
    // The time stands before the year, as ctime() writes it, and date(1) has a zone between them.
    rest_ = behind_day;
    date_.notation = DateNotation::kNameDayTime;
    return ReadClock() && TakeBlanks() && TakeYear();
  }

  bool ReadTime() {
    const std::string_view behind_day = rest_;
    const bool has_gap = Take('T') || Take('t') || Take(':') || ((void)Take(','), TakeBlanks());
    if (StartsWithIgnoreCase(rest_, "at ")) rest_.remove_prefix(3);
    if (!has_gap || rest_.empty() || !IsDigit(rest_[0])) {
      rest_ = behind_day;
      return date_.notation != DateNotation::kCompact && (date_.has_zone || TakeZone());
    }
    return !date_.has_time && ReadClock();
  }

  bool ReadClock() {
    date_.has_time = true;
    int hour = 0, minute = 0, second = 0;
    const Number first = TakeNumber();
    if (date_.notation == DateNotation::kCompact) {
      if (first.width != 4 && first.width != 6) return false;
      const int clock = first.width == 4 ? first.value * 100 : first.value;
      hour = clock / 10000;
      minute = clock / 100 % 100;
      second = clock % 100;
    } else {
      hour = first.value;
      if ((first.width != 1 && first.width != 2) || !Take(':')) return false;
      const Number second_number = TakeNumber();
      minute = second_number.value;
      if (second_number.width != 2) return false;
      if (Take(':')) {
        const Number third = TakeNumber();
        second = third.value;
        if (third.width != 2) return false;
      }
    }
    if ((rest_.starts_with('.') || rest_.starts_with(',')) && rest_.size() > 1 && IsDigit(rest_[1])) {
      rest_.remove_prefix(1);
      if (!ReadFraction()) return false;
    }
    constexpr int kLastHour = 24, kLastMinute = 59, kLeapSecond = 60;
    if (!ReadHalfOfDay(hour)) return false;
    if (hour > kLastHour || minute > kLastMinute || second > kLeapSecond) return false;
    if (hour == kLastHour && (minute > 0 || second > 0 || fraction_ > 0)) return false;
    clock_ = hour * 3600 + minute * 60 + second;
    return TakeZone();
  }
  bool ReadFraction() {
    constexpr size_t kWidest = 18;
    const std::string_view digits = TakeRun(IsDigit);
    if (digits.size() > kWidest) return false;
    for (size_t i = 0; i < kWidest; ++i)
      fraction_ = fraction_ * 10 + (i < digits.size() ? static_cast<uint64_t>(digits[i] - '0') : 0);
    return true;
  }
  // 12 am is midnight, and 12 pm noon.
  bool ReadHalfOfDay(int& hour) {
    const std::string_view behind_clock = rest_;
    TakeBlanks();
    constexpr size_t kSize = 2;
    const bool is_am = StartsWithIgnoreCase(rest_, "am"), is_pm = StartsWithIgnoreCase(rest_, "pm");
    if (!is_am && !is_pm) return rest_ = behind_clock, true;
    rest_.remove_prefix(kSize);
    if (hour < 1 || hour > 12) return false;
    hour = hour % 12 + (is_pm ? 12 : 0);
    return true;
  }
  bool TakeZone() {
    const std::string_view behind_time = rest_;
    TakeBlanks();
    if (Take('+') || Take('-')) {
      const bool is_west = behind_time[behind_time.size() - rest_.size() - 1] == '-';
      const Number first = TakeNumber();
      int hours = first.value, minutes = 0;
      if (first.width == 4) {
        hours = first.value / 100;
        minutes = first.value % 100;
      } else if (first.width != 2 || (Take(':') && !TakeShort(minutes))) {
        return false;
      }
      constexpr int kMostHours = 18, kMinutes = 60;
      if (hours > kMostHours || minutes >= kMinutes) return false;
      date_.has_zone = true;
      date_.zone_seconds = (hours * 3600 + minutes * 60) * (is_west ? -1 : 1);
      return true;
    }
    const std::string_view word = TakeWord();
    const auto* const zone = std::ranges::find_if(kZones, [word](const Zone& each) {
      return each.name.size() == word.size() && StartsWithIgnoreCase(each.name, word);
    });
    if (zone == kZones.end()) return rest_ = behind_time, true;
    date_.has_zone = true;
    date_.zone_seconds = zone->hours * 3600;
    return true;
  }

  std::optional<Moment> At(int month, int day) const {
    const std::chrono::year_month_day date{std::chrono::year(year_), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return std::nullopt;
    constexpr int64_t kDay = 86400;
    const int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    return Moment{days * kDay + clock_ - date_.zone_seconds, fraction_};
  }
  std::optional<DateText> Result() {
    const bool has_orders = date_.notation == DateNotation::kDayAndMonth;
    date_.day_first = At(month_, day_);
    date_.month_first = has_orders ? At(day_, month_) : date_.day_first;
    if (!date_.day_first && !date_.month_first) return std::nullopt;
    return date_;
  }

  std::string_view rest_;
  DateText date_;
  int year_ = 0, month_ = 1, day_ = 1;
  int64_t clock_ = 0;
  uint64_t fraction_ = 0;
};

}  // namespace

std::optional<DateText> ReadDate(std::string_view text) { return Reader(text).Read(); }

}  // namespace unecho
