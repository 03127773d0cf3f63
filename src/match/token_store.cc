#include "match/token_store.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cstring>

namespace unecho {
namespace {

constexpr size_t kTailUnits = size_t{1} << 19;
constexpr size_t kMostKept = kTailUnits;  // of scratch: what a longer record took is given back
constexpr size_t kAtOnce = 16;            // records: some 5 us, a few times the cost of a task
// Of the records that come first all words are learnt, and of one in eight behind them: texts of another language may
// follow, and what one thread does is little then.
constexpr uint64_t kLearntWhole = 4096, kLearntOf = 8;

}  // namespace

absl::Status TokenStore::Append(std::span<const std::span<const uint32_t>> records, std::vector<uint64_t>& places) {
  if (AppendPlain(records, places)) return absl::OkStatus();
  PackAll(records, places);
  for (size_t i = 0; i < records.size(); ++i) {
    const size_t size = SizeOf(places[i], records[i].size());
    places[i] |= size_;  // they lie one behind the other
    size_ += size;
  }
  for (size_t part = 0; part * kAtOnce < records.size(); ++part) {
    std::vector<uint16_t>& packed = packed_[part];
    if (file_)
      tail_.insert(tail_.end(), packed.begin(), packed.end());
    else if (!packed.empty())
      std::memcpy(memory_->Extend(packed.size()), packed.data(), packed.size() * sizeof(uint16_t));
    if (packed.capacity() > kMostKept) packed = std::vector<uint16_t>();
  }
  return !file_ || tail_.size() < kTailUnits ? absl::OkStatus() : Flush();
}

// False: they are to be packed.
bool TokenStore::AppendPlain(std::span<const std::span<const uint32_t>> records, std::vector<uint64_t>& places) {
  if (file_ || num_records_ > 0) return false;
  size_t num_words = 0;
  for (const auto& words : records) num_words += words.size();
  if (num_words > most_plain_ - plain_->size()) {
    first_packed_ = size_ = EndOfBlock(end_plain_);
    return false;
  }
  uint32_t* to = plain_->Extend(num_words);
  places.clear();
  for (const auto& words : records) {
    places.push_back(end_plain_);
    to = std::ranges::copy(words, to).out;
    end_plain_ += 2 * words.size();
  }
  size_ = end_plain_;
  return true;
}

void TokenStore::PackAll(std::span<const std::span<const uint32_t>> records, std::vector<uint64_t>& places) {
  size_t num_words = 0;
  for (const auto& words : records) {
    if (num_records_ < kLearntWhole || num_records_ % kLearntOf == 0) words_.Learn(words);
    ++num_records_;
    num_words += words.size();
  }
  places.resize(records.size());
  const size_t parts = (records.size() + kAtOnce - 1) / kAtOnce;
  if (packed_.size() < parts) packed_.resize(parts);
  const auto pack = [&](size_t part) {
    packed_[part].clear();
    for (size_t i = part * kAtOnce; i < std::min(records.size(), (part + 1) * kAtOnce); ++i)
      places[i] = uint64_t{words_.Pack(records[i], packed_[part])} << kShareShift;
  };
  constexpr size_t kParallelFrom = 8192;  // words
  if (num_words < kParallelFrom) {
    for (size_t part = 0; part < parts; ++part) pack(part);
  } else {
    tbb::this_task_arena::isolate([&] { tbb::parallel_for(size_t{0}, parts, pack); });
  }
}

absl::Status TokenStore::Flush() {
  UNECHO_RETURN_IF_ERROR(file_->WriteAt(written_ * sizeof(uint16_t), tail_.data(), tail_.size() * sizeof(uint16_t)));
  written_ = size_ = EndOfBlock(size_);
  if (tail_.capacity() > 4 * kMostKept) tail_ = std::vector<uint16_t>();
  tail_.clear();
  return absl::OkStatus();
}

absl::Status TokenStore::Spill(const std::string& folder) {
  UNECHO_ASSIGN_OR_RETURN(file_, SpillFile::Create(folder, "tokens"));
  UNECHO_RETURN_IF_ERROR(file_->WriteAt(0, plain_->data(), plain_->size() * sizeof(uint32_t)));
  UNECHO_RETURN_IF_ERROR(
      file_->WriteAt(first_packed_ * sizeof(uint16_t), memory_->data(), memory_->size() * sizeof(uint16_t)));
  written_ = size_ = EndOfBlock(size_);
  plain_.reset();
  memory_.reset();
  tail_.reserve(kTailUnits);
  return absl::OkStatus();
}

std::span<const uint32_t> TokenStore::Unpack(const uint16_t* packed, size_t count,
                                             std::vector<uint32_t>& scratch) const {
  if (scratch.size() < count) scratch.resize(2 * count);
  words_.Unpack(packed, count, scratch.data());
  return {scratch.data(), count};
}

std::span<const uint32_t> TokenStore::Read(uint64_t place, size_t count, std::vector<uint32_t>& scratch) const {
  const uint64_t first = FirstOf(place);
  if (!file_) [[likely]]
    return IsPlain(place) ? std::span<const uint32_t>(plain_->data() + first / 2, count)
                          : Unpack(memory_->data() + (first - first_packed_), count, scratch);
  if (first >= written_) return Unpack(tail_.data() + (first - written_), count, scratch);
  return ReadWritten(place, count, scratch);
}

std::span<const uint32_t> TokenStore::ReadWritten(uint64_t place, size_t count, std::vector<uint32_t>& scratch) const {
  if (IsPlain(place)) {
    if (scratch.size() < count) scratch.resize(2 * count);
    const bool read = file_->Read(FirstOf(place) * sizeof(uint16_t), scratch.data(), count * sizeof(uint32_t));
    return read ? std::span<const uint32_t>(scratch).first(count) : std::span<const uint32_t>();
  }
  thread_local std::vector<uint16_t> packed;
  const size_t size = SizeOf(place, count);
  if (packed.size() < size) packed.resize(2 * size);
  const bool read = file_->Read(FirstOf(place) * sizeof(uint16_t), packed.data(), size * sizeof(uint16_t));
  const auto words = read ? Unpack(packed.data(), count, scratch) : std::span<const uint32_t>();
  if (packed.size() > kMostKept) packed = std::vector<uint16_t>();
  return words;
}

}  // namespace unecho
