// The short form of the design's section "Short records" in plain code: chunk by chunk, and sign by sign.
//
// Cost:    linear. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_ORACLE_SHORT_FORM_H_
#define UNECHO_SRC_ORACLE_SHORT_FORM_H_

#include <string>

#include "unecho/comparison.h"

namespace unecho {

// Beyond Unicode: what stands for a digit of a number that is ignored; malformed sequences, which are words by
// themselves; powers, which are numbers that must not be normalised.
inline constexpr char32_t kReferenceIgnored = 0x110000, kReferenceMalformed = 0x01000000, kReferencePower = 0x02000000;

// `normal`: the pieces, normalised, joined by newlines. Empty if no sign counts.
std::u32string ReferenceShortForm(const std::u32string& normal, CompareBy by);

bool ReferenceIsWithoutSpaces(char32_t c);  // of a script that is written so
bool ReferenceIsOfWord(char32_t c);
bool ReferenceIsWordAlone(char32_t c);
bool ReferenceIsBlank(char32_t c);  // neither letter nor sign

}  // namespace unecho

#endif  // UNECHO_SRC_ORACLE_SHORT_FORM_H_
