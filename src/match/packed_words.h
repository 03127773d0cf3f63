// Words of records in two bytes each, as far as they are frequent, and what they were, exactly.
//
// A word is a hash of 32 bits. Its lower half is a slot, and a slot belongs to one word: the first that came to it
// twice with no other in between, which frequent ones soon do and rare ones hardly ever. Of the words of a record a bit
// each says whether it is the one of its slot; the lower halves of all follow, and then the upper halves of those that
// are not. Who owns a slot never changes, so what was packed can be unpacked ever after.
//
// Cost:    a look-up a word, in 256 KiB.
// Memory:  from 2.1 bytes a word, where each has its slot, to 4.1, where none comes twice; of the slots 384 KiB.
// Threads: one that learns; any number that pack while nobody learns, and that unpack at any time.
// Failure: none.
#ifndef UNECHO_SRC_MATCH_PACKED_WORDS_H_
#define UNECHO_SRC_MATCH_PACKED_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace unecho {

class PackedWords {
 public:
  // Gives slots to words.
  void Learn(std::span<const uint32_t> words);

  // Appends them to `out`; a number from 0 to 255 says how much they take.
  uint8_t Pack(std::span<const uint32_t> words, std::vector<uint16_t>& out) const;
  static size_t Size(size_t count, uint8_t share) { return (count + 15) / 16 + count + Uppers(count, share); }
  void Unpack(const uint16_t* packed, size_t count, uint32_t* words) const;

  uint64_t memory_bytes() const { return kSlots * (sizeof owners_[0] + sizeof last_[0]); }

 private:
  static constexpr size_t kSlots = size_t{1} << 16;
  // There is room for so many: up to a 255th of the words more than there are.
  static size_t Uppers(size_t count, uint8_t share) { return (count * share + 254) / 255; }

  // Of slot 0 the word 0; of others 0 is no word, for its lower half is another one.
  std::unique_ptr<uint32_t[]> owners_ = std::make_unique<uint32_t[]>(kSlots);
  std::unique_ptr<uint16_t[]> last_ = std::make_unique<uint16_t[]>(kSlots);  // upper half of who came to a free one
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_PACKED_WORDS_H_
