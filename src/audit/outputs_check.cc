#include "audit/outputs_check.h"

#include <filesystem>

#include "absl/strings/str_format.h"
#include "audit/claimed_text.h"

namespace unecho {

absl::Status OutputsCheck::Open(const AuditOptions& options) {
  const AnswerOptions& answer = evidence_.answer;
  if (answer.annotate) ListCopies();
  std::error_code ignored;
  if (!options.corpus.empty() && answer.as_input) {
    UNECHO_ASSIGN_OR_RETURN(form_, FormCheck::Open(evidence_, options.corpus));
  } else if (std::filesystem::is_directory(options.corpus, ignored)) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: is a folder, as --output-dir makes one, and the run that is audited wrote one corpus; name that, or say "
        "--as input",
        options.corpus));
  } else if (!options.corpus.empty()) {
    UNECHO_ASSIGN_OR_RETURN(corpus_, LinesCheck::Open(options.corpus, {"corpus", "kept"}, evidence_.violations));
    UNECHO_ASSIGN_OR_RETURN(objects_, TableObjects::Of(options.corpus));
  }
  if (!options.rejects.empty()) {
    UNECHO_ASSIGN_OR_RETURN(rejects_,
                            LinesCheck::Open(options.rejects, {"file of rejects", "rejected"}, evidence_.violations));
  }
  if (!options.removed.empty()) {
    UNECHO_ASSIGN_OR_RETURN(
        removed_, LinesCheck::Open(options.removed, {"file of removed records", "removed"}, evidence_.violations));
  }
  return absl::OkStatus();
}

void OutputsCheck::ListCopies() {
  copies_.resize(evidence_.claims->all.size());
  const bool has_ids = !evidence_.answer.segment.id_field.empty();
  for (size_t i = 0; i < evidence_.claims->all.size(); ++i) {
    const Claim& claim = evidence_.ClaimOf(i);
    if (claim.witness == Claim::kNoWitness) continue;
    AuditCopies& copies = copies_[claim.witness];
    copies.refs.push_back(evidence_.Ref(i));
    if (has_ids) copies.ids.emplace_back(claim.id);
  }
}

OutputsCheck::Lines OutputsCheck::LinesOf(size_t i, const AuditSpan& span, const RecordFacts& facts,
                                          RecordReader& reader) const {
  Lines lines;
  const Fate fate = evidence_.ClaimOf(i).fate;
  if (fate == Fate::kRejected && rejects_) lines.rejects = RejectsLine(evidence_, i, span);
  if (fate == Fate::kRejected || fate == Fate::kReference || facts.reason != Reason::kNone) return lines;
  const std::string ref = evidence_.Ref(i);
  const bool is_kept = fate == Fate::kKept;
  const std::string mark = evidence_.answer.mark || (removed_ && !is_kept) ? MarkText(evidence_, i) : "";
  if (corpus_ && (is_kept || evidence_.answer.mark)) {
    const AuditCopies* const copies = evidence_.answer.annotate ? &copies_[i] : nullptr;
    AuditSpan filled = span;
    const std::vector<NamedField> fields = evidence_.merged.Fields(i);
    if (!evidence_.merged.Text(i).empty()) filled.bytes = evidence_.merged.Text(i);
    if (!fields.empty()) (filled.segmented ? *filled.segmented : filled.segmented.emplace()).fields = fields;
    lines.corpus = reader.CorpusLine(filled, facts, ref, copies, evidence_.answer.mark ? mark : "");
  }
  if (removed_ && !is_kept) lines.removed = reader.CorpusLine(span, facts, ref, nullptr, mark);
  return lines;
}

absl::Status OutputsCheck::Take(size_t i, const Lines& lines) {
  const std::string ref = evidence_.Ref(i);
  const auto take = [&ref](std::optional<LinesCheck>& file, const std::string& line) {
    return file && !line.empty() ? file->Next(ref, line) : absl::OkStatus();
  };
  UNECHO_RETURN_IF_ERROR(take(rejects_, lines.rejects));
  UNECHO_RETURN_IF_ERROR(take(removed_, lines.removed));
  return take(corpus_, objects_ && !lines.corpus.empty() ? objects_->LineOf(lines.corpus) : lines.corpus);
}

absl::Status OutputsCheck::TakeSource(uint32_t source, std::string_view text, const FormOptions& options,
                                      const AuditSource& reading) {
  return form_ ? form_->CheckSource(source, text, options, reading) : absl::OkStatus();
}

absl::Status OutputsCheck::End() {
  for (std::optional<LinesCheck>* const file : {&corpus_, &rejects_, &removed_}) {
    if (*file) UNECHO_RETURN_IF_ERROR((*file)->End());
  }
  if (objects_ && !objects_->HasColumnsOfLines())
    evidence_.violations.Add("corpus", "its columns are not those that its lines ask for");
  return form_ ? form_->End() : absl::OkStatus();
}

}  // namespace unecho
