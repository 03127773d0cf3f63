// tune against runs of its own at every threshold, and its scores against pairs counted one by one.
#include "commands/tune.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "simdjson.h"
#include "support/pipeline_run.h"
#include "support/temporary_folder.h"
#include "unecho/listener.h"
#include "unecho/pipeline.h"

namespace unecho::tune_test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// The kept record that a record stands with.
const std::string& GroupOf(const Decision& line) { return line.witness.empty() ? line.ref : line.witness; }

// Of all files, by read(2) and its like.
uint64_t BytesReadByThisProcess() {
  std::ifstream io("/proc/self/io");
  std::string key;
  uint64_t value = 0;
  while (io >> key >> value) {
    if (key == "rchar:") return value;
  }
  return 0;
}

class TuneTest : public InTemporaryFolder {
 protected:
  static TuneResult Tune(const TuneOptions& options) {
    Listener listener;
    auto result = RunTune(options, listener);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *std::move(result) : TuneResult{};
  }

  // A run at one threshold, by the exact join.
  std::vector<Decision> RunAt(const TuneOptions& tune, double threshold) const {
    PipelineOptions options = RunOf(tune.inputs);
    options.answer = tune.answer;
    options.run = tune.run;
    options.answer.threshold = threshold;
    options.answer.exact_join = true;
    options.answer.segment.id_field = "id";
    options.dry_run = true;
    options.output.clear();
    options.provenance = Path("provenance");
    RunOrFail(options);
    return ReadProvenance(options.provenance);
  }
};

// Records that are copies of earlier ones with any number of words changed, so that similarities lie everywhere.
std::string Mixed(unsigned seed, int records) {
  std::mt19937 random(seed);
  std::vector<std::vector<uint64_t>> texts;
  std::string lines;
  for (int i = 0; i < records; ++i) {
    std::vector<uint64_t> words;
    if (!texts.empty() && random() % 4 != 0) {
      words = texts[random() % texts.size()];
      for (uint64_t changes = random() % 10; changes > 0; --changes)
        words[random() % words.size()] = random() % 100'000;
    } else {
      words.resize(20 + random() % 60);
      for (uint64_t& word : words) word = random() % 100'000;
    }
    texts.push_back(words);
    lines += "{\"id\":\"r" + std::to_string(i) + "\",\"text\":\"";
    for (const uint64_t word : words) lines += "w" + std::to_string(word) + " ";
    lines += i % 50 == 49 ? "\"\n" : "\"}\n";  // one in fifty is broken
  }
  return lines;
}

TEST_F(TuneTest, EveryRowIsWhatARunAtThatThresholdDoes) {
  TuneOptions options;
  options.inputs = {Write("in.jsonl", Mixed(1, 1500))};
  options.run.threads = 2;
  options.run.batch_bytes = 4096;
  const TuneResult result = Tune(options);
  ASSERT_EQ(result.rows.size(), kTuneThresholds.size());
  uint64_t most = 0, least = UINT64_MAX;
  for (const TuneRow& row : result.rows) {
    std::map<std::string, uint64_t> fates;
    std::vector<std::pair<double, std::string>> near;
    for (const Decision& line : RunAt(options, row.threshold)) {
      ++fates[line.fate];
      if (line.fate == "near") near.emplace_back(line.similarity, line.ref);
    }
    EXPECT_EQ(row.kept, fates["kept"]) << row.threshold;
    EXPECT_EQ(row.exact, fates["exact"]) << row.threshold;
    EXPECT_EQ(row.near, fates["near"]) << row.threshold;
    EXPECT_EQ(result.rejected, fates["rejected"]);
    ASSERT_EQ(row.borderline.size(), std::min(kBorderlinePairs, near.size()));
    std::ranges::stable_sort(near, {}, [](const auto& pair) { return pair.first; });
    for (size_t i = 0; i < row.borderline.size(); ++i)
      EXPECT_NEAR(row.borderline[i].similarity, near[i].first, 1e-6) << row.threshold;
    most = std::max(most, row.kept);
    least = std::min(least, row.kept);
  }
  EXPECT_GT(most, least + 200);  // the thresholds differ, or this test says nothing
}

TEST_F(TuneTest, BatchesAndThreadsChangeNothing) {
  TuneOptions options;
  options.inputs = {Write("in.jsonl", Mixed(2, 800))};
  std::string first;
  for (const auto& [threads, batch] : {std::pair{1, 1024}, {2, 4096}, {5, 1 << 20}}) {
    options.run.threads = threads;
    options.run.batch_bytes = static_cast<size_t>(batch);
    const std::string json = TuneJson(Tune(options), options.answer);
    if (first.empty()) first = json;
    EXPECT_EQ(json, first) << threads << " threads, batches of " << batch;
  }
  simdjson::dom::parser parser;
  EXPECT_EQ(parser.parse(first)["thresholds"].get_array().value().size(), kTuneThresholds.size());
}

