// `--layout auto`: which layout a source has, by its first bytes.
//
// Cost:    once a source: its first kSniffBytes, read by some layouts on trial.
// Threads: a function without state. Failure: Detected::layout is null where the source is refused.
#ifndef UNECHO_SRC_LAYOUTS_SNIFF_H_
#define UNECHO_SRC_LAYOUTS_SNIFF_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "unecho/layouts.h"

namespace unecho {

// Which layout the source has, from its first complete lines. The answer depends on the bytes alone: nullopt until
// enough complete lines are there (at most kSniffBytes), so that a slow pipe gives the same answer as a file.
inline constexpr size_t kSniffBytes = size_t{64} << 10;
struct Detected {
  LayoutPtr layout;  // null: it is refused, as it is no text, or nothing is sure; `why` says what to do
  std::string why;   // "the first line is a JSON object"
  // Nothing shows it for sure: a document, or lines, for want of anything else; one record alone. What is beside the
  // source may know better.
  bool is_weak = false;
  std::string doubt = {};  // what shows that its records may be others, and the option for that; empty: nothing
};
// A built-in one.
inline Detected Found(std::string_view name, std::string why) { return {FindLayout(name), std::move(why)}; }
inline Detected Weak(Detected detected) {
  detected.is_weak = true;
  return detected;
}

// `options`: where match fields are named, objects a line stay lines, whatever is inside them, and the names may be
// those of a CSV's first row; where a record is named, it need not be found. `name`: of the source; code is known by
// it.
std::optional<Detected> SniffLayout(std::string_view prefix, bool at_end, const LayoutOptions& options = {},
                                    std::string_view name = {});

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_SNIFF_H_
