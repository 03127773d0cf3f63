#include "write/fill_record.h"

#include <algorithm>
#include <array>
#include <utility>

#include "layouts/cutter.h"
#include "layouts/named_field.h"
#include "text/characters.h"
#include "text/scan.h"
#include "write/fill_forms.h"

namespace unecho {
namespace {

const StandardName* FindName(std::span<const StandardName> names, std::string_view standard) {
  const auto found = std::ranges::find(names, standard, &StandardName::name);
  return found == names.end() ? nullptr : &*found;
}

// Lines of `text`, with where each begins and ends, without its line end.
struct PlacedLine {
  size_t begin, end, next;
};
std::vector<PlacedLine> LinesOf(std::string_view text) {
  std::vector<PlacedLine> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    const size_t next = std::min(end + (text.substr(end).starts_with("\r\n") ? 2 : 1), text.size());
    lines.push_back({begin, end, next});
    begin = next;
  }
  return lines;
}

// How a record writes a tag: what is in front of it, its width with blanks, and what is behind these.
struct TagForm {
  std::string lead, tail;
  size_t width = 0;

  // Its name and value; false if it begins no field.
  static bool Take(std::span<const Pattern> tags, std::string_view line, std::string_view& name,
                   std::string_view& value) {
    std::array<std::string_view, 3> groups;
    return std::ranges::any_of(tags, [&](const Pattern& tag) {
      groups = {};
      if (!tag.Find(line, groups) || groups[1].data() == nullptr || groups[2].data() == nullptr) return false;
      name = groups[1], value = groups[2];
      return true;
    });
  }
  std::string LineOf(std::string_view name, std::string_view value) const {
    std::string line = lead;
    line += name;
    line.resize(std::max(line.size(), lead.size() + width), ' ');
    return line.append(tail).append(value);
  }
};

}  // namespace

bool IsBlankText(std::string_view text) { return std::ranges::all_of(text, unecho::IsBlank); }

std::string_view LineEndOf(std::string_view text) {
  const size_t at = text.find_first_of("\r\n");
  if (at == text.npos) return "\n";
  return text.substr(at, text.substr(at).starts_with("\r\n") ? 2 : 1);
}

FirstAndLastPage SplitPages(std::string_view pages) {
  // A hyphen may belong to a page, as in "S1-5", where a longer dash stands between two.
  for (const std::string_view dash : {"--", "\xe2\x80\x93", "\xe2\x80\x94", "-"}) {
    const size_t at = pages.find(dash);
    if (at == pages.npos) continue;
    std::string_view first = pages.substr(0, at), last = pages.substr(at + dash.size());
    if (at == 0 || last.find(dash) != last.npos) break;
    while (first.ends_with(' ')) first.remove_suffix(1);
    while (last.starts_with(' ')) last.remove_prefix(1);
    return {first, last};
  }
  return {pages, {}};
}

FillPlace FindFillPlace(std::span<const FillCandidate> candidates, std::span<const StandardName> names,
                        MergeField field, std::string_view added) {
  FillPlace place;
  std::pair<bool, size_t> best;
  for (size_t i = 0; i < candidates.size(); ++i) {
    const auto& [name, says_nothing] = candidates[i];
    const auto rank = RankOfName(name, StandardNameOf(field), names);
    const bool counts = rank && (field != MergeField::kPages || PageNameOf(name, names) != PageName::kNone);
    const bool is_new_name = IsCalled(name, added);
    if (is_new_name || (counts && !says_nothing)) place.is_taken = true;
    if (!counts || !says_nothing) continue;
    const std::pair order(!is_new_name, *rank);
    if (!place.silent || order < best) place.silent = i, best = order;
  }
  return place;
}

std::string_view NameToAdd(std::span<const StandardName> names, MergeField field, std::string_view usual) {
  const StandardName* own = FindName(names, StandardNameOf(field));
  if (own == nullptr && field == MergeField::kYear) own = FindName(names, "date");
  if (own == nullptr) return usual;
  const WrittenName written(own->written.front());
  return written.ending.empty() ? written.name : usual;
}

