#include "layouts/csv_field.h"

#include <algorithm>
#include <cctype>

#include "absl/strings/match.h"
#include "base/status.h"
#include "text/characters.h"

namespace unecho {
namespace {

using std::string_view;

constexpr size_t kNameBytes = 64, kNameWords = 6;  // longer ones are no names of columns

// A word that belongs to a date.
bool IsDateWord(string_view word) {
  static constexpr string_view kMonths[] = {"january", "february", "march",     "april",   "may",      "june",
                                            "july",    "august",   "september", "october", "november", "december"};
  static constexpr string_view kOthers[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun", "am",
                                            "pm",  "utc", "gmt", "t",   "z",   "e",   "st",  "th"};
  return std::ranges::any_of(kMonths,
                             [word](string_view month) {
                               return word.size() >= 3 && absl::StartsWithIgnoreCase(Abs(month), Abs(word));
                             }) ||
         std::ranges::any_of(kOthers,
                             [word](string_view each) { return absl::EqualsIgnoreCase(Abs(word), Abs(each)); });
}

// Digits, and what stands between them in numbers, sums, dates and times.
bool IsNumberOrDate(string_view field) {
  static constexpr string_view kSigns = "+-.,:/%'()# \xC2\xA0\xA3\xA5\xE2\x82\xAC$";  // with those of money
  bool has_digit = false;
  for (size_t at = 0; at < field.size();) {
    size_t end = at;
    while (end < field.size() && IsAlpha(field[end])) ++end;
    if (end > at) {
      if (!IsDateWord(field.substr(at, end - at))) return false;
      at = end;
      continue;
    }
    if (!IsDigit(field[at]) && kSigns.find(field[at]) == kSigns.npos) return false;
    has_digit |= IsDigit(field[at]);
    ++at;
  }
  return has_digit;
}

}  // namespace

size_t CsvWords(string_view text) {
  size_t words = 0;
  bool in_word = false;
  for (const char c : text) {
    words += !IsBlank(c) && !in_word;
    in_word = !IsBlank(c);
  }
  return words;
}

bool IsCsvNothing(string_view field) {
  static constexpr string_view kNothing[] = {"-", "na", "n/a", "nan", "null", "none", "nil", "\\n"};
  return field.empty() || std::ranges::any_of(kNothing, [field](string_view each) {
           return absl::EqualsIgnoreCase(Abs(field), Abs(each));
         });
}

bool IsCsvTyped(string_view field) {
  static constexpr string_view kTruth[] = {"true", "false", "yes", "no"};
  if (field.size() <= 40 && IsNumberOrDate(field)) return true;
  if (absl::StartsWithIgnoreCase(Abs(field), "http://") || absl::StartsWithIgnoreCase(Abs(field), "https://"))
    return true;
  if (std::ranges::any_of(kTruth, [field](string_view each) { return absl::EqualsIgnoreCase(Abs(field), Abs(each)); }))
    return true;
  const auto is_hex = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0 || c == '-'; };
  return field.size() >= 16 && std::ranges::all_of(field, is_hex) && std::ranges::any_of(field, IsDigit);
}

bool IsCsvSide(string_view field) {
  static constexpr string_view kNames[] = {
      "front",      "back",    "src",        "tgt",          "trg",           "source",   "target",    "ref",
      "hyp",        "mt",      "pe",         "original",     "translated",    "native",   "foreign",   "word",
      "meaning",    "term",    "definition", "phrase",       "translation",   "english",  "french",    "german",
      "spanish",    "italian", "portuguese", "dutch",        "russian",       "chinese",  "japanese",  "korean",
      "arabic",     "turkish", "polish",     "czech",        "swedish",       "danish",   "norwegian", "finnish",
      "greek",      "hebrew",  "hindi",      "latin",        "ukrainian",     "romanian", "hungarian", "vietnamese",
      "indonesian", "persian", "thai",       "bulgarian",    "croatian",      "serbian",  "slovak",    "slovenian",
      "catalan",    "deutsch", "englisch",   "espa\u00F1ol", "fran\u00E7ais", "italiano", "kanji",     "kana",
      "hanzi",      "pinyin",  "romaji",     "reading",      "lemma",         "gloss"};
  // ISO 639-1, of languages that are written.
  static constexpr string_view kCodes =
      " af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja jv ka kk "
      "km kn ko ku ky la lb lo lt lv mg mi mk ml mn mr ms mt my ne nl nb nn no oc or pa pl ps pt ro ru rw sd si sk sl "
      "sm "
      "so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi xh yi yo zh zu ";
  if (std::ranges::any_of(kNames, [field](string_view name) { return absl::EqualsIgnoreCase(Abs(field), Abs(name)); }))
    return true;
  // Perhaps with a country: en-US, pt_BR.
  const bool has_country = field.size() == 5 && (field[2] == '-' || field[2] == '_');
  if ((field.size() != 2 && !has_country) || !IsAlpha(field[0]) || !IsAlpha(field[1])) return false;
  const char code[] = {' ', static_cast<char>(field[0] | 0x20), static_cast<char>(field[1] | 0x20), ' '};
  return kCodes.find(string_view(code, sizeof code)) != kCodes.npos;
}

bool IsCsvName(string_view field) {
  if (field.empty() || field.size() > kNameBytes || CsvWords(field) > kNameWords || IsCsvTyped(field)) return false;
  if (field.find_first_of("\r\n\"{}<>=\\") != field.npos || field.find("://") != field.npos) return false;
  return string_view(".!?:;,").find(field.back()) == string_view::npos &&
         string_view("-#*/([@").find(field[0]) == string_view::npos;
}

}  // namespace unecho
