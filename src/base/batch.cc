#include "base/batch.h"

#include <algorithm>
#include <cstring>

namespace unecho {

char* TextArena::Reserve(size_t size) {
  const size_t need = size + kPaddingBytes;
  while (current_ < blocks_.size() && blocks_[current_].bytes.size() - blocks_[current_].used < need) ++current_;
  if (current_ == blocks_.size()) {
    // 64 KiB: a batch of a few hundred records fits into a handful of blocks.
    blocks_.push_back({std::vector<char>(std::max(need, size_t{64} << 10)), 0});
  }
  return blocks_[current_].bytes.data() + blocks_[current_].used;
}

std::string_view TextArena::Commit(size_t used) {
  Block& block = blocks_[current_];
  const std::string_view text(block.bytes.data() + block.used, used);
  block.used += used;
  return text;
}

std::string_view TextArena::Copy(std::string_view text) {
  char* to = Reserve(text.size());
  if (!text.empty()) std::memcpy(to, text.data(), text.size());
  return Commit(text.size());
}

void TextArena::Clear() {
  for (Block& block : blocks_) block.used = 0;
  current_ = 0;
}

uint64_t TextArena::memory_bytes() const {
  uint64_t total = 0;
  for (const Block& block : blocks_) total += block.bytes.capacity();
  return total;
}

bool Batch::HasText(const Record& r) const {
  return std::ranges::any_of(PiecesOf(r), [&](std::string_view piece) {
    return !piece.empty() && (!r.begins_with_title || piece != r.title);
  });
}

void Batch::PiecesOfField(const Record& r, size_t field, std::vector<std::string_view>& out) const {
  out.clear();
  for (size_t i = r.first_piece; i < size_t{r.first_piece} + r.num_pieces; ++i) {
    if (FieldOfPiece(i) == field && !pieces[i].empty()) out.push_back(pieces[i]);
  }
}

namespace {

uint64_t BlockBytes(const std::vector<std::string>& blocks) {
  uint64_t bytes = 0;
  for (const std::string& block : blocks) bytes += block.capacity();
  return bytes;
}

}  // namespace

uint64_t Batch::memory_bytes() const {
  return bytes.capacity() + cuts.capacity() * sizeof(Cut) + records.capacity() * sizeof(Record) +
         pieces.capacity() * sizeof(std::string_view) + units.capacity() * sizeof(TextUnit) + arena.memory_bytes() +
         words.capacity() * sizeof(uint32_t) + word_hashes.capacity() * sizeof(uint64_t) +
         (shingles.capacity() + works.capacity() / 2) * sizeof(uint64_t) + fields.capacity() * sizeof(NamedField) +
         marks.capacity() * sizeof(uint64_t) + sketches.capacity() + band_keys.capacity() * sizeof(uint64_t) +
         corpus.capacity() + corpus_ranges.capacity() * sizeof(iovec) + provenance.capacity() + rejects.capacity() +
         removed.capacity() + piece_fields.capacity() + similarities.capacity() * sizeof(double) +
         on_disk.capacity() * sizeof(OnDisk) + stored_sources.capacity() * sizeof(uint32_t) + BlockBytes(index_blocks);
}

void Batch::Clear() {
  source = SourceId{};
  layout = nullptr;
  held_layout.reset();
  traits = &kNoLayout;
  offset_bytes = 0;
  size = 0;
  ends_source = false;
  cuts.clear();
  snapshot.clear();
  context.clear();
  open_fragment = false;
  fragment_offset_bytes = 0;
  source_widths = nullptr;
  source_offset_bytes = 0;
  fragment_source_offset_bytes = 0;
  records.clear();
  pieces.clear();
  piece_fields.clear();
  fields.clear();
  arena.Clear();
  ledger = Ledger{};
  bad_utf8.clear();
  num_lines = 0;
  seen_names = 0;
  furniture_texts.clear();
  doubt.clear();
  misfit.clear();
  rewrites = RewriteCounts{};
  num_words = 0;
  units.clear();
  word_hashes.clear();
  shingles.clear();
  works.clear();
  has_works = false;
  marks.clear();
  marks_width = 0;
  fields_found = 0;
  placeholders.clear();
  num_sketches = 0;
  num_on_disk = 0;
  on_disk.clear();
  similarities.clear();
  stored_sources.clear();
  index_blocks.clear();
  corpus.clear();
  fills = {};
  corpus_ranges.clear();
  provenance.clear();
  rejects.clear();
  removed.clear();
  status = absl::OkStatus();
}

void CountAccepted(Batch& batch, const Record& record) {
  const uint64_t own = record.size_bytes - record.furniture_bytes;
  batch.ledger[ByteClass::kRecord] += own - record.left_out_bytes;
  batch.ledger[ByteClass::kLeftOut] += record.left_out_bytes;
}

void RejectRecord(Batch& batch, Record& record, Reason reason) {
  record.reason = reason;
  record.fate = Fate::kRejected;
  const uint64_t own = record.size_bytes - record.furniture_bytes;
  batch.ledger[ByteClass::kRecord] -= own - record.left_out_bytes;
  batch.ledger[ByteClass::kLeftOut] -= record.left_out_bytes;
  record.left_out_bytes = 0;
  batch.ledger[ByteClass::kRejected] += own;
}

}  // namespace unecho
