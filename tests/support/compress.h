// Compressed bytes for tests, made in process by the formats' own libraries; all with their checksums on.
#ifndef UNECHO_TESTS_SUPPORT_COMPRESS_H_
#define UNECHO_TESTS_SUPPORT_COMPRESS_H_

#include <bzlib.h>
#include <lz4frame.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "read/input.h"

namespace unecho {

inline void Require(bool ok) {
  if (!ok) throw std::runtime_error("the test could not compress its data");
}

inline std::string CompressGzip(const std::string& plain) {
  z_stream stream{};
  Require(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, plain.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  Require(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

inline std::string CompressBzip2(const std::string& plain) {
  std::string out(plain.size() + plain.size() / 50 + 1000, '\0');
  auto size = static_cast<unsigned int>(out.size());
  Require(BZ2_bzBuffToBuffCompress(out.data(), &size, const_cast<char*>(plain.data()),
                                   static_cast<unsigned int>(plain.size()), 1, 0, 0) == BZ_OK);
  out.resize(size);
  return out;
}

inline std::string CompressXz(const std::string& plain) {
  std::string out(lzma_stream_buffer_bound(plain.size()), '\0');
  size_t size = 0;
  Require(lzma_easy_buffer_encode(1, LZMA_CHECK_CRC64, nullptr, reinterpret_cast<const uint8_t*>(plain.data()),
                                  plain.size(), reinterpret_cast<uint8_t*>(out.data()), &size, out.size()) == LZMA_OK);
  out.resize(size);
  return out;
}

inline std::string CompressLz4(const std::string& plain, bool block_checksums = false) {
  LZ4F_preferences_t preferences{};
  preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
  preferences.frameInfo.blockChecksumFlag = block_checksums ? LZ4F_blockChecksumEnabled : LZ4F_noBlockChecksum;
  preferences.frameInfo.blockSizeID = LZ4F_max64KB;
  std::string out(LZ4F_compressFrameBound(plain.size(), &preferences), '\0');
  const size_t size = LZ4F_compressFrame(out.data(), out.size(), plain.data(), plain.size(), &preferences);
  Require(!LZ4F_isError(size));
  out.resize(size);
  return out;
}

// Several blocks, whose window is announced in the frame rather than the size of the content.
inline std::string CompressZstd(const std::string& plain, int window_log = 0) {
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 1);
  if (window_log != 0) ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window_log);
  std::string out(ZSTD_compressBound(plain.size()) + 1000, '\0');
  ZSTD_outBuffer room{out.data(), out.size(), 0};
  for (size_t begin = 0; begin < plain.size(); begin += 20'000) {
    ZSTD_inBuffer piece{plain.data() + begin, std::min<size_t>(20'000, plain.size() - begin), 0};
    Require(ZSTD_compressStream2(context, &room, &piece, ZSTD_e_flush) == 0);
  }
  ZSTD_inBuffer nothing{nullptr, 0, 0};
  Require(ZSTD_compressStream2(context, &room, &nothing, ZSTD_e_end) == 0);
  ZSTD_freeCCtx(context);
  out.resize(room.pos);
  return out;
}

inline std::string Compress(Compression compression, const std::string& plain) {
  switch (compression) {
    case Compression::kPlain: return plain;
    case Compression::kGzip: return CompressGzip(plain);
    case Compression::kBzip2: return CompressBzip2(plain);
    case Compression::kXz: return CompressXz(plain);
    case Compression::kLz4: return CompressLz4(plain);
    case Compression::kZstd: return CompressZstd(plain);
    case Compression::kParquet:
    case Compression::kArrow: break;  // tables, which other tests make
  }
  return {};
}

// Of lz4 and zstd alike: any number 0..15, and bytes nobody decodes.
inline std::string SkippableFrame(char number, const std::string& content) {
  std::string frame = {static_cast<char>(0x50 + number), 0x2a, 0x4d, 0x18};
  for (int shift = 0; shift < 32; shift += 8) frame += static_cast<char>(content.size() >> shift);
  return frame + content;
}

}  // namespace unecho

#endif  // UNECHO_TESTS_SUPPORT_COMPRESS_H_
