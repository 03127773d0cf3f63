// What the matchers of personal data ask of single characters. Bytes above ASCII count as letters.
#ifndef UNECHO_SRC_CLEAN_PII_TEXT_H_
#define UNECHO_SRC_CLEAN_PII_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/characters.h"

namespace unecho::clean {

inline bool IsWord(char c) { return IsAlnum(c) || c == '_' || static_cast<uint8_t>(c) >= 0x80; }
// '\0' outside the text.
inline char CharAt(std::string_view text, size_t at) { return at < text.size() ? text[at] : '\0'; }
inline char CharBefore(std::string_view text, size_t at) { return at > 0 ? text[at - 1] : '\0'; }

// Does a number that ends at `end` go on: with a letter, or with a sign and another digit?
inline bool GoesOn(std::string_view text, size_t end) {
  const char c = CharAt(text, end);
  if (IsWord(c)) return true;
  const bool joins = c == '.' || c == ',' || c == '-' || c == '/' || c == ':' || c == '\\' || c == '^';
  return joins && IsDigit(CharAt(text, end + 1));
}

}  // namespace unecho::clean

#endif  // UNECHO_SRC_CLEAN_PII_TEXT_H_
