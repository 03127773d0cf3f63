// The form in which a short record is compared: its tokens with the symbols between them (docs/design.md, "Short
// records", has the rule and its reasons; oracle/short_form.cc is the same in plain code).
//
// In:      the normal form of the pieces (text/normal_text.h) behind ProtectPowers(), joined by newlines. Numbers that
//          are ignored are kIgnoredNumber.
// Out:     the form, in UTF-8; nothing if no symbol counts: then the tokens say it all.
// Cost:    linear; some look-ups in ICU's tables a code point.
// Threads: functions without state.
// Failure: none.
#ifndef UNECHO_SRC_MATCH_SHORT_FORM_H_
#define UNECHO_SRC_MATCH_SHORT_FORM_H_

#include <string>
#include <string_view>

#include "unecho/comparison.h"

namespace unecho {

// Stands for a digit of a number that is ignored.
inline constexpr char32_t kIgnoredNumber = 0x02000000;

// Letters, marks and numbers; what is malformed is a letter.
bool IsOfWord(char32_t c);
// Of a script written without spaces, or malformed: a word by itself.
bool IsWordAlone(char32_t c);
// Neither letter nor sign.
bool IsBlankCharacter(char32_t c);

// Normalisation takes 10² for 102 and 1½ for 11/2: this protects numbers that are written above the line, and fractions
// behind a number.
void ProtectPowers(std::u32string& text);

std::string ShortForm(std::u32string_view normal, CompareBy by);

// Whether ASCII text has no symbol that could count: letters, digits, blanks, and full stops and the like behind
// letters. The quick answer for most short records; what is no ASCII might.
bool HasNoSymbols(std::string_view text);

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_SHORT_FORM_H_
