// --merge: a kept record with the fields that it takes from its copies, written as its own format writes them.
//
//   tags      DO  - 10.1/x        a line, in front of the line that ends the record or behind its last one; the tag is
//                                 the first that [names] of the profile has, set off as the record's first tag is
//   BibTeX    doi = {10.1/x}      behind the last field
//   tables    the cell            of the column of that name; there may be none
//   objects   "DOI": "10.1/x"     behind the last member; with the names of CSL-JSON, if there are some
//   XML       <doi>10.1/x</doi>   where [xml.places] of the profile says
//
// Where the record has the field without a value, the value goes there. No other byte changes.
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
#include <vector>

#include "base/batch.h"
#include "unecho/layouts.h"
#include "works/merge_fields.h"

namespace unecho {

struct Filling {
  MergeField field{};
  std::string_view value;
};

// Whether a field can be added to records of the layout as they came.
bool CanBeFilled(const Layout& layout);
// `out` is cleared first.
MergeMask FillRecord(const LayoutOptions& options, const Batch& batch, const Record& record,
                     std::span<const Filling> fillings, std::string& out);
// For the corpus of objects: all fields of the record, with these among them, in `batch`, whose last fields they are.
void FillFields(Batch& batch, Record& record, std::span<const Filling> fillings);

// What is written: a field of the format by its name there. `field`: of which it is all or a part.
struct FieldToWrite {
  MergeField field{};
  std::string name, value;
};
// "314-320": both; "314": the first alone.
struct FirstAndLastPage {
  std::string_view first, last;
};
FirstAndLastPage SplitPages(std::string_view pages);
bool IsBlankText(std::string_view text);
// Of the line ends of `text`, the first; LF where it has none.
std::string_view LineEndOf(std::string_view text);

// The forms; each gives what it has written.
MergeMask FillTags(const Profile& profile, std::span<const Filling> fillings, std::string& out);
MergeMask FillEntry(std::span<const Filling> fillings, std::string& out);
MergeMask FillCells(const LayoutOptions& options, std::string_view context, std::span<const Filling> fillings,
                    std::string& out);
MergeMask FillMembers(std::span<const Filling> fillings, std::string& out);
MergeMask FillElements(const Profile& profile, std::span<const Filling> fillings, std::string& out);

// Names in layouts with tags, and in others that have a name of their own for it.
std::vector<FieldToWrite> NamedByProfile(const Profile& profile, std::span<const Filling> fillings);

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_FILL_RECORD_H_
