#include "report/ledger_table.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "text/aligned_table.h"
#include "text/shown_size.h"
#include "text/shown_text.h"

namespace unecho {
namespace {

constexpr size_t kMaxRows = 20;
constexpr size_t kNameWidth = 40;

TableRow LedgerRow(std::string name, const std::vector<Fate>& fates, const Ledger& ledger) {
  TableRow row = {std::move(name), ShownSize(static_cast<double>(ledger.bytes_read)),
                  absl::StrFormat("%d", ledger.records_read)};
  for (const Fate fate : fates) row.push_back(absl::StrFormat("%d", ledger[fate]));
  return row;
}

}  // namespace

std::string LedgerTable(std::span<const std::pair<std::string, Ledger>> sources, const std::vector<Fate>& fates) {
  Ledger total;
  for (const auto& [name, ledger] : sources) total.Add(ledger);
  const size_t num_shown = std::min(sources.size(), kMaxRows);
  std::vector<TableRow> rows = {{"source", "size", "read"}};
  for (const Fate fate : fates) rows.front().emplace_back(Name(fate));
  for (size_t i = 0; i < num_shown; ++i)
    rows.push_back(LedgerRow(ShownName(sources[i].first, kNameWidth), fates, sources[i].second));
  if (num_shown < sources.size()) {
    Ledger rest;
    for (size_t i = num_shown; i < sources.size(); ++i) rest.Add(sources[i].second);
    rows.push_back(LedgerRow(absl::StrFormat("... and %d more", sources.size() - num_shown), fates, rest));
  }
  if (sources.size() > 1) rows.push_back(LedgerRow("total", fates, total));

  std::string out = AlignedTable(rows, FirstColumn::kLeft);
  if (total[Fate::kRejected] == 0) return out;
  out += "rejected:";
  const char* separator = " ";
  for (size_t i = 1; i < kNumReasons; ++i) {
    const auto reason = static_cast<Reason>(i);
    if (total[reason] == 0) continue;
    out += absl::StrFormat("%s%s %d", separator, Name(reason), total[reason]);
    separator = ", ";
  }
  return out + "\n";
}

}  // namespace unecho
