// The forms of fill_record.h: each writes a record of its format with fields in it, and gives which it has written.
//
// Cost:    some scans of the record. Threads: functions without state. Failure: none; what cannot be written is not.
#ifndef UNECHO_SRC_WRITE_FILL_FORMS_H_
#define UNECHO_SRC_WRITE_FILL_FORMS_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "layouts/profile.h"
#include "unecho/layouts.h"
#include "works/work_fields.h"
#include "write/fill_record.h"

namespace unecho {

// "314-320": both; "314", and what has more than one dash of a kind: all of it as the first.
struct FirstAndLastPage {
  std::string_view first, last;
};
FirstAndLastPage SplitPages(std::string_view pages);
bool IsBlankText(std::string_view text);
// Of the line ends of `text`, the first; LF where it has none.
std::string_view LineEndOf(std::string_view text);

// A field of a record, in a format where a name stands once in a record.
struct FillCandidate {
  std::string_view name;
  bool says_nothing = false;
};
// Which of them is to have the value of `field`, which the record lacks.
struct FillPlace {
  std::optional<size_t> silent;  // it goes there
  bool is_taken = false;         // it goes nowhere: one that counts for it says something, or is called as a new one
};
// `added`: what a new one is called. Of the silent ones one of that name comes first, then the one that counts first.
// Of pages, none that is an article's number.
FillPlace FindFillPlace(std::span<const FillCandidate> candidates, std::span<const StandardName> names,
                        MergeField field, std::string_view added);
// How the layout's own names call it, if they do and add nothing to its value; else `usual`.
std::string_view NameToAdd(std::span<const StandardName> names, MergeField field, std::string_view usual);

// What is written: a field of the format by its name there. `field`: of which it is all or a part.
struct FieldToWrite {
  MergeField field{};
  std::string name, value;
};
// Names in layouts with tags, and in others that have a name of their own for it.
std::vector<FieldToWrite> NamedByProfile(const Profile& profile, std::span<const Filling> fillings);

MergeMask FillTags(const Profile& profile, std::span<const Filling> fillings, std::string& out);
// `read`: the fields as the layout has read them.
MergeMask FillEntry(std::span<const StandardName> names, std::span<const NamedField> read,
                    std::span<const Filling> fillings, std::string& out);
MergeMask FillCells(const LayoutOptions& options, std::span<const StandardName> names, std::string_view context,
                    std::span<const Filling> fillings, std::string& out);
MergeMask FillMembers(std::span<const StandardName> names, std::span<const Filling> fillings, std::string& out);
MergeMask FillElements(const Profile& profile, std::span<const Filling> fillings, std::string& out);

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_FILL_FORMS_H_
