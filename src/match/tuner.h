// Which threshold? What each of several would remove, found in one run, by exact similarities.
//
// Deduplication is greedy: whether a record is kept depends on which were kept before it, and that on the threshold. So
// each threshold is decided by itself: a record enters the index if any threshold keeps it, with a bit for each that
// does, and a later record is removed at t if one that t has kept is at least t similar. The bands are those of the
// lowest threshold, so higher ones miss even less than they would alone.
//
// Labels say which records people hold for the same: lines of a cluster's name and its members, separated by tabs,
// members named as --id-field does (default "id"). Scores are over pairs: of all pairs that a threshold puts into one
// group (a kept record and those removed for it), how many share a cluster (precision), and of all pairs in a cluster,
// how many are in one group (recall). A record that no cluster names is alone: labels of a sample of the input say
// nothing about precision.
//
// Cost:    about that of a run at the highest threshold with the bands of the lowest; the sources of the pairs that are
//          shown are read twice.
// Memory:  that of the index, 10 bytes a record in it, 2 a distinct token sequence; with labels 44 more.
// Threads: one caller, in order; parallel inside.
// Failure: a full index: kResourceExhausted; labels that cannot be read: the line is named.
#ifndef UNECHO_SRC_MATCH_TUNER_H_
#define UNECHO_SRC_MATCH_TUNER_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/batch.h"
#include "base/status.h"
#include "match/sketch.h"

namespace unecho {

inline constexpr std::array<double, 10> kTuneThresholds = {.5, .55, .6, .65, .7, .75, .8, .85, .9, .95};
inline constexpr size_t kBorderlinePairs = 3;

struct TunePair {
  RecordRef record, witness;
  double similarity = 0;
  friend bool operator==(const TunePair&, const TunePair&) = default;
};

struct TuneScore {
  uint64_t grouped = 0, right = 0,
           labelled = 0;  // pairs: in one group; of those, in one cluster; in one cluster at all
  double precision() const { return grouped == 0 ? 1 : static_cast<double>(right) / static_cast<double>(grouped); }
  double recall() const { return labelled == 0 ? 1 : static_cast<double>(right) / static_cast<double>(labelled); }
  double f1() const {
    const uint64_t sum = grouped + labelled;
    return sum == 0 ? 1 : 2 * static_cast<double>(right) / static_cast<double>(sum);
  }
};

// What one threshold would do.
struct TuneRow {
  double threshold = 0;
  uint64_t kept = 0, exact = 0, near = 0;
  std::vector<TunePair> borderline;  // the least similar of those it removes, each with its witness; ties: the first
  std::optional<TuneScore> score;    // with labels
};

// Cluster of each labelled record.
class TuneLabels {
 public:
  static absl::StatusOr<TuneLabels> Read(const std::string& path);
  struct Label {
    uint32_t cluster, number;  // number: of the id, from 0 to size()
  };
  // `id`: as provenance writes it, JSON.
  std::optional<Label> Find(const std::string& id) const;
  size_t size() const;
  TuneLabels(TuneLabels&&) noexcept;
  TuneLabels& operator=(TuneLabels&&) noexcept;
  ~TuneLabels();

 private:
  struct Table;
  explicit TuneLabels(std::unique_ptr<Table> table);
  std::unique_ptr<Table> table_;
};

class Tuner {
 public:
  // `bands`: for kTuneThresholds.front(). `labels` may be null; else it outlives the tuner.
  Tuner(const BandPlan& bands, int shingle_tokens, const TuneLabels* labels);
  ~Tuner();

  // Needs the stages exact and sketch.
  [[nodiscard]] absl::Status operator()(Batch& batch);

  std::vector<TuneRow> Rows() const;
  uint64_t num_labelled() const;      // records that have a label
  uint64_t num_labels_found() const;  // ids: several records may have one
  uint64_t num_rejected() const;
  uint64_t memory_bytes() const;
  uint32_t index_size() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_TUNER_H_
