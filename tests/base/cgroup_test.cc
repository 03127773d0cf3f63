#include "base/cgroup.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace unecho::cgroup_test {
namespace {

constexpr uint64_t kNone = std::numeric_limits<uint64_t>::max();

struct Case {
  const char* name;
  std::vector<std::pair<std::string, std::string>> files;  // below /sys/fs/cgroup
  std::string membership;
  uint64_t want;
};

class CgroupTest : public testing::TestWithParam<Case> {};

TEST_P(CgroupTest, TheSmallestLimitOfTheGroupsAboveCounts) {
  const auto root = std::filesystem::path(testing::TempDir()) / ("cgroup_" + std::string(GetParam().name));
  std::filesystem::remove_all(root);
  for (const auto& [path, text] : GetParam().files) {
    std::filesystem::create_directories((root / "fs" / path).parent_path());
    std::ofstream(root / "fs" / path) << text;
  }
  std::filesystem::create_directories(root);
  std::ofstream(root / "membership") << GetParam().membership;
  EXPECT_EQ(CgroupMemoryLimit(root / "membership", root / "fs"), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Groups, CgroupTest,
    testing::ValuesIn(std::vector<Case>{
        {"NoCgroups", {}, "", kNone},
        {"Container", {{"memory.max", "1000\n"}}, "0::/\n", 1000},
        {"NoLimit", {{"a/memory.max", "max\n"}}, "0::/a\n", kNone},
        // A job of Slurm: the step has no limit, the job has one.
        {"AJob",
         {{"slurm/job_1/memory.max", "700\n"},
          {"slurm/job_1/step_0/memory.max", "max\n"},
          {"slurm/memory.max", "900\n"}},
         "0::/slurm/job_1/step_0\n",
         700},
        {"AnotherJob", {{"slurm/job_2/memory.max", "700\n"}}, "0::/slurm/job_1\n", kNone},
        {"VersionOne",
         {{"memory/x/memory.limit_in_bytes", "500\n"}, {"memory/memory.limit_in_bytes", "9223372036854771712\n"}},
         "5:cpu,cpuacct:/\n4:memory:/x\n0::/\n",
         500},
        {"OtherControllers", {{"memory/x/memory.limit_in_bytes", "500\n"}}, "4:memory_of_elephants:/x\n", kNone},
        {"NoLine", {{"memory.max", "8\n"}}, "nonsense\n0::\n0:\n", 8}}),
    [](const auto& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace unecho::cgroup_test
