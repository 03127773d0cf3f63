// --ignore-common over the whole flow, against the definition in a few lines of naive code; and lies about it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <random>
#include <set>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "support/pipeline_run.h"

namespace unecho::ignore_common_test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using Words = std::vector<std::string>;
using Shingles = std::set<Words>;
constexpr size_t kShingle = 3;
constexpr double kThreshold = 0.7;

struct Entry {
  Words words;
  std::string doi, domain;  // empty: none
};

Shingles ShinglesOf(const Words& words) {
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
  for (const Words& shingle : a) common += b.contains(shingle);
  return static_cast<double>(common) / static_cast<double>(a.size() + b.size() - common);
}

struct Figures {
  uint64_t shingles = 0, records = 0, whole = 0;
};

// Takes the common ones out of the sets.
Figures LeaveOutCommon(const std::vector<Entry>& entries, uint64_t more_than, std::vector<Shingles>& sets) {
  std::map<Words, size_t> counts;
  std::set<Words> texts;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (!texts.insert(entries[i].words).second) continue;
    for (const Words& shingle : sets[i]) ++counts[shingle];
  }
  Figures figures;
  for (const auto& [shingle, count] : counts) figures.shingles += count > more_than;
  for (Shingles& set : sets) {
    Shingles left;
    for (const Words& shingle : set) {
      if (counts[shingle] <= more_than) left.insert(shingle);
    }
    if (left.size() == set.size()) continue;
    ++(left.empty() ? figures.whole : figures.records);
    if (!left.empty()) set = left;
  }
  return figures;
}

struct Want {
  std::string fate, witness;
  double similarity = 0;
  bool operator==(const Want&) const = default;
};
void PrintTo(const Want& want, std::ostream* os) { *os << want.fate << " " << want.witness << " " << want.similarity; }

std::vector<Want> Naive(const std::vector<Entry>& entries, const std::vector<Shingles>& sets, KeepPolicy keep) {
  std::vector<size_t> order(entries.size());
  std::iota(order.begin(), order.end(), size_t{0});
  if (keep == KeepPolicy::kLast) std::ranges::reverse(order);
  if (keep == KeepPolicy::kLongest)
    std::ranges::stable_sort(order, std::greater<>(), [&](size_t i) { return entries[i].words.size(); });
  const auto ref = [](size_t i) { return "in.jsonl#" + std::to_string(i + 1); };
  std::vector<Want> wants(entries.size());
  std::map<std::tuple<Words, std::string, std::string>, size_t> first_with;
  std::vector<size_t> kept;
  for (const size_t i : order) {
    const Entry& entry = entries[i];
    if (const auto [first, is_new] = first_with.emplace(std::tuple(entry.words, entry.doi, entry.domain), i); !is_new) {
      const Want& of_first = wants[first->second];
      wants[i] = of_first.fate == "kept" ? Want{"exact", ref(first->second), 1} : of_first;
      continue;
    }
    std::optional<size_t> witness;
    double best = 0;
    bool is_by_key = false;
    for (const size_t j : kept) {
      if (entries[j].domain != entry.domain) continue;
      const bool by_key = !entry.doi.empty() && entry.doi == entries[j].doi;
      const double similarity = SimilarityOf(sets[i], sets[j]);
      if (!by_key && similarity < kThreshold) continue;
      if (witness && (by_key < is_by_key || (by_key == is_by_key && similarity <= best))) continue;
      witness = j;
      best = similarity;
      is_by_key = by_key;
    }
    if (witness) {
      wants[i] = {entry.words == entries[*witness].words ? "exact" : "near", ref(*witness),
                  std::round(best * 1e6) / 1e6};
    } else {
      wants[i].fate = "kept";
      kept.push_back(i);
    }
  }
  return wants;
}

class IgnoreCommonTest : public InTemporaryFolder {
 protected:
  using Random = std::mt19937;

  static Words RandomWords(size_t count, Random& random) {
    Words words(count);
    for (std::string& word : words) word = "w" + std::to_string(random() % 3000);
    return words;
  }

