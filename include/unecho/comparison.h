// What of a text counts when records are compared (--compare, --ignore). docs/design.md, "Definition of sameness", has
// the rules.
//
// Cost:    once a run. Threads: plain values. Failure: a Status for names that mean nothing, or nothing together.
#ifndef UNECHO_COMPARISON_H_
#define UNECHO_COMPARISON_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "unecho/api.h"
#include "unecho/status.h"

namespace unecho {

enum class CompareBy : uint8_t {
  kWords,       // letters, marks and numbers of the normal form; in short records the symbols, too
  kText,        // all that is written but white space
  kCode,        // identifiers, every other character, and how far lines are indented
  kCharacters,  // single letters and numbers of the normal form
  kWorks,       // what the fields of a bibliographic record say (src/works); its text, where that counts, by words
};

struct Comparison {
  CompareBy by = CompareBy::kWords;
  // What is ignored besides.
  bool diacritics = false;
  bool numbers = false;
  bool punctuation = false;  // kText and kCode; the other two do so anyway
  bool letter_case = false;  // the same
  bool markup = false;       // HTML, XML, Markdown

  bool IsNormalised() const {
    return by == CompareBy::kWords || by == CompareBy::kCharacters || by == CompareBy::kWorks;
  }
  friend bool operator==(const Comparison&, const Comparison&) = default;
};

UNECHO_API std::string_view Name(CompareBy by);  // "words", "text", "code", "characters", "works"
UNECHO_API std::vector<std::string> IgnoredNames(const Comparison& what);  // of "diacritics", "numbers", ...

// What a run has whose user names no other.
UNECHO_API int DefaultShingleTokens(CompareBy by);
UNECHO_API double DefaultThreshold(CompareBy by);

// From the names. An error, too, if something is to be ignored that `by` does not see anyway.
UNECHO_API Status ParseComparison(std::string_view by, const std::vector<std::string>& ignored, Comparison& what);

}  // namespace unecho

#endif  // UNECHO_COMPARISON_H_
