// What a page says of the provenance of a run: how many records of each source had each fate, what each snapshot added,
// figures of all records, and the removed and rejected records and the groups that it shows, with what it takes to find
// them and their witnesses in the sources.
//
// In:      the provenance as a run wrote it, plain or compressed, as a file: it is read twice, witnesses on the second
//          pass.
// Out:     of more than kMaxListed removed and kMaxRejected rejected records as many, drawn evenly and the same ones
//          each time (the smallest XXH3 of their references), in the order of the provenance; kMaxRemoved of the
//          removed ones are to be shown whole. Groups: those that are asked for, and kMaxDrawnGroups others, drawn the
//          same way; of each the first kMaxCopies copies. Largest first.
// Cost:    the provenance is streamed; what is shown is in memory.
// Threads: one caller.
// Failure: a Status for what cannot be read, is no provenance, or removes a record for a witness that it does not have.
#ifndef UNECHO_SRC_PAGE_PROVENANCE_H_
#define UNECHO_SRC_PAGE_PROVENANCE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/read_again.h"
#include "audit/report.h"
#include "base/status.h"
#include "page/record_figures.h"

namespace unecho {

inline constexpr size_t kMaxRemoved = 1000, kMaxListed = 20'000, kMaxRejected = 200;
inline constexpr size_t kMaxDrawnGroups = 40, kMaxCopies = 12;

// A record in its source, as the provenance has it.
struct ClaimedRecord {
  std::string source;
  WantedRecord wanted;
  uint64_t offset_bytes = 0, size_bytes = 0;
};

struct ShownRow {
  std::string ref, witness, by, reason;
  std::string_view fate;
  std::optional<double> similarity;
  uint64_t line = 0;     // rejected
  bool is_whole = true;  // false: the beginning of its text is enough
  ClaimedRecord record;
};

struct ShownGroup {
  std::string witness;
  uint64_t place = 0;  // of its first copy
  uint64_t num_copies = 0;
  std::vector<ShownRow> copies = {};
};

struct Snapshot {
  std::string name;
  FateCounts fates{};
};

struct ProvenanceFacts {
  std::map<std::string, FateCounts> sources;
  std::vector<Snapshot> snapshots;  // in the order in which they come
  RecordFigures figures{0};
  uint64_t num_removed = 0, num_rejected = 0;  // of all
  std::vector<ShownRow> removed, rejected;     // those that are shown
  std::vector<ShownGroup> groups;
  std::map<std::string, ClaimedRecord>
      witnesses;  // of what is shown whole, but for evaluation records, which have no line
};

// `largest`: the kept records of groups that are shown in any case. `num_records`: of the run. `has_index`: earlier
// runs have kept some of the witnesses, of which there is no line and no text.
absl::StatusOr<ProvenanceFacts> ReadProvenanceFacts(const std::string& path, std::span<const std::string> largest,
                                                    uint64_t num_records, bool has_index);

}  // namespace unecho

#endif  // UNECHO_SRC_PAGE_PROVENANCE_H_
