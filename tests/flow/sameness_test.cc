// --key, --differ and --within over the whole flow, against the definition of sameness in a few lines of naive code.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <random>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "base/status.h"
#include "support/pipeline_run.h"

namespace unecho::sameness_test {
namespace {

struct Fields {
  // As the test has chosen them, not as they are written in the line: equal values are equal here. Empty: none.
  std::string doi, author, year, edition, volume, domain;
  friend bool operator==(const Fields&, const Fields&) = default;
};

struct Entry {
  std::vector<std::string> words;
  Fields fields;
};

struct Setting {
  const char* name;
  bool doi = false, author_year = false, edition = false, volume = false, domain = false;
};

using Shingles = std::set<std::vector<std::string>>;
constexpr size_t kShingle = 3;
constexpr double kThreshold = 0.7;

Shingles ShinglesOf(const std::vector<std::string>& words) {
  Shingles set;
  if (words.size() < kShingle) return {words};
  for (size_t i = 0; i + kShingle <= words.size(); ++i) {
    const auto begin = words.begin() + static_cast<std::ptrdiff_t>(i);
    set.emplace(begin, begin + kShingle);
  }
  return set;
}

double SimilarityOf(const Shingles& a, const Shingles& b) {
  size_t common = 0;
  for (const auto& shingle : a) common += b.contains(shingle);
  return static_cast<double>(common) / static_cast<double>(a.size() + b.size() - common);
}

// What the options make of the fields.
Fields Counted(const Setting& setting, const Fields& fields) {
  const bool has_key = !fields.author.empty() && !fields.year.empty();
  return {.doi = setting.doi ? fields.doi : "",
          .author = setting.author_year && has_key ? fields.author : "",
          .year = setting.author_year && has_key ? fields.year : "",
          .edition = setting.edition ? fields.edition : "",
          .volume = setting.volume ? fields.volume : "",
          .domain = setting.domain ? fields.domain : ""};
}

bool AreApart(const Fields& a, const Fields& b) {
  const auto differ = [](const std::string& x, const std::string& y) { return !x.empty() && !y.empty() && x != y; };
  return a.domain != b.domain || differ(a.edition, b.edition) || differ(a.volume, b.volume);
}

std::string EqualKey(const Fields& a, const Fields& b) {
  if (!a.doi.empty() && a.doi == b.doi) return "key:doi";
  if (!a.author.empty() && a.author == b.author && a.year == b.year) return "key:author,year";
  return "";
}

struct Want {
  std::string fate, witness, by;
  double similarity = 0;
  bool operator==(const Want&) const = default;
};
void PrintTo(const Want& want, std::ostream* os) {
  *os << want.fate << " " << want.witness << " " << want.similarity << " " << want.by;
}

std::vector<size_t> OrderOf(const std::vector<Entry>& entries, KeepPolicy keep) {
  std::vector<size_t> order(entries.size());
  std::iota(order.begin(), order.end(), size_t{0});
  if (keep == KeepPolicy::kLast) std::ranges::reverse(order);
  if (keep == KeepPolicy::kLongest)
    std::ranges::stable_sort(order, std::greater<>(), [&](size_t i) { return entries[i].words.size(); });
  return order;
}

// The first `num_references` are reference texts, in old.jsonl; the others are in in.jsonl.
std::vector<Want> Naive(const std::vector<Entry>& entries, const Setting& setting, KeepPolicy keep,
                        size_t num_references = 0) {
  std::vector<Want> wants(entries.size());
  std::vector<size_t> kept, decided;
  std::vector<Fields> fields;
  std::vector<Shingles> shingles;
  for (const Entry& entry : entries) {
    fields.push_back(Counted(setting, entry.fields));
    shingles.push_back(ShinglesOf(entry.words));
  }
  const auto ref = [num_references](size_t i) {
    return i < num_references ? "old.jsonl#" + std::to_string(i + 1)
                              : "in.jsonl#" + std::to_string(i - num_references + 1);
  };
  std::vector<size_t> order = OrderOf(entries, keep);
  std::ranges::stable_partition(order, [num_references](size_t i) { return i < num_references; });
  std::ranges::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(num_references));
  for (const size_t i : order) {
    const auto first = std::ranges::find_if(
        decided, [&](size_t j) { return entries[j].words == entries[i].words && fields[j] == fields[i]; });
    if (i < num_references) {
      wants[i].fate = "reference";
      if (first != decided.end()) continue;
      decided.push_back(i);
      kept.push_back(i);
      continue;
    }
    if (first != decided.end()) {
      const Want& of_first = wants[*first];
      wants[i] = of_first.fate == "kept" || of_first.fate == "reference"
                     ? Want{"exact", ref(*first), EqualKey(fields[i], fields[i]), 1}
                     : of_first;
      continue;
    }
    std::optional<size_t> witness;
    double best = 0;
    bool is_by_key = false;
    for (const size_t j : kept) {
      if (AreApart(fields[i], fields[j])) continue;
      const double similarity = SimilarityOf(shingles[i], shingles[j]);
      const bool by_key = !EqualKey(fields[i], fields[j]).empty();
      if (!by_key && similarity < kThreshold) continue;
      if (witness && (by_key < is_by_key || (by_key == is_by_key && similarity <= best))) continue;
      witness = j;
      best = similarity;
      is_by_key = by_key;
    }
    decided.push_back(i);
    if (witness) {
      wants[i] = {entries[i].words == entries[*witness].words ? "exact" : "near", ref(*witness),
                  EqualKey(fields[i], fields[*witness]), best};
    } else {
      wants[i].fate = "kept";
      kept.push_back(i);
    }
  }
  return wants;
}

class SamenessTest : public InTemporaryFolder {
 protected:
  using Random = std::mt19937;

