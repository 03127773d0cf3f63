// The report of a run, read back: its parameters for the audit, and its counts against the recomputed ones.
//
// In:      schema "unecho-report", version 1 (report.h).
// Threads: one caller.
// Failure: a Status for a file that is no such report; wrong counts are violations.
#ifndef UNECHO_SRC_AUDIT_REPORT_H_
#define UNECHO_SRC_AUDIT_REPORT_H_

#include <simdjson.h>

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/against.h"
#include "audit/claims.h"
#include "audit/expected_fills.h"
#include "unecho/options.h"

namespace unecho {

// What the audit has counted.
struct AuditTally {
  static constexpr size_t kMaxPlaces = 16;  // malformed UTF-8 listed of one source
  struct Place {
    uint64_t offset_bytes = 0, line = 0;
  };
  struct Encoding {
    std::string name;
    uint64_t num_undecodable = 0;
  };
  std::vector<LayoutPtr> layouts;             // by source
  std::vector<Encoding> encodings;            // by source
  std::vector<Ledger> ledgers;                // by source
  std::vector<std::vector<Place>> places;     // by source
  std::map<uint64_t, uint64_t> similarities;  // near removals by floor(100 * J)
  RewriteCounts rewrites;                     // of the cleaning rules
  uint64_t lost_repeats = 0;                  // lines that went out of kept records and are in no other
  struct Common {
    uint64_t shingles = 0, records = 0, whole = 0;
  } common;  // with --ignore-common
  struct Decided {
    uint64_t same = 0, different = 0;
  } decided;  // lines of --decided
  ExpectedFills::Counts merged;
  uint64_t not_compared = 0;  // works that were removed for one of an earlier run
};

using FateCounts = std::array<uint64_t, kNumFates>;  // by Fate

struct Evidence;

class AuditReport {
 public:
  static absl::StatusOr<std::unique_ptr<AuditReport>> Read(const std::string& path);

  // Sets everything that changes the answer; the evaluation sets only if none are named.
  absl::Status TakeParameters(AnswerOptions& answer) const;
  // The sources of the run, their paths and what it called them, reference texts first; in place of its inputs those
  // that are named here, if there are any. Puts the paths of the reference texts into `answer`, which has the
  // parameters. Empty if nobody names any.
  // `taken`: names of sources of earlier runs.
  std::vector<InputFile> Sources(std::span<const std::string> inputs, std::string_view stdin_name,
                                 std::span<const std::string> taken, AnswerOptions& answer) const;
  // How many runs the index had before this one, and its folder; nothing if there was none.
  std::optional<uint64_t> NumRunsBefore() const;
  std::string Index() const;
  std::string IndexDigest() const;  // of these runs
  // The run was `unecho segment`: it kept every record.
  bool IsOfSegment() const;
  // Nothing for a source that the report does not know.
  std::optional<std::string> LayoutOf(std::string_view source) const;
  // As it was parsed, decompressed.
  const simdjson::dom::object& root() const { return root_; }
  // Whether a provenance with these records, by source, is of the same run: if not, an error that names both files and
  // one difference.
  absl::Status CheckFates(const std::string& provenance, const std::map<std::string, FateCounts>& fates) const;
  // All that it says against what was found.
  void Check(Evidence& evidence, const AuditTally& tally) const;

 private:
  std::string path_;
  simdjson::dom::parser parser_;
  simdjson::dom::object root_;
  std::map<std::string, std::string, std::less<>> layouts_;  // of each source, by its name
};

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_REPORT_H_
