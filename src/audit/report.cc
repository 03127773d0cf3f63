#include "audit/report.h"

#include <algorithm>
#include <limits>
#include <set>

#include "absl/strings/str_format.h"
#include "audit/differences.h"
#include "audit/evidence.h"
#include "audit/report_parameters.h"
#include "clean/rules.h"
#include "options/parameters.h"
#include "read/sources.h"
#include "text/path_text.h"

namespace unecho {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr size_t kMaxPlacesInReport = 100;
constexpr size_t kMaxGroupsInReport = 20;

// The paths of the evaluation sets are facts of the run.
void TakeSets(const object& root, AnswerOptions& answer) {
  array sets;
  if (!answer.against.empty() || root["run"]["against"].get(sets) != simdjson::SUCCESS) return;
  for (const element& set : sets) {
    std::string_view path;
    if (set["path"].get(path) == simdjson::SUCCESS) answer.against.push_back(PathOfText(path));
  }
}

template <typename Enum>
void CompareByName(const object& row, const Ledger& ledger, Differences& compare) {
  for (size_t i = 0; i < static_cast<size_t>(Enum::kCount); ++i) {
    const std::string_view name = Name(static_cast<Enum>(i));
    if (!name.empty()) compare.Equal(row, name, ledger[static_cast<Enum>(i)]);
  }
}

// Reference texts are counted only where there are any.
template <>
void CompareByName<Fate>(const object& row, const Ledger& ledger, Differences& compare) {
  for (size_t i = 0; i < kNumFates; ++i) {
    const auto fate = static_cast<Fate>(i);
    const bool is_there = row[Name(fate)].error() == simdjson::SUCCESS;
    if (fate != Fate::kReference || is_there || ledger[fate] > 0) compare.Equal(row, Name(fate), ledger[fate]);
  }
}

// Cleaning rules are named only where they have rejected something.
template <>
void CompareByName<Reason>(const object& row, const Ledger& ledger, Differences& compare) {
  for (size_t i = 1; i < kNumReasons; ++i) {
    const auto reason = static_cast<Reason>(i);
    if (!IsCleaning(reason) || ledger[reason] > 0) {
      compare.Equal(row, Name(reason), ledger[reason]);
    } else if (row[Name(reason)].error() == simdjson::SUCCESS) {
      compare.Wrong(absl::StrFormat("\"%s\" is named and has rejected nothing", Name(reason)));
    }
  }
}

void CompareLedger(const object& parent, const Ledger& ledger, Differences& compare) {
  compare.Object(parent, "bytes", [&](const object& bytes) {
    compare.Equal(bytes, "read", ledger.bytes_read);
    CompareByName<ByteClass>(bytes, ledger, compare);
  });
  compare.Object(parent, "records", [&](const object& records) {
    compare.Equal(records, "read", ledger.records_read);
    CompareByName<Fate>(records, ledger, compare);
  });
  compare.Object(parent, "reasons", [&](const object& reasons) { CompareByName<Reason>(reasons, ledger, compare); });
  compare.Equal(parent, "invalid_utf8", ledger.invalid_utf8);
  bool balances = false;
  if (parent["balances"].get(balances) != simdjson::SUCCESS || !balances || !ledger.Balances()) {
    compare.Wrong("the books do not balance");
  }
}

void CompareOverlap(const object& root, const Evidence& evidence, Differences& compare) {
  const Claims& claims = *evidence.claims;
  const size_t num_sources = evidence.sources.size(), num_sets = evidence.sets.size();
  std::map<std::pair<uint32_t, uint32_t>, uint64_t> overlap;  // the inputs, the evaluation sets, those of earlier runs
  for (const Claim& claim : claims.all) {
    if (claim.witness != Claim::kNoWitness) {
      const uint32_t source = claims.all[claim.witness].source;
      ++overlap[{claim.source, source < num_sources ? source : static_cast<uint32_t>(source + num_sets)}];
    }
    if (claim.evaluation == Claim::kNoWitness) continue;
    ++overlap[{claim.source, static_cast<uint32_t>(num_sources + evidence.against->set(claim.evaluation))}];
  }
  const auto name_of = [&](size_t source) -> std::string_view {
    if (source < num_sources) return evidence.sources[source].name;
    const size_t set = source - num_sources;
    return set < num_sets ? evidence.sets[set].name : evidence.earlier->source_names()[set - num_sets];
  };
  // Of more pairs than this those with the most records are listed; of as many, the first.
  constexpr size_t kMostPairs = 10000;
  uint64_t pairs_left_out = 0, records_left_out = 0;
  if (overlap.size() > kMostPairs) {
    std::vector<std::pair<uint64_t, std::pair<uint32_t, uint32_t>>> by_records;
    for (const auto& [pair, records] : overlap) by_records.emplace_back(records, pair);
    std::ranges::stable_sort(by_records, [](const auto& a, const auto& b) { return a.first > b.first; });
    for (size_t i = kMostPairs; i < by_records.size(); ++i) {
      ++pairs_left_out;
      records_left_out += by_records[i].first;
      overlap.erase(by_records[i].second);
    }
  }
  object left_out;
  const bool says_left_out = root["overlap_left_out"].get(left_out) == simdjson::SUCCESS;
  if (says_left_out != (pairs_left_out > 0)) compare.Wrong("\"overlap_left_out\" is not there, or should not be");
  if (says_left_out && pairs_left_out > 0) {
    compare.Equal(left_out, "pairs", pairs_left_out);
    compare.Equal(left_out, "records", records_left_out);
  }
  const auto rows = compare.Rows(root, "overlap");
  if (!compare.Count("overlap", rows.size(), overlap.size())) return;
  size_t i = 0;
  for (const auto& [pair, records] : overlap) {
    compare.Equal(rows[i], "removed_from", name_of(pair.first));
    compare.Equal(rows[i], "witness_in", name_of(pair.second));
    compare.Equal(rows[i], "records", records);
    ++i;
  }
}

// What it added is checked only where it is known: a run may have added nothing.
void CompareIndex(const object& root, const EarlierRecords& earlier, const Claims& claims, Differences& whole) {
  uint64_t removed = 0, kept = 0;
  for (const Claim& claim : claims.all) {
    removed += claim.witness != Claim::kNoWitness && claim.witness >= claims.num_own;
    kept += claim.fate == Fate::kKept;
  }
  whole.Object(root, "index", [&](const object& index) {
    whole.Equal(index, "runs", earlier.num_runs());
    whole.Equal(index, "records", earlier.num_known());
    whole.Equal(index, "kept", earlier.all().size());
    whole.Equal(index, "removed_for_these", removed);
    uint64_t added = 0;
    if (index["added"].get(added) != simdjson::SUCCESS || (added != 0 && added != kept))
      whole.Wrong(absl::StrFormat("\"added\" is neither %d nor 0", kept));
  });
}

void CompareAgainst(const object& root, std::span<const InputFile> sets, const AuditAgainst& against,
                    Differences& compare) {
  const auto rows = compare.Rows(root, "against");
  if (!compare.Count("against", rows.size(), sets.size())) return;
  for (size_t i = 0; i < rows.size(); ++i) {
    const AuditAgainst::Counts& counts = against.counts()[i];
    compare.Equal(rows[i], "name", sets[i].name);
    compare.Equal(rows[i], "layout", counts.layout);
    compare.Equal(rows[i], "records", counts.records);
    compare.Equal(rows[i], "unusable", counts.unusable);
    compare.Equal(rows[i], "too_short", counts.too_short);
  }
}

void CompareGroups(const object& root, std::span<const InputFile> sources, const Claims& claims, Differences& compare) {
  std::vector<uint64_t> copies(claims.all.size());
  for (const Claim& claim : claims.all) {
    if (claim.witness != Claim::kNoWitness) ++copies[claim.witness];
  }
  std::map<uint64_t, uint64_t> sizes;
  std::vector<uint64_t> largest;
  std::map<std::string, uint64_t, std::less<>> by_ref;  // of groups with copies
  for (size_t i = 0; i < claims.all.size(); ++i) {
    const bool is_group =
        claims.all[i].fate == Fate::kKept || (claims.all[i].fate == Fate::kReference && copies[i] > 0);
    if (is_group) ++sizes[copies[i] + 1];
    if (copies[i] == 0) continue;
    largest.push_back(copies[i]);
    by_ref[ClaimRef(sources, claims.all[i])] = copies[i];
  }
  const auto rows = compare.Rows(root, "group_sizes");
  if (compare.Count("group_sizes", rows.size(), sizes.size())) {
    size_t i = 0;
    for (const auto& [records, groups] : sizes) {
      compare.Equal(rows[i], "records", records);
      compare.Equal(rows[i], "groups", groups);
      ++i;
    }
  }
  std::ranges::sort(largest, std::greater<>());
  largest.resize(std::min(largest.size(), kMaxGroupsInReport));
  const auto groups = compare.Rows(root, "largest_groups");
  if (!compare.Count("largest_groups", groups.size(), largest.size())) return;
  for (size_t i = 0; i < groups.size(); ++i) {
    compare.Equal(groups[i], "copies", largest[i]);
    std::string_view witness;
    if (groups[i]["witness"].get(witness) != simdjson::SUCCESS) witness = {};
    const auto found = by_ref.find(witness);
    if (found == by_ref.end() || found->second != largest[i]) {
      compare.Wrong(
          absl::StrFormat("\"largest_groups\": \"%s\" is not the witness of %d records", witness, largest[i]));
    } else {
      by_ref.erase(found);  // a group is listed once
    }
  }
}

void CompareSimilarities(const object& root, const AuditTally& tally, Differences& compare) {
  const auto rows = compare.Rows(root, "similarities");
  if (!compare.Count("similarities", rows.size(), tally.similarities.size())) return;
  size_t i = 0;
  for (const auto& [bin, records] : tally.similarities) {
    double from = -1, to = -1;
    const bool there = rows[i]["from"].get(from) == simdjson::SUCCESS && rows[i]["to"].get(to) == simdjson::SUCCESS;
    if (!there || from != static_cast<double>(bin) / 100 ||
        to != static_cast<double>(std::min(bin + 1, uint64_t{100})) / 100) {
      compare.Wrong(absl::StrFormat("\"similarities\": row %d should be the one from 0.%02d", i + 1, bin));
    }
    compare.Equal(rows[i], "records", records);
    ++i;
  }
}

void CompareCleaning(const object& root, const CleanOptions& clean, const Ledger& total, const RewriteCounts& rewrites,
                     Differences& compare) {
  compare.Object(root, "cleaning", [&](const object& cleaning) {
    const auto rules = RulesInUse(clean);
    const auto rows = compare.Rows(cleaning, "rules");
    for (size_t i = 0; compare.Count("rules", rows.size(), rules.size()) && i < rows.size(); ++i) {
      compare.Equal(rows[i], "rule", Name(rules[i]));
      compare.Equal(rows[i], "rejected", total[rules[i]]);
    }
    for (const auto& [key, counted] :
         {std::pair{"rewritten", RewritesInUse(clean)}, std::pair{"found", FindingsInUse(clean)}}) {
      const auto listed = compare.Rows(cleaning, key);
      for (size_t i = 0; compare.Count(key, listed.size(), counted.size()) && i < listed.size(); ++i) {
        const auto rewrite = static_cast<size_t>(counted[i]);
        compare.Equal(listed[i], "rule", Name(counted[i]));
        compare.Equal(listed[i], "records", rewrites.records[rewrite]);
        compare.Equal(listed[i], "spans", rewrites.spans[rewrite]);
      }
    }
  });
}

void ComparePlaces(const object& root, std::span<const InputFile> sources, const AuditTally& tally, uint64_t count,
                   Differences& compare) {
  compare.Object(root, "invalid_utf8", [&](const object& invalid) {
    compare.Equal(invalid, "count", count);
    struct Place {
      size_t source;
      AuditTally::Place at;
    };
    std::vector<Place> places;
    for (size_t source = 0; source < tally.places.size(); ++source) {
      for (const auto& place : tally.places[source]) places.push_back({source, place});
    }
    places.resize(std::min(places.size(), kMaxPlacesInReport));
    const auto rows = compare.Rows(invalid, "places");
    if (!compare.Count("places", rows.size(), places.size())) return;
    for (size_t i = 0; i < rows.size(); ++i) {
      compare.Equal(rows[i], "source", sources[places[i].source].name);
      compare.Equal(rows[i], "offset", places[i].at.offset_bytes);
      compare.Equal(rows[i], "line", places[i].at.line);
    }
  });
}

// "prisma": the boxes, and of each source how many kept records have no copy in another one.
void CompareScreening(const object& root, std::span<const InputFile> sources, const Claims& claims,
                      const AnswerOptions& answer, const Ledger& total, const AuditTally& tally, Differences& whole) {
  std::vector<std::set<size_t>> elsewhere(sources.size());
  for (const Claim& claim : claims.all) {
    if ((claim.fate != Fate::kExact && claim.fate != Fate::kNear) || claim.witness == Claim::kNoWitness) continue;
    const uint32_t witness_source = claims.all[claim.witness].source;
    if (witness_source != claim.source && witness_source < sources.size())
      elsewhere[witness_source].insert(claim.witness);
  }
  const auto compare_boxes = [](const object& boxes, const Ledger& books, Differences& compare) {
    compare.Equal(boxes, "identified", books.records_read - books[Fate::kReference]);
    compare.Equal(boxes, "duplicates_removed", books[Fate::kExact] + books[Fate::kNear]);
    compare.Equal(boxes, "removed_for_other_reasons", books[Fate::kRejected]);
    compare.Equal(boxes, "to_screen", books[Fate::kKept]);
  };
  whole.Object(root, "prisma", [&](const object& prisma) {
    compare_boxes(prisma, total, whole);
    const auto rows = whole.Rows(prisma, "sources");
    const size_t first = answer.reference.size();
    if (!whole.Count("prisma", rows.size(), sources.size() - first)) return;
    for (size_t i = 0; i < rows.size(); ++i) {
      whole.Equal(rows[i], "name", sources[first + i].name);
      compare_boxes(rows[i], tally.ledgers[first + i], whole);
      whole.Equal(rows[i], "only_here", tally.ledgers[first + i][Fate::kKept] - elsewhere[first + i].size());
    }
  });
}

void CompareMerged(const object& root, const ExpectedFills::Counts& counts, Differences& whole) {
  whole.Object(root, "merged", [&](const object& merged) {
    whole.Equal(merged, "records", counts.records);
    for (const auto& [key, each] : {std::pair("filled", &counts.filled), std::pair("left_out", &counts.left_out)}) {
      whole.Object(merged, key, [&, &said = *each](const object& fields) {
        for (const auto& [field, ignored] : kPlainMergeFields) {
          const auto found = said.find(field);
          whole.Equal(fields, field, found == said.end() ? 0 : found->second);
        }
      });
    }
  });
}

}  // namespace