std::vector<FieldToWrite> NamedByProfile(const Profile& profile, std::span<const Filling> fillings) {
  std::vector<FieldToWrite> fields;
  for (const auto& [field, value, tex] : fillings) {
    const StandardName* name = FindName(profile.names, StandardNameOf(field));
    if (name == nullptr && field == MergeField::kYear) name = FindName(profile.names, "date");
    if (name == nullptr) continue;
    const WrittenName written(name->written.front());
    const StandardName* const last_page = field == MergeField::kPages ? FindName(profile.names, "last_page") : nullptr;
    if (last_page == nullptr) {
      fields.push_back({field, std::string(written.name), std::string(value).append(written.ending)});
      continue;
    }
    const auto [first, last] = SplitPages(value);
    fields.push_back({field, std::string(written.name), std::string(first)});
    if (!last.empty()) fields.push_back({field, last_page->written.front(), std::string(last)});
  }
  return fields;
}

// Whether a record would begin or end there.
static bool IsBorder(const PatternProfile& profile, std::string_view line) {
  const auto matches = [line](const Pattern& pattern) { return pattern.Matches(line); };
  return std::ranges::any_of(profile.start, matches) || std::ranges::any_of(profile.maybe, matches) ||
         std::ranges::any_of(profile.end, matches) || std::ranges::any_of(profile.separator, matches) ||
         std::ranges::any_of(profile.section, matches) || std::ranges::any_of(profile.snapshot, matches);
}

MergeMask FillTags(const Profile& profile, std::span<const Filling> fillings, std::string& out) {
  TagForm form;
  const std::span<const Pattern> tag = profile.pattern.tag;
  std::vector<PlacedLine> lines = LinesOf(out);
  const auto text_of = [&out](const PlacedLine& line) {
    return std::string_view(out).substr(line.begin, line.end - line.begin);
  };
  std::string_view name, value;
  const auto first = std::ranges::find_if(
      lines, [&](const PlacedLine& line) { return TagForm::Take(tag, text_of(line), name, value); });
  if (first == lines.end()) return 0;
  const char* const line_begin = out.data() + first->begin;
  form.lead.assign(line_begin, name.data());
  const std::string_view between(name.data() + name.size(),
                                 static_cast<size_t>(value.data() - name.data()) - name.size());
  form.tail = between.substr(std::min(between.find_first_not_of(' '), between.size()));
  form.width = name.size() + between.size() - form.tail.size();
  const std::string line_end(LineEndOf(out));

  MergeMask filled = 0;
  std::string added;
  for (const FieldToWrite& each : NamedByProfile(profile, fillings)) {
    const auto silent = std::ranges::find_if(lines, [&](const PlacedLine& line) {
      return TagForm::Take(tag, text_of(line), name, value) && name == each.name &&
             (IsBlankText(value) || StandsForNoValue(TrimBlanks(value)));
    });
    const std::string line = form.LineOf(each.name, each.value);
    if (silent != lines.begin() && IsBorder(profile.pattern, line)) continue;
    filled |= BitOf(each.field);
    if (silent == lines.end()) {
      added.append(line).append(line_end);
      continue;
    }
    out.replace(silent->begin, silent->end - silent->begin, line);
    lines = LinesOf(out);
  }
  if (added.empty()) return filled;
  const auto ends = [&](const PlacedLine& line) {
    return std::ranges::any_of(profile.pattern.end, [&](const Pattern& end) { return end.Matches(text_of(line)); });
  };
  const auto last = std::ranges::find_if(lines.rbegin(), lines.rend(), ends);
  if (last != lines.rend()) {
    out.insert(last->begin, added);
    return filled;
  }
  const auto behind = std::ranges::find_if(lines.rbegin(), lines.rend(),
                                           [&](const PlacedLine& line) { return !IsBlankText(text_of(line)); });
  if (behind->next > behind->end) {
    out.insert(behind->next, added);
  } else {  // the last line of the source has no line end, and gets none
    added.resize(added.size() - line_end.size());
    out.insert(behind->end, line_end + added);
  }
  return filled;
}

