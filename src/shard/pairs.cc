// pairs: which token sequences of a partition of keys are linked.
//
// A bucket is what has one key. Where that says that they are equal in something, all are linked. Where it is a band's,
// those whose sketches agree are, as such records alone become candidates (match/index.h): a search over the bucket,
// which takes out who has been reached, so that copies of one text cost what their number costs, and what is not alike
// its square, of 64 bytes each. A bucket beyond kMostSearched is linked as a whole: more is linked, never less.
//
// Most keys are of one record alone. A table of two bits for each of so many hashes says which: what is left is
// sorted.
//
// Where that is more than --memory leaves, keys are taken slice by slice, by some of their bits: each slice is another
// look at the entries, and no key is in two. A slice that is too much is halved; what has one key cannot be.
//
// Read: the entries of the partition, 12 bytes each, twice for each slice, and the sketches of who is not alone. Held:
// of a slice 2 to 4 bytes an entry, 32 for one of a key that comes again. Written: 16 bytes a link.
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "base/grow.h"
#include "base/memory.h"
#include "base/prefetch.h"
#include "kernels/kernels.h"
#include "match/sketch.h"
#include "options/match_fields.h"
#include "shard/shard_job.h"
#include "shard/signed_rows.h"

namespace unecho {
namespace {

constexpr size_t kMostSearched = size_t{1} << 17;
constexpr size_t kPrefetch = 16;       // entries: sketches are read here and there
constexpr uint32_t kSlices = 1 << 15;  // at most

struct Entry {
  uint64_t key;
  ShardUnique of;
};

// Which keys come more than once: all that do, and one in nine of the others.
class SeenKeys {
 public:
  explicit SeenKeys(size_t num_entries) : slots_(BytesFor(num_entries)) {}
  static uint64_t BytesFor(size_t num_entries) { return std::bit_ceil(std::max(num_entries, kLeast) * 2); }
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
  constexpr size_t kDigits = size_t{1} << kDigitBits;
  const int bits =
      (static_cast<int>(std::bit_width(entries.size())) + kRoomBits + kDigitBits - 1) / kDigitBits * kDigitBits;
  const auto digit_of = [](const Entry& entry, int digit) {
    return entry.key >> (1 + digit * kDigitBits) & (kDigits - 1);
  };
  std::vector<std::array<size_t, kDigits>> places(static_cast<size_t>(bits / kDigitBits));
  for (const Entry& entry : entries) {
    for (size_t digit = 0; digit < places.size(); ++digit) ++places[digit][digit_of(entry, static_cast<int>(digit))];
  }
  const auto sorted = std::make_unique_for_overwrite<Entry[]>(entries.size());
  Entry *from = entries.data(), *to = sorted.get();
  const size_t count = entries.size();
  for (size_t digit = 0; digit < places.size(); ++digit) {
    auto& of = places[digit];
    std::exclusive_scan(of.begin(), of.end(), of.begin(), size_t{0});
    for (const Entry& entry : std::span(from, count)) to[of[digit_of(entry, static_cast<int>(digit))]++] = entry;
    std::swap(from, to);
  }
  if (from != entries.data()) std::copy_n(from, count, entries.data());
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
      : sketches_(std::move(sketches)), min_agreeing_bins_(min_agreeing_bins), out_(out) {
    uint64_t bytes = 0;
    for (const MappedFile& file : sketches_) bytes += file.As<char>().size();
    is_short_ = bytes > ResidentLeft() / 2;
  }

