// Fuzzes the tokeniser: any bytes, taken for text. The fast way must give the tokens of the definition (reference.h),
// and their hashes.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "kernels/kernels.h"
#include "kernels/word_hash.h"
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
  return 0;
}
