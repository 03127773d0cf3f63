// A file that is read whole before a run begins: a profile, rules, labels.
//
// Cost: the bytes of the file. Threads: a function without state.
// Failure: what cannot be opened or read, and a folder: a Status that names the path and the system's reason. What a
// person writes (a profile, rules) is small, so that a larger file is a mistake in the path, such as a dump, and is not
// read.
#ifndef UNECHO_SRC_BASE_SMALL_FILE_H_
#define UNECHO_SRC_BASE_SMALL_FILE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/status.h"

namespace unecho {

inline constexpr size_t kMostWrittenByHand = size_t{1} << 20;  // the largest profile of ours has 19 KB

absl::StatusOr<std::string> ReadSmallFile(const std::string& path, size_t most_bytes = SIZE_MAX);

}  // namespace unecho

#endif  // UNECHO_SRC_BASE_SMALL_FILE_H_
