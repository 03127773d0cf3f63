// Engine warc: records by their length or by the next head, HTTP undone, text out.
#include <zlib.h>

#include "layouts/http_body.h"
#include "layouts/warc_head.h"
#include "support/records_of.h"

namespace unecho::warc_test {
namespace {

const Layout& Warc() { return GetLayout("warc"); }
const Got kMalformed{"", "", Reason::kMalformed}, kNotContent{"", "", Reason::kNotContent};

std::string Raw(std::string_view type, std::string_view content_type, std::string_view body, std::string_view more = "",
                std::string_view length = "") {
  return "WARC/1.0\r\nWARC-Type: " + std::string(type) +
         "\r\nWARC-Date: 2024-01-02T03:04:05Z\r\nContent-Type: " + std::string(content_type) + "\r\n" +
         std::string(more) + "Content-Length: " + (length.empty() ? std::to_string(body.size()) : std::string(length)) +
         "\r\n\r\n" + std::string(body) + "\r\n\r\n";
}
std::string Text(std::string_view body, std::string_view length = "") {
  return Raw("conversion", "text/plain", body, "", length);
}
std::string Http(std::string_view head, std::string_view body) {
  return Raw("response", "application/http; msgtype=response",
             "HTTP/1.1 200 OK\r\n" + std::string(head) + "\r\n\r\n" + std::string(body));
}

std::string Deflated(std::string_view text, int window_bits) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(text.size() + 100, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  return out;
}

constexpr std::string_view kPage = "<html><head><title>T</title></head><body><p>one</p><p>two</p></body></html>";
const Got kPageText{"T", "one\n\ntwo"};

class WarcRecords : public testing::TestWithParam<RecordsCase> {};
TEST_P(WarcRecords, AreReadAsText) { EXPECT_EQ(RecordsOf(Warc(), GetParam().source), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(
    Records, WarcRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"Empty", "", {}},
        {"Text",
         Text("First line\nsecond\n\nthird\n") + Text("one line"),
         {{"First line", "second\n\nthird"}, {"one line", ""}}},
        {"EmptyText", Text("") + Text("a"), {{"", "", Reason::kNoMatchField}, {"a", ""}}},
        {"OtherTypes",
         Raw("warcinfo", "application/warc-fields", "a: b\r\n") +
             Raw("request", "application/http", "GET / HTTP/1.1\r\n\r\n") + Text("a"),
         {kNotContent, kNotContent, {"a", ""}}},
        {"NoTypeAtAll", "WARC/1.0\r\nContent-Length: 1\r\n\r\na\r\n\r\n" + Text("b"), {kNotContent, {"b", ""}}},
        {"OtherVersion",
         "WARC/1.1\r\nWARC-Type: conversion\r\ncontent-length:1\r\n\r\na\r\n\r\n" + Text("b"),
         {{"a", ""}, {"b", ""}}},
        {"FoldedHeader",
         Raw("conversion", "text/plain", "a", "X-Long: b\r\n Content-Length: 99\r\n\tc\r\n") + Text("b"),
         {{"a", ""}, {"b", ""}}},
        {"LineFeedsOnly",
         "WARC/1.0\nWARC-Type: conversion\nContent-Length: 3\n\na\nb\n\nWARC/1.0\nWARC-Type: "
         "conversion\nContent-Length: 1\n\nc\n",
         {{"a", "b"}, {"c", ""}}},
        {"HeadInAText",
         Text("a\nWARC/1.0\r\nWARC-Type: conversion\r\n\r\nb") + Text("c"),
         {{"a", "WARC/1.0\nWARC-Type: conversion\n\nb"}, {"c", ""}}},
        {"NoBlankLinesBetween",
         "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 1\r\n\r\naWARC/1.0\r\nWARC-Type: "
         "conversion\r\nContent-Length: 1\r\n\r\nb",
         {{"a", ""}, {"b", ""}}},
        {"TooShortALength", Text("a long text", "3") + Text("b"), {{"a long text", ""}, {"b", ""}}},
        {"TooLongALength", Text("a", "99") + Text("b") + Text("c"), {{"a", ""}, {"b", ""}, {"c", ""}}},
        {"NoLength", Text("a", "none") + Text("b"), {{"a", ""}, {"b", ""}}},
        {"Truncated", Text("a") + Text("cut off", "500"), {{"a", ""}, kMalformed}},
        {"TruncatedHead", Text("a") + "WARC/1.0\r\nWARC-Type: con", {{"a", ""}, kMalformed}},
        {"Garbage",
         "what is this?\n" + Text("a") + "more\n" + Text("b"),
         {kMalformed, {"a", ""}, kMalformed, {"b", ""}}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Responses, WarcRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"Html", Http("Content-Type: text/html", kPage), {kPageText}},
        {"NoMediaType", Http("X: y", kPage), {kPageText}},
        {"PlainText", Http("Content-Type: text/plain; charset=utf-8", "a\nb"), {{"a", "b"}}},
        {"Resource", Raw("resource", "text/html", kPage), {kPageText}},
        {"Image", Http("Content-Type: image/png", "\x89PNG"), {kNotContent}},
        {"NotFound",
         Raw("response", "application/http", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>x</p>"),
         {kNotContent}},
        {"Chunked",
         Http("Transfer-Encoding: chunked\r\nContent-Type: text/html",
              "6;x=y\r\n<p>one\r\n0b\r\n</p><p>two<\r\n0\r\n\r\n"),
         {{"", "one\n\ntwo<"}}},
        {"ChunksAlreadyJoined", Http("Transfer-Encoding: chunked\r\nContent-Type: text/html", kPage), {kPageText}},
        {"Gzip", Http("Content-Encoding: gzip\r\nContent-Type: text/html", Deflated(kPage, 31)), {kPageText}},
        {"GzipInChunks",
         Http("Content-Encoding: x-gzip\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html",
              [] {
                const std::string z = Deflated(kPage, 31);
                char size[20];
                std::snprintf(size, sizeof size, "%zx\r\n", z.size());
                return size + z + "\r\n0\r\n\r\n";
              }()),
         {kPageText}},
        {"GzipAlreadyUndone", Http("Content-Encoding: gzip\r\nContent-Type: text/html", kPage), {kPageText}},
        {"Deflate", Http("Content-Encoding: deflate\r\nContent-Type: text/html", Deflated(kPage, 15)), {kPageText}},
        {"DeflateWithoutHead",
         Http("Content-Encoding: deflate\r\nContent-Type: text/html", Deflated(kPage, -15)),
         {kPageText}},
        {"GzipCutOff",
         Http("Content-Encoding: gzip\r\nContent-Type: text/html", Deflated(kPage, 31).substr(0, 40)),
         {kMalformed}},
        {"Brotli", Http("Content-Encoding: br\r\nContent-Type: text/html", "\x1b\xff\xfe\x80"), {kMalformed}},
        {"TooDeep",
         Http("Content-Type: text/html",
              [] {
                std::string s;
                for (int i = 0; i < 5000; ++i) s += "<div>";
                return s + "deep";
              }()),
         {{"", "deep"}}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Charsets, WarcRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"InTheHead", Http("Content-Type: text/plain; charset=\"ISO-8859-2\"", "\xB1"), {{"\u0105", ""}}},
        {"Latin1IsWindows1252",
         Http("Content-Type: text/plain; charset=latin1",
              "\x93"
              "a\x94"),
         {{"\u201C"
           "a\u201D",
           ""}}},
        {"InAMeta",
         Http("Content-Type: text/html", "<head><meta charset=shift_jis></head><p>\x83\x65"),
         {{"", "\u30C6"}}},
        {"InAnOldMeta",
         Http("Content-Type: text/html", "<meta http-equiv=x content='text/html; charset=koi8-r'><p>\xC1"),
         {{"", "\u0430"}}},
        {"HeadBeforeMeta",
         Http("Content-Type: text/html; charset=utf-8", "<meta charset=koi8-r><p>\u00E4"),
         {{"", "\u00E4"}}},
        {"Utf8IfItIs", Http("Content-Type: text/plain", "\u00E4\u6CB3"), {{"\u00E4\u6CB3", ""}}},
        {"ElseWindows1252", Http("Content-Type: text/plain", "caf\xE9"), {{"caf\u00E9", ""}}},
        {"UnknownName", Http("Content-Type: text/plain; charset=klingon", "caf\xE9"), {{"caf\u00E9", ""}}},
        {"BrokenUtf8", Http("Content-Type: text/plain; charset=utf-8", "a\xFF"), {{"a\uFFFD", ""}}},
        {"ByteOrderMark", Http("Content-Type: text/plain; charset=latin1", "\xEF\xBB\xBF\u00E4"), {{"\u00E4", ""}}},
        {"Utf16",
         Http("Content-Type: text/plain", std::string_view("\xFF\xFE"
                                                           "a\0\xE4\0",
                                                           6)),
         {{"a\u00E4", ""}}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

TEST(Warc, GivesHeadersAsFields) {
  LayoutOptions options;
  options.id_field = "WARC-Target-URI";
  options.order_field = "content-length";
  const Segmented out = Drive(Warc(), Raw("conversion", "text/plain", "a", "WARC-Target-URI: http://x/y\r\n"), options);
  ASSERT_EQ(out.records.size(), 1u);
  EXPECT_EQ(out.records[0].id, "\"http://x/y\"");
  EXPECT_EQ(out.records[0].order_value, "1");
  EXPECT_EQ(out.records[0].snapshot, "2024-01-02T03:04:05Z");
}

TEST(Warc, ARecordOverTheLimitIsRejectedAndTheNextOneIsNot) {
  LayoutOptions options;
  options.max_record_bytes = 200;
  for (const size_t size : {20, 300, 20'000}) {
    const std::string text(size, 'x');
    const Got want = size == 20 ? Got{text, ""} : Got{"", "", Reason::kTooLong};
    for (const char* const length : {"", "7", "50000000000", "none"}) {
      EXPECT_EQ(RecordsOf(Warc(), Text(text, length) + Text("b"), options), (Records{want, {"b", ""}})) << length;
    }
  }
}

TEST(Warc, WhatABodyMayGrowToIsLimited) {
  LayoutOptions options;
  options.max_record_bytes = 1000;
  const std::string source =
      Http("Content-Encoding: gzip\r\nContent-Type: text/plain", Deflated(std::string(100'000, 'a'), 31));
  EXPECT_EQ(RecordsOf(Warc(), source, options), (Records{kMalformed}));
}

// Each line might begin a record whose head ends at the next empty line, of which there is none.
TEST(Warc, HeadsWithoutAnEndDoNotMakeItSlow) {
  std::string source;
  for (int i = 0; i < 200'000; ++i) source += "WARC/1.0\n";
  EXPECT_EQ(SegmentDriver(GetLayout("warc"), {}).Run(source, 1 << 16, 1 << 16).broken, "");
}

}  // namespace
}  // namespace unecho::warc_test
