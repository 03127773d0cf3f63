#include "match/repeated_lines.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/batch.h"
#include "base/hash.h"
#include "base/hash_map.h"
#include "match/key_table.h"
#include "match/often_units.h"
#include "match/record_tokens.h"
#include "match/sentences.h"
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
  Splitter(const CleanOptions& clean, const TokenRules& rules, Batch& batch)
      : clean_(clean), rules_(rules), batch_(batch) {}

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
  struct Line {
    size_t begin, end;
  };

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
    if (clean_.dedup_paragraphs) {
      TextUnit& unit = Add(Kind::kParagraph, piece, begin, end, line);
      unit.gap_end = static_cast<uint32_t>(gap_end);
      unit.num_lines = static_cast<uint32_t>(lines_of_paragraph_.size());
    }
    if (clean_.dedup_lines || clean_.dedup_sentences) {
      size_t last = 0;
      for (const Line& each : lines_of_paragraph_) {
        last = batch_.units.size();
        if (clean_.dedup_lines) {
          Add(Kind::kLine, piece, each.begin, each.end, line);
        } else {
          AddBare(Kind::kLine, piece, each.begin, each.end, line);  // its sentences need to know where it is
        }
        if (clean_.dedup_sentences) AddSentences(piece, each, line);
        ++line;
      }
      batch_.units[last].is_last_of_paragraph = true;
      batch_.units[last].gap_end = static_cast<uint32_t>(gap_end);
    }
    lines_of_paragraph_.clear();
  }

  void AddSentences(uint32_t piece, const Line& line, uint32_t number) {
    const std::string_view text = batch_.pieces[piece].substr(line.begin, line.end - line.begin);
    sentences_.clear();
    CutSentences(text.substr(0, text.find_last_not_of("\r\n") + 1), sentences_);
    uint32_t sentence = 0;
    for (const Sentence& each : sentences_) {
      TextUnit& unit = Add(Kind::kSentence, piece, line.begin + each.begin, line.begin + each.end, number);
      unit.gap_end = static_cast<uint32_t>(line.begin + each.gap_end);
      unit.sentence = ++sentence;
    }
  }

  TextUnit& AddBare(Kind kind, uint32_t piece, size_t begin, size_t end, uint32_t line) {
    TextUnit& unit = batch_.units.emplace_back();
    unit.kind = kind;
    unit.piece = piece;
    unit.begin = static_cast<uint32_t>(begin);
    unit.end = static_cast<uint32_t>(end);
    unit.line = line;
    return unit;
  }

  TextUnit& Add(Kind kind, uint32_t piece, size_t begin, size_t end, uint32_t line) {
    thread_local RecordTokens tokens;
    const std::string_view text = batch_.pieces[piece].substr(begin, end - begin);
    tokens.Read(rules_, std::span(&text, 1));
    const std::span<const uint64_t> hashes = tokens.hashes();
    TextUnit& unit = AddBare(kind, piece, begin, end, line);
    if (hashes.empty() || tokens.IsOnlySigns()) return unit;
    // The kind is the seed: a line is never taken for a title or a paragraph.
    const Key128 key = tokens.Key(static_cast<uint64_t>(kind));
    unit.key_low = key.low;
    unit.key_high = key.high;
    unit.has_tokens = true;
    unit.is_removable = kind != Kind::kTitle && hashes.size() >= clean_.dedup_min_tokens;
    return unit;
  }

  const CleanOptions& clean_;
  const TokenRules& rules_;
  Batch& batch_;
  std::vector<Sentence> sentences_;
  std::vector<Line> lines_of_paragraph_;
};

// The units of a record, one after the other: which are parts of one that is removed.
class Covered {
 public:
  // False, if there is nothing to look for.
  bool Enter(TextUnit& unit) {
    if (unit.kind < Kind::kLine) in_paragraph_ = false;
    if (unit.kind <= Kind::kLine) in_line_ = false;
    unit.is_covered = in_paragraph_ || in_line_;
    return unit.has_tokens && !unit.is_covered;
  }
  // It came before.
  void Repeat(TextUnit& unit, RecordRef witness, uint32_t line) {
    unit.witness = witness;
    unit.witness_line = line;
    unit.is_removed = unit.is_removable;
    in_paragraph_ = unit.kind == Kind::kParagraph && unit.is_removed;
    in_line_ = unit.kind == Kind::kLine && unit.is_removed;
  }

 private:
  bool in_paragraph_ = false, in_line_ = false;
};

// What is left of a piece.
class Remaining {
 public:
  explicit Remaining(std::string_view piece) : piece_(piece) {}

  std::string Of(std::span<const TextUnit> units) {
    bool last_is_removed = false, all_lines_removed = true;
    for (size_t i = 0; i < units.size(); ++i) {
      const TextUnit& unit = units[i];
      if (unit.kind == Kind::kTitle || unit.is_covered) continue;
      if (unit.kind == Kind::kParagraph) {
        last_is_removed = unit.is_removed;
        if (unit.is_removed) Cut(unit.begin, unit.gap_end);
        continue;
      }
      size_t end = i + 1;  // a line, and its sentences behind it
      while (end < units.size() && units[end].kind == Kind::kSentence) ++end;
      const std::span<const TextUnit> sentences = units.subspan(i + 1, end - i - 1);
      const bool is_gone =
          unit.is_removed || (!sentences.empty() && std::ranges::all_of(sentences, &TextUnit::is_removed));
      if (is_gone) {
        Cut(unit.begin, unit.end);
      } else {
        CutSome(sentences);
        all_lines_removed = false;
      }
      last_is_removed = is_gone;
      i = end - 1;
      if (!unit.is_last_of_paragraph) continue;
      if (all_lines_removed) done_ = unit.gap_end;
      all_lines_removed = true;
    }
    text_.append(piece_.substr(done_));
    if (last_is_removed) {
      while (!text_.empty() && (text_.back() == '\n' || text_.back() == '\r')) text_.pop_back();
    }
    return std::move(text_);
  }

