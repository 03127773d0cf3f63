// Decoding of one code point from UTF-8.
#ifndef UNECHO_SRC_TEXT_CODE_POINTS_H_
#define UNECHO_SRC_TEXT_CODE_POINTS_H_

#include <unicode/utf8.h>

#include <cstdint>

namespace unecho {

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
// The code point at bytes[i], i moved behind it; negative if malformed (i behind the maximal subpart). Index: int32_t
// or size_t.
template <typename Index>
int32_t NextCodePoint(const char* bytes, Index& i, Index end) {
  int32_t c;
  U8_NEXT(bytes, i, end, c);
  return c;
}
#pragma GCC diagnostic pop

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_CODE_POINTS_H_
