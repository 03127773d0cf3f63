#include "audit/spans.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_format.h"
#include "audit/resegment.h"
#include "layouts/cutter.h"
#include "layouts/entry_facts.h"
#include "layouts/page_rules.h"
#include "layouts/sniff.h"
#include "read/sibling_layouts.h"
#include "text/characters.h"
#include "text/scan.h"

namespace unecho {
namespace {

constexpr std::string_view kBom = "\xef\xbb\xbf";
constexpr std::string_view kNoBreakSpace = "\xc2\xa0";
constexpr std::string_view kSpaces = " \t\n\v\f\r";
constexpr std::string_view kHeadFirst = "new";
constexpr std::string_view kHeadSecond = "Get trending papers in your email inbox!";
constexpr size_t kMaxTitleCodePoints = 250;

// A stretch of the source. Parts are in order and apart from each other.
struct Part {
  enum class Kind : uint8_t { kText, kFurniture, kDate };
  size_t begin = 0, end = 0;
  Kind kind = Kind::kText;
  bool whole_record = false;  // jsonl, lines, text
  size_t long_line_end = 0;   // page: of its last line that is longer than the limit; what comes before stays together
  bool starts_page = false;   // page: what comes before it belongs to another page
  bool is_head = false;       // page: its head ends here
};
using Kind = Part::Kind;

bool IsPageSpace(char c) { return kSpaces.find(c) != std::string_view::npos; }

size_t BomSize(std::string_view bytes) { return bytes.starts_with(kBom) ? kBom.size() : 0; }

// Blanks of a page: ASCII white space, no-break spaces, byte order marks.
std::string_view TrimPageEnd(std::string_view text) {
  for (;;) {
    if (!text.empty() && IsPageSpace(text.back()))
      text.remove_suffix(1);
    else if (text.ends_with(kBom))
      text.remove_suffix(kBom.size());
    else if (text.ends_with(kNoBreakSpace))
      text.remove_suffix(kNoBreakSpace.size());
    else
      return text;
  }
}

std::string_view Trim(std::string_view text) {
  for (;;) {
    if (!text.empty() && IsPageSpace(text.front()))
      text.remove_prefix(1);
    else if (text.starts_with(kBom))
      text.remove_prefix(kBom.size());
    else if (text.starts_with(kNoBreakSpace))
      text.remove_prefix(kNoBreakSpace.size());
    else
      return TrimPageEnd(text);
  }
}

struct Line {
  size_t begin = 0, end = 0;  // without its line end
};

// Lines end in LF, CRLF or CR. A byte order mark at the start of the source belongs to none.
std::vector<Line> SplitLines(std::string_view bytes, size_t begin) {
  std::vector<Line> lines;
  while (begin < bytes.size()) {
    size_t end = begin;
    while (end < bytes.size() && bytes[end] != '\n' && bytes[end] != '\r') ++end;
    lines.push_back({begin, end});
    begin = bytes.substr(end).starts_with("\r\n") ? end + 2 : end + 1;
  }
  return lines;
}

// A line of blanks is a separator, unless it is longer than the limit: then it is rejected before its end is known.
std::vector<Part> LineParts(std::string_view bytes, size_t max_record_bytes) {
  std::vector<Part> parts;
  for (const Line& line : SplitLines(bytes, BomSize(bytes))) {
    const std::string_view text = bytes.substr(line.begin, line.end - line.begin);
    const bool is_blank = text.find_first_not_of(" \t") == std::string_view::npos;
    if (is_blank && text.size() <= max_record_bytes) continue;
    Part& part = parts.emplace_back();
    part.begin = line.begin;
    part.end = line.end;
    part.whole_record = true;
  }
  return parts;
}

// All of the source up to its last byte that is not white space; all of it, if that is longer than the limit.
std::vector<Part> TextParts(std::string_view bytes, size_t max_record_bytes) {
  Part part;
  part.begin = BomSize(bytes);
  part.end = bytes.size();
  part.whole_record = true;
  if (part.end - part.begin <= max_record_bytes) {
    while (part.end > part.begin && IsPageSpace(bytes[part.end - 1])) --part.end;
  }
  return part.begin == part.end ? std::vector<Part>() : std::vector<Part>{part};
}

// Reads a page line by line.
class PageReader {
 public:
  PageReader(std::string_view bytes, size_t max_record_bytes) : bytes_(bytes), max_record_bytes_(max_record_bytes) {}

