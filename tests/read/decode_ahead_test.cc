// Members side by side and sources ahead: never other bytes and never another error than one decoder after the other
// gives.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "read/decode_pool.h"
#include "read/decoders.h"
#include "read/input.h"
#include "read/member_search.h"
#include "support/compress.h"
#include "support/temporary_folder.h"

namespace unecho::decode_ahead_test {
namespace {

using testing::HasSubstr;
constexpr std::chrono::milliseconds kLong{60'000};  // never waited for unless something is wrong

std::string Letters(size_t bytes, uint64_t seed) {  // six bits a byte: what is compressed stays long
  std::mt19937_64 random(seed);
  std::string text(bytes, '\0');
  for (char& c : text) c = static_cast<char>('0' + random() % 64);
  return text;
}

std::string Number(uint64_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
  return out;
}

// A gzip member whose deflate stream is `level` 0: stored, byte for byte. With its size in the header if `blocked`
// (BGZF).
std::string GzipMember(const std::string& plain, int level, bool blocked) {
  z_stream stream{};
  Require(deflateInit2(&stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string body(deflateBound(&stream, plain.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(body.data());
  stream.avail_out = static_cast<uInt>(body.size());
  Require(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  body.resize(stream.total_out);
  deflateEnd(&stream);
  const auto crc = crc32(0, reinterpret_cast<const Bytef*>(plain.data()), static_cast<uInt>(plain.size()));
  std::string header("\x1f\x8b\x08", 3);
  header += Number(blocked ? 4 : 0, 1) + Number(0, 5) + Number(255, 1);
  if (blocked) header += Number(6, 2) + "BC" + Number(2, 2) + Number(body.size() + 25, 2);
  return header + body + Number(crc, 4) + Number(plain.size(), 4);
}

enum class Structure {
  kOneMember,
  kGzipMembers,
  kBgzf,
  kBzip2Streams,
  kXzStreams,
  kLz4Frames,
  kZstdFrames,
  kPzstd,
  kGzipInGzip,
  kPadded
};

std::string NameOf(Structure structure) {
  switch (structure) {
    case Structure::kOneMember: return "OneMember";
    case Structure::kGzipMembers: return "GzipMembers";
    case Structure::kBgzf: return "Bgzf";
    case Structure::kBzip2Streams: return "Bzip2Streams";
    case Structure::kXzStreams: return "XzStreams";
    case Structure::kLz4Frames: return "Lz4Frames";
    case Structure::kZstdFrames: return "ZstdFrames";
    case Structure::kPzstd: return "Pzstd";
    case Structure::kGzipInGzip: return "GzipInGzip";
    case Structure::kPadded: return "Padded";
  }
  return "";
}

// Members of random sizes, in many stretches; fewer of what is slow to compress.
std::string Build(Structure structure, std::mt19937& random) {
  if (structure == Structure::kOneMember) return CompressGzip(Letters(2'500'000, random()));
  const bool slow = structure == Structure::kBzip2Streams || structure == Structure::kXzStreams;
  std::string file;
  while (file.size() < (slow ? 600'000 : 2'000'000)) {
    const size_t most = random() % 4 == 0 ? 900'000 : random() % 2 == 0 ? 150'000 : 2'000;
    const std::string plain = Letters(random() % most, random());
    switch (structure) {
      case Structure::kGzipMembers: file += CompressGzip(plain); break;
      case Structure::kBgzf: file += GzipMember(plain.substr(0, 65'280), 6, true); break;
      case Structure::kBzip2Streams: file += CompressBzip2(plain); break;
      case Structure::kXzStreams: file += CompressXz(plain); break;
      case Structure::kLz4Frames: file += CompressLz4(plain, random() % 2 == 0); break;
      case Structure::kZstdFrames: file += CompressZstd(plain); break;
      case Structure::kPzstd: {
        const std::string frame = CompressZstd(plain);
        file += SkippableFrame(0, Number(frame.size(), 4)) + frame;
        break;
      }
      // What looks like the beginning of a member is not one: whole members lie in the stored data of others.
      case Structure::kGzipInGzip:
        file += GzipMember(CompressGzip(plain) + CompressGzip(plain.substr(0, 999)), 0, false);
        break;
      case Structure::kPadded: file += CompressGzip(plain) + std::string(random() % 5, '\0'); break;
      case Structure::kOneMember: break;
    }
  }
  return file;
}

struct Outcome {
  std::string bytes;
  std::string error;  // "" or what the message must contain
  size_t decoder_bytes = 0;
};

Outcome DecodeInOne(const std::string& file) {
  const Compression compression = SniffCompression(file);
  const auto decoder = MakeDecoder(compression);
  Outcome outcome;
  std::string room(DecodeBlock::kBytes, '\0');
  Decoded step;
  size_t consumed = 0;
  do {
    step = decoder->Decode(std::string_view(file).substr(consumed, DecodeBlock::kBytes), room);
    outcome.bytes.append(room, 0, step.produced);
    consumed += step.consumed;
  } while (step.verdict == DecodeVerdict::kOk && (consumed < file.size() || step.produced == room.size()));
  const std::string before = std::to_string(outcome.bytes.size()) + " bytes were decompressed before";
  if (step.verdict == DecodeVerdict::kCorrupt) {
    outcome.error = ": corrupt " + std::string(Name(compression)) + " data at byte " +
                    std::to_string(consumed - step.read_ahead) + " of the compressed file (" +
                    std::string(step.detail) + "); " + before;
  } else if (!decoder->MayEndHere()) {
    outcome.error = "data, after " + std::to_string(file.size()) + " bytes; " + before;
  }
  outcome.decoder_bytes = decoder->memory_bytes();
  return outcome;
}

class DecodeAhead : public testing::TestWithParam<Structure>, protected TemporaryFolder {
 protected:
  static std::pair<std::string, absl::Status> ReadToEnd(InputReader& reader, size_t chunk) {
    std::string bytes;
    std::vector<char> room(chunk);
    while (true) {
      const auto result = reader.Read(room, kLong);
      if (!result.ok()) return {bytes, result.status()};
      EXPECT_FALSE(result->stalled);
      if (result->stalled) return {bytes, absl::OkStatus()};
      bytes.append(room.data(), result->bytes);
      if (result->at_end) return {bytes, absl::OkStatus()};
    }
  }
  void ExpectSame(const std::string& file, int threads, size_t ahead_bytes, size_t chunk) const {
    const Outcome want = DecodeInOne(file);
    const std::string path = Write("file", file);
    const std::vector<InputFile> files = {{path, "file"}};
    InputSequence inputs(files, threads, ahead_bytes, nullptr);
    const auto reader = inputs.Open(0);
    ASSERT_TRUE(reader.ok()) << reader.status();
    const auto [bytes, status] = ReadToEnd(**reader, chunk);
    ASSERT_TRUE(bytes == want.bytes) << bytes.size() << " bytes, not " << want.bytes.size() << "; " << status;
    ASSERT_EQ(status.ok(), want.error.empty()) << status;
    ASSERT_THAT(std::string(status.message()), HasSubstr(want.error));
    if (status.ok()) {
      EXPECT_EQ((*reader)->compressed_bytes(), file.size());
    }
    EXPECT_LE(inputs.peak_bytes(), ahead_bytes + 16 * DecodeBlock::kBytes +
                                       2 * static_cast<size_t>(threads) * (DecodeBlock::kBytes + want.decoder_bytes));
  }
};

INSTANTIATE_TEST_SUITE_P(Structures, DecodeAhead,
                         testing::Values(Structure::kOneMember, Structure::kGzipMembers, Structure::kBgzf,
                                         Structure::kBzip2Streams, Structure::kXzStreams, Structure::kLz4Frames,
                                         Structure::kZstdFrames, Structure::kPzstd, Structure::kGzipInGzip,
                                         Structure::kPadded),
                         [](const auto& tested) { return NameOf(tested.param); });

TEST_P(DecodeAhead, GivesTheSameForAnyThreadsAndMemory) {
  std::mt19937 random(7);
  const std::string file = Build(GetParam(), random);
  for (const int threads : {1, 2, 5}) {
    for (const size_t ahead_bytes : {size_t{0}, size_t{1} << 20, size_t{64} << 20}) {
      ASSERT_NO_FATAL_FAILURE(ExpectSame(file, threads, ahead_bytes, 1 + random() % 300'000))
          << threads << " " << ahead_bytes;
    }
  }
}

TEST_P(DecodeAhead, DamageAnywhereGivesTheSameBytesAndMessage) {
  std::mt19937 random(8);
  const std::string file = Build(GetParam(), random);
  for (int round = 0; round < 12; ++round) {
    std::string damaged = file;
    damaged[random() % damaged.size()] ^= static_cast<char>(1 << random() % 8);
    ASSERT_NO_FATAL_FAILURE(ExpectSame(damaged, 2, size_t{8} << 20, 100'000)) << round;
  }
}

TEST_P(DecodeAhead, ACutAnywhereGivesTheSameBytesAndMessage) {
  std::mt19937 random(9);
  const std::string file = Build(GetParam(), random);
  for (int round = 0; round < 12; ++round) {
    const std::string cut = file.substr(0, kMagicBytes + random() % (file.size() - kMagicBytes));
    ASSERT_NO_FATAL_FAILURE(ExpectSame(cut, 2, size_t{8} << 20, 100'000)) << round;
  }
}

TEST_P(DecodeAhead, AMissingPieceGivesTheSameBytesAndMessage) {
  std::mt19937 random(10);
  const std::string file = Build(GetParam(), random);
  for (int round = 0; round < 12; ++round) {
    std::string spliced = file;
    spliced.erase(kMagicBytes + random() % (file.size() - kMagicBytes), 1 + random() % 400'000);
    ASSERT_NO_FATAL_FAILURE(ExpectSame(spliced, 2, size_t{8} << 20, 100'000)) << round;
  }
}

TEST_P(DecodeAhead, AReaderMayGoAtAnyTime) {
  std::mt19937 random(11);
  const std::string path = Write("file", Build(GetParam(), random));
  const std::vector<InputFile> files = {{path, "a"}, {path, "b"}, {path, "c"}};
  for (int round = 0; round < 20; ++round) {
    InputSequence inputs(files, 3, size_t{4} << 20, nullptr);
    const auto reader = inputs.Open(static_cast<size_t>(round) % 3);
    ASSERT_TRUE(reader.ok());
    std::vector<char> room(1 + random() % 500'000);
    for (uint32_t reads = random() % 4; reads > 0; --reads) ASSERT_TRUE((*reader)->Read(room, kLong).ok());
  }
}

// --- several sources -------------------------------------------------------------------------------------------------

TEST_F(DecodeAhead, SourcesComeInOrderWhateverTheyAre) {
  std::mt19937 random(12);
  std::vector<std::string> plain;
  std::vector<InputFile> files;
  for (size_t i = 0; i < 40; ++i) {
    plain.push_back(Letters(random() % (i % 10 == 0 ? 3'000'000 : 30'000), random()));
    const auto compression = static_cast<Compression>(i % 6);
    files.push_back({Write(std::to_string(i), Compress(compression, plain.back())), std::to_string(i)});
  }
  for (const int threads : {1, 4}) {
    for (const size_t ahead_bytes : {size_t{0}, size_t{16} << 20}) {
      InputSequence inputs(files, threads, ahead_bytes, nullptr);
      for (int pass = 0; pass < 2; ++pass) {
        for (size_t i = 0; i < files.size(); ++i) {
          const auto reader = inputs.Open(i);
          ASSERT_TRUE(reader.ok());
          const auto [bytes, status] = ReadToEnd(**reader, 70'000);
          ASSERT_TRUE(status.ok()) << status;
          ASSERT_TRUE(bytes == plain[i]) << i;
        }
      }
    }
  }
}

TEST_F(DecodeAhead, AnErrorWaitsForItsTurn) {
  const std::string first = Letters(2'000'000, 1);
  const std::string damaged = Write("b", CompressGzip("abc") + "garbage");
  const std::vector<InputFile> files = {
      {Write("a", CompressGzip(first)), "a"}, {damaged, "b"}, {folder_ + "/missing", "c"}};
  InputSequence inputs(files, 3, size_t{8} << 20, nullptr);
  {
    const auto reader = inputs.Open(0);
    ASSERT_TRUE(reader.ok());
    const auto [bytes, status] = ReadToEnd(**reader, 1000);
    EXPECT_TRUE(status.ok() && bytes == first);
  }
  {
    const auto reader = inputs.Open(1);
    ASSERT_TRUE(reader.ok());
    const auto [bytes, status] = ReadToEnd(**reader, 1000);
    EXPECT_EQ(bytes, "abc");
    EXPECT_THAT(std::string(status.message()), HasSubstr(damaged + ": corrupt gzip data at byte "));
  }
  EXPECT_EQ(inputs.Open(2).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(DecodeAhead, AFileMayAppearAfterThoseBeforeIt) {
  const std::vector<InputFile> files = {{Write("a", CompressGzip("a")), "a"}, {folder_ + "/b", "b"}};
  InputSequence inputs(files, 2, size_t{1} << 20, nullptr);
  const auto first = inputs.Open(0);
  ASSERT_TRUE(first.ok());
  Write("b", CompressGzip("later"));
  const auto second = inputs.Open(1);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(ReadToEnd(**second, 100).first, "later");
}

// Windows of 32 MiB, where 4 MiB may be kept ahead: the sources ahead wait for the one in hand.
TEST_F(DecodeAhead, LargeWindowsDoNotAddUp) {
  const std::string plain = Letters(3'000'000, 9);
  std::vector<InputFile> files;
  for (int i = 0; i < 6; ++i) files.push_back({Write(std::to_string(i), CompressZstd(plain, 25)), std::to_string(i)});
  InputSequence inputs(files, 1, size_t{4} << 20, nullptr);
  for (size_t i = 0; i < files.size(); ++i) {
    const auto reader = inputs.Open(i);
    ASSERT_TRUE(reader.ok()) << reader.status();
    EXPECT_EQ(ReadToEnd(**reader, 100'000).first, plain);
  }
  EXPECT_GE(inputs.peak_bytes(), size_t{32} << 20);
  EXPECT_LE(inputs.peak_bytes(), size_t{80} << 20);  // the source in hand and one ahead
}

TEST_F(DecodeAhead, OnlyCompressedInputCountsInTheMemoryPlan) {
  constexpr uint64_t kMany = uint64_t{1} << 40;
  const InputFile plain{Write("a", "text"), "a"}, packed{Write("b", CompressZstd("text")), "b"},
      standard_input{"-", "-"};
  const std::vector<InputFile> without = {plain, plain}, with = {plain, packed}, pipe = {standard_input};
  EXPECT_EQ(AheadBytes(without, 2, kMany), 0);
  EXPECT_EQ(AheadBytes(with, 2, kMany), size_t{32} << 20);
  EXPECT_EQ(AheadBytes(pipe, 1, kMany), size_t{16} << 20);
  EXPECT_EQ(AheadBytes(with, 2, uint64_t{64} << 20), size_t{4} << 20);
}

// --- where a member may begin ----------------------------------------------------------------------------------------

TEST(FindMember, FindsTheNextOneFromAnywhere) {
  for (const Compression compression :
       {Compression::kGzip, Compression::kBzip2, Compression::kLz4, Compression::kZstd}) {
    const std::string one = Compress(compression, Letters(5000, 1)), two = Compress(compression, Letters(100, 2));
    const std::string file = one + two;
    EXPECT_EQ(FindMember(compression, file, 0), 0) << Name(compression);
    EXPECT_EQ(FindMember(compression, file, 1), one.size()) << Name(compression);
    EXPECT_EQ(FindMember(compression, file, one.size()), one.size()) << Name(compression);
    EXPECT_EQ(FindMember(compression, file, one.size() + 1), std::nullopt) << Name(compression);
    EXPECT_EQ(FindMember(compression, file, file.size() + 100), std::nullopt) << Name(compression);
  }
}

TEST(FindMember, PassesOverZstdFramesWithLargeWindows) {
  const std::string plain = Letters(1000, 1);
  EXPECT_EQ(FindMember(Compression::kZstd, CompressZstd(plain, /*window_log=*/23), 0), 0);
  EXPECT_EQ(FindMember(Compression::kZstd, CompressZstd(plain, /*window_log=*/24), 0), std::nullopt);
}

}  // namespace
}  // namespace unecho::decode_ahead_test
