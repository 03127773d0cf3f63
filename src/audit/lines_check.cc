#include "audit/lines_check.h"

#include "absl/strings/str_format.h"

namespace unecho {

absl::StatusOr<LinesCheck> LinesCheck::Open(const std::string& path, Words words, Violations& violations) {
  UNECHO_ASSIGN_OR_RETURN(LineStream lines, LineStream::Open(path));
  return LinesCheck(std::move(lines), std::move(words), violations);
}

void LinesCheck::ReportMissing(const std::string& ref) {
  violations_->Add(ref, absl::StrFormat("is %s but not in the %s", words_.fate, words_.file));
}

void LinesCheck::ReportChanged() {
  violations_->Add(*pending_, absl::StrFormat("%s line %d is not its text", words_.file, lines_.line()));
  lines_.Drop();
}

void LinesCheck::ReportForeign(std::string_view more) {
  violations_->Add(absl::StrFormat("%s line %d", words_.file, lines_.line()),
                   absl::StrFormat("belongs to no %s record%s", words_.fate, more));
  lines_.Drop();
}

absl::Status LinesCheck::Next(const std::string& ref, const std::string& want) {
  UNECHO_ASSIGN_OR_RETURN(auto line, lines_.Peek());
  if (pending_) {
    if (line != want) {
      ReportChanged();
      UNECHO_ASSIGN_OR_RETURN(line, lines_.Peek());
    } else {
      ReportMissing(*pending_);
    }
    pending_.reset();
  }
  if (!line) {
    ReportMissing(ref);
    return absl::OkStatus();
  }
  if (*line != want) {
    UNECHO_ASSIGN_OR_RETURN(const auto next, lines_.Peek(true));
    if (next != want) {
      pending_ = ref;
      return absl::OkStatus();
    }
    ReportForeign(" in turn");
  }
  lines_.Drop();
  return absl::OkStatus();
}

absl::Status LinesCheck::End(bool lacks_line_end) {
  UNECHO_ASSIGN_OR_RETURN(auto line, lines_.Peek());
  const bool is_empty = !line && lines_.line() == 1;
  if (pending_) line ? ReportChanged() : ReportMissing(*pending_);
  for (;;) {
    UNECHO_ASSIGN_OR_RETURN(line, lines_.Peek());
    if (!line) break;
    ReportForeign("");
  }
  if (lines_.ends_cut_off() && !lacks_line_end)
    violations_->Add(words_.file, "the last line has no line end");
  else if (lacks_line_end && !is_empty && !lines_.ends_cut_off())
    violations_->Add(words_.file, "the last line has a line end, which it has not in its source");
  return absl::OkStatus();
}

}  // namespace unecho
