// What ends a sentence, and what only seems to: the lists of the rule in docs/unecho-rules.5.md.
#ifndef UNECHO_SRC_TEXT_SENTENCE_SIGNS_H_
#define UNECHO_SRC_TEXT_SENTENCE_SIGNS_H_

#include <string_view>

namespace unecho {

// They end one where white space follows ...
inline constexpr std::u32string_view kTerminators = U".!?\u2026\u203c\u2047\u2048\u2049\u061f\u06d4\u0964\u0965";
// ... and these wherever they stand: in their scripts no blank does.
inline constexpr std::u32string_view kWideTerminators = U"\u3002\uff01\uff1f\uff61";

// In front of one '.', a capital may follow these. In lower case.
inline constexpr std::string_view kAbbreviations[] = {"mr",  "mrs", "ms",  "dr",  "prof", "st",    "mt",
                                                      "gen", "col", "lt",  "sgt", "capt", "rev",   "hon",
                                                      "gov", "sen", "rep", "vs",  "cf",   "messrs"};

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_SENTENCE_SIGNS_H_
