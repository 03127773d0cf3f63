#include "layouts/sniff_text.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "layouts/date_lines.h"
#include "layouts/document_kind.h"
#include "layouts/entry_facts.h"
#include "layouts/label_blocks.h"
#include "layouts/list_items.h"
#include "layouts/listing_rules.h"
#include "layouts/prose.h"
#include "layouts/separators.h"
#include "layouts/several_records.h"
#include "layouts/sniff_trial.h"
#include "layouts/tagged_lines.h"
#include "layouts/text_shape.h"
#include "unecho/layouts.h"

namespace unecho {
namespace {

constexpr size_t kSniffLines = 8;                         // of a page or of lines
constexpr size_t kZerosOfText = 8, kBytesPerZero = 1000;  // no text has more zero bytes than that, and closer

// Eight lines have seven gaps: half of them is four. A shorter source has paragraphs as soon as there are two.
bool HasParagraphs(std::span<const Line> lines) {
  const auto first = lines.first(std::min(lines.size(), kSniffLines));
  const auto gaps = static_cast<size_t>(std::ranges::count(first.subspan(1), true, &Line::after_gap));
  return gaps >= (first.size() == kSniffLines ? kSniffLines / 2 : 1);
}

}  // namespace

std::string_view HintBytes(const Head& head) {
  const std::string_view last = head.lines[std::min(kHintLines, head.lines.size()) - 1].text;
  return head.bytes.substr(0, static_cast<size_t>(last.data() + last.size() - head.bytes.data()));
}

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

// One line in four at least says something about an entry, as the votes for a title above it.
bool HaveFactsBetween(std::span<const Line> lines) {
  constexpr size_t kLeastFacts = 3, kPart = 4;
  const auto is_fact = [](const Line& line) { return IsCount(line.text); };
  const auto facts = static_cast<size_t>(std::ranges::count_if(lines, is_fact));
  return facts >= kLeastFacts && kPart * facts >= lines.size() && !IsCount(lines[0].text);
}

// One text, or records that are a line each, where something shows other records.
Detected Doubted(Detected detected, std::span<const Line> lines) {
  const std::string several = ShowsSeveral(lines);
  if (several.empty()) return detected;
  const std::string_view layout = detected.layout->name();
  detected.doubt =
      absl::StrFormat("%s, though %s; --layout %s says that it is so",
                      layout == "text" ? "all of it is one record" : "each of its lines is a record", several, layout);
  return detected;
}

// A date behind each text, and none in front of the first: they may be those of the texts above them.
bool HasDatesBehind(std::span<const Line> lines, size_t entries) {
  size_t dates = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!IsDate(lines[i].text)) continue;
    if (i == 0 || !IsProse(lines[i - 1].text)) return false;
    ++dates;
  }
  return dates > 1 && (dates == entries || dates + 1 == entries);
}

// A page with rulers that do not stand between its entries, or with dates that may be those of others.
Detected DoubtedPage(Detected detected, std::span<const Line> lines, size_t entries) {
  if (HasDatesBehind(lines, entries)) {
    detected.doubt =
        "each of its texts has a date behind it, which is taken for that of the entry below; --layout page says that "
        "it is so";
    return detected;
  }
  const Rulers rulers = RulersIn(lines);
  if (rulers.option.empty() || rulers.blocks == entries) return detected;
  detected.doubt = absl::StrFormat("it is read as titles and texts in turn, though %s", rulers.option);
  return detected;
}

