// gzip, over ISA-L: 757 MB/s where zlib, which was the slowest stage of a run, does 195 (design, section 4).
//
// ISA-L checks the CRC and the length as zlib does, and writes what precedes the damage. Four things it leaves to us:
// * Its own call for a whole member forgets the flags of a header that comes in pieces. So the header is read by a call
//   of its own, whose state is kept here.
// * A call that fails may hold decoded bytes for which `out` had no room. They are given out before the verdict.
// * When it fails it has read up to eight bytes ahead, by its own count even beyond the end of the input. They are
//   reported, so that the offset of the damage is exact.
// * Its fast loop, which works away from the ends of its buffers, drops the last literals before damage; the careful
//   one does not. So a step that fails is repeated from its beginning, byte by byte: the careful way.
#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "read/decoders.h"

namespace unecho {
namespace {

// ISA-L counts in 32 bits, partly signed. Longer pieces simply take several steps.
constexpr size_t kMostBytes = size_t{1} << 30;
constexpr uint32_t kReservedFlags = 0xe0;

std::string_view Describe(int code) {
  switch (code) {
    case ISAL_INVALID_BLOCK: return "invalid block header";
    case ISAL_INVALID_SYMBOL: return "invalid code";
    case ISAL_INVALID_LOOKBACK: return "invalid distance too far back";
    case ISAL_UNSUPPORTED_METHOD: return "unknown compression method";
    case ISAL_INVALID_WRAPPER: return "unknown magic number";
    case ISAL_INCORRECT_CHECKSUM: return "incorrect header check";
    default: return "invalid data";
  }
}

class GzipDecoder final : public Decoder {
 public:
  GzipDecoder() : Decoder(Compression::kGzip) { isal_inflate_init(&state_); }
  size_t memory_bytes() const override { return sizeof *this; }

 private:
  bool StartMember() override {
    isal_inflate_reset(&state_);
    state_.crc_flag = ISAL_GZIP_NO_HDR_VER;
    isal_gzip_header_init(&header_);
    in_header_ = true;
    held_ = {};
    return true;
  }

  Decoded DecodeMember(std::span<const char> in, std::span<char> out) override {
    if (held_.verdict != DecodeVerdict::kOk) return GiveHeld(out, 0);
    before_.Save(*this);
    Decoded step = Inflate(in, out);
    if (held_.verdict == DecodeVerdict::kOk) return step;
    before_.Restore(*this);
    step = {};
    do {
      const Decoded byte = Inflate(in.subspan(step.consumed, std::min<size_t>(1, in.size() - step.consumed)),
                                   out.subspan(step.produced));
      step = {.consumed = step.consumed + byte.consumed,
              .produced = step.produced + byte.produced,
              .verdict = byte.verdict,
              .detail = byte.detail,
              .read_ahead = byte.read_ahead};
    } while (held_.verdict == DecodeVerdict::kOk && step.produced < out.size() && step.consumed < in.size());
    return step;
  }

  Decoded Inflate(std::span<const char> in, std::span<char> out) {
    const auto in_bytes = static_cast<uint32_t>(std::min(in.size(), kMostBytes));
    const auto out_bytes = static_cast<uint32_t>(std::min(out.size(), kMostBytes));
    // ISA-L does not write to its input.
    state_.next_in = reinterpret_cast<uint8_t*>(const_cast<char*>(in.data()));
    state_.avail_in = in_bytes;
    state_.next_out = reinterpret_cast<uint8_t*>(out.data());
    state_.avail_out = out_bytes;

    int code = ISAL_DECOMP_OK;
    if (in_header_) {
      code = isal_read_gzip_header(&state_, &header_);
      if (code == ISAL_DECOMP_OK) {
        in_header_ = false;
        if ((header_.flags & kReservedFlags) != 0) return Corrupt(in_bytes, out_bytes, "unknown header flags set");
      } else if (code > 0) {
        code = ISAL_DECOMP_OK;  // more input, please
      }
    }
    if (!in_header_) {
      code = isal_inflate(&state_);
      if (code == ISAL_DECOMP_OK || code == ISAL_INCORRECT_CHECKSUM) Remember(in.first(in_bytes - state_.avail_in));
      if (code == ISAL_INCORRECT_CHECKSUM) return Corrupt(in_bytes, out_bytes, WhatDiffers());
    }
    if (code < 0) return Corrupt(in_bytes, out_bytes, Describe(code));
    Decoded step{.consumed = in_bytes - state_.avail_in, .produced = out_bytes - state_.avail_out, .detail = {}};
    if (!in_header_ && state_.block_state == ISAL_BLOCK_FINISH) step.verdict = DecodeVerdict::kMemberEnd;
    return step;
  }

