#include "report/works_report.h"

#include <array>

#include "absl/strings/str_format.h"
#include "text/counted.h"
#include "text/shown_text.h"
#include "works/fillable_fields.h"

namespace unecho {
namespace {

static_assert(kNumMergeFields <= FillCounts::kMostFields);

uint64_t Duplicates(const Ledger& books) { return books[Fate::kExact] + books[Fate::kNear]; }
uint64_t Identified(const Ledger& books) { return books.records_read - books[Fate::kReference]; }

void WriteBoxes(const Ledger& books, JsonWriter& json) {
  json.Member("identified", Identified(books));
  json.Member("duplicates_removed", Duplicates(books));
  json.Member("removed_for_other_reasons", books[Fate::kRejected]);
  json.Member("to_screen", books[Fate::kKept]);
}

using Counts = std::array<uint64_t, FillCounts::kMostFields>;

// "doi 3, abstract 1"; empty if there are none.
std::string ListOf(const Counts& counts, uint64_t& all) {
  std::string list;
  for (size_t i = 0; i < kNumMergeFields; ++i) {
    if (counts[i] == 0) continue;
    all += counts[i];
    absl::StrAppendFormat(&list, "%s%s %d", list.empty() ? "" : ", ", Name(static_cast<MergeField>(i)), counts[i]);
  }
  return list;
}

}  // namespace

void WriteScreening(const AnswerOptions& answer, const RunFacts& facts, const Statistics& statistics,
                    JsonWriter& json) {
  json.Key("prisma");
  json.BeginObject();
  WriteBoxes(statistics.total(), json);
  json.Key("sources");
  json.BeginArray();
  for (size_t i = answer.reference.size(); i < facts.sources.size(); ++i) {
    std::string text;
    JsonWriter row(text);
    row.BeginObject();
    row.Member("name", facts.sources[i].name);
    WriteBoxes(statistics.per_source().at(i), row);
    row.Member("only_here", statistics.OnlyIn(i));
    row.EndObject();
    json.Raw(text);
  }
  json.EndArray();
  json.EndObject();
}

void WriteMerged(const Statistics& statistics, JsonWriter& json) {
  const FillCounts& fills = statistics.fills();
  json.Key("merged");
  json.BeginObject();
  json.Member("records", fills.records);
  for (const auto& [key, counts] : {std::pair("filled", &fills.filled), std::pair("left_out", &fills.left_out)}) {
    std::string text;
    JsonWriter row(text);
    row.BeginObject();
    for (size_t i = 0; i < kNumMergeFields; ++i) row.Member(Name(static_cast<MergeField>(i)), (*counts)[i]);
    row.EndObject();
    json.Key(key);
    json.Raw(text);
  }
  json.EndObject();
}

void AppendOnlyIn(const AnswerOptions& answer, const RunFacts& facts, const Statistics& statistics, std::string& out) {
  constexpr size_t kMost = 10, kMostNameWidth = 40;
  const size_t first = answer.reference.size(), count = facts.sources.size() - first;
  if (count < 2 || count > kMost || Duplicates(statistics.total()) == 0) return;
  std::string list;
  for (size_t i = first; i < facts.sources.size(); ++i) {
    absl::StrAppendFormat(&list, "%s%d of %s", list.empty() ? "" : ", ", statistics.OnlyIn(i),
                          ShownName(facts.sources[i].name, kMostNameWidth));
  }
  out += "in one source alone: " + list + "\n";
}

void AppendMerged(const Statistics& statistics, std::string& out) {
  const FillCounts& fills = statistics.fills();
  uint64_t filled = 0, left_out = 0;
  const std::string list = ListOf(fills.filled, filled), no_place = ListOf(fills.left_out, left_out);
  if (filled == 0 && left_out == 0) {
    out += "merged: no kept record lacks a field that a copy of it has\n";
  } else if (filled > 0) {
    absl::StrAppendFormat(&out, "merged: %s of %s filled in from copies (%s)\n", Counted(filled, "field"),
                          Counted(fills.records, "kept record"), list);
  }
  if (left_out > 0) {
    absl::StrAppendFormat(&out, "merged: %s left out, for which the record has no place (%s)\n",
                          Counted(left_out, "value"), no_place);
  }
}

}  // namespace unecho
