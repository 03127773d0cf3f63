// Priorities of --keep FIELD:max: numbers as numbers, dates as moments, and what cannot be put in order.
#include "flow/order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "flow/order_notation.h"

namespace unecho::order_test {
namespace {

bool IsMore(const char* a, const char* b) {
  return HasPriority(ParseOrderKey(a), ParseOrderKey(b), true, DateOrder::kDayFirst);
}

TEST(Order, ComparesNumbersHoweverLongTheyAre) {
  const std::vector<const char*> rising = {"-1e3",
                                           "\"-12.50\"",
                                           "-12.5001e-3",
                                           "0",
                                           "0.001",
                                           "\"007\"",
                                           "7.01",
                                           "1e1",
                                           "11",
                                           "9007199254740992",
                                           "9007199254740993",
                                           "123456789012345678901234567890",
                                           "1e400",
                                           "1e401",
                                           "1e99999999999999999999"};
  for (size_t i = 0; i + 1 < rising.size(); ++i) {
    EXPECT_TRUE(IsMore(rising[i + 1], rising[i])) << rising[i];
    EXPECT_FALSE(IsMore(rising[i], rising[i + 1])) << rising[i];
  }
  for (const auto& [a, b] : {std::pair{"1.0", "1"},
                             {"1e2", "100"},
                             {"-0", "0"},
                             {"0.0e5", "0"},
                             {"true", "1"},
                             {"\".5\"", "0.50"},
                             {"\"5.\"", "5"},
                             {"\"-.5e1\"", "-5"}})
    EXPECT_FALSE(IsMore(a, b) || IsMore(b, a)) << a;
}

TEST(Order, WhatBeginsWithAZeroAndEndsInAYearIsAMonth) {
  EXPECT_TRUE(IsMore("\"03.2025\"", "\"04.2024\""));
  EXPECT_TRUE(IsMore("\"0.2025\"", "\"0.2024\""));
  EXPECT_TRUE(IsMore("\"4.2024\"", "\"3.2025\""));  // numbers
}

TEST(Order, ABlankValueIsNone) {
  for (const char* const blank : {"", "null", "\"\"", "\"  \""}) {
    EXPECT_TRUE(IsMore("\"a\"", blank));
    EXPECT_FALSE(IsMore(blank, "-5"));
  }
}

TEST(Order, EscapesDoNotCount) {
  EXPECT_FALSE(IsMore(R"("\u0061")", R"("a")") || IsMore(R"("a")", R"("\u0061")"));
  EXPECT_TRUE(IsMore(R"("14\/04\/2025")", R"("15\/03\/2025")"));
}

// "" if the values can be put in order, else what is said.
std::string Said(const std::vector<std::string>& values, DateOrder stated = DateOrder::kUnknown) {
  const std::vector<std::string> names = {"in"};
  const SourceNames sources(names);
  AnswerOptions answer;
  answer.keep = KeepPolicy::kFieldMax;
  answer.segment.order_field = "on";
  answer.date_order = stated;
  OrderNotation notation(sources, answer);
  for (size_t i = 0; i < values.size(); ++i) {
    const std::string json = "\"" + values[i] + "\"";
    std::optional<DateText> date;
    const OrderKey key = ParseOrderKey(json, &date);
    const absl::Status status = notation.Add(key, date, json, RecordRef{SourceId{0}, i + 1});
    if (!status.ok()) return std::string(status.message());
  }
  const auto settled = notation.Settle();
  if (!settled.ok()) return std::string(settled.status().message());
  return *settled == DateOrder::kMonthFirst ? "mdy" : "";
}

TEST(Order, DatesAreOfOneNotation) {
  using testing::AllOf;
  using testing::HasSubstr;
  EXPECT_EQ(Said({"2025-03-14", "2025-03", "2025-03-14T10:00:00Z"}), "");
  EXPECT_EQ(Said({"14 March 2025", "3 Apr 2025"}), "");
  EXPECT_EQ(Said({"03/04/2025", "14/03/2025"}), "");
  EXPECT_EQ(Said({"03/04/2025", "03/14/2025"}), "mdy");
  EXPECT_EQ(Said({"03/03/2025", "04/04/2025"}), "");  // the same either way
  EXPECT_THAT(Said({"03/04/2025", "05/06/2025"}), AllOf(HasSubstr("03/04/2025"), HasSubstr("on:max:dmy")));
  EXPECT_EQ(Said({"03/04/2025"}, DateOrder::kMonthFirst), "mdy");
  EXPECT_THAT(Said({"14/03/2025"}, DateOrder::kMonthFirst), HasSubstr("14/03/2025"));
  EXPECT_THAT(Said({"2025-03-14"}, DateOrder::kMonthFirst), HasSubstr("no dates whose day and month"));
  for (const auto& [a, b] : {std::pair{"14/03/2025", "03/14/2025"},
                             {"14/03/2025", "14.03.2025"},
                             {"2025-03-14", "14 March 2025"},
                             {"March 14, 2025", "14 March 2025"},
                             {"2025-03-14", "spring"},
                             {"2025-03-14", "2024"},
                             {"2025-03-14T10:00:00Z", "2025-03-14T10:00:00"},
                             {"2025-03-14T10:00:00+01:00", "2025-03-14"}}) {
    EXPECT_THAT(Said({a, b}), AllOf(HasSubstr(a), HasSubstr(b)));
    EXPECT_THAT(Said({b, a}), AllOf(HasSubstr(a), HasSubstr(b)));
  }
  for (const char* const value : {"14/03/25", "14. März 2025", "31/02/2025", "Mar 14", "14 March", "1.10.2", "5:30",
                                  "Fri, 14 Mar 2025 10:00:00 IST"})
    EXPECT_THAT(Said({value}), HasSubstr(value));
  for (const char* const value : {"v1.2", "2024-W05", "10:30", "high", "1st", "May I", "March 10 was cold"})
    EXPECT_EQ(Said({value, "other"}), "") << value;
}

TEST(Order, WhatAReaderPutsInAnotherOrderThanLettersIsNone) {
  using testing::HasSubstr;
  for (const char* const value :
       {"Q4 2023", "4Q23", "H1/2024", "FY24", "2nd quarter of 2023", "W09 2024", "week 9 2024", "Spring 2023",
        "late fall 2023", "2023 Winter", "9 days ago", "an hour ago", "yesterday", "just now"})
    EXPECT_THAT(Said({value}), AllOf(HasSubstr(value), HasSubstr("no date of a known notation")));
  for (const char* const value : {"9:30 PM", "9 am", "10 a.m.", "9/10", "8 of 10", "4.5 out of 5", "\u22125", "0x1F"})
    EXPECT_THAT(Said({value}), AllOf(HasSubstr(value), HasSubstr("no number as it is written")));
  for (const char* const value : {"2023-Q4", "Paris 2024", "w44", "q10", "fall", "springs 23", "10 am Rhein", "a9",
                                  "two of a kind", "ages ago", "summertime 2023", "today's news"})
    EXPECT_EQ(Said({value, "other"}), "") << value;
  EXPECT_THAT(Said({"Jan", "Feb"}), AllOf(HasSubstr("'Feb'"), HasSubstr("'Jan'")));
  EXPECT_THAT(Said({"", "Tuesday", "Tuesday", "mon."}), HasSubstr("'mon.'"));
  EXPECT_EQ(Said({"May", "June", "Marge"}), "");  // people
  EXPECT_EQ(Said({"Monday", "Monday"}), "");
}

TEST(Order, DigitsInTextsAreNumbers) {
  const std::vector<const char*> rising = {"\"#9\"",        "\"#10\"",        "\"9th\"",   "\"10th\"",   "\"a\"",
                                           "\"a.1\"",       "\"a007b\"",      "\"a7b\"",   "\"a7c\"",    "\"a10\"",
                                           "\"chapter 9\"", "\"chapter 10\"", "\"v1.9\"",  "\"v1.9.1\"", "\"v1.10\"",
                                           "\"v10\"",       "\"vol\"",        "\"vol. 3\""};
  for (size_t i = 0; i < rising.size(); ++i) {
    for (size_t j = 0; j < rising.size(); ++j) EXPECT_EQ(IsMore(rising[i], rising[j]), i > j) << rising[i] << rising[j];
  }
}

}  // namespace
}  // namespace unecho::order_test
