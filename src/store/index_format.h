// The format of an index on disk. docs/unecho-index.5.md says the same to who writes another program.
//
//   papers.idx/       a folder
//     manifest        JSON: parameters, known answers, the runs in order. Replaced as a whole, last of all
//     run-000001      what the first run added: blocks, one behind the other. Never changed
//     lock            held by the run that adds
//
// A block is a head of 64 bytes and a payload, one Zstandard frame. Numbers are little-endian, doubles those of
// IEEE 754; all machines that unecho runs on have both. A run has a block of its sources, then blocks of records, then
// blocks of members. Where blocks end depends on the records alone.
//
// Threads: plain values. Failure: none.
#ifndef UNECHO_SRC_STORE_INDEX_FORMAT_H_
#define UNECHO_SRC_STORE_INDEX_FORMAT_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace unecho {

static_assert(std::endian::native == std::endian::little);

inline constexpr std::string_view kIndexFormat = "unecho index";
inline constexpr uint64_t kIndexVersion = 1;
inline constexpr std::string_view kBlockMagic = "unechoB1";

enum class BlockKind : uint32_t {
  // Names of the run's sources, in order. Payload: u32 size[count], then their bytes.
  kSources = 1,
  // Distinct records, in the order in which they were decided. Payload: a RecordsHead; then columns:
  //   u64 key_low[n], key_high[n]   XXH3-128 of the tokens, and of the marks where fields say what is the same
  //   u32 witness[n]                number of the kept record that it was removed for; kIsKept: it was kept itself
  // of the r = n - k removed ones, in order:
  //   f64 similarity[r]
  //   u32 found[r]                  8 bits: the --key that its witness has, too, from 1; bit 8: it has the same tokens;
  //                                 16 bits from 16 on: what agrees, with --compare works (works/judge.h)
  //   f64 similarities[r * num_fields]   in each field of --match
  // and of the k kept ones:
  //   u32 source[k]; u64 ordinal[k], text_hash[k], asides[k]
  //   u32 num_words[k], num_work_words[k], id_size[k]
  //   u64 marks[k * marks_width]
  //   u32 words[...], work_words[...]; the bytes of their ids, as JSON text
  kRecords = 2,
  // How many records kept ones stand for, themselves counted; those that are not listed stand for themselves, or as an
  // earlier run says. Payload: u32 kept[count], members[count].
  kMembers = 3,
};

struct BlockHead {
  char magic[8];
  uint32_t kind;
  uint32_t count;         // of sources, records, members
  uint64_t first_record;  // kRecords: number of its first record in the index, from 0 ...
  uint64_t first_kept;    // ... and of its first kept one among the kept ones
  uint64_t plain_bytes;   // of the payload, once unpacked
  uint64_t packed_bytes;  // of the payload
  uint64_t payload_hash;  // XXH3-64 of the payload
  uint64_t head_hash;     // XXH3-64 of the 56 bytes before
};
static_assert(sizeof(BlockHead) == 64);

struct RecordsHead {
  uint32_t num_records, num_kept, marks_width, num_fields;
};
static_assert(sizeof(RecordsHead) == 16);

inline constexpr uint32_t kIsKept = UINT32_MAX;

}  // namespace unecho

#endif  // UNECHO_SRC_STORE_INDEX_FORMAT_H_
