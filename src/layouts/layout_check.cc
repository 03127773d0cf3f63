#include "layouts/layout_check.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/batch.h"
#include "base/did_you_mean.h"
#include "layouts/cutter.h"
#include "layouts/page_rules.h"
#include "layouts/profile.h"
#include "text/scan.h"
#include "text/shown_text.h"

namespace unecho {
namespace {

constexpr size_t kExcerptBytes = 60;
constexpr size_t kMostNames = 4, kMostKnownNames = 30;

std::string InQuotes(std::string_view text) {
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
std::string WantedRecord(const Profile& profile, const std::string& record) {
  if (!record.empty()) {
    return absl::StrFormat("there is no %s called %s (--record)",
                           profile.engine == Engine::kXml ? "element" : "place with objects in it", record);
  }
  switch (profile.engine) {
    case Engine::kPattern: {
      if (!profile.pattern.table.title.empty()) {
        return absl::StrFormat("no table has a column called %s (pattern.table.title)",
                               ListOf(profile.pattern.table.title));
      }
      if (profile.pattern.outside_is_record) return "every line is a separator or furniture";
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
    case Engine::kMail: return "there is no message";
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
std::string WantedText(const Profile& profile, const std::vector<std::string>& match_fields,
                       std::string_view match_option, Reason reason) {
  if (reason != Reason::kNoTitle && reason != Reason::kNoMatchField) return {};
  const auto fields = [](std::string_view kind, std::string_view part, const auto& title, const auto& body) {
    return absl::StrFormat(": no %s is called %s (%s.title) or %s (%s.body)", kind, ListOf(title), part, ListOf(body),
                           part);
  };
  if (!match_fields.empty()) {
    return absl::StrFormat(": no %s has a value for %s (%s)", profile.engine == Engine::kJsonl ? "line" : "record",
                           ListOf(match_fields), match_option);
  }
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
    case Engine::kJson:
    case Engine::kYaml: return fields("member", Name(profile.engine), profile.json.title, profile.json.body);
    case Engine::kBibtex: return fields("field", "bibtex", profile.bibtex.title, profile.bibtex.body);
    case Engine::kJsonl: return ": there is no text in it";
    case Engine::kMail: return reason == Reason::kNoMatchField ? ": none of its parts is text" : "";
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
std::string Advice(const Profile& profile, bool takes_match_fields, bool is_layout_asked, bool are_fields_asked,
                   const std::string& known_names) {
  if (are_fields_asked) return "it has " + (known_names.empty() ? "title and text" : known_names);
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

// Whether records of the layout may have titles.
bool MayHaveTitles(const Layout& layout) {
  const PatternProfile& pattern = layout.profile().pattern;
  if (layout.profile().engine != Engine::kPattern) return !TraitsOf(layout).takes_any_bytes;
  return !pattern.table.title.empty() ||
         std::ranges::find(pattern.fields, "title", &FieldPattern::name) != pattern.fields.end();
}

// A record that the layout could not read, or found nothing in. What it read, and rules reject, fits.
bool IsMisread(Reason reason) {
  return reason == Reason::kNoTitle || reason == Reason::kNoMatchField || reason == Reason::kMalformed ||
         reason == Reason::kInvalidJson || reason == Reason::kFieldNotString || reason == Reason::kEmpty ||
         reason == Reason::kOrphanBody;
}

}  // namespace

LayoutCheck::LayoutCheck(const SourceNames& sources, LayoutPtr given, const LayoutOptions& options)
    : sources_(sources),
      given_(std::move(given)),
      match_fields_(options.match_fields),
      match_option_(options.fields_apart ? "--match" : "--match-fields"),
      record_(options.record),
      require_body_(options.require_body),
      found_(sources.size()) {
  for (size_t i = 0; i < std::min(match_fields_.size(), Batch::kIdName); ++i)
    names_.push_back({match_option_, match_fields_[i], i});
  if (!options.id_field.empty()) names_.push_back({"--id-field", options.id_field, Batch::kIdName});
  if (!options.order_field.empty()) names_.push_back({"--keep", options.order_field, Batch::kOrderName});
  if (given_ != nullptr && !TraitsOf(*given_).may_find_nothing) given_ = nullptr;
}

LayoutCheck::Asked LayoutCheck::WhatIsAsked(const Layout& layout) const {
  if (!record_.empty()) return Asked::kLayout;
  if (given_ != nullptr) return Asked::kLayout;
  return !match_fields_.empty() && TraitsOf(layout).takes_match_fields ? Asked::kFields : Asked::kNothing;
}

absl::Status LayoutCheck::operator()(const Batch& batch) {
  if (!batch.misfit.empty())
    return absl::InvalidArgumentError(absl::StrFormat("%s: %s", sources_.name(batch.source), batch.misfit));
  if (!record_.empty() && !batch.traits->takes_record) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s: --record names an element of XML or a place in JSON, and this has the layout %s",
                        sources_.name(batch.source), batch.layout->name()));
  }
  if (!match_fields_.empty() && !batch.traits->takes_match_fields && !batch.records.empty()) return NoFields(batch);
  if (require_body_ && !batch.records.empty() && !MayHaveTitles(*batch.layout)) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s: --require-body rejects a title without a text, and records of the layout %s have no title",
                        sources_.name(batch.source), batch.layout->name()));
  }
  if (!names_.empty()) NoteNames(batch);
  NoteSeparator(batch);
  const bool is_last = !is_part_ && batch.ends_source && static_cast<size_t>(batch.source) + 1 == found_.size();
  const Asked asked = WhatIsAsked(*batch.layout);
  if (is_last) UNECHO_RETURN_IF_ERROR(CheckOptions(whole_));
  if (asked == Asked::kNothing && whole_.any_fits) return absl::OkStatus();
  Source& source = found_[static_cast<size_t>(batch.source)];
  if (source.fits) return absl::OkStatus();
  if (source.first_line.empty())
    source.first_line = FirstLine(batch.content().substr(BomBytes(batch.offset_bytes, batch.content())));
  source.bytes += batch.size - batch.ledger[ByteClass::kSeparator];
  for (const Record& record : batch.records) {
    if (!IsMisread(record.reason)) {
      source.fits = whole_.any_fits = true;
      return absl::OkStatus();
    }
    source.is_only_empty = source.is_only_empty && record.reason == Reason::kEmpty;
    if (source.records++ > 0) continue;
    source.reason = record.reason;
    source.line = record.line;
    source.excerpt = FirstLine(record.raw);
  }
  if (!batch.ends_source) return absl::OkStatus();
  const bool is_expected = asked != Asked::kNothing || batch.traits->is_known_by_names || source.records > 0;
  const bool is_unread = source.bytes > 0 && is_expected;
  // A source in which there is nothing to read is no reason to stop before the next one.
  const bool is_empty = source.records > 0 && source.is_only_empty;
  if (is_unread && asked != Asked::kNothing && !is_empty)
    return Misfit(*batch.layout, sources_.name(batch.source), source, asked);
  if (is_unread && whole_.first_misfit.empty())
    whole_.first_misfit = Message(Misfit(*batch.layout, sources_.name(batch.source), source, asked));
  return is_last ? Check(whole_) : absl::OkStatus();
}

void LayoutCheck::NoteNames(const Batch& batch) {
  whole_.seen_names |= batch.seen_names;
  for (const Record& record : batch.records) {
    whole_.any_names |= record.reason == Reason::kNone;
    if (!record.id.empty()) whole_.seen_names |= uint64_t{1} << Batch::kIdName;
    if (!record.order_value.empty()) whole_.seen_names |= uint64_t{1} << Batch::kOrderName;
  }
  if (batch.source != own_source_) own_names_.clear(), raw_names_.clear();
  own_source_ = batch.source;
  for (const NamedField& field : batch.fields) {
    if (own_names_.size() == kMostKnownNames) return;
    if (std::ranges::find(raw_names_, field.name) != raw_names_.end()) continue;
    raw_names_.emplace_back(field.name);
    const std::string name = ShownText(field.name, kExcerptBytes);
    for (std::vector<std::string>* names : {&whole_.known_names, &own_names_}) {
      if (names->size() < kMostKnownNames && std::ranges::find(*names, name) == names->end()) names->push_back(name);
    }
  }
}

void LayoutCheck::NoteSeparator(const Batch& batch) {
  if (batch.layout->name() != kSeparatedLayout || whole_.any_separator) return;
  const std::vector<Pattern>& separators = batch.layout->profile().pattern.separator;
  whole_.separator = separators.front().text();
  const std::string_view content = batch.content();
  LineEnds ends(content);
  for (size_t begin = 0; begin < content.size() && !whole_.any_separator;) {
    const size_t found = ends.Find(begin);
    const size_t end = found == LineEnds::kNone ? content.size() : found;
    const std::string_view line = TrimBlanksAtEnd(content.substr(begin, end - begin));
    whole_.any_separator = std::ranges::any_of(separators, [line](const Pattern& each) { return each.Matches(line); });
    begin = found == LineEnds::kNone ? end : end + ends.Size(end);
  }
}

// An option that has done nothing for any source is an error, not a wish that was granted.
absl::Status LayoutCheck::CheckOptions(const Whole& whole) const {
  for (const AskedName& name : names_) {
    if (!whole.any_names || (whole.seen_names >> name.place & 1) != 0) continue;
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: no record has a value for '%s'%s", name.option, name.name,
        whole.known_names.empty()
            ? "; its layout has no fields"
            : "; there are " + absl::StrJoin(whole.known_names, ", ") + FieldMeant(name.name, whole.known_names)));
  }
  if (whole.separator.empty() || whole.any_separator) return absl::OkStatus();
  const SourceId last{static_cast<uint32_t>(found_.size() - 1)};
  return absl::InvalidArgumentError(
      absl::StrFormat("--record-separator: no line of %s%s matches '%s'", sources_.name(last),
                      found_.size() > 1 ? " or of the sources before it" : "", whole.separator));
}

