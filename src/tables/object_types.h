// Objects, a line of JSON each -> the columns of a table in which all of them have room. They follow from all that the
// members of one name say, in whatever order: the columns alone are in that in which names come first.
//
//   true and false                 a boolean
//   whole numbers                  of 64 bits, without a sign if one is larger than those with a sign reach
//   numbers with a point, too      real ones of 64 bits
//   strings                        text
//   lists, objects                 lists and structs of what is in them
//   null, and where nothing is     null
//   anything besides               text: strings as they are, the others as their JSON. So are values of several of
//                                  these kinds, whole numbers that no number of these says exactly, what is null
//                                  everywhere, and objects without members, or with more than kMostMembers names, which
//                                  are not fields but data
//
// Cost:    a pass over the lines. What is known is as large as the schema. Threads: one caller.
// Failure: Take(): a line that is no object.
#ifndef UNECHO_SRC_TABLES_OBJECT_TYPES_H_
#define UNECHO_SRC_TABLES_OBJECT_TYPES_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tables/arrow_data.h"

namespace unecho {

// In the metadata of a table that was made of objects.
inline constexpr char kObjectsKey[] = "unecho:objects";

class ObjectTypes {
 public:
  static constexpr size_t kMostMembers = 1000;

  ObjectTypes();
  ~ObjectTypes();
  ObjectTypes(const ObjectTypes&) = delete;
  ObjectTypes& operator=(const ObjectTypes&) = delete;

  [[nodiscard]] bool Take(std::string_view line);
  size_t num_names() const;    // of members of the objects themselves
  size_t num_columns() const;  // in which there are values: those in structs and lists
  // What has been taken so far, as a schema that points into this object, until it is asked again.
  ArrowSchema* Schema();

 private:
  struct Type;
  ArrowSchema Shown(const Type& type, const char* name, const char* metadata);

  const std::unique_ptr<Type> root_;
  // What the schema points to.
  std::deque<std::vector<ArrowSchema>> children_;
  std::deque<std::vector<ArrowSchema*>> pointers_;
  std::string metadata_;
  ArrowSchema schema_{};
};

}  // namespace unecho

#endif  // UNECHO_SRC_TABLES_OBJECT_TYPES_H_
