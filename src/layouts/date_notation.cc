#include "layouts/date_notation.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "text/shown_text.h"
#include "unecho/profile.h"

namespace unecho {

DateNotation::Kind DateNotation::KindOf(std::string_view text) {
  static const auto* const kIso = new Pattern(Pattern::Known(R"(^\d{4}-\d\d(?:-\d\d)?(?:$|[T ]))"));
  static const auto* const kYearFirst = new Pattern(Pattern::Known(R"(^\d{4}([/.])\d\d[/.]\d\d(?:$|[T ]))"));
  static const auto* const kOther = new Pattern(
      Pattern::Known(R"((?i)^(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? )"
                     R"(|(?:\d{1,2}(?:st|nd|rd|th)?\.? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? )"
                     R"(\d))"));
  if (text.empty() || text.size() > 64) return Kind::kNone;
  if (kIso->Matches(text)) return Kind::kIso;
  if (kYearFirst->Matches(text)) return Kind::kYearFirst;
  return kOther->Matches(text) ? Kind::kOther : Kind::kNone;
}

// With a currency, groups of digits, a decimal comma, per cent, a unit or an exponent: a number to a reader.
bool DateNotation::IsDressedNumber(std::string_view text) {
  static const auto* const kDressed = new Pattern(Pattern::Known(
      R"(^\s*(?:[-+]?\p{Sc} ?\d[\d.,' ]*|[-+]?\d[\d.,']* ?(?:\p{Sc}|%)|[-+]?\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?|\+\d+(?:\.\d+)?)"
      R"(|[-+]?\d+,\d+|[-+]?\d+(?:[.,]\d+)?(?: \pL+|[kKmM])|[-+]?\d+(?:\.\d+)?[eE][-+]?\d+)\s*$)"));
  if (text.empty() || text.size() > 40 || text.find_first_of("0123456789") == text.npos) return false;
  return kDressed->Matches(text);
}

// How the time behind a date is written: 0 for each digit, but a zone as it is.
std::string DateNotation::ShapeOfTime(std::string_view text) {
  constexpr size_t kDate = 10, kZone = 6;
  std::string shape(text.substr(std::min(kDate, text.size())));
  const size_t zone = shape.find_last_of("+-");
  const size_t end = zone != shape.npos && shape.size() - zone <= kZone ? zone : shape.size();
  for (size_t i = 0; i < end; ++i) {
    if (shape[i] >= '0' && shape[i] <= '9') shape[i] = '0';
  }
  return shape;
}

absl::Status DateNotation::Add(std::string_view json, std::string_view where) {
  if (json.empty() || json == "null") return absl::OkStatus();
  const bool is_string = json.size() > 1 && json[0] == '"';
  const std::string_view text = is_string ? json.substr(1, json.size() - 2) : json;
  const Kind kind = is_string ? KindOf(text) : Kind::kNone;
  if (is_string && kind == Kind::kNone && IsDressedNumber(text)) {
    return absl::InvalidArgumentError(
        absl::StrFormat("--keep: %s has '%s', which is no number as it is written, and texts go letter by letter, so "
                        "that 9 would come behind 10; write digits alone, as in 1299.00",
                        where, ShownText(text, 40)));
  }
  const bool is_number = kind == Kind::kNone && text.find_first_not_of("0123456789.-") == text.npos;
  if (kind == Kind::kNone && !(is_number && seen_ != Kind::kNone)) return absl::OkStatus();
  const std::string shape = ShapeOfTime(text);
  const bool has_other_time = !shape.empty() && !shape_.empty() && shape != shape_;
  const bool is_mixed = seen_ != Kind::kNone && (seen_ != kind || has_other_time);
  if (!is_mixed && kind != Kind::kOther) {
    if (seen_ == Kind::kNone || (shape_.empty() && !shape.empty())) {
      first_ = text;
      shape_ = shape;
    }
    seen_ = kind;
    return absl::OkStatus();
  }
  const std::string beside = is_mixed ? absl::StrFormat(" beside '%s'", ShownText(first_, 40)) : std::string();
  return absl::InvalidArgumentError(absl::StrFormat(
      "--keep: %s has the date '%s'%s, and such dates cannot be put in order; write all as 2021-01-09 or "
      "2021-01-09T10:00:00Z (ISO 8601)",
      where, ShownText(text, 40), beside));
}

}  // namespace unecho
