// Code points -> UTF-8. (Text is read by ICU's macros and the kernels, each in its own steps.)
//
// Cost:    a few instructions. Threads: functions without state.
// Failure: none; the caller gives a code point that may be written: below 0x110000, no surrogate.
#ifndef UNECHO_SRC_TEXT_UTF8_H_
#define UNECHO_SRC_TEXT_UTF8_H_

#include <cstdint>
#include <string>

namespace unecho {

inline void AppendUtf8(uint32_t code_point, std::string& out) {
  const auto tail = [code_point](int shift) { return static_cast<char>(0x80 | (code_point >> shift & 0x3f)); };
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    out += {static_cast<char>(0xc0 | code_point >> 6), tail(0)};
  } else if (code_point < 0x10000) {
    out += {static_cast<char>(0xe0 | code_point >> 12), tail(6), tail(0)};
  } else {
    out += {static_cast<char>(0xf0 | code_point >> 18), tail(12), tail(6), tail(0)};
  }
}

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_UTF8_H_
