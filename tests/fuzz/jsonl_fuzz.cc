// Layouts jsonl, lines and text on any bytes: the books balance, and the sizes in which bytes arrive change nothing.
#include <cstdio>
#include <cstdlib>

#include "support/segment_driver.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  unecho::LayoutOptions options;
  static constexpr size_t kLimits[] = {1, 5, 40, 300, size_t{1} << 20};
  options.max_record_bytes = kLimits[data[0] % std::size(kLimits)];
  options.id_field = std::string((data[1] & 1) != 0 ? "id" : "");
  options.order_field = std::string((data[1] & 2) != 0 ? "n" : "");
  if ((data[1] & 4) != 0) options.match_fields = {"text"};
  const std::string_view source(reinterpret_cast<const char*>(data) + 2, size - 2);
  for (const char* name : {"jsonl", "lines", "text"}) {
    const unecho::Layout& layout = unecho::GetLayout(name);
    const std::string broken = unecho::CheckAllSizes(layout, options, source);
    if (!broken.empty()) {
      std::fprintf(stderr, "%s: %s\n", name, broken.c_str());
      std::abort();
    }
  }
  return 0;
}
