// How the values of the FIELD of --keep FIELD:max are written, all of them: numbers, dates in one notation, or texts.
//
// Texts are put in order letter by letter, which is wrong for $1,299.00, 85 % and Q4 2023, and for months and weekdays
// where the values are names of these alone. Dates can be put in order if all are written in one way, and if over all
// of them one order only of day and month is possible. What is uncertain is an error that names the values.
//
// In:      the values of all records that are compared, in input order.
// Out:     an error for the first that does not go with those before it; at the end one if no value has said whether
//          the day or the month comes first.
// Cost:    a pattern or two a text. Threads: one caller.
#ifndef UNECHO_SRC_FLOW_ORDER_NOTATION_H_
#define UNECHO_SRC_FLOW_ORDER_NOTATION_H_

#include <optional>
#include <string>
#include <string_view>

#include "base/batch.h"
#include "base/status.h"
#include "flow/order.h"
#include "text/source_names.h"

namespace unecho {

class OrderNotation {
 public:
  OrderNotation(const SourceNames& sources, const AnswerOptions& answer);
  [[nodiscard]] absl::Status Add(const OrderKey& key, const std::optional<DateText>& date, std::string_view json,
                                 RecordRef ref);
  [[nodiscard]] absl::StatusOr<DateOrder> Settle() const;

 private:
  // A value, as it is written, and where.
  struct Seen {
    std::string value, where;
    bool any() const { return !value.empty(); }
    std::string Shown() const;
  };
  absl::Status AddDate(const DateText& date, const Seen& seen);
  absl::Status Beside(const Seen& seen, const Seen& other, std::string_view problem) const;

  const SourceNames& sources_;
  const std::string option_;  // --keep FIELD:max
  const DateOrder stated_;
  std::optional<DateText> notation_;                 // of the first date
  Seen date_, number_, text_;                        // the first of each kind
  Seen numbered_text_;                               // the first text with a digit in it
  Seen zoned_, far_zoned_, plain_time_, plain_day_;  // dates with a zone, with another than UTC's, without one
  Seen day_first_, month_first_;                     // dates that can only be read so
  Seen other_name_;                                  // of a month or a weekday, beside another in text_
  bool has_other_texts_ = false;                     // than such names
  Seen ambiguous_;                                   // and that can be read as two
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_ORDER_NOTATION_H_
