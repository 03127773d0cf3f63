// The beginning of a source of any bytes: detection ends soon, and more bytes never change an answer that was given
// before the end was seen.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "layouts/sniff.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto name_of = [](const unecho::Detected& detected) {
    return detected.layout == nullptr ? std::string_view() : detected.layout->name();
  };
  const auto whole = unecho::SniffLayout(bytes, /*at_end=*/true);
  if (!whole) std::abort();  // at the end there is an answer
  for (const size_t part : {size / 4, size / 2, size - size / 8}) {
    const auto early = unecho::SniffLayout(bytes.substr(0, part), /*at_end=*/false);
    if (early && name_of(*early) != name_of(*whole)) std::abort();
  }
  return 0;
}
