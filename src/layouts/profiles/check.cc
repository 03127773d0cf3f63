// A program of the build: reads every profile that is embedded, and compiles its patterns. A profile that ships with
// unecho and cannot be read, or is not called as its file is, fails the build here, with its file, line and key.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "layouts/profile.h"

int main(int argc, char** argv) {
  int wrong = 0;
  for (int i = 1; i < argc; ++i) {
    std::ifstream file(argv[i], std::ios::binary);
    const std::string toml{std::istreambuf_iterator<char>(file), {}};
    const absl::StatusOr<unecho::Profile> profile = unecho::ParseProfile(toml, argv[i]);
    if (file && profile.ok() && profile->name == std::filesystem::path(argv[i]).stem()) continue;
    std::fprintf(stderr, "%s\n", profile.ok() ? argv[i] : std::string(profile.status().message()).c_str());
    ++wrong;
  }
  return wrong == 0 ? 0 : 1;
}
