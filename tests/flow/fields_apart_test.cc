// --match over the whole flow, against the definition of sameness in a few lines of naive code.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <random>
#include <set>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/status.h"
#include "support/pipeline_run.h"

namespace unecho::fields_apart_test {
namespace {

constexpr size_t kShingle = 3, kFields = 3;
constexpr std::array<const char*, kFields> kNames = {"title", "text", "tags"};

using Words = std::vector<std::string>;

struct Entry {
  std::array<Words, kFields> fields;  // empty: the record does not have it
  std::string doi, edition;
  friend bool operator==(const Entry&, const Entry&) = default;
};

struct Setting {
  const char* match;
  std::map<std::string, double> thresholds;
  bool has_key = false, has_differ = false;
};
const Setting kSettings[] = {
    {.match = "title:.9,text:.7", .thresholds = {{"title", .9}, {"text", .7}}},
    {.match = "text:0.7", .thresholds = {{"text", .7}}},
    {.match = "text,title:0.3,tags:1", .thresholds = {{"text", .7}, {"title", .3}, {"tags", 1}}},
    {.match = "tags:.5,text:.5", .thresholds = {{"tags", .5}, {"text", .5}}, .has_key = true},
    {.match = "title:.6,text:.6", .thresholds = {{"title", .6}, {"text", .6}}, .has_key = true, .has_differ = true},
};

using Shingles = std::set<Words>;
Shingles ShinglesOf(const Words& words) {
  Shingles set;
  if (words.empty()) return set;
  if (words.size() < kShingle) return {words};
  for (size_t i = 0; i + kShingle <= words.size(); ++i) {
    const auto begin = words.begin() + static_cast<std::ptrdiff_t>(i);
    set.emplace(begin, begin + kShingle);
  }
  return set;
}

double SimilarityOf(const Shingles& x, const Shingles& y) {
  if (x.empty() && y.empty()) return 1;
  size_t common = 0;
  for (const auto& shingle : x) common += y.contains(shingle);
  return static_cast<double>(common) / static_cast<double>(x.size() + y.size() - common);
}

struct Want {
  std::string fate, witness, by;
  double similarity = 0;
  std::map<std::string, double> similarities;
  bool operator==(const Want&) const = default;
};
void PrintTo(const Want& want, std::ostream* os) {
  *os << want.fate << " " << want.witness << " " << want.similarity << " " << want.by;
  for (const auto& [name, similarity] : want.similarities) *os << " " << name << " " << similarity;
}

double Written(double similarity) { return std::round(similarity * 1e6) / 1e6; }

// What the setting looks at; the rest is as if it were not there.
Entry Counted(const Setting& setting, const Entry& entry) {
  Entry counted = entry;
  for (size_t i = 0; i < kFields; ++i) {
    if (!setting.thresholds.contains(kNames[i])) counted.fields[i].clear();
  }
  if (!setting.has_key) counted.doi.clear();
  if (!setting.has_differ) counted.edition.clear();
  return counted;
}

size_t NumTokens(const Entry& entry) {
  size_t count = 0;
  for (const Words& words : entry.fields) count += words.size();
  return count;
}

std::vector<Want> Naive(const std::vector<Entry>& all, const Setting& setting, KeepPolicy keep) {
  std::vector<Entry> entries;
  std::vector<std::array<Shingles, kFields>> shingles;
  for (const Entry& entry : all) {
    entries.push_back(Counted(setting, entry));
    auto& of_entry = shingles.emplace_back();
    for (size_t field = 0; field < kFields; ++field) of_entry[field] = ShinglesOf(entries.back().fields[field]);
  }
  std::vector<size_t> order(entries.size());
  std::iota(order.begin(), order.end(), size_t{0});
  if (keep == KeepPolicy::kLast) std::ranges::reverse(order);
  if (keep == KeepPolicy::kLongest)
    std::ranges::stable_sort(order, std::greater<>(), [&](size_t i) { return NumTokens(entries[i]); });
  const auto ref = [](size_t i) { return "in.jsonl#" + std::to_string(i + 1); };
  const auto key_of = [](const Entry& a, const Entry& b) {
    return std::string(!a.doi.empty() && a.doi == b.doi ? "key:doi" : "");
  };
  std::vector<Want> wants(entries.size());
  std::vector<size_t> kept, decided;
  for (const size_t i : order) {
    const auto first = std::ranges::find_if(decided, [&](size_t j) { return entries[j] == entries[i]; });
    if (first != decided.end()) {
      const Want& of_first = wants[*first];
      wants[i] = of_first.fate == "kept" ? Want{"exact", ref(*first), key_of(entries[i], entries[i]), 1, {}} : of_first;
      continue;
    }
    decided.push_back(i);
    std::optional<size_t> witness;
    std::map<std::string, double> of_witness;
    double best = 0;
    bool is_by_key = false;
    for (const size_t j : kept) {
      const Entry &a = entries[i], &b = entries[j];
      if (!a.edition.empty() && !b.edition.empty() && a.edition != b.edition) continue;
      std::map<std::string, double> similarities;
      double least = 1;
      bool reaches_all = true;
      for (size_t field = 0; field < kFields; ++field) {
        const auto asked = setting.thresholds.find(kNames[field]);
        if (asked == setting.thresholds.end()) continue;
        const double similarity = SimilarityOf(shingles[i][field], shingles[j][field]);
        similarities[asked->first] = Written(similarity);
        least = std::min(least, similarity);
        reaches_all &= similarity >= asked->second;
      }
      const bool by_key = !key_of(a, b).empty();
      if (!by_key && !reaches_all) continue;
      if (witness && (by_key < is_by_key || (by_key == is_by_key && least <= best))) continue;
      witness = j;
      best = least;
      is_by_key = by_key;
      of_witness = similarities;
    }
    if (!witness) {
      wants[i].fate = "kept";
      kept.push_back(i);
      continue;
    }
    const bool is_exact = entries[i].fields == entries[*witness].fields;
    wants[i] = {is_exact ? "exact" : "near", ref(*witness), key_of(entries[i], entries[*witness]), Written(best),
                is_exact ? std::map<std::string, double>() : of_witness};
  }
  return wants;
}

class FieldsApartTest : public InTemporaryFolder {
 protected:
  static std::vector<Entry> RandomEntries(unsigned seed, size_t count) {
    std::mt19937 random(seed);
    const auto word = [&random] { return "w" + std::to_string(random() % 3000); };
    std::vector<Entry> entries;
    for (size_t i = 0; i < count; ++i) {
      Entry entry;
      if (i < 8 || random() % 5 == 0) {
        constexpr std::array<size_t, kFields> kLeast = {2, 20, 1};
        for (size_t field = 0; field < kFields; ++field) {
          entry.fields[field].resize(kLeast[field] + random() % (field == 1 ? 40 : 6));
          std::ranges::generate(entry.fields[field], word);
        }
      } else {
        entry = entries[random() % entries.size()];
        if (random() % 4 == 0) entry.fields[0] = entries[random() % entries.size()].fields[0];
        if (random() % 6 == 0) entry.fields[random() % 2 * 2].clear();  // title or tags
        if (random() % 12 == 0) std::swap(entry.fields[0], entry.fields[2]);
        for (auto edits = random() % 3; edits > 0; --edits) {
          Words& words = entry.fields[random() % 8 == 0 ? 0 : 1];
          if (!words.empty()) words[random() % words.size()] = word();
        }
      }
      if (random() % 3 == 0) entry.doi = random() % 2 ? "" : "10.5/x" + std::to_string(random() % (count / 4));
      if (random() % 3 == 0) entry.edition = random() % 2 ? "" : std::to_string(random() % 3);
      entries.push_back(entry);
    }
    return entries;
  }

