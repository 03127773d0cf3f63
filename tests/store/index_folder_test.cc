#include "store/index_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "store/block.h"
#include "store/block_reader.h"
#include "store/record_block.h"
#include "support/temporary_folder.h"

namespace unecho::index_folder_test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Access = IndexFolder::Access;

// Takes a list in braces.
std::string SourcesBlock(const std::vector<std::string>& names) { return PackedSources(names); }

std::string RecordsBlock(uint64_t first, uint64_t count) {
  RecordBlocks blocks(first, first);
  const std::vector<uint32_t> words = {1, 2, 3};
  for (uint64_t i = 0; i < count; ++i) {
    StoredRecord record;
    record.key = {first + i, 0};
    record.words = words;
    blocks.Add(record);
  }
  std::string block = blocks.Take();
  PackBlock(block);
  return block;
}

class IndexFolderTest : public InTemporaryFolder {
 protected:
  static std::string Said(const absl::Status& status) { return std::string(status.message()); }
  std::unique_ptr<IndexFolder> Open(Access access) {
    auto folder = IndexFolder::Open(Path("x"), access);
    EXPECT_TRUE(folder.ok()) << folder.status();
    return folder.ok() ? *std::move(folder) : nullptr;
  }
  absl::Status OpenStatus(Access access) { return IndexFolder::Open(Path("x"), access).status(); }
  // A run of one source and two blocks of one record each, but for the last step.
  static void Begin(IndexFolder& folder, const std::string& source, IndexRun& run) {
    ASSERT_TRUE(folder.Begin({{"compare", "words"}, {"threshold", "0.7"}}, "answer", "1.0").ok());
    ASSERT_TRUE(folder.Append(SourcesBlock({source})).ok());
    for (int i = 0; i < 2; ++i) ASSERT_TRUE(folder.Append(RecordsBlock(folder.num_records() + i, 1)).ok());
    run.sources = 1;
    run.records = run.kept = 2;
    ASSERT_TRUE(folder.Finish(run).ok());
  }
  void AddRun(const std::string& source) {
    const auto folder = Open(Access::kAdd);
    ASSERT_NE(folder, nullptr);
    IndexRun run;
    Begin(*folder, source, run);
    ASSERT_TRUE(folder->Commit(run).ok());
  }
  // Opens it and reads every block.
  absl::Status ReadAllBlocks() {
    auto folder = IndexFolder::Open(Path("x"), Access::kRead);
    UNECHO_RETURN_IF_ERROR(folder.status());
    BlockReader reader(**folder);
    BlockHead head;
    std::vector<char> payload;
    std::string plain;
    while (true) {
      UNECHO_ASSIGN_OR_RETURN(const bool is_there, reader.Next(head, payload));
      if (!is_there) return absl::OkStatus();
      if (const absl::Status status = UnpackBlock(head, {payload.data(), payload.size()}, plain); !status.ok())
        return reader.Damaged(status);
    }
  }
  std::vector<std::string> Files() const {
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(Path("x"))) files.push_back(entry.path().filename().string());
    std::ranges::sort(files);
    return files;
  }
};

TEST_F(IndexFolderTest, HasWhatWasAdded) {
  AddRun("a.txt");
  AddRun("b.txt");
  EXPECT_THAT(Files(), ElementsAre("lock", "manifest", "run-000001", "run-000002"));
  const auto folder = Open(Access::kRead);
  EXPECT_THAT(folder->source_names(), ElementsAre("a.txt", "b.txt"));
  EXPECT_EQ(folder->num_records(), 4u);
  EXPECT_EQ(folder->num_kept(), 4u);
  EXPECT_EQ(folder->num_bytes(), fs::file_size(Path("x/run-000001")) + fs::file_size(Path("x/run-000002")));
  EXPECT_TRUE(ReadAllBlocks().ok());
}

TEST_F(IndexFolderTest, BlocksComeInOrderWithTheirPlaces) {
  AddRun("a.txt");
  AddRun("b.txt");
  const auto folder = Open(Access::kRead);
  BlockReader reader(*folder);
  BlockHead head;
  std::vector<char> payload;
  std::vector<std::string> seen;
  uint64_t at = 0;
  while (*reader.Next(head, payload)) {
    at = head.kind == static_cast<uint32_t>(BlockKind::kSources) ? 0 : at;
    EXPECT_EQ(reader.place().at, at);
    at += sizeof head + payload.size();
    seen.push_back(reader.place().file + " " + std::to_string(head.kind) + " " + std::to_string(head.first_record));
  }
  EXPECT_THAT(seen, ElementsAre("run-000001 1 0", "run-000001 2 0", "run-000001 2 1", "run-000002 1 0",
                                "run-000002 2 2", "run-000002 2 3"));
}

