// Engine yaml: where the records of a document are, what belongs to one, and what happens to what is no YAML.
#include <gmock/gmock.h>

#include "layouts/sniff.h"
#include "layouts/yaml_quotes.h"
#include "support/records_of.h"

namespace unecho::yaml_test {
namespace {

const Layout& Yaml() { return GetLayout("yaml"); }

// A value in mappings in each other, each of which has an anchor.
std::string InAnchors(int levels, const std::string& value) {
  std::string out = value;
  while (levels-- > 0) out = "&a" + std::to_string(levels) + " {k: " + out + "}";
  return out;
}

const Got kMalformed{"", "", Reason::kMalformed}, kOrphan{"", "", Reason::kOrphanBody};

class YamlRecords : public testing::TestWithParam<RecordsCase> {};
TEST_P(YamlRecords, AreItemsOrMembers) { EXPECT_EQ(RecordsOf(Yaml(), GetParam().source), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(
    Documents, YamlRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"Empty", "", {}},
        {"NoList", "title: A\nabstract: b\n", {}},
        {"List", "- title: A\n  abstract: b\n- title: C\n  abstract: d\n", {{"A", "b"}, {"C", "d"}}},
        {"ListUnderAKey", "papers:\n- title: A\n  abstract: b\n- title: C\nlast: 1\n", {{"A", "b"}, {"C", ""}}},
        {"ListUnderAKeyIndented",
         "meta:\n  - x\n  - y\npapers:\n    - title: A\n      abstract: b\n    - title: C\n",
         {{"A", "b"}, {"C", ""}}},
        {"ListsUnderSeveralKeys",
         "2024:\n  - title: A\n    abstract: b\n2023:\n  - title: C\n    abstract: d\n",
         {{"A", "b"}, {"C", "d"}}},
        {"Mapping",
         "papers:\n  K0:\n    author:\n      - first: Ann\n    title: A\n    title_html: A <i>x</i>\n    abstract: >\n"
         "      b\n  K1:\n    title: C\n    abstract: d\n",
         {{"A", "b"}, {"C", "d"}}},
        {"MappingWithoutAKeyAbove",
         "K0:\n  title: A\n  abstract: b\nK1:\n  title: C\n  abstract: d\n",
         {{"A", "b"}, {"C", "d"}}},
        {"BlockScalars",
         "- title: >-\n    A\n    a\n  abstract: |\n    # no comment\n    - no item\n    title: no key\n\n    more\n- "
         "title: C\n",
         {{"A a", "# no comment\n- no item\ntitle: no key\n\nmore"}, {"C", ""}}},
        {"Quotations",
         "- title: 'It''s'\n  abstract: \"b: \\u00e9\\\n    c\n    d\"\n- title: \"C\"\n",
         {{"It's", "b: \u00E9c d"}, {"C", ""}}},
        {"ListsInItems",
         "program:\n  - session: S\n    talks:\n      - title: A\n        abstract: b\n  - talks:\n      - title: C\n"
         "        abstract: d\n    session: T\n",
         {{"A", "b"}, {"C", "d"}}},
        {"ListsInItemsThatAreRecords",
         "- title: A\n  abstract: b\n  reviews:\n  - title: x\n    text: e f g h i j k l\n- title: C\n  abstract: d\n",
         {{"A", "b\nx\ne f g h i j k l"}, {"C", "d"}}},
        {"FlowStyle", "- {title: A, abstract: b}\n- {title: C, abstract: [d, e]}\n", {{"A", "b"}, {"C", "d\ne"}}},
        {"Comments",
         "# head\n---\n# more\n- title: A # behind\n  # inside\n  abstract: b\n# between\n\n- title: C\n...\n# end\n",
         {{"A", "b"}, {"C", ""}}},
        {"LineEnds", "\xEF\xBB\xBF- title: A\r\n  abstract: b\r\n- title: C\r\n", {{"A", "b"}, {"C", ""}}},
        {"OtherNames", "- q: what\n  n: 7\n- q: who\n  n: 8\n", {{"", "what\n7"}, {"", "who\n8"}}},
        {"NumbersAsWritten",
         "- title: 2401.10\n  abstract: 007\n- title: 12\n  abstract: x\n",
         {{"2401.10", "007"}, {"12", "x"}}},
        {"AColonInATitle",
         "- title: A: B\n  abstract: c\n- title: D\n  abstract: We say: e\n    and f\n  url: x\n",
         {{"A: B", "c"}, {"D", "We say: e and f"}}},
        {"MarksInTitles",
         "- title: *A* of `B`\n  abstract: c\n- title: [D] E\n  abstract: @f\n",
         {{"*A* of `B`", "c"}, {"[D] E", "@f"}}},
        {"ATextBetweenThem",
         "- title: A\n  abstract: b\n- only text\n- title: C\n",
         {{"A", "b"}, kMalformed, {"C", ""}}},
        {"ABrokenOne",
         "- title: A\n  abstract: b\n- title: C\n  abstract: d\n" + std::string(70'000, '\n') +
             "- title: \"E\n  abstract: f\n- title: G\n",
         {{"A", "b"}, {"C", "d"}, kMalformed, {"G", ""}}},
        {"NotUtf8", "- title: A\xFF\n  abstract: b\n- title: C\n", {{"A\uFFFD", "b"}, {"C", ""}}},
        {"Aliases",
         "- title: &a A\n  abstract: &b b c\n  text: *a\n- title: C\n  text: d\n",
         {{"A", "b c\nA"}, {"C", "d"}}},
        {"AliasesOfLists",
         "- title: A\n  paragraphs: &p [b c, d e]\n  abstract: *p\n- title: C\n",
         {{"A", "b c\nd e"}, {"C", ""}}},
        {"AliasesOfOtherRecords",
         "- &a\n  title: A\n  abstract: &b b\n- title: C\n  abstract: *b\n",
         {{"A", "b"}, kMalformed}},
        {"AnchorsInAnchors",
         "- title: A\n  abstract: b\n  more: " + InAnchors(100, std::string(20'000, 'x')) +
             "\n- title: C\n  more: " + InAnchors(5, "d") + "\n  abstract: e\n",
         {kMalformed, {"C", "e"}}},
        {"WhatIsMergedFromElsewhere",
         "base: &base\n  by: x\nitems:\n- title: A\n  abstract: b\n  <<: *base\n- title: C\n  abstract: d\n",
         {{"A", "b"}, {"C", "d"}}},
        {"ProseBesideThem",
         "about: a b c d e f g h\nshort: a # b c d e f g h i\nlong: |\n  a b c d\n  # e f g h\nnames: [a, b, c, d, e, "
         "f, g, h]\n"
         "tags:\n- a b\n- a b c d e f g h\nlist: # a b c d e f g h\n- title: A\n  abstract: b\nlast: 'a b c d\n  e f g "
         "h'\n",
         {kOrphan, kOrphan, kOrphan, {"A", "b"}, kOrphan}},
        {"SeveralLists",
         "---\n- title: A\n  abstract: b\n---\n- title: C\n  abstract: d\n- title: E\n  abstract: f\n",
         {{"A", "b"}, {"C", "d"}, {"E", "f"}}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

TEST(YamlRecordsTooLong, LeaveInPiecesAndCostNoOther) {
  const std::string source = "- title: A\n  abstract: b\n- title: C\n  abstract: " + std::string(300, 'x') +
                             "\n\n# between\n- title: " + std::string(300, 'y') + "\n- title: D\n  abstract: e\n";
  LayoutOptions options;
  options.max_record_bytes = 100;
  const Got too_long{"", "", Reason::kTooLong};
  EXPECT_EQ(RecordsOf(Yaml(), source, options), (Records{{"A", "b"}, too_long, too_long, {"D", "e"}}));
}

TEST(YamlRecordsFields, AreFoundByName) {
  LayoutOptions options;
  options.id_field = "id";
  options.order_field = "year";
  const Segmented out =
      Drive(Yaml(), "- id: a\n  title: A\n  year: 2001\n- id: b\n  title: B\n  year: '2002'\n", options);
  ASSERT_EQ(out.records.size(), 2u);
  EXPECT_EQ(out.records[0].id, "\"a\"");
  EXPECT_EQ(out.records[0].order_value, "2001");
  EXPECT_EQ(out.records[1].order_value, "\"2002\"");
}

TEST(YamlQuotes, AreAddedWhereNothingElseHelps) {
  const auto quoted = [](std::string_view text) {
    std::string out;
    return QuotePlainValues(text, out) ? out : "-";
  };
  EXPECT_EQ(quoted("title: A\nbody: b\n"), "-");
  EXPECT_EQ(quoted("- title: A: \"B\"\n"), "- title: \"A: \\\"B\\\"\"\n");
  EXPECT_EQ(quoted("title: A:\n  b\n\nx: y\n"), "title: \"A: b\"\n\nx: y\n");
  EXPECT_EQ(quoted("a: |\n  b: c: d\ne: *f\n"), "a: |\n  b: c: d\ne: \"*f\"\n");
}

struct Kind {
  const char* name;
  std::string source;
  std::string_view want;
};
void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

class YamlDetection : public testing::TestWithParam<Kind> {};
TEST_P(YamlDetection, DependsOnTheBytesAlone) {
  const Kind& kind = GetParam();
  const auto all = SniffLayout(kind.source, true);
  ASSERT_TRUE(all && all->layout);
  EXPECT_EQ(all->layout->name(), kind.want) << all->why;
  for (size_t size = 0; size < kind.source.size(); ++size) {
    const auto early = SniffLayout(std::string_view(kind.source).substr(0, size), false);
    if (early) EXPECT_EQ(early->layout, all->layout) << size;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Sources, YamlDetection,
    testing::ValuesIn(std::vector<Kind>{
        {"List", "- title: A\n  abstract: b\n- title: C\n  abstract: d\n", "yaml"},
        {"BehindAComment", "# Papers\n---\n\npapers:\n  - title: A\n    abstract: b\n", "yaml"},
        {"ColonsInTitles", "- title: A: B\n  abstract: c\n- title: D: E\n  abstract: f\n", "yaml"},
        {"BulletsOfOneKey", "- Note: one\n- Other: two\n- Third: three\n", "lines"},
        {"Steps", "jobs:\n  build:\n    steps:\n      - name: a\n        run: b\n      - name: c\n        run: d\n",
         "text"},
        {"FlowMaps", "- {title: A, doi: 1}\n- {title: B, doi: 2}\n- title: C\n  doi: 3\n", "yaml"},
        {"FrontMatter", "---\ntitle: A\ntags:\n  - x\n---\n\nWe have a text here. It is one.\n", "front-matter"},
        {"AuthorsOfOneThing",
         "title: A\nabstract: a b c d e f g h\nauthors:\n- name: B\n  affiliation: C\n- name: D\n  affiliation: E\n",
         "text"},
        {"ServersOfOneThing",
         "info:\n  title: A\n  description: a b c d e f g h\nservers:\n- url: b\n  description: c\n- url: d\n  "
         "description: e\n",
         "text"},
        {"TalksOfOneProgram",
         "title: A\nabout: a b c d e f g h\ntalks:\n- title: B\n  speaker: C\n- title: D\n  speaker: E\n", "yaml"},
        {"Labels", "Title: A\nSummary: b\n---\nTitle: C\nSummary: d\n", "labels"},
    }),
    [](const auto& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace unecho::yaml_test
