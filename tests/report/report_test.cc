#include "report/report.h"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "base/batch.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "simdjson.h"

namespace unecho::report_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

Record Kept(uint32_t kept_id) {
  Record record;
  record.fate = Fate::kKept;
  record.kept_id = kept_id;
  return record;
}
Record Removed(uint32_t kept_id, RecordRef witness, std::string_view title = {}) {
  Record record;
  record.fate = Fate::kExact;
  record.kept_id = kept_id;
  record.witness = witness;
  record.similarity = 1;
  record.title = title;
  return record;
}
Record Near(uint32_t kept_id, RecordRef witness, double similarity) {
  Record record = Removed(kept_id, witness);
  record.fate = Fate::kNear;
  record.similarity = similarity;
  return record;
}
Record Rejected(Reason reason) {
  Record record;
  record.fate = Fate::kRejected;
  record.reason = reason;
  return record;
}

// A batch whose bytes all belong to records.
Batch MakeBatch(uint32_t source, std::vector<Record> records, size_t size = 0) {
  Batch batch;
  batch.source = SourceId{source};
  batch.records = std::move(records);
  batch.size = size;
  batch.ledger[ByteClass::kRecord] = size;
  return batch;
}

constexpr RecordRef kFirst{SourceId{0}, 1};

// Two sources: a page dump and a JSONL file.
const Statistics& SmallRun() {
  static Statistics statistics(2);
  if (statistics.total().records_read > 0) return statistics;
  Batch a = MakeBatch(0, {Kept(0), Kept(1), Removed(0, kFirst, "Title \"A\""), Rejected(Reason::kOrphanBody)}, 1000);
  a.ledger[ByteClass::kRecord] = 700;
  a.ledger[ByteClass::kFurniture] = 200;
  a.ledger[ByteClass::kSeparator] = 60;
  a.ledger[ByteClass::kRejected] = 40;
  a.ledger.invalid_utf8 = 1;
  a.bad_utf8 = {{123, 4}};
  a.num_lines = 10;
  statistics.Add(a);
  Batch b = MakeBatch(0, {}, 50);
  b.ledger.invalid_utf8 = 1;
  b.bad_utf8 = {{1020, 2}};
  statistics.Add(b);
  statistics.Add(
      MakeBatch(1, {Removed(0, kFirst), Near(1, {SourceId{0}, 2}, 0.705), Near(2, {SourceId{1}, 3}, 1), Kept(2)}, 500));
  return statistics;
}

RunFacts SmallFacts() {
  RunFacts facts;
  facts.command_line = "unecho clean a.txt.gz 'b \"c\"'";
  facts.sources = {{"a.txt", "dumps/a.txt.gz", "page", "gzip"}, {"b \"c\"", "b \"c\"", "jsonl", "plain"}};
  facts.bands = 21;
  facts.rows = 3;
  facts.sketch_bins = 64;
  facts.threads = 2;
  facts.seconds = 0.5;
  facts.peak_rss_bytes = 35000000;
  facts.memory_limit_bytes = 1000000000;
  facts.stages = {{"read", 0.25, 100}, {"near", 0.125, 0}};
  facts.kernels = "avx2";
  return facts;
}

TEST(Statistics, BooksBalance) {
  const Statistics& statistics = SmallRun();
  const Ledger& total = statistics.total();
  EXPECT_TRUE(total.Balances());
  EXPECT_EQ(total.bytes_read, 1550u);
  EXPECT_EQ(total[ByteClass::kRecord], 1250u);
  EXPECT_EQ(total.records_read, 8u);
  EXPECT_EQ(total[Fate::kKept], 3u);
  EXPECT_EQ(total[Fate::kExact], 2u);
  EXPECT_EQ(total[Fate::kNear], 2u);
  EXPECT_EQ(total[Reason::kOrphanBody], 1u);
  EXPECT_EQ(total.invalid_utf8, 2u);
  EXPECT_EQ(statistics.per_source()[0].records_read, 4u);
  EXPECT_TRUE(statistics.per_source()[0].Balances());
  EXPECT_TRUE(statistics.per_source()[1].Balances());
}

