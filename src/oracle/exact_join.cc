#include "oracle/exact_join.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/hash_map.h"
#include "oracle/reference.h"
#include "oracle/reference_fields.h"

namespace unecho {
namespace {

// Similarities are compared as doubles, so a quotient a hair below t may pass. The bounds below give way by more than
// any rounding of t * n, and cost at most one needless candidate where t * n is an integer.
constexpr double kSlack = 1e-12;

// The least |A n B| of a set of n shingles with any set at least t similar to it. In [1, n] for n > 0.
size_t LeastOverlap(size_t n, double threshold) {
  const double least = std::ceil(threshold * static_cast<double>(n) * (1 - kSlack));
  return std::clamp(static_cast<size_t>(least), size_t{1}, n);
}

std::span<const uint64_t> Prefix(std::span<const uint64_t> set, double threshold) {
  return set.first(set.size() - LeastOverlap(set.size(), threshold) + 1);
}

// |A n B|, or 0 as soon as it cannot reach `least`.
size_t Overlap(std::span<const uint64_t> a, std::span<const uint64_t> b, size_t least) {
  size_t common = 0;
  size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (common + std::min(a.size() - i, b.size() - j) < least) return 0;
    if (a[i] == b[j]) {
      ++common, ++i, ++j;
    } else if (a[i] < b[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return common;
}

}  // namespace

struct ExactJoin::Impl {
  double threshold = 1;
  std::vector<double> of_fields;                       // thresholds; then `threshold` is the lowest
  HashMap<uint64_t, std::vector<uint32_t>> by_prefix;  // shingle -> kept records with it in their prefix
  uint64_t postings = 0;
  std::vector<uint64_t> shingles;  // of all kept records, one after the other
  std::vector<uint64_t> ends;      // of each record in `shingles`
  std::vector<uint32_t> asked_by;  // by kept record: number of the last probe that met it
  uint32_t probe = 0;

  std::span<const uint64_t> Set(uint32_t id) const {
    const uint64_t begin = id == 0 ? 0 : ends[id - 1];
    return {shingles.data() + begin, static_cast<size_t>(ends[id] - begin)};
  }

  void StartProbe() {
    if (++probe != 0) return;
    std::ranges::fill(asked_by, 0U);  // once in 2^32 probes
    probe = 1;
  }

  // The similarity of `set` with a kept record, if it is at least t.
  std::optional<double> Similarity(std::span<const uint64_t> set, uint32_t id) const {
    const auto other = Set(id);
    // |A n B| <= min(|A|, |B|), and it must reach the least overlap of the larger of the two.
    const size_t least = LeastOverlap(std::max(set.size(), other.size()), threshold);
    if (std::min(set.size(), other.size()) < least) return std::nullopt;
    const size_t common = Overlap(set, other, least);
    if (!of_fields.empty()) return common == 0 ? std::nullopt : OfFields(set, other);
    const size_t together = set.size() + other.size() - common;
    const double similarity = static_cast<double>(common) / static_cast<double>(together);
    if (similarity < threshold) return std::nullopt;
    return similarity;
  }

  // Sets that have less in common than the lowest threshold have a field that has less.
  std::optional<double> OfFields(std::span<const uint64_t> a, std::span<const uint64_t> b) const {
    const std::vector<double> similarities = ReferenceSimilarities(a, b, of_fields.size());
    for (size_t field = 0; field < of_fields.size(); ++field) {
      if (similarities[field] < of_fields[field]) return std::nullopt;
    }
    return std::ranges::min(similarities);
  }

  // Calls `found(id, similarity)` for each kept record with similarity >= t, once, in no particular order.
  template <typename Found>
  void ForEachMatch(std::span<const uint64_t> set, Found&& found) {
    StartProbe();
    for (const uint64_t shingle : Prefix(set, threshold)) {
      const auto list = by_prefix.find(shingle);
      if (list == by_prefix.end()) continue;
      for (const uint32_t id : list->second) {
        if (asked_by[id] == probe) continue;
        asked_by[id] = probe;
        if (const auto similarity = Similarity(set, id)) found(id, *similarity);
      }
    }
  }

  void Keep(std::span<const uint64_t> set) {
    const auto id = static_cast<uint32_t>(ends.size());
    shingles.insert(shingles.end(), set.begin(), set.end());
    ends.push_back(shingles.size());
    asked_by.push_back(0);
    for (const uint64_t shingle : Prefix(set, threshold)) {
      by_prefix[shingle].push_back(id);
      ++postings;
    }
  }
};

ExactJoin::ExactJoin(double threshold, std::vector<double> of_fields) : impl_(std::make_unique<Impl>()) {
  impl_->threshold = of_fields.empty() ? threshold : std::ranges::min(of_fields);
  impl_->of_fields = std::move(of_fields);
}
ExactJoin::~ExactJoin() = default;

std::optional<ExactJoin::Match> ExactJoin::FindOrKeep(std::span<const uint64_t> sorted_shingles) {
  std::optional<Match> best;
  impl_->ForEachMatch(sorted_shingles, [&](uint32_t id, double similarity) {
    if (!best || similarity > best->similarity || (similarity == best->similarity && id < best->kept_id)) {
      best = Match{id, similarity};
    }
  });
  if (!best) impl_->Keep(sorted_shingles);
  return best;
}

void ExactJoin::Keep(std::span<const uint64_t> sorted_shingles) { impl_->Keep(sorted_shingles); }

double ExactJoin::Similarity(std::span<const uint64_t> sorted_shingles, uint32_t kept_id) const {
  if (impl_->of_fields.empty()) return ReferenceSimilarity(sorted_shingles, impl_->Set(kept_id));
  return std::ranges::min(Similarities(sorted_shingles, kept_id));
}

std::vector<double> ExactJoin::Similarities(std::span<const uint64_t> sorted_shingles, uint32_t kept_id) const {
  if (impl_->of_fields.empty()) return {};
  return ReferenceSimilarities(sorted_shingles, impl_->Set(kept_id), impl_->of_fields.size());
}

std::vector<ExactJoin::Match> ExactJoin::Enter(std::span<const uint64_t> sorted_shingles) {
  std::vector<Match> matches;
  impl_->ForEachMatch(sorted_shingles, [&](uint32_t id, double similarity) { matches.push_back({id, similarity}); });
  std::ranges::sort(matches, {}, &Match::kept_id);
  impl_->Keep(sorted_shingles);
  return matches;
}

std::vector<ExactJoin::Match> ExactJoin::Find(std::span<const uint64_t> sorted_shingles) const {
  std::vector<uint32_t> ids;
  for (const uint64_t shingle : Prefix(sorted_shingles, impl_->threshold)) {
    const auto list = impl_->by_prefix.find(shingle);
    if (list != impl_->by_prefix.end()) ids.insert(ids.end(), list->second.begin(), list->second.end());
  }
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::vector<Match> matches;
  for (const uint32_t id : ids) {
    if (const auto similarity = impl_->Similarity(sorted_shingles, id)) matches.push_back({id, *similarity});
  }
  return matches;
}

uint64_t ExactJoin::memory_bytes() const {
  const Impl& i = *impl_;
  // A slot of flat_hash_map is its value and one control byte; a short list takes at least 16 bytes of heap.
  return i.shingles.capacity() * sizeof(uint64_t) + i.ends.capacity() * sizeof(uint64_t) +
         i.asked_by.capacity() * sizeof(uint32_t) + i.by_prefix.capacity() * (sizeof(*i.by_prefix.begin()) + 1) +
         i.by_prefix.size() * 16 + i.postings * sizeof(uint32_t);
}

}  // namespace unecho
