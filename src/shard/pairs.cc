// pairs: which token sequences of a partition of keys are linked.
//
// A bucket is what has one key. Where that says that they are equal in something, all are linked. Where it is a band's,
// those whose sketches agree are, as such records alone become candidates (match/index.h): a search over the bucket,
// which takes out who has been reached, so that copies of one text cost what their number costs, and what is not alike
// its square, of 64 bytes each. A bucket beyond kMostSearched is linked as a whole: more is linked, never less.
//
// Read: the entries of the partition, 12 bytes each, and the sketches of who is not alone. Written: 16 bytes a link.
#include <algorithm>
#include <cstring>
#include <numeric>
#include <utility>
#include <vector>

#include "base/grow.h"
#include "kernels/kernels.h"
#include "match/sketch.h"
#include "options/match_fields.h"
#include "shard/shard_job.h"
#include "shard/signed_rows.h"

namespace unecho {
namespace {

constexpr size_t kMostSearched = size_t{1} << 17;

struct Entry {
  uint64_t key;
  ShardUnique of;
};

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

  uint64_t num_links() const { return num_links_; }

 private:
  const uint8_t* SketchOf(uint32_t place) const { return gathered_.data() + size_t{place} * kSketchBytes; }

  void Gather(std::span<const Entry> bucket) {
    GrowTo(gathered_, bucket.size() * kSketchBytes);
    for (size_t i = 0; i < bucket.size(); ++i) {
      const uint8_t* const all = sketches_[bucket[i].of.shard].As<uint8_t>().data();
      std::memcpy(gathered_.data() + i * kSketchBytes, all + size_t{bucket[i].of.unique} * kSketchBytes, kSketchBytes);
    }
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
  std::vector<Entry> entries;
  std::vector<MappedFile> sketches;
  for (size_t shard = 0; shard < job.plan.num_shards(); ++shard) {
    UNECHO_ASSIGN_OR_RETURN(const TaskReader task, TaskReader::Open(job.folder, Step::kSign, shard, job.plan.digest));
    UNECHO_ASSIGN_OR_RETURN(const MappedFile keys, task.MapSection("keys", partition));
    UNECHO_ASSIGN_OR_RETURN(MappedFile of_shard, task.Map("sketches", /*whole=*/false));
    const uint64_t num_sketches = of_shard.As<uint8_t>().size() / kSketchBytes;
    for (const KeyEntry& each : keys.As<KeyEntry>()) {
      if (each.unique >= num_sketches) return task.Damaged("a key is of a record that is not there");
      entries.push_back({each.key, {static_cast<uint32_t>(shard), each.unique}});
    }
    sketches.push_back(std::move(of_shard));
  }
  // Each shard's are sorted, and come in the order of the shards.
  std::ranges::stable_sort(entries, {}, &Entry::key);
  UNECHO_ASSIGN_OR_RETURN(TaskWriter::File* const links, out->Create("links"));
  const AnswerOptions& answer = job.options.answer;
  const BandPlan plan = PlanBands(answer.threshold, FieldThresholds(answer));
  LinkBuckets link(std::move(sketches), static_cast<unsigned>(plan.min_agreeing_bins), *links);
  for (size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
    while (end < entries.size() && entries[end].key == entries[begin].key) ++end;
    UNECHO_RETURN_IF_ERROR(link(std::span(entries).subspan(begin, end - begin)));
  }
  out->Note("entries", entries.size());
  out->Note("links", link.num_links());
  return out->Commit();
}

}  // namespace unecho
