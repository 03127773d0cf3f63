#include "text/json.h"

#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "simdjson.h"

namespace unecho::json_test {
namespace {

using std::string_literals::operator""s;

std::string Escaped(std::string_view text) {
  std::string out;
  AppendJsonEscaped(text, out);
  return out;
}
std::string Lossless(std::string_view text) {
  std::string out;
  AppendJsonEscapedLossless(text, out);
  return out;
}
std::string Repaired(std::string_view text) {
  std::string out;
  AppendRepairedUtf8(text, out);
  return out;
}
std::string Fixed6(double value) {
  std::string out;
  AppendFixed6(value, out);
  return out;
}
std::string Replacements(size_t n) {
  std::string out;
  for (size_t i = 0; i < n; ++i) out += "\xEF\xBF\xBD";
  return out;
}

// Expected values: len(bytes.decode('utf-8', 'replace')) of CPython, which follows the same rule.
struct MalformedCase {
  const char* name;
  std::string bytes;
  size_t sequences;
};
const std::vector<MalformedCase> kMalformed = {
    {"LoneContinuation", "\x80", 1},
    {"TwoContinuations", "\x80\xBF", 2},
    {"OverlongC0", "\xC0\xAF", 2},
    {"OverlongC1", "\xC1\xBF", 2},
    {"OverlongE0", "\xE0\x80\xAF", 3},
    {"OverlongE0Short", "\xE0\x80", 2},
    {"OverlongE0Last", "\xE0\x9F\xBF", 3},
    {"OverlongF0", "\xF0\x80\x80\xAF", 4},
    {"OverlongF0Short", "\xF0\x80\x80", 3},
    {"OverlongF0Last", "\xF0\x8F\xBF\xBF", 4},
    {"Surrogate", "\xED\xA0\x80", 3},
    {"SurrogateLast", "\xED\xBF\xBF", 3},
    {"SurrogateShort", "\xED\xA0", 2},
    {"BeyondUnicode", "\xF4\x90\x80\x80", 4},
    {"LeadF5", "\xF5\x80\x80\x80", 4},
    {"LeadFF", "\xFF", 1},
    {"LeadFE", "\xFE\xFF", 2},
    {"FiveBytes", "\xF8\x88\x80\x80\x80", 5},
    {"Truncated2", "\xC3", 1},
    {"Truncated3After1", "\xE2", 1},
    {"Truncated3After2", "\xE2\x82", 1},
    {"Truncated4After1", "\xF0", 1},
    {"Truncated4After2", "\xF0\x9F", 1},
    {"Truncated4After3", "\xF0\x9F\x98", 1},
    {"TruncatedTwice", "\xE2\x82\xE2\x82", 2},
    {"TruncatedThenLead", "\xF0\x9F\x98\xC3", 2},
    {"MixtureOfTruncated", "\xE1\xA0\xC0\xE2\xF0\x91\x92\xF1\xBF", 5},
};

TEST(Utf8, MalformedSequencesAreCountedByMaximalSubparts) {
  for (const MalformedCase& c : kMalformed) {
    SCOPED_TRACE(c.name);
    EXPECT_FALSE(IsValidUtf8(c.bytes));
    EXPECT_EQ(CountMalformedUtf8(c.bytes), c.sequences);
    EXPECT_EQ(Repaired(c.bytes), Replacements(c.sequences));
    EXPECT_EQ(Escaped(c.bytes), Replacements(c.sequences));
    const std::string inside = "a\xC3\xA9" + c.bytes + "z";
    EXPECT_EQ(CountMalformedUtf8(inside), c.sequences);
    EXPECT_EQ(Repaired(inside), "a\xC3\xA9" + Replacements(c.sequences) + "z");
    // Far from the start, across the blocks that vector code works in.
    const std::string far = std::string(61, 'x') + c.bytes + std::string(61, 'y');
    EXPECT_EQ(Repaired(far), std::string(61, 'x') + Replacements(c.sequences) + std::string(61, 'y'));
  }
}

TEST(Utf8, EveryCodePointIsValidAndStaysAsItIs) {
  std::string text;
  for (char32_t c = 1; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    auto put = [&](char32_t byte) { text += static_cast<char>(byte); };
    if (c < 0x80)
      put(c);
    else if (c < 0x800)
      put(0xC0 | c >> 6), put(0x80 | (c & 63));
    else if (c < 0x10000)
      put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 63)), put(0x80 | (c & 63));
    else
      put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 63)), put(0x80 | (c >> 6 & 63)), put(0x80 | (c & 63));
  }
  EXPECT_TRUE(IsValidUtf8(text));
  EXPECT_EQ(CountMalformedUtf8(text), 0u);
  // One bad byte behind it sends all of it through the slow path.
  EXPECT_EQ(CountMalformedUtf8(text + "\xFF"), 1u);
  EXPECT_TRUE(Repaired(text + "\xFF") == text + Replacements(1));
}

TEST(Utf8, EmptyTextIsValid) {
  EXPECT_TRUE(IsValidUtf8(std::string_view()));
  EXPECT_EQ(CountMalformedUtf8(""), 0u);
  EXPECT_EQ(Escaped(""), "");
}

TEST(JsonEscape, EscapesWhatJsonCannotHoldAndNothingElse) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"plain", "plain"},
      {"\"", "\\\""},
      {"\\", "\\\\"},
      {"a/b", "a/b"},
      {"\b\f\n\r\t", "\\b\\f\\n\\r\\t"},
      {"\0\x01\x1f\x7f"s, "\\u0000\\u0001\\u001f\x7f"},
      {"caf\xC3\xA9 \xF0\x9F\x98\x80", "caf\xC3\xA9 \xF0\x9F\x98\x80"},
      {"0123456789abcde\"0123456789abcdef\n", "0123456789abcde\\\"0123456789abcdef\\n"},
  };
  for (const auto& [in, want] : cases) EXPECT_EQ(Escaped(in), want);
}

