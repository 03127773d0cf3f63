#include "text/malformed_bytes.h"

#include <cstddef>
#include <cstdint>

#include "text/code_points.h"
#include "text/utf8.h"

namespace unecho {
namespace {

constexpr uint32_t kFirst = 0x10fe00;           // of the byte 0x00; only those from 0x80 on occur
constexpr std::string_view kLead = "\xF4\x8F";  // of all of them, and of few others

}  // namespace

void AppendWithBytesAsLetters(std::string_view text, std::string& out) {
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    const bool is_letter = NextCodePoint(text.data(), at, text.size()) >= 0;
    if (is_letter) {
      out += text.substr(begin, at - begin);
      continue;
    }
    for (size_t i = begin; i < at; ++i) AppendUtf8(kFirst + static_cast<uint8_t>(text[i]), out);
  }
}

void AppendWithLettersAsBytes(std::string_view text, std::string& out) {
  for (size_t found = text.find(kLead); found != std::string_view::npos; found = text.find(kLead)) {
    size_t at = found;
    const int32_t c = NextCodePoint(text.data(), at, text.size());
    const int64_t byte = int64_t{c} - kFirst;
    const bool is_byte = byte >= 0x80 && byte <= 0xff;
    out += text.substr(0, is_byte ? found : at);
    if (is_byte) out += static_cast<char>(byte);
    text.remove_prefix(at);
  }
  out += text;
}

}  // namespace unecho
