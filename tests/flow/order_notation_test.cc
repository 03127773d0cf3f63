#include "flow/order_notation.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace unecho::order_notation_test {
namespace {

// Values that go together, and values that do not.
const std::vector<std::vector<std::string>> kPools = {
    {"\"03/04/2025\"", "\"05/06/2024\"", "\"25/04/2025\"", "null", "\"01/01/2023\""},
    {"\"03/04/2025\"", "\"25/04/2025\"", "\"04/25/2025\""},
    {"\"2024-01-02\"", "\"2023-05-06\"", "\"2024-01-02T10:00:00Z\"", "\"2024-01-02T10:00:00+02:00\""},
    {"\"2024-01-02\"", "\"9 January 2021\"", "\"2023-01-01\""},
    {"\"Jan\"", "\"Feb\"", "\"Jan\"", "\"rain\""},
    {"\"Jan\"", "\"Jan\"", "\"Feb\""},
    {"1", "2.5", "\"7\"", "\"v1\"", "\"text\""},
    {"1", "\"text\"", "\"2024-01-02\""},
};

// What it comes to: the order, or the kind of error.
std::string Outcome(const absl::Status& added, const OrderNotation& notation) {
  if (!added.ok()) return "error";
  const absl::StatusOr<DateOrder> order = notation.Settle();
  return order.ok() ? std::to_string(static_cast<int>(*order)) : std::string(Message(order.status()));
}

TEST(OrderNotation, TheTellingValuesOfPartsSayWhatAllValuesSay) {
  AnswerOptions answer;
  ASSERT_TRUE(ParseKeepPolicy("date:max", answer).ok());
  const std::vector<std::string> names = {"a.jsonl"};
  const SourceNames sources(names);
  std::mt19937 random(7);
  int num_settled = 0;
  for (int trial = 0; trial < 3000; ++trial) {
    const auto& pool = kPools[random() % kPools.size()];
    OrderNotation whole(sources, answer), of_parts(sources, answer);
    absl::Status whole_added, parts_added;
    uint64_t ordinal = 0;
    for (size_t part = 0, parts = 1 + random() % 4; part < parts; ++part) {
      OrderNotation own(sources, answer);
      absl::Status own_added;
      for (size_t i = 0, size = random() % 6; i < size; ++i) {
        const std::string& json = pool[random() % pool.size()];
        const RecordRef ref{SourceId{0}, ++ordinal};
        if (whole_added.ok()) whole_added = whole.Add(json, ref);
        if (own_added.ok()) own_added = own.Add(json, ref);
      }
      if (parts_added.ok()) parts_added = own_added;
      for (const auto& [json, ref] : own.tellings()) {
        if (parts_added.ok()) parts_added = of_parts.Add(json, ref);
      }
    }
    ASSERT_EQ(Outcome(parts_added, of_parts), Outcome(whole_added, whole)) << "trial " << trial;
    num_settled += whole_added.ok() && whole.Settle().ok() ? 1 : 0;
  }
  EXPECT_GT(num_settled, 500);
  EXPECT_LT(num_settled, 2500);
}

TEST(OrderNotation, FewValuesAreTelling) {
  AnswerOptions answer;
  ASSERT_TRUE(ParseKeepPolicy("date:max", answer).ok());
  const std::vector<std::string> names = {"a.jsonl"};
  const SourceNames sources(names);
  OrderNotation notation(sources, answer);
  for (uint64_t i = 1; i <= 1000; ++i)
    ASSERT_TRUE(notation.Add(i % 3 == 0 ? "\"25/04/2025\"" : "\"03/04/2025\"", {SourceId{0}, i}).ok());
  EXPECT_EQ(notation.tellings().size(), 2U);
}

}  // namespace
}  // namespace unecho::order_notation_test