TEST_F(IndexFolderTest, ARunThatIsNotCommittedIsGone) {
  AddRun("a.txt");
  const std::string manifest = ReadAll(Path("x/manifest"));
  {
    const auto folder = Open(Access::kAdd);
    IndexRun run;
    Begin(*folder, "b.txt", run);
    EXPECT_THAT(Files(), testing::Contains("run-000002"));
  }
  EXPECT_THAT(Files(), ElementsAre("lock", "manifest", "run-000001"));
  EXPECT_EQ(ReadAll(Path("x/manifest")), manifest);
  AddRun("b.txt");
  EXPECT_TRUE(ReadAllBlocks().ok());
}

TEST_F(IndexFolderTest, ARunGoesOnBehindItsLastWholeBlock) {
  AddRun("a.txt");
  const IndexFolder::Resumable resumable = {
      .resumes = true, .command_line = "unecho one", .parameters = {{"seed", "1"}}};
  const auto begin = [&](IndexFolder& folder, const IndexFolder::Resumable& asked) {
    return folder.Begin({{"compare", "words"}}, "answer", "1.0", &asked);
  };
  {
    const auto folder = Open(Access::kAdd);
    ASSERT_TRUE(begin(*folder, resumable).ok());
    EXPECT_EQ(folder->unfinished().records, 0u);
    ASSERT_TRUE(folder->Append(SourcesBlock({"b.txt"})).ok());
    for (uint64_t i = 2; i < 5; ++i) ASSERT_TRUE(folder->Append(RecordsBlock(i, 1)).ok());
  }
  EXPECT_THAT(Files(), ElementsAre("lock", "manifest", "run-000001", "run-000002.asked.part", "run-000002.part"));
  const std::string part = ReadAll(Path("x/run-000002.part"));
  // Each byte of the last block, and less of the file, leave the two before.
  const size_t last = part.size() - RecordsBlock(4, 1).size();
  for (size_t at = last; at < part.size(); ++at) {
    std::string other = part;
    other[at] ^= 1;
    Write("x/run-000002.part", at % 2 == 0 ? other : part.substr(0, at));
    EXPECT_EQ((*Open(Access::kRead)->LeftByKilledRun())->file, "run-000002.part");
    const auto folder = Open(Access::kAdd);
    ASSERT_TRUE(begin(*folder, resumable).ok());
    EXPECT_EQ(folder->unfinished().records, 2u);
    EXPECT_EQ(folder->unfinished().bytes, last);
  }
  Write("x/run-000002.part", part);
  // What was asked otherwise, or comes otherwise, is an error, and nothing is lost by it.
  IndexFolder::Resumable other = resumable;
  other.parameters[0].second = "2";
  EXPECT_THAT(Said(begin(*Open(Access::kAdd), other)), HasSubstr("had --seed 1, and this one has --seed 2"));
  for (const std::string& block : {SourcesBlock({"c.txt"}), RecordsBlock(2, 1)}) {
    const auto folder = Open(Access::kAdd);
    ASSERT_TRUE(begin(*folder, resumable).ok());
    EXPECT_THAT(Said(folder->Append(block)), HasSubstr("are not those of 'unecho one'"));
  }
  EXPECT_EQ(ReadAll(Path("x/run-000002.part")), part);
  const auto folder = Open(Access::kAdd);
  ASSERT_TRUE(begin(*folder, resumable).ok());
  EXPECT_EQ(folder->unfinished().records, 3u);
  EXPECT_THAT(folder->abandoned(), IsEmpty());
  ASSERT_TRUE(folder->Append(SourcesBlock({"b.txt"})).ok());
  for (uint64_t i = 2; i < 6; ++i) ASSERT_TRUE(folder->Append(RecordsBlock(i, 1)).ok());
  IndexRun run;
  run.sources = 1;
  run.records = run.kept = 4;
  ASSERT_TRUE(folder->Finish(run).ok());
  ASSERT_TRUE(folder->Commit(run).ok());
  EXPECT_EQ(ReadAll(Path("x/run-000002")), part + RecordsBlock(5, 1));
  EXPECT_THAT(Files(), ElementsAre("lock", "manifest", "run-000001", "run-000002"));
  EXPECT_TRUE(ReadAllBlocks().ok());
}

