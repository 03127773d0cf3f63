// Repeated n-grams of words, for n = 2 to 10: the share of characters that the most frequent n-gram, or all repeated
// ones, cover (Gopher, table A1).
//
// Pairs of words that may come twice are found by a pass over two small bitmaps ("seen", "seen again"), without a
// branch a word; only they are numbered and counted in a table. An n-gram can only repeat where its first n - 1 words
// and its last n - 1 words do: so each further level numbers n-grams by the pair of numbers of the level below, and
// looks only at places that repeated there. Of English abstracts some percent of the words reach level 3, next to none
// level 5. No n-gram is ever built, and the answer is exact but for the 64-bit hashes of words and of pairs.
//
// Cost:    about 1 ns a word, and a table look-up for each place that is left at a level; nothing is allocated once it
//          has grown.
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
  // Level 2. The span of lengths stays in use until the last call of the others.
  void Begin(std::span<const uint64_t> hashes, std::span<const uint32_t> lengths);
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
    uint32_t stamp;  // of the level that filled it: no level has to clear the table
  };
  struct Place {
    uint32_t at;  // word
    uint32_t id;  // of the n-gram there
  };
  void NewStamp(size_t entries);
  Slot& Find(uint64_t key);
  void Enter(uint64_t key, uint32_t at);
  void KeepRepeated();
  uint64_t CharsAt(size_t at) const;

  std::span<const uint32_t> lengths_;
  size_t n_ = 0;
  std::vector<Slot> slots_;
  size_t mask_ = 0;
  uint32_t stamp_ = 0;
  std::vector<Place> places_;  // n-grams that come more than once, in order
  size_t num_places_ = 0;
  std::vector<uint32_t> counts_;  // by id; ids are given in order of first appearance
  std::vector<uint32_t> firsts_;  // where the n-gram came first
  size_t num_ids_ = 0;
  std::vector<uint8_t> seen_;
  std::vector<uint64_t> once_, again_;  // bitmaps of pairs of words
  std::vector<uint64_t> keys_;          // of pairs of words
};

}  // namespace unecho::clean

#endif  // UNECHO_SRC_CLEAN_REPETITION_H_
