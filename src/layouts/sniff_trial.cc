#include "layouts/sniff_trial.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "base/batch.h"
#include "layouts/cutter.h"
#include "layouts/list_items.h"
#include "layouts/listing_rules.h"
#include "layouts/page_rules.h"
#include "layouts/separators.h"
#include "text/counted.h"
#include "text/scan.h"

namespace unecho {
namespace {

bool ShowsAHint(const Head& head, const Detection& detect) {
  const auto shows = [&](const Pattern& pattern) { return FirstMatch(head, pattern, kHintLines) != nullptr; };
  return std::ranges::any_of(detect.lines, shows) || std::ranges::any_of(detect.count, shows);
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

// A bullet with a link or something in bold, and not only lines with numbers.
bool HasBullets(std::span<const Line> lines, const Layout& layout) {
  return std::ranges::any_of(lines, [&](const Line& line) {
    return std::ranges::any_of(layout.profile().pattern.start,
                               [&](const Pattern& pattern) { return pattern.Matches(line.text); });
  });
}

// To these a comment is a heading, or furniture above bullets; those of Markdown have links or bold words.
bool TakesForHeadings(const Layout& layout, std::span<const Line> lines) {
  if (layout.name() == "markdown-bullets") return !HasBullets(lines, layout);
  return layout.name() == "markdown-headings" || layout.name() == "markdown-titles";
}

}  // namespace

const Line* FirstMatch(const Head& head, const Pattern& pattern, size_t num_lines) {
  for (size_t i = 0; i < std::min(num_lines, head.lines.size()); ++i) {
    if (pattern.Matches(head.lines[i].text)) return &head.lines[i];
  }
  return nullptr;
}

bool IsTried(const Layout& layout) {
  return layout.profile().engine == Engine::kPattern || !layout.profile().detect.count.empty();
}

std::optional<size_t> BeginsLike(std::string_view bytes, const Detection& detect) {
  if (detect.begins.empty()) return 0;
  const std::string_view text = TrimBlanks(bytes);
  for (const std::string& begin : detect.begins) {
    if (text.size() >= begin.size() && absl::EqualsIgnoreCase(Abs(text.substr(0, begin.size())), begin))
      return begin.size();
  }
  return std::nullopt;
}

namespace {

// Of one line or two, no prose, and no ruler.
bool IsTitleLike(std::string_view title) {
  return BodyScore(title) <= 0 && std::ranges::count(title, '\n') < 2 && !title.empty() && !IsRuler(title);
}

}  // namespace

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
    trial.titled += record.num_pieces > 1 && !BeginsAsItem(record.title) && IsTitleLike(record.title);
    const auto pieces = batch.PiecesOf(record);
    trial.with_text += std::any_of(pieces.begin() + (pieces.empty() ? 0 : 1), pieces.end(), [](std::string_view text) {
      return BodyScore(text) > 0 || text.find_first_of("\r\n") != text.npos;
    });
    trial.record_bytes += record.size_bytes;
    trial.left_out_bytes += record.left_out_bytes;
  }
  return trial;
}

namespace {

// Where what is outside is a record, too, any bytes are one: a line that parts or begins records has to be there.
bool ShowsOneOfItsLines(const Layout& layout, std::string_view bytes) {
  const PatternProfile& pattern = layout.profile().pattern;
  if (!pattern.outside_is_record) return true;
  return std::ranges::any_of(ReadHead(bytes, true).lines, [&](const Line& line) {
    const auto is_line = [&](const Pattern& each) { return each.Matches(line.text); };
    return std::ranges::any_of(pattern.separator, is_line) || std::ranges::any_of(pattern.start, is_line);
  });
}

}  // namespace

bool ReadsAll(const Layout& layout, std::string_view bytes) {
  if (!ShowsOneOfItsLines(layout, bytes)) return false;
  const Trial trial = Try(layout, bytes);
  return trial.usable > 0 && trial.usable == trial.records && trial.orphan_bytes == 0;
}

bool MayBeTried(const Head& head) {
  return ShowsFamily(head) || std::ranges::any_of(Layouts(), [&](const LayoutPtr& layout) {
           return IsTried(*layout) && ShowsAHint(head, layout->profile().detect);
         });
}

std::optional<Detected> ByTrial(const Head& head) {
  LayoutPtr best;
  size_t most = 0;
  const bool is_family = ShowsFamily(head);
  const std::span<const Line> behind = BehindFrontMatter(head);
  const bool is_listing = IsListing(behind) || (HasHeadings(behind) && !IsDocument(behind, true));
  const std::span<const Line> body = behind.empty() ? std::span<const Line>(head.lines) : behind;
  const bool has_comments = HasComments(body);
  for (const LayoutPtr& layout : Layouts()) {
    if (has_comments && TakesForHeadings(*layout, body)) continue;
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
    bool is_document = IsDocument(body, !behind.empty());
    if (!is_document && best->name() != "markdown-bullets" && !IsListing(body)) {
      const Trial trial = Try(*best, head.bytes);
      is_document = trial.usable > 1 && 2 * trial.left_out_bytes > trial.record_bytes;  // as links below headings
    }
    if (!is_document && best->name() == "markdown-bullets" && !HasBullets(body, *best)) {
      if (auto numbered = ByWrappedNumbers(body)) return numbered;
      is_document = LeadsToLists(body) || HasNumberedSections(body) ||
                    4 * Try(*best, head.bytes).orphan_bytes > head.bytes.size();
    }
    if (is_document)
      return Weak(Found("text", "it is a document, with a title, an introduction or sections: it is one text"));
  }
  if (is_family) {
    const LayoutPtr page = FindLayout("page");
    const size_t records = Try(*page, head.bytes).whole;
    if (records > most) {
      return Detected{page, absl::StrFormat("it has the furniture of a page, and %s in the first %d bytes",
                                            Counted(records, "record"), head.bytes.size())};
    }
  }
  if (best == nullptr) return std::nullopt;
  const Detection& detect = best->profile().detect;
  const Line* const line =
      FirstMatch(head, detect.lines.empty() ? detect.count.front() : detect.lines.front(), head.lines.size());
  return Detected{best,
                  absl::StrFormat("%s in the first %d bytes; line %d is %s", Counted(most, "record"), head.bytes.size(),
                                  line->number, Quoted(line->text)),
                  most == 1};
}

}  // namespace unecho
