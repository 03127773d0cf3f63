// --aligned: what options follow from the files whose lines belong together.
//
// Cost:    once a run. Threads: functions without state. Failure: kInvalidArgument, in the words of the command line.
#ifndef UNECHO_SRC_OPTIONS_ALIGNED_H_
#define UNECHO_SRC_OPTIONS_ALIGNED_H_

#include <span>
#include <string>

#include "base/status.h"
#include "unecho/options.h"

namespace unecho {

[[nodiscard]] absl::Status CheckAligned(const AnswerOptions& answer);

}  // namespace unecho

#endif  // UNECHO_SRC_OPTIONS_ALIGNED_H_
