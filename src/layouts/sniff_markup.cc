#include "layouts/sniff_markup.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/status.h"
#include "layouts/markup_names.h"
#include "layouts/profile.h"
#include "layouts/source_head.h"
#include "layouts/xml_shape.h"
#include "layouts/xml_text.h"
#include "layouts/xml_tree.h"
#include "text/file_name.h"
#include "text/scan.h"
#include "text/shown_text.h"

namespace unecho {
namespace {

using std::string_view;

constexpr size_t kLongestElement = 256;

bool IsNamedHtml(string_view name) {
  name = PlainFileName(name);
  for (const string_view end : {".html", ".htm", ".xhtml"}) {
    if (absl::EndsWithIgnoreCase(Abs(name), Abs(end))) return true;
  }
  return false;
}

// Text that stands in no element is Markdown, or lines with tags in them.
bool HasTextOutside(const XmlTree& tree) { return 10 * tree.elements[0].own_bytes > tree.elements[0].text_bytes; }

// A list of <article>s with <title>s is XML though all its names are of HTML.
bool IsFragmentOfHtml(const XmlTree& tree) {
  if (HasTextOutside(tree)) return false;
  size_t html = 0;
  for (size_t i = 1; i < tree.elements.size(); ++i) {
    const XmlElement& element = tree.elements[i];
    const string_view parent = tree.elements[element.parent].name;
    const bool is_of_head = element.name == "title" || element.name == "head" || element.name == "body";
    if (is_of_head && !parent.empty() && !absl::EqualsIgnoreCase(Abs(parent), "head") &&
        !absl::EqualsIgnoreCase(Abs(parent), "html"))
      return false;
    html += static_cast<size_t>(IsHtmlElement(element.name));
  }
  return 20 * html >= 19 * (tree.elements.size() - 1);
}

// Whether anything is called like the title or the text of a known record.
bool HasField(const XmlTree& tree, const XmlShape& shape, const XmlProfile& profile) {
  std::set<string_view> names;
  for (const auto* paths : {&profile.title, &profile.body}) {
    for (const string_view path : *paths) names.insert(path.substr(path.rfind('/') + 1));
  }
  return std::ranges::any_of(tree.elements, [&](const XmlElement& element) {
    bool has = names.contains(element.name) ||
               (element.own_bytes > 0 && std::ranges::find(shape.records, element.name) != shape.records.end());
    ForEachXmlAttribute(element.attributes, [&](string_view name, string_view value) {
      has |= names.contains(std::string("@").append(name)) || (name == "name" && names.contains(value));
    });
    return has;
  });
}

// "<a>, <b>", fit for a terminal.
std::string ListOfNames(const std::vector<std::string>& names) {
  constexpr size_t kWidth = 60;  // of each
  return absl::StrJoin(names, ", ", [](std::string* out, const std::string& name) {
    absl::StrAppendFormat(out, "<%s>", ShownText(name, kWidth));
  });
}

Detected OfKnownRecords(const XmlShape& shape, size_t bytes) {
  return {FindLayout("xml"), absl::StrFormat("%s is known as a record, %d times in the first %d bytes",
                                             ListOfNames(shape.records), shape.count, bytes)};
}

Detected OfShape(const XmlShape& shape, size_t bytes) {
  Profile profile = FindLayout("xml")->profile();
  XmlProfile& xml = profile.xml;
  if (shape.adds_known)
    xml.record.insert(xml.record.end(), shape.records.begin(), shape.records.end());
  else
    xml.record = shape.records;
  xml.innermost = shape.innermost;
  xml.title.insert(shape.adds_known ? xml.title.end() : xml.title.begin(), shape.titles.begin(), shape.titles.end());
  xml.body.insert(shape.adds_known ? xml.body.end() : xml.body.begin(), shape.bodies.begin(), shape.bodies.end());
  const std::string names = ListOfNames(shape.records);
  std::string why = shape.count == 0
                        ? absl::StrFormat("no element repeats as records do: %s is one document", names)
                        : absl::StrFormat("%s %s, %d times in the first %d bytes", names,
                                          shape.records.size() > 1 ? "are alike" : "repeats", shape.count, bytes);
  Detected detected{std::make_shared<const Layout>(std::move(profile)), std::move(why)};
  if (shape.folders_say) {
    detected.doubt = absl::StrFormat(
        "%s with others inside are no records, though they have texts of their own; --layout text reads all of it as "
        "one text",
        names);
  }
  return detected;
}

}  // namespace

SniffVerdict IsNamedAndHtml(string_view text, bool at_end, string_view name, std::string& why) {
  if (!IsNamedHtml(name)) return SniffVerdict::kNo;
  for (size_t at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
    const string_view element = XmlNameAt(text.substr(at));
    if (!IsHtmlBlock(element) && !IsHtmlVoid(element)) continue;
    why = absl::StrFormat("it is called HTML, and has <%s>", element);
    return SniffVerdict::kYes;
  }
  return at_end ? SniffVerdict::kNo : SniffVerdict::kNotYet;
}

SniffVerdict IsDrawing(string_view text, bool at_end) {
  const XmlProlog prolog = ReadXmlProlog(text);
  if (absl::StartsWithIgnoreCase(Abs(prolog.document_type), "<!doctype svg")) return SniffVerdict::kYes;
  if (!prolog.is_complete) return at_end ? SniffVerdict::kNo : SniffVerdict::kNotYet;
  const string_view begin = text.substr(prolog.bytes), root = XmlNameAt(begin);
  if (root.empty()) return !at_end && begin.size() < kLongestElement ? SniffVerdict::kNotYet : SniffVerdict::kNo;
  return LocalName(root) == "svg" ? SniffVerdict::kYes : SniffVerdict::kNo;
}

SniffVerdict IsHtml(string_view text, bool at_end, string_view name, std::string& why) {
  const XmlProlog prolog = ReadXmlProlog(text);
  const string_view begin = text.substr(prolog.bytes);
  if (!prolog.document_type.empty() && absl::StartsWithIgnoreCase(Abs(prolog.document_type), "<!doctype html")) {
    why = absl::StrFormat("it has the document type %s", Quoted(prolog.document_type));
    return SniffVerdict::kYes;
  }
  if (!prolog.is_complete) return at_end ? SniffVerdict::kNo : SniffVerdict::kNotYet;
  const string_view root = XmlNameAt(begin);
  if (root.empty()) return !at_end && begin.size() < kLongestElement ? SniffVerdict::kNotYet : SniffVerdict::kNo;
  if (absl::EqualsIgnoreCase(Abs(LocalName(root)), "html")) {
    why = absl::StrFormat("its root is %s", Quoted(begin.substr(0, root.size() + 1)));
    return SniffVerdict::kYes;
  }
  if (!IsHtmlElement(root)) return SniffVerdict::kNo;
  if (!IsHtmlBlock(root) || absl::EqualsIgnoreCase(Abs(root), "details"))
    return IsNamedAndHtml(text, at_end, name, why);
  if (!at_end) return SniffVerdict::kNotYet;
  if (!IsFragmentOfHtml(ReadXmlTree(text, true))) return IsNamedAndHtml(text, at_end, name, why);
  why = absl::StrFormat("it is a fragment of HTML, which begins with <%s>", root);
  return SniffVerdict::kYes;
}

string_view OpeningOfXml(string_view text, bool at_end) {
  constexpr int kTags = 3;
  const XmlProlog prolog = ReadXmlProlog(text);
  size_t at = prolog.bytes;
  for (int i = 0; i < kTags; ++i) {
    do {
      at = text.find('<', at);
      if (at == text.npos) break;
      ++at;
    } while (at < text.size() && (text[at] == '/' || text[at] == '!'));
    if (at != text.npos) at = text.find('>', at);
    if (at == text.npos) return at_end ? text : string_view();
  }
  return text.substr(0, at + 1);
}

std::optional<Detected> ByXml(string_view text, bool is_all) {
  const XmlProlog prolog = ReadXmlProlog(text);
  const string_view begin = text.substr(prolog.bytes);
  const string_view root = XmlNameAt(begin);
  if (root.empty() && prolog.has_declaration) {
    return Detected{nullptr,
                    absl::StrFormat("it begins as XML, and there is no element in its first %d bytes: name its "
                                    "records (--record NAME), or read it as one text (--layout text)",
                                    text.size())};
  }
  if (root.empty()) return std::nullopt;
  const std::vector<std::string>& known = FindLayout("xml")->profile().xml.record;
  const bool is_known = std::ranges::find(known, LocalName(root)) != known.end();
  const bool has_namespace = begin.substr(0, begin.find('>')).find(" xmlns") != begin.npos;
  const XmlTree tree = ReadXmlTree(text);
  // Of a source that goes on the root has not ended yet, nor has a long record in it.
  constexpr size_t kFewOpen = 8, kFewest = 3;
  const bool is_nested = tree.is_regular && tree.num_ended > 0 && tree.elements.size() <= tree.num_ended + kFewOpen;
  // ... and one that was cut off has elements in a root without a text of its own.
  const bool is_cut_off = is_nested && tree.elements.size() > kFewest && tree.elements[1].own_bytes == 0;
  const bool is_ended = is_all ? is_cut_off || text.find(std::string("</").append(root)) != text.npos
                               : is_known || is_nested || 2 * tree.num_ended > tree.elements.size();
  if (!prolog.has_declaration && !is_ended) return std::nullopt;
  if (!prolog.has_declaration && !prolog.document_type.empty() && !tree.is_regular) return std::nullopt;  // SGML
  if (!prolog.has_declaration && (HasTextOutside(tree) || (IsHtmlElement(root) && !is_known && !has_namespace)))
    return std::nullopt;
  const std::optional<XmlShape> shape = ShapeOfXml(tree, known);
  if (!shape) {
    return Detected{
        nullptr,
        "it is XML, and no element is known as a record: name it (--record NAME), or read it all as one text "
        "(--layout text)"};
  }
  const bool is_read = shape->is_known && HasField(tree, *shape, FindLayout("xml")->profile().xml);
  return is_read ? OfKnownRecords(*shape, text.size()) : OfShape(*shape, text.size());
}

}  // namespace unecho
