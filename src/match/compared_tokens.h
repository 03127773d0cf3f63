// The tokens of one piece of match text for every comparison (docs/design.md, "Definition of sameness"): the general
// way, by code points. match/tokens.h has the fast one, for words of which nothing is ignored.
//
// Cost:    linear; some 10 to 20 ns a code point.
// Threads: one object per thread.
// Failure: none.
#ifndef UNECHO_SRC_MATCH_COMPARED_TOKENS_H_
#define UNECHO_SRC_MATCH_COMPARED_TOKENS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/normal_text.h"
#include "unecho/comparison.h"

namespace unecho {

// Tokens one behind the other, and where each ends.
struct TokenList {
  std::string bytes;
  std::vector<size_t> ends;

  void Clear() { bytes.clear(), ends.clear(); }
};

class ComparedTokens {
 public:
  // Appends the tokens of the piece. 64 bytes behind it are readable.
  void Add(const Comparison& comparison, std::string_view piece, TokenList& out);

  // Of the piece that was added last, appended: what ShortForm() wants to know ...
  void AppendForShortForm(std::u32string& out);
  // ... and all that is not blank.
  void AppendSigns(std::string& out) const;

 private:
  void Normalise(std::u32string& text);
  void HideNumbers(std::u32string& text) const;
  void AddWords(TokenList& out) const;
  void AddRuns(TokenList& out) const;
  void AddCode(TokenList& out) const;
  bool IsLeftOut(char32_t c) const;

  Comparison comparison_;
  std::u32string written_;   // without markup
  std::u32string normal_;    // the form that is compared, ...
  std::u32string compared_;  // ... with kIgnoredNumber in place of the numbers that are ignored
  std::string plain_;
  NormalText text_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_COMPARED_TOKENS_H_
