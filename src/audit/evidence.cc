#include "audit/evidence.h"

#include "absl/strings/str_format.h"
#include "base/hash_map.h"

namespace unecho {

void Evidence::SettleDates() {
  month_first = answer.date_order == DateOrder::kMonthFirst;
  if (answer.date_order != DateOrder::kUnknown) return;
  for (size_t i = 0; i < proofs.size(); ++i)
    month_first = month_first || (!IsReference(i) && proofs[i].order.IsOnlyMonthFirst());
}

bool Evidence::IsPreferred(size_t a, size_t b) const {
  if (IsReference(a) != IsReference(b)) return IsReference(a);
  if (IsReference(a)) return a < b;
  const uint64_t tokens_a = proofs[a].num_tokens, tokens_b = proofs[b].num_tokens;
  switch (answer.keep) {
    case KeepPolicy::kFirst: return a < b;
    case KeepPolicy::kLast: return a > b;
    case KeepPolicy::kLongest: return tokens_a != tokens_b ? tokens_a > tokens_b : a < b;
    case KeepPolicy::kFieldMax:
    case KeepPolicy::kFieldMin: {
      const int order = proofs[a].order.Compare(proofs[b].order, answer.keep == KeepPolicy::kFieldMax, month_first);
      return order != 0 ? order < 0 : a < b;
    }
  }
  return false;
}

void Evidence::SettleDecided() {
  HashSet<std::string> seen;
  if (!decisions) return;
  for (size_t i = 0; i < proofs.size(); ++i) {
    if (!proofs[i].sound) continue;
    const bool is_new = seen.insert(PlainIdentityOf(i)).second;
    proofs[i].goes_alone = !is_new && (proofs[i].decided_groups[0] > 0 || proofs[i].decided_groups[1] > 0);
  }
}

std::string Evidence::IdentityOf(size_t i) const {
  return proofs[i].goes_alone ? PlainIdentityOf(i) + " #" + Ref(i) : PlainIdentityOf(i);
}

std::string Evidence::PlainIdentityOf(size_t i) const {
  std::string identity = SaysOf(i);
  if (!sameness.any()) return identity;
  const FieldValues& values = proofs[i].values;
  const auto add = [&identity](const std::string& value) { identity += absl::StrFormat(" %d:", value.size()) + value; };
  for (const std::vector<std::string>& key : values.keys) {
    add(std::string(key.size(), '.'));
    for (const std::string& value : key) add(value);
  }
  for (const std::string& value : values.differ) add(value);
  add(values.within);
  return identity;
}

}  // namespace unecho
