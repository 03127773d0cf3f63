#include "write/atomic_file.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "support/temporary_folder.h"

namespace unecho::atomic_file_test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;

class AtomicFileTest : public InTemporaryFolder {
 protected:
  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_)) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }
  static std::unique_ptr<OutputFile> Open(const std::string& path,
                                          OutputFile::Temporary temporary = OutputFile::Temporary::kUnnamed) {
    auto file = OutputFile::Create(path, temporary);
    EXPECT_TRUE(file.ok()) << file.status();
    return file.ok() ? std::move(*file) : nullptr;
  }
};

TEST_F(AtomicFileTest, AppearsUnderItsNameOnlyAtCommit) {
  auto file = Open(Path("out"));
  ASSERT_TRUE(file->Write("hello ").ok());
  ASSERT_TRUE(file->Write("").ok());
  ASSERT_TRUE(file->Write("world").ok());
  EXPECT_FALSE(fs::exists(Path("out")));
  ASSERT_TRUE(file->Commit().ok());
  EXPECT_THAT(Names(), testing::ElementsAre("out"));
  EXPECT_EQ(ReadAll(Path("out")), "hello world");
  EXPECT_EQ(file->bytes_written(), 11u);
  EXPECT_EQ(file->path(), Path("out"));
  file.reset();
  EXPECT_EQ(ReadAll(Path("out")), "hello world");
}

// Nobody hears that all is well of a file that is not there.
TEST_F(AtomicFileTest, DoesNotCommitWhatIsGoneSinceItWasClosed) {
  auto file = Open(Path("out"));
  ASSERT_TRUE(file->Write("hello").ok());
  ASSERT_TRUE(file->Close().ok());
  EXPECT_EQ(file->Commit().ok(), fs::exists(Path("out")));
}

TEST_F(AtomicFileTest, LeavesNothingWithoutCommit) {
  for (const auto temporary : {OutputFile::Temporary::kUnnamed, OutputFile::Temporary::kNamed}) {
    Write("out", "old");
    {
      auto file = Open(Path("out"), temporary);
      ASSERT_TRUE(file->Write("new").ok());
    }
    EXPECT_THAT(Names(), testing::ElementsAre("out"));
    EXPECT_EQ(ReadAll(Path("out")), "old");
  }
}

TEST_F(AtomicFileTest, ANamedTemporaryStandsBesideItsFileAndNeedsNoDescriptor) {
  auto file = Open(Path("out"), OutputFile::Temporary::kNamed);
  EXPECT_THAT(Names(), testing::ElementsAre(".out.unecho-" + std::to_string(::getpid())));
  ASSERT_TRUE(file->Write("new").ok());
  ASSERT_TRUE(file->Close().ok());
  ASSERT_TRUE(file->Commit().ok());
  EXPECT_THAT(Names(), testing::ElementsAre("out"));
  EXPECT_EQ(ReadAll(Path("out")), "new");
}

TEST_F(AtomicFileTest, NamesMayBeAsLongAsTheFileSystemAllows) {
  const std::string longest(255, 'n');
  for (const auto temporary : {OutputFile::Temporary::kUnnamed, OutputFile::Temporary::kNamed}) {
    for (const char* text : {"first", "second"}) {
      auto file = Open(Path(longest), temporary);
      ASSERT_TRUE(file->Write(text).ok());
      ASSERT_TRUE(file->Commit().ok());
      EXPECT_EQ(ReadAll(Path(longest)), text);
      EXPECT_EQ(Names().size(), 1u);
    }
    EXPECT_THAT(std::string(OutputFile::Create(Path(longest + "n"), temporary).status().message()),
                HasSubstr("choose a shorter name"));
  }
}

TEST_F(AtomicFileTest, ReplacesAnOldFileAndKeepsWhoMayReadIt) {
  for (const auto temporary : {OutputFile::Temporary::kUnnamed, OutputFile::Temporary::kNamed}) {
    Write("out", "a longer old content");
    constexpr uid_t kSomebody = 12345;
    const bool is_given = ::chown(Path("out").c_str(), kSomebody, kSomebody) == 0;  // by root alone
    fs::permissions(Path("out"), fs::perms(04640));
    auto file = Open(Path("out"), temporary);
    ASSERT_TRUE(file->Write("new").ok());
    ASSERT_TRUE(file->Commit().ok());
    EXPECT_EQ(ReadAll(Path("out")), "new");
    EXPECT_EQ(fs::status(Path("out")).permissions(), fs::perms(0640));  // not with the rights of its owner
    struct stat status {};
    ASSERT_EQ(::stat(Path("out").c_str(), &status), 0);
    EXPECT_EQ(status.st_uid, is_given ? kSomebody : ::getuid());
  }
}

