// --merge: a kept record with the fields that it takes from its copies, written as its own format writes them.
//
//   tags      DO  - 10.1/x        a line, in front of the line that ends the record or behind its last one; the tag is
//                                 the first that [names] of the profile has, set off as the record's first tag is
//   BibTeX    doi = {10.1/x}      behind the last field: as the copy has it if that is BibTeX, else what is read as the
//                                 value
//   tables    the cell            of the column of that name; there may be none
//   objects   "DOI": "10.1/x"     behind the last member; with the names of CSL-JSON, if there are some
//   XML       <doi>10.1/x</doi>   where [xml.places] of the profile says
//
// Where the record has the field and says nothing in it ("", null, [""], {{}}, "n/a"), the value goes there. Entries,
// tables and objects get no second field of a name; the names of a profile count as they do in reading. No other byte
// changes.
//
// In:      a record of a batch that its layout has accepted; what is missing in it.
// Out:     its bytes, and which fields are in them: one for which the format, the table or the profile has no place, or
//          with a value that cannot be written there, is not.
// Cost:    a scan of the record. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_WRITE_FILL_RECORD_H_
#define UNECHO_SRC_WRITE_FILL_RECORD_H_

#include <span>
#include <string>
#include <string_view>

#include "base/batch.h"
#include "unecho/layouts.h"
#include "works/fillable_fields.h"

namespace unecho {

struct Filling {
  MergeField field{};
  std::string_view value;
  std::string_view tex{};  // the same for BibTeX, if it comes from there
};

// Whether a field can be added to records of the layout as they came.
bool CanBeFilled(const Layout& layout);
// `out` is cleared first.
MergeMask FillRecord(const LayoutOptions& options, const Batch& batch, const Record& record,
                     std::span<const Filling> fillings, std::string& out);
// For the corpus of objects: all fields of the record, with these among them, in `batch`, whose last fields they are.
MergeMask FillFields(Batch& batch, Record& record, std::span<const Filling> fillings);

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_FILL_RECORD_H_
