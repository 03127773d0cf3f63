// A layout as data: which engine reads a dump, and what it has to know about this kind of dump.
//
// A profile is a small TOML file (docs/unecho-layouts.5.md). The built-in ones are such files too, under
// src/layouts/profiles, and are embedded in the binary. Each engine reads the part of its name; the others keep their
// defaults.
//
// Cost:    patterns are compiled once, when the profile is parsed, and matched in linear time (RE2).
// Threads: immutable after parsing; patterns may be used by any number of threads.
// Failure: ParseProfile names the file, the line, the key, and the keys there are.
#ifndef UNECHO_SRC_LAYOUTS_PROFILE_H_
#define UNECHO_SRC_LAYOUTS_PROFILE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace unecho {

// How a dump is read. page, jsonl, lines, text, html and mail have nothing, or little, to
// configure.
enum class Engine : uint8_t {
  kPage,
  kJsonl,
  kLines,
  kText,
  kPattern,
  kXml,
  kBibtex,
  kCsv,
  kJson,
  kWarc,
  kHtml,
  kMail,
  kYaml,
  kCount
};
std::string_view Name(Engine engine);  // "page", "jsonl", ...
std::optional<Engine> EngineByName(std::string_view name);

// An RE2 pattern: linear in the text it looks at, whatever it is. Copies share the compiled form.
class Pattern {
 public:
  Pattern() = default;
  // Syntax of RE2; `^` and `$` stand for the ends of the text unless (?m) is on; bytes that are no UTF-8 match nothing
  // but `\C`.
  static absl::StatusOr<Pattern> Compile(std::string_view text);
  // The same for a pattern that is known to be right; it is compiled when it is first used.
  static Pattern Known(std::string_view text);

  bool empty() const { return state_ == nullptr; }
  const std::string& text() const;
  bool has_groups() const;

  // False if there is no match in `text`, or the pattern is empty. groups[0] is the match, groups[i] group i; one that
  // took no part has a null data().
  bool Find(std::string_view text, std::span<std::string_view> groups) const;
  bool Matches(std::string_view text) const { return Find(text, {}); }
  // Group 1 if the pattern has one, else the whole match; null data() if it does not match.
  std::string_view Extract(std::string_view text) const;
  // Can a text that begins with this byte match? A pattern that begins with ^ rules most bytes out.
  bool MayBeginWith(unsigned char c) const;

 private:
  struct State;
  std::shared_ptr<State> state_;  // null: matches nothing
};

// What is done to the text of a field before it is matched and written.
struct Unescape {
  bool html = false;       // tags go (their text stays), entities are decoded
  bool markdown = false;   // emphasis, code marks and links go (the text of a link stays), \* becomes *
  bool latex = false;      // braces go; \"o, \'{e}, --, \& become what they print
  bool subtitles = false;  // <i>, <v Ann>, <00:00:01.000> and {\an8} go, entities are decoded
  bool any() const { return html || markdown || latex || subtitles; }
};

// --- engines --------------------------------------------------------------------------------------------------------
// Lists of names are in order of preference: the first that is there and is not empty counts.

struct JsonlProfile {
  std::vector<std::string> title = {"title", "headline"};
  std::vector<std::string> body = {"text",     "abstract",  "content",      "contents",     "body",        "article",
                                   "story",    "full_text", "article_text", "maintext",     "raw_content", "document",
                                   "passage",  "review",    "message",      "page_content", "raw_text",    "selftext",
                                   "sentence", "summary",   "description"};
  // Members of an object whose text is all that is in it, whatever else there is.
  std::vector<std::string> whole = {"messages", "conversations", "conversation", "turns",      "dialogue",
                                    "dialog",   "utterances",    "prompt",       "completion", "chosen",
                                    "rejected", "instruction",   "question"};
};

