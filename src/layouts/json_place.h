// Where in a JSON document the records are: in which array, or in which object of objects.
//
// A place is a path of steps from the root to the container, each a key or any element. It comes from the profile, or
// is found in the first bytes of the source: of all containers seen there, the one whose objects look most like records
// (they have a title and a body, by the names of the profile), of those the outermost. Containers beside it that are
// made in the same way ({"2024-05-01": [...], "2024-05-02": [...]}) belong to it. The documents of a source may
// themselves be records. Where nothing looks like a record, strings may be: those of an array, or of objects whose keys
// are numbered ({"topic": {"2401.00001": "...", "2401.00002": "..."}}).
//
// A record is never cut into its parts. The turns of a chat have a text and no title; where such a list stands inside
// the objects of another list, those objects are the records. Where an object has several lists of texts under names of
// their own, and a title beside them (the sections of a paper), it is one record itself.
//
// Cost:    one pass over what is given.
// Threads: functions without state. Failure: none; bytes that are no JSON end the look.
#ifndef UNECHO_SRC_LAYOUTS_JSON_PLACE_H_
#define UNECHO_SRC_LAYOUTS_JSON_PLACE_H_

#include <string>
#include <string_view>
#include <vector>

#include "unecho/profile.h"

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
  Kind kind = Kind::kRoot;  // kAny: array or object
  bool of_strings = false;  // records are strings there
};

// "data/papers"; "*" is any key or element; "" is the root's own elements.
JsonPlace PlaceOf(std::string_view path);
// The same as users write it: "data.papers", "[].chats[]".
JsonPlace PlaceOfOption(std::string_view path);
// The first of the profile's paths, or what is found.
JsonPlace FindPlace(std::string_view prefix, const JsonProfile& profile);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_JSON_PLACE_H_