 private:
  void Cut(size_t begin, size_t end) {
    text_.append(piece_.substr(done_, begin - done_));
    done_ = end;
  }
  // Some sentences of a line: with each the blanks behind it go, with the last ones those in front, too.
  void CutSome(std::span<const TextUnit> sentences) {
    size_t kept = sentences.size();
    while (kept > 0 && sentences[kept - 1].is_removed) --kept;
    for (const TextUnit& sentence : sentences.first(kept)) {
      if (sentence.is_removed) Cut(sentence.begin, sentence.gap_end);
    }
    if (kept < sentences.size()) Cut(sentences[kept - 1].end, sentences.back().gap_end);
  }

  std::string_view piece_;
  std::string text_;
  size_t done_ = 0;
};

}  // namespace

absl::Status TooManyUnits() {
  return absl::ResourceExhaustedError("more than 4,294,967,294 distinct lines in one run; split the input into parts");
}

RepeatedLines::RepeatedLines(const CleanOptions& clean, const TokenRules& rules, const OftenUnits* often)
    : clean_(clean),
      rejects_(!clean.off[static_cast<size_t>(Reason::kOnlyRepeatedLines)]),
      rules_(rules),
      often_(often),
      table_(std::make_unique<KeyTable>()) {}

RepeatedLines::~RepeatedLines() = default;

uint64_t RepeatedLines::memory_bytes() const { return table_->memory_bytes() + firsts_.memory_bytes(); }

void RepeatedLines::Split(Batch& batch) const {
  Splitter splitter(clean_, rules_, batch);
  for (Record& record : batch.records) {
    if (record.reason == Reason::kNone) splitter.Split(record);
  }
}

absl::Status RepeatedLines::Find(Batch& batch) {
  KeyTable& table = *table_;
  std::vector<TextUnit>& units = batch.units;
  if (!table.RoomFor(units.size())) return TooManyUnits();
  table.GrowFor(units.size());
  constexpr size_t kAhead = 8;
  size_t fetched = 0;
  for (Record& record : batch.records) {
    Covered covered;
    for (size_t i = record.first_unit; i < record.first_unit + size_t{record.num_units}; ++i) {
      for (; fetched < std::min(i + 2 * kAhead, units.size()); ++fetched) {
        table.PrefetchSlot(units[fetched].key_low);
        if (fetched >= kAhead) table.PrefetchHigh(units[fetched - kAhead].key_low);
      }
      TextUnit& unit = units[i];
      if (!covered.Enter(unit)) continue;
      if (often_ != nullptr && !often_->Has(unit)) continue;
      const KeyTable::Found found = table.FindOrAdd(unit.key_low, unit.key_high);
      if (found.is_new) {
        firsts_.PushBack({record.ordinal, static_cast<uint32_t>(batch.source), unit.line});
        continue;
      }
      const First& first = firsts_[found.number];
      covered.Repeat(unit, {SourceId{first.source}, first.ordinal}, first.line);
    }
  }
  return absl::OkStatus();
}

void RepeatedLines::FindInside(Batch& batch) const {
  thread_local HashMap<std::pair<uint64_t, uint64_t>, uint32_t> lines;
  for (const Record& record : batch.records) {
    Covered covered;
    lines.clear();
    for (TextUnit& unit : std::span(batch.units).subspan(record.first_unit, record.num_units)) {
      if (!covered.Enter(unit)) continue;
      const auto [line, is_new] = lines.try_emplace({unit.key_low, unit.key_high}, unit.line);
      if (!is_new) covered.Repeat(unit, {batch.source, record.ordinal}, line->second);
    }
  }
}

void RepeatedLines::Remove(Batch& batch) const {
  for (Record& record : batch.records) {
    const std::span<const TextUnit> units = batch.UnitsOf(record);
    const auto removed = [&units](Kind kind) {
      return static_cast<uint64_t>(
          std::ranges::count_if(units, [kind](const TextUnit& u) { return u.is_removed && u.kind == kind; }));
    };
    const uint64_t paragraphs = removed(Kind::kParagraph), lines = removed(Kind::kLine),
                   sentences = removed(Kind::kSentence);
    if (paragraphs + lines + sentences == 0) continue;
    batch.rewrites.Count(Rewrite::kRepeatedParagraphs, paragraphs);
    batch.rewrites.Count(Rewrite::kRepeatedLines, lines);
    batch.rewrites.Count(Rewrite::kRepeatedSentences, sentences);
    record.rewritten = true;
    const bool all_repeated = std::ranges::all_of(units, [this](const TextUnit& unit) {
      // What stays is judged by its parts, if these are looked at.
      const bool has_parts = (unit.kind == Kind::kParagraph && (clean_.dedup_lines || clean_.dedup_sentences)) ||
                             (unit.kind == Kind::kLine && clean_.dedup_sentences);
      return !unit.has_tokens || unit.is_covered || unit.witness_line != 0 || has_parts;
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
      if (std::ranges::any_of(of_piece, &TextUnit::is_removed)) piece = batch.arena.Copy(Remaining(piece).Of(of_piece));
      if (piece.empty() && i > record.first_piece && !keeps_empty) continue;
      batch.pieces.push_back(piece);
      if (are_apart) batch.SetFieldOfLastPiece(batch.FieldOfPiece(i));
    }
    record.first_piece = first;
    record.num_pieces = static_cast<uint32_t>(batch.pieces.size()) - first;
  }
}

}  // namespace unecho
