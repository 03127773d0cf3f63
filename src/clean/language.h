// The language of a text, by CLD2 (compact_lang_det: quadgrams of letters, single letters in some scripts).
//
// "und", uncertain: fewer than `min_bytes` bytes of letters, or CLD2 calls its answer not reliable, or has none.
// Cost: about 28 MB/s (scripts/bench/micro/clean.cc): by far the slowest rule; texts above 160 KB are sampled by CLD2.
// Threads: functions without state. Failure: none; malformed UTF-8 gives "und".
#ifndef UNECHO_SRC_CLEAN_LANGUAGE_H_
#define UNECHO_SRC_CLEAN_LANGUAGE_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace unecho::clean {

inline constexpr std::string_view kUncertain = "und";

// "en", "de", "zh", "zh-Hant", ...: the codes of CLD2, mostly ISO 639-1. Static text.
std::string_view DetectLanguage(std::string_view text, uint64_t min_bytes);

// "V2.0 - 20141016": answers depend on it.
std::string_view DetectorVersion();

bool IsKnownLanguage(std::string_view code);
// All codes that CLD2 may give, by commas.
std::string KnownLanguages();
// The code of what may be the name of a language ("English", "en-US"); empty: nobody knows.
std::string LanguageMeant(std::string_view name);

}  // namespace unecho::clean

#endif  // UNECHO_SRC_CLEAN_LANGUAGE_H_