absl::Status LayoutCheck::Check(const Whole& whole) const {
  UNECHO_RETURN_IF_ERROR(CheckOptions(whole));
  return whole.any_fits || whole.first_misfit.empty() ? absl::OkStatus()
                                                      : absl::InvalidArgumentError(whole.first_misfit);
}

void LayoutCheck::Whole::MeetWith(const Whole& later) {
  any_fits |= later.any_fits;
  any_names |= later.any_names;
  any_separator |= later.any_separator;
  seen_names |= later.seen_names;
  for (const std::string& name : later.known_names) {
    if (known_names.size() < kMostKnownNames && std::ranges::find(known_names, name) == known_names.end())
      known_names.push_back(name);
  }
  if (separator.empty()) separator = later.separator;
  if (first_misfit.empty()) first_misfit = later.first_misfit;
}

absl::Status LayoutCheck::NoFields(const Batch& batch) const {
  return absl::InvalidArgumentError(absl::StrFormat(
      "%s: %s names %s, and the layout %s has no fields that can be named: each record is %s; leave the source or the "
      "option out, or name a layout with fields (--layout)",
      sources_.name(batch.source), match_option_, ListOf(match_fields_), batch.layout->name(),
      MayHaveTitles(*batch.layout) ? "a title and a text, compared as one" : "one text"));
}

