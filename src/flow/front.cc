#include "flow/front.h"

namespace unecho {

Front::Front(const AnswerOptions& answer, const SourceNames& sources, bool hashes_texts)
    : prepare_(answer, hashes_texts),
      numbering_(sources, answer.strict, answer.layout, answer.segment, answer.reference.size()) {
  if (!answer.clean.dedup_lines && !answer.clean.dedup_paragraphs) {
    number_.numbering_ = &numbering_;
    return;
  }
  repeated_lines_.emplace(answer.clean, TokenRules{answer.comparison, answer.shingle_tokens});
  text_.emplace(Text{prepare_, *repeated_lines_});
  lines_.emplace(Lines{*repeated_lines_});
  tokens_.emplace(Tokens{prepare_, *repeated_lines_});
}

void Front::AddTo(Chain& chain) {
  if (!repeated_lines_) return chain.Parallel("prepare", prepare_);
  chain.Parallel("prepare", *text_);
  chain.InOrder("lines", numbering_, *lines_);
  chain.Parallel("tokens", *tokens_);
}

absl::Status Front::Serve(Batch& batch) {
  if (!repeated_lines_) {
    prepare_(batch);
    return numbering_(batch);
  }
  (*text_)(batch);
  UNECHO_RETURN_IF_ERROR(numbering_(batch));
  UNECHO_RETURN_IF_ERROR((*lines_)(batch));
  (*tokens_)(batch);
  return absl::OkStatus();
}

void Front::Text::operator()(Batch& batch) const {
  prepare.Text(batch);
  repeated_lines.Split(batch);
}

void Front::Tokens::operator()(Batch& batch) const {
  repeated_lines.Remove(batch);
  prepare.Tokens(batch);
}

}  // namespace unecho
