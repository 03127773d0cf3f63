// When tables go to disk, and where: terms that the tables of a run share.
#ifndef UNECHO_SRC_MATCH_SPILL_TERMS_H_
#define UNECHO_SRC_MATCH_SPILL_TERMS_H_

#include <cstdint>
#include <functional>
#include <string>

namespace unecho {

struct SpillTerms {
  uint64_t most_bytes = UINT64_MAX;  // that the tables of the run may take
  std::function<bool()> is_short;    // they take more, or memory is short all the same
  std::string folder;                // --tmpdir; empty: $TMPDIR, or /tmp

  bool IsShort() const { return is_short && is_short(); }
  // For less than that a table is left where it is: each time costs a merge, and files that are searched.
  uint64_t LeastBytes() const { return most_bytes / 16; }
  // What filters of what is on disk may take (match/key_run.h). Of a record the index has two dozen keys, and the exact
  // table one, which is asked for every record.
  uint64_t IndexFilterBytes() const { return most_bytes / 16 * 7; }
  uint64_t ExactFilterBytes() const { return most_bytes / 16; }
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_SPILL_TERMS_H_
