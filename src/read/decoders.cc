// The part all formats share: magic numbers, and what may stand between members.
#include "read/decoders.h"

#include <algorithm>
#include <cassert>

namespace unecho {
namespace {

using std::string_view_literals::operator""sv;

// Each byte of a magic number lies between those of `low` and `high`.
struct Magic {
  Compression compression;
  std::string_view low, high;
};

// bzip2: the level, then the first two bytes of a block ("1A") or of an empty stream's end; "BZh" alone may be text.
// 50..5f 2a 4d 18 is a skippable frame, of lz4 or zstd: a file that begins with one is taken for zstd, since pzstd
// writes such files and no lz4 tool does; so zstd stands first.
// Parquet begins with its name, and then with the first page, or with the footer if there is none. Encrypted it has
// another name, if the footer is encrypted, too, and then the length of the head of the first page, which is below 64
// KiB. Arrow has a form as a file, and one as a stream: a mark and the length of the schema, in four bytes of which the
// last is zero.
constexpr Magic kMagics[] = {
    {Compression::kGzip, "\x1f\x8b"sv, "\x1f\x8b"sv},
    {Compression::kBzip2, "BZh11A"sv, "BZh91A"sv},
    {Compression::kBzip2, "BZh1\x17\x72"sv, "BZh9\x17\x72"sv},
    {Compression::kXz, "\xfd\x37\x7a\x58\x5a\x00"sv, "\xfd\x37\x7a\x58\x5a\x00"sv},
    {Compression::kZstd, "\x28\xb5\x2f\xfd"sv, "\x28\xb5\x2f\xfd"sv},
    {Compression::kZstd, "\x50\x2a\x4d\x18"sv, "\x5f\x2a\x4d\x18"sv},
    {Compression::kLz4, "\x04\x22\x4d\x18"sv, "\x04\x22\x4d\x18"sv},
    {Compression::kLz4, "\x50\x2a\x4d\x18"sv, "\x5f\x2a\x4d\x18"sv},
    {Compression::kParquet, "PAR1\x15"sv, "PAR1\x15"sv},
    {Compression::kParquet, "PAR1\0\0\0\0"sv, "PAR1\xff\xff\0\0"sv},
    {Compression::kParquet, "PARE\0\0\0\0"sv, "PARE\xff\xff\0\0"sv},
    {Compression::kArrow, "ARROW1\0\0"sv, "ARROW1\0\0"sv},
    {Compression::kArrow, "\xff\xff\xff\xff\0\0\0\0"sv, "\xff\xff\xff\xff\xff\xff\xff\0"sv},
};
static_assert(std::ranges::all_of(kMagics, [](const Magic& magic) {
  return magic.low.size() <= kMagicBytes && magic.low.size() == magic.high.size();
}));

MagicMatch Match(const Magic& magic, std::span<const char> bytes) {
  const size_t shared = std::min(bytes.size(), magic.low.size());
  for (size_t i = 0; i < shared; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte < static_cast<unsigned char>(magic.low[i]) || byte > static_cast<unsigned char>(magic.high[i])) {
      return MagicMatch::kNo;
    }
  }
  return shared == magic.low.size() ? MagicMatch::kFull : MagicMatch::kPartial;
}

}  // namespace

std::string_view Name(Compression compression) {
  switch (compression) {
    case Compression::kPlain: return "plain";
    case Compression::kGzip: return "gzip";
    case Compression::kBzip2: return "bzip2";
    case Compression::kXz: return "xz";
    case Compression::kLz4: return "lz4";
    case Compression::kZstd: return "zstd";
    case Compression::kParquet: return "parquet";
    case Compression::kArrow: return "arrow";
  }
  return "unknown";
}

MagicMatch MatchMagic(Compression compression, std::span<const char> bytes) {
  MagicMatch best = MagicMatch::kNo;
  for (const Magic& magic : kMagics) {
    if (magic.compression == compression) best = std::max(best, Match(magic, bytes));
  }
  return best;
}

Compression SniffCompression(std::span<const char> first_bytes) {
  for (const Magic& magic : kMagics) {
    if (Match(magic, first_bytes) == MagicMatch::kFull) return magic.compression;
  }
  return Compression::kPlain;
}

bool SniffNeedsMore(std::span<const char> first_bytes) {
  bool partial = false;
  for (const Magic& magic : kMagics) {
    const MagicMatch match = Match(magic, first_bytes);
    if (match == MagicMatch::kFull) return false;
    partial |= match == MagicMatch::kPartial;
  }
  return partial;
}

bool Decoder::MayEndHere() const {
  const bool padded = compression_ != Compression::kXz || padding_bytes_ % 4 == 0;
  return !in_member_ && members_ > 0 && magic_seen_ == 0 && padded;
}

void Decoder::Reset() {
  assert(MayEndHere());
  padding_bytes_ = 0;
  members_ = 0;
}

bool Decoder::EnterMember(std::span<const char> in, Decoded& total) {
  const bool zeros_allowed = compression_ == Compression::kGzip || compression_ == Compression::kXz;
  const auto corrupt = [&total](std::string_view detail) {
    total.verdict = DecodeVerdict::kCorrupt;
    total.detail = detail;
    return false;
  };
  for (; total.consumed < in.size(); ++total.consumed) {
    const char byte = in[total.consumed];
    if (byte == 0 && magic_seen_ == 0 && members_ > 0 && zeros_allowed) {
      ++padding_bytes_;
      continue;
    }
    if (compression_ == Compression::kXz && padding_bytes_ % 4 != 0) {
      return corrupt("padding between streams is not a multiple of four bytes");
    }
    magic_[magic_seen_] = byte;
    const MagicMatch match = MatchMagic(compression_, std::span(magic_).first(magic_seen_ + 1));
    if (match == MagicMatch::kNo) {
      return corrupt(members_ == 0 ? "unknown magic number" : "something else follows the compressed data");
    }
    ++magic_seen_;
    if (match == MagicMatch::kPartial) continue;
    ++total.consumed;
    if (!StartMember()) {
      total.verdict = DecodeVerdict::kOutOfMemory;
      return false;
    }
    padding_bytes_ = 0;
    return in_member_ = true;
  }
  return false;
}

Decoded Decoder::Decode(std::span<const char> in, std::span<char> out) {
  assert(!out.empty());
  Decoded total;
  while (total.produced < out.size()) {
    if (!in_member_ && !EnterMember(in, total)) break;
    const bool flushing = flush_;
    const bool from_magic = !flushing && magic_given_ < magic_seen_;
    std::span<const char> source;
    if (from_magic) {
      source = std::span<const char>(magic_).subspan(magic_given_, magic_seen_ - magic_given_);
    } else if (!flushing) {
      source = in.subspan(total.consumed);
      if (source.empty()) break;
    }
    const std::span<char> room = out.subspan(total.produced);
    const Decoded step = DecodeMember(source, room);
    (from_magic ? magic_given_ : total.consumed) += step.consumed;
    total.produced += step.produced;
    flush_ = step.produced == room.size();
    if (step.verdict == DecodeVerdict::kMemberEnd) {
      in_member_ = flush_ = false;
      magic_seen_ = magic_given_ = 0;
      ++members_;
      continue;
    }
    total.verdict = step.verdict;
    total.detail = step.detail;
    total.read_ahead = step.read_ahead;
    if (step.verdict != DecodeVerdict::kOk) break;
    if (step.consumed == 0 && step.produced == 0 && !flushing) {
      total.verdict = DecodeVerdict::kCorrupt;
      total.detail = "the data leads nowhere";
      break;
    }
  }
  return total;
}

}  // namespace unecho
