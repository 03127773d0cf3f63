// pairs: which token sequences of a partition of keys are linked.
//
// A bucket is what has one key. Where that says that they are equal in something, all are linked. Where it is a band's,
// those whose sketches agree are, as such records alone become candidates (match/index.h): a search over the bucket,
// which takes out who has been reached, so that copies of one text cost what their number costs, and what is not alike
// its square, of 64 bytes each. A bucket beyond kMostSearched is linked as a whole: more is linked, never less.
//
// Most keys are of one record alone. A table of two bits for each of so many hashes says which: what is left is sorted.
//
// Read: the entries of the partition, 12 bytes each, twice, and the sketches of who is not alone. Memory: 2 to 4 bytes
// an entry, 32 for one of a key that comes again. Written: 16 bytes a link.
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <numeric>
#include <tuple>
#include <utility>
#include <vector>

#include "base/grow.h"
#include "base/prefetch.h"
#include "kernels/kernels.h"
#include "match/sketch.h"
#include "options/match_fields.h"
#include "shard/shard_job.h"
#include "shard/signed_rows.h"

namespace unecho {
namespace {

constexpr size_t kMostSearched = size_t{1} << 17;
constexpr size_t kPrefetch = 16;  // entries: sketches are read here and there

struct Entry {
  uint64_t key;
  ShardUnique of;
};

// Which keys come more than once: all that do, and one in nine of the others.
class SeenKeys {
 public:
  explicit SeenKeys(size_t num_entries) : slots_(std::bit_ceil(std::max(num_entries, kLeast) * 2)) {}
  void Add(uint64_t key) {
    uint8_t& slot = slots_[PlaceOf(key)];
    const auto once = static_cast<uint8_t>(1U << BitOf(key));
    num_again_ += (slot & once) != 0;
    slot = static_cast<uint8_t>(slot | once | (slot & once) << 1);
  }
  // How many are repeated, at most.
  size_t most() const { return 2 * num_again_; }
  bool IsRepeated(uint64_t key) const { return (slots_[PlaceOf(key)] >> (BitOf(key) + 1) & 1) != 0; }

 private:
  static constexpr size_t kLeast = 1024;
  // The high half of a key says in which partition it is, and the last bit of which kind.
  size_t PlaceOf(uint64_t key) const { return key >> 3 & (slots_.size() - 1); }
  static unsigned BitOf(uint64_t key) { return 2 * (key >> 1 & 3); }
  std::vector<uint8_t> slots_;  // two bits a hash: seen once, seen again
  size_t num_again_ = 0;
};

// By key, shard and number; they come in the order of the last two. By as many low bits as make most keys differ; where
// these are equal, by all.
void SortByKey(std::vector<Entry>& entries) {
  constexpr int kDigitBits = 11, kRoomBits = 3;
  std::vector<Entry> sorted(entries.size());
  const int bits =
      (static_cast<int>(std::bit_width(entries.size())) + kRoomBits + kDigitBits - 1) / kDigitBits * kDigitBits;
  for (int shift = 1; shift <= bits; shift += kDigitBits) {
    const auto of = [shift](const Entry& entry) { return entry.key >> shift & ((uint64_t{1} << kDigitBits) - 1); };
    std::array<size_t, size_t{1} << kDigitBits> places{};
    for (const Entry& entry : entries) ++places[of(entry)];
    std::exclusive_scan(places.begin(), places.end(), places.begin(), size_t{0});
    for (const Entry& entry : entries) sorted[places[of(entry)]++] = entry;
    entries.swap(sorted);
  }
  const auto precedes = [](const Entry& a, const Entry& b) {
    return std::tie(a.key, a.of.shard, a.of.unique) < std::tie(b.key, b.of.shard, b.of.unique);
  };
  const uint64_t sorted_bits = ((uint64_t{1} << bits) - 1) << 1;
  for (size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
    bool is_one_key = true;
    for (uint64_t other = 0; end < entries.size(); ++end) {
      other = entries[end].key ^ entries[begin].key;
      if ((other & sorted_bits) != 0) break;
      is_one_key = is_one_key && other == 0;
    }
    if (!is_one_key) std::ranges::sort(std::span(entries).subspan(begin, end - begin), precedes);
  }
}

class LinkBuckets {
 public:
  LinkBuckets(std::vector<MappedFile> sketches, unsigned min_agreeing_bins, TaskWriter::File& out)
      : sketches_(std::move(sketches)), min_agreeing_bins_(min_agreeing_bins), out_(out) {}

