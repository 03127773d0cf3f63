// Dates in the notations that people and programs use, and what is none.
#include "text/date_text.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace unecho::date_text_test {
namespace {

constexpr int64_t kDay = 1741910400;  // 2025-03-14
constexpr int64_t kTen = kDay + 36000;

TEST(DateText, ReadsTheSameDayInEachNotation) {
  constexpr std::array<const char*, 17> kTexts = {
      "2025-03-14",      "2025/03/14",       "2025.3.14",      "14 March 2025", "14-Mar-2025",
      "14. Mar. 2025",   "14th March, 2025", "March 14, 2025", "Mar 14 2025",   "march 14th 2025",
      "2025-Mar-14",     "14/03/2025",       "14.3.2025",      "03-14-2025",    "Friday, March 14, 2025",
      "Fri 14 Mar 2025", "2025 March 14"};
  for (const char* const text : kTexts) {
    const auto date = ReadDate(text);
    ASSERT_TRUE(date) << text;
    const auto moment = date->day_first ? date->day_first : date->month_first;
    EXPECT_EQ(moment->seconds, kDay) << text;
    EXPECT_FALSE(date->has_time || date->has_zone) << text;
  }
}

TEST(DateText, ReadsTimesAndZones) {
  constexpr std::array<const char*, 16> kTexts = {"2025-03-14T10:00:00Z",
                                                  "2025-03-14 10:00:00",
                                                  "2025-03-14T12:00:00+02:00",
                                                  "2025-03-14T05:00-0500",
                                                  "20250314T100000Z",
                                                  "20250314T1000",
                                                  "Fri, 14 Mar 2025 10:00:00 GMT",
                                                  "Fri, 14 Mar 2025 11:00:00 +0100 (CET)",
                                                  "14 Mar 2025 06:00:00 EDT",
                                                  "Fri Mar 14 10:00:00 2025",
                                                  "Fri Mar 14 10:00:00 UTC 2025",
                                                  "Fri Mar 14 11:00:00 2025 +0100",
                                                  "14/Mar/2025:10:00:00 +0000",
                                                  "03/14/2025, 10:00 AM",
                                                  "March 14, 2025 at 10:00 am",
                                                  "14.03.2025 10:00"};
  for (const char* const text : kTexts) {
    const auto date = ReadDate(text);
    ASSERT_TRUE(date) << text;
    EXPECT_EQ((date->day_first ? date->day_first : date->month_first)->seconds, kTen) << text;
    EXPECT_TRUE(date->has_time) << text;
  }
  EXPECT_EQ(ReadDate("14/03/2025 12:05 am")->day_first->seconds, kDay + 300);
  EXPECT_EQ(ReadDate("14/03/2025 12:05 PM")->day_first->seconds, kDay + 43500);
  EXPECT_EQ(ReadDate("2025-03-14T10:00:00.25Z")->day_first->fraction, 250000000000000000u);
  EXPECT_EQ(ReadDate("1969-12-31T23:59:59Z")->day_first->seconds, -1);
}

TEST(DateText, KnowsBothOrdersOfDayAndMonth) {
  const auto both = ReadDate("03/04/2025");
  EXPECT_LT(*both->month_first, *both->day_first);
  const auto day = ReadDate("14/03/2025"), month = ReadDate("03/14/2025");
  EXPECT_TRUE(day->day_first && !day->month_first);
  EXPECT_TRUE(month->month_first && !month->day_first);
  const auto leap = ReadDate("29.02.2024");
  EXPECT_TRUE(leap->day_first && !leap->month_first);
}

TEST(DateText, ReadsMonths) {
  const auto month = ReadDate("2025-03")->day_first;
  EXPECT_EQ(ReadDate("03/2025")->day_first, month);
  EXPECT_EQ(ReadDate("March 2025")->day_first, month);
  EXPECT_EQ(ReadDate("Mar. 2025")->day_first, month);
}

TEST(DateText, IsNotWhatOnlyLooksLikeOne) {
  for (const char* const text : {"",
                                 "2025",
                                 "14/03/25",
                                 "31/02/2025",
                                 "29.02.2023",
                                 "2025-13-01",
                                 "14 March",
                                 "March 14",
                                 "14. Maerz 2025",
                                 "1.10.2",
                                 "14/03-2025",
                                 "2025-03-14 25:00",
                                 "2025-03-14 10:61",
                                 "2025-03-14 13:00 pm",
                                 "14 Mar 2025 10:00 XYZ",
                                 "March of 2025",
                                 "May 5 things 2025",
                                 "20250314",
                                 "2025-W11",
                                 "2025-03-14 and more",
                                 "Fri",
                                 "10:00",
                                 "20250314T10",
                                 "0000-00-00"})
    EXPECT_FALSE(ReadDate(text)) << text;
}

}  // namespace
}  // namespace unecho::date_text_test
