#include "shard/second_reading.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "flow/readings.h"
#include "layouts/cutter.h"
#include "options/sameness.h"

namespace unecho {
namespace {

constexpr uint64_t kMostLines = uint64_t{1} << 48;  // as CutRow counts them

bool HasNames(const LayoutOptions& options) { return !options.id_field.empty() || !options.order_field.empty(); }

// Where `part` begins in `record`: nothing if it is not in it.
std::optional<uint32_t> PlaceIn(const Record& record, std::string_view part) {
  if (part.empty()) return 0;
  const auto begin = reinterpret_cast<uintptr_t>(part.data()), first = reinterpret_cast<uintptr_t>(record.raw.data());
  if (begin < first || begin + part.size() > first + record.raw.size()) return std::nullopt;
  return static_cast<uint32_t>(begin - first);
}

// Of a batch in which what is between lines are separators.
void CountBytes(Batch& batch, const Record& record) {
  if (record.reason == Reason::kNone)
    CountAccepted(batch, record);
  else
    batch.ledger[ByteClass::kRejected] += record.size_bytes;
  batch.ledger[ByteClass::kSeparator] -= record.size_bytes;
}

bool IsPlainRecord(const Batch& batch, const Record& record) {
  return record.is_first_fragment && record.is_last_fragment && record.furniture_bytes == 0 && !record.rewritten &&
         record.invalid_utf8 == 0 && record.num_units == 0 && record.snapshot.empty() && record.language.empty() &&
         record.raw.data() == batch.bytes.data() + (record.offset_bytes - batch.offset_bytes) &&
         record.raw.size() == record.size_bytes && record.size_bytes < UINT32_MAX && record.line < kMostLines &&
         PlaceIn(record, record.id) && PlaceIn(record, record.order_value);
}

}  // namespace

bool MayCutAgain(const PipelineOptions& options) {
  const AnswerOptions& answer = options.answer;
  return !answer.as_input && !answer.clean.dedups() && !SamenessOf(answer).any();
}

// --- noting --------------------------------------------------------------------------------------------------------

NoteCuts::NoteCuts(const PipelineOptions& options, TaskWriter& out)
    : notes_(MayCutAgain(options)),
      has_names_(HasNames(options.answer.segment)),
      makes_objects_(options.answer.mark || !options.removed.empty()),
      out_(out) {}

absl::Status NoteCuts::Begin() {
  for (auto& [file, name] : {std::pair<TaskWriter::File**, const char*>{&cuts_, "cuts"},
                             {&names_, "cut_names"},
                             {&sources_, "cut_sources"},
                             {&titles_, "cut_titles"}}) {
    UNECHO_ASSIGN_OR_RETURN(*file, out_.Create(name));
  }
  return absl::OkStatus();
}

absl::Status NoteCuts::operator()(const Batch& batch) {
  if (!notes_) return absl::OkStatus();
  if (!source_) {
    source_.emplace(CutSource{num_cuts_, 0, 0, static_cast<uint32_t>(batch.source), 0});
    is_plain_ = true;
  }
  is_plain_ = is_plain_ && IsPlain(batch);
  source_->seen_names |= batch.seen_names;
  for (const Record& record : batch.records) {
    if (!is_plain_) break;
    UNECHO_RETURN_IF_ERROR(Note(batch, record));
  }
  return batch.ends_source ? EndSource() : absl::OkStatus();
}

bool NoteCuts::IsPlain(const Batch& batch) const {
  const LayoutTraits& traits = *batch.traits;
  if (!traits.is_written_as_lines || (makes_objects_ && !traits.pieces_are_fields)) return false;
  if (batch.source_widths != nullptr || batch.open_fragment || !batch.cuts.empty() || !batch.bad_utf8.empty() ||
      !batch.furniture_texts.empty() || !batch.doubt.empty() || !batch.misfit.empty() || !batch.snapshot.empty())
    return false;
  const auto is_some = [](uint64_t count) { return count > 0; };
  if (std::ranges::any_of(batch.rewrites.records, is_some) || std::ranges::any_of(batch.rewrites.spans, is_some))
    return false;
  const auto is_plain = [&batch](const Record& record) { return IsPlainRecord(batch, record); };
  if (!std::ranges::all_of(batch.records, is_plain)) return false;
  // The books can be made again without a look at the text.
  Batch books;
  books.ledger[ByteClass::kSeparator] = batch.size;
  for (const Record& record : batch.records) CountBytes(books, record);
  return books.ledger.bytes == batch.ledger.bytes && batch.ledger.invalid_utf8 == 0;
}

absl::Status NoteCuts::Note(const Batch& batch, const Record& record) {
  const bool is_read = record.reason == Reason::kNone;
  if (is_read) often_titles_.Add(batch, record);
  CutRow row{};
  row.offset = record.offset_bytes;
  row.bytes = static_cast<uint32_t>(record.size_bytes);
  row.left_out = static_cast<uint32_t>(record.left_out_bytes);
  row.line = (record.line - 1) & (kMostLines - 1);
  row.reason = static_cast<uint8_t>(record.reason);
  row.has_text = is_read && batch.HasText(record);
  row.has_mark = record.has_mark;
  UNECHO_RETURN_IF_ERROR(cuts_->Append(std::span<const CutRow>(&row, 1)));
  ++num_cuts_;
  if (!has_names_) return absl::OkStatus();
  const CutNames names{*PlaceIn(record, record.id), static_cast<uint32_t>(record.id.size()),
                       *PlaceIn(record, record.order_value), static_cast<uint32_t>(record.order_value.size())};
  return names_->Append(std::span<const CutNames>(&names, 1));
}

absl::Status NoteCuts::EndSource() {
  CutSource row = *source_;
  const OftenTitles often = std::exchange(often_titles_, {});
  source_.reset();
  if (!is_plain_) return absl::OkStatus();
  row.num_cuts = num_cuts_ - row.first_cut;
  std::string said;
  for (const std::string& sentence : often.Said(row.num_cuts)) said.append(sentence).push_back('\0');
  row.title_bytes = static_cast<uint32_t>(said.size());
  UNECHO_RETURN_IF_ERROR(titles_->Append(std::string_view(said)));
  return sources_->Append(std::span<const CutSource>(&row, 1));
}

// --- cutting -------------------------------------------------------------------------------------------------------

CutAgain::CutAgain(const PipelineOptions& options)
    : prepare_(options.answer, PrepareWants{.which_tokens = false}), has_names_(HasNames(options.answer.segment)) {}

absl::StatusOr<CutAgain> CutAgain::Open(const PipelineOptions& options, const TaskReader& signed_shard) {
  CutAgain again(options);
  UNECHO_ASSIGN_OR_RETURN(again.cuts_, signed_shard.Map("cuts"));
  UNECHO_ASSIGN_OR_RETURN(again.names_, signed_shard.Map("cut_names"));
  UNECHO_ASSIGN_OR_RETURN(const MappedFile sources, signed_shard.Map("cut_sources"));
  UNECHO_ASSIGN_OR_RETURN(const MappedFile titles, signed_shard.Map("cut_titles"));
  const size_t num_cuts = again.cuts_.As<CutRow>().size();
  std::string_view left(titles.As<char>().data(), titles.As<char>().size());
  for (const CutSource& row : sources.As<CutSource>()) {
    const bool is_there = row.first_cut <= num_cuts && row.num_cuts <= num_cuts - row.first_cut;
    if (!is_there || row.title_bytes > left.size()) return signed_shard.Damaged("a source is not in cuts");
    Source& source = again.sources_.emplace_back(Source{row, {}});
    for (std::string_view said = left.substr(0, row.title_bytes); !said.empty();) {
      const size_t end = std::min(said.find('\0'), said.size() - 1);
      source.titles_said.emplace_back(said.substr(0, end));
      said.remove_prefix(end + 1);
    }
    left.remove_prefix(row.title_bytes);
  }
  if (again.has_names_ && again.names_.As<CutNames>().size() != num_cuts)
    return signed_shard.Damaged("cut_names does not go with cuts");
  return again;
}

void CutAgain::Say(Statistics& statistics) const {
  for (const Source& source : sources_) statistics.SetTitlesSaid(source.row.source, source.titles_said);
}

const CutAgain::Source* CutAgain::Find(SourceId source) const {
  const auto number = static_cast<uint32_t>(source);
  const auto found = std::ranges::lower_bound(sources_, number, {}, [](const Source& each) { return each.row.source; });
  return found != sources_.end() && found->row.source == number ? &*found : nullptr;
}

absl::Status CutAgain::operator()(Batch& batch) const {
  if (const Source* const source = Find(batch.source); source != nullptr) return Cut(source->row, batch);
  prepare_(batch);
  return absl::OkStatus();
}

absl::Status CutAgain::Cut(const CutSource& source, Batch& batch) const {
  const auto rows = cuts_.As<CutRow>().subspan(source.first_cut, source.num_cuts);
  const uint64_t end = batch.offset_bytes + batch.size;
  const auto from_offset = [rows](uint64_t offset) {
    const auto row = std::ranges::lower_bound(rows, offset, {}, &CutRow::offset);
    return static_cast<size_t>(row - rows.begin());
  };
  const size_t first = from_offset(batch.offset_bytes), last = from_offset(end);
  constexpr size_t kStep = MappedFile::kResidentBytes / sizeof(CutRow);
  if (first / kStep != last / kStep) {
    cuts_.Forget();
    names_.Forget();
  }
  // Lines are counted from that of the batch's first record, but at the begin of the source.
  const uint64_t line = batch.offset_bytes == 0 || first == rows.size() ? 0 : uint64_t{rows[first].line};
  batch.traits = &TraitsOf(*batch.layout);
  batch.seen_names = source.seen_names;
  batch.ledger.bytes_read = batch.size;
  batch.ledger[ByteClass::kSeparator] = batch.size;
  // What stands for the text: of a record that says more than its title, and of one that does not.
  batch.pieces = {std::string_view("."), std::string_view()};
  batch.records.reserve(last - first);
  uint64_t from = batch.offset_bytes;
  for (size_t i = first; i < last; ++i) {
    const CutRow& row = rows[i];
    if (row.offset < from || row.bytes > end - row.offset || row.reason >= static_cast<uint8_t>(Reason::kCount))
      return InputChanged();
    from = row.offset + row.bytes;
    Record& record = batch.records.emplace_back();
    record.offset_bytes = row.offset;
    record.size_bytes = row.bytes;
    record.left_out_bytes = row.left_out;
    record.raw = {batch.bytes.data() + (row.offset - batch.offset_bytes), row.bytes};
    record.line_in_batch = static_cast<uint32_t>(row.line - line);
    record.reason = static_cast<Reason>(row.reason);
    record.has_mark = row.has_mark != 0;
    record.num_words = record.reason == Reason::kNone ? 1 : 0;
    record.first_piece = row.has_text != 0 ? 0 : 1;
    record.num_pieces = 1;
    record.begins_with_title = row.has_text == 0;
    CountBytes(batch, record);
    if (!has_names_) continue;
    const CutNames& names = names_.As<CutNames>()[source.first_cut + i];
    if (uint64_t{names.id_begin} + names.id_bytes > row.bytes ||
        uint64_t{names.order_begin} + names.order_bytes > row.bytes)
      return InputChanged();
    record.id = record.raw.substr(names.id_begin, names.id_bytes);
    record.order_value = record.raw.substr(names.order_begin, names.order_bytes);
  }
  if (last < rows.size()) batch.num_lines = static_cast<uint32_t>(rows[last].line - line);
  return absl::OkStatus();
}

}  // namespace unecho