TEST_F(AtomicFileTest, NewFilesFollowTheUmask) {
  const mode_t old = ::umask(027);
  auto file = Open(Path("out"));
  ::umask(old);
  ASSERT_TRUE(file->Commit().ok());
  EXPECT_EQ(fs::status(Path("out")).permissions(), fs::perms(0640));
}

TEST_F(AtomicFileTest, SymbolicLinksStayLinks) {
  fs::create_directory(Path("elsewhere"));
  Write("elsewhere/real", "old");
  fs::create_symlink("elsewhere/real", Path("link1"));
  fs::create_symlink("link1", Path("link2"));
  auto file = Open(Path("link2"));
  ASSERT_TRUE(file->Write("new").ok());
  ASSERT_TRUE(file->Commit().ok());
  EXPECT_TRUE(fs::is_symlink(Path("link1")));
  EXPECT_TRUE(fs::is_symlink(Path("link2")));
  EXPECT_EQ(ReadAll(Path("elsewhere/real")), "new");
}

TEST_F(AtomicFileTest, ALinkToNothingCreatesWhatItPointsTo) {
  fs::create_symlink("missing", Path("link"));
  auto file = Open(Path("link"));
  ASSERT_TRUE(file->Write("new").ok());
  ASSERT_TRUE(file->Commit().ok());
  EXPECT_TRUE(fs::is_symlink(Path("link")));
  EXPECT_EQ(ReadAll(Path("missing")), "new");
}

TEST_F(AtomicFileTest, ATemporaryLeftByAnotherProcessIsNotTouched) {
  const std::string stale = Path(".out.unecho-" + std::to_string(::getpid()));
  std::ofstream(stale) << "not ours";
  for (const auto temporary : {OutputFile::Temporary::kUnnamed, OutputFile::Temporary::kNamed}) {
    auto file = Open(Path("out"), temporary);
    ASSERT_TRUE(file->Write("new").ok());
    ASSERT_TRUE(file->Commit().ok());
  }
  EXPECT_EQ(ReadAll(stale), "not ours");
  EXPECT_EQ(ReadAll(Path("out")), "new");
  EXPECT_EQ(Names().size(), 2u);
}

TEST_F(AtomicFileTest, RangesAreWrittenInOrderHoweverMany) {
  std::vector<std::string> parts;
  std::string want;
  for (int i = 0; i < 5000; ++i)
    want += parts.emplace_back(static_cast<size_t>(i % 7), static_cast<char>('a' + i % 26));
  std::vector<iovec> ranges;
  for (std::string& part : parts) ranges.push_back({part.data(), part.size()});
  auto file = Open(Path("out"));
  ASSERT_TRUE(file->WriteRanges(ranges).ok());
  ASSERT_TRUE(file->WriteRanges({}).ok());
  ASSERT_TRUE(file->Commit().ok());
  EXPECT_EQ(file->bytes_written(), want.size());
  EXPECT_EQ(ReadAll(Path("out")), want);
}

TEST_F(AtomicFileTest, ShortAndRefusedWritesToAPipeAreTakenUpAgain) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_NONBLOCK), 0);  // non-blocking: writes are short, then refused
  std::string want;
  for (int i = 0; i < 60000; ++i) want += "line " + std::to_string(i) + "\n";
  std::string got;
  std::thread reader([&] {
    ::fcntl(ends[0], F_SETFL, 0);
    char buffer[5000];
    for (ssize_t n; (n = ::read(ends[0], buffer, sizeof buffer)) > 0;) got.append(buffer, static_cast<size_t>(n));
  });
  {
    auto file = Open("/dev/fd/" + std::to_string(ends[1]));
    std::vector<iovec> ranges;
    for (size_t at = 0; at < want.size(); at += 100000) {
      ranges.push_back({want.data() + at, std::min<size_t>(100000, want.size() - at)});
    }
    EXPECT_TRUE(file->WriteRanges(ranges).ok());
    EXPECT_TRUE(file->Commit().ok());
  }
  ::close(ends[1]);
  reader.join();
  EXPECT_TRUE(got == want);
  ::close(ends[0]);
}

TEST_F(AtomicFileTest, AClosedPipeIsAborted) {
  ::signal(SIGPIPE, SIG_IGN);
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  ::close(ends[0]);
  auto file = Open("/dev/fd/" + std::to_string(ends[1]));
  EXPECT_EQ(file->Write("x").code(), absl::StatusCode::kAborted);
  ::close(ends[1]);
}

