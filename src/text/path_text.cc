#include "text/path_text.h"

#include <unicode/utf8.h>

#include <optional>

#include "absl/strings/str_format.h"

namespace unecho {
namespace {

int HexDigit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; }

// What stands at the beginning of `text` in place of a byte.
std::optional<char> EscapedByte(std::string_view text) {
  if (text.size() < 3 || text[0] != '%') return std::nullopt;
  const int high = HexDigit(text[1]), low = HexDigit(text[2]);
  if (high < 0 || low < 0) return std::nullopt;
  const int byte = high * 16 + low;
  if (byte < 0x80 && byte != '%') return std::nullopt;
  return static_cast<char>(byte);
}

}  // namespace

std::string TextOfPath(std::string_view path) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(path.data());
  std::string text;
  for (size_t at = 0; at < path.size();) {
    const size_t begin = at;
    UChar32 c;
    U8_NEXT(bytes, at, path.size(), c);
    if (c < 0) {
      for (const char byte : path.substr(begin, at - begin))
        text += absl::StrFormat("%%%02X", static_cast<unsigned char>(byte));
    } else if (EscapedByte(path.substr(begin))) {
      text += "%25";
    } else {
      text += path.substr(begin, at - begin);
    }
  }
  return text;
}

std::string PathOfText(std::string_view text) {
  std::string path;
  for (size_t at = 0; at < text.size();) {
    const std::optional<char> byte = EscapedByte(text.substr(at));
    path += byte.value_or(text[at]);
    at += byte ? 3 : 1;
  }
  return path;
}

}  // namespace unecho
