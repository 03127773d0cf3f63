// One frame of zstd, by the library's own threads. What they write does not depend on their number, if there is one:
// so one there is, also where the run has but one thread.
#include <zstd.h>

#include <algorithm>
#include <memory>
#include <string>

#include "absl/strings/str_format.h"
#include "write/frame_pool.h"
#include "write/packing.h"

namespace unecho {
namespace {

constexpr int kLevel = 3;
// Jobs of the library; what is shorter is compressed on the caller's thread.
constexpr size_t kJobBytes = size_t{1} << 20;

class ZstdStream final : public PackedStream {
 public:
  explicit ZstdStream(size_t workers) : workers_(static_cast<int>(std::min(workers, kMostZstdWorkers))) {}

  absl::Status Add(std::string_view bytes, Sink sink) override {
    while (!bytes.empty()) {
      const std::string_view part = bytes.substr(0, kJobBytes - job_.size());
      job_ += part;
      bytes.remove_prefix(part.size());
      // The first job waits until it is known whether it is the only one.
      if (job_.size() == kJobBytes && !bytes.empty()) UNECHO_RETURN_IF_ERROR(Send(ZSTD_e_continue, sink));
    }
    return absl::OkStatus();
  }

  absl::Status Finish(Sink sink) override { return Send(ZSTD_e_end, sink); }

 private:
  absl::Status Begin(bool is_only_job) {
    context_.reset(ZSTD_createCCtx());
    if (context_ == nullptr) return Failed("no memory");
    out_.resize(ZSTD_CStreamOutSize());
    ZSTD_CCtx* const context = context_.get();
    size_t code = ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, kLevel);
    if (!ZSTD_isError(code)) code = ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    if (!is_only_job) {
      if (!ZSTD_isError(code)) code = ZSTD_CCtx_setParameter(context, ZSTD_c_nbWorkers, workers_);
      if (!ZSTD_isError(code)) code = ZSTD_CCtx_setParameter(context, ZSTD_c_jobSize, static_cast<int>(kJobBytes));
    }
    return ZSTD_isError(code) ? Failed(ZSTD_getErrorName(code)) : absl::OkStatus();
  }

  absl::Status Send(ZSTD_EndDirective end, Sink sink) {
    if (context_ == nullptr) UNECHO_RETURN_IF_ERROR(Begin(end == ZSTD_e_end));
    ZSTD_inBuffer in{job_.data(), job_.size(), 0};
    while (true) {
      ZSTD_outBuffer out{out_.data(), out_.size(), 0};
      const size_t left = ZSTD_compressStream2(context_.get(), &out, &in, end);
      if (ZSTD_isError(left)) return Failed(ZSTD_getErrorName(left));
      if (out.pos > 0) UNECHO_RETURN_IF_ERROR(sink({out_.data(), out.pos}));
      if (end == ZSTD_e_end ? left == 0 : in.pos == in.size && out.pos < out.size) break;
    }
    job_.clear();
    return absl::OkStatus();
  }

  static absl::Status Failed(std::string_view why) {
    return absl::ResourceExhaustedError(
        absl::StrFormat("cannot compress with zstd: %s; lower --threads, or write the output uncompressed", why));
  }

  struct Free {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };
  const int workers_;
  std::unique_ptr<ZSTD_CCtx, Free> context_;
  std::string job_, out_;
};

}  // namespace

std::unique_ptr<PackedStream> MakeZstdStream(FramePool* pool) {
  return std::make_unique<ZstdStream>(pool == nullptr ? 1 : pool->threads());
}

}  // namespace unecho
