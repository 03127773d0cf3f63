// Files with records as they came (--as input, --output-dir), held against what should stand there.
//
// In:      the kept records of one source after the other, and what stands around them (expected_form.h); of aligned
//          files their own lines.
// Out:     violations that name the record: lost, changed, there once more; or the place where something stands that is
//          none of them. Where nothing that should follow is found within a mebibyte, the file is left at that.
// Cost:    the files are streamed.
// Threads: one caller.
// Failure: a Status for what cannot be opened or read.
#ifndef UNECHO_SRC_AUDIT_FORM_CHECK_H_
#define UNECHO_SRC_AUDIT_FORM_CHECK_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/evidence.h"
#include "audit/expected_form.h"
#include "audit/spans.h"
#include "read/input.h"

namespace unecho {

// One file, piece by piece.
class FormStream {
 public:
  struct Piece {
    std::string ref;
    std::string before;
    std::string_view text;  // of the record
  };

  static absl::StatusOr<FormStream> Open(const std::string& path, const std::string& name, Violations& violations);
  // Pieces in their order; what is behind one source stands before the next one.
  absl::Status Take(std::vector<Piece> pieces, std::string behind);
  absl::Status End();
  // What should stand there so far ends in a line end, or is nothing.
  bool ends_in_a_line() const { return ends_in_a_line_; }

 private:
  FormStream(std::unique_ptr<InputReader> reader, std::string name, Violations& violations)
      : reader_(std::move(reader)), name_(std::move(name)), violations_(&violations) {}
  // What comes next: at least so many bytes, or all that are left.
  absl::StatusOr<std::string_view> Peek(size_t size);
  void Drop(size_t size);
  void Expect(std::string_view text);
  absl::StatusOr<size_t> Resume(std::span<const Piece> pieces, size_t at);
  std::string Where() const;
  void ReportForeign(std::string_view text, const std::string& in_front_of, std::string_view in_place_of);

  std::unique_ptr<InputReader> reader_;
  std::string name_;
  Violations* violations_;
  std::string buffer_;
  size_t begin_ = 0;
  uint64_t line_ = 1;
  bool at_end_ = false, is_lost_ = false;
  bool ends_in_a_line_ = true;
  std::string behind_;                // of the source before
  std::string last_ref_, last_text_;  // of the record before
};

// The corpus of a run with --as input: a file, or a folder with a file for each source.
class FormCheck {
 public:
  static absl::StatusOr<std::unique_ptr<FormCheck>> Open(Evidence& evidence, const std::string& corpus);
  absl::Status CheckSource(uint32_t source, std::string_view text, const FormOptions& options,
                           const AuditSource& reading);
  absl::Status End();

 private:
  explicit FormCheck(Evidence& evidence) : evidence_(evidence) {}
  absl::Status CheckAligned(uint32_t source);
  bool IsThere(const std::string& place, uint32_t source);

  Evidence& evidence_;
  std::optional<FormStream> corpus_;  // of all sources; else:
  bool is_first_ = true;              // the source in turn, of those in it
  std::string ruler_;                 // the first one in them
  bool ends_in_ruler_ = false;        // the source before
  std::vector<std::string> places_;   // by source, reference texts have none; of aligned files by file
};

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_FORM_CHECK_H_
