#include "page/html_report.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "audit/read_again.h"
#include "audit/report.h"
#include "base/interrupt.h"
#include "base/unnamed_file.h"
#include "oracle/reference.h"
#include "oracle/reference_fields.h"
#include "page/figures.h"
#include "page/provenance.h"
#include "page/template.h"
#include "text/json.h"
#include "text/scan.h"
#include "unecho/pipeline.h"
#include "write/atomic_file.h"
#include "write/outputs.h"

namespace unecho {
namespace {

constexpr size_t kRejectBytes = 200, kMaxSnapshots = 200;
// Longer texts are shown without a look at their similarity: their shingles are too many to keep.
constexpr size_t kComparedBytes = size_t{16} << 10;

// The texts of the records that are shown, read from the sources and checked against the provenance.
class ShownTexts {
 public:
  ShownTexts(std::vector<InputFile> inputs, const AnswerOptions& answer)
      : inputs_(std::move(inputs)), answer_(answer) {}

  absl::Status Read(const ProvenanceFacts& facts) {
    std::map<std::string, std::map<uint64_t, Wanted>> sources;
    const auto want = [&sources](const std::string& ref, const ClaimedRecord& claim, bool is_rejected) {
      sources[claim.source].try_emplace(claim.wanted.ordinal, Wanted{ref, &claim, is_rejected});
    };
    for (const ShownRow& row : facts.removed) want(row.ref, row.record, false);
    for (const auto& [ref, witness] : facts.witnesses) want(ref, witness, false);
    for (const ShownRow& row : facts.rejected) {
      if (!HidesRejected()) want(row.ref, row.record, true);
    }
    for (const auto& [name, wanted] : sources) UNECHO_RETURN_IF_ERROR(ReadSource(name, wanted));
    uint64_t num_unlike = 0;
    std::string first;
    for (const ShownRow& row : facts.removed) {
      if (IsAsSimilar(row)) continue;
      if (num_unlike++ == 0) first = row.ref + " for " + row.witness;
      unlike_[row.ref] = true;
    }
    if (num_unlike > 0) {
      warnings_.push_back(
          absl::StrFormat("%d removed records are shown without texts, since these do not have the similarity that the "
                          "provenance says: their sources have "
                          "changed since the run, or are not its inputs (first: %s)",
                          num_unlike, first));
    }
    for (auto& [ref, text] : texts_) text.shingles = {};
    return absl::OkStatus();
  }

  // Empty: not to be had.
  std::string_view Of(const std::string& ref) const {
    const auto found = texts_.find(ref);
    return found == texts_.end() ? std::string_view() : std::string_view(found->second.text);
  }
  bool IsUnlike(const std::string& ref) const { return unlike_.contains(ref); }
  // What --pii takes out of the corpus does not come back in the page.
  bool HidesRejected() const { return answer_.clean.pii == PiiMode::kMask || answer_.clean.pii == PiiMode::kDrop; }
  const std::vector<std::string>& warnings() const { return warnings_; }  // for people
  const std::vector<std::string>& notes() const { return notes_; }        // for the page alone

 private:
  struct Wanted {
    std::string ref;
    const ClaimedRecord* claim;
    bool is_rejected;
  };
  struct Text {
    std::string text;
    std::optional<std::vector<uint64_t>> shingles;
  };

  absl::Status ReadSource(const std::string& name, const std::map<uint64_t, Wanted>& by_ordinal) {
    const auto leave_out = [&](std::string_view why) {
      warnings_.push_back(absl::StrFormat("no text of %s is shown: %s", name, why));
    };
    const auto file = std::ranges::find(inputs_, name, &InputFile::name);
    if (file == inputs_.end()) {
      leave_out("it is not among the files that were given; give those of the run, by the paths that it had");
      return absl::OkStatus();
    }
    if (file->path == "-") {
      notes_.push_back(
          absl::StrFormat("No text of %s is shown: it was standard input, which cannot be read again.", name));
      return absl::OkStatus();
    }
    if (std::error_code error; !CanBeReadTwice(*file) && std::filesystem::exists(file->path, error)) {
      leave_out("it is no file, and cannot be read twice");
      return absl::OkStatus();
    }
    std::vector<WantedRecord> wanted;
    std::vector<const Wanted*> entries;
    for (const auto& [ordinal, entry] : by_ordinal) {
      wanted.push_back(entry.claim->wanted);
      entries.push_back(&entry);
    }
    std::map<std::string, Text> texts;
    std::string moved;
    const absl::Status status =
        ReadAgain(*file, inputs_, answer_, wanted, &InterruptSignal(), [&](size_t i, Compared record) {
          const Wanted& entry = *entries[i];
          const FoundRecord& found = record.found;
          if (found.offset_bytes != entry.claim->offset_bytes || found.size_bytes != entry.claim->size_bytes) {
            if (moved.empty()) {
              moved = absl::StrFormat(
                  "%s is %d bytes from byte %d there, and %d from byte %d in the provenance: it has changed since, or "
                  "is "
                  "not what the run has read",
                  entry.ref, found.size_bytes, found.offset_bytes, entry.claim->size_bytes, entry.claim->offset_bytes);
            }
            return;
          }
          Text& text = texts[entry.ref];
          text.text =
              Utf8Prefix(entry.is_rejected ? found.raw : record.text, entry.is_rejected ? kRejectBytes : kTextBytes);
          // Which shingles are common, and left out, only the whole input can tell.
          if (entry.is_rejected || record.text.size() > kComparedBytes || answer_.ignore_common > 0) return;
          text.shingles = answer_.match.empty() ? ShinglesOf(record.tokens, answer_.shingle_tokens)
                                                : ShinglesOfFields(record.fields, answer_.shingle_tokens);
        });
    if (absl::IsCancelled(status)) return status;
    if (!moved.empty())
      leave_out(moved);
    else if (!status.ok())
      leave_out(Message(status));
    else
      texts_.merge(texts);
    return absl::OkStatus();
  }