  // Frames that are filled in, bare ones among them; texts of their own; near and equal copies of both; short ones.
  static std::vector<Entry> RandomEntries(unsigned seed, size_t count) {
    Random random(seed);
    const std::vector<Words> frames = {RandomWords(40, random), RandomWords(25, random), RandomWords(60, random)};
    std::vector<Entry> entries;
    for (size_t i = 0; i < count; ++i) {
      Entry entry;
      const auto kind = random() % 10;
      if (i > 4 && kind < 4) {
        entry.words = entries[random() % entries.size()].words;
        for (auto edits = random() % 3; edits > 0; --edits)
          entry.words[random() % entry.words.size()] = "w" + std::to_string(random() % 3000);
      } else if (kind < 8) {
        const Words& frame = frames[random() % frames.size()];
        const auto slot = static_cast<std::ptrdiff_t>(random() % frame.size());
        const Words own = RandomWords(random() % 20, random);
        entry.words.assign(frame.begin(), frame.begin() + slot);
        entry.words.insert(entry.words.end(), own.begin(), own.end());
        entry.words.insert(entry.words.end(), frame.begin() + slot, frame.end());
      } else {
        entry.words = RandomWords(kind == 8 ? 1 + random() % kShingle : 20 + random() % 30, random);
      }
      if (random() % 3 == 0) entry.doi = "10.5/x" + std::to_string(random() % count);
      if (random() % 3 == 0) entry.domain = random() % 2 ? "a.example" : "b.example";
      entries.push_back(entry);
    }
    return entries;
  }

  static std::string LineOf(const Entry& entry, Random& random) {
    std::string line = R"({"text":")" + absl::StrJoin(entry.words, random() % 2 ? " " : ", ") + R"(")";
    if (!entry.doi.empty()) line += R"(,"doi":")" + entry.doi + R"(")";
    if (!entry.domain.empty()) line += R"(,"domain":")" + entry.domain + R"(")";
    return line + ",\"n\":1}\n";
  }

  static std::vector<Want> Got() {
    std::vector<Want> got;
    for (const Decision& decision : ReadProvenance("provenance"))
      got.push_back({decision.fate, decision.witness, decision.similarity});
    return got;
  }

  static std::vector<std::string> Violations(const PipelineOptions& options) {
    AuditOptions audit = AuditOptionsFor(options);
    audit.report = options.report;
    audit.recall = true;
    const auto result = Audit(audit);
    EXPECT_TRUE(result.ok()) << result.status();
    return (result.ok() ? *result : AuditResult{}).violations;
  }
};

TEST_F(IgnoreCommonTest, EveryFateWitnessAndSimilarityIsThatOfTheDefinition) {
  for (unsigned seed = 1; seed <= 2; ++seed) {
    const std::vector<Entry> entries = RandomEntries(seed, 300);
    IgnoreCommonTest::Random random(seed);
    std::string lines;
    for (const Entry& entry : entries) lines += LineOf(entry, random);
    Write("in.jsonl", lines);
    std::set<std::string> answers;
    for (const bool by_fields : {false, true}) {
      for (const uint64_t more_than : {0, 2, 6, 40}) {
        std::vector<Entry> counted = entries;
        std::vector<Shingles> sets;
        for (Entry& entry : counted) {
          if (!by_fields) entry.doi.clear(), entry.domain.clear();
          sets.push_back(ShinglesOf(entry.words));
        }
        const Figures figures = more_than == 0 ? Figures() : LeaveOutCommon(counted, more_than, sets);
        for (const KeepPolicy keep : {KeepPolicy::kFirst, KeepPolicy::kLast, KeepPolicy::kLongest}) {
          const std::vector<Want> want = Naive(counted, sets, keep);
          for (const bool exact_join : {false, true}) {
            PipelineOptions options = RunOf({"in.jsonl"});
            options.report = "report";
            options.answer.keep = keep;
            options.answer.shingle_tokens = kShingle;
            options.answer.segment.match_fields = {"text"};
            options.answer.exact_join = exact_join;
            options.answer.annotate = seed == 2;
            options.answer.ignore_common = more_than;
            if (by_fields) options.answer.keys = {"doi"}, options.answer.within = "domain";
            options.run.batch_bytes = size_t{1} << (10 + seed * 3);
            options.run.threads = exact_join ? 1 : 3;
            RunOrFail(options);
            const std::vector<Want> got = Got();
            ASSERT_EQ(got.size(), want.size());
            for (size_t i = 0; i < want.size(); ++i) {
              ASSERT_EQ(got[i], want[i]) << "seed " << seed << ", more than " << more_than << ", --keep "
                                         << KeepPolicyName(options.answer) << (exact_join ? ", exact join" : "")
                                         << (by_fields ? ", by fields" : "") << ", record " << i + 1;
            }
            ASSERT_THAT(Violations(options), IsEmpty());
            answers.insert(ReadAll("provenance"));
            if (more_than == 0) continue;
            EXPECT_THAT(ReadAll("report"),
                        HasSubstr(absl::StrFormat(R"("common": {"shingles":%d,"records":%d,"whole":%d})",
                                                  figures.shingles, figures.records, figures.whole)));
            EXPECT_GT(figures.records, 20u);
          }
        }
      }
    }
    EXPECT_GE(answers.size(), 15u);  // else the settings above do not decide differently
  }
}

