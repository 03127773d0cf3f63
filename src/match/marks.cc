#include "match/marks.h"

#include <algorithm>

#include "base/batch.h"

namespace unecho {
namespace {

// 0 is kept for what is not there.
uint64_t Mark(std::string_view value) { return std::max<uint64_t>(1, Hash64(value)); }

}  // namespace

// False, and nothing appended, if the record has no such value. The size in front keeps values apart that follow one
// another.
bool MakeMarks::AppendValue(const Batch& batch, const Record& record, size_t asked, std::string& out) const {
  const AskedField& field = sameness_.fields[asked];
  for (const NamedField& each : batch.FieldsOf(record)) {
    if (!IsCalled(each.name, field.name, batch.traits->names_have_case)) continue;
    if (each.is_json && each.value == "null") return false;
    const size_t begin = out.size();
    out.append(sizeof(uint64_t), '\0');
    AppendNormalValue(each.value, field.normaliser, out);
    const uint64_t size = out.size() - begin - sizeof(uint64_t);
    if (size == 0) out.resize(begin);
    for (size_t i = 0; size > 0 && i < sizeof size; ++i) out[begin + i] = static_cast<char>(size >> 8 * i);
    return size > 0;
  }
  return false;
}

std::vector<std::string> MakeMarks::names() const {
  std::vector<std::string> names;
  for (const AskedField& field : sameness_.fields) names.push_back(field.name);
  return names;
}

void MakeMarks::operator()(Batch& batch) const {
  batch.marks_width = static_cast<uint32_t>(places_.width);
  batch.marks.assign(batch.records.size() * places_.width, 0);
  std::string value;
  const auto mark = [&](const Record& record, size_t asked) {
    value.clear();
    return AppendValue(batch, record, asked, value) ? Mark(value) : 0;
  };
  for (size_t i = 0; i < batch.records.size(); ++i) {
    Record& record = batch.records[i];
    for (size_t asked = 0; asked < sameness_.fields.size(); ++asked) {
      if ((batch.fields_found >> asked & 1) != 0) continue;
      const bool is_there = std::ranges::any_of(batch.FieldsOf(record), [&](const NamedField& each) {
        return IsCalled(each.name, sameness_.fields[asked].name, batch.traits->names_have_case);
      });
      if (is_there) batch.fields_found |= uint64_t{1} << asked;
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
      const auto has = [&](size_t asked) { return AppendValue(batch, record, asked, value); };
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
