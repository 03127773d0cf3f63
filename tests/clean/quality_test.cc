// The quality rules, one by one: each rejects what it is for, and nothing when it is off.
#include "clean/quality.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "base/batch.h"
#include "clean/cleaner.h"
#include "clean/parameters.h"
#include "clean/rules.h"

namespace unecho::quality_test {
namespace {

using testing::ElementsAre;

struct Cleaned {
  Reason reason;
  bool rewritten;
  std::vector<std::string> pieces;
  RewriteCounts counts;
};

Cleaned Clean(const CleanOptions& options, const std::vector<std::string>& texts, size_t num_titles = 0,
              bool keep_empty = false) {
  TextArena arena;
  std::vector<std::string_view> pieces;
  for (const std::string& text : texts) pieces.push_back(arena.Copy(text));
  Cleaner::Text text{pieces, num_titles, keep_empty};
  Cleaned cleaned{};
  const Cleaner::Verdict verdict = Cleaner(options).Clean(text, arena, cleaned.counts);
  cleaned.reason = verdict.reason;
  cleaned.rewritten = verdict.rewritten;
  cleaned.pieces.assign(text.pieces.begin(), text.pieces.end());
  return cleaned;
}

CleanOptions Sets(std::string_view sets, std::string_view rules = "") {
  CleanOptions options;
  EXPECT_TRUE(ParseQuality(sets, options).ok());
  EXPECT_TRUE(ParseRules(rules, "rules", options).ok()) << rules;
  return options;
}

// Only the rule `reason` is asked.
CleanOptions Only(Reason reason, CleanOptions options) {
  options.off.fill(true);
  options.off[static_cast<size_t>(reason)] = false;
  return options;
}

// Good prose that no rule rejects.
const std::string& Prose() {
  static const std::string prose =
      "The study of growing plants has a long history that begins with the first farmers. They had to learn which "
      "seeds to keep and "
      "when to put them into the ground. With time, people came to know more about soil and water.\n"
      "Today we have tools that measure light, warmth and rain on every field. Much of what was once a secret of a few "
      "families can "
      "be read in books and papers. It remains hard work to bring in a harvest!\n"
      "Is there a lesson in this for those who live in cities? Perhaps it is that food does not come from a shelf.";
  return prose;
}

std::string Times(size_t n, std::string_view text) {
  std::string all;
  while (n-- > 0) all += text;
  return all;
}

TEST(Quality, GoodProsePassesAllSets) {
  const Cleaned cleaned = Clean(Sets("gopher,c4,fineweb"), {Prose()});
  EXPECT_EQ(Name(cleaned.reason), "");
  EXPECT_FALSE(cleaned.rewritten);
}

struct RuleCase {
  Reason reason;
  std::string_view sets;
  std::string rules;
  std::string text;
};

std::vector<RuleCase> RuleCases() {
  const std::string words = "alpha beta gamma delta epsilon zeta eta theta iota kappa ";
  std::vector<RuleCase> cases = {
      {Reason::kGopherDupParaFrac, "gopher", "", Times(5, "A paragraph.\n\n")},
      {Reason::kGopherDupParaCharFrac, "gopher", "", "a\n\nb\n\nc\n\nd\n\n" + Times(2, "one long paragraph here\n\n")},
      {Reason::kGopherDupLineFrac, "gopher", "", Times(5, "A line.\n") + "x"},
      {Reason::kGopherDupLineCharFrac, "gopher", "", "a\nb\nc\nd\n" + Times(2, "one long line is here\n") + "e"},
      {Reason::kGopherTop2Gram, "gopher", "", Times(4, "we are x1 ") + "we are"},
      {Reason::kGopherTop3Gram, "gopher", "", Times(3, "we are here x y ")},
      {Reason::kGopherTop4Gram, "gopher", "", Times(3, "we are here now x y ")},
      {Reason::kGopherShortDoc, "gopher", "", "too short"},
      {Reason::kGopherLongDoc, "gopher", "[gopher]\nmax_doc_words = 3\n", "one two three four"},
      {Reason::kGopherBelowAvg, "gopher", "", "a b c dd"},
      {Reason::kGopherAboveAvg, "gopher", "", "extraordinarily incomprehensible"},
      {Reason::kGopherHashes, "gopher", "", "#one #two three"},
      {Reason::kGopherEllipsis, "gopher", "", "one... two… three"},
      {Reason::kGopherBullets, "gopher", "", "- one\n • two\n-three"},
      {Reason::kGopherEndEllipsis, "gopher", "", "one...\ntwo…  \nthree"},
      {Reason::kGopherBelowAlpha, "gopher", "", "one 2 3 4"},
      {Reason::kGopherStopWords, "gopher", "", "the The THE the, none"},
      {Reason::kC4LoremIpsum, "c4", "", "This has Lorem Ipsum in it."},
      {Reason::kC4CurlyBracket, "c4", "", "This is { code here."},
      {Reason::kC4Sentences, "c4", "", "One sentence is here. Two is here. Three is e.g. this. Four is there!"},
      {Reason::kC4Paragraphs, "c4", "[c4]\nmin_paragraphs = 2\nmin_paragraph_len = 10", "longer than ten\nshort"},
      {Reason::kFinewebEmpty, "fineweb", "", " \n\n "},
      {Reason::kFinewebLinePunct, "fineweb", "", "no stop\nnone\n"},
      {Reason::kFinewebShortLine, "fineweb", "",
       "Short.\nShorter.\nShortest.\nThis one is longer than thirty characters."},
      {Reason::kFinewebCharDup, "fineweb", "", "The same line is here.\nThe same line is here.\n"},
      {Reason::kFinewebList, "fineweb", "", "a b\nc\nd\n"},
  };
  for (int n = 5; n <= 10; ++n) {
    cases.push_back({static_cast<Reason>(static_cast<int>(Reason::kGopherDuplicated5Grams) + n - 5), "gopher", "",
                     Times(2, words)});
  }
  return cases;
}

TEST(Quality, EachRuleRejectsWhatItIsFor) {
  std::set<Reason> tried;
  for (const RuleCase& c : RuleCases()) {
    tried.insert(c.reason);
    EXPECT_EQ(Name(Clean(Only(c.reason, Sets(c.sets, c.rules)), {c.text}).reason), Name(c.reason));
    EXPECT_EQ(Clean(Only(c.reason, Sets("gopher,c4,fineweb")), {Prose()}).reason, Reason::kNone) << Name(c.reason);
    CleanOptions off = Sets(c.sets, c.rules + std::string("\n"));
    off.off.fill(true);
    EXPECT_EQ(Clean(off, {c.text}).reason, Reason::kNone) << Name(c.reason);
  }
  for (auto i = static_cast<size_t>(Reason::kGopherDupParaFrac); i <= static_cast<size_t>(Reason::kFinewebList); ++i) {
    EXPECT_TRUE(tried.contains(static_cast<Reason>(i))) << Name(static_cast<Reason>(i));
  }
}

TEST(Quality, TheFirstRuleThatFailsIsTheReason) {
  EXPECT_EQ(Clean(Sets("fineweb,c4,gopher"), {"too short"}).reason, Reason::kGopherTop2Gram);
  EXPECT_EQ(Clean(Sets("c4,fineweb"), {"too short"}).reason, Reason::kC4Sentences);
}

TEST(Quality, TheTitleIsNotJudgedUnlessThereIsNothingElse) {
  EXPECT_EQ(Clean(Sets("gopher,c4,fineweb"), {"{lorem ipsum", Prose()}, 1).reason, Reason::kNone);
  EXPECT_EQ(Clean(Only(Reason::kC4CurlyBracket, Sets("c4")), {"This is { a title."}, 1).reason,
            Reason::kC4CurlyBracket);
}

TEST(Quality, OtherLineEndsAreLineEnds) {
  EXPECT_EQ(Clean(Only(Reason::kGopherDupLineFrac, Sets("gopher")), {Times(5, "A line.\r\n")}).reason,
            Reason::kGopherDupLineFrac);
  EXPECT_EQ(Clean(Only(Reason::kGopherDupLineFrac, Sets("gopher")), {Times(5, "A line.\r")}).reason,
            Reason::kGopherDupLineFrac);
}

TEST(Quality, PiecesAreParagraphs) {
  EXPECT_EQ(Clean(Only(Reason::kGopherDupParaFrac, Sets("gopher")), {"Title", "same", "same", "same"}, 1).reason,
            Reason::kGopherDupParaFrac);
}

// --- C4: lines -----------------------------------------------------------------------------------------------------

CleanOptions LinesOnly(std::string_view rules = "") {
  return Sets("c4", std::string("off = [\"c4_too_few_sentences\"]\n") + std::string(rules));
}

TEST(C4, DropsLinesAndCitations) {
  struct Case {
    std::string in, want;
    uint64_t spans;
  };
  for (const Case& c : std::vector<Case>{
           {"A line that stays.\nno stop here at all\nAnother line that stays!",
            "A line that stays.\nAnother line that stays!", 1},
           {"Too few.\nBut this is enough.", "But this is enough.", 1},
           {"This line has an ellipsis...\nThis line has none.", "This line has none.", 1},
           {"Please enable JavaScript to go on.\nThis line stays here.", "This line stays here.", 1},
           {"Read our Privacy Policy and more.\nThis site uses cookies for you.\nThis line stays here.",
            "This line stays here.", 2},
           {"It was so[12] and so [edit] then.", "It was so and so  then.", 2},
           {"It is [citation needed] known[] well.", "It is  known well.", 2},
           {"An array a[i] is not cited.", "An array a[i] is not cited.", 0},
           {std::string(1001, 'x') + " is too long.\nThis line stays here.", "This line stays here.", 1},
           {"  Kept as it is.  \n\nAnd this line, too.", "  Kept as it is.  \n\nAnd this line, too.", 0}}) {
    const Cleaned cleaned = Clean(LinesOnly(), {c.in});
    EXPECT_EQ(Name(cleaned.reason), "");
    EXPECT_THAT(cleaned.pieces, ElementsAre(c.want));
    EXPECT_EQ(cleaned.rewritten, c.spans > 0) << c.in;
    EXPECT_EQ(cleaned.counts.spans[static_cast<size_t>(Rewrite::kC4Lines)], c.spans) << c.in;
  }
}

TEST(C4, PiecesOfWhichNothingIsLeftGoUnlessTheyAreFields) {
  const std::vector<std::string> texts = {"A title", "no stop", "This line stays here.\nnot this", "nor this"};
  EXPECT_THAT(Clean(LinesOnly(), texts, 1, false).pieces, ElementsAre("A title", "This line stays here."));
  EXPECT_THAT(Clean(LinesOnly(), texts, 1, true).pieces, ElementsAre("A title", "", "This line stays here.", ""));
  EXPECT_THAT(Clean(LinesOnly(), {"A title without a stop"}, 1).pieces, ElementsAre("A title without a stop"));
}

TEST(C4, ThePhrasesAreFoundAcrossTheBlocksOfTheScan) {
  for (size_t before = 0; before < 130; ++before) {
    const std::string gap = std::string(before, 'a') + " b c ";
    EXPECT_EQ(Clean(LinesOnly(), {std::string(gap).append("lorem ipsum.")}).reason, Reason::kC4LoremIpsum) << before;
    EXPECT_EQ(Clean(LinesOnly(), {std::string(gap).append("{.")}).reason, Reason::kC4CurlyBracket) << before;
    for (const char* phrase : {"JAVASCRIPT", "Terms of Use", "privacy policy", "cookie policy", "uses cookies",
                               "use of cookies", "use cookies"}) {
      EXPECT_THAT(Clean(LinesOnly(), {std::string(gap).append(phrase).append(".\nA line that stays.")}).pieces,
                  ElementsAre("A line that stays."))
          << before << phrase;
    }
  }
}

TEST(C4, FinewebSeesWhatIsLeft) {
  const std::string text = Prose() + Times(8, "\nmenu");
  EXPECT_EQ(Clean(Only(Reason::kFinewebShortLine, Sets("fineweb")), {text}).reason, Reason::kFinewebShortLine);
  EXPECT_EQ(Clean(Only(Reason::kFinewebShortLine, Sets("c4,fineweb")), {text}).reason, Reason::kNone);
}

// Whether c4 had anything to cut must not matter to fineweb: blank lines are gone in both.
TEST(C4, FinewebSeesNoBlankLinesBehindIt) {
  std::string text;
  for (const std::string word :
       {"remarkable", "wonderful", "beautiful", "something", "elephants", "mountains", "landscapes", "sometimes"}) {
    if (!text.empty()) text += "\n\n";
    text.append(word).append(" remember practically everything.");
  }
  EXPECT_EQ(Clean(Sets("c4,fineweb"), {text}).reason, Clean(Sets("c4,fineweb"), {text + "[1]"}).reason);
}

TEST(Gopher, ManyParagraphsDoNotMakeItSlow) {
  std::string text;
  for (int i = 0; i < 1'000'000; ++i) text += "p" + std::to_string(i) + "\n\n";
  EXPECT_NE(Clean(Sets("gopher"), {text}).reason, Reason::kGopherDupParaFrac);
}

TEST(C4, CountsSentences) {
  struct Case {
    std::string text;
    uint64_t want;
  };
  for (const Case& c : std::vector<Case>{{"", 0},
                                         {"no stop", 1},
                                         {"One. Two. Three", 3},
                                         {"One.Two", 1},
                                         {"\"One.\" (Two!) Three?!", 3},
                                         {"See e.g. this. And 3.5 more.", 2},
                                         {"Wait... what? Yes.", 2},
                                         {"  . ", 1}}) {
    const std::string padded = c.text + std::string(64, '\0');
    EXPECT_EQ(clean::CountSentences(std::string_view(padded).substr(0, c.text.size())), c.want) << c.text;
  }
}

// --- explaining ----------------------------------------------------------------------------------------------------

TEST(Explain, TellsWhatEveryRuleOfTheSetsSawAlsoBehindTheFirstThatRejects) {
  const CleanOptions options = Sets("gopher,c4,fineweb", "off = [\"gopher_short_doc\"]");
  TextArena arena;
  std::vector<std::string_view> pieces = {arena.Copy("too short")};
  Cleaner::Text text{pieces, 0, true};
  const std::vector<RuleOutcome> outcomes = Cleaner(options).Explain(text, arena);
  std::vector<std::string> rejecting, all;
  for (const RuleOutcome& outcome : outcomes) {
    all.push_back(outcome.rule);
    if (outcome.rejects) rejecting.push_back(outcome.rule);
  }
  EXPECT_THAT(rejecting, ElementsAre("gopher_top_2_gram", "gopher_enough_stop_words", "c4_too_few_sentences",
                                     "fineweb_line_punct_ratio", "fineweb_short_line_ratio"));
  size_t rules = RulesInUse(options).size() + RewritesInUse(options).size();
  EXPECT_EQ(all.size(), rules);
}

}  // namespace
}  // namespace unecho::quality_test
