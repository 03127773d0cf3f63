#include "read/utf8_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <random>

#include "text/json.h"

namespace unecho::utf8_reader_test {
namespace {

// The oracle: ICU's conversion of the whole text at once.
std::string Encoded(std::string_view utf8, const char* name) {
  UErrorCode error = U_ZERO_ERROR;
  std::string out(utf8.size() * 4 + 16, '\0');
  const int32_t size = ucnv_convert(name, "UTF-8", out.data(), static_cast<int32_t>(out.size()), utf8.data(),
                                    static_cast<int32_t>(utf8.size()), &error);
  out.resize(static_cast<size_t>(size));
  return out;
}

// Gives its bytes in pieces of 1 to `max` bytes, and stalls now and then.
class SlowReader final : public InputReader {
 public:
  SlowReader(std::string bytes, size_t max, uint32_t seed) : bytes_(std::move(bytes)), max_(max), random_(seed) {}
  absl::StatusOr<Result> Read(std::span<char> out, std::chrono::milliseconds) override {
    if (random_() % 4 == 0) return Result{.bytes = 0, .at_end = false, .stalled = true};
    const size_t bytes = std::min({out.size(), 1 + random_() % max_, bytes_.size() - at_});
    std::copy_n(bytes_.data() + at_, bytes, out.data());
    at_ += bytes;
    return Result{.bytes = bytes, .at_end = at_ == bytes_.size(), .stalled = false};
  }
  Compression compression() const override { return Compression::kPlain; }
  uint64_t compressed_bytes() const override { return at_; }
  const std::string& label() const override { return label_; }

