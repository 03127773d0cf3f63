#include "commands/stats.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "audit/claims.h"
#include "base/hash_map.h"
#include "report/ledger_table.h"
#include "text/counted.h"
#include "text/json.h"
#include "text/ref.h"
#include "text/shown_text.h"
#include "unecho/record.h"

namespace unecho {
namespace {

using simdjson::dom::element;

constexpr size_t kMaxOverlaps = 5, kMaxGroups = 5, kShownNameWidth = 40;
constexpr int kBarWidth = 40;

template <typename Name>
std::optional<Name> ByName(std::string_view text, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    if (text == unecho::Name(static_cast<Name>(i))) return static_cast<Name>(i);
  }
  return std::nullopt;
}

std::string SourceOf(std::string_view ref) { return std::string(ref.substr(0, ref.rfind('#'))); }

class Counts {
 public:
  absl::Status Add(const element& line) {
    std::string_view source, fate_name, reason_name, witness;
    uint64_t bytes = 0;
    if (line["source"].get(source) != simdjson::SUCCESS || line["fate"].get(fate_name) != simdjson::SUCCESS ||
        line["bytes"].get(bytes) != simdjson::SUCCESS) {
      return absl::DataLossError("is no provenance: it lacks a source, a fate or bytes");
    }
    const auto fate = ByName<Fate>(fate_name, kNumFates);
    if (!fate) return absl::DataLossError(absl::StrFormat("has the unknown fate \"%s\"", fate_name));
    Ledger& ledger = LedgerOf(source);
    ++ledger.records_read;
    ledger.bytes_read += bytes;
    ++ledger[*fate];
    if (line["reason"].get(reason_name) == simdjson::SUCCESS) {
      const auto reason = ByName<Reason>(reason_name, kNumReasons);
      if (!reason) return absl::DataLossError(absl::StrFormat("has the unknown reason \"%s\"", reason_name));
      ++ledger[*reason];
    }
    if (line["witness"].get(witness) != simdjson::SUCCESS) return absl::OkStatus();
    ++overlap_[{std::string(source), SourceOf(witness)}];
    if (*fate != Fate::kContaminated) ++copies_[std::string(witness)];
    double similarity = 0;
    if (*fate == Fate::kNear && line["similarity"].get(similarity) == simdjson::SUCCESS) {
      ++similar_[static_cast<size_t>(std::clamp(static_cast<int>(similarity * 20 + 1e-9), 0, 20))];
    }
    return absl::OkStatus();
  }

  std::string Json() const {
    std::string out;
    JsonWriter json(out);
    json.BeginObject();
    json.Key("sources");
    json.BeginArray();
    Ledger total;
    for (const auto& [name, ledger] : sources_) {
      total.Add(ledger);
      json.BeginObject();
      json.Member("name", name);
      WriteLedger(ledger, json);
      json.EndObject();
    }
    json.EndArray();
    json.Key("total");
    json.BeginObject();
    WriteLedger(total, json);
    json.EndObject();
    json.Key("similarity");
    json.BeginArray();
    for (size_t i = 0; i < similar_.size(); ++i) {
      if (similar_[i] == 0) continue;
      json.BeginObject();
      json.Key("from");
      json.Raw(absl::StrFormat("%.2f", static_cast<double>(i) / 20));
      json.Member("records", similar_[i]);
      json.EndObject();
    }
    json.EndArray();
    json.Key("groups");
    json.BeginObject();
    const auto [largest, removed] = LargestGroups();
    json.Member("kept", uint64_t{copies_.size()});
    json.Member("removed", removed);
    json.Key("largest");
    json.BeginArray();
    for (const auto& [copies, witness] : largest) {
      json.BeginObject();
      json.Member("witness", witness);
      json.Member("removed", copies);
      json.EndObject();
    }
    json.EndArray();
    json.EndObject();
    json.Key("overlap");
    json.BeginArray();
    for (const auto& [count, between] : PairsOfSources()) {
      json.BeginObject();
      json.Member("source", between.first);
      json.Member("witness_source", between.second);
      json.Member("records", count);
      json.EndObject();
    }
    json.EndArray();
    json.EndObject();
    return out + "\n";
  }

  std::string Text() const {
    std::vector<Fate> fates;
    for (size_t i = 0; i < kNumFates; ++i) {
      const auto fate = static_cast<Fate>(i);
      const bool is_rare = fate == Fate::kContaminated || fate == Fate::kReference;
      if (!is_rare || std::ranges::any_of(sources_, [fate](const auto& source) { return source.second[fate] > 0; }))
        fates.push_back(fate);
    }
    return LedgerTable(sources_, fates) + Similarities() + Groups() + Overlaps();
  }

 private:
  Ledger& LedgerOf(std::string_view source) {
    const auto [at, is_new] = by_name_.try_emplace(std::string(source), sources_.size());
    if (is_new) sources_.emplace_back(source, Ledger{});
    return sources_[at->second].second;
  }

  // In the order of the run, as the report has it: sources as they come, "#9" before "#10".
  std::pair<size_t, uint64_t> Place(std::string_view ref) const {
    const auto source = by_name_.find(SourceOf(ref));
    const auto split = ParseRef(ref);
    return {source == by_name_.end() ? sources_.size() : source->second, split ? split->ordinal : 0};
  }

