// Books as a table for a terminal: a row a source, a column a fate.
#ifndef UNECHO_SRC_REPORT_LEDGER_TABLE_H_
#define UNECHO_SRC_REPORT_LEDGER_TABLE_H_

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "unecho/record.h"

namespace unecho {

// The first rows of many, the rest in one, and the sum; then the reasons of what was rejected.
std::string LedgerTable(std::span<const std::pair<std::string, Ledger>> sources, const std::vector<Fate>& fates);

}  // namespace unecho

#endif  // UNECHO_SRC_REPORT_LEDGER_TABLE_H_
