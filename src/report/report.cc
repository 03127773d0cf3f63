// The report: one JSON document, schema "unecho-report", version 1 (docs/unecho-report.5.md). Members are added within
// a version; one that changes its meaning or goes makes the next version. Everything outside "run" follows from the
// inputs and the parameters alone (promise P4): what depends on threads, machine, compression or time belongs into
// "run".
#include "report/report.h"

#include <oneapi/tbb/version.h>
#include <simdjson.h>
#include <unicode/uchar.h>
#include <unicode/uversion.h>
#include <zstd.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "base/hash.h"
#include "clean/language.h"
#include "clean/rules.h"
#include "match/tokens.h"
#include "options/parameters.h"
#include "report/works_report.h"
#include "text/json.h"
#include "text/path_text.h"
#include "unecho/layouts.h"

namespace unecho {
namespace {

using OverlapCell = std::pair<std::pair<uint32_t, uint32_t>, uint64_t>;

// Tens of thousands of sources have hundreds of thousands of pairs, which nobody reads: those with the most records, in
// their order.
std::vector<OverlapCell> LargestOverlaps(const Statistics& statistics) {
  std::vector<OverlapCell> cells(statistics.overlap().begin(), statistics.overlap().end());
  if (cells.size() <= kMostOverlaps) return cells;
  std::ranges::stable_sort(cells, [](const OverlapCell& a, const OverlapCell& b) { return a.second > b.second; });
  cells.resize(kMostOverlaps);
  std::ranges::sort(cells);
  return cells;
}

constexpr int kIndent = 2;
constexpr size_t kLargestInReport = 20;

template <typename Enum, typename Function>
void ForEach(Function function) {
  for (size_t i = 0; i < static_cast<size_t>(Enum::kCount); ++i) function(static_cast<Enum>(i));
}

// One element of an array on one line: long lists stay readable and can be grepped.
template <typename Function>
void Row(JsonWriter& json, Function function) {
  std::string text;
  JsonWriter row(text);
  row.BeginObject();
  function(row);
  row.EndObject();
  json.Raw(text);
}

void WriteParameters(const AnswerOptions& answer, const RunFacts& facts, JsonWriter& json) {
  std::vector<std::string> set_names;
  for (const AgainstInfo& set : facts.against) set_names.push_back(set.source.name);
  json.BeginObject();
  std::vector<std::string> reference_names;
  for (size_t i = 0; i < answer.reference.size(); ++i) reference_names.push_back(facts.sources[i].name);
  WriteParameters(answer, {.sets = set_names, .reference = reference_names}, json);
  json.Member("bands", static_cast<uint64_t>(facts.bands));
  json.Member("rows", static_cast<uint64_t>(facts.rows));
  json.Member("sketch_bins", static_cast<uint64_t>(facts.sketch_bins));
  json.EndObject();
}

void WriteVersions(JsonWriter& json) {
  UVersionInfo version;
  char icu[U_MAX_VERSION_STRING_LENGTH];
  char unicode[U_MAX_VERSION_STRING_LENGTH];
  u_getVersion(version);
  u_versionToString(version, icu);
  u_getUnicodeVersion(version);
  u_versionToString(version, unicode);
  json.BeginObject();
  json.Member("unicode", unicode);
  json.Member("icu", icu);
  json.Member("simdjson", absl::StrFormat("%d.%d.%d", static_cast<int>(simdjson::SIMDJSON_VERSION_MAJOR),
                                          static_cast<int>(simdjson::SIMDJSON_VERSION_MINOR),
                                          static_cast<int>(simdjson::SIMDJSON_VERSION_REVISION)));
  json.Member("xxhash", absl::StrFormat("%d.%d.%d", kXxHashVersion[0], kXxHashVersion[1], kXxHashVersion[2]));
  json.Member("tbb", TBB_runtime_version());
  json.Member("zstd", ZSTD_versionString());
  json.EndObject();
}

// The members of a ledger, into an object that is open.
void WriteLedger(const Ledger& ledger, JsonWriter& json) {
  json.Key("bytes");
  Row(json, [&](JsonWriter& row) {
    row.Member("read", ledger.bytes_read);
    ForEach<ByteClass>([&](ByteClass byte_class) { row.Member(Name(byte_class), ledger[byte_class]); });
  });
  json.Key("records");
  Row(json, [&](JsonWriter& row) {
    row.Member("read", ledger.records_read);
    ForEach<Fate>([&](Fate fate) {
      if (fate != Fate::kReference || ledger[fate] > 0) row.Member(Name(fate), ledger[fate]);
    });
  });
  json.Key("reasons");
  Row(json, [&](JsonWriter& row) {
    ForEach<Reason>([&](Reason reason) {
      // Most runs ask no cleaning rule; "cleaning" lists those that were asked.
      if (reason == Reason::kNone || (IsCleaning(reason) && ledger[reason] == 0)) return;
      row.Member(Name(reason), ledger[reason]);
    });
  });
  json.Member("invalid_utf8", ledger.invalid_utf8);
  json.Member("balances", ledger.Balances());
}

// What deserves a second look, if anything does: the sentences that the run says at its end.
void WriteFindings(const SourceCheck& check, uint32_t source, JsonWriter& json) {
  const auto doubt = check.doubts().find(source);
  const auto found = check.findings().find(source);
  if (doubt == check.doubts().end() && found == check.findings().end()) return;
  json.Key("look_at");
  json.BeginArray();
  if (doubt != check.doubts().end()) json.String(doubt->second);
  if (found != check.findings().end()) {
    for (const std::string& each : found->second) json.String(each);
  }
  json.EndArray();
}

// What each cleaning rule that was asked has done.
void WriteCleaning(const CleanOptions& options, const Statistics& statistics, JsonWriter& json) {
  json.Key("cleaning");
  json.BeginObject();
  json.Key("rules");
  json.BeginArray();
  for (const Reason reason : RulesInUse(options)) {
    Row(json, [&](JsonWriter& row) {
      row.Member("rule", Name(reason));
      row.Member("rejected", statistics.total()[reason]);
    });
  }
  json.EndArray();
  const auto write = [&](std::string_view key, const std::vector<Rewrite>& rewrites) {
    json.Key(key);
    json.BeginArray();
    for (const Rewrite rewrite : rewrites) {
      Row(json, [&](JsonWriter& row) {
        row.Member("rule", Name(rewrite));
        row.Member("records", statistics.rewrites().records[static_cast<size_t>(rewrite)]);
        row.Member("spans", statistics.rewrites().spans[static_cast<size_t>(rewrite)]);
      });
    }
    json.EndArray();
  };
  write("rewritten", RewritesInUse(options));
  write("found", FindingsInUse(options));
  if (!options.languages.empty()) json.Member("cld2", clean::DetectorVersion());
  json.EndObject();
}

void WriteAnswer(const AnswerOptions& answer, const RunFacts& facts, const Statistics& statistics, JsonWriter& json) {
  auto source_name = [&](SourceId id) -> const std::string& {
    const auto i = static_cast<size_t>(id);
    if (i < facts.sources.size()) return facts.sources[i].name;
    const size_t set = i - facts.sources.size();
    return set < facts.against.size() ? facts.against[set].source.name
                                      : facts.index.value().sources.at(set - facts.against.size());
  };

  json.Key("ledger");
  json.BeginObject();
  WriteLedger(statistics.total(), json);
  json.EndObject();
  if (answer.clean.any()) WriteCleaning(answer.clean, statistics, json);
  if (answer.clean.dedups()) json.Member("lost_repeats", statistics.num_lost_repeats());
  if (!facts.placeholders.empty()) {
    json.Key("placeholders");
    json.BeginArray();
    for (const PlaceholderInfo& each : facts.placeholders) {
      Row(json, [&](JsonWriter& row) {
        row.Member("option", each.option);
        row.Member("field", each.field);
        row.Member("records", each.records);
        row.Member("first", each.first);
      });
    }
    json.EndArray();
  }
  if (!answer.decided.empty()) {
    json.Key("decided");
    Row(json, [&](JsonWriter& row) {
      row.Member("same", facts.decided_same);
      row.Member("different", facts.decided_different);
    });
  }
  if (facts.index) {
    json.Key("index");
    Row(json, [&](JsonWriter& row) {
      row.Member("runs", facts.index->runs);
      row.Member("digest", facts.index->digest);
      row.Member("records", facts.index->records);
      row.Member("kept", facts.index->kept);
      row.Member("removed_for_these", facts.index->removed_for_these);
      row.Member("added", facts.index->is_added ? facts.index->added_kept : 0);
    });
  }
  if (answer.comparison.by == CompareBy::kWorks) WriteScreening(answer, facts, statistics, json);
  if (answer.merge) WriteMerged(statistics, json);
  if (answer.ignore_common > 0) {
    json.Key("common");
    Row(json, [&](JsonWriter& row) {
      row.Member("shingles", facts.common.shingles);
      row.Member("records", facts.common.records);
      row.Member("whole", facts.common.whole);
    });
  }

  json.Key("sources");
  json.BeginArray();
  for (size_t i = 0; i < facts.sources.size(); ++i) {
    json.BeginObject();
    json.Member("name", facts.sources[i].name);
    json.Member("layout", facts.sources[i].layout);
    json.Member("encoding", facts.sources[i].encoding);
    json.Member("undecodable", facts.sources[i].num_undecodable);
    WriteLedger(statistics.per_source().at(i), json);
    WriteFindings(statistics.source_check(), static_cast<uint32_t>(i), json);
    json.EndObject();
  }
  json.EndArray();

  json.Key("against");
  json.BeginArray();
  for (const AgainstInfo& set : facts.against) {
    Row(json, [&](JsonWriter& row) {
      row.Member("name", set.source.name);
      row.Member("layout", set.source.layout);
      row.Member("records", set.records);
      row.Member("unusable", set.unusable);
      row.Member("too_short", set.too_short);
    });
  }
  json.EndArray();

  json.Key("overlap");
  json.BeginArray();
  const std::vector<OverlapCell> cells = LargestOverlaps(statistics);
  const uint64_t pairs_left_out = statistics.overlap().size() - cells.size();
  uint64_t records_left_out = 0;
  for (const auto& [pair, count] : statistics.overlap()) records_left_out += count;
  for (const OverlapCell& cell : cells) {
    Row(json, [&](JsonWriter& row) {
      row.Member("removed_from", source_name(SourceId{cell.first.first}));
      row.Member("witness_in", source_name(SourceId{cell.first.second}));
      row.Member("records", cell.second);
    });
    records_left_out -= cell.second;
  }
  json.EndArray();
  if (pairs_left_out > 0) {
    json.Key("overlap_left_out");
    Row(json, [&](JsonWriter& row) {
      row.Member("pairs", pairs_left_out);
      row.Member("records", records_left_out);
    });
  }

  json.Key("group_sizes");
  json.BeginArray();
  for (const auto& size : statistics.GroupSizes()) {
    Row(json, [&](JsonWriter& row) {
      row.Member("records", size.first);
      row.Member("groups", size.second);
    });
  }
  json.EndArray();

  json.Key("similarities");
  json.BeginArray();
  const std::vector<uint64_t>& bins = statistics.similarities();
  for (size_t i = 0; i < bins.size(); ++i) {
    if (bins[i] == 0) continue;
    Row(json, [&](JsonWriter& row) {
      row.Key("from"), row.Double(static_cast<double>(i) / 100);
      row.Key("to"), row.Double(static_cast<double>(std::min(i + 1, bins.size() - 1)) / 100);
      row.Member("records", bins[i]);
    });
  }
  json.EndArray();

  json.Key("largest_groups");
  json.BeginArray();
  for (const Group& group : statistics.LargestGroups(kLargestInReport)) {
    Row(json, [&](JsonWriter& row) {
      row.Member("witness", absl::StrFormat("%s#%d", source_name(group.witness.source), group.witness.ordinal));
      row.Member("copies", group.copies);
      row.Member("title", group.title);
    });
  }
  json.EndArray();

  json.Key("invalid_utf8");
  json.BeginObject();
  json.Member("count", statistics.total().invalid_utf8);
  json.Key("places");
  json.BeginArray();
  for (const BadUtf8Place& place : statistics.bad_utf8()) {
    Row(json, [&](JsonWriter& row) {
      row.Member("source", source_name(place.source));
      row.Member("offset", place.offset_bytes);
      row.Member("line", place.line);
    });
  }
  json.EndArray();
  json.EndObject();
}

void WriteRun(const PipelineOptions& options, const RunFacts& facts, const Statistics& statistics, JsonWriter& json) {
  json.BeginObject();
  json.Member("command_line", facts.command_line);
  json.Member("dry_run", options.dry_run);
  const auto write_file = [&json](const SourceInfo& source) {
    Row(json, [&](JsonWriter& row) {
      row.Member("name", source.name);
      row.Member("path", TextOfPath(source.path));
      row.Member("compression", source.compression);
      if (source.aligned.empty()) return;
      row.Key("aligned");
      row.BeginArray();
      for (const auto& [path, field] : source.aligned) {
        row.BeginObject();
        row.Member("path", TextOfPath(path));
        row.Member("field", field);
        row.EndObject();
      }
      row.EndArray();
    });
  };
  json.Key("inputs");
  json.BeginArray();
  for (const SourceInfo& source : facts.sources) write_file(source);
  json.EndArray();
  json.Key("against");
  json.BeginArray();
  for (const AgainstInfo& set : facts.against) write_file(set.source);
  json.EndArray();
  json.Member("threads", static_cast<uint64_t>(facts.threads));
  json.Member("kernels", facts.kernels);
  if (!facts.finished.empty()) json.Member("finished", facts.finished);
  json.Key("seconds");
  json.Fixed6(facts.seconds);
  json.Member("bytes_per_second",
              facts.seconds > 0
                  ? static_cast<uint64_t>(static_cast<double>(statistics.total().bytes_read) / facts.seconds)
                  : 0);
  if (!options.index.empty()) json.Member("index", TextOfPath(options.index));
  if (!options.review.empty()) {
    json.Key("review");
    Row(json, [&](JsonWriter& row) { row.Member("pairs", facts.unsure_pairs); });
  }
  if (facts.spilled_bytes > 0) json.Member("spilled_bytes", facts.spilled_bytes);
  if (facts.planned_bytes > 0) json.Member("planned_bytes", facts.planned_bytes);
  json.Member("peak_rss_bytes", facts.peak_rss_bytes);
  json.Member("memory_limit_bytes", facts.memory_limit_bytes);
  json.Key("stages");
  json.BeginArray();
  for (const StageCost& stage : facts.stages) {
    Row(json, [&](JsonWriter& row) {
      row.Member("name", stage.name);
      row.Key("seconds"), row.Fixed6(stage.seconds);
      row.Member("peak_bytes", stage.peak_bytes);
    });
  }
  json.EndArray();
  json.EndObject();
}

}  // namespace

std::string ReportJson(const PipelineOptions& options, const RunFacts& facts, const Statistics& statistics) {
  std::string out;
  JsonWriter json(out, kIndent);
  json.BeginObject();
  json.Member("schema", "unecho-report");
  json.Member("version", uint64_t{1});
  json.Member("unecho", Version());
  json.Member("command", Name(options.command));
  json.Key("parameters");
  WriteParameters(options.answer, facts, json);
  json.Key("hashes");
  json.Raw(HashConstantsJson());
  json.Key("versions");
  WriteVersions(json);
  WriteAnswer(options.answer, facts, statistics, json);
  json.Key("run");
  WriteRun(options, facts, statistics, json);
  json.EndObject();
  out += '\n';
  return out;
}

}  // namespace unecho
