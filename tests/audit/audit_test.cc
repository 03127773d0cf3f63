// What the auditor lets pass, and what it says of runs that broke a rule.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "support/audit_world.h"
#include "support/compress.h"

namespace unecho::audit_test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

TEST_F(AuditWorld, PassesAsItIs) {
  options_.recall = true;
  const AuditResult result = Run();
  EXPECT_THAT(result.violations, IsEmpty());
  EXPECT_EQ(result.num_violations, 0U);
  EXPECT_EQ(result.records, 20U);
  EXPECT_EQ(result.kept, 8U);
  EXPECT_EQ(result.exact, 3U);
  EXPECT_EQ(result.near, 1U);
  EXPECT_EQ(result.rejected, 8U);
  EXPECT_EQ(result.pairs_left, 0U);
}

TEST_F(AuditWorld, PassesForAnyNumberOfThreads) {
  for (const int threads : {0, 2}) {
    options_.run.threads = threads;
    EXPECT_THAT(Run().violations, IsEmpty()) << threads;
  }
}

TEST_F(AuditWorld, PassesWithoutACorpus) {
  options_.corpus.clear();
  EXPECT_THAT(Run().violations, IsEmpty());
}

TEST_F(AuditWorld, PassesWhenEverythingIsCompressed) {
  for (const std::string& name : world_.names) {
    std::ifstream in(name, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    Write(name + ".gz", CompressGzip(bytes));
  }
  for (std::string& name : options_.inputs) name += ".gz";
  Write("provenance.jsonl", CompressGzip(Lines(world_.provenance)));
  Write("corpus.jsonl", CompressGzip(Lines(world_.corpus)));
  EXPECT_THAT(Run().violations, IsEmpty());
}

TEST_F(AuditWorld, TakesTheOptionsIntoAccount) {
  options_.answer.threshold = .9;
  EXPECT_THAT(Run().violations, Contains(HasSubstr("its similarity to a.jsonl#3, 0.882353, is below 0.9")));
  options_.answer.threshold = 15.0 / 17;
  EXPECT_THAT(Run().violations, IsEmpty());
  options_.answer.shingle_tokens = 4;
  EXPECT_THAT(Run().violations, Contains(HasSubstr("its similarity to a.jsonl#3 is 0.888889")));
  options_.answer.shingle_tokens = 5;
  options_.answer.segment.require_body = true;
  EXPECT_THAT(Run().violations, Contains(HasSubstr("b.txt#5: is kept and should be rejected as title_without_body")));
  options_.answer.segment.require_body = false;
  options_.answer.segment.match_fields = {"text"};
  EXPECT_THAT(Run().violations, Contains(HasSubstr("a.jsonl#9: is rejected as empty; the reason is no_match_field")));
  options_.answer.segment.match_fields.clear();
  options_.answer.keep = KeepPolicy::kLast;
  EXPECT_THAT(Run().violations,
              Contains("a.jsonl#2: its witness a.jsonl#1 does not come before it in the order of --keep last"));
}

TEST_F(AuditTest, ListsThePairsThatSurvivedUnderRecall) {
  const std::string one = Words(1), two = Words(1, "other");
  Use(Build({{"a.txt", {{"", one, "kept", "", "", "", one}, {"\n", two, "kept", "", "", "", two}}, "\n"}}));
  options_.answer.layout = FindLayout("lines");
  EXPECT_THAT(Run().violations, IsEmpty());
  options_.recall = true;
  const AuditResult result = Run();
  EXPECT_EQ(result.pairs_left, 1U);
  EXPECT_THAT(result.violations,
              testing::ElementsAre("a.txt#2: pair left: similarity 0.882353 to a.txt#1, which is kept too"));
}

TEST_F(AuditTest, LetsARepeatOfARemovedRecordHaveItsWitnessOnly) {
  const std::string one = Words(1), two = Words(1, "other"), three = Words(1, "third");
  std::vector<Entry> entries = {{"", one, "kept", "", "", "", one},
                                {"\n", two, "near", "a.txt#1", kSimilarity},
                                {"\n", two + "!", "near", "a.txt#1", kSimilarity},
                                {"\n", Words(2), "kept", "", "", "", Words(2)}};
  options_.answer.layout = FindLayout("lines");
  Use(Build({{"a.txt", entries, ""}}));
  EXPECT_THAT(Run().violations, IsEmpty());
  entries[2].witness = "a.txt#2";
  entries[2].fate = "exact";
  entries[2].similarity = "1.000000";
  Use(Build({{"a.txt", entries, ""}}));
  EXPECT_THAT(Run().violations, Contains(HasSubstr("its witness a.txt#2 is not kept")));
}

// --keep: the witness comes later, and still has priority.
TEST_F(AuditTest, KnowsThePrioritiesOfEveryKeepPolicy) {
  auto line = [](const std::string& last, const std::string& value) {
    return absl::StrFormat(R"({"text":"%s","v":%s})", Words(1, last), value);
  };
  struct Case {
    const char* keep;
    std::string first, second;  // values of v
    bool first_stays;
  };
  for (const Case& c : std::vector<Case>{{"first", "1", "2", true},
                                         {"last", "1", "2", false},
                                         {"longest", "1", "2", true},
                                         {"v:max", "9", "10", false},
                                         {"v:min", "9", "10", true},
                                         {"v:max", "2", "2.0", true},
                                         {"v:max", R"("a")", R"("b")", false},
                                         {"v:min", R"("a")", R"("b")", true},
                                         {"v:max", R"("b")", "1", false},
                                         {"v:min", R"("b")", "1", false},
                                         {"v:max", "null", R"("")", true},
                                         {"v:max", "null", R"("x")", false},
                                         {"v:min", "[1]", "1", true},
                                         {"v:max", "[1]", R"(["2"])", false},
                                         {"v:min", "[1,2]", "3", false},
                                         {"v:max", R"("N/A")", R"("a")", false},
                                         {"v:max", R"("2009///")", "2010", false},
                                         {"v:max", "false", "true", false}}) {
    const std::string a = line("end", c.first), b = line("other", c.second);
    const Entry kept_a{"", a, "kept", "", "", "", a}, near_a{"", a, "near", "a.jsonl#2", kSimilarity};
    const Entry kept_b{"\n", b, "kept", "", "", "", b}, near_b{"\n", b, "near", "a.jsonl#1", kSimilarity};
    ASSERT_TRUE(ParseKeepPolicy(c.keep, options_.answer).ok());
    options_.answer.segment.id_field.clear();
    Use(Build({{"a.jsonl", {c.first_stays ? kept_a : near_a, c.first_stays ? near_b : kept_b}, "\n"}}));
    EXPECT_THAT(Run().violations, IsEmpty()) << c.keep << " " << c.first << " " << c.second;
    Use(Build({{"a.jsonl", {c.first_stays ? near_a : kept_a, c.first_stays ? kept_b : near_b}, "\n"}}));
    EXPECT_THAT(Run().violations, Contains(HasSubstr("does not come before it")))
        << c.keep << " " << c.first << " " << c.second;
  }
}

TEST_F(AuditTest, ChecksAnnotationsByteForByte) {
  const std::string one = absl::StrFormat(R"({ "unecho" : {"copies":["old"]} , "text":"%s" , "x":1 } )", Words(1));
  const std::string copy = absl::StrFormat(R"({"text":"%s"})", Words(1, "other"));
  const std::string annotation = absl::StrFormat(
      R"({"ref":"a.jsonl#1","id":"%s","copies":["a.jsonl#2","b.txt#2"],"copy_ids":[null,null]})", IdOf({Words(1)}));
  const std::string title = "A Title";
  std::string object = Object("b.txt#1", title, Words(2), "");
  object.pop_back();
  object += absl::StrFormat(R"(,"unecho":{"ref":"b.txt#1","id":"%s","copies":[]}})", IdOf({title, Words(2)}));
  const World world = Build(
      {{"a.jsonl",
        {{"", one, "kept", "", "", "", absl::StrFormat(R"({ "text":"%s" , "x":1,"unecho":%s})", Words(1), annotation)},
         {"\n", copy, "near", "a.jsonl#1", kSimilarity}},
        "\n"},
       {"b.txt",
        {{"Subscribe\n\n", title + "\n\n" + Words(2), "kept", "", "", "", object},
         {"\n\n", Words(1), "exact", "a.jsonl#1", "1.000000", "", "", "", "bytes"}},
        "\n"}});
  options_.answer.annotate = true;
  Use(world);
  EXPECT_THAT(Run().violations, IsEmpty());
  const std::string good = Lines(world.corpus);
  for (size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    Write("corpus.jsonl", bad);
    ASSERT_TRUE(IsFound()) << "byte " << i;
  }
  Write("corpus.jsonl", good);
  options_.answer.annotate = false;
  EXPECT_TRUE(IsFound());
}

TEST_F(AuditTest, TakesAnnotatedLinesAsObjects) {
  options_.answer.layout = FindLayout("lines");
  options_.answer.annotate = true;
  std::string object = Object("a.txt#1", "", "one line", "");
  object.pop_back();
  object += absl::StrFormat(R"(,"unecho":{"ref":"a.txt#1","id":"%s","copies":["a.txt#2"],"copy_ids":[null]}})",
                            IdOf({"one line"}));
  Use(Build({{"a.txt",
              {{"", "one line", "kept", "", "", "", object}, {"\n", "One line", "exact", "a.txt#1", "1.000000"}},
              ""}}));
  EXPECT_THAT(Run().violations, IsEmpty());
}

// A page whose last line is longer than the limit may have left before "new" was seen: it keeps its last word.
TEST_F(AuditTest, GivesTheGluedHeadToTheNextPageUnlessItsLineIsTooLong) {
  const std::string second = "\n\nGet trending papers in your email inbox!\n\nMay 5\n\n";
  for (const bool too_long : {false, true}) {
    const std::string body = too_long ? std::string(3000, 'x') : Words(1);
    const std::string first = "A Title\n\n" + body + (too_long ? "new" : "");
    const Entry one = too_long ? Entry{"", first, "rejected", "", "", "too_long"}
                               : Entry{"", first, "kept", "", "", "", Object("a.txt#1", "A Title", body, "")};
    options_.answer.layout = FindLayout("page");
    Use(Build({{"a.txt",
                {one,
                 {(too_long ? "" : "new") + second, "B Title\n\n" + Words(2), "kept", "", "", "",
                  Object("a.txt#2", "B Title", Words(2), "May 5"), R"(,"snapshot":"May 5")"}},
                ""}}));
    EXPECT_THAT(Run().violations, IsEmpty()) << too_long;
  }
}

TEST_F(AuditTest, TakesATextSourceAsOneRecord) {
  options_.answer.layout = FindLayout("text");
  const std::string text = " two\n\nparagraphs\r\nand a line";
  Use(Build({{"a.txt",
              {{"\xef\xbb\xbf", text, "kept", "", "", "",
                absl::StrFormat(
                    R"({"id":"%s","ref":"a.txt#1","title":"","text":" two\n\nparagraphs\nand a line","snapshot":null})",
                    IdOf({text}))}},
              " \r\n"},
             {"b.txt", {}, " \n"},
             {"c.txt", {}, ""}}));
  EXPECT_THAT(Run().violations, IsEmpty());
}

TEST_F(AuditTest, SaysWhatItCannotRead) {
  Use(Build({LineSource()}));
  options_.inputs = {"nowhere.txt"};
  EXPECT_FALSE(Audit(options_).ok());
  options_.inputs = {"c.txt"};
  options_.corpus = "nowhere.jsonl";
  EXPECT_FALSE(Audit(options_).ok());
  options_.corpus.clear();
  options_.report = "c.txt";
  EXPECT_THAT(std::string(Audit(options_).status().message()), HasSubstr("is not a report"));
  options_.report.clear();
  options_.provenance.clear();
  EXPECT_THAT(std::string(Audit(options_).status().message()), HasSubstr("--provenance"));
}

TEST_F(AuditTest, FindsInputsThatAreMissingOrTooMany) {
  Use(Build({LineSource(), PageSource()}));
  EXPECT_THAT(Run().violations, IsEmpty());
  options_.inputs = {"c.txt"};
  EXPECT_THAT(Run().violations, Contains(HasSubstr("names a source that is not among the inputs")));
  Write("d.txt", "a forgotten line\n");
  options_.inputs = {"c.txt", "b.txt", "d.txt"};
  EXPECT_THAT(Run().violations, testing::ElementsAre("d.txt: the text at bytes 0 to 16 belongs to no record"));
  options_.inputs = {"b.txt", "c.txt"};
  EXPECT_TRUE(IsFound());
}

}  // namespace
}  // namespace unecho::audit_test
