// The compact provenance of any bytes: a head is a list of names or none, a line is made plain without looking behind
// its end, and one that has been made plain with names that are no places stays as it is.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "audit/compact_provenance.h"
#include "audit/json_object.h"

namespace {

void Check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "provenance: %s\n", what);
  std::abort();
}

}  // namespace

// The head, and a line.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const size_t end = std::min(bytes.find('\n'), bytes.size());
  const std::string head(bytes.substr(0, end)), line(bytes.substr(std::min(end + 1, bytes.size())));
  std::string written = "{\"sources\":[";
  const std::vector<std::string> names = unecho::NamesOfHead(head);
  for (const std::string& name : names) written += (&name == names.data() ? "\"" : ",\"") + name + "\"";
  Check(names.empty() || written + "]}" == head, "a head is not its names");

  const std::vector<std::string> known = {"a.txt", "dumps\\/b c.jsonl", "\xc3\xa4"};
  std::string plain, again, as_it_was;
  unecho::AppendPlainLine(line, known, plain);
  unecho::AppendPlainLine(plain, known, again);
  Check(again == plain, "a plain line changes");
  unecho::AppendPlainLine(line, {}, as_it_was);
  Check(as_it_was == line, "a line changes without names");
  return 0;
}
