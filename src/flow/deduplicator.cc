#include "unecho/deduplicator.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "base/batch.h"
#include "flow/prepare.h"
#include "match/exact.h"
#include "match/fates.h"
#include "match/near.h"
#include "match/sketch.h"

namespace unecho {
namespace {

AnswerOptions AnswerFor(const DeduplicatorOptions& given) {
  AnswerOptions answer;
  answer.threshold = given.threshold;
  answer.shingle_tokens = given.shingle_tokens;
  answer.seed = given.seed;
  answer.comparison = given.comparison;
  return answer;
}

constexpr size_t kTextsAtOnce = 256;  // a batch of the pipeline

}  // namespace

struct Deduplicator::Inside {
  explicit Inside(const AnswerOptions& answer)
      : bands(PlanBands(answer.threshold)),
        prepare(answer),
        sketch(bands, answer.shingle_tokens, answer.seed),
        near(bands, answer.threshold, answer.shingle_tokens, &fates) {}

  // Appends a record. The text is copied: the tokeniser reads behind it.
  void Take(std::span<const std::string_view> pieces) {
    Record record;
    record.first_piece = static_cast<uint32_t>(batch.pieces.size());
    record.num_pieces = static_cast<uint32_t>(pieces.size());
    for (const std::string_view piece : pieces) batch.pieces.push_back(batch.arena.Copy(piece));
    record.ordinal = ++num_added;
    batch.records.push_back(record);
  }

  absl::Status Decide() {
    prepare.Tokens(batch);
    UNECHO_RETURN_IF_ERROR(exact.FindOrAdd(batch));
    sketch(batch);
    UNECHO_RETURN_IF_ERROR(fates.CheckRoomFor(batch.records.size()));
    return near(batch);
  }

  static Answer AnswerOf(const Record& record) {
    const bool is_removed = record.fate == Fate::kExact || record.fate == Fate::kNear;
    return {record.fate, is_removed ? record.witness.ordinal - 1 : 0, is_removed ? record.similarity : 0};
  }

  absl::Status status;  // of the options
  BandPlan bands;
  Prepare prepare;
  ExactTable exact;
  Sketcher sketch;
  Fates fates;
  NearStage near;
  Batch batch;
  uint64_t num_added = 0;
};

absl::Status DeduplicatorOptions::Validate() const {
  if (!(threshold > 0 && threshold <= 1)) {
    return absl::InvalidArgumentError(
        absl::StrFormat("DeduplicatorOptions::threshold is %g; give a number above 0 and up to 1", threshold));
  }
  if (shingle_tokens < 1 || shingle_tokens > 64) {
    return absl::InvalidArgumentError(
        absl::StrFormat("DeduplicatorOptions::shingle_tokens is %d; give a number from 1 to 64", shingle_tokens));
  }
  if (comparison.by == CompareBy::kWorks) {
    return absl::InvalidArgumentError(
        "DeduplicatorOptions::comparison is of works, which have fields, and a text has none; take another");
  }
  return absl::OkStatus();
}

Deduplicator::Deduplicator(const DeduplicatorOptions& options)
    : inside_(std::make_unique<Inside>(AnswerFor(options.Validate().ok() ? options : DeduplicatorOptions()))) {
  inside_->status = options.Validate();
}
Deduplicator::~Deduplicator() = default;

absl::StatusOr<Deduplicator::Answer> Deduplicator::Add(std::span<const std::string_view> pieces) {
  Inside& in = *inside_;
  UNECHO_RETURN_IF_ERROR(in.status);
  in.batch.Clear();
  in.Take(pieces);
  UNECHO_RETURN_IF_ERROR(in.Decide());
  return Inside::AnswerOf(in.batch.records.front());
}

absl::StatusOr<std::vector<Deduplicator::Answer>> Deduplicator::AddAll(std::span<const std::string_view> texts) {
  Inside& in = *inside_;
  UNECHO_RETURN_IF_ERROR(in.status);
  std::vector<Answer> answers;
  answers.reserve(texts.size());
  for (size_t begin = 0; begin < texts.size(); begin += kTextsAtOnce) {
    in.batch.Clear();
    for (const std::string_view text : texts.subspan(begin, std::min(kTextsAtOnce, texts.size() - begin)))
      in.Take(std::span(&text, 1));
    UNECHO_RETURN_IF_ERROR(in.Decide());
    for (const Record& record : in.batch.records) answers.push_back(Inside::AnswerOf(record));
  }
  return answers;
}

uint64_t Deduplicator::num_added() const { return inside_->num_added; }
uint32_t Deduplicator::num_kept() const { return inside_->fates.num_kept(); }
uint64_t Deduplicator::memory_bytes() const {
  return inside_->near.index().memory_bytes() + inside_->exact.memory_bytes() + inside_->fates.memory_bytes();
}

}  // namespace unecho
