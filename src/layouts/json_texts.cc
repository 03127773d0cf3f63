#include "layouts/json_texts.h"

#include <algorithm>
#include <cstddef>
#include <tuple>

#include "layouts/prose.h"

namespace unecho {
namespace {

// What a member of an object was taken by: the later is the stronger.
enum Rank : int { kByPath, kInOtherCase, kByName };

// "messages[].content" -> messages, content. Empty for a name that is no path.
std::vector<std::string> PathOf(std::string_view name) {
  std::vector<std::string> path;
  for (size_t begin = 0; begin <= name.size();) {
    const size_t end = std::min(name.find('.', begin), name.size());
    std::string_view part = name.substr(begin, end - begin);
    while (part.ends_with("[]")) part.remove_suffix(2);
    if (!part.empty()) path.emplace_back(part);
    begin = end + 1;
  }
  const bool is_name = path.size() == 1 && path[0] == name;
  return is_name ? std::vector<std::string>() : path;
}

}  // namespace

JsonTexts::JsonTexts(const LayoutOptions& options, const JsonlProfile& profile) : options_(options) {
  const auto add = [&](const std::vector<std::string>& names, bool are_paths) {
    for (const std::string& name : names) {
      fields_.push_back({.name = name,
                         .path = are_paths ? PathOf(name) : std::vector<std::string>(),
                         .place = fields_.size(),
                         .value = {}});
    }
  };
  if (!options.match_fields.empty()) {
    add(options.match_fields, true);
    return;
  }
  add(profile.title, false);
  add(profile.body, false);
  num_titles_ = profile.title.size();
  whole_.assign(profile.whole.begin(), profile.whole.end());
  for (const Field& field : fields_) of_length_[LengthOf(field.name)].push_back(static_cast<uint8_t>(field.place));
  for (const std::string_view name : whole_) has_whole_of_length_[LengthOf(name)] = true;
}

JsonTexts::Found JsonTexts::Look(const Element& value) {
  if (std::string_view string; value.get(string) == simdjson::SUCCESS)
    return string.empty() ? Found::kNoText : Found::kText;
  if (value.is_null()) return Found::kNothing;
  if (value.is_bool()) return Found::kOther;
  return value.is_number() || HasString(value) ? Found::kText : Found::kNoText;
}

void JsonTexts::Take(Field& field, uint32_t member, const Element& value, int rank) {
  if (field.found != Found::kNothing && field.rank >= rank) return;
  const Found found = Look(value);
  if (field.found != Found::kNothing && found == Found::kNothing) return;
  field.found = found;
  field.rank = rank;
  field.is_exact = rank > kByPath;
  field.member = member;
  field.value = value;
}

// The first with text; if there is none, the first that is there.
const JsonTexts::Field* JsonTexts::FirstOf(std::span<const Field> fields) {
  for (const Found found : {Found::kText, Found::kNoText}) {
    const auto first = std::ranges::find(fields, found, &Field::found);
    if (first != fields.end()) return &*first;
  }
  return nullptr;
}

void JsonTexts::AddValue(const Field& field, bool is_title) {
  const std::span<const std::string> path = field.path;
  values_.push_back({.member = field.member,
                     .path = field.is_exact ? std::span<const std::string>() : path.subspan(1),
                     .value = field.value,
                     .field = static_cast<uint8_t>(field.place),
                     .is_title = is_title});
}

// All that the object says but for its title. False if that is nothing.
bool JsonTexts::AddAll(const simdjson::dom::object& object, const Field* title) {
  const size_t first = values_.size();
  bool has_string = false;
  uint32_t i = 0;
  for (const auto& [key, value] : object) {
    const uint32_t member = i++;
    if (IsIdentity(key) || IsNamed(key) || (title != nullptr && member == title->member)) continue;
    if (Look(value) != Found::kText) continue;
    has_string = has_string || HasString(value);
    values_.push_back({.member = member, .path = {}, .value = value});
  }
  if (has_string) return true;
  values_.resize(first);
  return false;
}

// Its texts, but for the title.
void JsonTexts::AddTexts(const simdjson::dom::object& object, const Field* title, bool beside_text) {
  bool has_text_inside = false;
  MarkupTwins twins(object);
  uint32_t i = 0;
  for (const auto& [key, value] : object) {
    const uint32_t member = i++;
    const Field* const known = known_[member];
    if (known != nullptr && known->member != member) continue;  // the name has come before
    if (title != nullptr && member == title->member) continue;
    const bool is_body = IsBody(member);
    if (!is_body && (IsNamed(key) || IsOtherMember(key, value, beside_text))) continue;
    if (twins.Repeats(key, value)) continue;
    const bool is_inside = (value.is_array() || value.is_object()) && !IsListOfStrings(value);
    if (!is_body && is_inside) {
      has_text_inside = has_text_inside || HasProse(value) || (!beside_text && HasNamedText(value));
    }
    const bool may_be_text =
        is_body || (value.is_string() ? IsTextMember(key, value) || HasProse(value) : HasString(value));
    if (may_be_text) {
      values_.push_back({.member = member,
                         .path = {},
                         .value = value,
                         .skips_other = !is_body,
                         .needs_text_inside = !is_body && is_inside});
    }
  }
  if (!has_text_inside) std::erase_if(values_, [](const Value& each) { return each.needs_text_inside; });
  DropTeasers();
}

// Strings that another one holds as they stand.
void JsonTexts::DropTeasers() {
  const auto is_title = [](const Value& value) { return value.is_title; };
  const auto first = std::ranges::find_if_not(values_, is_title);
  if (values_.end() - first < 2) return;
  std::vector<std::string_view> texts;
  for (auto value = first; value != values_.end(); ++value) {
    std::string_view string;
    texts.push_back(value->value.get(string) == simdjson::SUCCESS ? string : std::string_view());
  }
  const std::vector<bool> teasers = TeasersOf(texts);
  size_t i = 0;
  values_.erase(std::remove_if(first, values_.end(), [&](const Value&) { return teasers[i++]; }), values_.end());
}

std::vector<uint8_t> JsonTexts::FieldsOfEach() const {
  std::vector<uint8_t> fields;
  for (const Value& each : values_) {
    const auto visit = [&](const Element&, NoCompanion) { fields.push_back(each.field); };
    if (each.path.empty() && each.value.is_string())
      fields.push_back(each.field);  // even if it is empty
    else
      Walk(each.value, each.path, NoCompanion(), each.skips_other, visit);
  }
  return fields;
}

bool JsonTexts::IsBody(uint32_t member) const {
  const Field* const known = known_[member];
  return known != nullptr && known->place >= num_titles_ && known->found == Found::kText;
}

void JsonTexts::TakeByName(std::string_view key, uint32_t member, const Element& value) {
  for (Field& field : fields_) {
    if (key == field.name) {
      known_.back() = &field;
      Take(field, member, value, kByName);
    } else if (IsCalled(key, field.name)) {
      Take(field, member, value, kInOtherCase);
    } else if (!field.path.empty() && IsCalled(key, field.path.front())) {
      Take(field, member, value, kByPath);
    }
  }
}

// Whether it says that all of the object is its text. Most members have not even the length of a name of the profile.
bool JsonTexts::TakeByProfile(std::string_view key, uint32_t member, const Element& value) {
  const size_t length = LengthOf(key);
  for (const uint8_t place : of_length_[length]) {
    Field& field = fields_[place];
    if (key != field.name) continue;
    known_.back() = &field;
    Take(field, member, value, kByName);
  }
  return has_whole_of_length_[length] && std::ranges::find(whole_, key) != whole_.end() && Look(value) == Found::kText;
}

Reason JsonTexts::Choose(const simdjson::dom::object& object) {
  for (Field& field : fields_) field.found = Found::kNothing;
  values_.clear();
  known_.clear();
  title_ = {};
  has_mark_ = false;
  bool is_whole = false;
  const bool by_name = !options_.match_fields.empty();
  uint32_t i = 0;
  for (const auto& [key, value] : object) {
    if (title_.data() == nullptr && key == "title") std::ignore = value.get(title_);
    has_mark_ |= key == "unecho";
    known_.push_back(nullptr);
    if (by_name)
      TakeByName(key, i, value);
    else
      is_whole |= TakeByProfile(key, i, value);
    ++i;
  }
  const Reason reason = by_name ? ChooseByName() : ChooseByProfile(object, is_whole);
  compared_.assign(known_.size(), Compared::kNot);
  for (const Value& each : values_) {
    Compared& compared = compared_[each.member];
    if (compared == Compared::kNot) compared = each.skips_other ? Compared::kText : Compared::kAll;
  }
  return reason;
}

Reason JsonTexts::ChooseByName() {
  for (const Field& field : fields_) {
    if (field.found == Found::kNothing) continue;
    if (!field.is_exact) {
      bool is_there = false;
      const auto visit = [&](const Element&, NoCompanion) { is_there = true; };
      Walk(field.value, std::span(field.path).subspan(1), NoCompanion(), false, visit);
      if (!is_there) continue;
    } else if (field.found == Found::kOther) {
      return Reason::kFieldNotString;
    }
    if (field.place < Batch::kIdName) seen_names_ |= uint64_t{1} << field.place;
    AddValue(field, field.is_exact && field.name == "title" && field.value.is_string());
  }
  return values_.empty() ? Reason::kNoMatchField : Reason::kNone;
}

// The first string that is a title by its name.
bool JsonTexts::FindTitle(const simdjson::dom::object& object) {
  uint32_t i = 0;
  for (const auto& [key, value] : object) {
    const uint32_t member = i++;
    if (!value.is_string() || !IsTitleName(key) || IsNamed(key) || Look(value) != Found::kText) continue;
    if (!HasTextBeside(object, key)) return false;
    named_title_.found = Found::kText;
    named_title_.is_exact = true;
    named_title_.member = member;
    named_title_.value = value;
    return true;
  }
  return false;
}

bool JsonTexts::HasTextName(const simdjson::dom::object& object) {
  return std::any_of(object.begin(), object.end(),
                     [](const auto& member) { return IsTextMember(member.key, member.value); });
}

Reason JsonTexts::ChooseByProfile(const simdjson::dom::object& object, bool is_whole) {
  const std::span<const Field> fields = fields_;
  const Field* title = FirstOf(fields.first(num_titles_));
  if ((title == nullptr || title->found != Found::kText) && FindTitle(object)) title = &named_title_;
  const Field* const body = FirstOf(fields.subspan(num_titles_));
  const bool has_title = title != nullptr && title->found == Found::kText;
  const bool has_body = body != nullptr && body->found == Found::kText;
  if (has_title) AddValue(*title, true);
  const bool has_named_text = has_body || HasTextName(object);
  const bool has_text = has_title || has_named_text;
  if ((is_whole || !has_text) && AddAll(object, has_title ? title : nullptr)) return Reason::kNone;
  const size_t first = values_.size();
  if (has_text) AddTexts(object, has_title ? title : nullptr, has_named_text);
  if (values_.size() > first) return Reason::kNone;
  if (body != nullptr && body->found != Found::kOther) AddValue(*body, false);
  if (values_.empty() && title != nullptr) AddValue(*title, true);
  return values_.empty() ? Reason::kNoMatchField : Reason::kNone;
}

}  // namespace unecho
