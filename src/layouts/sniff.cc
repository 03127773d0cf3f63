// Which layout a source has, by its first kSniffBytes.
//
// Asked in turn: the first byte (a page's furniture, JSON, XML, WARC), the head of a mail, the columns of a CSV, and
// then every layout whose [detect] hints show up: each is tried on what is there, and the one that finds most records
// is taken. What shows no hint within kHintLines is a page if it is made of paragraphs, some of which are titles, else
// lines.
//
// Every rule needs complete lines only, and a rule that could still change its mind gives no answer: so more bytes
// never change an answer.
#include "layouts/sniff.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "base/batch.h"
#include "layouts/csv_shape.h"
#include "layouts/cutter.h"
#include "layouts/document_kind.h"
#include "layouts/json_head.h"
#include "layouts/json_lines.h"
#include "layouts/json_place.h"
#include "layouts/json_shape.h"
#include "layouts/json_table.h"
#include "layouts/json_tree.h"
#include "layouts/label_blocks.h"
#include "layouts/listing_rules.h"
#include "layouts/mail_head.h"
#include "layouts/page_rules.h"
#include "layouts/separators.h"
#include "layouts/sniff_markup.h"
#include "layouts/source_head.h"
#include "layouts/yaml_place.h"
#include "text/characters.h"
#include "text/code_points.h"
#include "text/python_literal.h"
#include "text/scan.h"
#include "unecho/layouts.h"

