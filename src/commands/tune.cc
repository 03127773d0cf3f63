// What `unecho tune` does, and what it says.
#include "commands/tune.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/batch.h"
#include "base/interrupt.h"
#include "commands/record_text.h"
#include "flow/tune.h"
#include "oracle/reference.h"
#include "read/sources.h"
#include "text/aligned_table.h"
#include "text/counted.h"
#include "text/json.h"
#include "text/shown_text.h"
#include "text/word_diff.h"

namespace unecho {
namespace {

constexpr int kMostShingleTokens = 64;  // as of --shingle

std::string Percent(uint64_t part, uint64_t whole) {
  return whole == 0 ? "-" : absl::StrFormat("%.1f%%", 100 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string Ref(const TuneResult& result, RecordRef ref) {
  return absl::StrFormat("%s#%d", result.sources[static_cast<size_t>(ref.source)], ref.ordinal);
}

std::string ShownRef(const TuneResult& result, RecordRef ref) {
  std::string shown;
  AppendShown(Ref(result, ref), shown);
  return shown;
}

const std::string* TextOf(const TuneResult& result, RecordRef ref) {
  const auto found = result.texts.find({ref.source, ref.ordinal});
  return found == result.texts.end() ? nullptr : &found->second;
}

std::string DiffOfPair(const std::string& witness, const std::string& record, const AnswerOptions& answer,
                       bool colour) {
  Compared a, b;
  a.text = witness;
  b.text = record;
  for (Compared* each : {&a, &b}) {
    each->tokens = ReferenceTokensOf(std::span(&each->text, 1), answer.comparison, answer.shingle_tokens);
  }
  return DiffTexts(a, b, answer.comparison, colour);
}

// The texts of all borderline pairs, in one pass over each source.
// What cannot be read twice is named only.
absl::Status ReadPairs(const TuneOptions& options, const std::vector<InputFile>& files, TuneResult& result,
                       Listener& listener) {
  if (options.answer.clean.dedups()) return absl::OkStatus();
  std::map<SourceId, std::set<uint64_t>> ordinals;
  for (const TuneRow& row : result.rows) {
    for (const TunePair& pair : row.borderline) {
      for (const RecordRef ref : {pair.record, pair.witness}) ordinals[ref.source].insert(ref.ordinal);
    }
  }
  const SiblingLayouts siblings(files, options.answer.encoding, options.answer.segment);
  for (const auto& [source, of_source] : ordinals) {
    const InputFile& file = files[static_cast<size_t>(source)];
    if (!CanBeReadTwice(file)) continue;
    std::vector<WantedRecord> wanted;
    for (const uint64_t ordinal : of_source) wanted.push_back({ordinal, {}});
    const absl::Status read = ReadAgain(
        file, siblings, options.answer, wanted, options.run.stop, [&, source = source](size_t i, Compared record) {
          result.texts.emplace(std::pair(source, wanted[i].ordinal), std::move(record.text));
        });
    if (absl::IsCancelled(read)) return read;
    if (!read.ok())
      listener.Info(absl::StrFormat("unecho: warning: no pairs of %s are shown: %s\n", file.name, read.message()));
  }
  return absl::OkStatus();
}

TableRow Cells(const TuneRow& row, uint64_t read) {
  TableRow cells = {absl::StrFormat("%.2f", row.threshold), absl::StrFormat("%d", row.kept),
                    absl::StrFormat("%d", row.exact), absl::StrFormat("%d", row.near),
                    Percent(row.exact + row.near, read)};
  if (row.score) {
    for (const double score : {row.score->precision(), row.score->recall(), row.score->f1()})
      cells.push_back(absl::StrFormat("%.4f", score));
  }
  return cells;
}

// Sizes beside the one that is asked for: about three fifths of it, and eight.
std::vector<int> OtherShingles(int tokens) {
  std::vector<int> sizes;
  for (const int size : {tokens * 3 / 5, tokens * 8 / 5}) {
    if (size >= 1 && size <= kMostShingleTokens && size != tokens) sizes.push_back(size);
  }
  return sizes;
}

std::string Table(const TuneResult& result) {
  std::vector<TableRow> rows = {{"threshold", "kept", "exact", "near", "removed"}};
  if (!result.rows.empty() && result.rows.front().score)
    rows.front().insert(rows.front().end(), {"precision", "recall", "F1"});
  for (const TuneRow& row : result.rows) rows.push_back(Cells(row, result.read));
  for (const TuneResult::OfShingles& other : result.others) {
    rows.front().push_back(absl::StrFormat("--shingle %d", other.tokens));
    if (other.rows.front().score) rows.front().emplace_back("F1");
    for (size_t i = 0; i < other.rows.size(); ++i) {
      const TuneRow& row = other.rows[i];
      rows[i + 1].push_back(Percent(row.exact + row.near, result.read));
      if (row.score) rows[i + 1].push_back(absl::StrFormat("%.4f", row.score->f1()));
    }
  }
  return AlignedTable(rows, FirstColumn::kRight);
}

void WriteScore(JsonWriter& json, const TuneScore& score) {
  json.Key("precision");
  json.Fixed6(score.precision());
  json.Key("recall");
  json.Fixed6(score.recall());
  json.Key("f1");
  json.Fixed6(score.f1());
}

void WriteCounts(JsonWriter& json, const TuneRow& row) {
  json.Key("threshold");
  json.Double(row.threshold);
  json.Member("kept", row.kept);
  json.Member("exact", row.exact);
  json.Member("near", row.near);
  if (row.score) WriteScore(json, *row.score);
}

}  // namespace

absl::StatusOr<TuneResult> RunTune(const TuneOptions& given, Listener& listener) {
  if (given.answer.comparison.by == CompareBy::kWorks)
    return absl::InvalidArgumentError("tune tries thresholds of texts, and --compare works has none: leave one out");
  TuneOptions options = given;
  options.answer.threshold = kTuneThresholds.front();
  std::optional<TuneLabels> labels;
  if (!options.labels.empty()) {
    UNECHO_ASSIGN_OR_RETURN(labels, TuneLabels::Read(options.labels));
    if (options.answer.segment.id_field.empty()) options.answer.segment.id_field = "id";
  }
  const Plan plan = MakePlan(NameSources(options.inputs, options.answer, options.stdin_name), options.stdin_name,
                             options.answer, options.run);
  UNECHO_RETURN_IF_ERROR(CheckPlan(plan));
  TuneResult result;
  for (const InputFile& file : plan.inputs) result.sources.push_back(file.name);
  const TuneLabels* const given_labels = labels ? &*labels : nullptr;
  Tuner tuner(plan.bands, options.answer.shingle_tokens, given_labels);
  std::deque<Tuner> other_tuners;
  std::vector<TunedShingles> sizes = {{options.answer.shingle_tokens, &tuner}};
  for (const int size : OtherShingles(options.answer.shingle_tokens))
    sizes.push_back({size, &other_tuners.emplace_back(plan.bands, size, given_labels)});

  Progress progress;
  progress.total_bytes = PlainBytes(plan.inputs);
  listener.StartProgress(&progress);
  const absl::Status status = RunTunePass(plan, options.answer, options.run, sizes, progress, result.num_short);
  result.rows = tuner.Rows();
  for (size_t i = 1; i < sizes.size(); ++i) result.others.push_back({sizes[i].tokens, sizes[i].tuner->Rows()});
  progress.phase = "reading the pairs again";
  const absl::Status texts = status.ok() ? ReadPairs(options, plan.inputs, result, listener) : status;
  listener.StopProgress();
  UNECHO_RETURN_IF_ERROR(texts);

  result.rejected = tuner.num_rejected();
  result.read = result.rejected + result.rows.front().kept + result.rows.front().exact + result.rows.front().near;
  result.labels = labels ? labels->size() : 0;
  result.labels_found = tuner.num_labels_found();
  result.labelled_records = tuner.num_labelled();
  if (labels && result.labels_found == 0) {
    return absl::NotFoundError(
        absl::StrFormat("--labels %s: %s in the input; --id-field (now \"%s\") names the field that records are called "
                        "by",
                        options.labels,
                        result.labels == 1 ? std::string("its only record is not")
                                           : absl::StrFormat("none of its %d records is", result.labels),
                        options.answer.segment.id_field));
  }
  return result;
}

std::string DescribeTune(const TuneResult& result, const AnswerOptions& answer, bool colour) {
  std::string text = Table(result);
  text += absl::StrFormat("%s read, %d rejected\n", Counted(result.read, "record"), result.rejected);
  if (2 * result.num_short > result.read - result.rejected) {
    text += absl::StrFormat(
        "short: %d of %d records have fewer tokens than a shingle (%d), so they are near only to their equals at any "
        "threshold; try a smaller --shingle%s\n",
        result.num_short, result.read - result.rejected, answer.shingle_tokens,
        answer.comparison.by == CompareBy::kCharacters ? "" : ", or --compare characters");
  }
  if (result.labels > 0)
    text += absl::StrFormat(
        "labels: %d of %d ids found, in %s; scores are over pairs; a record that no cluster names is alone\n",
        result.labels_found, result.labels, Counted(result.labelled_records, "record"));
  const bool any = std::ranges::any_of(result.rows, [](const TuneRow& row) { return !row.borderline.empty(); });
  if (!any) return text + "no record is near another one\n";
  text += absl::StrFormat("\nThe least similar that each threshold removes: %s\n",
                          DiffLegend("only in the kept record", "only in the removed one", colour));
  bool unread = false;
  std::vector<const TunePair*> shown;
  for (size_t i = 0; i < result.rows.size();) {
    const TuneRow& row = result.rows[i];
    size_t end = i + 1;  // thresholds that have the same pairs
    while (end < result.rows.size() && result.rows[end].borderline == row.borderline) ++end;
    text += absl::StrFormat("\n%.2f", row.threshold);
    if (end > i + 1) text += absl::StrFormat(" to %.2f", result.rows[end - 1].threshold);
    text += row.borderline.empty() ? ": nothing near\n" : "\n";
    for (const TunePair& pair : row.borderline) {
      const bool is_known = std::ranges::any_of(shown, [&pair](const TunePair* other) { return *other == pair; });
      text += absl::StrFormat("  %.6f  %s  for  %s%s\n", pair.similarity, ShownRef(result, pair.record),
                              ShownRef(result, pair.witness), is_known ? ": see above" : "");
      if (is_known) continue;
      shown.push_back(&pair);
      const std::string *record = TextOf(result, pair.record), *witness = TextOf(result, pair.witness);
      if (record != nullptr && witness != nullptr) {
        text += "    " + DiffOfPair(*witness, *record, answer, colour) + "\n";
      } else {
        unread = true;
      }
    }
    i = end;
  }
  if (unread)
    text +=
        "\nTexts of standard input, and those of --dedup-lines, cannot be read again: name files to see how the pairs "
        "differ.\n";
  return text;
}

std::string TuneJson(const TuneResult& result, const AnswerOptions& answer) {
  std::string out;
  JsonWriter json(out, 1);
  json.BeginObject();
  json.Member("schema", "unecho-tune");
  json.Member("version", uint64_t{1});
  json.Member("unecho", Version());
  json.Member("shingle", static_cast<uint64_t>(answer.shingle_tokens));
  if (answer.comparison.by != CompareBy::kWords) json.Member("compare", Name(answer.comparison.by));
  json.Member("pii", Name(answer.clean.pii));
  json.Key("sources");
  json.BeginArray();
  for (const std::string& name : result.sources) json.String(name);
  json.EndArray();
  json.Member("read", result.read);
  json.Member("rejected", result.rejected);
  json.Member("short", result.num_short);
  if (result.labels > 0) {
    json.Member("labels", result.labels);
    json.Member("labels_found", result.labels_found);
  }
  json.Key("thresholds");
  json.BeginArray();
  for (const TuneRow& row : result.rows) {
    json.BeginObject();
    WriteCounts(json, row);
    json.Key("borderline");
    json.BeginArray();
    for (const TunePair& pair : row.borderline) {
      json.BeginObject();
      json.Member("ref", Ref(result, pair.record));
      json.Member("witness", Ref(result, pair.witness));
      json.Key("similarity");
      json.Fixed6(pair.similarity);
      const std::string *record = TextOf(result, pair.record), *witness = TextOf(result, pair.witness);
      if (record != nullptr && witness != nullptr) {
        json.Member("text", *record);
        json.Member("witness_text", *witness);
      }
      json.EndObject();
    }
    json.EndArray();
    json.EndObject();
  }
  json.EndArray();
  json.Key("other_shingles");
  json.BeginArray();
  for (const TuneResult::OfShingles& other : result.others) {
    json.BeginObject();
    json.Member("shingle", static_cast<uint64_t>(other.tokens));
    json.Key("thresholds");
    json.BeginArray();
    for (const TuneRow& row : other.rows) {
      json.BeginObject();
      WriteCounts(json, row);
      json.EndObject();
    }
    json.EndArray();
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return out + "\n";
}

}  // namespace unecho
