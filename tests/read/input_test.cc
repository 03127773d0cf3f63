// Names, opening, reading, waiting. What the decoders do with any bytes is in decoders_test.cc.
#include "read/input.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "support/compress.h"
#include "support/temporary_folder.h"

namespace unecho::input_test {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAreArray;
using testing::HasSubstr;

constexpr milliseconds kLong{60'000};  // never waited for unless something is wrong

std::string Numbers(size_t bytes) {
  std::string text;
  for (uint64_t i = 0; text.size() < bytes; ++i) text += std::to_string(i * 2654435761 % 1'000'003) + '\n';
  text.resize(bytes);
  return text;
}

class Input : public InTemporaryFolder {};

struct Outcome {
  std::string bytes;
  absl::Status status;
};

Outcome ReadToEnd(InputReader& reader, size_t chunk = 100'000) {
  Outcome outcome;
  std::vector<char> room(chunk);
  while (true) {
    const auto result = reader.Read(room, kLong);
    outcome.status = result.status();
    if (!result.ok() || result->stalled) return outcome;
    outcome.bytes.append(room.data(), result->bytes);
    if (result->at_end) return outcome;
  }
}

Outcome ReadPath(const std::string& path, size_t chunk = 100'000) {
  const auto reader = OpenInput({path, path}, nullptr);
  if (!reader.ok()) return {"", reader.status()};
  return ReadToEnd(**reader, chunk);
}

std::string ReadExactly(InputReader& reader, size_t bytes) {
  std::string got(bytes, '\0');
  size_t size = 0;
  while (size < bytes) {
    const auto result = reader.Read(std::span(got).subspan(size), kLong);
    if (!result.ok() || result->at_end || result->stalled) break;
    size += result->bytes;
  }
  got.resize(size);
  return got;
}

// A pipe to write to, and a path to read it by.
class Pipe {
 public:
  Pipe() {
    int ends[2];
    Require(pipe2(ends, O_CLOEXEC) == 0);
    read_end_ = ends[0], write_end_ = ends[1];
  }
  ~Pipe() {
    Close();
    close(read_end_);
  }
  std::string path() const { return "/dev/fd/" + std::to_string(read_end_); }
  int read_end() const { return read_end_; }
  void Write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t count = write(write_end_, bytes.data(), bytes.size());
      Require(count > 0);
      bytes.remove_prefix(static_cast<size_t>(count));
    }
  }
  void Close() {
    if (write_end_ >= 0) close(write_end_);
    write_end_ = -1;
  }

 private:
  int read_end_, write_end_;
};

// --- names -----------------------------------------------------------------------------------------------------------

struct NameCase {
  const char* test;
  std::vector<std::string> paths;
  std::string stdin_name;
  std::vector<std::string> want;
};

class Names : public testing::TestWithParam<NameCase> {};

TEST_P(Names, AreUniqueAndWithoutCompressionSuffix) {
  std::vector<std::string> paths, names;
  for (const InputFile& file : NameInputs(GetParam().paths, GetParam().stdin_name)) {
    paths.push_back(file.path);
    names.push_back(file.name);
  }
  EXPECT_THAT(names, ElementsAreArray(GetParam().want));
  const std::vector<std::string> standard_input = {"-"};
  EXPECT_THAT(paths, ElementsAreArray(GetParam().paths.empty() ? standard_input : GetParam().paths));
}

INSTANTIATE_TEST_SUITE_P(Cases, Names,
                         testing::ValuesIn(std::vector<NameCase>{
                             {"NoPathsMeanStandardInput", {}, "-", {"-"}},
                             {"StandardInputHasTheGivenName", {"-"}, "dump.gz", {"dump.gz"}},
                             {"EverySuffixGoes",
                              {"a.txt.gz", "d/b.bz2", "c.xz", "e.lz4", "/f/g.jsonl.zst", "h"},
                              "-",
                              {"a.txt", "d/b", "c", "e", "/f/g.jsonl", "h"}},
                             {"OnlyTheLastSuffixGoes", {"a.gz.xz"}, "-", {"a.gz"}},
                             {"OtherSuffixesStay", {"a.zip", "a.lzma", "a.GZ"}, "-", {"a.zip", "a.lzma", "a.GZ"}},
                             {"NothingButASuffixStays", {".gz", "d/.xz"}, "-", {".gz", "d/.xz"}},
                             {"ATakenNameBecomesThePath", {"a", "a.gz", "a.xz"}, "-", {"a", "a.gz", "a.xz"}},
                             {"ATakenPathIsNumbered", {"a.gz", "a"}, "-", {"a", "a@2"}},
                             {"TheSamePathTwice", {"a", "a", "a"}, "-", {"a", "a@2", "a@3"}},
                             {"TheSameCompressedPathTwice", {"a.gz", "a.gz", "a.gz"}, "-", {"a", "a.gz", "a.gz@2"}},
                             {"NumbersThatAreTakenAreSkipped", {"a@2", "a", "a", "a"}, "-", {"a@2", "a", "a@3", "a@4"}},
                             {"StandardInputTwice", {"-", "x", "-"}, "x", {"x", "x@2", "x@3"}},
                         }),
                         [](const auto& tested) { return std::string(tested.param.test); });

