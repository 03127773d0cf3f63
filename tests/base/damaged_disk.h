// Files without a name that the process has open, and a disk that changes a bit of one.
#ifndef UNECHO_TESTS_BASE_DAMAGED_DISK_H_
#define UNECHO_TESTS_BASE_DAMAGED_DISK_H_

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <set>
#include <string>
#include <system_error>

namespace unecho {

inline std::set<int> OpenUnnamedFiles() {
  std::set<int> files;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code error;
    const std::string target = std::filesystem::read_symlink(entry.path(), error).string();
    if (!error && target.find("/unecho.") != std::string::npos)
      files.insert(std::stoi(entry.path().filename().string()));
  }
  return files;
}

// The one that was not among `before`; -1: there is none, or there are several.
inline int NewUnnamedFile(const std::set<int>& before) {
  int found = -1;
  for (const int file : OpenUnnamedFiles()) {
    if (before.contains(file)) continue;
    if (found >= 0) return -1;
    found = file;
  }
  return found;
}

inline bool TurnBit(int file, off_t at) {
  unsigned char byte = 0;
  if (::pread(file, &byte, 1, at) != 1) return false;
  byte ^= 16;
  return ::pwrite(file, &byte, 1, at) == 1;
}

}  // namespace unecho

#endif  // UNECHO_TESTS_BASE_DAMAGED_DISK_H_
