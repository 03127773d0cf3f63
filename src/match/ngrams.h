// Which runs of n consecutive words of a text also occur in a fixed set of texts: an exact table behind a filter that
// never says no wrongly.
//
// The table finds the run of the set that may be the same, and all n word hashes are compared before it counts. So an
// answer is wrong only if two different words have the same 64-bit hash: 2^-64 a pair. Hashes of runs cost time when
// they collide, never truth.
//
// Few windows of a text get that far. With s = (n + 1) / 2 and q = n - s + 1, every window of n words holds exactly one
// run of q words that begins at a multiple of s. Only those are looked up, in a bitmap of all runs of q words of the
// set; where one is there, the s windows around it are. That is one prefetched look-up for s words.
//
// The texts lie one after the other in a store of the caller's, and a run is called by the place where it first occurs
// there.
//
// Cost:    a row of scripts/bench.sh (--against). Memory: 13 to 26 bytes a run.
// Threads: Enter() has one caller; afterwards const and shared.
// Failure: none. Places are 32-bit: the caller sees to it that the store has fewer words.
#ifndef UNECHO_SRC_MATCH_NGRAMS_H_
#define UNECHO_SRC_MATCH_NGRAMS_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/hash_map.h"
#include "base/mapped_array.h"
#include "base/prefetch.h"

namespace unecho {

class NgramTable {
 public:
  // `max_runs`: at least as many as will be entered. `ngram_words`: 1..64.
  NgramTable(size_t ngram_words, uint64_t max_runs);

  // Enters all runs of the text store[first, first + count), which is number `text`. Texts come in ascending order.
  void Enter(const uint64_t* store, uint32_t first, uint32_t count, uint32_t text);

  // Calls found(place of the run in the store, its place in `words`) for every run of `words` that was entered, in
  // order.
  template <typename Found>
  void ForEachHit(const uint64_t* store, std::span<const uint64_t> words, Found&& found) const {
    if (words.size() < n_ || num_runs_ == 0) return;
    constexpr size_t kBlock = 32;
    std::array<uint64_t, kBlock> hashes;
    const size_t samples = (words.size() - sample_words_) / stride_ + 1;
    for (size_t begin = 0; begin < samples; begin += kBlock) {
      const size_t count = std::min(kBlock, samples - begin);
      for (size_t i = 0; i < count; ++i) {
        hashes[i] = Hash(words.data() + (begin + i) * stride_, sample_words_);
        PrefetchLine(&sampled_[hashes[i] >> sampled_shift_]);
      }
      for (size_t i = 0; i < count; ++i) {
        if ((sampled_[hashes[i] >> sampled_shift_] >> (hashes[i] % 64) & 1) == 0) continue;
        const size_t sample = (begin + i) * stride_;
        const size_t last = std::min(sample, words.size() - n_);
        for (size_t at = sample < stride_ ? 0 : sample - stride_ + 1; at <= last; ++at) {
          const uint64_t* run = words.data() + at;
          const Slot& slot = slots_[Find(store, Hash(run, n_), run)];
          if (slot.place_plus_1 != 0) found(slot.place_plus_1 - 1, at);
        }
      }
    }
  }

  // The texts that have the run at `place`, but for the one that `place` lies in; ascending.
  std::span<const uint32_t> OtherTexts(uint32_t place) const {
    const auto other = other_texts_.find(place);
    return other == other_texts_.end() ? std::span<const uint32_t>() : std::span<const uint32_t>(other->second);
  }
  uint64_t memory_bytes() const;

 private:
  struct Slot {
    uint32_t tag;
    uint32_t place_plus_1;  // 0: free
  };

  // Rotate and XOR; the runs are at most 64 words, so each has a rotation of its own. Spread by a multiplication.
  static uint64_t Hash(const uint64_t* run, size_t words) {
    uint64_t hash = 0;
    for (size_t i = 0; i < words; ++i) hash = std::rotl(hash, 1) ^ run[i];
    return hash * 0x9e3779b97f4a7c15;
  }

  // The slot of the run, or the free one where it belongs.
  uint64_t Find(const uint64_t* store, uint64_t hash, const uint64_t* run) const {
    const auto tag = static_cast<uint32_t>(hash);
    for (uint64_t at = hash >> shift_;; at = (at + 1) & mask_) {
      const Slot& slot = slots_[at];
      if (slot.place_plus_1 == 0 || (slot.tag == tag && std::equal(run, run + n_, store + slot.place_plus_1 - 1)))
        return at;
    }
  }

  size_t n_, stride_, sample_words_;
  int shift_, sampled_shift_;
  uint64_t mask_;
  MappedArray<Slot> slots_;
  MappedArray<uint64_t> sampled_;  // 16 bits or more a run: at most one in sixteen passes by chance
  HashMap<uint32_t, std::vector<uint32_t>> other_texts_;
  uint64_t num_runs_ = 0;  // distinct
  uint64_t num_others_ = 0;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_NGRAMS_H_
