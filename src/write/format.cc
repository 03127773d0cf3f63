#include "write/format.h"

#include <utility>

#include "base/batch.h"
#include "clean/pii_json.h"
#include "match/record_tokens.h"
#include "options/sameness.h"
#include "read/source_places.h"
#include "text/json.h"
#include "write/corpus.h"
#include "write/fill_record.h"
#include "write/provenance.h"
#include "write/rewritten_line.h"

namespace unecho {
namespace {

// A range without an address is of Batch::corpus, which moves while it grows: the bytes behind the last such range.
void AppendRange(const char* begin, size_t size, std::vector<iovec>& ranges) {
  if (!ranges.empty()) {
    iovec& last = ranges.back();
    const auto* const last_begin = static_cast<const char*>(last.iov_base);
    const bool are_own = begin == nullptr && last_begin == nullptr;
    if (are_own || (begin != nullptr && last_begin != nullptr && last_begin + last.iov_len == begin)) {
      last.iov_len += size;
      return;
    }
  }
  ranges.push_back({const_cast<char*>(begin), size});  // writev does not write to it
}

void GiveAddresses(std::string& corpus, std::vector<iovec>& ranges) {
  char* next = corpus.data();
  for (iovec& range : ranges) {
    if (range.iov_base != nullptr) continue;
    range.iov_base = next;
    next += range.iov_len;
  }
}

}  // namespace

Format::Format(const PipelineOptions& options, const SourceNames& sources, Copies copies, const TakenValues* merged)
    : sources_(sources),
      layout_options_(options.answer.segment),
      rules_{options.answer.comparison, options.answer.shingle_tokens},
      copies_(std::move(copies)),
      merged_(merged),
      objects_for_lines_(options.command == Command::kSegment),
      hides_pii_(options.answer.clean.pii == PiiMode::kMask || options.answer.clean.pii == PiiMode::kDrop),
      as_input_(options.answer.as_input),
      write_corpus_(!options.dry_run && !options.answer.as_input),
      write_provenance_(!options.provenance.empty()),
      write_rejects_(!options.rejects.empty()),
      write_removed_(!options.removed.empty()),
      marks_(options.answer.mark) {
  if (options.provenance_format == ProvenanceFormat::kCompact) places_ = PlacesOf(sources);
  for (const Sameness::Key& key : SamenessOf(options.answer).keys) AppendJsonEscaped(key.name, keys_.emplace_back());
  for (const MatchField& field : options.answer.match) AppendJsonEscaped(field.name, match_fields_.emplace_back());
}

bool Format::IsWrittenAsLines(const LayoutTraits& traits) const {
  return traits.is_written_as_lines && (traits.pieces_are_fields || !objects_for_lines_);
}

void Format::operator()(Batch& batch) const {
  if (batch.source_widths != nullptr) PointIntoSource(batch);
  const bool lines = IsWrittenAsLines(*batch.traits) && !MasksMembers(*batch.traits) && !copies_;
  for (Record& record : batch.records) {
    std::optional<Record> shown;  // with the fields of its copies, under --merge
    const std::string filled = merged_ == nullptr ? std::string() : Fill(batch, record, shown);
    if (write_provenance_) {
      AppendProvenance(places_ ? *places_ : sources_, batch, record, keys_, match_fields_,
                       places_ ? ProvenanceFormat::kCompact : ProvenanceFormat::kPlain, filled, batch.provenance);
    }
    if (write_rejects_ && record.fate == Fate::kRejected) AppendReject(sources_, batch, record, batch.rejects);
    if (record.fate == Fate::kReference) continue;
    const bool is_removed = record.fate != Fate::kKept && record.fate != Fate::kRejected;
    if (is_removed && write_removed_) AppendMarked(batch, record, batch.removed);
    if (!write_corpus_ || record.fate == Fate::kRejected || (is_removed && !marks_)) continue;
    const char* end = record.raw.data() + record.raw.size();
    const bool as_it_came = lines && !record.rewritten && record.invalid_utf8 == 0 && record.filled.empty();
    const size_t before = batch.corpus.size();
    if (as_it_came && !marks_ && end < batch.bytes.data() + batch.size && *end == '\n') {
      AppendRange(record.raw.data(), record.raw.size() + 1, batch.corpus_ranges);
    } else if (as_it_came && marks_ && batch.traits->pieces_are_fields && !record.has_mark) {
      const std::string_view object = BeforeMark(record.raw);
      AppendRange(object.data(), object.size(), batch.corpus_ranges);
      batch.corpus += MarkKey(object);
      AppendMark(sources_, batch, record, keys_, match_fields_, batch.corpus);
      batch.corpus += "}\n";
    } else {  // rare among lines: the last without a line end, CRLF, repaired, rewritten
      AppendKept(batch, shown ? *shown : record);
    }
    if (batch.corpus.size() > before) AppendRange(nullptr, batch.corpus.size() - before, batch.corpus_ranges);
  }
  GiveAddresses(batch.corpus, batch.corpus_ranges);
}

// Puts into a kept record what it takes from its copies: into its bytes, where these are written, or else into the
// fields of the object that `shown` becomes. Gives what the provenance says of it.
std::string Format::Fill(Batch& batch, Record& record, std::optional<Record>& shown) const {
  if (record.fate != Fate::kKept) return {};
  const auto items = merged_->Of(record.kept_id);
  if (items.empty()) return {};
  std::vector<Filling> fillings;
  for (const TakenValues::Item& item : items)
    fillings.push_back({item.field, merged_->value(item), merged_->tex(item)});
  auto filled = static_cast<MergeMask>(~0U);
  if (as_input_ || (IsWrittenAsLines(*batch.traits) && batch.traits->pieces_are_fields)) {
    std::string bytes;
    filled = FillRecord(layout_options_, batch, record, fillings, bytes);
    if (filled != 0) {
      record.filled = batch.arena.Copy(bytes);
      shown = record;
      shown->raw = record.filled;
    }
  } else {
    shown = record;
    filled = FillFields(batch, *shown, fillings);
  }
  std::string said;
  for (const TakenValues::Item& item : items) {
    const auto place = static_cast<size_t>(item.field);
    if ((filled & BitOf(item.field)) == 0) {
      ++batch.fills.left_out.at(place);
      continue;
    }
    ++batch.fills.filled.at(place);
    said.append(said.empty() ? ",\"merged\":[{\"field\":\"" : ",{\"field\":\"").append(Name(item.field));
    said.append("\",\"from\":\"").append((places_ ? *places_ : sources_).escaped(item.source)).append("#");
    AppendNumber(item.ordinal, said);
    said += "\"}";
  }
  if (said.empty()) return said;
  ++batch.fills.records;
  return said + "]";
}

void Format::AppendKept(Batch& batch, const Record& record) const {
  if (marks_) return AppendMarked(batch, record, batch.corpus);
  if (IsWrittenAsLines(*batch.traits) && !copies_) {
    if (MasksMembers(*batch.traits)) {
      batch.corpus += LineWithoutPii(batch, record);
      batch.corpus += '\n';
      return;
    }
    if (!record.rewritten) return AppendInputLine(record, batch.corpus);
    clean::AppendRewrittenLine(layout_options_, batch, record, batch.corpus);
    batch.corpus += '\n';
    return;
  }
  const std::string id = IdOf(batch, record), ref = RefName(sources_.name(batch.source), record.ordinal);
  std::string annotation;
  if (copies_) {
    const CopiesOf copies = copies_(record.kept_id);
    annotation = AnnotationObject(ref, id, copies.refs, copies.ids);
  }
  AppendObject(batch, record, id, ref, annotation, batch.corpus);
}

// Its text has been masked; what stands beside it has not.
std::string Format::LineWithoutPii(const Batch& batch, const Record& record) const {
  std::string line, masked;
  if (record.rewritten) {
    clean::AppendRewrittenLine(layout_options_, batch, record, line);
  } else {
    AppendInputLine(record, line);
    line.pop_back();
  }
  clean::MaskPiiInJson(line, masked);
  return masked;
}

void Format::AppendMarked(const Batch& batch, const Record& record, std::string& out) const {
  // Lines keep their own members; an id would have to be made of their texts once more.
  const std::string id = batch.traits->pieces_are_fields ? std::string() : IdOf(batch, record);
  const std::string ref = RefName(sources_.name(batch.source), record.ordinal);
  std::string mark;
  AppendMark(sources_, batch, record, keys_, match_fields_, mark);
  AppendObject(batch, record, id, ref, mark, out);
}

std::string Format::IdOf(const Batch& batch, const Record& record) const {
  thread_local RecordTokens tokens;
  if (match_fields_.empty()) return tokens.Id(rules_, batch.PiecesOf(record));
  std::string ids;
  std::vector<std::string_view> pieces;
  for (size_t field = 0; field < match_fields_.size(); ++field) {
    batch.PiecesOfField(record, field, pieces);
    ids += tokens.Id(rules_, pieces);
  }
  return Hex(Hash128(ids));
}

// With an annotation, if it is not empty.
void Format::AppendObject(const Batch& batch, const Record& record, std::string_view id, std::string_view ref,
                          std::string_view annotation, std::string& out) const {
  Record shown = record;
  if (batch.traits->pieces_are_fields) {
    std::string rewritten;
    if (MasksMembers(*batch.traits)) {
      rewritten = LineWithoutPii(batch, record);
      shown.raw = rewritten;
      shown.invalid_utf8 = 0;
    } else if (record.rewritten) {
      clean::AppendRewrittenLine(layout_options_, batch, record, rewritten);
      shown.raw = rewritten;
      shown.invalid_utf8 = 0;
    }
    return AppendAnnotatedLine(shown, annotation, out);
  }
  if (hides_pii_) shown.num_fields = 0;
  AppendCorpusObject(batch, shown, id, ref, annotation, out);
}

}  // namespace unecho
