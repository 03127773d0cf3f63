#include "match/ngrams.h"

namespace unecho {

NgramTable::NgramTable(size_t ngram_words, uint64_t max_runs)
    : n_(ngram_words), stride_((ngram_words + 1) / 2), sample_words_(n_ - stride_ + 1) {
  // At most three quarters full; 64 slots at least, so that there is always a free one and the shifts stay below 64.
  const uint64_t num_slots = std::max(uint64_t{64}, std::bit_ceil(max_runs + max_runs / 3 + 1));
  mask_ = num_slots - 1;
  shift_ = 64 - std::countr_zero(num_slots);
  slots_.Resize(num_slots);
  const uint64_t num_sampled = std::max(uint64_t{64}, std::bit_ceil(max_runs * 16 / 64));
  sampled_shift_ = 64 - std::countr_zero(num_sampled);
  sampled_.Resize(num_sampled);
}

void NgramTable::Enter(const uint64_t* store, uint32_t first, uint32_t count, uint32_t text) {
  if (count < n_) return;
  for (uint32_t place = first; place + sample_words_ <= first + count; ++place) {
    const uint64_t hash = Hash(store + place, sample_words_);
    sampled_[hash >> sampled_shift_] |= uint64_t{1} << (hash % 64);
  }
  for (uint32_t place = first; place + n_ <= first + count; ++place) {
    const uint64_t hash = Hash(store + place, n_);
    Slot& slot = slots_[Find(store, hash, store + place)];
    if (slot.place_plus_1 == 0) {
      slot = {static_cast<uint32_t>(hash), place + 1};
      ++num_runs_;
      continue;
    }
    if (slot.place_plus_1 - 1 >= first) continue;  // the same text has it twice
    std::vector<uint32_t>& others = other_texts_[slot.place_plus_1 - 1];
    if (!others.empty() && others.back() == text) continue;
    others.push_back(text);
    ++num_others_;
  }
}

uint64_t NgramTable::memory_bytes() const {
  return slots_.memory_bytes() + sampled_.memory_bytes() +
         other_texts_.capacity() * (sizeof(*other_texts_.begin()) + 1) + other_texts_.size() * 16 +
         num_others_ * sizeof(uint32_t);
}

}  // namespace unecho
