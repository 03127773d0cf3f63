// Which fields tell a record from others with the same text.
#include "layouts/asides.h"

#include <gtest/gtest.h>

#include <utility>

namespace unecho {
namespace {

using Fields = std::vector<std::pair<std::string_view, std::string_view>>;

uint64_t HashOf(Asides& asides, const Fields& fields, bool has_prose = false) {
  const std::string_view text =
      has_prose ? "The ferry was late again today, because the old engine had to be mended first." : "The ferry";
  asides.Begin({&text, 1});
  for (const auto& [name, value] : fields) asides.Add(name, value);
  return asides.hash();
}

TEST(Asides, AreDetailsOnlyWithoutProse) {
  Asides asides;
  const uint64_t one = HashOf(asides, {{"date", "1"}, {"seat", "A"}}),
                 two = HashOf(asides, {{"date", "2"}, {"seat", "A"}});
  EXPECT_NE(one, two);
  EXPECT_EQ(HashOf(asides, {{"date", "1"}, {"seat", "A"}}, true), HashOf(asides, {{"date", "2"}, {"seat", "A"}}, true));
  EXPECT_NE(HashOf(asides, {{"date", "1"}, {"seat", "A"}}, true), HashOf(asides, {{"date", "1"}, {"seat", "B"}}, true));
}

TEST(Asides, AreNotWhatChangesFromCopyToCopy) {
  Asides asides;
  for (const std::string_view name :
       {"id", "tweet_id", "url", "pdf_link", "score", "language_score", "num_likes", "updatedAt", "split"})
    EXPECT_EQ(HashOf(asides, {{name, "1"}}), 0U) << name;
}

TEST(Asides, AreIdsOfOthersBehindTheOwn) {
  Asides asides;
  EXPECT_NE(HashOf(asides, {{"id", "1"}, {"image_id", "7"}}), HashOf(asides, {{"id", "2"}, {"image_id", "8"}}));
  EXPECT_EQ(HashOf(asides, {{"index", "1"}, {"id", "7"}}), 0U);
}

TEST(Asides, HaveNoOrder) {
  Asides asides;
  EXPECT_EQ(HashOf(asides, {{"seat", "A"}, {"hall", "B"}}), HashOf(asides, {{"hall", "B"}, {"seat", "A"}}));
  EXPECT_EQ(HashOf(asides, {{"seat", "A"}, {"hall", ""}}), HashOf(asides, {{"seat", "A"}}));
}

}  // namespace
}  // namespace unecho
