#include "options/match_fields.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "text/scan.h"

namespace unecho {
namespace {

std::optional<double> NumberOf(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

absl::Status CheckThreshold(const MatchField& field) {
  if (field.threshold > 0 && field.threshold <= 1) return absl::OkStatus();
  if (field.threshold > 1 && field.threshold <= 100) {
    return absl::InvalidArgumentError(
        absl::StrFormat("--match %s: a threshold is a share, not a percentage; did you mean %s:%g?",
                        MatchFieldText(field), field.name, field.threshold / 100));
  }
  return absl::InvalidArgumentError(
      absl::StrFormat("--match %s: give a threshold above 0 and up to 1", MatchFieldText(field)));
}

absl::Status CheckFields(const std::vector<MatchField>& fields) {
  if (fields.empty())
    return absl::InvalidArgumentError("--match names no field; give FIELD:THRESHOLD, with commas between them");
  if (fields.size() > kMostMatchFields) {
    return absl::InvalidArgumentError(
        absl::StrFormat("--match names %d fields; %d are the most", fields.size(), kMostMatchFields));
  }
  for (size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name.empty()) {
      return absl::InvalidArgumentError(
          "--match: a field has no name; give FIELD:THRESHOLD, with commas between them and no blanks");
    }
    UNECHO_RETURN_IF_ERROR(CheckThreshold(fields[i]));
    const auto first = std::ranges::find(fields, fields[i].name, &MatchField::name);
    if (first != fields.begin() + static_cast<std::ptrdiff_t>(i))
      return absl::InvalidArgumentError(absl::StrFormat("--match names %s twice; leave one out", fields[i].name));
  }
  return absl::OkStatus();
}

std::vector<std::string> NamesOf(const std::vector<MatchField>& fields) {
  std::vector<std::string> names;
  for (const MatchField& field : fields) names.push_back(field.name);
  return names;
}

absl::Status TakeMatch(std::string_view text, AnswerOptions& answer) {
  answer.match.clear();
  for (size_t begin = 0, end = 0; begin <= text.size(); begin = end + 1) {
    end = std::min(text.find(',', begin), text.size());
    const std::string_view each = TrimBlanks(text.substr(begin, end - begin));
    MatchField field{std::string(each), DefaultThreshold(answer.comparison.by)};
    if (const size_t colon = each.rfind(':'); colon != each.npos) {
      if (const auto threshold = NumberOf(TrimBlanks(each.substr(colon + 1))))
        field = {std::string(TrimBlanks(each.substr(0, colon))), *threshold};
    }
    answer.match.push_back(std::move(field));
  }
  answer.segment.match_fields = NamesOf(answer.match);
  answer.segment.fields_apart = true;
  return CheckFields(answer.match);
}

}  // namespace

Status ParseMatch(std::string_view text, AnswerOptions& answer) {
  return PublicCall([&] { return TakeMatch(text, answer); });
}

absl::Status CheckMatch(const AnswerOptions& answer) {
  if (answer.match.empty() && !answer.segment.fields_apart) return absl::OkStatus();
  UNECHO_RETURN_IF_ERROR(CheckFields(answer.match));
  if (!answer.segment.fields_apart || answer.segment.match_fields != NamesOf(answer.match))
    return absl::InvalidArgumentError("--match and --match-fields both say what is compared: give one of the two");
  if (!answer.against.empty()) {
    return absl::InvalidArgumentError(
        "--against compares with one text of each record, and --match compares fields apart: leave one out, or name "
        "the fields with --match-fields");
  }
  if (answer.ignore_common > 0) {
    return absl::InvalidArgumentError(
        "--ignore-common leaves shingles of one text of each record out, and --match compares fields apart: leave one "
        "out, or name the fields with --match-fields");
  }
  return absl::OkStatus();
}

std::string MatchFieldText(const MatchField& field) {
  char number[32];
  const auto end = std::to_chars(number, number + sizeof number, field.threshold).ptr;
  return field.name + ":" + std::string(number, end);
}

std::vector<double> FieldThresholds(const AnswerOptions& answer) {
  std::vector<double> thresholds;
  for (const MatchField& field : answer.match) thresholds.push_back(field.threshold);
  return thresholds;
}

std::string ThresholdText(const AnswerOptions& answer) {
  if (answer.match.empty()) return absl::StrFormat("%g", answer.threshold);
  return absl::StrJoin(answer.match, ", ",
                       [](std::string* out, const MatchField& field) { *out += MatchFieldText(field); });
}

}  // namespace unecho
