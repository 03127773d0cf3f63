// Which layout a source has, by its first kSniffBytes.
//
// Asked in turn: the first byte (a page's furniture, JSON, XML, WARC), the head of a mail, the columns of a CSV, and
// then every layout whose [detect] hints show up: each is tried on what is there, and the one that finds most records
// is taken. What shows no hint within kHintLines is told by the shape of these lines (sniff_text.h): one text,
// paragraphs, cards, lines, or a refusal where nothing is sure.
//
// Every rule needs complete lines only, and a rule that could still change its mind gives no answer: so more bytes
// never change an answer that was given before the end was seen. A rule that looks at all of the head is asked only if
// the first kHintLines show a hint of it, at the end as before it (ShowsHints()).
#include "layouts/sniff.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "layouts/csv_shape.h"
#include "layouts/document_kind.h"
#include "layouts/json_head.h"
#include "layouts/json_lines.h"
#include "layouts/json_shape.h"
#include "layouts/label_blocks.h"
#include "layouts/mail_head.h"
#include "layouts/page_rules.h"
#include "layouts/release_notes.h"
#include "layouts/repeated_sections.h"
#include "layouts/separators.h"
#include "layouts/sniff_json.h"
#include "layouts/sniff_markup.h"
#include "layouts/sniff_text.h"
#include "layouts/sniff_trial.h"
#include "layouts/source_head.h"
#include "layouts/yaml_place.h"
#include "text/characters.h"
#include "text/counted.h"
#include "text/scan.h"
#include "unecho/layouts.h"

namespace unecho {
namespace {

// Does the first line that is no comment look like YAML? Then all of the beginning is looked at.
bool MayBeYaml(const Head& head) {
  static const Pattern kKey =
      Pattern::Known(R"(^(?:- *|- +[{].*|- +&\S+|(?:- +)?(?:[\pL\pN_"\x27][^:{}\[\]]{0,60}:(?:[ \t].*)?))$)");
  for (size_t i = 0; i < std::min(kHintLines, head.lines.size()); ++i) {
    const std::string_view text = head.lines[i].text;
    if (text.starts_with('#') || text.starts_with('%') || text == "---") continue;
    return kKey.Matches(text);
  }
  return false;
}

std::optional<Detected> ByYaml(const Head& head, bool is_all) {
  const LayoutPtr yaml = FindLayout("yaml");
  const std::optional<YamlPlace> place = FindYamlPlace(head.bytes, is_all, yaml->profile().json);
  if (!place) return std::nullopt;
  std::string_view where = "it";
  if (!place->keys.empty()) where = place->keys.back();
  return Detected{yaml, absl::StrFormat("%s is a %s of YAML with %s in the first %d bytes",
                                        place->keys.empty() ? "it" : Quoted(where), place->is_list ? "list" : "mapping",
                                        Counted(place->records, "record"), head.bytes.size())};
}

// Of a document type that is neither HTML nor XML.
bool IsSgml(std::string_view text) {
  const std::string line = absl::AsciiStrToLower(Abs(text.substr(0, std::min(text.find('\n'), size_t{200}))));
  return text.find('\n') != text.npos && line.starts_with("<!doctype ") && line.find("html") == line.npos &&
         line.find("xml") == line.npos;
}

// XML, WARC: by how the source begins, and lines that must be there.
SniffVerdict AskHints(const Head& head, std::string_view bytes, const Detection& detect, std::string& why) {
  const std::optional<size_t> begin = BeginsLike(bytes, detect);
  if (!begin) {
    const bool too_short = TrimBlanks(bytes).size() < 16 && !head.is_all;
    return too_short ? SniffVerdict::kNotYet : SniffVerdict::kNo;
  }
  for (const Pattern& pattern : detect.lines) {
    const Line* const line = FirstMatch(head, pattern, head.lines.size());
    if (line == nullptr) return head.is_all ? SniffVerdict::kNo : SniffVerdict::kNotYet;
    std::array<std::string_view, 1> match;
    pattern.Find(line->text, match);
    if (why.empty()) why = absl::StrFormat("%s in line %d", Quoted(match[0]), line->number);
  }
  if (why.empty()) why = absl::StrFormat("it begins with %s", Quoted(TrimBlanks(bytes).substr(0, *begin)));
  return SniffVerdict::kYes;
}

