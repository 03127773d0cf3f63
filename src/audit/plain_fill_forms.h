// The forms of plain_fill.h: what a record reads as with fields in it.
//
// Cost:    some scans of the record. Threads: functions without state. Failure: none; what cannot be written is not.
#ifndef UNECHO_SRC_AUDIT_PLAIN_FILL_FORMS_H_
#define UNECHO_SRC_AUDIT_PLAIN_FILL_FORMS_H_

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "audit/plain_fill.h"

namespace unecho {

bool IsAllBlank(std::string_view text);
std::string WithoutBlanksAround(std::string_view text);
std::string_view StandardOf(std::string_view field);  // "container" -> "journal"
// "314-320" -> both; one page -> it, and nothing.
std::pair<std::string, std::string> FirstAndLastOf(const std::string& pages);
// Lines with their line ends; a line without, and its line end.
std::vector<std::string> LinesWithEnds(std::string_view text);
std::string BodyOf(const std::string& line);
std::string EndOf(const std::string& line);
// Where a value goes in a record of a format that has each name once.
class PlainPlaces {
 public:
  explicit PlainPlaces(std::span<const StandardName> names) : names_(names) {}
  void Add(std::string name, bool says_nothing) { all_.push_back({std::move(name), says_nothing}); }
  // The fields that say nothing and could have it, that of the name `wanted` first, then by rank.
  std::optional<size_t> Silent(std::string_view field, std::string_view wanted) const;
  // Whether one more called `wanted` may be added.
  bool IsFree(std::string_view field, std::string_view wanted) const;
  // If place `i` is for the first page only: that for the last one, if it says nothing.
  bool IsFirstPage(size_t i) const { return PageNameOf(all_[i].first, names_) == PageName::kFirst; }
  std::optional<size_t> SilentLastPage() const;
  const std::string& Name(size_t i) const { return all_[i].first; }

 private:
  std::optional<size_t> RankIn(size_t i, std::string_view field) const;
  std::span<const StandardName> names_;
  std::vector<std::pair<std::string, bool>> all_;
};
// The profile's own name for a field whose value is written as it is, or `usual`.
std::string PlainNameFor(const Profile& profile, std::string_view field, std::string_view usual);
// What the profile calls it, and the value as it ends there ("LID [doi]"). Nothing: it has no name for it.
std::vector<std::pair<std::string, std::string>> NamesAndValues(const Profile& profile, const PlainFill& fill);

std::string FilledTags(std::string_view record, const Profile& profile, std::span<PlainFill> fills);
std::string FilledEntry(const AuditSpan& span, const Profile& profile, std::span<PlainFill> fills);
std::string FilledRow(const AuditSpan& span, const Profile& profile, std::span<PlainFill> fills);
std::string FilledObject(std::string_view record, const Profile& profile, std::span<PlainFill> fills);
std::string FilledXml(std::string_view record, const XmlProfile& profile, std::span<PlainFill> fills);

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_PLAIN_FILL_FORMS_H_
