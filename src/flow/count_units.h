// --at-least: a reading of its own, before all others, in which units of text are counted.
//
//   bytes -> prepare: segment, clean, cut into units | count
#ifndef UNECHO_SRC_FLOW_COUNT_UNITS_H_
#define UNECHO_SRC_FLOW_COUNT_UNITS_H_

#include <memory>

#include "base/status.h"
#include "flow/readings.h"
#include "flow/run.h"
#include "match/often_units.h"

namespace unecho {

// Null, and nothing is read, where nobody asks. `digest`: of this reading.
absl::StatusOr<std::unique_ptr<OftenUnits>> CountUnits(Run& run, Readings& readings, Digest& digest);

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_COUNT_UNITS_H_
