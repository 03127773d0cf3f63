// The words in which unecho speaks of records: what became of one, why it was rejected, what was rewritten, how it is
// named; and the ledger that balances (promise P1).
//
// Cost:    additions. Threads: plain values. Failure: none.
#ifndef UNECHO_RECORD_H_
#define UNECHO_RECORD_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "unecho/api.h"

namespace unecho {

// What became of a record. A removal (exact, near) names a kept record as its witness (promise P2); a contaminated one
// names a record of an evaluation set (against.h). A reference text (AnswerOptions::reference) is neither written nor
// removed, and may be a witness as a kept record is.
enum class Fate : uint8_t { kKept, kExact, kNear, kContaminated, kReference, kRejected, kCount };

// Why a record was rejected. kNone for every other fate.
enum class Reason : uint8_t {
  kNone,
  kEmpty,             // the match text is blank
  kTooLong,           // longer than --max-record-bytes
  kInvalidJson,       // jsonl: the line is not one JSON object
  kNoMatchField,      // jsonl: none of the match fields is there
  kFieldNotString,    // json: --match-fields names what is true or false
  kOrphanBody,        // text with no title before it
  kTitleWithoutBody,  // page: only under --require-body; listings: an item without its text
  kNoTitle,           // no title where the profile wants one
  kMalformed,         // not what the layout says a record is
  kNotContent,        // warc: a record that carries no text (warcinfo, request, metadata)
  // Cleaning rules (clean.h), in the order in which they are asked. Each is called <set>_<rule>.
  kLanguage,
  kGopherDupParaFrac,
  kGopherDupParaCharFrac,
  kGopherDupLineFrac,
  kGopherDupLineCharFrac,
  kGopherTop2Gram,
  kGopherTop3Gram,
  kGopherTop4Gram,
  kGopherDuplicated5Grams,
  kGopherDuplicated6Grams,
  kGopherDuplicated7Grams,
  kGopherDuplicated8Grams,
  kGopherDuplicated9Grams,
  kGopherDuplicated10Grams,
  kGopherShortDoc,
  kGopherLongDoc,
  kGopherBelowAvg,
  kGopherAboveAvg,
  kGopherHashes,
  kGopherEllipsis,
  kGopherBullets,
  kGopherEndEllipsis,
  kGopherBelowAlpha,
  kGopherStopWords,
  kC4LoremIpsum,
  kC4CurlyBracket,
  kC4Sentences,
  kC4Paragraphs,
  kFinewebEmpty,
  kFinewebLinePunct,
  kFinewebShortLine,
  kFinewebCharDup,
  kFinewebList,
  kPiiEmail,
  kPiiIp,
  kPiiCard,
  kPiiPhone,
  kOnlyRepeatedLines,  // --dedup-lines and its kin: nothing is left but what came before
  kMinLength,
  kCount
};
inline constexpr Reason kFirstCleaning = Reason::kLanguage;
constexpr bool IsCleaning(Reason reason) { return reason >= kFirstCleaning && reason < Reason::kCount; }

// What a cleaning rule did to a text without rejecting the record, in the order of the rules.
enum class Rewrite : uint8_t {
  kHtmlEntities,
  kMojibake,
  kControlCharacters,
  kSoftHyphens,
  kHardWrapped,
  kNfc,      // --repair
  kC4Lines,  // lines that C4 drops, citations
  kPiiEmail,
  kPiiIp,
  kPiiCard,
  kPiiPhone,  // found; rewritten under --pii mask
  kRepeatedParagraphs,
  kRepeatedLines,
  kRepeatedSentences,  // repeated_lines.h
  kCount
};

// The classes of P1: every byte of a source belongs to exactly one.
// kLeftOut: text inside a record that is not compared, as it reads without quotes and escapes: values of other fields,
// and what else the layout does not count as text.
enum class ByteClass : uint8_t { kRecord, kLeftOut, kFurniture, kSeparator, kRejected, kCount };

UNECHO_API std::string_view Name(Fate fate);      // "kept", "exact", "near", "contaminated", "reference", "rejected"
UNECHO_API std::string_view Name(Reason reason);  // "empty", "too_long", ...; "" for kNone
UNECHO_API std::string_view Name(ByteClass byte_class);  // "record", "left_out", "furniture", ...
UNECHO_API std::string_view Name(Rewrite rewrite);       // "html_entities", ..., "c4_lines", "pii_email", ...

inline constexpr size_t kNumFates = static_cast<size_t>(Fate::kCount);
inline constexpr size_t kNumReasons = static_cast<size_t>(Reason::kCount);
inline constexpr size_t kNumByteClasses = static_cast<size_t>(ByteClass::kCount);
inline constexpr size_t kNumRewrites = static_cast<size_t>(Rewrite::kCount);

// How much the rules rewrote: records, and places in them. Counted where the rule did its work, whatever became of the
// record afterwards.
struct RewriteCounts {
  std::array<uint64_t, kNumRewrites> records{}, spans{};
  void Count(Rewrite rewrite, uint64_t num_spans) {
    if (num_spans == 0) return;
    ++records[static_cast<size_t>(rewrite)];
    spans[static_cast<size_t>(rewrite)] += num_spans;
  }
  UNECHO_API void Add(const RewriteCounts& other);
};

// Books of one source, or of a whole run.
struct Ledger {
  uint64_t bytes_read = 0;                        // decompressed
  std::array<uint64_t, kNumByteClasses> bytes{};  // by ByteClass
  uint64_t records_read = 0;
  std::array<uint64_t, kNumFates> fates{};      // by Fate
  std::array<uint64_t, kNumReasons> reasons{};  // rejected records, by Reason
  uint64_t invalid_utf8 = 0;                    // replaced sequences (one U+FFFD each)

  uint64_t& operator[](ByteClass c) { return bytes[static_cast<size_t>(c)]; }
  uint64_t operator[](ByteClass c) const { return bytes[static_cast<size_t>(c)]; }
  uint64_t& operator[](Fate f) { return fates[static_cast<size_t>(f)]; }
  uint64_t operator[](Fate f) const { return fates[static_cast<size_t>(f)]; }
  uint64_t& operator[](Reason r) { return reasons[static_cast<size_t>(r)]; }
  uint64_t operator[](Reason r) const { return reasons[static_cast<size_t>(r)]; }

  UNECHO_API void Add(const Ledger& other);
  // True when every byte has one class and every record one fate.
  UNECHO_API bool Balances() const;
};

// 0-based position of a source on the command line. Evaluation sets (--against) count on behind the inputs.
enum class SourceId : uint32_t {};

// Names a record for good: its source, and its 1-based ordinal there. Written "<source name>#<ordinal>".
struct RecordRef {
  SourceId source{};
  uint64_t ordinal = 0;
  friend bool operator==(const RecordRef&, const RecordRef&) = default;
};

}  // namespace unecho

#endif  // UNECHO_RECORD_H_
