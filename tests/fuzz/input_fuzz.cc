// Fuzzes the input room: any bytes, taken for a compressed file. Nothing may crash, and what comes out may depend
// neither on how the bytes are cut nor on whether a decoder or a whole reader decodes them.
//
// A frame may ask for a window of gigabytes, which is reserved but hardly touched: run with -malloc_limit_mb=8192.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "read/decoders.h"
#include "read/input.h"

namespace {

constexpr size_t kMaxOutputBytes = size_t{2} << 20;  // of a bomb, the beginning will do

struct Outcome {
  std::string bytes;
  bool ok = false;
};

void Check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

Outcome Decode(unecho::Compression compression, std::span<const char> in, size_t in_chunk, size_t out_chunk) {
  const auto decoder = unecho::MakeDecoder(compression);
  Outcome outcome;
  std::vector<char> room(out_chunk);
  while (outcome.bytes.size() < kMaxOutputBytes) {
    const auto piece = in.first(std::min(in_chunk, in.size()));
    const unecho::Decoded step = decoder->Decode(piece, room);
    Check(step.consumed <= piece.size() && step.produced <= room.size(), "a step beyond its spans");
    in = in.subspan(step.consumed);
    outcome.bytes.append(room.data(), step.produced);
    if (step.verdict != unecho::DecodeVerdict::kOk) return outcome;
    if (step.produced == room.size()) continue;
    Check(step.consumed == piece.size(), "neither full nor done");
    if (in.empty()) break;
  }
  outcome.ok = decoder->MayEndHere();
  return outcome;
}

Outcome ReadThroughFile(std::span<const char> in) {
  const int fd = memfd_create("input_fuzz", MFD_CLOEXEC);
  Check(fd >= 0 && write(fd, in.data(), in.size()) == static_cast<ssize_t>(in.size()), "no memory file");
  const std::string path = "/proc/self/fd/" + std::to_string(fd);
  Outcome outcome;
  auto reader = unecho::OpenInput({path, path}, nullptr);
  Check(reader.ok(), "a memory file cannot be opened");
  std::vector<char> room(10'000);
  while (outcome.bytes.size() < kMaxOutputBytes) {
    const auto result = (*reader)->Read(room, std::chrono::hours(1));
    if (!result.ok()) break;
    outcome.bytes.append(room.data(), result->bytes);
    if (!result->at_end) continue;
    outcome.ok = true;
    break;
  }
  close(fd);
  return outcome;
}

// Before damage the last bytes may depend on how the input is cut: see decoders.h.
size_t MayLack(unecho::Compression compression) {
  return compression == unecho::Compression::kGzip ? 2 : compression == unecho::Compression::kXz ? 273 : 0;
}

void CheckSame(const Outcome& a, const Outcome& b, size_t may_lack) {
  if (a.bytes.size() >= kMaxOutputBytes && b.bytes.size() >= kMaxOutputBytes) {
    Check(a.bytes.compare(0, kMaxOutputBytes, b.bytes, 0, kMaxOutputBytes) == 0, "other bytes");
    return;
  }
  Check(a.ok == b.ok, "another verdict");
  if (may_lack > 0 && !a.ok) {
    const auto& [shorter, longer] = std::minmax(a.bytes, b.bytes, [](auto& x, auto& y) { return x.size() < y.size(); });
    Check(longer.starts_with(shorter) && longer.size() - shorter.size() <= may_lack, "other bytes");
  } else {
    Check(a.bytes == b.bytes, "other bytes");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::span<const char> in(reinterpret_cast<const char*>(data), size);
  const unecho::Compression compression = unecho::SniffCompression(in);
  if (compression == unecho::Compression::kPlain) {
    const Outcome through_file = ReadThroughFile(in);
    Check(through_file.ok && std::ranges::equal(through_file.bytes, in), "plain bytes changed");
    return 0;
  }
  if (compression == unecho::Compression::kParquet || compression == unecho::Compression::kArrow)
    return 0;  // no bytes to decode
  const Outcome whole = Decode(compression, in, SIZE_MAX, size_t{128} << 10);
  const size_t may_lack = MayLack(compression);
  const size_t cut = 1 + data[size - 1] % 100;
  CheckSame(whole, Decode(compression, in, cut, 1 + 50 * cut), may_lack);
  if (size % 8 == 0) CheckSame(whole, ReadThroughFile(in), may_lack);  // a thread and its blocks each: ten times slower
  return 0;
}
