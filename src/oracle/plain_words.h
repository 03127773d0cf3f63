// What the plain program of the rule of works has its words by: lists, letters, and a value without accents and markup
// (docs/design.md, "Works"). Private to oracle/plain_*.
//
// Cost:    not looked at. Threads: functions without state. Failure: none, whatever the bytes are.
#ifndef UNECHO_SRC_ORACLE_PLAIN_WORDS_H_
#define UNECHO_SRC_ORACLE_PLAIN_WORDS_H_

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace unecho::plain {

using Strings = std::vector<std::string>;
using Set = std::set<std::string>;

const Set& StopWords();
const Set& FormWords();
const Set& RecurringWords();
const Set& OtherWorkWords();
const Set& CountedWords();  // a number behind one of these may be a single Roman letter

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline bool IsHigh(char c) { return static_cast<unsigned char>(c) >= 0x80; }
inline bool IsContinuing(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }
inline bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
inline bool IsOfWord(char c) { return IsDigit(c) || (c >= 'a' && c <= 'z') || IsHigh(c); }
// Where the patterns of titles say "a word ends here".
inline bool IsOfAsciiWord(char c) { return IsDigit(c) || IsLetter(c) || c == '_'; }
inline bool AreDigits(const std::string& word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), IsDigit);
}

// A letter is a byte that does not continue another, with those that continue it.
Strings LettersOf(const std::string& word);
size_t NumLetters(const std::string& word);
// A character of a script that is written without spaces.
bool IsSignAlone(const std::string& word);

std::string Trim(const std::string& text, const std::string& signs);
std::string Join(const Strings& words, const std::string& between = " ");
std::string Join(const Set& words);
std::string Replaced(const std::string& text, const std::string& what, const std::string& by);
Strings SplitAt(const std::string& text, const std::string& mark);

// A value in lower case, without accents, markup and TeX; and the words of such a text.
std::string Plain(const std::string& value);
Strings WordsOf(const std::string& plain);

}  // namespace unecho::plain

#endif  // UNECHO_SRC_ORACLE_PLAIN_WORDS_H_
