// Layouts: how the bytes of a source become records. A layout is a profile, a small TOML file
// (docs/unecho-layouts.5.md), and the engine that reads by it; the built-in ones are under src/layouts/.
//
// Cost:    a list made once; a profile of one's own is parsed and its patterns are compiled.
// Threads: immutable once made. Failure: LoadLayout() says what is wrong with a profile, or which names there are.
#ifndef UNECHO_LAYOUTS_H_
#define UNECHO_LAYOUTS_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "unecho/api.h"
#include "unecho/status.h"

namespace unecho {

struct LayoutOptions {
  size_t max_record_bytes = size_t{16} << 20;
  std::vector<std::string> match_fields;  // jsonl, json, csv: names or paths; empty: those of the profile that exist
  bool fields_apart = false;              // of each piece it is said of which match field it is
  std::string record;                     // xml: the element that is a record; json: the path to them; empty: found
  std::vector<std::string> columns;       // csv: the names of columns that no header names; empty: not given
  std::string id_field;                   // empty: none
  std::string order_field;                // the FIELD of --keep FIELD:max|min; empty: none
  bool require_body = false;              // page: a title without a body is rejected
  std::vector<std::string> apart_fields;  // where they differ records are kept apart, so no other word is lost on them
  bool list_fields = false;               // jsonl: the fields of each record are listed, as other layouts do always
  std::vector<std::string> listed_names;  // jsonl: of these names, and all of the first of a batch; empty: all
};

struct Profile;  // what the file says (src/layouts/profile.h)

class UNECHO_API Layout {
 public:
  explicit Layout(Profile profile);
  ~Layout();
  Layout(const Layout&) = delete;
  Layout& operator=(const Layout&) = delete;

  std::string_view name() const;
  std::string_view description() const;
  const Profile& profile() const { return *profile_; }

 private:
  std::unique_ptr<const Profile> profile_;
};

using LayoutPtr = std::shared_ptr<const Layout>;

UNECHO_API std::span<const LayoutPtr> Layouts();            // the built-in ones, in the order of `unecho layouts`
UNECHO_API LayoutPtr FindLayout(std::string_view name);     // a built-in one, or null
UNECHO_API const Layout& GetLayout(std::string_view name);  // a built-in one that is there
// A built-in one, or that of a profile in a file. The error says what is wrong with the file, or which names there are.
UNECHO_API Result<LayoutPtr> LoadLayout(const std::string& name_or_path);
inline constexpr std::string_view kSeparatedLayout = "separated";
// Its name is that. Records are what lies between lines that match `separator` (RE2), as it stands. The error names the
// place in it.
UNECHO_API Result<LayoutPtr> SeparatedLayout(std::string_view separator);

}  // namespace unecho

#endif  // UNECHO_LAYOUTS_H_
