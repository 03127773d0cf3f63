#include "works/fillable_fields.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "text/characters.h"
#include "text/field_value.h"
#include "text/json.h"

namespace unecho {
namespace {

constexpr std::array<std::string_view, kNumMergeFields> kMergeFieldNames = {
    "year", "container", "volume", "number", "pages", "doi", "pmid", "isbn", "abstract"};
constexpr std::array<std::string_view, kNumMergeFields> kNamesInProfiles = {
    "year", "journal", "volume", "issue", "pages", "doi", "pmid", "isbn", "abstract"};
constexpr size_t kMostGivenBytes = 1000;  // of any field but the abstract
constexpr size_t kMostAbstractGiven = size_t{64} << 10;
constexpr size_t kFewestWordsGiven = 20;  // as the rule wants it (make_work.h)

const std::string& ValueOf(const WorkFields& fields, MergeField field) {
  switch (field) {
    case MergeField::kYear: return fields.year;
    case MergeField::kContainer: return fields.container;
    case MergeField::kVolume: return fields.volume;
    case MergeField::kNumber: return fields.number;
    case MergeField::kPages: return fields.pages;
    case MergeField::kDoi: return fields.doi;
    case MergeField::kPmid: return fields.pmid;
    case MergeField::kIsbn: return fields.isbn;
    case MergeField::kAbstract:
    case MergeField::kCount: break;
  }
  return fields.abstract;
}

// Runs of blanks and line ends as one blank, none at the ends.
std::string AsGivenLine(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool is_blank = static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
    if (!is_blank)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

// The first number from 1500 to 2099, as make_work.cc reads it.
std::string GivenYear(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && IsDigit(text[end])) ++end;
    const std::string_view digits = text.substr(at, end - at);
    if (digits.size() == 4 && digits >= "1500" && digits < "2100") return std::string(digits);
    at = end + 1;
  }
  return {};
}

std::string GivenDoi(std::string_view text) {
  const size_t begin = text.find("10.");
  if (begin == text.npos) return {};
  text = text.substr(begin, text.find(' ', begin) - begin);
  while (!text.empty() && std::string_view(".,;:").find(text.back()) != text.npos) text.remove_suffix(1);
  return text.find('/') == text.npos ? std::string() : std::string(text);
}

std::string GivenPmid(std::string_view text) {
  constexpr size_t kFewest = 4;
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && IsDigit(text[end])) ++end;
    if (end - at >= kFewest) return std::string(text.substr(at, end - at));
    at = end + 1;
  }
  return {};
}

bool IsWholeIsbn(std::string_view text) {
  const auto digits = std::ranges::count_if(text, [](char c) { return IsDigit(c) || c == 'X' || c == 'x'; });
  const bool has_others =
      std::ranges::any_of(text, [](char c) { return !IsDigit(c) && c != 'X' && c != 'x' && c != '-' && c != ' '; });
  return !has_others && (digits == 10 || digits == 13);
}

}  // namespace

std::string_view Name(MergeField field) { return kMergeFieldNames.at(static_cast<size_t>(field)); }
std::string_view StandardNameOf(MergeField field) { return kNamesInProfiles.at(static_cast<size_t>(field)); }

MergeMask SaidIn(const WorkFields& fields) {
  MergeMask said = 0;
  for (size_t i = 0; i < kNumMergeFields; ++i) {
    const auto field = static_cast<MergeField>(i);
    if (field == MergeField::kAbstract && fields.abstract_is_text) continue;
    if (!ValueOf(fields, field).empty()) said |= BitOf(field);
  }
  return said;
}

std::string GivenBy(const WorkFields& fields, MergeField field) {
  if (field == MergeField::kAbstract && fields.abstract_is_text) return {};
  const std::string& written = ValueOf(fields, field);
  const bool is_abstract = field == MergeField::kAbstract;
  if (written.empty() || written.size() > (is_abstract ? kMostAbstractGiven : kMostGivenBytes)) return {};
  if (CountMalformedUtf8(written) > 0) return {};
  std::string value = AsGivenLine(written);
  if (IsPlaceholder(value, Zero::kIsNone)) return {};
  switch (field) {
    case MergeField::kYear: return GivenYear(value);
    case MergeField::kDoi: return GivenDoi(value);
    case MergeField::kPmid: return GivenPmid(value);
    case MergeField::kIsbn: return IsWholeIsbn(value) ? value : std::string();
    case MergeField::kVolume:
    case MergeField::kNumber:
    case MergeField::kPages: return std::ranges::any_of(value, IsDigit) ? value : std::string();
    case MergeField::kAbstract:
      return static_cast<size_t>(std::ranges::count(value, ' ')) + 1 >= kFewestWordsGiven ? value : std::string();
    case MergeField::kContainer:
    case MergeField::kCount: break;
  }
  return value;
}

MergeMask GivenIn(const WorkFields& fields) {
  MergeMask given = 0;
  for (size_t i = 0; i < kNumMergeFields; ++i) {
    const auto field = static_cast<MergeField>(i);
    if (!GivenBy(fields, field).empty()) given |= BitOf(field);
  }
  return given;
}

std::string TexGivenBy(const Batch& batch, const Record& record, MergeField field) {
  if (field != MergeField::kContainer && field != MergeField::kAbstract) return {};
  const std::span<const NamedField> read = batch.FieldsOf(record);
  std::vector<NamedField> written(read.begin(), read.end());
  bool has_tex = false;
  for (NamedField& each : written) {
    if (each.tex.empty() || IsSilentField(each)) continue;
    each.value = each.tex;
    has_tex = true;
  }
  if (!has_tex) return {};
  const WorkFields fields = WorkFieldsOf(written, batch.layout->profile().names, {}, {});
  return GivenBy(fields, field);
}

}  // namespace unecho
