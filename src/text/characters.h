// Classes of ASCII characters, each under one name. Where a room needs another set, its name there says so.
//
// Cost:    a comparison or two. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_TEXT_CHARACTERS_H_
#define UNECHO_SRC_TEXT_CHARACTERS_H_

namespace unecho {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool IsAlpha(char c) { return IsUpper(c) || IsLower(c); }
constexpr bool IsAlnum(char c) { return IsAlpha(c) || IsDigit(c); }

// Space, tab, line feed, carriage return: the white space of XML, JSON and BibTeX.
constexpr bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
// And the form feed: that of HTML.
constexpr bool IsHtmlSpace(char c) { return IsBlank(c) || c == '\f'; }
// And the vertical tab: that of C.
constexpr bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// A byte of UTF-8 that is not the first of its code point.
constexpr bool IsContinuation(char c) { return static_cast<signed char>(c) < -0x40; }

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_CHARACTERS_H_