  static std::vector<Entry> RandomEntries(unsigned seed, size_t count) {
    Random random(seed);
    std::vector<Entry> entries;
    const auto one_of = [&random](std::vector<std::string> values) { return values[random() % values.size()]; };
    for (size_t i = 0; i < count; ++i) {
      Entry entry;
      if (i < 8 || random() % 4 == 0) {
        entry.words.resize(20 + random() % 40);
        for (std::string& word : entry.words) word = "w" + std::to_string(random() % 3000);
      } else {
        const Entry& other = entries[random() % entries.size()];
        entry = other;
        for (auto edits = random() % 3; edits > 0; --edits)
          entry.words[random() % entry.words.size()] = "w" + std::to_string(random() % 3000);
      }
      if (random() % 3 != 0) {  // else those of the other
        const std::string number = std::to_string(random() % (count / 4 + 1));
        entry.fields = {.doi = random() % 2 ? "10.5/x" + number : "",
                        .author = one_of({"", "ono", "ode", "ma"}),
                        .year = one_of({"", "1999", "2001", "2002"}),
                        .edition = one_of({"", "", "1", "2"}),
                        .volume = one_of({"", "", "I", "II"}),
                        .domain = one_of({"", "a.example", "b.example"})};
      }
      entries.push_back(entry);
    }
    return entries;
  }

  // Values as people write them.
  static std::string LineOf(const Entry& entry, Random& random) {
    const auto one_of = [&random](std::vector<std::string> values) { return values[random() % values.size()]; };
    const auto member = [&](const char* name, const std::string& value) {
      const std::string quoted = absl::StrFormat("\"%s\"", name);
      const std::string in_capitals = absl::StrFormat("\"%s\"", absl::AsciiStrToUpper(name));
      if (!value.empty()) {
        const std::string text = "\"" + value + "\"";
        return "," + one_of({quoted + ":" + text, quoted + ":[" + text + "]", quoted + R"(:["-",)" + text + ",null]",
                             quoted + ":null," + in_capitals + ":" + text});
      }
      return one_of({"," + quoted + ":null", "," + quoted + R"(:"  ")", R"(,"other":1)", "," + quoted + R"(:"N/A")",
                     "," + quoted + R"(:[null,""])"});
    };
    const Fields& f = entry.fields;
    const std::string doi = f.doi.empty()
                                ? ""
                                : one_of({"", "https://doi.org/", "http://dx.doi.org/", "doi: ", "info:doi/", "<"}) +
                                      f.doi + one_of({"", ".", ">"});
    std::string line = absl::StrFormat(R"({"text":"%s")", absl::StrJoin(entry.words, one_of({" ", ", "})));
    line += member("doi", doi) + member("author", f.author) + member("edition", one_of({"", " "}) + f.edition);
    line += f.year.empty()
                ? member("year", "")
                : absl::StrFormat(R"(,"year":%s)", one_of({f.year, "\"" + f.year + "///\"", "[" + f.year + "]"}));
    return line + member("volume", f.volume) + member("domain", f.domain) + "}\n";
  }

  static void Ask(const Setting& setting, AnswerOptions& answer) {
    if (setting.doi) answer.keys.emplace_back("doi");
    if (setting.author_year) answer.keys.emplace_back("author,year:fold");
    if (setting.edition) answer.differ.emplace_back("edition");
    if (setting.volume) answer.differ.emplace_back("volume:exact");
    if (setting.domain) answer.within = "domain";
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
    }
    return got;
  }
};

constexpr Setting kSettings[] = {
    {.name = "key", .doi = true},
    {.name = "two keys", .doi = true, .author_year = true},
    {.name = "differ", .edition = true},
    {.name = "differ in two", .edition = true, .volume = true},
    {.name = "within", .domain = true},
    {.name = "key and differ", .doi = true, .edition = true},
    {.name = "key and within", .author_year = true, .domain = true},
    {.name = "all", .doi = true, .author_year = true, .edition = true, .volume = true, .domain = true},
};

