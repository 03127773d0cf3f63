// Which values are prose: a text even where nothing says that they are one.
//
// Cost: up to the eighth word; TeasersOf() looks for each of 64 texts at most in each.
// Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_PROSE_H_
#define UNECHO_SRC_LAYOUTS_PROSE_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace unecho {

// A sentence: eight words, for names, places and addresses have fewer; or thirty letters of a script that may be
// written without blanks. What else is long and has no blanks is a code or a number.
inline bool IsProse(std::string_view text) {
  constexpr size_t kSentenceWords = 8, kSentenceLetters = 30;
  size_t words = 0, letters = 0;
  bool in_word = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    words += static_cast<size_t>(!is_blank && !in_word);
    in_word = !is_blank;
    // The first byte of a letter from U+0800 on; E2 begins punctuation.
    letters += static_cast<size_t>(byte >= 0xE0 && byte != 0xE2);
    if (words >= kSentenceWords || letters >= kSentenceLetters) return true;
  }
  return false;
}

// Does `text` hold all that `teaser` says, as it stands? Dots at the end of the teaser do not count; without them it is
// prose, for a word may be part of another. Of two that are equal the one that comes later is the teaser. Looked for
// where its first bytes come first.
inline bool IsTeaserOf(std::string_view teaser, std::string_view text, bool comes_later) {
  constexpr size_t kBegin = 64;
  bool has_dots = false;
  for (const std::string_view dots : {"[...]", "...", "[\u2026]", "\u2026"}) {
    if (!teaser.ends_with(dots)) continue;
    teaser.remove_suffix(dots.size());
    has_dots = true;
    break;
  }
  while (teaser.ends_with(' ') || teaser.ends_with('\n')) teaser.remove_suffix(1);
  if (teaser.empty() || teaser.size() > text.size()) return false;
  if (teaser.size() == text.size()) return teaser == text && comes_later;
  const size_t at = text.find(teaser.substr(0, kBegin));
  return at != text.npos && text.substr(at).starts_with(teaser) && (has_dots || IsProse(teaser));
}

// Which of the texts of a record are teasers of another one. A record of more texts has none: each would be looked for
// in each.
constexpr size_t kMostTexts = 64;
inline std::vector<bool> TeasersOf(std::span<const std::string_view> texts) {
  std::vector<bool> teasers(texts.size(), false);
  for (size_t i = 0; i < texts.size() && texts.size() <= kMostTexts; ++i) {
    for (size_t j = 0; j < texts.size() && !teasers[i]; ++j)
      teasers[i] = i != j && IsTeaserOf(texts[i], texts[j], i > j);
  }
  return teasers;
}

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_PROSE_H_