absl::Status LayoutCheck::Misfit(const Layout& layout, const std::string& name, const Source& source,
                                 Asked asked) const {
  const Profile& profile = layout.profile();
  const std::string advice =
      Advice(profile, TraitsOf(layout).takes_match_fields, asked == Asked::kLayout, asked == Asked::kFields,
             MayHaveTitles(layout) || !own_names_.empty() ? absl::StrJoin(own_names_, ", ") : "text") +
      (asked == Asked::kFields ? FieldMeant(match_fields_.front(), own_names_) : std::string());
  // Prose of a document in which --record finds nothing is no record.
  if (source.records == 0 || (!record_.empty() && source.reason == Reason::kOrphanBody)) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s: layout %s finds no record: %s; the source begins with %s; %s", name, profile.name,
                        WantedRecord(profile, record_), InQuotes(source.first_line), advice));
  }
  return absl::InvalidArgumentError(absl::StrFormat(
      "%s:%d: layout %s %s, %s, is rejected as %s%s; the source begins with %s; %s", name, source.line, profile.name,
      source.records == 1 ? "can use no record; the only one"
                          : absl::StrFormat("can use none of %d records; the first", source.records),
      InQuotes(source.excerpt), Name(source.reason), WantedText(profile, match_fields_, match_option_, source.reason),
      InQuotes(source.first_line), advice));
}

}  // namespace unecho
