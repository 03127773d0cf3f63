// Repeated n-grams of words, for n = 1 to 10: the share of characters that the most frequent n-gram, or all repeated ones,
// cover (Gopher, table A1).
//
// An n-gram can only repeat where its first n - 1 words and its last n - 1 words do. So each level numbers n-grams by the
// pair of numbers of the level below, and looks only at places that repeated there: of English abstracts a half of the words
// reach level 2, some percent level 3, next to none level 5. No n-gram is ever built, and the answer is exact but for the
// 64-bit hashes of words.
//
// Cost:    one table look-up a word, and one for each place that is left at a level; nothing is allocated once it has grown.
// Threads: one Repetition per thread. Failure: none.
#ifndef UNECHO_SRC_CLEAN_REPETITION_H_
#define UNECHO_SRC_CLEAN_REPETITION_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace unecho::clean {

class Repetition {
 public:
  // Level 1. The spans stay in use until the last call of NextLevel().
  void Begin(std::span<const uint64_t> hashes, std::span<const uint32_t> lengths);
  // Is there a word with this hash?
  bool Contains(uint64_t hash) const;
  // Goes from n to n + 1.
  void NextLevel();
  // Characters of the most frequent n-gram, spaces between its words included, times how often it comes; of several as
  // frequent, the one that comes first. 0 if there are fewer than n words.
  uint64_t TopChars() const;
  // Characters (without spaces) of n-grams that came before, going through the text from n-gram to n-gram and over a
  // repeated one as a whole.
  uint64_t DuplicateChars();

 private:
  struct Slot {
    uint64_t key;
    uint32_t id;
    uint32_t stamp;      // of the level that filled it: no level has to clear the table
  };
  struct Place {
    uint32_t at;         // word
    uint32_t id;         // of the n-gram there
  };
  void NewStamp(size_t entries);
  Slot& Find(uint64_t key);
  void Enter(uint64_t key, uint32_t at);
  void KeepRepeated();
  uint64_t CharsAt(size_t at) const;

  std::span<const uint64_t> hashes_;
  std::span<const uint32_t> lengths_;
  size_t n_ = 0;
  std::vector<Slot> slots_;
  size_t mask_ = 0;
  uint32_t stamp_ = 0;
  std::vector<Place> places_;        // n-grams that come more than once, in order
  size_t num_places_ = 0;
  std::vector<uint32_t> counts_;     // by id; ids are given in order of first appearance
  std::vector<uint32_t> firsts_;     // where the n-gram came first
  size_t num_ids_ = 0;
  std::vector<uint8_t> seen_;
};

}  // namespace unecho::clean

#endif  // UNECHO_SRC_CLEAN_REPETITION_H_
