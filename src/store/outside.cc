#include "store/outside.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/str_format.h"

namespace unecho {

namespace fs = std::filesystem;

absl::Status CheckOutside(const std::string& index, std::span<const std::string> paths, std::string_view advice) {
  std::error_code error;
  fs::path folder = fs::weakly_canonical(index, error);
  if (!folder.has_filename()) folder = folder.parent_path();  // a slash behind the name of what is not there
  std::string last;
  bool is_inside = false;
  for (const std::string& path : paths) {
    if (path.empty() || path == "-") continue;
    const fs::path parent = fs::path(path).has_parent_path() ? fs::path(path).parent_path() : fs::path(".");
    if (last != parent) {  // of many files one behind the other
      last = parent.string();
      is_inside = fs::weakly_canonical(parent, error) == folder;
    }
    const bool is_index = fs::path(path).filename() == folder.filename() && fs::weakly_canonical(path, error) == folder;
    if (is_index) return absl::InvalidArgumentError(absl::StrFormat("%s is the index itself: %s", path, advice));
    if (is_inside)
      return absl::InvalidArgumentError(absl::StrFormat("%s lies in the index %s: %s", path, index, advice));
  }
  return absl::OkStatus();
}

}  // namespace unecho
