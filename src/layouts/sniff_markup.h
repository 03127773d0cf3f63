// `--layout auto` for what begins with '<': a page of HTML, or XML and what its records are.
//
// Problem. Names of elements do not tell HTML from XML, nor records from parts of a document.
// Idea. A document type or a root <html> says it, whatever stands before it: comments, scripts, <?php ?>, <?xml ?>.
// A fragment is HTML if all that is in it is. For XML see xml_shape.h.
//
// Cost:    a few passes over the beginning of a source. Threads: functions without state.
// Failure: Detected::layout is null where there is no answer.
#ifndef UNECHO_SRC_LAYOUTS_SNIFF_MARKUP_H_
#define UNECHO_SRC_LAYOUTS_SNIFF_MARKUP_H_

#include <optional>
#include <string_view>

#include "layouts/sniff.h"

namespace unecho {

enum class SniffVerdict : uint8_t { kNo, kYes, kNotYet };

// `text` begins with '<'; `name`: of the source.
SniffVerdict IsHtml(std::string_view text, bool at_end, std::string_view name, std::string& why);

// A drawing (SVG), by its root or its document type: no text, whatever labels are in it. kNotYet: it may be one.
SniffVerdict IsDrawing(std::string_view text, bool at_end);

// A source that is called page.html, and has a tag of HTML, whatever it begins with.
SniffVerdict IsNamedAndHtml(std::string_view text, bool at_end, std::string_view name, std::string& why);

// Up to behind the third start tag, where the root and the first in it stand. Empty: not yet.
std::string_view OpeningOfXml(std::string_view text, bool at_end);

// Needs all that will be looked at. `is_all`: of the source. No answer: it is no XML.
std::optional<Detected> ByXml(std::string_view text, bool is_all);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_SNIFF_MARKUP_H_