  // The verdict, once all that was decoded before it has been given out.
  Decoded Corrupt(uint32_t in_bytes, uint32_t out_bytes, std::string_view detail) {
    held_.verdict = DecodeVerdict::kCorrupt;
    held_.detail = detail;
    const auto unread = static_cast<int32_t>(state_.avail_in);
    const int ahead = std::max(state_.read_in_length, 0) / 8 + std::min(unread, 0);
    held_.read_ahead = static_cast<size_t>(std::max(ahead, 0));
    const std::span<char> room(reinterpret_cast<char*>(state_.next_out), state_.avail_out);
    Decoded step = GiveHeld(room, out_bytes - state_.avail_out);
    step.consumed = in_bytes - static_cast<uint32_t>(std::max(unread, 0));
    return step;
  }

  // `given`: bytes of this step that are out already.
  Decoded GiveHeld(std::span<char> out, size_t given) {
    const auto left = static_cast<size_t>(state_.tmp_out_valid - state_.tmp_out_processed);
    const size_t bytes = std::min(left, out.size());
    std::memcpy(out.data(), state_.tmp_out_buffer + state_.tmp_out_processed, bytes);
    state_.tmp_out_processed += static_cast<int32_t>(bytes);
    Decoded step = bytes == left ? held_ : Decoded{};
    step.produced = given + bytes;
    return step;
  }

  void Remember(std::span<const char> consumed) {
    const size_t fresh = std::min(consumed.size(), last_.size());
    std::copy(last_.begin() + static_cast<std::ptrdiff_t>(fresh), last_.end(), last_.begin());
    std::copy(consumed.end() - static_cast<std::ptrdiff_t>(fresh), consumed.end(),
              last_.end() - static_cast<std::ptrdiff_t>(fresh));
  }

  // Which half of the trailer: the CRC comes first, then the length, little-endian both.
  std::string_view WhatDiffers() const {
    uint32_t crc = 0;
    for (size_t i = 4; i-- > 0;) crc = crc << 8 | static_cast<unsigned char>(last_[i]);
    return crc != state_.crc ? "incorrect data check" : "incorrect length check";
  }

  // What a step may change; of the window, whose place is last, only the part in use.
  class Checkpoint {
   public:
    void Save(const GzipDecoder& decoder) {
      const inflate_state& state = decoder.state_;
      std::memcpy(&state_, &state, kWindowPlace + static_cast<size_t>(state.tmp_out_valid));
      header_ = decoder.header_;
      in_header_ = decoder.in_header_;
      last_ = decoder.last_;
    }
    void Restore(GzipDecoder& decoder) const {
      std::memcpy(&decoder.state_, &state_, kWindowPlace + static_cast<size_t>(state_.tmp_out_valid));
      decoder.header_ = header_;
      decoder.in_header_ = in_header_;
      decoder.last_ = last_;
      decoder.held_ = {};
    }

   private:
    static constexpr size_t kWindowPlace = offsetof(inflate_state, tmp_out_buffer);
    inflate_state state_;
    isal_gzip_header header_{};
    bool in_header_ = true;
    std::array<char, 8> last_{};
  };

  inflate_state state_;
  isal_gzip_header header_{};
  bool in_header_ = true;
  Decoded held_;                // once something is wrong: what to say after the last byte
  std::array<char, 8> last_{};  // the last bytes consumed: in the end, the trailer
  Checkpoint before_;           // the step in hand
};

}  // namespace

std::unique_ptr<Decoder> MakeGzipDecoder() { return std::make_unique<GzipDecoder>(); }

}  // namespace unecho
