#include "commands/record_text.h"

#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "base/interrupt.h"
#include "oracle/reference.h"
#include "text/word_diff.h"

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

absl::StatusOr<Compared> ReadCompared(const InputFile& source, std::span<const InputFile> beside,
                                      const AnswerOptions& answer, const ProvenanceEntry& entry) {
  Compared record;
  const WantedRecord wanted{entry.ordinal, entry.removed_lines};
  UNECHO_RETURN_IF_ERROR(ReadAgain(source, SiblingLayouts(beside, answer.encoding, answer.segment), answer,
                                   {&wanted, 1}, &InterruptSignal(),
                                   [&record](size_t, Compared found) { record = std::move(found); }));
  return record;
}

std::string DiffTexts(const Compared& a, const Compared& b, const Comparison& comparison, bool colour) {
  if (a.tokens == b.tokens) return DiffAsWritten(a.text, b.text, colour);
  return Diff(a.text, b.text, colour, [&comparison](std::string_view word) {
    std::vector<std::string> tokens;
    AppendReferenceTokens(word, tokens, comparison);
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
