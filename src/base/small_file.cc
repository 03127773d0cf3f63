#include "base/small_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "absl/strings/str_format.h"

namespace unecho {

absl::StatusOr<std::string> ReadSmallFile(const std::string& path, size_t most_bytes) {
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr) {
    return absl::NotFoundError(
        absl::StrFormat("%s: cannot be opened (%s); check the path", path, std::strerror(errno)));
  }
  std::string bytes;
  char block[1 << 14];
  for (size_t size; (size = std::fread(block, 1, sizeof block, file.get())) > 0;) {
    bytes.append(block, size);
    if (bytes.size() > most_bytes) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "%s: is larger than %d KiB, as no file written by hand is; check the path", path, most_bytes >> 10));
    }
  }
  if (std::ferror(file.get()) != 0) {
    return absl::InvalidArgumentError(absl::StrFormat("%s: cannot be read (%s)", path, std::strerror(errno)));
  }
  return bytes;
}

}  // namespace unecho
