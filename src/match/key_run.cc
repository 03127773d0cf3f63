#include "match/key_run.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <bit>
#include <utility>

namespace unecho {
namespace {

// By the upper 33 bits, in three passes of 11, stable; what is left to do is little then, because keys are hashes.
// `other`: scratch.
void SortEntries(std::vector<uint64_t>& entries, std::vector<uint64_t>& other) {
  constexpr uint32_t kDigitBits = 11, kDigits = 1u << kDigitBits;
  constexpr size_t kWorthwhile = 4 * kDigits;
  if (entries.size() < kWorthwhile) return std::sort(entries.begin(), entries.end());
  other.resize(entries.size());
  for (uint32_t shift = 64 - 3 * kDigitBits; shift < 64; shift += kDigitBits) {
    std::array<uint32_t, kDigits> starts{};
    for (const uint64_t entry : entries) ++starts[entry >> shift & (kDigits - 1)];
    uint32_t sum = 0;
    for (uint32_t& start : starts) sum += std::exchange(start, sum);
    for (const uint64_t entry : entries) other[starts[entry >> shift & (kDigits - 1)]++] = entry;
    entries.swap(other);
  }
  for (size_t i = 1; i < entries.size(); ++i) {
    const uint64_t entry = entries[i];
    size_t at = i;
    for (; at > 0 && entries[at - 1] > entry; --at) entries[at] = entries[at - 1];
    entries[at] = entry;
  }
}

// work(column) for each, on several threads; the first error.
template <typename Work>
absl::Status ForEachColumn(size_t columns, Work&& work) {
  std::vector<absl::Status> statuses(columns);
  std::atomic<size_t> next{0};
  const size_t at_once = columns / 3 + 1;
  tbb::this_task_arena::isolate([&] {
    tbb::parallel_for(size_t{0}, at_once, [&](size_t) {
      for (size_t column = next++; column < columns; column = next++) statuses[column] = work(column);
    });
  });
  for (const absl::Status& status : statuses) UNECHO_RETURN_IF_ERROR(status);
  return absl::OkStatus();
}

}  // namespace

KeyRun::KeyRun(size_t columns, Filters filters, uint32_t first, uint32_t count)
    : first_(first),
      count_(count),
      place_bits_(static_cast<uint32_t>(std::bit_width(count - 1))),
      filters_(filters),
      num_filtered_(filters.bits > 0 ? columns : 0),
      columns_(columns) {}

// Takes the entries of a column in order.
class KeyRun::Writer {
 public:
  Writer(KeyRun& run, size_t column) : run_(run), at_(run.PlaceOfColumn(column)) {
    run.columns_[column] = std::make_unique<Column>(run.count_, run.filters_.bits);
    column_ = run.columns_[column].get();
  }
  absl::Status Put(uint64_t entry) {
    buffer_[size_++] = entry;
    return size_ < kBuffered ? absl::OkStatus() : Flush();
  }
  absl::Status Finish() {
    UNECHO_RETURN_IF_ERROR(Flush());
    if (shared_.size() > run_.filters_.most_shared) return absl::OkStatus();
    column_->shared = KeyFilter(shared_.size());
    for (const uint64_t key : shared_) column_->shared.Add(key);
    return absl::OkStatus();
  }

 private:
  absl::Status Flush() {
    for (size_t i = 0; i < size_; i += kFenceBlocks * kBlockEntries)
      column_->fences.push_back(static_cast<uint32_t>(buffer_[i] >> 32));
    AddToFilters();
    const size_t bytes = std::exchange(size_, 0) * sizeof(uint64_t);
    UNECHO_RETURN_IF_ERROR(run_.file_->WriteAt(at_, buffer_.get(), bytes));
    at_ += bytes;
    return absl::OkStatus();
  }

  void AddToFilters() {
    const uint64_t mask = run_.PlaceMask();
    const bool has_filter = column_->filter.is_there();
    for (size_t i = 0; i < size_; ++i) {
      if (const uint64_t key = buffer_[i] & ~mask; std::exchange(is_first_, false) || key != last_key_) {
        if (has_filter) column_->filter.Add(key);
        last_key_ = key;
      } else if (shared_.size() <= run_.filters_.most_shared && (shared_.empty() || shared_.back() != key)) {
        shared_.push_back(key);
      }
    }
  }

