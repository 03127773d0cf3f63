#include "layouts/json_member_paths.h"

#include <algorithm>

namespace unecho {

std::vector<MemberPath> MemberPathsOf(const std::vector<std::string>& names) {
  std::vector<MemberPath> paths;
  for (const std::string& name : names) {
    MemberPath path;
    for (size_t begin = 0; begin <= name.size();) {
      const size_t end = std::min(name.find('/', begin), name.size());
      path.push_back(name.substr(begin, end - begin));
      begin = end + 1;
    }
    paths.push_back(std::move(path));
  }
  return paths;
}

bool FindMember(simdjson::dom::element value, const MemberPath& path, simdjson::dom::element& out) {
  for (const std::string& key : path) {
    if (value.at_key(key).get(value) != simdjson::SUCCESS) return false;
  }
  out = value;
  return true;
}

bool BeginsWithKey(std::string_view json) {
  if (!json.starts_with('"')) return false;
  size_t end = 1;
  while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
  const size_t colon = json.find_first_not_of(" \t\r\n", std::min(end + 1, json.size()));
  return colon != json.npos && json[colon] == ':';
}

}  // namespace unecho
