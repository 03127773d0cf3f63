// The figures of a page: the report of a run and that of `unecho tune`, cut to a bound, however many sources and
// however long texts they have.
//
// In:      both as they were parsed.
// Out:     JSON. Of the sources the kMaxSources with the most records, in their order, and the sum of the rest (in the
//          numbers for PRISMA, how many these are); of the
//          overlap the kMaxOverlap rows and columns with the most records, the sums of the rest, and the kMaxPairs
//          pairs of sources with the most records; texts of tune cut to kTextBytes. Integers that a browser would
//          round are strings.
// Threads: functions without state.
// Failure: none: what is not there is left out; a file of tune that is none, or of other inputs, is a Status.
#ifndef UNECHO_SRC_PAGE_FIGURES_H_
#define UNECHO_SRC_PAGE_FIGURES_H_

#include <simdjson.h>

#include <string>

#include "base/status.h"
#include "text/json.h"
#include "unecho/clean.h"

namespace unecho {

inline constexpr size_t kMaxSources = 200, kMaxOverlap = 30, kMaxPairs = 20, kMaxCommandBytes = 2000;
inline constexpr size_t kTextBytes = 1200;

// Members "report" (without what follows), "sources", "overlap", into an object that is open.
void WriteFigures(const simdjson::dom::object& report, JsonWriter& json);
// The member "tune", which is of the same inputs as the report: of sources of the same names, and of as many records.
// `pii`: what the run did with personal data; where it took it out and tune did not, texts are left out.
absl::Status WriteTune(const std::string& path, const simdjson::dom::object& report, PiiMode pii, JsonWriter& json);

}  // namespace unecho

#endif  // UNECHO_SRC_PAGE_FIGURES_H_
