#include "unecho/record.h"

#include <algorithm>
#include <cstring>

#include "unecho/layouts.h"

namespace unecho {
namespace {

constexpr std::array<std::string_view, kNumFates> kFateNames = {"kept", "exact", "near", "contaminated", "rejected"};
constexpr std::array<std::string_view, kNumReasons> kReasonNames = {
    "",           "empty",       "too_long",           "invalid_json", "no_match_field", "field_not_string",
    "orphan_body", "title_without_body", "no_title", "malformed", "not_content",
    "language",
    "gopher_dup_para_frac", "gopher_dup_para_char_frac", "gopher_dup_line_frac", "gopher_dup_line_char_frac",
    "gopher_top_2_gram", "gopher_top_3_gram", "gopher_top_4_gram",
    "gopher_duplicated_5_n_grams", "gopher_duplicated_6_n_grams", "gopher_duplicated_7_n_grams",
    "gopher_duplicated_8_n_grams", "gopher_duplicated_9_n_grams", "gopher_duplicated_10_n_grams",
    "gopher_short_doc", "gopher_long_doc", "gopher_below_avg_threshold", "gopher_above_avg_threshold",
    "gopher_too_many_hashes", "gopher_too_many_ellipsis", "gopher_too_many_bullets", "gopher_too_many_end_ellipsis",
    "gopher_below_alpha_threshold", "gopher_enough_stop_words",
    "c4_lorem_ipsum", "c4_curly_bracket", "c4_too_few_sentences", "c4_too_few_paragraphs",
    "fineweb_empty", "fineweb_line_punct_ratio", "fineweb_short_line_ratio", "fineweb_char_dup_ratio", "fineweb_list_ratio",
    "pii_email", "pii_ip", "pii_card", "pii_phone",
    "only_repeated_lines", "min_length"};
constexpr std::array<std::string_view, kNumRewrites> kRewriteNames = {
    "html_entities", "mojibake", "control_characters", "soft_hyphens", "hard_wrapped", "nfc",
    "c4_lines", "pii_email", "pii_ip", "pii_card", "pii_phone",
    "repeated_paragraphs", "repeated_lines"};
constexpr std::array<std::string_view, kNumByteClasses> kByteClassNames = {"record", "furniture", "separator", "rejected"};

template <size_t N>
void AddTo(std::array<uint64_t, N>& to, const std::array<uint64_t, N>& from) {
  for (size_t i = 0; i < N; ++i) to[i] += from[i];
}

}  // namespace

std::string_view Name(Fate fate) { return kFateNames.at(static_cast<size_t>(fate)); }
std::string_view Name(Reason reason) { return kReasonNames.at(static_cast<size_t>(reason)); }
std::string_view Name(ByteClass byte_class) { return kByteClassNames.at(static_cast<size_t>(byte_class)); }
std::string_view Name(Rewrite rewrite) { return kRewriteNames.at(static_cast<size_t>(rewrite)); }

void RewriteCounts::Add(const RewriteCounts& other) {
  AddTo(records, other.records);
  AddTo(spans, other.spans);
}

void Ledger::Add(const Ledger& other) {
  bytes_read += other.bytes_read;
  AddTo(bytes, other.bytes);
  records_read += other.records_read;
  AddTo(fates, other.fates);
  AddTo(reasons, other.reasons);
  invalid_utf8 += other.invalid_utf8;
}

bool Ledger::Balances() const {
  auto sum = [](const auto& counts) { return std::accumulate(counts.begin(), counts.end(), uint64_t{0}); };
  return bytes_read == sum(bytes) && records_read == sum(fates) &&
         fates[static_cast<size_t>(Fate::kRejected)] == sum(reasons);
}

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
  const bool has_title = r.begins_with_title || layout == nullptr || layout->engine() != Engine::kJsonl;
  return std::ranges::any_of(PiecesOf(r), [&](std::string_view piece) { return !piece.empty() && (!has_title || piece != r.title); });
}

uint64_t Batch::memory_bytes() const {
  return bytes.capacity() + cuts.capacity() * sizeof(Cut) + records.capacity() * sizeof(Record) +
         pieces.capacity() * sizeof(std::string_view) + units.capacity() * sizeof(TextUnit) + arena.memory_bytes() + words.capacity() * sizeof(uint32_t) +
         word_hashes.capacity() * sizeof(uint64_t) + shingles.capacity() * sizeof(uint64_t) + sketches.capacity() + band_keys.capacity() * sizeof(uint64_t) +
         corpus.capacity() + corpus_ranges.capacity() * sizeof(iovec) + provenance.capacity() + rejects.capacity();
}

void Batch::Clear() {
  source = SourceId{};
  layout = nullptr;
  offset_bytes = 0;
  size = 0;
  ends_source = false;
  cuts.clear();
  snapshot.clear();
  context.clear();
  open_fragment = false;
  fragment_offset_bytes = 0;
  source_unit_bytes = 0;
  source_offset_bytes = 0;
  fragment_source_offset_bytes = 0;
  records.clear();
  pieces.clear();
  arena.Clear();
  ledger = Ledger{};
  bad_utf8.clear();
  num_lines = 0;
  rewrites = RewriteCounts{};
  num_words = 0;
  units.clear();
  word_hashes.clear();
  shingles.clear();
  num_sketches = 0;
  corpus.clear();
  corpus_ranges.clear();
  provenance.clear();
  rejects.clear();
  status = absl::OkStatus();
}

}  // namespace unecho