// Macros, comments and a preamble, and no entry. Where there is one, the trial of layouts finds it.
bool BeginsAsBibtex(const Head& head) {
  static const Pattern kFurniture = Pattern::Known(R"((?i)^\s*@(?:string|comment|preamble)\s*[{(])");
  const auto is_comment = [](const Line& line) { return line.text.starts_with('%'); };
  const auto first = std::ranges::find_if_not(head.lines, is_comment);
  if (first == head.lines.end() || !kFurniture.Matches(first->text)) return false;
  const std::vector<Pattern>& entries = FindLayout("bibtex")->profile().detect.count;
  return std::ranges::none_of(head.lines, [&](const Line& line) {
    return std::ranges::any_of(entries, [&](const Pattern& entry) { return entry.Matches(line.text); });
  });
}

// An entry, whose fields may hold notes with headings.
bool BeginsWithBibtexEntry(const Head& head) {
  const Detection& detect = FindLayout("bibtex")->profile().detect;
  const auto is_comment = [](const Line& line) { return line.text.starts_with('%'); };
  const auto first = std::ranges::find_if_not(head.lines, is_comment);
  const auto fits = [](const std::vector<Pattern>& patterns, const Line& line) {
    return std::ranges::any_of(patterns, [&line](const Pattern& pattern) { return pattern.Matches(line.text); });
  };
  return first != head.lines.end() && fits(detect.count, *first) &&
         std::ranges::any_of(FirstLinesOf(head), [&](const Line& line) { return fits(detect.lines, line); });
}

// A file that is one document, by its mark-up.
std::optional<Detected> ByDocumentKind(const Head& head) {
  if (IsSubtitles(FirstLinesOf(head))) return Found("subtitles", "it is a file of subtitles, which is one text");
  if (IsReleaseNotes(FirstLinesOf(head))) return Found("text", "it is a list of changes, which is one text");
  const std::string_view kind = DocumentKind(FirstLinesOf(head));
  if (kind.empty()) return std::nullopt;
  return Found("text", absl::StrFormat("it is %s, which is one text", kind));
}

Detected ByYamlStream() {
  return {
      nullptr,
      "it is a stream of YAML documents, which is not read: turn it into JSON, a document a line (python3 -c 'import "
      "json, sys, yaml; [print(json.dumps(d, default=str)) for d in yaml.safe_load_all(sys.stdin)]'), or read it as "
      "one text (--layout text)"};
}

// A mail, unless it is a daily listing of arXiv, or messages one after the other.
std::optional<Detected> ByMail(const Head& head, bool at_end, MailHead mail) {
  if (!at_end && (mail.is_of_arxiv || !mail.is_sure)) return std::nullopt;
  if (!mail.is_sure) {
    if (auto several = ByHeads(head)) return several;
  }
  if (mail.is_of_arxiv) {
    if (auto tried = ByTrial(head); tried && tried->layout->name() == "arxiv-mail") return tried;
  }
  return Found("mail", std::move(mail.why));
}

// A page behind comments, scripts, and what a server had to complain of.
std::optional<Detected> ByDoctype(const Head& head) {
  constexpr size_t kLines = 20;
  for (size_t i = 0; i < std::min(kLines, head.lines.size()); ++i) {
    const std::string_view line = head.lines[i].text;
    if (line.starts_with("```")) break;  // an example of HTML
    if (!absl::StartsWithIgnoreCase(Abs(line), "<!doctype html")) continue;
    return Found("html", absl::StrFormat("line %d begins with %s", head.lines[i].number, Quoted(line)));
  }
  return std::nullopt;
}

// Whether one of the rules that look at all of the head could find something.
bool ShowsHints(const Head& head) {
  const std::span<const Line> lines = FirstLinesOf(head);
  return MayBeYaml(head) || MayBeTried(head) || HasMarkers(lines) || MayBeMessages(lines) || MayBeBlocks(head) ||
         MayBeLog(lines) || MayBeLabelled(head) ||
         std::ranges::any_of(lines, [](const Line& line) { return IsRuler(line.text); });
}

