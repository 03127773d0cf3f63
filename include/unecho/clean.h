// Cleaning rules: they rewrite the text of a record or reject it, each under a name that is in the report
// (docs/unecho-rules.5.md). Without any of them chosen, Cleaner::idle() is true and nothing here runs.
//
// In:      the pieces of a record's match text: the title, if there is one, and the body.
// Out:     the pieces as they are matched and written from here on; a reason, if the record is rejected.
// Order:   repair (all pieces) -> language -> quality: gopher, c4, fineweb (the body) -> pii (all pieces) -> repeated
//          paragraphs, lines and sentences (repeated_lines.h, a stage of its own) -> minimum length.
//          Repair first, since every rule after it is made for text as it was meant; language before quality, since the
//          quality rules know English; personal data near the end, since a placeholder is no word of the author's; the
//          length at last, in the tokens that are matched, which are counted anyway. The first rule that fails is the
//          reason.
// Words:   see src/clean/shape.h: text is split into lines and words once for all quality rules, again only if c4 drops
//          lines.
// Cost:    quality about 3 ns a byte for English (scripts/bench/micro/clean.cc); it lists language and pii separately.
// Threads: const; scratch is per thread. Deterministic: an answer depends on the bytes alone.
// Failure: none; ReadRules says what is wrong in a rules file.
#ifndef UNECHO_CLEAN_H_
#define UNECHO_CLEAN_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "unecho/api.h"
#include "unecho/record.h"
#include "unecho/status.h"

namespace unecho {

inline constexpr size_t kNumRepairs = static_cast<size_t>(Rewrite::kNfc) + 1;  // the first of Rewrite
enum class PiiMode : uint8_t { kOff, kMask, kDrop, kReport };

// Limits as published: Gopher (Rae et al. 2021, table A1 and section A.1.1), C4 (Raffel et al. 2020), FineWeb (Penedo
// et al. 2024). Shares are of lines, characters (code points) or words as the name says.
struct GopherRules {
  double dup_para_frac = 0.3, dup_para_char_frac = 0.2, dup_line_frac = 0.3, dup_line_char_frac = 0.2;
  std::array<double, 3> top_n_gram = {0.2, 0.18, 0.16};                             // n = 2, 3, 4
  std::array<double, 6> duplicated_n_grams = {0.15, 0.14, 0.13, 0.12, 0.11, 0.10};  // n = 5..10
  uint64_t min_doc_words = 50, max_doc_words = 100'000;
  double min_avg_word_length = 3, max_avg_word_length = 10;
  double max_symbol_word_ratio = 0.1, max_bullet_lines_ratio = 0.9, max_ellipsis_lines_ratio = 0.3;
  double max_non_alpha_words_ratio = 0.8;  // at least this share has a letter
  uint64_t min_stop_words = 2;             // different ones
  std::vector<std::string> stop_words = {"the", "be", "to", "of", "and", "that", "have", "with"};
};

struct C4Rules {
  bool remove_citations = true, filter_no_terminal_punct = true, filter_javascript = true, filter_policy = true;
  uint64_t min_words_per_line = 3, max_word_length = 1000;
  uint64_t min_num_sentences = 5;
  uint64_t min_paragraphs = 0, min_paragraph_len = 200;  // mC4 wants 3; 0 is off
};

struct FinewebRules {
  double line_punct_thr = 0.12;
  bool line_punct_exclude_zero = false;
  double short_line_thr = 0.67;
  uint64_t short_line_length = 30;
  double char_duplicates_ratio = 0.01, new_line_ratio = 0.3;
};

struct LanguageRules {
  uint64_t min_bytes = 40;        // of letters; a shorter text is "und"
  bool reject_uncertain = false;  // "und" is kept unless this is set or it is one of --languages
};

// All of it changes the answer.
struct CleanOptions {
  std::array<bool, kNumRepairs> repair{};  // by Rewrite
  bool gopher_on = false, c4_on = false, fineweb_on = false;
  std::vector<std::string> languages;  // empty: not identified
  PiiMode pii = PiiMode::kOff;
  bool dedup_paragraphs = false, dedup_lines = false, dedup_sentences = false;  // repeated_lines.h
  uint64_t dedup_min_tokens = 5;                                                // shorter ones stay
  bool dedup_inside = false;                                                    // only repeats within one record go
  uint64_t dedup_at_least = 0;  // only what stands in so many records goes; 0: whatever comes again
  uint64_t min_length = 0;      // tokens of the match text

  GopherRules gopher;
  C4Rules c4;
  FinewebRules fineweb;
  LanguageRules language;
  std::array<bool, kNumReasons> off{};  // single rules, by Reason
  UNECHO_API bool any() const;
  bool dedups() const { return dedup_paragraphs || dedup_lines || dedup_sentences; }
};

UNECHO_API std::string_view Name(PiiMode mode);  // "off", "mask", "drop", "report"
// "all", "none" or names by commas.
UNECHO_API Status ParseRepair(std::string_view list, CleanOptions& options);
UNECHO_API Status ParseQuality(std::string_view list, CleanOptions& options);
UNECHO_API Status ParseLanguages(std::string_view list, CleanOptions& options);
UNECHO_API Status ParsePii(std::string_view mode, CleanOptions& options);
// A TOML file: the tables [gopher], [c4], [fineweb], [language] with the parameters above, and `off`, a list of rules
// that are not asked. A key that is not known is an error that names the line and the keys there are. It chooses no
// set.
UNECHO_API Status ReadRules(const std::string& path, CleanOptions& options);

}  // namespace unecho

#endif  // UNECHO_CLEAN_H_
