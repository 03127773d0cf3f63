#include "layouts/date_notation.h"

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

absl::Status DateNotation::Add(std::string_view json, std::string_view where) {
  if (json.size() < 2 || json[0] != '"') return absl::OkStatus();
  const std::string_view text = json.substr(1, json.size() - 2);
  const Kind kind = KindOf(text);
  if (kind == Kind::kNone) return absl::OkStatus();
  const bool is_mixed = seen_ != Kind::kNone && seen_ != kind;
  if (!is_mixed && kind != Kind::kOther) {
    if (seen_ == Kind::kNone) first_ = text;
    seen_ = kind;
    return absl::OkStatus();
  }
  const std::string beside = is_mixed ? absl::StrFormat(" beside '%s'", ShownText(first_, 40)) : std::string();
  return absl::InvalidArgumentError(absl::StrFormat(
      "--keep: %s has the date '%s'%s, and such dates cannot be put in order; write all as 2021-01-09 (ISO 8601)",
      where, ShownText(text, 40), beside));
}

}  // namespace unecho