namespace unecho {
namespace {

constexpr size_t kShownBytes = 40;                        // of a document, in a reason
constexpr int kSniffLines = 8;                            // of a page or of lines
constexpr size_t kJsonLines = 8;                          // that agree, before lines are read as documents
constexpr size_t kZerosOfText = 8, kBytesPerZero = 1000;  // no text has more zero bytes than that, and closer

Detected Found(std::string_view name, std::string why) { return {FindLayout(name), std::move(why)}; }

// --- by lines ------------------------------------------------------------------------------------------------------

const Line* FirstMatch(const Head& head, const Pattern& pattern, size_t num_lines) {
  for (size_t i = 0; i < std::min(num_lines, head.lines.size()); ++i) {
    if (pattern.Matches(head.lines[i].text)) return &head.lines[i];
  }
  return nullptr;
}

bool IsTried(const Layout& layout) {
  return layout.profile().engine == Engine::kPattern || !layout.profile().detect.count.empty();
}

bool ShowsAHint(const Head& head, const Detection& detect) {
  const auto shows = [&](const Pattern& pattern) { return FirstMatch(head, pattern, kHintLines) != nullptr; };
  return std::ranges::any_of(detect.lines, shows) || std::ranges::any_of(detect.count, shows);
}

// How many bytes of what is not blank are one of `begins`; 0 if nothing is asked for; nothing if none is.
std::optional<size_t> BeginsLike(std::string_view bytes, const Detection& detect) {
  if (detect.begins.empty()) return 0;
  const std::string_view text = TrimBlanks(bytes);
  for (const std::string& begin : detect.begins) {
    if (text.size() >= begin.size() && absl::EqualsIgnoreCase(Abs(text.substr(0, begin.size())), begin))
      return begin.size();
  }
  return std::nullopt;
}

// What a layout makes of these bytes.
struct Trial {
  size_t records = 0, accepted = 0;             // all; those that are not rejected
  size_t usable = 0, whole = 0;                 // records; those with a text besides the title
  size_t whole_of_list = 0;                     // ... whose title is an item of a list
  size_t bare_items = 0;                        // numbered lines without a text of their own
  uint64_t record_bytes = 0, orphan_bytes = 0;  // orphans: text that belongs to no record
  uint64_t left_out_bytes = 0;                  // of the records, and no text of theirs
};

Trial Try(const Layout& layout, std::string_view bytes) {
  Batch batch;
  batch.bytes.assign(bytes.size() + Batch::kPaddingBytes, '\0');
  std::memcpy(batch.bytes.data(), bytes.data(), bytes.size());
  batch.size = MakeCutter(layout, {})->Cut({batch.bytes.data(), bytes.size()}, 0, true, batch);
  Segment(layout, {}, batch);
  const bool needs_title = layout.profile().engine != Engine::kPattern || layout.profile().pattern.require_title;
  Trial trial{.records = batch.records.size()};
  for (const Record& record : batch.records) {
    const bool is_orphan = record.reason == Reason::kOrphanBody || record.reason == Reason::kTitleWithoutBody;
    if (is_orphan) trial.orphan_bytes += record.size_bytes;
    trial.bare_items += record.reason == Reason::kTitleWithoutBody && !IsHeading(TrimBlanks(record.raw));
    trial.accepted += record.reason == Reason::kNone;
    if (record.reason != Reason::kNone || (needs_title && record.title.empty())) continue;
    ++trial.usable;
    trial.whole += record.num_pieces > 1;
    trial.whole_of_list += record.num_pieces > 1 && BeginsAsItem(record.title);
    trial.record_bytes += record.size_bytes;
    trial.left_out_bytes += record.left_out_bytes;
  }
  return trial;
}

// Records that the layout finds in the head, if they are enough and it fits: a listing has more text in its records
// than outside them, so that numbered lines and a table in prose are none. Else 0.
size_t CountRecords(const Layout& layout, const Head& head) {
  const Detection& detect = layout.profile().detect;
  const auto is_there = [&](const Pattern& pattern) { return FirstMatch(head, pattern, head.lines.size()) != nullptr; };
  Trial trial;
  if (layout.profile().engine == Engine::kPattern) {
    trial = Try(layout, head.bytes);
    if (trial.orphan_bytes > trial.record_bytes || (trial.bare_items > 0 && trial.bare_items >= trial.usable)) return 0;
  } else {
    trial.usable = static_cast<size_t>(std::ranges::count_if(head.lines, [&](const Line& line) {
      return std::ranges::any_of(detect.count, [&](const Pattern& pattern) { return pattern.Matches(line.text); });
    }));
  }
  const bool one_is_enough = trial.whole > 0 && trial.orphan_bytes == 0 && !detect.alone.empty() &&
                             std::ranges::all_of(detect.alone, is_there);
  return trial.usable < (one_is_enough ? 1 : std::max<size_t>(detect.at_least, 1)) ? 0 : trial.usable;
}

bool ShowsFamily(const Head& head) {
  const size_t num_lines = std::min(kHintLines, head.lines.size());
  return std::any_of(head.lines.begin(), head.lines.begin() + static_cast<ptrdiff_t>(num_lines),
                     [](const Line& line) { return NamesFamily(line.text); });
}

std::optional<Detected> ByTrial(const Head& head) {
  LayoutPtr best;
  size_t most = 0;
  const bool is_family = ShowsFamily(head);
  const bool is_listing = IsListing(BehindFrontMatter(head));
  for (const LayoutPtr& layout : Layouts()) {
    const Detection& detect = layout->profile().detect;
    const std::optional<size_t> begin = BeginsLike(head.bytes, detect);
    if (!IsTried(*layout) || !detect.any() || !ShowsAHint(head, detect) || !begin) continue;
    const bool has_all = std::ranges::all_of(
        detect.lines, [&](const Pattern& pattern) { return FirstMatch(head, pattern, head.lines.size()) != nullptr; });
    if (!has_all) continue;
    const size_t records = CountRecords(*layout, head);
    if (records == 0 || (*begin == 0 && records <= most)) continue;
    // What stands between --- at the beginning of a page or a listing says something about that, and is no record.
    if (*begin > 0 && records == 1 && (is_family || is_listing)) continue;
    best = layout;
    most = records;
    if (*begin > 0) break;  // how a source begins says more than headings and bullets in its texts
  }
  if (best != nullptr && !is_family && best->name().starts_with("markdown-") && best->name() != "markdown-table" &&
      best->name() != "markdown-details") {
    const std::span<const Line> behind = BehindFrontMatter(head);
    const std::span<const Line> lines = behind.empty() ? std::span<const Line>(head.lines) : behind;
    bool is_document = IsDocument(lines, !behind.empty());
    if (!is_document && best->name() != "markdown-bullets" && !IsListing(lines)) {
      const Trial trial = Try(*best, head.bytes);
      is_document = trial.usable > 1 && 2 * trial.left_out_bytes > trial.record_bytes;  // as links below headings
    }
    if (is_document)
      return Found("text",
                   "it is a document in Markdown, with a title or an introduction and sections: it is one text");
  }
  if (is_family) {
    const LayoutPtr page = FindLayout("page");
    const size_t records = Try(*page, head.bytes).whole;
    if (records > most) {
      return Detected{page, absl::StrFormat("it has the furniture of a page, and %d records in the first %d bytes",
                                            records, head.bytes.size())};
    }
  }
  if (best == nullptr) return std::nullopt;
  const Detection& detect = best->profile().detect;
  const Line* const line =
      FirstMatch(head, detect.lines.empty() ? detect.count.front() : detect.lines.front(), head.lines.size());
  return Detected{best, absl::StrFormat("%d records in the first %d bytes; line %d is %s", most, head.bytes.size(),
                                        line->number, Quoted(line->text))};
}

// Records with a title and a text.
size_t WholeRecords(const Layout& layout, std::string_view bytes) { return Try(layout, bytes).whole; }

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
  return Detected{yaml, absl::StrFormat("%s is a %s of YAML with %d records in the first %d bytes",
                                        place->keys.empty() ? "it" : Quoted(where), place->is_list ? "list" : "mapping",
                                        place->records, head.bytes.size())};
}

// Objects a line whose texts are not where lines have them are read as a document is: {"paper": {"title": ...,
// "abstract": ...}}. Lines that stay lines lose nothing, so one that can be used as such, or says less, decides for
// them.
std::optional<Detected> ByJsonLines(std::string_view bytes, bool at_end, bool has_match_fields) {
  Detected lines = Found("jsonl", "the first line is a JSON object");
  if (has_match_fields) return lines;
  const Layout& json = GetLayout("json");
  size_t num_lines = 0, end = 0;
  bool have_lists = false;  // pages of results, a page a line
  for (size_t begin = std::min(bytes.find('{'), bytes.size()); begin < bytes.size() && num_lines < kJsonLines;) {
    end = std::min(bytes.find_first_of("\r\n", begin), bytes.size());
    if (end == bytes.size() && !at_end) return std::nullopt;
    const std::string_view line = bytes.substr(begin, end - begin);
    const size_t records = HasTextsDeeper(line) ? WholeRecords(json, line) : 0;
    const bool is_bare = records == 0 && num_lines > 0 && TextBytes(ReadJsonTree(line).root) == 0;  // the last page
    if (records == 0 && !is_bare) return lines;
    num_lines += static_cast<size_t>(!is_bare);
    have_lists = have_lists || records > 1;
    begin = std::min(bytes.find_first_not_of(" \t\r\n", end), bytes.size());
  }
  if (num_lines < kJsonLines && !at_end) return std::nullopt;
  const std::string_view all = bytes.substr(0, end);
  if (have_lists) {
    if (FindPlace(all, json.profile().json).kind == JsonPlace::Kind::kRoot) return lines;
    return Found("json", "its lines are JSON objects with lists of records in them");
  }
  if (WholeRecords(json, all) != num_lines) return lines;
  return Found("json", "its lines are JSON objects with their texts inside others");
}

std::optional<Detected> ByJsonTable(std::string_view text) {
  const JsonPlace place = FindPlace(text, GetLayout("json").profile().json);
  if (place.table.empty()) return std::nullopt;
  return Detected{nullptr, std::string(place.table)};
}

// JSON behind a comment, a line of a log, the head of a response.
std::optional<Detected> ByJsonLater(std::string_view bytes, bool source_ends) {
  const size_t begin = BytesBeforeJson(bytes, source_ends);
  if (begin == 0) return std::nullopt;
  if (auto table = ByJsonTable(bytes.substr(begin))) return table;
  return Found("json", absl::StrFormat("it is JSON behind %s", Quoted(bytes.substr(0, begin))));
}

Detected ByLinesOfJson(const Head& head) {
  return {nullptr,
          absl::StrFormat("its lines look like JSON, but it does not begin with it: take away what stands before (line "
                          "%d is %s), or read it as one text (--layout text), or line by line (--layout lines)",
                          head.lines[0].number, Quoted(head.lines[0].text))};
}

Detected ByJson5() {
  return {nullptr,
          "it is JSON with comments or with keys without quotes (JSON5, JSONC), which is not read: turn it into JSON "
          "first (npx json5 FILE), or read it as one text (--layout text)"};
}

// Of a document type that is neither HTML nor XML.
bool IsSgml(std::string_view text) {
  const std::string line = absl::AsciiStrToLower(Abs(text.substr(0, std::min(text.find('\n'), size_t{200}))));
  return text.find('\n') != text.npos && line.starts_with("<!doctype ") && line.find("html") == line.npos &&
         line.find("xml") == line.npos;
}

// A list that goes on behind its first line.
bool IsOpenList(std::string_view line) {
  return line == "[" || (line.starts_with("[[") && !line.ends_with(']') && !line.ends_with("],"));
}

// What Python prints of a dictionary: {'title': "It's", 'score': None}.
bool LooksLikePython(std::string_view text) {
  for (std::string_view brackets = "[{"; !brackets.empty(); brackets.remove_prefix(1)) {
    if (text.starts_with(brackets[0])) text = TrimBlanks(text.substr(1));
  }
  if (!text.empty() && std::string_view("uUb").find(text[0]) != std::string_view::npos) text.remove_prefix(1);
  return text.starts_with('\'');
}

Detected ByPythonLine(std::string_view line) {
  std::string json;
  if (line[0] == '{' && AppendPythonLiteralAsJson(line, json))
    return Found("jsonl", "its first line is a dictionary as Python prints it");
  return {nullptr,
          "it is a Python literal, and not one a line: turn it into JSON first (python3 -c 'import ast, json, sys; "
          "json.dump(ast.literal_eval(sys.stdin.read()), sys.stdout)'), or read it as one text (--layout text)"};
}

// XML, WARC: by how the source begins, and lines that must be there.
Verdict AskHints(const Head& head, std::string_view bytes, const Detection& detect, std::string& why) {
  const std::optional<size_t> begin = BeginsLike(bytes, detect);
  if (!begin) {
    const bool too_short = TrimBlanks(bytes).size() < 16 && !head.is_all;
    return too_short ? Verdict::kNotYet : Verdict::kNo;
  }
  for (const Pattern& pattern : detect.lines) {
    const Line* const line = FirstMatch(head, pattern, head.lines.size());
    if (line == nullptr) return head.is_all ? Verdict::kNo : Verdict::kNotYet;
    std::array<std::string_view, 1> match;
    pattern.Find(line->text, match);
    if (why.empty()) why = absl::StrFormat("%s in line %d", Quoted(match[0]), line->number);
  }
  if (why.empty()) why = absl::StrFormat("it begins with %s", Quoted(TrimBlanks(bytes).substr(0, *begin)));
  return Verdict::kYes;
}

std::vector<std::string_view> FirstLines(const Head& head) {
  std::vector<std::string_view> lines;
  for (size_t i = 0; i < std::min(kHintLines, head.lines.size()); ++i) lines.push_back(head.lines[i].text);
  return lines;
}

// What the first lines take, as far as a decision by lines looks.
std::string_view HintBytes(const Head& head) {
  const std::string_view last = head.lines[std::min(kHintLines, head.lines.size()) - 1].text;
  return head.bytes.substr(0, static_cast<size_t>(last.data() + last.size() - head.bytes.data()));
}

// Text has no zero bytes. A few are damage; more are another kind of file, or another encoding.
std::optional<Detected> ByZeros(const Head& head) {
  const std::string_view bytes = HintBytes(head);
  const auto zeros = static_cast<size_t>(std::ranges::count(bytes, '\0'));
  if (zeros < kZerosOfText || zeros * kBytesPerZero <= bytes.size()) return std::nullopt;
  return Detected{
      nullptr,
      absl::StrFormat(
          "%d of its first %d bytes are zero: it is no text (--glob leaves files out), or in an encoding to be named "
          "(--encoding utf-16le, utf-16be); --layout lines reads it all the same",
          zeros, bytes.size())};
}

bool BeginsLowerCase(std::string_view line) {
  size_t at = 0;
  const int32_t c = NextCodePoint(line.data(), at, line.size());
  return c >= 0 && u_islower(c);
}

// Prose whose lines were broken where they were full: most are about as long as the longest, and the next goes on in
// the middle of a sentence. Lines that stand for themselves are of all lengths, or begin like sentences.
bool IsWrapped(std::span<const Line> lines) {
  constexpr size_t kMinPairs = 3, kMinWidth = 40, kMaxWidth = 240;  // bytes
  size_t width = 0, pairs = 0, full = 0, going_on = 0;
  for (const Line& line : lines) width = std::max(width, line.text.size());
  for (size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].after_gap) continue;
    const std::string_view before = lines[i - 1].text;
    ++pairs;
    full += 10 * before.size() >= 7 * width;
    going_on += BeginsLowerCase(lines[i].text) && std::string_view(".!?:;").find(before.back()) == before.npos;
  }
  return pairs >= kMinPairs && width >= kMinWidth && width <= kMaxWidth && 10 * full >= 7 * pairs &&
         10 * going_on >= 4 * pairs;
}

