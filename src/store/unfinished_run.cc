#include "store/unfinished_run.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/hash.h"
#include "store/block.h"
#include "store/files.h"

namespace unecho {

std::string AskedText(const RunAsked& asked) {
  Manifest manifest{asked.made_by, asked.parameters, asked.known_answer, {}};
  IndexRun& run = manifest.runs.emplace_back();
  run.digest = asked.runs_before;
  run.command_line = asked.command_line;
  return ManifestText(manifest);
}

absl::StatusOr<RunAsked> ParseAsked(std::string text) {
  UNECHO_ASSIGN_OR_RETURN(Manifest manifest, ParseManifest(std::move(text)));
  if (manifest.runs.size() != 1) return absl::DataLossError("it is of no run");
  return RunAsked{std::move(manifest.made_by), std::move(manifest.parameters), std::move(manifest.known_answer),
                  std::move(manifest.runs[0].digest), std::move(manifest.runs[0].command_line)};
}

absl::Status CheckAskedAlike(const RunAsked& killed, const RunAsked& now, const std::string& index) {
  constexpr const char* kAdvice = "ask for the same, or leave --resume out, and the run begins anew";
  const auto check = [&](const std::string& name) -> absl::Status {
    const std::string had = ValueIn(killed.parameters, name), has = ValueIn(now.parameters, name);
    if (had == has) return absl::OkStatus();
    return absl::FailedPreconditionError(absl::StrFormat("%s: the run that was killed had %s, and this one has %s; %s",
                                                         index, ShownParameter(name, had), ShownParameter(name, has),
                                                         kAdvice));
  };
  for (const auto& [name, value] : now.parameters) UNECHO_RETURN_IF_ERROR(check(name));
  for (const auto& [name, value] : killed.parameters) UNECHO_RETURN_IF_ERROR(check(name));
  if (killed.made_by == now.made_by && killed.known_answer == now.known_answer) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrFormat("%s: the run that was killed was one of unecho %s (%s), and this is %s (%s); use that one, or "
                      "leave --resume out, and the run begins anew",
                      index, killed.made_by, killed.known_answer, now.made_by, now.known_answer));
}

absl::StatusOr<bool> WholeBlocks::Read(uint64_t at, char* to, size_t size) const {
  while (size > 0) {
    const ssize_t got = ::pread(fd_, to, size, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return SystemError("read", path_, errno);
    if (got == 0) return false;
    to += got;
    at += static_cast<uint64_t>(got);
    size -= static_cast<size_t>(got);
  }
  return true;
}

absl::StatusOr<bool> WholeBlocks::NextHead(BlockHead& head) {
  std::string bytes(sizeof(BlockHead), '\0');
  UNECHO_ASSIGN_OR_RETURN(const bool is_there, Read(at_, bytes.data(), bytes.size()));
  if (!is_there) return false;
  const absl::StatusOr<BlockHead> read = ReadBlockHead(bytes);
  if (!read.ok()) return false;
  struct stat status {};
  if (::fstat(fd_, &status) != 0) return SystemError("read", path_, errno);
  const uint64_t end = at_ + sizeof head + read->packed_bytes;
  if (end > static_cast<uint64_t>(status.st_size)) return false;
  head = *read;
  at_ = end;
  return true;
}

absl::StatusOr<bool> WholeBlocks::Next(BlockHead& head, std::vector<char>& payload) {
  const uint64_t begin = at_;
  UNECHO_ASSIGN_OR_RETURN(bool is_whole, NextHead(head));
  if (!is_whole) return false;
  payload.resize(head.packed_bytes);
  UNECHO_ASSIGN_OR_RETURN(is_whole, Read(begin + sizeof head, payload.data(), payload.size()));
  is_whole = is_whole && Hash64({payload.data(), payload.size()}) == head.payload_hash;
  if (!is_whole) at_ = begin;
  return is_whole;
}

}  // namespace unecho
