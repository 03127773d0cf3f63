// Engine mail: messages of an mbox or one a file, their parts decoded, text out.
#include "layouts/mail_head.h"
#include "layouts/sniff.h"
#include "support/records_of.h"

namespace unecho::mail_test {
namespace {

const Layout& Mail() { return GetLayout("mail"); }
const Got kMalformed{"", "", Reason::kMalformed}, kNoText{"", "", Reason::kNoMatchField};

std::string Message(std::string_view more, std::string_view body) {
  return "From: a@b.example\nSubject: S\n" + std::string(more) + "\n" + std::string(body);
}
std::string OfType(std::string_view type, std::string_view body, std::string_view encoding = "") {
  std::string head = "MIME-Version: 1.0\nContent-Type: " + std::string(type) + "\n";
  if (!encoding.empty()) head += "Content-Transfer-Encoding: " + std::string(encoding) + "\n";
  return Message(head, body);
}
std::string Part(std::string_view type, std::string_view body, std::string_view boundary = "b") {
  return "--" + std::string(boundary) + "\nContent-Type: " + std::string(type) + "\n\n" + std::string(body) + "\n";
}
std::string InMbox(std::string_view message) {
  return "From a@b.example Mon Apr  5 10:00:00 1993\n" + std::string(message) + "\n\n";
}
std::string CrLf(std::string text, std::string_view line_end = "\r\n") {
  for (size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + line_end.size()))
    text.replace(at, 1, line_end);
  return text;
}

class MailRecords : public testing::TestWithParam<RecordsCase> {};
TEST_P(MailRecords, AreReadAsText) { EXPECT_EQ(RecordsOf(Mail(), GetParam().source), GetParam().want); }

const auto kName = [](const auto& param) { return std::string(param.param.name); };

INSTANTIATE_TEST_SUITE_P(
    Messages, MailRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"Empty", "", {}},
        {"Blanks", " \n\r\n", {}},
        {"One", Message("", "a\n\n  b\n> c\n-- \nd\n"), {{"S", "a\n\n  b\n> c\n-- \nd"}}},
        {"CrLf", CrLf(Message("", "a\n\nb\n")), {{"S", "a\n\nb"}}},
        {"Cr", CrLf(Message("", "a\n\nb\n"), "\r"), {{"S", "a\n\nb"}}},
        {"Bom", "\xEF\xBB\xBF" + Message("", "a\n"), {{"S", "a"}}},
        {"FoldedSubject", "Subject: one\n  two\n\tthree\nFrom: a\n\nb\n", {{"one two three", "b"}}},
        {"NoEmptyLine", "From: a\nSubject: S\nHello there.\nNote: b\n\nc\n", {{"S", "Hello there.\nNote: b\n\nc"}}},
        {"ABrokenField", "From: a\nno field\nSubject: S\n\nc\n", {{"", "no field\nSubject: S\n\nc"}}},
        {"AZeroInAField", std::string("From: a\nSubject: S\0T\n\nc\n", 24), {{"S T", "c"}}},
        {"NoSubject", "From: a@b.example\n\ntext\n", {{"", "text"}}},
        {"NoBody", Message("", ""), {{"S", ""}}},
        {"HeadAlone", "From: a@b.example\nSubject: S", {{"S", ""}}},
        {"NothingToRead", "From: a@b.example\nDate: d\n\n\n", {kNoText}},
        {"NoHead", "What is this?\nSubject: S\n\ntext\n", {kMalformed}},
        {"FromInABody",
         Message("", "a\n\nFrom b@c Mon Apr  5 10:00:00 1993\nSubject: T\n\nb\n"),
         {{"S", "a\n\nFrom b@c Mon Apr  5 10:00:00 1993\nSubject: T\n\nb"}}},
        {"QuotedFromInAFile", Message("", "a\n>From b\n"), {{"S", "a\n>From b"}}},
        {"FromWithABlank", "From : a@b.example\nSubject : S\n\na\n", {{"S", "a"}}},
    }),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Mboxes, MailRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"Two", InMbox(Message("", "a")) + InMbox(Message("", "b\n\nc")), {{"S", "a"}, {"S", "b\n\nc"}}},
        {"TwoCrLf", CrLf(InMbox(Message("", "a")) + InMbox(Message("", "b"))), {{"S", "a"}, {"S", "b"}}},
        {"TwoCr", CrLf(InMbox(Message("", "a")) + InMbox(Message("", "b")), "\r"), {{"S", "a"}, {"S", "b"}}},
        {"BlanksInTheEmptyLine",
         "From a Mon Apr 5 10:00 1993\nSubject: S\n\na\n \t\nFrom b Mon Apr 5 10:00 1993\nSubject: T\n\nb\n",
         {{"S", "a"}, {"T", "b"}}},
        {"ManyEmptyLines", InMbox(Message("", "a\n\n\n\n")) + InMbox(Message("", "b")), {{"S", "a"}, {"S", "b"}}},
        {"WithoutADate",
         "From -12\nX-Google: e\nSubject: S\n\na\n\nFrom -13\nFrom: c\nSubject: T\n\nb",
         {{"S", "a"}, {"T", "b"}}},
        {"QuotedFrom",
         InMbox(Message("", ">From me\n>>From you\n> From us\n>Fro")),
         {{"S", "From me\n>From you\n> From us\n>Fro"}}},
        {"FromBelowText",
         InMbox(Message("", "a\nFrom b Mon Apr  5 10:00:00 1993\nSubject: T\n\nc")),
         {{"S", "a\nFrom b Mon Apr  5 10:00:00 1993\nSubject: T\n\nc"}}},
        {"FromAboveText",
         InMbox(Message("", "a\n\nFrom 10:00 on it rains.\nIt does\n\nb")),
         {{"S", "a\n\nFrom 10:00 on it rains.\nIt does\n\nb"}}},
        {"FromAboveALabel",
         InMbox(Message("", "a\n\nFrom here on we are lost.\nNote: b")),
         {{"S", "a\n\nFrom here on we are lost.\nNote: b"}}},
        {"FromAtTheEnd",
         InMbox(Message("", "a\n\nFrom b Mon Apr  5 10:00:00 1993")),
         {{"S", "a\n\nFrom b Mon Apr  5 10:00:00 1993"}}},
        {"Gateway",
         "From a Mon Apr 5 10:00 1993\n>From b Mon Apr 5 10:00 1993 remote from c\nSubject: S\n\na\n",
         {{"S", "a"}}},
        {"BehindABoundary",
         "From a Mon Apr 5 10:00 1993\nSubject: S\nContent-Type: multipart/mixed; boundary=b\n\n" +
             Part("text/plain", "a") + "--b--\n" + InMbox(Message("", "b")),
         {{"S", "a"}, {"S", "b"}}},
        {"NoHeadInIt", InMbox("Subject: S\n\na") + "From b Mon Apr 5 10:00 1993\nX-A: c\n\n\n", {{"S", "a"}, kNoText}},
        {"ALongLine",
         InMbox(Message("", std::string(3000, 'x') + "\n\nFrom " + std::string(3000, 'y'))) + InMbox(Message("", "b")),
         {{"S", std::string(3000, 'x') + "\n\nFrom " + std::string(3000, 'y')}, {"S", "b"}}},
        {"TwoEncodings",
         InMbox(OfType("text/plain; charset=koi8-r", "\xD0\xD2\xC9\xD7\xC5\xD4", "8bit")) +
             InMbox(OfType("text/plain; charset=iso-8859-1", "caf\xE9", "8bit")),
         {{"S", "\u043F\u0440\u0438\u0432\u0435\u0442"}, {"S", "caf\u00E9"}}},
    }),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Fields, MailRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"Base64", "From: a\nSubject: =?UTF-8?B?Y2Fmw6k=?=\n\nb\n", {{"caf\u00E9", "b"}}},
        {"Quoted", "From: a\nSubject: =?iso-8859-1?Q?caf=E9_au_lait?= hot\n\nb\n", {{"caf\u00E9 au lait hot", "b"}}},
        {"Latin1IsWindows1252", "From: a\nSubject: =?iso-8859-1?Q?=93a=94?=\n\nb\n", {{"\u201Ca\u201D", "b"}}},
        {"Gb2312IsGb18030", "From: a\nSubject: =?gb2312?B?6EQ=?=\n\nb\n", {{"\u9433", "b"}}},
        {"Japanese", "From: a\nSubject: =?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=\n\nb\n", {{"\u65E5\u672C", "b"}}},
        {"InTwoWords", "From: a\nSubject: =?utf-8?Q?caf=C3?=\n =?utf-8?Q?=A9?= x\n\nb\n", {{"caf\u00E9 x", "b"}}},
        {"LetterInTwoBase64Words",
         "From: a\nSubject: =?shift_jis?B?k/o=?= =?Shift_JIS?b?lnuC?=\n\t=?shift_jis?B?qg==?=\n\nb\n",
         {{"\u65E5\u672C\u304C", "b"}}},
        {"OfTwoCharsets",
         "From: a\nSubject: =?windows-1251?Q?=CF=F0?= =?iso-8859-2?Q?=B1?= ,\n =?utf-8?q?_=C3=A9=2C?= "
         "=?koi8-r?B?1w==?=x\n\nb\n",
         {{"\u041F\u0440\u0105 ,  \u00E9,\u0432x", "b"}}},
        {"EachBase64WordPadded",
         "From: a\nSubject: =?utf-8?B?Y2Fmw6k=?= =?utf-8?B?Y2Fmw6k=?=\n\nb\n",
         {{"caf\u00E9caf\u00E9", "b"}}},
        {"HalfALetter", "From: a\nSubject: =?shift_jis?Q?a=93?=\n\nb\n", {{"a\uFFFD", "b"}}},
        {"WithinText", "From: a\nSubject: x(=?utf-8?Q?=C3=A9?=)=?utf-8?Q?y?=z\n\nb\n", {{"x(\u00E9)yz", "b"}}},
        {"NotWellFormed",
         "From: a\nSubject: =?utf-8?Q?100%_=C3?= =?utf-8?Q?a b?= =?utf-8?Q?c\n\nb\n",
         {{"100% \uFFFDa b =?utf-8?Q?c", "b"}}},
        {"WithALanguage", "From: a\nSubject: =?utf-8*fr?Q?caf=C3=A9?=\n\nb\n", {{"caf\u00E9", "b"}}},
        {"UnknownCharset", "From: a\nSubject: =?klingon?Q?caf=E9?=\n\nb\n", {{"caf\u00E9", "b"}}},
        {"NoWord", "From: a\nSubject: =?utf-8?X?a?= =? ?=\n\nb\n", {{"=?utf-8?X?a?= =? ?=", "b"}}},
        {"Utf8", "From: a\nSubject: caf\u00E9\n\nb\n", {{"caf\u00E9", "b"}}},
        {"EightBits", "From: a\nSubject: caf\xE9\n\nb\n", {{"caf\u00E9", "b"}}},
    }),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Bodies, MailRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"QuotedPrintable",
         OfType("text/plain; charset=utf-8", "caf=C3=A9 au=\n lait=\n", "quoted-printable"),
         {{"S", "caf\u00E9 au lait"}}},
        {"Base64",
         OfType("text/plain; charset=\"KOI8-R\"", "0NLJ18XU\n", "BASE64"),
         {{"S", "\u043F\u0440\u0438\u0432\u0435\u0442"}}},
        {"BrokenBase64", OfType("text/plain", "b25l!IHR3\n", "base64"), {{"S", "one tw"}}},
        {"CutOffBase64", OfType("text/plain", "b25lIHR3b", "base64"), {{"S", "one tw"}}},
        {"BrokenQuotedPrintable", OfType("text/plain", "a=ZZb=", "quoted-printable"), {{"S", "a=ZZb"}}},
        {"UnknownTransfer", OfType("text/plain", "a", "x-none"), {{"S", "a"}}},
        {"UndeclaredUtf8", Message("", "caf\u00E9\n"), {{"S", "caf\u00E9"}}},
        {"UndeclaredWindows1252",
         Message("",
                 "\x93"
                 "caf\xE9\x94\n"),
         {{"S", "\u201Ccaf\u00E9\u201D"}}},
        {"AsciiByNameAlone", OfType("text/plain; charset=us-ascii", "caf\u00E9", "8bit"), {{"S", "caf\u00E9"}}},
        {"ConvertedBefore", OfType("text/plain; charset=iso-8859-1", "caf\u00E9", "8bit"), {{"S", "caf\u00E9"}}},
        {"UnknownCharset", OfType("text/plain; charset=x-unknown", "caf\xE9", "8bit"), {{"S", "caf\u00E9"}}},
        {"Rfc2231", OfType("text/plain; charset*=us-ascii'en'koi8-r", "\xC1", "8bit"), {{"S", "\u0430"}}},
        {"Html",
         OfType("text/html; charset=iso-8859-1", "<title>x</title><p>caf\xE9<p>two", "8bit"),
         {{"S", "caf\u00E9\n\ntwo"}}},
        {"HtmlWithAMeta", OfType("text/html", "<meta charset=koi8-r><p>\xC1", "8bit"), {{"S", "\u0430"}}},
        {"BrokenType", OfType("text", "a"), {{"S", "a"}}},
        {"BrokenTypeWithACharset", OfType("text; charset=koi8-r", "\xC1", "8bit"), {{"S", "\u0430"}}},
        {"Flowed", OfType("text/plain; format=flowed", "a \nb\n"), {{"S", "a \nb"}}},
        {"Image", OfType("image/png", "iVBORw0KGgo=", "base64"), {kNoText}},
        {"Calendar", OfType("text/calendar", "BEGIN:VCALENDAR\n"), {kNoText}},
        {"HtmlTooDeep",
         OfType("text/html",
                [] {
                  std::string s;
                  for (int i = 0; i < 5000; ++i) s += "<div>";
                  return s + "deep";
                }()),
         {{"S", "deep"}}},
    }),
    kName);

