// Sentences of a line: by examples, and at random against the plain code of the audit.
#include "match/sentences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "audit/repeated_lines.h"
#include "unecho/options.h"

namespace unecho::sentences_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> Cut(const std::string& line) {
  std::vector<Sentence> sentences;
  CutSentences(line, sentences);
  std::vector<std::string> texts;
  for (const Sentence& each : sentences) texts.push_back(line.substr(each.begin, each.end - each.begin));
  return texts;
}

TEST(Sentences, EndBehindTerminatorsAndWhatCloses) {
  EXPECT_THAT(Cut("One. Two!  Three?! Four\u2026 Five"), ElementsAre("One.", "Two!", "Three?!", "Four\u2026", "Five"));
  EXPECT_THAT(Cut("He said \"Go.\" She went. (It was late.) \u201eJa.\u201c So."),
              ElementsAre("He said \"Go.\"", "She went.", "(It was late.)", "\u201eJa.\u201c", "So."));
  EXPECT_THAT(Cut("  In front and behind.  "), ElementsAre("In front and behind."));
  EXPECT_THAT(Cut("\u0647\u0644 \u0623\u0646\u062a\u061f \u0646\u0639\u0645."),
              ElementsAre("\u0647\u0644 \u0623\u0646\u062a\u061f", "\u0646\u0639\u0645."));
  EXPECT_THAT(Cut(" \t "), IsEmpty());
  EXPECT_THAT(Cut(""), IsEmpty());
}

TEST(Sentences, OfScriptsWithoutBlanksNeedNone) {
  EXPECT_THAT(Cut("\u6211\u6765\u4e86\u3002\u4f60\u5462\uff1f\u300c\u597d\uff01\u300d\u8d70"),
              ElementsAre("\u6211\u6765\u4e86\u3002", "\u4f60\u5462\uff1f", "\u300c\u597d\uff01\u300d", "\u8d70"));
}

TEST(Sentences, GoOnBehindWhatOnlySeemsToEndThem) {
  EXPECT_THAT(Cut("Mr. Brown and Dr. No saw J. R. Smith. He waved."),
              ElementsAre("Mr. Brown and Dr. No saw J. R. Smith.", "He waved."));
  EXPECT_THAT(Cut("See Fig. 3, i.e. what approx. half say, e.g. Ann. Right."),
              ElementsAre("See Fig. 3, i.e. what approx. half say, e.g. Ann.", "Right."));
  EXPECT_THAT(Cut("1. The first of 3.14 at example.org. Done"),
              ElementsAre("1. The first of 3.14 at example.org.", "Done"));
  EXPECT_THAT(Cut("\"What?\" he said. ... Well"), ElementsAre("\"What?\" he said.", "... Well"));
}

TEST(Sentences, ALineOfTerminatorsTakesNoLongerThanAnother) {
  std::string line;
  for (int i = 0; i < 500'000; ++i) line += ". ";  // quadratic, this would take minutes
  EXPECT_EQ(Cut(line).size(), 1u);
  EXPECT_EQ(Cut(line + "End. Next").size(), 2u);
}

std::string RandomLine(std::mt19937& random) {
  static const std::vector<std::string> kParts = {"a",
                                                  "B",
                                                  "word",
                                                  "Word",
                                                  "Dr",
                                                  "vs",
                                                  "3",
                                                  "12",
                                                  ".",
                                                  ".",
                                                  ".",
                                                  "!",
                                                  "?",
                                                  "\u2026",
                                                  "\"",
                                                  "'",
                                                  ")",
                                                  "(",
                                                  "\u201c",
                                                  "\u201d",
                                                  "\u300d",
                                                  "\u3002",
                                                  "\uff01",
                                                  " ",
                                                  " ",
                                                  " ",
                                                  " ",
                                                  "  ",
                                                  "\u00a0",
                                                  "\u3000",
                                                  "\u00e9",
                                                  "\u00c9",
                                                  "\u6f22",
                                                  "\u0301",
                                                  "\u0964",
                                                  "\xff",
                                                  "\xe2\x80",
                                                  "-",
                                                  "\t",
                                                  ":",
                                                  "\u061f",
                                                  "\u0967",
                                                  "\xf0\x9f\x98\x80"};
  std::string line;
  for (auto parts = random() % 30; parts > 0; --parts) line += kParts[random() % kParts.size()];
  return line;
}

TEST(Sentences, AreThoseOfTheAuditAtRandom) {
  AnswerOptions answer;
  answer.clean.dedup_sentences = true;
  const AuditRepeatedLines audit(answer);
  std::mt19937 random(5);
  size_t several = 0;
  for (int round = 0; round < 30000; ++round) {
    const std::string line = RandomLine(random);
    const std::string sentence_line = line + "x";  // not blank
    std::vector<Sentence> got;
    CutSentences(sentence_line, got);
    const auto pieces = audit.Cut({sentence_line}, 0);
    const auto& want = pieces.at(0).lines.at(0).sentences;
    ASSERT_EQ(got.size(), want.size()) << sentence_line;
    size_t at = got.front().begin;
    for (size_t i = 0; i < got.size(); ++i) {
      ASSERT_EQ(got[i].begin, at) << sentence_line;
      ASSERT_EQ(sentence_line.substr(got[i].begin, got[i].end - got[i].begin), want[i].text) << sentence_line;
      ASSERT_EQ(sentence_line.substr(got[i].end, got[i].gap_end - got[i].end), want[i].gap) << sentence_line;
      at = got[i].gap_end;
    }
    ASSERT_EQ(at, sentence_line.size());
    several += got.size() > 1;
  }
  EXPECT_GT(several, 5000u);
}

}  // namespace
}  // namespace unecho::sentences_test
