// The corpus line of a jsonl or lines record that a cleaning rule has rewritten.
//
// jsonl: the input line with the values of the rewritten match fields replaced; everything else keeps its bytes. A
//        Python literal stays one: a JSON string without escapes of surrogates, as they are written here, is one, too.
// lines: the text, line ends in it as spaces.
// Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_WRITE_REWRITTEN_LINE_H_
#define UNECHO_SRC_WRITE_REWRITTEN_LINE_H_

#include <string>

#include "base/batch.h"
#include "unecho/options.h"

namespace unecho::clean {

// Without a line end. batch.traits->is_written_as_lines.
void AppendRewrittenLine(const LayoutOptions& options, const Batch& batch, const Record& record, std::string& out);

}  // namespace unecho::clean

#endif  // UNECHO_SRC_WRITE_REWRITTEN_LINE_H_
