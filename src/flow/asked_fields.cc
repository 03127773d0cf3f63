#include "flow/asked_fields.h"

#include <algorithm>
#include <bit>
#include <iterator>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
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

void AskedFields::Note(const Batch& batch) {
  Seen& seen = seen_[static_cast<size_t>(batch.source)];
  seen.sameness |= batch.fields_found;
  seen.named |= batch.seen_names;
  constexpr uint64_t kId = uint64_t{1} << Batch::kIdName, kOrder = uint64_t{1} << Batch::kOrderName;
  for (const Record& record : batch.records) {
    seen.has_records |= record.reason == Reason::kNone;
    if (!record.id.empty()) seen.named |= kId;
    if (!record.order_value.empty() || record.is_reference) seen.named |= kOrder;  // references are in no order
  }
}

std::vector<AbsentField> AskedFields::Absent() const {
  std::vector<AbsentField> absent;
  const auto add = [&](const std::string& option, const std::string& name, auto&& has) {
    AbsentField field{option, name, {}};
    bool is_somewhere = false;
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
    add(sameness_.options[i], sameness_.fields[i].name, [i](const Seen& seen) { return seen.sameness >> i & 1; });
  for (const Named& each : named_)
    add(each.option, each.name, [&each](const Seen& seen) { return seen.named >> each.place & 1; });
  return absent;
}

void AskedFields::operator()(const Batch& batch) {
  if (sameness_.any() || !named_.empty()) Note(batch);
  AddPlaceholders(batch);
  if (missing_ == 0) return;
  missing_ &= ~batch.fields_found;
  if (batch.records.empty()) return;
  if (first_source_.empty()) {
    first_source_ = sources_.name(batch.source);
    first_layout_ = batch.layout->name();
  }
  const auto listed = std::ranges::find_if(batch.records, [](const Record& record) { return record.num_fields > 0; });
  if (listed == batch.records.end()) return;
  for (const NamedField& field : batch.FieldsOf(*listed)) {
    std::string name = ShownText(field.name, kNameWidth);
    if (names_.size() <= kMostNames && std::ranges::find(names_, name) == names_.end())
      names_.push_back(std::move(name));
  }
}

absl::Status AskedFields::Check() const {
  if (missing_ == 0 || first_source_.empty()) return absl::OkStatus();
  const auto place = static_cast<size_t>(std::countr_zero(missing_));
  const std::string& option = sameness_.options[place];
  const std::string& name = sameness_.fields[place].name;
  if (names_.empty()) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s %s names a field, and no record has fields by their names: %s has the layout %s", option,
                        name, first_source_, first_layout_));
  }
  std::vector<std::string> shown(names_.begin(),
                                 names_.begin() + static_cast<std::ptrdiff_t>(std::min(names_.size(), kMostNames)));
  if (names_.size() > kMostNames) shown.emplace_back("...");
  return absl::InvalidArgumentError(absl::StrFormat("%s %s: no record has a field of that name; there are: %s", option,
                                                    name, absl::StrJoin(shown, ", ")));
}

}  // namespace unecho
