#include "page/html_report.h"

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/strings/str_replace.h"
#include "audit/report.h"
#include "base/unnamed_file.h"
#include "flow/pipeline.h"
#include "page/figures.h"
#include "page/provenance.h"
#include "page/shown_records.h"
#include "page/shown_texts.h"
#include "page/template.h"
#include "store/outside.h"
#include "text/json.h"
#include "text/json_members.h"
#include "write/atomic_file.h"
#include "write/outputs.h"

namespace unecho {
namespace {

void WriteStrings(const std::vector<std::string>& strings, JsonWriter& json) {
  json.BeginArray();
  for (const std::string& string : strings) json.String(string);
  json.EndArray();
}

// The kept records of the groups that the report lists.
std::vector<std::string> LargestGroups(const simdjson::dom::object& report) {
  std::vector<std::string> witnesses;
  simdjson::dom::array groups;
  if (report["largest_groups"].get(groups) != simdjson::SUCCESS) return witnesses;
  for (const simdjson::dom::element& group : groups) witnesses.emplace_back(Text(group, "witness"));
  return witnesses;
}

}  // namespace

absl::StatusOr<std::string> HtmlReport(const PageOptions& options, Listener& listener) {
  UNECHO_ASSIGN_OR_RETURN(const auto report, AuditReport::Read(options.report));
  AnswerOptions answer = options.answer;
  UNECHO_RETURN_IF_ERROR(report->TakeParameters(answer));

  std::vector<InputFile> inputs = report->Sources(options.inputs, options.stdin_name, {}, answer);
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
    uint64_t num_records = 0;
    if (report->root()["ledger"]["records"]["read"].get(num_records) != simdjson::SUCCESS) num_records = 0;
    UNECHO_ASSIGN_OR_RETURN(facts, ReadProvenanceFacts(options.provenance, LargestGroups(report->root()), num_records,
                                                       report->NumRunsBefore().has_value()));
    UNECHO_RETURN_IF_ERROR(report->CheckFates(options.provenance, facts.sources));
    UNECHO_RETURN_IF_ERROR(texts.Read(facts));
  }
  std::string data;
  JsonWriter json(data);
  json.BeginObject();
  WriteFigures(report->root(), json);
  if (!options.tune.empty()) UNECHO_RETURN_IF_ERROR(WriteTune(options.tune, report->root(), answer.clean.pii, json));
  WriteShownRecords(facts, texts, json);
  facts.figures.Write(json);
  WriteSnapshots(facts.snapshots, json);
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
  if (!options.index.empty())
    UNECHO_RETURN_IF_ERROR(CheckOutside(options.index, std::span(&options.report, 1), "write to another folder"));
  UNECHO_ASSIGN_OR_RETURN(const auto out, OutputFile::Create(options.report));
  UNECHO_ASSIGN_OR_RETURN(const UnnamedFile report, UnnamedFile::Create(options.run.tmpdir));
  std::optional<UnnamedFile> provenance;  // where nobody wants to keep it
  PipelineOptions run = options;
  run.report = report.path();
  if (options.provenance.empty()) {
    UNECHO_ASSIGN_OR_RETURN(provenance, UnnamedFile::Create(options.run.tmpdir));
    run.provenance = provenance->path();
  }
  const PageOptions page_options = {.report = run.report,
                                    .provenance = run.provenance,
                                    .tune = {},
                                    .inputs = run.inputs,
                                    .stdin_name = run.stdin_name,
                                    .answer = run.answer};
  const auto write_page = [&]() -> absl::Status {
    UNECHO_ASSIGN_OR_RETURN(const std::string page, HtmlReport(page_options, listener));
    UNECHO_RETURN_IF_ERROR(out->Write(page));
    return out->Commit();
  };
  UNECHO_ASSIGN_OR_RETURN(RunResult done, RunPipelineAnd(write_page, run, command_line, listener));
  return std::move(done.table);
}

}  // namespace unecho
