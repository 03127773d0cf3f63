// The kept records: band tables, sketches and the token store. The one central data structure of a run.
//
// A kept record has a number, 0-based in the order of keeping. Candidates for a new record come from the band tables,
// one per band; the 8-bit sketches filter them; the token store (32-bit word hashes, append-only) gives back their
// shingles for exact verification.
//
// Where memory is short the tokens go to disk first, and then, by Freeze(), all that is known of the records up to now:
// band keys as sorted runs behind filters (key_run.h), sketches and places as rows. Those that come later are in tables
// in memory again, until these are frozen, too. Who meets whom stays the same.
//
// Memory:  per kept record about 10.5 bytes a band, 64 of sketch, 20 of place; 2 to 4 a token; 2 a shingle where
//          records crowd just below the threshold. Of a frozen one 1.3 bytes a band at most (key_run.h), and what
//          crowds have.
// Cost:    a candidate 64 bytes of sketch, read by a kernel; an entry a write a band, amortised O(1) (tables grow by
//          linear hashing). A frozen candidate a read of a block a band that it shares, and two of its own.
// Threads: any number of readers while nobody adds or freezes; Add() and Freeze() are parallel over the bands inside.
//          What is frozen is searched while others add, by who holds it (TryToHoldFrozen()).
// Failure: more than 2^31 - 1 kept records: Add() says kResourceExhausted; on disk as base/spill_file.h says.
#ifndef UNECHO_SRC_MATCH_INDEX_H_
#define UNECHO_SRC_MATCH_INDEX_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <shared_mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/mapped_array.h"
#include "base/spill_file.h"
#include "base/status.h"
#include "match/band_table.h"
#include "match/bitmap.h"
#include "match/key_log.h"
#include "match/key_run.h"
#include "match/sketch.h"
#include "match/spill_terms.h"
#include "match/token_store.h"

namespace unecho {

class Index {
 public:
  explicit Index(const BandPlan& plan);
  ~Index();

  void Prefetch(std::span<const uint64_t> band_keys) const;
  void PrefetchFrozen(std::span<const uint64_t> band_keys) const { runs_.Prefetch(band_keys.data()); }
  // Gives the kept records that share a band key and whose sketch agrees with `sketch` in at least
  // plan.min_agreeing_bins bins; no repeats. The order is not defined.
  struct Candidate {
    uint32_t kept_id;
    int agreeing_bins;
  };
  // Of one thread: up to two bits a kept record, and five bytes a record that a search met.
  struct Scratch {
    std::vector<uint64_t> seen;       // one bit a kept record, all zero between calls
    std::unique_ptr<uint32_t[]> ids;  // room for every kept record; pages that no search reached cost nothing
    size_t ids_room = 0;
    std::vector<std::pair<uint32_t, BandTable::Walk>> walks;  // by band
    std::vector<uint8_t> agreeing;
    std::vector<uint32_t> places, most, passed;  // of DropFar()
    std::vector<uint32_t> frozen;                // records of which there is more on disk
    std::vector<uint8_t> sketches;               // theirs
    std::vector<uint64_t> band_keys;             // of one of them
    struct Hit {
      const KeyRun* run;
      uint32_t band;
      bool is_known;  // which record is there
    };
    std::vector<Hit> hits;
    // What was read of the first ones that the last search met.
    struct Read;
    std::unique_ptr<Read[]> read;
    size_t num_read = 0;

    Scratch();
    ~Scratch();
    Scratch(Scratch&&) noexcept;
  };
  // With `skips_frozen` only of those that are not.
  void FindCandidates(std::span<const uint64_t> band_keys, const uint8_t* sketch, Scratch& scratch,
                      std::vector<Candidate>& out, bool skips_frozen = false) const;
  // Only of those that are.
  void FindFrozen(std::span<const uint64_t> band_keys, const uint8_t* sketch, Scratch& scratch,
                  std::vector<Candidate>& out) const;
  // Nothing is frozen while that is held, and num_frozen() stays. Not held: something is being frozen.
  std::shared_lock<std::shared_mutex> TryToHoldFrozen() const {
    return std::shared_lock<std::shared_mutex>(freezing_, std::try_to_lock);
  }

  struct NewRecord {
    std::span<const uint32_t> words;
    const uint8_t* sketch;
    const uint64_t* band_keys;
    uint32_t distinct_shingles;  // 0: not known
    Bitmaps bitmaps;
  };
  // Adds records in order, under the numbers size(), size() + 1, ...
  [[nodiscard]] absl::Status Add(std::span<const NewRecord> records);

  // Tokens go to a file in `folder`, from now on, and band keys to another one, for Freeze().
  [[nodiscard]] absl::Status SpillTokens(const std::string& folder);
  // The band keys of a record, from its words, as they were given to Add(). Calls come from several threads.
  using BandKeysOf = std::function<void(uint32_t kept_id, std::span<const uint32_t> words, std::span<uint64_t> keys)>;
  // All records up to now go to files; the tokens are there already. What `band_keys_of` needs outlives the index.
  [[nodiscard]] absl::Status Freeze(const SpillTerms& terms, const BandKeysOf& band_keys_of);
  // OK, or why something that is on disk could not be read.
  absl::Status ReadStatus() const;

