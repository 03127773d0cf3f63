// Long runs of combining marks in canonical order, before ICU normalises them.
//
// ICU looks for the place of a mark from the end of its run: a run of n marks in disorder takes n^2 steps, and one of
// 100 KB seconds. In order they are appended.
//
// In:      UTF-8; malformed bytes stay.
// Out:     the text itself; or, if a run of more than 32 marks is in disorder, `scratch` with such runs decomposed and
//          sorted: canonically equivalent (UAX #15), so every normal form is that of the text. Case folding is another
//          matter where U+0345 is in it, which folds to a letter.
// Cost:    linear, n log n for such runs. Threads: a function without state. Failure: none.
#ifndef UNECHO_SRC_TEXT_MARK_ORDER_H_
#define UNECHO_SRC_TEXT_MARK_ORDER_H_

#include <string>
#include <string_view>

namespace unecho {

std::string_view InMarkOrder(std::string_view text, std::string& scratch);

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_MARK_ORDER_H_
