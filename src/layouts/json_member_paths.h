// Where members of a JSON record stand: paths of a profile ("paper/title"), and records that are members themselves.
//
// Cost:    a look-up a step. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_JSON_MEMBER_PATHS_H_
#define UNECHO_SRC_LAYOUTS_JSON_MEMBER_PATHS_H_

#include <simdjson.h>

#include <string>
#include <string_view>
#include <vector>

namespace unecho {

using MemberPath = std::vector<std::string>;

// "paper/title" -> {"paper", "title"}.
std::vector<MemberPath> MemberPathsOf(const std::vector<std::string>& names);
// False if there is no such member.
bool FindMember(simdjson::dom::element value, const MemberPath& path, simdjson::dom::element& out);
// A member of an object, not only its value: the key is the title.
bool BeginsWithKey(std::string_view json);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_JSON_MEMBER_PATHS_H_
