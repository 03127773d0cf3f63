// The stage that decides: candidates -> sketch filter -> verified similarity -> fate and witness, greedy in priority
// order.
//
// Three steps a batch. (1) In parallel over its new records: the best match in the index, which is frozen meanwhile.
// (2) In order: the best match among the records of this batch that were kept, found through a small table of band
// keys; then the fate. (3) In parallel over the bands: the newly kept enter the index. Who meets whom depends on the
// band keys alone, and the best match is exact, so batch boundaries and threads change nothing (promise P4).
//
// What is on disk is searched before, in a step of its own that several batches take at once: it costs many times what
// a look into memory does, and does not change but by Spill().
//
// Where fields say what is the same (marks.h), a record of equal key is the witness, whatever the texts are like, and
// one that is apart is no candidate. The field of --within is part of the band keys, so that groups do not meet.
//
// Where a record has many candidates, bitmaps of the shingles drop those that cannot reach the threshold (bitmap.h).
// The filter is safe: it changes no answer, only the time that many records just below the threshold cost. It is
// quadratic all the same.
//
// With a sketcher of its own it sketches only what a key or the same tokens do not settle: under --key many records are
// no repeats by all that they say, and still have a witness at hand.
//
// Cost:    the most of a run where texts are new; a repeat costs a look-up.
// Threads: one caller, in order; parallel inside. SearchDisk() is for many, at any time.
// Failure: a full index, a full disk: kResourceExhausted.
#ifndef UNECHO_SRC_MATCH_NEAR_H_
#define UNECHO_SRC_MATCH_NEAR_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/batch.h"
#include "base/status.h"
#include "match/fates.h"
#include "match/index.h"
#include "match/kept_marks.h"
#include "match/sketch.h"

namespace unecho {

struct IndexMatch;

class NearStage {
 public:
  // Decisions go to `fates`, which outlives the stage, as do the shingles that are left out, and the sketcher. With a
  // `sketcher`, which has to come with marks, batches come without sketches.
  NearStage(const BandPlan& plan, double threshold, int shingle_tokens, Fates* fates, const MarkPlaces& marks = {},
            const CommonShingles* common = nullptr, const Sketcher* sketcher = nullptr);
  ~NearStage();

  // Decides the first appearances in the batch that are not contaminated, and gives every record that no layout has
  // rejected its fate. Needs the stages exact and, without a sketcher, sketch; those contaminated are in `fates`
  // already.
  [[nodiscard]] absl::Status operator()(Batch& batch);

  // For a batch that is sketched, and is decided later: the best match of its new records among those on disk. Nothing
  // where fields say what is the same, and nothing while Spill() is at work: what was not searched then is searched by
  // the other step.
  void SearchDisk(Batch& batch) const;

  // Between batches: what of the index is the most goes to files (index.h). First the tokens, from now on; then, if it
  // is enough, what else is known of the records up to now. `sketcher`: that of their sketches. False: nothing more
  // could.
  [[nodiscard]] absl::StatusOr<bool> Spill(const Sketcher& sketcher, const SpillTerms& terms);

  const Index& index() const { return index_; }
  uint64_t memory_bytes() const { return index_.memory_bytes() + (marks_ ? marks_->memory_bytes() : 0); }

 private:
  void FindTwins(const Batch& batch);
  void Search(Batch& batch, size_t begin, size_t end);
  void PartBandKeys(MarkRow row, std::span<uint64_t> keys) const;
  std::span<uint64_t> BandKeysOf(Batch& batch, const Record& record) const;
  void LookAmongOwn(const Batch& batch, const Record& record, IndexMatch& best);
  bool Waits(size_t place) const;  // in the batch: it has a twin
  void DecideInOrder(Batch& batch, std::span<Record* const> fresh, std::span<const IndexMatch> matches);

  BandPlan plan_;
  double threshold_;
  Fates* fates_;
  Index index_;
  MarkPlaces places_;
  const Sketcher* sketcher_;
  std::optional<KeptMarks> marks_;  // of the records in the index, where they are asked for
  struct Inside;                    // scratch per thread, and the table of this batch
  std::unique_ptr<Inside> inside_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_NEAR_H_
