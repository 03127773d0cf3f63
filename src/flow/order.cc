#include "flow/order.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace unecho {
namespace {

// "-12.50": such strings come from tables and from whoever puts numbers into quotes.
bool IsNumber(std::string_view text) {
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  const size_t end = std::min(digits.find_first_not_of("0123456789"), digits.size());
  if (end == 0 || end == digits.size()) return end > 0;
  return digits[end] == '.' && end + 1 < digits.size() &&
         digits.find_first_not_of("0123456789", end + 1) == digits.npos;
}

}  // namespace

OrderKey ParseOrderKey(std::string_view json) {
  OrderKey key;
  if (json.empty() || json == "null") return key;
  if (json.front() == '"' && IsNumber(json.substr(1, std::max<size_t>(json.size(), 2) - 2)))
    json = json.substr(1, json.size() - 2);
  if (json.front() == '"') {
    key.kind = OrderKey::Kind::kString;
    key.string = json.size() >= 2 ? json.substr(1, json.size() - 2) : std::string_view();
    return key;
  }
  if (json == "true" || json == "false") {
    key.kind = OrderKey::Kind::kNumber;
    key.number = json == "true";
    return key;
  }
  const auto result = std::from_chars(json.data(), json.data() + json.size(), key.number);
  if (result.ec == std::errc()) key.kind = OrderKey::Kind::kNumber;
  return key;
}

bool HasPriority(const OrderKey& a, const OrderKey& b, bool max) {
  if (a.kind != b.kind) {
    if (a.kind == OrderKey::Kind::kMissing || b.kind == OrderKey::Kind::kMissing)
      return b.kind == OrderKey::Kind::kMissing;
    return a.kind == OrderKey::Kind::kNumber;
  }
  if (a.kind == OrderKey::Kind::kNumber) return max ? a.number > b.number : a.number < b.number;
  if (a.kind == OrderKey::Kind::kString) return max ? a.string > b.string : a.string < b.string;
  return false;
}

}  // namespace unecho
