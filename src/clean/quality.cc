#include "clean/quality.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <bit>

#include "base/hash_map.h"
#include "text/code_points.h"

namespace unecho::clean {
namespace {

constexpr std::string_view kBullet = "\xe2\x80\xa2", kEllipsis = "\xe2\x80\xa6", kDots = "...";

// The last code point; negative if malformed or none.
UChar32 LastCodePoint(std::string_view text) {
  if (text.empty()) return -1;
  size_t begin = text.size() - 1;
  while (begin > 0 && text.size() - begin < 4 && static_cast<int8_t>(text[begin]) < -64) --begin;
  auto i = static_cast<int32_t>(begin);
  const UChar32 c = NextCodePoint(text.data(), i, static_cast<int32_t>(text.size()));
  return static_cast<size_t>(i) == text.size() ? c : -1;
}

bool EndsWithStop(std::string_view line) {
  const UChar32 c = LastCodePoint(line);
  if (c < 0x80) return c == '.' || c == '\'' || c == '"' || c == '!' || c == '?';
  return u_hasBinaryProperty(c, UCHAR_S_TERM) != 0;
}

template <typename Test>
uint64_t CountLines(const Shape& shape, Test test) {
  return static_cast<uint64_t>(std::ranges::count_if(shape.lines(), test));
}

}  // namespace

Repeats RepeatedParagraphs(const Shape& shape) {
  thread_local HashSet<uint64_t> hashes;
  hashes.clear();
  const std::string_view all = shape.text();
  const std::string_view text = Strip(all);
  const auto first = static_cast<size_t>(text.data() - all.data());
  const size_t last = first + text.size();
  Repeats repeats;
  const auto end_paragraph = [&](size_t begin, size_t end) {
    ++repeats.elements;
    const std::string_view paragraph = all.substr(begin, end - begin);
    const uint64_t hash = HashBytes(paragraph);
    if (!hashes.insert(hash).second) {
      ++repeats.repeated;
      repeats.repeated_chars += CountChars(paragraph);
    }
  };
  size_t begin = first;
  size_t end = first;  // of the last line that is not empty
  bool gap = false;    // an empty line since then
  for (const Line& line : shape.lines()) {
    if (line.end <= first && first > 0) continue;
    if (line.begin >= last) break;
    if (line.begin == line.end) {
      gap = true;
      continue;
    }
    const size_t line_begin = std::max<size_t>(line.begin, first);
    if (gap) {
      end_paragraph(begin, end);
      begin = line_begin;
      gap = false;
    }
    end = std::min<size_t>(line.end, last);
  }
  end_paragraph(begin, end);
  return repeats;
}

Repeats RepeatedLines(const Shape& shape) {
  const std::span<const Line> lines = shape.lines();
  Repeats repeats;
  for (const Line& line : lines) {
    if (line.begin == line.end) continue;
    ++repeats.elements;
    if (!line.repeat) continue;
    ++repeats.repeated;
    repeats.repeated_chars += line.chars;
  }
  // What is before a first line feed and behind a last one is an element too, an empty one.
  const bool front = lines.front().begin == lines.front().end, back = lines.back().begin == lines.back().end;
  repeats.elements += static_cast<uint64_t>(front) + static_cast<uint64_t>(back);
  repeats.repeated += front && back;
  return repeats;
}

Repeats RepeatedLinesThatSay(const Shape& shape) {
  Repeats repeats;
  for (const Line& line : shape.lines()) {
    if (line.blank) continue;
    ++repeats.elements;
    if (!line.repeat) continue;
    ++repeats.repeated;
    repeats.repeated_chars += line.chars;
  }
  return repeats;
}

uint64_t LinesWithBullet(const Shape& shape) {
  return CountLines(shape, [&](const Line& line) {
    const std::string_view text = Strip(shape.Text(line));
    return text.starts_with('-') || text.starts_with(kBullet);
  });
}

uint64_t LinesWithEllipsis(const Shape& shape) {
  return CountLines(shape, [&](const Line& line) {
    const std::string_view text = Strip(shape.Text(line));
    return text.ends_with(kDots) || text.ends_with(kEllipsis);
  });
}

uint64_t LinesThatSay(const Shape& shape) {
  return CountLines(shape, [](const Line& line) { return !line.blank; });
}

uint64_t LinesWithStop(const Shape& shape) {
  return CountLines(shape, [&](const Line& line) { return !line.blank && EndsWithStop(shape.Text(line)); });
}

uint64_t ShortLines(const Shape& shape, uint64_t chars) {
  return CountLines(shape, [&](const Line& line) { return !line.blank && line.chars <= chars; });
}

uint64_t DifferentStopWords(const Shape& shape, std::span<const uint64_t> hashes, uint64_t enough) {
  uint64_t found = 0;
  for (size_t i = 0; i < hashes.size() && found < enough; ++i) {
    const bool is_new = std::ranges::find(hashes.first(i), hashes[i]) == hashes.first(i).end();
    found += is_new && std::ranges::find(shape.hashes(), hashes[i]) != shape.hashes().end();
  }
  return found;
}

uint64_t LongLines(std::span<const Line> lines, uint64_t chars) {
  return static_cast<uint64_t>(std::ranges::count_if(lines, [&](const Line& line) { return line.chars >= chars; }));
}

}  // namespace unecho::clean
