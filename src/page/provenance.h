// What a page says of the provenance of a run: how many records of each source had each fate, what each snapshot added,
// and the removed and rejected records that it shows, with what it takes to find them and their witnesses in the
// sources.
//
// In:      the provenance as a run wrote it, plain or compressed, as a file: it is read twice, witnesses on the second
//          pass.
// Out:     of more than kMaxRemoved removed and kMaxRejected rejected records as many, drawn evenly and the same ones
//          each time (the smallest XXH3 of their references), in the order of the provenance.
// Cost:    the provenance is streamed; what is shown is in memory.
// Threads: one caller.
// Failure: a Status for what cannot be read, is no provenance, or removes a record for a witness that it does not have.
#ifndef UNECHO_SRC_PAGE_PROVENANCE_H_
#define UNECHO_SRC_PAGE_PROVENANCE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/read_again.h"
#include "audit/report.h"
#include "base/status.h"

namespace unecho {

inline constexpr size_t kMaxRemoved = 1000, kMaxRejected = 200;

// A record in its source, as the provenance has it.
struct ClaimedRecord {
  std::string source;
  WantedRecord wanted;
  uint64_t offset_bytes = 0, size_bytes = 0;
};

struct ShownRow {
  std::string ref, fate, witness, by, reason;
  std::optional<double> similarity;
  uint64_t line = 0;  // rejected
  ClaimedRecord record;
};

struct Snapshot {
  std::string name;
  FateCounts fates{};
};

struct ProvenanceFacts {
  std::map<std::string, FateCounts> sources;
  std::vector<Snapshot> snapshots;             // in the order in which they come
  uint64_t num_removed = 0, num_rejected = 0;  // of all
  std::vector<ShownRow> removed, rejected;     // those that are shown
  std::map<std::string, ClaimedRecord>
      witnesses;  // of those that are shown, but for evaluation records, which have no line
};

absl::StatusOr<ProvenanceFacts> ReadProvenanceFacts(const std::string& path);

}  // namespace unecho

#endif  // UNECHO_SRC_PAGE_PROVENANCE_H_
