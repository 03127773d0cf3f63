#include "read/spool.h"

#include <fcntl.h>
#include <unistd.h>
#include <zstd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"

namespace unecho {
namespace {

absl::Status SpoolError(const std::string& folder, const char* what) {
  return absl::UnavailableError(
      absl::StrFormat("cannot %s the spool of standard input in %s: %s; name a folder with room by --tmpdir, or give a "
                      "file instead of a pipe",
                      what, folder, std::strerror(errno)));
}

class SpoolingReader final : public InputReader {
 public:
  SpoolingReader(std::unique_ptr<InputReader> input, std::shared_ptr<Spool> spool)
      : input_(std::move(input)), spool_(std::move(spool)) {}

  absl::StatusOr<Result> Read(std::span<char> out, std::chrono::milliseconds patience) override {
    absl::StatusOr<Result> result = input_->Read(out, patience);
    if (!result.ok()) return result;
    UNECHO_RETURN_IF_ERROR(spool_->Append(out.first(result->bytes)));
    if (result->at_end && !std::exchange(finished_, true))
      UNECHO_RETURN_IF_ERROR(spool_->Finish(input_->compression()));
    return result;
  }
  Compression compression() const override { return input_->compression(); }
  uint64_t compressed_bytes() const override { return input_->compressed_bytes(); }
  const std::string& label() const override { return input_->label(); }

 private:
  std::unique_ptr<InputReader> input_;
  std::shared_ptr<Spool> spool_;
  bool finished_ = false;
};

// What was spooled, again.
class SpooledReader final : public InputReader {
 public:
  SpooledReader(std::unique_ptr<InputReader> input, Compression compression)
      : input_(std::move(input)), compression_(compression) {}
  absl::StatusOr<Result> Read(std::span<char> out, std::chrono::milliseconds patience) override {
    return input_->Read(out, patience);
  }
  Compression compression() const override { return compression_; }
  uint64_t compressed_bytes() const override { return input_->compressed_bytes(); }
  const std::string& label() const override { return input_->label(); }

 private:
  std::unique_ptr<InputReader> input_;
  const Compression compression_;
};

}  // namespace

struct Spool::Impl {
  std::string folder;
  int fd = -1;
  ZSTD_CCtx* context = nullptr;
  Compression compression = Compression::kPlain;
  std::vector<char> out = std::vector<char>(ZSTD_CStreamOutSize());
};

Spool::Spool() : impl_(std::make_unique<Impl>()) {}

Spool::~Spool() {
  if (impl_->fd >= 0) close(impl_->fd);
  ZSTD_freeCCtx(impl_->context);
}

absl::StatusOr<std::shared_ptr<Spool>> Spool::Create(const std::string& tmpdir) {
  std::shared_ptr<Spool> spool(new Spool);
  Impl& impl = *spool->impl_;
  const char* from_environment = std::getenv("TMPDIR");
  impl.folder = !tmpdir.empty()                                            ? tmpdir
                : from_environment != nullptr && *from_environment != '\0' ? from_environment
                                                                           : "/tmp";
  std::string name = impl.folder + "/unecho.spool.XXXXXX";
  impl.fd = mkostemp(name.data(), O_CLOEXEC);
  if (impl.fd < 0) return SpoolError(impl.folder, "create");
  unlink(name.c_str());
  impl.context = ZSTD_createCCtx();
  if (impl.context == nullptr) return absl::ResourceExhaustedError("out of memory for the spool of standard input");
  ZSTD_CCtx_setParameter(impl.context, ZSTD_c_compressionLevel, 1);
  ZSTD_CCtx_setParameter(impl.context, ZSTD_c_checksumFlag, 1);
  return spool;
}

absl::Status Spool::Compress(std::span<const char> bytes, bool end) {
  Impl& impl = *impl_;
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  for (size_t left = 1; in.pos < in.size || (end && left != 0);) {
    ZSTD_outBuffer out{impl.out.data(), impl.out.size(), 0};
    left = ZSTD_compressStream2(impl.context, &out, &in, end ? ZSTD_e_end : ZSTD_e_continue);
    if (ZSTD_isError(left)) {
      return absl::InternalError(
          absl::StrFormat("cannot compress the spool of standard input: %s", ZSTD_getErrorName(left)));
    }
    for (size_t done = 0; done < out.pos;) {
      const ssize_t written = write(impl.fd, impl.out.data() + done, out.pos - done);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return SpoolError(impl.folder, "write");
      done += static_cast<size_t>(written);
    }
  }
  return absl::OkStatus();
}

absl::Status Spool::Append(std::span<const char> bytes) { return Compress(bytes, false); }

absl::Status Spool::Finish(Compression compression) {
  impl_->compression = compression;
  return Compress({}, true);
}

absl::StatusOr<std::unique_ptr<InputReader>> Spool::Open(const std::atomic<int>* interrupted) const {
  // The file has no name any more; its descriptor has one, which opens at offset 0.
  UNECHO_ASSIGN_OR_RETURN(auto input,
                          OpenInput({absl::StrFormat("/proc/self/fd/%d", impl_->fd), "spool"}, interrupted));
  return std::make_unique<SpooledReader>(std::move(input), impl_->compression);
}

std::unique_ptr<InputReader> SpoolWhileReading(std::unique_ptr<InputReader> input, std::shared_ptr<Spool> spool) {
  return std::make_unique<SpoolingReader>(std::move(input), std::move(spool));
}

}  // namespace unecho
