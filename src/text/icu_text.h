// Texts for ICU. It takes memory without operator new, so what it is going to take is asked for here (base/memory.h),
// and a text goes to it in parts, of which it holds one.
//
// Cost:    of a normalisation 4 to 8 bytes for each byte of the part, and more where a character becomes many.
// Threads: functions without state.
// Failure: std::bad_alloc.
#ifndef UNECHO_SRC_TEXT_ICU_TEXT_H_
#define UNECHO_SRC_TEXT_ICU_TEXT_H_

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <cstddef>
#include <string_view>

namespace unecho {

// What of a text is handed over next: some 64 KiB, up to a blank, across which nothing composes and no token goes. What
// has no blank goes as a whole; after 64 MiB it is cut between code points, since ICU counts its units in 32 bits, and
// a code point may become 18 of them.
size_t IcuPartSize(std::string_view utf8);

icu::UnicodeString IcuText(std::string_view utf8);
icu::UnicodeString Normalized(const icu::Normalizer2& normalizer, const icu::UnicodeString& text);

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_ICU_TEXT_H_
