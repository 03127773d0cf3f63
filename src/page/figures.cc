#include "page/figures.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "audit/claims.h"
#include "text/counted.h"
#include "text/json_members.h"
#include "text/scan.h"

namespace unecho {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr uint64_t kLargestExactInteger = uint64_t{1} << 53;

std::vector<element> Rows(const object& of, std::string_view key) {
  array rows;
  if (of[key].get(rows) != simdjson::SUCCESS) return {};
  return {rows.begin(), rows.end()};
}

using Skipped = std::span<const std::string_view>;

// Strings at most `most` bytes long; without members of the names `skipped`.
void CopyValue(const element& value, size_t most, JsonWriter& json, Skipped skipped = {}) {
  object members;
  array values;
  std::string_view text;
  uint64_t number = 0;
  double real = 0;
  if (value.get(members) == simdjson::SUCCESS) {
    json.BeginObject();
    for (const auto& [key, member] : members) {
      if (std::ranges::find(skipped, key) != skipped.end()) continue;
      json.Key(key);
      CopyValue(member, most, json, skipped);
    }
    json.EndObject();
  } else if (value.get(values) == simdjson::SUCCESS) {
    json.BeginArray();
    for (const element& each : values) CopyValue(each, most, json, skipped);
    json.EndArray();
  } else if (value.get(text) == simdjson::SUCCESS) {
    json.String(Utf8Prefix(text, most));
  } else if (value.get(number) == simdjson::SUCCESS) {
    if (number > kLargestExactInteger)
      json.String(std::to_string(number));
    else
      json.Number(number);
  } else if (value.is<int64_t>() || value.get(real) != simdjson::SUCCESS) {  // negative, true, false, null
    json.Raw(simdjson::to_string(value));
  } else {
    json.Double(real);
  }
}

// The kMaxSources of these with the largest values, in their order.
template <typename Value>
std::vector<size_t> Largest(size_t count, Value value) {
  std::vector<size_t> order(count);
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, std::ranges::greater(), value);
  std::ranges::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(std::min(kMaxSources, count)));
  return order;
}

// With the sources that have the most records, and how many others there are.
void WriteScreening(const object& screening, JsonWriter& json) {
  const std::vector<element> sources = Rows(screening, "sources");
  const auto records = [&sources](size_t i) { return Number(sources[i], "identified").value_or(0); };
  const std::vector<size_t> order = Largest(sources.size(), records);
  const size_t shown = std::min(kMaxSources, order.size());
  json.BeginObject();
  for (const auto& [key, value] : screening) {
    if (key == "sources") continue;
    json.Key(key);
    CopyValue(value, SIZE_MAX, json);
  }
  json.Key("sources");
  json.BeginArray();
  for (size_t i = 0; i < shown; ++i) CopyValue(sources[order[i]], SIZE_MAX, json);
  json.EndArray();
  json.Member("more_sources", order.size() - shown);
  json.EndObject();
}

void WriteReport(const object& report, JsonWriter& json) {
  json.BeginObject();
  for (const auto& [key, value] : report) {
    if (key == "sources" || key == "overlap") continue;
    json.Key(key);
    object run, screening;
    if (key == "prisma" && value.get(screening) == simdjson::SUCCESS) {
      WriteScreening(screening, json);
      continue;
    }
    if (key != "run" || value.get(run) != simdjson::SUCCESS) {
      CopyValue(value, SIZE_MAX, json);
      continue;
    }
    json.BeginObject();
    for (const auto& [fact, of_run] : run) {
      if (fact == "inputs" || fact == "against") continue;
      json.Key(fact);
      CopyValue(of_run, kMaxCommandBytes, json);
    }
    json.EndObject();
  }
  json.EndObject();
}

// With its slash; empty if there is none.
std::string CommonFolder(const std::vector<element>& sources) {
  if (sources.empty()) return {};
  std::string_view folder = Text(sources.front(), "name");
  for (const element& source : sources) {
    const std::string_view name = Text(source, "name");
    const auto differ = std::ranges::mismatch(folder, name);
    folder = folder.substr(0, static_cast<size_t>(differ.in1 - folder.begin()));
  }
  return std::string(folder.substr(0, folder.rfind('/') + 1));
}

void WriteSources(const object& report, JsonWriter& json) {
  const std::vector<element> sources = Rows(report, "sources");
  const std::vector<size_t> order = Largest(sources.size(), [&sources](size_t i) {
    element books;
    return sources[i]["records"].get(books) == simdjson::SUCCESS ? Number(books, "read").value_or(0) : 0;
  });
  const size_t shown = std::min(kMaxSources, order.size());
  json.BeginObject();
  json.Key("rows");
  json.BeginArray();
  for (size_t i = 0; i < shown; ++i) CopyValue(sources[order[i]], SIZE_MAX, json);
  json.EndArray();
  json.Member("common", CommonFolder(sources));
  json.Key("rest");
  json.BeginObject();
  json.Key("sources");
  json.Number(order.size() - shown);
  for (const std::string_view books : {"bytes", "records"}) {
    std::map<std::string, uint64_t> sums;
    for (size_t i = shown; i < order.size(); ++i) {
      object members;
      if (sources[order[i]][books].get(members) != simdjson::SUCCESS) continue;
      for (const auto& [key, value] : members) {
        if (uint64_t number = 0; value.get(number) == simdjson::SUCCESS) sums[std::string(key)] += number;
      }
    }
    json.Key(books);
    json.BeginObject();
    for (const auto& [key, sum] : sums) {
      json.Key(key);
      json.Number(sum);
    }
    json.EndObject();
  }
  json.EndObject();
  json.EndObject();
}

