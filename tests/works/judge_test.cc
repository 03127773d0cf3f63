#include "works/judge.h"

#include <gtest/gtest.h>

#include <string>

#include "oracle/plain_works.h"
#include "works/support.h"

namespace unecho::judge_test {
namespace {

constexpr auto kSame = Verdict::Answer::kSame, kUnsure = Verdict::Answer::kUnsure,
               kDifferent = Verdict::Answer::kDifferent;

// Both programs of the rule, and both orders.
void ExpectAnswer(const std::string& a, const std::string& b, Verdict::Answer answer) {
  const WorkFields x = FieldsOf(a), y = FieldsOf(b);
  EXPECT_EQ(Judged(x, y).answer, answer) << a << "\n" << b;
  EXPECT_EQ(Judged(y, x).answer, answer) << "the other way round\n" << a << "\n" << b;
  EXPECT_EQ(static_cast<int>(JudgePlainly(PlainWorkOf(x), PlainWorkOf(y)).answer), static_cast<int>(answer))
      << "plainly\n"
      << a << "\n"
      << b;
}

struct Pair {
  std::string a, b;
  Verdict::Answer answer;
};

const std::string kPaper =
    "title=Statins after ischemic stroke in the elderly|author=Smith, John|author=Doe, Anna|year=2010|in=Journal of "
    "Clinical Investigation|vol=12|no=3|p=314-320";
const std::string kTitle = "title=Statins after ischemic stroke in the elderly";

TEST(TheRule, TakesWhatFormatsWriteOtherwiseForTheSame) {
  const Pair pairs[] = {
      {kPaper, kPaper, kSame},
      {kPaper,
       "title=Statins After Ischaemic Stroke in the Elderly.|author=Smith J, Doe A|year=2010|in=J Clin "
       "Invest|vol=12|p=314-20",
       kSame},
      // Online first.
      {kPaper, kTitle + "|author=Smith, J|year=2009|in=J Clin Invest", kSame},
      // A title that was cut off, or is longer.
      {kPaper, "title=Statins after ischemic stroke|author=Smith, J|year=2010|in=J Clin Invest|vol=12|p=314-320",
       kSame},
      {kPaper, kTitle + ": a randomized trial|author=Smith, J|year=2010|in=J Clin Invest|vol=12|p=314", kSame},
      // The last page by its suffix.
      {kTitle + "|author=Smith J|year=2010|in=Blood|vol=12|p=t-20",
       kTitle + "|author=Smith J|year=2010|in=Blood|vol=12|p=e1-20", kSame},
      // A supplement that is numbered in two ways.
      {kTitle + "|author=Smith J|year=2010|in=Blood|vol=1)|p=314-320",
       kTitle + "|author=Smith J|year=2010|in=Blood|vol=30|p=314-320", kSame},
      {kTitle + "|author=Smith J|year=2010|in=Blood|vol=7|p=314-320",
       kTitle + "|author=Smith J|year=2010|in=Blood|vol=30|no=7|p=314-320", kSame},
      // Translations.
      {"title=[Treatment of malaria in children]. [Spanish]|author=Smith J|year=2010|in=Rev Clin|vol=3|p=5-9",
       "title=Treatment of malaria in children|author=Smith J|year=2010|in=Revista Clinica|vol=3|p=5-9", kSame},
      {"title=Tratamiento de la malaria en ninos|author=Smith J|year=2010|in=Rev Clin|vol=3|p=5-9",
       "title=[Treatment of malaria in children]|author=Smith J|year=2010|in=Revista Clinica|vol=3|p=5-9", kSame},
      // Words that are joined, parted, or misspelled.
      {"title=Low grade glioma in young adults|author=Smith J", "title=Lowgrade glioma in young adluts|author=Smith J",
       kSame},
      // Greek letters, markup, numbers.
      {"title=TNF-α in <i>H. pylori</i> type two|author=Müller, K",
       "title=TNF-alpha in H. pylori type II|author=Mueller, Karl", kSame},
      // Containers by their initials.
      {kTitle + "|author=Smith J|year=2010|in=CMAJ",
       kTitle + "|author=Smith J|year=2009|in=Canadian Medical Association Journal", kSame},
      {kTitle + "|author=Smith J|year=2010|in=Natl Med", kTitle + "|author=Smith J|year=2009|in=National Medicine",
       kSame},
      // Names.
      {kTitle + "|author=Le Quintrec, M.", kTitle + "|author=Le, Quintrec M.", kSame},
      {kTitle + "|author=Smith J|author=Doe A", kTitle + "|author=Doe, Anna|author=Roe, B|author=Poe, C", kSame},
      {"title=Лечение малярии у детей в Африке|author=Иванов, А.",
       "title=Лечение маларии у детей в Африке|author=Иванов А", kSame},
      // Titles that stand alone.
      {kTitle, kTitle, kSame},
      {kTitle, kPaper, kSame},
      {"title=日本における小児マラリア治療", "title=日本における小児マラリア治療", kSame},
  };
  for (const Pair& each : pairs) ExpectAnswer(each.a, each.b, each.answer);
}

TEST(TheRule, TellsWorksApart) {
  const Pair pairs[] = {
      // Another kind.
      {kPaper,
       "title=Erratum: Statins after ischemic stroke in the elderly|author=Smith, John|year=2010|in=J Clin "
       "Invest|vol=12|p=900",
       kDifferent},
      {kPaper, kTitle + " (vol 12, pg 314, 2010)|author=Smith, John|year=2010|in=J Clin Invest", kDifferent},
      {kPaper, "title=Reply: Statins after ischemic stroke in the elderly|author=Smith J", kDifferent},
      {kPaper, "title=Comment on statins after ischemic stroke in the elderly|author=Smith J", kDifferent},
      {kPaper,
       "title=Retracted: Statins after ischemic stroke in the elderly|author=Smith, John|author=Doe, "
       "Anna|year=2010|in=Journal of Clinical Investigation|vol=12|no=3|p=314-320",
       kUnsure},
      // Another edition.
      {"title=Handbook of clinical statistics|author=Smith J|ch=1",
       "title=Handbook of clinical statistics|author=Smith J|ch=2", kDifferent},
      {"title=Handbook of clinical statistics|author=Smith J|ch=1|p=3-9",
       "title=Handbook of clinical statistics|author=Smith J|year=2000", kDifferent},
      {"title=Handbook of clinical statistics|author=Smith J|ch=1|p=3-9",
       "title=Handbook of clinical statistics|author=Smith J|p=3-9|year=2000", kSame},
      {"title=Handbook of clinical statistics|author=Smith J|ed=2nd",
       "title=Handbook of clinical statistics|author=Smith J|ed=3", kDifferent},
      {"title=Handbook of clinical statistics|author=Smith J|ed=2nd",
       "title=Handbook of clinical statistics|author=Smith J", kSame},
      // Parts, numbers, and words that make another work.
      {"title=Malaria in small children, part 1|author=Smith J",
       "title=Malaria in small children, part II|author=Smith J", kDifferent},
      {"title=Malaria in small children, part 1|author=Smith J", "title=Malaria in small children|author=Smith J",
       kDifferent},
      {"title=Malaria in 2009 and after it|author=Smith J", "title=Malaria in 2010 and after it|author=Smith J",
       kDifferent},
      {"title=Effect of beta blockers on cells in vivo|author=Smith J",
       "title=Effect of beta blockers on cells in vitro|author=Smith J", kDifferent},
      {kTitle + "|author=Smith J", kTitle + ": protocol|author=Smith J", kDifferent},
      {kTitle + "|author=Smith J", kTitle + ": an update|author=Smith J", kDifferent},
      // Years.
      {kTitle + "|author=Smith J|year=2008|in=Blood", kTitle + "|author=Smith J|year=2010|in=Blood", kDifferent},
      {kTitle + "|author=Smith J|year=2009", kTitle + "|author=Smith J|year=2010", kUnsure},
      // Volumes, pages, containers.
      {kTitle + "|author=Smith J|year=2010|in=Blood|vol=3", kTitle + "|author=Smith J|year=2010|in=Blood|vol=4",
       kUnsure},
      {kTitle + "|author=Smith J|year=2010|p=5-9", kTitle + "|author=Smith J|year=2010|p=15-19", kUnsure},
      {kTitle + "|author=Smith J|year=2010|in=Blood|vol=3", kTitle + "|author=Smith J|year=2010|in=Nature|vol=3",
       kUnsure},
      // But a page is overruled where all else agrees, unless one of the two alone is one page.
      {kTitle + "|author=Smith J|year=2010|in=Blood|vol=3|p=5-9",
       kTitle + "|author=Smith J|year=2010|in=Blood|vol=3|p=15-19", kSame},
      // A column of the next issue.
      {"title=Fog notes|author=Smith J|year=2010|in=Blood|vol=3|no=1|p=5-9",
       "title=Fog notes|author=Smith J|year=2010|in=Blood|vol=3|no=2|p=85-89", kUnsure},
      {"title=Fog notes|author=Smith J|year=2010|in=Blood|vol=3|no=1|p=5-9",
       "title=Fog notes|author=Smith J|year=2010|in=Blood|vol=3|p=85-89", kSame},
      {kTitle + "|author=Smith J|year=2010|in=Blood|vol=3|no=1|p=5-9",
       kTitle + "|author=Smith J|year=2010|in=Blood|vol=3|no=2|p=85-89", kSame},
      {kTitle + "|author=Smith J|year=2010|in=Blood|vol=3|p=5-5",
       kTitle + "|author=Smith J|year=2010|in=Blood|vol=3|p=15-19", kUnsure},
      {kTitle + "|author=Smith J|year=2010|in=Blood|vol=3|p=5-9",
       kTitle + "|author=Smith J|year=2010|in=Blood|vol=4|p=5-9", kSame},
      // Other authors.
      {kTitle + "|author=Smith J", kTitle + "|author=Roe B", kDifferent},
      {kTitle + "|author=Smith, John", kTitle + "|author=Smith, Mary", kDifferent},
      {"title=Лечение малярии у детей в Африке|author=Иванов, А.",
       "title=Лечение малярии у детей в Африке|author=Иванов, П.", kDifferent},
      {"title=日本における小児マラリア治療|author=王小明", "title=日本における小児マラリア治療|author=李大山",
       kDifferent},
      // Recurring titles.
      {"title=Editorial|author=Smith J|year=2010|in=Lancet", "title=Editorial|author=Smith J|year=2010|in=Lancet",
       kUnsure},
      {"title=Editorial|author=Smith J|year=2010|in=Lancet|vol=3|p=11-12",
       "title=Editorial|author=Smith J|year=2010|in=Lancet|vol=3|p=11", kSame},
      {"title=Book reviews|year=2010|in=Lancet|vol=3|p=11", "title=Book reviews|year=2010|in=Lancet|vol=3|p=14",
       kUnsure},
      // Titles that stand alone: a word that is another one, and short ones.
      {kTitle, "title=Statins before ischemic stroke in the elderly", kDifferent},
      {"title=Statins after ischemic stroke in adults", "title=Statins after ischemic stroke in adolescents",
       kDifferent},
      {"title=Query plans revised", "title=Query plans revised", kUnsure},
      {"title=Tomato soup", "title=Potato soup", kDifferent},
      // No title.
      {"author=Smith J|year=2010|vol=3|p=5", "author=Smith J|year=2010|vol=3|p=5", kUnsure},
      {"author=Smith J|year=2010", "author=Smith J|year=2010", kDifferent},
      {"", "", kDifferent},
  };
  for (const Pair& each : pairs) ExpectAnswer(each.a, each.b, each.answer);
}

TEST(TheRule, BelievesAnIdIfTheTitleDoesNotSayOtherwise) {
  const std::string doi = "|doi=10.1000/abc", other = "|doi=10.1000/xyz";
  const Pair pairs[] = {
      {kPaper + "|doi=https://doi.org/10.1000/ABC.", "title=Statins in stroke of the elderly" + doi, kSame},
      // A whole meeting may have one.
      {"title=Malaria in small children" + doi, "title=Query plans of parallel databases" + doi, kUnsure},
      {kPaper + doi, kPaper + other, kUnsure},
      {kTitle + "|author=Smith J" + doi, kTitle + "|author=Smith J" + other, kDifferent},
      {kTitle + "|pmid=19179316", kTitle + "|pmid=19179317", kDifferent},
      {kTitle + "|pmid=19179316" + doi, kTitle + "|pmid=19179316" + other, kUnsure},
      {kTitle + "|pmid=19179316" + doi, kTitle + "|pmid=19179316", kSame},
      {kTitle + "|year=2001" + doi, kTitle + "|year=2010" + doi, kSame},
      {kTitle + "|year=2001" + doi, "title=Statins in stroke of the elderly|year=2010" + doi, kUnsure},
      {"title=" + doi, kTitle + doi, kUnsure},
      {kTitle + doi, "title=Erratum: Statins after ischemic stroke in the elderly" + doi, kDifferent},
  };
  for (const Pair& each : pairs) ExpectAnswer(each.a, each.b, each.answer);
}

TEST(TheRule, ReadsAbstracts) {
  const auto text = [](int begin, int end) {
    std::string words = "|abstract=";
    for (int i = begin; i < end; ++i) words += "w" + std::to_string(i) + " ";
    return words;
  };
  const Pair pairs[] = {
      {"title=Malaria in small children" + text(0, 100), "title=Malaria in children" + text(10, 110), kSame},
      {kTitle + text(0, 100), kTitle + text(100, 200), kUnsure},
      {kTitle + text(0, 100), kTitle + text(0, 10), kSame},  // too short to be compared
      {kTitle + text(0, 100), "title=Query plans" + text(0, 100), kDifferent},
      {"title=Editorial" + text(0, 100), "title=Editorial" + text(0, 100), kSame},
  };
  for (const Pair& each : pairs) ExpectAnswer(each.a, each.b, each.answer);
}

TEST(TheRule, NamesTheSignsThatAgree) {
  const auto agreeing = [](const std::string& a, const std::string& b) {
    const Verdict verdict = Judged(FieldsOf(a), FieldsOf(b));
    std::string names;
    for (size_t i = 0; i < kNumSigns; ++i) {
      if ((verdict.agreeing() >> i & 1) != 0) names += std::string(Name(static_cast<Sign>(i))) + " ";
    }
    return names;
  };
  EXPECT_EQ(agreeing(kPaper, kPaper), "title year volume number pages authors container ");
  EXPECT_EQ(agreeing(kPaper, kTitle), "title ");
  EXPECT_EQ(agreeing("doi=10.1000/x|pmid=12345|isbn=0-306-40615-2", "doi=10.1000/x|pmid=12345|isbn=9780306406157"),
            "doi pmid isbn ");
  EXPECT_EQ(agreeing("in=JAMA|isbn=0098-7484", "in=Archives of surgery|issn=1538-3598; 0098-7484"), "container ");
  const PlainVerdict plain = JudgePlainly(PlainWorkOf(FieldsOf(kPaper)), PlainWorkOf(FieldsOf(kTitle + " 2|vol=13")));
  ASSERT_EQ(plain.signs.size(), kNumSigns);
  EXPECT_EQ(plain.signs[0].Word(), "agrees");
  EXPECT_EQ(plain.signs[5].Word(), "against");
  EXPECT_EQ(plain.signs[5].record + " " + plain.signs[5].kept, "12 13");
  EXPECT_EQ(plain.signs[1].Word(), "missing");
  EXPECT_EQ(plain.signs[13].name, "numbers");
  EXPECT_EQ(plain.signs[13].record + "/" + plain.signs[13].kept, "/2");
}

TEST(TheRule, CountsPages) {
  const auto pages = [](const std::string& a, const std::string& b) {
    return int{Judged(FieldsOf("p=" + a), FieldsOf("p=" + b))[Sign::kPages]};
  };
  EXPECT_EQ(pages("314-320", "314-20"), 2);
  EXPECT_EQ(pages("1919-1920", "1919-1920"), 1);
  EXPECT_EQ(pages("1919-1921", "1919-1921"), 2);
  EXPECT_EQ(pages("99-100", "99-100"), 1);
  EXPECT_EQ(pages("99-101", "99-101"), 2);
  EXPECT_EQ(pages("9-20", "9-20"), 2);
  EXPECT_EQ(pages("5-5", "5-5"), 1);
  EXPECT_EQ(pages("5", "5-9"), 1);
  EXPECT_EQ(pages("3-9", "5-9"), 1);
  EXPECT_EQ(pages("5-9", "15-19"), -1);
  EXPECT_EQ(pages("S5", "5"), 1);
  EXPECT_EQ(pages("S5", "T5"), -1);
  EXPECT_EQ(pages("e1001", "7-9"), 0);
  EXPECT_EQ(pages("1-9", "5-7"), 0);
  EXPECT_EQ(pages("1-9", "1-9"), 2);
  EXPECT_EQ(pages("1", "1"), 0);
  EXPECT_EQ(pages("", "1"), 0);
}

TEST(TheRule, FindsTitlesLike) {
  const auto likeness = [](const std::string& a, const std::string& b) {
    return Judged(FieldsOf("title=" + a), FieldsOf("title=" + b)).likeness;
  };
  EXPECT_EQ(likeness("malaria", "malaria"), 1);
  EXPECT_EQ(likeness("malaria", "stroke"), 0);
  EXPECT_EQ(likeness("", ""), 0);
  EXPECT_EQ(likeness("abcd wxyz", "abcd"), 8.0 / 12);
  EXPECT_EQ(likeness("abcd", "abcde"), 1);
  EXPECT_EQ(likeness("abdc", "abcd"), 1);
  EXPECT_EQ(likeness("abc", "abd"), 0);      // too short
  EXPECT_EQ(likeness("bbcd", "abcd"), 0);    // the first letter
  EXPECT_EQ(likeness("abcd1", "abcd2"), 0);  // a digit
  EXPECT_EQ(likeness("abcdef", "abefcd"), 0);
  EXPECT_EQ(likeness("low grade", "lowgrade"), 1);
  EXPECT_EQ(likeness("мира тоже", "мира"), 8.0 / 12);  // letters, not bytes
  EXPECT_EQ(likeness("мирный", "мирнай"), 1);
}

}  // namespace
}  // namespace unecho::judge_test
