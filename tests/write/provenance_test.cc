#include "write/provenance.h"

#include <string>
#include <vector>

#include "base/batch.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "simdjson.h"

namespace unecho::provenance_test {
namespace {

const std::vector<std::string> kNames = {"a.txt", "say \"b\"\xFF"};

Record KeptRecord() {
  Record record;
  record.ordinal = 7;
  record.offset_bytes = 100;
  record.size_bytes = 42;
  record.line = 9;
  record.fate = Fate::kKept;
  record.raw = "raw";
  return record;
}

std::string Line(const Record& record, SourceId source = SourceId{0}, const std::vector<std::string>& names = kNames) {
  Batch batch;
  batch.source = source;
  std::string out;
  AppendProvenance(SourceNames(names), batch, record, {}, {}, ProvenanceFormat::kPlain, {}, out);
  return out;
}

std::string Reject(const std::vector<Record>& records, SourceId source = SourceId{0}) {
  Batch batch;
  batch.source = source;
  std::string out;
  for (const Record& record : records) AppendReject(SourceNames(kNames), batch, record, out);
  return out;
}

TEST(Provenance, KeptRecord) {
  EXPECT_EQ(Line(KeptRecord()),
            R"({"ref":"a.txt#7","source":"a.txt","ordinal":7,"offset":100,"bytes":42,"fate":"kept"})"
            "\n");
}

TEST(Provenance, CompactNamesSourcesByTheirPlaces) {
  const SourceNames sources(kNames);
  std::string out;
  AppendProvenanceHead(sources, out);
  EXPECT_EQ(out, "{\"sources\":[\"a.txt\",\"say \\\"b\\\"\xEF\xBF\xBD\"]}\n");
  Batch batch;
  batch.source = SourceId{1};
  Record record = KeptRecord();
  record.fate = Fate::kExact;
  record.witness = {SourceId{0}, 3};
  record.similarity = 1;
  record.member = 2;
  out.clear();
  AppendProvenance(PlacesOf(sources), batch, record, {}, {}, ProvenanceFormat::kCompact, {}, out);
  EXPECT_EQ(out, R"({"ref":"1#7","source":1,"ordinal":7,"offset":100,"bytes":42,"fate":"exact","witness":"0#3",)"
                 R"("similarity":1.000000,"equal":"tokens","group":"0#3","member":2})"
                 "\n");
}

TEST(Provenance, RemovedRecordsNameTheirWitness) {
  Record record = KeptRecord();
  record.fate = Fate::kExact;
  record.witness = {SourceId{1}, 3};
  record.similarity = 1;
  EXPECT_EQ(Line(record),
            "{\"ref\":\"a.txt#7\",\"source\":\"a.txt\",\"ordinal\":7,\"offset\":100,\"bytes\":42,"
            "\"fate\":\"exact\",\"witness\":\"say \\\"b\\\"\xEF\xBF\xBD#3\",\"similarity\":1.000000}\n");
  record.fate = Fate::kNear;
  record.witness = {SourceId{0}, 3};
  record.similarity = 6.0 / 7;
  EXPECT_EQ(Line(record, SourceId{1}),
            "{\"ref\":\"say \\\"b\\\"\xEF\xBF\xBD#7\",\"source\":\"say \\\"b\\\"\xEF\xBF\xBD\",\"ordinal\":7,"
            "\"offset\":100,\"bytes\":42,\"fate\":\"near\",\"witness\":\"a.txt#3\",\"similarity\":0.857143}\n");
}

TEST(Provenance, RejectedRecordsHaveAReasonAndALine) {
  Record record = KeptRecord();
  record.fate = Fate::kRejected;
  record.reason = Reason::kInvalidJson;
  EXPECT_EQ(Line(record), R"({"ref":"a.txt#7","source":"a.txt","ordinal":7,"offset":100,"bytes":42,)"
                          R"("fate":"rejected","reason":"invalid_json","line":9})"
                          "\n");
}

TEST(Provenance, IdAndSnapshotComeLast) {
  Record record = KeptRecord();
  record.id = "\"x1\"";
  record.snapshot = "Mar \"14\"";
  EXPECT_EQ(Line(record), R"({"ref":"a.txt#7","source":"a.txt","ordinal":7,"offset":100,"bytes":42,"fate":"kept",)"
                          R"("id":"x1","snapshot":"Mar \"14\""})"
                          "\n");
  record.id = "\"\xFF\"";
  record.invalid_utf8 = 1;
  record.snapshot = {};
  EXPECT_EQ(Line(record),
            "{\"ref\":\"a.txt#7\",\"source\":\"a.txt\",\"ordinal\":7,\"offset\":100,\"bytes\":42,\"fate\":\"kept\","
            "\"id\":\"\xEF\xBF\xBD\"}\n");
}

