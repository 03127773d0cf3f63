// One run of word bytes that holds code points above ASCII -> its normalised tokens. The way for everything that the ASCII
// kernel leaves; tokens.h gives the rules.
//
// Most code points are decided by the table alone: they fold to one code point, and neighbours do not interact. That is the
// quick check of UAX #15 (section 9): a code point with combining class 0 or not below the one before, that does not compose
// backward. Where it fails, the slice from the last starter to the next boundary goes through ICU.
#ifndef UNECHO_SRC_UNICODE_WORDS_H_
#define UNECHO_SRC_UNICODE_WORDS_H_

#include <unicode/unorm2.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "unicode_table.h"

namespace unecho {

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"   // inside ICU's macro
// The code point at bytes[i], i moved behind it; negative if malformed (i behind the maximal subpart).
inline UChar32 NextCodePoint(const char* bytes, int32_t& i, int32_t end) {
  UChar32 c;
  U8_NEXT(bytes, i, end, c);
  return c;
}
#pragma GCC diagnostic pop

// Collects the code points of normalised text into tokens and gives each to `emit(const char* token, size_t size)`,
// with 16 readable bytes behind it.
template <typename Emit>
class TokenCollector {
 public:
  explicit TokenCollector(Emit emit) : emit_(emit) {}

  void Add(uint32_t code_point, CharClass char_class) {
    if (char_class == CharClass::kWord) {
      Append(code_point);
    } else if (char_class == CharClass::kSolo) {
      Flush();
      Append(code_point);
      Flush();
    } else if (char_class == CharClass::kSeparator) {
      Flush();
    }
  }
  void Flush() {
    if (size_ == 0) return;
    Room(16);
    std::memset(buffer_.data() + size_, 0, 16);
    emit_(buffer_.data(), size_);
    size_ = 0;
  }

 private:
  void Room(size_t more) {
    if (buffer_.size() < size_ + more) buffer_.resize(2 * (size_ + more) + 64);
  }
  void Append(uint32_t code_point) {
    Room(4);
    auto* to = reinterpret_cast<uint8_t*>(buffer_.data());
    U8_APPEND_UNSAFE(to, size_, code_point);
  }

  Emit emit_;
  std::vector<char> buffer_ = std::vector<char>(64);
  size_t size_ = 0;
};

// `run` lies within `text`; the character before it, if any, is ASCII or malformed and may be joined by a mark that
// begins the run (U+0338 makes another sign of '<', '=' and '>').
template <typename Emit>
void CollectUnicodeRun(std::string_view text, std::string_view run, TokenCollector<Emit>& tokens) {
  const char* bytes = text.data();
  const auto end = static_cast<int32_t>(run.data() + run.size() - bytes);
  int32_t i = static_cast<int32_t>(run.data() - bytes);

  // The last accepted starter: where a slice for ICU begins. It is held back until the next one shows that nothing joins it.
  int32_t starter_at = i;
  uint32_t held = 0;
  CharClass held_class = CharClass::kRemoved;
  bool marks_behind = false;       // marks were accepted behind the held starter: they are in `pending`
  std::vector<std::pair<uint32_t, CharClass>> pending;
  uint8_t previous_class = 0;
  if (i > 0 && static_cast<uint8_t>(bytes[i - 1]) < 0x80) {
    starter_at = i - 1;            // an ASCII separator
    held_class = CharClass::kSeparator;
  }
  auto release = [&] {
    tokens.Add(held, held_class);
    if (marks_behind) {
      for (const auto& [c, mark_class] : pending) tokens.Add(c, mark_class);
      pending.clear();
      marks_behind = false;
    }
    held_class = CharClass::kRemoved;
  };

  while (i < end) {
    const int32_t at = i;
    const UChar32 c = NextCodePoint(bytes, i, end);
    if (c < 0) {                   // malformed: U+FFFD
      release();
      tokens.Flush();
      starter_at = i;
      previous_class = 0;
      continue;
    }
    const CharInfo info = UnicodeTable::Find(static_cast<uint32_t>(c));
    if (!info.slow() && info.char_class() != CharClass::kRemoved) {
      if (info.combining_class() == 0) [[likely]] {
        release();
        held = info.folded();
        held_class = info.char_class();
        starter_at = at;
        previous_class = 0;
        continue;
      }
      if (previous_class <= info.combining_class()) {
        pending.emplace_back(info.folded(), info.char_class());
        marks_behind = true;
        previous_class = info.combining_class();
        continue;
      }
    } else if (!info.slow()) {
      continue;                    // removed: its neighbours meet, which the next one's check decides
    }
    // The slice that ICU must see: from the last starter to the next code point with a boundary before it.
    pending.clear();
    marks_behind = false;
    held_class = CharClass::kRemoved;
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2* fold = unorm2_getNFKCCasefoldInstance(&error);
    std::u16string slice;
    for (int32_t j = starter_at; j < end;) {
      const int32_t here = j;
      const UChar32 d = NextCodePoint(bytes, j, end);
      if (d < 0 || (here > at && unorm2_hasBoundaryBefore(fold, d))) {
        i = here;
        break;
      }
      char16_t units[2];
      int32_t num_units = 0;
      U16_APPEND_UNSAFE(units, num_units, d);
      slice.append(units, static_cast<size_t>(num_units));
      i = j;
    }
    std::u16string normal(slice.size() * 18 + 32, u'\0');   // 18: the longest NFKC expansion (U+FDFA)
    const int32_t normal_size = unorm2_normalize(fold, slice.data(), static_cast<int32_t>(slice.size()), normal.data(),
                                                 static_cast<int32_t>(normal.size()), &error);
    for (int32_t j = 0; j < normal_size;) {
      UChar32 d;
      U16_NEXT(normal.data(), j, normal_size, d);
      tokens.Add(static_cast<uint32_t>(d), UnicodeTable::Find(static_cast<uint32_t>(d)).char_class());
    }
    starter_at = i;
    previous_class = 0;
  }
  release();
}

}  // namespace unecho

#endif  // UNECHO_SRC_UNICODE_WORDS_H_