constexpr std::string_view kMixed = "multipart/mixed; boundary=b", kAlternative = "multipart/alternative; boundary=b";

INSTANTIATE_TEST_SUITE_P(
    Parts, MailRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"Alternative",
         OfType(kAlternative, "In MIME\n" + Part("text/plain", "plain") + Part("text/html", "<p>html") + "--b--\n"),
         {{"S", "plain"}}},
        {"AlternativeTheOtherWay",
         OfType(kAlternative, Part("text/html", "<p>html") + Part("text/plain", "plain") + "--b--\n"),
         {{"S", "plain"}}},
        {"AlternativeWithEmptyText",
         OfType(kAlternative, Part("text/plain", " \n") + Part("text/html", "<p>html") + "--b--\n"),
         {{"S", "html"}}},
        {"AlternativeHtmlAndPictures",
         OfType(kAlternative, Part("multipart/related; boundary=c", Part("text/html", "<p>html<img src=cid:x>", "c") +
                                                                        Part("image/png", "x", "c") + "--c--") +
                                  "--b--\n"),
         {{"S", "html"}}},
        {"Mixed",
         OfType(kMixed, Part("text/plain", "one") + Part("image/png", "x") + Part("text/html", "<p>two") +
                            Part("text/x-patch", "three") + "--b--\n"),
         {{"S", "one\n\ntwo\n\nthree"}}},
        {"AlternativeInMixed",
         OfType(kMixed, Part("multipart/alternative; boundary=c",
                             Part("text/plain", "one", "c") + Part("text/html", "<p>uno", "c") + "--c--") +
                            Part("text/plain", "two") + "--b--\n"),
         {{"S", "one\n\ntwo"}}},
        {"Forwarded",
         OfType(kMixed, Part("text/plain", "see") +
                            Part("message/rfc822", "From: c\nSubject: =?utf-8?Q?=C3=A4?=\n\ninner") + "--b--\n"),
         {{"S", "see\n\n\u00E4\n\ninner"}}},
        {"Digest",
         OfType("multipart/digest; boundary=b",
                "--b\n\nFrom: c\nSubject: T\n\none\n--b\n\nFrom: d\nSubject: U\n\ntwo\n--b--\n"),
         {{"S", "T\n\none\n\nU\n\ntwo"}}},
        {"OnlyAPicture", OfType(kMixed, Part("image/png", "x") + "--b--\n"), {kNoText}},
        {"NeverCloses", OfType(kMixed, Part("text/plain", "one") + Part("text/plain", "two")), {{"S", "one\n\ntwo"}}},
        {"InnerNeverCloses",
         OfType(kMixed, Part("multipart/alternative; boundary=c", Part("text/plain", "one", "c")) +
                            Part("text/plain", "two") + "--b--\n"),
         {{"S", "one\n\ntwo"}}},
        {"PartsWithoutAHead",
         OfType(kMixed, "--b\none\ntwo: 2\n--b\n\nthree\n--b--\n"),
         {{"S", "one\ntwo: 2\n\nthree"}}},
        {"APartWithoutAnEmptyLine", OfType(kMixed, "--b\nContent-Type: text/plain\none\n--b--\n"), {{"S", "one"}}},
        {"NoBoundaryInTheText", OfType(kMixed, "one\n\ntwo\n"), {{"S", "one\n\ntwo"}}},
        {"NoBoundaryAtAll", OfType("multipart/mixed", "one\n\ntwo\n"), {{"S", "one\n\ntwo"}}},
        {"TextBehindTheEnd",
         OfType(kMixed, Part("text/plain", "one") + "--b--\n\nthe list says\n"),
         {{"S", "one\n\nthe list says"}}},
        {"BoundaryInRfc2231",
         OfType("multipart/mixed; boundary*0=b; boundary*1=c", Part("text/plain", "one", "bc") + "--bc--\n"),
         {{"S", "one"}}},
        {"NoPartAtAll", OfType(kMixed, "--b--\n"), {{"S", ""}}},
    }),
    kName);

