// An index's files of any bytes whose hashes are right, as somebody might make them: a manifest that is read reads the
// same when it is written again, and so does a block of records; nothing is read behind its end.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "base/hash.h"
#include "store/block.h"
#include "store/manifest.h"
#include "store/record_block.h"

namespace unecho {
namespace {

void Check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "store: %s\n", what);
  std::abort();
}

// All in front of the last member, which this adds.
void CheckManifest(std::string text) {
  text += ",\n  \"hash\": \"" + Hex(Hash128(text)) + "\"\n}\n";
  const absl::StatusOr<Manifest> manifest = ParseManifest(text);
  if (!manifest.ok()) return;
  const std::string again = ManifestText(*manifest);
  const absl::StatusOr<Manifest> read_again = ParseManifest(again);
  Check(read_again.ok(), "a manifest that was written cannot be read");
  Check(ManifestText(*read_again) == again, "a manifest changes when it is read and written");
}

StoredRecord StoredOf(const Batch& batch, const Record& record, uint32_t num_fields) {
  StoredRecord stored;
  stored.key = {record.key_low, record.key_high};
  if (record.fate != Fate::kKept) {
    stored.witness = record.kept_id;
    stored.similarity = record.similarity;
    stored.by_key = record.by_key;
    stored.has_tokens = record.fate == Fate::kExact;
    stored.agreeing = record.agreeing;
    stored.similarities = std::span(batch.similarities).subspan(record.first_similarity, num_fields);
    return stored;
  }
  stored.source = batch.stored_sources[static_cast<size_t>(&record - batch.records.data())];
  stored.ordinal = record.ordinal;
  stored.text_hash = record.text_hash;
  stored.asides = record.asides;
  // A work without tokens has one in a run.
  stored.words =
      record.num_words == 1 && record.num_work_words > 0 ? std::span<const uint32_t>() : batch.WordsOf(record);
  stored.work_words = batch.WorkOf(record);
  stored.marks = batch.MarksOf(record);
  stored.id = record.id;
  return stored;
}

void CheckRecords(const BlockHead& head, std::string_view payload) {
  Batch batch;
  if (!ReadRecordBlock(head, payload, batch).ok()) return;
  Check(batch.records.size() == head.count, "another number of records than the head says");
  RecordsHead columns;
  std::memcpy(&columns, payload.data(), sizeof columns);
  RecordBlocks blocks(head.first_record, head.first_kept);
  size_t words = 0, ids = 0;
  for (const Record& record : batch.records) {
    const StoredRecord stored = StoredOf(batch, record, columns.num_fields);
    Check(record.fate == Fate::kKept || stored.witness < head.first_kept + columns.num_kept,
          "a witness that is not there");
    for (const uint32_t word : stored.words) words += word != 0;
    for (const uint32_t word : stored.work_words) words += word != 0;
    ids += stored.id.size();
    blocks.Add(stored);
  }
  Check(words * sizeof(uint32_t) + ids <= payload.size(), "more than the block has");
  Batch again;
  BlockHead written = head;
  written.count = static_cast<uint32_t>(batch.records.size());
  const std::string block = blocks.Take();
  Check(ReadRecordBlock(written, std::string_view(block).substr(sizeof head), again).ok(),
        "a block that was written cannot be read");
  Check(std::ranges::equal(batch.records, again.records,
                           [](const Record& a, const Record& b) {
                             return a.key_low == b.key_low && a.key_high == b.key_high && a.fate == b.fate &&
                                    a.ordinal == b.ordinal && a.id == b.id && a.num_work_words == b.num_work_words;
                           }),
        "records change when they are read and written");
}

// `bytes`: what a head says of itself, and a payload.
void CheckBlock(std::string_view bytes) {
  uint32_t numbers[4] = {};
  std::memcpy(numbers, bytes.data(), std::min(bytes.size(), sizeof numbers));
  bytes.remove_prefix(std::min(bytes.size(), sizeof numbers));
  std::string block = BeginBlock(static_cast<BlockKind>(numbers[0]), numbers[1], numbers[2], numbers[3]);
  block += bytes;
  PackBlock(block);
  const absl::StatusOr<BlockHead> head = ReadBlockHead(std::string_view(block).substr(0, sizeof(BlockHead)));
  Check(head.ok(), "the head of a block that was packed");
  std::string plain;
  Check(UnpackBlock(*head, std::string_view(block).substr(sizeof *head), plain).ok() && plain == bytes,
        "a block does not unpack to what it was");
  CheckRecords(*head, plain);
  uint64_t members = 0;
  (void)ReadMembers(*head, plain, [&](uint32_t /*kept*/, uint32_t count) {
    members += count;
    return absl::OkStatus();
  });
}

// A head with the right hash in front of any payload, packed or not.
void CheckPacked(std::string_view bytes) {
  BlockHead head{};
  std::memcpy(&head, bytes.data(), std::min(bytes.size(), sizeof head));
  const std::string_view payload = bytes.substr(std::min(bytes.size(), sizeof head));
  std::memcpy(head.magic, kBlockMagic.data(), sizeof head.magic);
  head.packed_bytes = payload.size();
  head.plain_bytes %= size_t{1} << 20;
  head.payload_hash = Hash64(payload);
  head.head_hash = Hash64({reinterpret_cast<const char*>(&head), offsetof(BlockHead, head_hash)});
  const absl::StatusOr<BlockHead> read = ReadBlockHead({reinterpret_cast<const char*>(&head), sizeof head});
  std::string plain;
  if (read.ok() && UnpackBlock(*read, payload, plain).ok()) CheckRecords(*read, plain);
}

}  // namespace
}  // namespace unecho

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 3) {
    case 0: unecho::CheckManifest(std::string(bytes)); break;
    case 1: unecho::CheckBlock(bytes); break;
    default: unecho::CheckPacked(bytes); break;
  }
  return 0;
}
