// What is left of a source that is written in its own form (--as input), by unecho-report(5): what stands around the
// records stays; of the separators between two kept records the first one stays that no furniture follows, lines that
// the layout has for parting records among them; a list of JSON has one comma between two elements. Written from that,
// not from the code that writes.
//
// In:      the whole text of a source, and where its records are.
// Out:     for each kept record what stands in front of it; what stands behind the last one.
// Cost:    a copy of all that is no record.
// Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_AUDIT_EXPECTED_FORM_H_
#define UNECHO_SRC_AUDIT_EXPECTED_FORM_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/layout_traits.h"
#include "layouts/profile.h"

namespace unecho {

struct PlacedRecord {
  size_t begin = 0, size = 0;  // in the text
  bool is_kept = false;
};

struct FormOptions {
  LayoutTraits traits;
  std::span<const Pattern> rulers;  // lines that part records
  bool is_first = true;             // of its file; else no byte order mark goes out, and no header
  bool is_converted = false;        // from another encoding: what XML declares is UTF-8 now
};

struct ExpectedForm {
  struct Kept {
    std::string before;
    size_t record = 0;  // its place in the list
  };
  std::vector<Kept> kept;
  std::string behind;
  std::string ruler;           // the first line that parted records, of several in a row the last
  bool ends_in_ruler = false;  // such a line stands behind the last record
};

ExpectedForm ExpectedFormOf(std::string_view text, std::span<const PlacedRecord> records, const FormOptions& options);

// What stands between two sources in one file. `ruler`: the first one of those in front.
std::string BetweenSources(const FormOptions& options, const std::string& ruler, bool ends_in_ruler);

// Where --output-dir puts each file: below the folders that all have in common. `files`: their names, as text.
std::vector<std::string> PlacesInFolder(const std::string& folder, std::span<const std::string> files);

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_EXPECTED_FORM_H_
