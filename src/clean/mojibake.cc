// UTF-8 read as Latin-1 or Windows-1252: each byte of a character has become a character. Undone by writing such
// characters as bytes again and reading these as UTF-8 - where that is beyond doubt.
//
// A *sequence* is a run of characters whose bytes are one well-formed UTF-8 character of two to four bytes. Some
// sequences are also good text: a capital letter with an accent and the quotation mark behind it ("CAFÉ”" gives C9 94).
// So:
//   strong  a C1 control stands in it; or it begins with Â or Ã and does not go on with a quotation mark, a dash, an
//   ellipsis
//           or a no-break space (Ã©, Â£); or with â€ (E2 80, all of general punctuation), or with â and two signs that
//           are none of these (âˆˆ); or with ðŸ (emoji); or it is ï»¿ (a byte order mark)
//   weak    every other one
//   alone   a character of Latin-1 above ASCII, or of Windows-1252, that is part of none
// Strong sequences are undone. Weak ones too, if there is a strong one in the text and nothing alone, or if there are
// at least four of them, two in direct sequence, and nothing alone (Cyrillic: "Ð¿Ñ€Ð¸"). Once: what was broken twice
// stays broken once.
#include <algorithm>
#include <array>
#include <vector>

#include "clean/repair.h"
#include "clean/scan.h"
#include "text/code_points.h"
#include "text/windows_1252.h"

namespace unecho::clean {
namespace {

constexpr uint64_t kEnoughWeak = 4;

// The byte that became this character; -1 if none did.
int ByteOf(UChar32 c) {
  if (c >= 0x80 && c <= 0xff) return c;
  if (c < 0x100) return -1;
  const auto found = std::ranges::find(kWindows1252, static_cast<uint32_t>(c));
  return found == kWindows1252.end() ? -1 : 0x80 + static_cast<int>(found - kWindows1252.begin());
}

// What may stand behind a letter in good text.
bool IsPunctuation(UChar32 c) {
  constexpr std::array<UChar32, 14> kMarks = {0xa0,   0xab,   0xbb,   0x2018, 0x2019, 0x201a, 0x201c,
                                              0x201d, 0x201e, 0x2026, 0x2013, 0x2014, 0x2039, 0x203a};
  return std::ranges::find(kMarks, c) != kMarks.end();
}

struct Sequence {
  size_t begin = 0, end = 0;  // in the text
  std::array<char, 4> bytes{};
  size_t size = 0;
  bool strong = false;
};

// The sequence that begins with the character at `at`, if there is one.
bool ReadSequence(std::string_view text, size_t at, Sequence& sequence) {
  std::array<UChar32, 4> characters{};
  const auto size = static_cast<int32_t>(text.size());
  auto i = static_cast<int32_t>(at);
  characters[0] = NextCodePoint(text.data(), i, size);
  const int lead = ByteOf(characters[0]);
  const size_t length = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (length == 0) return false;
  sequence.bytes[0] = static_cast<char>(lead);
  for (size_t k = 1; k < length; ++k) {
    if (i >= size) return false;
    characters[k] = NextCodePoint(text.data(), i, size);
    const int byte = ByteOf(characters[k]);
    if (byte < 0x80 || byte > 0xbf) return false;
    sequence.bytes[k] = static_cast<char>(byte);
  }
  int32_t end = 0;
  if (NextCodePoint(sequence.bytes.data(), end, static_cast<int32_t>(length)) < 0 ||
      end != static_cast<int32_t>(length)) {
    return false;
  }
  sequence.begin = at;
  sequence.end = static_cast<size_t>(i);
  sequence.size = length;
  bool control = false, sign = true;
  for (size_t k = 1; k < length; ++k) {
    control |= characters[k] < 0xa0;
    sign &= !IsPunctuation(characters[k]);
  }
  const auto second = static_cast<uint8_t>(sequence.bytes[1]), third = static_cast<uint8_t>(sequence.bytes[2]);
  sequence.strong = control || (length == 2 && lead <= 0xc3 && sign) || (lead == 0xe2 && (second == 0x80 || sign)) ||
                    (lead == 0xf0 && second == 0x9f) || (lead == 0xef && second == 0xbb && third == 0xbf);
  return true;
}

}  // namespace

uint64_t RepairMojibake(std::string_view text, std::string& out) {
  thread_local std::vector<Sequence> sequences;
  out.clear();
  sequences.clear();
  uint64_t strong = 0;
  bool alone = false, neighbours = false;
  for (size_t i = 0; i < text.size();) {
    const uint64_t mask = HighMask(text.data() + i) & Inside(text.size() - i);
    if (mask == 0) {
      i += 64;
      continue;
    }
    i += static_cast<size_t>(std::countr_zero(mask));
    Sequence sequence;
    if (ReadSequence(text, i, sequence)) {
      neighbours |= !sequences.empty() && sequences.back().end == i;
      strong += sequence.strong;
      i = sequence.end;
      sequences.push_back(sequence);
      continue;
    }
    auto next = static_cast<int32_t>(i);
    const UChar32 c = NextCodePoint(text.data(), next, static_cast<int32_t>(text.size()));
    alone |= ByteOf(c) >= 0;
    i = static_cast<size_t>(next);
  }
  const bool weak_too = !alone && (strong > 0 || (sequences.size() >= kEnoughWeak && neighbours));
  uint64_t places = 0;
  size_t copied = 0;
  for (const Sequence& sequence : sequences) {
    if (!sequence.strong && !weak_too) continue;
    out += text.substr(copied, sequence.begin - copied);
    out.append(sequence.bytes.data(), sequence.size);
    copied = sequence.end;
    ++places;
  }
  if (places > 0) out += text.substr(copied);
  return places;
}

}  // namespace unecho::clean
