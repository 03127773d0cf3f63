// The stage that applies the cleaning rules of unecho/clean.h.
//
// In:      the pieces of a record's match text: the title, if there is one, and the body.
// Out:     the pieces as they are matched and written from here on; a reason, if the record is rejected.
// Words:   see clean/shape.h: text is split into lines and words once for all quality rules, again only if c4 drops
//          lines.
// Cost:    quality about 3 ns a byte for English (scripts/bench/micro/clean.cc); it lists language and pii separately.
// Threads: const; scratch is per thread. Deterministic: an answer depends on the bytes alone.
// Failure: none.
#ifndef UNECHO_SRC_CLEAN_CLEANER_H_
#define UNECHO_SRC_CLEAN_CLEANER_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "unecho/clean.h"

namespace unecho {

// What one rule saw in a record.
struct RuleOutcome {
  std::string rule;  // a name of Reason or Rewrite
  double value = 0;  // what was measured; rewrites: places
  double limit = 0;
  bool rejects = false;
  std::string note;  // language: the one that was found
};

class Cleaner {
 public:
  explicit Cleaner(const CleanOptions& options);

  bool idle() const { return idle_; }
  // The last rule, asked by who counts the tokens.
  bool RejectsLength(uint64_t num_tokens) const {
    return num_tokens < options_.min_length && !options_.off[static_cast<size_t>(Reason::kMinLength)];
  }

  struct Text {
    std::span<std::string_view> pieces;  // rewritten ones are replaced by views into `arena`
    size_t num_title_pieces = 0;         // 0 or 1
    // Each piece is a field of its own, which stays when nothing is left of it; else empty pieces go, and `pieces`
    // shrinks.
    bool keep_empty = false;
  };
  struct Verdict {
    Reason reason = Reason::kNone;
    bool rewritten = false;
    std::string_view language;  // static text; empty unless --languages
  };
  // 64 bytes behind each piece must be readable (Batch and TextArena see to that). Malformed UTF-8 becomes U+FFFD where
  // a rule rewrites.
  Verdict Clean(Text& text, TextArena& arena, RewriteCounts& counts) const;

  // Segmented records that no layout rejected: sets reason, language, rewritten, pieces and the counts. A record that
  // is rejected moves its bytes in the ledger.
  void operator()(Batch& batch) const;

  // Every rule of the sets in use with what it measures, in order, also behind the first that rejects. Not fast.
  std::vector<RuleOutcome> Explain(Text& text, TextArena& arena) const;

 private:
  // One walk through the rules; `sink` hears of each and may end it.
  template <typename Sink>
  void Walk(Text& text, TextArena& arena, RewriteCounts& counts, Verdict& verdict, Sink& sink) const;
  template <typename Sink>
  bool Repair(Text& text, TextArena& arena, RewriteCounts& counts, Sink& sink) const;
  template <typename Sink>
  bool AskLanguage(const Text& text, Verdict& verdict, Sink& sink) const;
  template <typename Sink>
  bool AskQuality(Text& text, TextArena& arena, RewriteCounts& counts, Verdict& verdict, Sink& sink) const;
  template <typename Sink>
  bool AskPii(Text& text, TextArena& arena, RewriteCounts& counts, Verdict& verdict, Sink& sink) const;

  CleanOptions options_;
  bool idle_;
  bool repairs_;
  std::vector<uint64_t> stop_words_;  // hashes, as shape.h gives them
};

}  // namespace unecho

#endif  // UNECHO_SRC_CLEAN_CLEANER_H_
