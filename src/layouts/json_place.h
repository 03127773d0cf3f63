// Where in a JSON document the records are: in which array, or in which object of objects.
//
// A place is a path of steps from the root to the container, each a key or any element. It comes from the profile, or
// is found in the first bytes of the source, from the root down.
//
// Several objects side by side (the elements of an array, documents one after another, the values of a map that are
// made alike) are the records, and what is in their lists are their parts: turns, posts, sections. Only objects that
// say nothing of their own, a frame of date or page number around titles and texts, hold records in their lists. Of one
// object alone the list with most text is taken; objects weigh more if they have a title and a body, by the names of
// the profile. But where the object has an identity of its own, and its list has no titles with texts, the object is
// the record. Lists beside the best one that are made in the same way ({"2024-05-01": [...], "2024-05-02": [...]})
// belong to it.
// An array is one record where its objects speak in turn, and where there are several of them: a chat a line. Where
// nothing looks like a record, strings may be: those of an array, of objects whose keys are numbered, and of an object
// with a question or a term for a key, which is the title.
// A table by columns, or of rows without names, has no records: how to get them is said.
//
// Cost:    one pass over what is given, and a node for each path in it.
// Threads: functions without state. Failure: none; bytes that are no JSON end the look.
#ifndef UNECHO_SRC_LAYOUTS_JSON_PLACE_H_
#define UNECHO_SRC_LAYOUTS_JSON_PLACE_H_

#include <string>
#include <string_view>
#include <vector>

#include "layouts/profile.h"

namespace unecho {

struct JsonStep {
  bool in_array = false;  // from an array to any of its elements; else from an object to the value of a key
  bool any = false;       // whatever the key
  std::string key;        // as it is written, without quotes
  friend bool operator==(const JsonStep&, const JsonStep&) = default;
};

// Records are the objects (or strings) in the containers at the end of `steps`.
struct JsonPlace {
  enum class Kind : uint8_t { kArray, kObject, kRoot, kAny };
  std::vector<JsonStep> steps;
  Kind kind = Kind::kRoot;      // kAny: array or object
  bool of_strings = false;      // records are strings there
  bool of_arrays = false;       // records are arrays there
  bool has_keys = false;        // the keys are the titles of the records
  std::string_view table = {};  // of what is a table: what to do; static text
};

// "data/papers"; "*" is any key or element; "" is the root's own elements.
JsonPlace PlaceOf(std::string_view path);
// The same as users write it: "data.papers", "[].chats[]".
JsonPlace PlaceOfOption(std::string_view path);
// The first of the profile's paths, or what is found.
JsonPlace FindPlace(std::string_view prefix, const JsonProfile& profile);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_JSON_PLACE_H_
