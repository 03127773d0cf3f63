// A good run in which one thing has been changed afterwards: the auditor finds it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

#include "support/audit_world.h"

namespace unecho::tampering_test {
namespace {

using testing::Contains;
using testing::HasSubstr;

TEST_F(AuditWorld, FindsEveryChangedByteOfTheProvenance) {
  const std::string good = Lines(world_.provenance);
  for (size_t i = 0; i < good.size(); ++i) {
    for (const int change : {1, 0x20}) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ change);
      Write("provenance.jsonl", bad);
      ASSERT_TRUE(IsFound()) << "byte " << i << " ^ " << change << ": ..." << bad.substr(i < 40 ? 0 : i - 40, 80);
    }
  }
}

TEST_F(AuditWorld, FindsEveryChangedByteOfTheCorpus) {
  const std::string good = Lines(world_.corpus);
  for (size_t i = 0; i < good.size(); ++i) {
    for (const int change : {1, 0x20}) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ change);
      Write("corpus.jsonl", bad);
      ASSERT_TRUE(IsFound()) << "byte " << i << " ^ " << change << ": ..." << bad.substr(i < 40 ? 0 : i - 40, 80);
    }
  }
}

TEST_F(AuditWorld, FindsEveryCutOffEnd) {
  for (const auto& [path, good] :
       {std::pair("provenance.jsonl", Lines(world_.provenance)), std::pair("corpus.jsonl", Lines(world_.corpus))}) {
    for (size_t size = 0; size < good.size(); size += 7) {
      Write(path, good.substr(0, size));
      ASSERT_TRUE(IsFound()) << path << " of " << size << " bytes";
    }
    Write(path, good.substr(0, good.size() - 1));
    EXPECT_TRUE(IsFound()) << path;
    Write(path, good + "\n");
    EXPECT_TRUE(IsFound()) << path;
    Write(path, good);
  }
}

TEST_F(AuditWorld, FindsDroppedRepeatedAndSwappedLines) {
  for (const auto& [path, good] :
       {std::pair("provenance.jsonl", world_.provenance), std::pair("corpus.jsonl", world_.corpus)}) {
    for (size_t i = 0; i < good.size(); ++i) {
      std::vector<std::string> bad = good;
      bad.erase(bad.begin() + static_cast<std::ptrdiff_t>(i));
      Write(path, Lines(bad));
      EXPECT_TRUE(IsFound()) << path << " without line " << i + 1;
      bad = good;
      bad.insert(bad.begin() + static_cast<std::ptrdiff_t>(i), good[i]);
      Write(path, Lines(bad));
      EXPECT_TRUE(IsFound()) << path << " with line " << i + 1 << " twice";
      if (i == 0) continue;
      bad = good;
      std::swap(bad[i - 1], bad[i]);
      Write(path, Lines(bad));
      EXPECT_TRUE(IsFound()) << path << " with lines " << i << " and " << i + 1 << " swapped";
    }
    Write(path, Lines(good));
  }
}

TEST_F(AuditWorld, NamesTheOneLineThatIsMissingFromTheCorpusOrTooMany) {
  std::vector<std::string> bad = world_.corpus;
  bad.erase(bad.begin() + 1);
  Write("corpus.jsonl", Lines(bad));
  EXPECT_THAT(Run().violations, testing::ElementsAre("a.jsonl#3: is kept but not in the corpus"));
  bad = world_.corpus;
  bad.insert(bad.begin() + 2, R"({"title":"smuggled in"})");
  Write("corpus.jsonl", Lines(bad));
  EXPECT_THAT(Run().violations, testing::ElementsAre("corpus line 3: belongs to no kept record in turn"));
  bad = world_.corpus;
  bad[2] = R"({"title":"changed"})";
  Write("corpus.jsonl", Lines(bad));
  EXPECT_THAT(Run().violations, testing::ElementsAre("a.jsonl#11: corpus line 3 is not its text"));
}

struct Tampering {
  const char* name;
  size_t line;  // of the provenance, from 1
  const char* from;
  const char* to;
  const char* violation;
};

void PrintTo(const Tampering& tampering, std::ostream* out) { *out << tampering.name; }

class AuditTampering : public AuditWorld, public testing::WithParamInterface<Tampering> {};

TEST_P(AuditTampering, IsFound) {
  const Tampering& t = GetParam();
  std::string& line = world_.provenance.at(t.line - 1);
  const size_t at = line.find(t.from);
  ASSERT_NE(at, std::string::npos) << line;
  line.replace(at, std::string_view(t.from).size(), t.to);
  Write("provenance.jsonl", Lines(world_.provenance));
  options_.corpus.clear();  // what the provenance says must do
  EXPECT_THAT(Run().violations, Contains(HasSubstr(t.violation)));
}

