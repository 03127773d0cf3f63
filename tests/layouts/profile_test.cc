// Profiles: the built-in ones can be read, and a wrong one is told where it is wrong and what is known there.
#include "layouts/profile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "layouts/builtin_profiles.h"
#include "unecho/layouts.h"

namespace unecho::profile_test {
namespace {

using testing::HasSubstr;

TEST(BuiltinProfiles, CanAllBeRead) {
  for (const auto& [name, toml] : BuiltinProfiles()) {
    const auto profile = ParseProfile(toml, "built-in");
    ASSERT_TRUE(profile.ok()) << profile.status() << "\n" << toml;
    EXPECT_EQ(profile->name, name);
    EXPECT_FALSE(profile->description.empty()) << name;
    ASSERT_NE(FindLayout(name), nullptr);
    EXPECT_EQ(FindLayout(name)->name(), name);
  }
  EXPECT_EQ(Layouts().size(), BuiltinProfiles().size());
}

TEST(BuiltinProfiles, OfJsonlAreWhatTheEngineDoesByItself) {
  const JsonlProfile plain;
  EXPECT_EQ(GetLayout("jsonl").profile().jsonl.title, plain.title);
  EXPECT_EQ(GetLayout("jsonl").profile().jsonl.body, plain.body);
}

struct Wrong {
  const char* name;
  std::string_view toml;
  std::vector<std::string> want;
};
void PrintTo(const Wrong& c, std::ostream* out) { *out << c.name; }

class WrongProfile : public testing::TestWithParam<Wrong> {};

TEST_P(WrongProfile, IsToldWhereAndWhat) {
  const auto profile = ParseProfile(GetParam().toml, "my.toml");
  ASSERT_FALSE(profile.ok());
  for (const std::string& part : GetParam().want) EXPECT_THAT(std::string(profile.status().message()), HasSubstr(part));
}

constexpr std::string_view kHead = "name = 'x'\nengine = 'pattern'\n";
std::string Lines(std::string_view text) { return std::string(kHead) + std::string(text); }
const std::string kUnknownKey = Lines("[pattern]\nstart = '^A'\nstarts = '^B'\n");
const std::string kBadPattern = Lines("[pattern]\nstart = ['^A', '^(B']\n");
const std::string kBadType = Lines("[pattern]\nstart = 3\n");
const std::string kNoFieldName = Lines("[pattern]\nstart = '^A'\n[[pattern.field]]\nline = '^B'\n");
const std::string kUnknownInField = Lines("[pattern]\nstart = '^A'\n[[pattern.field]]\nname = 'title'\nlines = '^B'\n");
const std::string kNoStart = Lines("[pattern]\nend = '^A'\n");
const std::string kOtherPart = Lines("[pattern]\nstart = '^A'\n[xml]\nrecord = 'a'\n");
const std::string kOutside = Lines("[pattern]\nstart = '^A'\noutside = 'drop'\n");
const std::string kGroups = Lines("[pattern]\nstart = '((((((((a))))))))'\n");
const std::string kUnescape = Lines("[unescape]\nbody = ['htlm']\n[pattern]\nstart = 'a'\n");
const std::string kMoreAndRest =
    Lines("[pattern]\nstart = 'a'\n[[pattern.field]]\nname = 'body'\nline = 'b'\nmore = 'c'\nrest = true\n");

INSTANTIATE_TEST_SUITE_P(
    Profiles, WrongProfile,
    testing::ValuesIn(std::vector<Wrong>{
        {"NoToml", "name = \n", {"my.toml:1", "no TOML"}},
        {"NoEngine", "name = 'x'\n", {"my.toml", "engine is missing", "known keys: name, description, engine"}},
        {"UnknownEngine",
         "name = 'x'\n\nengine = 'pdf'\n",
         {"my.toml:3", "engine", "page, jsonl, lines, text, pattern, xml"}},
        {"UnknownTable", "name = 'x'\nengine = 'lines'\n[colour]\na = 1\n", {"my.toml:3", "colour is not known"}},
        {"UnknownKey", kUnknownKey, {"my.toml:5", "pattern.starts is not known", "[pattern]", "start, maybe"}},
        {"BadPattern", kBadPattern, {"my.toml:4", "pattern.start", "'^(B'", "missing )"}},
        {"BadType", kBadType, {"my.toml:4", "pattern.start should be a pattern in quotes"}},
        {"NoFieldName",
         kNoFieldName,
         {"my.toml", "pattern.field.name is missing", "name, line, more, rest, paragraph, every, strip"}},
        {"UnknownInField", kUnknownInField, {"my.toml:7", "pattern.field.lines is not known"}},
        {"NoStart", kNoStart, {"pattern.start is missing"}},
        {"PartOfAnotherEngine", kOtherPart, {"my.toml:5", "xml is not known"}},
        {"OutsideIsNoChoice", kOutside, {"my.toml:5", "pattern.outside should be one of: furniture, reject, record"}},
        {"TooManyGroups", kGroups, {"my.toml:4", "more than 7 groups"}},
        {"UnknownUnescape", kUnescape, {"my.toml:4", "unescape.body has 'htlm'", "html, markdown, latex"}},
        {"MoreAndRest", kMoreAndRest, {"my.toml:9", "leave out more"}},
        {"NoName", "engine = 'lines'\n", {"my.toml", "name is \"\""}},
        {"NameOfTwoWords", "name = 'my dump'\nengine = 'lines'\n", {"my.toml", "my dump"}},
        {"NameIsAuto", "name = 'auto'\nengine = 'lines'\n", {"auto"}},
        {"DelimiterOfTwo", "name = 'x'\nengine = 'csv'\n[csv]\ndelimiter = '::'\n", {"my.toml:4", "csv.delimiter"}},
        {"XmlWithoutRecord", "name = 'x'\nengine = 'xml'\n[xml]\ntitle = 'a'\n", {"xml.record is missing"}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

// --- patterns -------------------------------------------------------------------------------------------------------

Pattern Compiled(std::string_view text) {
  auto pattern = Pattern::Compile(text);
  EXPECT_TRUE(pattern.ok()) << pattern.status();
  return *std::move(pattern);
}

TEST(Patterns, GiveGroupOneOrTheWholeMatch) {
  EXPECT_EQ(Compiled("^Title: (.*)$").Extract("Title: a b"), "a b");
  EXPECT_EQ(Compiled("T.").Extract("aTb"), "Tb");
  EXPECT_EQ(Compiled("^T").Extract("aT").data(), nullptr);
  EXPECT_EQ(Compiled("(a)|b").Extract("b").data(), nullptr);
  EXPECT_EQ(Pattern().Extract("x").data(), nullptr);
}

// The cheap check in front of RE2 must never say no to a match.
TEST(Patterns, MatchWhatRe2MatchesWhateverTheFirstBytes) {
  std::vector<Pattern> anchored, free;
  for (const char* text : {"ab(c)?", "(?i:title|t1)\\s*:", "a{0,2}b", "\\s*[-*+] ", "(?:TI|T1)  - (.*\\S)", "a|^b", "",
                           "\xC3\xA4+x?", "[^a]", "a$", "(?s).*b", "a*", "\\bab", "(?i)\xC3\x84x"}) {
    anchored.push_back(Compiled(std::string("^(?:") + text + ")"));
    free.push_back(Compiled(std::string("\\A(?:") + text + ")"));  // no range is made for \A
  }
  for (const char* text : {"^ab(c)?", "^a|^b", "^a|b", "^(?i)ab"}) {
    anchored.push_back(Compiled(text));
    free.push_back(Compiled(std::string("(?:") + text + ")"));
  }
  constexpr std::string_view kParts[] = {"a",      "b",        "c",        "A",    " ", "-",  "T1  - x", "TI",
                                         "title:", "\xC3\xA4", "\xC3\x84", "\xFF", "z", "\t", ""};
  std::mt19937 random(1);
  for (int round = 0; round < 20'000; ++round) {
    std::string line;
    for (size_t i = random() % 5; i > 0; --i) line += kParts[random() % std::size(kParts)];
    for (size_t i = 0; i < anchored.size(); ++i) {
      ASSERT_EQ(anchored[i].Matches(line), free[i].Matches(line)) << anchored[i].text() << " on " << line;
      if (!anchored[i].Matches(line)) continue;
      ASSERT_TRUE(line.empty() || anchored[i].MayBeginWith(static_cast<unsigned char>(line[0]))) << line;
    }
  }
}

}  // namespace
}  // namespace unecho::profile_test
