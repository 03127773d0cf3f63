// Where in a YAML document the records are: the items of a list, or the members of a mapping, whose values are mappings
// that look like records.
//
// Problem. A document may hold several lists (papers, authors, tags), and the records may be the members of a mapping
// ({K0: {title: ...}, K1: ...}). Taken is what has most mappings with a title and a text, then with a title; without
// either, the items of the top list, or of one right below the top, if they are mappings of several keys that begin
// alike. Where items without a title hold a list of such with titles and texts, as sessions hold talks, those are
// taken. A list in a document that has a title and a text of prose itself is a part of it, if its items have no titles
// or it is called like one (authors, references), and is not called like a list of records. (A bullet of Markdown like
// "- Note: text" is such a mapping too, but of one key.)
//
// Cost:    one pass of libyaml over the text. Threads: a function without state. Failure: none is found.
#ifndef UNECHO_SRC_LAYOUTS_YAML_PLACE_H_
#define UNECHO_SRC_LAYOUTS_YAML_PLACE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "layouts/profile.h"

namespace unecho {

struct YamlPlace {
  bool is_list = true;            // the records are items of a list, else members of a mapping
  size_t depth = 0;               // keys above it; 0: the document itself
  std::vector<std::string> keys;  // those keys, "-" for any item of a list; empty if there are several such lists or
                                  // mappings at that depth
  size_t records = 0;             // in the text that was looked at
  bool IsAt(const std::vector<std::string_view>& path) const;
};

// `text`: complete lines from the beginning of a source; `is_all`: it has no more. Nothing is found where the text is
// no YAML.
std::optional<YamlPlace> FindYamlPlace(std::string_view text, bool is_all, const JsonProfile& names);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_YAML_PLACE_H_
