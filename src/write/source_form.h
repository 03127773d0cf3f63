// The kept records of a source in the form that the source has: with what stands around them, without the others.
//
// Problem. What is left when records are taken out has to be of the same format: a JSON array has one comma between two
// elements, a CSV keeps its header, XML its root.
// Idea. Spans and furniture tile a source (P1). Furniture goes out as it is; of the separators between two records that
// are kept one goes out: the one in front of the first record that was taken out between them. Separators are blanks,
// lines that the layout has for that (% between fortunes), and in JSON a comma, which goes out only where something
// stands on both sides of it.
//
// In:      the batches of one source after the other, in order, with fates.
// Out:     ranges of bytes of the batch and of this object, valid until the next Append().
// Cost:    a pass over what lies between the records.
// Threads: one caller. Failure: none.
#ifndef UNECHO_SRC_WRITE_SOURCE_FORM_H_
#define UNECHO_SRC_WRITE_SOURCE_FORM_H_

#include <sys/uio.h>

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "layouts/profile.h"

namespace unecho {

class SourceForm {
 public:
  // `is_first`: of the sources that go into one file. Of another one no byte order mark goes out, and nothing that
  // stands in front of its first record if that `has_header`.
  std::vector<iovec> Append(const Batch& batch, bool is_first = true, bool has_header = false);
  // What stands in front of the first record of the source, as it was, once that has come or the source has ended.
  const std::string& header() const { return header_; }
  // The first line that parted two records, with its line end; empty where none has.
  const std::string& ruler() const { return ruler_; }
  // When the source has ended: such a line stands behind its last record.
  bool ends_in_ruler() const { return ends_in_ruler_; }

 private:
  void TakeRecord(std::string_view text, bool is_kept);  // `text`: as it is written
  void TakeHeader();
  size_t BeginOfSeparator(std::string_view text);
  void Finish();
  void Emit(std::string_view text);
  void EmitCopy(std::string text);

  std::vector<iovec> out_;
  std::deque<std::string> copies_;  // of what is not in the batch
  std::string gap_;                 // since the last record
  std::string separator_;           // held, between the last record that is kept and the next one
  std::string header_, ruler_;
  const std::vector<Pattern>* rulers_ = nullptr;  // of the layout
  bool ends_in_ruler_ = false;
  bool has_record_ = false;     // one has come
  bool has_kept_ = false;       // and one that is written
  bool has_separator_ = false;  // separator_ holds one
  bool is_first_ = true, has_header_ = false;
  bool has_commas_ = false, is_converted_ = false;
  char last_ = 0;  // the last byte that is not blank
};

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_SOURCE_FORM_H_
