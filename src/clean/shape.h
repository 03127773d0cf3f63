// A text as the quality rules see it: lines and words, found once for all of them.
//
// Lines:   what lies between line feeds (the caller has made line feeds of other line ends).
// Words:   white space (bytes up to 0x20, and the white space of Unicode) separates chunks. A chunk loses the run of
//          punctuation and symbols at its start and the one at its end; each of these runs, and what is between them,
//          is a word: «("well-known").» is three words, `("`, `well-known`, `").`. Case counts. In scripts written
//          without spaces each character is a word (tokens.h). Two words are equal if their 64-bit hashes are (2^-64).
// Lengths: in code points.
// Cost:    about 1.5 ns a byte for ASCII; nothing is allocated once the arrays have grown.
// Threads: one Shape per thread. 64 bytes behind the text must be readable.
// Failure: none. A malformed byte counts as a letter.
#ifndef UNECHO_SRC_CLEAN_SHAPE_H_
#define UNECHO_SRC_CLEAN_SHAPE_H_

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace unecho::clean {

struct Line {
  uint32_t begin = 0, end = 0;  // bytes of the text
  uint32_t chars = 0;
  uint32_t chunks = 0;
  uint32_t longest_chunk = 0;
  bool blank = false;   // no chunk
  bool repeat = false;  // a line before it has the same bytes
};

class Shape {
 public:
  void Read(std::string_view text);

  std::string_view text() const { return text_; }
  std::string_view Text(const Line& line) const { return text_.substr(line.begin, line.end - line.begin); }
  uint64_t chars() const { return chars_; }
  std::span<const Line> lines() const { return lines_; }  // of an empty text: one, which is empty
  size_t num_words() const { return num_words_; }
  std::span<const uint64_t> hashes() const { return {hashes_.data(), num_words_}; }
  std::span<const uint32_t> lengths() const { return {lengths_.data(), num_words_}; }
  uint64_t num_proper() const { return num_proper_; }  // words that are not punctuation and symbols alone
  uint64_t proper_chars() const { return proper_chars_; }
  uint64_t num_with_letter() const { return num_with_letter_; }
  uint64_t num_hash_signs() const { return num_hash_signs_; }
  uint64_t num_ellipses() const { return num_ellipses_; }  // "..." and U+2026

 private:
  void FindLines();
  void FindChunks();
  void CountEllipses(bool dots, bool high);
  void ReadChunks();
  void AddUnicodeChunk(std::string_view chunk, Line& line);
  void AddSlice(std::string_view slice, Line& line);
  void AddWord(std::string_view word, uint32_t chars, bool proper, bool letter);
  void Grow(size_t words);

  std::string_view text_;
  uint64_t chars_ = 0;
  std::vector<Line> lines_;
  std::vector<uint32_t> edges_;
  size_t num_edges_ = 0;
  std::vector<uint64_t> hashes_;
  std::vector<uint32_t> lengths_;
  size_t num_words_ = 0;
  uint64_t num_proper_ = 0, proper_chars_ = 0, num_with_letter_ = 0, num_hash_signs_ = 0, num_ellipses_ = 0;
  std::vector<uint64_t> line_set_;
};

// The hash of a word or of a line. 16 bytes behind it must be readable.
uint64_t HashBytes(std::string_view bytes);

// Code points: bytes that begin one.
uint32_t CountChars(std::string_view text);

// White space of Unicode above ASCII.
bool IsWideSpace(uint32_t code_point);

// `text` without white space (bytes up to 0x20, and that of Unicode) at its ends.
std::string_view Strip(std::string_view text);

}  // namespace unecho::clean

#endif  // UNECHO_SRC_CLEAN_SHAPE_H_
