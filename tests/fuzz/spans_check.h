// What the fuzz targets of the structured layouts do with their input: a limit from the first byte, then any sizes.
#ifndef UNECHO_TESTS_FUZZ_SPANS_CHECK_H_
#define UNECHO_TESTS_FUZZ_SPANS_CHECK_H_

#include <cstdio>
#include <cstdlib>
#include <initializer_list>

#include "support/segment_driver.h"

namespace unecho {

inline int CheckLayout(const Layout& layout, const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  LayoutOptions options;
  // Small limits make fragments; large ones make records.
  static constexpr size_t kLimits[] = {size_t{1} << 20, 5, 40, 300, 2000, 1};
  options.max_record_bytes = kLimits[data[0] % std::size(kLimits)];
  options.require_body = (data[1] & 1) != 0;
  if ((data[1] & 2) != 0) options.id_field = "id";
  if ((data[1] & 4) != 0) options.order_field = "year";
  if (layout.profile().engine == Engine::kCsv) {
    if ((data[1] & 8) != 0) options.match_fields = {"text", "2"};
    if ((data[1] & 16) != 0) options.columns = {"id", "title", "text"};
  }
  const std::string_view source(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::string broken = CheckAllSizes(layout, options, source);
  if (!broken.empty()) {
    std::fprintf(stderr, "%s: %s\n", layout.profile().name.c_str(), broken.c_str());
    std::abort();
  }
  return 0;
}

inline int CheckLayouts(std::initializer_list<const char*> names, const uint8_t* data, size_t size) {
  for (const char* const name : names) CheckLayout(GetLayout(name), data, size);
  return 0;
}

}  // namespace unecho

#endif  // UNECHO_TESTS_FUZZ_SPANS_CHECK_H_
