// The fields that are compared apart (--match), from the text that names them.
//
// A field is FIELD or FIELD:THRESHOLD. What stands behind the last colon and is no number is part of the name: names of
// XML have colons.
//
// Cost:    once a run. Threads: plain values.
// Failure: a field without a name, twice, or with a threshold that cannot be meant; too many; other options that say
//          what is compared: kInvalidArgument, in the words of the command line.
#ifndef UNECHO_SRC_OPTIONS_MATCH_FIELDS_H_
#define UNECHO_SRC_OPTIONS_MATCH_FIELDS_H_

#include <string>
#include <vector>

#include "base/status.h"
#include "unecho/options.h"

namespace unecho {

[[nodiscard]] absl::Status CheckMatch(const AnswerOptions& answer);

// By field; empty where there is one match text.
std::vector<double> FieldThresholds(const AnswerOptions& answer);

// "question:0.7, answer:0.7", or the one threshold: as messages say it.
std::string ThresholdText(const AnswerOptions& answer);

}  // namespace unecho

#endif  // UNECHO_SRC_OPTIONS_MATCH_FIELDS_H_
