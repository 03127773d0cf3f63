#include "flow/order_notation.h"

#include "absl/strings/str_format.h"
#include "layouts/profile.h"
#include "text/shown_text.h"
#include "write/corpus.h"

namespace unecho {
namespace {

constexpr size_t kShownWidth = 40;
constexpr size_t kMostDateBytes = 64, kMostNumberBytes = 40;

// With a currency, groups of digits, a decimal comma, per cent or a unit: a number to a reader. So is a fraction, a
// score (8 out of 10), and a time of day or a length of time whose hours have one digit, or three, or half a day.
bool IsDressedNumber(std::string_view text) {
  static const auto* const kDressed = new Pattern(Pattern::Known(
      R"((?i)^\s*(?:[-+]?\p{Sc} ?\d[\d.,' ]*|[-+]?\d[\d.,']* ?(?:\p{Sc}|%)|[-+]?\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?|\+\d+(?:\.\d+)?)"
      R"(|[-+]?\d+,\d+|[-+]?\d+(?:[.,]\d+)?(?: \pL+|[km])|(?:\d|\d{3,}):\d\d(?::\d\d)?)"
      R"(|\d{1,2}(?::\d\d){0,2} ?[ap]\.?m\.?|[-+]?\d+ ?/ ?\d+|\d+(?:[.,]\d+)? (?:out )?of \d+(?:[.,]\d+)?|\x{2212}\d[\d.,]*|0x[\da-f]+)"
      R"(|(?:usd|eur|gbp|jpy|chf|cad|aud|cny|inr|rub|brl|sek|nok|dkk|pln|czk) ?\d[\d.,' ]*|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:[_\x{2019}\x{A0}\x{202F}]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?[kmgt]i?b?)\s*$)"));
  if (text.empty() || text.size() > kMostNumberBytes || text.find_first_of("0123456789") == text.npos) return false;
  return kDressed->Matches(text);
}

// 1999?, [2009], c. 1999, and digits of other scripts.
bool HasDigit(std::string_view text) {
  static const auto* const kDigit = new Pattern(Pattern::Known(R"(\p{Nd})"));
  return kDigit->Matches(text);
}

// A date to a reader, in a notation that ReadDate() does not know: 14/03/25, 14. März 2025, 31/02/2025, Mar 14; a part
// of a year in front of it: Q4 2023, Spring 2024; how long ago it was: 9 days ago, yesterday.
bool LooksLikeDate(std::string_view text) {
  static const auto* const kDate = new Pattern(Pattern::Known(
      R"((?i)^\s*(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b)"
      R"(|(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +)?(?:\d{1,2}(?:st|nd|rd|th)?[-./ ]+)?)"
      R"((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-.,/ ]+\d[^\pL]*(?:\d:\d\d.*)?$)"
      R"(|\d{1,2}(?:st|nd|rd|th)?[-./ ]+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?$)"
      R"(|\d{1,2}\.?(?: de)? \pL{3,}\.?,?(?: de)? \d{4}\b)"
      R"(|(?:[qh][1-4]|[1-4][qh]|fy|cy)[-,/ ']*\d{2}(?:\d{2})?\s*$)"
      R"(|(?:[1-4](?:st|nd|rd|th) (?:quarter|half),?(?: of)?|w(?:eek )?\d{1,2},?)[-/ ]\d{4}\s*$)"
      R"(|(?:early |mid-?|late )?(?:spring|summer|autumn|fall|winter),?[-/ ]*'?\d{2}(?:\d{2})?\s*$)"
      R"(|\d{4}[-,/ ]*(?:spring|summer|autumn|fall|winter)\s*$)"
      R"(|(?:\d+ ?|an? |one |two )\pL+\.? ago\s*$|(?:yesterday|today|tomorrow|just now|last (?:week|month|year))\s*$))"));
  return !text.empty() && text.size() <= kMostDateBytes && kDate->Matches(text);
}

// Jan, March, Mon, Friday: with neither a year nor a number beside it.
bool IsNameOfTime(std::string_view text) {
  static const auto* const kName = new Pattern(Pattern::Known(
      R"((?i)^\s*(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?)"
      R"(|nov(?:ember)?|dec(?:ember)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\.?\s*$)"));
  return kName->Matches(text);
}

}  // namespace

std::string OrderNotation::Seen::Shown() const { return absl::StrFormat("%s has '%s'", where, value); }

OrderNotation::OrderNotation(const SourceNames& sources, const AnswerOptions& answer)
    : sources_(sources), option_("--keep " + KeepPolicyName(answer)), stated_(answer.date_order) {}

absl::Status OrderNotation::Beside(const Seen& seen, const Seen& other, std::string_view problem) const {
  return absl::InvalidArgumentError(
      absl::StrFormat("%s: %s beside '%s' of %s, and %s; write all in one way, as 2021-01-09 or 2021-01-09T10:00:00Z "
                      "(ISO 8601)",
                      option_, seen.Shown(), other.value, other.where, problem));
}

absl::Status OrderNotation::AddDate(const DateText& date, const Seen& seen) {
  if (!notation_) notation_ = date;
  if (date.notation != notation_->notation || date.separator != notation_->separator)
    return Beside(seen, date_, "these are dates in two notations");

  if (date.has_zone) {
    Note(zoned_, seen);
    if (date.zone_seconds != 0) Note(far_zoned_, seen);
  } else {
    Note(date.has_time ? plain_time_ : plain_day_, seen);
  }
  constexpr std::string_view kZones = "only one of them says in which time zone it is";
  if (plain_time_.any() && zoned_.any()) return Beside(seen, date.has_zone ? plain_time_ : zoned_, kZones);
  if (plain_day_.any() && far_zoned_.any()) return Beside(seen, date.has_zone ? plain_day_ : far_zoned_, kZones);

  if (date.day_first && date.month_first) {
    if (*date.day_first != *date.month_first) Note(ambiguous_, seen);
    return absl::OkStatus();
  }
  Note(date.day_first ? day_first_ : month_first_, seen);
  if (stated_ != DateOrder::kUnknown && (stated_ == DateOrder::kDayFirst) != date.day_first.has_value()) {
    return absl::InvalidArgumentError(absl::StrFormat("%s: %s, which is no date if the %s comes first", option_,
                                                      seen.Shown(), date.day_first ? "month" : "day"));
  }
  if (day_first_.any() && month_first_.any()) {
    return Beside(seen, date.day_first ? month_first_ : day_first_,
                  "in one of them the day comes first, in the other the month");
  }
  return absl::OkStatus();
}

void OrderNotation::Note(Seen& first, const Seen& seen) {
  if (first.any()) return;
  first = seen;
  is_telling_ = true;
}

absl::Status OrderNotation::Add(const OrderKey& key, const std::optional<DateText>& date, std::string_view json,
                                RecordRef ref) {
  is_telling_ = false;
  UNECHO_RETURN_IF_ERROR(Look(key, date, json, ref));
  if (is_telling_) tellings_.push_back({std::string(json), ref});
  return absl::OkStatus();
}

absl::Status OrderNotation::Add(std::string_view json, RecordRef ref) {
  std::optional<DateText> date;
  const OrderKey key = ParseOrderKey(json, &date);
  return Add(key, date, json, ref);
}

absl::Status OrderNotation::Look(const OrderKey& key, const std::optional<DateText>& date, std::string_view json,
                                 RecordRef ref) {
  using enum OrderKey::Kind;
  if (key.kind == kMissing || (key.kind == kNumber && number_.any() && !date_.any())) return absl::OkStatus();
  const std::string_view value = key.kind == kNumber ? json : std::string_view(key.text);
  const Seen seen{ShownText(value, kShownWidth), RefName(sources_.name(ref.source), ref.ordinal)};
  if (key.kind == kText && LooksLikeDate(value)) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s: %s, which is no date of a known notation; write all as 2021-01-09, 9 January 2021, "
                        "January 9, 2021 or 09/01/2021, with four digits for the year",
                        option_, seen.Shown()));
  }
  if (key.kind == kText && IsDressedNumber(value)) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: %s, which is no number as it is written; numbers are written in digits alone, as 1299.00 or "
        "-5, dates as 2021-01-09, 9 January 2021 or 09/01/2021, and all else is a text",
        option_, seen.Shown()));
  }
  if (key.kind == kText && !has_other_texts_) {
    if (!IsNameOfTime(value))
      has_other_texts_ = is_telling_ = true;
    else if (text_.any() && text_.value != seen.value)
      Note(other_name_, seen);
  }
  if (key.kind == kText && !numbered_text_.any() && HasDigit(value)) Note(numbered_text_, seen);
  Note(key.kind == kNumber ? number_ : key.kind == kText ? text_ : date_, seen);
  if (date_.any() && (number_.any() || text_.any())) {
    const Seen& other = key.kind != kDate ? date_ : number_.any() ? number_ : text_;
    return Beside(seen, other, "only one of them is a date");
  }
  if (number_.any() && numbered_text_.any()) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s: %s, which is a text, beside the number %s of %s, and a number in a text is none; write "
                        "all as numbers, or none",
                        option_, numbered_text_.Shown(), number_.value, number_.where));
  }
  return date ? AddDate(*date, seen) : absl::OkStatus();
}

absl::StatusOr<DateOrder> OrderNotation::Settle() const {
  if (other_name_.any() && !has_other_texts_) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: %s beside '%s' of %s, which name months or days of a week, and texts go letter by letter; write numbers, "
        "or dates as 2021-01-09",
        option_, other_name_.Shown(), text_.value, text_.where));
  }
  const bool has_orders = notation_ && notation_->notation == DateNotation::kDayAndMonth;
  if (stated_ != DateOrder::kUnknown && !has_orders) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: there are no dates whose day and month could come in either order, as in 03/04/2025", option_));
  }
  if (stated_ != DateOrder::kUnknown) return stated_;
  if (day_first_.any() || month_first_.any()) return day_first_.any() ? DateOrder::kDayFirst : DateOrder::kMonthFirst;
  if (ambiguous_.any()) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s: %s, and no value says whether the day or the month comes first; say so by %s:dmy or "
                        "%s:mdy",
                        option_, ambiguous_.Shown(), option_, option_));
  }
  return DateOrder::kDayFirst;
}

}  // namespace unecho
