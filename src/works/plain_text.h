// A value of a bibliographic record as it is compared: lower case, no accents, no markup, Greek letters by their names.
//
// In:      any bytes. Out: UTF-8 of words, blanks and ASCII signs. Entities of HTML become characters, tags go; so do
//          the commands, braces and dollars of TeX. NFKC_Casefold, then no diacritics. A dash of any kind is '-', an
//          apostrophe of any kind '\''; of all other signs beyond ASCII a blank is left. A character of a script that
//          is written without spaces is a word, with blanks around it.
// Cost:    linear. Threads: one object per thread. Failure: none.
#ifndef UNECHO_SRC_WORKS_PLAIN_TEXT_H_
#define UNECHO_SRC_WORKS_PLAIN_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/normal_text.h"

namespace unecho {

class PlainText {
 public:
  // `out` is cleared first.
  void Read(std::string_view text, std::string& out);

 private:
  void AppendNormal(std::string_view text, std::string& out);

  std::string without_markup_, decoded_;
  std::u32string points_;
  NormalText normal_;
};

// Of plain text: a byte of a word.
constexpr bool IsOfPlainWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<signed char>(c) < 0;
}
// Of a word: a character of a script that is written without spaces.
bool IsCharacterAlone(std::string_view word);
// The runs of such bytes, appended; they are parts of `plain`, or of `buffer` if there are apostrophes. An apostrophe
// inside a word is not there: "o'brien" is one word.
void AppendPlainWords(std::string_view plain, std::string& buffer, std::vector<std::string_view>& words);

// A letter is a byte that does not continue another, with those that continue it: so it is in malformed bytes, too.
bool IsAscii(std::string_view word);
size_t NumLetters(std::string_view word);
std::string_view FirstLetter(std::string_view word);  // of one that is not empty
void SetLetters(std::string_view word, std::vector<std::string_view>& letters);

}  // namespace unecho

#endif  // UNECHO_SRC_WORKS_PLAIN_TEXT_H_