TEST_F(IndexFolderTest, WhatAKilledRunLeftIsRemovedAndNamed) {
  AddRun("a.txt");
  for (const char* name : {"x/run-000002", "x/run-000002.part", "x/manifest.part"}) Write(name, "some of it");
  EXPECT_TRUE(ReadAllBlocks().ok());
  const auto folder = Open(Access::kAdd);
  EXPECT_THAT(folder->abandoned(), IsEmpty());
  IndexRun run;
  Begin(*folder, "b.txt", run);
  EXPECT_THAT(folder->abandoned(), ElementsAre("manifest.part", "run-000002", "run-000002.part"));
  EXPECT_TRUE(folder->Commit(run).ok());
  EXPECT_TRUE(ReadAllBlocks().ok());
}

TEST_F(IndexFolderTest, ASecondOneThatAddsIsToldWhoHoldsIt) {
  AddRun("a.txt");
  const auto first = Open(Access::kAdd);
  const absl::Status second = OpenStatus(Access::kAdd);
  EXPECT_EQ(second.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(Said(second), HasSubstr("process " + std::to_string(::getpid()) + " adds to it"));
  EXPECT_TRUE(OpenStatus(Access::kRead).ok());
}

TEST_F(IndexFolderTest, WhoReadsHasWhatWasThereWhenItWasOpened) {
  AddRun("a.txt");
  const auto reading = Open(Access::kRead);
  AddRun("b.txt");
  EXPECT_THAT(reading->source_names(), ElementsAre("a.txt"));
  BlockReader reader(*reading);
  BlockHead head;
  std::vector<char> payload;
  int blocks = 0;
  while (*reader.Next(head, payload)) ++blocks;
  EXPECT_EQ(blocks, 3);
}

TEST_F(IndexFolderTest, OnlyWhatIsAnIndexIsOpened) {
  EXPECT_THAT(Said(OpenStatus(Access::kRead)), HasSubstr("there is no index"));
  EXPECT_FALSE(fs::exists(Path("x")));
  Write("x", "a file");
  for (const Access access : {Access::kRead, Access::kAdd})
    EXPECT_THAT(Said(OpenStatus(access)), HasSubstr("is a file, and an index is a folder"));
  fs::remove(Path("x"));
  fs::create_directory(Path("x"));
  EXPECT_THAT(Said(OpenStatus(Access::kRead)), HasSubstr("no index in this folder"));
  Write("x/letters.txt", "of somebody");
  EXPECT_THAT(Said(OpenStatus(Access::kAdd)), HasSubstr("something else in it"));
  EXPECT_THAT(Files(), ElementsAre("letters.txt"));
  fs::remove(Path("x/letters.txt"));
  EXPECT_TRUE(OpenStatus(Access::kAdd).ok());
}

TEST_F(IndexFolderTest, WhatDiffersIsSaidWithBothSides) {
  AddRun("a.txt");
  const auto folder = Open(Access::kRead);
  EXPECT_TRUE(folder->CheckMadeWith({{"compare", "words"}, {"threshold", "0.7"}}, "answer").ok());
  const struct {
    IndexParameters asked;
    std::string answer, says;
  } cases[] = {
      {{{"compare", "words"}, {"threshold", "0.8"}},
       "answer",
       "made with --threshold 0.7, and this run has --threshold 0.8"},
      {{{"compare", "words"}}, "answer", "made with --threshold 0.7, and this run has no --threshold"},
      {{{"compare", "words"}, {"threshold", "0.7"}, {"key", "doi"}},
       "answer",
       "made with no --key, and this run has --key doi"},
      {{{"compare", "words"}, {"threshold", "0.7"}},
       "other",
       "the unecho 1.0 that made it makes other tokens or works of a text than this one (answer, and not other)"},
  };
  for (const auto& each : cases)
    EXPECT_THAT(Said(folder->CheckMadeWith(each.asked, each.answer)), HasSubstr(each.says));
}

TEST_F(IndexFolderTest, OneWithoutRunsAgreesWithAll) {
  const auto folder = Open(Access::kAdd);
  IndexRun run;
  Begin(*folder, "a.txt", run);
  EXPECT_TRUE(Open(Access::kRead)->CheckMadeWith({{"compare", "works"}}, "other").ok());
}

TEST_F(IndexFolderTest, AFirstRunThatIsDroppedLeavesWhatWasThere) {
  const auto begin_and_drop = [this] {
    const auto folder = Open(Access::kAdd);
    IndexRun run;
    Begin(*folder, "a.txt", run);
  };
  begin_and_drop();
  EXPECT_FALSE(std::filesystem::exists(Path("x")));
  std::filesystem::create_directory(Path("x"));
  begin_and_drop();
  EXPECT_THAT(Files(), IsEmpty());
  Write("x/lock", "");
  begin_and_drop();
  EXPECT_THAT(Files(), ElementsAre("lock"));
}

// What happens to a folder of two runs, and the file that the error names.
struct Damage {
  std::string name;
  std::function<void(const std::string& folder)> happens;
  std::string named;
};
void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.name; }

