// Options by name are those of the command line, and what is wrong with them is said in its words.
#include "unecho/named_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/temporary_folder.h"

namespace unecho::named_options_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class NamedOptionsTest : public InTemporaryFolder {
 protected:
  Result<PipelineOptions> Clean(const std::vector<NamedOption>& named) {
    return PipelineOptionsByName(Command::kClean, {Write("in.jsonl", "{\"text\":\"a\"}\n")}, named, nobody_);
  }
  Listener nobody_;
};

TEST_F(NamedOptionsTest, ValuesFlagsAndLists) {
  const auto options = Clean({{"threshold", {"0.8"}},
                              {"min-length", {"3"}},
                              {"match_fields", {"title", "text"}},
                              {"key", {"doi", "title,year"}},
                              {"ignore", {"numbers", "markup"}},
                              {"memory", {"2GiB"}},
                              {"mark", {}}});
  ASSERT_TRUE(options.ok()) << options.status().message();
  EXPECT_EQ(options->answer.threshold, .8);
  EXPECT_EQ(options->answer.clean.min_length, 3u);
  EXPECT_THAT(options->answer.segment.match_fields, ElementsAre("title", "text"));
  EXPECT_THAT(options->answer.keys, ElementsAre("doi", "title,year"));
  EXPECT_TRUE(options->answer.comparison.numbers && options->answer.comparison.markup);
  EXPECT_EQ(options->run.memory_bytes, uint64_t{2} << 30);
  EXPECT_TRUE(options->answer.mark);
  EXPECT_EQ(options->run.stop, nullptr);
}

TEST_F(NamedOptionsTest, FoldersAreWalkedAndWarningsHeard) {
  struct Hears : Listener {
    void Warning(std::string_view message) override { said += message; }
    std::string said;
  } listener;
  Write("a.jsonl", "{\"text\":\"a\"}\n");
  Write("b.txt", "b\n");
  const std::string folder = Path("");
  const std::vector<NamedOption> named = {{"glob", {"*.jsonl"}}, {"output", {Path("out.jsonl")}}};
  const auto options = PipelineOptionsByName(Command::kClean, {folder}, named, listener);
  ASSERT_TRUE(options.ok()) << options.status().message();
  EXPECT_THAT(options->inputs, ElementsAre(HasSubstr("a.jsonl")));
  EXPECT_THAT(listener.said, HasSubstr("is written into"));
}

TEST_F(NamedOptionsTest, WhatCannotBeMeant) {
  const std::vector<std::pair<std::vector<NamedOption>, std::string>> cases = {
      {{{"threshhold", {"0.8"}}}, "--threshhold: there is no such option; did you mean --threshold?"},
      {{{"threshold", {"high"}}}, "--threshold"},
      {{{"threshold", {}}}, "--threshold needs a value"},
      {{{"verbose", {}}}, "--verbose is for the command line"},
      {{{"report", {"page.html"}}}, "unecho report"},
      {{{"layout", {"jsonk"}}}, "--layout"},
      {{{"match", {"title:0.9"}}, {"threshold", {"0.8"}}}, "--match"},
  };
  for (const auto& [named, says] : cases) {
    const auto options = Clean(named);
    EXPECT_EQ(options.status().code(), StatusCode::kInvalidArgument) << says;
    EXPECT_THAT(std::string(options.status().message()), HasSubstr(says));
  }
  EXPECT_EQ(PipelineOptionsByName(Command::kClean, {}, {}, nobody_).status().code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(PipelineOptionsByName(Command::kClean, {Path("nowhere")}, {}, nobody_).status().code(), StatusCode::kOk)
      << "the run says it";
}

TEST_F(NamedOptionsTest, OfSingleTextsThereIsLess) {
  const std::vector<NamedOption> named = {
      {"keep", {"year:max"}}, {"key", {"doi", "url:url,year"}}, {"repair", {"all"}}};
  const auto options = DeduplicatorOptionsByName(named);
  ASSERT_TRUE(options.ok()) << options.status().message();
  EXPECT_EQ(options->keep, KeepPolicy::kFieldMax);
  EXPECT_THAT(options->FieldNames(), ElementsAre("doi", "url", "year"));
  EXPECT_TRUE(options->clean.any());
  for (const char* name : {"against", "output", "match", "reference", "aligned", "at_least", "memory"}) {
    const std::vector<NamedOption> other = {{name, {"x"}}};
    EXPECT_THAT(std::string(DeduplicatorOptionsByName(other).status().message()), HasSubstr("there is no such option"))
        << name;
  }
}

TEST_F(NamedOptionsTest, AnAuditTakesItsInputsFromTheReport) {
  const std::vector<NamedOption> named = {{"provenance", {Write("p", "")}}, {"recall", {}}};
  EXPECT_EQ(AuditOptionsByName({}, named).status().code(), StatusCode::kInvalidArgument);
  std::vector<NamedOption> with_report = named;
  with_report.push_back({"report", {Write("r", "{}")}});
  const auto options = AuditOptionsByName({}, with_report);
  ASSERT_TRUE(options.ok()) << options.status().message();
  EXPECT_TRUE(options->recall);
}

}  // namespace
}  // namespace unecho::named_options_test
