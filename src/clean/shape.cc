#include "clean/shape.h"

#include <algorithm>
#include <array>
#include <bit>

#include "clean/scan.h"
#include "text/code_points.h"
#include "text/unicode_table.h"

namespace unecho::clean {
namespace {

__extension__ using Uint128 = unsigned __int128;

constexpr uint64_t kSecret0 = 0x9e3779b97f4a7c15, kSecret1 = 0xd1b54a32d192ed03;  // odd, about half of the bits set

uint64_t Fold(uint64_t a, uint64_t b) {
  const Uint128 product = static_cast<Uint128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

uint64_t Load64(const char* p) {
  uint64_t value;
  std::memcpy(&value, p, sizeof value);
  return value;
}

enum : uint8_t { kPunctuation = 1, kLetter = 2 };

constexpr std::array<uint8_t, 256> kClasses = [] {
  std::array<uint8_t, 256> classes{};
  for (size_t c = 0x21; c < 0x7f; ++c) classes[c] = kPunctuation;
  for (size_t c = '0'; c <= '9'; ++c) classes[c] = 0;
  for (size_t c = 'a'; c <= 'z'; ++c) classes[c] = classes[c - 0x20] = kLetter;
  for (size_t c = 0x80; c < 0x100; ++c) classes[c] = kLetter;
  return classes;
}();

uint8_t ClassOf(char c) { return kClasses[static_cast<uint8_t>(c)]; }

// The first 16 bytes of a word, what is behind it cleared.
struct Head {
  uint64_t low, high;
};
Head LoadHead(const char* p, size_t size) {
  Head head = {Load64(p), 0};
  if (size <= 8) {
    head.low &= ~uint64_t{0} >> (64 - 8 * size);
  } else {
    head.high = Load64(p + 8);
    if (size < 16) head.high &= ~uint64_t{0} >> (128 - 8 * size);
  }
  return head;
}

constexpr uint64_t kHighBits = 0x8080808080808080;

// Is this character of two bytes a letter or a mark, without a look at any table? Latin, Greek and Cyrillic but for the
// few signs among them.
bool IsPlainLetter(char lead, char second) {
  const auto a = static_cast<uint8_t>(lead), b = static_cast<uint8_t>(second);
  if (static_cast<int8_t>(second) >= -64) return false;
  switch (a) {
    case 0xc3: return b != 0x97 && b != 0xb7;  // times, divided by
    case 0xce: return b >= 0x8e && b != 0xa2;  // Greek signs, unassigned
    case 0xcf: return b != 0xb6;
    case 0xd2: return b != 0x82;  // thousands
    default: return (a >= 0xc4 && a <= 0xca) || a == 0xd0 || a == 0xd1 || a == 0xd3;
  }
}

// What is between the punctuation of a chunk.
struct Middle {
  bool known = false;  // ASCII and plain letters alone
  bool letter = false;
  uint32_t chars = 0;
};
Middle ReadAscii(std::string_view text) {
  const bool letter = std::ranges::any_of(text, [](char c) { return (ClassOf(c) & kLetter) != 0; });
  return {true, letter, static_cast<uint32_t>(text.size())};
}
Middle ReadMiddle(std::string_view text) {
  Middle middle;
  for (size_t i = 0; i < text.size(); ++middle.chars) {
    if (static_cast<int8_t>(text[i]) >= 0) {
      middle.letter |= (ClassOf(text[i]) & kLetter) != 0;
      ++i;
    } else if (i + 1 < text.size() && IsPlainLetter(text[i], text[i + 1])) {
      middle.letter = true;
      i += 2;
    } else {
      return middle;
    }
  }
  middle.known = true;
  return middle;
}

}  // namespace

uint64_t HashBytes(std::string_view bytes) {
  uint64_t hash = kSecret0 ^ bytes.size();
  const char* p = bytes.data();
  size_t left = bytes.size();
  while (left > 16) {
    hash = Fold(Load64(p) ^ hash, Load64(p + 8) ^ kSecret1) + kSecret1;
    p += 16;
    left -= 16;
  }
  if (left == 0) return hash;
  const Head head = LoadHead(p, left);
  return Fold(head.low ^ hash, head.high ^ kSecret1);
}

uint32_t CountChars(std::string_view text) {
  uint32_t count = 0;
  for (const char c : text) count += static_cast<int8_t>(c) >= -64;
  return count;
}

bool IsWideSpace(uint32_t c) {
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
         c == 0x202F || c == 0x205F || c == 0x3000;
}

std::string_view Strip(std::string_view text) {
  const auto is_space = [](char c) { return static_cast<uint8_t>(c) <= 0x20; };
  for (;;) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    if (text.empty() || (static_cast<int8_t>(text.front()) >= 0 && static_cast<int8_t>(text.back()) >= 0)) return text;
    const auto size = static_cast<int32_t>(text.size());
    int32_t first_end = 0;
    const UChar32 first = NextCodePoint(text.data(), first_end, size);
    int32_t last_begin = size - 1;
    while (last_begin > 0 && static_cast<int8_t>(text[static_cast<size_t>(last_begin)]) < -64) --last_begin;
    int32_t last_end = last_begin;
    const UChar32 last = NextCodePoint(text.data(), last_end, size);
    const bool trim_first = first > 0 && IsWideSpace(static_cast<uint32_t>(first));
    const bool trim_last = last > 0 && last_end == size && IsWideSpace(static_cast<uint32_t>(last));
    if (!trim_first && !trim_last) return text;
    if (trim_last) text.remove_suffix(static_cast<size_t>(size - last_begin));
    if (trim_first && !text.empty()) text.remove_prefix(static_cast<size_t>(first_end));
  }
}

void Shape::Read(std::string_view text) {
  text_ = text;
  num_words_ = num_edges_ = 0;
  num_proper_ = proper_chars_ = num_with_letter_ = num_hash_signs_ = num_ellipses_ = 0;
  FindChunks();
  FindLines();
  ReadChunks();
}

void Shape::FindLines() {
  lines_.clear();
  const bool ascii = chars_ == text_.size();
  for (size_t begin = 0;;) {
    const size_t end = std::min(text_.find('\n', begin), text_.size());
    Line& line = lines_.emplace_back();
    line.begin = static_cast<uint32_t>(begin);
    line.end = static_cast<uint32_t>(end);
    const bool is_all = begin == 0 && end == text_.size();
    line.chars = ascii    ? static_cast<uint32_t>(end - begin)
                 : is_all ? static_cast<uint32_t>(chars_)
                          : CountChars(text_.substr(begin, end - begin));
    if (end == text_.size()) break;
    begin = end + 1;
  }
  if (lines_.size() == 1) return;
  // Which lines repeat one before them: a set of hashes, probed linearly.
  const size_t slots = std::bit_ceil(2 * lines_.size());
  line_set_.assign(slots, 0);
  for (Line& line : lines_) {
    const uint64_t hash = HashBytes(Text(line)) | 1;
    size_t slot = (hash >> 20) & (slots - 1);
    while (line_set_[slot] != 0 && line_set_[slot] != hash) slot = (slot + 1) & (slots - 1);
    line.repeat = line_set_[slot] == hash;
    line_set_[slot] = hash;
  }
}

// Edges of the chunks that bytes up to 0x20 separate; and what can be counted without knowing them.
void Shape::FindChunks() {
  const size_t size = text_.size();
  if (edges_.size() < size + 66) edges_.resize(2 * size + 66);
  uint64_t carry = 0;        // the byte before the block belongs to a chunk
  uint64_t dots_before = 0;  // of the block before
  uint64_t any_dots = 0, any_high = 0, continuations = 0;
  size_t count = 0;
  for (size_t i = 0; i < size; i += 64) {
    const char* block = text_.data() + i;
    const uint64_t inside = Inside(size - i);
    const uint64_t chunk = ~SpaceMask(block) & inside;
    const uint64_t high = HighMask(block) & inside;
    num_hash_signs_ += static_cast<uint64_t>(std::popcount(EqualMask<'#'>(block) & inside));
    const uint64_t dots = EqualMask<'.'>(block) & inside;
    any_dots |= dots & (dots << 1 | dots_before >> 63) & (dots << 2 | dots_before >> 62);
    dots_before = dots;
    if (high != 0) {
      any_high = 1;
      continuations += static_cast<uint64_t>(std::popcount(ContinuationMask(block) & inside));
    }
    uint64_t change = chunk ^ (chunk << 1 | carry);
    carry = chunk >> 63;
    const auto at = static_cast<uint32_t>(i);
    const auto changes = static_cast<size_t>(std::popcount(change));
    uint32_t* to = edges_.data() + count;
    count += changes;
    // Eight at a time: a loop that ends by chance costs more than writing a few edges too many.
    for (size_t done = 0; done < changes; done += 8) {
      for (size_t k = 0; k < 8; ++k) {
        to[done + k] = at + static_cast<uint32_t>(std::countr_zero(change | uint64_t{1} << 63));
        change &= change - 1;
      }
    }
  }
  if (carry != 0) edges_[count++] = static_cast<uint32_t>(size);
  num_edges_ = count;
  chars_ = size - continuations;
  if (any_dots != 0 || any_high != 0) CountEllipses(any_dots != 0, any_high != 0);
}

void Shape::CountEllipses(bool dots, bool high) {
  const auto count = [this](std::string_view what) {
    for (size_t at = 0; (at = text_.find(what, at)) != text_.npos; at += what.size()) ++num_ellipses_;
  };
  if (dots) count("...");
  if (high) count("\xe2\x80\xa6");
}

void Shape::Grow(size_t words) {
  hashes_.resize(2 * words + 64);
  lengths_.resize(2 * words + 64);
}

inline void Shape::AddWord(std::string_view word, uint32_t chars, bool proper, bool letter) {
  if (hashes_.size() <= num_words_) Grow(num_words_ + 1);
  hashes_[num_words_] = HashBytes(word);
  lengths_[num_words_] = chars;
  ++num_words_;
  num_proper_ += proper;
  proper_chars_ += proper ? chars : 0;
  num_with_letter_ += letter;
}

void Shape::ReadChunks() {
  const bool ascii = chars_ == text_.size();
  size_t at_line = 0;
  for (size_t i = 0; i < num_edges_; i += 2) {
    const uint32_t begin = edges_[i], end = edges_[i + 1];
    while (lines_[at_line].end < begin) ++at_line;  // a line end is no part of a chunk
    Line& line = lines_[at_line];
    const char* const chunk = text_.data() + begin;
    const size_t size = end - begin;
    const uint8_t first = ClassOf(chunk[0]), last = ClassOf(chunk[size - 1]);
    if (size <= 16 && ((first | last) & kPunctuation) == 0 && (first & kLetter) != 0) [[likely]] {
      const Head head = LoadHead(chunk, size);
      if (((head.low | head.high) & kHighBits) == 0) [[likely]] {
        if (hashes_.size() <= num_words_) Grow(num_words_ + 1);
        hashes_[num_words_] = Fold(head.low ^ kSecret0 ^ size, head.high ^ kSecret1);
        lengths_[num_words_] = static_cast<uint32_t>(size);
        ++num_words_;
        ++num_proper_;
        proper_chars_ += size;
        ++num_with_letter_;
        ++line.chunks;
        line.longest_chunk = std::max(line.longest_chunk, static_cast<uint32_t>(size));
        continue;
      }
    }
    const std::string_view all(chunk, size);
    size_t head = 0, tail = size;
    while (head < tail && (ClassOf(chunk[head]) & kPunctuation) != 0) ++head;
    while (tail > head && (ClassOf(chunk[tail - 1]) & kPunctuation) != 0) --tail;
    const std::string_view middle = all.substr(head, tail - head);
    const Middle read = ascii ? ReadAscii(middle) : ReadMiddle(middle);
    if (!read.known) {
      AddUnicodeChunk(all, line);
      continue;
    }
    ++line.chunks;
    line.longest_chunk = std::max(line.longest_chunk, static_cast<uint32_t>(size - middle.size()) + read.chars);
    if (head > 0) AddWord(all.substr(0, head), static_cast<uint32_t>(head), false, false);
    if (head < tail) AddWord(middle, read.chars, true, read.letter);
    if (tail < size) AddWord(all.substr(tail), static_cast<uint32_t>(size - tail), false, false);
  }
  for (Line& line : lines_) line.blank = line.chunks == 0;
}

// A chunk with other characters above ASCII: may hold white space of its own.
void Shape::AddUnicodeChunk(std::string_view chunk, Line& line) {
  size_t begin = 0;
  const auto size = static_cast<int32_t>(chunk.size());
  for (int32_t i = 0; i < size;) {
    const auto at = static_cast<size_t>(i);
    const UChar32 c = NextCodePoint(chunk.data(), i, size);
    if (c <= 0 || !IsWideSpace(static_cast<uint32_t>(c))) continue;
    if (at > begin) AddSlice(chunk.substr(begin, at - begin), line);
    begin = static_cast<size_t>(i);
  }
  if (begin < chunk.size()) AddSlice(chunk.substr(begin), line);
}

// A chunk without white space: a word ends where punctuation begins that goes on to the end, and around each character
// of a script written without spaces.
void Shape::AddSlice(std::string_view slice, Line& line) {
  ++line.chunks;
  line.longest_chunk = std::max(line.longest_chunk, CountChars(slice));
  const auto size = static_cast<int32_t>(slice.size());
  size_t begin = 0, proper_end = 0;      // the word in hand, and where its last character that is not punctuation ends
  uint32_t chars = 0, proper_chars = 0;  // from begin; up to proper_end
  bool letter = false;
  const auto flush = [&](size_t end) {  // what is in hand: a word, and the punctuation behind it
    if (proper_end > begin) AddWord(slice.substr(begin, proper_end - begin), proper_chars, true, letter);
    const size_t tail = std::max(begin, proper_end);
    if (end > tail) AddWord(slice.substr(tail, end - tail), chars - proper_chars, false, false);
    begin = proper_end = end;
    chars = proper_chars = 0;
    letter = false;
  };
  for (int32_t i = 0; i < size;) {
    const auto at = static_cast<size_t>(i);
    const UChar32 c = NextCodePoint(slice.data(), i, size);
    const auto end = static_cast<size_t>(i);
    bool punctuation = false, is_letter = true;
    if (c >= 0 && c < 0x80) {
      punctuation = (ClassOf(static_cast<char>(c)) & kPunctuation) != 0;
      is_letter = (ClassOf(static_cast<char>(c)) & kLetter) != 0;
    } else if (c >= 0) {
      CharInfo info = UnicodeTable::Find(static_cast<uint32_t>(c));
      if (info.kind() == CharKind::kExpands || info.kind() == CharKind::kJoins)
        info = UnicodeTable::OfNormal(static_cast<uint32_t>(c));
      if (info.IsSolo()) {
        flush(at);
        AddWord(slice.substr(at, end - at), 1, true, true);
        begin = proper_end = end;
        continue;
      }
      punctuation = !info.IsWord() && info.kind() != CharKind::kRemoved;
      is_letter = !punctuation;
    }
    if (punctuation) {
      ++chars;
      continue;
    }
    if (proper_end <= begin && at > begin) flush(at);  // punctuation at the start
    proper_chars = ++chars;
    proper_end = end;
    letter |= is_letter;
  }
  flush(slice.size());
}

}  // namespace unecho::clean
