// The kept records: band tables, sketches and the token store. The one central data structure of a run.
//
// A kept record has a number, 0-based in the order of keeping. Candidates for a new record come from the band tables,
// one per band; the 8-bit sketches filter them; the token store (32-bit word hashes, append-only, on disk where memory
// is short) gives back their shingles for exact verification.
//
// Memory:  per kept record about 10.5 bytes a band, 64 of sketch, 20 of place; 4 a token; 2 a shingle where records
//          crowd just below the threshold.
// Cost:    a candidate 64 bytes of sketch, read by a kernel; an entry a write a band, amortised O(1) (tables grow by
//          linear hashing).
// Threads: any number of readers while nobody adds (frozen); Add() parallelises itself over the bands.
// Failure: more than 2^31 - 1 kept records: Add() says kResourceExhausted.
#ifndef UNECHO_SRC_MATCH_INDEX_H_
#define UNECHO_SRC_MATCH_INDEX_H_

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/mapped_array.h"
#include "base/status.h"
#include "match/band_table.h"
#include "match/bitmap.h"
#include "match/sketch.h"
#include "match/token_store.h"

namespace unecho {

class Index {
 public:
  explicit Index(const BandPlan& plan);
  ~Index();

  void Prefetch(std::span<const uint64_t> band_keys) const;
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
  };
  void FindCandidates(std::span<const uint64_t> band_keys, const uint8_t* sketch, Scratch& scratch,
                      std::vector<Candidate>& out) const;

  struct NewRecord {
    std::span<const uint32_t> words;
    const uint8_t* sketch;
    const uint64_t* band_keys;
    uint32_t distinct_shingles;  // 0: not known
    Bitmaps bitmaps;
  };
  // Adds records in order, under the numbers size(), size() + 1, ...
  [[nodiscard]] absl::Status Add(std::span<const NewRecord> records);

  uint32_t size() const { return static_cast<uint32_t>(kept_.size()); }
  // `scratch`: as TokenStore wants it.
  std::span<const uint32_t> words(uint32_t kept_id, std::vector<uint32_t>& scratch) const {
    return words_.Read(kept_[kept_id].first_word, kept_[kept_id].num_words, scratch);
  }
  TokenStore& tokens() { return words_; }
  const TokenStore& tokens() const { return words_; }
  const uint8_t* sketch(uint32_t kept_id) const { return sketches_.data() + size_t{kept_id} * kSketchBytes; }
  // Number of distinct shingles; 0 while not known. Remembering it is safe from several readers: all store the same.
  uint32_t distinct_shingles(uint32_t kept_id) const;
  void RememberDistinctShingles(uint32_t kept_id, uint32_t count) const;
  void PrefetchWords(uint32_t kept_id) const { words_.Prefetch(kept_[kept_id].first_word); }
  // Empty for most: only records that had many candidates when they came have some.
  Bitmaps bitmaps(uint32_t kept_id) const {
    const BitmapPlace& place = bitmap_places_[kept_[kept_id].bitmaps];
    return {{bitmaps_.data() + place.first, static_cast<size_t>(place.size)}};
  }
  // Drops those that cannot be as similar as `threshold` to a record of so many distinct shingles. `bitmaps`: its own.
  void DropFar(const Bitmaps& bitmaps, uint32_t distinct_shingles, double threshold, Scratch& scratch,
               std::vector<Candidate>& candidates) const;

  uint64_t memory_bytes() const;

 private:
#pragma pack(push, 4)
  struct Kept {
    uint64_t first_word;
    uint32_t num_words;
    mutable uint32_t distinct_shingles;
    uint32_t bitmaps;  // in bitmap_places_; 0: none
  };
#pragma pack(pop)
  static_assert(sizeof(Kept) == 20);
  struct BitmapPlace {
    uint64_t first, size;  // in bitmaps_
  };

  BandPlan plan_;
  std::vector<std::unique_ptr<BandTable>> tables_;  // by band
  MappedArray<uint8_t> sketches_;
  TokenStore words_;
  MappedArray<uint64_t> bitmaps_;
  MappedArray<BitmapPlace> bitmap_places_;  // 0: the empty one
  MappedArray<uint64_t> small_bitmaps_;     // kMinBitmapWords a place: the smallest, side by side
  MappedArray<Kept> kept_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_INDEX_H_
