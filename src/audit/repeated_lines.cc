#include "audit/repeated_lines.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "absl/strings/str_format.h"
#include "oracle/reference.h"
#include "text/json.h"
#include "text/sentence_signs.h"

namespace unecho {
namespace {

// With their line ends: LF, CRLF or CR.
std::vector<AuditRepeatedLines::Line> CutLines(const std::string& text) {
  std::vector<AuditRepeatedLines::Line> lines(1);
  for (size_t i = 0; i < text.size(); ++i) {
    lines.back().text += text[i];
    const bool is_end = text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
    if (is_end && i + 1 < text.size()) lines.emplace_back();
  }
  return lines;
}

// The rule of sentences.
class SentenceCutter {
 public:
  explicit SentenceCutter(const std::string& line) {
    // Sign by sign: a malformed byte is one that means nothing.
    for (size_t at = 0; at < line.size();) {
      auto i = static_cast<int32_t>(at);
      const UChar32 c = NextCodePoint(line, i);
      signs_.push_back({c, line.substr(at, static_cast<size_t>(i) - at)});
      const size_t before = letters_before_.empty() ? 0 : letters_before_.back();
      if (letters_before_.empty()) letters_before_.push_back(0);
      letters_before_.push_back(before + Is(signs_.size() - 1, U_GC_L_MASK | U_GC_M_MASK));
      at = static_cast<size_t>(i);
    }
  }

  std::vector<AuditRepeatedLines::Sentence> Cut(std::string& indentation) const {
    std::vector<AuditRepeatedLines::Sentence> sentences;
    size_t begin = SkipWhite(0);
    indentation = Text(0, begin);
    while (begin < signs_.size()) {
      size_t end = begin;
      while (end < signs_.size() && !EndsIn(begin, end)) ++end;
      const size_t next = SkipWhite(end);
      size_t text_end = end;
      while (next == signs_.size() && text_end > begin && IsWhite(text_end - 1)) --text_end;
      sentences.push_back({Text(begin, text_end), Text(text_end, next), {}, 0, false});
      begin = next;
    }
    return sentences;
  }

 private:
  struct Sign {
    UChar32 c;  // negative: malformed
    std::string bytes;
  };

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
  static UChar32 NextCodePoint(const std::string& line, int32_t& i) {
    UChar32 c;
    U8_NEXT(line.data(), i, static_cast<int32_t>(line.size()), c);
    return c;
  }
#pragma GCC diagnostic pop

  std::string Text(size_t begin, size_t end) const {
    std::string text;
    for (size_t i = begin; i < end; ++i) text += signs_[i].bytes;
    return text;
  }
  bool Is(size_t i, uint32_t mask) const {
    return i < signs_.size() && signs_[i].c >= 0 && (U_GET_GC_MASK(signs_[i].c) & mask) != 0;
  }
  bool IsWhite(size_t i) const { return signs_[i].c >= 0 && u_isUWhiteSpace(signs_[i].c); }
  bool IsStraightQuote(size_t i) const { return i < signs_.size() && (signs_[i].c == '"' || signs_[i].c == '\''); }
  bool Closes(size_t i) const {
    const bool is_in_front = i + 1 == signs_.size() || IsWhite(i + 1);
    return Is(i, U_GC_PE_MASK | U_GC_PF_MASK) || IsStraightQuote(i) || (Is(i, U_GC_PI_MASK) && is_in_front);
  }
  bool Terminates(size_t i) const { return IsOneOf(i, kTerminators) || IsOneOf(i, kWideTerminators); }
  bool IsOneOf(size_t i, std::u32string_view signs) const {
    return signs_[i].c >= 0 && signs.find(static_cast<char32_t>(signs_[i].c)) != std::u32string_view::npos;
  }
  size_t SkipWhite(size_t i) const {
    while (i < signs_.size() && IsWhite(i)) ++i;
    return i;
  }

