#include "unicode_table.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>

#include <memory>

namespace unecho {
namespace {

CharClass ClassOf(UChar32 c) {
  constexpr uint32_t kTokenCategories = U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK;
  if ((U_GET_GC_MASK(c) & kTokenCategories) == 0) return CharClass::kSeparator;
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(c, &error)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return CharClass::kSolo;
    default:
      return CharClass::kWord;
  }
}

uint32_t Describe(UChar32 c) {
  if (U_IS_SURROGATE(c)) return CharInfo::Pack(0xfffd, CharClass::kSeparator, false, 0);
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* fold = unorm2_getNFKCCasefoldInstance(&error);
  UChar source[2];
  int32_t source_size = 0;
  U16_APPEND_UNSAFE(source, source_size, c);
  UChar folded[64];
  const int32_t folded_size = unorm2_normalize(fold, source, source_size, folded, 64, &error);
  if (U_FAILURE(error)) return CharInfo::Pack(static_cast<uint32_t>(c), CharClass::kSeparator, true, 0);
  if (folded_size == 0) return CharInfo::Pack(0, CharClass::kRemoved, false, 0);

  UChar32 first;
  int32_t i = 0;
  U16_NEXT(folded, i, folded_size, first);
  // One code point that neither joins with the one before nor (checked at the next) is joined by it: the table decides.
  // The quick check of the folded form says whether it composes backward.
  const bool single = i == folded_size;
  const bool composes = unorm2_quickCheck(fold, folded, folded_size, &error) != UNORM_YES;
  // A mark that folds to another one could need both reordering and folding: rare, left to ICU.
  const uint8_t combining_class = u_getCombiningClass(first);
  const bool folded_mark = combining_class != 0 && first != c;
  const bool slow = !single || composes || folded_mark || U_FAILURE(error);
  return CharInfo::Pack(static_cast<uint32_t>(first), ClassOf(first), slow, combining_class);
}

}  // namespace

std::atomic<const uint32_t*> UnicodeTable::blocks_[UnicodeTable::kNumBlocks];

const uint32_t* UnicodeTable::MakeBlock(uint32_t number) {
  auto block = std::make_unique<uint32_t[]>(kBlockSize);
  for (uint32_t i = 0; i < kBlockSize; ++i) block[i] = Describe(static_cast<UChar32>(number * kBlockSize + i));
  const uint32_t* published = nullptr;
  if (blocks_[number].compare_exchange_strong(published, block.get(), std::memory_order_acq_rel)) {
    return block.release();   // lives as long as the process
  }
  return published;           // another thread was first
}

}  // namespace unecho
