#include "report/often_titles.h"

#include <string_view>

#include "absl/strings/str_format.h"
#include "base/hash.h"
#include "text/shown_text.h"

namespace unecho {
namespace {

constexpr size_t kShownTitleWidth = 40;
constexpr size_t kBeginningBytes = 4 * kShownTitleWidth + 4;  // enough to show, and cheap to keep
constexpr uint64_t kOftenRecords = 5, kOftenPart = 10;

}  // namespace

void OftenTitles::Add(const Batch& batch, const Record& record) {
  if (!record.begins_with_title || record.num_pieces == 0) return;
  const std::string_view title = batch.PiecesOf(record)[0];
  if (title.empty()) return;
  const uint64_t hash = Hash64(title);
  size_t lightest = 0;
  for (size_t i = 0; i < kTitles; ++i) {
    if (hashes_[i] == hash && weights_[i] > 0) {
      Title& known = titles_[i];
      if (known.text == record.key_low) return;
      known.text = record.key_low;
      ++weights_[i];
      // Most titles come once, and nothing is kept of them.
      if (++known.records == 2) known.beginning = title.substr(0, kBeginningBytes);
      return;
    }
    if (weights_[i] < weights_[lightest]) lightest = i;
  }
  if (weights_[lightest] == 0) {
    hashes_[lightest] = hash;
    weights_[lightest] = 1;
    titles_[lightest].text = record.key_low;
    titles_[lightest].records = 1;
  } else {
    for (uint64_t& weight : weights_) --weight;
  }
}

std::vector<std::string> OftenTitles::Said(uint64_t records) const {
  std::vector<std::string> said;
  for (const Title& title : titles_) {
    if (title.records >= kOftenRecords && kOftenPart * title.records >= records)
      said.push_back(absl::StrFormat("%d of %d records are called '%s'", title.records, records,
                                     ShownText(title.beginning, kShownTitleWidth)));
  }
  return said;
}

}  // namespace unecho
