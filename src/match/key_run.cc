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

KeyRun::KeyRun(size_t columns, uint32_t first, uint32_t count)
    : first_(first), count_(count), place_bits_(static_cast<uint32_t>(std::bit_width(count - 1))), columns_(columns) {}

// Takes the entries of a column in order.
class KeyRun::Writer {
 public:
  Writer(KeyRun& run, size_t column) : run_(run), at_(run.PlaceOfColumn(column)) {
    run.columns_[column] = std::make_unique<Column>(run.count_);
    column_ = run.columns_[column].get();
    buffer_.reserve(kBuffered);
  }
  absl::Status Put(uint64_t entry) {
    if (buffer_.size() % kBlockEntries == 0) column_->fences.push_back(static_cast<uint32_t>(entry >> 32));
    if (const uint64_t key = entry >> run_.place_bits_; std::exchange(is_first_, false) || key != last_key_) {
      column_->filter.Add(key);
      last_key_ = key;
    } else if (shared_.empty() || shared_.back() != key) {
      shared_.push_back(key);
    }
    buffer_.push_back(entry);
    return buffer_.size() < kBuffered ? absl::OkStatus() : Flush();
  }
  absl::Status Finish() {
    column_->shared = KeyFilter(shared_.size());
    for (const uint64_t key : shared_) column_->shared.Add(key);
    return Flush();
  }

 private:
  absl::Status Flush() {
    UNECHO_RETURN_IF_ERROR(run_.file_->WriteAt(at_, buffer_.data(), buffer_.size() * sizeof(uint64_t)));
    at_ += buffer_.size() * sizeof(uint64_t);
    buffer_.clear();
    return absl::OkStatus();
  }

  static constexpr size_t kBuffered = 512 * kBlockEntries;  // 256 KiB
  KeyRun& run_;
  Column* column_;
  uint64_t at_;
  bool is_first_ = true;
  uint64_t last_key_ = 0;
  std::vector<uint64_t> shared_;
  std::vector<uint64_t> buffer_;
};

// Gives the entries of a column in order.
class KeyRun::Reader {
 public:
  Reader(const KeyRun& run, size_t column) : run_(run), at_(run.PlaceOfColumn(column)), left_(run.count_) { Fill(); }
  bool at_end() const { return next_ == buffer_.size(); }
  uint64_t entry() const { return buffer_[next_]; }
  void Advance() {
    if (++next_ == buffer_.size()) Fill();
  }

 private:
  static constexpr size_t kBuffered = size_t{32} << 10;
  void Fill() {
    buffer_.resize(std::min<uint64_t>(kBuffered, left_));
    next_ = 0;
    if (!run_.file_->Read(at_, buffer_.data(), buffer_.size() * sizeof(uint64_t))) buffer_.clear();
    at_ += buffer_.size() * sizeof(uint64_t);
    left_ -= buffer_.size();
  }
  const KeyRun& run_;
  uint64_t at_, left_;
  std::vector<uint64_t> buffer_;
  size_t next_ = 0;
};

absl::StatusOr<std::unique_ptr<KeyRun>> KeyRun::Sort(size_t columns, uint32_t first, uint32_t count,
                                                     const ReadColumn& read, const std::string& folder) {
  std::unique_ptr<KeyRun> run(new KeyRun(columns, first, count));
  UNECHO_ASSIGN_OR_RETURN(run->file_, SpillFile::Create(folder));
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

absl::StatusOr<std::unique_ptr<KeyRun>> KeyRun::Merge(std::unique_ptr<KeyRun> earlier, std::unique_ptr<KeyRun> later,
                                                      const std::string& folder) {
  const size_t columns = earlier->columns_.size();
  std::unique_ptr<KeyRun> run(new KeyRun(columns, earlier->first_, earlier->count_ + later->count_));
  UNECHO_ASSIGN_OR_RETURN(run->file_, SpillFile::Create(folder));
  const uint64_t mask = run->PlaceMask();
  // Fewer bits of a key than they have there, and a place from the first record on.
  const auto moved = [mask](const KeyRun& from, uint64_t entry, uint64_t places) {
    return (entry & ~mask) | ((entry & from.PlaceMask()) + places);
  };
  const absl::Status status = ForEachColumn(columns, [&](size_t column) -> absl::Status {
    Writer writer(*run, column);
    Reader a(*earlier, column), b(*later, column);
    while (!a.at_end() || !b.at_end()) {
      const uint64_t of_a = a.at_end() ? UINT64_MAX : moved(*earlier, a.entry(), 0);
      const uint64_t of_b = b.at_end() ? UINT64_MAX : moved(*later, b.entry(), earlier->count_);
      const bool is_a = b.at_end() || (!a.at_end() && of_a < of_b);
      UNECHO_RETURN_IF_ERROR(writer.Put(is_a ? of_a : of_b));
      (is_a ? a : b).Advance();
    }
    earlier->columns_[column].reset();
    later->columns_[column].reset();
    return writer.Finish();
  });
  UNECHO_RETURN_IF_ERROR(status);
  UNECHO_RETURN_IF_ERROR(earlier->status());
  UNECHO_RETURN_IF_ERROR(later->status());
  return run;
}

size_t KeyRun::ReadBlock(size_t column, uint64_t block, std::array<uint64_t, kBlockEntries>& entries) const {
  const uint64_t first = block * kBlockEntries;
  const size_t size = std::min<uint64_t>(kBlockEntries, count_ - first);
  const bool read =
      file_->Read(PlaceOfColumn(column) + first * sizeof(uint64_t), entries.data(), size * sizeof(uint64_t));
  return read ? size : 0;
}

uint64_t KeyRun::memory_bytes() const {
  uint64_t bytes = 0;
  for (const auto& column : columns_)
    bytes += column->filter.memory_bytes() + column->shared.memory_bytes() + column->fences.size() * sizeof(uint32_t);
  return bytes;
}

absl::Status KeyRuns::Add(uint32_t count, const KeyRun::ReadColumn& read, const std::string& folder) {
  UNECHO_ASSIGN_OR_RETURN(std::unique_ptr<KeyRun> run, KeyRun::Sort(columns_, size(), count, read, folder));
  while (!runs_.empty() && runs_.back()->count() / kSmaller < run->count() &&
         runs_.back()->count() <= kMostMerged - std::min(kMostMerged, run->count())) {
    std::unique_ptr<KeyRun> earlier = std::move(runs_.back());
    runs_.pop_back();
    UNECHO_ASSIGN_OR_RETURN(run, KeyRun::Merge(std::move(earlier), std::move(run), folder));
  }
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
