// What a run did, counted batch by batch. The report and the table (report.cc, run_table.cc) only read it.
#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "base/batch.h"
#include "base/hash.h"
#include "report/report.h"

namespace unecho {
namespace {

constexpr size_t kSimilarityBins = 101;  // floor(100 J), J = 1 included: the same shingles in another order

// J is a ratio of two set sizes: 29/100 times 100 must not fall below 29. Sets of fewer than 10^9 shingles keep clear
// of the next bin.
size_t SimilarityBin(double similarity) {
  return std::min(kSimilarityBins - 1, static_cast<size_t>(std::max(0.0, std::floor(100 * similarity + 1e-9))));
}

std::string ShortTitle(std::string_view title) {
  size_t size = std::min(title.size(), kMaxTitleBytes);
  if (size < title.size()) {
    while (size > 0 && (static_cast<unsigned char>(title[size]) & 0xC0) == 0x80) --size;  // not inside a code point
  }
  return std::string(title.substr(0, size));
}

// Larger groups first; ties: the smaller kept_id.
bool IsLarger(uint64_t copies_a, uint32_t id_a, uint64_t copies_b, uint32_t id_b) {
  return copies_a != copies_b ? copies_a > copies_b : id_a < id_b;
}

constexpr uint32_t kCountBits = 30;
constexpr uint32_t kListed = uint32_t{1} << kCountBits, kElsewhere = kListed << 1;

}  // namespace

Statistics::Statistics(size_t num_sources, int shingle_tokens, std::vector<std::string> apart)
    : sources_(num_sources),
      similarities_(kSimilarityBins),
      lines_before_(num_sources),
      text_(num_sources, Text::kNoFields),
      source_check_(std::move(apart)),
      shingle_tokens_(static_cast<uint32_t>(shingle_tokens)),
      found_elsewhere_(num_sources) {
  top_.reserve(kLargestGroups);
}

std::vector<size_t> Statistics::WithTitlesOnly() const {
  std::vector<size_t> sources;
  for (size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == Text::kTitlesOnly) sources.push_back(i);
  }
  return sources;
}

void Statistics::Add(const Batch& batch) {
  const auto source = static_cast<uint32_t>(batch.source);
  assert(source < sources_.size());
  Ledger books;
  books.bytes_read = batch.size;  // not what the layout says it saw: so a byte it lost unbalances the books
  books.bytes = batch.ledger.bytes;
  books.invalid_utf8 = batch.ledger.invalid_utf8;

  uint64_t* overlap = nullptr;  // of the witness source that came last: mostly the next one's too
  uint32_t overlap_source = 0;
  for (const Record& record : batch.records) {
    if (!record.is_last_fragment) continue;
    ++books.records_read;
    ++books[record.fate];
    if (record.fate != Fate::kRejected && text_[source] != Text::kSome) {
      text_[source] = !batch.traits->has_named_fields || batch.HasText(record) ? Text::kSome : Text::kTitlesOnly;
    }
    if (record.fate != Fate::kRejected) {
      ++num_compared_;
      num_short_ += record.num_words < shingle_tokens_;
    }
    switch (record.fate) {
      case Fate::kKept:
        if (record.kept_id >= copies_.size()) copies_.Resize(size_t{record.kept_id} + 1);
        if (!record.id.empty()) CountId(batch, record);
        break;
      case Fate::kNear: ++similarities_[SimilarityBin(record.similarity)]; [[fallthrough]];
      case Fate::kExact: {
        const auto witness_source = static_cast<uint32_t>(record.witness.source);
        if (overlap == nullptr || overlap_source != witness_source) {
          overlap = &overlap_[{source, witness_source}];
          overlap_source = witness_source;
        }
        ++*overlap;
        if (source != witness_source) NoteElsewhere(record.kept_id, witness_source);
        CountCopy(record);
        break;
      }
      case Fate::kReference: num_references_ = std::max(num_references_, record.kept_id + 1); break;
      case Fate::kContaminated: ++overlap_[{source, static_cast<uint32_t>(record.witness.source)}]; break;
      case Fate::kRejected: ++books[record.reason]; break;
      case Fate::kCount: break;
    }
  }
  if (!batch.units.empty() || !is_gone_.empty()) CountLostRepeats(batch);
  sources_[source].Add(books);
  total_.Add(books);
  rewrites_.Add(batch.rewrites);
  fills_.Add(batch.fills);

  size_t listed = 0;  // of this source
  for (const BadUtf8Place& place : bad_utf8_) listed += place.source == batch.source;
  for (const BadUtf8& bad : batch.bad_utf8) {
    if (listed == kMaxBadUtf8PerSource || bad_utf8_.size() == kMaxBadUtf8InReport) break;
    bad_utf8_.push_back({batch.source, bad.offset_bytes, lines_before_[source] + bad.line_in_batch + 1});
    ++listed;
  }
  lines_before_[source] += batch.num_lines;
  source_check_.Add(batch);
}

void Statistics::CountId(const Batch& batch, const Record& record) {
  if (record.id == "null") return;
  if (!ids_) ids_ = std::make_unique<KeySet>();
  if (!ids_->RoomFor(1)) return;
  ids_->GrowFor(1);
  if (ids_->FindOrAdd(Hash128(record.id)).is_new) return;
  if (num_repeated_ids_++ == 0) first_repeated_id_ = {batch.source, record.ordinal};
}

