#include "audit/repeated_lines.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "oracle/reference.h"
#include "text/json.h"

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

}  // namespace

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
                             [](const Line& each) { return each.is_removed; });
    }
    if (!line.is_blank) last_is_removed = line.is_removed;
    if (line.is_blank ? !gap_goes : !line.is_removed) text += line.text;
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

const AuditRepeatedLines::First* AuditRepeatedLines::Enter(char kind, const std::string& key, const std::string& ref,
                                                           uint64_t line) {
  const auto [first, is_new] = firsts_.try_emplace(kind + key, First{ref, line});
  return is_new ? nullptr : &first->second;
}

AuditRepeatedLines::Outcome AuditRepeatedLines::Decide(std::vector<Piece>& pieces, const std::string& ref,
                                                       bool are_fields, std::vector<std::string>& texts) {
  Outcome outcome;
  bool all_came_before = true;
  const auto list = [&](uint64_t line, size_t num_lines, const First& first) {
    outcome.json += outcome.json.empty() ? ",\"removed_lines\":[" : ",";
    outcome.json += absl::StrFormat("{\"line\":%d", line);
    if (num_lines > 1) outcome.json += absl::StrFormat(",\"lines\":%d", num_lines);
    outcome.json += ",\"witness\":";
    AppendJsonString(first.ref, outcome.json);
    outcome.json += absl::StrFormat(",\"witness_line\":%d}", first.line);
  };
  for (Piece& piece : pieces) {
    if (piece.is_title) {
      if (!piece.title_key.empty())
        all_came_before &= Enter('t', piece.title_key, ref, piece.lines[0].number) != nullptr;
      continue;
    }
    for (const Paragraph& paragraph : piece.paragraphs) {
      const uint64_t number = piece.lines[paragraph.begin].number;
      if (clean_.dedup_paragraphs && !paragraph.key.empty()) {
        const First* first = Enter('p', paragraph.key, ref, number);
        if (first != nullptr && paragraph.num_tokens >= clean_.dedup_min_tokens) {
          ++outcome.paragraphs;
          list(number, paragraph.end - paragraph.begin, *first);
          for (size_t i = paragraph.begin; i < paragraph.end; ++i) piece.lines[i].is_removed = true;
          continue;
        }
        if (!clean_.dedup_lines) all_came_before &= first != nullptr;
      }
      for (size_t i = paragraph.begin; clean_.dedup_lines && i < paragraph.end; ++i) {
        Line& line = piece.lines[i];
        if (line.key.empty()) continue;
        const First* first = Enter('l', line.key, ref, line.number);
        all_came_before &= first != nullptr;
        if (first == nullptr || line.num_tokens < clean_.dedup_min_tokens) continue;
        ++outcome.lines;
        list(line.number, 1, *first);
        line.is_removed = true;
      }
    }
  }
  if (outcome.paragraphs + outcome.lines == 0) return outcome;
  outcome.json += ']';
  outcome.only_repeated = all_came_before && !clean_.off[static_cast<size_t>(Reason::kOnlyRepeatedLines)];
  std::vector<std::string> left;
  for (size_t i = 0; i < pieces.size(); ++i) {
    const auto is_removed = [](const Line& line) { return line.is_removed; };
    std::string text = std::ranges::any_of(pieces[i].lines, is_removed) ? Left(pieces[i]) : texts[i];
    if (i == 0 || are_fields || !text.empty()) left.push_back(std::move(text));
  }
  texts = std::move(left);
  return outcome;
}

}  // namespace unecho
