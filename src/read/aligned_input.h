// Files whose lines belong together (--aligned) -> one source of JSON lines: line i of all files is one object, with a
// member for each file: {"de":"Guten Tag","en":"Good day"}. So every layout option, and every way to read a source
// twice, holds for them.
//
// In:      plain or compressed files in UTF-8; a byte order mark in front is left out. Lines end with LF or
//          CRLF, and how each of them does is known to AppendAlignedLines(); malformed UTF-8 stays as it is.
// Cost:    two copies of each byte.
// Threads: one user.
// Failure: what the files give; files of unequal numbers of lines: kInvalidArgument, with both numbers.
#ifndef UNECHO_SRC_READ_ALIGNED_INPUT_H_
#define UNECHO_SRC_READ_ALIGNED_INPUT_H_

#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "read/input.h"

namespace unecho {

absl::StatusOr<std::unique_ptr<InputReader>> OpenAligned(const InputFile& file, const std::atomic<int>* interrupted);

// The lines of an object as OpenAligned() writes it, with the line ends that they had, appended to one text for each
// member. False if it is none.
bool AppendAlignedLines(std::string_view object, std::span<std::string> texts);

}  // namespace unecho

#endif  // UNECHO_SRC_READ_ALIGNED_INPUT_H_