absl::StatusOr<std::unique_ptr<AuditReport>> AuditReport::Read(const std::string& path) {
  auto report = std::make_unique<AuditReport>();
  report->path_ = path;
  UNECHO_ASSIGN_OR_RETURN(const std::string text, ReadWhole({path, path}));
  std::string_view schema;
  uint64_t version = 0;
  if (report->parser_.parse(text.data(), text.size(), true).get(report->root_) != simdjson::SUCCESS ||
      report->root_["schema"].get(schema) != simdjson::SUCCESS || schema != "unecho-report" ||
      report->root_["version"].get(version) != simdjson::SUCCESS || version != 1) {
    return absl::DataLossError(
        absl::StrFormat("%s: is not a report of version 1; give the file that the run wrote with --report", path));
  }
  array sources;
  if (report->root_["sources"].get(sources) == simdjson::SUCCESS) {
    for (const element& each : sources) {
      std::string_view name, layout;
      if (each["name"].get(name) == simdjson::SUCCESS && each["layout"].get(layout) == simdjson::SUCCESS)
        report->layouts_.emplace(name, layout);
    }
  }
  return report;
}

absl::Status AuditReport::TakeParameters(AnswerOptions& answer) const {
  object members;
  if (root_["parameters"].get(members) != simdjson::SUCCESS) {
    return absl::DataLossError(
        absl::StrFormat("%s: has no \"parameters\"; give the report as the run wrote it", path_));
  }
  TakeSets(root_, answer);
  answer.chooses_comparison = false;  // the run has
  return ReadParameters(members, path_, answer);
}

