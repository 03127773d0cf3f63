// The file of --review: pairs of kept records that may be the same, side by side, for a person to decide; options/
// decisions.h reads it again.
//
// A CSV with a byte order mark, so that spreadsheets read its letters right, a line a pair, the likeliest first:
//
//   decision,likeness,agree,against,ref_1,ref_2,id_1,id_2,title_1,title_2,authors_1,...,doi_1,doi_2
//
// Of the two the first was kept before the second: it stays if they are the same. Fields are as they were written, but
// that line ends and runs of blanks are a blank, and persons of a list have "; " between them. Refs and ids are what
// NameKey() (options/decisions.h) makes of them.
//
// Memory:  of a kept record its fields as they were written, and 12 bytes.
// Cost:    the names of a kept record's fields are looked at once more.
// Threads: WriteFields is const and parallel; KeptFields has one caller. Failure: that of the file.
#ifndef UNECHO_SRC_WRITE_REVIEW_H_
#define UNECHO_SRC_WRITE_REVIEW_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "base/batch.h"
#include "base/mapped_array.h"
#include "base/status.h"
#include "match/unsure_pairs.h"
#include "text/source_names.h"
#include "write/atomic_file.h"

namespace unecho {

// The stage that fills in Record::written_fields: of kept records, a line for each cell.
class WriteFields {
 public:
  explicit WriteFields(const SourceNames& sources) : sources_(sources) {}
  void operator()(Batch& batch) const;

 private:
  const SourceNames& sources_;
};

// Behind it, in order: remembers them.
class KeptFields {
 public:
  // `pairs`: only those of records that are in one, where all pairs are known already; else null.
  explicit KeptFields(const UnsurePairs* pairs = nullptr);
  void operator()(const Batch& batch);
  std::string_view of(uint32_t kept_id) const { return {text_.data() + places_[kept_id].begin, places_[kept_id].size}; }
  uint64_t memory_bytes() const { return text_.memory_bytes() + places_.memory_bytes(); }

 private:
#pragma pack(push, 4)
  struct Place {
    uint64_t begin;
    uint32_t size;  // 0: not there, kAwaited: asked for
  };
#pragma pack(pop)
  static constexpr uint32_t kAwaited = UINT32_MAX;
  bool takes_all_;
  MappedArray<char> text_;
  MappedArray<Place> places_;  // by kept record
};

// Sorts the pairs, and writes them.
[[nodiscard]] absl::Status WriteReview(UnsurePairs& pairs, const KeptFields& fields, OutputFile& file);

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_REVIEW_H_