// --- files -----------------------------------------------------------------------------------------------------------

TEST_F(Input, EveryFormatGivesTheSameBytesWhateverItsName) {
  const std::string plain = Numbers(700'000);
  for (const Compression compression : {Compression::kPlain, Compression::kGzip, Compression::kBzip2, Compression::kXz,
                                        Compression::kLz4, Compression::kZstd}) {
    const std::string packed = Compress(compression, plain);
    const std::string path = Write("dump.txt", packed);
    for (const size_t chunk : {size_t{777}, size_t{1} << 20}) {
      const auto reader = OpenInput({path, path}, nullptr);
      ASSERT_TRUE(reader.ok()) << reader.status();
      const Outcome outcome = ReadToEnd(**reader, chunk);
      EXPECT_TRUE(outcome.status.ok()) << outcome.status;
      EXPECT_TRUE(outcome.bytes == plain) << Name(compression);
      EXPECT_EQ((*reader)->compression(), compression);
      EXPECT_EQ((*reader)->compressed_bytes(), packed.size());
    }
  }
}

TEST_F(Input, DataLargerThanTheQueueArrivesWhole) {
  const std::string plain = Numbers(9 << 20);
  const std::string path = Write("big.zst", CompressZstd(plain));
  const Outcome outcome = ReadPath(path, 50'000);
  EXPECT_TRUE(outcome.status.ok()) << outcome.status;
  EXPECT_TRUE(outcome.bytes == plain);
}

TEST_F(Input, AnEmptyFileIsPlainAndAtItsEnd) {
  const auto reader = OpenInput({Write("empty.jsonl", ""), "empty"}, nullptr);
  ASSERT_TRUE(reader.ok());
  char room[10];
  for (int i = 0; i < 2; ++i) {
    const auto result = (*reader)->Read(room, kLong);
    ASSERT_TRUE(result.ok());
    EXPECT_TRUE(result->at_end);
    EXPECT_EQ(result->bytes, 0);
  }
  EXPECT_EQ((*reader)->compression(), Compression::kPlain);
}

// What a copy that was broken off leaves.
TEST_F(Input, AFileThatIsTooShortForWhatItsNameSaysIsAnError) {
  for (const char* name : {"a.gz", "a.jsonl.zst", "a.parquet", "a.arrow"}) {
    const Outcome outcome = ReadPath(Write(name, ""));
    EXPECT_EQ(outcome.status.code(), absl::StatusCode::kDataLoss) << name;
  }
  EXPECT_FALSE(ReadPath(Write("b.parquet", "PAR1")).status.ok());
  EXPECT_TRUE(ReadPath(Write("b.parquet", "text")).status.ok());
}

TEST_F(Input, ShortPlainFilesAreNotTakenForArchives) {
  for (const std::string& text : {std::string("B"), std::string("BZh9"), std::string("\x1f"), std::string("BZh9 x")}) {
    const Outcome outcome = ReadPath(Write("short", text));
    EXPECT_TRUE(outcome.status.ok());
    EXPECT_EQ(outcome.bytes, text);
  }
}

TEST_F(Input, AnEmptyBufferIsNotTheEnd) {
  const std::string path = Write("a", "abc");
  const auto reader = OpenInput({path, "a"}, nullptr);
  ASSERT_TRUE(reader.ok());
  for (int i = 0; i < 2; ++i) {
    const auto result = (*reader)->Read({}, kLong);
    ASSERT_TRUE(result.ok());
    EXPECT_FALSE(result->at_end);
    EXPECT_EQ(ReadExactly(**reader, 3), i == 0 ? "abc" : "");
  }
}

TEST_F(Input, ACutArchiveGivesItsBytesAndThenSaysSo) {
  const std::string plain = Numbers(50'000);
  for (const Compression compression :
       {Compression::kGzip, Compression::kBzip2, Compression::kXz, Compression::kLz4, Compression::kZstd}) {
    const std::string packed = Compress(compression, plain);
    for (size_t size = kMagicBytes; size < packed.size(); size += 997) {
      const std::string path = Write("cut", packed.substr(0, size));
      const Outcome outcome = ReadPath(path);
      EXPECT_EQ(outcome.status.code(), absl::StatusCode::kDataLoss);
      EXPECT_THAT(std::string(outcome.status.message()),
                  HasSubstr(path + ": the file ends in the middle of its " + std::string(Name(compression)) +
                            " data, after " + std::to_string(size) + " bytes; " + std::to_string(outcome.bytes.size()) +
                            " bytes were decompressed before"));
      EXPECT_TRUE(plain.starts_with(outcome.bytes));
    }
  }
}

TEST_F(Input, ADamagedArchiveGivesItsBytesAndThenSaysWhere) {
  std::string packed = CompressGzip(Numbers(99));
  packed[packed.size() - 5] ^= 1;
  const std::string path = Write("dump.txt.gz", packed);
  const Outcome outcome = ReadPath(path);
  EXPECT_EQ(outcome.bytes, Numbers(99));
  EXPECT_EQ(outcome.status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(outcome.status.message()), HasSubstr(path + ": corrupt gzip data at byte "));
  EXPECT_THAT(std::string(outcome.status.message()),
              HasSubstr(" of the compressed file (incorrect data check); 99 bytes were decompressed before; fetch"));
}

TEST_F(Input, TheErrorStays) {
  const std::string path = Write("a.gz", CompressGzip("abc") + "garbage");
  const auto reader = OpenInput({path, "a"}, nullptr);
  ASSERT_TRUE(reader.ok());
  const Outcome first = ReadToEnd(**reader), second = ReadToEnd(**reader);
  EXPECT_EQ(first.bytes, "abc");
  EXPECT_EQ(second.bytes, "");
  EXPECT_FALSE(first.status.ok());
  EXPECT_EQ(first.status, second.status);
}

TEST_F(Input, WhatCannotBeOpenedIsNamedWithReasonAndAdvice) {
  const std::string missing = folder_ + "/missing";
  absl::Status status = ReadPath(missing).status;
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(status.message(), missing + ": cannot be opened (No such file or directory); check the path");

  status = ReadPath(folder_).status;
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), folder_ + ": is a directory; give the files in it");

  if (geteuid() == 0) return;  // root may read everything
  const std::string secret = Write("secret", "x");
  chmod(secret.c_str(), 0);
  status = ReadPath(secret).status;
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_THAT(std::string(status.message()), HasSubstr("Permission denied"));
}

// --- pipes -----------------------------------------------------------------------------------------------------------

TEST_F(Input, ASlowPipeShowsWhatIsThere) {
  for (const Compression compression : {Compression::kPlain, Compression::kGzip, Compression::kBzip2, Compression::kXz,
                                        Compression::kLz4, Compression::kZstd}) {
    Pipe pipe;
    const auto reader = OpenInput({pipe.path(), "pipe"}, nullptr);
    ASSERT_TRUE(reader.ok()) << reader.status();
    std::vector<char> room(1000);
    auto result = (*reader)->Read(room, milliseconds(0));
    ASSERT_TRUE(result.ok() && result->stalled && result->bytes == 0);

    const std::string first = Numbers(20'000), second = Numbers(1'000'000);
    pipe.Write(Compress(compression, first));
    EXPECT_TRUE(ReadExactly(**reader, first.size()) == first) << Name(compression);
    result = (*reader)->Read(room, milliseconds(5));
    ASSERT_TRUE(result.ok() && result->stalled && result->bytes == 0);

    std::thread writer([&] {
      pipe.Write(Compress(compression, second));
      pipe.Close();
    });
    const Outcome rest = ReadToEnd(**reader);
    writer.join();
    EXPECT_TRUE(rest.status.ok()) << rest.status;
    EXPECT_TRUE(rest.bytes == second) << Name(compression);
  }
}

// zlib's Z_SYNC_FLUSH: what was written so far, in the midst of a member.
TEST_F(Input, AFlushedPartOfAMemberComesOutAtOnce) {
  z_stream stream{};
  Require(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  Pipe pipe;
  const auto reader = OpenInput({pipe.path(), "pipe"}, nullptr);
  ASSERT_TRUE(reader.ok());
  for (const std::string& line :
       {std::string("one\n"), Numbers(300), std::string("x"), Numbers(70'000), std::string("end\n")}) {
    std::string out(line.size() + 1000, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(line.data()));
    stream.avail_in = static_cast<uInt>(line.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    Require(deflate(&stream, Z_SYNC_FLUSH) == Z_OK && stream.avail_in == 0);
    pipe.Write(std::string_view(out).substr(0, out.size() - stream.avail_out));
    EXPECT_TRUE(ReadExactly(**reader, line.size()) == line);
  }
  deflateEnd(&stream);
}

TEST_F(Input, APlainPipeDoesNotWaitForAMagicNumber) {
  Pipe pipe;
  const auto reader = OpenInput({pipe.path(), "pipe"}, nullptr);
  ASSERT_TRUE(reader.ok());
  pipe.Write("ne");
  EXPECT_EQ(ReadExactly(**reader, 2), "ne");
}

TEST_F(Input, AMagicNumberMayComeByteByByte) {
  Pipe pipe;
  const auto reader = OpenInput({pipe.path(), "pipe"}, nullptr);
  ASSERT_TRUE(reader.ok());
  std::vector<char> room(1000);
  for (const char c : CompressBzip2("abc").substr(0, 5)) {
    pipe.Write({&c, 1});
    const auto result = (*reader)->Read(room, milliseconds(0));
    ASSERT_TRUE(result.ok() && result->stalled);
  }
  pipe.Write(CompressBzip2("abc").substr(5));
  pipe.Close();
  EXPECT_EQ(ReadToEnd(**reader).bytes, "abc");
}

TEST_F(Input, StandardInputIsReadAndStaysOpen) {
  Pipe pipe;
  pipe.Write("hello");
  pipe.Close();
  const int saved = dup(STDIN_FILENO);
  ASSERT_EQ(dup2(pipe.read_end(), STDIN_FILENO), STDIN_FILENO);
  EXPECT_EQ(ReadPath("-").bytes, "hello");
  EXPECT_NE(fcntl(STDIN_FILENO, F_GETFD), -1);
  close(STDIN_FILENO);
  const absl::Status closed = ReadPath("-").status;
  EXPECT_THAT(std::string(closed.message()), HasSubstr("standard input: cannot be "));
  if (saved >= 0) {
    dup2(saved, STDIN_FILENO);
    close(saved);
  }
}

TEST_F(Input, ANamedPipeWithoutWriterIsWaitedForWithPatience) {
  const std::string path = folder_ + "/fifo";
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const auto reader = OpenInput({path, "fifo"}, nullptr);
  ASSERT_TRUE(reader.ok()) << reader.status();
  std::vector<char> room(10);
  const auto result = (*reader)->Read(room, milliseconds(0));
  ASSERT_TRUE(result.ok() && result->stalled);
  const int writer = open(path.c_str(), O_WRONLY);
  ASSERT_EQ(write(writer, "abc", 3), 3);
  close(writer);
  EXPECT_EQ(ReadToEnd(**reader).bytes, "abc");
}

TEST_F(Input, AnInterruptEndsEveryWait) {
  for (const Compression compression : {Compression::kPlain, Compression::kGzip}) {
    Pipe pipe;
    std::atomic<int> interrupted = 0;
    const auto reader = OpenInput({pipe.path(), "pipe"}, &interrupted);
    ASSERT_TRUE(reader.ok());
    pipe.Write(Compress(compression, "abc"));
    EXPECT_EQ(ReadExactly(**reader, 3), "abc");
    std::thread signal([&] { interrupted = SIGINT; });
    std::vector<char> room(10);
    const auto result = (*reader)->Read(room, kLong);
    signal.join();
    EXPECT_EQ(result.status(), absl::CancelledError("interrupted"));
  }
}

TEST_F(Input, ASignalWithoutInterruptIsNoError) {
  struct sigaction action {};
  action.sa_handler = [](int) {};  // without SA_RESTART: poll() and read() give EINTR
  struct sigaction saved {};
  sigaction(SIGUSR1, &action, &saved);
  Pipe pipe;
  const auto reader = OpenInput({pipe.path(), "pipe"}, nullptr);
  ASSERT_TRUE(reader.ok());
  const pthread_t self = pthread_self();
  std::thread writer([&] {
    for (int i = 0; i < 20; ++i) {
      pthread_kill(self, SIGUSR1);
      std::this_thread::sleep_for(milliseconds(1));
    }
    pipe.Write("abc");
  });
  EXPECT_EQ(ReadExactly(**reader, 3), "abc");
  writer.join();
  sigaction(SIGUSR1, &saved, nullptr);
}

TEST_F(Input, ADestroyedReaderLeavesNoThreadWaiting) {
  {  // for the pipe
    Pipe pipe;
    pipe.Write(CompressGzip("abc").substr(0, 15));
    const auto reader = OpenInput({pipe.path(), "pipe"}, nullptr);
    ASSERT_TRUE(reader.ok());
    std::vector<char> room(10);
    const auto result = (*reader)->Read(room, milliseconds(20));
    EXPECT_TRUE(result.ok());
  }
  {  // for a free block
    const std::string path = Write("big.gz", CompressGzip(Numbers(5 << 20)));
    const auto reader = OpenInput({path, "big"}, nullptr);
    ASSERT_TRUE(reader.ok());
    EXPECT_EQ(ReadExactly(**reader, 10), Numbers(10));
  }
  {  // never read
    EXPECT_TRUE(OpenInput({Write("x.gz", CompressGzip("x")), "x"}, nullptr).ok());
  }
}

}  // namespace
}  // namespace unecho::input_test
