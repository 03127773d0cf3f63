// Directories among the inputs -> the files in them.
//
// A directory is walked down to the last file: regular files and links to such, in the order of their paths' bytes,
// which is the same on every machine. Left out: hidden files and folders (a name that begins with a dot), links to
// folders (so no loop is walked twice), indexes of kept records, and the outputs of this run.
//
// Cost:    a look at each entry of each folder, and a sort of the names.
// Threads: one caller.
// Failure: a folder that cannot be read; one in which nothing is left; patterns without a folder to apply them to.
#ifndef UNECHO_SRC_READ_FOLDERS_H_
#define UNECHO_SRC_READ_FOLDERS_H_

#include <span>
#include <string>
#include <vector>

#include "base/status.h"

namespace unecho {

// `globs`: as of a shell, of the file's name, or, if it holds a slash, of its path below the folder; one must match.
// None: all files. `outputs`: paths that this run writes, folders or files. Paths that are no directories stay as they
// are, in their places.
absl::StatusOr<std::vector<std::string>> WalkInputs(std::span<const std::string> paths,
                                                    std::span<const std::string> globs,
                                                    std::span<const std::string> outputs);

// The folder among `folders` in whose walk the file `path` would be found, whether it is there or not; empty: none.
std::string FolderThatReads(const std::string& path, std::span<const std::string> folders,
                            std::span<const std::string> globs);

}  // namespace unecho

#endif  // UNECHO_SRC_READ_FOLDERS_H_