TEST_F(AtomicFileTest, AFullDiskSaysSoAndWhatToDo) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full";
  auto file = Open("/dev/full");
  const absl::Status status = file->Write("x");
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(std::string(status.message()), HasSubstr("/dev/full"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("free some space"));
}

TEST_F(AtomicFileTest, DevicesAreWrittenDirectly) {
  auto file = Open("/dev/null");
  ASSERT_TRUE(file->Write("x").ok());
  ASSERT_TRUE(file->Commit().ok());
  file.reset();
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(AtomicFileTest, AFifoIsWrittenDirectly) {
  ASSERT_EQ(::mkfifo(Path("fifo").c_str(), 0600), 0);
  std::string got;
  std::thread reader([&] { got = ReadAll(Path("fifo")); });
  auto file = Open(Path("fifo"));
  EXPECT_TRUE(file->Write("through").ok());
  EXPECT_TRUE(file->Commit().ok());
  reader.join();
  EXPECT_EQ(got, "through");
  EXPECT_TRUE(fs::is_fifo(Path("fifo")));
}

TEST_F(AtomicFileTest, StandardOutputStaysOpenAndUnbuffered) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  std::fflush(stdout);
  const int saved = ::dup(STDOUT_FILENO);
  ASSERT_EQ(::dup2(ends[1], STDOUT_FILENO), STDOUT_FILENO);
  for (const char* path : {"-", "/dev/stdout"}) {
    auto file = OutputFile::Create(path);
    if (!file.ok()) continue;  // nothing to read below
    (void)(*file)->Write("now");
    char buffer[3] = {};
    const ssize_t n = ::read(ends[0], buffer, sizeof buffer);  // before Commit()
    EXPECT_EQ(std::string(buffer, static_cast<size_t>(n)), "now");
    EXPECT_TRUE((*file)->Commit().ok());
    file->reset();
    EXPECT_GE(::fcntl(STDOUT_FILENO, F_GETFD), 0);
  }
  ::dup2(saved, STDOUT_FILENO);
  ::close(saved);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_F(AtomicFileTest, AClosedDescriptorIsAnErrorAtOnce) {
  const auto file = OutputFile::Create("/dev/fd/987");
  EXPECT_FALSE(file.ok());
}

TEST_F(AtomicFileTest, ErrorsOfCreationNameThePathAndTheWayOut) {
  Write("plain", "");
  struct Case {
    std::string path;
    const char* message;
  };
  for (const Case& c : {Case{Path("no/such/out"), "mkdir -p"}, Case{folder_, "it is a folder"},
                        Case{Path("plain/out"), "not a folder"}, Case{Path(std::string(300, 'x')), "shorter name"}}) {
    const auto file = OutputFile::Create(c.path);
    ASSERT_FALSE(file.ok()) << c.path;
    EXPECT_THAT(std::string(file.status().message()), HasSubstr(c.path));
    EXPECT_THAT(std::string(file.status().message()), HasSubstr(c.message));
  }
  EXPECT_THAT(Names(), testing::ElementsAre("plain"));
}

TEST_F(AtomicFileTest, ForbiddenPlacesSaySo) {
  if (::geteuid() == 0) GTEST_SKIP() << "nothing is forbidden to root";
  Write("protected", "old");
  fs::permissions(Path("protected"), fs::perms(0400));
  fs::create_directory(Path("closed"));
  fs::permissions(Path("closed"), fs::perms(0500));
  for (const std::string& path : {Path("protected"), Path("closed/out")}) {
    const auto file = OutputFile::Create(path);
    ASSERT_FALSE(file.ok());
    EXPECT_EQ(file.status().code(), absl::StatusCode::kPermissionDenied);
    EXPECT_THAT(std::string(file.status().message()), HasSubstr("chmod"));
  }
  fs::permissions(Path("closed"), fs::perms(0700));
}

TEST_F(AtomicFileTest, AFailedRenameIsReportedAndTheTemporaryRemoved) {
  auto file = Open(Path("out"));
  fs::create_directory(Path("out"));
  const absl::Status status = file->Commit();
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(std::string(status.message()), HasSubstr(Path("out")));
  file.reset();
  EXPECT_THAT(Names(), testing::ElementsAre("out"));
}

TEST_F(AtomicFileTest, RemoveTemporariesRemovesThoseOfOpenFilesOnly) {
  auto committed = Open(Path("committed"));
  ASSERT_TRUE(committed->Commit().ok());
  auto a = Open(Path("a"), OutputFile::Temporary::kNamed);
  auto b = Open(Path("b"));
  RemoveTemporaries();
  EXPECT_THAT(Names(), testing::ElementsAre("committed"));
  EXPECT_FALSE(a->Commit().ok());
}

}  // namespace
}  // namespace unecho::atomic_file_test
