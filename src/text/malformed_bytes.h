// Carries malformed bytes through a parser that takes nothing but UTF-8: what such bytes stood for is not known, and
// two texts that differ in them are not the same.
//
// On the way in a byte becomes a code point of the last private plane, U+10FE00 and up; on the way out it is that byte
// again. Text that holds one of these 128 code points comes out with malformed bytes in their place: it is compared all
// the same, and written from the source.
//
// Cost:    a pass over the text. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_TEXT_MALFORMED_BYTES_H_
#define UNECHO_SRC_TEXT_MALFORMED_BYTES_H_

#include <string>
#include <string_view>

namespace unecho {

void AppendWithBytesAsLetters(std::string_view text, std::string& out);  // out: well-formed
void AppendWithLettersAsBytes(std::string_view text, std::string& out);

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_MALFORMED_BYTES_H_
