#include "match/marks.h"

#include <simdjson.h>

#include <algorithm>

#include "base/batch.h"
#include "text/json_memory.h"
#include "text/json_path.h"
#include "text/scan.h"

namespace unecho {
namespace {

// 0 is kept for what is not there.
uint64_t Mark(std::string_view value) { return std::max<uint64_t>(1, Hash64(value)); }

}  // namespace

// The field of this name; of a path, what is there in a field that is an object.
template <typename Use>
bool UseField(const Batch& batch, const Record& record, std::string_view name, Use use) {
  const bool names_have_case = batch.traits->names_have_case;
  for (const NamedField& each : batch.FieldsOf(record)) {
    if (!IsCalled(each.name, name, names_have_case)) continue;
    use(each);
    return true;
  }
  for (size_t end = name.find_first_of(kPathSeparators); end != name.npos;
       end = name.find_first_of(kPathSeparators, end + 1)) {
    for (const NamedField& each : batch.FieldsOf(record)) {
      if (!each.is_json || !IsCalled(each.name, name.substr(0, end), names_have_case)) continue;
      thread_local simdjson::dom::parser parser;
      simdjson::dom::element object;
      RequireMemoryForJson(each.value);
      if (parser.parse(each.value.data(), each.value.size(), /*realloc_if_needed=*/true).get(object) !=
          simdjson::SUCCESS)
        continue;
      const auto found = FindAtPath(object, name.substr(end + 1));
      if (!found) continue;
      std::string_view text;
      const bool is_string = found->get(text) == simdjson::SUCCESS;
      const std::string json = is_string ? std::string() : simdjson::minify(*found);
      use(NamedField{.name = name, .value = is_string ? text : json, .is_json = !is_string});
      return true;
    }
  }
  return false;
}

std::string PlaceholderOf(const Batch& batch, const Record& record, std::string_view name) {
  std::string value;
  UseField(batch, record, name, [&](const NamedField& each) {
    const bool is_null = each.is_json && each.value == "null";
    if (!is_null && IsPlaceholder(each.value)) value = each.value;
  });
  return value;
}

// False, and nothing appended, if the record has no such value. The size in front keeps values apart that follow one
// another.
bool MakeMarks::AppendValue(const Batch& batch, const Record& record, size_t asked, bool is_key,
                            std::string& out) const {
  const AskedField& field = sameness_.fields[asked];
  const size_t begin = out.size();
  UseField(batch, record, field.name, [&](const NamedField& each) {
    if ((each.is_json && each.value == "null") || (is_key && IsPlaceholder(each.value))) return;
    out.append(sizeof(uint64_t), '\0');
    AppendNormalValue(each.value, field.normaliser, out);
    const uint64_t size = out.size() - begin - sizeof(uint64_t);
    if (size == 0) out.resize(begin);
    for (size_t i = 0; size > 0 && i < sizeof size; ++i) out[begin + i] = static_cast<char>(size >> 8 * i);
  });
  return out.size() > begin;
}

std::vector<std::string> MakeMarks::names() const {
  std::vector<std::string> names;
  for (const AskedField& field : sameness_.fields) {
    const std::string& name = field.name;
    for (size_t end = name.find_first_of(kPathSeparators); end != name.npos;
         end = name.find_first_of(kPathSeparators, end + 1))
      names.push_back(name.substr(0, end));
    names.push_back(name);
  }
  return names;
}

void MakeMarks::operator()(Batch& batch) const {
  batch.marks_width = static_cast<uint32_t>(places_.width);
  batch.marks.assign(batch.records.size() * places_.width, 0);
  std::string value;
  const auto mark = [&](const Record& record, size_t asked) {
    value.clear();
    return AppendValue(batch, record, asked, false, value) ? Mark(value) : 0;
  };
  for (size_t i = 0; i < batch.records.size(); ++i) {
    Record& record = batch.records[i];
    for (size_t asked = 0; asked < sameness_.fields.size(); ++asked) {
      if ((batch.fields_found >> asked & 1) != 0) continue;
      if (UseField(batch, record, sameness_.fields[asked].name, [](const NamedField& /*field*/) {}))
        batch.fields_found |= uint64_t{1} << asked;
    }
    if (record.num_words == 0) continue;
    uint64_t* const row = batch.marks.data() + i * places_.width;
    row[0] = record.key_low;
    row[1] = record.key_high;
    for (size_t at = 0; at < sameness_.differ.size(); ++at)
      row[places_.first_differ + at] = mark(record, sameness_.differ[at]);
    for (const size_t asked : sameness_.within) row[places_.within] = mark(record, asked);
    for (size_t key = 0; key < places_.keys; ++key) {
      value.assign(reinterpret_cast<const char*>(row + places_.within), sizeof(uint64_t));
      const auto has = [&](size_t asked) { return AppendValue(batch, record, asked, true, value); };
      if (!std::ranges::all_of(sameness_.keys[key].fields, has)) continue;
      const Key128 hash = Hash128(value);
      row[2 + 2 * key] = std::max<uint64_t>(1, hash.low);
      row[3 + 2 * key] = hash.high;
    }
    record.first_key = MarkPlaces::FirstKey({row, places_.width}, places_.keys);
    // Only what is equal in all of it is a repeat.
    value.assign(reinterpret_cast<const char*>(row), places_.width * sizeof(uint64_t));
    const Key128 whole = Hash128(value);
    record.key_low = whole.low;
    record.key_high = whole.high;
  }
}

}  // namespace unecho
