#include "options/decisions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace unecho::decisions_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

enum class Answer : uint8_t { kNone, kSame, kDifferent };

absl::StatusOr<Decisions> Parse(std::string_view text, bool has_ids = false) {
  return Decisions::Parse(text, "pairs.csv", has_ids);
}

std::string ErrorOf(std::string_view text, bool has_ids = false) {
  return std::string(Parse(text, has_ids).status().message());
}

Answer Of(const Decisions& decisions, uint32_t group_a, uint32_t group_b) {
  if (group_a == 0 || group_b == 0) return Answer::kNone;
  if (group_a == group_b) return Answer::kSame;
  return std::ranges::count(decisions.DifferentFrom(group_a), group_b) > 0 ? Answer::kDifferent : Answer::kNone;
}

Answer OfRefs(const absl::StatusOr<Decisions>& read, std::string_view one, std::string_view other) {
  return Of(*read, read->GroupOfRef(one), read->GroupOfRef(other));
}

Answer OfIds(const absl::StatusOr<Decisions>& read, std::string_view one, std::string_view other) {
  return Of(*read, read->GroupOfId(one), read->GroupOfId(other));
}

constexpr char kTable[] =
    "decision,likeness,ref_1,ref_2,id_1,id_2,title_1,title_2\n"
    "same,.9,a#1,b#2,,,\"Fog, and more\",Fog\n"
    ",.9,a#1,b#3,,,x,y\n"
    "different,.5,a#1,c#4,,,\"Fog, and more\",y\n";

TEST(Decisions, ArePairsOfRefs) {
  const absl::StatusOr<Decisions> read = Parse(kTable);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(OfRefs(read, "a#1", "b#2"), Answer::kSame);
  EXPECT_EQ(OfRefs(read, "b#2", "a#1"), Answer::kSame);
  EXPECT_EQ(OfRefs(read, "a#1", "c#4"), Answer::kDifferent);
  EXPECT_EQ(OfRefs(read, "a#1", "b#3"), Answer::kNone);  // nothing is decided
  EXPECT_EQ(OfRefs(read, "x#1", "x#1"), Answer::kNone);
  EXPECT_EQ(read->num_same(), 1);
  EXPECT_EQ(read->num_different(), 1);
  ASSERT_EQ(read->names().size(), 3);
  EXPECT_EQ(read->names()[0].title, "Fog, and more");
  EXPECT_EQ(read->names()[2].line, 4);
}

TEST(Decisions, AreOfAllThatIsTheSame) {
  const absl::StatusOr<Decisions> read =
      Parse("decision,ref_1,ref_2\nsame,a#1,a#2\nsame,a#3,a#2\ndifferent,a#3,b#1\nsame,b#1,b#2\ndifferent,a#1,b#2\n");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(OfRefs(read, "a#1", "a#3"), Answer::kSame);
  EXPECT_EQ(OfRefs(read, "a#2", "b#2"), Answer::kDifferent);
  EXPECT_EQ(read->num_groups(), 2);
  EXPECT_THAT(read->DifferentFrom(1), ElementsAre(2));
  EXPECT_THAT(read->DifferentFrom(2), ElementsAre(1));
}

TEST(Decisions, ComeAsSpreadsheetsSaveThem) {
  for (const char* const text : {
           "\xef\xbb\xbf"
           "decision;ref_1;ref_2\r\nYES;a#1;b#2\r\nNo ;a#1;c#3\r\n",
           "sep=;\nDecision;Ref_1;Ref_2\ny;a#1;b#2\nn;a#1;c#3\n",
           "Ref_2\tnote\tref_1\tDECISION\nb#2\t\ta#1\tSame\nc#3\t\ta#1\tdifferent",
           "decision,ref_1,ref_2,,\n\"same\",\"a#1\",\"b#2\",,\n,,,,\ndifferent,a#1,c#3,,\n",
           "note,decision,ref_1,ref_2\n\"two\nlines\",same,a#1,b#2\nx,different,a#1,c#3\n",
       }) {
    const absl::StatusOr<Decisions> read = Parse(text);
    ASSERT_TRUE(read.ok()) << read.status() << text;
    EXPECT_EQ(OfRefs(read, "a#1", "b#2"), Answer::kSame) << text;
    EXPECT_EQ(OfRefs(read, "a#1", "c#3"), Answer::kDifferent) << text;
  }
}

TEST(Decisions, GoByIdsWhereTheRunHasSome) {
  const std::string text =
      "decision,ref_1,ref_2,id_1,id_2\nsame,a#1,b#2,17,x\nsame,a#5,b#5,8,8\ndifferent,a#6,b#6,9,\n";
  const absl::StatusOr<Decisions> by_ref = Parse(text), by_id = Parse(text, /*has_ids=*/true);
  ASSERT_TRUE(by_ref.ok() && by_id.ok());
  EXPECT_EQ(OfRefs(by_ref, "a#1", "b#2"), Answer::kSame);
  EXPECT_EQ(by_ref->GroupOfId("17"), 0);
  EXPECT_EQ(OfRefs(by_id, "a#1", "b#2"), Answer::kNone);
  EXPECT_EQ(OfIds(by_id, "17", "x"), Answer::kSame);
  EXPECT_EQ(OfRefs(by_id, "a#5", "b#5"), Answer::kSame);  // one id tells no two records apart
  EXPECT_EQ(OfRefs(by_id, "a#6", "b#6"), Answer::kDifferent);
}

