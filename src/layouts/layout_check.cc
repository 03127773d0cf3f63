#include "layouts/layout_check.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "base/batch.h"
#include "layouts/cutter.h"
#include "layouts/page_rules.h"
#include "text/scan.h"

namespace unecho {
namespace {

constexpr size_t kExcerptBytes = 60;
constexpr size_t kMostNames = 4;

std::string Quoted(std::string_view text) {
  text = TrimBlanks(text);
  const std::string_view part = Utf8Prefix(text, kExcerptBytes);
  return absl::StrFormat("'%s%s'", part, part.size() < text.size() ? "..." : "");
}

std::string FirstLine(std::string_view text) {
  text = TrimBlanks(text);
  return std::string(text.substr(0, std::min(text.find_first_of("\r\n"), 2 * kExcerptBytes)));
}

std::string ListOf(const std::vector<std::string>& names) {
  std::string list;
  for (size_t i = 0; i < std::min(names.size(), kMostNames); ++i) list += (i > 0 ? ", " : "") + names[i];
  if (names.size() > kMostNames) list += ", ...";
  return list;
}

std::string ListOf(const std::vector<Pattern>& patterns) {
  std::vector<std::string> texts;
  for (const Pattern& pattern : patterns) texts.push_back("'" + pattern.text() + "'");
  return ListOf(texts);
}

// What the layout looked for to begin a record.
std::string WantedRecord(const Profile& profile) {
  switch (profile.engine) {
    case Engine::kPattern: {
      if (!profile.pattern.table.title.empty()) {
        return absl::StrFormat("no table has a column called %s (pattern.table.title)",
                               ListOf(profile.pattern.table.title));
      }
      const bool only_maybe = profile.pattern.start.empty();
      return absl::StrFormat("no line matches %s: %s",
                             only_maybe ? "pattern.maybe and has text below it" : "pattern.start",
                             ListOf(only_maybe ? profile.pattern.maybe : profile.pattern.start));
    }
    case Engine::kXml: return absl::StrFormat("there is no element called %s (xml.record)", ListOf(profile.xml.record));
    case Engine::kCsv: return "there is no row below the header";
    case Engine::kJson: return "there is no object in an array or in another object";
    case Engine::kYaml: return "there is no list or mapping of mappings that look like records";
    case Engine::kBibtex: return "there is no entry like @article{...}";
    case Engine::kWarc: return "there is no head of a record like WARC/1.0";
    case Engine::kPage:
    case Engine::kJsonl:
    case Engine::kLines:
    case Engine::kText:
    case Engine::kHtml:
    case Engine::kCount: break;
  }
  return "nothing is found";
}

// What it looked for inside a record that it rejected.
std::string WantedText(const Profile& profile, const std::vector<std::string>& match_fields, Reason reason) {
  if (reason != Reason::kNoTitle && reason != Reason::kNoMatchField) return {};
  const auto fields = [](std::string_view kind, std::string_view part, const auto& title, const auto& body) {
    return absl::StrFormat(": no %s is called %s (%s.title) or %s (%s.body)", kind, ListOf(title), part, ListOf(body),
                           part);
  };
  switch (profile.engine) {
    case Engine::kPattern: {
      std::vector<Pattern> titles;
      for (const FieldPattern& field : profile.pattern.fields) {
        if (field.name == "title") titles.push_back(field.line);
      }
      return titles.empty()
                 ? ": the profile has no [[pattern.field]] with name = \"title\""
                 : absl::StrFormat(": no line of it matches a pattern.field that is called title: %s", ListOf(titles));
    }
    case Engine::kXml: return fields("element in it", "xml", profile.xml.title, profile.xml.body);
    case Engine::kCsv: return fields("column", "csv", profile.csv.title, profile.csv.body);
    case Engine::kJson: return fields("member", "json", profile.json.title, profile.json.body);
    case Engine::kYaml: return fields("key", "yaml", profile.json.title, profile.json.body);
    case Engine::kBibtex: return fields("field", "bibtex", profile.bibtex.title, profile.bibtex.body);
    case Engine::kJsonl:
      if (!match_fields.empty())
        return absl::StrFormat(": no line has a field called %s (--match-fields)", ListOf(match_fields));
      return fields("field", "jsonl", profile.jsonl.title, profile.jsonl.body);
    case Engine::kWarc:
    case Engine::kHtml:
    case Engine::kPage:
    case Engine::kLines:
    case Engine::kText:
    case Engine::kCount: break;
  }
  return {};
}

// `is_layout_asked`, `are_fields_asked`: by --layout, by --match-fields.
std::string Advice(const Profile& profile, bool takes_match_fields, bool is_layout_asked, bool are_fields_asked) {
  if (are_fields_asked) return "name fields that it has";
  if (!is_layout_asked && takes_match_fields) {
    return "name its fields (--match-fields) or another layout (--layout; 'unecho layouts' lists them)";
  }
  const bool is_builtin = FindLayout(profile.name) != nullptr;
  return absl::StrFormat("name another layout ('unecho layouts' lists them)%s %s%s", is_layout_asked ? "," : " or",
                         is_builtin
                             ? absl::StrFormat("change a copy of this one ('unecho layouts --show %s')", profile.name)
                             : "change its profile",
                         is_layout_asked ? ", or leave --layout out" : "");
}

// A record that the layout could not read. What it read, and others reject, fits.
bool IsMisread(Reason reason) {
  return reason == Reason::kNoTitle || reason == Reason::kNoMatchField || reason == Reason::kMalformed ||
         reason == Reason::kInvalidJson || reason == Reason::kOrphanBody;
}

}  // namespace

LayoutCheck::LayoutCheck(const SourceNames& sources, LayoutPtr given, std::vector<std::string> match_fields)
    : sources_(sources), given_(std::move(given)), match_fields_(std::move(match_fields)), found_(sources.size()) {
  if (given_ != nullptr && !TraitsOf(*given_).may_find_nothing) given_ = nullptr;
}

LayoutCheck::Asked LayoutCheck::WhatIsAsked(const Layout& layout) const {
  if (given_ != nullptr) return Asked::kLayout;
  return !match_fields_.empty() && TraitsOf(layout).pieces_are_fields ? Asked::kFields : Asked::kNothing;
}

absl::Status LayoutCheck::operator()(const Batch& batch) {
  if (!match_fields_.empty() && !batch.traits->pieces_are_fields && batch.traits->is_known_by_names) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s: --match-fields names fields of JSON lines, and this has the layout %s: name its fields in "
                        "a copy of its profile ('unecho layouts --show %s')",
                        sources_.name(batch.source), batch.layout->name(), batch.layout->name()));
  }
  const Asked asked = WhatIsAsked(*batch.layout);
  if (asked == Asked::kNothing && any_fits_) return absl::OkStatus();
  Source& source = found_[static_cast<size_t>(batch.source)];
  if (source.fits) return absl::OkStatus();
  if (source.first_line.empty())
    source.first_line = FirstLine(batch.content().substr(BomBytes(batch.offset_bytes, batch.content())));
  source.bytes += batch.size - batch.ledger[ByteClass::kSeparator];
  for (const Record& record : batch.records) {
    if (!IsMisread(record.reason) || (asked == Asked::kFields && record.reason != Reason::kNoMatchField)) {
      source.fits = any_fits_ = true;
      return absl::OkStatus();
    }
    if (source.records++ > 0) continue;
    source.reason = record.reason;
    source.line = record.line;
    source.excerpt = FirstLine(record.raw);
  }
  if (!batch.ends_source) return absl::OkStatus();
  const bool is_unread = source.bytes > 0 && (asked != Asked::kNothing || batch.traits->is_known_by_names);
  if (is_unread && asked != Asked::kNothing) return Misfit(*batch.layout, sources_.name(batch.source), source, asked);
  if (is_unread && first_misfit_.ok())
    first_misfit_ = Misfit(*batch.layout, sources_.name(batch.source), source, asked);
  const bool is_last = static_cast<size_t>(batch.source) + 1 == found_.size();
  return is_last && !any_fits_ ? first_misfit_ : absl::OkStatus();
}

absl::Status LayoutCheck::Misfit(const Layout& layout, const std::string& name, const Source& source,
                                 Asked asked) const {
  const Profile& profile = layout.profile();
  const std::string advice =
      Advice(profile, TraitsOf(layout).pieces_are_fields, asked == Asked::kLayout, asked == Asked::kFields);
  if (source.records == 0) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s: layout %s finds no record: %s; the source begins with %s; %s", name, profile.name,
                        WantedRecord(profile), Quoted(source.first_line), advice));
  }
  return absl::InvalidArgumentError(absl::StrFormat(
      "%s:%d: layout %s can use none of %d records; the first, %s, is rejected as %s%s; the source begins with %s; %s",
      name, source.line, profile.name, source.records, Quoted(source.excerpt), Name(source.reason),
      WantedText(profile, match_fields_, source.reason), Quoted(source.first_line), advice));
}

}  // namespace unecho
