#include "flow/field_order.h"

#include <utility>

namespace unecho {

absl::Status FieldOrder::Add(uint32_t unique, const Record& record, const Holder& holder) {
  Best best{.key = {}, .holder = holder, .is_reference = record.is_reference};
  if (!record.is_reference) {
    std::optional<DateText> date;
    best.key = ParseOrderKey(record.order_value, &date);
    if (!settled_) UNECHO_RETURN_IF_ERROR(notation_.Add(best.key, date, record.order_value, holder.ref));
  }
  if (best.key.kind == OrderKey::Kind::kDate) best.key.text = std::string();  // it was there for messages
  const bool says_two_dates = best.key.kind == OrderKey::Kind::kDate && best.key.day_first != best.key.month_first;
  if (says_two_dates && tables_[1].empty()) {
    tables_[1] = tables_[0];
    text_bytes_ *= 2;
  }
  for (size_t i = 0; i < kOrders.size(); ++i) {
    std::vector<Best>& table = tables_[i];
    const bool is_used = i == 0 || says_two_dates || !table.empty();
    if (!is_used) continue;
    if (unique == table.size()) {
      Take(table.emplace_back(), best);
    } else if (!table[unique].is_reference && unecho::HasPriority(best.key, table[unique].key, max_, kOrders[i])) {
      Take(table[unique], best);
    }
  }
  return absl::OkStatus();
}

void FieldOrder::Take(Best& place, const Best& best) {
  constexpr size_t kInside = 15;  // of a string, in itself
  const auto outside = [](const std::string& text) { return text.capacity() > kInside ? text.capacity() : size_t{0}; };
  text_bytes_ -= outside(place.key.text);
  place = best;
  text_bytes_ += outside(place.key.text);
}

absl::Status FieldOrder::Settle() {
  if (settled_) {
    order_ = *settled_;
  } else {
    UNECHO_ASSIGN_OR_RETURN(order_, notation_.Settle());
  }
  if (tables_[1].empty()) order_ = DateOrder::kDayFirst;
  return absl::OkStatus();
}

}  // namespace unecho