  std::vector<Part> Read() {
    std::vector<Line> lines = SplitLines(bytes_, BomSize(bytes_));
    for (Line& line : lines) {
      // Text as it stands, if it is longer than the limit: it may have left before its end was seen.
      if (line.end - line.begin <= max_record_bytes_) {
        const std::string_view text = Trim(Text(line));
        line.begin = static_cast<size_t>(text.data() - bytes_.data());
        line.end = line.begin + text.size();
      }
    }
    const size_t behind_front_matter = FrontMatterLines(lines);
    std::vector<Line> paragraph;
    for (size_t i = 0; i < lines.size(); ++i) {
      const Line& line = lines[i];
      const bool is_count =
          i >= behind_front_matter && line.end - line.begin <= max_record_bytes_ && IsCount(Text(line));
      if (is_count || line.begin == line.end) EndParagraph(paragraph);
      if (line.begin < line.end) paragraph.push_back(line);
      if (is_count) EndParagraph(paragraph);
      if (i + 1 != behind_front_matter) continue;
      Part part;
      part.begin = paragraph.front().begin;
      part.end = line.end;
      part.kind = Kind::kFurniture;
      parts_.push_back(part);
      paragraph.clear();
    }
    EndParagraph(paragraph);
    SetContext();
    return std::move(parts_);
  }

 private:
  std::string_view Text(const Line& line) const { return bytes_.substr(line.begin, line.end - line.begin); }
  std::string_view Text(const Part& part) const { return bytes_.substr(part.begin, part.end - part.begin); }

  // Furniture lines under each other, some of them perhaps dates, count each for itself. What a line says is as the
  // layout has it (page_rules.h); which lines go together is found here anew.
  void EndParagraph(std::vector<Line>& lines) {
    if (lines.empty()) return;
    bool any_furniture = false, all_no_text = true, in_family = in_family_;
    for (const Line& line : lines) {
      const std::string_view text = Trim(Text(line));
      const NoText kind = NoTextOf(text, in_family, false);
      in_family |= NamesFamily(text);
      any_furniture |= kind != NoText::kNone && kind != NoText::kDate;
      all_no_text &= kind != NoText::kNone;
    }
    if (lines.size() > 1 && any_furniture && all_no_text) {
      for (const Line& line : lines) {
        const std::string_view text = Trim(Text(line));
        const auto begin = static_cast<size_t>(text.data() - bytes_.data());
        AddPart(begin, begin + text.size(), 0);
      }
    } else {
      size_t long_line_end = 0;
      for (const Line& line : lines) {
        if (line.end - line.begin > max_record_bytes_) long_line_end = line.end;
      }
      AddPart(lines.front().begin, lines.back().end, long_line_end);
    }
    lines.clear();
  }

  // The lines from --- to ---, if nothing else comes first.
  size_t FrontMatterLines(const std::vector<Line>& lines) const {
    size_t first = 0;
    while (first < lines.size() && lines[first].begin == lines[first].end) ++first;
    if (first == lines.size() || Text(lines[first]) != kFrontMatterFence) return 0;
    for (size_t i = first + 1; i < lines.size() && lines[i].begin < lines[i].end; ++i) {
      const bool is_long = lines[i].end - lines[i].begin > max_record_bytes_;
      if (is_long || lines[i].end - lines[first].begin > kMostFrontMatterBytes) return 0;
      const bool is_indented = lines[i].begin > 0 && IsPageSpace(bytes_[lines[i].begin - 1]) &&
                               bytes_[lines[i].begin - 1] != '\n' && bytes_[lines[i].begin - 1] != '\r';
      if (!is_indented && !MayBeFrontMatter(Text(lines[i]))) return 0;
      if (Text(lines[i]) == kFrontMatterFence) return i + 1;
    }
    return 0;
  }

  void AddPart(size_t begin, size_t end, size_t long_line_end) {
    Part part;
    part.begin = begin;
    part.end = end;
    part.long_line_end = long_line_end;
    if (Text(part) == kHeadSecond && !parts_.empty() && begin - parts_.back().end <= max_record_bytes_)
      SplitGluedHead();
    Judge(part);
    parts_.push_back(part);
  }

  void Judge(Part& part) {
    const NoText kind = NoTextOf(Text(part), in_family_, behind_entry_);
    part.kind = kind == NoText::kNone ? Kind::kText : kind == NoText::kDate ? Kind::kDate : Kind::kFurniture;
    behind_entry_ = kind == NoText::kEntryFurniture;
    in_family_ |= NamesFamily(Text(part));
  }

  // "... last word.new", and then "Get trending ...": what `cat` makes of a dump without a line end and the next.
  void SplitGluedHead() {
    const std::string_view text = Text(parts_.back());
    Part& before = parts_.back();
    if (!text.ends_with(kHeadFirst) || text == kHeadFirst || before.long_line_end == before.end) return;
    Part head;
    head.end = before.end;
    head.begin = before.end - kHeadFirst.size();
    head.kind = Kind::kFurniture;
    before.end = before.begin + TrimPageEnd(text.substr(0, text.size() - kHeadFirst.size())).size();
    before.end = std::max(before.end, before.long_line_end);
    Judge(before);
    behind_entry_ = false;
    parts_.push_back(head);
  }

