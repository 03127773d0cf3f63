// What a page says about an entry in a line of its own, and changes from day to day: votes, counts of authors and
// comments, who sent it and when. A line is such facts with marks between them: "Submitted 6 May · 3 comments".
//
// A date alone is none: it may be that of all entries below it.
//
// Cost:    a pattern for each part of a short line that has a digit, a mark, or a word that facts have.
// Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_ENTRY_FACTS_H_
#define UNECHO_SRC_LAYOUTS_ENTRY_FACTS_H_

#include <string_view>

namespace unecho {

// For a line that is trimmed. IsCount: it has a count of authors or votes, or says how long ago something was; perhaps
// with other facts beside it. IsEntryFact: also lines that only name places and people.
bool IsCount(std::string_view line);
bool IsEntryFact(std::string_view line);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_ENTRY_FACTS_H_