absl::Status Statistics::SpillIfShort(const SpillTerms& terms) {
  if (ids_) UNECHO_RETURN_IF_ERROR(ids_->SpillIfShort(terms));
  if (!terms.IsShort() || copies_.spillable_bytes() < terms.LeastBytes()) return absl::OkStatus();
  return copies_.Spill(terms.folder, "sizes of groups");
}

absl::Status Statistics::status() const {
  if (ids_) UNECHO_RETURN_IF_ERROR(ids_->status());
  return copies_.status();
}

void Statistics::CountLostRepeats(const Batch& batch) {
  is_gone_.resize(sources_.size());
  std::vector<bool>& gone = is_gone_[static_cast<size_t>(batch.source)];
  for (const Record& record : batch.records) {
    const bool is_kept = record.fate == Fate::kKept;
    gone.resize(std::max(gone.size(), size_t{record.ordinal} + 1));
    gone[record.ordinal] = !is_kept && record.fate != Fate::kReference;
    if (!is_kept) continue;
    for (const TextUnit& unit : std::span(batch.units).subspan(record.first_unit, record.num_units)) {
      if (!unit.is_removed || unit.witness_line == 0) continue;
      const std::vector<bool>& of_witness = is_gone_[static_cast<size_t>(unit.witness.source)];
      num_lost_repeats_ += static_cast<uint64_t>(of_witness.at(unit.witness.ordinal));
    }
  }
}

void Statistics::NoteElsewhere(uint32_t kept_id, uint32_t source) {
  if (kept_id >= copies_.size()) copies_.Resize(size_t{kept_id} + 1);
  const uint32_t copies = copies_[kept_id];
  if ((copies & kElsewhere) != 0) return;
  copies_.Set(kept_id, copies | kElsewhere);
  if (source < found_elsewhere_.size()) ++found_elsewhere_[source];
}

// Called for every removed record, in order, by one thread: two compares for nearly all of them.
void Statistics::CountCopy(const Record& record) {
  const uint32_t id = record.kept_id;
  if (id >= copies_.size()) copies_.Resize(size_t{id} + 1);  // under --keep last and the like its witness comes later
  const uint32_t count = copies_[id];
  constexpr uint32_t kMost = kListed - 1;
  if ((count & kMost) == kMost) ++wraps_[id];
  copies_.Set(id, (count & kMost) == kMost ? count - kMost : count + 1);
  if ((count & kListed) != 0) return;
  const uint64_t copies = Copies(id);
  const bool is_full = top_.size() == kLargestGroups;
  if (is_full && !IsLarger(copies, id, top_bound_copies_, top_bound_id_)) return;
  List(record, copies);
}

// Groups only grow, so one outside top_ can pass the smallest inside only at the moment it grows itself: top_ is exact
// at any time. The bound lags behind its groups, which is safe, and is brought up to date only when it lets something
// through.
void Statistics::List(const Record& record, uint64_t copies) {
  const uint32_t id = record.kept_id;
  Group group{id, record.witness, 0, {}};
  if (top_.size() < kLargestGroups) {
    group.title = ShortTitle(record.title);
    top_.push_back(std::move(group));
  } else {
    Group* smallest = &top_.front();
    for (Group& other : top_) {
      if (IsLarger(Copies(smallest->kept_id), smallest->kept_id, Copies(other.kept_id), other.kept_id))
        smallest = &other;
    }
    top_bound_copies_ = Copies(smallest->kept_id);
    top_bound_id_ = smallest->kept_id;
    if (!IsLarger(copies, id, top_bound_copies_, top_bound_id_)) return;
    copies_.Set(smallest->kept_id, copies_[smallest->kept_id] & ~kListed);
    group.title = ShortTitle(record.title);
    *smallest = std::move(group);
  }
  copies_.Set(id, copies_[id] | kListed);
}

uint64_t Statistics::Copies(uint32_t kept_id) const {
  uint64_t copies = copies_[kept_id] & (kListed - 1);
  if (!wraps_.empty()) {
    if (const auto wraps = wraps_.find(kept_id); wraps != wraps_.end()) copies += wraps->second << kCountBits;
  }
  return copies;
}

std::map<uint64_t, uint64_t> Statistics::GroupSizes() const {
  std::map<uint64_t, uint64_t> sizes;
  uint64_t singles = 0;  // nearly all groups: not one look-up each
  for (size_t id = 0; id < copies_.size(); ++id) {
    const uint64_t copies = Copies(static_cast<uint32_t>(id));
    if (copies == 0)
      singles += id >= num_references_;
    else
      ++sizes[copies + 1];
  }
  if (singles > 0) sizes[1] = singles;
  return sizes;
}

std::vector<Group> Statistics::LargestGroups(size_t n) const {
  assert(n <= kLargestGroups);
  std::vector<Group> groups = top_;
  for (Group& group : groups) group.copies = Copies(group.kept_id);
  std::ranges::sort(groups,
                    [](const Group& a, const Group& b) { return IsLarger(a.copies, a.kept_id, b.copies, b.kept_id); });
  groups.resize(std::min(n, groups.size()));
  return groups;
}

}  // namespace unecho
