// --keep FIELD:max and FIELD:min: of the records of one token sequence the one of highest priority, and the order of
// token sequences by it.
//
// While values still come it is open whether 03/04/2025 is in March or in April. So there are two tables where a value
// has been seen that says two dates: one as if the day came first, one as if the month did.
//
// In:      records with tokens, and with the values of the field, in input order.
// Out:     who stands for a token sequence; an error for values that cannot be put in order (order_notation.h).
// Memory:  per token sequence and table 130 bytes, and the value where it is long.
// Threads: one caller.
#ifndef UNECHO_SRC_FLOW_FIELD_ORDER_H_
#define UNECHO_SRC_FLOW_FIELD_ORDER_H_

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/batch.h"
#include "base/status.h"
#include "flow/order.h"
#include "flow/order_notation.h"
#include "text/source_names.h"
#include "unecho/options.h"

namespace unecho {

class FieldOrder {
 public:
  struct Holder {
    RecordRef ref;
    uint64_t position = 0;  // among all records with tokens
    uint64_t text_hash = 0, asides = 0;
  };

  FieldOrder(const SourceNames& sources, const AnswerOptions& answer)
      : notation_(sources, answer), max_(answer.keep == KeepPolicy::kFieldMax) {}
  // `unique`: of its token sequence, from 0. Reference texts stand for what they say, and have no value.
  [[nodiscard]] absl::Status Add(uint32_t unique, const Record& record, const Holder& holder);
  // In front of the first one: somebody else has looked at all values, of which here are some, and this is what they
  // say (order_notation.h).
  void SetOrder(DateOrder order) { settled_ = order; }
  // Behind the last one, and in front of what follows.
  [[nodiscard]] absl::Status Settle();
  const Holder& holder(uint32_t unique) const { return chosen()[unique].holder; }
  bool HasPriority(uint32_t a, uint32_t b) const {
    return unecho::HasPriority(chosen()[a].key, chosen()[b].key, max_, order_);
  }
  uint64_t memory_bytes() const { return (tables_[0].capacity() + tables_[1].capacity()) * sizeof(Best) + text_bytes_; }

 private:
  struct Best {
    OrderKey key;
    Holder holder;
    bool is_reference = false;
  };
  void Take(Best& place, const Best& best);
  static constexpr std::array<DateOrder, 2> kOrders = {DateOrder::kDayFirst, DateOrder::kMonthFirst};
  const std::vector<Best>& chosen() const { return tables_[static_cast<size_t>(order_ == DateOrder::kMonthFirst)]; }

  OrderNotation notation_;
  bool max_;
  std::array<std::vector<Best>, 2> tables_;  // by kOrders; the second is empty while both would be equal
  std::optional<DateOrder> settled_;
  DateOrder order_ = DateOrder::kDayFirst;
  uint64_t text_bytes_ = 0;  // of long values
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_FIELD_ORDER_H_
