// The text of one record as it is compared, read once more from its source; and the word diff of two such texts.
//
// Cost:    the source is read up to the record.
// Threads: functions without state.
// Failure: a source that cannot be read, or has no such record: a Status that says so.
#ifndef UNECHO_SRC_COMMANDS_RECORD_TEXT_H_
#define UNECHO_SRC_COMMANDS_RECORD_TEXT_H_

#include <span>
#include <string>
#include <string_view>

#include "audit/read_again.h"

namespace unecho {

// The record entry.ordinal of `source`, without the lines that entry.removed_lines names. The rest of `entry` does not
// matter. `beside`: as in read_again.h.
absl::StatusOr<Compared> ReadCompared(const InputFile& source, std::span<const InputFile> beside,
                                      const AnswerOptions& answer, const ProvenanceEntry& entry);

// For a terminal, on one line; see word_diff.h. Words count as they are matched; where all of them match, as they are
// written.
std::string DiffTexts(const Compared& a, const Compared& b, const Comparison& comparison, bool colour);
std::string DiffAsWritten(std::string_view a, std::string_view b, bool colour);
std::string DiffLegend(std::string_view only_a, std::string_view only_b, bool colour);

}  // namespace unecho

#endif  // UNECHO_SRC_COMMANDS_RECORD_TEXT_H_