  // Of one key, in the order of shards and numbers.
  absl::Status operator()(std::span<const Entry> bucket) {
    if (bucket.size() < 2) return absl::OkStatus();
    if (is_short_) KeepResident(bucket.size());
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
  void ForgetSketches() const {
    for (const MappedFile& file : sketches_) file.Forget();
  }

 private:
  const uint8_t* SketchOf(uint32_t place) const { return gathered_.data() + size_t{place} * kSketchBytes; }

  void Gather(std::span<const Entry> bucket) {
    GrowTo(gathered_, bucket.size() * kSketchBytes);
    for (size_t i = 0; i < bucket.size(); ++i)
      std::memcpy(gathered_.data() + i * kSketchBytes, SketchOf(bucket[i]), kSketchBytes);
  }

  // Each look at a sketch may make 64 KiB of its file resident.
  void KeepResident(size_t looks) {
    constexpr size_t kLooks = 64;
    looks_ += looks;
    if (looks_ < kLooks || ResidentLeft() > kBesideBytes) return;
    looks_ = 0;
    ForgetSketches();
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
  bool is_short_ = false;  // the sketches do not all fit into memory
  size_t looks_ = 0;
  std::vector<uint8_t> gathered_, agreeing_;
  std::vector<uint32_t> rest_, left_, like_, reached_;
};

// The keys of [begin, end) of kSlices.
struct Slice {
  uint32_t begin = 0, end = kSlices;
  // By bits of the half in which a partition has all, and which no table of keys goes by.
  bool Has(uint64_t key) const {
    const uint32_t slice = static_cast<uint32_t>(key >> 32) & (kSlices - 1);
    return begin <= slice && slice < end;
  }
};

// The keys of a partition, and how many of them may be in memory at a time.
class Partition {
 public:
  absl::Status Add(const TaskReader& task, MappedFile keys, uint64_t num_sketches) {
    const auto own = keys.As<KeyEntry>();
    bool is_there = true;
    keys.Walk<KeyEntry>([&](const KeyEntry& each) { is_there = is_there && each.unique < num_sketches; });
    if (!is_there) return task.Damaged("a key is of a record that is not there");
    num_entries_ += own.size();
    keys_.push_back(std::move(keys));
    return absl::OkStatus();
  }

  // Those of a key that comes again, and a few more: nothing if they do not fit into `room_bytes`.
  std::optional<std::vector<Entry>> Repeated(Slice slice, uint64_t room_bytes) {
    const uint64_t expected = num_entries_ * (slice.end - slice.begin) / kSlices;
    if (SeenKeys::BytesFor(expected) > room_bytes / 2) return NeedsMore(SeenKeys::BytesFor(expected) * 2);
    SeenKeys seen(expected);
    ForEach(slice, [&](size_t, const KeyEntry& each) { seen.Add(each.key); });
    const auto need = [&](uint64_t count) {
      return std::max(SeenKeys::BytesFor(expected) + count * sizeof(Entry), count * 2 * sizeof(Entry));
    };
    size_t count = seen.most();
    if (need(count) > room_bytes) {
      count = 0;
      ForEach(slice, [&](size_t, const KeyEntry& each) { count += seen.IsRepeated(each.key); });
    }
    if (need(count) > room_bytes) return NeedsMore(need(count));
    std::vector<Entry> entries;
    entries.reserve(count);
    ForEach(slice, [&](size_t shard, const KeyEntry& each) {
      if (seen.IsRepeated(each.key)) entries.push_back({each.key, {static_cast<uint32_t>(shard), each.unique}});
    });
    return entries;
  }
  uint64_t num_entries() const { return num_entries_; }
  // By what did not fit last.
  uint64_t needed_bytes() const { return needed_bytes_; }

 private:
  std::nullopt_t NeedsMore(uint64_t bytes) {
    needed_bytes_ = bytes;
    return std::nullopt;
  }
  template <typename Each>
  void ForEach(Slice slice, Each each) const {
    for (size_t shard = 0; shard < keys_.size(); ++shard) {
      keys_[shard].Walk<KeyEntry>([&](const KeyEntry& entry) {
        if (slice.Has(entry.key)) each(shard, entry);
      });
    }
  }
  std::vector<MappedFile> keys_;  // by shard
  uint64_t num_entries_ = 0, needed_bytes_ = 0;
};

// However little was asked for at a time.
absl::Status TooLarge(const ShardJob& job, size_t partition, uint64_t needed_bytes) {
  return absl::ResourceExhaustedError(
      absl::StrFormat("shard pairs %d: the records that have one key do not fit into --memory: raise it to %d MiB",
                      partition, MemoryFor(job, needed_bytes)));
}

absl::Status LinkAll(std::vector<Entry> entries, LinkBuckets& link) {
  SortByKey(entries);
  for (size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
    for (; end < entries.size() && entries[end].key == entries[begin].key; ++end) {
      if (end + kPrefetch < entries.size()) PrefetchLine(link.SketchOf(entries[end + kPrefetch]));
    }
    UNECHO_RETURN_IF_ERROR(link(std::span(entries).subspan(begin, end - begin)));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status FindPairs(const ShardJob& job, size_t partition) {
  UNECHO_ASSIGN_OR_RETURN(const auto out, TaskWriter::Begin(job.folder, Step::kPairs, partition, job.plan.digest));
  Partition keys;
  std::vector<MappedFile> sketches;  // by shard
  for (size_t shard = 0; shard < job.plan.num_shards(); ++shard) {
    UNECHO_ASSIGN_OR_RETURN(const TaskReader task, TaskReader::Open(job.folder, Step::kSign, shard, job.plan.digest));
    UNECHO_ASSIGN_OR_RETURN(MappedFile own, task.MapSection("keys", partition));
    UNECHO_ASSIGN_OR_RETURN(sketches.emplace_back(), task.Map("sketches", /*whole=*/false));
    UNECHO_RETURN_IF_ERROR(keys.Add(task, std::move(own), sketches.back().As<uint8_t>().size() / kSketchBytes));
  }
  UNECHO_ASSIGN_OR_RETURN(TaskWriter::File* const links, out->Create("links"));
  const AnswerOptions& answer = job.options.answer;
  const BandPlan plan = PlanBands(answer.threshold, FieldThresholds(answer));
  LinkBuckets link(std::move(sketches), static_cast<unsigned>(plan.min_agreeing_bins), *links);
  uint64_t num_slices = 0;
  for (std::vector<Slice> left = {Slice{}}; !left.empty();) {
    const Slice slice = left.back();
    left.pop_back();
    link.ForgetSketches();
    const uint64_t resident_left = ResidentLeft(), room = resident_left - std::min(resident_left, kBesideBytes);
    std::optional<std::vector<Entry>> entries = keys.Repeated(slice, room);
    const uint32_t middle = slice.begin + (slice.end - slice.begin) / 2;
    if (entries) {
      UNECHO_RETURN_IF_ERROR(LinkAll(*std::move(entries), link));
      ++num_slices;
    } else if (middle == slice.begin) {
      return TooLarge(job, partition, keys.needed_bytes());
    } else {
      left.push_back({middle, slice.end});
      left.push_back({slice.begin, middle});
    }
  }
  out->Note("entries", keys.num_entries());
  out->Note("links", link.num_links());
  out->Note("slices", num_slices);
  return out->Commit();
}

}  // namespace unecho
