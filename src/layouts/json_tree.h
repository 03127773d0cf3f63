// The beginning of a JSON document as a tree of places: what stands at each path, and how often.
//
// All elements of an array are one place, and so are all values that one key has in the objects of a place. The text is
// looked at as far as it goes: what is broken or cut off ends the look, and nothing is an error.
//
// Cost:    one pass; a node for each path. Views borrow from the text.
// Threads: one user. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_JSON_TREE_H_
#define UNECHO_SRC_LAYOUTS_JSON_TREE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash_map.h"

namespace unecho {

struct JsonNode {
  // Values at this place.
  size_t objects = 0, arrays = 0, strings = 0, others = 0;
  size_t prose = 0;         // of the strings
  size_t string_bytes = 0;  // of the strings
  uint32_t roles = 0;       // bits: which of the roles of a chat the strings name
  size_t role_strings = 0;  // strings that do
  size_t repeats = 0;       // strings that are one of the few before them, as names of speakers are
  // Lengths of the arrays. The last may have been cut off.
  std::vector<uint32_t> lengths;
  std::vector<std::pair<std::string_view, std::unique_ptr<JsonNode>>> members;  // of the objects, as they come
  std::unique_ptr<JsonNode> element;                                            // of the arrays

  std::array<std::string_view, 4> last_strings;

  size_t values() const { return objects + arrays + strings + others; }
  const JsonNode* Find(std::string_view key) const;
  JsonNode& Member(std::string_view key);
  JsonNode& Element();
  // Adds the values of another place to these.
  void Merge(const JsonNode& other);

 private:
  HashMap<std::string_view, size_t> index_;  // of many members
};

// The root's values are the documents of the source. `is_cut`: the text ends inside one of them.
struct JsonTree {
  JsonNode root;
  bool is_cut = false;
};
JsonTree ReadJsonTree(std::string_view text);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_JSON_TREE_H_
