#include "base/cgroup.h"

#include <algorithm>
#include <fstream>
#include <limits>

namespace unecho {
namespace {

constexpr uint64_t kNoLimit = std::numeric_limits<uint64_t>::max();

// A number in a file; no limit if there is none ("max", or no such file).
uint64_t LimitIn(const std::string& path) {
  std::ifstream file(path);
  uint64_t value = 0;
  return file >> value ? value : kNoLimit;
}

// From the group up to the root, which has no name: "/a/b", "/a", "".
uint64_t SmallestAbove(const std::string& root, std::string group, const std::string& file) {
  uint64_t limit = LimitIn(root + "/" + file);
  while (!group.empty() && group != "/") {
    limit = std::min(limit, LimitIn(root + group + "/" + file));
    group.resize(group.rfind('/'));
  }
  return limit;
}

}  // namespace

uint64_t CgroupMemoryLimit(const std::string& membership, const std::string& mounted_at) {
  uint64_t limit = std::min(LimitIn(mounted_at + "/memory.max"), LimitIn(mounted_at + "/memory/memory.limit_in_bytes"));
  // A line a hierarchy, NUMBER:CONTROLLERS:PATH; version 2 has no controllers.
  std::ifstream file(membership);
  for (std::string line; std::getline(file, line);) {
    const size_t first = line.find(':');
    const size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos || line.compare(second + 1, 1, "/") != 0) continue;
    const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",";
    const std::string group = line.substr(second + 1);
    if (controllers == ",,") limit = std::min(limit, SmallestAbove(mounted_at, group, "memory.max"));
    if (controllers.find(",memory,") != std::string::npos)
      limit = std::min(limit, SmallestAbove(mounted_at + "/memory", group, "memory.limit_in_bytes"));
  }
  return limit;
}

}  // namespace unecho
