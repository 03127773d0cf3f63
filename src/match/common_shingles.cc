#include "match/common_shingles.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <bit>

#include "base/hash_map.h"
#include "base/mapped_array.h"
#include "base/prefetch.h"
#include "base/thread_team.h"

namespace unecho {
namespace {

constexpr uint8_t kMostCounted = 255;
constexpr size_t kRecordsBetweenChecks = 1024;

// Its low bits say which counter, the high ones which share: independent of each other.
uint64_t Mixed(uint64_t shingle) {
  shingle *= 0x9e3779b97f4a7c15;
  shingle ^= shingle >> 32;
  return shingle * 0xd6e8feb86659fd93;
}

// What the shares have taken together.
class Taken {
 public:
  explicit Taken(absl::FunctionRef<absl::Status(uint64_t)> check) : check_(check) {}
  absl::Status Change(uint64_t from, uint64_t to) { return check_(bytes_ += to - from); }

 private:
  std::atomic<uint64_t> bytes_{0};
  absl::FunctionRef<absl::Status(uint64_t)> check_;
};

// The shingles of one share of the hashes.
class Share {
 public:
  Share(size_t share, size_t num_shares, const CountedRecords& records, Taken& taken)
      : share_(share), num_shares_(num_shares), records_(records), taken_(taken) {}

  absl::Status Find(uint64_t more_than) {
    constexpr uint64_t kFewestCounters = uint64_t{64} << 10;
    counters_.Resize(std::bit_ceil(std::max(kFewestCounters, records_.num_shingles / num_shares_)));
    UNECHO_RETURN_IF_ERROR(Note());
    UNECHO_RETURN_IF_ERROR(Scan([](size_t /*record*/, uint8_t& counter, uint64_t /*shingle*/) {
      counter = static_cast<uint8_t>(counter + (counter < kMostCounted));
    }));
    const uint64_t least = std::min<uint64_t>(more_than, kMostCounted - 1);
    UNECHO_RETURN_IF_ERROR(Scan([&](size_t record, uint8_t counter, uint64_t shingle) {
      if (counter <= least) return;
      const auto number = static_cast<uint32_t>(record) + 1;
      Count& count = counts_[shingle];
      count.records += count.last != number;
      count.last = number;
    }));
    for (const auto& [shingle, count] : counts_) {
      if (count.records > more_than) common_.push_back(shingle);
    }
    return absl::OkStatus();
  }
  const std::vector<uint64_t>& common() const { return common_; }

 private:
  struct Count {
    uint32_t records = 0;
    uint32_t last = 0;  // of the records, from 1
  };
  struct Found {
    uint64_t counter, shingle;
  };

  absl::Status Note() {
    // A slot of flat_hash_map is its value and a byte.
    const uint64_t bytes = counters_.memory_bytes() + counts_.capacity() * (sizeof(uint64_t) + sizeof(Count) + 1);
    return taken_.Change(std::exchange(bytes_, bytes), bytes);
  }

  // count(record, counter, shingle) for each shingle of the share.
  template <typename CountOne>
  absl::Status Scan(CountOne count) {
    constexpr size_t kAhead = 16;
    const uint64_t mask = counters_.size() - 1;
    uint8_t* const counters = counters_.data();
    for (size_t record = 0; record < records_.num_records; ++record) {
      if (record % kRecordsBetweenChecks == 0) UNECHO_RETURN_IF_ERROR(Note());
      const std::span<const uint64_t> shingles = records_.shingles_of(record, scratch_);
      if (found_.size() < shingles.size()) found_.resize(2 * shingles.size());
      size_t num_found = 0;
      for (const uint64_t shingle : shingles) {
        const uint64_t hash = Mixed(shingle);
        found_[num_found] = {hash & mask, shingle};
        num_found += (hash >> 32) * num_shares_ >> 32 == share_;
      }
      for (size_t i = 0; i < num_found; ++i) {
        if (i + kAhead < num_found) PrefetchLineToWrite(counters + found_[i + kAhead].counter);
        count(record, counters[found_[i].counter], found_[i].shingle);
      }
    }
    return Note();
  }

  size_t share_, num_shares_;
  const CountedRecords& records_;
  Taken& taken_;
  uint64_t bytes_ = 0;
  MappedArray<uint8_t> counters_;
  HashMap<uint64_t, Count> counts_;
  std::vector<uint64_t> scratch_;
  std::vector<Found> found_;
  std::vector<uint64_t> common_;
};

}  // namespace

CommonShingles::CommonShingles(std::span<const uint64_t> shingles)
    : slots_(std::max(size_t{64}, std::bit_ceil(2 * shingles.size()))),
      shift_(64 - std::countr_zero(slots_.size())),
      size_(shingles.size()) {
  for (const uint64_t shingle : shingles) {
    size_t at = shingle * kSpread >> shift_;
    while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = shingle;
  }
}

CommonShingles::Left CommonShingles::LeaveOut(std::span<uint64_t> shingles, uint32_t* beside) const {
  size_t left = 0;
  for (size_t i = 0; i < shingles.size(); ++i) {
    if (Contains(shingles[i])) continue;
    if (beside != nullptr) beside[left] = beside[i];
    shingles[left++] = shingles[i];
  }
  if (left == 0) return {shingles.size(), Record::Common::kAll};  // nothing has been moved
  return {left, left < shingles.size() ? Record::Common::kSome : Record::Common::kNone};
}

absl::StatusOr<CommonShingles> FindCommonShingles(const CountedRecords& records, uint64_t more_than, int threads,
                                                  absl::FunctionRef<absl::Status(uint64_t bytes)> check) {
  const auto num_shares = static_cast<size_t>(threads);
  Taken taken(check);
  std::vector<std::vector<uint64_t>> common(num_shares);
  std::vector<absl::Status> statuses(num_shares);
  ThreadTeam(threads).Execute([&] {
    tbb::parallel_for(size_t{0}, num_shares, [&](size_t i) {
      Share share(i, num_shares, records, taken);
      statuses[i] = share.Find(more_than);
      common[i] = share.common();
    });
  });
  std::vector<uint64_t> all;
  for (size_t i = 0; i < num_shares; ++i) {
    UNECHO_RETURN_IF_ERROR(statuses[i]);
    all.insert(all.end(), common[i].begin(), common[i].end());
  }
  return CommonShingles(all);
}

}  // namespace unecho
