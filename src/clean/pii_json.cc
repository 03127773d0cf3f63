#include "clean/pii_json.h"

#include <simdjson.h>

#include <algorithm>
#include <vector>

#include "clean/pii.h"
#include "text/json.h"
#include "text/json_memory.h"

namespace unecho::clean {
namespace {

constexpr size_t kReadable = 64;  // behind a text, for FindPii()

// Behind the string that begins at `begin`.
size_t EndOfString(std::string_view line, size_t begin) {
  size_t at = begin + 1;
  while (at < line.size() && line[at] != line[begin]) at += line[at] == '\\' ? 2 : 1;
  return std::min(at + 1, line.size());
}

// What the string says; of a Python literal with escapes, how it is written.
std::string TextOf(std::string_view written) {
  std::string text(written.substr(1, std::max<size_t>(written.size(), 2) - 2));
  if (written[0] != '"' || text.find('\\') == text.npos) return text;
  thread_local simdjson::dom::parser parser;
  std::string_view unescaped;
  if (IsParsed(parser, parser.parse(written.data(), written.size(), true).get(unescaped))) text = unescaped;
  return text;
}

}  // namespace

void MaskPiiInJson(std::string_view line, std::string& out) {
  std::vector<PiiPlace> places;
  std::string masked;
  size_t copied = 0;
  for (size_t at = 0; at < line.size();) {
    if (line[at] != '"' && line[at] != '\'') {
      ++at;
      continue;
    }
    const size_t begin = at;
    at = EndOfString(line, begin);
    const size_t next = line.find_first_not_of(" \t\r\n", at);
    if (next != line.npos && line[next] == ':') continue;  // a name
    std::string text = TextOf(line.substr(begin, at - begin));
    const size_t size = text.size();
    text.append(kReadable, '\0');
    const std::string_view view(text.data(), size);
    places.clear();
    FindPii(view, places);
    if (places.empty()) continue;
    masked.clear();
    MaskPii(view, places, masked);
    out.append(line.substr(copied, begin - copied));
    AppendJsonString(masked, out);
    copied = at;
  }
  out.append(line.substr(copied));
}

}  // namespace unecho::clean
