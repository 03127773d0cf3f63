#include "commands/inspect.h"

#include <algorithm>
#include <atomic>
#include <span>

#include "absl/strings/str_format.h"
#include "base/batch.h"
#include "base/memory.h"
#include "flow/plan.h"
#include "flow/prepare.h"
#include "flow/runner.h"
#include "read/batch_reader.h"
#include "report/source_check.h"
#include "text/json.h"
#include "text/shown_text.h"

namespace unecho {
namespace {

constexpr size_t kTitleWidth = 100, kTextWidth = 100, kExampleWidth = 50, kNameWidth = 30;

// The first two pieces that say something: as a rule, title and text. One alone is the title.
std::pair<std::string, std::string> TitleAndText(const Batch& batch, const Record& record) {
  std::string title = ShownText(record.title, kTitleWidth);
  for (const std::string_view piece : batch.PiecesOf(record)) {
    if (piece == record.title) continue;
    std::string text = ShownText(piece, kTextWidth);
    if (text.empty()) continue;
    if (title.empty())
      title = std::move(text);
    else
      return {std::move(title), std::move(text)};
  }
  return {std::move(title), {}};
}

class Gatherer {
 public:
  explicit Gatherer(Inspection& to) : to_(to) {}

  absl::Status operator()(Batch& batch) {
    if (!batch.misfit.empty()) return absl::InvalidArgumentError(absl::StrFormat("%s: %s", to_.name, batch.misfit));
    for (Record& record : batch.records) {
      if (record.reason == Reason::kNone) record.fate = Fate::kKept;  // nothing is compared
    }
    check_.Add(batch);
    for (const auto& [source, found] : check_.findings()) to_.findings = found;
    for (const auto& [source, why] : check_.unusable()) to_.findings.push_back("nothing of it can be used: " + why);
    for (const Record& record : batch.records) {
      if (record.is_first_fragment) first_line_ = lines_ + record.line_in_batch + 1;
      if (!record.is_last_fragment) continue;
      ++to_.ledger.records_read;
      TakeFields(batch.FieldsOf(record));
      if (record.reason != Reason::kNone) {
        ++to_.ledger[Fate::kRejected];
        ++to_.ledger[record.reason];
        Inspection::Shown& first = to_.first_rejected[static_cast<size_t>(record.reason)];
        if (first.line == 0) first = {first_line_, {}, ShownText(record.raw, kTextWidth)};
        continue;
      }
      ++to_.ledger[Fate::kKept];
      has_text_ |= batch.HasText(record) || !batch.traits->has_named_fields;
      to_.has_only_titles = !has_text_;
      auto [title, text] = TitleAndText(batch, record);
      to_.last_title = title;
      if (to_.ledger[Fate::kKept] == 1) to_.first_title = to_.last_title;
      if (!record.snapshot.empty()) {
        to_.last_snapshot = record.snapshot;
        if (to_.first_snapshot.empty()) to_.first_snapshot = record.snapshot;
      }
      if (to_.preview.size() < Inspection::kPreview)
        to_.preview.push_back({first_line_, std::move(title), std::move(text)});
    }
    lines_ += batch.num_lines;
    to_.ledger.bytes_read += batch.ledger.bytes_read;
    to_.ledger.invalid_utf8 += batch.ledger.invalid_utf8;
    for (size_t i = 0; i < kNumByteClasses; ++i) to_.ledger.bytes[i] += batch.ledger.bytes[i];
    return absl::OkStatus();
  }

 private:
  void TakeFields(std::span<const NamedField> fields) {
    if (!fields.empty()) ++to_.num_listed;
    for (const NamedField& field : fields) {
      auto known = std::ranges::find(to_.fields, field.name, &Inspection::Field::name);
      if (known == to_.fields.end()) {
        if (to_.fields.size() == Inspection::kMostFields) continue;
        known = to_.fields.insert(known, {std::string(field.name), {}, 0});
      }
      if (field.value.empty() || (field.is_json && field.value == "null")) continue;
      known->compared += field.is_compared ? 1 : 0;
      if (known->filled++ == 0) known->example = ShownText(field.value, kExampleWidth);
    }
  }

