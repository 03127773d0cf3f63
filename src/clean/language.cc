#include "clean/language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <utility>

namespace unecho::clean {
namespace {

// The names of scripts and pseudo languages begin with x and are no codes to ask for.
bool IsCode(std::string_view code) { return code.size() >= 2 && code != "un" && !code.starts_with("xx"); }

const std::set<std::string_view>& Codes() {
  static const std::set<std::string_view> codes = [] {
    std::set<std::string_view> all;
    for (int i = 0; i < CLD2::NUM_LANGUAGES; ++i) {
      const std::string_view code = CLD2::LanguageCode(static_cast<CLD2::Language>(i));
      if (IsCode(code)) all.insert(code);
    }
    return all;
  }();
  return codes;
}

}  // namespace

std::string_view DetectLanguage(std::string_view text, uint64_t min_bytes) {
  CLD2::Language languages[3];
  int percent[3] = {0, 0, 0};
  double scores[3];
  int letter_bytes = 0, valid_bytes = 0;
  bool reliable = false;
  const CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  const CLD2::Language language = CLD2::ExtDetectLanguageSummaryCheckUTF8(
      text.data(), static_cast<int>(text.size()), /*is_plain_text=*/true, &hints, /*flags=*/0, languages, percent,
      scores, nullptr, &letter_bytes, &reliable, &valid_bytes);
  const bool certain =
      reliable && language != CLD2::UNKNOWN_LANGUAGE && static_cast<uint64_t>(std::max(letter_bytes, 0)) >= min_bytes;
  return certain ? std::string_view(CLD2::LanguageCode(language)) : kUncertain;
}

std::string_view DetectorVersion() { return CLD2::DetectLanguageVersion(); }

bool IsKnownLanguage(std::string_view code) { return code == kUncertain || Codes().contains(code); }

std::string KnownLanguages() {
  std::string list;
  for (const std::string_view code : Codes()) {
    if (!list.empty()) list += ',';
    list += code;
  }
  return list;
}

std::string LanguageMeant(std::string_view name) {
  std::string wanted(name);
  std::ranges::transform(wanted, wanted.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  // Three letters as ISO 639-2 has them are the first of the English name or of its own, for the most used ones.
  static constexpr std::pair<std::string_view, std::string_view> kThree[] = {
      {"ENG", "en"}, {"DEU", "de"}, {"GER", "de"}, {"FRA", "fr"}, {"FRE", "fr"}, {"SPA", "es"}, {"ITA", "it"},
      {"POR", "pt"}, {"NLD", "nl"}, {"DUT", "nl"}, {"RUS", "ru"}, {"ZHO", "zh"}, {"CHI", "zh"}, {"JPN", "ja"},
      {"KOR", "ko"}, {"ARA", "ar"}, {"HIN", "hi"}, {"POL", "pl"}, {"TUR", "tr"}, {"UKR", "uk"}, {"CES", "cs"},
      {"SWE", "sv"}, {"HE", "iw"},  {"HEB", "iw"}, {"JV", "jw"},  {"NB", "no"},  {"CN", "zh"},  {"JP", "ja"}};
  for (const auto& [other, code] : kThree) {
    if (wanted == other) return std::string(code);
  }
  for (int i = 0; i < CLD2::NUM_LANGUAGES; ++i) {
    const auto language = static_cast<CLD2::Language>(i);
    if (wanted == CLD2::LanguageName(language) && IsCode(CLD2::LanguageCode(language)))
      return CLD2::LanguageCode(language);
  }
  const size_t end = name.find_first_of("-_");
  std::string code(name.substr(0, end));
  std::ranges::transform(code, code.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return Codes().contains(code) ? code : std::string();
}

}  // namespace unecho::clean
