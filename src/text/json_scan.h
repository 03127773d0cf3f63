// What is inside a JSON container, as it is written: for those who change one and leave the others alone.
//
// In:      a container that a parser has accepted; or a Python literal that ReadPythonLiteral() has.
// Cost:    a pass over the container.
// Threads: a function without state. Failure: none; of text that no parser has accepted it gives something or other.
#ifndef UNECHO_SRC_TEXT_JSON_SCAN_H_
#define UNECHO_SRC_TEXT_JSON_SCAN_H_

#include <cstddef>
#include <string_view>
#include <vector>

namespace unecho {

struct WrittenMember {
  std::string_view name;   // of a member of an object, with its quotes; empty in an array
  std::string_view value;  // without blanks around it
  std::string_view all() const {
    const char* const begin = name.empty() ? value.data() : name.data();
    return {begin, static_cast<size_t>(value.data() + value.size() - begin)};
  }
};

// The members of an object, or the elements of an array, in order.
std::vector<WrittenMember> MembersAsWritten(std::string_view container);

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_JSON_SCAN_H_
