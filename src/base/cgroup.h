// What the control groups of this process, which containers, Slurm or YARN have made, leave it of memory.
//
// Cost:    a few files of /proc and /sys.
// Threads: any.
// Failure: none. What cannot be read is no limit.
#ifndef UNECHO_SRC_BASE_CGROUP_H_
#define UNECHO_SRC_BASE_CGROUP_H_

#include <cstdint>
#include <string>

namespace unecho {

// The smallest limit of the group that `membership` names and of all groups above it, in version 2 or 1; the largest
// number if there is none. In a container the path may be that of outside: then the root alone counts, which is that of
// the container.
uint64_t CgroupMemoryLimit(const std::string& membership = "/proc/self/cgroup",
                           const std::string& mounted_at = "/sys/fs/cgroup");

}  // namespace unecho

#endif  // UNECHO_SRC_BASE_CGROUP_H_
