#include "flow/field_order.h"

#include <utility>

namespace unecho {

absl::Status FieldOrder::Add(const Record& record, const Holder& holder) {
  Best best{.holder = holder, .is_reference = record.is_reference};
  if (!record.is_reference) {
    std::optional<DateText> date;
    best.key = ParseOrderKey(record.order_value, &date);
    UNECHO_RETURN_IF_ERROR(notation_.Add(best.key, date, record.order_value, holder.ref));
  }
  const bool says_two_dates = best.key.kind == OrderKey::Kind::kDate && best.key.day_first != best.key.month_first;
  if (says_two_dates && tables_[1].empty()) tables_[1] = tables_[0];
  for (size_t i = 0; i < kOrders.size(); ++i) {
    std::vector<Best>& table = tables_[i];
    const bool is_used = i == 0 || says_two_dates || !table.empty();
    if (!is_used) continue;
    if (record.unique == table.size()) {
      table.push_back(best);
    } else if (!table[record.unique].is_reference &&
               unecho::HasPriority(best.key, table[record.unique].key, max_, kOrders[i])) {
      table[record.unique] = best;
    }
  }
  return absl::OkStatus();
}

absl::Status FieldOrder::Settle() {
  UNECHO_ASSIGN_OR_RETURN(order_, notation_.Settle());
  if (tables_[1].empty()) order_ = DateOrder::kDayFirst;
  return absl::OkStatus();
}

}  // namespace unecho
