// What a source says at its end of what deserves a second look.
#include "report/source_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace unecho::source_check_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Records of 100 bytes behind each other, in one batch, with what is between them.
class Source {
 public:
  Source& Add(std::string_view title, std::string_view text, Reason reason = Reason::kNone, uint64_t gap = 0) {
    batch_.ledger[ByteClass::kFurniture] += gap;
    Record record;
    record.offset_bytes = batch_.size + gap;
    record.size_bytes = 100;
    record.line_in_batch = static_cast<uint32_t>(batch_.records.size());
    record.first_piece = static_cast<uint32_t>(batch_.pieces.size());
    record.num_pieces = text.empty() ? 1 : 2;
    record.reason = reason;
    record.fate = reason == Reason::kNone ? Fate::kKept : Fate::kRejected;
    record.key_low = batch_.records.size();
    record.title = title;
    batch_.pieces.push_back(title);
    if (!text.empty()) batch_.pieces.push_back(text);
    batch_.records.push_back(record);
    batch_.size += gap + record.size_bytes;
    return *this;
  }

  std::string Unusable() {
    const SourceCheck check = Check();
    const auto found = check.unusable().find(0);
    return found == check.unusable().end() ? "" : found->second;
  }

  std::vector<std::string> Findings() {
    const SourceCheck check = Check();
    const auto found = check.findings().find(0);
    return found == check.findings().end() ? std::vector<std::string>() : found->second;
  }

 private:
  SourceCheck Check() {
    batch_.ends_source = true;
    SourceCheck check;
    check.Add(batch_);
    return check;
  }

  Batch batch_;
};

TEST(SourceCheck, SaysNothingOfASourceInOrder) {
  Source source;
  for (const char* title : {"A", "B", "C", "D", "E"}) source.Add(title, "text", Reason::kNone, 90);
  source.Add("", "short", Reason::kMinLength).Add("", "bad", Reason::kEmpty).Add("F", "");
  EXPECT_THAT(source.Findings(), IsEmpty());
}

TEST(SourceCheck, NamesWhatIsMostlyRejectedButNotByRulesThatWereAskedFor) {
  Source source;
  source.Add("A", "a").Add("", "", Reason::kMalformed).Add("", "", Reason::kEmpty).Add("", "", Reason::kMalformed);
  EXPECT_THAT(source.Findings(), ElementsAre("3 of 4 records are rejected, 2 as malformed, the first in line 2"));
  Source asked;
  asked.Add("A", "a").Add("", "", Reason::kMinLength).Add("", "", Reason::kMinLength);
  EXPECT_THAT(asked.Findings(), IsEmpty());
}

TEST(SourceCheck, NamesALongStretchThatBelongsToNoRecord) {
  Source source;
  source.Add("A", "a").Add("B", "b", Reason::kNone, 2500);
  EXPECT_THAT(source.Findings(), ElementsAre(HasSubstr("2500 bytes from about line 2 on belong to no record")));
  Source small;
  small.Add("A", "a").Add("B", "b", Reason::kNone, 1500);
  EXPECT_THAT(small.Findings(), ElementsAre(HasSubstr("1500 bytes from about line 2 on belong to no record")))
      << "a third of a small source";
  Source smaller;
  smaller.Add("A", "a").Add("B", "b", Reason::kNone, 250);
  EXPECT_THAT(smaller.Findings(), IsEmpty());
}

TEST(SourceCheck, NamesASourceOfWhichMostBelongsToNoRecord) {
  Source source;
  for (const char* title : {"A", "B", "C", "D", "E"}) source.Add(title, "text", Reason::kNone, 280);
  EXPECT_THAT(source.Findings(), ElementsAre(HasSubstr("1400 of 1900 bytes belong to no record")));
}

TEST(SourceCheck, OfASourceOfWhichNothingCanBeUsedMoreIsSaid) {
  Source source;
  source.Add("", "", Reason::kNoMatchField).Add("", "", Reason::kNoMatchField);
  EXPECT_THAT(source.Findings(), IsEmpty());
  EXPECT_EQ(source.Unusable(), "2 of 2 records are rejected, 2 as no_match_field, the first in line 1");
}

TEST(SourceCheck, NamesAFewWithoutTextAmongManyWithOne) {
  Source source;
  for (int i = 0; i < 15; ++i)
    source.Add(std::string_view("ABCDEFGHIJKLMNO").substr(static_cast<size_t>(i), 1), "text");
  source.Add("P", "").Add("Q", "").Add("R", "");
  EXPECT_THAT(source.Findings(), ElementsAre("3 of 18 records have no text, the first in line 16"));
}

TEST(SourceCheck, NamesATitleThatManyHaveBesideOthers) {
  Source source;
  static constexpr std::string_view kOthers = "abcdefghijklmnopqrstuvwxyz";
  for (size_t i = 0; i < 26; ++i) source.Add("Read more", "text").Add(kOthers.substr(i, 1), "text");
  EXPECT_THAT(source.Findings(), ElementsAre(HasSubstr("of 52 records are called 'Read more'")));
}

}  // namespace
}  // namespace unecho::source_check_test
