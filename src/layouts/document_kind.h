// Files that are one document, by how they begin: cut into lines or paragraphs they would be a corpus of fragments.
//
// Cost:    a look at the first lines. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_DOCUMENT_KIND_H_
#define UNECHO_SRC_LAYOUTS_DOCUMENT_KIND_H_

#include <span>
#include <string_view>

#include "layouts/source_head.h"

namespace unecho {

// "a LaTeX document"; empty if it is none that is known. `lines`: the first ones that are not blank.
std::string_view DocumentKind(std::span<const Line> lines);

// A page of a manual, whose comments and macros may go on for long before its title: `lines` are all of the head.
bool IsManual(std::span<const Line> lines);
// Whether the first line may begin one: then the whole head is needed.
bool MayBeManual(std::span<const Line> lines);

// CoNLL-U and its like: a sentence is a block of lines, a word a line.
bool IsConllU(std::span<const Line> lines);

// SubRip, WebVTT or SubViewer; DocumentKind() does not ask.
bool IsSubtitles(std::span<const Line> lines);

// Whether a source is code, by the end of its name: "src/main.cc", "setup.py.gz", "a.py@2" (read/input.h).
bool IsSourceCode(std::string_view name);
// A file of keys and values by the end of its name: "app.properties", "app.conf".
bool IsSettingsByName(std::string_view name);
// The language of a document by the end of its name: "LaTeX" of "paper.tex". Empty: none that is known.
std::string_view MarkupOf(std::string_view name);

// Keys of YAML with something below them, and hardly anything else. For what has no records of YAML.
bool IsYaml(std::span<const Line> lines);
// One document of YAML behind a line of ---, which nothing closes: no front matter. `lines` are all of the head.
bool IsYamlDocument(std::span<const Line> lines);
// Documents of YAML between lines of ---, of which the first two have a key in common. Behind the front matter of a
// post comes its text.
bool IsYamlStream(std::span<const Line> lines);

// For text that shows no other layout: titles underlined as reStructuredText has them, more than one.
bool HasUnderlinedTitles(std::span<const Line> lines);
// Three or more of them under one sign have a paragraph each, and nothing else stands there: they may be a listing.
bool AreUnderlinedEntries(std::span<const Line> lines);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_DOCUMENT_KIND_H_
