#include "unecho/html_report.h"

#include <simdjson.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "audit_claims.h"
#include "audit_report.h"
#include "layouts/text_scan.h"
#include "report_html/page.h"
#include "unecho/atomic_file.h"
#include "unecho/json.h"
#include "unecho/pipeline.h"
#include "unecho/record_stream.h"
#include "unnamed_file.h"

namespace unecho {
namespace {

using simdjson::dom::element;

constexpr size_t kMaxRemoved = 1000, kMaxRejected = 200;
constexpr size_t kTextBytes = 1200, kRejectBytes = 200;

struct Row {
  std::string ref, fate, witness, reason;
  std::optional<double> similarity;
  uint64_t line = 0, place = 0;      // place: among all lines, for the order in which they are shown
};

// The rows with the smallest hashes, of any number.
class Draw {
 public:
  explicit Draw(size_t most) : most_(most) {}
  void Add(Row row) {
    ++total_;
    const uint64_t hash = XXH3_64bits(row.ref.data(), row.ref.size());
    if (heap_.size() == most_ && hash >= heap_.front().first) return;
    if (heap_.size() == most_) {
      std::ranges::pop_heap(heap_, {}, &Entry::first);
      heap_.pop_back();
    }
    heap_.emplace_back(hash, std::move(row));
    std::ranges::push_heap(heap_, {}, &Entry::first);
  }
  uint64_t total() const { return total_; }
  std::vector<Row> Rows() const {
    std::vector<Row> rows;
    for (const Entry& entry : heap_) rows.push_back(entry.second);
    std::ranges::sort(rows, {}, &Row::place);
    return rows;
  }