 private:
  const std::string label_ = "slow";
  std::string bytes_;
  size_t max_, at_ = 0;
  std::mt19937 random_;
};

struct Converted {
  std::string text;
  Encoding encoding;
  uint64_t undecodable;
};

Converted Convert(const std::string& bytes, const std::string& choice, size_t max_read = 1 << 20, size_t room = 4096,
                  uint32_t seed = 1, OwnEncodings own = OwnEncodings::kIfItBeginsSo) {
  Utf8Reader reader(std::make_unique<SlowReader>(bytes, max_read, seed), choice, /*takes_binary=*/false, own);
  std::string text;
  std::vector<char> buffer(room);
  for (;;) {
    const auto result = reader.Read(buffer, std::chrono::milliseconds(1));
    EXPECT_TRUE(result.ok());
    text.append(buffer.data(), result->bytes);
    if (result->at_end) return {text, reader.encoding(), reader.num_undecodable()};
  }
}

const std::string kText = "Caf\u00e9 na\u00efve \u2014 \u0416\u0443\u043a\n\u6f22\u5b57 \U0001F600 end\n";
const std::string kMark = "\uFEFF";

TEST(Encoding, MarksOfUtf16AndUtf32AreKnownAndBecomeTheMarkOfUtf8) {
  for (const char* name : {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
    const Converted got = Convert(Encoded(kMark + kText, name), "auto");
    EXPECT_EQ(got.text, kMark + kText) << name;
    EXPECT_EQ(got.encoding.name, name);
    EXPECT_EQ(got.undecodable, 0u);
  }
}

TEST(Encoding, Utf8PassesUnchangedEvenIfItIsMalformed) {
  for (const std::string& bytes : {kText, kMark + kText,
                                   std::string("a\xFF\xFE"
                                               "b"),
                                   std::string(), std::string("\xEF")}) {
    const Converted got = Convert(bytes, "auto", 1);
    EXPECT_EQ(got.text, bytes);
    EXPECT_EQ(got.encoding.widths, nullptr);
  }
}

TEST(Encoding, MailPassesUnchangedUnlessItIsReadAsSomethingElse) {
  const std::string mail =
      "From: a@b.example\nTo: c@d.example\nSubject: S\nContent-Type: text/plain; charset=koi8-r\n\n" +
      Encoded("\u041F\u0440\u0438\u0432\u0435\u0442, \u043C\u0438\u0440", "KOI8-R");
  for (const size_t max_read : {1, 7, 1000}) {
    EXPECT_EQ(Convert(mail, "auto", max_read).text, mail);
    EXPECT_EQ(Convert(mail.substr(20), "auto", max_read, 4096, 1, OwnEncodings::kYes).text, mail.substr(20));
    EXPECT_NE(Convert(mail, "auto", max_read, 4096, 1, OwnEncodings::kNo).text, mail);
    EXPECT_NE(Convert(mail.substr(20), "auto", max_read).text, mail.substr(20));
    EXPECT_NE(Convert(mail, "koi8-r", max_read).text, mail);
  }
}

TEST(Encoding, MailThatDeclaresNoneIsGuessedWithAWord) {
  const std::string head = "From: a@b.example\nTo: c@d.example\nSubject: S\n\n";
  const std::string text =
      "Die Bohnen sind so gro\u00DF wie \u00C4pfel. M\u00F6chtest Du welche f\u00FCr die K\u00FCche?\n";
  for (const size_t max_read : {1, 7, 1000}) {
    for (const OwnEncodings own : {OwnEncodings::kIfItBeginsSo, OwnEncodings::kYes}) {
      const Converted got = Convert(head + Encoded(text, "windows-1252"), "auto", max_read, 4096, 1, own);
      EXPECT_EQ(got.text, head + text);
      EXPECT_THAT(got.encoding.guess, testing::HasSubstr("windows-1252"));
      EXPECT_EQ(Convert(head + text, "auto", max_read, 4096, 1, own).encoding.guess, "");
    }
  }
}

TEST(Encoding, EbcdicIsRefusedByName) {
  std::string text;
  for (int i = 0; i < 9; ++i) text += "THE RAIN FALLS ON SMALL TOWNS, AS ON LARGE ONES ";
  const std::string bytes = Encoded(text, "ibm-1047");
  Utf8Reader reader(std::make_unique<SlowReader>(bytes, 1 << 20, 1), "auto");
  std::vector<char> buffer(4096);
  absl::StatusOr<InputReader::Result> read = InputReader::Result{};
  while (read.ok() && !read->at_end) read = reader.Read(buffer, std::chrono::milliseconds(1));
  ASSERT_FALSE(read.ok());
  EXPECT_THAT(std::string(read.status().message()), testing::HasSubstr("EBCDIC"));
  EXPECT_EQ(Convert(bytes, "ibm-1047").text, text);
}

TEST(Encoding, Utf16WithoutAMarkIsReadInTheOrderInWhichAsciiHasItsZeros) {
  for (const char* name : {"UTF-16LE", "UTF-16BE"}) {
    const Converted got = Convert(Encoded(kText, name), "utf-16");
    EXPECT_EQ(got.text, kText) << name;
    EXPECT_EQ(got.encoding.name, name);
  }
}

TEST(Encoding, DetectionTakesUtf8ForUtf8AndLatinTextForASingleByteEncoding) {
  std::string french;
  for (int i = 0; i < 20; ++i)
    french +=
        "L'\u00e9t\u00e9 dernier, les \u00e9l\u00e8ves de l'\u00e9cole ont re\u00e7u des livres tr\u00e8s "
        "abîm\u00e9s.\n";
  EXPECT_EQ(Convert(french, "detect").encoding.widths, nullptr);
  const Converted got = Convert(Encoded(french, "windows-1252"), "detect");
  EXPECT_EQ(got.text, french);
  EXPECT_NE(got.encoding.widths, nullptr);
  // A character cut in two by the end of the sniffed block is no reason to doubt UTF-8.
  EXPECT_EQ(Convert(std::string(EncodingChoice::kBlockBytes - 1, 'a') + "\u00e9", "detect").encoding.widths, nullptr);
}

TEST(Encoding, WhatMeansNothingBecomesAReplacementAndIsCounted) {
  std::string lone = Encoded("ab", "UTF-16LE");
  lone.insert(2, "\x00\xD8", 2);  // half of a surrogate pair
  const Converted got = Convert(lone, "utf-16le");
  EXPECT_EQ(got.text,
            "a\uFFFD"
            "b");
  EXPECT_EQ(got.undecodable, 1u);
}

TEST(Encoding, UndeclaredItIsWhatItsFirstLettersAre) {
  struct Case {
    const char* name;
    const char* known_as;
    std::string text;
  };
  const std::string russian = "\u0412\u0447\u0435\u0440\u0430 \u0432\u0435\u0447\u0435\u0440\u043e\u043c";
  const Case cases[] = {
      {"koi8-r", "KOI8-R",
       russian + " \u0432 \u0433\u043e\u0440\u043e\u0434\u0435 \u043f\u0440\u043e\u0448\u0451\u043b"
                 " \u0434\u043e\u0436\u0434\u044c, \u0438 \u0443\u043b\u0438\u0446\u044b"},
      {"windows-1251", "windows-1251",
       russian + " \u0432 \u0433\u043e\u0440\u043e\u0434\u0435 \u0434\u043e\u0436\u0434\u044c"},
      {"windows-1252", "windows-1252", "L'\u00e9t\u00e9 dernier, les \u00e9l\u00e8ves de l'\u00e9cole"},
      {"gbk", "GB18030", "\u6628\u5929\u665a\u4e0a\u57ce\u5e02\u4e0b\u4e86\u5927\u96e8\uff0c\u8857\u9053"},
      {"shift_jis", "Shift_JIS", "\u6628\u65e5\u306e\u591c\u3001\u753a\u306b\u5f37\u3044\u96e8\u304c\u964d\u308a"},
      {"UTF-16LE", "UTF-16LE", "Plain words that have no mark before them."},
  };
  for (const Case& c : cases) {
    // ASCII passes before the letters come; many more bytes than a block of it.
    for (const size_t ascii : {size_t{0}, size_t{200'000}}) {
      if (ascii > 0 && std::string_view(c.name) == "UTF-16LE") continue;
      const std::string text = std::string(ascii, 'a') + " " + c.text + "\n";
      const Converted got = Convert(Encoded(text, c.name), "auto", 70'000, 5000);
      EXPECT_EQ(got.text, text) << c.name;
      EXPECT_EQ(got.encoding.name, c.known_as);
      EXPECT_EQ(got.encoding.guess.empty(), std::string_view(c.name) == "UTF-16LE") << got.encoding.guess;
    }
  }
}

TEST(Encoding, DamagedUtf8IsNoOtherEncoding) {
  for (const std::string& bytes :
       {kText + "\xE9", "\xE2\x80 cut " + kText, std::string("a \xFF b\n"), kText + kText + "caf\xE9 na\xEFve"}) {
    const Converted got = Convert(bytes, "auto", 3);
    EXPECT_EQ(got.text, bytes);
    EXPECT_EQ(got.encoding.widths, nullptr);
  }
}

TEST(Encoding, AMarkSaysMoreThanADeclarationAndADeclarationMoreThanAGuess) {
  const std::string page = "<html><head><meta charset=koi8-r></head><body>";
  const std::string letters = Encoded("\u0434\u043e\u0436\u0434\u044c", "koi8-r");
  EXPECT_EQ(Convert("\xEF\xBB\xBF" + page + letters, "auto").encoding.name, "UTF-8");
  EXPECT_EQ(Convert(page + letters, "auto").encoding.name, "KOI8-R");
  EXPECT_EQ(Convert(page + letters, "auto").encoding.guess, "");
  EXPECT_EQ(Convert(page + kText, "auto").encoding.name, "UTF-8");
  // "detect" does not believe it; a name that nobody knows is none.
  const std::string french = "<html><head><meta charset=koi8-r></head><body>L'\xE9t\xE9 dernier, les \xE9l\xE8ves";
  EXPECT_EQ(Convert(french, "detect").encoding.name, "windows-1252");
  EXPECT_EQ(Convert("<meta charset=klingon>L'\xE9t\xE9 dernier, les \xE9l\xE8ves", "auto").encoding.name,
            "windows-1252");
}

TEST(Encoding, ABibliographyDeclaresItAtItsHead) {
  const std::string entry = "\n@article{a, title = {" + Encoded("\u0434\u043e\u0436\u0434\u044c", "koi8-r") + "}}\n";
  for (const char* const head :
       {"% Encoding: KOI8-R\n", "% This file was created with JabRef 2.10.\n% Encoding: KOI8_R\n\n",
        "This file was created with JabRef 2.1.\r\nEncoding: koi8-r\r\n", "%% -*- coding: koi8-r; mode: bibtex -*-\n",
        "% !TeX encoding = koi8-r\n", "%\n%\n%Encoding:koi8-r\n",
        "Provider: Fog Press\nContent: text/plain; charset=\"koi8-r\"\n\n"}) {
    for (const size_t most : {size_t{3}, size_t{5000}}) {
      const Converted got = Convert(head + entry, "auto", most);
      EXPECT_EQ(got.encoding.name, "KOI8-R") << head;
      EXPECT_EQ(got.encoding.guess, "") << head;
    }
    EXPECT_EQ(Convert(head + kText, "auto").encoding.name, "UTF-8") << head;
  }
  // What is not at the head, or is no comment, declares nothing.
  for (const char* const text :
       {"%T Encoding: koi8-r\n", "Encoding: koi8-r\n", "@comment{x}\n% Encoding: koi8-r\n", "% the encoding: koi8-r\n",
        "Provider: Fog Press\nTY  - JOUR\nContent: text/plain; charset=koi8-r\n"}) {
    const std::string french =
        "L'\xE9t\xE9 dernier, les \xE9l\xE8ves de l'\xE9"
        "cole";
    EXPECT_EQ(Convert(text + french, "auto").encoding.name, "windows-1252") << text;
  }
}

TEST(Encoding, ADeclaredEncodingWithStatesIsRefusedWhereItsLettersBegin) {
  const std::string page = "<html><head><meta charset=iso-2022-jp></head><body>plain";
  EXPECT_EQ(Convert(page, "auto").text, page);
  EXPECT_EQ(Convert(page + kText, "auto").encoding.name, "UTF-8");
  Utf8Reader reader(std::make_unique<SlowReader>(page + "\x1B$B$\"\x1B(B", 1000, 1), "auto");
  std::vector<char> buffer(4096);
  absl::Status status;
  for (int i = 0; i < 100 && status.ok(); ++i) status = reader.Read(buffer, std::chrono::milliseconds(1)).status();
  EXPECT_NE(std::string(status.message()).find("iconv -f iso-2022-jp"), std::string::npos) << status;
}

TEST(Encoding, AnEncodingWithStatesIsRefusedWithoutADeclarationToo) {
  const auto read = [](const std::string& text) {
    Utf8Reader reader(std::make_unique<SlowReader>(text, 1000, 1), "auto");
    std::vector<char> buffer(4096);
    std::string got;
    for (;;) {
      const absl::StatusOr<InputReader::Result> result = reader.Read(buffer, std::chrono::milliseconds(1));
      if (!result.ok()) return std::string(result.status().message());
      got.append(buffer.data(), result->bytes);
      if (result->at_end) return got;
    }
  };
  EXPECT_THAT(read("Title: \x1B$B$\"$$\x1B(B\n"), testing::HasSubstr("looks like iso-2022-jp"));
  EXPECT_THAT(read("\x1B$)C\x0E#A#B\x0F\n"), testing::HasSubstr("looks like iso-2022-kr"));
  for (const std::string text : {"\x1B[31mred\x1B[0m costs \x1B", "a \x1B$x", "\x1B"}) EXPECT_EQ(read(text), text);
}

TEST(Encoding, AFewLettersOfUtf8ComeOutWhileTheSourceStalls) {
  // SlowReader gives all it has and never ends: what follows the last line is not there yet.
  class Stalled final : public InputReader {
   public:
    explicit Stalled(std::string bytes) : bytes_(std::move(bytes)) {}
    absl::StatusOr<Result> Read(std::span<char> out, std::chrono::milliseconds) override {
      if (given_) return Result{.bytes = 0, .at_end = false, .stalled = true};
      given_ = true;
      std::copy(bytes_.begin(), bytes_.end(), out.begin());
      return Result{.bytes = bytes_.size(), .at_end = false, .stalled = false};
    }
    Compression compression() const override { return Compression::kPlain; }
    uint64_t compressed_bytes() const override { return 0; }
    const std::string& label() const override { return bytes_; }

   private:
    std::string bytes_;
    bool given_ = false;
  };
  for (const std::string& bytes : {std::string("only ASCII so far\n"), kText}) {
    Utf8Reader reader(std::make_unique<Stalled>(bytes), "auto");
    std::vector<char> buffer(4096);
    std::string text;
    for (int i = 0; i < 4; ++i) {
      const auto result = reader.Read(buffer, std::chrono::milliseconds(1));
      ASSERT_TRUE(result.ok());
      text.append(buffer.data(), result->bytes);
    }
    EXPECT_EQ(text, bytes);
  }
}

TEST(Encoding, HowTheBytesArriveChangesNothing) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += kText;
  for (const char* name : {"UTF-16LE", "UTF-32BE"}) {
    const std::string bytes = Encoded(kMark + text, name);
    for (uint32_t seed = 1; seed <= 8; ++seed) {
      const Converted got = Convert(bytes, "auto", 1 + seed * seed, 3 + 7 * seed, seed);
      ASSERT_EQ(got.text, kMark + text) << name << ' ' << seed;
    }
  }
}

TEST(Encoding, PlacesInTheTextArePlacesInTheSource) {
  const std::string single = "Caf\u00e9 \u2014 na\u00efve";
  const std::string chinese = "\u6c34 a\u4e2d\u6587\u3002";
  const std::string japanese = "\u6f22\u5b57\u304b\u306a a\u30ab\uff71\u3002";
  const std::string korean = "\ud55c\uad6d\uc5b4 a \u6f22";
  const std::string rare = chinese + "\u0e01 \U00020000 \u00e9";  // four bytes each in GB18030, but for the last
  const struct {
    const char* name;
    const std::string& text;
  } kCases[] = {{"UTF-16LE", kText},     {"UTF-32LE", kText}, {"windows-1252", single}, {"UTF-8", kText},
                {"gb18030", rare},       {"Big5", chinese},   {"Shift_JIS", japanese},  {"EUC-JP", japanese},
                {"windows-949", korean}, {"EUC-KR", korean}};
  for (const auto& c : kCases) {
    const SourceWidths* const widths = std::string_view(c.name) == "UTF-8" ? nullptr : SourceWidths::For(c.name);
    if (std::string_view(c.name) != "UTF-8") {
      ASSERT_NE(widths, nullptr) << c.name;
    }
    for (size_t end = 0; end <= c.text.size(); ++end) {
      if (end < c.text.size() && (c.text[end] & 0xC0) == 0x80) continue;
      EXPECT_EQ(SourceBytes(widths, c.text.substr(0, end)), Encoded(c.text.substr(0, end), c.name).size())
          << c.name << ' ' << end;
    }
  }
}

// Random bytes, most of which mean nothing: the length of the whole is that of the source.
TEST(Encoding, WhatMeansNothingIsCountedBackToItsLength) {
  std::mt19937 random(7);
  for (const char* name :
       {"gb18030", "Big5", "Shift_JIS", "EUC-JP", "EUC-KR", "windows-949", "koi8-r", "windows-1252"}) {
    for (int i = 0; i < 200; ++i) {
      std::string bytes;
      for (int k = 0; k < 40; ++k) bytes += static_cast<char>(random());
      if (bytes.find("\x84\x31\xA4\x37") != std::string::npos) continue;  // U+FFFD itself
      const Converted got = Convert(bytes, name, 1 + random() % 40);
      ASSERT_EQ(SourceBytes(got.encoding.widths, got.text), bytes.size()) << name << ' ' << i;
    }
  }
}

TEST(Encoding, WhatASourceDeclaresIsObeyed) {
  const std::string russian = "\u0416\u0443\u043a\u0438 \u043b\u0435\u0442\u044f\u0442.";
  const std::string chinese = "\u4e2d\u6587\u7f51\u9875";
  const struct {
    const char* before;
    const std::string& text;
    const char* encoding;  // in which the bytes are
    bool is_converted;
  } kCases[] = {
      {"<?xml version=\"1.0\" encoding=\"koi8-r\"?>\n<a>", russian, "koi8-r", true},
      {"<?xml version='1.0' encoding='windows-1251' ?><a>", russian, "windows-1251", true},
      {"<html><head><meta charset=koi8-r></head>", russian, "koi8-r", true},
      {"\n<!-- saved --><!doctype html><META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=GB2312'>", chinese,
       "gb18030", true},
      {"<?xml version=\"1.0\"?><html><meta charset=\"windows-1251\">", russian, "windows-1251", true},
      // Not declared: a comment, text, what nobody knows; a page that was converted and kept its declaration.
      {"<!-- <meta charset=koi8-r> --><p>", russian, "UTF-8", false},
      {"I write <meta charset=koi8-r> ", russian, "UTF-8", false},
      {"<meta charset=klingon>", russian, "UTF-8", false},
      {"<meta charset=utf-8>", russian, "UTF-8", false},
      {"<meta charset=koi8-r>", russian, "UTF-8", false},
  };
  for (const auto& c : kCases) {
    const std::string bytes =
        c.before + (std::string_view(c.encoding) == "UTF-8" ? c.text : Encoded(c.text, c.encoding));
    for (const size_t max_read : {size_t{1}, size_t{7}, size_t{1} << 20}) {
      const Converted got = Convert(bytes, "auto", max_read);
      EXPECT_EQ(got.text, c.before + c.text) << c.before;
      EXPECT_EQ(got.encoding.widths != nullptr, c.is_converted) << c.before;
      EXPECT_EQ(got.undecodable, 0u) << c.before;
    }
  }
}

TEST(Encoding, NamesThatCannotWorkAreRefusedWithAWayOut) {
  for (const char* name : {"auto", "detect", "utf-8", "utf-16", "UTF-16LE", "latin-1", "windows-1252", "koi8-r", "gbk",
                           "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"}) {
    EXPECT_TRUE(CheckEncodingName(name).ok()) << name;
  }
  EXPECT_NE(CheckEncodingName("iso-2022-jp").message().find("iconv"), std::string::npos);
  EXPECT_NE(CheckEncodingName("klingon").message().find("not known"), std::string::npos);
}

}  // namespace
}  // namespace unecho::utf8_reader_test
