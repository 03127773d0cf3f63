#include "match/token_store.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/strings/str_format.h"

namespace unecho {
namespace {

constexpr size_t kTailWords = size_t{1} << 18;

std::string ShownFolder(const std::string& folder) { return folder.empty() ? "$TMPDIR or /tmp" : folder; }

}  // namespace

absl::Status TokenStore::Append(std::span<const uint32_t> words) {
  size_ += words.size();
  if (!file_) {
    if (!words.empty()) std::memcpy(memory_->Extend(words.size()), words.data(), words.size_bytes());
    return absl::OkStatus();
  }
  tail_.insert(tail_.end(), words.begin(), words.end());
  if (tail_.size() < kTailWords) return absl::OkStatus();
  UNECHO_RETURN_IF_ERROR(Write(tail_));
  // A record that is longer than all others leaves no room behind that they do not need.
  if (tail_.capacity() > 4 * kTailWords) tail_ = std::vector<uint32_t>();
  tail_.clear();
  return absl::OkStatus();
}

absl::Status TokenStore::Write(std::span<const uint32_t> words) {
  const char* from = reinterpret_cast<const char*>(words.data());
  size_t left = words.size_bytes();
  auto at = static_cast<off_t>(written_ * sizeof(uint32_t));
  while (left > 0) {
    const ssize_t done = ::pwrite(file_->fd(), from, left, at);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) {
      return absl::ResourceExhaustedError(
          absl::StrFormat("what does not fit into --memory goes to %s, and that cannot be written (%s); name a folder "
                          "with room by --tmpdir, or raise --memory",
                          ShownFolder(folder_), std::strerror(done < 0 ? errno : ENOSPC)));
    }
    from += done;
    at += done;
    left -= static_cast<size_t>(done);
  }
  written_ += words.size();
  return absl::OkStatus();
}

absl::Status TokenStore::Spill(const std::string& folder) {
  folder_ = folder;
  UNECHO_ASSIGN_OR_RETURN(UnnamedFile file, UnnamedFile::Create(folder));
  file_.emplace(std::move(file));
  UNECHO_RETURN_IF_ERROR(Write({memory_->data(), memory_->size()}));
  memory_.reset();
  tail_.reserve(kTailWords);
  return absl::OkStatus();
}

std::span<const uint32_t> TokenStore::ReadSpilled(uint64_t first, size_t count, std::vector<uint32_t>& scratch) const {
  if (first >= written_) return std::span(tail_).subspan(first - written_, count);
  if (scratch.size() < count) scratch.resize(2 * count);
  char* to = reinterpret_cast<char*>(scratch.data());
  size_t left = count * sizeof(uint32_t);
  auto at = static_cast<off_t>(first * sizeof(uint32_t));
  while (left > 0) {
    const ssize_t done = ::pread(file_->fd(), to, left, at);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) {
      read_error_.store(done < 0 ? errno : EIO, std::memory_order_relaxed);
      return {};
    }
    to += done;
    at += done;
    left -= static_cast<size_t>(done);
  }
  return {scratch.data(), count};
}

absl::Status TokenStore::ReadStatus() const {
  const int error = read_error_.load(std::memory_order_relaxed);
  if (error == 0) return absl::OkStatus();
  return absl::DataLossError(absl::StrFormat(
      "what did not fit into --memory cannot be read again from %s (%s); check that disk, or name another folder by "
      "--tmpdir",
      ShownFolder(folder_), std::strerror(error)));
}

}  // namespace unecho
