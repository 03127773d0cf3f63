#include "text/mark_order.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <vector>

#include "text/code_points.h"
#include "text/utf8.h"

namespace unecho {
namespace {

constexpr size_t kLongRun = 32;  // ICU's steps for a shorter one are few
constexpr int32_t kFirstMark = 0x300;

struct Mark {
  char32_t c;
  uint8_t order;  // its combining class; 0 of no mark
};

uint8_t OrderOf(int32_t c) { return c < kFirstMark ? uint8_t{0} : u_getCombiningClass(c); }

// Its canonical decomposition, each part with its own class.
void AppendDecomposed(const UNormalizer2* decompose, Mark mark, std::vector<Mark>& out) {
  char16_t units[32];
  UErrorCode error = U_ZERO_ERROR;
  const int32_t size = unorm2_getDecomposition(decompose, static_cast<UChar32>(mark.c), units, 32, &error);
  if (size < 0) return out.push_back(mark);
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U16_NEXT(units, i, size, c);
    out.push_back({static_cast<char32_t>(c), OrderOf(c)});
  }
}

}  // namespace

std::string_view InMarkOrder(std::string_view text, std::string& scratch) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* const decompose = unorm2_getNFDInstance(&error);
  size_t copied = 0;  // behind what is in `scratch`
  std::vector<Mark> run, parts;
  scratch.clear();
  for (size_t at = 0; at < text.size();) {
    // What is no mark is most of a text.
    if (static_cast<unsigned char>(text[at]) < 0xCC) {  // the first byte of U+0300
      ++at;
      continue;
    }
    const size_t begin = at;
    run.clear();
    bool is_in_order = true;
    for (size_t next = at; at < text.size(); at = next) {
      const int32_t c = NextCodePoint(text.data(), next, text.size());
      const uint8_t order = c < 0 ? uint8_t{0} : OrderOf(c);
      if (order == 0) break;
      is_in_order = is_in_order && (run.empty() || run.back().order <= order);
      run.push_back({static_cast<char32_t>(c), order});
    }
    if (run.empty()) NextCodePoint(text.data(), at, text.size());
    if (is_in_order || run.size() <= kLongRun) continue;
    parts.clear();
    for (const Mark mark : run) AppendDecomposed(decompose, mark, parts);
    std::ranges::stable_sort(parts, {}, &Mark::order);
    scratch.append(text, copied, begin - copied);
    for (const Mark mark : parts) AppendUtf8(mark.c, scratch);
    copied = at;
  }
  if (copied == 0) return text;
  scratch.append(text, copied);
  return scratch;
}

}  // namespace unecho