INSTANTIATE_TEST_SUITE_P(
    Claims, AuditTampering,
    testing::ValuesIn(std::vector<Tampering>{
        {"OtherSimilarity", 4, "0.882353", "0.882354", "its similarity to a.jsonl#3 is 0.882353, not 0.882354"},
        {"SimilarityWithMoreDigits", 4, "0.882353", "0.8823530", "its similarity"},
        {"SimilarityAsText", 4, "0.882353", "\"0.882353\"", "its similarity"},
        {"OtherWitness", 4, "a.jsonl#3", "a.jsonl#1", "its similarity to a.jsonl#1 is 0.000000"},
        {"WitnessInAnotherSource", 4, "a.jsonl#3", "c.txt#1", "does not come before it in the order of --keep first"},
        {"WitnessIsRemoved", 20 - 1, "c.txt#1\",\"sim", "a.jsonl#2\",\"sim", "its witness a.jsonl#2 is not kept"},
        {"WitnessIsRejected", 4, "a.jsonl#3\",\"sim", "a.jsonl#5\",\"sim", "its witness a.jsonl#5 is not kept"},
        {"WitnessDoesNotExist", 4, "a.jsonl#3\",\"sim", "a.jsonl#99\",\"sim",
         "its witness is no record of these inputs"},
        {"WitnessIsItself", 4, "a.jsonl#3\",\"sim", "a.jsonl#4\",\"sim", "is not kept"},
        {"NearSaidToBeExact", 4, "near", "exact", "is exact but its tokens differ"},
        {"ExactSaidToBeNear", 2, "exact", "near", "is near but its tokens equal"},
        {"RemovedSaidToBeKept", 2, "\"exact\",\"witness\":\"a.jsonl#1\",\"similarity\":1.000000", "\"kept\"",
         "is kept although its tokens equal those of a.jsonl#1"},
        {"KeptSaidToBeRejected", 1, "\"kept\"", "\"rejected\",\"reason\":\"empty\",\"line\":1",
         "is rejected as empty without cause"},
        {"RejectedSaidToBeKept", 9, "\"rejected\",\"reason\":\"empty\",\"line\":11", "\"kept\"",
         "is kept and should be rejected as empty"},
        {"InvalidSaidToBeKept", 5, "\"rejected\",\"reason\":\"invalid_json\",\"line\":7", "\"kept\"",
         "is kept and should be rejected as invalid_json"},
        {"OtherReason", 7, "no_match_field", "field_not_string",
         "is rejected as field_not_string; the reason is no_match_field"},
        {"UnknownReason", 7, "no_match_field", "bad_mood", "rejected for no known reason"},
        {"OtherLine", 7, "\"line\":9", "\"line\":8", "should say"},
        {"OtherId", 1, "\"id\":17", "\"id\":18", "should say"},
        {"IdAsText", 1, "\"id\":17", "\"id\":\"17\"", "should say"},
        {"OtherSnapshot", 13, "\"snapshot\":\"Mar 14\"", "\"snapshot\":\"Mar 15\"", "should say"},
        {"NoSnapshot", 13, ",\"snapshot\":\"Mar 14\"", "", "should say"},
        {"AnotherMember", 1, "}", ",\"note\":1}", "should say"},
        {"AnotherOrder", 1, "\"ordinal\":1,\"offset\":0", "\"offset\":0,\"ordinal\":1", "should say"},
        {"ASpace", 1, "\"ordinal\":1", "\"ordinal\": 1", "should say"},
        {"OtherOrdinal", 1, "\"ordinal\":1", "\"ordinal\":2", "should say"},
        {"OtherRef", 1, "a.jsonl#1", "a.jsonl#2", "should say"},
        {"UnknownSource", 1, "\"source\":\"a.jsonl\"", "\"source\":\"z.jsonl\"",
         "names a source that is not among the inputs"},
        {"ShorterSpan", 2, "\"bytes\":133", "\"bytes\":132", "does not end where text ends"},
        {"EmptySpan", 2, "\"bytes\":133", "\"bytes\":0", "does not end where text ends"},
        {"SpanBehindTheEnd", 11, "\"bytes\":23", "\"bytes\":2300000", "ends behind the source"},
        {"SpanOfHugeOffset", 11, "\"bytes\":23", "\"bytes\":18446744073709551615", "ends behind the source"},
        {"KeptSaidToBeOrphan", 14, "\"kept\"", "\"rejected\",\"reason\":\"orphan_body\",\"line\":17",
         "is no orphan: a title comes before it on its page"},
        {"OrphanSaidToBeKept", 12, "\"rejected\",\"reason\":\"orphan_body\",\"line\":9", "\"kept\"",
         "is kept and should be rejected as orphan_body"},
    }),
    [](const auto& param) { return std::string(param.param.name); });

TEST_F(AuditWorld, FindsSpansThatAreCutOrJoined) {
  // The body of a page record is left out: it belongs to nothing.
  Source page = PageSource();
  Entry& second = page.entries[2];
  page.entries[3].before = second.raw.substr(12) + page.entries[3].before;
  second.raw.resize(12);
  Use(Build({JsonlSource(), page, LineSource()}));
  EXPECT_THAT(Run().violations, Contains(HasSubstr("belongs to no record")));
  // Two lines are one record.
  Source lines = LineSource();
  lines.entries[0].raw += lines.entries[1].before + lines.entries[1].raw;
  lines.entries.erase(lines.entries.begin() + 1);
  Use(Build({JsonlSource(), PageSource(), lines}));
  EXPECT_THAT(Run().violations, Contains(HasSubstr("is more than one record")));
  // A record takes the furniture behind it.
  page = PageSource();
  page.entries[4].raw += "\n\nSubscribe";
  page.tail = "\n";
  Use(Build({JsonlSource(), page, LineSource()}));
  EXPECT_THAT(Run().violations, Contains(HasSubstr("does not end where text ends")));
  // Two pages are one record.
  page = PageSource();
  page.entries[2].raw += page.entries[3].before + page.entries[3].raw;
  page.entries.erase(page.entries.begin() + 3);
  Use(Build({JsonlSource(), page, LineSource()}));
  EXPECT_THAT(Run().violations, Contains(HasSubstr("reaches into the next page")));
}

}  // namespace
}  // namespace unecho::tampering_test
