#include "flow/order.h"

#include <simdjson.h>

#include <algorithm>
#include <charconv>

#include "absl/strings/ascii.h"
#include "text/characters.h"
#include "text/field_value.h"
#include "text/json_memory.h"

namespace unecho {
namespace {

constexpr std::string_view kDigits = "0123456789";

// -12.50, 1e5, .5: with quotes they come from tables and from whoever puts numbers into quotes.
bool IsPlainNumber(std::string_view text) {
  const auto take = [&text](std::string_view signs) {
    if (!text.empty() && signs.find(text[0]) != signs.npos) text.remove_prefix(1);
    const size_t digits = std::min(text.find_first_not_of(kDigits), text.size());
    text.remove_prefix(digits);
    return digits > 0;
  };
  const bool has_whole = take("-");
  const bool has_fraction = text.starts_with('.') && take(".");
  if (!has_whole && !has_fraction) return false;
  const bool has_power = text.starts_with('e') || text.starts_with('E');
  if (has_power) text.remove_prefix(1);
  return (!has_power || take("+-")) && text.empty();
}

// 03.2025: digits alone, and a month to its reader; no number begins so.
bool IsMonth(std::string_view text) {
  if (text.size() != 7 || text[0] != '0' || text[1] == '0' || text[2] != '.') return false;
  const std::string_view year = text.substr(3);
  return (year.starts_with("19") || year.starts_with("20")) && year.find_first_not_of(kDigits) == year.npos;
}

// A string without quotes and escapes; as it is written if that is not well-formed.
std::string Unescaped(std::string_view json) {
  if (json.find('\\') != json.npos) {
    thread_local simdjson::dom::parser parser;
    std::string_view text;
    if (IsParsed(parser, parser.parse(json.data(), json.size(), true).get(text))) return std::string(text);
  }
  return std::string(json.substr(1, std::max<size_t>(json.size(), 2) - 2));
}

// -12.50, and of JSON 1e5, too.
void ReadNumber(std::string_view text, OrderKey& key) {
  key.kind = OrderKey::Kind::kNumber;
  key.sign = text.starts_with('-') ? -1 : 1;
  const size_t e = std::min(text.find_first_of("eE"), text.size());
  if (e < text.size()) {
    std::string_view power = text.substr(e + 1);
    if (power.starts_with('+')) power.remove_prefix(1);
    constexpr int64_t kFar = int64_t{1} << 40;  // beyond it 1e999999999999999 is as large as another
    if (std::from_chars(power.data(), power.data() + power.size(), key.exponent).ec != std::errc())
      key.exponent = power.starts_with('-') ? -kFar : kFar;
    key.exponent = std::clamp(key.exponent, -kFar, kFar);
  }
  bool is_behind_point = false;
  for (const char c : text.substr(0, e)) {
    if (c == '.') is_behind_point = true;
    if (c < '0' || c > '9') continue;
    const bool is_leading_zero = key.text.empty() && c == '0';
    if (!is_leading_zero) key.text += c;
    key.exponent += static_cast<int>(!is_behind_point && !is_leading_zero);
    key.exponent -= static_cast<int>(is_behind_point && is_leading_zero);
  }
  key.text.resize(key.text.find_last_not_of('0') + 1);
  if (key.text.empty()) key.sign = 0, key.exponent = 0;
}

std::strong_ordering CompareNumbers(const OrderKey& a, const OrderKey& b) {
  if (a.sign != b.sign || a.sign == 0) return a.sign <=> b.sign;
  const auto sizes = a.exponent != b.exponent ? a.exponent <=> b.exponent : a.text <=> b.text;
  return a.sign > 0 ? sizes : 0 <=> sizes;
}

// The digits that a text begins with, without zeros in front.
std::string_view TakeWhole(std::string_view& text) {
  std::string_view digits = text.substr(0, std::min(text.find_first_not_of(kDigits), text.size()));
  text.remove_prefix(digits.size());
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return digits;
}

std::strong_ordering CompareTexts(std::string_view a, std::string_view b) {
  const std::string_view whole_a = a, whole_b = b;
  while (!a.empty() && !b.empty()) {
    if (IsDigit(a[0]) && IsDigit(b[0])) {
      const std::string_view number_a = TakeWhole(a), number_b = TakeWhole(b);
      if (number_a.size() != number_b.size()) return number_a.size() <=> number_b.size();
      if (number_a != number_b) return number_a <=> number_b;
      continue;
    }
    if (a[0] != b[0]) return a.substr(0, 1) <=> b.substr(0, 1);
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  if (a.empty() != b.empty()) return b.empty() <=> a.empty();
  return whole_a <=> whole_b;
}

}  // namespace

OrderKey ParseOrderKey(std::string_view json, std::optional<DateText>* date) {
  OrderKey key;
  if (json.empty() || json == "null") return key;
  if (json == "true" || json == "false") {
    ReadNumber(json == "true" ? "1" : "0", key);
    return key;
  }
  if (json.front() != '"') {
    if (IsPlainNumber(json)) ReadNumber(json, key);
    return key;
  }
  std::string text = Unescaped(json);
  const absl::string_view stripped = absl::StripAsciiWhitespace(text);
  const std::string_view bare = WithoutEmptyDateParts({stripped.data(), stripped.size()});
  if (bare.empty()) return key;
  if (IsPlainNumber(bare) && !IsMonth(bare)) {
    ReadNumber(bare, key);
    return key;
  }
  if (const std::optional<DateText> read = ReadDate(bare)) {
    key.kind = OrderKey::Kind::kDate;
    key.day_first = read->day_first.value_or(*(read->month_first ? read->month_first : read->day_first));
    key.month_first = read->month_first.value_or(key.day_first);
    if (date != nullptr) *date = read;
  } else if (IsPlaceholder(bare, Zero::kIsValue)) {
    return key;
  } else {
    key.kind = OrderKey::Kind::kText;
  }
  key.text = std::move(text);
  return key;
}

bool HasPriority(const OrderKey& a, const OrderKey& b, bool max, DateOrder order) {
  if (a.kind != b.kind) {
    if (a.kind == OrderKey::Kind::kMissing || b.kind == OrderKey::Kind::kMissing)
      return b.kind == OrderKey::Kind::kMissing;
    return a.kind < b.kind;
  }
  const auto compared = [&]() -> std::strong_ordering {
    switch (a.kind) {
      case OrderKey::Kind::kMissing: break;
      case OrderKey::Kind::kNumber: return CompareNumbers(a, b);
      case OrderKey::Kind::kText: return CompareTexts(a.text, b.text);
      case OrderKey::Kind::kDate:
        return order == DateOrder::kMonthFirst ? a.month_first <=> b.month_first : a.day_first <=> b.day_first;
    }
    return std::strong_ordering::equal;
  }();
  return max ? compared > 0 : compared < 0;
}

}  // namespace unecho
