#include "match/marks.h"

#include <simdjson.h>

#include <algorithm>

#include "base/batch.h"
#include "layouts/named_field.h"
#include "text/json_memory.h"
#include "text/json_path.h"
#include "text/scan.h"

namespace unecho {
namespace {

// 0 is kept for what is not there.
uint64_t Mark(std::string_view value) { return std::max<uint64_t>(1, Hash64(value)); }

}  // namespace

// use(value, is_json) for the field that is meant; of a path, for what is there in a field that is an object.
template <typename Use>
bool UseField(const Batch& batch, const Record& record, std::string_view name, Use use) {
  if (const FoundField found = FindField(batch, record, name); found.field != nullptr) {
    use(found.value, found.field->is_json);
    return true;
  }
  for (size_t end = name.find_first_of(kPathSeparators); end != name.npos;
       end = name.find_first_of(kPathSeparators, end + 1)) {
    for (const NamedField& each : batch.FieldsOf(record)) {
      if (!each.is_json || !IsCalled(each.name, name.substr(0, end))) continue;
      thread_local simdjson::dom::parser parser;
      simdjson::dom::element object;
      RequireMemoryForJson(each.value);
      if (!IsParsed(parser, parser.parse(each.value.data(), each.value.size(), /*realloc_if_needed=*/true).get(object)))
        continue;
      const auto found = FindAtPath(object, name.substr(end + 1));
      if (!found) continue;
      std::string_view text;
      const bool is_string = found->get(text) == simdjson::SUCCESS;
      const std::string json = is_string ? std::string() : simdjson::minify(*found);
      use(is_string ? text : json, !is_string);
      return true;
    }
  }
  return false;
}

std::string PlaceholderOf(const Batch& batch, const Record& record, std::string_view name) {
  std::string value;
  UseField(batch, record, name, [&](std::string_view text, bool is_json) {
    if (!(is_json && text == "null") && IsPlaceholder(text)) value = text;
  });
  return value;
}

// Its value as it is compared; empty if the record has no such value.
std::string_view MakeMarks::ValueOf(const Batch& batch, const Record& record, size_t asked, bool is_key,
                                    std::string& scratch) const {
  const AskedField& field = sameness_.fields[asked];
  scratch.clear();
  UseField(batch, record, field.name, [&](std::string_view text, bool is_json) {
    if ((is_json && text == "null") || (is_key && IsPlaceholder(text))) return;
    AppendNormalValue(text, field.normaliser, scratch);
  });
  return scratch;
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
    const std::string_view text = ValueOf(batch, record, asked, /*is_key=*/false, value);
    return text.empty() ? uint64_t{0} : Mark(text);
  };
  for (size_t i = 0; i < batch.records.size(); ++i) {
    Record& record = batch.records[i];
    for (size_t asked = 0; asked < sameness_.fields.size(); ++asked) {
      if ((batch.fields_found >> asked & 1) != 0) continue;
      if (UseField(batch, record, sameness_.fields[asked].name, [](std::string_view, bool) {}))
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
      // One value after the other, each hashed by what came before it: so it counts where a value ends.
      Key128 hash{row[places_.within], 0};
      const auto has = [&](size_t asked) {
        const std::string_view text = ValueOf(batch, record, asked, /*is_key=*/true, value);
        const Key128 next = Hash128(text.data(), text.size(), hash.low);
        hash = {next.low, next.high ^ hash.high};
        return !text.empty();
      };
      if (!std::ranges::all_of(sameness_.keys[key].fields, has)) continue;
      row[2 + 2 * key] = std::max<uint64_t>(1, hash.low);
      row[3 + 2 * key] = hash.high;
    }
    record.first_key = MarkPlaces::FirstKey({row, places_.width}, places_.keys);
    // Only what is equal in all of it is a repeat.
    const Key128 whole = Hash128(row, places_.width * sizeof(uint64_t));
    record.key_low = whole.low;
    record.key_high = whole.high;
  }
}

}  // namespace unecho
