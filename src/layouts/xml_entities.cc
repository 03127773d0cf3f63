#include "layouts/xml_entities.h"

#include <algorithm>

namespace unecho {
namespace {

// No name and no value of XML has them.
constexpr char kEndOfName = '\x01', kEndOfValue = '\x02';
constexpr std::string_view kXmlBlanks = " \t\r\n";

std::string_view SkipBlanks(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(kXmlBlanks), text.size()));
}

}  // namespace

XmlEntities::XmlEntities(std::string_view context) {
  while (!context.empty()) {
    const size_t name = context.find(kEndOfName), value = context.find(kEndOfValue);
    if (name == context.npos || value == context.npos) return;
    values_[std::string(context.substr(0, name))] = context.substr(name + 1, value - name - 1);
    context.remove_prefix(value + 1);
  }
}

XmlEntities XmlEntities::OfDocumentType(std::string_view document_type) {
  constexpr std::string_view kBegin = "<!ENTITY";
  XmlEntities entities;
  size_t bytes = 0;
  for (size_t at = document_type.find(kBegin); at != document_type.npos; at = document_type.find(kBegin, at + 1)) {
    const std::string_view rest = SkipBlanks(document_type.substr(at + kBegin.size()));
    const size_t name_end = rest.substr(0, kLongestName + 1).find_first_of(kXmlBlanks);
    if (name_end == rest.npos) continue;
    const std::string_view name = rest.substr(0, name_end), behind = SkipBlanks(rest.substr(name_end));
    // "%" is for the document type itself, SYSTEM and PUBLIC are elsewhere.
    if (name.empty() || name == "%" || behind.empty() || (behind[0] != '"' && behind[0] != '\'')) continue;
    const size_t end = behind.find(behind[0], 1);
    if (end == behind.npos) break;
    if (end - 1 > kLongestValue) continue;
    std::string value(behind.substr(1, end - 1)), expanded;
    Room room{.bytes = kLongestValue};
    if (entities.Expand(value, room, expanded)) value = expanded;
    if (room.was_short || value.size() > kLongestValue) continue;
    if (value.find('<') != value.npos) continue;  // elements, which would be taken for text
    std::erase_if(value, [](char c) { return c == kEndOfName || c == kEndOfValue; });
    if ((bytes += name.size() + value.size()) > kMostBytes) break;
    entities.values_.emplace(name, value);  // the first declaration counts
  }
  return entities;
}

std::string XmlEntities::Context() const {
  std::string context;
  for (const auto& [name, value] : values_) (((context += name) += kEndOfName) += value) += kEndOfValue;
  return context;
}

bool XmlEntities::Expand(std::string_view text, Room& room, std::string& out) const {
  out.clear();
  bool is_any = false;
  for (size_t at = text.find('&'); at != text.npos; at = text.find('&')) {
    const std::string_view behind = text.substr(at + 1, kLongestName + 1);
    const size_t size = behind.find(';');
    const auto found = size == behind.npos ? values_.end() : values_.find(behind.substr(0, size));
    if (found == values_.end()) {
      out += text.substr(0, at + 1);
      text.remove_prefix(at + 1);
      continue;
    }
    if (found->second.size() > room.bytes) {
      room.was_short = true;
      break;
    }
    room.bytes -= found->second.size();
    out.append(text.substr(0, at)).append(found->second);
    text.remove_prefix(at + 1 + size + 1);
    is_any = true;
  }
  out += text;
  return is_any;
}

}  // namespace unecho
