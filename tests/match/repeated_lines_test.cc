// Lines, paragraphs and sentences that came before: by examples, and at random against the audit, which does it with
// strings.
#include "match/repeated_lines.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "simdjson.h"
#include "support/pipeline_run.h"
#include "support/temporary_folder.h"
#include "text/json.h"
#include "unecho/audit.h"
#include "unecho/listener.h"
#include "unecho/pipeline.h"
#include "unecho/record_stream.h"

namespace unecho::repeated_lines_test {
namespace {

namespace fs = std::filesystem;

std::string JsonLine(const std::string& title, const std::string& text) {
  std::string line = "{\"n\": [1,  2], \"title\": ";
  AppendJsonString(title, line);
  line += ", \"text\": ";
  AppendJsonString(text, line);
  return line + " , \"e\": \"\\u00e9\"}\n";
}

class RepeatedLinesTest : public InTemporaryFolder {
 protected:
  RepeatedLinesTest() {
    options_.answer.threshold = 1;
    options_.answer.clean.dedup_lines = true;
    options_.answer.clean.dedup_min_tokens = 2;
  }
  void Run() const { RunOrFail(options_); }
  std::string Violations(bool with_report = false) const {
    AuditOptions options = AuditOptionsFor(options_);
    if (with_report) options.report = options_.report;
    const auto audit = Audit(options);
    return audit.ok() ? absl::StrJoin(audit->violations, "\n") : std::string(audit.status().message());
  }
  // The texts of the corpus.
  static std::vector<std::string> Texts() {
    std::vector<std::string> texts;
    simdjson::dom::parser parser;
    for (const std::string& line : LinesOf("corpus"))
      texts.emplace_back(parser.parse(line)["text"].get_string().value());
    return texts;
  }

