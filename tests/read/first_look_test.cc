// A look at the beginning of a pipe takes nothing from the run that reads it.
#include "read/first_look.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"

namespace unecho::first_look_test {
namespace {

// What comes out of `file`, and the message that ends it.
std::string Rest(const InputFile& file, std::string& failure) {
  auto reader = OpenInput(file, nullptr);
  EXPECT_TRUE(reader.ok());
  std::string all, room(7, '\0');
  for (;;) {
    const auto read = (*reader)->Read(room, std::chrono::seconds(10));
    if (!read.ok()) {
      failure = Message(read.status());
      return all;
    }
    all.append(room, 0, read->bytes);
    if (read->at_end) return all;
  }
}

struct Pipe {
  explicit Pipe(std::vector<std::string> parts) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    fd = ends[0];
    writer = std::thread([to = ends[1], parts = std::move(parts)] {
      for (const std::string& part : parts) {
        EXPECT_EQ(write(to, part.data(), part.size()), static_cast<ssize_t>(part.size()));
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
      }
      close(to);
    });
  }
  ~Pipe() {
    writer.join();
    close(fd);
  }
  InputFile file() const { return {.path = absl::StrFormat("/dev/fd/%d", fd), .name = "pipe"}; }
  int fd;
  std::thread writer;
};

TEST(FirstLook, WhatIsTakenFromAPipeIsGivenAgain) {
  const std::vector<std::string> parts = {"first line\nsec", "ond line\n", "third"};
  for (const size_t enough : {size_t{1}, size_t{12}, size_t{1000}}) {
    const Pipe pipe(parts);
    InputFile file = pipe.file();
    const Beginning begin =
        LookAt(file, {}, nullptr, [&](const Beginning& seen) { return seen.bytes.size() >= enough; });
    EXPECT_GE(begin.bytes.size(), std::min<size_t>(enough, 28));
    EXPECT_EQ(begin.is_all, enough == 1000);
    std::string failure;
    EXPECT_EQ(Rest(file, failure), "first line\nsecond line\nthird") << enough;
    EXPECT_EQ(failure, "");
  }
}

TEST(FirstLook, AnEmptyPipeEnds) {
  const Pipe pipe({});
  InputFile file = pipe.file();
  EXPECT_TRUE(LookAt(file, {}, nullptr, [](const Beginning&) { return false; }).is_all);
  std::string failure;
  EXPECT_EQ(Rest(file, failure), "");
  EXPECT_EQ(failure, "");
}

TEST(FirstLook, WhatIsWrongWithAPipeIsSaidWhenItIsRead) {
  const Pipe pipe({std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10), "no deflate"});
  InputFile file = pipe.file();
  EXPECT_TRUE(LookAt(file, {}, nullptr, [](const Beginning&) { return false; }).is_all);
  std::string failure;
  EXPECT_EQ(Rest(file, failure), "");
  EXPECT_NE(failure, "");
}

}  // namespace
}  // namespace unecho::first_look_test