// A line is put together in a fixed buffer where it fits: neither the largest numbers nor the longest names may
// overflow it.
TEST(Provenance, LinesOfAnyLengthAreWholeAndParse) {
  simdjson::dom::parser parser;
  for (size_t size = 0; size < 1500; size += 7) {
    const std::vector<std::string> names = {std::string(size, 'n'), std::string(size / 2, '"')};
    for (const Fate fate : {Fate::kKept, Fate::kExact, Fate::kNear, Fate::kRejected}) {
      Record record;
      record.ordinal = record.offset_bytes = record.size_bytes = record.line = UINT64_MAX;
      record.fate = fate;
      record.reason = Reason::kTitleWithoutBody;
      record.witness = {SourceId{1}, UINT64_MAX};
      record.similarity = 0.7;
      const std::string line = Line(record, SourceId{0}, names);
      ASSERT_EQ(line.back(), '\n');
      simdjson::dom::element json;
      ASSERT_EQ(parser.parse(line).get(json), simdjson::SUCCESS) << line;
      ASSERT_EQ(std::string_view(json["ref"]), names[0] + "#18446744073709551615");
      ASSERT_EQ(uint64_t(json["bytes"]), UINT64_MAX);
      if (fate == Fate::kNear) {
        ASSERT_EQ(std::string_view(json["witness"]), names[1] + "#18446744073709551615");
      }
    }
  }
}

TEST(Provenance, AppendsBehindWhatIsThere) {
  Batch batch;
  std::string out = "before\n";
  AppendProvenance(SourceNames(kNames), batch, KeptRecord(), {}, {}, ProvenanceFormat::kPlain, {}, out);
  AppendProvenance(SourceNames(kNames), batch, KeptRecord(), {}, {}, ProvenanceFormat::kPlain, {}, out);
  EXPECT_EQ(out, "before\n" + Line(KeptRecord()) + Line(KeptRecord()));
}

TEST(Provenance, OnlyTheLastFragmentIsWritten) {
  Record record = KeptRecord();
  record.fate = Fate::kRejected;
  record.reason = Reason::kTooLong;
  record.is_last_fragment = false;
  EXPECT_EQ(Line(record), "");
  record.is_last_fragment = true;
  record.is_first_fragment = false;
  EXPECT_THAT(Line(record), testing::HasSubstr("too_long"));
}

TEST(Rejects, AreWrittenAsTheyWere) {
  Record record = KeptRecord();
  record.fate = Fate::kRejected;
  record.reason = Reason::kInvalidJson;
  record.raw = "{\"a\xFF\n";
  EXPECT_EQ(Reject({record}),
            R"({"ref":"a.txt#7","offset":100,"reason":"invalid_json","raw":"{\"a\udcff\n","bytes":42})"
            "\n");
}

TEST(Rejects, FragmentsMakeOneLine) {
  Record first = KeptRecord();
  first.fate = Fate::kRejected;
  first.reason = Reason::kTooLong;
  first.is_last_fragment = false;
  first.raw = "one ";
  first.size_bytes = 4;
  Record middle = first;
  middle.is_first_fragment = false;
  middle.raw = "two ";
  middle.size_bytes = 8;
  Record last = middle;
  last.is_last_fragment = true;
  last.raw = "three";
  last.size_bytes = 13;
  EXPECT_EQ(Reject({first, middle, last}),
            R"({"ref":"a.txt#7","offset":100,"reason":"too_long","raw":"one two three","bytes":13})"
            "\n");
}

TEST(Rejects, AcceptedRecordsAreNotAmongThem) {
  Record record = KeptRecord();
  for (const Fate fate : {Fate::kKept, Fate::kExact, Fate::kNear}) {
    record.fate = fate;
    EXPECT_EQ(Reject({record}), "");
  }
}

}  // namespace
}  // namespace unecho::provenance_test