TEST(Statistics, ALostByteUnbalancesTheBooks) {
  Statistics statistics(1);
  Batch batch = MakeBatch(0, {Kept(0)}, 100);
  batch.ledger[ByteClass::kRecord] = 99;
  batch.ledger.bytes_read = 99;  // the layout does not know better
  statistics.Add(batch);
  EXPECT_FALSE(statistics.total().Balances());
}

TEST(Statistics, CountsOverlapGroupsAndSimilarities) {
  const Statistics& statistics = SmallRun();
  EXPECT_THAT(statistics.overlap(), ElementsAre(Pair(Pair(0, 0), 1), Pair(Pair(1, 0), 2), Pair(Pair(1, 1), 1)));
  EXPECT_THAT(statistics.GroupSizes(), ElementsAre(Pair(2, 2), Pair(3, 1)));
  EXPECT_EQ(statistics.similarities()[70], 1u);
  EXPECT_EQ(statistics.similarities()[100], 1u);
  EXPECT_GT(statistics.memory_bytes(), 0u);
}

TEST(Statistics, GroupsOfOneAreCounted) {
  Statistics statistics(1);
  statistics.Add(MakeBatch(0, {Kept(0), Kept(1), Kept(2), Removed(1, kFirst)}));
  EXPECT_THAT(statistics.GroupSizes(), ElementsAre(Pair(1, 2), Pair(2, 1)));
}

TEST(Statistics, AHundredthIsInItsOwnBin) {
  for (uint64_t whole = 1; whole <= 1000; ++whole) {
    for (uint64_t part = 0; part <= whole; ++part) {
      Statistics statistics(1);
      statistics.Add(MakeBatch(0, {Near(0, kFirst, static_cast<double>(part) / static_cast<double>(whole))}));
      ASSERT_EQ(statistics.similarities()[part * 100 / whole], 1u) << part << "/" << whole;
    }
    if (whole > 60) whole += 36;
  }
}

TEST(Statistics, FragmentsCountOnceAtTheLast) {
  Statistics statistics(1);
  Record first = Rejected(Reason::kTooLong);
  first.is_last_fragment = false;
  Record last = Rejected(Reason::kTooLong);
  last.is_first_fragment = false;
  statistics.Add(MakeBatch(0, {Kept(0), first}));
  EXPECT_EQ(statistics.total().records_read, 1u);
  statistics.Add(MakeBatch(0, {last}));
  EXPECT_EQ(statistics.total().records_read, 2u);
  EXPECT_EQ(statistics.total()[Reason::kTooLong], 1u);
}

TEST(Statistics, MalformedUtf8HasTheLineInItsSource) {
  const Statistics& statistics = SmallRun();
  ASSERT_EQ(statistics.bad_utf8().size(), 2u);
  EXPECT_EQ(statistics.bad_utf8()[0].offset_bytes, 123u);
  EXPECT_EQ(statistics.bad_utf8()[0].line, 5u);
  EXPECT_EQ(statistics.bad_utf8()[1].line, 13u);
}

// A batch lists no more than its first few: what is listed of the run must not show where batches ended.
TEST(Statistics, ListedPlacesDoNotDependOnBatches) {
  const uint64_t num_lines = 60;  // each with one malformed sequence
  auto run = [&](uint64_t lines_per_batch) {
    Statistics statistics(9);
    for (uint32_t source = 0; source < 9; ++source) {
      for (uint64_t line = 0; line < num_lines; line += lines_per_batch) {
        Batch batch = MakeBatch(source, {});
        batch.num_lines = static_cast<uint32_t>(lines_per_batch);
        for (uint64_t i = 0; i < lines_per_batch && i < Batch::kMaxBadUtf8; ++i) {
          batch.bad_utf8.push_back({(line + i) * 10, i});
        }
        statistics.Add(batch);
      }
    }
    std::vector<std::pair<uint32_t, uint64_t>> places;
    for (const BadUtf8Place& place : statistics.bad_utf8()) {
      EXPECT_EQ(place.offset_bytes, (place.line - 1) * 10);
      places.push_back({static_cast<uint32_t>(place.source), place.line});
    }
    return places;
  };
  const auto want = run(1);
  EXPECT_EQ(want.size(), kMaxBadUtf8InReport);
  for (const unsigned lines_per_batch : {2u, 3u, 5u, 20u, 30u, 60u}) EXPECT_EQ(run(lines_per_batch), want);
}

