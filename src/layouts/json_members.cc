#include "layouts/json_members.h"

#include <algorithm>

#include "layouts/field_names.h"
#include "layouts/prose.h"
#include "text/html_entities.h"
#include "text/markup.h"

namespace unecho {

using simdjson::dom::element;

bool IsOtherMember(std::string_view key, const element& value, bool beside_text) {
  const bool is_no_text = IsNoText(key) && !(MayHoldText(key, value.is_string()) && HasProse(value));
  return IsIdentity(key) || is_no_text || (beside_text && value.is_string() && IsRemark(key));
}

bool IsTextMember(std::string_view key, const element& value) {
  std::string_view string;
  return value.get(string) == simdjson::SUCCESS && !string.empty() && IsTextName(key);
}

bool HasTextBeside(const simdjson::dom::object& object, std::string_view title) {
  return std::any_of(object.begin(), object.end(), [title](const auto& member) {
    return member.key != title && (IsTextMember(member.key, member.value) ||
                                   (!IsOtherMember(member.key, member.value) && HasProse(member.value)));
  });
}

namespace {

// Without mark-up, entities and blanks.
std::string BareText(std::string_view text) {
  std::string decoded, bare;
  if (DecodeHtmlEntities(text, decoded) > 0) text = decoded;
  AppendWithoutMarkup(text, bare);
  std::erase_if(bare, [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; });
  return bare;
}

}  // namespace

bool MarkupTwins::Repeats(std::string_view key, const element& value) {
  const std::string_view name = WithoutHtml(key);
  std::string_view marked, plain;
  if (name.empty() || value.get(marked) != simdjson::SUCCESS) return false;
  if (members_.empty()) {
    for (const auto& [other, what] : object_) members_.emplace(other, what);
  }
  const auto twin = members_.find(name);
  if (twin == members_.end() || twin->second.get(plain) != simdjson::SUCCESS || plain.empty()) return false;
  const std::string bare = BareText(plain);
  return !bare.empty() && BareText(marked).find(bare) != std::string::npos;
}

bool IsListOfStrings(const element& value) {
  simdjson::dom::array array;
  if (value.get(array) != simdjson::SUCCESS) return false;
  bool has_text = false;
  for (const element each : array) {
    std::string_view string;
    if (each.get(string) != simdjson::SUCCESS) return false;
    has_text = has_text || !string.empty();
  }
  return has_text;
}

bool HasProse(const element& value) {
  if (std::string_view string; value.get(string) == simdjson::SUCCESS) return IsProse(string);
  if (simdjson::dom::array array; value.get(array) == simdjson::SUCCESS)
    return std::any_of(array.begin(), array.end(), [](const element& each) { return HasProse(each); });
  if (simdjson::dom::object object; value.get(object) == simdjson::SUCCESS) {
    for (const auto& [key, each] : object) {
      if (HasProse(each) && !IsOtherMember(key, each)) return true;
    }
  }
  return false;
}

bool HasNamedText(const element& value) {
  if (simdjson::dom::array array; value.get(array) == simdjson::SUCCESS)
    return std::any_of(array.begin(), array.end(), [](const element& each) { return HasNamedText(each); });
  simdjson::dom::object object;
  if (value.get(object) != simdjson::SUCCESS) return false;
  return std::any_of(object.begin(), object.end(), [](const auto& member) {
    return IsTextMember(member.key, member.value) ||
           (!member.value.is_string() && !IsOtherMember(member.key, member.value) && HasNamedText(member.value));
  });
}

bool HasString(const element& value) {
  if (std::string_view string; value.get(string) == simdjson::SUCCESS) return !string.empty();
  if (simdjson::dom::array array; value.get(array) == simdjson::SUCCESS)
    return std::any_of(array.begin(), array.end(), [](const element& each) { return HasString(each); });
  if (simdjson::dom::object object; value.get(object) == simdjson::SUCCESS) {
    for (const auto& [key, each] : object) {
      if (!IsIdentity(key) && HasString(each)) return true;
    }
  }
  return false;
}

}  // namespace unecho
