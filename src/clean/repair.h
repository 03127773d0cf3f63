// Text repair. Each rule gives how many places it changed and, if there were any, the whole repaired text in `out`;
// `out` is cleared first. A text that needs nothing costs one scan.
//
// Order: html_entities -> mojibake -> control_characters -> soft_hyphens -> hard_wrapped -> nfc. Entities first, since
// anything may be written as one; mojibake while the C1 control characters that it is made of are still there; soft
// hyphens before lines are joined, so that a word cut by one grows together; normalisation at last, when neighbours are
// final.
//
// In:      well-formed UTF-8, 64 readable bytes behind it.
// Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_CLEAN_REPAIR_H_
#define UNECHO_SRC_CLEAN_REPAIR_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "text/html_entities.h"
#include "unecho/record.h"

namespace unecho::clean {

// UTF-8 that was read as Latin-1 or Windows-1252 and written as UTF-8 again ("cafÃ©", "donâ€™t"). See mojibake.cc for
// when it is beyond doubt.
uint64_t RepairMojibake(std::string_view text, std::string& out);

// C0 and C1 controls but for tab and line ends, DEL, byte order marks: gone. A vertical tab or form feed becomes a
// space.
uint64_t DropControlCharacters(std::string_view text, std::string& out);

// U+00AD, with the line end behind it, if there is one.
uint64_t DropSoftHyphens(std::string_view text, std::string& out);

// Lines of a paragraph that were broken to fit a width (of 40 to 120 characters): joined by a space, or by nothing
// behind a hyphen. They were if no line could have taken the first word of the next one and stayed within the longest
// line of the paragraph; three lines are needed to say so, two if another paragraph of the text has shown the width. A
// line that begins like an item of a list is not joined to the one before.
uint64_t JoinHardWrapped(std::string_view text, std::string& out);

// Unicode normal form C.
uint64_t NormalizeToNfc(std::string_view text, std::string& out);

// The rule of that name; one of the first kNumRepairs.
uint64_t Repair(Rewrite rule, std::string_view text, std::string& out);

}  // namespace unecho::clean

#endif  // UNECHO_SRC_CLEAN_REPAIR_H_