std::vector<InputFile> AuditReport::Sources(std::span<const std::string> inputs, std::string_view stdin_name,
                                            std::span<const std::string> taken, AnswerOptions& answer) const {
  std::vector<InputFile> known;
  array files;
  if (root_["run"]["inputs"].get(files) == simdjson::SUCCESS) {
    for (const element& file : files) {
      std::string_view path, name;
      if (file["path"].get(path) != simdjson::SUCCESS || file["name"].get(name) != simdjson::SUCCESS) continue;
      InputFile& input = known.emplace_back(InputFile{PathOfText(path), std::string(name)});
      input.max_line_bytes = answer.segment.max_record_bytes;
      array aligned;
      if (file["aligned"].get(aligned) != simdjson::SUCCESS) continue;
      for (const element& each : aligned) {
        std::string_view own, field;
        if (each["path"].get(own) == simdjson::SUCCESS && each["field"].get(field) == simdjson::SUCCESS)
          input.aligned.push_back({PathOfText(own), std::string(field)});
      }
    }
  }
  for (size_t i = 0; i < std::min(answer.reference.size(), known.size()); ++i) answer.reference[i] = known[i].path;
  if (inputs.empty()) return known;
  std::vector<InputFile> named = NameSources(inputs, answer, stdin_name, taken);
  // A source is called as the run has called it, where the name that its path gives is one that an earlier run has had.
  std::set<std::string_view> names;
  std::map<std::string_view, const InputFile*> by_path;
  for (const InputFile& file : known) {
    names.insert(file.name);
    by_path.emplace(file.path, &file);
  }
  for (InputFile& source : named) {
    if (names.contains(source.name)) continue;
    if (const auto same = by_path.find(source.path); same != by_path.end()) source.name = same->second->name;
  }
  return named;
}

