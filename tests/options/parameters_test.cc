#include "options/parameters.h"

#include <gtest/gtest.h>

#include <map>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "layouts/profile.h"

namespace unecho::parameters_test {
namespace {

std::string Written(const AnswerOptions& answer) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject();
  WriteParameters(answer, {.sets = answer.against, .reference = answer.reference}, json);
  json.EndObject();
  return text;
}

std::map<std::string, std::string> Members(const std::string& json) {
  simdjson::dom::parser parser;
  std::map<std::string, std::string> members;
  const simdjson::dom::object object = parser.parse(json).get_object().value();
  for (const auto& member : object) {
    members[std::string(member.key)] = simdjson::to_string(member.value);
  }
  return members;
}

// No parameter has its default.
AnswerOptions Changed() {
  AnswerOptions answer;
  answer.layout = FindLayout("lines");
  answer.encoding = "koi8-r";
  answer.aligned = {"de", "en"};
  EXPECT_TRUE(ParseMatch("a \"quoted\":0.8123456789,b:1", answer).ok());  // match_fields, too
  answer.segment.record = "data.papers";
  answer.segment.columns = {"a", "", "c, d"};
  answer.segment.id_field = "id";
  answer.segment.max_record_bytes = 12345;
  answer.segment.require_body = true;
  answer.skip_unreadable = true;
  answer.strict = true;
  EXPECT_TRUE(ParseComparison("code", {"case", "markup"}, answer.comparison).ok());
  answer.threshold = 0.83;
  answer.shingle_tokens = 7;
  answer.seed = 1234567890123;
  EXPECT_TRUE(ParseKeepPolicy("date:max", answer).ok());
  answer.keys = {"doi", "author,year:exact"};
  answer.differ = {"edition", "url:exact"};
  answer.within = "domain";
  answer.reference = {"old.jsonl"};
  answer.ignore_common = 12;
  answer.exact_join = true;
  answer.annotate = true;
  EXPECT_TRUE(ParseRepair("nfc", answer.clean).ok());
  EXPECT_TRUE(ParsePii("mask", answer.clean).ok());
  answer.against = {"set.jsonl"};
  answer.against_ngram_tokens = 9;
  answer.against_layout = FindLayout("jsonl");
  answer.against_encoding = "utf-16";
  answer.against_fields = {"question"};
  return answer;
}

absl::Status Read(const std::string& json, AnswerOptions& answer) {
  simdjson::dom::parser parser;
  const simdjson::dom::object members = parser.parse(json).get_object().value();
  return ReadParameters(members, "r.json", answer);
}

TEST(Parameters, EveryOneIsWrittenAndReadBack) {
  const std::string changed = Written(Changed());
  const std::map<std::string, std::string> standard = Members(Written(AnswerOptions()));
  for (const auto& [key, value] : Members(changed)) {  // else the test does not look at that one
    const auto found = standard.find(key);
    EXPECT_TRUE(found == standard.end() || found->second != value) << key;
  }
  AnswerOptions read;
  read.against = {"set.jsonl"};  // stands elsewhere in the report
  ASSERT_TRUE(Read(changed, read).ok());
  EXPECT_EQ(Written(read), changed);
}

TEST(Parameters, ALayoutFromAFileComesBackWithItsProfile) {
  const absl::StatusOr<Profile> profile =
      ParseProfile("name = \"own\"\nengine = \"lines\"\ndescription = \"mine\"\n", "own.toml");
  ASSERT_TRUE(profile.ok()) << profile.status();
  AnswerOptions answer;
  answer.layout = std::make_shared<const Layout>(*profile);
  AnswerOptions read;
  ASSERT_TRUE(Read(Written(answer), read).ok());
  ASSERT_NE(read.layout, nullptr);
  EXPECT_EQ(read.layout->profile().source, profile->source);
}

TEST(Parameters, WhatIsMissingOrWrongIsNamed) {
  const std::string good = Written(Changed());
  for (const auto& [from, to, key] :
       {std::tuple("\"threshold\":0.83", "\"threshold\":2.5", "threshold"),
        std::tuple("\"shingle\":7", "\"shingle\":65", "shingle"), std::tuple("\"seed\":", "\"sed\":", "seed"),
        std::tuple("\"strict\":true", "\"strict\":1", "strict"),
        std::tuple("\"layout\":\"lines\"", "\"layout\":\"liness\"", "layout"),
        std::tuple("\"compare\":\"code\"", "\"compare\":\"codes\"", "compare"),
        std::tuple("\"date:max\"", "\"date:most\"", "keep")}) {
    std::string bad = good;
    bad.replace(bad.find(from), std::string_view(from).size(), to);
    AnswerOptions read;
    const absl::Status status = Read(bad, read);
    EXPECT_NE(Message(status).find(absl::StrCat("\"", key, "\"")), std::string_view::npos) << status;
  }
}

}  // namespace
}  // namespace unecho::parameters_test
