// Layout page: what comes out of whole, broken and glued pages. Invariants that hold for any bytes: segment_driver.h.
#include <gtest/gtest.h>

#include <cctype>

#include "support/page_builder.h"
#include "text/scan.h"

namespace unecho::page_test {
namespace {

// --- one mutation at a time, and several ---------------------------------------------------------------------------

struct Case {
  std::string name;
  std::string source;
  std::vector<Entry> want;
  std::vector<Reason> rejected;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

std::vector<Entry> Changed(size_t at, const Entry& entry) {
  std::vector<Entry> entries = Synthetic();
  entries[at] = entry;
  return entries;
}

std::vector<Case> Cases() {
  const std::vector<Entry> all = Synthetic();
  const Paragraphs page = Page(all);
  const size_t first = 5;  // paragraph of the first title
  std::vector<Case> cases;
  const auto add = [&](std::string name, std::string source, std::vector<Entry> want,
                       std::vector<Reason> rejected = {}) {
    cases.push_back({std::move(name), std::move(source), std::move(want), std::move(rejected)});
  };

  // Line ends and blanks.
  add("Plain", Join(page), all);
  add("FinalNewline", Join(page) + "\n", all);
  add("ManyNewlines", "\n\n" + Join(page, "\n\n\n\n") + "\n\n\n", all);
  add("CrLf", Join(page, "\r\n\r\n"), all);
  add("LoneCr", Join(page, "\r\r"), all);
  add("MixedLineEnds", Join(page, "\r\n\n"), all);
  add("BlankLinesHoldSpaces", Join(page, "\n \t \n"), all);
  add("LinesEndInSpaces", Join(page, "  \n\n"), all);
  add("LinesBeginWithSpaces", Join(page, "\n\n  "), all);
  add("NoBreakSpaceInBlankLines", Join(page, "\n\xC2\xA0\n"), all);
  add("Bom", std::string(kBom) + Join(page), all);
  add("BomCrLfSpaces", std::string(kBom) + Join(page, " \r\n \r\n "), all);
  add("NulBytes", Replace(Join(page), "Earlier work", std::string("Earlier\0work", 12)), [&] {
    auto want = all;
    for (Entry& e : want) e.body[0] = Replace(e.body[0], "Earlier work", std::string("Earlier\0work", 12));
    return want;
  }());

  // Furniture and dates.
  add("NoDate", Join(Page(all, "")), all);
  add("NoFurniture", Join(Paragraphs(page.begin() + first, page.end())), all);
  add("DateWithYear", Join(Page(all, "March 14, 2024")), all);
  add("FurnitureLinesWithoutGaps",
      Join({Join({page.begin(), page.begin() + first}, "\n"), Join({page.begin() + first, page.end()})}), all);
  add("ByAkWithSpace", Replace(Join(page), "byAK", "by AK"), all);
  add("FurnitureBetweenTitleAndBody", Join(With(page, first + 3, {"Subscribe"})), all);
  add("FurnitureBetweenEntries", Join(With(page, first + 4, {kHead[1], "Subscribe", kHead[3]})), all);
  add("FurnitureAtTheEnd", Join(With(page, page.size(), {"Subscribe", kHead[3]})), all);
  add("DateInTheMiddle", Join(With(page, first + 4, {"Mar 15"})), all);
  add("HeadInTheMiddle", Join(With(page, first + 4, page)), [&] {
    std::vector<Entry> want(all.begin(), all.begin() + 2);
    want.insert(want.end(), all.begin(), all.end());
    want.insert(want.end(), all.begin() + 2, all.end());
    return want;
  }());

  // Missing and additional paragraphs.
  for (size_t i = 0; i < all.size(); ++i) {
    add("AbstractMissing" + std::to_string(i), Join(Without(page, first + 2 * i + 1)), Changed(i, {all[i].title, {}}));
  }
  add("TwoAbstractsMissing", Join(Without(Without(page, first + 3), first + 1)), [&] {
    auto want = all;
    want[0].body.clear();
    want[1].body.clear();
    return want;
  }());
  add("FirstTitleMissing", Join(Without(page, first)), {all.begin() + 1, all.end()}, {Reason::kOrphanBody});
  add("TitlesOnly", Join([&] {
        Paragraphs titles = kHead;
        for (const Entry& e : all) titles.push_back(e.title);
        return titles;
      }()),
      [&] {
        auto want = all;
        for (Entry& e : want) e.body.clear();
        return want;
      }());
  add("TwoParagraphs", Join(With(page, first + 2, {Long("more sheep")})),
      Changed(0, {all[0].title, {all[0].body[0], Long("more sheep")}}));
  add("ShortSecondParagraph", Join(With(page, first + 2, {"We also release our code at https://example.org/sheep"})),
      Changed(0, {all[0].title, {all[0].body[0], "We also release our code at https://example.org/sheep"}}));
  add("ShortFirstParagraph", Join(With(page, first + 3, {"Counting is hard."})),
      Changed(1, {all[1].title, {"Counting is hard.", all[1].body[0]}}));
  add("ShortMiddleParagraph",
      Join(With(page, first + 4, {"We count twice. This is slower, but it is right.", Long("x")})),
      Changed(1, {all[1].title, {all[1].body[0], "We count twice. This is slower, but it is right.", Long("x")}}));
  for (const char* text : {"We study X.", "A short remark on sheep.", "This paper was withdrawn.",
                           "Code: https://example.org/x", "We present a dataset of sheep, collected over ten years"}) {
    for (size_t i : {size_t{0}, size_t{2}, all.size() - 1}) {
      Paragraphs changed = page;
      changed[first + 2 * i + 1] = text;
      add("ShortAbstract" + std::to_string(i) + text, Join(changed), Changed(i, {all[i].title, {text}}));
    }
  }
  add("AllAbstractsShort",
      Replace(Join(Page({{"A Title of Things", {"We study X."}},
                         {"Another Title", {"We look at Y. It is Z."}},
                         {"The Third One", {"This work is about sheep."}},
                         {"Fourth: The End", {"We conclude."}}})),
              "\n", "\r\n"),
      {{"A Title of Things", {"We study X."}},
       {"Another Title", {"We look at Y. It is Z."}},
       {"The Third One", {"This work is about sheep."}},
       {"Fourth: The End", {"We conclude."}}});
  add("AbstractEndsInUrl", Replace(Join(page), "at run time.", "at run time: https://example.org/fences/"), [&] {
    auto want = all;
    for (Entry& e : want) {
      e.body[0] = Replace(e.body[0], "at run time.", "at run time: https://example.org/fences/");
    }
    return want;
  }());

  // Titles of all kinds.
  const std::string very_long = "A Comprehensive Survey of " + std::string(200, 'x') + " and Their Uses";
  for (const char* title :
       {"Attention is all you need.", "Language models are few-shot learners.", "Is this a title?",
        "Counting, for Real This Time!", "What is New in Counting? A Survey. Part II", "X", "eCount: counting with e",
        "2 Sheep 2 Furious", "Effects of copper on memory in older adults: a randomized controlled trial.",
        "We Need to Talk about Fences", "Sheep vs. Wolves: Evidence from St. Ives",
        "A title with a list: one, two, three and four", "Learning $O(n^2)$ \\textgreater Guessing",
        "\xC3\x89tude sur les moutons \xC3\xA9lectriques", very_long.c_str()}) {
    Paragraphs changed = page;
    changed[first + 2] = title;
    add(std::string("Title") + title, Join(changed), Changed(1, {title, all[1].body}));
  }

  // Wrapped lines.
  for (size_t width : {size_t{24}, size_t{72}, size_t{80}}) {
    for (const char* line_end : {"\n", "\r\n", "\r"}) {
      const auto want = WrappedEntries(all, width, line_end);
      add("Wrapped" + std::to_string(width) +
              (line_end[0] == '\n'   ? "Lf"
               : line_end[1] == '\n' ? "CrLf"
                                     : "Cr"),
          Join(Page(want), std::string(line_end) + line_end), want);
    }
  }

  // Cut off.
  const std::string plain = Join(page);
  const std::string last = all.back().body[0];
  for (size_t left : {size_t{2}, size_t{8}, size_t{9}, size_t{20}, size_t{60}, size_t{200}, last.size() - 1}) {
    std::string part = last.substr(0, left);
    while (part.ends_with(' ')) part.pop_back();
    add("CutOffInTheBodyAfter" + std::to_string(left), plain.substr(0, plain.size() - last.size() + left),
        Changed(4, {all[4].title, {part}}));
  }
  add("CutOffBeforeTheBody", plain.substr(0, plain.size() - last.size()), Changed(4, {all[4].title, {}}));
  add("CutOffInTheTitle", plain.substr(0, plain.find(all[4].title) + 10), Changed(4, {all[4].title.substr(0, 10), {}}));

  // Glued by cat.
  const auto twice = [&](const Entry& end_of_first) {
    auto want = all;
    want.back() = end_of_first;
    want.insert(want.end(), all.begin(), all.end());
    return want;
  };
  add("Glued", plain + plain, twice(all[4]));
  add("GluedCrLf", Replace(plain + plain, "\n", "\r\n"), twice(all[4]));
  add("GluedWithBom", plain + std::string(kBom) + plain, twice(all[4]));
  add("GluedAfterNewline", plain + "\n" + plain, twice(all[4]));
  add("GluedAfterEmptyLine", plain + "\n\n" + plain, twice(all[4]));
  add("GluedAfterFurniture", plain + "\n\nSubscribe" + plain, twice(all[4]));
  add("GluedAfterDate", plain + "\n\nMar 20" + plain, twice(all[4]));
  add("GluedAfterTitle", plain.substr(0, plain.size() - last.size() - 2) + plain, twice({all[4].title, {}}));
  add("GluedAfterAFewWords", plain.substr(0, plain.size() - last.size() + 8) + plain,
      twice({all[4].title, {"We study"}}));
  add("GluedThrice", plain + plain + plain, [&] {
    auto want = twice(all[4]);
    want.insert(want.end(), all.begin(), all.end());
    return want;
  }());
  add("EndsInNewWithoutAHead", plain + " It is new\n\n" + Join({all[0].title, all[0].body[0]}), [&] {
    auto want = Changed(4, {all[4].title, {last + " It is new"}});
    want.push_back(all[0]);
    return want;
  }());

  // Several at once.
  add(
      "WrappedNoDateFurnitureCutOff",
      [&] {
        const auto want = WrappedEntries(all, 72, "\r\n");
        std::string text = Join(With(Page(want, ""), 7, {"Subscribe"}), "\r\n\t\r\n");
        return std::string(kBom) + text.substr(0, text.size() - 100);
      }(),
      [&] {
        auto want = WrappedEntries(all, 72, "\r\n");
        want[4].body[0].resize(want[4].body[0].size() - 100);
        return want;
      }());
  add("MissingAbstractThenFurnitureThenParagraphs",
      Join(With(Without(page, first + 1), first + 2, {"Subscribe", Long("a"), "Subscribe", Long("b")})), [&] {
        auto want = all;
        want[0].body.clear();
        want[1].body = {Long("a"), Long("b"), all[1].body[0]};
        return want;
      }());

  // What stands between, and changes from day to day.
  const auto between = [&](std::string_view before, std::string_view behind_title, std::string_view behind) {
    std::string text = Join(kHead) + "\n\nMar 14\n\n";
    for (const Entry& e : all) {
      text += std::string(before) + e.title + "\n\n" + std::string(behind_title);
      text += Join(e.body) + "\n\n" + std::string(behind);
    }
    return text;
  };
  add("LinksBetween", between("", "https://e.example/1\n\n", "https://e.example/1\n\n"), all);
  add("VotesAndAuthors", between("[-] 12\n\n", "", "[\n\n5 authors](https://e.example/1)\n\n\u00B7\n\nOct 1, 2024\n\n"),
      all);
  add("NumbersInTheFamily", between("1.2k\n\n", "", "12 authors \u00B7 2 days ago\n\n"), all);
  add("CountsBelowABodyWithoutAGap", Replace(between("", "", "END"), "\n\nEND", "\n- 3 authors\n\n"), all);
  add("WordsOfTheFamily", "Daily Papers\n\nModels\n\nhttps://e.example/m\n\nWeekly\n\n" + Join(Page(all)), all);
  add("WordsOfNoFamily", Join({"Models", Long("x"), "1984", Long("y")}),
      {{"Models", {Long("x")}}, {"1984", {Long("y")}}});
  add("FrontMatter", "---\ntitle: \"Papers\"\ntags:\n  - a\n---\n" + Join(Page(all)), all);
  add("FrontMatterWithoutAnEnd", "---\ntitle: papers\n\n" + Join(Page(all)), [&] {
    std::vector<Entry> want = all;
    want.insert(want.begin(), {"---\ntitle: papers", {}});
    return want;
  }());
  add("LinesBetweenDashes", "---\nwe say this: and\nthat is no key\n---\n\n" + Join(Page(all)), all,
      {Reason::kOrphanBody});

  // Nothing at all.
  add("Empty", "", {});
  add("OnlyBlanks", " \r\n\t\n", {});
  add("OnlyBom", std::string(kBom), {});
  add("OnlyHead", Join(kHead), {});
  add("OneTitle", "A Title of Things", {{"A Title of Things", {}}});
  add("OneBody", Long("x"), {}, {Reason::kOrphanBody});
  return cases;
}

class PageCase : public testing::TestWithParam<Case> {};

TEST_P(PageCase, GivesTheEntriesAndBalances) {
  const Case& c = GetParam();
  const Segmented out = SegmentPages(c.source);
  EXPECT_EQ(out.broken, "");
  EXPECT_EQ(Entries(out), c.want);
  EXPECT_EQ(Rejected(out), c.rejected);
  EXPECT_EQ(CheckAllSizes(GetLayout("page"), {}, c.source), "");
  EXPECT_EQ(CheckAllSizes(GetLayout("page"), Limit(100), c.source), "");
  EXPECT_EQ(CheckAllSizes(GetLayout("page"), Limit(3), c.source), "");
}

INSTANTIATE_TEST_SUITE_P(Mutations, PageCase, testing::ValuesIn(Cases()), [](const auto& param) {
  std::string name;
  for (char c : param.param.name) {
    if (std::isalnum(static_cast<unsigned char>(c))) name += c;
  }
  return std::to_string(param.index) + "_" + name.substr(0, 60);
});

}  // namespace
}  // namespace unecho::page_test