// A layout for XML of one kind: its first line is that of the root or of what comes first in it, and it finds a record.
SniffVerdict FitsXml(const Layout& layout, const Head& head, std::string_view text, bool at_end) {
  const std::string_view opening = OpeningOfXml(text, at_end);
  if (opening.empty()) return SniffVerdict::kNotYet;
  if (!layout.profile().detect.lines[0].Matches(opening)) return SniffVerdict::kNo;
  const Trial trial = Try(layout, head.bytes);
  if (trial.accepted > 0 || (trial.records > 0 && head.is_cut)) return SniffVerdict::kYes;
  return at_end ? SniffVerdict::kNo : SniffVerdict::kNotYet;
}

}  // namespace

std::optional<Detected> SniffLayout(std::string_view prefix, bool at_end, const LayoutOptions& options,
                                    std::string_view name) {
  // Of just so many bytes nobody knows whether they have been cut here by who asks.
  const bool source_ends = at_end && prefix.size() < kSniffBytes;
  if (prefix.size() >= kSniffBytes) {
    prefix = prefix.substr(0, kSniffBytes);
    at_end = true;
  }
  if (!at_end && prefix.size() < kBom.size() && kBom.starts_with(prefix)) return std::nullopt;
  Head head = ReadHead(prefix, at_end);
  head.is_cut = prefix.size() == kSniffBytes;
  const std::string_view bytes = prefix.substr(BomBytes(0, prefix));
  const std::string_view text = TrimBlanks(bytes);
  if (text.empty()) return at_end ? std::optional(Found("lines", "it is empty")) : std::nullopt;

  if (IsSourceCode(name)) {
    if (head.lines.size() < kHintLines && !at_end) return std::nullopt;
    if (!head.lines.empty()) {
      if (auto binary = ByZeros(head)) return binary;
    }
    // var tweets = [...]: an export, whatever its name.
    if (!head.lines.empty() && HasAssignedList(head.lines[0].text)) {
      if (!at_end) return std::nullopt;
      if (auto json = ByJsonLater(bytes, source_ends)) return json;
    }
    return Found("text", "it is source code by its name, which is one text");
  }
  if (const std::string_view markup = MarkupOf(name); !markup.empty() && text[0] != '<') {
    if (head.lines.size() < kHintLines && !at_end) return std::nullopt;
    if (!head.lines.empty()) {
      if (auto binary = ByZeros(head)) return binary;
    }
    return Found("text", absl::StrFormat("it is %s by its name, which is one text", markup));
  }
  if (!options.record.empty() && std::string_view("<{[").find(text[0]) != std::string_view::npos)
    return Found(text[0] == '<' ? "xml" : "json", absl::StrFormat("--record names %s", options.record));
  // "[[File:" is wiki text, "[[paper]]" is TOML.
  const bool is_markup = IsTemplate(text) || (text.starts_with("[[") && text.size() > 2 && IsAlpha(text[2]));
  if ((text[0] == '{' || text[0] == '[') && !is_markup) {
    const JsonAnswer json = ByJson(head, bytes, text, at_end, !options.match_fields.empty());
    if (json.found || json.is_open) return json.found;
  }
  if (head.lines.empty()) {
    // Only the engines that need no lines could say something now.
    if (text[0] != '<' && !std::string_view("WARC/").starts_with(text.substr(0, 5))) return std::nullopt;
  } else if (IsFurniture(head.lines[0].text)) {
    return Found("page", "the first line is furniture of a page");
  }
  if (text[0] == '<') {
    const SniffVerdict drawing = IsDrawing(text, at_end);
    if (drawing == SniffVerdict::kNotYet) return std::nullopt;
    if (drawing == SniffVerdict::kYes) {
      return Detected{
          nullptr,
          "it is a drawing (SVG), and no text: leave it out (for a folder, --glob says which files to read), "
          "or read it as it stands (--layout text)"};
    }
  }
  {
    std::string why;
    const SniffVerdict verdict =
        text[0] == '<' ? IsHtml(text, at_end, name, why) : IsNamedAndHtml(text, at_end, name, why);
    if (verdict == SniffVerdict::kYes) return Found("html", std::move(why));
    if (verdict == SniffVerdict::kNotYet) return std::nullopt;
  }
  for (const LayoutPtr& layout : Layouts()) {
    const Detection& detect = layout->profile().detect;
    if (!detect.any() || IsTried(*layout)) continue;
    std::string why;
    SniffVerdict verdict = AskHints(head, bytes, detect, why);
    if (verdict == SniffVerdict::kYes && layout->profile().engine == Engine::kXml)
      verdict = FitsXml(*layout, head, text, at_end);
    if (verdict == SniffVerdict::kYes) return Detected{layout, why};
    if (verdict == SniffVerdict::kNotYet) return std::nullopt;
  }
  if (text[0] == '<') {
    if (!at_end) return std::nullopt;
    if (auto xml = ByXml(text, !head.is_cut)) return xml;
  }
  if (IsSgml(text)) {
    return Detected{nullptr,
                    "it is SGML, which is not read: convert it to XML (osx), or say which lines part its records "
                    "(--record-separator)"};
  }
  MailHead mail;
  const MailAnswer is_mail = BeginsAsMail(bytes, source_ends, &mail);
  if (is_mail == MailAnswer::kNotYet && !at_end) return std::nullopt;
  if (is_mail == MailAnswer::kYes) return ByMail(head, at_end, std::move(mail));
  if (head.lines.empty() || (head.lines.size() < 2 && !at_end)) return std::nullopt;

  if (!at_end && head.lines.size() < kHintLines) return std::nullopt;
  if (MayBeManual(FirstLinesOf(head))) {
    if (!at_end) return std::nullopt;
    if (IsManual(head.lines)) return Found("text", "it is a manual page, which is one text");
  }
  if (IsJson5(FirstLinesOf(head))) return ByJson5();
  if (MayBeginJsonLater(HintBytes(head))) {
    if (!at_end) return std::nullopt;
    if (auto json = ByJsonLater(bytes, source_ends)) return json;
  }
  if (IsMostlyJson(FirstLinesOf(head))) return ByLinesOfJson(head);
  if (BeginsAsBibtex(head)) return Found("bibtex", "it begins as BibTeX does, and shows no entry");
  if (IsConllU(FirstLinesOf(head)))
    return Detected{SeparatedLayout("^$").value(),
                    "its lines are words of sentences, which blank lines part (CoNLL-U)"};
  const LayoutPtr csv = FindLayout("csv");
  const std::optional<CsvShape> table = ShapeOfCsv(bytes, at_end, csv->profile().csv, options);
  if (!table) return std::nullopt;
  if (!table->refusal.empty()) return Detected{nullptr, table->refusal};
  if (table->is_table) return Detected{csv, table->why};
  if (auto html = ByDoctype(head)) return html;
  if (!BeginsWithBibtexEntry(head)) {
    if (auto document = ByDocumentKind(head)) return document;
  }
  if (IsSettingsByName(name)) {
    if (!at_end) return std::nullopt;
    if (auto labelled = ByLabels(head)) return labelled;  // [[paper]]
    return Found("text", "it is a file of settings by its name, which is one text");
  }
  if (head.lines.size() >= kHintLines && !ShowsHints(head)) return Weak(ByGaps(head));
  if (!at_end) return std::nullopt;
  if (auto marked = ByMarkers(head)) return marked;
  if (IsFortunes(head)) return Found("fortunes", "lines of one % part its texts");
  if (MayBeYaml(head)) {
    if (auto yaml = ByYaml(head, prefix.size() < kSniffBytes)) return yaml;
    if (IsYamlStream(FirstLinesOf(head))) return ByYamlStream();
    if (IsYaml(FirstLinesOf(head)) || IsYamlDocument(head.lines))
      return Found("text", "it is YAML without a list of records: it is one text");
  }
  if (auto sections = ByRepeatedSections(head)) return sections;
  if (auto tried = ByTrial(head)) return tried;
  if (auto events = ByTimes(head)) return events;
  if (auto labelled = ByLabels(head)) return labelled;
  if (auto messages = ByMessages(head)) return messages;
  if (auto parted = BySeparators(head)) return parted;
  if (auto parted = ByBlankLines(head)) return parted;
  return Weak(ByGaps(head));
}

}  // namespace unecho