TEST_F(SamenessTest, EveryFateWitnessAndSimilarityIsThatOfTheDefinition) {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    const std::vector<Entry> entries = RandomEntries(seed, 300);
    SamenessTest::Random random(seed);
    std::string lines;
    for (const Entry& entry : entries) lines += LineOf(entry, random);
    Write("in.jsonl", lines);
    for (const Setting& setting : kSettings) {
      for (const KeepPolicy keep : {KeepPolicy::kFirst, KeepPolicy::kLast, KeepPolicy::kLongest}) {
        std::vector<Want> want = Naive(entries, setting, keep);
        for (Want& each : want) each.similarity = std::round(each.similarity * 1e6) / 1e6;  // as it is written
        for (const bool exact_join : {false, true}) {
          for (const bool annotate : {false, true}) {
            PipelineOptions options = RunOf({"in.jsonl"});
            options.answer.keep = keep;
            options.answer.shingle_tokens = kShingle;
            options.answer.segment.match_fields = {"text"};
            options.answer.exact_join = exact_join;
            options.answer.annotate = annotate;
            options.run.batch_bytes = size_t{1} << (10 + seed * 2);  // a few records, or most of them
            Ask(setting, options.answer);
            RunOrFail(options);
            const std::vector<Want> got = Got("provenance");
            ASSERT_EQ(got.size(), want.size());
            for (size_t i = 0; i < want.size(); ++i) {
              ASSERT_EQ(got[i], want[i]) << setting.name << ", seed " << seed << ", --keep "
                                         << KeepPolicyName(options.answer) << (exact_join ? ", exact join" : "")
                                         << ", record " << i + 1;
            }
            const AuditResult audit = AuditOf(options, true);
            ASSERT_EQ(audit.num_violations, 0u) << setting.name << ": " << audit.violations.front();
          }
        }
      }
    }
  }
}

TEST_F(SamenessTest, ReferenceTextsComeFirstAndNoneOfThemIsRemoved) {
  constexpr size_t kReferences = 100;
  const std::vector<Entry> entries = RandomEntries(5, 300);
  SamenessTest::Random random(5);
  std::string old_lines, lines;
  for (size_t i = 0; i < entries.size(); ++i) (i < kReferences ? old_lines : lines) += LineOf(entries[i], random);
  Write("old.jsonl", old_lines);
  Write("in.jsonl", lines);
  for (const Setting& setting : {Setting{.name = "text"}, kSettings[0], kSettings[7]}) {
    for (const KeepPolicy keep : {KeepPolicy::kFirst, KeepPolicy::kLast, KeepPolicy::kLongest}) {
      std::vector<Want> want = Naive(entries, setting, keep, kReferences);
      for (Want& each : want) each.similarity = std::round(each.similarity * 1e6) / 1e6;
      for (const bool exact_join : {false, true}) {
        PipelineOptions options = RunOf({"in.jsonl"});
        options.answer.reference = {"old.jsonl"};
        options.answer.keep = keep;
        options.answer.shingle_tokens = kShingle;
        options.answer.segment.match_fields = {"text"};
        options.answer.exact_join = exact_join;
        options.run.batch_bytes = 4096;
        Ask(setting, options.answer);
        RunOrFail(options);
        const std::vector<Want> got = Got("provenance");
        ASSERT_EQ(got.size(), want.size());
        for (size_t i = 0; i < want.size(); ++i) {
          ASSERT_EQ(got[i], want[i]) << setting.name << ", --keep " << KeepPolicyName(options.answer)
                                     << (exact_join ? ", exact join" : "") << ", record " << i + 1;
        }
        EXPECT_EQ(LinesOf("corpus").size(), static_cast<size_t>(std::ranges::count(want, "kept", &Want::fate)));
        const AuditResult audit = AuditOf(options, true);
        ASSERT_EQ(audit.num_violations, 0u) << setting.name << ": " << audit.violations.front();
        EXPECT_EQ(audit.reference, kReferences);
      }
    }
  }
}

TEST_F(SamenessTest, SourcesOfTheOrderAreReadFirst) {
  Write("a.jsonl", "{\"text\":\"one and the same text here\",\"from\":\"a\"}\n");
  Write("b.jsonl", "{\"text\":\"one and the same text here\",\"from\":\"b\"}\n");
  Write("c.jsonl", "{\"text\":\"one and the same text here\",\"from\":\"c\"}\n");
  PipelineOptions options = RunOf({"a.jsonl", "b.jsonl", "c.jsonl"});
  options.answer.source_order = {"c.jsonl", "b.jsonl"};
  RunOrFail(options);
  const std::vector<Want> want = {{"kept", "", "", 0}, {"exact", "c.jsonl#1", "", 1}, {"exact", "c.jsonl#1", "", 1}};
  EXPECT_EQ(Got("provenance"), want);
  EXPECT_EQ(AuditOf(options, true).num_violations, 0u);
  options.answer.source_order = {"d"};
  Listener listener;
  EXPECT_EQ(Message(RunPipeline(options, "test", listener).status()),
            "--keep source:d: no source is called d, nor lies in it; there are: a.jsonl, b.jsonl, c.jsonl");
}