  // Of one key, in the order of shards and numbers.
  absl::Status operator()(std::span<const Entry> bucket) {
    if (bucket.size() < 2) return absl::OkStatus();
    if (!IsOfBand(bucket[0].key) || bucket.size() > kMostSearched) {
      for (size_t i = 1; i < bucket.size(); ++i) UNECHO_RETURN_IF_ERROR(Connect(bucket[0].of, bucket[i].of));
      return absl::OkStatus();
    }
    if (bucket.size() == 2) {
      uint32_t second = 0;  // of one
      uint8_t agreeing = 0;
      const size_t count = ActiveKernels().agreeing_sketches(SketchOf(bucket[0]), SketchOf(bucket[1]),
                                                             min_agreeing_bins_, &second, 1, &agreeing);
      return count > 0 ? Connect(bucket[0].of, bucket[1].of) : absl::OkStatus();
    }
    Gather(bucket);
    // Places in the bucket that nobody has reached, in order.
    rest_.resize(bucket.size());
    std::iota(rest_.begin(), rest_.end(), 0);
    while (rest_.size() > 1) {
      reached_.assign(1, rest_.front());
      rest_.erase(rest_.begin());
      for (size_t next = 0; next < reached_.size() && !rest_.empty(); ++next) {
        const uint32_t from = reached_[next];
        like_ = rest_;
        agreeing_.resize(like_.size());
        const size_t count = ActiveKernels().agreeing_sketches(SketchOf(from), gathered_.data(), min_agreeing_bins_,
                                                               like_.data(), like_.size(), agreeing_.data());
        if (count == 0) continue;
        like_.resize(count);
        for (const uint32_t to : like_) UNECHO_RETURN_IF_ERROR(Connect(bucket[from].of, bucket[to].of));
        reached_.insert(reached_.end(), like_.begin(), like_.end());
        left_.clear();
        std::ranges::set_difference(rest_, like_, std::back_inserter(left_));
        rest_.swap(left_);
      }
    }
    return absl::OkStatus();
  }

  const uint8_t* SketchOf(const Entry& entry) const {
    return sketches_[entry.of.shard].As<uint8_t>().data() + size_t{entry.of.unique} * kSketchBytes;
  }
  uint64_t num_links() const { return num_links_; }

 private:
  const uint8_t* SketchOf(uint32_t place) const { return gathered_.data() + size_t{place} * kSketchBytes; }

  void Gather(std::span<const Entry> bucket) {
    GrowTo(gathered_, bucket.size() * kSketchBytes);
    for (size_t i = 0; i < bucket.size(); ++i)
      std::memcpy(gathered_.data() + i * kSketchBytes, SketchOf(bucket[i]), kSketchBytes);
  }

  absl::Status Connect(ShardUnique a, ShardUnique b) {
    ++num_links_;
    const Link link{a, b};
    return out_.Append(std::span<const Link>(&link, 1));
  }

  std::vector<MappedFile> sketches_;  // by shard
  unsigned min_agreeing_bins_;
  TaskWriter::File& out_;
  uint64_t num_links_ = 0;
  std::vector<uint8_t> gathered_, agreeing_;
  std::vector<uint32_t> rest_, left_, like_, reached_;
};

}  // namespace

absl::Status FindPairs(const ShardJob& job, size_t partition) {
  UNECHO_ASSIGN_OR_RETURN(const auto out, TaskWriter::Begin(job.folder, Step::kPairs, partition, job.plan.digest));
  std::vector<MappedFile> keys, sketches;  // by shard
  size_t num_entries = 0;
  for (size_t shard = 0; shard < job.plan.num_shards(); ++shard) {
    UNECHO_ASSIGN_OR_RETURN(const TaskReader task, TaskReader::Open(job.folder, Step::kSign, shard, job.plan.digest));
    UNECHO_ASSIGN_OR_RETURN(keys.emplace_back(), task.MapSection("keys", partition));
    UNECHO_ASSIGN_OR_RETURN(sketches.emplace_back(), task.Map("sketches", /*whole=*/false));
    const auto own = keys.back().As<KeyEntry>();
    const uint64_t num_sketches = sketches.back().As<uint8_t>().size() / kSketchBytes;
    if (std::ranges::any_of(own, [&](const KeyEntry& each) { return each.unique >= num_sketches; }))
      return task.Damaged("a key is of a record that is not there");
    num_entries += own.size();
  }
  std::vector<Entry> entries;
  {
    SeenKeys seen(num_entries);
    for (const MappedFile& own : keys) {
      for (const KeyEntry& each : own.As<KeyEntry>()) seen.Add(each.key);
    }
    entries.reserve(seen.most());
    for (size_t shard = 0; shard < keys.size(); ++shard) {
      for (const KeyEntry& each : keys[shard].As<KeyEntry>()) {
        if (seen.IsRepeated(each.key)) entries.push_back({each.key, {static_cast<uint32_t>(shard), each.unique}});
      }
    }
  }
  SortByKey(entries);
  UNECHO_ASSIGN_OR_RETURN(TaskWriter::File* const links, out->Create("links"));
  const AnswerOptions& answer = job.options.answer;
  const BandPlan plan = PlanBands(answer.threshold, FieldThresholds(answer));
  LinkBuckets link(std::move(sketches), static_cast<unsigned>(plan.min_agreeing_bins), *links);
  for (size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
    for (; end < entries.size() && entries[end].key == entries[begin].key; ++end) {
      if (end + kPrefetch < entries.size()) PrefetchLine(link.SketchOf(entries[end + kPrefetch]));
    }
    UNECHO_RETURN_IF_ERROR(link(std::span(entries).subspan(begin, end - begin)));
  }
  out->Note("entries", num_entries);
  out->Note("links", link.num_links());
  return out->Commit();
}

}  // namespace unecho
