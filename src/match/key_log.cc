#include "match/key_log.h"

#include <algorithm>
#include <utility>

namespace unecho {

absl::StatusOr<std::unique_ptr<KeyLog>> KeyLog::Create(size_t bands, const std::string& folder) {
  UNECHO_ASSIGN_OR_RETURN(std::unique_ptr<SpillFile> file, SpillFile::Create(folder, "band keys"));
  return std::unique_ptr<KeyLog>(new KeyLog(bands, std::move(file)));
}

KeyLog::KeyLog(size_t bands, std::unique_ptr<SpillFile> file) : bands_(bands), file_(std::move(file)) {
  by_record_.reserve(kChunkRecords * bands_);
  by_band_.resize(kChunkRecords * bands_);
}

absl::Status KeyLog::Append(std::span<const uint64_t> keys) {
  num_records_ += keys.size() / bands_;
  while (!keys.empty()) {
    const size_t count = std::min(keys.size(), kChunkRecords * bands_ - by_record_.size());
    by_record_.insert(by_record_.end(), keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(count));
    keys = keys.subspan(count);
    if (by_record_.size() == kChunkRecords * bands_) UNECHO_RETURN_IF_ERROR(Flush());
  }
  return absl::OkStatus();
}

absl::Status KeyLog::Flush() {
  const size_t count = by_record_.size() / bands_;
  for (size_t band = 0; band < bands_; ++band) {
    for (size_t i = 0; i < count; ++i) by_band_[band * count + i] = by_record_[i * bands_ + band];
  }
  by_record_.clear();
  return file_->Append(by_band_.data(), count * bands_ * sizeof(uint64_t));
}

absl::Status KeyLog::ReadBand(size_t band, std::vector<uint64_t>& keys) const {
  const size_t first = keys.size();
  keys.resize(first + num_records_);
  for (size_t begin = 0; begin < num_records_; begin += kChunkRecords) {
    const size_t count = std::min(kChunkRecords, num_records_ - begin);
    const uint64_t at = (begin * bands_ + band * count) * sizeof(uint64_t);
    if (!file_->Read(at, keys.data() + first + begin, count * sizeof(uint64_t))) return file_->status();
  }
  return absl::OkStatus();
}

}  // namespace unecho
