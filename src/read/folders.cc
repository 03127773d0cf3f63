#include "read/folders.h"

#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace unecho {
namespace {

namespace fs = std::filesystem;

bool IsWanted(const std::string& name, const std::string& below, std::span<const std::string> globs) {
  return globs.empty() || std::ranges::any_of(globs, [&](const std::string& glob) {
           const bool is_path = glob.find('/') != std::string::npos;
           return fnmatch(glob.c_str(), is_path ? below.c_str() : name.c_str(), is_path ? FNM_PATHNAME : 0) == 0;
         });
}

// An index of kept records (store/index_format.h) is no dump, whatever it is called.
bool IsIndex(const std::string& folder) {
  constexpr std::string_view kBegin = "{\n  \"format\": \"unecho index\"";
  std::ifstream manifest(folder + "/manifest", std::ios::binary);
  std::string begin(kBegin.size(), '\0');
  return manifest.read(begin.data(), static_cast<std::streamsize>(begin.size())) && begin == kBegin;
}

class Walk {
 public:
  Walk(const std::string& root, std::span<const std::string> globs, std::span<const std::string> outputs)
      : root_(root), globs_(globs), outputs_(outputs) {}

  absl::StatusOr<std::vector<std::string>> Files() {
    UNECHO_RETURN_IF_ERROR(Enter(root_, ""));
    std::ranges::sort(files_);
    if (!files_.empty()) return std::move(files_);
    if (globs_.empty())
      return absl::NotFoundError(absl::StrFormat("%s: holds no files to read (hidden ones do not count)", root_));
    return absl::NotFoundError(
        absl::StrFormat("%s: none of its files matches --glob %s", root_, absl::StrJoin(globs_, " or ")));
  }

 private:
  absl::Status Enter(const std::string& directory, const std::string& below) {
    std::error_code error;
    fs::directory_iterator entries(directory, error);
    for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
      const std::string name = entries->path().filename().string();
      if (name.starts_with('.')) continue;  // temporary files of a run are, too
      const std::string path = directory + (directory.ends_with('/') ? "" : "/") + name;
      std::error_code gone;
      if (fs::is_regular_file(entries->status(gone))) {
        if (IsWanted(name, below + name, globs_) && !IsOutput(path)) files_.push_back(path);
      } else if (fs::is_directory(entries->symlink_status(gone)) && !IsOutput(path) && !IsIndex(path)) {
        UNECHO_RETURN_IF_ERROR(Enter(path, below + name + "/"));
      }
    }
    if (!error) return absl::OkStatus();
    return absl::PermissionDeniedError(absl::StrFormat(
        "%s: cannot be read (%s); check its permissions, or name the files", directory, error.message()));
  }

  bool IsOutput(const std::string& path) const {
    return std::ranges::any_of(outputs_, [&path](const std::string& output) {
      std::error_code error;
      return !output.empty() && fs::equivalent(path, output, error) && !error;
    });
  }

  const std::string& root_;
  std::span<const std::string> globs_, outputs_;
  std::vector<std::string> files_;
};

}  // namespace

absl::StatusOr<std::vector<std::string>> WalkInputs(std::span<const std::string> paths,
                                                    std::span<const std::string> globs,
                                                    std::span<const std::string> outputs) {
  std::vector<std::string> files;
  bool any = false;
  for (const std::string& path : paths) {
    std::error_code error;
    if (path == "-" || !fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    any = true;
    UNECHO_ASSIGN_OR_RETURN(const std::vector<std::string> inside, Walk(path, globs, outputs).Files());
    files.insert(files.end(), inside.begin(), inside.end());
  }
  if (!globs.empty() && !any)
    return absl::InvalidArgumentError(
        "--glob picks files in folders, and none is named: name a folder, or leave it out");
  return files;
}

std::string FolderThatReads(const std::string& path, std::span<const std::string> folders,
                            std::span<const std::string> globs) {
  std::error_code error;
  const fs::path file = fs::weakly_canonical(path, error);
  if (error) return std::string();
  for (const std::string& folder : folders) {
    if (folder == "-" || !fs::is_directory(folder, error)) continue;
    const fs::path below = file.lexically_relative(fs::canonical(folder, error));
    const auto is_hidden = [](const fs::path& part) { return part.string().starts_with('.'); };  // and "..": not below
    if (below.empty() || std::ranges::any_of(below, is_hidden)) continue;
    if (IsWanted(below.filename().string(), below.string(), globs)) return folder;
  }
  return std::string();
}

}  // namespace unecho
