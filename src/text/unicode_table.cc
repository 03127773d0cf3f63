#include "text/unicode_table.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <memory>

namespace unecho {

bool IsOfScriptWithoutSpaces(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &error)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR: return true;
    default: return false;
  }
}

namespace {

CharKind ClassOf(UChar32 c) {
  if (c == 0xfffd) return CharKind::kSolo;  // a letter that could not be decoded
  constexpr uint32_t kTokenCategories = U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK;
  if ((U_GET_GC_MASK(c) & kTokenCategories) == 0) return CharKind::kSeparator;
  return IsOfScriptWithoutSpaces(static_cast<char32_t>(c)) ? CharKind::kSolo : CharKind::kWord;
}

// UTF-8 of several code points in four bytes, if they fit.
struct ShortUtf8 {
  uint32_t bytes = 0;
  size_t size = 0;
  bool fits = true;

  void Append(UChar32 c) {
    uint8_t units[U8_MAX_LENGTH];
    size_t num_units = 0;
    U8_APPEND_UNSAFE(units, num_units, c);
    fits = fits && size + num_units <= 4;
    for (size_t k = 0; fits && k < num_units; ++k) bytes |= static_cast<uint32_t>(units[k]) << (8 * size++);
  }
};

CharInfo Describe(UChar32 c) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* fold = unorm2_getNFKCCasefoldInstance(&error);
  UChar source[2];
  int32_t source_size = 0;
  U16_APPEND_UNSAFE(source, source_size, c);
  UChar folded[64];
  const int32_t folded_size = unorm2_normalize(fold, source, source_size, folded, 64, &error);
  if (U_FAILURE(error)) return CharInfo(CharKind::kJoins, 0, 0);  // left to ICU in its context
  if (folded_size == 0) return CharInfo(CharKind::kRemoved, 0, 0);
  // The class that all the folded code points have, if they have the same, and whether the last can move.
  ShortUtf8 utf8;
  UChar32 d = 0;
  CharKind common = CharKind::kUnknown;
  bool same_class = true;
  size_t count = 0;
  for (int32_t i = 0; i < folded_size; ++count) {
    U16_NEXT(folded, i, folded_size, d);
    utf8.Append(d);
    same_class = same_class && (count == 0 || ClassOf(d) == common);
    common = ClassOf(d);
  }
  const uint8_t last_class = u_getCombiningClass(d);
  if (unorm2_hasBoundaryBefore(fold, c)) {
    const bool simple = same_class && last_class == 0;
    if (simple && common == CharKind::kSeparator) return CharInfo(common, 0, 0);
    if (simple && utf8.fits && (count == 1 || common == CharKind::kWord))
      return CharInfo(common, utf8.bytes, utf8.size);
    return CharInfo(CharKind::kExpands, 0, 0);
  }
  // A mark that stays itself wherever it stands in order. (That quick check says no to what composes backward.)
  const bool stays =
      count == 1 && d == c && last_class != 0 && unorm2_quickCheck(fold, folded, folded_size, &error) == UNORM_YES;
  if (!stays || U_FAILURE(error) || common == CharKind::kSeparator) return CharInfo(CharKind::kJoins, 0, 0);
  const CharKind kind = common == CharKind::kWord ? CharKind::kWordMark : CharKind::kSoloMark;
  return CharInfo(kind, utf8.bytes, utf8.size, last_class);
}

}  // namespace

UnicodeTable::Entry UnicodeTable::ascii_[0x80];
UnicodeTable::Entry UnicodeTable::two_bytes_[0x800];
UnicodeTable::Entry UnicodeTable::three_bytes_[0x10000];
std::atomic<UnicodeTable::Entry*> UnicodeTable::blocks_[UnicodeTable::kNumBlocks];
Letters UnicodeTable::letters_;

CharInfo UnicodeTable::OfNormal(uint32_t code_point) {
  const auto c = static_cast<UChar32>(code_point);
  ShortUtf8 utf8;
  utf8.Append(c);
  return CharInfo(ClassOf(c), utf8.bytes, utf8.size);
}

CharInfo UnicodeTable::Find(uint32_t code_point) {
  if (U_IS_SURROGATE(code_point)) return CharInfo(CharKind::kMalformed, 0, 0);
  Entry& entry = code_point < 0x80      ? ascii_[code_point]
                 : code_point < 0x800   ? two_bytes_[code_point]
                 : code_point < 0x10000 ? three_bytes_[code_point]
                                        : EntryBeyond(code_point);
  CharInfo info(entry.load(std::memory_order_relaxed));
  if (info.kind() == CharKind::kUnknown) {
    info = Describe(static_cast<UChar32>(code_point));
    entry.store(info.bits_, std::memory_order_relaxed);
    if (code_point >= 0x80 && code_point < 0x800 && info.IsWord() && info.size() == 2) {
      const uint32_t mark = info.IsBoundary() ? 0 : Letters::kMark;
      std::atomic_ref(letters_.classes[code_point]).store(info.combining_class(), std::memory_order_relaxed);
      std::atomic_ref(letters_.of[code_point])
          .store(static_cast<uint16_t>(info.bytes() | mark), std::memory_order_release);
    }
  }
  return info;
}

UnicodeTable::Entry& UnicodeTable::EntryBeyond(uint32_t code_point) {
  std::atomic<Entry*>& slot = blocks_[code_point / kBlockSize];
  Entry* block = slot.load(std::memory_order_acquire);
  if (block == nullptr) {
    auto made = std::make_unique<Entry[]>(kBlockSize);
    // Lives as long as the process, unless another thread was first.
    if (slot.compare_exchange_strong(block, made.get(), std::memory_order_acq_rel)) block = made.release();
  }
  return block[code_point % kBlockSize];
}

}  // namespace unecho
