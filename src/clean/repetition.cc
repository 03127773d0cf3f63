#include "clean/repetition.h"

#include <algorithm>
#include <bit>

namespace unecho::clean {
namespace {

constexpr uint64_t kMultiplier = 0x9e3779b97f4a7c15;  // odd: 2^64 / golden ratio
constexpr size_t kBitsPerPair = 8;                    // one pair in sixteen to eight goes to the table for nothing

}  // namespace

void Repetition::NewStamp(size_t entries) {
  const size_t slots = std::bit_ceil(2 * entries + 16);
  if (slots_.size() < slots) {
    slots_.assign(slots, Slot{});
    stamp_ = 0;
  }
  mask_ = slots - 1;
  if (++stamp_ == 0) {
    std::ranges::fill(slots_, Slot{});
    stamp_ = 1;
  }
}

inline Repetition::Slot& Repetition::Find(uint64_t key) {
  size_t slot = (key * kMultiplier >> 32) & mask_;
  while (slots_[slot].stamp == stamp_ && slots_[slot].key != key) slot = (slot + 1) & mask_;
  return slots_[slot];
}

// Gives the n-gram at word `at` its number and counts it.
inline void Repetition::Enter(uint64_t key, uint32_t at) {
  Slot& slot = Find(key);
  if (slot.stamp != stamp_) {
    slot = {key, static_cast<uint32_t>(num_ids_), stamp_};
    counts_[num_ids_] = 0;
    firsts_[num_ids_] = at;
    ++num_ids_;
  }
  ++counts_[slot.id];
  places_[num_places_++] = {at, slot.id};
}

void Repetition::KeepRepeated() {
  size_t kept = 0;
  for (size_t i = 0; i < num_places_; ++i) {
    const Place place = places_[i];
    places_[kept] = place;
    kept += counts_[place.id] > 1;
  }
  num_places_ = kept;
}

void Repetition::Begin(std::span<const uint64_t> hashes, std::span<const uint32_t> lengths) {
  lengths_ = lengths;
  n_ = 2;
  num_places_ = num_ids_ = 0;
  if (hashes.size() < 2) return;
  const size_t pairs = hashes.size() - 1;
  if (counts_.size() < pairs) {
    const size_t size = 2 * pairs;
    counts_.resize(size);
    firsts_.resize(size);
    places_.resize(size);
    seen_.resize(size);
    keys_.resize(size);
  }
  const size_t bits = std::bit_ceil(kBitsPerPair * pairs + 64);
  once_.assign(bits / 64, 0);
  again_.assign(bits / 64, 0);
  for (size_t i = 0; i < pairs; ++i) {
    const uint64_t key = hashes[i] * kMultiplier + hashes[i + 1];
    const size_t bit = (key >> 32) & (bits - 1);
    const uint64_t mask = uint64_t{1} << (bit % 64);
    again_[bit / 64] |= once_[bit / 64] & mask;
    once_[bit / 64] |= mask;
    keys_[i] = key;
  }
  for (size_t i = 0; i < pairs; ++i) {
    const size_t bit = (keys_[i] >> 32) & (bits - 1);
    places_[num_places_].at = static_cast<uint32_t>(i);
    num_places_ += again_[bit / 64] >> (bit % 64) & 1;
  }
  const size_t left = num_places_;
  num_places_ = 0;
  NewStamp(left);
  for (size_t i = 0; i < left; ++i) Enter(keys_[places_[i].at], places_[i].at);  // writes at i
}

void Repetition::NextLevel() {
  KeepRepeated();
  ++n_;
  const size_t before = num_places_;
  num_places_ = num_ids_ = 0;
  if (before == 0) return;
  NewStamp(before);
  for (size_t i = 0; i + 1 < before; ++i) {
    const Place here = places_[i], next = places_[i + 1];
    if (next.at != here.at + 1) continue;
    Enter(static_cast<uint64_t>(here.id) << 32 | next.id, here.at);  // writes at or before i
  }
}

uint64_t Repetition::CharsAt(size_t at) const {
  uint64_t chars = 0;
  for (size_t i = at; i < at + n_; ++i) chars += lengths_[i];
  return chars;
}

uint64_t Repetition::TopChars() const {
  if (lengths_.size() < n_) return 0;
  uint32_t most = 1, at = 0;  // if nothing repeats, the first n-gram of the text
  for (size_t id = 0; id < num_ids_; ++id) {
    if (counts_[id] <= most) continue;
    most = counts_[id];
    at = firsts_[id];
  }
  return (CharsAt(at) + n_ - 1) * most;
}

uint64_t Repetition::DuplicateChars() {
  if (num_places_ == 0) return 0;
  std::fill_n(seen_.begin(), num_ids_, uint8_t{0});
  uint64_t chars = 0;
  size_t next = 0;
  for (size_t i = 0; i < num_places_; ++i) {
    const Place place = places_[i];
    if (place.at < next) continue;
    if (seen_[place.id] != 0) {
      chars += CharsAt(place.at);
      next = place.at + n_;
    }
    seen_[place.id] = 1;
  }
  return chars;
}

}  // namespace unecho::clean
