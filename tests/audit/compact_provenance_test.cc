// The compact form of the provenance, read as the plain one.
#include "audit/compact_provenance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "audit/claims.h"
#include "support/pipeline_run.h"
#include "support/temporary_folder.h"

namespace unecho::compact_provenance_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class CompactProvenanceTest : public InTemporaryFolder {};

std::string Plain(std::string_view line, const std::vector<std::string>& names = {"a.txt", "b\\\"c"}) {
  std::string out;
  AppendPlainLine(line, names, out);
  return out;
}

TEST(CompactProvenance, PlacesBecomeNames) {
  EXPECT_EQ(Plain(R"({"ref":"1#7","source":1,"ordinal":7,"fate":"near","witness":"0#3","group":"0#3","member":2})"),
            R"({"ref":"b\"c#7","source":"b\"c","ordinal":7,"fate":"near","witness":"a.txt#3","group":"a.txt#3",)"
            R"("member":2})");
  EXPECT_EQ(Plain(R"({"ref":"0#1","removed_lines":[{"line":2,"witness":"1#4","witness_line":1}],"id":0})"),
            R"({"ref":"a.txt#1","removed_lines":[{"line":2,"witness":"b\"c#4","witness_line":1}],"id":0})");
}

TEST(CompactProvenance, WhatRecordsSayOfThemselvesStays) {
  for (const char* line :
       {R"({"id":"\"ref\":\"0#1\""})", R"({"id":{"ref":"0#1","source":1}})", R"({"id":[{"witness":"0#1"}]})",
        R"({"similarities":{"witness":0.5,"source":1}})", R"({"id":"0#1","witness_id":"1#1","snapshot":"0#1"})"})
    EXPECT_EQ(Plain(line), line);
}

TEST(CompactProvenance, WhatIsNoPlaceStays) {
  for (const char* line : {R"({"ref":"2#7","source":2})", R"({"ref":"a.txt#1","source":"a.txt"})",
                           R"({"ref":"","source":})", "no JSON", ""})
    EXPECT_EQ(Plain(line), line);
}

TEST(CompactProvenance, AHeadIsAListOfNames) {
  EXPECT_THAT(NamesOfHead(R"({"sources":["a","b\"]}","c,d"]})"), ElementsAre("a", "b\\\"]}", "c,d"));
  for (const char* line : {R"({"sources":[]})", R"({"sources":["a",]})", R"({"sources":["a""b"]})",
                           R"({"sources":["a"})", R"({"sources":["a)", R"({"sources":[1]})", R"({"source":"a"})", ""})
    EXPECT_THAT(NamesOfHead(line), IsEmpty()) << line;
}

// Every kind of line: kept, exact, near, rejected, contaminated, of a reference text, with lines removed.
TEST_F(CompactProvenanceTest, SaysWhatThePlainOneSaysAndTheAuditReadsIt) {
  std::string lines;
  for (int i = 0; i < 60; ++i) {
    std::string text;
    for (int word = 0; word < 20; ++word)
      text += "w" + std::to_string(i / 3 * 20 + word + (i % 3 == 2 && word == 7)) + " ";
    lines += i % 20 == 13 ? "broken\n" : "{\"id\":\"0#1\",\"text\":\"Menu of the whole site here\\n" + text + "\"}\n";
  }
  // The same tokens in other lines.
  lines += "{\"id\":1,\"text\":\"Menu of the whole site here\\nsome words of a\\ntext that is cut\"}\n";
  lines += "{\"id\":2,\"text\":\"Menu of the whole site here\\nsome words of a text that\\nis cut\"}\n";
  Write("0.jsonl", lines.substr(0, lines.size() / 2 - 7) + "\n");
  Write("say \"1\".jsonl", lines);
  Write("set.jsonl", "{\"text\":\"w100 w101 w102 w103 w104 w105 w106 w107 w108 w109 w110 w111 w112 w113\"}\n");
  Write("old.jsonl",
        "{\"text\":\"w200 w201 w202 w203 w204 w205 w206 w207 w208 w209 w210 w211 w212 w213 w214 w215\"}\n");
  PipelineOptions options = RunOf({"0.jsonl", "say \"1\".jsonl"});
  options.answer.segment.id_field = "id";
  options.answer.clean.dedup_lines = true;
  options.answer.against = {"set.jsonl"};
  options.answer.reference = {"old.jsonl"};
  options.provenance = "plain.jsonl";
  RunOrFail(options);
  options.provenance = "compact.jsonl.zst";
  options.provenance_format = ProvenanceFormat::kCompact;
  RunOrFail(options);

  auto stream = LineStream::OfProvenance("compact.jsonl.zst");
  ASSERT_TRUE(stream.ok()) << stream.status();
  EXPECT_EQ(stream->line(), 2u);
  std::vector<std::string> expanded;
  for (;; stream->Drop()) {
    const auto line = stream->Peek();
    ASSERT_TRUE(line.ok()) << line.status();
    if (!*line) break;
    expanded.emplace_back(**line);
  }
  const std::vector<std::string> plain = LinesOf("plain.jsonl");
  EXPECT_EQ(expanded, plain);
  for (const char* what :
       {"\"kept\"", "\"exact\"", "\"near\"", "\"contaminated\"", "\"reference\"", "\"rejected\"", "removed_lines"}) {
    EXPECT_TRUE(std::ranges::any_of(plain, [&](const std::string& line) { return line.find(what) != line.npos; }))
        << what;
  }
  EXPECT_EQ(AuditOf(options, true).num_violations, 0u);
}

TEST_F(CompactProvenanceTest, AWrongPlaceIsFoundByTheAudit) {
  Write("a.txt", "one line\nanother line\none line\n");
  PipelineOptions options = RunOf({"a.txt"});
  options.answer.layout = FindLayout("lines");
  options.provenance_format = ProvenanceFormat::kCompact;
  RunOrFail(options);
  EXPECT_EQ(AuditOf(options, true).num_violations, 0u);
  std::vector<std::string> lines = LinesOf("provenance");
  EXPECT_EQ(lines.at(0), R"({"sources":["a.txt"]})");
  std::string& line = lines.at(3);
  line.replace(line.find("\"source\":0"), 10, "\"source\":1");
  std::ofstream file("provenance");
  for (const std::string& each : lines) file << each << "\n";
  file.close();
  EXPECT_GT(AuditOf(options, false).num_violations, 0u);
}

TEST_F(CompactProvenanceTest, AListThatIsCutOffIsAnError) {
  Write("p", "{\"sources\":[\"a.txt\",\"b.");
  const auto stream = LineStream::OfProvenance("p");
  EXPECT_THAT(std::string(stream.status().message()), HasSubstr("p:1: begins as the list of sources"));
}

}  // namespace
}  // namespace unecho::compact_provenance_test
