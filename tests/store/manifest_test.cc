#include "store/manifest.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace unecho::manifest_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

Manifest SomeManifest() {
  Manifest manifest;
  manifest.made_by = "1.2.3";
  manifest.parameters = {{"compare", "words"}, {"threshold", "0.7"}, {"key", "doi --key \"title\""}};
  manifest.known_answer = "0123456789abcdef";
  IndexRun run;
  run.file = "run-000001";
  run.bytes = 1234;
  run.blocks = 3;
  run.digest = "00112233445566778899aabbccddeeff";
  run.sources = 2;
  run.records = 17;
  run.kept = 12;
  run.finished = "2026-05-06T07:08:09Z";
  run.command_line = "unecho clean 'a b.txt' \\ \"c\" \xC3\xA9 -o\tx\n";
  manifest.runs = {run, run};
  manifest.runs[1].file = "run-000002";
  manifest.runs[1].bytes = UINT64_MAX;
  return manifest;
}

TEST(Manifest, ComesBackAsItWas) {
  const std::string text = ManifestText(SomeManifest());
  const absl::StatusOr<Manifest> read = ParseManifest(text);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->made_by, "1.2.3");
  EXPECT_THAT(read->parameters,
              ElementsAre(Pair("compare", "words"), Pair("threshold", "0.7"), Pair("key", "doi --key \"title\"")));
  EXPECT_EQ(read->known_answer, "0123456789abcdef");
  ASSERT_EQ(read->runs.size(), 2u);
  const IndexRun& run = read->runs[0];
  EXPECT_EQ(run.file, "run-000001");
  EXPECT_EQ(run.bytes, 1234u);
  EXPECT_EQ(run.blocks, 3u);
  EXPECT_EQ(run.digest, "00112233445566778899aabbccddeeff");
  EXPECT_EQ(run.sources, 2u);
  EXPECT_EQ(run.records, 17u);
  EXPECT_EQ(run.kept, 12u);
  EXPECT_EQ(run.finished, "2026-05-06T07:08:09Z");
  EXPECT_EQ(run.command_line, SomeManifest().runs[0].command_line);
  EXPECT_EQ(read->runs[1].bytes, UINT64_MAX);
  EXPECT_EQ(ManifestText(*read), text);
}

TEST(Manifest, OneWithoutRunsComesBack) {
  const absl::StatusOr<Manifest> read = ParseManifest(ManifestText(Manifest()));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(read->runs, IsEmpty());
  EXPECT_THAT(read->parameters, IsEmpty());
}

TEST(Manifest, AnyBitThatFlipsIsFound) {
  const std::string text = ManifestText(SomeManifest());
  for (size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string damaged = text;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ 1 << bit % 8);
    EXPECT_EQ(ParseManifest(damaged).status().code(), absl::StatusCode::kDataLoss) << bit;
  }
}

TEST(Manifest, AnyCutIsFound) {
  const std::string text = ManifestText(SomeManifest());
  for (size_t size = 0; size < text.size(); ++size)
    EXPECT_EQ(ParseManifest(text.substr(0, size)).status().code(), absl::StatusCode::kDataLoss) << size;
  EXPECT_FALSE(ParseManifest(text + " ").ok());
}

TEST(Manifest, SaysWhatIsWrong) {
  const std::string text = ManifestText(SomeManifest());
  const auto with = [&text](const std::string& what, const std::string& instead) {
    std::string other = text;
    return other.replace(other.find(what), what.size(), instead);
  };
  const struct {
    std::string text, says;
  } cases[] = {
      {"", "not JSON"},
      {"[]", "not JSON"},
      {"{}", "not of an index of unecho"},
      {with("unecho index", "unecho report"), "not of an index of unecho"},
      {with("\"version\": 1", "\"version\": 2"), "version 2 of the format"},
      {with("0.7", "0.8"), "not as it was written"},
      {with("\"hash\"", "\"hush\""), "not as it was written"},
      {with("  \"made_by\": \"1.2.3\",\n", ""), "not as it was written"},
  };
  for (const auto& each : cases) {
    const absl::Status status = ParseManifest(each.text).status();
    EXPECT_THAT(std::string(status.message()), HasSubstr(each.says)) << each.text;
  }
}

}  // namespace
}  // namespace unecho::manifest_test