TEST(Statistics, ARemovedRecordMayComeBeforeItsWitness) {
  Statistics statistics(1);
  statistics.Add(MakeBatch(0, {Removed(5, {SourceId{0}, 2}), Kept(5)}));
  EXPECT_EQ(statistics.LargestGroups(1).at(0).copies, 1u);
  EXPECT_EQ(statistics.LargestGroups(1).at(0).kept_id, 5u);
}

TEST(Statistics, LargestGroupsAreThoseOfANaiveCount) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    std::mt19937 engine(seed);
    auto random = [&] { return static_cast<uint32_t>(engine()); };
    const uint32_t num_groups = 1 + random() % 400;
    const uint32_t num_records = random() % 3000;
    // Few copies each (many ties), or a few large groups, or growth that keeps replacing the smallest.
    const uint32_t shape = seed % 3;
    Statistics one_batch(1), many_batches(1);
    std::map<uint32_t, uint64_t> naive;
    std::map<uint32_t, std::vector<std::string>> titles;
    std::vector<std::string> text;
    text.reserve(num_records);
    std::vector<Record> records;
    for (uint32_t i = 0; i < num_records; ++i) {
      uint32_t id = random() % num_groups;
      if (shape == 1) id = std::min(id, random() % num_groups);
      if (shape == 2) id = (num_groups - 1) - (i / 3) % num_groups;
      text.push_back(std::to_string(id) + "/" + std::to_string(i));
      records.push_back(Removed(id, {SourceId{0}, id + 1}, text.back()));
      ++naive[id];
      many_batches.Add(MakeBatch(0, {records.back()}));
    }
    one_batch.Add(MakeBatch(0, records));

    std::vector<std::pair<uint32_t, uint64_t>> want(naive.begin(), naive.end());
    std::ranges::stable_sort(want, [](const auto& a, const auto& b) { return a.second > b.second; });
    want.resize(std::min<size_t>(want.size(), Statistics::kLargestGroups));
    const std::vector<Group> got = one_batch.LargestGroups(Statistics::kLargestGroups);
    const std::vector<Group> again = many_batches.LargestGroups(Statistics::kLargestGroups);
    ASSERT_EQ(got.size(), want.size());
    for (size_t i = 0; i < want.size(); ++i) {
      ASSERT_EQ(got[i].kept_id, want[i].first) << "seed " << seed;
      ASSERT_EQ(got[i].copies, want[i].second);
      ASSERT_EQ(got[i].witness.ordinal, got[i].kept_id + 1);
      ASSERT_EQ(got[i].title.substr(0, got[i].title.find('/')), std::to_string(got[i].kept_id));
      ASSERT_EQ(got[i].title, again[i].title);
    }
  }
}

TEST(Statistics, LongTitlesAreCutBetweenCodePoints) {
  std::string title(kMaxTitleBytes - 1, 'x');
  title += "\xC3\xA9 and more";
  Statistics statistics(1);
  statistics.Add(MakeBatch(0, {Removed(0, kFirst, title)}));
  EXPECT_EQ(statistics.LargestGroups(1).at(0).title, std::string(kMaxTitleBytes - 1, 'x'));
}

class ReportTest : public testing::Test {
 protected:
  simdjson::dom::element Parse(const std::string& json) {
    simdjson::dom::element element;
    EXPECT_EQ(parser_.parse(json).get(element), simdjson::SUCCESS) << json;
    return element;
  }
  static std::string Text(simdjson::simdjson_result<simdjson::dom::element> element) {
    return simdjson::minify(element);
  }
  simdjson::dom::parser parser_;
};

