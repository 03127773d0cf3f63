#include "audit/against.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_format.h"
#include "base/batch.h"
#include "base/status.h"
#include "layouts/cutter.h"
#include "oracle/reference.h"
#include "read/batch_reader.h"
#include "read/evaluation_sets.h"

namespace unecho {

AuditAgainst::AuditAgainst(const AnswerOptions& answer)
    : n_(static_cast<size_t>(answer.against_ngram_tokens)),
      shingle_tokens_(answer.shingle_tokens),
      join_(answer.threshold) {}

void AuditAgainst::Enter(std::string ref, size_t set, const ReferenceTokens& record) {
  const std::span<const std::string> tokens = record.tokens;
  if (tokens.empty() || !by_id_.emplace(IdOf(record), texts_.size()).second) return;
  const size_t text = texts_.size();
  by_ref_.emplace(ref, text);
  texts_.push_back({std::move(ref), set, ShinglesOf(record, shingle_tokens_)});
  join_.Keep(texts_.back().shingles);
  if (tokens.size() < std::min<size_t>(n_, kMinAgainstTokens)) return;
  const size_t length = std::min(n_, tokens.size());
  if (std::ranges::find(lengths_, length) == lengths_.end()) lengths_.push_back(length);
  for (size_t first = 0; first + length <= tokens.size(); ++first) {
    std::vector<size_t>& having = by_run_[ReferenceId(tokens.subspan(first, length))];
    if (having.empty() || having.back() != text) having.push_back(text);
  }
}

std::optional<AuditAgainst::Shared> AuditAgainst::Find(std::span<const std::string> tokens) const {
  std::map<std::string, const std::vector<size_t>*> shared;  // run -> the texts that have it
  for (const size_t length : lengths_) {
    for (size_t first = 0; first + length <= tokens.size(); ++first) {
      const std::string run = ReferenceId(tokens.subspan(first, length));
      if (const auto found = by_run_.find(run); found != by_run_.end()) shared[run] = &found->second;
    }
  }
  std::map<size_t, uint64_t> runs_of;
  for (const auto& [run, texts] : shared) {
    for (const size_t text : *texts) ++runs_of[text];
  }
  std::optional<Shared> best;
  for (const auto& [text, ngrams] : runs_of) {
    if (!best || ngrams > best->ngrams) best = Shared{text, ngrams};
  }
  return best;
}

std::optional<size_t> AuditAgainst::ByRef(std::string_view ref) const {
  const auto found = by_ref_.find(Abs(ref));
  return found == by_ref_.end() ? std::nullopt : std::optional<size_t>(found->second);
}

absl::StatusOr<std::unique_ptr<AuditAgainst>> AuditAgainst::Read(const AnswerOptions& answer,
                                                                 std::span<const InputFile> sets) {
  std::unique_ptr<AuditAgainst> against(new AuditAgainst(answer));
  const AnswerOptions own = OptionsOfSets(answer);
  std::atomic<uint64_t> bytes{0};
  BatchReader reader(
      sets, [&](size_t i) { return OpenInput(sets[i], nullptr); }, own, RunOptions().batch_bytes, &bytes);
  against->counts_.resize(sets.size());
  const size_t least = std::min<size_t>(against->n_, kMinAgainstTokens);
  Batch batch;
  for (;;) {
    batch.Clear();
    UNECHO_ASSIGN_OR_RETURN(const bool more, reader.Fill(batch));
    if (!more) return against;
    Segment(*batch.layout, own.segment, batch);
    const auto set = static_cast<size_t>(batch.source);
    against->counts_[set].layout = batch.layout->name();
    for (const Record& record : batch.records) {
      if (!record.is_last_fragment) continue;
      Counts& counts = against->counts_[set];
      ++counts.records;
      ReferenceTokens reference;
      if (record.reason == Reason::kNone) {
        reference = ReferenceTokensOf(batch.PiecesOf(record), own.comparison, own.shingle_tokens);
      }
      const size_t num_tokens = reference.tokens.size();
      counts.unusable += num_tokens == 0;
      counts.too_short += num_tokens > 0 && num_tokens < least;
      against->Enter(absl::StrFormat("%s#%d", sets[set].name, counts.records), set, reference);
    }
  }
}

}  // namespace unecho
