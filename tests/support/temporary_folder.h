// A folder of its own for each test: the current one while the test runs, and gone behind it.
#ifndef UNECHO_TESTS_SUPPORT_TEMPORARY_FOLDER_H_
#define UNECHO_TESTS_SUPPORT_TEMPORARY_FOLDER_H_

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace unecho {

// The mixin, for a fixture with parameters; InTemporaryFolder for all others.
class TemporaryFolder {
 protected:
  TemporaryFolder() {
    std::string pattern = testing::TempDir() + "/unecho_test_XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) ADD_FAILURE() << "no folder like " << pattern;
    folder_ = pattern;
    std::filesystem::current_path(folder_);
  }
  ~TemporaryFolder() {
    std::filesystem::current_path("/");
    std::filesystem::remove_all(folder_);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  // Gives the whole path.
  std::string Write(const std::string& name, const std::string& bytes) const {
    std::ofstream(Path(name), std::ios::binary) << bytes;
    return Path(name);
  }
  static std::string ReadAll(const std::string& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
  }

  std::string folder_;
};

class InTemporaryFolder : public testing::Test, protected TemporaryFolder {};

}  // namespace unecho

#endif  // UNECHO_TESTS_SUPPORT_TEMPORARY_FOLDER_H_
