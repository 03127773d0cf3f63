// CSV, JSON, XML and WARC of any bytes: the audit's plain readers (audit/plain_check.h) find in them what the layouts
// find, so no audit of a run that is right complains of it.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "audit/plain_check.h"
#include "layouts/cutter.h"

namespace {

void CheckAudit(const char* name, std::string_view bytes) {
  const unecho::Layout& layout = unecho::GetLayout(name);
  const unecho::LayoutOptions options;
  unecho::Batch batch;
  batch.layout = &layout;
  if (unecho::MakeCutter(layout, options)->Cut({bytes.data(), bytes.size()}, 0, true, batch) != bytes.size()) return;
  batch.bytes.assign(bytes.size() + unecho::Batch::kPaddingBytes, '\0');
  if (!bytes.empty()) std::memcpy(batch.bytes.data(), bytes.data(), bytes.size());
  batch.size = bytes.size();
  batch.ends_source = true;
  unecho::Segment(layout, options, batch);
  std::vector<unecho::FoundAgain> found;
  for (const unecho::Record& record : batch.records) {
    found.push_back({record.offset_bytes, record.size_bytes, record.line_in_batch + 1, record.invalid_utf8,
                     record.reason, &batch, &record});
  }
  unecho::Violations violations;
  unecho::CheckPlainly(layout, bytes, options, found, "source", violations);
  for (const std::string& violation : violations.TakeListed()) {
    std::fprintf(stderr, "%s: %s\n", name, violation.c_str());
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  static constexpr const char* kNames[] = {"csv", "json", "xml", "warc"};
  CheckAudit(kNames[data[0] % 4], {reinterpret_cast<const char*>(data) + 1, size - 1});
  return 0;
}