// However many pairs are shown, their texts cost one more pass, and both outputs have them from it.
TEST_F(TuneTest, ReadsItsInputsTwiceAtMost) {
  TuneOptions options;
  std::string text;
  while (text.size() < (size_t{1} << 20)) text += Mixed(4 + static_cast<unsigned>(text.size()), 400);
  options.inputs = {Write("in.jsonl", text)};
  const uint64_t before = BytesReadByThisProcess();
  if (before == 0) GTEST_SKIP() << "no /proc/self/io here";
  const TuneResult result = Tune(options);
  const uint64_t after_run = BytesReadByThisProcess();
  EXPECT_GT(after_run - before, text.size());
  EXPECT_LT(after_run - before, 2 * text.size() + (size_t{256} << 10));
  std::set<std::pair<SourceId, uint64_t>> shown;
  for (const TuneRow& row : result.rows) {
    for (const TunePair& pair : row.borderline)
      shown.insert({{pair.record.source, pair.record.ordinal}, {pair.witness.source, pair.witness.ordinal}});
  }
  ASSERT_GT(shown.size(), 4U);
  for (const auto& ref : shown) EXPECT_TRUE(result.texts.contains(ref)) << ref.second;
  EXPECT_EQ(result.texts.size(), shown.size());
  EXPECT_FALSE(DescribeTune(result, options.answer, false).empty());
  EXPECT_FALSE(TuneJson(result, options.answer).empty());
  EXPECT_LT(BytesReadByThisProcess() - after_run, size_t{64} << 10);
}

TEST_F(TuneTest, ScoresAreThoseOfAllPairsCountedOneByOne) {
  TuneOptions options;
  options.inputs = {Write("in.jsonl", Mixed(3, 400))};
  std::map<std::string, int> cluster_of;
  std::string labels;
  for (int cluster = 0; cluster < 60; ++cluster) {
    labels += "c" + std::to_string(cluster);
    for (int i = 0; i < 5; ++i) {
      const std::string id = "r" + std::to_string(cluster * 6 + i);
      if (cluster_of.emplace(id, cluster).second) labels += "\t" + id;
    }
    labels += "\n";
  }
  options.labels = Write("labels.tsv", labels);
  const TuneResult result = Tune(options);
  for (const TuneRow& row : result.rows) {
    const std::vector<Decision> lines = RunAt(options, row.threshold);
    uint64_t grouped = 0, right = 0, labelled = 0;
    for (size_t i = 0; i < lines.size(); ++i) {
      for (size_t k = 0; k < i; ++k) {
        const bool together =
            lines[i].fate != "rejected" && lines[k].fate != "rejected" && GroupOf(lines[i]) == GroupOf(lines[k]);
        const auto a = cluster_of.find(lines[i].id), b = cluster_of.find(lines[k].id);
        const bool same = a != cluster_of.end() && b != cluster_of.end() && a->second == b->second;
        grouped += together;
        labelled += same;
        right += together && same;
      }
    }
    ASSERT_TRUE(row.score.has_value());
    EXPECT_EQ(row.score->grouped, grouped) << row.threshold;
    EXPECT_EQ(row.score->labelled, labelled) << row.threshold;
    EXPECT_EQ(row.score->right, right) << row.threshold;
  }
  EXPECT_GT(result.rows.front().score->right, 0u);
}

TEST_F(TuneTest, SaysWhatIsWrongWithLabels) {
  TuneOptions options;
  options.inputs = {Write("in.jsonl", "{\"id\":\"a\",\"text\":\"one two three\"}\n")};
  const std::pair<std::string, std::string> cases[] = {
      {"lonely\n", "labels.tsv:1: give the name of a cluster and its members"},
      {"c\ta\nd\tb\ta\n", "labels.tsv:2: a is in a cluster already"},
      {"", "holds no clusters"},
      {"c\tx\ty\n", "none of its 2 records is in the input; --id-field"},
  };
  for (const auto& [labels, message] : cases) {
    options.labels = Write("labels.tsv", labels);
    Listener listener;
    const auto result = RunTune(options, listener);
    ASSERT_FALSE(result.ok()) << labels;
    EXPECT_THAT(std::string(result.status().message()), HasSubstr(message));
  }
  options.labels = Path("missing.tsv");
  Listener listener;
  EXPECT_THAT(std::string(RunTune(options, listener).status().message()), HasSubstr("cannot be opened"));
}

struct Known {
  const char* set;
  double threshold, precision, recall;
};

// What people flagged; figures recounted by the test above's definition, from the provenance of single runs.
TEST_F(TuneTest, LabelledSetsHaveTheirKnownScores) {
  const std::string folder = std::string(UNECHO_SHARED_DATA) + "/labelled/";
  if (!fs::exists(folder)) GTEST_SKIP() << "no " << folder;
  for (const Known& known : {Known{"sweep_copper", .7, 1, .98}, Known{"sweep_tafenoquine", .7, 1, .91},
                             Known{"mccormick_articles_2500", .7, 1, 1}, Known{"dblp_acm", .7, .61, .92}}) {
    TuneOptions options;
    options.inputs = {folder + known.set + "/records.jsonl"};
    options.labels = folder + known.set + "/clusters.tsv";
    const TuneResult result = Tune(options);
    EXPECT_EQ(result.labels_found, result.labels) << known.set;
    const auto row = std::ranges::find(result.rows, known.threshold, &TuneRow::threshold);
    ASSERT_NE(row, result.rows.end());
    EXPECT_NEAR(row->score->precision(), known.precision, .01) << known.set;
    EXPECT_NEAR(row->score->recall(), known.recall, .01) << known.set;
    for (size_t k = 1; k < result.rows.size(); ++k)
      EXPECT_GE(result.rows[k].kept, result.rows[k - 1].kept) << known.set;
  }
}

}  // namespace
}  // namespace unecho::tune_test