TEST(JsonEscape, EverySpecialByteIsFoundAtEveryPosition) {
  for (size_t size = 1; size < 70; ++size) {
    for (size_t at = 0; at < size; ++at) {
      for (const char special : {'"', '\\', '\x1f', '\0'}) {
        std::string text(size, ' ');
        text[at] = special;
        const std::string escaped = Escaped(text);
        ASSERT_GT(escaped.size(), size);
        ASSERT_EQ(escaped[at], '\\');
      }
    }
  }
}

TEST(JsonEscape, RandomTextIsReadBackByAParser) {
  std::mt19937 random(7);
  simdjson::dom::parser parser;
  for (int round = 0; round < 2000; ++round) {
    std::string text(random() % 80, '\0');
    for (char& c : text) c = static_cast<char>(random() % (round % 2 == 0 ? 128 : 256));
    std::string json;
    AppendJsonString(text, json);
    std::string_view back;
    ASSERT_EQ(parser.parse(json).get(back), simdjson::SUCCESS) << json;
    ASSERT_EQ(back, Repaired(text));
  }
}

TEST(JsonEscape, LosslessKeepsEveryByteOfMalformedSequences) {
  EXPECT_EQ(Lossless("a\xE2\x82\"\xFF\x80z\n"), "a\\udce2\\udc82\\\"\\udcff\\udc80z\\n");
  EXPECT_EQ(Lossless("\xC3\xA9"), "\xC3\xA9");
  // Undoing the escape gives the bytes back.
  for (const MalformedCase& c : kMalformed) {
    std::string bytes;
    const std::string escaped = Lossless(c.bytes);
    for (size_t i = 0; i < escaped.size(); i += 6) {
      ASSERT_EQ(escaped.substr(i, 4), "\\udc");
      bytes += static_cast<char>(std::stoi(escaped.substr(i + 4, 2), nullptr, 16));
    }
    EXPECT_EQ(bytes, c.bytes) << c.name;
  }
}

TEST(JsonNumbers, AreExact) {
  std::string out;
  AppendNumber(0, out);
  out += ' ';
  AppendNumber(UINT64_MAX, out);
  EXPECT_EQ(out, "0 18446744073709551615");
}

TEST(JsonNumbers, SixDecimalsAreThoseOfPrintf) {
  std::vector<double> values = {0,      1,         0.5,        6.0 / 7,    2.0 / 3,       1e-7,      5e-7,
                                1.5e-6, 0.9999995, 0.99999949, 0.99999951, 0.1234565,     0.1234575, 1.25,
                                1e15,   -0.5,      0.7,        12.3456785, 0.123456499999};
  std::mt19937_64 random(3);
  for (int i = 0; i < 200000; ++i) {
    const uint64_t b = random() % 3000 + 1;
    values.push_back(static_cast<double>(random() % (b + 1)) / static_cast<double>(b));
  }
  for (int i = 0; i < 1000000; i += 7) values.push_back((i + 0.5) / 1e6);  // ties
  for (const double value : values) {
    char want[64];
    std::snprintf(want, sizeof want, "%.6f", value);
    ASSERT_EQ(Fixed6(value), want);
  }
}

TEST(JsonWriter, PutsCommasAndNestingRight) {
  std::string out;
  JsonWriter json(out);
  json.BeginObject();
  json.Key("a\"");
  json.Number(1);
  json.Key("b");
  json.BeginArray();
  json.EndArray();
  json.Key("c");
  json.BeginArray();
  json.BeginObject();
  json.EndObject();
  json.String("x\n");
  json.Bool(true);
  json.Null();
  json.Double(0.1);
  json.Double(1.0 / 0.0);
  json.Fixed6(0.25);
  json.Raw("[1]");
  json.BeginArray();
  json.Number(2);
  json.EndArray();
  json.EndArray();
  json.Key("d");
  json.Bool(false);
  json.EndObject();
  EXPECT_EQ(out, R"({"a\"":1,"b":[],"c":[{},"x\n",true,null,0.1,null,0.250000,[1],[2]],"d":false})");
}

TEST(JsonWriter, IndentsWhenAsked) {
  std::string out;
  JsonWriter json(out, 2);
  json.BeginObject();
  json.Key("a");
  json.BeginArray();
  json.Number(1);
  json.Number(2);
  json.EndArray();
  json.Key("b");
  json.BeginObject();
  json.EndObject();
  json.EndObject();
  EXPECT_EQ(out, "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}");
}

TEST(AppendJsonUnescaped, UndoesWhatAppendJsonEscapedWrites) {
  std::string all;
  for (int c = 0; c < 0x80; ++c) all += static_cast<char>(c);
  all += "Grüße 世界 😀 \xEF\xBF\xBD \"\\\\\"";
  for (const std::string& text : {all, std::string(), std::string("plain"), std::string("\\")}) {
    std::string json = "before";
    AppendJsonEscaped(text, json);
    json += "\",\"behind\"";
    std::string said = "said:";
    size_t at = 6;
    ASSERT_TRUE(AppendJsonUnescaped(json, at, said));
    EXPECT_EQ(said, "said:" + text);
    EXPECT_EQ(json.substr(at), "\",\"behind\"");
  }
  for (const char* json :
       {"\\", "a\\", "\\u", "\\u001", "\\u0041", "\\u00e9", "\\ud83d\\ude00", "\\/", "\\x", "\\u00g1"}) {
    std::string said;
    size_t at = 0;
    EXPECT_FALSE(AppendJsonUnescaped(json, at, said)) << json;
  }
}

}  // namespace
}  // namespace unecho::json_test
