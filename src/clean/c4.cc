// C4, line by line: which lines stay, and how many sentences they have.
//
// The phrases are looked for in one pass over the whole text, by a pair of letters each; only where the pair stands is
// the phrase itself compared, and only lines with such a place are looked at closely.
#include <algorithm>
#include <array>
#include <bit>

#include "clean/quality.h"
#include "clean/scan.h"

namespace unecho::clean {
namespace {

enum class Phrase : uint8_t { kLoremIpsum, kJavascript, kPolicy, kBracket };
struct Place {
  size_t at;
  Phrase phrase;
};

struct Needle {
  std::string_view text;  // in lower case
  size_t pair;            // where its pair of letters stands
  Phrase phrase;
};
constexpr Needle kLoremIpsum = {"lorem ipsum", 7, Phrase::kLoremIpsum},
                 kJavascript = {"javascript", 0, Phrase::kJavascript}, kTerms = {"terms of use", 3, Phrase::kPolicy},
                 kPrivacy = {"privacy policy", 5, Phrase::kPolicy};
constexpr std::array<Needle, 4> kCookies = {{{"cookie policy", 3, Phrase::kPolicy},
                                             {"uses cookies", 8, Phrase::kPolicy},
                                             {"use of cookies", 10, Phrase::kPolicy},
                                             {"use cookies", 7, Phrase::kPolicy}}};

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

// Notes the phrase if it stands around the pair that begins at `at`.
void Look(std::string_view text, size_t at, const Needle& needle, std::vector<Place>& places) {
  if (at < needle.pair || text.size() - (at - needle.pair) < needle.text.size()) return;
  const size_t begin = at - needle.pair;
  for (size_t i = 0; i < needle.text.size(); ++i) {
    if (Lower(text[begin + i]) != needle.text[i]) return;
  }
  places.push_back({begin, needle.phrase});
}

// In order of the pairs, so in order of lines.
void FindPhrases(std::string_view text, std::vector<Place>& places) {
  places.clear();
  uint64_t j_before = 0, p_before = 0, k_before = 0, m_before = 0, c_before = 0;
  for (size_t i = 0; i < text.size(); i += 64) {
    const char* block = text.data() + i;
    const uint64_t inside = Inside(text.size() - i);
    const uint64_t j = LetterMask<'j'>(block), p = LetterMask<'p'>(block), k = LetterMask<'k'>(block),
                   m = LetterMask<'m'>(block), c = LetterMask<'c'>(block), s = LetterMask<'s'>(block);
    const uint64_t ja = (j << 1 | j_before >> 63) & LetterMask<'a'>(block);
    const uint64_t ps = (p << 1 | p_before >> 63) & s, ms = (m << 1 | m_before >> 63) & s;
    const uint64_t ki = (k << 1 | k_before >> 63) & LetterMask<'i'>(block);
    const uint64_t cy = (c << 1 | c_before >> 63) & LetterMask<'y'>(block);
    const uint64_t bracket = EqualMask<'{'>(block);
    for (uint64_t rest = (ja | ps | ms | ki | cy | bracket) & inside; rest != 0; rest &= rest - 1) {
      const uint64_t bit = rest & (0 - rest);
      const size_t second = i + static_cast<size_t>(std::countr_zero(rest));
      if (bit & bracket) places.push_back({second, Phrase::kBracket});
      if (second == 0) continue;
      const size_t at = second - 1;
      if (bit & ja) Look(text, at, kJavascript, places);
      if (bit & ps) Look(text, at, kLoremIpsum, places);
      if (bit & ms) Look(text, at, kTerms, places);
      if (bit & cy) Look(text, at, kPrivacy, places);
      if (bit & ki) {
        for (const Needle& needle : kCookies) Look(text, at, needle, places);
      }
    }
    j_before = j, p_before = p, k_before = k, m_before = m, c_before = c;
  }
}

// The size of a citation at the '[' that `text` begins with ([12], [], [edit], [citation needed]); 0 if there is none.
size_t CitationSize(std::string_view text) {
  size_t i = 1;
  while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
  if (i < text.size() && text[i] == ']') return i + 1;
  for (const std::string_view word : {std::string_view("[edit]"), std::string_view("[citation needed]")}) {
    if (text.starts_with(word)) return word.size();
  }
  return 0;
}

// Appends `line` without its citations to `out`; gives how many there were. Nothing is appended if there were none.
uint64_t DropCitations(std::string_view line, std::string& out) {
  uint64_t dropped = 0;
  size_t copied = 0;
  for (size_t at = 0; (at = line.find('[', at)) != line.npos;) {
    const size_t size = CitationSize(line.substr(at));
    if (size == 0) {
      ++at;
      continue;
    }
    out += line.substr(copied, at - copied);
    copied = at = at + size;
    ++dropped;
  }
  if (dropped > 0) out += line.substr(copied);
  return dropped;
}

bool EndsSentence(std::string_view line) {
  if (line.empty() || line.ends_with("...")) return false;
  const char c = line.back();
  return c == '.' || c == '?' || c == '!' || c == '"' || c == '\'';
}

bool IsClosing(char c) { return c == '"' || c == '\'' || c == ')' || c == ']' || c == '}'; }

}  // namespace

// Reads 64 bytes behind the line. A sentence ends with a run of . ! ? and the quotes and brackets that close behind it,
// if white space follows and what comes then does not begin with a small letter ("e.g. this").
uint64_t CountSentences(std::string_view line) {
  line = Strip(line);
  uint64_t sentences = line.empty() ? 0 : 1;
  size_t done = 0;
  for (size_t block = 0; block < line.size(); block += 64) {
    for (uint64_t stops = StopMask(line.data() + block) & Inside(line.size() - block); stops != 0; stops &= stops - 1) {
      size_t i = block + static_cast<size_t>(std::countr_zero(stops));
      if (i < done) continue;
      while (i < line.size() && (line[i] == '.' || line[i] == '!' || line[i] == '?')) ++i;
      done = i;
      while (i < line.size() && IsClosing(line[i])) ++i;
      if (i == line.size() || static_cast<uint8_t>(line[i]) > 0x20) continue;
      while (i < line.size() && static_cast<uint8_t>(line[i]) <= 0x20) ++i;
      sentences += i < line.size() && !(line[i] >= 'a' && line[i] <= 'z');
    }
  }
  return sentences;
}

void ReadC4Lines(const Shape& shape, const C4Rules& rules, bool ask_lorem, bool ask_bracket, C4Lines& out) {
  thread_local std::vector<Place> places;
  out.lorem_ipsum = out.curly_bracket = false;
  out.sentences = out.spans = 0;
  out.lines.clear();
  out.kept.clear();
  out.kept.reserve(shape.text().size() + 64);  // the views into it stay, and 64 bytes behind them are readable
  FindPhrases(shape.text(), places);
  auto place = places.cbegin();
  for (const Line& line : shape.lines()) {
    bool lorem = false, javascript = false, policy = false, bracket = false;
    for (; place != places.cend() && place->at < line.end; ++place) {
      lorem |= place->phrase == Phrase::kLoremIpsum;
      javascript |= place->phrase == Phrase::kJavascript;
      policy |= place->phrase == Phrase::kPolicy;
      bracket |= place->phrase == Phrase::kBracket;
    }
    std::string_view text = shape.Text(line);
    std::string_view stripped = Strip(text);
    out.lines.push_back({});
    // White space alone is dropped without a word: nothing is lost that could be read.
    const bool counts = !stripped.empty();
    if (line.longest_chunk > rules.max_word_length) {
      out.spans += counts;
      continue;
    }
    uint64_t citations = 0;
    if (rules.remove_citations && stripped.find('[') != stripped.npos) {
      const size_t before = out.kept.size();
      citations = DropCitations(stripped, out.kept);
      if (citations > 0) text = stripped = std::string_view(out.kept).substr(before);
    }
    const bool dropped_before_the_phrases =
        (rules.filter_no_terminal_punct && !EndsSentence(stripped)) || line.chunks < rules.min_words_per_line;
    if (dropped_before_the_phrases) {
      out.spans += counts;
      continue;
    }
    if (lorem && ask_lorem) {
      out.lorem_ipsum = true;
      return;
    }
    if (javascript && rules.filter_javascript) {
      out.spans += counts;
      continue;
    }
    if (bracket && ask_bracket) {
      out.curly_bracket = true;
      return;
    }
    if (policy && rules.filter_policy) {
      out.spans += counts;
      continue;
    }
    out.spans += citations;
    out.sentences += CountSentences(stripped);
    out.lines.back() = text;
  }
}

}  // namespace unecho::clean