// A field of a record made of lines. Several may have one name: the first that gives a value counts.
struct FieldPattern {
  std::string name;            // title, body, or any other name (for --id-field, --keep)
  Pattern line;                // a line that holds it; group 1 is the value; group 2 goes to the field without
                               // a pattern. Empty: takes every line that no other field of the record takes
  Pattern more;                // lines behind it that go on with it; group 1, if any, is what they say
  bool rest = false;           // ... instead: all lines up to the next one that begins a field
  bool paragraph = false;      // ... but not beyond the blank line behind its first text
  bool every = false;          // of several lines that hold it all count, not only the first
  std::vector<Pattern> strip;  // what is cut out of each of its lines, once each
};

// What a field that options may name in every layout is called in this one: doi is DO in RIS. A name may be followed by
// a blank and how the value has to end: "LID [doi]".
struct StandardName {
  std::string name;
  std::vector<std::string> written;  // the preferred first
};

struct TableProfile {                              // Markdown tables: the header row says which column is which
  std::vector<std::string> title, body, snapshot;  // names of columns, lower case; empty title: no tables
  std::vector<Pattern> row;                        // a row of a table without a header; group 1 is its title
  std::vector<Pattern> strip;                      // what is cut out of a title, once each
};

// Lines are asked in this order: furniture, inside, snapshot, section, separator, end, start, maybe, block, above.
// Blank lines belong to what is around them, unless `separator` matches an empty line. A line longer than
// max_record_bytes matches nothing. docs/unecho-layouts.5.md has the whole story.
struct PatternProfile {
  std::vector<Pattern> furniture;  // a line that says nothing, wherever it stands
  std::vector<Pattern> inside;     // neither begins nor ends a record, whatever the patterns below say
  std::vector<Pattern> snapshot;   // ends a record, furniture; group 1 is the date in force behind it
  std::vector<Pattern> section;    // ends a record, furniture
  std::vector<Pattern> separator;  // ends a record, and is counted as separator
  std::vector<Pattern> end;        // ends a record and belongs to it
  std::vector<Pattern> start;      // begins a record
  std::vector<Pattern> maybe;      // begins a record if it gets a body; else all of it is furniture
  std::vector<Pattern> block;      // behind a blank line: furniture, and so is what follows up to the next blank line
  std::vector<Pattern> above;      // right above a line of `start` or furniture: furniture; with `start`, the record
                                   // begins here
  std::vector<Pattern> head;       // keys may stand between it and a line of `start`: the record begins here
  std::vector<FieldPattern> fields;
  std::vector<Pattern> tag;  // a line that begins a field of its own: group 1 is its name, group 2 its value. What does
                             // not begin one goes on with it. Only listed; what is text, `fields` say
  TableProfile table;
  // Lines that belong to no record are furniture, but for one of these.
  bool outside_is_rejected = false;  // rejected as orphan_body, and what `maybe` has begun but for headings alone as
                                     // title_without_body
  bool outside_is_record = false;    // the first begins a record
  bool has_fences = false;           // between lines of ``` or ~~~ nothing begins or ends a record: it is code
  bool has_front_matter = false;     // lines from --- to --- at the very beginning are furniture
  bool require_title = true;         // a record without a title is rejected as no_title
  // Without fields, and without titles, the text of a record is all of its lines as they stand.
  bool takes_all_lines() const { return fields.empty() && !require_title; }
};

