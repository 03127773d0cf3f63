// Layout page on the real dumps, whole and broken, against a naive split at empty lines. Skipped where they are absent.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>

#include "layouts/page_rules.h"
#include "support/page_builder.h"
#include "text/scan.h"

namespace unecho::page_seeds_test {
namespace {

constexpr size_t kHeadParagraphs = 5;  // four of furniture, the date

std::vector<std::string> ReadSeeds() {
  std::vector<std::filesystem::path> paths;
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::path(UNECHO_SHARED_DATA) / "seeds";
  for (const auto& file : std::filesystem::directory_iterator(folder, error)) {
    if (file.path().extension() == ".txt") paths.push_back(file.path());
  }
  std::ranges::sort(paths);
  std::vector<std::string> seeds;
  for (const auto& path : paths) {
    std::ifstream in(path, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return seeds;
}

Paragraphs SplitAtEmptyLines(std::string_view text) {
  Paragraphs paragraphs;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find("\n\n", begin), text.size());
    paragraphs.emplace_back(text.substr(begin, end - begin));
    begin = end + 2;
  }
  return paragraphs;
}

std::vector<Entry> NaiveEntries(std::string_view seed) {
  const Paragraphs paragraphs = SplitAtEmptyLines(seed);
  std::vector<Entry> entries;
  for (size_t i = kHeadParagraphs; i + 1 < paragraphs.size(); i += 2) {
    entries.push_back({paragraphs[i], {paragraphs[i + 1]}});
  }
  return entries;
}

class SeedPages : public testing::Test {
 protected:
  void SetUp() override {
    if (seeds_.empty()) GTEST_SKIP() << "no seed dumps here";
  }
  // Runs `source` and compares.
  static void Expect(std::string_view what, const std::string& source, const std::vector<Entry>& want) {
    SCOPED_TRACE(what);
    const Segmented out = SegmentPages(source);
    EXPECT_EQ(out.broken, "");
    const std::vector<Entry> got = Entries(out);
    EXPECT_EQ(got.size(), want.size());
    for (size_t i = 0; i < std::min(got.size(), want.size()); ++i) ASSERT_EQ(got[i], want[i]) << "entry " << i;
    EXPECT_TRUE(Rejected(out).empty());
  }
  const std::vector<std::string> seeds_ = ReadSeeds();
  std::mt19937_64 random_{20240314};
  size_t Below(size_t n) { return static_cast<size_t>(random_() % n); }
};

TEST_F(SeedPages, HaveTheKnownEntriesByteForByte) {
  std::vector<size_t> counts;
  for (const std::string& seed : seeds_) {
    Expect("whole", seed, NaiveEntries(seed));
    counts.push_back(Entries(SegmentPages(seed)).size());
  }
  EXPECT_EQ(counts, (std::vector<size_t>{38, 95, 37, 104, 85}));
}

TEST_F(SeedPages, GiveTheSameEntriesGluedByCat) {
  std::string all;
  std::vector<Entry> want;
  std::vector<std::string> snapshots;
  for (const std::string& seed : seeds_) {
    all += seed;
    for (const Entry& entry : NaiveEntries(seed)) want.push_back(entry);
    for (const OwnedRecord& record : SegmentPages(seed).records) snapshots.push_back(record.snapshot);
  }
  Expect("glued", all, want);
  std::set<std::string> distinct;
  for (const Entry& entry : want) distinct.insert(entry.title + "\n" + entry.body[0]);
  EXPECT_EQ(distinct.size(), 268u);
  std::vector<std::string> glued_snapshots;
  for (const OwnedRecord& record : SegmentPages(all).records) glued_snapshots.push_back(record.snapshot);
  EXPECT_EQ(glued_snapshots, snapshots);
}

TEST_F(SeedPages, GiveTheSameRecordsInAllSizes) {
  EXPECT_EQ(CheckAllSizes(GetLayout("page"), {}, seeds_[0]), "");
  EXPECT_EQ(CheckAllSizes(GetLayout("page"), {}, seeds_[0] + seeds_[2]), "");
  EXPECT_EQ(CheckAllSizes(GetLayout("page"), Limit(1600), seeds_[1]), "");
}

TEST_F(SeedPages, SurviveOtherLineEndsBlanksAndWrapping) {
  for (const std::string& seed : seeds_) {
    const std::vector<Entry> want = NaiveEntries(seed);
    Expect("crlf", Replace(seed, "\n", "\r\n"), want);
    Expect("cr", Replace(seed, "\n", "\r"), want);
    Expect("spaces", Replace(seed, "\n\n", " \n \t\n "), want);
    Expect("bom", std::string(kBom) + seed, want);
    for (size_t width : {size_t{72}, size_t{80}}) {
      Expect("wrapped", Join(Page(WrappedEntries(want, width, "\n"))), WrappedEntries(want, width, "\n"));
      Expect("wrapped crlf", Join(Page(WrappedEntries(want, width, "\r\n"), ""), "\r\n \r\n"),
             WrappedEntries(want, width, "\r\n"));
    }
  }
}

TEST_F(SeedPages, SurviveFurnitureAnywhereAndNoDate) {
  for (const std::string& seed : seeds_) {
    Paragraphs page = Without(SplitAtEmptyLines(seed), kHeadParagraphs - 1);
    for (int i = 0; i < 40; ++i) {
      page = With(page, kHeadParagraphs + Below(page.size() - kHeadParagraphs), {kHead[1 + Below(3)]});
    }
    Expect("furniture", Join(page), NaiveEntries(seed));
  }
}

TEST_F(SeedPages, SurviveMissingAbstracts) {
  for (const std::string& seed : seeds_) {
    std::vector<Entry> entries = NaiveEntries(seed);
    for (Entry& entry : entries) {
      if (Below(4) == 0) entry.body.clear();
    }
    // Behind a title without a body, the last title of a page that is cut off looks like the beginning of one.
    entries.back().body = NaiveEntries(seed).back().body;
    Expect("missing", Join(Page(entries)), entries);
  }
}

// Positions behind a full stop and a blank, in front of a capital.
std::vector<size_t> SentenceStarts(std::string_view text) {
  std::vector<size_t> starts;
  for (size_t i = 2; i < text.size(); ++i) {
    if (text[i] >= 'A' && text[i] <= 'Z' && text[i - 1] == ' ' && text[i - 2] == '.') starts.push_back(i);
  }
  return starts;
}

TEST_F(SeedPages, SurviveAbstractsOfSeveralParagraphs) {
  for (const std::string& seed : seeds_) {
    std::vector<Entry> entries = NaiveEntries(seed);
    for (Entry& entry : entries) {
      const std::string text = entry.body[0];
      const std::vector<size_t> starts = SentenceStarts(text);
      if (starts.size() < 4) continue;
      // The parts have two sentences or more: one alone between two long paragraphs may well be a title.
      const size_t first = starts[1 + Below(starts.size() - 3)];
      entry.body = {text.substr(0, first - 1), text.substr(first)};
    }
    Expect("split", Join(Page(entries)), entries);
  }
}

TEST_F(SeedPages, SurviveBeingCutOffAnywhere) {
  for (const std::string& seed : seeds_) {
    const std::vector<Entry> all = NaiveEntries(seed);
    const size_t body_begin = seed.find(all[0].title);
    for (int i = 0; i < 60; ++i) {
      const size_t size = body_begin + 1 + Below(seed.size() - body_begin);
      const std::string part = seed.substr(0, size);
      // What a naive split says, minus a last paragraph that is empty.
      Paragraphs paragraphs = SplitAtEmptyLines(std::string(TrimBlanksAtEnd(part)));
      std::vector<Entry> want;
      for (size_t k = kHeadParagraphs; k < paragraphs.size(); k += 2) {
        want.push_back({paragraphs[k], {}});
        if (k + 1 < paragraphs.size()) want.back().body.push_back(paragraphs[k + 1]);
      }
      Expect("cut off at " + std::to_string(size), part, want);
      std::vector<Entry> glued = want;
      glued.insert(glued.end(), all.begin(), all.end());
      if (!part.ends_with('\n')) Expect("cut off and glued at " + std::to_string(size), part + seed, glued);
    }
  }
}

}  // namespace
}  // namespace unecho::page_seeds_test
