// The parameters of a run: everything in AnswerOptions, as the report lists it. There is one list, VisitParameters() in
// parameters.cc; what it names is written, and read back by the audit, by explain and for the page.
//
// In, out: members of one JSON object. The paths of evaluation sets are facts of the run and stand elsewhere in the
//          report; here are their names.
// Cost:    once a run. Threads: functions without state.
// Failure: ReadParameters: a member that is missing, of the wrong type or out of range: kDataLoss, with its name.
#ifndef UNECHO_SRC_OPTIONS_PARAMETERS_H_
#define UNECHO_SRC_OPTIONS_PARAMETERS_H_

#include <simdjson.h>

#include <span>
#include <string>

#include "base/status.h"
#include "text/json.h"
#include "unecho/options.h"

namespace unecho {

// What the run calls its evaluation sets and its reference texts.
struct ParameterNames {
  std::span<const std::string> sets, reference;
};
// Into an object that is open.
void WriteParameters(const AnswerOptions& answer, const ParameterNames& names, JsonWriter& json);

// Sets everything but answer.against. `path`: what errors call the report.
[[nodiscard]] absl::Status ReadParameters(const simdjson::dom::object& members, const std::string& path,
                                          AnswerOptions& answer);

}  // namespace unecho

#endif  // UNECHO_SRC_OPTIONS_PARAMETERS_H_
