// Files that hold no text are known by their first bytes, and no text is taken for one.
#include "read/binary_kind.h"

#include <gtest/gtest.h>

#include <string>

namespace unecho::binary_kind_test {
namespace {

using namespace std::string_view_literals;

std::string Tar(std::string name) {
  std::string block = std::move(name);
  block.resize(100, '\0');
  block += "0000644\0"sv;
  block.resize(257, '\0');
  block += "ustar\0"sv;
  block.resize(512, '\0');
  return block;
}

TEST(BinaryKind, IsKnownByTheFirstBytes) {
  const std::pair<std::string, std::string_view> cases[] = {
      {"PK\x03\x04rest", "zip"},
      {"%PDF-1.7\n", "PDF"},
      {Tar("a.txt"), "tar"},
      {Tar(std::string(100, 'a')), "tar"},
      {"PAR1\x15\x04", "Parquet"},
      {std::string("FEA1\0\0\0\0"sv), "Feather"},
      {std::string("SQLite format 3\0"sv), "SQLite"},
      {"\x89PNG\r\n\x1A\n", "PNG"},
      {"\x1F\x9D\x90", "compress"},
  };
  for (const auto& [bytes, name] : cases) {
    const BinaryKind* const kind = FindBinaryKind(bytes);
    ASSERT_NE(kind, nullptr) << name;
    EXPECT_NE(kind->name.find(name), kind->name.npos) << kind->name;
    EXPECT_FALSE(kind->advice.empty());
    // However the bytes come, the answer is not given too early.
    for (size_t size = 0; size < kind->at + kind->magic.size(); ++size) {
      EXPECT_TRUE(MayBecomeBinary(std::string_view(bytes).substr(0, size))) << name << " " << size;
    }
  }
}

TEST(BinaryKind, TextIsNone) {
  for (const std::string_view text :
       {"PKs are keys\n"sv, "PAR1 is a gene\n"sv, "{\"a\": 1}\n"sv, "Object\n"sv, "\xEF\xBB\xBFtext"sv, "a\0b\n"sv}) {
    EXPECT_EQ(FindBinaryKind(text), nullptr) << text;
  }
  EXPECT_FALSE(MayBecomeBinary("{}\n"));  // a line that is whole waits for nothing
  EXPECT_FALSE(MayBecomeBinary(std::string(2000, 'x')));
  EXPECT_FALSE(MayBecomeBinary(std::string(2000, '\0')));
  EXPECT_FALSE(MayBecomeBinary("a line\nand more"));
  const std::string before(257, 'c');
  EXPECT_EQ(FindBinaryKind(before + "ustard is done when a spoon stays coated"), nullptr);
  EXPECT_EQ(FindBinaryKind(before + "ustar \n"), nullptr);
}

}  // namespace
}  // namespace unecho::binary_kind_test
