#include "flow/front.h"

namespace unecho {

Front::Front(const AnswerOptions& answer, const SourceNames& sources)
    : prepare_(answer), numbering_(sources, answer.strict, answer.layout, answer.segment.match_fields) {
  if (!answer.clean.dedup_lines && !answer.clean.dedup_paragraphs) {
    number_.numbering_ = &numbering_;
    return;
  }
  repeats_.emplace(answer.clean);
  text_.emplace(Text{prepare_, *repeats_});
  lines_.emplace(Lines{*repeats_});
  tokens_.emplace(Tokens{prepare_, *repeats_});
}

void Front::AddTo(Chain& chain) {
  if (!repeats_) return chain.Parallel("prepare", prepare_);
  chain.Parallel("prepare", *text_);
  chain.InOrder("lines", numbering_, *lines_);
  chain.Parallel("tokens", *tokens_);
}

void Front::Text::operator()(Batch& batch) const {
  prepare.Text(batch);
  repeats.Split(batch);
}

void Front::Tokens::operator()(Batch& batch) const {
  repeats.Remove(batch);
  prepare.Tokens(batch);
}

}  // namespace unecho
