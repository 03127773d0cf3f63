// Options that nobody could mean are errors, whoever sets them: a command line lets none of these in.
#include "unecho/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace unecho::options_test {
namespace {

using testing::HasSubstr;

struct WrongCase {
  const char* name;
  std::function<void(PipelineOptions&)> set;
  const char* message;
};

class WrongOptions : public testing::TestWithParam<WrongCase> {};

TEST_P(WrongOptions, AreErrorsThatSayWhatToGive) {
  PipelineOptions options;
  ASSERT_TRUE(options.Validate().ok());
  GetParam().set(options);
  const Status status = options.Validate();
  EXPECT_EQ(status.code(), StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Options, WrongOptions,
    testing::ValuesIn(std::vector<WrongCase>{
        {"NegativeThreads", [](auto& o) { o.run.threads = -1; }, "--threads -1: give a number from 1 to 1024"},
        {"TooManyThreads", [](auto& o) { o.run.threads = 1025; }, "--threads 1025"},
        {"SmallBatches", [](auto& o) { o.run.batch_bytes = 1023; }, "--batch-size"},
        {"ShortShingles", [](auto& o) { o.answer.shingle_tokens = 0; }, "--shingle 0: give a number from 1 to 64"},
        {"NoThreshold", [](auto& o) { o.answer.threshold = std::nan(""); }, "--threshold"},
        {"NoRecords", [](auto& o) { o.answer.segment.max_record_bytes = 0; }, "--max-record-bytes"},
        {"UnknownLanguage",
         [](auto& o) {
           o.answer.clean.languages = {"en", "English"};
         },
         "did you mean en?"},
        {"NoTokensOfALine", [](auto& o) { o.answer.clean.dedup_min_tokens = 0; }, "--dedup-min-tokens 0"},
        {"NegativeShare", [](auto& o) { o.answer.clean.fineweb.short_line_thr = -.5; },
         "fineweb.short_line_thr is -0.5: it must be a number not below 0"},
        {"NoNumber", [](auto& o) { o.answer.clean.gopher.top_n_gram[1] = std::nan(""); }, "gopher.top_3_gram is nan"},
        {"TwoOutputsInOne", [](auto& o) { o.provenance = o.report = "x"; }, "two outputs go to x"}}),
    [](const auto& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace unecho::options_test
