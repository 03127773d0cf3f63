#include "commands/slurm_script.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

namespace unecho::slurm_script_test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(SlurmScript, AStepIsAnArrayOfTheTasksThatAreLeft) {
  const std::string script = SlurmScript("/bin/unecho", "/runs/a", {"--memory=7"},
                                         {{"sign", {}}, {"pairs", {0, 1, 2, 5, 7, 8}}, {"resolve", {0}}});
  EXPECT_THAT(script, Not(HasSubstr("sign")));
  EXPECT_THAT(script,
              HasSubstr("\nsubmit pairs 0-2,5,7-8 'exec '\\''/bin/unecho'\\'' shard pairs '\\''/runs/a'\\'' "
                        "\"$SLURM_ARRAY_TASK_ID\" '\\''--memory=7'\\''' \"$@\"\nafter=$ids ids=\nsubmit resolve 0 "));
}

TEST(SlurmScript, AStepOfMoreTasksThanAnArrayHasIsSeveral) {
  std::vector<size_t> tasks(2500);
  std::iota(tasks.begin(), tasks.end(), 0);
  const std::string script = SlurmScript("unecho", "/runs/a", {}, {{"sign", tasks}});
  EXPECT_THAT(script, HasSubstr("submit sign 0-999 "));
  EXPECT_THAT(script, HasSubstr("\"$((SLURM_ARRAY_TASK_ID + 1000))\""));
  EXPECT_THAT(script, HasSubstr("submit sign 0-499 "));
  EXPECT_THAT(script, HasSubstr("\"$((SLURM_ARRAY_TASK_ID + 2000))\""));
  EXPECT_EQ(script.find("after=$ids"), script.rfind("after=$ids"));  // the next step waits for all of them
}

TEST(SlurmScript, NamesMayHaveAnyCharacter) {
  const std::string script = SlurmScript("unecho", "/runs/it's \"a\"\nrun $HOME", {}, {{"sign", {0}}});
  EXPECT_THAT(script, HasSubstr("mkdir -p '/runs/it'\\''s \"a\"\nrun $HOME/log'\n"));
  EXPECT_THAT(script, HasSubstr("# What is left of /runs/it's \"a\" run $HOME as"));
}

}  // namespace
}  // namespace unecho::slurm_script_test
