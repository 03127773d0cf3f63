#include "options/sameness.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "text/scan.h"

namespace unecho {
namespace {

AskedField FieldOf(std::string_view text) {
  text = TrimBlanks(text);
  if (const size_t colon = text.rfind(':'); colon != std::string_view::npos) {
    if (const auto normaliser = NormaliserByName(text.substr(colon + 1)))
      return {std::string(TrimBlanks(text.substr(0, colon))), *normaliser};
  }
  return {std::string(text), NormaliserFor(text)};
}

std::vector<AskedField> FieldsOf(std::string_view list) {
  std::vector<AskedField> fields;
  for (size_t begin = 0; begin <= list.size();) {
    const size_t end = std::min(list.find(',', begin), list.size());
    fields.push_back(FieldOf(list.substr(begin, end - begin)));
    begin = end + 1;
  }
  return fields;
}

size_t Ask(AskedField field, std::string_view option, Sameness& sameness) {
  sameness.fields.push_back(std::move(field));
  sameness.options.emplace_back(option);
  return sameness.fields.size() - 1;
}

}  // namespace

Sameness SamenessOf(const AnswerOptions& answer) {
  Sameness sameness;
  for (const std::string& text : answer.keys) {
    Sameness::Key key;
    for (AskedField& field : FieldsOf(text)) {
      key.name += (key.fields.empty() ? "" : ",") + field.name;
      key.fields.push_back(Ask(std::move(field), "--key", sameness));
    }
    sameness.keys.push_back(std::move(key));
  }
  for (const std::string& text : answer.differ) sameness.differ.push_back(Ask(FieldOf(text), "--differ", sameness));
  if (!answer.within.empty()) sameness.within.push_back(Ask(FieldOf(answer.within), "--within", sameness));
  return sameness;
}

std::vector<std::string> Sameness::ApartNames() const {
  std::vector<std::string> names;
  for (const auto* places : {&differ, &within}) {
    for (const size_t place : *places) names.push_back(fields[place].name);
  }
  return names;
}

absl::Status CheckSameness(const AnswerOptions& answer) {
  const Sameness sameness = SamenessOf(answer);
  for (size_t i = 0; i < sameness.fields.size(); ++i) {
    if (!sameness.fields[i].name.empty()) continue;
    return absl::InvalidArgumentError(
        absl::StrFormat("%s: a field has no name; give the names of fields, with commas between them and no blanks",
                        sameness.options[i]));
  }
  if (sameness.fields.size() > Sameness::kMostFields) {
    return absl::InvalidArgumentError(absl::StrFormat("--key, --differ and --within name %d fields; %d are the most",
                                                      sameness.fields.size(), Sameness::kMostFields));
  }
  for (size_t i = 0; i < sameness.keys.size(); ++i) {
    const auto first = std::ranges::find(sameness.keys, sameness.keys[i].name, &Sameness::Key::name);
    if (first == sameness.keys.begin() + static_cast<std::ptrdiff_t>(i)) continue;
    return absl::InvalidArgumentError(
        absl::StrFormat("--key %s is given twice: the provenance could not say which of the two it was; leave one out",
                        sameness.keys[i].name));
  }
  return absl::OkStatus();
}

}  // namespace unecho
