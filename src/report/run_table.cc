// The table on stderr: what a person wants to know after a run, on one screen. Everything else is in the report.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "clean/rules.h"
#include "report/ledger_table.h"
#include "report/report.h"
#include "report/works_report.h"
#include "text/counted.h"
#include "text/shown_size.h"
#include "text/shown_text.h"

namespace unecho {
namespace {

constexpr size_t kMaxNameWidth = 40;
constexpr double kMegabyte = 1e6;
constexpr size_t kMaxNamed = 3;          // sources that a line names one by one
constexpr uint64_t kFewShort = 20;       // records
constexpr double kFewLost = 3.0 / 1000;  // letters that could not be decoded, a byte

// The fates a run can give: contaminated only with --against, reference only with --reference.
std::vector<Fate> FatesOf(const PipelineOptions& options) {
  std::vector<Fate> fates;
  for (size_t i = 0; i < kNumFates; ++i) {
    const auto fate = static_cast<Fate>(i);
    if (fate == Fate::kContaminated && options.answer.against.empty()) continue;
    if (fate == Fate::kReference && options.answer.reference.empty()) continue;
    fates.push_back(fate);
  }
  return fates;
}

// The sources whose encoding is a guess.
void AppendGuesses(const std::vector<SourceInfo>& sources, std::string& out) {
  size_t guesses = 0;
  for (const SourceInfo& source : sources) {
    if (source.encoding_guess.empty() || ++guesses > kMaxNamed) continue;
    absl::StrAppendFormat(&out, "encoding: %s is %s\n", ShownName(source.name, kMaxNameWidth), source.encoding_guess);
  }
  if (guesses > kMaxNamed) absl::StrAppendFormat(&out, "encoding: guessed for %d more sources\n", guesses - kMaxNamed);
}

void AppendIndex(const IndexInfo& index, const PipelineOptions& options, std::string& out) {
  absl::StrAppendFormat(&out, "index %s: ", ShownName(index.path, kMaxNameWidth));
  if (index.runs == 0)
    out += "new";
  else
    absl::StrAppendFormat(&out, "%d kept records of %d run%s, for which %d were removed", index.kept, index.runs,
                          index.runs == 1 ? "" : "s", index.removed_for_these);
  if (index.is_added)
    absl::StrAppendFormat(&out, "; %d added (%s)\n", index.added_kept,
                          ShownSize(static_cast<double>(index.added_bytes)));
  else
    absl::StrAppendFormat(&out, "; nothing added (%s)\n", options.dry_run ? "--dry-run" : "--index-read-only");
}

// What of a source deserves a second look.
void AppendFindings(const std::vector<SourceInfo>& sources, const Statistics& statistics, std::string& out) {
  size_t num_named = 0;
  const auto& findings = statistics.source_check().findings();
  for (const auto& [source, found] : findings) {
    if (num_named++ == kMaxNamed) break;
    absl::StrAppendFormat(&out, "look at %s: %s\n", ShownName(sources.at(source).name, kMaxNameWidth),
                          absl::StrJoin(found, "; "));
  }
  if (findings.size() > kMaxNamed)
    absl::StrAppendFormat(&out, "look at %d more sources ('unecho inspect' says why)\n", findings.size() - kMaxNamed);
}

// What the option did in those sources instead.
std::string_view WithoutField(std::string_view option) {
  if (option == "--key") return "records are compared by their texts";
  if (option == "--differ") return "it keeps nothing apart";
  if (option == "--within") return "all records are in the group of those without it";
  if (option == "--keep") return "all records come last";
  if (option == "--id-field") return "records have no id";
  return "it is not compared";
}

// Fields that some sources have, and others not: they may be called otherwise there.
void AppendAbsent(const RunFacts& facts, std::string& out) {
  for (const AbsentField& field : facts.absent_fields) {
    std::vector<std::string> names;
    for (size_t i = 0; i < std::min(field.sources.size(), kMaxNamed); ++i)
      names.push_back(ShownName(facts.sources.at(field.sources[i]).name, kMaxNameWidth));
    const std::string more =
        field.sources.size() > kMaxNamed ? absl::StrFormat(" and %d more", field.sources.size() - kMaxNamed) : "";
    absl::StrAppendFormat(&out, "%s %s: no record of %s%s has it; there %s ('unecho inspect' lists the fields)\n",
                          field.option, ShownText(field.name, kMaxNameWidth), absl::StrJoin(names, ", "), more,
                          WithoutField(field.option));
  }
}

// Fields that some records have, and others not.
void AppendPartial(const RunFacts& facts, std::string& out) {
  const auto rest = [](std::string_view option) {
    if (option == "--key") return "their texts alone are compared";
    if (option == "--differ") return "it does not keep them apart";
    if (option == "--within") return "they are a group of their own";
    return option == "--keep" ? "they come last" : "they have no id";
  };
  for (const PartialField& field : facts.partial_fields) {
    absl::StrAppendFormat(&out, "%s %s: %d of %s have %s; %s\n", field.option, ShownText(field.name, kMaxNameWidth),
                          field.without, Counted(field.records, "record"),
                          field.name.find(',') == field.name.npos ? "none" : "not all of these", rest(field.option));
  }
}

// A near copy of a short record is one only if all its tokens are equal, which few people expect.
void AppendShort(const AnswerOptions& answer, const Statistics& statistics, std::string& out) {
  if (statistics.num_short() < kFewShort || 2 * statistics.num_short() <= statistics.num_compared()) return;
  const bool by_characters = answer.comparison.by == CompareBy::kCharacters;
  absl::StrAppendFormat(
      &out,
      "short: %d of %d records have fewer tokens than a shingle (%d), and only whole records are compared with them: a "
      "smaller --shingle%s finds near copies\n",
      statistics.num_short(), statistics.num_compared(), answer.shingle_tokens,
      by_characters ? "" : ", or --compare characters,");
}

// The source that lost the largest part of its letters, if that is more than a few.
std::string Losses(const std::vector<SourceInfo>& sources, const Statistics& statistics) {
  double most = kFewLost;
  const SourceInfo* worst = nullptr;
  for (size_t i = 0; i < sources.size(); ++i) {
    const Ledger& ledger = statistics.per_source().at(i);
    const auto lost = static_cast<double>(ledger.invalid_utf8 + sources[i].num_undecodable);
    const double part = lost / static_cast<double>(std::max<uint64_t>(1, ledger.bytes_read));
    if (part > most) most = part, worst = &sources[i];
  }
  if (worst == nullptr) return {};
  return absl::StrFormat("; U+FFFD stands for %.1f%% of %s, read as %s: name its encoding with --encoding", 100 * most,
                         ShownName(worst->name, kMaxNameWidth), worst->encoding);
}

}  // namespace

std::vector<std::string> RunWarnings(const PipelineOptions& options, const RunFacts& facts,
                                     const Statistics& statistics) {
  std::vector<std::string> warnings;
  const auto& unusable_sources = statistics.source_check().unusable();
  for (size_t i = 0; i < options.answer.reference.size(); ++i) {  // they come first
    const Ledger& books = statistics.per_source().at(i);
    const auto is_source = [i](const auto& each) { return each.first == i; };
    if (facts.sources.at(i).is_elsewhere || books[Fate::kReference] > 0 ||
        std::ranges::any_of(unusable_sources, is_source))
      continue;
    warnings.push_back(absl::StrFormat("--reference %s (%s): it has no record, so nothing is compared with it",
                                       ShownName(facts.sources.at(i).name, kMaxNameWidth), facts.sources.at(i).layout));
  }
  size_t skipped = 0, unusable = 0;
  for (const SourceInfo& source : facts.sources) {
    if (!source.skipped.empty() && skipped++ < kMaxNamed) warnings.push_back("skipped: " + source.skipped);
  }
  if (skipped > kMaxNamed) warnings.push_back(absl::StrFormat("skipped: %d more sources", skipped - kMaxNamed));
  for (const auto& [source, why] : unusable_sources) {
    if (unusable++ < kMaxNamed) {
      const SourceInfo& info = facts.sources.at(source);
      warnings.push_back(absl::StrFormat("%s (%s): nothing of it can be used: %s", ShownName(info.name, kMaxNameWidth),
                                         info.layout, why));
    }
  }
  if (unusable > kMaxNamed)
    warnings.push_back(absl::StrFormat("nothing can be used of %d more sources", unusable - kMaxNamed));
  const auto& doubts = statistics.source_check().doubts();
  size_t num_named = 0;
  for (const auto& [source, why] : doubts) {
    if (num_named++ == kMaxNamed) break;
    warnings.push_back(absl::StrFormat("%s: %s", ShownName(facts.sources.at(source).name, kMaxNameWidth), why));
  }
  if (doubts.size() > kMaxNamed)
    warnings.push_back(
        absl::StrFormat("exact copies of %d more sources differ from their witnesses in fields that are not compared "
                        "(the report names them)",
                        doubts.size() - kMaxNamed));
  for (size_t i = 0; i < std::min(facts.without_works.size(), kMaxNamed); ++i) {
    warnings.push_back(absl::StrFormat(
        "%s: no record names authors, a year, pages or an id, so --compare works has titles and abstracts alone to go "
        "by; --compare words compares texts ('unecho inspect' lists the fields)",
        ShownName(facts.sources.at(facts.without_works[i]).name, kMaxNameWidth)));
  }
  if (facts.without_works.size() > kMaxNamed)
    warnings.push_back(
        absl::StrFormat("nor do the records of %d more sources", facts.without_works.size() - kMaxNamed));
  for (const PlaceholderInfo& each : facts.placeholders) {
    const char* const so = each.option == "--key"      ? "their texts alone say what they are the same as"
                           : each.option == "--within" ? "they are compared with records that have none"
                                                       : "it keeps them apart from nothing";
    warnings.push_back(absl::StrFormat("%s %s: of %s the value stands for none ('%s' and the like): %s", each.option,
                                       each.field, Counted(each.records, "record"), each.first, so));
  }
  return warnings;
}

std::string RunTable(const PipelineOptions& options, const RunFacts& facts, const Statistics& statistics) {
  const Ledger& total = statistics.total();
  const std::vector<Fate> fates = FatesOf(options);
  std::vector<std::pair<std::string, Ledger>> sources;
  for (size_t i = 0; i < facts.sources.size(); ++i) {
    if (!facts.sources[i].is_elsewhere) sources.emplace_back(facts.sources[i].name, statistics.per_source().at(i));
  }
  std::string out = LedgerTable(sources, fates);
  const auto list_rewrites = [&](std::string_view what, const std::vector<Rewrite>& rewrites) {
    std::string places;
    for (const Rewrite rewrite : rewrites) {
      const RewriteCounts& counts = statistics.rewrites();
      const auto i = static_cast<size_t>(rewrite);
      if (counts.records[i] == 0) continue;
      absl::StrAppendFormat(&places, "%s%s %d (%s)", places.empty() ? "" : ", ", Name(rewrite), counts.spans[i],
                            Counted(counts.records[i], "record"));
    }
    if (!places.empty()) out += absl::StrFormat("%s: %s\n", what, places);
  };
  list_rewrites("rewritten", RewritesInUse(options.answer.clean));
  if (options.answer.clean.pii != PiiMode::kMask) list_rewrites("found", FindingsInUse(options.answer.clean));
  AppendGuesses(facts.sources, out);
  if (total.invalid_utf8 > 0) {
    out += absl::StrFormat("invalid UTF-8: %d replaced by U+FFFD", total.invalid_utf8);
    if (!statistics.bad_utf8().empty()) {
      const BadUtf8Place& first = statistics.bad_utf8().front();
      out += absl::StrFormat(", the first in %s, line %d",
                             ShownName(facts.sources.at(static_cast<size_t>(first.source)).name, kMaxNameWidth),
                             first.line);
    }
    out += '\n';
  }
  if (const std::vector<size_t> titles_only = statistics.WithTitlesOnly();
      !titles_only.empty() && options.answer.segment.match_fields.empty() &&
      options.answer.comparison.by != CompareBy::kWorks) {
    const SourceInfo& first = facts.sources.at(titles_only.front());
    out += absl::StrFormat(
        "only titles: no field of %s is known as text, so titles alone are compared; 'unecho layouts --show %s' has "
        "the names%s\n",
        titles_only.size() > 1
            ? absl::StrFormat("%s and %d more", ShownName(first.name, kMaxNameWidth), titles_only.size() - 1)
            : ShownName(first.name, kMaxNameWidth),
        first.layout, first.layout == "jsonl" || first.layout == "csv" ? ", --match-fields takes others" : "");
  }
  if (!facts.against.empty()) {
    AgainstInfo all;
    for (const AgainstInfo& set : facts.against)
      all.records += set.records, all.unusable += set.unusable, all.too_short += set.too_short;
    out += absl::StrFormat("against: %s", Counted(all.records, "record"));
    if (all.unusable > 0) out += absl::StrFormat(", %d of them empty or unreadable", all.unusable);
    if (all.too_short > 0) out += absl::StrFormat(", %d too short for n-grams", all.too_short);
    out += '\n';
  }
  if (const uint64_t more_than = options.answer.ignore_common; more_than > 0) {
    out += absl::StrFormat("common: %s compared without the %d shingles that more than %d records have",
                           Counted(facts.common.records, "record"), facts.common.shingles, more_than);
    if (facts.common.whole > 0) out += absl::StrFormat("; %d more have no others, and keep them", facts.common.whole);
    out += '\n';
  }
  if (!options.answer.decided.empty())
    out += absl::StrFormat("decided: %s %s same, %d different\n", Counted(facts.decided_same, "line"),
                           facts.decided_same == 1 ? "says" : "say", facts.decided_different);
  if (!options.review.empty()) {
    out += facts.unsure_pairs == 0 ? "review: no pair of kept records is in doubt\n"
                                   : absl::StrFormat(
                                         "review: %s of kept records may be the same; write same or different into the "
                                         "column decision, and give the file to --decided\n",
                                         Counted(facts.unsure_pairs, "pair"));
  }
  if (facts.index) AppendIndex(*facts.index, options, out);
  if (options.answer.comparison.by == CompareBy::kWorks) AppendOnlyIn(options.answer, facts, statistics, out);
  if (options.answer.merge) AppendMerged(statistics, out);
  if (const uint64_t lost = statistics.num_lost_repeats(); lost > 0) {
    out += absl::StrFormat(
        "repeated: %d removed lines, paragraphs or sentences come first in records that are not kept, so that no "
        "record has them; to keep them, run dedup first and remove repeated lines from what it keeps\n",
        lost);
  }
  AppendAbsent(facts, out);
  AppendPartial(facts, out);
  if (statistics.num_repeated_ids() > 0) {
    const RecordRef first = statistics.first_repeated_id();
    out += absl::StrFormat(
        "ids: %d kept records have the id of one that is kept already, the first of them %s#%d; where an id is named, "
        "it "
        "is not known which of them is meant\n",
        statistics.num_repeated_ids(),
        ShownName(facts.sources.at(static_cast<size_t>(first.source)).name, kMaxNameWidth), first.ordinal);
  }
  AppendFindings(facts.sources, statistics, out);
  AppendShort(options.answer, statistics, out);
  if (facts.spilled_bytes > 0) {
    out += absl::StrFormat(
        "memory: what did not fit into --memory went to disk, %s; with more of it all stays in memory\n",
        ShownSize(static_cast<double>(facts.spilled_bytes)));
  }
  out += absl::StrFormat("read %d", total.records_read);
  for (const Fate fate : fates) out += absl::StrFormat(" %s %d", Name(fate), total[fate]);
  const double rate = facts.seconds > 0 ? static_cast<double>(total.bytes_read) / facts.seconds : 0;
  out += absl::StrFormat(" in %.2f s, %s/s, peak %.0f MB%s\n", facts.seconds, ShownSize(rate),
                         static_cast<double>(facts.peak_rss_bytes) / kMegabyte, Losses(facts.sources, statistics));
  return out;
}

}  // namespace unecho
