#include "write/packing.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "read/decoders.h"
#include "write/frame_pool.h"

namespace unecho::packing_test {
namespace {

using testing::HasSubstr;

constexpr Compression kFormats[] = {Compression::kGzip, Compression::kBzip2, Compression::kXz, Compression::kLz4,
                                    Compression::kZstd};

// Packed, with the content given in pieces of `piece` bytes.
std::string Packed(Compression format, std::string_view content, size_t piece, FramePool* pool) {
  std::string out;
  const auto sink = [&out](std::string_view bytes) {
    out += bytes;
    return absl::OkStatus();
  };
  const auto stream = PackedStream::Make(format, pool);
  for (size_t at = 0; at < content.size(); at += piece) EXPECT_TRUE(stream->Add(content.substr(at, piece), sink).ok());
  EXPECT_TRUE(stream->Finish(sink).ok());
  return out;
}

std::string Unpacked(Compression format, std::string_view packed) {
  const auto decoder = MakeDecoder(format);
  std::string out, room(size_t{1} << 16, '\0');
  while (true) {
    const Decoded step = decoder->Decode(packed, room);
    EXPECT_EQ(step.verdict, DecodeVerdict::kOk) << step.detail;
    if (step.verdict != DecodeVerdict::kOk) break;
    out.append(room, 0, step.produced);
    packed.remove_prefix(step.consumed);
    if (step.consumed == 0 && step.produced == 0) break;
  }
  EXPECT_TRUE(packed.empty());
  EXPECT_TRUE(decoder->MayEndHere());
  return out;
}

std::string Numbers(size_t bytes) {
  std::string text;
  uint64_t state = 1;
  while (text.size() < bytes) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    text += std::to_string(state >> 44) + (state >> 60 == 0 ? "\n" : " ");
  }
  text.resize(bytes);
  return text;
}

TEST(Packing, TheBytesDependOnTheContentAlone) {
  constexpr size_t kFrame = size_t{1} << 20;
  for (const Compression format : kFormats) {
    for (const size_t bytes : {size_t{0}, size_t{1}, size_t{899000}, kFrame - 1, kFrame, kFrame + 1, 3 * kFrame + 17}) {
      const bool is_slow = format == Compression::kXz || format == Compression::kBzip2;
      if (is_slow && bytes > 1 && bytes != kFrame + 1) continue;
      SCOPED_TRACE(std::string(Name(format)) + " " + std::to_string(bytes));
      const std::string content = Numbers(bytes);
      const std::string packed = Packed(format, content, content.size() + 1, nullptr);
      EXPECT_EQ(SniffCompression(packed), format);
      EXPECT_EQ(Unpacked(format, packed), content);
      for (const int threads : {1, 4}) {
        FramePool pool(threads);
        EXPECT_TRUE(packed == Packed(format, content, 70001, &pool)) << threads << " threads";
      }
    }
  }
}

TEST(Packing, ManyStreamsShareAPool) {
  FramePool pool(2);
  const std::string content = Numbers(size_t{2} << 20);
  const std::string want = Packed(Compression::kGzip, content, content.size(), nullptr);
  std::vector<std::unique_ptr<PackedStream>> streams;
  std::vector<std::string> out(6);
  for (size_t i = 0; i < out.size(); ++i) streams.push_back(PackedStream::Make(Compression::kGzip, &pool));
  const auto each = [&](auto&& work) {
    for (size_t i = 0; i < out.size(); ++i) {
      const auto sink = [&out, i](std::string_view bytes) {
        out[i] += bytes;
        return absl::OkStatus();
      };
      ASSERT_TRUE(work(*streams[i], sink).ok());
    }
  };
  for (size_t at = 0; at < content.size(); at += 300000) {
    each([&](PackedStream& stream, PackedStream::Sink sink) {
      return stream.Add(std::string_view(content).substr(at, 300000), sink);
    });
  }
  each([](PackedStream& stream, PackedStream::Sink sink) { return stream.Finish(sink); });
  for (const std::string& packed : out) EXPECT_TRUE(packed == want);
}

TEST(Packing, WhatTheSinkSaysEndsIt) {
  for (const Compression format : kFormats) {
    FramePool pool(2);
    const auto stream = PackedStream::Make(format, &pool);
    const auto full = [](std::string_view /*bytes*/) { return absl::UnavailableError("full"); };
    const std::string content = Numbers(100);
    absl::Status status = stream->Add(content, full);
    if (status.ok()) status = stream->Finish(full);
    EXPECT_EQ(status, absl::UnavailableError("full"));
  }
}

TEST(Packing, NamesSayTheFormat) {
  EXPECT_EQ(PackingOf("a.jsonl.gz"), Compression::kGzip);
  EXPECT_EQ(PackingOf("d.gz/a.jsonl"), Compression::kPlain);
  EXPECT_EQ(PackingOf("a.JSONL.ZST"), Compression::kZstd);
  EXPECT_EQ(PackingOf(".gz"), Compression::kPlain);
  EXPECT_EQ(PackingOf("-"), Compression::kPlain);
  for (const char* path : {"a.jsonl", "a", "-", "a.csv", "a.tar/b.jsonl", "a.json.zst", "/dev/null", "a.html"})
    EXPECT_TRUE(CheckSuffix(path).ok()) << path;
  EXPECT_TRUE(IsTableName("a.parquet") && IsTableName("b/a.ARROW") && IsTableName("a.feather"));
  EXPECT_FALSE(IsTableName("a.parquet.zst") || IsTableName("a.orc") || IsTableName("parquet"));
  for (const char* path : {"a.zip", "a.tar.gz", "a.tar", "a.jsonl.br", "a.parquet", "a.parquet.zst", "a.LZMA"}) {
    EXPECT_FALSE(CheckSuffix(path).ok()) << path;
    EXPECT_THAT(std::string(CheckSuffix(path).message()), HasSubstr(path));
  }
}

}  // namespace
}  // namespace unecho::packing_test
