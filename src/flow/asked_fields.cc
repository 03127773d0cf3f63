#include "flow/asked_fields.h"

#include <algorithm>
#include <bit>
#include <iterator>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/did_you_mean.h"
#include "match/marks.h"
#include "text/shown_text.h"

namespace unecho {
namespace {

constexpr size_t kMostNames = 30, kNameWidth = 40;

}  // namespace

void AskedFields::AddPlaceholders(const Batch& batch) {
  constexpr size_t kShownWidth = 20;
  placeholders_.resize(sameness_.fields.size());
  for (size_t i = 0; i < batch.placeholders.size(); ++i) {
    const PlaceholderCount& seen = batch.placeholders[i];
    if (seen.records == 0) continue;
    PlaceholderInfo& info = placeholders_[i];
    if (info.records == 0)
      info = {sameness_.options[i], sameness_.fields[i].name, ShownText(seen.first, kShownWidth), 0};
    info.records += seen.records;
  }
}

std::vector<PlaceholderInfo> AskedFields::placeholders() const {
  std::vector<PlaceholderInfo> some;
  std::ranges::copy_if(placeholders_, std::back_inserter(some), [](const auto& each) { return each.records > 0; });
  return some;
}

std::vector<AskedFields::Named> AskedFields::NamedBy(const AnswerOptions& answer) {
  const LayoutOptions& segment = answer.segment;
  std::vector<Named> named;
  for (size_t i = 0; i < std::min(segment.match_fields.size(), Batch::kIdName); ++i)
    named.push_back({segment.fields_apart ? "--match" : "--match-fields", segment.match_fields[i], i});
  if (!segment.id_field.empty()) named.push_back({"--id-field", segment.id_field, Batch::kIdName});
  if (!segment.order_field.empty()) named.push_back({"--keep", segment.order_field, Batch::kOrderName});
  return named;
}

std::vector<AskedFields::Counted> AskedFields::CountedOf(const AnswerOptions& answer, const Sameness& sameness) {
  const MarkPlaces places(sameness);
  std::vector<Counted> counted;
  for (size_t i = 0; i < sameness.keys.size(); ++i)
    counted.push_back({"--key", sameness.keys[i].name, Counted::kKey, i});
  for (size_t i = 0; i < sameness.differ.size(); ++i)
    counted.push_back({"--differ", sameness.fields[sameness.differ[i]].name, Counted::kMark, places.first_differ + i});
  for (const size_t field : sameness.within)
    counted.push_back({"--within", sameness.fields[field].name, Counted::kMark, places.within});
  const LayoutOptions& segment = answer.segment;
  if (!segment.id_field.empty()) counted.push_back({"--id-field", segment.id_field, Counted::kId});
  if (!segment.order_field.empty()) counted.push_back({"--keep", segment.order_field, Counted::kOrder});
  return counted;
}

void AskedFields::CountWithout(const Batch& batch) {
  Seen& seen = seen_[static_cast<size_t>(batch.source)];
  seen.without.resize(counted_.size());
  for (size_t i = 0; i < batch.records.size(); ++i) {
    const Record& record = batch.records[i];
    if (record.reason != Reason::kNone || record.num_words == 0 || record.is_reference) continue;
    ++seen.records;
    const MarkRow row(batch.marks.data() + i * batch.marks_width, batch.marks_width);
    for (size_t at = 0; at < counted_.size(); ++at) {
      const Counted& each = counted_[at];
      bool has = true;
      switch (each.kind) {
        case Counted::kKey: has = row.empty() || MarkPlaces::HasKey(row, each.place); break;
        case Counted::kMark: has = row.empty() || row[each.place] != 0; break;
        case Counted::kId: has = !record.id.empty(); break;
        case Counted::kOrder: has = !record.order_value.empty(); break;
      }
      if (!has) ++seen.without[at];
    }
  }
}

std::vector<PartialField> AskedFields::Partial() const {
  std::vector<PartialField> partial;
  for (size_t at = 0; at < counted_.size(); ++at) {
    PartialField field{counted_[at].option, counted_[at].name};
    for (const Seen& seen : seen_) {
      if (seen.without.empty() || seen.without[at] == seen.records) continue;
      field.without += seen.without[at];
      field.records += seen.records;
    }
    if (field.without > 0) partial.push_back(std::move(field));
  }
  return partial;
}

std::vector<size_t> AskedFields::WithoutWorks() const {
  std::vector<size_t> without;
  for (size_t source = 0; asks_for_works_ && source < seen_.size(); ++source) {
    if (seen_[source].has_records && !seen_[source].has_works) without.push_back(source);
  }
  return without;
}

void AskedFields::Note(const Batch& batch) {
  Seen& seen = seen_[static_cast<size_t>(batch.source)];
  seen.sameness |= batch.fields_found;
  seen.named |= batch.seen_names;
  seen.has_works |= batch.has_works;
  constexpr uint64_t kId = uint64_t{1} << Batch::kIdName, kOrder = uint64_t{1} << Batch::kOrderName;
  for (const Record& record : batch.records) {
    seen.has_records |= record.reason == Reason::kNone;
    if (!record.id.empty()) seen.named |= kId;
    if (!record.order_value.empty() || record.is_reference) seen.named |= kOrder;  // references are in no order
  }
}

std::vector<AbsentField> AskedFields::Absent() const {
  std::vector<AbsentField> absent;
  const auto add = [&](const std::string& option, const std::string& name, bool is_somewhere, auto&& has) {
    AbsentField field{option, name, {}};
    for (size_t source = 0; source < seen_.size(); ++source) {
      if (!seen_[source].has_records) continue;
      if (has(seen_[source]))
        is_somewhere = true;
      else
        field.sources.push_back(source);
    }
    if (is_somewhere && !field.sources.empty()) absent.push_back(std::move(field));
  };
  for (size_t i = 0; i < sameness_.fields.size(); ++i)
    add(sameness_.options[i], sameness_.fields[i].name, has_earlier_,
        [i](const Seen& seen) { return seen.sameness >> i & 1; });
  for (const Named& each : named_)
    add(each.option, each.name, false, [&each](const Seen& seen) { return seen.named >> each.place & 1; });
  return absent;
}

void AskedFields::operator()(const Batch& batch) {
  if (sameness_.any() || !named_.empty() || asks_for_works_) Note(batch);
  AddPlaceholders(batch);
  if (!counted_.empty()) CountWithout(batch);
  if (missed_.missing == 0) return;
  missed_.missing &= ~batch.fields_found;
  if (batch.records.empty()) return;
  if (missed_.first_source.empty()) {
    missed_.first_source = sources_.name(batch.source);
    missed_.first_layout = batch.layout->name();
  }
  const auto listed = std::ranges::find_if(batch.records, [](const Record& record) { return record.num_fields > 0; });
  if (listed == batch.records.end()) return;
  for (const NamedField& field : batch.FieldsOf(*listed)) missed_.AddName(ShownText(field.name, kNameWidth));
}

void AskedFields::Missed::AddName(std::string name) {
  if (names.size() <= kMostNames && std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
}

void AskedFields::Missed::MeetWith(const Missed& later) {
  missing &= later.missing;
  for (const std::string& name : later.names) AddName(name);
  if (!first_source.empty()) return;
  first_source = later.first_source;
  first_layout = later.first_layout;
}

absl::Status AskedFields::Check() const { return has_earlier_ ? absl::OkStatus() : Check(sameness_, missed_); }

absl::Status AskedFields::Check(const Sameness& sameness, const Missed& missed) {
  if (missed.missing == 0 || missed.first_source.empty()) return absl::OkStatus();
  const auto place = static_cast<size_t>(std::countr_zero(missed.missing));
  const std::string& option = sameness.options[place];
  const std::string& name = sameness.fields[place].name;
  const std::vector<std::string>& names = missed.names;
  if (names.empty()) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s %s names a field, and no record has fields by their names: %s has the layout %s", option,
                        name, missed.first_source, missed.first_layout));
  }
  std::vector<std::string> shown(names.begin(),
                                 names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kMostNames)));
  if (names.size() > kMostNames) shown.emplace_back("...");
  return absl::InvalidArgumentError(absl::StrFormat("%s %s: no record has a field of that name; there are: %s%s",
                                                    option, name, absl::StrJoin(shown, ", "), FieldMeant(name, names)));
}

}  // namespace unecho