bool CanBeFilled(const Layout& layout) {
  const Profile& profile = layout.profile();
  switch (TraitsOf(layout).field_form) {
    case FieldForm::kNone: return false;
    case FieldForm::kTags: return !profile.pattern.tag.empty() && !profile.names.empty();
    case FieldForm::kElement: return !profile.xml.places.empty();
    case FieldForm::kEntry:
    case FieldForm::kCell:
    case FieldForm::kMember: break;
  }
  return true;
}

MergeMask FillRecord(const LayoutOptions& options, const Batch& batch, const Record& record,
                     std::span<const Filling> fillings, std::string& out) {
  out = record.raw;
  if (!CanBeFilled(*batch.layout)) return 0;
  const Profile& profile = batch.layout->profile();
  switch (batch.traits->field_form) {
    case FieldForm::kTags: return FillTags(profile, fillings, out);
    case FieldForm::kEntry: return FillEntry(profile.names, batch.FieldsOf(record), fillings, out);
    case FieldForm::kCell: return FillCells(options, profile.names, batch.context, fillings, out);
    case FieldForm::kMember: return FillMembers(profile.names, fillings, out);
    case FieldForm::kElement: return FillElements(profile, fillings, out);
    case FieldForm::kNone: break;
  }
  return 0;
}

MergeMask FillFields(Batch& batch, Record& record, std::span<const Filling> fillings) {
  const Profile& profile = batch.layout->profile();
  const std::span<const StandardName> names = profile.names;
  const std::span<const NamedField> own = batch.FieldsOf(record);
  std::vector<NamedField> fields(own.begin(), own.end());
  const FieldForm form = TraitsOf(*batch.layout).field_form;
  const bool may_repeat = form != FieldForm::kEntry && form != FieldForm::kCell && form != FieldForm::kMember;
  const std::vector<FieldToWrite> named = may_repeat ? NamedByProfile(profile, fillings) : std::vector<FieldToWrite>();
  std::vector<FillCandidate> candidates;
  for (const NamedField& field : own) candidates.push_back({field.name, IsSilentField(field)});
  const auto put_at = [&](size_t i, std::string_view value) {
    fields[i] = {.name = fields[i].name, .value = batch.arena.Copy(value)};
  };
  const auto add = [&](std::string_view name, std::string_view value) {
    fields.push_back({.name = batch.arena.Copy(name), .value = batch.arena.Copy(value)});
  };
  MergeMask filled = 0;
  for (const Filling& filling : fillings) {
    bool is_put = false;
    for (const FieldToWrite& each : named) {
      if (each.field != filling.field) continue;
      is_put = true;
      const auto silent = std::ranges::find_if(
          candidates, [&](const FillCandidate& one) { return IsCalled(one.name, each.name) && one.says_nothing; });
      if (silent == candidates.end())
        add(each.name, each.value);
      else
        put_at(static_cast<size_t>(silent - candidates.begin()), each.value);
    }
    if (is_put) {
      filled |= BitOf(filling.field);
      continue;
    }
    const std::string_view name = NameToAdd(names, filling.field, StandardNameOf(filling.field));
    const FillPlace place = FindFillPlace(candidates, names, filling.field, name);
    if (!place.silent && place.is_taken) continue;
    filled |= BitOf(filling.field);
    if (!place.silent) {
      add(name, filling.value);
      continue;
    }
    const bool is_first =
        filling.field == MergeField::kPages && PageNameOf(candidates[*place.silent].name, names) == PageName::kFirst;
    const FirstAndLastPage pages = SplitPages(filling.value);
    put_at(*place.silent, is_first ? pages.first : filling.value);
    if (!is_first || pages.last.empty()) continue;
    const auto last = std::ranges::find_if(candidates, [names](const FillCandidate& one) {
      return one.says_nothing && PageNameOf(one.name, names) == PageName::kLast;
    });
    if (last != candidates.end()) put_at(static_cast<size_t>(last - candidates.begin()), pages.last);
  }
  record.first_field = static_cast<uint32_t>(batch.fields.size());
  record.num_fields = static_cast<uint32_t>(fields.size());
  batch.fields.insert(batch.fields.end(), fields.begin(), fields.end());
  return filled;
}

}  // namespace unecho
