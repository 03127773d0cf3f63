// What became of each distinct token sequence, and which records were kept. `near` (or the exact join) enters decisions
// in priority order; every record of a batch then takes the fate of its token sequence.
//
// A repeat takes the fate of the first: exact if that was kept, else the same, with its witness and similarity, because
// a witness is always kept (promise P2).
//
// A reference text is entered as kept, so that it is a witness, and its records are called what they are.
//
// A contaminated sequence names a record of an evaluation set instead, whatever else it is like, and is nobody's
// witness.
//
// Where memory is short the older part of all this goes to disk (base/spilled_array.h).
//
// Memory:  4 bytes a distinct sequence, 12 more if it was removed (14 where fields say what is the same; 8 a field
//          more where fields are compared apart), 36 more if it
//          is contaminated; 8 a kept record.
// Cost:    a look-up a record.
// Threads: one caller.
// Failure: CheckRoomFor() says when 31 bits run out; on disk as base/spill_file.h says, by status().
#ifndef UNECHO_SRC_MATCH_FATES_H_
#define UNECHO_SRC_MATCH_FATES_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/batch.h"
#include "base/spilled_array.h"
#include "base/status.h"

namespace unecho {

class Fates {
 public:
  static constexpr size_t kMaxSources = size_t{1} << 24;

  // OK if so many more records may be entered.
  absl::Status CheckRoomFor(size_t records) const {
    if (removed_.size() + records < kRemovedBit && kept_.size() + records < kRemovedBit) return absl::OkStatus();
    return absl::ResourceExhaustedError(
        "more than 2,147,483,647 kept or removed records in one run; split the input into parts");
  }
  // How a witness was found, where fields say what is the same.
  struct Found {
    uint8_t by_key = 0;       // Record::by_key
    bool has_tokens = false;  // it has the same token sequence: the removal is exact
    bool by_decision = false;
    uint16_t agreeing = 0;  // Record::agreeing
  };
  // The next number is num_kept().
  void Keep(uint32_t unique, RecordRef ref);
  void Remove(uint32_t unique, uint32_t kept_id, double similarity, Found found);
  void Remove(uint32_t unique, uint32_t kept_id, double similarity) { Remove(unique, kept_id, similarity, Found{}); }
  // `record`: a first appearance that the stage `against` has found contaminated.
  void Contaminate(const Record& record);

  // With --match: in each field, of the record that was removed last. None: nothing to note.
  void NoteSimilarities(std::span<const double> of_fields);

  // Sets fate, kept_id, witness, similarity, by_key and ngrams from record.unique, is_repeat and first_key.
  void Apply(Record& record) const;
  // And with --match the similarities of what is near, into the batch of the record.
  void Apply(Batch& batch, Record& record) const;

  // What was kept for these tokens, itself or its witness, or kNone if nothing has been decided of them.
  static constexpr uint32_t kNone = UINT32_MAX;
  uint32_t KeptFor(uint32_t unique) const {
    if (unique >= of_unique_.size()) return kNone;
    const uint32_t fate = of_unique_[unique];
    if (fate == 0 && unique != first_kept_) return kNone;
    return (fate & kRemovedBit) != 0 ? removed_[fate & ~kRemovedBit].kept_id : fate;
  }

  uint32_t num_kept() const { return static_cast<uint32_t>(kept_.size()); }
  uint64_t num_distinct() const { return of_unique_.size(); }
  RecordRef ref(uint32_t kept_id) const {
    const PackedRef kept = kept_[kept_id];
    return {SourceId{static_cast<uint32_t>(kept.source)}, kept.ordinal};
  }
  // Deferred output: the reference of a kept record, which is not the batch's own there.
  void SetRef(uint32_t kept_id, RecordRef ref) { kept_.Set(kept_id, Pack(ref)); }
  uint64_t memory_bytes() const {
    return SumOverArrays([](const auto& array) { return array.memory_bytes(); });
  }
  // Nearly all up to now goes to files in `folder`.
  [[nodiscard]] absl::Status Spill(const std::string& folder);
  uint64_t spillable_bytes() const {
    return SumOverArrays([](const auto& array) { return array.spillable_bytes(); });
  }
  uint64_t disk_bytes() const {
    return SumOverArrays([](const auto& array) { return array.disk_bytes(); });
  }
  // OK, or why something that is on disk could not be read or written.
  absl::Status status() const;

 private:
  static constexpr uint32_t kRemovedBit = uint32_t{1} << 31;
  static constexpr uint32_t kContaminatedBit = uint32_t{1} << 31;
#pragma pack(push, 4)
  struct Removed {
    uint32_t kept_id;  // or kContaminatedBit | place in contaminated_
    double similarity;
  };
#pragma pack(pop)
  struct Contaminated {
    RecordRef witness;
    uint32_t ngrams;
  };

  // A million million records of each of 16 million sources.
  struct PackedRef {
    uint64_t source : 24, ordinal : 40;
  };
  static PackedRef Pack(RecordRef ref) {
    return {static_cast<uint32_t>(ref.source) & 0xffffff, ref.ordinal & ((uint64_t{1} << 40) - 1)};
  }

  void Set(uint32_t unique, uint32_t fate) {
    if (of_unique_.size() <= unique) of_unique_.Resize(size_t{unique} + 1);
    of_unique_.Set(unique, fate);
  }
  template <typename Of>
  uint64_t SumOverArrays(Of of) const {
    return of(of_unique_) + of(removed_) + of(found_) + of(similarities_) + of(kept_) + of(contaminated_);
  }

  uint32_t first_kept_ = kNone;       // whose number is 0
  SpilledArray<uint32_t> of_unique_;  // a kept number, or kRemovedBit | place in removed_
  SpilledArray<Removed> removed_;
  SpilledArray<Found> found_;  // parallel to removed_, up to the last of which there is something to say
  // --match: a row of num_fields_ for each of removed_, up to the last that has any.
  SpilledArray<double> similarities_;
  size_t num_fields_ = 0;
  SpilledArray<PackedRef> kept_;
  SpilledArray<Contaminated> contaminated_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_FATES_H_
