#include "audit/read_again.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "audit/cleaned.h"
#include "audit/repeated_lines.h"
#include "base/batch.h"
#include "layouts/cutter.h"
#include "read/batch_reader.h"
#include "read/source_places.h"
#include "text/counted.h"
#include "works/work_fields.h"

namespace unecho {
namespace {

FoundRecord Found(const Batch& batch, const Record& record, uint64_t line) {
  FoundRecord found;
  found.layout = batch.layout->name();
  found.offset_bytes = record.offset_bytes;
  found.size_bytes = record.size_bytes;
  found.line = line;
  found.raw = record.raw;
  const auto pieces = batch.PiecesOf(record);
  found.pieces.assign(pieces.begin(), pieces.end());
  const bool are_apart = !batch.piece_fields.empty();
  for (size_t i = 0; are_apart && i < pieces.size(); ++i)
    found.piece_fields.push_back(static_cast<uint8_t>(batch.FieldOfPiece(record.first_piece + i)));
  found.are_fields = batch.traits->pieces_are_fields || are_apart;
  found.num_titles = !pieces.empty() && record.begins_with_title ? 1 : 0;
  found.snapshot = record.snapshot;
  found.order_json = record.order_value;
  return found;
}

Compared AsCompared(FoundRecord found, const std::vector<RemovedLines>& removed_lines, const AnswerOptions& answer,
                    AuditCleaner& cleaner) {
  Compared record;
  record.found = std::move(found);
  std::vector<std::string> texts = record.found.pieces;
  cleaner.Clean(texts, record.found.num_titles, record.found.are_fields);
  if (!removed_lines.empty()) {
    std::vector<AuditRepeatedLines::Piece> pieces = AuditRepeatedLines(answer).Cut(texts, record.found.num_titles);
    for (size_t i = 0; i < pieces.size(); ++i) {
      bool any = false;
      for (AuditRepeatedLines::Line& line : pieces[i].lines) {
        if (line.is_blank) continue;
        for (const RemovedLines& removed : removed_lines) {
          if (line.number < removed.line || line.number >= removed.line + removed.lines) continue;
          any = true;
          if (removed.sentence == 0)
            line.is_removed = true;
          else if (removed.sentence <= line.sentences.size())
            line.sentences[removed.sentence - 1].is_removed = true;
        }
      }
      if (any) texts[i] = AuditRepeatedLines::Left(pieces[i]);
    }
  }
  for (const std::string& text : texts) {
    if (text.empty()) continue;
    record.text += record.text.empty() ? text : "\n" + text;
  }
  record.tokens = ReferenceTokensOf(texts, answer.comparison, answer.shingle_tokens);
  if (!answer.match.empty()) {
    record.fields = ReferenceFieldsOf(texts, record.found.piece_fields, answer.match.size(), answer.comparison,
                                      answer.shingle_tokens);
  }
  return record;
}

// "Vane, R.; Dee, S. · 1999 · J. Rain · 3 · 12-19"
std::string WorkWords(const WorkFields& fields) {
  std::string words = absl::StrJoin(fields.authors, "; ");
  for (const std::string* field : {&fields.year, &fields.container, &fields.volume, &fields.number, &fields.pages,
                                   &fields.doi, &fields.pmid, &fields.isbn, &fields.edition, &fields.chapter}) {
    if (!field->empty()) absl::StrAppend(&words, words.empty() ? "" : " · ", *field);
  }
  return words;
}

}  // namespace

absl::Status ReadAgain(const InputFile& source, const SiblingLayouts& beside, const AnswerOptions& answer,
                       std::span<const WantedRecord> wanted, const std::atomic<int>* stop,
                       absl::FunctionRef<void(size_t, Compared)> take) {
  assert(std::ranges::is_sorted(wanted, std::ranges::less_equal(), &WantedRecord::ordinal));
  std::atomic<uint64_t> bytes{0};
  BatchReader reader(
      std::span(&source, 1), [&](size_t) { return OpenInput(source, stop); }, answer, RunOptions().batch_bytes, &bytes);
  reader.SetSiblings(beside);
  AuditCleaner cleaner(answer.clean);
  LayoutOptions segment = answer.segment;
  const bool are_works = answer.comparison.by == CompareBy::kWorks;
  segment.list_fields = segment.list_fields || are_works;
  uint64_t records = 0, lines = 0, first_line = 0;
  size_t next = 0;
  Batch batch;
  while (next < wanted.size()) {
    if (stop != nullptr && *stop != 0) return absl::CancelledError("interrupted");
    batch.Clear();
    UNECHO_ASSIGN_OR_RETURN(const bool more, reader.Fill(batch));
    if (!more) {
      return absl::NotFoundError(
          absl::StrFormat("%s has %s, and no record %d: it is not what the run has read, or its layout is "
                          "another; give the options of the run, or "
                          "its --report",
                          source.path, Counted(records, "record"), wanted[next].ordinal));
    }
    Segment(*batch.layout, segment, batch);
    if (batch.source_widths != nullptr) PointIntoSource(batch);
    for (const Record& record : batch.records) {
      if (record.is_first_fragment) first_line = lines + record.line_in_batch + 1;
      if (!record.is_last_fragment || next == wanted.size() || ++records < wanted[next].ordinal) continue;
      FoundRecord found = Found(batch, record, first_line);
      if (are_works) {
        const WorkFields fields = WorkFieldsOf(batch, record);
        found.work_words = WorkWords(fields);
        found.work = PlainWorkOf(fields);
      }
      take(next, AsCompared(std::move(found), wanted[next].removed_lines, answer, cleaner));
      ++next;
    }
    lines += batch.num_lines;
  }
  return absl::OkStatus();
}

}  // namespace unecho