TEST_F(ReportTest, HasTheDocumentedMembersInTheirOrder) {
  PipelineOptions options;
  options.answer.segment.match_fields = {"title", "te\"xt"};
  options.answer.segment.id_field = "id";
  const std::string json = ReportJson(options, SmallFacts(), SmallRun());
  EXPECT_EQ(json.back(), '\n');
  const simdjson::dom::element report = Parse(json);
  std::vector<std::string> keys;
  for (const auto& field : simdjson::dom::object(report)) keys.emplace_back(field.key);
  EXPECT_THAT(keys, ElementsAre("schema", "version", "unecho", "command", "parameters", "hashes", "versions", "ledger",
                                "sources", "against", "overlap", "group_sizes", "similarities", "largest_groups",
                                "invalid_utf8", "run"));
  EXPECT_EQ(Text(report["schema"]), R"("unecho-report")");
  EXPECT_EQ(Text(report["version"]), "1");
  EXPECT_EQ(Text(report["command"]), R"("clean")");
  EXPECT_EQ(
      Text(report["parameters"]),
      R"({"layout":"auto","encoding":"auto","match_fields":["title","te\"xt"],"id_field":"id","max_record_bytes":16777216,)"
      R"("require_body":false,"strict":false,"threshold":0.7,"shingle":5,"seed":1,"keep":"first",)"
      R"("exact_join":false,"annotate":false,"against":[],"against_ngram":13,"against_layout":"auto","against_encoding":"","against_fields":[],"bands":21,"rows":3,"sketch_bins":64})");
  EXPECT_TRUE(report["hashes"].is_object());
  for (const char* library : {"unicode", "icu", "simdjson", "xxhash", "tbb", "zstd"}) {
    EXPECT_TRUE(report["versions"][library].is_string()) << library;
  }
}

TEST_F(ReportTest, TellsWhatTheStatisticsCounted) {
  const simdjson::dom::element report = Parse(ReportJson(PipelineOptions(), SmallFacts(), SmallRun()));
  EXPECT_EQ(Text(report["parameters"]["id_field"]), "null");
  EXPECT_EQ(
      Text(report["ledger"]),
      R"({"bytes":{"read":1550,"record":1250,"left_out":0,"furniture":200,"separator":60,"rejected":40},)"
      R"("records":{"read":8,"kept":3,"exact":2,"near":2,"contaminated":0,"rejected":1},)"
      R"("reasons":{"empty":0,"too_long":0,"invalid_json":0,"no_match_field":0,"field_not_string":0,)"
      R"("orphan_body":1,"title_without_body":0,"no_title":0,"malformed":0,"not_content":0},"invalid_utf8":2,"balances":true})");
  EXPECT_EQ(simdjson::dom::array(report["sources"]).size(), 2u);
  EXPECT_EQ(Text(report.at_pointer("/sources/1/name")), R"("b \"c\"")");
  EXPECT_EQ(Text(report.at_pointer("/sources/1/layout")), R"("jsonl")");
  EXPECT_EQ(Text(report.at_pointer("/sources/1/records")),
            R"({"read":4,"kept":1,"exact":1,"near":2,"contaminated":0,"rejected":0})");
  EXPECT_EQ(Text(report["overlap"]), R"([{"removed_from":"a.txt","witness_in":"a.txt","records":1},)"
                                     R"({"removed_from":"b \"c\"","witness_in":"a.txt","records":2},)"
                                     R"({"removed_from":"b \"c\"","witness_in":"b \"c\"","records":1}])");
  EXPECT_EQ(Text(report["group_sizes"]), R"([{"records":2,"groups":2},{"records":3,"groups":1}])");
  EXPECT_EQ(Text(report["similarities"]), R"([{"from":0.7,"to":0.71,"records":1},{"from":1,"to":1,"records":1}])");
  EXPECT_EQ(Text(report["largest_groups"]), R"([{"witness":"a.txt#1","copies":2,"title":"Title \"A\""},)"
                                            R"({"witness":"a.txt#2","copies":1,"title":""},)"
                                            R"({"witness":"b \"c\"#3","copies":1,"title":""}])");
  EXPECT_EQ(Text(report["invalid_utf8"]), R"({"count":2,"places":[{"source":"a.txt","offset":123,"line":5},)"
                                          R"({"source":"a.txt","offset":1020,"line":13}]})");
  EXPECT_EQ(
      Text(report["run"]),
      R"({"command_line":"unecho clean a.txt.gz 'b \"c\"'","dry_run":false,"inputs":[)"
      R"({"name":"a.txt","path":"dumps/a.txt.gz","compression":"gzip"},)"
      R"({"name":"b \"c\"","path":"b \"c\"","compression":"plain"}],"against":[],"threads":2,"kernels":"avx2","seconds":0.5,)"
      R"("bytes_per_second":3100,"peak_rss_bytes":35000000,"memory_limit_bytes":1000000000,)"
      R"("stages":[{"name":"read","seconds":0.25,"peak_bytes":100},{"name":"near","seconds":0.125,"peak_bytes":0}]})");
}

