#include "shown_text.h"

#include <algorithm>

#include "unecho/json.h"

namespace unecho {
namespace {

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }
bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

}  // namespace

size_t Width(std::string_view utf8) { return utf8.size() - static_cast<size_t>(std::ranges::count_if(utf8, IsContinuation)); }

std::string ShownText(std::string_view text, size_t max_width) {
  // Four bytes a character, and as much again for white space that goes: a record may be megabytes long.
  std::string repaired, shown;
  AppendRepairedUtf8(text.substr(0, 8 * max_width + 64), repaired);
  for (const char c : repaired) {
    const bool blank = IsControl(c) || c == ' ';
    if (blank && (shown.empty() || shown.back() == ' ')) continue;
    shown += blank ? ' ' : c;
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
  AppendRepairedUtf8(name, shown);
  std::ranges::replace_if(shown, IsControl, '?');
  if (Width(shown) <= max_width) return shown;
  size_t begin = shown.size();
  for (size_t width = 0; width < max_width - 3;) width += !IsContinuation(shown[--begin]);
  return "..." + shown.substr(begin);
}

}  // namespace unecho
