#include "match/repeated_lines.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "base/batch.h"
#include "base/hash.h"
#include "match/key_table.h"
#include "match/record_tokens.h"
#include "text/scan.h"

namespace unecho {
namespace {

using Kind = TextUnit::Kind;

bool IsBlankLine(std::string_view line) { return line.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos; }

// Is this piece of the record its title?
bool IsTitle(const Record& record, uint32_t piece) { return piece == record.first_piece && record.begins_with_title; }

// Cuts pieces into units, and hashes their tokens.
class Splitter {
 public:
  Splitter(bool lines, bool paragraphs, uint64_t min_tokens, const TokenRules& rules, Batch& batch)
      : lines_(lines), paragraphs_(paragraphs), min_tokens_(min_tokens), rules_(rules), batch_(batch) {}

  void Split(Record& record) {
    record.first_unit = static_cast<uint32_t>(batch_.units.size());
    uint32_t line = 1;
    for (uint32_t i = record.first_piece; i < record.first_piece + record.num_pieces; ++i) {
      const std::string_view piece = batch_.pieces[i];
      if (piece.empty()) continue;
      if (IsTitle(record, i)) {
        Add(Kind::kTitle, i, 0, piece.size(), line);
        LineEnds ends(piece);
        for (size_t at = ends.Find(0); at != LineEnds::kNone; at = ends.Find(at + ends.Size(at))) ++line;
        ++line;
      } else {
        line = SplitPiece(i, piece, line);
      }
    }
    record.num_units = static_cast<uint32_t>(batch_.units.size()) - record.first_unit;
  }

 private:
  // Returns the number of the line behind the piece.
  uint32_t SplitPiece(uint32_t number, std::string_view piece, uint32_t line) {
    LineEnds ends(piece);
    uint32_t paragraph_line = 0;  // of the paragraph in hand; 0: none
    size_t paragraph_begin = 0, paragraph_end = 0;
    lines_of_paragraph_.clear();
    for (size_t begin = 0; begin < piece.size(); ++line) {
      const size_t found = ends.Find(begin);
      const size_t end = found == LineEnds::kNone ? piece.size() : found + ends.Size(found);
      if (IsBlankLine(piece.substr(begin, end - begin))) {
        begin = end;
        continue;
      }
      if (paragraph_line != 0 && paragraph_end != begin) {
        AddParagraph(number, paragraph_begin, paragraph_end, begin, paragraph_line);
        paragraph_line = 0;
      }
      if (paragraph_line == 0) {
        paragraph_line = line;
        paragraph_begin = begin;
      }
      lines_of_paragraph_.push_back({begin, end});
      paragraph_end = end;
      begin = end;
    }
    if (paragraph_line != 0) AddParagraph(number, paragraph_begin, paragraph_end, piece.size(), paragraph_line);
    const bool ends_open = piece.back() != '\n' && piece.back() != '\r';
    return ends_open ? line : line + 1;
  }

  void AddParagraph(uint32_t piece, size_t begin, size_t end, size_t gap_end, uint32_t line) {
    if (paragraphs_) {
      TextUnit& unit = Add(Kind::kParagraph, piece, begin, end, line);
      unit.gap_end = static_cast<uint32_t>(gap_end);
      unit.num_lines = static_cast<uint32_t>(lines_of_paragraph_.size());
    }
    if (lines_) {
      for (const Line& each : lines_of_paragraph_) Add(Kind::kLine, piece, each.begin, each.end, line++);
      batch_.units.back().is_last_of_paragraph = true;
      batch_.units.back().gap_end = static_cast<uint32_t>(gap_end);
    }
    lines_of_paragraph_.clear();
  }

  TextUnit& Add(Kind kind, uint32_t piece, size_t begin, size_t end, uint32_t line) {
    thread_local RecordTokens tokens;
    const std::string_view text = batch_.pieces[piece].substr(begin, end - begin);
    tokens.Read(rules_, std::span(&text, 1));
    const std::span<const uint64_t> hashes = tokens.hashes();
    TextUnit& unit = batch_.units.emplace_back();
    unit.kind = kind;
    unit.piece = piece;
    unit.begin = static_cast<uint32_t>(begin);
    unit.end = static_cast<uint32_t>(end);
    unit.line = line;
    if (hashes.empty() || tokens.IsOnlySigns()) return unit;
    // The kind is the seed: a line is never taken for a title or a paragraph.
    const Key128 key = tokens.Key(static_cast<uint64_t>(kind));
    unit.key_low = key.low;
    unit.key_high = key.high;
    unit.has_tokens = true;
    unit.is_removable = kind != Kind::kTitle && hashes.size() >= min_tokens_;
    return unit;
  }

  struct Line {
    size_t begin, end;
  };
  bool lines_, paragraphs_;
  uint64_t min_tokens_;
  const TokenRules& rules_;
  Batch& batch_;
  std::vector<Line> lines_of_paragraph_;
};

// What is left of a piece.
std::string Remaining(std::string_view piece, std::span<const TextUnit> units) {
  std::string text;
  size_t done = 0;
  bool last_is_removed = false, all_lines_removed = true;
  for (const TextUnit& unit : units) {
    if (unit.kind == Kind::kTitle || unit.is_covered) continue;
    last_is_removed = unit.is_removed;
    const bool is_line = unit.kind == Kind::kLine;
    if (unit.is_removed) {
      text.append(piece.substr(done, unit.begin - done));
      done = is_line ? unit.end : unit.gap_end;
    } else if (is_line) {
      all_lines_removed = false;
    }
    if (!is_line || !unit.is_last_of_paragraph) continue;
    if (all_lines_removed) done = unit.gap_end;
    all_lines_removed = true;
  }
  text.append(piece.substr(done));
  if (last_is_removed) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  }
  return text;
}

}  // namespace

