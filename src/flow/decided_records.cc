#include "flow/decided_records.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "text/ref.h"
#include "text/shown_text.h"
#include "works/work_fields.h"
#include "write/corpus.h"

namespace unecho {
namespace {

constexpr size_t kMaxNamed = 3, kShownName = 60;

}  // namespace

DecidedRecords::DecidedRecords(const Decisions* decisions, const SourceNames& sources)
    : decisions_(decisions), sources_(sources) {
  if (decisions == nullptr) return;
  // As refs have them: names that differ in blanks alone are one.
  HashMap<std::string, std::vector<size_t>> places;
  for (size_t i = 0; i < sources.size(); ++i) {
    const std::string ref = NameKey(RefName(sources.name(SourceId{static_cast<uint32_t>(i)}), 1));
    places[ref.substr(0, ref.rfind('#'))].push_back(i);
  }
  refs_.resize(sources.size());
  seen_.resize(decisions->names().size());
  for (uint32_t place = 0; place < decisions->names().size(); ++place) {
    const Decisions::Name& name = decisions->names()[place];
    has_ids_ = has_ids_ || name.is_id;
    const std::optional<SplitRef> ref = name.is_id ? std::nullopt : ParseRef(name.text);
    if (!ref || RefName(ref->source, ref->ordinal) != name.text) continue;
    const auto found = places.find(Abs(ref->source));
    if (found == places.end()) continue;
    for (const size_t source : found->second) refs_[source][ref->ordinal] = place;
  }
}

absl::Status DecidedRecords::operator()(Batch& batch) {
  if (decisions_ == nullptr) return absl::OkStatus();
  const HashMap<uint64_t, uint32_t>& refs = refs_[static_cast<size_t>(batch.source)];
  if (refs.empty() && !has_ids_) return absl::OkStatus();
  for (Record& record : batch.records) {
    if (!record.is_last_fragment) continue;
    if (const auto ref = refs.find(record.ordinal); ref != refs.end()) {
      const Decisions::Name& name = decisions_->names()[ref->second];
      UNECHO_RETURN_IF_ERROR(CheckTitle(batch, record, name));
      record.decided_groups[0] = name.group;
      seen_[ref->second] = true;
    }
    if (!has_ids_ || record.id.empty()) continue;
    const uint32_t place = decisions_->FindId(TextOfId(record.id));
    if (place == Decisions::kNone) continue;
    record.decided_groups[1] = decisions_->names()[place].group;
    seen_[place] = true;
  }
  return absl::OkStatus();
}

absl::Status DecidedRecords::CheckTitle(const Batch& batch, const Record& record, const Decisions::Name& name) const {
  if (record.reason != Reason::kNone) return absl::OkStatus();
  const std::string expected = TitleKey(name.title);
  const std::string title = WorkFieldsOf(batch, record).title;
  if (expected.empty() || TitleKey(title) == expected) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrFormat(
      "--decided %s:%d: %s has the title '%s' here, and '%s' there: it is another record, since refs count records; "
      "give the inputs in which the pairs were found, or name records by ids (--id-field with --review)",
      decisions_->path(), name.title_line, name.text, ShownText(title, kShownName), ShownText(name.title, kShownName)));
}

absl::Status DecidedRecords::Check() const {
  std::vector<std::string> missing;
  size_t more = 0;
  bool has_ids = false;
  for (size_t place = 0; place < seen_.size(); ++place) {
    const Decisions::Name& name = decisions_->names()[place];
    if (seen_[place]) continue;
    if (missing.size() == kMaxNamed) {
      ++more;
      continue;
    }
    missing.push_back(absl::StrFormat("%s%s (line %d)", name.is_id ? "the id " : "the ref ",
                                      ShownText(name.text, kShownName), name.line));
    has_ids = has_ids || name.is_id;
  }
  if (missing.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrFormat(
      "--decided %s: no record has %s%s; give the inputs in which the pairs were found, under the same names, or empty "
      "the decisions of these lines%s",
      decisions_->path(), absl::StrJoin(missing, ", "), more > 0 ? absl::StrFormat(" and %d more", more) : "",
      has_ids ? "; where a spreadsheet has changed ids, empty those of the line, so that the refs count" : ""));
}

}  // namespace unecho