// A story: one paragraph in eight begins with a quotation mark, and there are five.
bool HasDialogue(std::span<const Line> lines, size_t paragraphs) {
  constexpr std::array<std::string_view, 5> kMarks = {"\"", "\u201C", "\u00AB", "\u201E", "\u300C"};
  constexpr size_t kLeast = 5, kPart = 8;
  const auto quoted = static_cast<size_t>(std::ranges::count_if(lines, [&](const Line& line) {
    return std::ranges::any_of(kMarks, [&](std::string_view mark) { return line.text.starts_with(mark); });
  }));
  return quoted >= kLeast && kPart * quoted >= paragraphs;
}

// Paragraphs or lines. Eight lines have seven gaps: half of them is four. A shorter source is a page as soon as it has
// two paragraphs. Prose has no titles, and a page would reject it all: one paragraph in eight has to begin an entry
// with a text.
Detected ByGaps(const Head& head) {
  if (auto binary = ByZeros(head)) return *std::move(binary);
  if (HasUnderlinedTitles(FirstLines(head)))
    return Found("text", "its titles are underlined, as in reStructuredText: it is one text");
  if (std::ranges::any_of(FirstLinesOf(head), [](const Line& line) { return line.text.starts_with("```"); }))
    return Found("text", "it has fenced code, as documents in Markdown have: it is one text");
  int lines = 0, gaps = 0;
  for (const Line& line : head.lines) {
    if (lines == kSniffLines) break;
    if (lines++ > 0 && line.after_gap) ++gaps;
  }
  const size_t num_lines = std::min(kHintLines, head.lines.size());
  const std::span<const Line> first_lines = std::span(head.lines).first(num_lines);
  const bool has_paragraphs = gaps >= (lines == kSniffLines ? kSniffLines / 2 : 1);
  if (!has_paragraphs && IsWrapped(first_lines)) {
    return Found("text",
                 "it is prose in lines that were broken where they were full: it is one text (--record-separator '^$' "
                 "makes each paragraph a record)");
  }
  if (auto uncut = UncutTexts(first_lines)) return *std::move(uncut);
  const std::string labels = LabelsThatComeAgain(first_lines);
  if (!labels.empty()) {
    return {nullptr,
            absl::StrFormat("its lines have labels that come again (%s), and it is not known where a record begins: "
                            "say what parts them (--record-separator REGEX), or take each line for a record "
                            "(--layout lines)",
                            labels)};
  }
  if (!has_paragraphs) return Found("lines", "it is made of lines, and shows no other layout");
  if (IsDocument(first_lines, false) || (HasHeadings(first_lines) && !IsListing(first_lines)))
    return Found("text", "it has headings of Markdown, and is no listing: it is one text");
  const auto paragraphs = 1 + static_cast<size_t>(std::count_if(head.lines.begin() + 1,
                                                                head.lines.begin() + static_cast<ptrdiff_t>(num_lines),
                                                                [](const Line& line) { return line.after_gap; }));
  if (HasDialogue(first_lines, paragraphs))
    return Found("text", "it is prose with dialogue, a paragraph a line: it is one text");
  const Trial page = Try(*FindLayout("page"), HintBytes(head));
  if (8 * (page.whole - page.whole_of_list) < paragraphs) {
    return Found("lines", "it is made of paragraphs without titles, each of which is taken for a record");
  }
  return Found("page", "it is made of paragraphs");
}