  // Where pages begin: at their head, and behind a long stretch without text.
  void SetContext() {
    bool starts_page = true;
    size_t text_end = 0;
    for (size_t i = 0; i < parts_.size(); ++i) {
      Part& part = parts_[i];
      part.is_head = i > 0 && Text(part) == kHeadSecond && Text(parts_[i - 1]) == kHeadFirst;
      starts_page |= part.is_head;
      if (part.kind != Kind::kText) continue;
      part.starts_page = starts_page || part.begin - text_end > max_record_bytes_;
      starts_page = false;
      text_end = part.end;
    }
  }

  std::string_view bytes_;
  size_t max_record_bytes_;
  std::vector<Part> parts_;
  bool in_family_ = false, behind_entry_ = false;
};

std::vector<Part> PartsOf(PlainForm form, std::string_view bytes, size_t max_record_bytes) {
  if (form == PlainForm::kPage) return PageReader(bytes, max_record_bytes).Read();
  if (form == PlainForm::kWhole) return TextParts(bytes, max_record_bytes);
  return LineParts(bytes, max_record_bytes);
}

size_t CodePoints(std::string_view text) {
  auto begins_one = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return static_cast<size_t>(std::ranges::count_if(text, begins_one));
}

// Matches the claimed spans with the parts of a source, both in order.
class SpanChecker {
 public:
  SpanChecker(const LayoutTraits& traits, std::string_view bytes, const LayoutOptions& options,
              std::span<const InputFile> sources, uint32_t source, Violations& violations)
      : traits_(traits),
        bytes_(bytes),
        options_(options),
        sources_(sources),
        source_(source),
        violations_(violations),
        parts_(PartsOf(traits.plain_form, bytes, options.max_record_bytes)) {}

  AuditSource Check(std::span<const Claim> claims) {
    // Of a source that the provenance does not know one piece of text stands for all.
    lists_all_ = std::ranges::any_of(claims, &Claim::understood);
    for (const Claim& claim : claims) {
      AuditSpan span;
      if (claim.understood) {
        const std::string wrong = CheckSpan(claim, span);
        if (!wrong.empty()) violations_.Add(ClaimRef(sources_, claim), wrong);
        span.sound = wrong.empty();
      }
      found_.spans.push_back(std::move(span));
    }
    PassOver(bytes_.size());
    return std::move(found_);
  }

 private:
  // Goes on to byte `end`; nothing but furniture and separators may lie on the way.
  void PassOver(size_t end) {
    size_t separators = end - position_;
    for (; next_ < parts_.size() && parts_[next_].end <= end; ++next_) {
      const Part& part = parts_[next_];
      separators -= part.end - part.begin;
      Pass(part);
      if (part.kind == Kind::kText) {
        const std::string& source = sources_[source_].name;
        if (!lists_all_ && num_orphans_++ > 0) continue;
        const auto is_text = [](const Part& each) { return each.kind == Kind::kText; };
        const bool is_only = lists_all_ || std::ranges::count_if(parts_, is_text) == 1;
        violations_.Add(source, absl::StrFormat("the text at bytes %d to %d belongs to no record%s", part.begin,
                                                part.end, is_only ? "" : ", nor does any other text of this source"));
      } else {
        found_.furniture_bytes += part.end - part.begin;
      }
    }
    found_.separator_bytes += separators;
    lines_ += CountLineEnds(bytes_.substr(position_), end - position_);
    position_ = end;
  }

  // The date in force: the last one on its page.
  void Pass(const Part& part) {
    if (part.kind == Kind::kDate) in_force_ = bytes_.substr(part.begin, part.end - part.begin);
    if (part.is_head) in_force_ = {};
  }

