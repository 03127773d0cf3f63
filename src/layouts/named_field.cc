#include "layouts/named_field.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "text/scan.h"
#include "unecho/layouts.h"

namespace unecho {

namespace {

// Nearly no name has blanks at its ends, and it is asked for every field of every record.
bool MayHaveBlanks(std::string_view name) {
  const auto may_be_blank = [](char c) { return static_cast<unsigned char>(c - '!') > '~' - '!'; };
  return !name.empty() && (may_be_blank(name.front()) || may_be_blank(name.back()));
}

}  // namespace

bool IsCalled(std::string_view name, std::string_view asked) {
  if (asked.empty() || name.size() < asked.size()) return name == asked;
  if (name.size() > asked.size() && !MayHaveBlanks(name)) return false;
  return name == asked || absl::EqualsIgnoreCase(Abs(TrimBlanks(name)), Abs(asked));
}

WrittenName::WrittenName(std::string_view written) : name(written.substr(0, written.find(' '))) {
  ending = written.substr(name.size());
}

WrittenName WrittenName::AsItIs(std::string_view name) {
  WrittenName all("");
  all.name = name;
  return all;
}

std::span<const std::string> WrittenNames(const Batch& batch, std::string_view asked) {
  if (batch.layout == nullptr) return {};
  for (const StandardName& each : batch.layout->profile().names) {
    if (IsCalled(each.name, asked)) return each.written;
  }
  return {};
}

namespace {

bool HasValue(const NamedField& field) {
  if (field.is_json && (field.value == "null" || field.value == "[]" || field.value == "{}")) return false;
  return !TrimBlanks(field.value).empty();
}

}  // namespace

FoundField FindField(const Batch& batch, const Record& record, std::string_view asked) {
  const std::span<const NamedField> fields = batch.FieldsOf(record);
  const NamedField* silent = nullptr;  // the first that is called so and says nothing
  const auto says = [&silent](const NamedField& field) {
    if (silent == nullptr) silent = &field;
    return HasValue(field);
  };
  for (const NamedField& field : fields) {
    if (field.name == asked && says(field)) return {&field, field.value};
  }
  for (const NamedField& field : fields) {
    if (IsCalled(field.name, asked) && says(field)) return {&field, field.value};
  }
  for (const std::string& each : WrittenNames(batch, asked)) {
    const WrittenName written(each);
    const auto found =
        std::ranges::find_if(fields, [&](const NamedField& field) { return written.Fits(field) && says(field); });
    if (found != fields.end()) return {&*found, found->value.substr(0, found->value.size() - written.ending.size())};
  }
  return silent == nullptr ? FoundField{} : FoundField{silent, silent->value};
}

StandardNames::StandardNames(const Layout* layout) {
  if (layout == nullptr || layout->profile().pattern.tag.empty()) return;
  for (const StandardName& each : layout->profile().names) {
    for (const std::string& written : each.written) names_.try_emplace(WrittenName(written).name, each.name);
  }
}

std::string_view StandardNames::Of(std::string_view tag) const {
  if (names_.empty()) return tag;
  const auto found = names_.find(tag);
  return found == names_.end() ? std::string_view() : found->second;
}

}  // namespace unecho
