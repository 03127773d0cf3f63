// Plain text whose lines part records, or say what the others are: for --layout auto.
//
// Cost:    a few passes over the head. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_SEPARATORS_H_
#define UNECHO_SRC_LAYOUTS_SEPARATORS_H_

#include <optional>
#include <span>
#include <string_view>

#include "layouts/sniff.h"
#include "layouts/source_head.h"

namespace unecho {

// A line of one sign of punctuation. "* * *" is none: it stands between the scenes of one text.
bool IsRuler(std::string_view line);
// Fortune files: % alone on several lines. It is a comment in LaTeX, Matlab and PostScript, where other lines begin
// with it, too, or with a backslash.
bool IsFortunes(const Head& head);
// Nearly all lines begin with a marker (\lx); those that do not go on with the line above.
bool HasMarkers(std::span<const Line> lines);

// Asked only with all of the head: what a line says is not known before what comes behind it is seen.
std::optional<Detected> BySeparators(const Head& head);  // rulers between texts that look alike
// A ruler between any two lines; between what people say to each other.
std::optional<Detected> ByRulers(std::span<const Line> lines);
std::optional<Detected> ByDialogues(std::span<const Line> lines);
// The same with blank lines: "Package: ..." of Debian, "dn: ..." of LDIF.
std::optional<Detected> ByBlankLines(const Head& head);
// Whether the first label of the head comes again behind a blank line: then the whole head is needed.
bool MayBeBlocks(const Head& head);
// Standard format: a record begins at the first marker that comes again. The text of a Bible has chapters and verses
// instead, and is one text.
std::optional<Detected> ByMarkers(const Head& head);

// A log in which some events go on below their line, as traces of a stack do: an event begins with its time.
bool MayBeLog(std::span<const Line> lines);
std::optional<Detected> ByTimes(const Head& head);
// Blocks of gettext: msgid and msgstr, with what is said of them above.
bool MayBeMessages(std::span<const Line> lines);
std::optional<Detected> ByMessages(const Head& head);
// What cannot be cut at lines, and says so: markers of language models between texts inside lines; articles of a
// database that end with the number of a document.
std::optional<Detected> UncutTexts(std::span<const Line> lines);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_SEPARATORS_H_