TEST_F(ReportTest, OnlyRunDependsOnTheMachine) {
  RunFacts other = SmallFacts();
  other.command_line = "other";
  other.sources[0].path = "-";
  other.sources[0].compression = "plain";
  other.threads = 8;
  other.seconds = 7;
  other.peak_rss_bytes = other.memory_limit_bytes = 1;
  other.stages.clear();
  other.kernels = "baseline";
  PipelineOptions with_other_run_options;
  with_other_run_options.run.threads = 8;
  with_other_run_options.run.batch_bytes = 4096;
  const std::string a = ReportJson(PipelineOptions(), SmallFacts(), SmallRun());
  const std::string b = ReportJson(with_other_run_options, other, SmallRun());
  EXPECT_NE(a, b);
  EXPECT_EQ(a.substr(0, a.find("  \"run\"")), b.substr(0, b.find("  \"run\"")));
}

TEST_F(ReportTest, AnEmptyRunIsAReportToo) {
  const simdjson::dom::element report = Parse(ReportJson(PipelineOptions(), RunFacts(), Statistics(0)));
  EXPECT_EQ(Text(report["ledger"]["balances"]), "true");
  EXPECT_EQ(Text(report["sources"]), "[]");
  EXPECT_EQ(Text(report["run"]["bytes_per_second"]), "0");
}

TEST(RunTable, IsATableAndALastLine) {
  EXPECT_EQ(RunTable(PipelineOptions(), SmallFacts(), SmallRun()),
            "source    size  read  kept  exact  near  rejected\n"
            "a.txt   1.1 KB     4     2      1     0         1\n"
            "b \"c\"    500 B     4     1      1     2         0\n"
            "total   1.6 KB     8     3      2     2         1\n"
            "rejected: orphan_body 1\n"
            "invalid UTF-8: 2 replaced by U+FFFD, the first in a.txt, line 5\n"
            "read 8 kept 3 exact 2 near 2 rejected 1 in 0.50 s, 3.1 KB/s, peak 35 MB\n");
}

TEST(RunTable, OneSourceNeedsNoTotal) {
  RunFacts facts = SmallFacts();
  facts.sources.resize(1);
  Statistics statistics(1);
  statistics.Add(MakeBatch(0, {Kept(0)}, 12345678));
  EXPECT_EQ(RunTable(PipelineOptions(), facts, statistics),
            "source     size  read  kept  exact  near  rejected\n"
            "a.txt   12.3 MB     1     1      0     0         0\n"
            "read 1 kept 1 exact 0 near 0 rejected 0 in 0.50 s, 24.7 MB/s, peak 35 MB\n");
}

TEST(RunTable, ManySourcesFitOneScreen) {
  RunFacts facts;
  Statistics statistics(30);
  for (uint32_t i = 0; i < 30; ++i) {
    facts.sources.push_back({"source" + std::to_string(i), "", "page", "plain"});
    statistics.Add(MakeBatch(i, {Kept(i)}));
  }
  const std::string table = RunTable(PipelineOptions(), facts, statistics);
  EXPECT_EQ(std::ranges::count(table, '\n'), 24);
  EXPECT_THAT(table, HasSubstr("source19"));
  EXPECT_THAT(table, Not(HasSubstr("source20")));
  EXPECT_THAT(table, HasSubstr("... and 10 more   0 B    10    10"));
  EXPECT_THAT(table, HasSubstr("read 30 kept 30 exact 0 near 0 rejected 0 in 0.00 s, 0 B/s"));
}

TEST(RunTable, NamesCannotDriveTheTerminalNorBreakTheTable) {
  RunFacts facts;
  facts.sources = {{"a\x1b[31m\n\xFF", "", "", ""}, {std::string(50, 'x') + "/the_end.txt", "", "", ""}};
  const std::string table = RunTable(PipelineOptions(), facts, Statistics(2));
  EXPECT_EQ(table.find('\x1b'), std::string::npos);
  EXPECT_THAT(table, HasSubstr("a?[31m?\xEF\xBF\xBD "));
  EXPECT_THAT(table, HasSubstr("\n..." + std::string(25, 'x') + "/the_end.txt  "));
}

}  // namespace
}  // namespace unecho::report_test
