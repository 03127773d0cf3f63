#include "read/aligned_input.h"

#include <gtest/gtest.h>

#include <random>

#include "support/temporary_folder.h"

namespace unecho::aligned_input_test {
namespace {

class AlignedInput : public InTemporaryFolder {
 protected:
  static InputFile Pair() { return {.path = "", .name = "a+b", .aligned = {{"a", "de"}, {"b", "e\"n"}}}; }

  // By reads of `step` bytes.
  static absl::StatusOr<std::string> Read(size_t step = 1000) {
    UNECHO_ASSIGN_OR_RETURN(const auto reader, OpenInput(Pair(), nullptr));
    std::string all;
    for (std::string part(step, '\0');;) {
      UNECHO_ASSIGN_OR_RETURN(const InputReader::Result result, reader->Read(part, std::chrono::hours(1)));
      all.append(part, 0, result.bytes);
      if (result.at_end) return all;
    }
  }
};

TEST_F(AlignedInput, LineWithLineIsAnObject) {
  Write("a", "Guten Tag\n\ner sagt \"ja\"\\\tdoch\r\nohne Ende");
  Write("b", "\xef\xbb\xbfGood day\n\nhe says \"yes\"\xff\n\n");
  const std::string want =
      "{\"de\":\"Guten Tag\",\"e\\\"n\":\"Good day\"}\n{\"de\":\"\",\"e\\\"n\":\"\"}\n"
      "{\"de\":\"er sagt \\\"ja\\\"\\\\\\u0009doch\" ,\"e\\\"n\":\"he says \\\"yes\\\"\xff\"}\n"
      "{\"de\":\"ohne Ende\"\t,\"e\\\"n\":\"\"}\n";
  for (const size_t step : {1u, 7u, 1000u}) {
    const auto got = Read(step);
    ASSERT_TRUE(got.ok()) << got.status();
    EXPECT_EQ(*got, want);
  }
}

TEST_F(AlignedInput, UnequalNumbersOfLinesAreAnErrorWithBoth) {
  Write("a", "1\n2\n3\n");
  Write("b", "1\n2\n3\n4\n5");
  EXPECT_EQ(Message(Read().status()),
            "--aligned: a has 3 lines, b has 5 lines: line i of each is one record, so there must be as many of each");
  Write("a", "");
  EXPECT_NE(Message(Read().status()).find("a has 0 lines, b has 5 lines"), std::string_view::npos);
  Write("b", "");
  EXPECT_EQ(Read().value(), "");
  EXPECT_TRUE(OpenInput({.path = "", .name = "", .aligned = {{"a", "a"}, {"none", "b"}}}, nullptr).status().code() !=
              absl::StatusCode::kOk);
}

TEST_F(AlignedInput, LinesComeBackAsTheyWere) {
  std::mt19937 random(1);
  std::string a, b;
  for (int i = 0; i < 3000; ++i) {
    for (std::string* side : {&a, &b}) {
      for (auto size = random() % (i % 50 == 0 ? 3000 : 30); size > 0; --size) {
        const auto c = static_cast<char>(random() % 256);
        *side += c == '\n' ? 'n' : c;
      }
      *side += random() % 4 == 0 ? "\r\n" : "\n";
    }
  }
  b.pop_back();  // no line end at the end of the file
  Write("a", a);
  Write("b", b);
  const auto got = Read(4096);
  ASSERT_TRUE(got.ok());
  std::vector<std::string> texts(2);
  std::string_view rest = *got;
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    ASSERT_TRUE(AppendAlignedLines(rest.substr(0, end), texts)) << rest.substr(0, end);
    rest.remove_prefix(end + 1);
  }
  EXPECT_EQ(texts[0], a);
  EXPECT_EQ(texts[1], b);
  for (const char* const no_pair : {"", "{", "{\"a\":1}", "{\"a\":\"b\"}", R"({"a":"b","c":"d)"})
    EXPECT_FALSE(AppendAlignedLines(no_pair, texts)) << no_pair;
}

}  // namespace
}  // namespace unecho::aligned_input_test
