// Furniture that reads like text: a layout that has taken a source for what it is not loses texts as furniture, and the
// run says so at its end (report/source_check).
//
// Cost:    up to the eighth word of a line of furniture, and a score for those that have eight. Threads: one a batch.
#ifndef UNECHO_SRC_LAYOUTS_FURNITURE_TEXT_H_
#define UNECHO_SRC_LAYOUTS_FURNITURE_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/batch.h"
#include "base/hash.h"
#include "layouts/page_rules.h"
#include "layouts/prose.h"
#include "text/scan.h"

namespace unecho {

// Without the bars of a row of a table.
inline std::string_view WithoutBars(std::string_view text) {
  while (text.starts_with('|')) text = TrimBlanks(text.substr(1));
  while (text.ends_with('|')) text = TrimBlanks(text.substr(0, text.size() - 1));
  return text;
}

// A sentence without a link, a tag or a label in front of it.
inline bool ReadsLikeText(std::string_view text) {
  if (!IsProse(text) || text.find("](") != text.npos || text.find("://") != text.npos) return false;
  return text.find('<') == text.npos && BodyScore(text) > 0;
}

// `begin`: of that furniture in the batch; `lines`: of the batch, in front of it.
inline void NoteFurniture(Batch& batch, std::string_view furniture, size_t begin, uint64_t lines) {
  const std::string_view text = WithoutBars(TrimBlanks(furniture));
  if (!ReadsLikeText(text)) return;
  const auto at = begin + static_cast<size_t>(text.data() - furniture.data());
  batch.furniture_texts.push_back(
      {Hash64(text), static_cast<uint32_t>(at), static_cast<uint32_t>(text.size()), static_cast<uint32_t>(lines)});
}

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_FURNITURE_TEXT_H_
