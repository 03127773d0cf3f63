// The lines of a batch that LineCutter made, for jsonl and lines.
//
// ForEachLine calls `accept(line, number)` for every line that is neither blank nor too long. It does the rest itself:
// blank lines, line ends and the byte order mark are separators; a line longer than the limit, whole or in fragments,
// is rejected. The limit counts the bytes of the line without its line end; a longer line is rejected even if it is
// blank, because it may have to leave before its end is seen.
#ifndef UNECHO_SRC_LAYOUTS_LINE_BATCH_H_
#define UNECHO_SRC_LAYOUTS_LINE_BATCH_H_

#include <string_view>

#include "base/batch.h"
#include "text/scan.h"
#include "unecho/layouts.h"

namespace unecho {

// Batch::cuts of LineCutter: at most one, over the batch, if the batch is a fragment whose record goes on.
enum class LineCut : uint8_t { kGoesOn };

// Adds the record for a line, or a piece of one, that is too long.
void RejectTooLong(Batch& batch, size_t begin, size_t end, uint32_t line, bool continues, bool goes_on);

inline bool IsBlankLine(std::string_view line) {
  return line.empty() || ((line[0] == ' ' || line[0] == '\t') && line.find_first_not_of(" \t") == line.npos);
}

template <typename Accept>
void ForEachLine(const LayoutOptions& options, Batch& batch, Accept&& accept) {
  const std::string_view content = batch.content();
  LineEnds ends(content);
  uint32_t number = 0;
  uint64_t line_bytes = 0;
  for (size_t begin = BomBytes(batch.offset_bytes, content); begin < content.size();) {
    const size_t found = ends.Find(begin);
    const bool has_end = found != LineEnds::kNone;
    const size_t end = has_end ? found : content.size();
    const bool continues = batch.open_fragment && number == 0;
    const bool goes_on = !batch.cuts.empty();
    const std::string_view line = content.substr(begin, end - begin);
    if (continues || goes_on || line.size() > options.max_record_bytes) {
      RejectTooLong(batch, begin, end, number, continues, goes_on);
      line_bytes += line.size();
    } else if (!IsBlankLine(line)) {
      accept(line, number);
      line_bytes += line.size();
    }
    begin = has_end ? end + ends.Size(end) : end;
    if (has_end) ++number;
  }
  batch.num_lines = number;
  batch.ledger.bytes_read = content.size();
  batch.ledger[ByteClass::kSeparator] = content.size() - line_bytes;
}

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_LINE_BATCH_H_
