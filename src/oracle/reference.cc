#include "oracle/reference.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdlib>

#include "absl/strings/str_format.h"
#include "base/hash.h"

namespace unecho {
namespace {

// ICU counts UTF-16 units in 32 bits, and a code point may fold to 18 of them, so longer texts are handed over in
// parts.
constexpr size_t kMaxPartBytes = size_t{64} << 20;

const icu::Normalizer2& NfkcCasefold() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(error);
  if (U_FAILURE(error)) std::abort();  // ICU was built without its own normalisation data
  return *normalizer;
}

constexpr UChar32 kLostLetter = 0xfffd;

bool FormsTokens(UChar32 c) {
  return c == kLostLetter || (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0;
}

// Of a script written without spaces: by its Script property, not by Script_Extensions.
bool IsTokenAlone(UChar32 c) {
  if (c == kLostLetter) return true;
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(c, &error)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR: return true;
    default: return false;
  }
}

void AppendUtf8(UChar32 c, std::string& out) {
  char bytes[U8_MAX_LENGTH];
  int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  out.append(bytes, static_cast<size_t>(size));
}

// `text` is well-formed.
void AppendTokensOfLetters(std::string_view text, std::vector<std::string>& out) {
  const auto whole = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString folded = NfkcCasefold().normalize(whole, error);
  if (U_FAILURE(error)) std::abort();  // out of memory: nothing else can fail here
  std::string token;
  auto finish = [&] {
    if (!token.empty()) out.push_back(token);
    token.clear();
  };
  for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 c = folded.char32At(i);
    if (!FormsTokens(c)) {
      finish();
    } else if (IsTokenAlone(c)) {
      finish();
      AppendUtf8(c, token);
      finish();
    } else {
      AppendUtf8(c, token);
    }
  }
  finish();
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
// A malformed sequence is a token: its bytes are a letter that nobody knows. Nothing composes across it.
void AppendTokensOfPart(std::string_view text, std::vector<std::string>& out) {
  const auto size = static_cast<int32_t>(text.size());
  int32_t begin = 0;  // of what is well-formed
  for (int32_t at = 0; at < size;) {
    const int32_t before = at;
    UChar32 c;
    U8_NEXT(text.data(), at, size, c);
    if (c >= 0) continue;
    AppendTokensOfLetters(text.substr(static_cast<size_t>(begin), static_cast<size_t>(before - begin)), out);
    out.emplace_back(text.substr(static_cast<size_t>(before), static_cast<size_t>(at - before)));
    begin = at;
  }
  AppendTokensOfLetters(text.substr(static_cast<size_t>(begin)), out);
}
#pragma GCC diagnostic pop

// A part may end before a space: nothing composes across it, and no token crosses it.
size_t PartSize(std::string_view text) {
  if (text.size() <= kMaxPartBytes) return text.size();
  const size_t space = text.find_last_of(" \n", kMaxPartBytes);
  return space == std::string_view::npos || space == 0 ? kMaxPartBytes : space;
}

std::string Join(std::span<const std::string> tokens) {
  std::string joined;
  for (const std::string& token : tokens) {
    if (!joined.empty()) joined += ' ';
    joined += token;
  }
  return joined;
}

}  // namespace

void AppendReferenceTokens(std::string_view text, std::vector<std::string>& out) {
  while (!text.empty()) {
    const size_t size = PartSize(text);
    AppendTokensOfPart(text.substr(0, size), out);
    text.remove_prefix(size);
  }
}

std::vector<uint64_t> ReferenceShingles(std::span<const std::string> tokens, int shingle_tokens) {
  std::vector<uint64_t> shingles;
  if (tokens.empty()) return shingles;
  const size_t width = std::min(static_cast<size_t>(shingle_tokens), tokens.size());
  for (size_t first = 0; first + width <= tokens.size(); ++first) {
    const std::string joined = Join(tokens.subspan(first, width));
    shingles.push_back(Hash64(joined));
  }
  std::ranges::sort(shingles);
  // Not std::ranges::unique: clang 14 cannot use the subrange of libstdc++ 12.
  shingles.erase(std::unique(shingles.begin(), shingles.end()), shingles.end());
  return shingles;
}

double ReferenceSimilarity(std::span<const uint64_t> a, std::span<const uint64_t> b) {
  size_t common = 0;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      ++common, ++i, ++j;
    } else if (a[i] < b[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  const size_t together = a.size() + b.size() - common;
  return together == 0 ? 0 : static_cast<double>(common) / static_cast<double>(together);
}

std::string ReferenceId(std::span<const std::string> tokens) {
  const std::string joined = Join(tokens);
  return Hex(Hash128(joined));
}

}  // namespace unecho
