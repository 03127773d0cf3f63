// A reference to a record, as it is written: "source#12".
//
// Threads: pure. Failure: nullopt where the text is none.
#ifndef UNECHO_SRC_TEXT_REF_H_
#define UNECHO_SRC_TEXT_REF_H_

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace unecho {

struct SplitRef {
  std::string_view source;
  uint64_t ordinal = 0;  // from 1
};

// The number behind the last '#', and what is before it.
inline std::optional<SplitRef> ParseRef(std::string_view ref) {
  const size_t hash = ref.rfind('#');
  if (hash == std::string_view::npos) return std::nullopt;
  SplitRef split{ref.substr(0, hash)};
  const char* const end = ref.data() + ref.size();
  const auto parsed = std::from_chars(ref.data() + hash + 1, end, split.ordinal);
  if (parsed.ec != std::errc() || parsed.ptr != end || split.ordinal == 0) return std::nullopt;
  return split;
}

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_REF_H_