  Inspection& to_;
  SourceCheck check_;
  uint64_t lines_ = 0, first_line_ = 0;
  bool has_text_ = false;
};

void Line(std::string_view name, std::string_view value, std::string& out) {
  absl::StrAppendFormat(&out, "  %-12s %s\n", name, value);
}

}  // namespace

absl::StatusOr<Inspection> Inspect(const InputFile& input, const SiblingLayouts& beside, const AnswerOptions& answer,
                                   const RunOptions& run) {
  Inspection inspection;
  inspection.name = input.name;
  std::atomic<uint64_t> progress{0};
  AnswerOptions listing = answer;
  listing.segment.list_fields = true;
  BatchReader reader(
      std::span(&input, 1), [&](size_t) { return OpenInput(input, run.stop); }, listing, run.batch_bytes, &progress);
  reader.SetSiblings(beside);
  const Prepare prepare(listing);
  Gatherer gather(inspection);

  Chain chain;
  chain.Parallel("prepare", prepare);
  chain.InOrder("gather", gather);
  ReadCost cost;
  const uint64_t limit_bytes = run.memory_bytes > 0 ? run.memory_bytes : DefaultMemoryLimit();
  UNECHO_RETURN_IF_ERROR(RunChain(reader, chain,
                                  {.threads = NumThreads(run),
                                   .stop = run.stop,
                                   .batch_bytes = run.batch_bytes,
                                   .check = [] { return absl::OkStatus(); },
                                   .memory_left = [=] { return limit_bytes / 2; },
                                   .beyond_memory = {}},
                                  cost));

  const SourceFacts& facts = reader.facts().front();
  inspection.compression = facts.compression;
  inspection.encoding = facts.encoding;
  inspection.num_undecodable = facts.num_undecodable;
  inspection.layout = facts.layout;
  inspection.why = facts.layout_why;
  inspection.encoding_guess = facts.encoding_guess;
  return inspection;
}

std::string Describe(const Inspection& i) {
  std::string out = ShownText(i.name, 200) + "\n";
  Line("compression", i.compression, out);
  std::string encoding = i.encoding;
  if (i.num_undecodable > 0) absl::StrAppendFormat(&encoding, ", %d sequences mean nothing in it", i.num_undecodable);
  if (i.ledger.invalid_utf8 > 0) absl::StrAppendFormat(&encoding, ", %d malformed sequences", i.ledger.invalid_utf8);
  if (!i.encoding_guess.empty()) absl::StrAppendFormat(&encoding, ": %s", i.encoding_guess);
  Line("encoding", encoding, out);
  Line("layout", i.why.empty() ? i.layout : absl::StrFormat("%s: %s", i.layout, i.why), out);
  Line("records", absl::StrFormat("%d, %d of them rejected", i.ledger.records_read, i.ledger[Fate::kRejected]), out);
  Line("bytes",
       absl::StrFormat("%d: %d record, %d left out, %d furniture, %d separator, %d rejected", i.ledger.bytes_read,
                       i.ledger[ByteClass::kRecord], i.ledger[ByteClass::kLeftOut], i.ledger[ByteClass::kFurniture],
                       i.ledger[ByteClass::kSeparator], i.ledger[ByteClass::kRejected]),
       out);
  if (!i.first_snapshot.empty()) {
    Line("snapshot",
         i.first_snapshot == i.last_snapshot ? i.first_snapshot : i.first_snapshot + " to " + i.last_snapshot, out);
  }
  if (i.ledger[Fate::kKept] > 0) {
    Line("first title", i.first_title, out);
    Line("last title", i.last_title, out);
  }
  if (i.has_only_titles) {
    Line("text",
         absl::StrFormat(
             "none: no field is known as text, so titles alone are compared; 'unecho layouts --show %s' has the names",
             i.layout),
         out);
  }
  for (size_t reason = 0; reason < kNumReasons; ++reason) {
    const Inspection::Shown& first = i.first_rejected[reason];
    if (first.line == 0) continue;
    Line("rejected",
         absl::StrFormat("%s %d, first in line %d: %s", Name(static_cast<Reason>(reason)), i.ledger.reasons[reason],
                         first.line, first.text),
         out);
  }
  for (const Inspection::Field& field : i.fields) {
    Line("field",
         absl::StrFormat("%s, in %d of %d, %s%s%s", ShownText(field.name, kNameWidth), field.filled, i.num_listed,
                         field.compared > 0 ? "compared" : "left out", field.filled > 0 ? ": " : "", field.example),
         out);
  }
  for (const std::string& finding : i.findings) Line("look at", finding, out);
  for (const Inspection::Shown& record : i.preview) {
    Line(absl::StrFormat("line %d", record.line), record.title, out);
    if (!record.text.empty()) Line("", record.text, out);
  }
  return out;
}

}  // namespace unecho
