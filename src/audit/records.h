// What one record says, recomputed from its span by the reference definition (reference.h) and the JSON DOM.
//
// Threads: a RecordReader is used by one thread at a time.
// Failure: none. A record that cannot be read has a reason.
#ifndef UNECHO_SRC_AUDIT_RECORDS_H_
#define UNECHO_SRC_AUDIT_RECORDS_H_

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "audit/cleaned.h"
#include "audit/field_values.h"
#include "audit/repeated_lines.h"
#include "audit/spans.h"
#include "layouts/cutter.h"
#include "oracle/plain_works.h"
#include "unecho/options.h"

namespace unecho {

struct RecordFacts {
  Reason reason = Reason::kNone;     // why it must be rejected
  std::string id;                    // IdOf its tokens; empty without tokens
  std::string token_key, whole_key;  // as an index has them, where that is asked for
  uint64_t num_tokens = 0;
  uint64_t text_hash = 0;              // of the match text
  std::vector<uint64_t> shingles;      // on demand
  std::vector<uint64_t> set_shingles;  // the same as evaluation sets have them, if `shingles` are of words
  std::vector<std::string> tokens;     // with evaluation sets
  std::string id_json;                 // jsonl: the id field, if it is a scalar, as written
  FieldValues values;                  // for --key, --differ, --within
  PlainFields named;                   // --compare works: all that the record names, until ReadTokens() ...
  bool begins_with_title = true;       // whether the first text is its title ...
  std::string_view bytes;              // of the span ...
  PlainWork work;                      // and what they make of it
  bool says_nothing = true;            // that work
  std::string work_text;             // a hash of what it says, or of `bytes` where that is too little; equal of equals
  std::string order_json;            // the FIELD of --keep, if it is a scalar, as JSON
  uint64_t invalid_utf8 = 0;         // malformed sequences in the span
  uint64_t left_out_bytes = 0;       // of text that is not compared
  AuditCleaned cleaned;              // what the cleaning rules made of it
  std::vector<std::string> texts;    // the pieces of the match text; after ReadTokens() only if they were rewritten
  std::vector<uint8_t> text_fields;  // --match: of which match field each is
  size_t num_titles = 0;             // 0 or 1: of them
  std::string removed_lines;         // what the provenance says of repeated ones
  struct Field {
    std::string text;         // with malformed UTF-8 replaced
    size_t at = 0, size = 0;  // where it stands in the line, whose malformed UTF-8 is replaced; size 0: nowhere
    bool is_title = false;    // by its name
  };
  std::vector<Field> fields;  // jsonl: the pieces, before the rules; after ReadTokens() only if they were rewritten
};

// The records removed for a kept one, in input order: refs, and ids as JSON if there is an --id-field.
struct AuditCopies {
  std::vector<std::string> refs, ids;
};

class RecordReader {
 public:
  // `segment`: the run only segmented. Then, and under --annotate, the corpus holds objects for plain lines too.
  // `by_words`: shingles are those of the words of an index (oracle/word_hashes.h), values those of its marks.
  RecordReader(const AnswerOptions& options, const Layout& layout, bool segment, bool by_words = false)
      : options_(options),
        layout_(layout),
        traits_(TraitsOf(layout)),
        objects_(!traits_.pieces_are_fields && (segment || options.annotate || options.mark)),
        keeps_empty_(traits_.pieces_are_fields || !options.match.empty()),
        cleaner_(options.clean),
        sameness_(SamenessOf(options)),
        by_words_(by_words) {}

  // Two halves: up to the texts as the rules have left them, and from there on. Between them, in input order,
  // TakeRepeatedLines().
  RecordFacts ReadText(const AuditSpan& span);
  void ReadTokens(RecordFacts& facts, bool want_shingles);
  std::vector<AuditRepeatedLines::Piece> CutIntoLines(const RecordFacts& facts,
                                                      const AuditRepeatedLines& repeats) const {
    return facts.reason == Reason::kNone ? repeats.Cut(facts.texts, facts.num_titles)
                                         : std::vector<AuditRepeatedLines::Piece>();
  }
  // Gives the claims of the records in which what is removed came first.
  static std::vector<size_t> TakeRepeatedLines(std::vector<AuditRepeatedLines::Piece>& pieces, size_t claim,
                                               const std::string& ref, bool are_fields, AuditRepeatedLines& repeats,
                                               RecordFacts& facts, RewriteCounts& counts);

  // The corpus line of a record, without its line end. `copies`: under --annotate; else null. `mark`: under
  // --mark, and of --removed, the members that the claim adds; else empty.
  std::string CorpusLine(const AuditSpan& span, const RecordFacts& facts, std::string_view ref,
                         const AuditCopies* copies, std::string_view mark);

  const RewriteCounts& rewrites() const { return cleaner_.counts(); }  // in all records read so far

 private:
  void ReadFields(RecordFacts& facts, bool want_shingles);
  // Of ReferenceTokens, or ReferenceFields.
  template <typename Tokens>
  void TakeWords(const Tokens& record, bool want_shingles, RecordFacts& facts) const;
  void ReadWork(RecordFacts& facts);
  Reason ReadObject(std::string_view bytes, RecordFacts& facts, std::vector<std::string>& texts);
  std::string RewrittenLine(std::string_view line, const RecordFacts& facts);
  std::string AnnotatedObject(std::string_view line, std::string_view annotation);

  const AnswerOptions& options_;
  const Layout& layout_;
  const LayoutTraits& traits_;
  bool objects_;
  bool keeps_empty_;  // a piece stays a piece, even if nothing is left of it
  AuditCleaner cleaner_;
  Sameness sameness_;
  bool by_words_;
  simdjson::dom::parser parser_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_RECORDS_H_
