// Two texts, word by word: what they share in order, and what only one of them has.
//
// A shortest edit script by Myers' linear-space algorithm (An O(ND) difference algorithm and its variations,
// Algorithmica 1986): from both ends at once, to a point in the middle that lies on a shortest script, and then both
// halves. Where a half needs more than kMaxEdits, it counts as different as a whole, so that two unrelated books do not
// take hours.
//
// Cost:    O((|a| + |b|) edits) time, at most kMaxEdits; O(|a| + |b|) memory.
// Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_TEXT_WORD_DIFF_H_
#define UNECHO_SRC_TEXT_WORD_DIFF_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace unecho {

inline constexpr int64_t kMaxEdits = 5000;

// A stretch of words. The runs of a diff are in order; the words of kSame and kOnlyA make up a, those of kSame and
// kOnlyB b.
struct DiffRun {
  enum class Kind : uint8_t { kSame, kOnlyA, kOnlyB };
  Kind kind;
  size_t a_begin, b_begin;  // where it begins, or would
  size_t size;
  friend bool operator==(const DiffRun&, const DiffRun&) = default;
};

// `a` and `b`: what is compared of each word.
std::vector<DiffRun> DiffWords(std::span<const std::string> a, std::span<const std::string> b);

// The stretches between white space.
std::vector<std::string_view> SplitWords(std::string_view text);

struct DiffStyle {
  bool colour = false;  // red and green; else [-only in a-] and {+only in b+}
  size_t context = 30;  // shared words that are shown at each end of a stretch longer than twice that
};
// On one line.
std::string RenderDiff(std::span<const DiffRun> runs, std::span<const std::string_view> a,
                       std::span<const std::string_view> b, const DiffStyle& style);

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_WORD_DIFF_H_
