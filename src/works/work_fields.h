// What a bibliographic record says, under the names that all formats have in common: `authors` is AU in RIS, `author`
// in BibTeX, %A in EndNote, "Author Names" in a table, a list of objects in CSL-JSON.
//
// A layout's own names count first ([names] of its profile), then those that are usual for columns and members. Values
// are as they are written; make_work.h says what they mean.
//
// Cost:    some comparisons a field, and a parse for a value that is a list or an object.
// Threads: functions without state. Failure: none; what is not there is empty.
#ifndef UNECHO_SRC_WORKS_WORK_FIELDS_H_
#define UNECHO_SRC_WORKS_WORK_FIELDS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "layouts/profile.h"

namespace unecho {

struct WorkFields {
  std::string title, abstract;
  bool abstract_is_text = false;     // no field is called so: it is what the layout takes for the text
  std::vector<std::string> authors;  // one by one where the format has them so, else all in one
  std::string year;                  // or a date
  std::string container;             // journal, book, conference
  // Under further names of the layout's own (JO, JF, T2 and JA of RIS) or by names of short forms, distinct.
  std::vector<std::string> other_containers;
  std::string volume, number, pages, doi, pmid, edition, chapter;
  // Many formats have one name for ISBNs and ISSNs, so each may be in either; further ones are in the last.
  std::string isbn, issn;

  // Whether it says more than a title and a text.
  bool IsBibliographic() const;
};

// Whether a field of this name is the one with the standard name ("journal"), and at which place in the order in which
// the names of it count: the lowest first. `names`: the layout's own.
std::optional<size_t> RankOfName(std::string_view name, std::string_view standard, std::span<const StandardName> names);

// What a column or member of this name has of the pages. An article's number has none.
enum class PageName : uint8_t { kNone, kBoth, kFirst, kLast };
PageName PageNameOf(std::string_view name);
// With names of the layout's own: where it has one for the last page, that for the pages is the first.
PageName PageNameOf(std::string_view name, std::span<const StandardName> names);

// Whether a value stands where nobody knows one: "n/a", "-", "null", "0", "[No abstract available]", "N.PAG". That of a
// title may be one.
bool StandsForNoValue(std::string_view value);

// Whether WorkFieldsOf() gets nothing from its value, whatever it is called (but a title): "", null, [""], "n/a",
// {"date-parts": [[null]]}. A string may stand there as JSON. What cannot be parsed says something.
bool IsSilentField(const NamedField& field);

// `names`: the layout's own. `title`, `text`: what stands for them where no field is called so.
WorkFields WorkFieldsOf(std::span<const NamedField> fields, std::span<const StandardName> names, std::string_view title,
                        std::string_view text);
WorkFields WorkFieldsOf(const Batch& batch, const Record& record);

}  // namespace unecho

#endif  // UNECHO_SRC_WORKS_WORK_FIELDS_H_
