// A title without what databases add to it, and what it says it is.
//
// "[Translated title] [Chinese]", "Title (panel)", "Tutorial: title", "Title [Erratum appears in Lan": the title.
// "Correction to: title", "Title (vol 360, pg 542, 2009)": an erratum about it.
//
// In:      plain text (plain_text.h). Cost: some regular expressions. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_WORKS_TITLE_H_
#define UNECHO_SRC_WORKS_TITLE_H_

#include <string>
#include <string_view>

#include "works/work.h"

namespace unecho {

struct TitleParts {
  std::string text;
  WorkKind kind = WorkKind::kItself;
};
TitleParts PartsOfTitle(std::string_view plain);

// Articles and prepositions of five languages.
bool IsStopWord(std::string_view word);
// It stands on many works, as `editorial` does, with others like it.
bool IsRecurringWord(std::string_view word);
// One title has it and the other has not: these are two works, as with `vivo` and `vitro`.
bool MakesAnother(std::string_view word);
// A number in digits, for "fourth", "4th", "iv" (a single letter only behind a word like "part"), else the word itself.
std::string NumberOf(std::string_view word, std::string_view before);

}  // namespace unecho

#endif  // UNECHO_SRC_WORKS_TITLE_H_
