#include "layouts/json_texts.h"

#include <algorithm>
#include <cstddef>
#include <tuple>

namespace unecho {
namespace {

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

void ListMembers(const simdjson::dom::object& object, Batch& batch, Record& record) {
  record.first_field = static_cast<uint32_t>(batch.fields.size());
  for (const auto& [key, value] : object) {
    std::string_view string;
    const bool is_string = value.get(string) == simdjson::SUCCESS;
    const std::string_view name = batch.arena.Copy(key);
    batch.fields.push_back({name, batch.arena.Copy(is_string ? std::string(string) : simdjson::minify(value))});
  }
  record.num_fields = static_cast<uint32_t>(batch.fields.size()) - record.first_field;
}

JsonTexts::JsonTexts(const LayoutOptions& options, const JsonlProfile& profile) : options_(options) {
  const auto add = [&](const std::vector<std::string>& names, bool are_paths) {
    for (const std::string& name : names) {
      fields_.push_back({.name = name, .path = are_paths ? PathOf(name) : std::vector<std::string>(), .value = {}});
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
}

bool JsonTexts::IsIdentity(std::string_view key) {
  for (const std::string_view name : {"id", "ID", "uuid", "guid", "index", "idx", "unecho"}) {
    if (key == name) return true;
  }
  return key.ends_with("_id") || key.ends_with("Id");
}

bool JsonTexts::HasString(const Element& value, std::ptrdiff_t words) {
  if (std::string_view string; value.get(string) == simdjson::SUCCESS)
    return !string.empty() && std::ranges::count(string, ' ') >= words - 1;
  if (simdjson::dom::array array; value.get(array) == simdjson::SUCCESS) {
    return std::any_of(array.begin(), array.end(), [&](const Element& each) { return HasString(each, words); });
  }
  if (simdjson::dom::object object; value.get(object) == simdjson::SUCCESS) {
    for (const auto& [key, each] : object) {
      if (!IsIdentity(key) && HasString(each, words)) return true;
    }
  }
  return false;
}

JsonTexts::Found JsonTexts::Look(const Element& value) {
  if (std::string_view string; value.get(string) == simdjson::SUCCESS)
    return string.empty() ? Found::kNoText : Found::kText;
  if (value.is_null()) return Found::kNothing;
  if (value.is_bool()) return Found::kOther;
  return value.is_number() || HasString(value) ? Found::kText : Found::kNoText;
}

void JsonTexts::Take(Field& field, uint32_t member, const Element& value, bool is_exact) {
  if (field.found != Found::kNothing && (field.is_exact || !is_exact)) return;
  field.found = Look(value);
  field.is_exact = is_exact;
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
                     .is_title = is_title});
}

// All that the object says. Beside a title that is what its lists and objects do, if there is prose in one; or, if the
// object is a whole, all the rest of it. False if that is nothing.
bool JsonTexts::AddAll(const simdjson::dom::object& object, const Field* title, bool is_whole) {
  const size_t first = values_.size();
  const bool only_inside = title != nullptr && !is_whole;
  bool has_string = false, has_prose = false;
  uint32_t i = 0;
  for (const auto& [key, value] : object) {
    const uint32_t member = i++;
    if (IsIdentity(key) || key == options_.id_field || key == options_.order_field) continue;
    if (title != nullptr && member == title->member) continue;
    if (only_inside && !value.is_array() && !value.is_object()) continue;
    if (Look(value) != Found::kText) continue;
    has_string = has_string || HasString(value);
    has_prose = has_prose || !only_inside || HasString(value, kProseWords);
    values_.push_back({.member = member, .path = {}, .value = value, .is_title = false});
  }
  if (has_string && has_prose) return true;
  values_.resize(first);
  return false;
}

Reason JsonTexts::Choose(const simdjson::dom::object& object) {
  for (Field& field : fields_) field.found = Found::kNothing;
  values_.clear();
  title_ = {};
  bool is_whole = false;
  uint32_t i = 0;
  for (const auto& [key, value] : object) {
    if (title_.data() == nullptr && key == "title") std::ignore = value.get(title_);
    for (Field& field : fields_) {
      if (key == field.name)
        Take(field, i, value, true);
      else if (!field.path.empty() && key == field.path.front())
        Take(field, i, value, false);
    }
    for (const std::string_view name : whole_) {
      if (key == name) is_whole = is_whole || Look(value) == Found::kText;
    }
    ++i;
  }
  return options_.match_fields.empty() ? ChooseByProfile(object, is_whole) : ChooseByName();
}

Reason JsonTexts::ChooseByName() {
  for (const Field& field : fields_) {
    if (field.found == Found::kNothing) continue;
    if (!field.is_exact) {
      bool is_there = false;
      const auto visit = [&](const Element&, NoCompanion) { is_there = true; };
      Walk(field.value, std::span(field.path).subspan(1), NoCompanion(), visit);
      if (!is_there) continue;
    } else if (field.found == Found::kOther) {
      return Reason::kFieldNotString;
    }
    AddValue(field, field.is_exact && field.name == "title" && field.value.is_string());
  }
  return values_.empty() ? Reason::kNoMatchField : Reason::kNone;
}

Reason JsonTexts::ChooseByProfile(const simdjson::dom::object& object, bool is_whole) {
  const std::span<const Field> fields = fields_;
  const Field* const title = FirstOf(fields.first(num_titles_));
  const Field* const body = FirstOf(fields.subspan(num_titles_));
  const bool has_title = title != nullptr && title->found == Found::kText;
  const bool has_body = body != nullptr && body->found == Found::kText;
  if (has_title) AddValue(*title, true);
  if ((is_whole || !has_body) && AddAll(object, has_title ? title : nullptr, is_whole)) return Reason::kNone;
  if (body != nullptr && body->found != Found::kOther) AddValue(*body, false);
  if (values_.empty() && title != nullptr) AddValue(*title, true);
  return values_.empty() ? Reason::kNoMatchField : Reason::kNone;
}

}  // namespace unecho