TEST(Mail, GivesFieldsOfAnyNameInAnyCase) {
  LayoutOptions options;
  options.id_field = "message-id";
  options.order_field = "LINES";
  const Segmented out =
      Drive(Mail(), Message("Message-ID: <1@x>\nDate: Mon, 5 Apr 1993 10:00:00 GMT\nLines: 17\n", "a"), options);
  ASSERT_EQ(out.records.size(), 1u);
  EXPECT_EQ(out.records[0].id, "\"<1@x>\"");
  EXPECT_EQ(out.records[0].order_value, "17");
  EXPECT_EQ(out.records[0].snapshot, "Mon, 5 Apr 1993 10:00:00 GMT");
  options.id_field = "content-type";
  options.order_field = "Date";
  const OwnedRecord typed = Drive(Mail(), OfType("text/plain; charset=utf-8", "a"), options).records.at(0);
  EXPECT_EQ(typed.id, "\"text/plain; charset=utf-8\"");
  EXPECT_EQ(typed.order_value, "");
}

TEST(Mail, AMessageOverTheLimitIsRejectedAndTheNextOneIsNot) {
  LayoutOptions options;
  options.max_record_bytes = 200;
  for (const size_t size : {20, 100, 150, 300, 20'000}) {
    for (const std::string line_end : {"\n", ""}) {
      std::string text;
      while (text.size() < size) text += "xxxxxxxxx" + (line_end.empty() ? "x" : line_end);
      const Records records = RecordsOf(Mail(), InMbox(Message("", text)) + InMbox(Message("", "b")), options);
      ASSERT_EQ(records.size(), 2u);
      EXPECT_EQ(records[0].reason, size < 150 ? Reason::kNone : Reason::kTooLong) << size;
      EXPECT_EQ(records[1], (Got{"S", "b"}));
      EXPECT_EQ(RecordsOf(Mail(), Message("", text), options).at(0).reason,
                text.size() + Message("", "").size() > 200 && size > 150 ? Reason::kTooLong : Reason::kNone);
    }
  }
}

TEST(Mail, DeepPartsAreReadAsFarAsTheyGo) {
  std::string deep;
  for (int i = 0; i < 20'000; ++i) {
    const std::string name = "b" + std::to_string(i);
    deep += "Content-Type: multipart/mixed; boundary=" + name + "\n\n--" + name + "\n";
  }
  const Segmented out = SegmentDriver(Mail(), {}).Run("Subject: S\n" + deep + "\ntext\n", 1 << 16, 1 << 16);
  EXPECT_EQ(out.broken, "");
  EXPECT_EQ(out.records.size(), 1u);
  std::string forwarded = "Subject: S\n";
  for (int i = 0; i < 20'000; ++i) forwarded += "Content-Type: message/rfc822\n\n";
  EXPECT_EQ(SegmentDriver(Mail(), {}).Run(forwarded + "\ntext\n", 1 << 16, 1 << 16).broken, "");
}

TEST(Mail, BoundariesInEachOtherDoNotMakeItSlow) {
  std::string source = "Subject: S\n";
  for (int i = 0; i < 1000; ++i) {
    const std::string name = "b" + std::to_string(i);
    source += "Content-Type: multipart/mixed; boundary=" + name + "\n\n--" + name + "\n";
  }
  for (int i = 0; i < 1'000'000; ++i) source += "--\n";
  const Segmented out = SegmentDriver(Mail(), {}).Run(source, 1 << 16, 1 << 16);
  EXPECT_EQ(out.broken, "");
  ASSERT_EQ(out.records.size(), 1u);
  EXPECT_EQ(out.records[0].reason, Reason::kMalformed);
}

TEST(Mail, StreamsOfOtherThingsAreNotHeldBack) {
  const auto many = [](std::string_view line) {
    std::string out;
    for (int i = 0; i < 21; ++i) out += line;
    return out;
  };
  EXPECT_EQ(BeginsAsMail("{\"id\":", false), MailAnswer::kNo);
  EXPECT_EQ(BeginsAsMail("[1, ", false), MailAnswer::kNo);
  EXPECT_EQ(BeginsAsMail(many("INFO: all is well\n"), false), MailAnswer::kNo);
  EXPECT_EQ(BeginsAsMail(many("X-A: b\n") + "Subject: c\nFrom: d\n\ne\n", true), MailAnswer::kNo);
}

// --- detection -----------------------------------------------------------------------------------------------------

struct Detection {
  const char* name;
  std::string source;
  std::string_view want;  // empty: anything but mail, or a refusal
};
void PrintTo(const Detection& c, std::ostream* out) { *out << c.name; }

class MailSniff : public testing::TestWithParam<Detection> {};

TEST_P(MailSniff, GivesOneAnswerForEveryPrefixThatGivesOne) {
  const Detection& c = GetParam();
  const auto whole = SniffLayout(c.source, true);
  ASSERT_TRUE(whole.has_value());
  const std::string_view name = whole->layout == nullptr ? std::string_view() : whole->layout->name();
  if (c.want.empty())
    EXPECT_NE(name, "mail") << whole->why;
  else
    EXPECT_EQ(name, c.want) << whole->why;
  for (size_t size = 0; size <= c.source.size(); size += size < 3000 ? 1 : 997) {
    const auto early = SniffLayout(std::string_view(c.source).substr(0, size), false);
    ASSERT_TRUE(!early || (early->layout == whole->layout && early->why == whole->why)) << size;
    const MailAnswer answer = BeginsAsMail(std::string_view(c.source).substr(0, size), false);
    ASSERT_TRUE(answer == MailAnswer::kNotYet || answer == BeginsAsMail(c.source, true)) << size;
  }
}

std::string Long(std::string_view head) {
  std::string out(head);
  for (int i = 0; i < 200; ++i) out += "A line of a text, " + std::to_string(i) + ".\n" + (i % 3 == 0 ? "\n" : "");
  return out;
}

const std::string kListing =
    "------\nSubmissions to:\nComputation\n received from  Thu 2 May 24\n------\n"
    "\\\\\narXiv:2405.00001\nDate: Thu, 2 May 2024 09:00:00 GMT   (100kb,D)\n\nTitle: Sleep\nAuthors: A\n"
    "Categories: cs.CL\n\\\\\n  We sleep.\n\\\\ ( https://arxiv.org/abs/2405.00001 ,  100kb)\n------\n";

INSTANTIATE_TEST_SUITE_P(
    Sources, MailSniff,
    testing::ValuesIn(std::vector<Detection>{
        {"Usenet",
         Long("From: k@l.example (A K)\nSubject: Re: lichens\nDate: Mon, 5 Apr 1993 10:00:00 GMT\nLines: 3\n\n"),
         "mail"},
        {"CrLf", CrLf(Long("From: k\nTo: l\nSubject: lichens\n\n")), "mail"},
        {"Bom",
         Long("\xEF\xBB\xBF"
              "From: k\nTo: l\nSubject: lichens\n\n"),
         "mail"},
        {"TransportFirst", Long("Return-Path: <a@b>\nReceived: by c; x\n\tMon\nX-Y: z\nSubject: s\n\n"), "mail"},
        {"LowerCase", Long("from: k\nto: l\nsubject: lichens\n\n"), "mail"},
        {"ALongHead", "Received: " + std::string(2000, 'x') + "\n" + Long("Subject: s\nFrom: f\n\n"), "mail"},
        {"Html", "From: k\nTo: l\nSubject: s\n\n<!doctype html>\n<p>a\n", "mail"},
        {"CsvInTheBody", "From: k\nTo: l\nSubject: title, abstract\n\ntitle,abstract\n", "mail"},
        {"TwoFields", Long("From: k\nSubject: s\n\n"), "mail"},
        {"NewsWithoutADate", Long("From: k\nSubject: s\nOrganization: o\nLines: 3\n\n"), "mail"},
        {"LabelsInParagraphs", "From: a\nTo: b\nSubject: c\n\nFrom: d\nTo: e\nSubject: f\n\nFrom: g\n", ""},
        {"HeadAlone", "From: k\nTo: l\nSubject: s\n", "mail"},
        {"NoEmptyLine", Long("From: k\nDate: l\nSubject: s\n"), "mail"},
        {"Mbox", Long("From k@l Mon Apr  5 10:00:00 1993\nFrom: k\nSubject: s\n\n"), "mail"},
        {"MboxWithoutADate", Long("From -1234\nX-Google-Language: ENGLISH\nFrom: k\nSubject: s\n\n"), "mail"},
        {"Patch",
         Long("From 0123456789abcdef Mon Sep 17 00:00:00 2001\nFrom: A <a@b>\nDate: x\nSubject: [PATCH] y\n\n"),
         "mail"},
        {"ArxivListing", kListing, "arxiv-mail"},
        {"ArxivListingWithAHead",
         "From: no-reply@arxiv.org\nTo: rabble@arxiv.org\nSubject: cs daily\nDate: x\n\n" + kListing, "arxiv-mail"},
        {"MailFromArxiv", Long("From: help@arxiv.org\nTo: a@b\nSubject: Your submission\n\n"), "mail"},
        {"OneSubject", "Subject: one line\nanother line\nand more\n", "lines"},
        {"FrontMatter", Long("---\ntitle: a\nfrom: b\nto: c\nsubject: d\ndate: e\n---\n\n"), ""},
        {"HttpAnswer", Long("HTTP/1.1 200 OK\nDate: x\nServer: y\nContent-Type: z\n\n"), ""},
        {"HttpFields", Long("Date: x\nServer: y\nVia: z\nFrom: f\nContent-Type: z\n\n"), ""},
        {"Labels", Long("Title: a\nFrom: b\nTo: c\nDate: c\nSubject: d\n\n"), ""},
        {"LabelsAgain", "From: a\nTo: b\nSubject: c\nFrom: d\nTo: e\nSubject: f\n", ""},
        {"Ris", "TY  - JOUR\nTI  - a\nAB  - b\nER  - \n", "ris"},
        {"ATimetable", Long("From 10:00 to 11:00\nRoom: A\n\nFrom 11:00 to 12:00\nRoom: B\n\n"), ""},
        {"ASentence", Long("From here on we are lost.\nSubject: none\n\n"), ""},
        {"AChat", Long("To: all of you\nhello\n\n"), ""},
    }),
    kName);

}  // namespace
}  // namespace unecho::mail_test
