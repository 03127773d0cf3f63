// The fields that a kept record may take from its copies (--merge), and what a record gives for them.
//
// A field that says anything at all is not missing. What is given is one line of UTF-8, and only what can be one: a DOI
// begins with "10.", an ISBN has its 10 or 13 digits (what many formats have in its place is the ISSN), an abstract has
// twenty words or more, a year is four digits. Names of authors are written otherwise in each format, and are not
// taken.
//
// Cost:    a pass over the fields. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_WORKS_FILLABLE_FIELDS_H_
#define UNECHO_SRC_WORKS_FILLABLE_FIELDS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/batch.h"
#include "works/work_fields.h"

namespace unecho {

// In the order in which they are told, and written.
enum class MergeField : uint8_t { kYear, kContainer, kVolume, kNumber, kPages, kDoi, kPmid, kIsbn, kAbstract, kCount };
inline constexpr auto kNumMergeFields = static_cast<size_t>(MergeField::kCount);
std::string_view Name(MergeField field);            // in the provenance: "year", "container", ...
std::string_view StandardNameOf(MergeField field);  // in the [names] of a profile: "year", "journal", ...

using MergeMask = uint16_t;  // by bit
constexpr MergeMask BitOf(MergeField field) { return static_cast<MergeMask>(1U << static_cast<unsigned>(field)); }

// Those that say anything.
MergeMask SaidIn(const WorkFields& fields);
// What a copy gives; empty: nothing.
std::string GivenBy(const WorkFields& fields, MergeField field);
MergeMask GivenIn(const WorkFields& fields);
// Of a record of BibTeX: the same as TeX, where that may say more (a formula, a letter that has a command). Empty: not
// there, or in a field that is ids and numbers.
std::string TexGivenBy(const Batch& batch, const Record& record, MergeField field);

}  // namespace unecho

#endif  // UNECHO_SRC_WORKS_FILLABLE_FIELDS_H_