  // Empty, or what is wrong with the span.
  std::string CheckSpan(const Claim& claim, AuditSpan& span) {
    if (claim.offset_bytes > bytes_.size() || claim.size_bytes > bytes_.size() - claim.offset_bytes) {
      return absl::StrFormat("its span ends behind the source, which has %d bytes", bytes_.size());
    }
    const auto begin = static_cast<size_t>(claim.offset_bytes);
    const size_t end = begin + static_cast<size_t>(claim.size_bytes);
    if (begin < position_) return "its span begins inside the one before it";
    // A span that cuts a part in two is refused before anything is counted.
    const auto first = std::ranges::lower_bound(parts_, begin, {}, &Part::begin);
    const auto last = std::ranges::lower_bound(parts_, end, {}, &Part::end);
    if (first == parts_.end() || first->begin != begin || first->kind != Kind::kText) {
      return "its span does not begin where text begins";
    }
    if (last == parts_.end() || last->end != end || last->kind != Kind::kText || last < first) {
      return "its span does not end where text ends";
    }
    if (first->whole_record && first != last) return "its span is more than one record";
    PassOver(begin);
    span.bytes = bytes_.substr(begin, end - begin);
    span.line = lines_ + 1;
    span.snapshot = in_force_;
    if (traits_.plain_form != PlainForm::kPage && !traits_.pieces_are_fields) span.pieces = {{}, span.bytes};
    std::string wrong;
    if (traits_.plain_form == PlainForm::kPage) {
      for (auto part = first; part <= last; ++part) {
        const std::string_view text = bytes_.substr(part->begin, part->end - part->begin);
        if (part->kind == Kind::kText) {
          span.pieces.push_back(text);
        } else {
          span.furniture_bytes += text.size();
          // A date between the title and its text is of the record, where none is in force, and of no other.
          const bool is_own = part->kind == Kind::kDate && span.pieces.size() == 1;
          if (!is_own) Pass(*part);
          if (is_own && span.snapshot.empty()) span.snapshot = text;
        }
        if (part != first && part->starts_page) wrong = "its span reaches into the next page";
      }
      if (wrong.empty()) wrong = CheckTitle(claim, *first, span);
    }
    lines_ += CountLineEnds(bytes_.substr(begin), end - begin);
    next_ = static_cast<size_t>(last - parts_.begin()) + 1;
    position_ = end;
    return wrong;
  }

  std::string CheckTitle(const Claim& claim, const Part& first, AuditSpan& span) {
    if (first.starts_page) page_has_title_ = false;
    const bool is_short = CodePoints(span.pieces.front()) <= kMaxTitleCodePoints;
    const bool said_orphan = claim.fate == Fate::kRejected && claim.reason == Reason::kOrphanBody;
    if (span.bytes.size() > options_.max_record_bytes) {
      // Rejected whole, with its furniture and without a date. One short paragraph alone may be a title or an orphan.
      span.furniture_bytes = 0;
      span.snapshot = {};
      page_has_title_ |= is_short && span.pieces.size() > 1;
      return {};
    }
    span.no_title = said_orphan || !is_short;
    if (said_orphan && page_has_title_) return "is no orphan: a title comes before it on its page";
    if (said_orphan && span.pieces.size() > 1) return "is no orphan: it has more than one paragraph";
    page_has_title_ |= !span.no_title;
    return {};
  }

  bool lists_all_ = true;
  size_t num_orphans_ = 0;
  const LayoutTraits& traits_;
  std::string_view bytes_;
  const LayoutOptions& options_;
  std::span<const InputFile> sources_;
  uint32_t source_;
  Violations& violations_;
  std::vector<Part> parts_;
  AuditSource found_;
  size_t position_ = 0;        // everything in front of it is accounted for
  size_t next_ = 0;            // the first part behind it
  std::string_view in_force_;  // the date for what comes there
  uint64_t lines_ = 0;         // line ends in front of it
  bool page_has_title_ = false;
};

}  // namespace

uint64_t CountLineEnds(std::string_view bytes, size_t size) {
  uint64_t count = 0;
  for (size_t i = 0; i < size; ++i) {
    const bool is_lone_cr = bytes[i] == '\r' && (i + 1 == bytes.size() || bytes[i + 1] != '\n');
    if (bytes[i] == '\n' || is_lone_cr) ++count;
  }
  return count;
}

AuditSource ReadSpans(const Layout& layout, std::string_view bytes, const LayoutOptions& options,
                      std::span<const Claim> claims, std::span<const InputFile> sources, uint32_t source,
                      Violations& violations) {
  const LayoutTraits& traits = TraitsOf(layout);
  if (traits.plain_form == PlainForm::kNone)
    return ResegmentSpans(layout, bytes, options, claims, sources, source, violations);
  return SpanChecker(traits, bytes, options, sources, source, violations).Check(claims);
}

LayoutPtr GuessLayout(std::string_view bytes, const LayoutOptions& options, const InputFile& file,
                      SiblingLayouts& siblings) {
  const std::string_view prefix = bytes.substr(0, kSniffBytes);
  const LayoutPtr layout = siblings.LayoutOf(file, prefix, *SniffLayout(prefix, true, options, file.name)).layout;
  return layout != nullptr ? layout : FindLayout("lines");
}

}  // namespace unecho
