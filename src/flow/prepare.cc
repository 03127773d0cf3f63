#include "flow/prepare.h"

#include "base/batch.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <string>
#include <vector>

#include "layouts/cutter.h"
#include "match/tokens.h"
#include "oracle/reference.h"

namespace unecho {

void Prepare::Text(Batch& batch) const {
  Segment(*batch.layout, layout_options_, batch);
  clean_(batch);
}

void Prepare::Tokens(Batch& batch) const {
  if (exact_join_) {
    ReferenceTokens(batch);
  } else {
    HashTokens(batch);
  }
}

void Prepare::HashTokens(Batch& batch) const {
  thread_local Tokenizer tokenizer;
  for (Record& record : batch.records) {
    if (record.reason != Reason::kNone) continue;
    tokenizer.Clear();
    for (const std::string_view piece : batch.PiecesOf(record)) tokenizer.Add(piece);
    const std::span<const uint64_t> hashes = tokenizer.hashes();
    if (hashes.empty()) {
      RejectRecord(batch, record, Reason::kEmpty);
      continue;
    }
    if (clean_.RejectsLength(hashes.size())) {
      RejectRecord(batch, record, Reason::kMinLength);
      continue;
    }
    const XXH128_hash_t key = XXH3_128bits(hashes.data(), hashes.size_bytes());
    record.key_low = key.low64;
    record.key_high = key.high64;
    record.first_word = batch.num_words;
    record.num_words = static_cast<uint32_t>(hashes.size());
    uint32_t* words = batch.AddWords(hashes.size());
    for (size_t i = 0; i < hashes.size(); ++i) words[i] = static_cast<uint32_t>(hashes[i]);
    if (keep_hashes_) batch.word_hashes.insert(batch.word_hashes.end(), hashes.begin(), hashes.end());
  }
}

void Prepare::ReferenceTokens(Batch& batch) const {
  std::vector<std::string> tokens;
  std::string joined;
  for (Record& record : batch.records) {
    if (record.reason != Reason::kNone) continue;
    tokens.clear();
    joined.clear();
    for (const std::string_view piece : batch.PiecesOf(record)) AppendReferenceTokens(piece, tokens);
    if (tokens.empty()) {
      RejectRecord(batch, record, Reason::kEmpty);
      continue;
    }
    if (clean_.RejectsLength(tokens.size())) {
      RejectRecord(batch, record, Reason::kMinLength);
      continue;
    }
    for (const std::string& token : tokens) joined.append(token) += ' ';
    const XXH128_hash_t key = XXH3_128bits(joined.data(), joined.size());
    record.key_low = key.low64;
    record.key_high = key.high64;
    record.num_words = static_cast<uint32_t>(tokens.size());
    if (keep_hashes_) {
      record.first_word = batch.word_hashes.size();
      for (const std::string& token : tokens) batch.word_hashes.push_back(XXH3_64bits(token.data(), token.size()));
    }
    const std::vector<uint64_t> shingles = ReferenceShingles(tokens, shingle_tokens_);
    record.first_shingle = batch.shingles.size();
    record.num_shingles = static_cast<uint32_t>(shingles.size());
    batch.shingles.insert(batch.shingles.end(), shingles.begin(), shingles.end());
  }
}

}  // namespace unecho
