#include "layouts/pattern_fields.h"

#include <algorithm>
#include <utility>

#include "layouts/line_rules.h"
#include "text/scan.h"

namespace unecho {

PatternFields::PatternFields(const PatternProfile& profile, Batch& batch)
    : profile_(profile), batch_(batch), values_(profile.fields.size()) {
  first_field_.fill(kNoField);
  const auto& fields = profile.fields;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].line.empty() && all_others_ == kNoField) all_others_ = i;
  }
  for (size_t byte = 0; byte < 256; ++byte) {
    for (size_t i = 0; i < fields.size(); ++i) {
      if (!fields[i].line.MayBeginWith(static_cast<unsigned char>(byte))) continue;
      if (first_field_[byte] == kNoField) first_field_[byte] = i;
    }
  }
}

void PatternFields::Clear() {
  for (Value& value : values_) {
    value.lines.clear();
    value.is_open = false;
  }
  open_ = kNoField;
  left_out_bytes_ = summary_bytes_ = 0;
  said_.clear();
  has_said_ = false;
}

uint64_t PatternFields::Read(const Cut& entry, std::span<const Cut> behind) {
  Clear();
  uint64_t furniture = 0;
  const std::string_view text = batch_.content().substr(0, entry.end);
  LineEnds ends(text);
  Fences fences;
  for (size_t begin = entry.begin; begin < text.size();) {
    const size_t end = std::min(ends.Find(begin), text.size());
    const bool is_code = profile_.has_fences && fences.IsCode(text.substr(begin, end - begin));
    while (!behind.empty() && behind.front().begin < begin) behind = behind.subspan(1);
    if (!behind.empty() && behind.front().begin == begin && end > begin) {
      furniture += end - begin;
      EndTitle();
    } else {
      const std::string_view line = TrimBlanks(text.substr(begin, end - begin));
      const size_t field = is_code && !line.empty() ? TakeCode(line) : TakeLine(text.substr(begin, end - begin));
      const bool is_summary = field != kNoField && profile_.fields[field].name == "summary";
      if (!IsText(field)) (is_summary ? summary_bytes_ : left_out_bytes_) += line.size();
    }
    begin = end < text.size() ? end + ends.Size(end) : end;
  }
  return furniture;
}

PatternFields::Lines PatternFields::FirstOf(std::string_view name) const {
  const auto& fields = profile_.fields;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name != name) continue;
    for (const std::string_view line : values_[i].lines) {
      if (!line.empty()) return values_[i].lines;
    }
  }
  return {};
}

PatternFields::Lines PatternFields::Text() const {
  const auto body = FirstOf("body");
  return body.empty() ? FirstOf("summary") : body;
}

bool PatternFields::IsSaid(std::string_view line) {
  if (!std::exchange(has_said_, true)) {
    for (const std::string_view name : {"title", "body"}) {
      for (const std::string_view said : FirstOf(name)) {
        if (!said.empty()) said_.push_back(said.data());
      }
    }
    std::ranges::sort(said_);
  }
  const auto first = std::ranges::lower_bound(said_, line.data());
  return first != said_.end() && *first < line.data() + line.size();
}

bool PatternFields::BeginsText(std::string_view line) const {
  for (const std::string_view first : FirstOf("body")) {
    if (!first.empty()) return first.data() >= line.data() && first.data() < line.data() + line.size();
  }
  return false;
}

uint64_t PatternFields::LeftOutBytes() const {
  return left_out_bytes_ + AlternativeBytes("title") +
         (FirstOf("body").empty() ? AlternativeBytes("summary") : AlternativeBytes("body") + summary_bytes_);
}

// Of the fields of that name that are not the first with text.
uint64_t PatternFields::AlternativeBytes(std::string_view name) const {
  const auto taken = FirstOf(name);
  uint64_t bytes = 0;
  for (size_t i = 0; i < values_.size(); ++i) {
    const std::vector<std::string_view>& lines = values_[i].lines;
    if (profile_.fields[i].name != name || lines.empty() || lines.data() == taken.data()) continue;
    for (const std::string_view line : lines) bytes += line.size();
  }
  return bytes;
}