// A file that is one document, by its mark-up.
std::optional<Detected> ByDocumentKind(const Head& head) {
  if (IsSubtitles(FirstLines(head))) return Found("subtitles", "it is a file of subtitles, which is one text");
  const std::string_view kind = DocumentKind(FirstLinesOf(head));
  if (kind.empty()) return std::nullopt;
  return Found("text", absl::StrFormat("it is %s, which is one text", kind));
}

// A mail, unless it is a daily listing of arXiv.
std::optional<Detected> ByMail(const Head& head, bool at_end, MailHead mail) {
  if (mail.is_of_arxiv) {
    if (!at_end) return std::nullopt;
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

// A layout for XML of one kind: its first line is that of the root or of what comes first in it, and it finds a record.
Verdict FitsXml(const Layout& layout, const Head& head, std::string_view text, bool at_end) {
  const std::string_view opening = OpeningOfXml(text, at_end);
  if (opening.empty()) return Verdict::kNotYet;
  if (!layout.profile().detect.lines[0].Matches(opening)) return Verdict::kNo;
  const Trial trial = Try(layout, head.bytes);
  if (trial.accepted > 0 || (trial.records > 0 && head.is_cut)) return Verdict::kYes;
  return at_end ? Verdict::kNo : Verdict::kNotYet;
}

}  // namespace

std::optional<Detected> SniffLayout(std::string_view prefix, bool at_end, const LayoutOptions& options,
                                    std::string_view name) {
  const bool source_ends = at_end && prefix.size() <= kSniffBytes;
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
    if (LooksLikePython(text))
      return head.lines.empty() ? std::nullopt : std::optional(ByPythonLine(head.lines[0].text));
    switch (ShapeOfJson(bytes, at_end)) {
      case JsonShape::kUnknownYet: return std::nullopt;
      case JsonShape::kLines: return ByJsonLines(bytes, at_end, !options.match_fields.empty());
      case JsonShape::kDocument:
        if (text.size() < kShownBytes && !at_end) return std::nullopt;
        if (MayBeTable(text)) {
          if (!at_end) return std::nullopt;
          if (auto table = ByJsonTable(text)) return table;
        }
        return Found("json", absl::StrFormat("it begins with %s", Quoted(text.substr(0, kShownBytes))));
      case JsonShape::kNone: break;
    }
    if (!head.is_all && head.lines.size() < kHintLines) return std::nullopt;
    if (IsJson5(FirstLinesOf(head))) return ByJson5();
    if (!head.lines.empty() && IsOpenList(head.lines[0].text)) {
      return Detected{
          nullptr,
          "it is a list of JSON in which no objects or texts are found: write a value a line (jq -c '.[]'), or read it "
          "all as one text (--layout text)"};
    }
  }
  if (head.lines.empty()) {
    // Only the engines that need no lines could say something now.
    if (text[0] != '<' && !std::string_view("WARC/").starts_with(text.substr(0, 5))) return std::nullopt;
  } else if (IsFurniture(head.lines[0].text)) {
    return Found("page", "the first line is furniture of a page");
  }
  {
    std::string why;
    const Verdict verdict = text[0] == '<' ? IsHtml(text, at_end, name, why) : IsNamedAndHtml(text, at_end, name, why);
    if (verdict == Verdict::kYes) return Found("html", std::move(why));
    if (verdict == Verdict::kNotYet) return std::nullopt;
  }
  for (const LayoutPtr& layout : Layouts()) {
    const Detection& detect = layout->profile().detect;
    if (!detect.any() || IsTried(*layout)) continue;
    std::string why;
    Verdict verdict = AskHints(head, bytes, detect, why);
    if (verdict == Verdict::kYes && layout->profile().engine == Engine::kXml)
      verdict = FitsXml(*layout, head, text, at_end);
    if (verdict == Verdict::kYes) return Detected{layout, why};
    if (verdict == Verdict::kNotYet) return std::nullopt;
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
  if (IsJson5(FirstLinesOf(head))) return ByJson5();
  if (MayBeginJsonLater(HintBytes(head))) {
    if (!at_end) return std::nullopt;
    if (auto json = ByJsonLater(bytes, source_ends)) return json;
  }
  if (IsMostlyJson(FirstLinesOf(head))) return ByLinesOfJson(head);
  const LayoutPtr csv = FindLayout("csv");
  const std::optional<CsvShape> table = ShapeOfCsv(bytes, at_end, csv->profile().csv, options);
  if (!table) return std::nullopt;
  if (!table->refusal.empty()) return Detected{nullptr, table->refusal};
  if (table->is_table) return Detected{csv, table->why};
  if (auto html = ByDoctype(head)) return html;
  if (auto document = ByDocumentKind(head)) return document;
  const bool may_be_yaml = MayBeYaml(head);
  if (!at_end) {
    const bool hinted =
        may_be_yaml || ShowsFamily(head) || std::ranges::any_of(Layouts(), [&](const LayoutPtr& layout) {
          return IsTried(*layout) && ShowsAHint(head, layout->profile().detect);
        });
    const bool may_be_parted =
        HasMarkers(FirstLinesOf(head)) ||
        std::ranges::any_of(FirstLinesOf(head), [](const Line& line) { return IsRuler(line.text); });
    return hinted || may_be_parted || MayBeBlocks(head) || MayBeLog(FirstLinesOf(head)) || MayBeLabelled(head)
               ? std::nullopt
               : std::optional(ByGaps(head));
  }
  if (auto marked = ByMarkers(head)) return marked;
  if (IsFortunes(head)) return Found("fortunes", "lines of one % part its texts");
  if (may_be_yaml) {
    if (auto yaml = ByYaml(head, prefix.size() < kSniffBytes)) return yaml;
    if (IsYaml(FirstLines(head))) return Found("text", "it is YAML without a list of records: it is one text");
  }
  if (auto tried = ByTrial(head)) return tried;
  if (auto events = ByTimes(head)) return events;
  if (auto labelled = ByLabels(head)) return labelled;
  if (auto messages = ByMessages(head)) return messages;
  if (auto parted = BySeparators(head)) return parted;
  if (auto parted = ByBlankLines(head)) return parted;
  return ByGaps(head);
}

}  // namespace unecho