  static std::string LineOf(const Entry& entry) {
    std::string line = "{\"n\":1";
    for (size_t field = 0; field < kFields; ++field) {
      const Words& words = entry.fields[field];
      if (words.empty()) continue;
      if (field == 2)  // a list is a field as well
        line += ",\"tags\":[\"" + absl::StrJoin(words, "\",\"") + "\"]";
      else
        line += absl::StrFormat(",\"%s\":\"%s\"", kNames[field], absl::StrJoin(words, " "));
    }
    if (!entry.doi.empty()) line += ",\"doi\":\"" + entry.doi + "\"";
    if (!entry.edition.empty()) line += ",\"edition\":\"" + entry.edition + "\"";
    return line + "}\n";
  }

  static void Ask(const Setting& setting, AnswerOptions& answer) {
    ASSERT_TRUE(ParseMatch(setting.match, answer).ok());
    if (setting.has_key) answer.keys = {"doi"};
    if (setting.has_differ) answer.differ = {"edition"};
  }

  static std::vector<Want> Got(const std::string& path) {
    std::vector<Want> got;
    simdjson::dom::parser parser;
    for (const std::string& text : LinesOf(path)) {
      const simdjson::dom::element line = parser.parse(text).value();
      Want& want = got.emplace_back();
      for (const auto& [name, value] :
           {std::pair{"fate", &want.fate}, std::pair{"witness", &want.witness}, std::pair{"by", &want.by}}) {
        if (std::string_view found; line[name].get(found) == simdjson::SUCCESS) *value = found;
      }
      if (line["similarity"].get(want.similarity) != simdjson::SUCCESS) want.similarity = 0;
      if (simdjson::dom::object fields; line["similarities"].get(fields) == simdjson::SUCCESS) {
        for (const auto& [name, value] : fields) want.similarities[std::string(name)] = value.get_double().value();
      }
    }
    return got;
  }
};

TEST_F(FieldsApartTest, EveryFateWitnessAndSimilarityIsThatOfTheDefinition) {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    std::string lines;
    std::vector<Entry> entries;
    for (const Entry& entry : RandomEntries(seed, 300)) {
      if (entry.fields[1].empty()) continue;  // of which nothing might be compared
      entries.push_back(entry);
      lines += LineOf(entry);
    }
    Write("in.jsonl", lines);
    for (const Setting& setting : kSettings) {
      for (const KeepPolicy keep : {KeepPolicy::kFirst, KeepPolicy::kLast, KeepPolicy::kLongest}) {
        const std::vector<Want> want = Naive(entries, setting, keep);
        for (const bool exact_join : {false, true}) {
          for (const bool annotate : {false, true}) {
            PipelineOptions options = RunOf({"in.jsonl"});
            options.answer.keep = keep;
            options.answer.shingle_tokens = kShingle;
            options.answer.exact_join = exact_join;
            options.answer.annotate = annotate;
            options.run.batch_bytes = size_t{1} << (10 + seed * 2);
            Ask(setting, options.answer);
            RunOrFail(options);
            const std::vector<Want> got = Got("provenance");
            ASSERT_EQ(got.size(), want.size());
            for (size_t i = 0; i < want.size(); ++i) {
              ASSERT_EQ(got[i], want[i]) << setting.match << ", seed " << seed << ", --keep "
                                         << KeepPolicyName(options.answer) << (exact_join ? ", exact join" : "")
                                         << ", record " << i + 1;
            }
            const AuditResult audit = AuditOf(options, true);
            ASSERT_EQ(audit.num_violations, 0u) << setting.match << ": " << audit.violations.front();
          }
        }
      }
    }
  }
}

TEST_F(FieldsApartTest, TheSettingsAboveDecideDifferently) {
  const std::vector<Entry> entries = RandomEntries(1, 300);
  std::vector<std::vector<Want>> before;
  for (const Setting& setting : kSettings) {
    const std::vector<Want> want = Naive(entries, setting, KeepPolicy::kFirst);
    EXPECT_EQ(std::ranges::find(before, want), before.end()) << setting.match;
    before.push_back(want);
    EXPECT_GT(std::ranges::count(want, "near", &Want::fate), 5) << setting.match;
    EXPECT_GT(std::ranges::count(want, "exact", &Want::fate), 5) << setting.match;
  }
}

TEST_F(FieldsApartTest, WhereAFieldEndsCounts) {
  Write("in.jsonl",
        "{\"a\":\"one two three\",\"b\":\"four\"}\n{\"a\":\"one two\",\"b\":\"three four\"}\n"
        "{\"b\":\"four\",\"a\":\"One, two, three.\"}\n");
  PipelineOptions options = RunOf({"in.jsonl"});
  ASSERT_TRUE(ParseMatch("a,b", options.answer).ok());
  RunOrFail(options);
  const std::vector<Want> want = {{"kept", "", "", 0, {}}, {"kept", "", "", 0, {}}, {"exact", "in.jsonl#1", "", 1, {}}};
  EXPECT_EQ(Got("provenance"), want);
}

TEST_F(FieldsApartTest, AFieldIsShortByItself) {
  // As one text these are long, and signs do not count; a short field has its symbols.
  Write("in.jsonl",
        "{\"name\":\"C\",\"text\":\"a language that has been there for a very long time\"}\n"
        "{\"name\":\"C++\",\"text\":\"a language that has been there for a very long time\"}\n"
        "{\"name\":\"c\",\"text\":\"A language: that has been there, for a very long time!\"}\n");
  for (const bool exact_join : {false, true}) {
    PipelineOptions options = RunOf({"in.jsonl"});
    options.answer.exact_join = exact_join;
    ASSERT_TRUE(ParseMatch("name,text", options.answer).ok());
    RunOrFail(options);
    const std::vector<Want> want = {
        {"kept", "", "", 0, {}}, {"kept", "", "", 0, {}}, {"exact", "in.jsonl#1", "", 1, {}}};
    EXPECT_EQ(Got("provenance"), want);
    EXPECT_EQ(AuditOf(options, true).num_violations, 0u);
  }
}

TEST_F(FieldsApartTest, RulesThatRewriteKeepFieldsApart) {
  Write("in.jsonl",
        "{\"q\":\"one line that comes again in other records\\nwhat is this\",\"a\":\"an answer of some words\"}\n"
        "{\"q\":\"one line that comes again in other records\",\"a\":\"quite another one, and longer\"}\n"
        "{\"q\":\"what was that\",\"a\":\"one line that comes again in other records\\nan answer of some words\"}\n");
  for (const KeepPolicy keep : {KeepPolicy::kFirst, KeepPolicy::kLast}) {
    PipelineOptions options = RunOf({"in.jsonl"});
    options.answer.keep = keep;
    options.answer.clean.dedup_lines = true;
    ASSERT_TRUE(ParseMatch("q,a", options.answer).ok());
    RunOrFail(options);
    EXPECT_EQ(AuditOf(options, true).num_violations, 0u);
    EXPECT_EQ(LinesOf("corpus").size(), 3u);
  }
}

TEST_F(FieldsApartTest, SourcesWithoutFieldsAreAnError) {
  Write("in.jsonl", "{\"title\":\"some title\",\"text\":\"some text\"}\n");
  Write("in.txt", "a line\nanother line\n");
  for (const bool has_both : {false, true}) {
    PipelineOptions options =
        RunOf(has_both ? std::vector<std::string>{"in.jsonl", "in.txt"} : std::vector<std::string>{"in.txt"});
    ASSERT_TRUE(ParseMatch("title,text", options.answer).ok());
    Listener listener;
    EXPECT_EQ(Message(RunPipeline(options, "test", listener).status()),
              "in.txt: --match names title, text, and the layout lines has no fields that can be named: each record is "
              "one text; leave the source or the option out, or name a layout with fields (--layout)");
  }
  PipelineOptions options = RunOf({"in.jsonl"});
  ASSERT_TRUE(ParseMatch("title,body", options.answer).ok());
  Listener listener;
  EXPECT_EQ(Message(RunPipeline(options, "test", listener).status()),
            "--match: no record has a value for 'body'; there are title, text");
}

}  // namespace
}  // namespace unecho::fields_apart_test
