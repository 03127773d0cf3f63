// Cuts a line into sentences, by the rule in docs/unecho-rules.5.md:
//
// A sentence ends behind a terminator, and the terminators, closing quotes and brackets that follow it, if white space
// or the end of the line is next, or if one of them is of a script that is written without blanks. It goes on if no
// letter has come yet; if the next word begins with a small letter; and behind a single '.' if the next word begins
// with a digit, or the word before is a single letter or a known abbreviation. At the end of its line it ends anyway.
// What closes is of the categories Pe and Pf, a straight quote, or, in front of white space, of Pi.
//
// Cost:    a look at each byte; the tables of ICU beside terminators only. Allocates while `out` grows.
// Threads: a function without state. Failure: none; a malformed sequence is neither letter nor sign.
#ifndef UNECHO_SRC_MATCH_SENTENCES_H_
#define UNECHO_SRC_MATCH_SENTENCES_H_

#include <cstddef>
#include <string_view>
#include <vector>

namespace unecho {

// In bytes. White space in front of the first belongs to none; `gap_end` is where the white space behind it ends.
struct Sentence {
  size_t begin, end, gap_end;
};

// Of a line without its line end; what is cut is appended to `out`. A line that is blank has none.
void CutSentences(std::string_view line, std::vector<Sentence>& out);

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_SENTENCES_H_
