// LaTeX as bibliographies use it.
#include <unicode/unorm2.h>

#include <algorithm>
#include <array>

#include "layouts/unescape.h"
#include "text/characters.h"
#include "text/utf8.h"

namespace unecho {
namespace {

struct Named {
  std::string_view name, text;
};
constexpr auto kLetters = std::to_array<Named>({
    {"ss", "\u00DF"},
    {"ae", "\u00E6"},
    {"AE", "\u00C6"},
    {"oe", "\u0153"},
    {"OE", "\u0152"},
    {"o", "\u00F8"},
    {"O", "\u00D8"},
    {"aa", "\u00E5"},
    {"AA", "\u00C5"},
    {"l", "\u0142"},
    {"L", "\u0141"},
    {"i", "i"},
    {"j", "j"},
    {"textendash", "\u2013"},
    {"textemdash", "\u2014"},
    {"textquotedblleft", "\u201C"},
    {"textquotedblright", "\u201D"},
    {"textquoteleft", "\u2018"},
    {"textquoteright", "\u2019"},
    {"textquotesingle", "'"},
    {"textbackslash", "\\"},
    {"textasciitilde", "~"},
    {"textasciicircum", "^"},
    {"textbar", "|"},
    {"textless", "<"},
    {"textgreater", ">"},
    {"textunderscore", "_"},
    {"textbraceleft", "{"},
    {"textbraceright", "}"},
    {"LaTeX", "LaTeX"},
    {"TeX", "TeX"},
    {"ldots", "\u2026"},
    {"dots", "\u2026"},
    {"S", "\u00A7"},
    {"P", "\u00B6"},
    {"copyright", "\u00A9"},
    {"pounds", "\u00A3"},
    {"dag", "\u2020"},
    {"textregistered", "\u00AE"},
    {"texttrademark", "\u2122"},
    {"textdegree", "\u00B0"},
    {"newline", " "},
    {"par", "\n"},
    {"quad", " "},
    {"qquad", " "},
});

// The combining mark of an accent, by the character or letter behind the backslash.
UChar32 CombiningMark(char accent) {
  switch (accent) {
    case '"': return 0x308;
    case '\'': return 0x301;
    case '`': return 0x300;
    case '^': return 0x302;
    case '~': return 0x303;
    case '=': return 0x304;
    case '.': return 0x307;
    case 'c': return 0x327;
    case 'v': return 0x30C;
    case 'u': return 0x306;
    case 'H': return 0x30B;
    case 'r': return 0x30A;
    case 'k': return 0x328;
    case 'd': return 0x323;
    case 'b': return 0x331;
    default: return 0;
  }
}

// `at` stands behind the accent: an optional group or blank, then the letter. Gives the byte behind it; 0: there is
// none.
size_t AppendAccented(std::string_view text, size_t at, char accent, std::string& out) {
  while (at < text.size() && IsBlank(text[at])) ++at;
  const bool in_group = at < text.size() && text[at] == '{';
  if (in_group) ++at;
  const bool is_command = at < text.size() && text[at] == '\\';  // \i and \j: i and j, whose dots the accent replaces
  if (is_command) ++at;
  if (at >= text.size() || !IsAlpha(text[at])) return 0;
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* const nfc = unorm2_getNFCInstance(&error);
  const UChar32 mark = CombiningMark(accent);
  const UChar32 composed = U_SUCCESS(error) ? unorm2_composePair(nfc, text[at], mark) : -1;
  if (composed >= 0) {
    AppendUtf8(static_cast<uint32_t>(composed), out);
  } else {
    out += text[at];
    AppendUtf8(static_cast<uint32_t>(mark), out);
  }
  ++at;
  if (at < text.size() && ((in_group && text[at] == '}') || (is_command && !in_group && text[at] == ' '))) ++at;
  return at;
}

// text[at] is a backslash. Gives the byte behind what was taken.
size_t AppendCommand(std::string_view text, size_t at, std::string& out) {
  const size_t begin = at + 1;
  if (begin >= text.size()) {
    out += '\\';
    return begin;
  }
  const char first = text[begin];
  if (!IsAlpha(first)) {
    if (CombiningMark(first) != 0) {
      if (const size_t end = AppendAccented(text, begin + 1, first, out)) return end;
    }
    if (first == '\\')
      out += '\n';
    else if (first == ' ' || first == ',' || first == ';' || first == ':')
      out += ' ';
    else if (first != '-' && first != '/' && first != '(' && first != ')' && first != '[' && first != ']')
      out += first;
    else if (first == '(' || first == ')' || first == '[' || first == ']')
      out.append({'\\', first});
    return begin + 1;
  }
  size_t end = begin;
  while (end < text.size() && IsAlpha(text[end])) ++end;
  const std::string_view name = text.substr(begin, end - begin);
  if (name.size() == 1 && CombiningMark(first) != 0 && end < text.size() && (text[end] == '{' || text[end] == ' ')) {
    if (const size_t behind = AppendAccented(text, end, first, out)) return behind;
  }
  const auto letter = std::ranges::find(kLetters, name, &Named::name);
  if (letter != kLetters.end()) {
    out += letter->text;
    if (text.substr(end).starts_with("{}")) return end + 2;
    return end < text.size() && text[end] == ' ' ? end + 1 : end;
  }
  if (name == "href" && end < text.size() && text[end] == '{') {
    const size_t close = text.find('}', end);
    return close == text.npos ? end : close + 1;
  }
  // Of \emph{text} the text stays; a command with nothing to show is kept: it may be all there is of a symbol.
  if (end < text.size() && text[end] == '{') return end;
  out += text.substr(at, end - at);
  return end;
}

}  // namespace

void AppendLatexText(std::string_view text, std::string& out) {
  static constexpr std::array<bool, 256> kMarks = [] {
    std::array<bool, 256> marks{};
    for (const char c : std::string_view("$\\{}~-`'")) marks[static_cast<unsigned char>(c)] = true;
    return marks;
  }();
  for (size_t i = 0; i < text.size();) {
    const size_t plain = i;
    while (i < text.size() && !kMarks[static_cast<unsigned char>(text[i])]) ++i;
    out += text.substr(plain, i - plain);
    if (i == text.size()) return;
    const char c = text[i];
    const std::string_view rest = text.substr(i);
    if (c == '$') {
      const size_t end = rest.substr(0, 2000).find('$', 1);
      const size_t size = end == rest.npos ? 1 : end + 1;
      out += rest.substr(0, size);
      i += size;
    } else if (c == '\\') {
      i = AppendCommand(text, i, out);
    } else if (c == '{' || c == '}') {
      ++i;
    } else if (c == '~') {
      out += ' ';
      ++i;
    } else if (rest.starts_with("---")) {
      out += "\u2014";
      i += 3;
    } else if (rest.starts_with("--")) {
      out += "\u2013";
      i += 2;
    } else if (rest.starts_with("``")) {
      out += "\u201C";
      i += 2;
    } else if (rest.starts_with("''")) {
      out += "\u201D";
      i += 2;
    } else {
      out += c;
      ++i;
    }
  }
}

}  // namespace unecho