std::optional<uint64_t> AuditReport::NumRunsBefore() const {
  uint64_t runs = 0;
  return root_["index"]["runs"].get(runs) == simdjson::SUCCESS ? std::optional(runs) : std::nullopt;
}

std::string AuditReport::Index() const {
  std::string_view path;
  return root_["run"]["index"].get(path) == simdjson::SUCCESS ? std::string(path) : std::string();
}

std::string AuditReport::IndexDigest() const {
  std::string_view digest;
  return root_["index"]["digest"].get(digest) == simdjson::SUCCESS ? std::string(digest) : std::string();
}

bool AuditReport::IsOfSegment() const {
  std::string_view command;
  return root_["command"].get(command) == simdjson::SUCCESS && command == Name(Command::kSegment);
}

std::optional<std::string> AuditReport::LayoutOf(std::string_view source) const {
  const auto layout = layouts_.find(source);
  return layout == layouts_.end() ? std::nullopt : std::optional(layout->second);
}

absl::Status AuditReport::CheckFates(const std::string& provenance,
                                     const std::map<std::string, FateCounts>& fates) const {
  const auto differ = [&](std::string_view what) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "%s and %s are not of the same run: %s; give the --provenance and the --report that one run wrote", provenance,
        path_, what));
  };
  array rows;
  if (root_["sources"].get(rows) != simdjson::SUCCESS) {
    return absl::DataLossError(absl::StrFormat("%s: has no \"sources\"; give the report as the run wrote it", path_));
  }
  std::map<std::string, FateCounts> left = fates;
  for (const element& row : rows) {
    std::string_view name;
    if (row["name"].get(name) != simdjson::SUCCESS) continue;
    const auto found = left.find(std::string(name));
    const FateCounts counts = found == left.end() ? FateCounts{} : found->second;
    for (size_t i = 0; i < kNumFates; ++i) {
      uint64_t in_report = 0;  // a report of an earlier program may not have all fates
      if (row["records"][Name(static_cast<Fate>(i))].get(in_report) != simdjson::SUCCESS) in_report = 0;
      if (in_report == counts[i]) continue;
      return differ(absl::StrFormat("of %s the provenance has %d records that are %s, and the report %d", name,
                                    counts[i], Name(static_cast<Fate>(i)), in_report));
    }
    if (found != left.end()) left.erase(found);
  }
  if (!left.empty()) return differ(absl::StrFormat("the report knows no source %s", left.begin()->first));
  return absl::OkStatus();
}