  bool IsAsSimilar(const ShownRow& row) const {
    const auto record = texts_.find(row.ref), witness = texts_.find(row.witness);
    if (!row.similarity || record == texts_.end() || witness == texts_.end()) return true;
    const auto &a = record->second.shingles, &b = witness->second.shingles;
    return !a || !b || std::abs(SimilarityOf(*a, *b) - *row.similarity) < 1e-6;  // six decimals are written
  }

  double SimilarityOf(std::span<const uint64_t> a, std::span<const uint64_t> b) const {
    if (answer_.match.empty()) return ReferenceSimilarity(a, b);
    return std::ranges::min(ReferenceSimilarities(a, b, answer_.match.size()));
  }

  std::vector<InputFile> inputs_;
  const AnswerOptions& answer_;
  std::map<std::string, Text> texts_;
  std::map<std::string, bool> unlike_;
  std::vector<std::string> warnings_, notes_;
};

void WriteStrings(const std::vector<std::string>& strings, JsonWriter& json) {
  json.BeginArray();
  for (const std::string& string : strings) json.String(string);
  json.EndArray();
}

// {"total","rows":[...]}, each row by `write`.
template <typename Write>
void WriteRows(std::string_view key, uint64_t total, const std::vector<ShownRow>& rows, JsonWriter& json, Write write) {
  json.Key(key);
  json.BeginObject();
  json.Key("total");
  json.Number(total);
  json.Key("rows");
  json.BeginArray();
  for (const ShownRow& row : rows) {
    json.BeginArray();
    write(row);
    json.EndArray();
  }
  json.EndArray();
  json.EndObject();
}

void WriteRecords(const ProvenanceFacts& facts, const ShownTexts& texts, JsonWriter& json) {
  WriteRows("removed", facts.num_removed, facts.removed, json, [&](const ShownRow& row) {
    for (const std::string* member : {&row.ref, &row.fate, &row.witness}) json.String(*member);
    if (row.similarity)
      json.Fixed6(*row.similarity);
    else
      json.Null();
    const bool is_unlike = texts.IsUnlike(row.ref);
    json.String(is_unlike ? std::string_view() : texts.Of(row.ref));
    json.String(is_unlike ? std::string_view() : texts.Of(row.witness));
    if (!row.by.empty()) json.String(row.by);
  });
  WriteRows("rejected", facts.num_rejected, facts.rejected, json, [&](const ShownRow& row) {
    json.String(row.ref);
    json.String(row.reason);
    json.Number(row.line);
    json.String(texts.Of(row.ref));
  });
}

// Those with the most records, in their order, and the rest as one without a name.
void WriteSnapshots(std::vector<Snapshot> snapshots, JsonWriter& json) {
  std::vector<std::pair<uint64_t, size_t>> order;
  for (size_t i = 0; i < snapshots.size(); ++i) {
    uint64_t records = 0;
    for (const uint64_t count : snapshots[i].fates) records += count;
    order.emplace_back(records, i);
  }
  std::ranges::stable_sort(order, std::ranges::greater(), [](const auto& each) { return each.first; });
  Snapshot rest;
  std::vector<bool> is_rest(snapshots.size());
  for (size_t i = kMaxSnapshots; i < order.size(); ++i) {
    is_rest[order[i].second] = true;
    for (size_t fate = 0; fate < kNumFates; ++fate) rest.fates[fate] += snapshots[order[i].second].fates[fate];
  }
  const auto write = [&json](const Snapshot& snapshot) {
    const auto fate = [&snapshot](Fate which) { return snapshot.fates[static_cast<size_t>(which)]; };
    const uint64_t removed = fate(Fate::kExact) + fate(Fate::kNear);
    json.BeginObject();
    json.Member("name", snapshot.name);
    const uint64_t read =
        fate(Fate::kKept) + removed + fate(Fate::kContaminated) + fate(Fate::kReference) + fate(Fate::kRejected);
    for (const auto& [key, count] : {std::pair("read", read),
                                     {"kept", fate(Fate::kKept)},
                                     {"removed", removed},
                                     {"contaminated", fate(Fate::kContaminated)},
                                     {"rejected", fate(Fate::kRejected)}}) {
      json.Key(key);
      json.Number(count);
    }
    json.EndObject();
  };
  json.Key("snapshots");
  json.BeginArray();
  for (size_t i = 0; i < snapshots.size(); ++i) {
    if (!is_rest[i]) write(snapshots[i]);
  }
  json.EndArray();
  if (snapshots.size() <= kMaxSnapshots) return;
  rest.name = absl::StrFormat("%d more", snapshots.size() - kMaxSnapshots);
  json.Key("other_snapshots");
  write(rest);
}

}  // namespace

absl::StatusOr<std::string> HtmlReport(const PageOptions& options, Listener& listener) {
  UNECHO_ASSIGN_OR_RETURN(const auto report, AuditReport::Read(options.report));
  AnswerOptions answer = options.answer;
  UNECHO_RETURN_IF_ERROR(report->TakeParameters(answer));

  std::vector<InputFile> inputs = report->Sources(options.inputs, options.stdin_name, answer);
  // The page must not replace an input that only the report names.
  std::vector<std::string> read = {options.report, options.provenance, options.tune};
  for (const InputFile& input : inputs) {
    if (input.aligned.empty()) read.push_back(input.path);
    for (const AlignedFile& each : input.aligned) read.push_back(each.path);
  }
  UNECHO_RETURN_IF_ERROR(CheckOutputs(std::span(&options.output, 1), read, options.overwrite));

  ProvenanceFacts facts;
  ShownTexts texts(std::move(inputs), answer);
  if (!options.provenance.empty()) {
    UNECHO_ASSIGN_OR_RETURN(facts, ReadProvenanceFacts(options.provenance));
    UNECHO_RETURN_IF_ERROR(report->CheckFates(options.provenance, facts.sources));
    UNECHO_RETURN_IF_ERROR(texts.Read(facts));
  }
  std::string data;
  JsonWriter json(data);
  json.BeginObject();
  WriteFigures(report->root(), json);
  if (!options.tune.empty()) UNECHO_RETURN_IF_ERROR(WriteTune(options.tune, report->root(), answer.clean.pii, json));
  WriteRecords(facts, texts, json);
  json.Member("hides_rejected", texts.HidesRejected());
  WriteSnapshots(std::move(facts.snapshots), json);
  json.Key("warnings");
  WriteStrings(texts.warnings(), json);
  json.Key("notes");
  WriteStrings(texts.notes(), json);
  json.EndObject();
  for (const std::string& warning : texts.warnings()) listener.Info("unecho: warning: " + warning + "\n");
  // A "</script>" in a record would end the data: "<" stands in strings only, where it may be written so.
  data = absl::StrReplaceAll(data, {{"<", "\\u003c"}});
  const std::string_view page = HtmlPage();
  constexpr std::string_view kMark = "@DATA@";
  const size_t at = page.find(kMark);
  return std::string(page.substr(0, at)) + data + std::string(page.substr(at + kMark.size()));
}

absl::StatusOr<std::string> RunWithHtmlReport(const PipelineOptions& options, const std::string& command_line,
                                              Listener& listener) {
  if (options.provenance == "-") {
    return absl::InvalidArgumentError(
        "--report with a page reads the provenance again: give --provenance a file, or leave it out");
  }
  if (!options.overwrite) UNECHO_RETURN_IF_ERROR(CheckNotThere(options.report));
  UNECHO_ASSIGN_OR_RETURN(const auto out, OutputFile::Create(options.report));
  UNECHO_ASSIGN_OR_RETURN(const UnnamedFile report, UnnamedFile::Create(options.run.tmpdir));
  std::optional<UnnamedFile> provenance;  // where nobody wants to keep it
  PipelineOptions run = options;
  run.report = report.path();
  if (options.provenance.empty()) {
    UNECHO_ASSIGN_OR_RETURN(provenance, UnnamedFile::Create(options.run.tmpdir));
    run.provenance = provenance->path();
  }
  UNECHO_ASSIGN_OR_RETURN(RunResult done, RunPipeline(run, command_line, listener));
  const PageOptions page_options = {.report = run.report,
                                    .provenance = run.provenance,
                                    .tune = {},
                                    .inputs = run.inputs,
                                    .stdin_name = run.stdin_name,
                                    .answer = run.answer};
  UNECHO_ASSIGN_OR_RETURN(const std::string page, HtmlReport(page_options, listener));
  UNECHO_RETURN_IF_ERROR(out->Write(page));
  UNECHO_RETURN_IF_ERROR(out->Commit());
  return std::move(done.table);
}

}  // namespace unecho
