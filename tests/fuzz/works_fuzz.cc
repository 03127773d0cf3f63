// Bibliographic records of any bytes: the rule in fast code and in plain code (oracle/plain_works.h) say the same of
// two of them. And works as an index might have them: what IsWellFormedWork() lets in can be compared.
#include <bit>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "oracle/plain_works.h"
#include "works/candidate_keys.h"
#include "works/judge.h"
#include "works/support.h"

namespace unecho {
namespace {

void Check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "works: %s\n", what);
  std::abort();
}

void CheckBoth(const WorkFields& fields_a, const WorkFields& fields_b) {
  const std::vector<uint32_t> packed_a = PackedOf(fields_a), packed_b = PackedOf(fields_b);
  Check(IsWellFormedWork(packed_a) && IsWellFormedWork(packed_b), "a work that was made is not well-formed");
  const PlainWork plain_a = PlainWorkOf(fields_a), plain_b = PlainWorkOf(fields_b);
  Work a, b;
  a.Read(packed_a);
  b.Read(packed_b);
  const Verdict fast = Judge(a, b);
  const PlainVerdict plain = JudgePlainly(plain_a, plain_b);
  Check(static_cast<int>(fast.answer) == static_cast<int>(plain.answer), "another answer than plainly");
  Check(std::bit_cast<uint64_t>(fast.likeness) == std::bit_cast<uint64_t>(plain.likeness), "another likeness");
  Check(plain.signs.size() == kNumSigns, "another number of signs");
  for (size_t i = 0; i < kNumSigns; ++i) Check(plain.signs[i].value == fast.signs[i], "another sign");
  Check((packed_a == packed_b) == (plain_a.Text() == plain_b.Text()), "equal in one of them only");
}

void CheckPacked(std::string_view bytes) {
  std::vector<uint32_t> packed(bytes.size() / sizeof(uint32_t));
  if (packed.empty()) return;
  std::memcpy(packed.data(), bytes.data(), packed.size() * sizeof(uint32_t));
  if (!IsWellFormedWork(packed)) return;
  const std::vector<uint32_t> packed_other =
      PackedOf(FieldsOf("title=Sea fog in harbours|author=Smith J|year=2010|in=Fog|vol=3|p=1-9|doi=10.1/x"));
  Work work, other;
  work.Read(packed);
  other.Read(packed_other);
  CandidateKeys keys;
  keys.Set(work);
  (void)SaysEnough(work);
  (void)Judge(work, other);
  (void)Judge(other, work);
}

}  // namespace
}  // namespace unecho

// Two records, a line each; or words of memory.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 != 0) {
    unecho::CheckPacked(bytes);
    return 0;
  }
  const size_t end = std::min(bytes.find('\n'), bytes.size());
  unecho::CheckBoth(unecho::FieldsOf(bytes.substr(0, end)),
                    unecho::FieldsOf(bytes.substr(std::min(end + 1, bytes.size()))));
  return 0;
}
