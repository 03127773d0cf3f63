#include "audit/order_value.h"

#include <algorithm>
#include <map>
#include <regex>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "audit/json_object.h"
#include "text/field_value.h"

namespace unecho {
namespace {

int MonthOf(const std::string& word) {
  static const std::array<std::string, 12> kNames = {"january",   "february", "march",    "april",
                                                     "may",       "june",     "july",     "august",
                                                     "september", "october",  "november", "december"};
  for (size_t i = 0; i < kNames.size() && word.size() >= 3; ++i) {
    if (kNames[i].substr(0, word.size()) == word) return static_cast<int>(i) + 1;
  }
  return 0;
}

int ToInt(const std::string& digits) { return digits.empty() ? 0 : std::stoi(digits); }

bool IsLeap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

// Days from 1970-01-01, counted month by month. False if there is no such day.
bool DaysTo(int year, int month, int day, int64_t& days) {
  static const std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const auto length = [year](int of) {
    return kDays.at(static_cast<size_t>(of - 1)) + (of == 2 && IsLeap(year) ? 1 : 0);
  };
  if (month < 1 || month > 12 || day < 1 || day > length(month)) return false;
  days = day - 1;
  for (int of = 1; of < month; ++of) days += length(of);
  for (int of = 1970; of < year; ++of) days += IsLeap(of) ? 366 : 365;
  for (int of = year; of < 1970; ++of) days -= IsLeap(of) ? 366 : 365;
  return true;
}

// Takes what matches out of `text`.
bool TakeOut(std::string& text, const std::regex& pattern, std::smatch& match) {
  static thread_local std::string held;  // the match points into it
  held = text;
  if (!std::regex_search(held, match, pattern)) return false;
  text = match.prefix().str() + " " + match.suffix().str();
  return true;
}

// A text as a list that can be put in order: a byte each, and runs of digits as how many they are and which, without
// zeros in front. Digits come where they do among bytes.
std::vector<std::string> Parts(const std::string& text) {
  std::vector<std::string> parts;
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[end]))) ++end;
    if (end == at) {
      parts.emplace_back(1, text[at++]);
      continue;
    }
    size_t first = at;
    while (first < end && text[first] == '0') ++first;
    std::string number = "0";
    for (int shift = 56; shift >= 0; shift -= 8) number += static_cast<char>((end - first) >> shift & 255);
    parts.push_back(number + text.substr(first, end - first));
    at = end;
  }
  return parts;
}

}  // namespace

OrderValue::OrderValue(const std::string& json) {
  static const auto* const kNumber = new std::regex(R"(-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?)");
  static const auto* const kMonth = new std::regex(R"(0[1-9]\.(19|20)[0-9]{2})");
  if (json.empty() || json == "null") return;
  if (json == "true" || json == "false") {
    SetNumber(json == "true" ? "1" : "0");
    return;
  }
  if (json.front() != '"') {
    if (std::regex_match(json, *kNumber)) SetNumber(json);
    return;
  }
  std::string text = json.substr(1, json.size() - 2);
  if (text.find('\\') != std::string::npos) {
    const std::string unescaped = ObjectTexts::Unescaped(json);
    if (!unescaped.empty()) text = unescaped;
  }
  std::string bare(absl::StripAsciiWhitespace(text));
  bare.resize(WithoutEmptyDateParts(bare).size());
  if (bare.empty() || IsPlaceholder(bare, Zero::kIsValue)) return;
  if (std::regex_match(bare, *kNumber) && !std::regex_match(bare, *kMonth)) {
    SetNumber(bare);
    return;
  }
  constexpr size_t kMostBytes = 64;
  if (bare.size() <= kMostBytes && SetDate(absl::AsciiStrToLower(bare))) return;
  rank_ = Rank::kText;
  text_ = text;
}

