// Which fields tell a record from others with the same text.
#include "layouts/asides.h"

#include <gtest/gtest.h>

#include <utility>

namespace unecho::asides_test {
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

uint64_t HashOfJson(std::string_view json, bool is_compared = false, std::vector<std::string> apart = {},
                    std::string_view text = "The ferry") {
  Asides asides;
  asides.Begin({&text, 1}, apart);
  asides.Add(NamedField{.name = "details", .value = json, .is_json = true, .is_compared = is_compared});
  return asides.hash();
}

TEST(Asides, AreInListsAndObjects) {
  EXPECT_NE(HashOfJson(R"({"seat":"A"})"), HashOfJson(R"({"seat":"B"})"));
  EXPECT_NE(HashOfJson(R"([{"seat":"A"}])"), HashOfJson(R"([{"hall":"A"}])"));
  EXPECT_NE(HashOfJson(R"({"a":{"b":[1,2]}})"), HashOfJson(R"({"a":{"b":[1,3]}})"));
  EXPECT_EQ(HashOfJson(R"({"seat":"A","hall":7})"), HashOfJson(R"({"hall":7,"seat":"A"})"));
  EXPECT_EQ(HashOfJson(R"({"id":1,"url":"x","score":3,"seat":null,"hall":""})"), 0U);
}

TEST(Asides, InATextThatIsComparedAreWhatIsNoTextThere) {
  EXPECT_EQ(HashOfJson(R"({"text":"a"})", true), HashOfJson(R"({"text":"b"})", true));
  EXPECT_NE(HashOfJson(R"({"text":"a","seat":1})", true), HashOfJson(R"({"text":"a","seat":2})", true));
  EXPECT_NE(HashOfJson(R"({"date":"a"})", true), HashOfJson(R"({"date":"b"})", true));
  constexpr std::string_view kProse = "The ferry was late again today, because the old engine had to be mended.";
  EXPECT_EQ(HashOfJson(R"({"date":"a"})", true, {}, kProse), 0U);
}

TEST(Asides, AreNotWhatKeepsRecordsApart) {
  EXPECT_EQ(HashOfJson(R"({"seat":"A"})", false, {"details"}), 0U);
  EXPECT_EQ(HashOfJson(R"({"seat":"A"})", false, {"details.seat"}), 0U);
  EXPECT_NE(HashOfJson(R"({"seat":"A"})", false, {"details.row", "eat"}), 0U);
  Asides asides;
  const std::vector<std::string> apart = {"Date"};
  asides.Begin({}, apart);
  asides.Add("date", "2024");
  EXPECT_EQ(asides.hash(), 0U);
}

}  // namespace
}  // namespace unecho::asides_test