  static constexpr size_t kBuffered = 128 * kBlockEntries;  // 63 KiB
  static_assert(kBuffered % (kFenceBlocks * kBlockEntries) == 0);
  KeyRun& run_;
  Column* column_;
  uint64_t at_;
  bool is_first_ = true;
  uint64_t last_key_ = 0;
  std::vector<uint64_t> shared_;
  std::unique_ptr<uint64_t[]> buffer_ = std::make_unique_for_overwrite<uint64_t[]>(kBuffered);
  size_t size_ = 0;  // of it
};

// The entries of a column of several runs, in order.
class KeyRun::Merger {
 public:
  Merger(const std::vector<std::unique_ptr<KeyRun>>& parts, size_t column, uint64_t mask) : mask_(mask) {
    for (const auto& part : parts) {
      Input input{.run = part.get(),
                  .at = part->PlaceOfColumn(column),
                  .left = part->count_,
                  .places = part->first_ - parts.front()->first_};
      uint64_t first;
      if (!Next(input, first)) continue;
      inputs_.push_back(std::move(input));
      heads_.push_back(first);
    }
  }
  // False: that was the last one.
  bool Take(uint64_t& entry) {
    if (heads_.empty()) return false;
    size_t least = 0;
    entry = heads_[0];
    for (size_t i = 1; i < heads_.size(); ++i) {  // no branch: which is less is chance
      const bool is_less = heads_[i] < entry;
      least = is_less ? i : least;
      entry = is_less ? heads_[i] : entry;
    }
    if (!Next(inputs_[least], heads_[least])) [[unlikely]] {
      inputs_.erase(inputs_.begin() + static_cast<std::ptrdiff_t>(least));
      heads_.erase(heads_.begin() + static_cast<std::ptrdiff_t>(least));
    }
    return true;
  }

 private:
  static constexpr size_t kBuffered = 64 * kBlockEntries;  // 32 KiB, of each run; several threads merge
  struct Input {
    const KeyRun* run;
    uint64_t at, left;  // in the file
    uint64_t places;    // from the first record of the new run on
    std::vector<uint64_t> buffer{};
    size_t next = 0;
  };
  // Fewer bits of a key than it has there, and a place in the new run. False: none is left, or none can be read.
  bool Next(Input& input, uint64_t& entry) const {
    if (input.next == input.buffer.size() && !Fill(input)) return false;
    const uint64_t stored = input.buffer[input.next++];
    entry = (stored & ~mask_) | ((stored & input.run->PlaceMask()) + input.places);
    return true;
  }
  static bool Fill(Input& input) {
    input.buffer.resize(std::min<uint64_t>(kBuffered, input.left));
    input.next = 0;
    const size_t bytes = input.buffer.size() * sizeof(uint64_t);
    if (bytes == 0 || !input.run->file_->Read(input.at, input.buffer.data(), bytes)) return false;
    input.at += bytes;
    input.left -= input.buffer.size();
    return true;
  }

