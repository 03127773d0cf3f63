#include "base/did_you_mean.h"

#include <algorithm>
#include <vector>

namespace unecho {
namespace {

char Small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Letters to change, add, drop or swap with the next, to get from one word to the other (restricted
// Damerau-Levenshtein). Capitals count as small ones.
size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> best(a.size() + 1, std::vector<size_t>(b.size() + 1));
  const auto differ = [&](size_t i, size_t k) { return Small(a[i]) != Small(b[k]); };
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t k = 0; k <= b.size(); ++k) {
      if (i == 0 || k == 0) {
        best[i][k] = i + k;
        continue;
      }
      best[i][k] =
          std::min({best[i - 1][k] + 1, best[i][k - 1] + 1, best[i - 1][k - 1] + (differ(i - 1, k - 1) ? 1 : 0)});
      if (i > 1 && k > 1 && !differ(i - 1, k - 2) && !differ(i - 2, k - 1))
        best[i][k] = std::min(best[i][k], best[i - 2][k - 2] + 1);
    }
  }
  return best[a.size()][b.size()];
}

}  // namespace

std::string DidYouMean(std::string_view word, std::span<const std::string_view> known) {
  constexpr size_t kMaxDistance = 2, kLeastBeginning = 3, kLeastKnown = 5;
  std::string_view nearest;
  size_t least = std::min(kMaxDistance, word.size() / 3) + 1;
  for (const std::string_view name : known) {
    if (name.size() > word.size() + kMaxDistance || word.size() > name.size() + kMaxDistance) continue;
    const size_t distance = EditDistance(word, name);
    if (distance < least) {
      least = distance;
      nearest = name;
    }
  }
  if (nearest.empty() && word.find_first_not_of('-') != word.npos &&
      word.size() - word.find_first_not_of('-') >= kLeastBeginning) {
    const auto begins_so = [word](std::string_view name) { return name.starts_with(word); };
    const auto first = std::ranges::find_if(known, begins_so);
    if (first != known.end() && std::ranges::count_if(known, begins_so) == 1) nearest = *first;
    // "jsonlines" begins with "jsonl".
    for (const std::string_view name : known) {
      if (name.size() >= kLeastKnown && name.size() > nearest.size() && word.starts_with(name)) nearest = name;
    }
  }
  return nearest.empty() ? std::string() : "; did you mean " + std::string(nearest) + "?";
}

std::string DidYouMean(std::string_view word, std::span<const std::string> known) {
  const std::vector<std::string_view> views(known.begin(), known.end());
  return DidYouMean(word, std::span<const std::string_view>(views));
}

std::string FieldMeant(std::string_view word, std::span<const std::string> known) {
  const auto is_known = [known](std::string_view name) { return std::ranges::find(known, name) != known.end(); };
  if (is_known(word)) return "; what they have there is no single value";
  if (const size_t blank = word.find_first_of(" ;|+"); blank != word.npos && is_known(word.substr(0, blank)))
    return "; names of fields are parted by commas";
  if (const size_t end = word.find_last_of("=:@"); end != word.npos && is_known(word.substr(0, end))) {
    return "; there is " + std::string(word.substr(0, end)) + ", but nothing that '" + std::string(word.substr(end)) +
           "' behind it could mean";
  }
  return DidYouMean(word, known);
}

}  // namespace unecho
