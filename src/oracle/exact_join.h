// The oracle: all-pairs prefix-filter join in place of sketch, bands and index. Recall is 1 by construction.
//
// Two sets with Jaccard >= t share an element of their prefixes: the first |A| - ceil(t |A|) + 1 elements in any one
// global order (Chaudhuri, Ganti, Kaushik, ICDE 2006; Xiao et al., PPJoin, WWW 2008). The order here is that of the
// 64-bit shingle hashes. Kept records enter an inverted index of their prefixes; each new record probes it, in priority
// order.
//
// In:      the sorted, distinct shingles of one record after the other, in priority order.
// Out:     kept, or the kept record of highest similarity (ties: kept earlier). `|A n B| / |A u B| >= t` as doubles.
// Fields apart: the sets are those of ShinglesOfFields(), joined at the lowest threshold; then each field must reach
// its own, and the smallest similarity of a field counts.
// Cost:    the whole sets of the kept records stay in memory (8 bytes a shingle). Meant for up to about 1 GB of text.
// Threads: one caller; Find() is const.
// Failure: none.
#ifndef UNECHO_SRC_ORACLE_EXACT_JOIN_H_
#define UNECHO_SRC_ORACLE_EXACT_JOIN_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace unecho {

class ExactJoin {
 public:
  explicit ExactJoin(double threshold) : ExactJoin(threshold, {}) {}
  // `of_fields`: the threshold of each field, where fields are apart; then `threshold` counts for nothing.
  ExactJoin(double threshold, std::vector<double> of_fields);
  ~ExactJoin();

  struct Match {
    uint32_t kept_id;  // 0-based, in the order of keeping
    double similarity;
  };
  // The best match among the kept records. If there is none, the record is kept under the next number.
  std::optional<Match> FindOrKeep(std::span<const uint64_t> sorted_shingles);

  // In two steps, for those who ask for more than similarity: Find() says which there are.
  void Keep(std::span<const uint64_t> sorted_shingles);
  // With a kept record, however small it is.
  double Similarity(std::span<const uint64_t> sorted_shingles, uint32_t kept_id) const;
  // In each field; none where fields are not apart.
  std::vector<double> Similarities(std::span<const uint64_t> sorted_shingles, uint32_t kept_id) const;

  // Enters the record without asking, and returns the earlier records with similarity >= t. For `audit --recall`.
  std::vector<Match> Enter(std::span<const uint64_t> sorted_shingles);

  // The records that are in with similarity >= t to this one, in their order. Enters nothing; safe from many threads.
  std::vector<Match> Find(std::span<const uint64_t> sorted_shingles) const;

  uint64_t memory_bytes() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_ORACLE_EXACT_JOIN_H_