RepeatedLines::RepeatedLines(const CleanOptions& clean, const TokenRules& rules)
    : lines_(clean.dedup_lines),
      paragraphs_(clean.dedup_paragraphs),
      rejects_(!clean.off[static_cast<size_t>(Reason::kOnlyRepeatedLines)]),
      min_tokens_(clean.dedup_min_tokens),
      rules_(rules),
      table_(std::make_unique<KeyTable>()) {}

RepeatedLines::~RepeatedLines() = default;

uint64_t RepeatedLines::memory_bytes() const { return table_->memory_bytes() + firsts_.memory_bytes(); }

void RepeatedLines::Split(Batch& batch) const {
  Splitter splitter(lines_, paragraphs_, min_tokens_, rules_, batch);
  for (Record& record : batch.records) {
    if (record.reason == Reason::kNone) splitter.Split(record);
  }
}

absl::Status RepeatedLines::Find(Batch& batch) {
  KeyTable& table = *table_;
  std::vector<TextUnit>& units = batch.units;
  if (!table.RoomFor(units.size())) {
    return absl::ResourceExhaustedError(
        "more than 4,294,967,294 distinct lines in one run; split the input into parts");
  }
  table.GrowFor(units.size());
  constexpr size_t kAhead = 8;
  size_t fetched = 0;
  for (Record& record : batch.records) {
    bool in_removed_paragraph = false;
    for (size_t i = record.first_unit; i < record.first_unit + size_t{record.num_units}; ++i) {
      for (; fetched < std::min(i + 2 * kAhead, units.size()); ++fetched) {
        table.PrefetchSlot(units[fetched].key_low);
        if (fetched >= kAhead) table.PrefetchHigh(units[fetched - kAhead].key_low);
      }
      TextUnit& unit = units[i];
      if (unit.kind != Kind::kLine) in_removed_paragraph = false;
      unit.is_covered = in_removed_paragraph;
      if (!unit.has_tokens || unit.is_covered) continue;
      const KeyTable::Found found = table.FindOrAdd(unit.key_low, unit.key_high);
      if (found.is_new) {
        firsts_.PushBack({record.ordinal, static_cast<uint32_t>(batch.source), unit.line});
        continue;
      }
      const First& first = firsts_[found.number];
      unit.witness = {SourceId{first.source}, first.ordinal};
      unit.witness_line = first.line;
      unit.is_removed = unit.is_removable;
      in_removed_paragraph = unit.kind == Kind::kParagraph && unit.is_removed;
    }
  }
  return absl::OkStatus();
}

void RepeatedLines::Remove(Batch& batch) const {
  for (Record& record : batch.records) {
    const std::span<const TextUnit> units = batch.UnitsOf(record);
    const auto removed = [&units](Kind kind) {
      return static_cast<uint64_t>(
          std::ranges::count_if(units, [kind](const TextUnit& u) { return u.is_removed && u.kind == kind; }));
    };
    const uint64_t paragraphs = removed(Kind::kParagraph), lines = removed(Kind::kLine);
    if (paragraphs + lines == 0) continue;
    batch.rewrites.Count(Rewrite::kRepeatedParagraphs, paragraphs);
    batch.rewrites.Count(Rewrite::kRepeatedLines, lines);
    record.rewritten = true;
    const bool all_repeated = std::ranges::all_of(units, [this](const TextUnit& unit) {
      // A paragraph that stays is judged by its lines, if lines are looked at.
      return !unit.has_tokens || unit.is_covered || unit.witness_line != 0 || (unit.kind == Kind::kParagraph && lines_);
    });
    if (all_repeated && rejects_) {
      RejectRecord(batch, record, Reason::kOnlyRepeatedLines);
      continue;
    }
    const uint32_t first = static_cast<uint32_t>(batch.pieces.size());
    const bool are_apart = !batch.piece_fields.empty();
    const bool keeps_empty = batch.traits->pieces_are_fields || are_apart;  // a field stays, if only as ""
    for (uint32_t i = record.first_piece; i < record.first_piece + record.num_pieces; ++i) {
      const auto begin = std::ranges::lower_bound(units, i, {}, &TextUnit::piece);
      const auto end = std::ranges::upper_bound(units, i, {}, &TextUnit::piece);
      const std::span<const TextUnit> of_piece(begin, end);
      std::string_view piece = batch.pieces[i];
      if (std::ranges::any_of(of_piece, &TextUnit::is_removed)) piece = batch.arena.Copy(Remaining(piece, of_piece));
      if (piece.empty() && i > record.first_piece && !keeps_empty) continue;
      batch.pieces.push_back(piece);
      if (are_apart) batch.SetFieldOfLastPiece(batch.FieldOfPiece(i));
    }
    record.first_piece = first;
    record.num_pieces = static_cast<uint32_t>(batch.pieces.size()) - first;
  }
}

}  // namespace unecho
