#include "text/html_entities.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <array>

#include "text/entity_names.h"
#include "text/utf8.h"
#include "text/windows_1252.h"

namespace unecho {
namespace {

bool IsCharacter(uint32_t c) {
  const bool control = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
  const bool surrogate = c >= 0xd800 && c <= 0xdfff;
  const bool none = c > 0x10ffff || (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
  return !control && !surrogate && !none;
}

struct Decoded {
  uint32_t code_point = 0;
  size_t size = 0;  // bytes of the entity; 0: it is none
};

Decoded DecodeNumber(std::string_view text) {  // behind "&#"
  const bool hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  size_t i = hex ? 3 : 2;
  const size_t begin = i;
  uint32_t value = 0;
  for (; i < text.size() && value < 0x200000; ++i) {
    const char c = text[i];
    const char lower = static_cast<char>(c | 0x20);
    uint32_t digit = 0;
    if (c >= '0' && c <= '9')
      digit = static_cast<uint32_t>(c - '0');
    else if (hex && lower >= 'a' && lower <= 'f')
      digit = static_cast<uint32_t>(lower - 'a') + 10;
    else
      break;
    value = value * (hex ? 16 : 10) + digit;
  }
  if (i == begin || i >= text.size() || text[i] != ';') return {};
  if (value >= 0x80 && value < 0xa0 && kWindows1252[value - 0x80] != 0) value = kWindows1252[value - 0x80];
  return IsCharacter(value) ? Decoded{value, i + 1} : Decoded{};
}

Decoded DecodeEntity(std::string_view text) {  // begins with '&'
  if (text.size() > 1 && text[1] == '#') return DecodeNumber(text);
  const size_t end = text.substr(0, kLongestEntity + 2).find(';');
  if (end == text.npos) return {};
  const std::string_view name = text.substr(1, end - 1);
  const auto found = std::ranges::lower_bound(kEntities, name, {}, &Entity::name);
  if (found == std::end(kEntities) || found->name != name) return {};
  return {found->code_point, end + 1};
}

}  // namespace

uint64_t DecodeHtmlEntities(std::string_view text, std::string& out) {
  out.clear();
  uint64_t places = 0;
  size_t copied = 0;
  for (size_t at = 0; (at = text.find('&', at)) != text.npos;) {
    const Decoded decoded = DecodeEntity(text.substr(at));
    if (decoded.size == 0) {
      ++at;
      continue;
    }
    out += text.substr(copied, at - copied);
    AppendUtf8(decoded.code_point, out);
    copied = at = at + decoded.size;
    ++places;
  }
  if (places > 0) out += text.substr(copied);
  return places;
}

}  // namespace unecho