// Elements named by name ("title", at any depth inside the record) or by the end of their path ("titles/title");
// "@Title" is an attribute of the record, "link/@href" of an element, "identifier[@type=doi]" an element with that
// attribute. <field name="title"> counts as <title>. Prefixes
// of name spaces are ignored. Of several elements that one name fits, the outermost counts, of a body all that are as
// far out. The value is all character data inside, markup dropped.
struct XmlProfile {
  std::vector<std::string> record;  // an element of one of these names is a record: item, entry, record, paper
  std::vector<std::string> title, body, snapshot;
  std::vector<std::string> more;    // what comes behind the body if it is there, too: the full text behind an abstract
  bool prose = false;               // elements that no name fits are text, too, if they are prose (src/layouts/xml.cc)
  bool innermost = false;           // an element with another record inside is none: a folder
  std::vector<std::string> opened;  // elements of which not they are fields of a record, but their parts
  // "identifier/@type": elements that an attribute tells apart. They are called "identifier[@type=doi]", and what is in
  // such a one that is opened "relatedItem[@type=host]/titleInfo".
  std::vector<std::string> told_apart;
  std::vector<std::string>
      persons;           // elements of persons: as a field they say "Family, Given", what else is in them goes
                         // by itself
  Pattern body_pattern;  // what of the body is its text (group 1), after unescaping; no match: all of it
  // Where --merge adds a field: the path of its element, the first part of which may be anywhere in the record and the
  // last may have attributes ("Article/ELocationID EIdType=\"doi\""), and before which elements it goes.
  std::vector<StandardName> places;
};

struct CsvProfile {
  char delimiter = 0;                              // 0: , ; tab or |, whichever the first lines agree on
  std::optional<bool> header;                      // the first row names the columns; else they are called 1, 2, 3...
                                                   // Without a value the rows tell (csv_shape.h)
  std::vector<std::string> title, body, snapshot;  // columns, compared without case and surrounding blanks
  std::vector<std::string>
      other;  // columns that are no text: where none is a body, those are that are nothing of all this
};

struct JsonProfile {  // an array of objects, an object of objects, or an object with such an array; also of yaml
  std::vector<std::string>
      records;  // path ("data/papers", "*/hits") of the container; empty: found by what its objects
                // look like (json_place.h)
  std::vector<std::string> title, body, snapshot;  // names or paths ("paper/title")
  std::vector<std::string> whole;                  // as JsonlProfile::whole
  std::vector<std::string> parts;                  // names of lists that are parts of their object, never records
  std::vector<Pattern>
      text_title;  // of records that are strings: group 1 of the first that matches is all that is compared
};

struct WarcProfile {
  std::vector<std::string> content = {"response", "resource", "conversion", "revisit"};  // WARC-Types that carry text;
      // every other record is rejected as not_content
};

struct BibtexProfile {
  std::vector<std::string> title = {"title"}, body = {"abstract"}, snapshot;
  std::vector<std::string> ignore = {"comment", "string", "preamble"};  // furniture
};

// --- detection ------------------------------------------------------------------------------------------------------

// How `--layout auto` knows a dump, from its first kSniffBytes. Everything that is given must hold.
struct Detection {
  std::vector<std::string> begins;  // the first bytes that are not blank; one of them; without regard to case
  std::vector<Pattern> lines;       // each matches at least one of the lines that are not blank
  std::vector<Pattern> count;       // lines that match one of these stand for the records; pattern engine: it counts
                                    // the records it finds
  std::vector<Pattern> alone;       // where each matches a line, one record is enough
  size_t at_least = 1;  // ... and are this many. Of several such layouts the first whose `begins` matches is
                        // taken, else the one with most
  bool any() const { return !begins.empty() || !lines.empty() || !count.empty(); }
};

struct Profile {
  std::string name;         // [a-z0-9-]+
  std::string description;  // one line
  Engine engine = Engine::kLines;
  Unescape unescape_title, unescape_body;
  Detection detect;
  std::vector<StandardName> names;

  JsonlProfile jsonl;
  PatternProfile pattern;
  XmlProfile xml;
  CsvProfile csv;
  JsonProfile json;
  WarcProfile warc;
  BibtexProfile bibtex;

  std::string source;  // the TOML text it came from
};

// `file`: what errors call it. `is_known`: its patterns are right, and are compiled when they are first used.
absl::StatusOr<Profile> ParseProfile(std::string_view toml, std::string_view file, bool is_known = false);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_PROFILE_H_
