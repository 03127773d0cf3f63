#include "oracle/plain_candidates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "text/json_scan.h"
#include "works/work_fields.h"

namespace unecho::plain_candidates_test {
namespace {

// Every pair that the rule finds the same is among the candidates of the record in hand.
void ExpectAllFound(const std::vector<PlainWork>& works, size_t at_least) {
  PlainCandidates candidates;
  for (size_t i = 0; i < works.size(); ++i) candidates.Enter(i, works[i]);
  candidates.Settle();
  size_t same = 0, looked_at = 0;
  for (size_t i = 0; i < works.size(); ++i) {
    const std::vector<size_t> found = candidates.For(works[i]);
    looked_at += found.size();
    for (size_t j = 0; j < works.size(); ++j) {
      if (i == j || JudgePlainly(works[i], works[j]).answer != PlainVerdict::Answer::kSame) continue;
      ++same;
      EXPECT_TRUE(std::ranges::binary_search(found, j)) << works[i].Text() << "\n" << works[j].Text();
    }
  }
  EXPECT_GE(same, at_least);
  EXPECT_LT(looked_at, works.size() * works.size() / 2);  // else all would be candidates
}

// Titles of few words, in which letters are lost, swapped, doubled, and words joined and parted; pages, volumes and
// numbers that stand in each other's place; abstracts of which a part is there.
TEST(PlainCandidates, AreAllThatTheRuleFindsTheSame) {
  std::mt19937 random(1);
  const auto below = [&random](size_t n) { return static_cast<size_t>(random() % n); };
  const std::vector<std::string> words = {"harbour", "sleep",   "fog",    "tide",   "coastal", "lowgrade",
                                          "cats",    "sailors", "winter", "storm",  "night",   "anchor",
                                          "low",     "grade",   "watch",  "cohort", "malaria", "nets",
                                          "salt",    "lantern", "pilot",  "beacon", "island",  "gulls"};
  const auto misspelled = [&](std::string word) {
    const size_t at = 1 + below(word.size() - 2);
    switch (below(3)) {
      case 0: word.erase(at, 1); break;
      case 1: std::swap(word[at], word[at - (at > 1 ? 1 : 0)]); break;
      default: word[at] = 'q';
    }
    return word;
  };
  std::vector<PlainWork> works;
  for (size_t work = 0; work < 60; ++work) {
    std::vector<std::string> title;
    for (size_t i = 0; i < 4 + below(5); ++i) title.push_back(words[below(words.size())]);
    std::vector<std::string> abstract;
    for (size_t i = 0; i < 40; ++i) abstract.push_back(words[below(words.size())] + std::to_string(below(9)));
    const std::string author = "Name" + std::to_string(below(20)) + ", A.", volume = std::to_string(1 + below(4)),
                      number = std::to_string(1 + below(4)), page = std::to_string(100 + below(30));
    for (size_t copy = 0; copy < 8; ++copy) {
      WorkFields fields;
      std::vector<std::string> copied = title;
      for (size_t slips = below(3); slips > 0; --slips) {
        std::string& word = copied[below(copied.size())];
        if (word.size() > 3) word = misspelled(word);
      }
      for (size_t i = 0; i < copied.size(); ++i) fields.title += (i == 0 || below(8) == 0 ? "" : " ") + copied[i];
      if (below(4) > 0) fields.authors = {author};
      if (below(3) > 0) fields.year = "2011";
      if (below(2) > 0) fields.container = "Annals of Fog";
      if (below(3) > 0) fields.volume = below(5) == 0 ? number : volume;
      if (below(3) > 0) fields.number = below(5) == 0 ? volume : number;
      if (below(3) > 0) fields.pages = page + (below(2) > 0 ? "-" + std::to_string(std::stoi(page) + 8) : "");
      if (below(5) == 0) fields.doi = "10.5555/" + std::to_string(work);
      if (below(2) > 0) {
        const size_t begin = below(10), end = 30 + below(10);
        for (size_t i = begin; i < end; ++i) fields.abstract += abstract[i] + " ";
      }
      works.push_back(PlainWorkOf(fields));
    }
  }
  ExpectAllFound(works, 500);
}

// The records of sets in which people marked what is one work.
TEST(PlainCandidates, AreAllThatTheRuleFindsTheSameOnRealRecords) {
  for (const char* const set : {"bib_stroke", "bib_haematology"}) {
    std::ifstream file(std::string(UNECHO_SHARED_DATA) + "/labelled/" + set + "/records.jsonl");
    std::vector<PlainWork> works;
    constexpr size_t kMost = 250;
    for (std::string line; works.size() < kMost && std::getline(file, line);) {
      std::vector<NamedField> fields;
      for (const WrittenMember& member : MembersAsWritten(line))
        fields.push_back(
            {.name = member.name.substr(1, member.name.size() - 2), .value = member.value, .is_json = true});
      works.push_back(PlainWorkOf(WorkFieldsOf(fields, {}, "", "")));
    }
    if (!works.empty()) ExpectAllFound(works, set == std::string_view("bib_stroke") ? 20 : 0);
  }
}

}  // namespace
}  // namespace unecho::plain_candidates_test
