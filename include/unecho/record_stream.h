// The records of some files, one after another: any layout, compression and encoding that the tool reads, with its
// cleaning rules.
//
// Cost:    that of reading and segmenting, on the caller's thread; one batch is in memory.
// Threads: one caller.
// Failure: options that are no options, what cannot be opened or read, a layout that was asked for and does not fit: a
//          Status that names the source.
#ifndef UNECHO_RECORD_STREAM_H_
#define UNECHO_RECORD_STREAM_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "unecho/api.h"
#include "unecho/options.h"
#include "unecho/record.h"
#include "unecho/status.h"

namespace unecho {

// All views are valid until the next call of Next().
struct TextRecord {
  std::string_view source;                    // what refs call it
  uint64_t ordinal = 0, line = 0;             // from 1, in its source
  uint64_t offset_bytes = 0, size_bytes = 0;  // of its span, in the decompressed source as UTF-8
  Reason reason = Reason::kNone;              // not kNone: it is rejected, and only `raw` counts
  std::string_view raw;                       // the span as it was; of a record that is too long only its last part
  std::string_view title;                     // empty if there is none
  bool begins_with_title = true;              // the first piece is the title, empty perhaps
  std::span<const std::string_view> pieces;   // the match text: title, then text
  std::string ref() const { return std::string(source) + "#" + std::to_string(ordinal); }
};

class UNECHO_API RecordStream {
 public:
  // Of `answer`, what is about single records: layout, segment, encoding, strict, clean, with repeated lines. "-" is
  // standard input.
  explicit RecordStream(const std::vector<std::string>& paths, AnswerOptions answer = {});
  ~RecordStream();

  // The next record, false at the end.
  Result<bool> Next(TextRecord& record);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace unecho

#endif  // UNECHO_RECORD_STREAM_H_