  PipelineOptions options_ = RunOf({"in"});
};

struct Example {
  const char* name;
  bool lines, paragraphs, sentences;
  std::vector<std::string> texts;
  std::vector<std::string> left;  // of the records that are kept
};

void PrintTo(const Example& example, std::ostream* out) { *out << example.name; }

class RepeatsExample : public RepeatedLinesTest, public testing::WithParamInterface<Example> {};

TEST_P(RepeatsExample, IsLeftAsTheRuleSays) {
  const Example& example = GetParam();
  std::string in;
  for (size_t i = 0; i < example.texts.size(); ++i) in += JsonLine("title " + std::to_string(i), example.texts[i]);
  Write("in", in);
  options_.answer.clean.dedup_lines = example.lines;
  options_.answer.clean.dedup_paragraphs = example.paragraphs;
  options_.answer.clean.dedup_sentences = example.sentences;
  Run();
  EXPECT_EQ(Texts(), example.left);
  EXPECT_EQ(Violations(), "");
}

INSTANTIATE_TEST_SUITE_P(
    RepeatedLines, RepeatsExample,
    testing::ValuesIn(std::vector<Example>{
        {"TheFirstStays", true, false, false, {"a b\nc d", "c d\ne f"}, {"a b\nc d", "e f"}},
        {"WithinOneRecord", true, false, false, {"a b\na b\nc d"}, {"a b\nc d"}},
        {"CaseAndPunctuationDoNotMatter",
         true,
         false,
         false,
         {"Read more...\nc d", "- READ, More!\ne f"},
         {"Read more...\nc d", "e f"}},
        {"ShortLinesStay", true, false, false, {"x\na b", "x\nc d"}, {"x\na b", "x\nc d"}},
        {"LinesWithoutTokensStay", true, false, false, {"---\n}\na b", "---\n}\nc d"}, {"---\n}\na b", "---\n}\nc d"}},
        {"ARecordOfNothingElseIsRejected", true, false, false, {"a b\nx", "x\n---\na b"}, {"a b\nx", "x\n---"}},
        {"TheBlankLinesOfAParagraphGoWithIt",
         true,
         false,
         false,
         {"a b\nc d", "e f\n\na b\nc d\n \n\ng h"},
         {"a b\nc d", "e f\n\ng h"}},
        {"OtherBlankLinesStay", true, false, false, {"a b", "e f\na b\n\n\ng h\n"}, {"a b", "e f\n\n\ng h\n"}},
        {"NoLineEndIsLeftBehindTheLastLine", true, false, false, {"a b", "e f\n\na b\n"}, {"a b", "e f"}},
        {"LineEndsOfAllKinds",
         true,
         false,
         false,
         {"a b\r\nc d\re f\n", "c d\r\ng h\re f\r\na b\ri j"},
         {"a b\r\nc d\re f\n", "g h\ri j"}},
        {"ParagraphsAsAWhole",
         false,
         true,
         false,
         {"a b\nc d\n\ne f", "a b\n\nE f.\n\na b c d"},
         {"a b\nc d\n\ne f", "a b"}},
        {"ParagraphsAreKnownHoweverTheyAreWrapped",
         false,
         true,
         false,
         {"a b c d\n\ng h", "a b\nc d\n\ni j"},
         {"a b c d\n\ng h", "i j"}},
        {"LinesOfARemovedParagraphAreNotCounted",
         true,
         true,
         false,
         {"a b\nc d", "a b\nc d\n\ne f", "e f\nc d\ng h"},
         {"a b\nc d", "e f", "g h"}},
        {"ATitleIsNeverRemoved", true, false, false, {"a b", "title 2\ne f", "g h"}, {"a b", "title 2\ne f", "g h"}},
        {"ASentenceGoesWithTheBlanksBehindIt",
         false,
         false,
         true,
         {"We like tea. See you.", "They came. We LIKE tea!  They left."},
         {"We like tea. See you.", "They came. They left."}},
        {"WithTheLastOnesOfALineGoTheBlanksInFront",
         false,
         false,
         true,
         {"We like tea. See you.", "They came.  We like tea. See you. \nThey left."},
         {"We like tea. See you.", "They came.\nThey left."}},
        {"WithAllItsSentencesTheLineGoes",
         false,
         false,
         true,
         {"We like tea. See you.", "They came.\n  See you. We like tea.\nThey left."},
         {"We like tea. See you.", "They came.\nThey left."}},
        {"WithAllItsLinesTheParagraphGoes",
         false,
         false,
         true,
         {"We like tea. See you.", "They came.\n\nSee you.\nWe like tea.\n\nThey left.\n\nSee you."},
         {"We like tea. See you.", "They came.\n\nThey left."}},
        {"ASentenceIsKnownInALineOfItsOwn",
         false,
         false,
         true,
         {"We like tea\nx", "They came. We like tea. So did I."},
         {"We like tea\nx", "They came. So did I."}},
        {"LinesGoBeforeSentences",
         true,
         false,
         true,
         {"We like tea. See you.", "We like tea. See you.\nWe went. We like tea."},
         {"We like tea. See you.", "We went."}},
        {"ShortSentencesStay",
         false,
         false,
         true,
         {"Yes. We like tea.", "Yes. So do we."},
         {"Yes. We like tea.", "Yes. So do we."}},
        {"WithoutALineOfItsOwnItsShortSentencesStay",
         false,
         false,
         true,
         {"We like tea. They came.\nYes.", "They came. Yes. We like tea."},
         {"We like tea. They came.\nYes.", "Yes."}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

TEST_F(RepeatedLinesTest, InsideOnlyRepeatsWithinOneRecordGo) {
  options_.answer.clean.dedup_inside = true;
  options_.answer.clean.dedup_sentences = true;
  Write("in", JsonLine("One", "a b\nc d\na b\nWe went. We ran. We went.") + JsonLine("Two", "e f\na b\n\ne f") +
                  JsonLine("Two", "a b\ne f"));
  Run();
  EXPECT_EQ(Texts(), (std::vector<std::string>{"a b\nc d\nWe went. We ran.", "e f\na b", "a b\ne f"}));
  EXPECT_NE(ReadAll("provenance")
                .find(R"("removed_lines":[{"line":4,"witness":"in#1","witness_line":2},)"
                      R"({"line":5,"sentence":3,"witness":"in#1","witness_line":5}])"),
            std::string::npos);
  EXPECT_EQ(Violations(), "");
  options_.answer.clean.dedup_inside = false;  // and so it does not hold
  EXPECT_NE(Violations(), "");
}

TEST_F(RepeatedLinesTest, AtLeastSaysInHowManyRecordsALineStandsThatGoes) {
  options_.answer.clean.dedup_at_least = 3;
  Write("in", JsonLine("One", "a b\nq r\nq r\nq r") + JsonLine("Two", "a b\nc d") + JsonLine("Three", "c d\na b\nx y"));
  Run();
  EXPECT_EQ(Texts(), (std::vector<std::string>{"a b\nq r\nq r\nq r", "c d", "c d\nx y"}));
  EXPECT_EQ(Violations(), "");
  for (const uint64_t other : {0, 2, 4}) {
    options_.answer.clean.dedup_at_least = other;
    EXPECT_NE(Violations(), "") << other;
  }
}

TEST_F(RepeatedLinesTest, LinesOfARemovedParagraphAreCountedForAtLeast) {
  options_.answer.clean.dedup_paragraphs = true;
  options_.answer.clean.dedup_at_least = 2;
  Write("in", JsonLine("One", "a b\nc d") + JsonLine("Two", "e f\n\na b\nc d") + JsonLine("Three", "c d\ng h") +
                  JsonLine("Three", "c d"));
  options_.answer.clean.off[static_cast<size_t>(Reason::kOnlyRepeatedLines)] = true;
  Run();
  EXPECT_EQ(Texts(), (std::vector<std::string>{"a b\nc d", "e f", "g h", ""}));
  EXPECT_EQ(Violations(), "");
}

TEST_F(RepeatedLinesTest, WhatCannotBeMeantIsAnError) {
  AnswerOptions answer;
  answer.clean.dedup_inside = true;
  EXPECT_FALSE(answer.Validate().ok());  // of what?
  answer.clean.dedup_lines = true;
  EXPECT_TRUE(answer.Validate().ok());
  answer.clean.dedup_at_least = 2;
  EXPECT_FALSE(answer.Validate().ok());  // both
  answer.clean.dedup_inside = false;
  EXPECT_TRUE(answer.Validate().ok());
  Write("in", JsonLine("One", "a b"));
  RecordStream stream({"in"}, answer);
  TextRecord record;
  EXPECT_FALSE(stream.Next(record).ok());
  answer.clean.dedup_at_least = 1;
  EXPECT_FALSE(answer.Validate().ok());
  answer.clean = {};
  answer.clean.dedup_at_least = 2;
  EXPECT_FALSE(answer.Validate().ok());
}

TEST_F(RepeatedLinesTest, RejectsARecordOnlyIfItsTitleCameBeforeToo) {
  Write("in",
        JsonLine("One title", "a b\nx\nc d") + JsonLine("ONE title", "x\nc d\na b") + JsonLine("Other", "c d\nx"));
  Run();
  EXPECT_EQ(Texts(), (std::vector<std::string>{"a b\nx\nc d", "x"}));
  const std::string provenance = ReadAll("provenance");
  EXPECT_NE(
      provenance.find(
          R"("reason":"only_repeated_lines","line":2,"removed_lines":[{"line":3,"witness":"in#1","witness_line":4},)"
          R"({"line":4,"witness":"in#1","witness_line":2}]})"),
      std::string::npos)
      << provenance;
  EXPECT_EQ(Violations(), "");
}

TEST_F(RepeatedLinesTest, ChangesNothingOfAJsonLineButTheFieldThatLosesLines) {
  Write("in", JsonLine("One", "a b\nc d") + "{ \"text\":\"a b\\nq\\u00e9 \\/ z\" ,\"text\": 7, \"k\" : \"\\/\"  }\n");
  Run();
  EXPECT_EQ(ReadAll("corpus"),
            JsonLine("One", "a b\nc d") + "{ \"text\":\"qé / z\" ,\"text\": 7, \"k\" : \"\\/\"  }\n");
  EXPECT_EQ(Violations(), "");
}

TEST_F(RepeatedLinesTest, TheAuditFindsAChangedWitnessAndALineTooMany) {
  Write("in", JsonLine("One", "a b\nc d") + JsonLine("Two", "c d\ne f"));
  Run();
  const std::string good = ReadAll("provenance"), corpus = ReadAll("corpus");
  ASSERT_EQ(Violations(), "");
  Write("provenance", absl::StrReplaceAll(good, {{"\"witness_line\":3", "\"witness_line\":2"}}));
  EXPECT_NE(Violations(), "");
  Write("provenance",
        absl::StrReplaceAll(good, {{",\"removed_lines\":[{\"line\":2,\"witness\":\"in#1\",\"witness_line\":3}]", ""}}));
  EXPECT_NE(Violations(), "");
  Write("provenance", good);
  Write("corpus", absl::StrReplaceAll(corpus, {{"\"e f\"", "\"c d\\ne f\""}}));
  EXPECT_NE(Violations(), "");
}

TEST_F(RepeatedLinesTest, TheAuditFindsALieAboutASentence) {
  options_.answer.clean.dedup_lines = false;
  options_.answer.clean.dedup_sentences = true;
  Write("in", JsonLine("One", "We like tea. See you.") + JsonLine("Two", "They came. See you. So it is."));
  Run();
  const std::string good = ReadAll("provenance"), corpus = ReadAll("corpus");
  ASSERT_EQ(Violations(), "");
  EXPECT_NE(good.find(R"("removed_lines":[{"line":2,"sentence":2,"witness":"in#1","witness_line":2}])"),
            std::string::npos);
  for (const auto& [from, to] : {std::pair("\"sentence\":2", "\"sentence\":1"),
                                 {",\"sentence\":2", ""},
                                 {"\"witness_line\":2", "\"witness_line\":1"}}) {
    Write("provenance", absl::StrReplaceAll(good, {{from, to}}));
    EXPECT_NE(Violations(), "") << to;
  }
  Write("provenance", good);
  Write("corpus", absl::StrReplaceAll(corpus, {{"came. So", "came.  So"}}));
  EXPECT_NE(Violations(), "");
}

// Texts out of a few lines, with line ends and blank lines of all kinds.
std::string RandomText(std::mt19937& random) {
  static const std::vector<std::string> kEnds = {"\n", "\n", "\n", "\r\n", "\r", "\n\n", "\n \t\n", "\r\n\r\n"};
  std::string text;
  for (auto lines = random() % 12; lines > 0; --lines) {
    switch (random() % 8) {
      case 0: text += "---"; break;
      case 1: text += "x"; break;
      case 2: text += "new " + std::to_string(random()) + " line"; break;
      case 3: {
        static const std::vector<std::string> kSentences = {
            "We like tea.", "See you, Mr. Brown!", "  Is it so?", "Yes.",
            "Go (now).",    "1. They came.",       "...",         "\u6211\u6765\u4e86\u3002"};
        for (auto sentences = 1 + random() % 4; sentences > 0; --sentences)
          text += kSentences[random() % kSentences.size()] + (random() % 4 == 0 ? "  " : " ");
        break;
      }
      default: {
        const auto line = random() % 40;
        text += "line " + std::to_string(line) + (random() % 2 ? " OF many" : " of, many");
      }
    }
    text += kEnds[random() % kEnds.size()];
  }
  return text;
}

TEST_F(RepeatedLinesTest, AgreesWithTheAuditAtRandomInEveryFlow) {
  std::mt19937 random(11);
  options_.answer.threshold = 0.8;
  options_.report = "report";
  std::string jsonl, page;
  for (int i = 0; i < 1500; ++i) {
    jsonl += JsonLine("title " + std::to_string(random() % 300), RandomText(random));
    if (random() % 30 == 0) jsonl += "not json\n";
  }
  for (int i = 0; i < 300; ++i) {
    const auto title = std::to_string(random() % 100);
    page += "The Title Number " + title + " of All\n\n";
    for (auto paragraphs = random() % 4; paragraphs > 0; --paragraphs) {
      page += absl::StrReplaceAll(
          "A paragraph about $ that is longer than a title may be, for which it has to go on and on, over two\nlines "
          "at the least, of which the second is much like the first, but not quite, and then it still goes on "
          "and on until it has come to three hundred characters or so, which should be now, at last: $.\n\n",
          {{"$", std::to_string(random() % 50)}});
    }
  }
  struct Setting {
    const std::string* in;
    bool lines, paragraphs, sentences;
    bool inside = false;
    uint64_t at_least = 0;
  };
  for (const Setting& setting :
       {Setting{&jsonl, true, false, false}, Setting{&jsonl, false, true, false}, Setting{&jsonl, true, true, false},
        Setting{&page, true, false, false}, Setting{&page, false, true, false}, Setting{&jsonl, false, false, true},
        Setting{&jsonl, true, true, true}, Setting{&jsonl, false, true, true}, Setting{&jsonl, true, true, true, true},
        Setting{&jsonl, true, true, true, false, 30}, Setting{&jsonl, true, false, false, false, 60}}) {
    Write("in", *setting.in);
    options_.answer.layout = setting.in == &page ? FindLayout("page") : nullptr;
    options_.answer.clean.dedup_lines = setting.lines;
    options_.answer.clean.dedup_paragraphs = setting.paragraphs;
    options_.answer.clean.dedup_sentences = setting.sentences;
    options_.answer.clean.dedup_inside = setting.inside;
    options_.answer.clean.dedup_at_least = setting.at_least;
    for (const bool annotate : {false, true}) {
      options_.answer.annotate = annotate;
      options_.run = RunOptions();
      Run();
      const std::string corpus = ReadAll("corpus"), provenance = ReadAll("provenance");
      EXPECT_EQ(Violations(true), "");
      EXPECT_NE(provenance.find("removed_lines"), std::string::npos);
      if (!setting.inside && setting.at_least == 0)
        EXPECT_NE(provenance.find("only_repeated_lines"), std::string::npos);
      for (const size_t batch_bytes : {size_t{1} << 10, size_t{32} << 10}) {
        options_.run.threads = 3;
        options_.run.batch_bytes = batch_bytes;
        Run();
        EXPECT_TRUE(ReadAll("corpus") == corpus && ReadAll("provenance") == provenance) << "batches of " << batch_bytes;
      }
      options_.answer.exact_join = true;
      Run();
      EXPECT_TRUE(ReadAll("corpus") == corpus && ReadAll("provenance") == provenance) << "exact join";
      options_.answer.exact_join = false;
    }
  }
}

}  // namespace
}  // namespace unecho::repeated_lines_test
