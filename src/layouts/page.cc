// The parallel half of layout `page`: the labelled paragraphs of a batch -> records, pieces, ledger.
//
// A record runs from the first byte of its title to the last byte of its body. Furniture inside counts as furniture,
// all else inside as record; a rejected record is rejected whole. A date counts for the titles behind it, one between a
// title and its body for that record alone.
#include <span>

#include "base/batch.h"
#include "layouts/engines.h"
#include "layouts/furniture_text.h"
#include "layouts/line_batch.h"
#include "layouts/page_rules.h"
#include "layouts/record_parts.h"
#include "text/scan.h"

namespace unecho {
namespace {

class PageSegmenter {
 public:
  PageSegmenter(const LayoutOptions& options, Batch& batch)
      : options_(options), batch_(batch), lines_(batch.content()), snapshot_(batch.snapshot) {}

  void Run() {
    const std::span<const Cut> cuts = batch_.cuts;
    for (size_t i = 0; i < cuts.size(); ++i) {
      const Cut& cut = cuts[i];
      switch (static_cast<PageCut>(cut.kind)) {
        case PageCut::kTitle: AddEntry(cuts.subspan(i)); break;
        case PageCut::kBody: break;  // taken by its title
        case PageCut::kOrphanBody: AddOrphan(cut); break;
        case PageCut::kFurniture:
        case PageCut::kOwnDate: CountFurniture(cut); break;  // the date is taken by its title
        case PageCut::kDate:
          CountFurniture(cut);
          snapshot_ = batch_.content().substr(cut.begin, cut.end - cut.begin);
          break;
        case PageCut::kPageHead:
          CountFurniture(cut);
          snapshot_ = {};
          break;
        case PageCut::kFragment: AddTooLong(cut.begin, cut.end, true); break;
        case PageCut::kFragmentEnd: AddTooLong(cut.begin, cut.end, false); break;
      }
    }
    batch_.num_lines = lines_.Total();
    Ledger& ledger = batch_.ledger;
    ledger.bytes_read = batch_.size;
    ledger[ByteClass::kSeparator] =
        batch_.size - ledger[ByteClass::kRecord] - ledger[ByteClass::kFurniture] - ledger[ByteClass::kRejected];
  }

 private:
  void CountFurniture(const Cut& cut) {
    if (cut.begin < rejected_end_) return;
    batch_.ledger[ByteClass::kFurniture] += cut.end - cut.begin;
    const std::string_view text = batch_.content().substr(cut.begin, cut.end - cut.begin);
    NoteFurniture(batch_, text, cut.begin, lines_.LinesBefore(cut.begin));
  }

  void AddTooLong(size_t begin, size_t end, bool goes_on) {
    const bool continues = batch_.open_fragment && begin == 0;
    RejectTooLong(batch_, begin, end, lines_.LinesBefore(begin), continues, goes_on);
    rejected_end_ = end;
  }

  void AddOrphan(const Cut& cut) {
    if (cut.end - cut.begin > options_.max_record_bytes) return AddTooLong(cut.begin, cut.end, false);
    Record record = MakeRecord(batch_, cut.begin, cut.end, lines_.LinesBefore(cut.begin));
    record.reason = Reason::kOrphanBody;
    record.snapshot = snapshot_;
    NoteBadUtf8(batch_, record);
    batch_.ledger[ByteClass::kRejected] += record.size_bytes;
    batch_.records.push_back(record);
  }

  // cuts[0] is a title; the bodies behind it are its own up to the next title.
  void AddEntry(std::span<const Cut> cuts) {
    const std::string_view content = batch_.content();
    const size_t begin = cuts[0].begin;
    size_t end = cuts[0].end;
    const uint32_t first_piece = static_cast<uint32_t>(batch_.pieces.size());
    uint64_t furniture = 0, furniture_inside = 0;
    std::string_view snapshot = snapshot_;
    for (const Cut& cut : cuts) {
      const auto kind = static_cast<PageCut>(cut.kind);
      if (kind == PageCut::kOwnDate && snapshot.empty()) snapshot = content.substr(cut.begin, cut.end - cut.begin);
      if (kind == PageCut::kFurniture || kind == PageCut::kDate || kind == PageCut::kOwnDate) {
        furniture += cut.end - cut.begin;
        continue;
      }
      if (kind != PageCut::kBody && &cut != cuts.data()) break;
      batch_.pieces.push_back(content.substr(cut.begin, cut.end - cut.begin));
      end = cut.end;
      furniture_inside = furniture;
    }
    if (end - begin > options_.max_record_bytes) {
      batch_.pieces.resize(first_piece);
      return AddTooLong(begin, end, false);
    }
    Record record = MakeRecord(batch_, begin, end, lines_.LinesBefore(begin));
    record.first_piece = first_piece;
    record.num_pieces = static_cast<uint32_t>(batch_.pieces.size()) - first_piece;
    record.title = batch_.pieces[first_piece];
    record.snapshot = snapshot;
    if (record.num_pieces == 1 && options_.require_body) record.reason = Reason::kTitleWithoutBody;
    record.order_value = FieldAsJson(batch_, record, options_.order_field);
    NoteBadUtf8(batch_, record);
    const ByteClass byte_class = record.reason == Reason::kNone ? ByteClass::kRecord : ByteClass::kRejected;
    batch_.ledger[byte_class] += record.size_bytes - furniture_inside;
    batch_.records.push_back(record);
  }

  const LayoutOptions& options_;
  Batch& batch_;
  LineCounter lines_;
  std::string_view snapshot_;
  size_t rejected_end_ = 0;  // furniture in front of it lies inside a rejected record
};

}  // namespace

void SegmentPage(const LayoutOptions& options, const Profile& /*profile*/, Batch& batch) {
  PageSegmenter(options, batch).Run();
}

}  // namespace unecho
