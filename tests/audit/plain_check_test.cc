// A second opinion of CSV, JSON, XML and WARC: it agrees with the engines, and an engine that is wrong is found.
#include "audit/plain_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "audit/plain_records.h"
#include "layouts/cutter.h"

namespace unecho::plain_check_test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

// A source as its layout finds it, of which a test may change what it likes.
struct World {
  World(std::string_view layout_name, std::string source) : layout(GetLayout(layout_name)), bytes(std::move(source)) {
    batch.layout = &layout;
    MakeCutter(layout, options)->Cut(bytes, 0, true, batch);
    batch.bytes.assign(bytes.size() + Batch::kPaddingBytes, '\0');
    std::memcpy(batch.bytes.data(), bytes.data(), bytes.size());
    batch.size = bytes.size();
    batch.ends_source = true;
    Segment(layout, options, batch);
    for (const Record& record : batch.records)
      found.push_back({record.offset_bytes, record.size_bytes, 0, 0, record.reason, &batch, &record});
  }
  std::vector<std::string> Check() const {
    Violations violations;
    CheckPlainly(layout, bytes, options, found, "s", violations);
    return violations.TakeListed();
  }

  const Layout& layout;
  LayoutOptions options;
  std::string bytes;
  Batch batch;
  std::vector<FoundAgain> found;
};

constexpr char kCsv[] =
    "id,title,abstract\n"
    "1,\"Of \"\"mice\"\", and\nmen\",They went down to the river in the evening.\n"
    "2,East of Eden,The valley lies between two ranges of mountains.\r\n"
    "3,too,few,columns here\n"
    "4,Cannery Row,A poem and a stink and a grating noise it was.\n";
constexpr char kJson[] =
    R"({"date": "Mar 14", "papers": [
  {"title": "One \"A\u00e9\ud83d\ude00\"", "abstract": "The first of them is about rivers.", "n": 1.50},
  {"title": "Two", "abstract": "The second of them is about mountains.", "tags": ["a", {"b": null}]},
  {"title": "Three", "abstract": "The third of them is about the sea."}], "next": [1, 2]})";
constexpr char kXml[] =
    "<?xml version='1.0'?><!DOCTYPE feed [<!ENTITY a '>'>]>\n<papers><!-- <paper> -->\n"
    "<paper id='a>b'><title>One</title><abstract>The first of them is about rivers.</abstract></paper>\n"
    "<paper><title>Two</title><abstract><![CDATA[The second </paper> is about mountains.]]></abstract></paper>\n"
    "<paper><title>Three</title><abstract>The third of them is about the sea.</abstract></paper></papers>\n";
std::string Warc(const std::string& text) {
  return "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nX-More: one\r\n two\r\ncontent-length: " +
         std::to_string(text.size()) + "\r\n\r\n" + text + "\r\n\r\n";
}

std::unique_ptr<World> MakeWorld(std::string_view layout) {
  if (layout == "csv") return std::make_unique<World>("csv", kCsv);
  if (layout == "json") return std::make_unique<World>("json", kJson);
  if (layout == "xml") return std::make_unique<World>("xml", kXml);
  return std::make_unique<World>(
      "warc", Warc("A title\nThe first of them.") + Warc("Another\nWARC/1.0\r\n\r\nin it.") + Warc("C\nd"));
}

class PlainCheck : public testing::TestWithParam<const char*> {
 protected:
  std::unique_ptr<World> world_ = MakeWorld(GetParam());
};

TEST_P(PlainCheck, AgreesWithTheEngine) {
  EXPECT_THAT(world_->Check(), IsEmpty());
  EXPECT_GE(world_->found.size(), 3U);
}

