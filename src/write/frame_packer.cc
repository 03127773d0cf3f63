#include "write/frame_packer.h"

#include <bzlib.h>
#include <lz4frame.h>
#include <lzma.h>
#include <zlib.h>

#include <cassert>

namespace unecho {
namespace {

constexpr size_t kContentBytes = size_t{1} << 20;
// Level 9 of bzip2 has blocks of 900,000 bytes, some of which it needs itself.
constexpr size_t kBzip2ContentBytes = 899000;

class GzipPacker final : public FramePacker {
 public:
  GzipPacker() {
    constexpr int kWindowBits = 15 + 16;  // gzip, not zlib
    constexpr int kMemoryLevel = 8;
    is_ready_ = deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kWindowBits, kMemoryLevel,
                             Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~GzipPacker() override { deflateEnd(&stream_); }

 private:
  bool Pack(std::string_view content, std::string& out) override {
    if (!is_ready_ || deflateReset(&stream_) != Z_OK) return false;
    out.resize(deflateBound(&stream_, content.size()));
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream_.avail_in = static_cast<uInt>(content.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream_, Z_FINISH) != Z_STREAM_END) return false;
    out.resize(out.size() - stream_.avail_out);
    return true;
  }

  z_stream stream_{};
  bool is_ready_ = false;
};

class Bzip2Packer final : public FramePacker {
  bool Pack(std::string_view content, std::string& out) override {
    constexpr int kLevel = 9;
    out.resize(content.size() + content.size() / 100 + 600);  // as its manual asks
    auto size = static_cast<unsigned int>(out.size());
    const int code = BZ2_bzBuffToBuffCompress(out.data(), &size, const_cast<char*>(content.data()),
                                              static_cast<unsigned int>(content.size()), kLevel, 0, 0);
    out.resize(code == BZ_OK ? size : 0);
    return code == BZ_OK;
  }
};

class XzPacker final : public FramePacker {
  bool Pack(std::string_view content, std::string& out) override {
    lzma_options_lzma options{};
    if (lzma_lzma_preset(&options, LZMA_PRESET_DEFAULT)) return false;
    options.dict_size = kContentBytes;
    lzma_filter filters[] = {{LZMA_FILTER_LZMA2, &options}, {LZMA_VLI_UNKNOWN, nullptr}};
    out.resize(lzma_stream_buffer_bound(content.size()));
    size_t size = 0;
    const lzma_ret code =
        lzma_stream_buffer_encode(filters, LZMA_CHECK_CRC64, nullptr, reinterpret_cast<const uint8_t*>(content.data()),
                                  content.size(), reinterpret_cast<uint8_t*>(out.data()), &size, out.size());
    out.resize(code == LZMA_OK ? size : 0);
    return code == LZMA_OK;
  }
};

class Lz4Packer final : public FramePacker {
  bool Pack(std::string_view content, std::string& out) override {
    LZ4F_preferences_t preferences = LZ4F_INIT_PREFERENCES;
    preferences.frameInfo.blockSizeID = LZ4F_max1MB;
    preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
    preferences.frameInfo.contentSize = content.size();
    out.resize(LZ4F_compressFrameBound(content.size(), &preferences));
    const size_t size = LZ4F_compressFrame(out.data(), out.size(), content.data(), content.size(), &preferences);
    const bool is_error = LZ4F_isError(size) != 0;
    out.resize(is_error ? 0 : size);
    return !is_error;
  }
};

}  // namespace

std::unique_ptr<FramePacker> FramePacker::Make(Compression compression) {
  switch (compression) {
    case Compression::kGzip: return std::make_unique<GzipPacker>();
    case Compression::kBzip2: return std::make_unique<Bzip2Packer>();
    case Compression::kXz: return std::make_unique<XzPacker>();
    case Compression::kLz4: return std::make_unique<Lz4Packer>();
    case Compression::kZstd:
    case Compression::kPlain:
    case Compression::kParquet:
    case Compression::kArrow: break;
  }
  assert(false && "no frames of this format");
  return nullptr;
}

size_t FrameContentBytes(Compression compression) {
  return compression == Compression::kBzip2 ? kBzip2ContentBytes : kContentBytes;
}

// As their manuals say, or as measured.
uint64_t PackerBytes(Compression compression) {
  switch (compression) {
    case Compression::kGzip: return uint64_t{270} << 10;
    case Compression::kBzip2: return uint64_t{7600} << 10;
    case Compression::kXz: return uint64_t{18} << 20;
    case Compression::kLz4: return uint64_t{2} << 20;
    case Compression::kZstd: return uint64_t{5} << 20;
    case Compression::kPlain:
    case Compression::kParquet:
    case Compression::kArrow: return 0;
  }
  return 0;
}

}  // namespace unecho