void OrderValue::SetNumber(const std::string& digits) {
  rank_ = Rank::kNumber;
  const size_t e = std::min(digits.find_first_of("eE"), digits.size());
  const size_t point = std::min(digits.find('.'), e);
  int64_t power = 0;
  const bool is_huge = e < digits.size() && !absl::SimpleAtoi(digits.substr(e + 1), &power);
  constexpr int64_t kFar = int64_t{1} << 40;
  if (is_huge) power = digits[e + 1] == '-' ? -kFar : kFar;
  power = std::clamp(power, -kFar, kFar);
  const size_t begin = digits[0] == '-' ? 1 : 0;
  const std::string whole = digits.substr(begin, point - begin);
  const std::string all = whole + (point < e ? digits.substr(point + 1, e - point - 1) : "");
  const size_t first = all.find_first_not_of('0');
  if (first == std::string::npos) return;  // 0
  sign_ = begin == 1 ? -1 : 1;
  power_ = power + static_cast<int64_t>(whole.size()) - static_cast<int64_t>(first);
  text_ = all.substr(first, all.find_last_not_of('0') + 1 - first);
}

bool OrderValue::SetDate(std::string text) {
  static const auto* const kComment = new std::regex(R"([ \t]*\([^()]*\)$)");
  static const auto* const kWeekday = new std::regex(R"(^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?[ \t]*(?=[a-z0-9]))");
  static const auto* const kClock = new std::regex(
      R"((?:t|,?[ \t]+at |[ \t:,]+)(\d\d?):(\d\d)(?::(\d\d))?(?:[.,](\d{1,18}))?(?:[ \t]*([ap])m)?)"
      R"((?:[ \t]*(?:([-+])(\d\d)(?::?(\d\d))?|(z|utc|gmt|ut|est|edt|cst|cdt|mst|mdt|pst|pdt)(?![a-z])))?)");
  static const auto* const kCompact = new std::regex(
      R"(^(\d{4})(\d\d)(\d\d)t(\d\d)(\d\d)(\d\d)?(?:[.,](\d{1,18}))?(?:[ \t]*(?:([-+])(\d\d)(?::?(\d\d))?|(z|utc|gmt|ut|est|edt|cst|cdt|mst|mdt|pst|pdt)))?$)");
  static const auto* const kZone =
      new std::regex(R"([ \t]*(?:([-+])(\d\d)(?::?(\d\d))?|(z|utc|gmt|ut|est|edt|cst|cdt|mst|mdt|pst|pdt))$)");
  static const auto* const kNumeric = new std::regex(R"((\d{4}|\d\d?)([-/.])(\d\d?)(?:\2(\d{4}|\d\d?))?)");
  static const auto* const kMonthAndYear = new std::regex(R"((\d\d?)[-/.](\d{4}))");
  static const auto* const kNamed = new std::regex(
      R"((?:(\d{4}|\d\d?)(?:st|nd|rd|th)?\.?[ \t]*[-,/]?[ \t]*)?([a-z]{3,9})\.?[-,/ \t]+(\d{4}|\d\d?)(?:st|nd|rd|th)?(?:[-,/ \t]+(\d{4}))?)");
  static const std::map<std::string, int> kHours = {{"est", -5}, {"edt", -4}, {"cst", -6}, {"cdt", -5},
                                                    {"mst", -7}, {"mdt", -6}, {"pst", -8}, {"pdt", -7}};
  int64_t clock = 0;
  std::string fraction;
  const auto zone_of = [&](const std::smatch& m, size_t sign, size_t name) {
    int64_t seconds = 3600 * ToInt(m[sign + 1].str()) + 60 * ToInt(m[sign + 2].str());
    if (m[sign].str() == "-") seconds = -seconds;
    const auto named = kHours.find(m[name].str());
    return named != kHours.end() ? 3600 * int64_t{named->second} : seconds;
  };
  int year = 0, first = 1, second = 1;  // if the day comes first, `first` is the day
  bool has_orders = false;
  std::smatch match;
  if (std::regex_match(text, match, *kCompact)) {
    year = ToInt(match[1].str());
    second = ToInt(match[2].str());
    first = ToInt(match[3].str());
    clock = 3600 * ToInt(match[4].str()) + 60 * ToInt(match[5].str()) + ToInt(match[6].str()) - zone_of(match, 8, 11);
    fraction = match[7].str();
  } else {
    TakeOut(text, *kComment, match);
    TakeOut(text, *kWeekday, match);
    const bool has_clock = TakeOut(text, *kClock, match);
    if (has_clock) {
      int hour = ToInt(match[1].str());
      if (match[5].matched) hour = hour % 12 + (match[5].str() == "p" ? 12 : 0);
      clock = 3600 * hour + 60 * ToInt(match[2].str()) + ToInt(match[3].str()) - zone_of(match, 6, 9);
      fraction = match[4].str();
    }
    const std::string with_zone = text;
    const bool has_zone = std::regex_search(with_zone, match, *kZone);
    text = std::string(absl::StripAsciiWhitespace(text));
    const auto read = [&](const std::string& date) {
      std::smatch parts;
      if (std::regex_match(date, parts, *kMonthAndYear)) {
        second = ToInt(parts[1].str());
        year = ToInt(parts[2].str());
        return true;
      }
      if (std::regex_match(date, parts, *kNumeric)) {
        const bool is_year_first = parts[1].length() == 4;
        if (!is_year_first && parts[4].length() != 4) return false;
        if (is_year_first && parts[4].length() == 4) return false;
        year = ToInt(parts[is_year_first ? 1 : 4].str());
        second = ToInt(parts[3].str());
        first = is_year_first ? (parts[4].matched ? ToInt(parts[4].str()) : 1) : ToInt(parts[1].str());
        has_orders = !is_year_first;
        return true;
      }
      if (!std::regex_match(date, parts, *kNamed) || MonthOf(parts[2].str()) == 0) return false;
      second = MonthOf(parts[2].str());
      std::string day, of_year;
      for (const size_t i : {size_t{1}, size_t{3}, size_t{4}}) {
        if (parts[i].matched) (parts[i].length() == 4 ? of_year : day) = parts[i].str();
      }
      if (of_year.empty()) return false;
      year = ToInt(of_year);
      first = day.empty() ? 1 : ToInt(day);
      return true;
    };
    if (!read(text)) {
      if (!has_zone) return false;
      clock -= zone_of(match, 1, 4);
      if (!read(std::string(absl::StripAsciiWhitespace(match.prefix().str())))) return false;
    }
  }
  constexpr int64_t kDay = 86400;
  for (size_t i = 0; i < is_date_.size(); ++i) {
    const bool swap = has_orders && i == 1;
    int64_t days = 0;
    is_date_.at(i) = DaysTo(year, swap ? first : second, swap ? second : first, days);
    seconds_.at(i) = days * kDay + clock;
  }
  if (!is_date_[0] && !is_date_[1]) return false;
  rank_ = Rank::kDate;
  text_ = fraction.substr(0, fraction.find_last_not_of('0') + 1);
  return true;
}

int OrderValue::Compare(const OrderValue& other, bool max, bool month_first) const {
  if (rank_ != other.rank_) return rank_ < other.rank_ ? -1 : 1;
  const auto three_way = [](const auto& a, const auto& b) { return a < b ? -1 : a > b ? 1 : 0; };
  int order = 0;
  if (rank_ == Rank::kDate) {
    const size_t place = month_first ? 1 : 0;
    order = three_way(seconds_.at(place), other.seconds_.at(place));
    if (order == 0) order = three_way(text_, other.text_);
  } else if (rank_ == Rank::kText) {
    order = three_way(Parts(text_), Parts(other.text_));
    if (order == 0) order = three_way(text_, other.text_);
  } else if (rank_ == Rank::kNumber) {
    order = three_way(sign_, other.sign_);
    const int size = power_ != other.power_ ? three_way(power_, other.power_) : three_way(text_, other.text_);
    if (order == 0) order = sign_ * size;
  }
  return max ? -order : order;
}

}  // namespace unecho
