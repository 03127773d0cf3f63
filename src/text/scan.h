// Small scanners: line ends, blanks, boundaries of UTF-8.
//
// A line end is LF, CRLF or a lone CR. Every function here is linear in the bytes it is given, for any mix of them.
// Threads: plain objects, one thread each. Failure: none.
#ifndef UNECHO_SRC_TEXT_SCAN_H_
#define UNECHO_SRC_TEXT_SCAN_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace unecho {

inline constexpr std::string_view kBom = "\xEF\xBB\xBF";

// Bytes of the byte order mark that a source begins with: 0 or 3.
inline size_t BomBytes(uint64_t source_offset_bytes, std::string_view bytes) {
  return source_offset_bytes == 0 && bytes.starts_with(kBom) ? kBom.size() : 0;
}

// Positions of the first LF and the first CR at or behind a point that only moves forward. Each is searched again only
// when it has been passed: without that, a block of lone CRs costs a search for LF to the end for every line.
class LineEnds {
 public:
  static constexpr size_t kNone = SIZE_MAX;
  explicit LineEnds(std::string_view bytes) : bytes_(bytes) {}

  // First LF or CR at or behind `from`; kNone if there is none.
  size_t Find(size_t from) {
    if (lf_ != kNone && lf_ < from) lf_ = Search('\n', from);
    if (cr_ != kNone && cr_ < from) cr_ = Search('\r', from);
    if (!searched_) {
      lf_ = Search('\n', from);
      cr_ = Search('\r', from);
      searched_ = true;
    }
    return lf_ < cr_ ? lf_ : cr_;
  }
  // Bytes of the line end at `at`, which Find() gave: 1 or 2.
  size_t Size(size_t at) const {
    return bytes_[at] == '\r' && at + 1 < bytes_.size() && bytes_[at + 1] == '\n' ? 2 : 1;
  }

 private:
  size_t Search(char c, size_t from) const { return bytes_.find(c, from); }
  std::string_view bytes_;
  size_t lf_ = 0, cr_ = 0;
  bool searched_ = false;
};

// A search for any of several bytes, in a table: std::string_view::find_first_of() calls memchr() for each byte of the
// text.
class ByteSet {
 public:
  constexpr explicit ByteSet(std::string_view bytes) {
    for (const char c : bytes) has_[static_cast<unsigned char>(c)] = true;
  }
  constexpr bool Has(char c) const { return has_[static_cast<unsigned char>(c)]; }
  // npos: none.
  size_t FindIn(std::string_view text, size_t from = 0) const {
    for (; from < text.size(); ++from) {
      if (Has(text[from])) return from;
    }
    return std::string_view::npos;
  }

 private:
  std::array<bool, 256> has_{};
};

// Counts line ends in front of positions that only move forward.
class LineCounter {
 public:
  explicit LineCounter(std::string_view bytes);
  uint32_t LinesBefore(size_t position);
  uint32_t Total() { return LinesBefore(bytes_.size()); }

 private:
  std::string_view bytes_;
  size_t counted_ = 0;
  uint32_t lines_ = 0;
  bool has_cr_;
};

// Where a record that goes on behind `bytes` may be split: the start of the last code point, or earlier, so that no
// well-formed sequence and no CRLF is torn (malformed ones keep their number too), and at least one byte stays behind.
// 0: nowhere.
size_t SafeSplit(std::string_view bytes);

// Of well-formed UTF-8.
size_t CodePoints(std::string_view utf8);

// The longest prefix of at most `limit` bytes that ends between code points.
std::string_view Utf8Prefix(std::string_view text, size_t limit);

// Without the blanks at both ends: space, tab, VT, FF, CR, LF, U+00A0, U+FEFF.
std::string_view TrimBlanks(std::string_view text);
std::string_view TrimBlanksAtEnd(std::string_view text);

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_SCAN_H_
