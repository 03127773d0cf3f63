// --merge: between the second pass and the third, the fields that kept records take from their copies are read from
// where these are. Which they are is known by then, so that nothing else is held.
//
// Out:     what TakenValues holds; nothing is read where nothing is to be filled in.
// Cost:    one more reading of the inputs. Memory: that of TakenValues, and 16 bytes for each record that gives
//          something.
// Threads: one caller, with a pipeline inside.
// Failure: that of the inputs; a source of a layout to whose records no field can be added, under --as input.
#ifndef UNECHO_SRC_FLOW_READ_COPIES_H_
#define UNECHO_SRC_FLOW_READ_COPIES_H_

#include "base/batch.h"
#include "base/status.h"
#include "flow/readings.h"
#include "flow/remembered.h"
#include "flow/run.h"
#include "text/source_names.h"
#include "unecho/options.h"
#include "write/taken_values.h"

namespace unecho {

// A stage of the first pass: of sources that are written as they came, an error for the first whose records cannot be
// filled.
class CheckFillable {
 public:
  CheckFillable(const AnswerOptions& answer, const SourceNames& sources) : answer_(answer), sources_(sources) {}
  absl::Status operator()(const Batch& batch) const;

 private:
  const AnswerOptions& answer_;
  const SourceNames& sources_;
};

// `first_digest`: of the first reading. `held_bytes`: what the other passes hold.
absl::Status ReadTakenValues(Run& run, Readings& readings, const Remembered& remembered, const Digest& first_digest,
                             uint64_t held_bytes, TakenValues& merged);

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_READ_COPIES_H_