  uint64_t mask_;
  std::vector<Input> inputs_;    // that have more
  std::vector<uint64_t> heads_;  // the next entry of each
};

absl::StatusOr<std::unique_ptr<KeyRun>> KeyRun::Sort(size_t columns, Filters filters, uint32_t first, uint32_t count,
                                                     const ReadColumn& read, const std::string& folder) {
  std::unique_ptr<KeyRun> run(new KeyRun(columns, filters, first, count));
  UNECHO_ASSIGN_OR_RETURN(run->file_, SpillFile::Create(folder, "sorted keys"));
  const uint64_t mask = run->PlaceMask();
  const absl::Status status = ForEachColumn(columns, [&](size_t column) -> absl::Status {
    std::vector<uint64_t> entries, other;
    UNECHO_RETURN_IF_ERROR(read(column, entries));
    for (size_t i = 0; i < entries.size(); ++i) entries[i] = (entries[i] & ~mask) | i;
    SortEntries(entries, other);
    Writer writer(*run, column);
    for (const uint64_t entry : entries) UNECHO_RETURN_IF_ERROR(writer.Put(entry));
    return writer.Finish();
  });
  UNECHO_RETURN_IF_ERROR(status);
  return run;
}

absl::StatusOr<std::unique_ptr<KeyRun>> KeyRun::Merge(std::vector<std::unique_ptr<KeyRun>> parts, Filters filters,
                                                      const std::string& folder) {
  const size_t columns = parts.front()->columns_.size();
  const uint32_t first = parts.front()->first_;
  std::unique_ptr<KeyRun> run(new KeyRun(columns, filters, first, parts.back()->first_ + parts.back()->count_ - first));
  UNECHO_ASSIGN_OR_RETURN(run->file_, SpillFile::Create(folder, "sorted keys"));
  const absl::Status status = ForEachColumn(columns, [&](size_t column) -> absl::Status {
    Writer writer(*run, column);
    Merger merger(parts, column, run->PlaceMask());
    for (uint64_t entry; merger.Take(entry);) UNECHO_RETURN_IF_ERROR(writer.Put(entry));
    for (const auto& part : parts) part->columns_[column].reset();
    return writer.Finish();
  });
  UNECHO_RETURN_IF_ERROR(status);
  for (const auto& part : parts) UNECHO_RETURN_IF_ERROR(part->status());
  return run;
}

uint64_t KeyRun::FirstFence(const std::vector<uint32_t>& fences, uint32_t upper_half) {
  // Keys are hashes, so it is near where it would be if they were spread evenly.
  const uint64_t size = fences.size();
  uint64_t low = upper_half * size >> 32, high = low, step = 1;
  while (low > 0 && fences[low - 1] >= upper_half) high = low, low -= std::min(low, step), step *= 2;
  for (step = 1; high < size && fences[high] < upper_half; step *= 2)
    low = high + 1, high = std::min(size, high + step);
  const auto at = [&fences](uint64_t place) { return fences.begin() + static_cast<std::ptrdiff_t>(place); };
  return static_cast<uint64_t>(std::lower_bound(at(low), at(high), upper_half) - fences.begin());
}

void KeyRun::ReadWindow(size_t column, uint64_t begin, uint64_t end, Window& window) const {
  const uint64_t first = begin * kBlockEntries;
  window.begin = begin;
  window.end = end;
  window.size = std::min(end * kBlockEntries, uint64_t{count_}) - first;
  const uint64_t place = PlaceOfColumn(column) + first * sizeof(uint64_t);
  if (!file_->Read(place, window.entries.data(), window.size * sizeof(uint64_t))) window.size = 0;
}

void KeyRun::FindFirst(size_t column, uint64_t low, Window& window) const {
  const std::vector<uint32_t>& fences = columns_[column]->fences;
  const auto upper_half = static_cast<uint32_t>(low >> 32);
  const uint64_t fence = FirstFence(fences, upper_half);
  if (fence == 0) return ReadWindow(column, 0, 1, window);
  // In the blocks [first, last), or else the first of those behind them.
  uint64_t first = (fence - 1) * kFenceBlocks, last = std::min(fence * kFenceBlocks, NumBlocks());
  // Between the two fences keys are spread evenly, as far as chance has it: 16 entries of 1,008 are its standard
  // deviation, in the middle. So the next block is read with it where that is near.
  constexpr uint64_t kNear = 10;
  const uint64_t from = fences[fence - 1], to = fence < fences.size() ? fences[fence] : uint64_t{1} << 32;
  const uint64_t num_entries = std::min(last * kBlockEntries, uint64_t{count_}) - first * kBlockEntries;
  const uint64_t guess = first * kBlockEntries + (upper_half - from) * num_entries / (to - from);
  uint64_t begin = std::max(first, (guess - std::min(guess, kNear)) / kBlockEntries);
  uint64_t end = std::min(last, (guess + kNear) / kBlockEntries + 1);
  while (true) {
    ReadWindow(column, begin, end, window);
    if (window.size == 0) return;
    if (window.entries[0] >= low && begin > first) {
      last = end = begin;
      begin = end - 1;
    } else if (window.entries[window.size - 1] < low && end < last) {
      first = begin = end;
      end = begin + 1;
    } else {
      return;
    }
  }
}

uint64_t KeyRun::filter_bytes() const {
  uint64_t bytes = 0;
  for (const auto& column : columns_) bytes += column->filter.memory_bytes() + column->shared.memory_bytes();
  return bytes;
}

uint64_t KeyRun::pass_percent() const {
  return num_filtered_ * KeyFilter::PassPercent(filters_.bits) + (columns_.size() - num_filtered_) * 100;
}

bool KeyRun::DropFilter() {
  if (num_filtered_ == 0) return false;
  Column& column = *columns_[--num_filtered_];
  column.filter = KeyFilter();
  if (column.shared.memory_bytes() > count_ / 64) column.shared = KeyFilter();  // a small one may stay
  return true;
}

uint64_t KeyRun::memory_bytes() const {
  uint64_t bytes = filter_bytes();
  for (const auto& column : columns_) bytes += column->fences.capacity() * sizeof(uint32_t);
  return bytes;
}

size_t KeyRuns::FirstToMerge() const {
  uint64_t total = 0;
  for (const auto& run : runs_) total += run->count();
  for (size_t first = 0; first + 1 < runs_.size(); ++first) {
    const uint64_t count = runs_[first]->count(), rest = total - count;
    const bool are_many = first + kLeastMerged <= runs_.size() && rest >= count;
    const bool are_dear = 4 * rest * runs_[first]->pass_percent() >= count * columns_ * 100;
    if (total <= kMostMerged && (are_many || are_dear)) return first;
    total = rest;
  }
  return runs_.size();
}

KeyRun::Filters KeyRuns::MakeRoomForFilters(uint32_t count, uint64_t most_filter_bytes) {
  const uint64_t of_a_bit = (uint64_t{count} / 8 + 1) * columns_, wanted = of_a_bit * KeyFilter::kMostBits;
  uint64_t taken = 0;
  for (const auto& run : runs_) taken += run->filter_bytes();
  if (most_filter_bytes >= taken && most_filter_bytes - taken >= wanted) return {};
  for (const auto& run : runs_) {
    while (taken + wanted > most_filter_bytes && run->count() > count) {
      taken -= run->filter_bytes();
      const bool has_dropped = run->DropFilter();
      taken += run->filter_bytes();
      if (!has_dropped) break;
    }
  }
  // Runs to come are smaller than one that is too large for all of its bits, and a quarter is left for them.
  const uint64_t share = taken + wanted <= most_filter_bytes ? most_filter_bytes : most_filter_bytes / 4 * 3;
  const uint64_t bits = (share - std::min(share, taken)) / of_a_bit;
  return {.bits = static_cast<uint32_t>(std::min<uint64_t>(bits, KeyFilter::kMostBits)),
          .most_shared = most_filter_bytes / 8 / columns_};
}

absl::Status KeyRuns::Add(uint32_t count, const KeyRun::ReadColumn& read, const std::string& folder,
                          uint64_t most_filter_bytes) {
  KeyRun::Filters filters = MakeRoomForFilters(count, most_filter_bytes);
  UNECHO_ASSIGN_OR_RETURN(std::unique_ptr<KeyRun> run, KeyRun::Sort(columns_, filters, size(), count, read, folder));
  runs_.push_back(std::move(run));
  const size_t first = FirstToMerge();
  if (first == runs_.size()) return absl::OkStatus();
  const uint32_t merged = size() - runs_[first]->first();
  std::vector<std::unique_ptr<KeyRun>> parts;
  for (size_t i = first; i < runs_.size(); ++i) parts.push_back(std::move(runs_[i]));
  runs_.resize(first);
  filters = MakeRoomForFilters(merged, most_filter_bytes);
  UNECHO_ASSIGN_OR_RETURN(run, KeyRun::Merge(std::move(parts), filters, folder));
  runs_.push_back(std::move(run));
  return absl::OkStatus();
}

absl::Status KeyRuns::status() const {
  for (const auto& run : runs_) UNECHO_RETURN_IF_ERROR(run->status());
  return absl::OkStatus();
}

uint64_t KeyRuns::memory_bytes() const {
  uint64_t bytes = 0;
  for (const auto& run : runs_) bytes += run->memory_bytes();
  return bytes;
}

uint64_t KeyRuns::disk_bytes() const {
  uint64_t bytes = 0;
  for (const auto& run : runs_) bytes += run->disk_bytes();
  return bytes;
}

}  // namespace unecho
