// The forms of plain_fill.h: what a record reads as with fields in it.
//
// Cost:    some scans of the record. Threads: functions without state. Failure: none; what cannot be written is not.
#ifndef UNECHO_SRC_AUDIT_PLAIN_FILL_FORMS_H_
#define UNECHO_SRC_AUDIT_PLAIN_FILL_FORMS_H_

#include <array>
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
// A value of JSON that says nothing.
bool IsSilentValue(std::string_view json);
// What the profile calls it, and the value as it ends there ("LID [doi]"). Nothing: it has no name for it.
std::vector<std::pair<std::string, std::string>> NamesAndValues(const Profile& profile, const PlainFill& fill);

std::string FilledTags(std::string_view record, const Profile& profile, std::span<PlainFill> fills);
std::string FilledEntry(std::string_view record, std::span<PlainFill> fills);
std::string FilledRow(const AuditSpan& span, std::span<PlainFill> fills);
std::string FilledObject(std::string_view record, std::span<PlainFill> fills);
std::string FilledXml(std::string_view record, const XmlProfile& profile, std::span<PlainFill> fills);

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_PLAIN_FILL_FORMS_H_
