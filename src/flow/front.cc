#include "flow/front.h"

namespace unecho {

Front::Front(const AnswerOptions& answer, const SourceNames& sources, const OftenUnits* often, PrepareWants wants)
    : prepare_(answer, wants),
      numbering_(sources, answer.strict, answer.layout, answer.segment, answer.reference.size()) {
  if (!answer.clean.dedups()) {
    number_.numbering_ = &numbering_;
    return;
  }
  repeated_lines_.emplace(answer.clean, TokenRules{answer.comparison, answer.shingle_tokens}, often);
  text_.emplace(Text{prepare_, *repeated_lines_});
  if (!answer.clean.dedup_inside) lines_.emplace(Lines{*repeated_lines_});
  tokens_.emplace(Tokens{prepare_, *repeated_lines_, answer.clean.dedup_inside});
}

void Front::AddTo(Chain& chain) {
  if (!repeated_lines_) return chain.Parallel("prepare", prepare_);
  chain.Parallel("prepare", *text_);
  if (lines_)
    chain.InOrder("lines", numbering_, *lines_);
  else
    chain.InOrder("lines", numbering_);
  chain.Parallel("tokens", *tokens_);
}

void Front::AddUnitsTo(Chain& chain) { chain.Parallel("prepare", *text_); }

absl::Status Front::Serve(Batch& batch) {
  if (!repeated_lines_) {
    prepare_(batch);
    return numbering_(batch);
  }
  (*text_)(batch);
  UNECHO_RETURN_IF_ERROR(numbering_(batch));
  if (lines_) UNECHO_RETURN_IF_ERROR((*lines_)(batch));
  (*tokens_)(batch);
  return absl::OkStatus();
}

void Front::Text::operator()(Batch& batch) const {
  prepare.Text(batch);
  repeated_lines.Split(batch);
}

void Front::Tokens::operator()(Batch& batch) const {
  if (inside) repeated_lines.FindInside(batch);
  repeated_lines.Remove(batch);
  prepare.Tokens(batch);
}

}  // namespace unecho
