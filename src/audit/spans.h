// Reads a source plainly, and holds the spans that a run claims for its records against what is there.
//
// A source is a row of parts: text, furniture (page: site furniture and dates) and, between them, separators. Every
// part of text belongs to exactly one span, a span begins and ends with text, and furniture belongs to no record even
// inside a span. page, jsonl, lines and text: written from the description of the layouts, not from their code; only
// the guess of `--layout auto` is shared. The other layouts: see resegment.h.
//
// Which short paragraph of a page is a title and which a body is a judgement, and the run's word is taken for it as far
// as the rules leave a choice: a title has at most 250 code points, and a body is an orphan only if no title came
// before it on its page.
//
// In:      all bytes of one source; the claims of its provenance, in order.
// Out:     for each claim what its span says; what lies outside; violations.
// Cost:    40 bytes a part.
// Threads: functions without state.
#ifndef UNECHO_SRC_AUDIT_SPANS_H_
#define UNECHO_SRC_AUDIT_SPANS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/claims.h"
#include "base/batch.h"
#include "unecho/layouts.h"

namespace unecho {

class SiblingLayouts;

// Of layouts that are segmented again (resegment.h): what the layout says of a span besides.
struct Resegmented {
  Reason reason = Reason::kNone;
  std::string_view id_json, order_json;
  uint64_t invalid_utf8 = 0, left_out_bytes = 0;
  std::span<const NamedField> fields;
  std::vector<uint8_t> piece_fields;  // --match: of which match field each piece is
  bool begins_with_title = true;
};

struct AuditSpan {
  bool sound = false;  // false: the claim is not understood or its span is wrong; nothing else holds
  std::string_view bytes;
  uint64_t line = 0;                     // 1-based line of its first byte
  std::string_view snapshot;             // page: the date in force
  std::vector<std::string_view> pieces;  // page: title, then body. lines, text: empty title, then the text. jsonl: none
  bool no_title = false;                 // page: a body paragraph that follows no title
  uint64_t furniture_bytes = 0;          // inside the span
  std::optional<Resegmented> segmented;
};

struct AuditSource {
  std::vector<AuditSpan> spans;  // one for each claim
  uint64_t furniture_bytes = 0;  // outside all spans
  uint64_t separator_bytes = 0;
  std::vector<std::shared_ptr<const Batch>> batches;  // of resegment.h: the spans borrow from them
};

AuditSource ReadSpans(const Layout& layout, std::string_view bytes, const LayoutOptions& options,
                      std::span<const Claim> claims, std::span<const InputFile> sources, uint32_t source,
                      Violations& violations);

// Line ends (LF, CRLF, CR) that begin in the first `size` bytes.
uint64_t CountLineEnds(std::string_view bytes, size_t size);

// The layout of a source under `--layout auto`.
LayoutPtr GuessLayout(std::string_view bytes, const LayoutOptions& options, const InputFile& file,
                      SiblingLayouts& siblings);

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_SPANS_H_
