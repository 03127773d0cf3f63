#include "match/sentences.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

#include "text/sentence_signs.h"

namespace unecho {
namespace {

constexpr UChar32 kNone = -1;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macros
// The code point at `at`, which moves behind it; kNone at the end and for what is malformed.
UChar32 Next(std::string_view text, size_t& at) {
  if (at >= text.size()) return kNone;
  auto i = static_cast<int64_t>(at);
  UChar32 c;
  U8_NEXT(text.data(), i, static_cast<int64_t>(text.size()), c);
  at = static_cast<size_t>(i);
  return c < 0 ? kNone : c;
}
// The one in front of `at`, which moves to its first byte.
UChar32 Previous(std::string_view text, size_t& at) {
  if (at == 0) return kNone;
  auto i = static_cast<int32_t>(at);  // a record has 1 GiB at most
  UChar32 c;
  U8_PREV(text.data(), 0, i, c);
  at = static_cast<size_t>(i);
  return c < 0 ? kNone : c;
}
#pragma GCC diagnostic pop

bool HasMask(UChar32 c, uint32_t mask) { return c >= 0 && (U_GET_GC_MASK(c) & mask) != 0; }
bool IsLetter(UChar32 c) { return HasMask(c, U_GC_L_MASK | U_GC_M_MASK); }
bool IsOfWord(UChar32 c) { return HasMask(c, U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK); }
bool IsWhite(UChar32 c) { return c >= 0 && u_isUWhiteSpace(c); }
bool IsStraightQuote(UChar32 c) { return c == '"' || c == '\''; }
bool IsWide(UChar32 c) {
  return c >= 0 && kWideTerminators.find(static_cast<char32_t>(c)) != std::u32string_view::npos;
}
bool IsTerminator(UChar32 c) {
  return IsWide(c) || (c >= 0 && kTerminators.find(static_cast<char32_t>(c)) != std::u32string_view::npos);
}

// First bytes of terminators.
constexpr std::array<bool, 256> kMayTerminate = [] {
  std::array<bool, 256> may{};
  for (const std::u32string_view signs : {kTerminators, kWideTerminators}) {
    for (const char32_t c : signs) may[c < 0x80 ? c : c < 0x800 ? 0xc0 | c >> 6 : 0xe0 | c >> 12] = true;
  }
  return may;
}();

// A terminator, and the terminators, closing quotes and brackets behind it.
struct Run {
  size_t begin, end;
  bool is_dot = false;   // its only terminator is a '.'
  bool is_wide = false;  // it needs no blank
};

Run ReadRun(std::string_view line, size_t begin) {
  Run run = {begin, begin};
  size_t terminators = 0;
  for (size_t at = begin; at < line.size(); run.end = at) {
    const UChar32 c = Next(line, at);
    size_t behind = at;
    const bool closes = HasMask(c, U_GC_PE_MASK | U_GC_PF_MASK) || IsStraightQuote(c) ||
                        (HasMask(c, U_GC_PI_MASK) && (at == line.size() || IsWhite(Next(line, behind))));
    if (!closes && !IsTerminator(c)) break;
    terminators += IsTerminator(c);
    run.is_wide |= IsWide(c);
  }
  run.is_dot = terminators == 1 && line[begin] == '.';
  return run;
}

// Whether there is a letter behind the beginning of a sentence. What has been looked at is not looked at again: a line
// of signs alone has many terminators, and one sentence.
class LetterSearch {
 public:
  void Begin(size_t begin) {
    looked_to_ = begin;
    found_ = false;
  }
  bool FoundBefore(std::string_view line, size_t end) {
    while (!found_ && looked_to_ < end) found_ = IsLetter(Next(line, looked_to_));
    return found_;
  }

 private:
  size_t looked_to_ = 0;
  bool found_ = false;
};

size_t BehindWhiteSpace(std::string_view line, size_t at) {
  for (size_t next = at; at < line.size(); at = next) {
    if (!IsWhite(Next(line, next))) break;
  }
  return at;
}

// The word in front of `at` is a single letter, or a known abbreviation.
bool IsAbbreviated(std::string_view line, size_t at) {
  size_t begin = at, letters = 0;
  for (size_t before = at; IsOfWord(Previous(line, before)); begin = before) ++letters;
  const std::string_view word = line.substr(begin, at - begin);
  if (letters == 1) {
    size_t i = 0;
    return IsLetter(Next(word, i));
  }
  std::string lower(word);
  std::ranges::transform(lower, lower.begin(),
                         [](char b) { return b >= 'A' && b <= 'Z' ? static_cast<char>(b | 0x20) : b; });
  return std::ranges::find(kAbbreviations, lower) != std::end(kAbbreviations);
}

// Whether the sentence goes on behind the run. `next`: behind the white space that follows.
bool GoesOn(std::string_view line, LetterSearch& letters, const Run& run, size_t next) {
  if (!letters.FoundBefore(line, run.begin)) return true;
  UChar32 c = Next(line, next);
  while (HasMask(c, U_GC_PS_MASK | U_GC_PI_MASK) || IsStraightQuote(c)) c = Next(line, next);
  if (HasMask(c, U_GC_LL_MASK)) return true;
  return run.is_dot && (HasMask(c, U_GC_ND_MASK) || IsAbbreviated(line, run.begin));
}

}  // namespace

void CutSentences(std::string_view line, std::vector<Sentence>& out) {
  size_t begin = BehindWhiteSpace(line, 0);
  LetterSearch letters;
  letters.Begin(begin);
  for (size_t at = begin; at < line.size();) {
    if (!kMayTerminate[static_cast<uint8_t>(line[at])]) {
      ++at;
      continue;
    }
    size_t behind = at;
    if (!IsTerminator(Next(line, behind))) {
      at = behind;
      continue;
    }
    const Run run = ReadRun(line, at);
    at = run.end;
    const size_t next = BehindWhiteSpace(line, run.end);
    if (next == line.size()) break;
    if ((next == run.end && !run.is_wide) || GoesOn(line, letters, run, next)) continue;
    out.push_back({begin, run.end, next});
    begin = at = next;
    letters.Begin(begin);
  }
  if (begin == line.size()) return;
  size_t end = line.size();
  for (size_t before = end; end > begin; end = before) {
    if (!IsWhite(Previous(line, before))) break;
  }
  out.push_back({begin, end, line.size()});
}

}  // namespace unecho
