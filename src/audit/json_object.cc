#include "audit/json_object.h"

#include <simdjson.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "layouts/field_names.h"
#include "text/html_entities.h"
#include "text/json_memory.h"
#include "text/malformed_bytes.h"
#include "text/markup.h"

namespace unecho {
namespace {

constexpr std::string_view kJsonSpace = " \t\r\n";
constexpr size_t kMostTexts = 64;  // more are not looked through for teasers

size_t SkipSpace(std::string_view json, size_t at) {
  return std::min(json.find_first_not_of(kJsonSpace, at), json.size());
}

// `json[at]` is the quote that opens a string; gives the byte behind the one that closes it.
size_t SkipString(std::string_view json, size_t at) {
  const char quote = json[at];
  for (++at; at < json.size() && json[at] != quote; ++at) {
    if (json[at] == '\\') ++at;
  }
  return at + 1;
}

bool IsBracket(char c, std::string_view brackets) { return brackets.find(c) != std::string_view::npos; }

// Behind what begins at `at`: a value, or a name.
size_t SkipValue(std::string_view json, size_t at, char end = ',') {
  for (int depth = 0; at < json.size();) {
    const char c = json[at];
    if (c == '"' || c == '\'') {
      at = SkipString(json, at);
      continue;
    }
    if (IsBracket(c, "{[(")) ++depth;
    if (depth == 0 && (c == end || IsBracket(c, "}])"))) break;
    if (IsBracket(c, "}])")) --depth;
    ++at;
  }
  return at;
}

std::string_view TrimEnd(std::string_view text) {
  const size_t last = text.find_last_not_of(kJsonSpace);
  return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

// "a.b[].c" -> a, b, c; nothing for a plain name.
std::vector<std::string> Path(const std::string& field) {
  std::vector<std::string> path(1);
  for (const char c : field) {
    if (c == '.')
      path.emplace_back();
    else
      path.back() += c;
  }
  for (std::string& name : path) {
    while (name.ends_with("[]")) name.resize(name.size() - 2);
  }
  std::erase(path, "");
  return path.size() == 1 && path[0] == field ? std::vector<std::string>() : path;
}

// Eight words, or thirty letters that are written without blanks.
bool IsProse(const std::string& text) {
  size_t num_words = 0;
  for (size_t at = text.find_first_not_of(kJsonSpace); at != std::string::npos; ++num_words) {
    at = text.find_first_of(kJsonSpace, at);
    if (at != std::string::npos) at = text.find_first_not_of(kJsonSpace, at);
  }
  const auto letters = std::ranges::count_if(text, [](char c) {
    const int byte = static_cast<unsigned char>(c);
    return byte >= 0xE0 && byte != 0xE2;
  });
  return num_words >= 8 || letters >= 30;
}

// Does `text` say what `teaser` says, but for dots at its end, or as prose? Looked for where its first 64 bytes come
// first.
bool IsTeaser(std::string teaser, const std::string& text, bool comes_later) {
  bool has_dots = false;
  for (const std::string dots : {"[...]", "...", "[\u2026]", "\u2026"}) {
    if (!teaser.ends_with(dots)) continue;
    teaser.resize(teaser.size() - dots.size());
    has_dots = true;
    break;
  }
  while (!teaser.empty() && (teaser.back() == ' ' || teaser.back() == '\n')) teaser.pop_back();
  if (teaser.empty()) return false;
  if (teaser.size() == text.size()) return teaser == text && comes_later;
  const size_t at = text.find(teaser.substr(0, 64));
  return at != std::string::npos && text.compare(at, teaser.size(), teaser) == 0 && (has_dots || IsProse(teaser));
}

}  // namespace

std::vector<RawMember> RawMembers(std::string_view json) {
  std::vector<RawMember> members;
  if (json.empty()) return members;
  const bool has_names = json[SkipSpace(json, 0)] == '{';
  size_t at = SkipSpace(json, std::min(json.find_first_of("{[("), json.size()) + 1);
  while (at < json.size() && !IsBracket(json[at], "}])")) {
    const size_t name_end = has_names ? SkipValue(json, at, ':') : at;
    const bool is_named = name_end < json.size() && json[name_end] == ':';
    const size_t value = is_named ? SkipSpace(json, name_end + 1) : at;  // not so in a set of Python's
    const size_t end = SkipValue(json, value);
    const std::string_view trimmed = TrimEnd(json.substr(value, end - value));
    members.push_back({json.substr(at, value + trimmed.size() - at), TrimEnd(json.substr(at, name_end - at)), trimmed});
    at = SkipSpace(json, end + 1);  // over the comma or the bracket
  }
  return members;
}

bool IsNameFor(std::string_view name, std::string_view asked) {
  return absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(Abs(name)), Abs(asked));
}

Reason ObjectTexts::ByName(const std::vector<std::string>& fields) {
  bool is_there = false;
  size_t first_text = 0;
  for (size_t place = 0; place < fields.size(); ++place) {
    const std::string& field = fields[place];
    if (place > 0) {
      for (; first_text < texts_.size(); ++first_text) texts_[first_text].field = place - 1;
    }
    if (const Member* const member = FindAsked(field)) {
      if (member->json == "true" || member->json == "false") return Reason::kFieldNotString;
      is_there = true;
      Append(*member, field == "title" && member->is_string());
      continue;
    }
    std::vector<std::string> path = Path(field);
    const auto first = std::ranges::find_if(members_, [&](const Member& member) {
      return !path.empty() && IsNameFor(member.name, path[0]) && member.json != "null";
    });
    if (first == members_.end()) continue;
    std::vector<Text> texts;
    Collect(*first, std::span(path).subspan(1), Skip::kIdentity, texts);
    is_there = is_there || !texts.empty();
    std::ranges::move(texts, std::back_inserter(texts_));
  }
  for (; first_text < texts_.size(); ++first_text) texts_[first_text].field = fields.size() - 1;
  return is_there ? Reason::kNone : Reason::kNoMatchField;
}

Reason ObjectTexts::ByProfile(const JsonlProfile& profile) {
  const Member* title = FirstOf(profile.title);
  const Member* const body = FirstOf(profile.body);
  if (title == nullptr || !SaysSomething(*title)) {
    const auto named = std::ranges::find_if(members_, [&](const Member& member) {
      return member.is_string() && member.json != "\"\"" && IsTitleName(member.name) && !IsNamed(member);
    });
    const bool has_text_beside =
        named != members_.end() && std::ranges::any_of(members_, [&](const Member& member) {
          const bool is_text = member.is_string() && member.json != "\"\"" && IsTextName(member.name);
          return member.name != named->name && (is_text || (!IsOther(member) && HasProse(member)));
        });
    if (has_text_beside) title = &*named;
  }
  const bool has_title = title != nullptr && SaysSomething(*title);
  const bool has_body = body != nullptr && SaysSomething(*body);
  const bool is_whole = std::ranges::any_of(profile.whole, [&](const std::string& name) {
    return std::ranges::any_of(members_,
                               [&](const Member& member) { return member.name == name && SaysSomething(member); });
  });
  if (has_title) Append(*title, true);
  const bool has_named_text = has_body || std::ranges::any_of(members_, [](const Member& member) {
                                return member.is_string() && member.json != "\"\"" && IsTextName(member.name);
                              });
  const bool has_text = has_title || has_named_text;
  if ((is_whole || !has_text) && AppendAll(has_title ? title : nullptr)) return Reason::kNone;
  if (has_text) {
    const size_t before = texts_.size();
    AppendTexts(profile, has_title ? title : nullptr, has_named_text);
    if (texts_.size() > before) return Reason::kNone;
  }
  if (body != nullptr) Append(*body, false);
  if (body == nullptr && !has_title && title != nullptr) Append(*title, true);
  return body == nullptr && title == nullptr ? Reason::kNoMatchField : Reason::kNone;
}

std::string ObjectTexts::Unescaped(std::string_view json) {
  simdjson::dom::parser parser;
  simdjson::dom::element value;
  std::string_view text;
  if (!IsParsed(parser, parser.parse(json.data(), json.size(), true).get(value))) return {};
  return value.get(text) == simdjson::SUCCESS ? std::string(text) : simdjson::minify(value);
}

uint64_t ObjectTexts::LeftOutBytes() const {
  const auto bytes_of = [](const std::string& text) {
    std::string bytes;
    AppendWithLettersAsBytes(text, bytes);
    return bytes.size();
  };
  std::vector<Text> all;
  for (const Member& member : members_) Collect(member, {}, Skip::kNothing, all);
  std::set<const char*> compared;
  for (const Text& each : texts_) compared.insert(each.json.data());
  uint64_t bytes = 0;
  for (const Text& each : all) {
    if (each.is_string && !compared.contains(each.json.data())) bytes += bytes_of(each.text);
  }
  return bytes;
}

std::vector<ObjectTexts::Member> ObjectTexts::Inside(std::string_view json, std::string_view written) {
  const std::vector<RawMember> raw = RawMembers(json), original = RawMembers(written);
  std::vector<Member> members;
  for (size_t i = 0; i < raw.size(); ++i) {
    members.push_back({raw[i].name.empty() ? std::string() : Unescaped(raw[i].name), raw[i].value,
                       original.size() == raw.size() ? original[i].value : std::string_view()});
  }
  return members;
}

bool ObjectTexts::IsOther(const Member& member, bool beside_text) {
  const bool is_no_text = IsNoText(member.name) && !(MayHoldText(member.name, member.is_string()) && HasProse(member));
  return IsIdentity(member.name) || is_no_text || (beside_text && member.is_string() && IsRemark(member.name));
}

// Strings with something in them, and numbers.
void ObjectTexts::Collect(const Member& value, std::span<const std::string> path, Skip skip, std::vector<Text>& texts) {
  const char first = value.json[0];
  if (value.is_container()) {
    for (const Member& member : Inside(value.json, value.written)) {
      const bool is_step = first == '{' && !path.empty();
      if (is_step && !IsNameFor(member.name, path[0])) continue;
      const bool is_skipped = first == '{' && !is_step && skip != Skip::kNothing &&
                              (IsIdentity(member.name) || (skip == Skip::kOther && IsOther(member)));
      if (!is_skipped) Collect(member, path.subspan(is_step ? 1 : 0), skip, texts);
      if (is_step) break;
    }
  } else if (path.empty() &&
             (first == '"' || (skip != Skip::kOther && (first == '-' || (first >= '0' && first <= '9'))))) {
    std::string text = Unescaped(value.json);
    if (!text.empty()) {
      texts.push_back(
          {.text = std::move(text), .json = value.json, .written = value.written, .is_string = value.is_string()});
    }
  }
}

// What an option means by the name: written exactly so, or else in another case.
const ObjectTexts::Member* ObjectTexts::FindAsked(std::string_view name) const {
  if (const Member* const exact = FindValue(name)) return exact;
  const auto found = std::ranges::find_if(
      members_, [&](const Member& member) { return IsNameFor(member.name, name) && member.json != "null"; });
  return found == members_.end() ? nullptr : &*found;
}

// null is nothing: another member of that name counts.
const ObjectTexts::Member* ObjectTexts::FindValue(std::string_view name) const {
  const auto found = std::ranges::find_if(
      members_, [&](const Member& member) { return member.name == name && member.json != "null"; });
  return found == members_.end() ? nullptr : &*found;
}

// A string or number; in a list or an object, a string.
bool ObjectTexts::SaysSomething(const Member& member) {
  std::vector<Text> texts;
  Collect(member, {}, Skip::kIdentity, texts);
  return std::ranges::any_of(texts, [&](const Text& text) { return text.is_string || !member.is_container(); });
}

bool ObjectTexts::IsListOfStrings(const Member& member) {
  if (member.json[0] != '[') return false;
  const std::vector<Member> inside = Inside(member.json, member.json);
  return std::ranges::all_of(inside, &Member::is_string) &&
         std::ranges::any_of(inside, [](const Member& each) { return each.json != "\"\""; });
}

bool ObjectTexts::HasProse(const Member& member) {
  std::vector<Text> texts;
  Collect(member, {}, Skip::kOther, texts);
  return std::ranges::any_of(texts, [](const Text& each) { return each.is_string && IsProse(each.text); });
}

// In some list or object: a string whose name says that it is a text.
bool ObjectTexts::HasNamedText(const Member& value) {
  return value.is_container() && std::ranges::any_of(Inside(value.json, value.json), [&](const Member& member) {
           const bool is_named = value.json[0] == '{';
           if (member.is_string()) return is_named && member.json != "\"\"" && IsTextName(member.name);
           return (!is_named || !IsOther(member)) && HasNamedText(member);
         });
}

// title_html beside title: what it says without mark-up and blanks is in it.
bool ObjectTexts::RepeatsWithMarkup(const Member& member) const {
  const auto bare = [](const Member& each) {
    std::string text = Unescaped(each.json), decoded, out;
    if (DecodeHtmlEntities(text, decoded) > 0) text = decoded;
    AppendWithoutMarkup(text, out);
    std::erase_if(out, [](char c) { return kJsonSpace.find(c) != kJsonSpace.npos; });
    return out;
  };
  const std::string_view name = WithoutHtml(member.name);
  if (name.empty() || !member.is_string()) return false;
  if (by_name_.empty()) {
    for (const Member& each : members_) {
      if (each.json != "null") by_name_.emplace(each.name, &each);
    }
  }
  const auto plain = by_name_.find(name);
  if (plain == by_name_.end() || !plain->second->is_string()) return false;
  const std::string text = bare(*plain->second);
  return !text.empty() && bare(member).find(text) != std::string::npos;
}

const ObjectTexts::Member* ObjectTexts::FirstOf(const std::vector<std::string>& names) const {
  const Member* first = nullptr;
  for (const std::string& name : names) {
    const Member* const member = FindValue(name);
    if (member == nullptr || member->json == "true" || member->json == "false") continue;
    if (SaysSomething(*member)) return member;
    if (first == nullptr) first = member;
  }
  return first;
}

void ObjectTexts::Append(const Member& member, bool is_title, Skip skip) {
  const size_t first = texts_.size();
  if (member.json == "\"\"")
    texts_.push_back({.text = {}, .json = member.json, .written = member.written});
  else
    Collect(member, {}, skip, texts_);
  if (texts_.size() > first) texts_[first].is_title = is_title;
}

bool ObjectTexts::IsNamed(const Member& member) const {
  return IsNameFor(member.name, options_.segment.id_field) || IsNameFor(member.name, options_.segment.order_field);
}

bool ObjectTexts::AppendAll(const Member* title) {
  bool has_string = false;
  const size_t first = texts_.size();
  for (const Member& member : members_) {
    if (&member == title || IsIdentity(member.name) || IsNamed(member) || !SaysSomething(member)) continue;
    has_string |= member.is_container() || member.is_string();
    Append(member, false);
  }
  if (!has_string) texts_.resize(first);
  return has_string;
}

// The known texts, strings that are prose, and lists and objects if one of them has prose or, where nothing beside them
// is a text by its name, a string that is one; no teasers.
void ObjectTexts::AppendTexts(const JsonlProfile& profile, const Member* title, bool beside_text) {
  const auto is_known = [](const std::vector<std::string>& names, const Member& member) {
    return std::ranges::find(names, member.name) != names.end();
  };
  std::vector<const Member*> taken;
  std::vector<const Member*> inside;
  bool has_text_inside = false;
  for (const Member& member : members_) {
    const bool is_body = is_known(profile.body, member);
    if ((is_body || is_known(profile.title, member)) && FindValue(member.name) != &member) continue;
    if (&member == title || RepeatsWithMarkup(member)) continue;
    if (is_body && SaysSomething(member)) {
      taken.push_back(&member);
    } else if (!IsOther(member, beside_text) && !IsNamed(member)) {
      const bool is_text = member.is_string() && member.json != "\"\"" && IsTextName(member.name);
      if (member.is_container() ? SaysSomething(member) : is_text || HasProse(member)) taken.push_back(&member);
      if (!member.is_container() || IsListOfStrings(member)) continue;
      inside.push_back(&member);
      has_text_inside |= HasProse(member) || (!beside_text && HasNamedText(member));
    }
  }
  std::vector<std::string> strings;
  if (!has_text_inside) {
    std::erase_if(taken, [&](const Member* member) { return std::ranges::find(inside, member) != inside.end(); });
  }
  for (const Member* const member : taken) strings.push_back(member->is_string() ? Unescaped(member->json) : "");
  for (size_t i = 0; i < taken.size(); ++i) {
    bool is_teaser = false;
    for (size_t j = 0; j < taken.size() && taken.size() <= kMostTexts; ++j)
      is_teaser |= i != j && IsTeaser(strings[i], strings[j], i > j);
    if (!is_teaser) Append(*taken[i], false, is_known(profile.body, *taken[i]) ? Skip::kIdentity : Skip::kOther);
  }
}

}  // namespace unecho
