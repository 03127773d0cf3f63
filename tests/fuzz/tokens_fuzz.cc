// Fuzzes the tokeniser: any bytes, taken for text. The fast way must give the tokens of the definition (reference.h),
// and their hashes.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "kernels/kernels.h"
#include "kernels/word_hash.h"
#include "match/record_tokens.h"
#include "match/tokens.h"
#include "oracle/reference.h"

namespace {

void Check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

// What is behind a text must not matter: here, bytes that could end a sequence that it begins.
std::string Padded(std::string_view text) {
  return std::string(text) + std::string(unecho::Batch::kPaddingBytes, '\x99');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string padded = Padded({reinterpret_cast<const char*>(data), size});
  const std::string_view text = std::string_view(padded).substr(0, size);

  std::vector<std::string> tokens;
  unecho::AppendReferenceTokens(text, tokens);
  std::string want_joined;
  std::vector<uint64_t> want_hashes;
  for (const std::string& token : tokens) {
    want_joined += token + " ";
    want_hashes.push_back(unecho::HashBytes(Padded(token).data(), token.size()));
  }

  std::string joined;
  unecho::AppendNormalTokens(text, joined);
  Check(joined == want_joined, "other tokens than those of the definition");
  unecho::Tokenizer tokenizer;
  tokenizer.Add(text);
  Check(std::ranges::equal(tokenizer.hashes(), want_hashes), "other hashes than those of the tokens of the definition");

  using unecho::CompareBy;
  for (const CompareBy by : {CompareBy::kWords, CompareBy::kText, CompareBy::kCode, CompareBy::kCharacters}) {
    // What is ignored follows from the input, so that a failure comes again.
    unecho::Comparison comparison = {.by = by};
    comparison.diacritics = size % 2 != 0;
    comparison.numbers = size % 3 == 0;
    comparison.punctuation = comparison.letter_case = !comparison.IsNormalised() && size % 5 == 0;
    comparison.markup = size % 7 == 0;
    const unecho::TokenRules rules = {comparison, 5};
    const std::span<const std::string_view> pieces(&text, 1);
    const unecho::ReferenceTokens want = unecho::ReferenceTokensOf(pieces, comparison, rules.shingle_tokens);
    unecho::RecordTokens record;
    record.Read(rules, pieces);
    want_hashes.clear();
    for (const std::string& token : want.tokens) {
      want_hashes.push_back(unecho::HashBytes(Padded(token).data(), token.size()));
    }
    Check(std::ranges::equal(record.hashes(), want_hashes), "other tokens than the comparison has by the definition");
    Check(want.tokens.empty() || record.Id(rules, pieces) == unecho::IdOf(want), "another id than by the definition");
  }
  return 0;
}
