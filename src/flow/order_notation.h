// How the values of the FIELD of --keep FIELD:max are written, all of them: numbers, dates in one notation, or texts.
//
// Texts are put in order letter by letter, which is wrong for $1,299.00, 85 % and Q4 2023, and for months and weekdays
// where the values are names of these alone. Dates can be put in order if all are written in one way, and if over all
// of them one order only of day and month is possible. What is uncertain is an error that names the values.
//
// In:      the values of all records that are compared, in input order.
// Out:     an error for the first that does not go with those before it; at the end one if no value has said whether
//          the day or the month comes first. A few values are what all say together: those of the parts of the inputs,
//          part by part, say what the values of all parts say.
// Cost:    a pattern or two a text. Threads: one caller.
#ifndef UNECHO_SRC_FLOW_ORDER_NOTATION_H_
#define UNECHO_SRC_FLOW_ORDER_NOTATION_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
  // The same, of what Telling keeps.
  [[nodiscard]] absl::Status Add(std::string_view json, RecordRef ref);
  [[nodiscard]] absl::StatusOr<DateOrder> Settle() const;

  // A value that was the first of its kind, and where.
  struct Telling {
    std::string json;
    RecordRef ref;
  };
  // In their order, a dozen or so. All others change nothing, here or behind others.
  const std::vector<Telling>& tellings() const { return tellings_; }

 private:
  // A value, as it is written, and where.
  struct Seen {
    std::string value, where;
    bool any() const { return !value.empty(); }
    std::string Shown() const;
  };
  absl::Status Look(const OrderKey& key, const std::optional<DateText>& date, std::string_view json, RecordRef ref);
  absl::Status AddDate(const DateText& date, const Seen& seen);
  void Note(Seen& first, const Seen& seen);
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
  bool is_telling_ = false;                          // the value in hand
  std::vector<Telling> tellings_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_ORDER_NOTATION_H_
