// Titles in the plain program of the rule of works (docs/design.md, "Works"). Private to oracle/plain_*.
//
// Cost:    not looked at. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_ORACLE_PLAIN_TITLE_H_
#define UNECHO_SRC_ORACLE_PLAIN_TITLE_H_

#include <string>

#include "oracle/plain_words.h"

namespace unecho::plain {

// Of plain text: the title without what databases add; `kind` is what it says that it is, empty: the work itself.
std::string TitleAndKind(const std::string& plain, std::string& kind);
// Its words, numbers in digits, without stop words.
Strings TitleWords(const std::string& title);

}  // namespace unecho::plain

#endif  // UNECHO_SRC_ORACLE_PLAIN_TITLE_H_
