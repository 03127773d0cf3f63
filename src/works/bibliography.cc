#include "works/bibliography.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <vector>

#include "base/batch.h"
#include "layouts/cutter.h"
#include "layouts/profile.h"
#include "works/work_fields.h"

namespace unecho {
namespace {

// The records that are complete in the beginning of a source, with their fields.
void Read(const Layout& layout, LayoutOptions options, std::string_view begin, bool is_all, Batch& batch) {
  options.list_fields = true;
  options.listed_names.clear();
  batch.bytes.assign(begin.size() + Batch::kPaddingBytes, '\0');
  std::memcpy(batch.bytes.data(), begin.data(), begin.size());
  batch.layout = &layout;
  batch.size = MakeCutter(layout, options)->Cut({batch.bytes.data(), begin.size()}, 0, is_all, batch);
  std::memset(batch.bytes.data() + batch.size, 0, Batch::kPaddingBytes);
  batch.ends_source = is_all;
  if (batch.size > 0) Segment(layout, options, batch);
}

// An object that unecho has written of an entry of a bibliography: some tag or name that these have, in its `fields`.
bool IsWrittenOfWork(std::span<const NamedField> fields) {
  const auto own = std::ranges::find(fields, "fields", &NamedField::name);
  if (own == fields.end() || std::ranges::find(fields, "ref", &NamedField::name) == fields.end()) return false;
  constexpr std::string_view kNames[] = {"\"AU\":", "\"A1\":", "\"FAU\":", "\"key\":", "\"container-title\":"};
  return std::ranges::any_of(kNames, [&](std::string_view name) { return own->value.find(name) != own->value.npos; });
}

// By the names of its fields, whatever their values.
bool IsNamedAsWork(const Batch& batch, const Record& record, bool is_table) {
  const auto fields = batch.FieldsOf(record);
  if (!is_table && IsWrittenOfWork(fields)) return true;
  const auto has = [&](std::string_view name) {
    return std::ranges::find(fields, name, &NamedField::name) != fields.end();
  };
  // CSL, of citation managers and of Crossref; OpenAlex.
  if (!is_table && !has("container-title") && !(has("authorships") && has("biblio"))) return false;
  std::vector<NamedField> named(fields.begin(), fields.end());
  for (NamedField& field : named) {
    field.value = "10.1/1";  // what may stand in any of them
    field.is_json = false;
  }
  const WorkFields work = WorkFieldsOf(named, batch.layout->profile().names, {}, {});
  const bool has_place = !work.volume.empty() || !work.pages.empty() || !work.doi.empty() || !work.pmid.empty();
  return !work.title.empty() && !work.authors.empty() && !work.container.empty() && has_place;
}

// Enough to know it by.
bool SaysWhichWork(const Batch& batch, const Record& record) {
  WorkFields work = WorkFieldsOf(batch, record);
  if (!work.doi.empty() || !work.pmid.empty()) return true;
  if (work.title.empty() || work.authors.empty()) return false;
  work.authors.clear();
  return work.IsBibliographic();
}

}  // namespace

std::optional<Bibliography> IsBibliography(const Layout& layout, const LayoutOptions& options, std::string_view begin,
                                           bool is_all) {
  const Profile& profile = layout.profile();
  const bool is_known = std::ranges::find(profile.names, "journal", &StandardName::name) != profile.names.end() ||
                        layout.name() == "ovid-fields";  // whose names are the usual ones
  const bool is_table = profile.engine == Engine::kCsv, is_lines = profile.engine == Engine::kJsonl;
  const bool is_labelled = layout.name() == "labelled";  // Ovid, with the names of fields on lines of their own
  if (!is_known && !is_table && !is_lines && !is_labelled && profile.engine != Engine::kJson) return Bibliography::kNo;
  // Rows and lines, which may come slowly, are most often something else, as the first one shows.
  if (!is_all && !is_table && !is_lines) return std::nullopt;
  Batch batch;
  Read(layout, options, begin, is_all, batch);
  const auto usable = [&batch](const Record& record) {
    return record.reason == Reason::kNone && !batch.FieldsOf(record).empty();
  };
  if (batch.records.empty()) return is_all ? std::optional(Bibliography::kNoRecords) : std::nullopt;
  if (!is_known) {
    // Not each entry of a list is an article in a journal.
    const auto named = [&](const Record& record) { return IsNamedAsWork(batch, record, is_table || is_labelled); };
    // Of a table the first row that is one: above its header may be lines that name the export.
    const auto first = is_table ? std::ranges::find_if(batch.records, usable) : batch.records.begin();
    if (first == batch.records.end()) return is_all ? std::optional(Bibliography::kNo) : std::nullopt;
    const std::span<const Record> asked(first, is_table || is_lines ? first + 1 : batch.records.end());
    if (std::ranges::none_of(asked, named)) return Bibliography::kNo;
  }
  if (!is_all) return std::nullopt;
  const auto num_usable = std::ranges::count_if(batch.records, usable);
  const auto num_works = std::ranges::count_if(
      batch.records, [&](const Record& record) { return usable(record) && SaysWhichWork(batch, record); });
  return 2 * num_works > num_usable ? Bibliography::kYes : Bibliography::kNo;
}

}  // namespace unecho