TEST_P(PlainCheck, FindsARecordThatTheEngineLeavesOut) {
  for (size_t i = 0; i < world_->found.size(); ++i) {
    World& world = *world_;
    const FoundAgain kept = world.found[i];
    world.found.erase(world.found.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_THAT(world.Check(), Contains(HasSubstr("holds a record that the layout"))) << i;
    world.found.insert(world.found.begin() + static_cast<std::ptrdiff_t>(i), kept);
  }
}

TEST_P(PlainCheck, FindsARecordThatBeginsOrEndsElsewhere) {
  for (FoundAgain& record : world_->found) {
    const FoundAgain good = record;
    ++record.offset_bytes, --record.size_bytes;
    EXPECT_FALSE(world_->Check().empty()) << record.offset_bytes;
    record = good;
    --record.size_bytes;
    EXPECT_FALSE(world_->Check().empty()) << record.offset_bytes;
    record = good;
  }
}

TEST_P(PlainCheck, FindsTwoRecordsThatAreReadAsOne) {
  World& world = *world_;
  world.found[0].size_bytes = world.found[1].offset_bytes + world.found[1].size_bytes - world.found[0].offset_bytes;
  world.found.erase(world.found.begin() + 1);
  EXPECT_FALSE(world.Check().empty());
}

TEST_P(PlainCheck, FindsAFieldThatIsReadWrongly) {
  World& world = *world_;
  size_t changed = 0;
  for (NamedField& field : world.batch.fields) {
    if (field.value.empty() || field.is_json || GetParam() == std::string_view("xml")) continue;
    const std::string_view good = field.value;
    field.value.remove_suffix(1);
    EXPECT_THAT(world.Check(), Contains(HasSubstr("by a plain reader it has other"))) << good;
    field.value = good;
    ++changed;
  }
  EXPECT_EQ(changed > 0, GetParam() != std::string_view("xml"));
}

TEST_P(PlainCheck, FindsWrongReasons) {
  World& world = *world_;
  if (GetParam() != std::string_view("csv") && GetParam() != std::string_view("json")) return;
  // A row right below the header may be no row of the table: there the engine's word is taken.
  for (size_t i = 1; i < world.found.size(); ++i) {
    FoundAgain& record = world.found[i];
    const Reason good = record.reason;
    record.reason = good == Reason::kMalformed ? Reason::kNone : Reason::kMalformed;
    EXPECT_FALSE(world.Check().empty()) << record.offset_bytes;
    record.reason = good;
  }
}

INSTANTIATE_TEST_SUITE_P(Grammars, PlainCheck, testing::Values("csv", "json", "xml", "warc"),
                         [](const auto& param) { return std::string(param.param); });

TEST(PlainCheckTexts, FindsATextThatIsAnotherRecords) {
  for (const char* const layout : {"csv", "json"}) {
    const auto world = MakeWorld(layout);
    std::vector<std::string_view>& pieces = world->batch.pieces;
    std::swap(pieces[1], pieces[3]);
    EXPECT_THAT(world->Check(), testing::SizeIs(2)) << layout;
    pieces[1] = {};
    EXPECT_FALSE(world->Check().empty()) << layout;
  }
}

TEST(PlainRecords, WhatIsNotAsTheStandardSaysHasNoSecondOpinion) {
  for (const char* const csv : {"a,b\n\"open,1\n", "a,b\n\"x\" y,1\n", "a,b\nx\"y,1\n"})
    EXPECT_FALSE(ReadPlainCsv(csv, ',')) << csv;
  for (const char* const json :
       {"{", "[1,]", "[{\"a\":1} {\"b\":2}]", "{'a':1}", "{\"a\" 1}", "[nan]", "\"\\x\"", "{\"a\":\"\n\"}", "[1}", "x",
        "[1.1.5]", "[01]", "[1.]", "[-]", "[1e]", "[+1]", "[.5]"})
    EXPECT_FALSE(ReadPlainJson(json, {})) << json;
  for (const char* const xml : {"<a>", "<a></b>", "</a>", "<a b='>", "<a><!-- </a>", "<a><br></a>", "<a><![CDATA[</a>",
                                "<!DOCTYPE a [ ]]><a><![CDATA[[]]></a>"})
    EXPECT_FALSE(ReadPlainXml(xml, {})) << xml;
  EXPECT_FALSE(ReadPlainWarc("WARC/1.0\r\nContent-Length: 4\r\n\r\nabc\r\n\r\n"));
  EXPECT_FALSE(ReadPlainWarc(Warc("text") + "more"));
  for (const char* const length : {"4\f", "+4", "", "0x4"}) {
    const std::string head = std::string("WARC/1.0\r\nContent-Length: ") + length;
    EXPECT_FALSE(ReadPlainWarc(head + "\r\n\r\ntext\r\n\r\n")) << length;
  }
}

// Sources with a fault, which are right as the layout has them.
TEST(PlainCheckFaults, NobodyIsWrongThere) {
  EXPECT_THAT(World("json", R"([{"text":"a b c","n":1.1.50},{"text":"d e f"}])").Check(), IsEmpty());
  EXPECT_THAT(World("json", R"([{"text":"a b c \ude00"},{"text":"d e f"}])").Check(), IsEmpty());
  EXPECT_THAT(World("json", "[\"The first of them is a text that is rejected.\", \"The second.\"]").Check(), IsEmpty());
  EXPECT_THAT(
      World("warc", "WARC/1.0\r\nWARC-Type: conversion\r\nX-More: \r\n two\r\nContent-Length: 4\r\n\r\ntext\r\n\r\n")
          .Check(),
      IsEmpty());
}

TEST(PlainRecords, ReadsJsonStringsAsTheyAreMeant) {
  const auto members =
      PlainJsonMembers(R"( {"a\tb": "\u00e9\ud83d\ude00\/", "n": -1.5e3, "o": {"x": [1, "y"]}, "e": ""} )");
  ASSERT_TRUE(members);
  ASSERT_EQ(members->size(), 4U);
  EXPECT_EQ(members->at(0).name, "a\tb");
  EXPECT_EQ(members->at(0).value, "\u00e9\U0001f600/");
  EXPECT_EQ(members->at(1).value, "-1.5e3");
  EXPECT_FALSE(members->at(1).is_text);
  EXPECT_EQ(members->at(2).value, R"({"x": [1, "y"]})");
  EXPECT_TRUE(members->at(3).is_text);
  EXPECT_FALSE(PlainJsonMembers(R"({"a": "\ud83d"})"));
  EXPECT_FALSE(PlainJsonMembers(R"(["a"])"));
  EXPECT_EQ(PlainJsonText(R"("k": {"a": ["b\n", 1, true]})"), "kab\n1true");
}

}  // namespace
}  // namespace unecho::plain_check_test