// Paragraphs of a page, or text that has none. Prose has no titles, and a page would reject it all: one paragraph in
// eight has to begin an entry with a text.
Detected ByGaps(const Head& head) {
  if (auto binary = ByZeros(head)) return *std::move(binary);
  const std::span<const Line> lines = FirstLinesOf(head);
  if (HasUnderlinedTitles(lines)) {
    Detected text = Found("text", "its titles are underlined, as in reStructuredText: it is one text");
    if (AreUnderlinedEntries(lines)) {
      text.doubt =
          "all of it is one record, though its underlined titles have a text each (--layout page reads titles and "
          "texts); --layout text says that it is so";
    }
    return text;
  }
  if (std::ranges::any_of(lines, [](const Line& line) { return line.text.starts_with("```"); }))
    return Found("text", "it has fenced code, as documents in Markdown have: it is one text");
  if (auto items = ByItems(lines)) return *std::move(items);
  const TextShape shape = ShapeOfText(lines);
  const bool has_paragraphs = HasParagraphs(lines);
  const auto paragraphs = 1 + static_cast<size_t>(std::ranges::count(lines.subspan(1), true, &Line::after_gap));
  if (shape == TextShape::kWrapped && !has_paragraphs) {
    const Trial page = Try(*FindLayout("page"), HintBytes(head));
    if (page.titled > 1 && 3 * page.titled >= paragraphs && page.usable == page.whole)
      return Found("page", "it is made of paragraphs, with titles above them");
    return Doubted(
        Found("text",
              "it is prose in lines that were broken where they were full: it is one text (--record-separator '^$' "
              "makes each paragraph a record)"),
        lines);
  }
  if (auto tagged = ByTaggedLines(lines)) return *std::move(tagged);
  if (auto uncut = UncutTexts(lines)) return *std::move(uncut);
  const std::string labels = LabelsThatComeAgain(lines);
  if (!labels.empty()) {
    return {nullptr,
            absl::StrFormat("its lines have labels that come again (%s), and it is not known where a record begins: "
                            "say what parts them (--record-separator REGEX), or take each line for a record "
                            "(--layout lines)",
                            labels)};
  }
  if (has_paragraphs && (IsDocument(lines, false) || (HasHeadings(lines) && !IsListing(lines))))
    return Found("text", "it has headings of Markdown, and is no listing: it is one text");
  switch (shape) {
    case TextShape::kLines:
      if (auto parted = ByRulers(lines)) return *std::move(parted);
      if (HaveFactsBetween(lines))
        return Found("page", "lines that say something about entries stand between its lines");
      return Doubted(Found("lines", "it is made of lines, and shows no other layout"), lines);
    case TextShape::kSpeech: {
      Detected text = Found("text", "it is prose with dialogue, or a play: it is one text");
      return LabelsOfRecords(lines).empty() ? text : Doubted(std::move(text), lines);
    }
    case TextShape::kChapters: return Found("text", "it has chapters or scenes: it is one text");
    case TextShape::kGoingOn:
      return Doubted(
          Found("text",
                "its lines go on with the lines above them, as verse and lists do: it is one text (--layout lines "
                "makes each line a record)"),
          lines);
    case TextShape::kStanzas:
      return Doubted(
          Found("text",
                "its lines stand in blocks, as those of verse do: it is one text (--record-separator '^$' makes each "
                "block a record)"),
          lines);
    case TextShape::kCards: return {SeparatedLayout("^$").value(), "blank lines part blocks of lines that look alike"};
    case TextShape::kSaid:
      if (auto parted = ByDialogues(lines)) return *std::move(parted);
      return {nullptr,
              "its lines begin with the names of those who speak: read it as one text (--layout text), or take each "
              "line for a record (--layout lines)"};
    case TextShape::kSentences:
      return {nullptr,
              "its lines are sentences, in blocks: take each block for a record (--record-separator '^$'), or each "
              "line (--layout lines)"};
    case TextShape::kWrapped:
    case TextShape::kSpaced:
    case TextShape::kProse:
    case TextShape::kMixed: break;
  }
  if (std::ranges::any_of(lines, [](const Line& line) { return IsHeading(line.text); }))
    return Found("text", "it has a heading of Markdown, and is no listing: it is one text");
  if (HasNumberedSections(lines)) return Found("text", "it has numbered sections: it is one text");
  if (LeadsToLists(lines)) return Doubted(Found("text", "it is prose with lists in it, which is one text"), lines);
  const Trial page = Try(*FindLayout("page"), HintBytes(head));
  const size_t bare = page.usable - page.whole;
  if (page.with_text > 0 && 8 * page.titled >= paragraphs && bare < std::max<size_t>(page.titled, 2))
    return DoubtedPage(Found("page", "it is made of paragraphs"), lines, page.usable);
  if (shape == TextShape::kSpaced)
    return Doubted(Found("lines", "it is made of lines with blank ones between them"), lines);
  return Doubted(
      Found("text",
            "it is made of paragraphs without titles: it is one text (--record-separator '^$' makes each paragraph a "
            "record)"),
      lines);
}

}  // namespace unecho