// Is what this field takes said? The fields of a layout that takes all lines are none.
bool PatternFields::IsText(size_t field) const {
  if (profile_.takes_all_lines()) return true;
  if (field == kNoField) return false;
  const std::string& name = profile_.fields[field].name;
  return name == "title" || name == "body" || name == "snapshot";
}

size_t PatternFields::TakeLine(std::string_view line) {
  const auto& fields = profile_.fields;
  if (TrimBlanks(line).empty()) {
    for (Value& value : values_) {
      if (!value.lines.empty() && !value.lines.back().empty()) value.lines.emplace_back();
    }
    if (open_ == kNoField) return kNoField;
    const bool is_over = fields[open_].paragraph && !values_[open_].lines.empty();
    if (!fields[open_].rest || is_over) open_ = kNoField;
    return kNoField;
  }
  if (open_ != kNoField && !fields[open_].rest) {
    const std::string_view more = fields[open_].more.Extract(line);
    if (more.data() != nullptr) return GoOn(more);
    open_ = kNoField;
  }
  for (size_t i = first_field_[static_cast<unsigned char>(line[0])]; i < fields.size(); ++i) {
    if (fields[i].line.Matches(line) && TakeValue(i, line)) return values_[i].is_open ? i : kNoField;
  }
  if (open_ != kNoField) return GoOn(line);
  if (all_others_ != kNoField) AddLine(all_others_, line);
  return all_others_;
}

size_t PatternFields::TakeCode(std::string_view line) {
  if (open_ != kNoField && values_[open_].is_open) return GoOn(line);
  if (all_others_ != kNoField) AddLine(all_others_, line);
  return all_others_;
}

// What stands behind furniture, as a ruler below the head of a record, does not go on with the title.
void PatternFields::EndTitle() {
  if (open_ != kNoField && profile_.fields[open_].name == "title" && !values_[open_].lines.empty()) open_ = kNoField;
}

size_t PatternFields::GoOn(std::string_view line) {
  if (!values_[open_].is_open) return kNoField;
  AddLine(open_, line);
  return open_;
}

void PatternFields::AddLine(size_t field, std::string_view line) {
  const std::string_view text = Stripped(profile_.fields[field].strip, TrimBlanks(line));
  if (!text.empty()) values_[field].lines.push_back(text);
}

// False if nothing is left of the value when the profile has cut out what it says; another field may take the line.
bool PatternFields::TakeValue(size_t i, std::string_view line) {
  const FieldPattern& field = profile_.fields[i];
  std::array<std::string_view, 3> groups;
  field.line.Find(line, groups);
  const std::string_view found = TrimBlanks(groups[1]);
  const std::string_view value = Stripped(field.strip, found);
  if (value.empty() && !found.empty()) return false;
  // Group 2 goes to the field without a pattern.
  if (!groups[2].empty() && all_others_ != kNoField) AddLine(all_others_, groups[2]);
  Value& to = values_[i];
  // Lines of one field under each other go together; of two that lie apart the first counts, and what goes on from
  // it.
  const bool goes_on = to.is_open && open_ == i && field.rest;
  const bool is_first = (to.lines.empty() && !to.is_open) || goes_on || field.every;
  if (field.every && !goes_on && !to.lines.empty() && !to.lines.back().empty()) to.lines.emplace_back();
  if (is_first && !value.empty()) to.lines.push_back(value);
  for (Value& other : values_) other.is_open = false;
  to.is_open = is_first;
  open_ = field.rest || !field.more.empty() ? i : kNoField;
  return true;
}

std::string_view PatternFields::Stripped(const std::vector<Pattern>& patterns, std::string_view value) {
  for (const Pattern& pattern : patterns) {
    std::array<std::string_view, 1> cut;
    // Each pattern once: what it leaves behind cannot make it match again and again.
    if (value.empty() || !pattern.Find(value, cut) || cut[0].empty()) continue;
    const size_t begin = static_cast<size_t>(cut[0].data() - value.data());
    if (begin == 0) {
      value = TrimBlanks(value.substr(cut[0].size()));
    } else if (begin + cut[0].size() == value.size()) {
      value = TrimBlanks(value.substr(0, begin));
    } else {
      scratch_.assign(value.substr(0, begin));
      scratch_ += value.substr(begin + cut[0].size());
      value = batch_.arena.Copy(scratch_);
    }
  }
  return value;
}

}  // namespace unecho