// Three topics in one frame, the third twice, the frame alone, and with a word.
std::string Topics() {
  std::string lines;
  const std::string frame = "have you ever heard of $ it is something that all of us should know see you next week";
  for (const char* own :
       {"tailor swimmer singer sailor", "painter market miller mirror", "candle thinker ledger ladder bridge carpet",
        "candle thinker ledger ladder bridge carpet now", "", "really"}) {
    lines += R"({"text":")" + absl::StrReplaceAll(frame, {{"$", own}}) + "\"}\n";
  }
  return lines;
}

TEST_F(IgnoreCommonTest, SharedFramesDoNotMakeTopicsTheSame) {
  Write("in.jsonl", Topics());
  PipelineOptions options = RunOf({"in.jsonl"});
  options.answer.shingle_tokens = 3;
  options.answer.threshold = 0.4;
  RunOrFail(options);
  EXPECT_EQ(LinesOf("corpus").size(), 1u);
  options.answer.ignore_common = 4;
  RunOrFail(options);
  EXPECT_EQ(LinesOf("corpus").size(), 5u);
  EXPECT_EQ(Got()[3].witness, "in.jsonl#3");
}

TEST_F(IgnoreCommonTest, EvaluationSetsAreComparedByAllShinglesAndWhatTheyRemoveIsNotCounted) {
  Write("in.jsonl", Topics());
  Write("eval.jsonl",
        R"({"text":"have you ever heard of it is something that all of us should know see you next week"})"
        "\n");
  PipelineOptions options = RunOf({"in.jsonl"});
  options.report = "report";
  options.answer.shingle_tokens = 3;
  options.answer.threshold = 0.6;
  options.answer.against_ngram_tokens = 64;
  options.answer.ignore_common = 3;
  options.answer.against = {"eval.jsonl"};
  RunOrFail(options);
  const std::vector<Want> got = Got();
  for (const size_t i : {4, 5}) EXPECT_EQ(got[i].fate, "contaminated") << i;
  EXPECT_THAT(Violations(options), IsEmpty());
}

TEST_F(IgnoreCommonTest, TheAuditFindsEveryLie) {
  Write("in.jsonl", Topics());
  PipelineOptions options = RunOf({"in.jsonl"});
  options.report = "report";
  options.answer.shingle_tokens = 3;
  options.answer.threshold = 0.4;
  options.answer.ignore_common = 4;
  RunOrFail(options);
  ASSERT_THAT(Violations(options), IsEmpty());
  const std::string report = ReadAll("report"), provenance = ReadAll("provenance");
  for (const auto& [member, more] : {std::pair("\"shingles\":", "\"shingles\":1"),
                                     {"\"records\":6,\"whole\"", "\"records\":5,\"whole\""},
                                     {"\"whole\":", "\"whole\":1"},
                                     {"\"ignore_common\": 4", "\"ignore_common\": 40"},
                                     {"\"ignore_common\": 4,", ""}}) {
    const std::string lie = absl::StrReplaceAll(report, {{member, more}});
    if (std::string_view(member).starts_with("\"records\"") && lie == report) continue;
    ASSERT_NE(lie, report) << member;
    Write("report", lie);
    EXPECT_THAT(Violations(options), Not(IsEmpty())) << member;
  }
  Write("report", report);
  // The similarity of all shingles is not that of those that count.
  simdjson::dom::parser parser;
  const std::string line = LinesOf("provenance")[3];
  const size_t at = line.find("\"similarity\":") + 13;
  Write("provenance", absl::StrReplaceAll(provenance, {{line.substr(at, 8), "0.900000"}}));
  EXPECT_THAT(Violations(options), Not(IsEmpty()));
}

TEST_F(IgnoreCommonTest, IsHeldToMemory) {
  std::string lines;
  for (int i = 0; i < 40000; ++i) lines += "{\"text\":\"number " + std::to_string(i) + " of many texts\"}\n";
  Write("in.jsonl", lines);
  PipelineOptions options = RunOf({"in.jsonl"});
  options.answer.ignore_common = 2;
  options.run.memory_bytes = size_t{22} << 20;
  Listener listener;
  EXPECT_THAT(RunPipeline(options, "test", listener).status().message(), HasSubstr("raise --memory"));
}

}  // namespace
}  // namespace unecho::ignore_common_test