void AuditReport::Check(Evidence& evidence, const AuditTally& tally) const {
  const std::vector<InputFile>& sources = evidence.sources;
  const std::vector<InputFile>& sets = evidence.sets;
  const Claims& claims = *evidence.claims;
  const AuditAgainst* const against = evidence.against.get();
  const AnswerOptions& answer = evidence.answer;
  Violations& violations = evidence.violations;
  Differences whole("report", violations);
  Ledger total;
  for (const Ledger& ledger : tally.ledgers) total.Add(ledger);
  whole.Object(root_, "ledger", [&](const object& ledger) { CompareLedger(ledger, total, whole); });
  CheckParameters(root_, sources, sets, answer, total, whole);
  const auto rows = whole.Rows(root_, "sources");
  if (whole.Count("sources", rows.size(), sources.size())) {
    for (size_t i = 0; i < rows.size(); ++i) {
      Differences one(absl::StrFormat("report, source %s", sources[i].name), violations);
      one.Equal(rows[i], "name", sources[i].name);
      one.Equal(rows[i], "layout", tally.layouts[i]->name());
      one.Equal(rows[i], "encoding", tally.encodings[i].name);
      one.Equal(rows[i], "undecodable", tally.encodings[i].num_undecodable);
      CompareLedger(rows[i], tally.ledgers[i], one);
    }
  }
  CompareOverlap(root_, evidence, whole);
  if (evidence.earlier) CompareIndex(root_, *evidence.earlier, claims, whole);
  if (against != nullptr) CompareAgainst(root_, sets, *against, whole);
  CompareGroups(root_, sources, claims, whole);
  CompareSimilarities(root_, tally, whole);
  ComparePlaces(root_, sources, tally, total.invalid_utf8, whole);
  if (answer.clean.any()) CompareCleaning(root_, answer.clean, total, tally.rewrites, whole);
  if (answer.clean.dedups()) whole.Equal(root_, "lost_repeats", tally.lost_repeats);
  if (!answer.decided.empty()) {
    whole.Object(root_, "decided", [&](const object& decided) {
      whole.Equal(decided, "same", tally.decided.same);
      whole.Equal(decided, "different", tally.decided.different);
    });
  }
  if (answer.comparison.by == CompareBy::kWorks) CompareScreening(root_, sources, claims, answer, total, tally, whole);
  if (answer.merge) CompareMerged(root_, tally.merged, whole);
  if (answer.ignore_common > 0) {
    whole.Object(root_, "common", [&](const object& common) {
      whole.Equal(common, "shingles", tally.common.shingles);
      whole.Equal(common, "records", tally.common.records);
      whole.Equal(common, "whole", tally.common.whole);
    });
  }
}

}  // namespace unecho
