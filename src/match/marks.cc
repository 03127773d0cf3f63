#include "match/marks.h"

#include <simdjson.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "base/batch.h"
#include "layouts/named_field.h"
#include "text/json_memory.h"
#include "text/json_path.h"
#include "text/scan.h"

namespace unecho {
namespace {

// 0 is kept for what is not there.
uint64_t Mark(std::string_view value) { return std::max<uint64_t>(1, Hash64(value)); }

// visit(text) for each value that the field has; false if there is none that is meant. A list is all that is in it,
// and so is what a path finds in several objects; null is none.
template <typename Visit>
bool ForEachValue(const Batch& batch, const Record& record, std::string_view name, Visit&& visit) {
  thread_local simdjson::dom::parser parser;
  const auto parse = [](std::string_view json, simdjson::dom::element& value) {
    RequireMemoryForJson(json);
    return IsParsed(parser, parser.parse(json.data(), json.size(), /*realloc_if_needed=*/true).get(value));
  };
  const auto visit_element = [&](const simdjson::dom::element& value) {
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) return visit(text);
    visit(simdjson::minify(value));
  };
  const auto use = [&](const FoundField& found) {
    simdjson::dom::element list;
    if (found.field->is_json && found.value.starts_with('[') && parse(found.value, list))
      ForEachValueIn(list, visit_element);
    else if (!found.field->is_json || found.value != "null")
      visit(found.value);
    return true;
  };
  if (const FoundField found = FindField(batch, record, name); found.field != nullptr) return use(found);
  if (const std::string_view bare = WithoutListMark(name); bare.size() < name.size()) {
    if (const FoundField found = FindField(batch, record, bare); found.field != nullptr) return use(found);
  }
  for (size_t end = name.find_first_of(kPathSeparators); end != name.npos;
       end = name.find_first_of(kPathSeparators, end + 1)) {
    const std::string_view head = name.substr(0, end), bare = WithoutListMark(head);
    for (const NamedField& each : batch.FieldsOf(record)) {
      if (!each.is_json || (!IsCalled(each.name, head) && !IsCalled(each.name, bare))) continue;
      simdjson::dom::element value;
      if (parse(each.value, value) && ForEachValueAt(value, name.substr(end + 1), visit_element)) return true;
    }
  }
  return false;
}

// What a record says in a field, as it is compared.
struct Said {
  std::string values;       // each as its normaliser leaves it, one behind the other; empty: there is none
  std::string placeholder;  // the first of those that stand for none
};

// Behind a value that another follows: no byte of UTF-8, so that it counts where one ends.
constexpr char kNextValue = '\xff';

// False: the field is not there.
bool Read(const Batch& batch, const Record& record, const AskedField& field, Zero zero, Said& said) {
  said.values.clear();
  said.placeholder.clear();
  return ForEachValue(batch, record, field.name, [&](std::string_view text) {
    if (IsPlaceholder(text, zero)) {
      if (said.placeholder.empty()) said.placeholder = text;
      return;
    }
    const size_t before = said.values.size();
    if (before > 0) said.values += kNextValue;
    const size_t begin = said.values.size();
    AppendNormalValue(text, field.normaliser, said.values);
    if (said.values.size() == begin) said.values.resize(before);
  });
}

}  // namespace

std::vector<std::string> MakeMarks::names() const {
  std::vector<std::string> names;
  const auto add = [&names](std::string_view name) {
    names.emplace_back(name);
    if (const std::string_view bare = WithoutListMark(name); bare.size() < name.size()) names.emplace_back(bare);
  };
  for (const AskedField& field : sameness_.fields) {
    const std::string& name = field.name;
    for (size_t end = name.find_first_of(kPathSeparators); end != name.npos;
         end = name.find_first_of(kPathSeparators, end + 1))
      add(std::string_view(name).substr(0, end));
    add(name);
  }
  return names;
}

void MakeMarks::operator()(Batch& batch) const {
  thread_local Said said;
  const size_t num_fields = sameness_.fields.size();
  batch.marks_width = static_cast<uint32_t>(places_.width);
  batch.marks.assign(batch.records.size() * places_.width, 0);
  batch.placeholders.resize(num_fields);
  for (size_t i = 0; i < batch.records.size(); ++i) {
    Record& record = batch.records[i];
    // False: it has no value, so that nothing is compared.
    const auto read = [&](size_t asked, Zero zero) {
      if (Read(batch, record, sameness_.fields[asked], zero, said)) batch.fields_found |= uint64_t{1} << asked;
      if (record.num_words == 0) return false;
      const bool has_values = !said.values.empty();
      PlaceholderCount& placeholders = batch.placeholders[asked];
      if (!has_values && !said.placeholder.empty() && placeholders.records++ == 0)
        placeholders.first = said.placeholder;
      return has_values;
    };
    uint64_t* const row = batch.marks.data() + i * places_.width;
    for (size_t at = 0; at < sameness_.differ.size(); ++at) {
      if (read(sameness_.differ[at], Zero::kIsValue)) row[places_.first_differ + at] = Mark(said.values);
    }
    for (const size_t asked : sameness_.within) {
      if (read(asked, Zero::kIsValue)) row[places_.within] = Mark(said.values);
    }
    for (size_t key = 0; key < places_.keys; ++key) {
      // One field after the other, each hashed by what came before it: so it counts which says what.
      Key128 hash{row[places_.within], 0};
      bool has_all = true;
      for (const size_t asked : sameness_.keys[key].fields) {
        has_all = read(asked, Zero::kIsNone) && has_all;
        const Key128 next = Hash128(said.values.data(), said.values.size(), hash.low);
        hash = {next.low, next.high ^ hash.high};
      }
      if (!has_all) continue;
      row[2 + 2 * key] = std::max<uint64_t>(1, hash.low);
      row[3 + 2 * key] = hash.high;
    }
    if (record.num_words == 0) continue;
    row[0] = record.key_low;
    row[1] = record.key_high;
    record.first_key = MarkPlaces::FirstKey({row, places_.width}, places_.keys);
    // Only what is equal in all of it is a repeat.
    const Key128 whole = Hash128(row, places_.width * sizeof(uint64_t));
    record.key_low = whole.low;
    record.key_high = whole.high;
  }
}

}  // namespace unecho
