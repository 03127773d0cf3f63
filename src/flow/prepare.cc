#include "flow/prepare.h"

#include <string>
#include <vector>

#include "base/batch.h"
#include "base/hash.h"
#include "layouts/cutter.h"
#include "match/record_tokens.h"
#include "oracle/reference.h"

namespace unecho {

void Prepare::Text(Batch& batch) const {
  Segment(*batch.layout, layout_options_, batch);
  clean_(batch);
}

void Prepare::Tokens(Batch& batch) const {
  if (exact_join_) {
    HashReferenceTokens(batch);
  } else {
    HashTokens(batch);
  }
  if (!make_marks_.idle()) make_marks_(batch);
}

void Prepare::HashTokens(Batch& batch) const {
  thread_local RecordTokens tokens;
  for (Record& record : batch.records) {
    if (record.reason != Reason::kNone) continue;
    tokens.Read(rules_, batch.PiecesOf(record));
    const std::span<const uint64_t> hashes = tokens.hashes();
    if (hashes.empty()) {
      RejectRecord(batch, record, Reason::kEmpty);
      continue;
    }
    if (clean_.RejectsLength(hashes.size())) {
      RejectRecord(batch, record, Reason::kMinLength);
      continue;
    }
    const Key128 key = tokens.Key();
    record.key_low = key.low;
    record.key_high = key.high;
    record.first_word = batch.num_words;
    record.num_words = static_cast<uint32_t>(hashes.size());
    tokens.WriteWords(batch.AddWords(hashes.size()));
    if (keep_hashes_) batch.word_hashes.insert(batch.word_hashes.end(), hashes.begin(), hashes.end());
  }
}

void Prepare::HashReferenceTokens(Batch& batch) const {
  for (Record& record : batch.records) {
    if (record.reason != Reason::kNone) continue;
    const ReferenceTokens reference =
        ReferenceTokensOf(batch.PiecesOf(record), rules_.comparison, rules_.shingle_tokens);
    const std::vector<std::string>& tokens = reference.tokens;
    if (tokens.empty()) {
      RejectRecord(batch, record, Reason::kEmpty);
      continue;
    }
    if (clean_.RejectsLength(tokens.size())) {
      RejectRecord(batch, record, Reason::kMinLength);
      continue;
    }
    const Key128 key = Hash128(ReferenceText(reference));
    record.key_low = key.low;
    record.key_high = key.high;
    record.num_words = static_cast<uint32_t>(tokens.size());
    if (keep_hashes_) {
      record.first_word = batch.word_hashes.size();
      for (const std::string& token : tokens) batch.word_hashes.push_back(Hash64(token));
    }
    const std::vector<uint64_t> shingles = ShinglesOf(reference, rules_.shingle_tokens);
    record.first_shingle = batch.shingles.size();
    record.num_shingles = static_cast<uint32_t>(shingles.size());
    batch.shingles.insert(batch.shingles.end(), shingles.begin(), shingles.end());
  }
}

}  // namespace unecho
