// The real dumps of the shared data, under --layout auto: as many records as the manifest says, every title it lists as
// its own pattern finds them, and books that balance. Skipped where the data is absent.
#include <gtest/gtest.h>
#include <re2/re2.h>
#include <simdjson.h>

#include <fstream>
#include <iterator>
#include <map>

#include "layouts/sniff.h"
#include "support/segment_driver.h"

namespace unecho::manifest_test {
namespace {

const std::string kFolder = std::string(UNECHO_SHARED_DATA) + "/layouts/";

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Dump {
  std::string format, file, marker;
  uint64_t bytes = 0, records = 0;
  bool has_abstract = false;
};

std::vector<Dump> ReadManifest() {
  std::vector<Dump> dumps;
  simdjson::dom::parser parser;
  std::ifstream manifest(kFolder + "manifest.jsonl");
  for (std::string line; std::getline(manifest, line);) {
    const simdjson::dom::element row = parser.parse(line);
    dumps.push_back({.format = std::string(std::string_view(row["format"])),
                     .file = std::string(std::string_view(row["file"])),
                     .marker = std::string(std::string_view(row["marker"])),
                     .bytes = row["bytes"],
                     .records = row["records"],
                     .has_abstract = row["has_abstract"]});
  }
  return dumps;
}

// What two ways to write one title have in common: no markup, no escapes, no white space.
std::string Bare(std::string title) {
  RE2::GlobalReplace(&title, "<[^>]*>", "");
  RE2::GlobalReplace(&title, R"(\\u[0-9a-fA-F]{4})", "");
  for (const auto& [from, to] : std::map<std::string, std::string>{
           {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&#39;", "'"}, {"&amp;", "&"}}) {
    RE2::GlobalReplace(&title, from, to);
  }
  std::string bare;
  for (const char c : title) {
    const bool is_markup = std::string_view(" \t\r\n\\*_`").find(c) != std::string_view::npos;
    if (!is_markup && static_cast<unsigned char>(c) < 0x80) bare += c;
  }
  return bare;
}

std::vector<std::string> TitlesByMarker(const Dump& dump, const std::string& bytes) {
  RE2::Options options;
  options.set_dot_nl(dump.format.find("xml") != std::string::npos);
  const RE2 marker("(?m)" + dump.marker, options);
  std::vector<std::string> titles;
  re2::StringPiece rest(bytes);
  for (std::string title; RE2::FindAndConsume(&rest, marker, &title);) titles.push_back(title);
  return titles;
}

class Manifest : public testing::Test {
 protected:
  void SetUp() override {
    if (dumps_.empty()) GTEST_SKIP() << "no " << kFolder;
  }
  const std::vector<Dump> dumps_ = ReadManifest();
};

TEST_F(Manifest, EveryDumpIsSegmentedExactly) {
  const std::map<std::string, std::string_view> layouts = {{"jsonl_arxiv_api", "jsonl"},
                                                           {"jsonl_ai_nested", "jsonl"},
                                                           {"md_table_title_only", "markdown-table"},
                                                           {"md_table_title_only2", "markdown-table"},
                                                           {"txt_title_pdf_summary", "labels"},
                                                           {"rss_xml_escaped_html", "rss"},
                                                           {"endnote_xml", "endnote-xml"},
                                                           {"acl_xml", "acl-xml"},
                                                           {"warc_wet", "warc"},
                                                           {"wet_cc_net", "warc"}};
  for (const Dump& dump : dumps_) {
    SCOPED_TRACE(dump.file);
    const std::string bytes = ReadFile(kFolder + dump.file);
    ASSERT_EQ(bytes.size(), dump.bytes);
    const auto detected = SniffLayout(bytes, true);
    ASSERT_TRUE(detected.has_value());
    const Layout& layout = *detected->layout;
    if (const auto known = layouts.find(dump.format); known != layouts.end()) {
      EXPECT_EQ(layout.name(), known->second) << detected->why;
    }

    const Segmented out = SegmentDriver(layout, {}).Run(bytes, 100'000, 262'144);
    EXPECT_EQ(out.broken, "");
    EXPECT_TRUE(out.ledger.Balances());
    // Counted as read: of a WARC also warcinfo, request and metadata, which are rejected.
    ASSERT_EQ(out.records.size(), dump.records);
    const std::vector<std::string> titles = TitlesByMarker(dump, bytes);
    ASSERT_EQ(titles.size(), out.records.size());
    size_t with_body = 0;
    for (size_t i = 0; i < titles.size(); ++i) {
      const OwnedRecord& record = out.records[i];
      with_body += record.pieces.size() > 1 && !record.pieces[1].empty();
      if (layout.profile().engine == Engine::kWarc) {
        const bool is_content = titles[i] == "response" || titles[i] == "conversion";
        EXPECT_EQ(record.reason, is_content ? Reason::kNone : Reason::kNotContent) << titles[i];
      } else {
        EXPECT_EQ(record.reason, Reason::kNone);
        EXPECT_EQ(Bare(record.title), Bare(titles[i])) << i;
      }
    }
    EXPECT_EQ(with_body > 0, dump.has_abstract);
  }
}

TEST_F(Manifest, NoDumpDependsOnHowItArrives) {
  for (const Dump& dump : dumps_) {
    std::string bytes = ReadFile(kFolder + dump.file).substr(0, 150'000);
    const auto detected = SniffLayout(bytes, true);
    ASSERT_TRUE(detected.has_value());
    EXPECT_EQ(CheckAllSizes(*detected->layout, {}, bytes), "") << dump.file;
    LayoutOptions small;
    small.max_record_bytes = 700;
    EXPECT_EQ(CheckAllSizes(*detected->layout, small, bytes.substr(0, 60'000)), "") << dump.file;
    // A slow pipe gives the same answer as a file, or waits.
    for (size_t size = 1; size < bytes.size(); size += 1 + size / 3) {
      const auto early = SniffLayout(std::string_view(bytes).substr(0, size), false);
      EXPECT_TRUE(!early || early->layout == detected->layout) << dump.file << " after " << size;
    }
  }
}

}  // namespace
}  // namespace unecho::manifest_test
