// The provenance of a run as lines that name their sources, whichever form it has. The compact form
// (ProvenanceFormat::kCompact) begins with a line {"sources":["a.jsonl","b.jsonl"]}, and where a plain line has a name,
// alone or in front of # in a reference, it has the place of that name in the list, from 0. What is read here is what
// the plain form would have been, byte by byte; a number that is no place in the list stays as it is, and is for the
// reader of the line to complain of.
//
// Cost:    the plain form: none. The compact one: the list in memory, and a walk over each line, in which strings are
//          skipped 1 to 2 GB/s.
// Threads: one caller.
// Failure: what OpenInput() says; a list that is none: kDataLoss.
#ifndef UNECHO_SRC_AUDIT_COMPACT_PROVENANCE_H_
#define UNECHO_SRC_AUDIT_COMPACT_PROVENANCE_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "read/input.h"

namespace unecho {

struct OpenedProvenance {
  std::unique_ptr<InputReader> reader;
  uint64_t first_line = 1;        // the number of the first line that it gives, in the file
  std::vector<std::string> head;  // the list of sources, as NamesOfHead(); the plain form: none
};
absl::StatusOr<OpenedProvenance> OpenProvenance(const std::string& path);

// The names of a head line as they are written, without quotes; nothing if it is none.
std::vector<std::string> NamesOfHead(std::string_view line);
// Appends a compact line as a plain one.
void AppendPlainLine(std::string_view line, std::span<const std::string> names, std::string& out);

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_COMPACT_PROVENANCE_H_
