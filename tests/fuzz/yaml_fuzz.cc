// YAML of any bytes: the books balance, and the sizes in which bytes arrive change nothing.
#include "fuzz/spans_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return unecho::CheckLayouts({"yaml"}, data, size);
}