TEST(Decisions, SayWhereTheyCannotBeMeant) {
  EXPECT_THAT(ErrorOf("decision,ref_1,ref_2\n,a#1,b#2\nmaybe,a#1,b#2\n"), HasSubstr("pairs.csv:3: 'maybe' is no dec"));
  EXPECT_THAT(ErrorOf("note,decision,ref_1,ref_2\n\"two\nlines\",,a#1,b#2\nx,perhaps,a#1,b#2\n"),
              HasSubstr("pairs.csv:4: 'perhaps'"));
  EXPECT_THAT(ErrorOf("decision,ref_1,ref_2\nsame,a#1,\n"), HasSubstr("pairs.csv:2: it names no two records"));
  EXPECT_THAT(ErrorOf("decision,ref_1,ref_2\nsame,a#1,a#1\n"), HasSubstr("pairs.csv:2: both records are a#1"));
  EXPECT_THAT(ErrorOf("decision,ref_1,ref_2\nsame,a#1,a#2\nno,a#2,a#1\n"), HasSubstr("pairs.csv:3: a#2 and a#1 are"));
  EXPECT_THAT(ErrorOf("decision,ref_1,ref_2\nno,a#1,a#3\nyes,a#1,a#2\nyes,a#2,a#3\n"),
              HasSubstr("pairs.csv:2: a#1 and a#3 are different here, and by other lines they are the same"));
  EXPECT_THAT(ErrorOf("title,text\na,b\n"), HasSubstr("it has no columns decision, ref_1 and ref_2"));
  EXPECT_THAT(ErrorOf(""), HasSubstr("it has no columns"));
  EXPECT_THAT(ErrorOf("decision,ref_1,ref_2\nsame,\"a#1,b#2\n"), HasSubstr("pairs.csv:2: a quote is never closed"));
  EXPECT_THAT(ErrorOf(std::string_view("\xff\xfe"
                                       "d\0e\0",
                                       6)),
              HasSubstr("UTF-16"));
  EXPECT_THAT(ErrorOf("decision,id_1,id_2\nsame,1,2\n"), HasSubstr("--id-field"));
  EXPECT_TRUE(Parse("decision,id_1,id_2\nsame,1,2\n", true).ok());
}

TEST(Decisions, KeepFormulasOutOfSpreadsheets) {
  for (const char* const value : {"=1+1", "+1", "-#12", "@x", "'=1", "''-1", "plain", "'quoted'", "", "1-2"}) {
    EXPECT_EQ(ValueOfCell(CellText(value)), value);
    EXPECT_THAT(CellText(value), testing::Not(testing::MatchesRegex("[=+@-].*"))) << value;
  }
  const absl::StatusOr<Decisions> read = Parse("decision,ref_1,ref_2\nsame,'-#1,'-#2\n");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(OfRefs(read, "-#1", "-#2"), Answer::kSame);
}

TEST(Decisions, KnowNamesThatATableHasChanged) {
  for (const char* const name :
       {"a  1", "b\t2", " c ", "d\r\n\r\ne", "\xc2\xa0=f", "\xc2\xa0'=g", "h\xff", "'", "i\x01j"}) {
    const std::string key = NameKey(name);
    EXPECT_EQ(NameKey(key), key);
    const absl::StatusOr<Decisions> read =
        Parse("decision,ref_1,ref_2,id_1,id_2\nsame,a#1,a#2,\"" + CellText(key) + "\",z\n", /*has_ids=*/true);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(OfIds(read, name, "z"), Answer::kSame) << name;
  }
  EXPECT_EQ(NameKey(" a \t b\xc2\xa0"), "a b");
  EXPECT_EQ(NameKey("\r\n"), "");
  EXPECT_EQ(OfRefs(Parse("decision,ref_1,ref_2\nno,a 1#1,b#1\n"), " a  1#1", "b#1"), Answer::kDifferent);
  // Two ids that are one in a table tell no two records apart.
  const absl::StatusOr<Decisions> read =
      Parse("decision,ref_1,ref_2,id_1,id_2\nsame,a#1,b#2,x y,x  y\n", /*has_ids=*/true);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(OfRefs(read, "a#1", "b#2"), Answer::kSame);
}

TEST(Decisions, HaveOneTitleForARef) {
  const std::string header = "decision,ref_1,ref_2,id_1,id_2,title_1,title_2\n";
  const absl::StatusOr<Decisions> read = Parse(
      header + "same,a#1,b#1,,,,Fog\nsame,a#1,b#2,,,Lamps of the north,\nsame,b#3,a#1,,,,\"LAMPS, of the North\"\n");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->names()[0].title, "Lamps of the north");
  EXPECT_EQ(read->names()[0].line, 2);
  EXPECT_EQ(read->names()[0].title_line, 3);
  EXPECT_THAT(ErrorOf(header + "same,a#1,b#1,,,Fog,\nno,b#2,a#1,,,,Lamps\n"),
              HasSubstr("pairs.csv:3: a#1 has the title 'Lamps' here, and 'Fog' in line 2"));
  EXPECT_TRUE(Parse(header + "same,a#1,b#1,x,y,Fog,\nsame,b#2,a#1,z,x,,Lamps\n", /*has_ids=*/true).ok());
}

TEST(Decisions, ReadIdsAsText) {
  EXPECT_EQ(TextOfId(R"("a \"b\" ü")"), "a \"b\" ü");
  EXPECT_EQ(TextOfId("17"), "17");
  EXPECT_EQ(TextOfId(""), "");
  EXPECT_EQ(TextOfId("\"a\xff\""), "a\xef\xbf\xbd");
}

}  // namespace
}  // namespace unecho::decisions_test
