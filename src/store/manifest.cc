#include "store/manifest.h"

#include <simdjson.h>

#include <algorithm>

#include "absl/strings/str_format.h"
#include "base/hash.h"
#include "store/index_format.h"
#include "text/json.h"

namespace unecho {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::string_view kHash = "hash";

// Members of an object, each of which has to be there and of its type. The first that is not is named.
class Members {
 public:
  explicit Members(const object& members) : members_(members) {}
  std::string Text(std::string_view key) { return std::string(Get<std::string_view>(key)); }
  uint64_t Number(std::string_view key) { return Get<uint64_t>(key); }
  template <typename T>
  T Get(std::string_view key) {
    T value{};
    ++num_known_;
    if (members_[key].get(value) != simdjson::SUCCESS && missing_.empty()) missing_ = key;
    return value;
  }
  absl::Status Check() const {
    if (!missing_.empty())
      return absl::DataLossError(absl::StrFormat("\"%s\" is missing or not what it should be", missing_));
    if (members_.size() != num_known_)
      return absl::DataLossError("it says more than this version of unecho knows; use the version that wrote it");
    return absl::OkStatus();
  }

 private:
  object members_;
  size_t num_known_ = 0;
  std::string missing_;
};

// What is wrong in it would be believed: a threshold that is another, a run that is missing.
absl::Status CheckHash(std::string_view text) {
  const std::string key = absl::StrFormat(",\n  \"%s\": \"", kHash);
  const size_t end = text.rfind(key);
  const std::string last = key + Hex(Hash128(text.substr(0, end))) + "\"\n}\n";
  if (end == std::string_view::npos || text.substr(end) != last)
    return absl::DataLossError("it is not as it was written; take it from a copy of the index");
  return absl::OkStatus();
}

}  // namespace

std::string ValueIn(const IndexParameters& parameters, std::string_view name) {
  const auto found = std::ranges::find(parameters, name, &IndexParameters::value_type::first);
  return found == parameters.end() ? std::string() : found->second;
}

std::string ShownParameter(std::string_view name, std::string_view value) {
  return value.empty() ? absl::StrFormat("no --%s", name) : absl::StrFormat("--%s %s", name, value);
}

std::string DigestOfRuns(std::span<const IndexRun> runs) {
  std::string digests;
  for (const IndexRun& run : runs) digests += run.digest;
  return Hex(Hash128(digests));
}

std::string ManifestText(const Manifest& manifest) {
  std::string text;
  JsonWriter json(text, 2);
  json.BeginObject();
  json.Member("format", kIndexFormat);
  json.Member("version", kIndexVersion);
  json.Member("made_by", manifest.made_by);
  json.Key("parameters");
  json.BeginObject();
  for (const auto& [name, value] : manifest.parameters) json.Member(name, value);
  json.EndObject();
  json.Member("known_answer", manifest.known_answer);
  json.Key("runs");
  json.BeginArray();
  for (const IndexRun& run : manifest.runs) {
    json.BeginObject();
    json.Member("file", run.file);
    json.Member("bytes", run.bytes);
    json.Member("blocks", run.blocks);
    json.Member("digest", run.digest);
    json.Member("sources", run.sources);
    json.Member("records", run.records);
    json.Member("kept", run.kept);
    json.Member("finished", run.finished);
    json.Member("command_line", run.command_line);
    json.EndObject();
  }
  json.EndArray();
  json.Member(kHash, Hex(Hash128(text)));
  json.EndObject();
  text += '\n';
  return text;
}

absl::StatusOr<Manifest> ParseManifest(std::string text) {
  simdjson::dom::parser parser;
  object top;
  if (parser.parse(simdjson::padded_string(text)).get(top) != simdjson::SUCCESS)
    return absl::DataLossError("it is not JSON");
  std::string_view format;
  if (top["format"].get(format) != simdjson::SUCCESS || format != kIndexFormat)
    return absl::DataLossError("it is not of an index of unecho");
  uint64_t version = 0;
  if (top["version"].get(version) != simdjson::SUCCESS || version != kIndexVersion) {
    return absl::DataLossError(
        absl::StrFormat("it is of version %d of the format, and this unecho reads %d; use the version that wrote it",
                        version, kIndexVersion));
  }
  UNECHO_RETURN_IF_ERROR(CheckHash(text));
  Members members(top);
  members.Text("format");
  members.Number("version");
  members.Text(kHash);
  Manifest manifest;
  manifest.made_by = members.Text("made_by");
  manifest.known_answer = members.Text("known_answer");
  const auto parameters = members.Get<object>("parameters");
  const auto runs = members.Get<simdjson::dom::array>("runs");
  UNECHO_RETURN_IF_ERROR(members.Check());
  for (const auto& [name, value] : parameters) {
    std::string_view said;
    if (value.get(said) != simdjson::SUCCESS) return absl::DataLossError("a parameter is no text");
    manifest.parameters.emplace_back(name, said);
  }
  for (const element& each : runs) {
    object run;
    if (each.get(run) != simdjson::SUCCESS) return absl::DataLossError("a run is no object");
    Members of_run(run);
    IndexRun& read = manifest.runs.emplace_back();
    read.file = of_run.Text("file");
    read.bytes = of_run.Number("bytes");
    read.blocks = of_run.Number("blocks");
    read.digest = of_run.Text("digest");
    read.sources = of_run.Number("sources");
    read.records = of_run.Number("records");
    read.kept = of_run.Number("kept");
    read.finished = of_run.Text("finished");
    read.command_line = of_run.Text("command_line");
    UNECHO_RETURN_IF_ERROR(of_run.Check());
    if (read.file.find('/') != std::string::npos) return absl::DataLossError("a run lies in another folder");
  }
  return manifest;
}

}  // namespace unecho
