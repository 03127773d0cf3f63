#include <algorithm>
#include <set>

#include "audit/plain_records.h"

namespace unecho {
namespace {

// Of the tag that begins at tag[0], without its prefix.
std::string_view LocalNameOf(std::string_view tag) {
  tag.remove_prefix(tag.starts_with("</") ? 2 : 1);
  const std::string_view name = tag.substr(0, tag.find_first_of(" \t\r\n/>"));
  return name.substr(name.rfind(':') + 1);
}

// Behind the tag that begins at bytes[at]; npos: it is none.
size_t EndOfTag(std::string_view bytes, size_t at) {
  char quote = 0;
  for (++at; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (c == '<') return std::string_view::npos;
    if (quote != 0)
      quote = c == quote ? '\0' : quote;
    else if (c == '"' || c == '\'')
      quote = c;
    else if (c == '>')
      return at + 1;
  }
  return std::string_view::npos;
}

// Behind a document type, with what it declares.
size_t EndOfDocumentType(std::string_view bytes, size_t at) {
  int brackets = 0;
  for (; at < bytes.size(); ++at) {
    if (bytes[at] == '"' || bytes[at] == '\'') {
      at = bytes.find(bytes[at], at + 1);
      if (at == bytes.npos) return at;
    } else if (bytes.substr(at).starts_with("<!--")) {
      at = bytes.find("-->", at);
      if (at == bytes.npos) return at;
    }
    brackets += bytes[at] == '[' ? 1 : bytes[at] == ']' ? -1 : 0;
    if (brackets < 0) return bytes.npos;
    if (bytes[at] == '>' && brackets == 0) return at + 1;
  }
  return bytes.npos;
}

}  // namespace

PlainRecords ReadPlainXml(std::string_view bytes, FoundSpans found) {
  struct Element {
    std::string_view name;  // with its prefix
    size_t begin = 0, records_before = 0;
  };
  std::set<std::string_view> names;
  for (const auto& [begin, end] : found) names.insert(LocalNameOf(bytes.substr(begin, end - begin)));
  std::vector<Element> open;
  std::vector<PlainRecord> records;
  const auto close = [&](const Element& element, size_t end) {
    const bool is_found = std::ranges::binary_search(found, std::pair(element.begin, end));
    const bool is_around = records.size() > element.records_before;
    if (!is_found && (is_around || !names.contains(LocalNameOf(bytes.substr(element.begin))))) return;
    records.resize(element.records_before);
    records.push_back({element.begin, end, element.begin});
  };
  for (size_t at = bytes.find('<'); at != bytes.npos; at = bytes.find('<', at)) {
    const std::string_view rest = bytes.substr(at);
    size_t end = bytes.npos;
    const auto behind = [&](std::string_view terminator, size_t opening) {
      const size_t place = bytes.find(terminator, at + opening);
      return place == bytes.npos ? place : place + terminator.size();
    };
    if (rest.starts_with("<!--")) {
      end = behind("-->", 4);
    } else if (rest.starts_with("<![CDATA[")) {
      end = behind("]]>", 9);
    } else if (rest.starts_with("<?")) {
      end = behind("?>", 2);
    } else if (rest.starts_with("<!")) {
      end = open.empty() ? EndOfDocumentType(bytes, at + 2) : bytes.npos;
    } else if (end = EndOfTag(bytes, at); end != bytes.npos) {
      const std::string_view tag = bytes.substr(at, end - at);
      const std::string_view name = tag.substr(0, tag.find_first_of(" \t\r\n/>", tag.starts_with("</") ? 2 : 1));
      if (tag.starts_with("</")) {
        if (open.empty() || open.back().name != name.substr(2)) return std::nullopt;
        const Element element = open.back();
        open.pop_back();
        close(element, end);
      } else {
        const Element element{name.substr(1), at, records.size()};
        if (tag.ends_with("/>"))
          close(element, end);
        else
          open.push_back(element);
      }
    }
    if (end == bytes.npos) return std::nullopt;
    at = end;
  }
  return open.empty() ? PlainRecords(std::move(records)) : std::nullopt;
}

}  // namespace unecho
