// What the line of progress says; that it comes on a terminal only is a case of the command line.
#include "cli/console.h"

#include <gtest/gtest.h>

namespace unecho::console_test {
namespace {

struct Case {
  const char* name;
  uint64_t bytes, total;
  double seconds;
  const char* line;
};
class Line : public testing::TestWithParam<Case> {};

TEST_P(Line, SaysHowFarAndHowFast) {
  Progress progress;
  progress.bytes = GetParam().bytes;
  progress.total_bytes = GetParam().total;
  progress.records = 1200;
  progress.kept = 900;
  EXPECT_EQ(ProgressLine(progress, GetParam().seconds), GetParam().line);
}

INSTANTIATE_TEST_SUITE_P(
    Progress, Line,
    testing::ValuesIn(std::vector<Case>{
        {"AtTheStart", 0, 100'000'000, 0, "reading: 0.0 MB of 100.0, 1200 records, 900 kept"},
        {"InTheFirstSecond", 50'000'000, 100'000'000, 0.5,
         "reading: 50.0 MB of 100.0, 100 MB/s, 1200 records, 900 kept"},
        {"Seconds", 50'000'000, 100'000'000, 5, "reading: 50.0 MB of 100.0, 10 MB/s, 5 s left, 1200 records, 900 kept"},
        {"Minutes", 1'000'000'000, 100'000'000'000, 2,
         "reading: 1000.0 MB of 100000.0, 500 MB/s, 3:18 min left, 1200 records, 900 kept"},
        {"OfAPipe", 50'000'000, 0, 5, "reading: 50.0 MB, 10 MB/s, 1200 records, 900 kept"},
        {"GrownMeanwhile", 120'000'000, 100'000'000, 5, "reading: 120.0 MB of 100.0, 24 MB/s, 1200 records, 900 kept"},
    }),
    [](const auto& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace unecho::console_test
