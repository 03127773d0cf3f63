// The marks of the kept records: which of them have a key in common with a record, and which are apart from it.
//
// In:      rows of marks (marks.h), in the order of keeping: the records have the numbers of match/index.
// Memory:  a kept record 8 bytes a word of its row, and 4 a key; a distinct key 20 to 32, and so a distinct text unless
//          there is --differ.
// Cost:    a cache miss or two a key; then one a kept record of equal key. There is one of these, unless --differ tells
//          them apart.
// Threads: any number of readers while nobody adds.
// Failure: none.
#ifndef UNECHO_SRC_MATCH_KEPT_MARKS_H_
#define UNECHO_SRC_MATCH_KEPT_MARKS_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/mapped_array.h"
#include "match/key_table.h"
#include "match/marks.h"

namespace unecho {

class KeptMarks {
 public:
  explicit KeptMarks(const MarkPlaces& places) : places_(places) {
    for (size_t key = 0; key < places.keys; ++key) of_key_.push_back(std::make_unique<OfKey>());
    if (places.first_differ == places.within) of_tokens_ = std::make_unique<OfTokens>();
  }

  // The next number is size().
  void Keep(MarkRow row) {
    const auto id = static_cast<uint32_t>(size());
    std::copy(row.begin(), row.end(), rows_.Extend(places_.width));
    if (of_tokens_) {
      of_tokens_->table.GrowFor(1);
      const Key128 tokens = TokensOf(row);
      if (of_tokens_->table.FindOrAdd(tokens.low, tokens.high).is_new) of_tokens_->kept.PushBack(id);
    }
    for (size_t key = 0; key < places_.keys; ++key) {
      OfKey& of_key = *of_key_[key];
      of_key.before.PushBack(0);
      if (!MarkPlaces::HasKey(row, key)) continue;
      of_key.table.GrowFor(1);
      const Key128 value = MarkPlaces::Key(row, key);
      const KeyTable::Found found = of_key.table.FindOrAdd(value.low, value.high);
      if (found.is_new) of_key.last.PushBack(0);
      of_key.before[id] = of_key.last[found.number];
      of_key.last[found.number] = id + 1;
    }
  }
  size_t size() const { return places_.width == 0 ? 0 : rows_.size() / places_.width; }

  MarkRow RowOf(uint32_t id) const { return {rows_.data() + id * places_.width, places_.width}; }
  bool IsApart(MarkRow row, uint32_t id) const { return places_.AreApart(row, RowOf(id)); }
  uint8_t FirstEqualKey(MarkRow row, uint32_t id) const { return places_.FirstEqualKey(row, RowOf(id)); }
  bool HasTokens(MarkRow row, uint32_t id) const { return row[0] == RowOf(id)[0] && row[1] == RowOf(id)[1]; }
  static constexpr uint32_t kNone = KeyTable::kNone;
  // The kept record of the same tokens and the same group, or kNone; where --differ may keep several, nobody is looked
  // for. Where there is one, no other kept record of the group has similarity 1.
  uint32_t WithTokens(MarkRow row) const {
    if (!of_tokens_) return kNone;
    const Key128 tokens = TokensOf(row);
    const uint32_t number = of_tokens_->table.Find(tokens.low, tokens.high);
    return number == kNone ? kNone : of_tokens_->kept[number];
  }

  // Long before the two above and below.
  void Prefetch(MarkRow row) const {
    if (of_tokens_) of_tokens_->table.PrefetchSlot(TokensOf(row).low);
    for (size_t key = 0; key < places_.keys; ++key) {
      if (MarkPlaces::HasKey(row, key)) of_key_[key]->table.PrefetchSlot(MarkPlaces::Key(row, key).low);
    }
  }

  // What WithTokens() goes by; nobody is looked for by it with --differ.
  bool looks_for_tokens() const { return of_tokens_ != nullptr; }
  Key128 TokensOf(MarkRow row) const { return {row[0] ^ row[places_.within], row[1]}; }

  // visit(id) once for each kept record from `first_id` on that has a key in common and is not apart. The latest of a
  // key first.
  template <typename Visit>
  void ForEachOfEqualKey(MarkRow row, uint32_t first_id, Visit&& visit) const {
    for (size_t key = 0; key < places_.keys; ++key) {
      if (!MarkPlaces::HasKey(row, key)) continue;
      const OfKey& of_key = *of_key_[key];
      const Key128 value = MarkPlaces::Key(row, key);
      const uint32_t number = of_key.table.Find(value.low, value.high);
      if (number == KeyTable::kNone) continue;
      for (uint32_t at = of_key.last[number]; at > first_id; at = of_key.before[at - 1]) {
        const uint32_t id = at - 1;
        if (FirstEqualKey(row, id) == key + 1 && !IsApart(row, id)) visit(id);
      }
    }
  }

  uint64_t memory_bytes() const {
    uint64_t bytes = rows_.memory_bytes();
    if (of_tokens_) bytes += of_tokens_->table.memory_bytes() + of_tokens_->kept.memory_bytes();
    for (const auto& of_key : of_key_)
      bytes += of_key->table.memory_bytes() + of_key->last.memory_bytes() + of_key->before.memory_bytes();
    return bytes;
  }

 private:
  struct OfKey {
    KeyTable table;
    MappedArray<uint32_t> last;    // by number of the table: the latest record that has the key, from 1
    MappedArray<uint32_t> before;  // by kept record: the one before it that has the key, from 1; 0: none
  };
  struct OfTokens {
    KeyTable table;
    MappedArray<uint32_t> kept;  // by number of the table
  };

  MarkPlaces places_;
  MappedArray<uint64_t> rows_;
  std::vector<std::unique_ptr<OfKey>> of_key_;  // by key
  std::unique_ptr<OfTokens> of_tokens_;         // null with --differ
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_KEPT_MARKS_H_