  uint32_t num_frozen() const { return num_frozen_; }
  uint32_t size() const { return num_frozen_ + static_cast<uint32_t>(kept_.size()); }
  // `scratch`: as TokenStore wants it.
  std::span<const uint32_t> words(uint32_t kept_id, std::vector<uint32_t>& scratch) const {
    const Kept kept = PlaceOf(kept_id);
    return words_.Read(kept.first_word, kept.num_words, scratch);
  }
  // The same of a candidate, and if it is frozen while others add, until the next FindCandidates().
  std::span<const uint32_t> words(uint32_t kept_id, const Scratch& found, std::vector<uint32_t>& scratch) const {
    return kept_id >= num_frozen_ ? words(kept_id, scratch) : FrozenWords(kept_id, found, scratch);
  }
  const TokenStore& tokens() const { return words_; }
  // Number of distinct shingles; 0 while not known. Remembering it is safe from several readers: all store the same.
  uint32_t distinct_shingles(uint32_t kept_id) const;
  uint32_t distinct_shingles(uint32_t kept_id, const Scratch& found) const;
  void RememberDistinctShingles(uint32_t kept_id, uint32_t count) const;
  void PrefetchWords(uint32_t kept_id) const {
    if (kept_id >= num_frozen_) words_.Prefetch(kept_[kept_id - num_frozen_].first_word);
  }
  // Drops those that cannot be as similar as `threshold` to a record of so many distinct shingles. `bitmaps`: its own.
  void DropFar(const Bitmaps& bitmaps, uint32_t distinct_shingles, double threshold, Scratch& scratch,
               std::vector<Candidate>& candidates) const;

  uint64_t memory_bytes() const;
  // What of it Freeze() would put on disk.
  uint64_t freezable_bytes() const;
  uint64_t disk_bytes() const;

 private:
#pragma pack(push, 4)
  struct Kept {
    uint64_t first_word;  // as TokenStore calls it
    uint32_t num_words;
    mutable uint32_t distinct_shingles;
    uint32_t bitmaps;  // in bitmap_places_; 0: none
  };
#pragma pack(pop)
  static_assert(sizeof(Kept) == 20);
  // What is on disk of a record.
  struct Row {
    uint8_t sketch[kSketchBytes];
    Kept kept;
  };
  static_assert(sizeof(Row) == kSketchBytes + sizeof(Kept));
  struct BitmapPlace {
    uint64_t first, size;  // in bitmaps_
  };

  const uint8_t* sketch(uint32_t place) const { return sketches_.data() + size_t{place} * kSketchBytes; }
  Kept PlaceOf(uint32_t kept_id) const {
    if (kept_id >= num_frozen_) [[likely]]
      return kept_[kept_id - num_frozen_];
    return FrozenPlaceOf(kept_id);
  }
  Kept FrozenPlaceOf(uint32_t kept_id) const;
  Kept FrozenPlaceOf(uint32_t kept_id, const Scratch& found) const;
  std::span<const uint32_t> FrozenWords(uint32_t kept_id, const Scratch& found, std::vector<uint32_t>& scratch) const;
  Scratch::Read* ReadRow(uint32_t kept_id, Scratch& scratch) const;
  void MarkKnown(uint32_t kept_id, std::span<const uint64_t> band_keys, std::span<Scratch::Hit> hits,
                 Scratch& scratch) const;
  // Adds to `out` those of scratch.ids, `count` places in `sketches`, whose sketches agree.
  void AddAgreeing(const uint8_t* sketch, const uint8_t* sketches, size_t count, Scratch& scratch,
                   std::vector<Candidate>& out) const;
  absl::Status WriteRows();
  absl::Status MakeKeys(const BandKeysOf& band_keys_of, size_t count, KeyLog& keys) const;

  BandPlan plan_;
  mutable std::shared_mutex freezing_;
  uint32_t num_frozen_ = 0;          // records below that number: in rows_ and runs_, and nowhere else but in words_
  std::unique_ptr<SpillFile> rows_;  // null while nothing is frozen
  KeyRuns runs_;
  std::unique_ptr<KeyLog> keys_;  // of the last records that are not frozen; null while the tokens are in memory
  BandKeysOf band_keys_of_;       // as Freeze() had it
  std::vector<std::unique_ptr<BandTable>> tables_;  // by band; their ids are places in kept_
  MappedArray<uint8_t> sketches_;
  TokenStore words_;
  std::vector<std::span<const uint32_t>> new_words_;  // of Add()
  std::vector<uint64_t> new_places_;
  MappedArray<uint64_t> bitmaps_;
  MappedArray<BitmapPlace> bitmap_places_;  // 0: the empty one
  MappedArray<uint64_t> small_bitmaps_;     // kMinBitmapWords a place: the smallest, side by side
  MappedArray<Kept> kept_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_INDEX_H_
