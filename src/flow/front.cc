#include "flow/front.h"

#include "base/batch.h"

namespace unecho {

FrontStages::FrontStages(const AnswerOptions& answer, const SourceNames& sources)
    : prepare_(answer), number_(sources, answer.strict, answer.layout, answer.segment.match_fields) {
  if (answer.clean.dedup_lines || answer.clean.dedup_paragraphs) repeats_.emplace(answer.clean);
}

void FrontStages::AddTo(std::deque<Stage>& stages) {
  stages.emplace_back("prepare", false, [this](Batch& batch) {
    prepare_.Text(batch);
    if (repeats_)
      repeats_->Split(batch);
    else
      prepare_.Tokens(batch);
    return absl::OkStatus();
  });
  if (!repeats_) return;
  Stage& lines = stages.emplace_back("lines", true, nullptr);
  lines.work = [this, &lines](Batch& batch) -> absl::Status {
    UNECHO_RETURN_IF_ERROR(number_(batch));
    UNECHO_RETURN_IF_ERROR(repeats_->Find(batch));
    lines.peak_bytes = repeats_bytes_ = repeats_->memory_bytes();
    return absl::OkStatus();
  };
  stages.emplace_back("tokens", false, [this](Batch& batch) {
    repeats_->Remove(batch);
    prepare_.Tokens(batch);
    return absl::OkStatus();
  });
}

}  // namespace unecho