  // Does the sentence that begins at `begin` end in front of `end`? Not at the end of the line.
  bool EndsIn(size_t begin, size_t end) const {
    if (end == begin || Closes(end) || Terminates(end)) return false;
    size_t run = end, terminators = 0;  // back to the first terminator of the run
    bool is_wide = false;
    for (size_t i = end; i > begin && (Closes(i - 1) || Terminates(i - 1)); --i) {
      if (!Terminates(i - 1)) continue;
      run = i - 1;
      ++terminators;
      is_wide |= IsOneOf(run, kWideTerminators);
    }
    if (terminators == 0 || (!is_wide && !IsWhite(end))) return false;
    if (letters_before_[run] == letters_before_[begin]) return false;
    size_t next = SkipWhite(end);
    if (next == signs_.size()) return false;
    while (Is(next, U_GC_PS_MASK | U_GC_PI_MASK) || IsStraightQuote(next)) ++next;
    if (Is(next, U_GC_LL_MASK)) return false;
    if (terminators > 1 || signs_[run].c != '.') return true;
    size_t word = run;
    while (word > 0 && Is(word - 1, U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) --word;
    const bool is_initial = run - word == 1 && Is(word, U_GC_L_MASK | U_GC_M_MASK);
    std::string abbreviation = Text(word, run);
    for (char& b : abbreviation) b = b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b;
    const bool is_known = std::ranges::find(kAbbreviations, abbreviation) != std::end(kAbbreviations);
    return !is_initial && !is_known && !Is(next, U_GC_ND_MASK);
  }

  std::vector<Sign> signs_;
  std::vector<size_t> letters_before_;  // in front of each sign
};

}  // namespace

bool AuditRepeatedLines::Line::IsGone() const {
  return is_removed || (!sentences.empty() && std::ranges::all_of(sentences, &Sentence::is_removed));
}

std::string AuditRepeatedLines::Line::Left() const {
  if (std::ranges::none_of(sentences, &Sentence::is_removed)) return text;
  std::string left = indentation, gap;
  for (const Sentence& sentence : sentences) {
    if (sentence.is_removed) continue;
    left += gap + sentence.text;
    gap = sentence.gap;
  }
  if (!sentences.back().is_removed) left += gap;
  return left + ending;
}

void AuditRepeatedLines::SetKey(const std::string& text, std::string& key, size_t& num_tokens) const {
  const ReferenceTokens unit = ReferenceTokensOf(std::span(&text, 1), comparison_, shingle_tokens_);
  if (unit.tokens.empty() || unit.is_only_signs) return;
  num_tokens = unit.tokens.size();
  key = IdOf(unit);
}

std::string AuditRepeatedLines::Left(const Piece& piece) {
  std::string text;
  bool last_is_removed = false, gap_goes = false;
  size_t next = 0;  // paragraph
  for (size_t i = 0; i < piece.lines.size(); ++i) {
    const Line& line = piece.lines[i];
    if (next < piece.paragraphs.size() && piece.paragraphs[next].begin == i) {
      const auto& [begin, end, key, tokens] = piece.paragraphs[next++];
      gap_goes = std::all_of(piece.lines.begin() + static_cast<std::ptrdiff_t>(begin),
                             piece.lines.begin() + static_cast<std::ptrdiff_t>(end),
                             [](const Line& each) { return each.IsGone(); });
    }
    if (!line.is_blank) last_is_removed = line.IsGone();
    if (line.is_blank ? !gap_goes : !line.IsGone()) text += line.Left();
  }
  while (last_is_removed && !text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

std::vector<AuditRepeatedLines::Piece> AuditRepeatedLines::Cut(const std::vector<std::string>& texts,
                                                               size_t num_titles) const {
  std::vector<Piece> pieces;
  uint64_t number = 1;
  for (const std::string& text : texts) {
    Piece& piece = pieces.emplace_back();
    piece.is_title = pieces.size() <= num_titles;
    if (text.empty()) continue;
    piece.lines = CutLines(text);
    size_t ignored = 0;
    if (piece.is_title) SetKey(text, piece.title_key, ignored);
    for (size_t i = 0; i < piece.lines.size(); ++i) {
      Line& line = piece.lines[i];
      line.number = number++;
      line.is_blank = line.text.find_first_not_of(" \t\n\v\f\r") == std::string::npos;
      SetKey(line.text, line.key, line.num_tokens);
      const bool goes_on = i > 0 && !piece.lines[i - 1].is_blank;
      if (line.is_blank) continue;
      if (clean_.dedup_sentences) {
        const size_t end = line.text.find_last_not_of("\r\n") + 1;
        line.ending = line.text.substr(end);
        line.sentences = SentenceCutter(line.text.substr(0, end)).Cut(line.indentation);
        for (Sentence& sentence : line.sentences) SetKey(sentence.text, sentence.key, sentence.num_tokens);
      }
      if (!goes_on) piece.paragraphs.push_back({i, i, {}, 0});
      piece.paragraphs.back().end = i + 1;
    }
    if (text.back() == '\n' || text.back() == '\r') ++number;  // the newline between pieces makes one more
    for (Paragraph& paragraph : piece.paragraphs) {
      std::string whole;
      for (size_t i = paragraph.begin; i < paragraph.end; ++i) whole += piece.lines[i].text;
      SetKey(whole, paragraph.key, paragraph.num_tokens);
    }
  }
  return pieces;
}

const AuditRepeatedLines::First* AuditRepeatedLines::Enter(char kind, const std::string& key, const First& here) {
  if (counts() && records_with_[kind + key] < clean_.dedup_at_least) return nullptr;
  const auto [first, is_new] = firsts_.try_emplace(kind + key, here);
  return is_new ? nullptr : &first->second;
}

void AuditRepeatedLines::Count(const std::vector<Piece>& pieces) {
  std::set<std::string> units;
  for (const Piece& piece : pieces) {
    if (!piece.title_key.empty()) units.insert('t' + piece.title_key);
    if (piece.is_title) continue;
    for (const Paragraph& paragraph : piece.paragraphs) {
      if (!paragraph.key.empty()) units.insert('p' + paragraph.key);
    }
    for (const Line& line : piece.lines) {
      if (!line.key.empty()) units.insert('l' + line.key);
      for (const Sentence& sentence : line.sentences) {
        if (!sentence.key.empty()) units.insert('s' + sentence.key);
      }
    }
  }
  for (const std::string& unit : units) ++records_with_[unit];
}

AuditRepeatedLines::Outcome AuditRepeatedLines::Decide(std::vector<Piece>& pieces, size_t claim, const std::string& ref,
                                                       bool are_fields, std::vector<std::string>& texts) {
  Outcome outcome;
  if (clean_.dedup_inside) firsts_.clear();
  bool all_came_before = true;
  const auto list = [&](uint64_t line, size_t num_lines, size_t sentence, const First& first) {
    outcome.json += outcome.json.empty() ? ",\"removed_lines\":[" : ",";
    outcome.json += absl::StrFormat("{\"line\":%d", line);
    if (num_lines > 1) outcome.json += absl::StrFormat(",\"lines\":%d", num_lines);
    if (sentence > 0) outcome.json += absl::StrFormat(",\"sentence\":%d", sentence);
    outcome.json += ",\"witness\":";
    AppendJsonString(first.ref, outcome.json);
    outcome.json += absl::StrFormat(",\"witness_line\":%d}", first.line);
    outcome.witnesses.push_back(first.claim);
  };
  for (Piece& piece : pieces) {
    if (piece.is_title) {
      if (!piece.title_key.empty())
        all_came_before &= Enter('t', piece.title_key, {claim, ref, piece.lines[0].number}) != nullptr;
      continue;
    }
    for (const Paragraph& paragraph : piece.paragraphs) {
      const uint64_t number = piece.lines[paragraph.begin].number;
      if (clean_.dedup_paragraphs && !paragraph.key.empty()) {
        const First* first = Enter('p', paragraph.key, {claim, ref, number});
        if (first != nullptr && paragraph.num_tokens >= clean_.dedup_min_tokens) {
          ++outcome.paragraphs;
          list(number, paragraph.end - paragraph.begin, 0, *first);
          for (size_t i = paragraph.begin; i < paragraph.end; ++i) piece.lines[i].is_removed = true;
          continue;
        }
        if (!clean_.dedup_lines && !clean_.dedup_sentences) all_came_before &= first != nullptr;
      }
      for (size_t i = paragraph.begin; i < paragraph.end; ++i) {
        Line& line = piece.lines[i];
        if (clean_.dedup_lines && !line.key.empty()) {
          const First* first = Enter('l', line.key, {claim, ref, line.number});
          if (first != nullptr && line.num_tokens >= clean_.dedup_min_tokens) {
            ++outcome.lines;
            list(line.number, 1, 0, *first);
            line.is_removed = true;
            continue;
          }
          if (!clean_.dedup_sentences) all_came_before &= first != nullptr;
        }
        for (size_t k = 0; k < line.sentences.size(); ++k) {
          Sentence& sentence = line.sentences[k];
          if (sentence.key.empty()) continue;
          const First* first = Enter('s', sentence.key, {claim, ref, line.number});
          all_came_before &= first != nullptr;
          if (first == nullptr || sentence.num_tokens < clean_.dedup_min_tokens) continue;
          ++outcome.sentences;
          list(line.number, 1, k + 1, *first);
          sentence.is_removed = true;
        }
      }
    }
  }
  if (outcome.paragraphs + outcome.lines + outcome.sentences == 0) return outcome;
  outcome.json += ']';
  outcome.only_repeated = all_came_before && !clean_.off[static_cast<size_t>(Reason::kOnlyRepeatedLines)];
  std::vector<std::string> left;
  for (size_t i = 0; i < pieces.size(); ++i) {
    const auto is_removed = [](const Line& line) {
      return line.is_removed || std::ranges::any_of(line.sentences, &Sentence::is_removed);
    };
    std::string text = std::ranges::any_of(pieces[i].lines, is_removed) ? Left(pieces[i]) : texts[i];
    if (i == 0 || are_fields || !text.empty()) left.push_back(std::move(text));
  }
  texts = std::move(left);
  return outcome;
}

}  // namespace unecho
