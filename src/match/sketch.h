// Shingles -> a MinHash sketch of 64 bins, and the band keys that make near records meet.
//
// Sketch: one-permutation hashing (Li, Owen, Zhang, NIPS 2012) with a true fill: a 32-bit shingle hash falls into one
// bin and its value competes there; a bin that stays empty gets the minimum over all shingles of a hash of its own.
// Exactly unbiased for every set size, where densification by copying neighbours is not.
//
// Bands: b bands of r rows (Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4): two records meet if one band
// agrees, with probability 1 - (1 - J^r)^b. b and r follow from t so that at J = t at most kMaxMiss of the pairs are
// missed. A band key is made from 16 bits of each row's minimum, the stored sketch keeps 8: keys from stored bytes
// would make accidental meetings grow with the corpus.
//
// Fields apart (--match): bin i is of field i mod F and holds the minimum of that field's shingles, so a band agrees
// only if several fields do. At the thresholds a row of field f agrees with probability t_f; fields that neither record
// has agree always. Besides, the sketches must agree in each field.
//
// Cost:    .15 ns a byte of English; with F fields F times that. No allocation once the batch has grown.
// Threads: const; share one object.
// Failure: none.
#ifndef UNECHO_SRC_MATCH_SKETCH_H_
#define UNECHO_SRC_MATCH_SKETCH_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/batch.h"

namespace unecho {

class CommonShingles;

inline constexpr int kSketchBytes = 64;
// Pairs at J = t that the bands may miss: a fifth of the promised one in a thousand; the rest is room for the sketch
// filter and for the dependence between bins.
inline constexpr double kMaxMiss = 6e-4;

// Pairs at the threshold of a field that its part of the sketch may drop; of 16 fields 1.6e-4 together.
inline constexpr double kMaxFieldMiss = 1e-5;

struct BandPlan {
  double threshold = 0;  // with fields apart the lowest: no pair that is the same is less similar
  int bands = 0;
  int rows = 0;
  double miss_at_threshold = 0;  // (1 - t^r)^b; with fields apart the product over the bands
  int min_agreeing_bins = 0;     // of 64: four standard deviations below t; fewer cannot be a near record
  struct Field {
    double threshold = 0;
    int min_agreeing_bins = 0;  // of its own
  };
  std::vector<Field> fields;  // those compared apart; else none
};
BandPlan PlanBands(double threshold);
// With fields apart, if there are thresholds of fields; else for `threshold`.
BandPlan PlanBands(double threshold, std::span<const double> of_fields);

// Whether two sketches agree in so many bins of each field as they must.
bool AgreeInFields(const BandPlan& plan, const uint8_t* a, const uint8_t* b);

class Sketcher {
 public:
  // `common`: shingles that are left out, or null; it outlives the sketcher.
  Sketcher(const BandPlan& plan, int shingle_tokens, uint64_t seed, const CommonShingles* common = nullptr);

  // Sketches the first appearances in the batch: sets Record::sketch_row and common, fills Batch::sketches and
  // band_keys.
  void operator()(Batch& batch) const;

  // The same in two steps, for who decides which records need one: room for so many, and one of them. Different rows of
  // a batch may be sketched by different threads.
  void MakeRoom(Batch& batch, size_t rows) const;
  void Sketch(Batch& batch, Record& record, uint32_t row) const;

  // One record. `bins`: 64 minima; `shingles`: scratch. Returns what it has of the common ones.
  Record::Common Minima(std::span<const uint32_t> words, std::vector<uint32_t>& shingles,
                        std::span<uint32_t, kSketchBytes> bins) const;
  // One whose fields are apart (match/fields_apart.h).
  void MinimaOfFields(std::span<const uint32_t> words, std::vector<uint32_t>& shingles,
                      std::span<uint32_t, kSketchBytes> bins) const;
  void BandKeys(std::span<const uint32_t, kSketchBytes> bins, std::span<uint64_t> keys) const;
  // Those that a record of these words has.
  void BandKeysOf(std::span<const uint32_t> words, std::span<uint64_t> keys) const;

 private:
  Record::Common AllMinima(std::span<const uint32_t> words, std::span<uint32_t, kSketchBytes> bins) const;

  BandPlan plan_;
  size_t shingle_tokens_;
  const CommonShingles* common_;
  std::array<uint32_t, kSketchBytes> multipliers_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_SKETCH_H_
