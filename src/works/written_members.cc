#include "works/written_members.h"

#include <simdjson.h>

#include <string>

#include "text/json_memory.h"
#include "text/python_literal.h"
#include "works/work_fields.h"

namespace unecho {
namespace {

std::string UnescapedName(std::string_view quoted) {
  const std::string_view inner = quoted.size() < 2 ? quoted : quoted.substr(1, quoted.size() - 2);
  if (inner.find('\\') == inner.npos) return std::string(inner);
  simdjson::dom::parser parser;
  simdjson::dom::element value;
  std::string_view name;
  if (!IsParsed(parser, parser.parse(quoted.data(), quoted.size(), /*realloc_if_needed=*/true).get(value)) ||
      value.get(name) != simdjson::SUCCESS)
    return std::string(inner);
  return std::string(name);
}

}  // namespace

std::vector<ReadMember> MembersAsRead(std::string_view object) {
  std::string json;
  const bool is_python = AppendPythonLiteralAsJson(object, json);
  const std::vector<WrittenMember> written = MembersAsWritten(object);
  const std::vector<WrittenMember> as_json = is_python ? MembersAsWritten(json) : written;
  std::vector<ReadMember> members;
  if (written.size() != as_json.size()) return members;
  for (size_t i = 0; i < written.size(); ++i) {
    members.push_back({written[i], UnescapedName(as_json[i].name),
                       IsSilentField({.name = {}, .value = as_json[i].value, .is_json = true})});
  }
  return members;
}

}  // namespace unecho
