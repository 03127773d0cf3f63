#include "layouts/source_head.h"

#include "text/characters.h"
#include "text/scan.h"
#include "text/shown_text.h"

namespace unecho {
namespace {

constexpr size_t kWhyBytes = 60;

}  // namespace

std::string Quoted(std::string_view text) {
  text = TrimBlanks(text);
  const std::string_view part = Utf8Prefix(text, kWhyBytes);
  std::string on_one_line;
  for (const char c : part) {
    if (!IsBlank(c) || !on_one_line.ends_with(' ')) on_one_line += IsBlank(c) ? ' ' : c;
  }
  std::string out = "'";
  AppendShown(on_one_line, out);
  return out + (part.size() < text.size() ? "...'" : "'");
}

Head ReadHead(std::string_view prefix, bool is_all) {
  Head head;
  head.is_all = is_all;
  prefix.remove_prefix(BomBytes(0, prefix));
  LineEnds ends(prefix);
  size_t number = 0;
  bool gap = false;
  size_t begin = 0;
  while (begin < prefix.size()) {
    const size_t found = ends.Find(begin);
    const bool is_complete = found != LineEnds::kNone;
    if (!is_complete && !is_all) break;
    const size_t end = is_complete ? found : prefix.size();
    const std::string_view as_is = prefix.substr(begin, end - begin);
    const std::string_view line = TrimBlanks(as_is);
    ++number;
    if (!line.empty()) head.lines.push_back({line, number, gap, as_is.substr(0, as_is.find(line.front()))});
    gap = line.empty() && !head.lines.empty();
    begin = is_complete ? end + ends.Size(end) : end;
  }
  head.bytes = prefix.substr(0, begin);
  return head;
}

}  // namespace unecho
