#include "layouts/warc_head.h"

#include <algorithm>
#include <charconv>

#include "absl/strings/match.h"
#include "base/status.h"

namespace unecho {
namespace {

std::string_view Trim(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

// "WARC/1.0" and its line end.
bool IsVersionLine(std::string_view text) {
  if (!text.starts_with("WARC/")) return false;
  size_t i = 5;
  while (i < std::min<size_t>(text.size(), 12) && ((text[i] >= '0' && text[i] <= '9') || text[i] == '.')) ++i;
  if (i == 5 || i == text.size()) return false;
  return text[i] == '\n' || text.substr(i).starts_with("\r\n");
}

// A value, with its continuation lines, off the beginning of `rest`.
void TakeValue(std::string_view& rest, std::string& value) {
  value.clear();
  do {
    const size_t end = std::min(rest.find('\n'), rest.size());
    if (!value.empty()) value += ' ';
    value += Trim(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  } while (rest.starts_with(' ') || rest.starts_with('\t'));
}

}  // namespace

size_t HeadSize(std::string_view text) {
  for (size_t line_end = text.find('\n'); line_end != text.npos; line_end = text.find('\n', line_end + 1)) {
    const std::string_view behind = text.substr(line_end + 1);
    if (behind.starts_with('\n')) return line_end + 2;
    if (behind.starts_with("\r\n")) return line_end + 3;
  }
  return text.npos;
}

bool FindHeader(std::string_view head, std::string_view name, std::string& value) {
  for (size_t line = head.find('\n'); line != head.npos; line = head.find('\n', line + 1)) {
    std::string_view rest = head.substr(line + 1);
    if (rest.size() <= name.size() || rest[name.size()] != ':' ||
        !absl::EqualsIgnoreCase(Abs(rest.substr(0, name.size())), Abs(name))) {
      continue;
    }
    rest.remove_prefix(name.size() + 1);
    TakeValue(rest, value);
    return true;
  }
  return false;
}

void ForEachHeader(std::string_view head, absl::FunctionRef<void(std::string_view, const std::string&)> visit) {
  std::string value;
  std::string_view rest = head.substr(std::min(head.find('\n'), head.size() - 1) + 1);
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    const size_t colon = rest.find(':');
    if (colon >= end || colon == 0) {
      rest.remove_prefix(std::min(end + 1, rest.size()));
      continue;
    }
    const std::string_view name = rest.substr(0, colon);
    rest.remove_prefix(colon + 1);
    TakeValue(rest, value);
    visit(name, value);
  }
}

std::optional<uint64_t> ContentLength(std::string_view head) {
  std::string value;
  uint64_t bytes = 0;
  if (!FindHeader(head, "Content-Length", value)) return std::nullopt;
  const auto result = std::from_chars(value.data(), value.data() + value.size(), bytes);
  if (result.ec != std::errc() || result.ptr != value.data() + value.size() || bytes >> 62 != 0) return std::nullopt;
  return bytes;
}

size_t FindWarcVersion(std::string_view text) {
  constexpr std::string_view kMark = "\nWARC/";
  for (size_t at = text.find(kMark); at != text.npos; at = text.find(kMark, at + 1)) {
    if (IsVersionLine(text.substr(at + 1))) return at + 1;
  }
  return text.npos;
}

}  // namespace unecho