void Change(const std::string& path, const std::function<void(std::string&)>& change) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  std::string text = bytes.str();
  change(text);
  std::ofstream(path, std::ios::binary) << text;
}

class DamagedIndexTest : public IndexFolderTest, public testing::WithParamInterface<Damage> {};

TEST_P(DamagedIndexTest, IsAnErrorThatNamesTheFileAndTouchesNothing) {
  AddRun("a.txt");
  AddRun("b.txt");
  GetParam().happens(Path("x"));
  const std::vector<std::string> files = Files();
  const absl::Status status = ReadAllBlocks();
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(Said(status), HasSubstr(Path("x/" + GetParam().named)));
  (void)OpenStatus(Access::kAdd);
  EXPECT_EQ(Files(), files);
}

INSTANTIATE_TEST_SUITE_P(
    All, DamagedIndexTest,
    testing::Values(
        Damage{"NoManifest", [](const auto& x) { fs::remove(x + "/manifest"); }, "manifest"},
        Damage{"AnEmptyManifest", [](const auto& x) { fs::resize_file(x + "/manifest", 0); }, "manifest"},
        Damage{"AManifestThatIsCut", [](const auto& x) { fs::resize_file(x + "/manifest", 200); }, "manifest"},
        Damage{"AnotherThreshold",
               [](const auto& x) {
                 Change(x + "/manifest", [](auto& text) { text.replace(text.find("0.7"), 3, "0.8"); });
               },
               "manifest"},
        Damage{"AManifestThatIsAFolder",
               [](const auto& x) { fs::remove(x + "/manifest"), fs::create_directory(x + "/manifest"); }, "manifest"},
        Damage{"NoFirstRun", [](const auto& x) { fs::remove(x + "/run-000001"); }, "run-000001"},
        Damage{"NoLastRun", [](const auto& x) { fs::remove(x + "/run-000002"); }, "run-000002"},
        Damage{"AnEmptyRun", [](const auto& x) { fs::resize_file(x + "/run-000001", 0); }, "run-000001"},
        Damage{"ARunOfOneByteLess",
               [](const auto& x) { fs::resize_file(x + "/run-000001", fs::file_size(x + "/run-000001") - 1); },
               "run-000001"},
        Damage{"ARunThatIsLonger", [](const auto& x) { Change(x + "/run-000001", [](auto& text) { text += "x"; }); },
               "run-000001"},
        Damage{"ABlockThatIsMissing",
               [](const auto& x) { fs::resize_file(x + "/run-000002", SourcesBlock({"b.txt"}).size()); }, "run-000002"},
        Damage{"ABlockThatComesTwice",
               [](const auto& x) { Change(x + "/run-000001", [](auto& text) { text += RecordsBlock(2, 1); }); },
               "run-000001"},
        Damage{"BlocksThatChangedPlaces",
               [](const auto& x) {
                 Change(x + "/run-000001",
                        [](auto& text) { text = SourcesBlock({"a.txt"}) + RecordsBlock(1, 1) + RecordsBlock(0, 1); });
               },
               "run-000001"},
        Damage{"AnotherSource",
               [](const auto& x) {
                 Change(x + "/run-000001",
                        [](auto& text) { text = SourcesBlock({"c.txt"}) + RecordsBlock(0, 1) + RecordsBlock(1, 1); });
               },
               "run-000001"},
        Damage{"NoSources",
               [](const auto& x) { Change(x + "/run-000001", [](auto& text) { text = RecordsBlock(0, 2); }); },
               "run-000001"},
        Damage{"RunsThatChangedPlaces",
               [](const auto& x) {
                 fs::rename(x + "/run-000001", x + "/other");
                 fs::rename(x + "/run-000002", x + "/run-000001");
                 fs::rename(x + "/other", x + "/run-000002");
               },
               "run-000001"}),
    [](const auto& tested) { return tested.param.name; });

TEST_F(IndexFolderTest, AnyByteThatChangesIsFound) {
  AddRun("a.txt");
  const std::string whole = ReadAll(Path("x/run-000001"));
  for (size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 4);
    Write("x/run-000001", damaged);
    const absl::Status status = ReadAllBlocks();
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << at;
    EXPECT_THAT(Said(status), HasSubstr(Path("x/run-000001"))) << at;
  }
}

}  // namespace
}  // namespace unecho::index_folder_test