// One side of the overlap: its names with the most records, in the order in which they came, and all others as one
// more.
class Side {
 public:
  void Add(std::string_view name, uint64_t records) {
    const auto [at, is_new] = by_name_.try_emplace(std::string(name), names_.size());
    if (is_new) names_.push_back({std::string(name)});
    names_[at->second].records += records;
  }
  void Cut() {
    std::vector<size_t> order(names_.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, std::ranges::greater(), [this](size_t i) { return names_[i].records; });
    order.resize(std::min(kMaxOverlap, order.size()));
    std::ranges::sort(order);
    for (size_t i = 0; i < order.size(); ++i) names_[order[i]].place = i;
    shown_ = order;
  }
  size_t PlaceOf(std::string_view name) const {
    return std::min(names_[by_name_.find(name)->second].place, shown_.size());
  }
  size_t rest() const { return names_.size() - shown_.size(); }
  size_t size() const { return shown_.size() + (rest() > 0 ? 1 : 0); }
  void Write(std::string_view key, std::string_view rest_key, JsonWriter& json) const {
    json.Key(key);
    json.BeginArray();
    for (const size_t i : shown_) json.String(names_[i].name);
    json.EndArray();
    json.Key(rest_key);
    json.Number(rest());
  }

 private:
  struct Name {
    std::string name;
    uint64_t records = 0;
    size_t place = SIZE_MAX;
  };
  std::map<std::string, size_t, std::less<>> by_name_;
  std::vector<Name> names_;
  std::vector<size_t> shown_;
};

void WriteOverlap(const object& report, JsonWriter& json) {
  const std::vector<element> cells = Rows(report, "overlap");
  Side from, to;
  for (const element& cell : cells) {
    from.Add(Text(cell, "removed_from"), Number(cell, "records").value_or(0));
    to.Add(Text(cell, "witness_in"), Number(cell, "records").value_or(0));
  }
  from.Cut();
  to.Cut();
  std::vector<std::vector<uint64_t>> counts(from.size(), std::vector<uint64_t>(to.size()));
  for (const element& cell : cells) {
    counts[from.PlaceOf(Text(cell, "removed_from"))][to.PlaceOf(Text(cell, "witness_in"))] +=
        Number(cell, "records").value_or(0);
  }
  json.BeginObject();
  from.Write("from", "more_from", json);
  to.Write("to", "more_to", json);
  json.Key("counts");
  json.BeginArray();
  for (const auto& row : counts) {
    json.BeginArray();
    for (const uint64_t count : row) json.Number(count);
    json.EndArray();
  }
  json.EndArray();
  // Of many sources a table that says something is a list.
  std::vector<std::pair<uint64_t, element>> pairs;
  for (const element& cell : cells) pairs.emplace_back(Number(cell, "records").value_or(0), cell);
  std::ranges::stable_sort(pairs, std::ranges::greater(), [](const auto& pair) { return pair.first; });
  pairs.resize(std::min(kMaxPairs, pairs.size()));
  json.Key("pairs");
  json.BeginArray();
  for (const auto& [records, cell] : pairs) {
    json.BeginArray();
    json.String(Text(cell, "removed_from"));
    json.String(Text(cell, "witness_in"));
    json.Number(records);
    json.EndArray();
  }
  json.EndArray();
  element left_out;
  if (report["overlap_left_out"].get(left_out) == simdjson::SUCCESS)
    json.Member("pairs_left_out", Number(left_out, "pairs").value_or(0));
  json.EndObject();
}

}  // namespace

void WriteFigures(const object& report, JsonWriter& json) {
  json.Key("report");
  WriteReport(report, json);
  json.Key("sources");
  WriteSources(report, json);
  json.Key("overlap");
  WriteOverlap(report, json);
}

absl::Status WriteTune(const std::string& path, const object& report, PiiMode pii, JsonWriter& json) {
  UNECHO_ASSIGN_OR_RETURN(const std::string text, ReadWhole({path, path}));
  simdjson::dom::parser parser;
  element tune;
  if (parser.parse(text).get(tune) != simdjson::SUCCESS || Text(tune, "schema") != "unecho-tune") {
    return absl::DataLossError(absl::StrFormat("%s: is not what 'unecho tune --report' writes", path));
  }
  uint64_t read = 0;
  array thresholds;
  const bool is_whole = report["ledger"]["records"]["read"].get(read) == simdjson::SUCCESS &&
                        tune["thresholds"].get(thresholds) == simdjson::SUCCESS;
  if (!is_whole || Number(tune, "read").value_or(0) != read) {
    return absl::FailedPreconditionError(
        absl::StrFormat("%s is of %s, and the report of %d: make it of the same inputs with 'unecho tune --report'",
                        path, Counted(Number(tune, "read").value_or(0), "record"), read));
  }
  std::set<std::string> of_tune, of_report;
  for (const element& source : Rows(tune.get_object(), "sources")) {
    if (std::string_view name; source.get(name) == simdjson::SUCCESS) of_tune.emplace(name);
  }
  for (const element& source : Rows(report, "sources")) of_report.emplace(Text(source, "name"));
  if (of_tune != of_report) {
    return absl::FailedPreconditionError(
        absl::StrFormat("%s is of other sources than the report: make it of the same inputs, by the same paths, with "
                        "'unecho tune --report'",
                        path));
  }
  constexpr std::string_view kSkipped[] = {"sources", "text", "witness_text"};
  const bool takes_out = pii == PiiMode::kMask || pii == PiiMode::kDrop;
  const bool has_texts = !takes_out || Text(tune, "pii") == Name(pii);
  json.Key("tune");
  CopyValue(tune, kTextBytes, json, Skipped(kSkipped).first(has_texts ? 1 : 3));
  return absl::OkStatus();
}

}  // namespace unecho