  std::string Similarities() const {
    const uint64_t most = *std::ranges::max_element(similar_);
    std::string out = most == 0 ? "" : "similarity of near records to their witnesses:\n";
    for (size_t i = 0; i < similar_.size(); ++i) {
      if (similar_[i] == 0) continue;
      const auto width = static_cast<size_t>((similar_[i] * kBarWidth + most - 1) / most);
      out += absl::StrFormat("  %.2f  %*d  %s\n", static_cast<double>(i) / 20,
                             static_cast<int>(std::to_string(most).size()), similar_[i], std::string(width, '#'));
    }
    return out;
  }

  static void WriteLedger(const Ledger& ledger, JsonWriter& json) {
    json.Member("bytes", ledger.bytes_read);
    json.Member("read", ledger.records_read);
    for (size_t i = 0; i < kNumFates; ++i) json.Member(Name(static_cast<Fate>(i)), ledger[static_cast<Fate>(i)]);
    json.Key("reasons");
    json.BeginObject();
    for (size_t i = 1; i < kNumReasons; ++i) {
      const auto reason = static_cast<Reason>(i);
      if (ledger[reason] > 0) json.Member(Name(reason), ledger[reason]);
    }
    json.EndObject();
  }

  using Group = std::pair<uint64_t, std::string>;  // removed records, their witness
  // And how many are removed in all.
  std::pair<std::vector<Group>, uint64_t> LargestGroups() const {
    std::vector<Group> largest;
    uint64_t removed = 0;
    for (const auto& [witness, copies] : copies_) {
      largest.emplace_back(copies, witness);
      removed += copies;
    }
    const size_t shown = std::min(kMaxGroups, largest.size());
    std::partial_sort(largest.begin(), largest.begin() + static_cast<ptrdiff_t>(shown), largest.end(),
                      [this](const auto& a, const auto& b) {
                        return a.first != b.first ? a.first > b.first : Place(a.second) < Place(b.second);
                      });
    largest.resize(shown);
    return {std::move(largest), removed};
  }

  std::string Groups() const {
    if (copies_.empty()) return "";
    const auto [largest, removed] = LargestGroups();
    std::string out = absl::StrFormat("%s: %s removed for %s; the largest:\n", Counted(copies_.size(), "group"),
                                      Counted(removed, "record"), Counted(copies_.size(), "kept one"));
    for (const auto& [copies, witness] : largest)
      out += absl::StrFormat("  %d for %s\n", copies, ShownName(witness, kShownNameWidth));
    return out;
  }

  // A source, that of the witnesses of its records, and how many these are; the most first.
  std::vector<std::pair<uint64_t, std::pair<std::string, std::string>>> PairsOfSources() const {
    std::vector<std::pair<uint64_t, std::pair<std::string, std::string>>> pairs;
    for (const auto& [between, count] : overlap_) {
      if (between.first != between.second) pairs.emplace_back(count, between);
    }
    std::ranges::stable_sort(pairs, [](const auto& a, const auto& b) { return a.first > b.first; });
    return pairs;
  }

  std::string Overlaps() const {
    const auto pairs = PairsOfSources();
    if (pairs.empty()) return "";
    std::string out = "between sources:\n";
    for (size_t i = 0; i < std::min(kMaxOverlaps, pairs.size()); ++i) {
      out +=
          absl::StrFormat("  %d of %s are in %s\n", pairs[i].first, ShownName(pairs[i].second.first, kShownNameWidth),
                          ShownName(pairs[i].second.second, kShownNameWidth));
    }
    if (pairs.size() > kMaxOverlaps) out += absl::StrFormat("  ... and %d more pairs\n", pairs.size() - kMaxOverlaps);
    return out;
  }

  std::vector<std::pair<std::string, Ledger>> sources_;
  HashMap<std::string, size_t> by_name_;
  HashMap<std::string, uint64_t> copies_;
  std::map<std::pair<std::string, std::string>, uint64_t> overlap_;  // source, that of the witness
  std::array<uint64_t, 21> similar_{};                               // by twentieths
};

}  // namespace

absl::StatusOr<std::string> DescribeProvenance(const std::string& path, bool as_json) {
  UNECHO_ASSIGN_OR_RETURN(LineStream lines, LineStream::OfProvenance(path));
  Counts counts;
  simdjson::dom::parser parser;
  bool any = false;
  for (;; lines.Drop()) {
    UNECHO_ASSIGN_OR_RETURN(const std::optional<std::string_view> line, lines.Peek());
    if (!line) break;
    any = true;
    const uint64_t number = lines.line();
    element document;
    if (parser.parse(line->data(), line->size()).get(document) != simdjson::SUCCESS || !document.is_object()) {
      return absl::DataLossError(absl::StrFormat(
          "%s:%d: is no line of a provenance; give the file that the run wrote with --provenance", path, number));
    }
    if (const absl::Status status = counts.Add(document); !status.ok()) {
      return absl::DataLossError(
          absl::StrFormat("%s:%d: %s; give the provenance as the run wrote it", path, number, status.message()));
    }
  }
  if (!any) return absl::DataLossError(absl::StrFormat("%s: is empty; give the provenance as the run wrote it", path));
  return as_json ? counts.Json() : counts.Text();
}

}  // namespace unecho
