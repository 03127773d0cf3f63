// Sizes as people read them: "812 B", "3.4 KB", "4.9 GB", of 1000 each.
//
// Cost:    a few divisions. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_TEXT_SHOWN_SIZE_H_
#define UNECHO_SRC_TEXT_SHOWN_SIZE_H_

#include <string>

#include "absl/strings/str_format.h"

namespace unecho {

inline std::string ShownSize(double bytes) {
  constexpr double kStep = 1000, kRoundsUp = 999.95;
  if (bytes < kStep) return absl::StrFormat("%.0f B", bytes);
  const char* unit = "KMGTPE";
  for (bytes /= kStep; bytes >= kRoundsUp && unit[1] != '\0'; ++unit) bytes /= kStep;
  return absl::StrFormat("%.1f %cB", bytes, *unit);
}

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_SHOWN_SIZE_H_
