#include "text/scan.h"

#include <algorithm>
#include <array>

#include "text/characters.h"

namespace unecho {
namespace {

// U+00A0 and U+FEFF.
constexpr std::array<std::string_view, 2> kWideBlanks = {"\xC2\xA0", "\xEF\xBB\xBF"};

}  // namespace

LineCounter::LineCounter(std::string_view bytes) : bytes_(bytes), has_cr_(bytes.find('\r') != bytes.npos) {}

uint32_t LineCounter::LinesBefore(size_t position) {
  const std::string_view part = bytes_.substr(counted_, position - counted_);
  lines_ += static_cast<uint32_t>(std::count(part.begin(), part.end(), '\n'));
  if (has_cr_) {
    // The LF of a CRLF has been counted above, or will be: its CR must not be.
    for (size_t i = counted_; i < position; ++i) {
      if (bytes_[i] == '\r' && (i + 1 == bytes_.size() || bytes_[i + 1] != '\n')) ++lines_;
    }
  }
  counted_ = position;
  return lines_;
}

size_t CodePoints(std::string_view utf8) {
  size_t continuations = 0;
  for (size_t begin = 0; begin < utf8.size();
       begin += 255) {  // sums of bytes: 16 to a vector, where those of size_t are two
    uint8_t sum = 0;
    for (const char c : utf8.substr(begin, 255)) sum = static_cast<uint8_t>(sum + IsContinuation(c));
    continuations += sum;
  }
  return utf8.size() - continuations;
}

size_t SafeSplit(std::string_view bytes) {
  if (bytes.size() < 2) return 0;
  size_t at = bytes.size() - 1;
  // Only the last three bytes can belong to a sequence that is not complete; a lead byte always begins a new one.
  for (int back = 0; back < 3 && at > 0 && IsContinuation(bytes[at]); ++back) --at;
  if (IsContinuation(bytes[at])) at = bytes.size() - 1;
  if (at > 0 && bytes[at] == '\n' && bytes[at - 1] == '\r') --at;
  return at;
}

std::string_view Utf8Prefix(std::string_view text, size_t limit) {
  if (text.size() <= limit) return text;
  size_t end = limit;
  for (int back = 0; back < 3 && end > 0 && IsContinuation(text[end]); ++back) --end;
  return text.substr(0, IsContinuation(text[end]) ? limit : end);
}

std::string_view TrimBlanksAtEnd(std::string_view text) {
  for (;;) {
    while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
    const auto wide = std::ranges::find_if(kWideBlanks, [&](std::string_view blank) { return text.ends_with(blank); });
    if (wide == kWideBlanks.end()) return text;
    text.remove_suffix(wide->size());
  }
}

std::string_view TrimBlanks(std::string_view text) {
  for (;;) {
    while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
    const auto wide =
        std::ranges::find_if(kWideBlanks, [&](std::string_view blank) { return text.starts_with(blank); });
    if (wide == kWideBlanks.end()) return TrimBlanksAtEnd(text);
    text.remove_prefix(wide->size());
  }
}

}  // namespace unecho
