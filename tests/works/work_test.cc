#include "works/work.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace unecho::work_test {
namespace {

// A work with this text, a run and two shingles.
std::vector<uint32_t> Packed(std::string_view text) {
  const size_t text_words = (text.size() + 3) / 4;
  std::vector<uint32_t> packed(3 + text_words + 3);
  packed[0] = static_cast<uint32_t>(text.size()), packed[1] = 1, packed[2] = 2;
  std::memcpy(&packed[3], text.data(), text.size());
  return packed;
}

TEST(IsWellFormedWork, LetsInWhatCanBeRead) {
  for (const char* const text :
       {"", "Tsea fog\nAsmith|smith j|j\nCfog\nY2010\nF 1\nLs 12\nK1\n", "A|j|j\n", "D10.1/a b\nI1x\n"})
    EXPECT_TRUE(IsWellFormedWork(Packed(text))) << text;
}

// The rule looks at the first letter of a word, the first word of a journal, and digits of pages.
TEST(IsWellFormedWork, RefusesWhatTheRuleDoesNotExpect) {
  for (const char* const text :
       {"\n",     "T\n",           "Tsea  fog\n", "Tsea \n", "T sea\n",          "C\n",
        "C \n",   "A\n",           "Asmith\n",    "A |j|\n", "Asmith|smith |\n", "Asmith|smith| j\n",
        "Y20a\n", "Y1234567890\n", "F12\n",       "F \n",    "Ls 1a\n",          "K\n",
        "K9\n",   "K10\n"})
    EXPECT_FALSE(IsWellFormedWork(Packed(text))) << text;
}

TEST(IsWellFormedWork, RefusesSizesThatDoNotFit) {
  std::vector<uint32_t> packed = Packed("Tsea fog\n");
  packed[0] += 4;
  EXPECT_FALSE(IsWellFormedWork(packed));
  packed = Packed("Tsea fog\n");
  packed[1] = 9;
  EXPECT_FALSE(IsWellFormedWork(packed));
  packed = Packed("Tsea fog\n");
  packed[2] = UINT32_MAX;
  EXPECT_FALSE(IsWellFormedWork(packed));
  EXPECT_FALSE(IsWellFormedWork({}));
  EXPECT_FALSE(IsWellFormedWork(std::vector<uint32_t>{0, 0}));
}

}  // namespace
}  // namespace unecho::work_test
