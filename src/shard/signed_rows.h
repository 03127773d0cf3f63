// The structs that stand in the files of tasks: plain, of fixed size, little-endian.
#ifndef UNECHO_SRC_SHARD_SIGNED_ROWS_H_
#define UNECHO_SRC_SHARD_SIGNED_ROWS_H_

#include <cstddef>
#include <cstdint>

#include "base/hash.h"
#include "match/sketch.h"

namespace unecho {

// sign/N/records: a record with tokens, in input order. Its place in the file is its *position* in the shard.
struct SignedRow {
  uint64_t text_hash, asides;
  uint64_t ordinal;
  uint32_t source;
  uint32_t unique;  // number of its token sequence in the shard, in order of first appearance
  uint8_t is_repeat, is_reference, spare, first_key;  // Record::first_key
  uint32_t check;                                     // XXH3-64 of the bytes before, its low half

  uint32_t Check() const { return static_cast<uint32_t>(XXH3_64bits(this, offsetof(SignedRow, check))); }
};
static_assert(sizeof(SignedRow) == 40);

// sign/N/texts: a token sequence, by number.
struct TextRow {
  uint64_t key_low, key_high;  // Record::key_low
  uint64_t first_word;         // in sign/N/words
  uint64_t words_hash;         // XXH3-64 of them
  uint32_t num_words, spare;
  uint64_t check;  // XXH3-64 of the bytes before

  uint64_t Check() const { return XXH3_64bits(this, offsetof(TextRow, check)); }
};
static_assert(sizeof(TextRow) == 48);

// sign/N/sequences: the same order. What `resolve` has to know of a token sequence.
struct SequenceRow {
  uint32_t position;  // of its first record
  uint32_t num_records, num_references;
  uint32_t num_words;  // 0: it is contaminated, and meets nobody
};
static_assert(sizeof(SequenceRow) == 16);

// sign/N/cuts: where a record is that `write` need not look into (second_reading.h), in input order: also one that was
// rejected.
struct CutRow {
  uint64_t offset;  // bytes, in the source
  uint32_t bytes, left_out;
  uint64_t line : 48;  // before it, in the source
  uint64_t reason : 8;
  uint64_t has_text : 1, has_mark : 1, spare : 6;
};
static_assert(sizeof(CutRow) == 24);
// sign/N/cut_names: for each, with --id-field or a FIELD of --keep, the bytes of the record in which they stand; none:
// it has none.
struct CutNames {
  uint32_t id_begin, id_bytes, order_begin, order_bytes;
};
static_assert(sizeof(CutNames) == 16);
// sign/N/cut_sources: a source that is all in `cuts`. sign/N/cut_titles: what is said of its titles, sentences that end
// with a zero byte.
struct CutSource {
  uint64_t first_cut, num_cuts;
  uint64_t seen_names;  // Batch::seen_names
  uint32_t source;
  uint32_t title_bytes;  // in cut_titles, in the same order
};
static_assert(sizeof(CutSource) == 32);

// sign/N/strings: the same order, with --id-field or a FIELD of --keep. In sign/N/string_bytes, as JSON: first the id.
struct StringsRow {
  uint64_t begin;
  uint32_t id_bytes, order_bytes;
};
static_assert(sizeof(StringsRow) == 16);

// sign/N/order: with a FIELD of --keep, the values that say how all are written (flow/order_notation.h), in order. In
// sign/N/order_bytes, as JSON.
struct OrderRow {
  uint64_t ordinal;
  uint32_t source, bytes;
};
static_assert(sizeof(OrderRow) == 16);

// sign/N/keys: what may make two records meet, a section a partition, by number. An even key says that the two are
// equal in something, tokens or a --key; an odd one that a band agrees, and then the sketches must.
#pragma pack(push, 4)
struct KeyEntry {
  uint64_t key;
  uint32_t unique;
};
#pragma pack(pop)
static_assert(sizeof(KeyEntry) == 12);
inline uint64_t KeyOfEqual(uint64_t hash) { return hash & ~uint64_t{1}; }
// A band's key is a hash that begins with its number.
inline uint64_t KeyOfBand(uint64_t hash) { return hash | 1; }
inline bool IsOfBand(uint64_t key) { return (key & 1) != 0; }
inline size_t PartitionOf(uint64_t key, size_t num_partitions) {
  constexpr int kHighBits = 32;  // there are fewer partitions than that
  return static_cast<size_t>(((key >> kHighBits) * num_partitions) >> kHighBits);
}

// sign/N/sketches: kSketchBytes a token sequence, by number.

// A token sequence of a shard.
struct ShardUnique {
  uint32_t shard, unique;
};
// pairs/P/links: the two are in one component.
struct Link {
  ShardUnique a, b;
};
static_assert(sizeof(Link) == 16);

// resolve/00000/group-G: for each shard that has some its number and how many, as 32-bit numbers, and so many of these,
// by position: where one record stands for its token sequence, the first; else all.
struct GroupRow {
  uint32_t position, unique;
  uint32_t num_records, num_references;  // of the token sequence in the shard
};
static_assert(sizeof(GroupRow) == 16);

// decide/G/fates, a section a shard, and sign/N/contaminated: what became of a token sequence, in the order of their
// first records.
struct FateRow {
  uint32_t unique;
  uint8_t fate, by_key;  // of a record that is not the witness itself, and no reference
  uint16_t spare;
  // The first token sequence of the section whose records are in the same group, and how many are in it of the shards
  // before.
  uint32_t group, members_before;
  uint32_t ngrams;
  uint32_t witness_source;
  uint64_t witness_ordinal;
  uint64_t witness_text_hash, witness_asides;
  double similarity;
  uint64_t more_begin;  // in the section of this shard in the file `more`: similarities of fields (doubles), then ...
  uint32_t similarity_bytes, id_bytes;  // ... witness_id
};
static_assert(sizeof(FateRow) == 72);

}  // namespace unecho

#endif  // UNECHO_SRC_SHARD_SIGNED_ROWS_H_
