#include "match/token_store.h"

#include <algorithm>
#include <cstring>

namespace unecho {
namespace {

constexpr size_t kTailWords = size_t{1} << 18;

}  // namespace

absl::Status TokenStore::Append(std::span<const uint32_t> words) {
  size_ += words.size();
  if (!file_) {
    if (!words.empty()) std::memcpy(memory_->Extend(words.size()), words.data(), words.size_bytes());
    return absl::OkStatus();
  }
  tail_.insert(tail_.end(), words.begin(), words.end());
  return tail_.size() < kTailWords ? absl::OkStatus() : Flush();
}

absl::Status TokenStore::Flush() {
  UNECHO_RETURN_IF_ERROR(file_->WriteAt(written_ * sizeof(uint32_t), tail_.data(), tail_.size() * sizeof(uint32_t)));
  EndBlock();
  // A record that is longer than all others leaves no room behind that they do not need.
  if (tail_.capacity() > 4 * kTailWords) tail_ = std::vector<uint32_t>();
  tail_.clear();
  return absl::OkStatus();
}

absl::Status TokenStore::Spill(const std::string& folder) {
  UNECHO_ASSIGN_OR_RETURN(file_, SpillFile::Create(folder, "tokens"));
  UNECHO_RETURN_IF_ERROR(file_->WriteAt(0, memory_->data(), memory_->size() * sizeof(uint32_t)));
  EndBlock();
  memory_.reset();
  tail_.reserve(kTailWords);
  return absl::OkStatus();
}

std::span<const uint32_t> TokenStore::ReadSpilled(uint64_t first, size_t count, std::vector<uint32_t>& scratch) const {
  if (first >= written_) return std::span(tail_).subspan(first - written_, count);
  return ReadWritten(first, count, scratch);
}

std::span<const uint32_t> TokenStore::ReadWritten(uint64_t first, size_t count, std::vector<uint32_t>& scratch) const {
  if (scratch.size() < count) scratch.resize(2 * count);
  if (!file_->Read(first * sizeof(uint32_t), scratch.data(), count * sizeof(uint32_t))) return {};
  return {scratch.data(), count};
}

}  // namespace unecho
