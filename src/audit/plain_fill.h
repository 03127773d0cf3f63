// --merge a second time: what a copy gives, and how a record reads with it. Written from unecho(1) and docs/design.md,
// not from the code that fills records in. Shared with it are the names that the profiles of layouts have, and which
// name of a column or member means which field (works/work_fields.h).
//
// Cost:    some scans of the record. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_AUDIT_PLAIN_FILL_H_
#define UNECHO_SRC_AUDIT_PLAIN_FILL_H_

#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "audit/spans.h"
#include "unecho/layouts.h"
#include "works/work_fields.h"

namespace unecho {

// As the provenance calls them, in its order, and as profiles do.
inline constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kPlainMergeFields = {
    {{"year", "year"},
     {"container", "journal"},
     {"volume", "volume"},
     {"number", "issue"},
     {"pages", "pages"},
     {"doi", "doi"},
     {"pmid", "pmid"},
     {"isbn", "isbn"},
     {"abstract", "abstract"}}};

// What a record says at all, and what of it can be given, by the names of the provenance. `fields`: without a text that
// no field is called by.
std::map<std::string_view, std::string> PlainSaid(const WorkFields& fields);
std::map<std::string_view, std::string> PlainGiven(const WorkFields& fields);

struct PlainFill {
  std::string_view field;  // of kPlainMergeFields
  std::string value;
  size_t from = 0;  // number of the claim that gives it
  bool is_written = false;
  std::string tex{};  // from BibTeX for BibTeX
};

// The bytes of a record with the fields in it; sets is_written.
std::string PlainFilled(const AuditSpan& span, const Layout& layout, std::span<PlainFill> fills);
// The fields of an object with them.
struct PlainNamed {
  std::string name, value;
  bool is_json = false, is_compared = false;
};
std::vector<PlainNamed> PlainFilledFields(std::span<const NamedField> fields, const Profile& profile,
                                          std::span<PlainFill> fills);

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_PLAIN_FILL_H_
