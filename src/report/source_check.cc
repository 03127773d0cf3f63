#include "report/source_check.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_format.h"
#include "base/hash.h"
#include "base/prefetch.h"
#include "layouts/asides.h"
#include "layouts/sniff.h"
#include "text/counted.h"
#include "text/shown_text.h"

namespace unecho {
namespace {

constexpr size_t kShownWidth = 40;
constexpr size_t kTitleBytes = 4 * kShownWidth + 4;  // of a title: enough to show, and cheap to keep
// A stretch of furniture longer than a heading, a menu or a footer, and no small part of its source.
constexpr uint64_t kLongGapBytes = 2000, kGapPart = 10;
constexpr uint64_t kGapBytes = 300, kLargeGapPart = 3;  // ... or most of a small source
constexpr uint64_t kGapsBytes = 1000;  // all stretches of a source: two thirds of it, for pages have much around texts
constexpr uint64_t kFewCopies = 5, kCopyPart = 10;  // of lines
constexpr uint64_t kFewRecords = 3, kFewPart = 5;   // records without text among those with one

constexpr size_t kFewTexts = 2, kMostTexts = 32;  // different sentences among the furniture

constexpr uint64_t kOneRecordBytes = kSniffBytes;  // what detection looks at

// By the layout or for want of text, not by a rule that was asked for.
bool IsUnread(Reason reason) { return reason != Reason::kNone && !IsCleaning(reason); }

// The names of the fields of this copy that its witness has otherwise.
std::string FieldsThatDiffer(const Batch& batch, const Record& record, std::span<const std::string> apart) {
  constexpr size_t kMostNames = 5;
  const std::vector<std::string> names = OtherAsides(batch, record, apart);
  std::string out;
  for (size_t i = 0; i < std::min(names.size(), kMostNames); ++i)
    out.append(out.empty() ? "" : ", ").append(ShownText(names[i], kShownWidth));
  return names.size() > kMostNames ? out + "..." : out;
}

}  // namespace

void SourceCheck::Add(const Batch& batch) {
  bytes_ += batch.size;
  if (!batch.doubt.empty()) doubt_ = batch.doubt;
  for (const FurnitureText& each : batch.furniture_texts) {
    if (furniture_texts_.size() == kMostTexts || std::ranges::count(furniture_texts_, each.hash) > 0) continue;
    furniture_texts_.push_back(each.hash);
    if (!first_furniture_text_.empty()) continue;
    first_furniture_text_ = batch.content().substr(each.begin, std::min<size_t>(each.size, kTitleBytes));
    first_furniture_line_ = lines_ + each.line + 1;
  }
  is_lines_ = batch.traits->plain_form == PlainForm::kLine && !batch.traits->pieces_are_fields;
  has_frame_ = batch.traits->has_frame;
  takes_record_ = batch.traits->takes_record;
  furniture_bytes_ += batch.ledger[ByteClass::kFurniture];
  // Titles were looked at long ago, on another thread.
  constexpr size_t kAhead = 8;
  for (size_t i = 0; i < batch.records.size(); ++i) {
    const Record& record = batch.records[i];
    if (i + kAhead < batch.records.size()) {
      const Record& ahead = batch.records[i + kAhead];
      if (ahead.begins_with_title && ahead.num_pieces > 0) PrefetchLine(batch.PiecesOf(ahead)[0].data());
    }
    if (record.is_first_fragment) {
      const uint64_t line = lines_ + record.line_in_batch + 1;
      CountGap(last_record_end_, record.offset_bytes, last_record_line_ + 1);
      last_record_line_ = line;
    }
    last_record_end_ = record.offset_bytes + record.size_bytes;
    if (record.is_last_fragment) Count(batch, record);
  }
  lines_ += batch.num_lines;
  if (batch.ends_source) Finish(static_cast<uint32_t>(batch.source));
}

void SourceCheck::Count(const Batch& batch, const Record& record) {
  ++records_;
  if (record.fate == Fate::kRejected) {
    if (!IsUnread(record.reason)) return;
    ++reasons_[static_cast<size_t>(record.reason)];
    if (rejected_++ == 0) first_rejected_line_ = last_record_line_;
    return;
  }
  copies_ += record.fate == Fate::kExact ? 1 : 0;
  if (record.other_asides != 0 && other_copies_++ == 0) {
    first_other_line_ = last_record_line_;
    other_fields_ = FieldsThatDiffer(batch, record, apart_);
  }
  if (batch.HasText(record)) {
    ++with_text_;
  } else {
    if (only_titles_++ == 0) first_only_title_line_ = last_record_line_;
  }
  titles_.Add(batch, record);
}

void SourceCheck::CountGap(uint64_t begin_bytes, uint64_t end_bytes, uint64_t line) {
  if (end_bytes <= begin_bytes) return;
  gap_bytes_ += end_bytes - begin_bytes;
  if (end_bytes - begin_bytes <= longest_gap_) return;
  longest_gap_ = end_bytes - begin_bytes;
  longest_gap_line_ = line;
}

void SourceCheck::Finish(uint32_t source) {
  std::vector<std::string> found;
  CountGap(last_record_end_, bytes_, last_record_line_ + 1);
  if (rejected_ > 0 && 2 * rejected_ > records_) {
    const auto most = std::ranges::max_element(reasons_);
    std::string rejected = absl::StrFormat("%d of %s %s rejected, %d as %s, the first in line %d", rejected_,
                                           Counted(records_, "record"), records_ == 1 ? "is" : "are", *most,
                                           Name(static_cast<Reason>(most - reasons_.begin())), first_rejected_line_);
    if (rejected_ == records_)
      unusable_[source] = std::move(rejected);
    else
      found.push_back(std::move(rejected));
  }
  const bool is_long = longest_gap_ >= kLongGapBytes && kGapPart * longest_gap_ >= bytes_;
  const bool is_large = longest_gap_ >= kGapBytes && kLargeGapPart * longest_gap_ >= bytes_;
  if ((is_long || is_large) && 2 * furniture_bytes_ >= longest_gap_) {
    found.push_back(absl::StrFormat("%d bytes from about line %d on belong to no record%s", longest_gap_,
                                    std::max<uint64_t>(1, longest_gap_line_),
                                    takes_record_ ? " (--record NAME says what is one)" : ""));
  } else if (has_frame_ && furniture_bytes_ >= kLongGapBytes && kLargeGapPart * furniture_bytes_ >= bytes_) {
    found.push_back(absl::StrFormat("%d of %d bytes, between its records, belong to none", furniture_bytes_, bytes_));
  }
  const uint64_t furniture = std::min(gap_bytes_, furniture_bytes_);
  if (found.empty() && records_ > rejected_ && furniture >= kGapsBytes && 3 * furniture >= 2 * bytes_) {
    found.push_back(
        absl::StrFormat("%d of %d bytes belong to no record, the most of them in one place from about line "
                        "%d on",
                        furniture, bytes_, std::max<uint64_t>(1, longest_gap_line_)));
  }
  if (found.empty() && furniture_texts_.size() >= kFewTexts) {
    found.push_back(absl::StrFormat("%s%d lines of text count as furniture, the first in line %d: '%s'",
                                    furniture_texts_.size() == kMostTexts ? "more than " : "",
                                    furniture_texts_.size() - (furniture_texts_.size() == kMostTexts ? 1 : 0),
                                    first_furniture_line_, ShownText(first_furniture_text_, kShownWidth)));
  }
  if (only_titles_ >= kFewRecords && kFewPart * only_titles_ <= with_text_) {
    found.push_back(absl::StrFormat("%d of %d records have no text, the first in line %d", only_titles_,
                                    only_titles_ + with_text_, first_only_title_line_));
  }
  if (other_copies_ > 0) {
    doubts_[source] = absl::StrFormat(
        "%d of %d exact copies differ from their witnesses in fields that are not compared%s, the first in line %d "
        "(--differ FIELD keeps such, --match-fields says what is compared)",
        other_copies_, copies_, other_fields_.empty() ? "" : ": " + other_fields_, first_other_line_);
  }
  if (has_frame_ && records_ == 1 && rejected_ == 0 && bytes_ > kOneRecordBytes) {
    found.push_back(
        absl::StrFormat("all %d bytes of it are one record, for nothing in its first %d repeats as records do; if it "
                        "has several, name them (--record)",
                        bytes_, kOneRecordBytes));
  }
  if (!doubt_.empty() && records_ > rejected_) {
    found.push_back(doubt_);
  } else if (is_lines_ && copies_ >= kFewCopies && kCopyPart * copies_ >= records_) {
    found.push_back(absl::StrFormat(
        "%d of %d lines are copies of earlier ones; if its records have several lines, say what parts them "
        "(--record-separator), or read it as one text (--layout text)",
        copies_, records_));
  }
  const auto said = titles_said_.find(source);
  std::ranges::copy(said != titles_said_.end() ? said->second : titles_.Said(records_), std::back_inserter(found));
  auto findings = std::move(findings_);
  auto doubts = std::move(doubts_), unusable = std::move(unusable_);
  auto titles_said = std::move(titles_said_);
  *this = SourceCheck(std::move(apart_));
  findings_ = std::move(findings);
  doubts_ = std::move(doubts);
  unusable_ = std::move(unusable);
  titles_said_ = std::move(titles_said);
  if (!found.empty()) findings_[source] = std::move(found);
}

}  // namespace unecho
