#include "text/shown_text.h"

#include <algorithm>

#include "text/characters.h"
#include "text/json.h"
#include "text/scan.h"

namespace unecho {
namespace {

// Of the character at the beginning, if it controls a terminal or turns the order of what follows (U+202A to U+202E,
// U+2066 to U+2069); else 0.
size_t ControlBytes(std::string_view utf8) {
  const auto byte = [&](size_t i) { return i < utf8.size() ? static_cast<unsigned char>(utf8[i]) : 0u; };
  if (byte(0) < 0x20 || byte(0) == 0x7F) return 1;
  if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) < 0xA0) return 2;
  if (byte(0) != 0xE2) return 0;
  const bool turns = (byte(1) == 0x80 && byte(2) >= 0xAA && byte(2) <= 0xAE) ||
                     (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9);
  return turns ? 3 : 0;
}

}  // namespace

size_t Width(std::string_view utf8) { return CodePoints(utf8); }

void AppendShown(std::string_view text, std::string& out) {
  std::string repaired;
  AppendRepairedUtf8(text, repaired);
  for (size_t i = 0; i < repaired.size();) {
    const size_t control = ControlBytes(std::string_view(repaired).substr(i));
    out += control > 0 ? '?' : repaired[i];
    i += std::max<size_t>(control, 1);
  }
}

std::string ShownLines(std::string_view text) {
  std::string out;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    AppendShown(text.substr(begin, end - begin), out);
    if (end < text.size()) out += '\n';
    begin = end + 1;
  }
  return out;
}

std::string ShownText(std::string_view text, size_t max_width) {
  // Four bytes a character, and as much again for white space that goes: a record may be megabytes long.
  std::string repaired, shown;
  AppendRepairedUtf8(text.substr(0, 8 * max_width + 64), repaired);
  for (size_t i = 0; i < repaired.size();) {
    const size_t control = repaired[i] == ' ' ? 1 : ControlBytes(std::string_view(repaired).substr(i));
    if (control == 0)
      shown += repaired[i];
    else if (!shown.empty() && shown.back() != ' ')
      shown += ' ';
    i += std::max<size_t>(control, 1);
  }
  if (shown.ends_with(' ')) shown.pop_back();
  if (Width(shown) <= max_width) return shown;
  size_t end = 0;
  for (size_t width = 0; width < max_width - 3; ++width) {
    do ++end;
    while (IsContinuation(shown[end]));
  }
  return shown.substr(0, end) + "...";
}

std::string ShownName(std::string_view name, size_t max_width) {
  std::string shown;
  AppendShown(name, shown);
  if (Width(shown) <= max_width) return shown;
  size_t begin = shown.size();
  for (size_t width = 0; width < max_width - 3;) width += !IsContinuation(shown[--begin]);
  return "..." + shown.substr(begin);
}

}  // namespace unecho
