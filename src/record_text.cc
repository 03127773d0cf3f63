#include "record_text.h"

#include <algorithm>

#include "absl/strings/str_join.h"
#include "audit_clean.h"
#include "audit_repeats.h"
#include "unecho/reference.h"
#include "word_diff.h"

namespace unecho {
namespace {

template <typename Key>
std::string Diff(std::string_view text_a, std::string_view text_b, bool colour, Key key) {
  const std::vector<std::string_view> a = SplitWords(text_a), b = SplitWords(text_b);
  std::vector<std::string> keys_a, keys_b;
  for (const std::string_view word : a) keys_a.push_back(key(word));
  for (const std::string_view word : b) keys_b.push_back(key(word));
  return RenderDiff(DiffWords(keys_a, keys_b), a, b, {.colour = colour});
}

}  // namespace

absl::StatusOr<Compared> ReadCompared(const InputFile& source, const AnswerOptions& answer, const ProvenanceEntry& entry) {
  Compared record;
  UNECHO_ASSIGN_OR_RETURN(record.found, FindRecord(source, answer, entry.ordinal));
  std::vector<std::string> texts = record.found.pieces;
  AuditCleaner(answer.clean).Clean(texts, record.found.num_titles, record.found.are_fields);
  if (!entry.removed_lines.empty()) {
    std::vector<AuditRepeats::Piece> pieces = AuditRepeats(answer.clean).Cut(texts, record.found.num_titles);
    for (size_t i = 0; i < pieces.size(); ++i) {
      bool any = false;
      for (AuditRepeats::Line& line : pieces[i].lines) {
        line.is_removed = !line.is_blank && std::ranges::any_of(entry.removed_lines, [&line](const RemovedLines& removed) {
          return line.number >= removed.line && line.number < removed.line + removed.lines;
        });
        any |= line.is_removed;
      }
      if (any) texts[i] = AuditRepeats::Left(pieces[i]);
    }
  }
  for (const std::string& text : texts) {
    AppendReferenceTokens(text, record.tokens);
    if (text.empty()) continue;
    record.text += record.text.empty() ? text : "\n" + text;
  }
  return record;
}

std::string DiffTexts(const Compared& a, const Compared& b, bool colour) {
  if (a.tokens == b.tokens) return DiffAsWritten(a.text, b.text, colour);
  return Diff(a.text, b.text, colour, [](std::string_view word) {
    std::vector<std::string> tokens;
    AppendReferenceTokens(word, tokens);
    return tokens.empty() ? std::string(word) : absl::StrJoin(tokens, " ");
  });
}

std::string DiffAsWritten(std::string_view a, std::string_view b, bool colour) {
  return Diff(a, b, colour, [](std::string_view word) { return std::string(word); });
}

std::string DiffLegend(std::string_view only_a, std::string_view only_b, bool colour) {
  const std::vector<std::string_view> a = {only_a}, b = {only_b};
  const std::vector<DiffRun> runs = {{DiffRun::Kind::kOnlyA, 0, 0, 1}, {DiffRun::Kind::kOnlyB, 1, 0, 1}};
  return RenderDiff(runs, a, b, {.colour = colour});
}

}  // namespace unecho