 private:
  using Entry = std::pair<uint64_t, Row>;
  size_t most_;
  uint64_t total_ = 0;
  std::vector<Entry> heap_;
};

struct Snapshot {
  std::string name;
  uint64_t read = 0, kept = 0, removed = 0, rejected = 0;
};

struct FromProvenance {
  Draw removed{kMaxRemoved}, rejected{kMaxRejected};
  std::vector<Snapshot> snapshots;   // in the order in which they come
};

absl::Status ReadProvenance(const std::string& path, FromProvenance& out) {
  UNECHO_ASSIGN_OR_RETURN(LineStream lines, LineStream::Open(path));
  simdjson::dom::parser parser;
  absl::flat_hash_map<std::string, size_t> by_name;
  for (uint64_t place = 0;; ++place, lines.Drop()) {
    UNECHO_ASSIGN_OR_RETURN(const std::optional<std::string_view> text, lines.Peek());
    if (!text) return absl::OkStatus();
    element line;
    std::string_view ref, fate, value;
    if (parser.parse(text->data(), text->size()).get(line) != simdjson::SUCCESS || line["ref"].get(ref) != simdjson::SUCCESS || line["fate"].get(fate) != simdjson::SUCCESS) {
      return absl::DataLossError(absl::StrFormat("%s:%d: is no line of a provenance", path, lines.line()));
    }
    if (line["snapshot"].get(value) == simdjson::SUCCESS) {
      const auto [at, is_new] = by_name.try_emplace(std::string(value), out.snapshots.size());
      if (is_new) out.snapshots.push_back({std::string(value)});
      Snapshot& snapshot = out.snapshots[at->second];
      ++snapshot.read;
      ++(fate == "kept" ? snapshot.kept : fate == "rejected" ? snapshot.rejected : snapshot.removed);
    }
    if (fate == "kept") continue;
    Row row;
    row.ref = ref;
    row.fate = fate;
    row.place = place;
    if (line["witness"].get(value) == simdjson::SUCCESS) row.witness = value;
    if (line["reason"].get(value) == simdjson::SUCCESS) row.reason = value;
    if (double similarity = 0; line["similarity"].get(similarity) == simdjson::SUCCESS) row.similarity = similarity;
    if (line["line"].get(row.line) != simdjson::SUCCESS) row.line = 0;
    (fate == "rejected" ? out.rejected : out.removed).Add(std::move(row));
  }
}

// Texts of the records that are named, as far as they are to be had; of rejected ones their bytes.
using Texts = absl::flat_hash_map<std::string, std::string>;

void ReadTexts(const std::vector<InputFile>& inputs, const AnswerOptions& answer, Texts& wanted) {
  size_t missing = wanted.size();
  std::vector<std::string> paths;
  for (const InputFile& input : inputs) {
    if (input.path == "-") return;   // it is gone
    paths.push_back(input.path);
  }
  RecordStream records(paths, answer);
  for (TextRecord record; missing > 0;) {
    const auto more = records.Next(record);
    if (!more.ok() || !*more) return;
    const auto found = wanted.find(record.ref());
    if (found == wanted.end()) continue;
    --missing;
    std::string text;
    for (const std::string_view piece : record.pieces) {
      if (!text.empty() && !piece.empty()) text += '\n';
      text += piece;
    }
    if (record.reason != Reason::kNone) text = record.raw;
    found->second = Utf8Prefix(text, kTextBytes);
  }
}

void WriteRemoved(JsonWriter& json, const Draw& removed, const Texts& texts) {
  json.BeginObject();
  json.Key("total");
  json.Number(removed.total());
  json.Key("rows");
  json.BeginArray();
  for (const Row& row : removed.Rows()) {
    json.BeginArray();
    json.String(row.ref);
    json.String(row.fate);
    json.String(row.witness);
    if (row.similarity) json.Fixed6(*row.similarity);
    else json.Null();
    json.String(texts.at(row.ref));
    const auto witness = texts.find(row.witness);
    json.String(witness == texts.end() ? std::string_view() : std::string_view(witness->second));
    json.EndArray();
  }
  json.EndArray();
  json.EndObject();
}

void WriteRejected(JsonWriter& json, const Draw& rejected, const Texts& texts) {
  json.BeginObject();
  json.Key("total");
  json.Number(rejected.total());
  json.Key("rows");
  json.BeginArray();
  for (const Row& row : rejected.Rows()) {
    json.BeginArray();
    json.String(row.ref);
    json.String(row.reason);
    json.Number(row.line);
    json.String(Utf8Prefix(texts.at(row.ref), kRejectBytes));
    json.EndArray();
  }
  json.EndArray();
  json.EndObject();
}

void WriteSnapshots(JsonWriter& json, const std::vector<Snapshot>& snapshots) {
  json.BeginArray();
  for (const Snapshot& snapshot : snapshots) {
    json.BeginObject();
    json.Key("name");
    json.String(snapshot.name);
    for (const auto& [key, count] : {std::pair("read", snapshot.read), {"kept", snapshot.kept}, {"removed", snapshot.removed}, {"rejected", snapshot.rejected}}) {
      json.Key(key);
      json.Number(count);
    }
    json.EndObject();
  }
  json.EndArray();
}

absl::StatusOr<std::string> ReadTune(const std::string& path) {
  UNECHO_ASSIGN_OR_RETURN(std::string text, ReadWhole({path, path}));
  simdjson::dom::parser parser;
  std::string_view schema;
  if (parser.parse(text)["schema"].get(schema) != simdjson::SUCCESS || schema != "unecho-tune") {
    return absl::DataLossError(absl::StrFormat("%s: is not what 'unecho tune --report' writes", path));
  }
  return text;
}

}  // namespace

absl::StatusOr<std::string> HtmlReport(const Options& options) {
  UNECHO_ASSIGN_OR_RETURN(const auto parsed, AuditReport::Read(options.audit_report));
  AnswerOptions answer = options.answer;
  UNECHO_RETURN_IF_ERROR(parsed->TakeParameters(answer));

  FromProvenance facts;
  Texts texts;
  if (!options.audit_provenance.empty()) {
    UNECHO_RETURN_IF_ERROR(ReadProvenance(options.audit_provenance, facts));
    for (const Row& row : facts.removed.Rows()) texts.try_emplace(row.ref), texts.try_emplace(row.witness);
    for (const Row& row : facts.rejected.Rows()) texts.try_emplace(row.ref);
    ReadTexts(options.inputs.empty() ? parsed->Inputs() : NameInputs(options.inputs, options.stdin_name), answer, texts);
  }
  std::string data;
  JsonWriter json(data);
  json.BeginObject();
  json.Key("removed");
  WriteRemoved(json, facts.removed, texts);
  json.Key("rejected");
  WriteRejected(json, facts.rejected, texts);
  json.Key("snapshots");
  WriteSnapshots(json, facts.snapshots);
  json.EndObject();
  data.insert(1, "\"report\":" + simdjson::to_string(parsed->root()) + ",");
  if (!options.tune_report.empty()) {
    UNECHO_ASSIGN_OR_RETURN(const std::string tune, ReadTune(options.tune_report));
    data.insert(1, "\"tune\":" + tune + ",");
  }
  // A "</script>" in a record would end the data: "<" stands in strings only, where it may be written so.
  data = absl::StrReplaceAll(data, {{"<", "\\u003c"}});
  const std::string_view page = HtmlPage();
  constexpr std::string_view kMark = "@DATA@";
  const size_t at = page.find(kMark);
  return std::string(page.substr(0, at)) + data + std::string(page.substr(at + kMark.size()));
}

absl::StatusOr<std::string> RunWithHtmlReport(const Options& options, const std::string& command_line, Console& console) {
  if (!options.overwrite) UNECHO_RETURN_IF_ERROR(CheckNotThere(options.report));
  UNECHO_ASSIGN_OR_RETURN(const auto out, OutputFile::Create(options.report));
  UNECHO_ASSIGN_OR_RETURN(const UnnamedFile report, UnnamedFile::Create(options.run.tmpdir));
  std::optional<UnnamedFile> provenance;   // where nobody wants to keep it
  Options run = options;
  run.report = report.path();
  if (options.provenance.empty()) {
    UNECHO_ASSIGN_OR_RETURN(provenance, UnnamedFile::Create(options.run.tmpdir));
    run.provenance = provenance->path();
  }
  UNECHO_ASSIGN_OR_RETURN(std::string table, RunPipeline(run, command_line, console));
  run.audit_report = run.report;
  run.audit_provenance = run.provenance;
  UNECHO_ASSIGN_OR_RETURN(const std::string page, HtmlReport(run));
  UNECHO_RETURN_IF_ERROR(out->Write(page));
  UNECHO_RETURN_IF_ERROR(out->Commit());
  return table;
}

}  // namespace unecho
