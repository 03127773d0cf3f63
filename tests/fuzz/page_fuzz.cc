// Layout page on any bytes: the books balance, and the sizes in which bytes arrive change nothing.
#include <cstdio>
#include <cstdlib>

#include "support/segment_driver.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  unecho::LayoutOptions options;
  // Small limits make fragments; large ones make entries.
  static constexpr size_t kLimits[] = {1, 5, 40, 300, 2000, size_t{1} << 20};
  options.max_record_bytes = kLimits[data[0] % std::size(kLimits)];
  options.require_body = (data[1] & 1) != 0;
  const std::string_view source(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::string broken = unecho::CheckAllSizes(unecho::GetLayout("page"), options, source);
  if (!broken.empty()) {
    std::fprintf(stderr, "page: %s\n", broken.c_str());
    std::abort();
  }
  return 0;
}
