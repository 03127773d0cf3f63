#include "flow/prepare.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/batch.h"
#include "base/hash.h"
#include "kernels/kernels.h"
#include "layouts/cutter.h"
#include "match/record_tokens.h"
#include "oracle/reference.h"
#include "oracle/reference_fields.h"
#include "works/fillable_fields.h"
#include "works/judge.h"
#include "works/make_work.h"
#include "works/work_fields.h"

namespace unecho {

namespace {

// Of the pieces that are not empty, joined by a newline: at once, for the kernels hash what is in one piece.
uint64_t HashOfText(std::span<const std::string_view> pieces) {
  thread_local std::string joined;
  joined.clear();
  std::string_view only;
  for (const std::string_view piece : pieces) {
    if (piece.empty()) continue;
    if (only.empty()) {
      only = piece;
      continue;
    }
    if (joined.empty()) joined.assign(only);
    joined += '\n';
    joined += piece;
  }
  const std::string_view text = joined.empty() ? only : joined;
  return ActiveKernels().hash64(text.data(), text.size());
}

// Of ASCII.
bool HasLetter(std::span<const std::string_view> pieces) {
  return std::ranges::any_of(pieces, [](std::string_view piece) {
    return std::ranges::any_of(piece, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  });
}

}  // namespace

void Prepare::Text(Batch& batch) const {
  Segment(*batch.layout, layout_options_, batch);
  clean_(batch);
}

void Prepare::Tokens(Batch& batch) const {
  if (rules_.comparison.by == CompareBy::kWorks) {
    HashWorks(batch);
  } else if (exact_join_ && num_fields_ > 0) {
    HashReferenceFields(batch);
  } else if (exact_join_) {
    HashReferenceTokens(batch);
  } else if (num_fields_ > 0) {
    HashFields(batch);
  } else {
    HashTokens(batch);
  }
  if (!make_marks_.idle()) make_marks_(batch);
  if (!wants_.text_hash) return;
  for (Record& record : batch.records) {
    if (record.reason == Reason::kNone) record.text_hash = HashOfText(batch.PiecesOf(record));
  }
}

void Prepare::HashTokens(Batch& batch) const {
  thread_local RecordTokens tokens;
  for (Record& record : batch.records) {
    if (record.reason != Reason::kNone) continue;
    if (knows_by_letters_ && HasLetter(batch.PiecesOf(record))) {
      record.num_words = 1;
      continue;
    }
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

void Prepare::HashWorks(Batch& batch) const {
  thread_local RecordTokens tokens;
  thread_local WorkMaker maker;
  thread_local Work self;
  for (Record& record : batch.records) {
    if (record.reason != Reason::kNone) continue;
    tokens.Read(rules_, batch.PiecesOf(record));
    record.first_work_word = batch.works.size();
    const WorkFields fields = WorkFieldsOf(batch, record);
    batch.has_works = batch.has_works || fields.IsBibliographic();
    maker.Append(fields, batch.works);
    if (merges_) record.said_fields = SaidIn(fields), record.given_fields = GivenIn(fields);
    record.num_work_words = static_cast<uint32_t>(batch.works.size() - record.first_work_word);
    const size_t num_tokens = tokens.hashes().size();
    const bool is_empty = num_tokens == 0 && SaysNothing(batch.WorkOf(record));
    if (is_empty || clean_.RejectsLength(num_tokens)) {
      batch.works.resize(record.first_work_word);
      RejectRecord(batch, record, is_empty ? Reason::kEmpty : Reason::kMinLength);
      continue;
    }
    const std::span<const uint32_t> work = batch.WorkOf(record);
    self.Read(work);
    // Of works that say too little to be the same as any other, records are equal only if their bytes are.
    const Key128 key = SaysEnough(self) ? Hash128(work.data(), work.size_bytes()) : Hash128(record.raw);
    record.key_low = key.low;
    record.key_high = key.high;
    record.asides = 0;  // databases differ in all that no work is known by
    // A record without a title may be a work all the same.
    record.num_words = static_cast<uint32_t>(std::max<size_t>(1, num_tokens));
  }
}

void Prepare::HashFields(Batch& batch) const {
  thread_local RecordTokens tokens;
  thread_local std::vector<std::string_view> pieces;
  thread_local std::vector<Key128> keys;  // of the fields
  for (Record& record : batch.records) {
    if (record.reason != Reason::kNone) continue;
    const size_t first = batch.num_words;
    batch.AddWords(num_fields_);
    keys.clear();
    for (size_t field = 0; field < num_fields_; ++field) {
      batch.PiecesOfField(record, field, pieces);
      tokens.Read(rules_, pieces);
      batch.words[first + field] = static_cast<uint32_t>(tokens.hashes().size());
      tokens.WriteWords(batch.AddWords(tokens.hashes().size()));
      keys.push_back(tokens.Key());
    }
    const size_t num_tokens = batch.num_words - first - num_fields_;
    if (num_tokens == 0 || clean_.RejectsLength(num_tokens)) {
      batch.num_words = first;
      RejectRecord(batch, record, num_tokens == 0 ? Reason::kEmpty : Reason::kMinLength);
      continue;
    }
    const Key128 key = Hash128(keys.data(), keys.size() * sizeof(Key128));
    record.key_low = key.low;
    record.key_high = key.high;
    record.first_word = first;
    record.num_words = static_cast<uint32_t>(batch.num_words - first);
  }
}

void Prepare::HashReferenceFields(Batch& batch) const {
  for (Record& record : batch.records) {
    if (record.reason != Reason::kNone) continue;
    const auto views = batch.PiecesOf(record);
    const std::vector<std::string> pieces(views.begin(), views.end());
    std::vector<uint8_t> field_of;
    for (size_t i = 0; i < pieces.size(); ++i)
      field_of.push_back(static_cast<uint8_t>(batch.FieldOfPiece(record.first_piece + i)));
    const ReferenceFields fields =
        ReferenceFieldsOf(pieces, field_of, num_fields_, rules_.comparison, rules_.shingle_tokens);
    const size_t num_tokens = NumTokens(fields);
    if (num_tokens == 0 || clean_.RejectsLength(num_tokens)) {
      RejectRecord(batch, record, num_tokens == 0 ? Reason::kEmpty : Reason::kMinLength);
      continue;
    }
    const Key128 key = Hash128(IdOf(fields));
    record.key_low = key.low;
    record.key_high = key.high;
    record.num_words = static_cast<uint32_t>(num_tokens);
    AddShingles(batch, record, ShinglesOfFields(fields, rules_.shingle_tokens));
  }
}

void Prepare::AddShingles(Batch& batch, Record& record, std::span<const uint64_t> shingles) {
  record.first_shingle = batch.shingles.size();
  record.num_shingles = static_cast<uint32_t>(shingles.size());
  batch.shingles.insert(batch.shingles.end(), shingles.begin(), shingles.end());
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
    AddShingles(batch, record, ShinglesOf(reference, rules_.shingle_tokens));
  }
}

}  // namespace unecho
