// The rule on sets of records in which people marked what is the same work: what it finds, and what it gets wrong, by
// pairs. docs/benchmarks.md has the same figures as precision and recall, beside those of others.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>

#include "support/pipeline_run.h"
#include "support/temporary_folder.h"

namespace unecho::labelled_test {
namespace {

namespace fs = std::filesystem;

struct Labelled {
  const char* name;
  size_t found, wrong, missed;  // pairs of records that became one
  size_t lost;                  // entries of which no record is left
};
class WorksLabelledTest : public InTemporaryFolder, public testing::WithParamInterface<Labelled> {};

size_t PairsOf(size_t records) { return records * (records - 1) / 2; }

template <typename Key>
size_t PairsIn(const std::map<Key, size_t>& sizes) {
  size_t pairs = 0;
  for (const auto& [key, size] : sizes) pairs += PairsOf(size);
  return pairs;
}

// Of a file whose lines begin with a name, which is no id.
std::map<std::string, std::string> ReadEntries(const std::string& path) {
  std::map<std::string, std::string> entry_of;
  for (const std::string& line : LinesOf(path)) {
    std::istringstream fields(line);
    std::string name, id;
    fields >> name;
    while (fields >> id) entry_of[id] = "entry " + name;
  }
  return entry_of;
}

TEST_P(WorksLabelledTest, FindsWhatPeopleFoundAndLittleElse) {
  const std::string folder = std::string(UNECHO_SHARED_DATA) + "/labelled/" + GetParam().name;
  if (!fs::exists(folder)) GTEST_SKIP() << "no " << folder;
  PipelineOptions options = RunOf({folder + "/records.jsonl"});
  options.output = Path("corpus");
  options.provenance = Path("provenance");
  options.answer.comparison.by = CompareBy::kWorks;
  options.answer.segment.id_field = "id";
  RunOrFail(options);

  const auto entry_of = ReadEntries(folder + "/clusters.tsv");
  std::map<std::string, size_t> groups, entries;
  std::map<std::pair<std::string, std::string>, size_t> both;
  std::set<std::string> left;
  for (const Decision& decision : ReadProvenance(options.provenance)) {
    const auto found = entry_of.find(decision.id);
    const std::string entry = found == entry_of.end() ? decision.id : found->second;
    const std::string group = decision.witness.empty() ? decision.ref : decision.witness;
    ++groups[group], ++entries[entry], ++both[{group, entry}];
    if (decision.fate == "kept") left.insert(entry);
  }
  const size_t found = PairsIn(both);
  EXPECT_EQ(found, GetParam().found);
  EXPECT_EQ(PairsIn(groups) - found, GetParam().wrong);
  EXPECT_EQ(PairsIn(entries) - found, GetParam().missed);
  EXPECT_EQ(entries.size() - left.size(), GetParam().lost);
}

INSTANTIATE_TEST_SUITE_P(
    Works, WorksLabelledTest,
    testing::Values(Labelled{"bib_stroke", 477, 0, 2, 0}, Labelled{"bib_haematology", 134, 0, 29, 0},
                    Labelled{"bib_cytology_screening", 909, 0, 0, 0}, Labelled{"sweep_copper", 174, 1, 0, 1},
                    Labelled{"sweep_tafenoquine", 122, 0, 0, 0}, Labelled{"dblp_acm", 1950, 104, 274, 27}),
    [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace unecho::labelled_test
