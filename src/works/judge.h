// The rule: are two works the same? docs/design.md, "Works", is this in words; oracle/plain_works.h is a second program
// of it.
//
// Cost:    1 to 3 us. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_WORKS_JUDGE_H_
#define UNECHO_SRC_WORKS_JUDGE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "works/work.h"

namespace unecho {

// What the rule looks at, in the order in which it is told.
enum class Sign : uint8_t {
  kTitle,
  kDoi,
  kPmid,
  kIsbn,
  kYear,
  kVolume,
  kNumber,
  kPages,
  kAuthors,
  kContainer,
  kAbstract,
  kKind,
  kEdition,
  kNumbers,  // in titles
  kWords,    // that make another work
  kCount
};
inline constexpr auto kNumSigns = static_cast<size_t>(Sign::kCount);
std::string_view Name(Sign sign);

struct Verdict {
  enum class Answer : uint8_t { kDifferent, kUnsure, kSame };
  Answer answer = Answer::kDifferent;
  double likeness = 0;  // of the titles, 0 to 1
  // Below 0: speaks against; 0: one of them does not say; above 0: agrees, the more the better.
  std::array<int8_t, kNumSigns> signs{};

  bool is_same() const { return answer == Answer::kSame; }
  int8_t operator[](Sign sign) const { return signs[static_cast<size_t>(sign)]; }
  uint16_t agreeing() const;  // those that agree, by bit
  uint16_t opposing() const;  // those that speak against
  int balance() const;        // how many agree, less those that speak against
};

// `a`: the record in hand; `b`: a kept one. With the two exchanged, words that are spelled alike may be matched
// otherwise.
Verdict Judge(const Work& a, const Work& b);

// Whether it would be the same as itself: else it says too little to be the same as anything. Most are told by a
// glance at their title.
bool SaysEnough(const Work& work);

}  // namespace unecho

#endif  // UNECHO_SRC_WORKS_JUDGE_H_