TEST_F(SamenessTest, TheSettingsAboveDecideDifferently) {
  const std::vector<Entry> entries = RandomEntries(1, 300);
  std::set<size_t> kept;
  for (const Setting& setting : kSettings) {
    const std::vector<Want> want = Naive(entries, setting, KeepPolicy::kFirst);
    kept.insert(static_cast<size_t>(std::ranges::count(want, "kept", &Want::fate)));
    EXPECT_GT(std::ranges::count(want, "near", &Want::fate), 5) << setting.name;
    EXPECT_GT(std::ranges::count(want, "exact", &Want::fate), 5) << setting.name;
  }
  EXPECT_GE(kept.size(), 6u);
}

TEST_F(SamenessTest, EqualTextsOfAnotherEditionAreBothKept) {
  Write("in.jsonl", R"({"text":"one and the same text here","edition":"1"}
{"text":"one and the same text here","edition":"2"}
{"text":"one and the same text here"}
{"text":"one and the same text here","edition":"2"}
)");
  PipelineOptions options = RunOf({"in.jsonl"});
  options.answer.differ = {"edition"};
  options.answer.segment.match_fields = {"text"};
  RunOrFail(options);
  const std::vector<Want> want = {
      {"kept", "", "", 0}, {"kept", "", "", 0}, {"exact", "in.jsonl#1", "", 1}, {"exact", "in.jsonl#2", "", 1}};
  EXPECT_EQ(Got("provenance"), want);
}

TEST_F(SamenessTest, ColumnsOfACsvAreKnownWithoutCase) {
  Write("in.csv",
        "id,DOI ,text\n1,10.5/X,one text of a table\n2,doi:10.5/x,\"quite another, here\"\n3,,one text more\n");
  PipelineOptions options = RunOf({"in.csv"});
  options.answer.keys = {"doi"};
  RunOrFail(options);
  const std::vector<Want> got = Got("provenance");
  ASSERT_EQ(got.size(), 3u);
  EXPECT_EQ(got[1].by, "key:doi");
  EXPECT_EQ(got[1].witness, "in.csv#1");
  EXPECT_EQ(AuditOf(options, true).num_violations, 0u);
}

TEST_F(SamenessTest, EvaluationSetsHaveNoKeys) {
  Write("in.jsonl", R"({"text":"the quick brown fox jumps over the lazy dog","doi":"10.5/a"}
{"text":"something else that nobody asks about at all","doi":"10.5/a"}
)");
  Write("eval.jsonl", "{\"text\":\"The quick brown fox jumps over the lazy dog\"}\n");
  PipelineOptions options = RunOf({"in.jsonl"});
  options.answer.keys = {"doi"};
  options.answer.against = {"eval.jsonl"};
  RunOrFail(options);
  EXPECT_EQ(Got("provenance")[0].fate, "contaminated");
  EXPECT_EQ(Got("provenance")[1].fate, "kept");  // a contaminated record is nobody's witness
  EXPECT_EQ(AuditOf(options, true).num_violations, 0u);
}

TEST_F(SamenessTest, AFieldThatNoRecordHasIsAnErrorAndNothingIsWritten) {
  Write("in.jsonl", "{\"text\":\"some text\",\"doi\":\"10.5/a\"}\n");
  for (const KeepPolicy keep : {KeepPolicy::kFirst, KeepPolicy::kLast}) {
    PipelineOptions options = RunOf({"in.jsonl"});
    options.answer.keep = keep;
    options.answer.keys = {"doi"};
    options.answer.differ = {"dois"};
    Listener listener;
    const auto table = RunPipeline(options, "test", listener);
    EXPECT_EQ(Message(table.status()),
              "--differ dois: no record has a field of that name; there are: text, doi; did you mean doi?");
    EXPECT_FALSE(std::ifstream("corpus").good());
  }
}

TEST_F(SamenessTest, ALayoutWithoutFieldsIsNamed) {
  Write("in.txt", "a line\nanother line\n");
  PipelineOptions options = RunOf({"in.txt"});
  options.answer.layout = FindLayout("lines");
  options.answer.within = "domain";
  Listener listener;
  EXPECT_EQ(Message(RunPipeline(options, "test", listener).status()),
            "--within domain names a field, and no record has fields by their names: in.txt has the layout lines");
}

}  // namespace
}  // namespace unecho::sameness_test
