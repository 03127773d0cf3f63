// Whether a source is a bibliography: an export of a database or of a citation manager. By that a run whose user says
// nothing of sameness compares works (read/choose_comparison.h).
//
// A layout is one of bibliographies if its own names speak of journals. A table may be one if it has columns for a
// title, authors, a journal and something by which a place in it is known; JSON, if a record has such members under the
// names of CSL or of OpenAlex: corpora of papers have them, too, under others, and are texts all the same. What unecho
// has written of bibliographies is one again. And most of the records in the beginning must say which work they are:
// an id, or title, authors and something besides.
//
// Cost:    once a source: its beginning is segmented. Threads: functions without state.
// Failure: none; what cannot be read is no bibliography.
#ifndef UNECHO_SRC_WORKS_BIBLIOGRAPHY_H_
#define UNECHO_SRC_WORKS_BIBLIOGRAPHY_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "unecho/layouts.h"

namespace unecho {

// A source without a record, such as a search that found nothing, is none, and does not speak against it.
enum class Bibliography : uint8_t { kNo, kNoRecords, kYes };

// `begin`: of the source, in UTF-8; `is_all`: no more of it counts. Nullopt: more of it is needed. The answer depends
// on the bytes alone, not on how many of them are there when it is given.
std::optional<Bibliography> IsBibliography(const Layout& layout, const LayoutOptions& options, std::string_view begin,
                                           bool is_all);

}  // namespace unecho

#endif  // UNECHO_SRC_WORKS_BIBLIOGRAPHY_H_
