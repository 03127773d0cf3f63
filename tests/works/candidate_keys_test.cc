#include "works/candidate_keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "works/support.h"
#include "works/works_index.h"

namespace unecho::candidate_keys_test {
namespace {

CandidateKeys KeysOf(const std::string& fields) {
  const std::vector<uint32_t> packed = PackedOf(FieldsOf(fields));
  Work work;
  work.Read(packed);
  CandidateKeys keys;
  keys.Set(work);
  return keys;
}

// The first is kept, the second is new; and the other way round.
bool Meet(const std::string& a, const std::string& b) {
  const CandidateKeys x = KeysOf(a), y = KeysOf(b);
  const auto meets = [](const CandidateKeys& kept, const CandidateKeys& fresh) {
    return std::ranges::any_of(
        fresh.as_new, [&](uint64_t key) { return std::ranges::find(kept.as_kept, key) != kept.as_kept.end(); });
  };
  EXPECT_EQ(meets(x, y), meets(y, x)) << a << "\n" << b;
  return meets(x, y);
}

TEST(CandidateKeys, LetWorksMeetThatMayBeTheSame) {
  const std::string text =
      "|abstract=We looked at forty patients with a low grade glioma and found that nothing that we did to them made "
      "any "
      "difference";
  const struct {
    std::string a, b;
  } pairs[] = {
      {"doi=10.1000/x", "doi=https://doi.org/10.1000/X"},
      {"pmid=19179316", "pmid=19179316"},
      // Titles of fewer than four words do with an author's name or a page.
      {"title=Malaria in children|author=Smith J", "title=Malaria in the children|author=Smith, John"},
      {"title=Malaria in children|author=Smith J", "title=Malaria in chlidren|author=Doe A; Smith J"},
      {"title=Malaria in small children|p=5-9", "title=Malaria in children|p=5"},
      {"title=Lowgrade glioma|author=Smith J", "title=Low grade glioma|author=Smith J"},
      {"title=Low-grade gliomas of adults", "title=Low grade glioma of adults"},
      {"title=one alpha beta gamma delta lambda kappa sigma omega zeta theta",
       "title=one alpha beta gamma delta lambda kappa sigma omega zeta malaria"},
      {"title=alpha beta gamma delta lambda kappa sigma omega zeta theta",
       "title=alpha beta gamma delta lambda kappa sigma omega zeta"},
      {"title=Malaria|author=Smith J|vol=3|p=5-9", "title=Paludisme|author=Smith, John|vol=3|p=5"},
      {"title=Malaria|author=Smith J|vol=3|p=5-9", "title=Paludisme|author=Smith, John|vol=3|p=4-9"},
      {"title=Malaria|author=Smith J|year=2010|p=5-9", "title=Paludisme|author=Smith, John|year=2010|vol=3|p=5"},
      {"title=Malaria|in=Blood|year=2010|vol=3|p=5", "title=Paludisme|in=Bld|year=2009|vol=3|p=5"},
      {"title=Malaria" + text, "title=Paludisme" + text + " at all"},
  };
  for (const auto& each : pairs) EXPECT_TRUE(Meet(each.a, each.b)) << each.a << "\n" << each.b;
}

TEST(CandidateKeys, KeepOthersApart) {
  const struct {
    std::string a, b;
  } pairs[] = {
      {"", ""},
      {"title=Malaria in children", "title=Stroke in adults"},
      {"title=Malaria in children|author=Smith J", "title=Malaria in children|author=Doe A"},
      {"title=Editorial|author=Smith J", "title=Editorial|author=Smith J"},
      {"year=2010|vol=3|in=Blood", "year=2010|vol=3|in=Blood"},
      {"title=Malaria|author=Smith J|year=2010", "title=Stroke|author=Smith J|year=2010"},
      {"title=Malaria|author=Smith J|year=2010|p=1", "title=Stroke|author=Smith J|year=2010|p=1"},
      {"title=Malaria|in=Blood|year=2010|vol=3|p=5", "title=Stroke|in=Blood|year=2008|vol=3|p=5"},
      {"doi=10.1000/x", "doi=10.1000/y"},
  };
  for (const auto& each : pairs) EXPECT_FALSE(Meet(each.a, each.b)) << each.a << "\n" << each.b;
}

TEST(CandidateKeys, AreFewHoweverLongTheRecord) {
  WorkFields fields;
  for (int i = 0; i < 20000; ++i) fields.title += "word" + std::to_string(i) + " ";
  fields.abstract = fields.container = fields.title;
  fields.authors.assign(1000, fields.title);
  fields.volume = "3", fields.year = "2010", fields.pages = "5-9";
  const std::vector<uint32_t> packed = PackedOf(fields);
  Work work;
  work.Read(packed);
  CandidateKeys keys;
  keys.Set(work);
  EXPECT_LT(keys.as_new.size(), 60U);
}

TEST(WorksIndex, GivesTheKeptWorksOfAKeyTheLatestFirst) {
  WorksIndex index;
  std::vector<std::vector<uint32_t>> works;
  std::vector<WorksIndex::Mark> marks;  // in front of each
  constexpr uint32_t kWorks = 20000;    // so that it grows
  for (uint32_t i = 0; i < kWorks; ++i) {
    works.push_back(PackedOf(FieldsOf("title=Work " + std::to_string(i))));
    const std::vector<uint64_t> keys = {i / 50, uint64_t{1} << 40 | i, 0xffffffffffffffff};
    marks.push_back(index.mark());
    index.Keep(works.back(), keys, std::vector<uint64_t>{i % 1000});
  }
  ASSERT_EQ(index.size(), kWorks);
  for (uint32_t i = 0; i < kWorks; i += 97) EXPECT_TRUE(std::ranges::equal(index.work(i), works[i])) << i;
  const auto ids = [&](uint64_t key, uint32_t first, std::vector<uint64_t> details = {}) {
    std::vector<uint32_t> met;
    index.ForEachOfKey(key, details, marks[first], [&met](uint32_t id) { met.push_back(id); });
    return met;
  };
  EXPECT_EQ(ids(uint64_t{1} << 40 | 123, 0), std::vector<uint32_t>{123});
  EXPECT_EQ(ids(uint64_t{1} << 40 | 123, 124), std::vector<uint32_t>{});
  EXPECT_EQ(ids(7777, 0), std::vector<uint32_t>{});
  EXPECT_EQ(ids(3, 197), (std::vector<uint32_t>{199, 198, 197}));
  // What all have: the first, and those of the same detail.
  constexpr uint32_t kMost = WorksIndex::kMostOfKey;
  EXPECT_EQ(ids(0xffffffffffffffff, 0).size(), kMost);
  EXPECT_EQ(ids(0xffffffffffffffff, 0).front(), kMost - 1);
  EXPECT_EQ(ids(0xffffffffffffffff, 0, {5}).size(), kMost + kWorks / 1000 - 1);
  EXPECT_EQ(ids(0xffffffffffffffff, kWorks - 1000, {5, 6}), (std::vector<uint32_t>{19005, 19006}));
  EXPECT_GT(index.memory_bytes(), 0U);
}

}  // namespace
}  // namespace unecho::candidate_keys_test
