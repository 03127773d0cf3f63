// The members of an object as they are written, beside what WorkFieldsOf() has of them.
//
// In:      an object of JSON, or a Python literal.
// Cost:    a pass over the object, and a parse of each name with an escape in it.
// Threads: functions without state. Failure: none; a name that cannot be read stands as it is written.
#ifndef UNECHO_SRC_WORKS_WRITTEN_MEMBERS_H_
#define UNECHO_SRC_WORKS_WRITTEN_MEMBERS_H_

#include <string>
#include <string_view>
#include <vector>

#include "text/json_scan.h"

namespace unecho {

struct ReadMember {
  WrittenMember written;  // borrows from the object
  std::string name;
  bool says_nothing = false;
};

// Empty where the members of a Python literal cannot be told apart.
std::vector<ReadMember> MembersAsRead(std::string_view object);

}  // namespace unecho

#endif  // UNECHO_SRC_WORKS_WRITTEN_MEMBERS_H_
