// The parallel half that xml, csv, json, warc, bibtex and mail share: the spans of SpanCutter -> records, pieces,
// ledger.
//
// What lies between spans is furniture, but for white space and the byte order mark: they are separators, byte by byte,
// so that it makes no difference where a batch ends.
#ifndef UNECHO_SRC_LAYOUTS_SPAN_BATCH_H_
#define UNECHO_SRC_LAYOUTS_SPAN_BATCH_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "layouts/line_batch.h"
#include "layouts/profile.h"
#include "layouts/record_parts.h"
#include "layouts/span_cutter.h"
#include "text/scan.h"

namespace unecho {

// What a record says. Views of the batch; empty if it is not there.
struct RecordText {
  std::string_view title, body, snapshot;
  std::string_view id, order_value;  // as JSON text; order_value of a field that is not title, text or snapshot
  bool is_text = true;               // malformed UTF-8 in the span is counted
  bool is_named = false;             // --match-fields has been looked after
  // With LayoutOptions::fields_apart: of which match field the title is, and what of the body is of which.
  struct Part {
    size_t field, begin, end;
  };
  size_t title_field = 0;
  std::vector<Part> parts;

  // One more part, on lines of its own, of a body that is put together in `joined`.
  void AddPart(size_t field, std::string_view text, std::string& joined) {
    if (!joined.empty()) joined += '\n';
    joined += text;
    parts.push_back({field, joined.size() - text.size(), joined.size()});
  }
};

// The record is one: two pieces, title and body. Rejected if neither is there, or a body is required and missing.
void AddRecord(const LayoutOptions& options, Batch& batch, Record& record, const RecordText& text);
void AddRejected(Batch& batch, Record& record, Reason reason, bool is_text = true);
// Its pieces: the title, the body; where fields are compared apart, the title and each part of the body.
void AddPieces(const LayoutOptions& options, Batch& batch, Record& record, const RecordText& text);

// A field as JSON: an integer where as a number it says the same text, else a string; empty for an empty one.
std::string_view ScalarAsJson(Batch& batch, std::string_view text);

// How white space in a field is written. Blanks around it go in any case, and so does indentation.
enum class Space : uint8_t {
  kOneLine,  // line ends become blanks: titles
  kJoined,   // the same, but a blank line stays
  kLines     // line ends and blank lines stay
};
void AppendTidy(std::string_view text, Space space, std::string& out);

// Text of a field -> as the profile asks: unescaped, tidied. The view is `text` itself if there is nothing to do.
class FieldReader {
 public:
  explicit FieldReader(Batch& batch) : batch_(batch) {}
  std::string_view Read(std::string_view text, const Unescape& unescape, Space space);

 private:
  Batch& batch_;
  std::string html_, unescaped_, tidy_;
};

// The next field of `record`, which is the last that has any so far.
void AddField(Batch& batch, Record& record, const NamedField& field);
// What the options name, of the fields that a record has: its text by --match-fields, the first as title if it is
// called so (false: it has none of them); its id and order value. Which fields are meant: layouts/named_field.h; of
// --match-fields all of one name. "title" and "text" are those that the layout has found, where no field is called so.
bool TakeNamedFields(const LayoutOptions& options, Batch& batch, Record& record, RecordText& text);
void TakeNamedValues(const LayoutOptions& options, Batch& batch, Record& record);

// Counts what lies between spans.
void CountBetween(Batch& batch, size_t begin, size_t end, std::string_view more_separators);

// Calls accept(record) for every complete record, context(text) for every span of that kind, in order.
template <typename Accept, typename Context>
void ForEachSpan(const LayoutOptions& options, Batch& batch, std::string_view more_separators, Accept&& accept,
                 Context&& context) {
  const std::string_view content = batch.content();
  LineCounter lines(content);
  batch.ledger.bytes_read = content.size();
  size_t counted = BomBytes(batch.offset_bytes, content);
  batch.ledger[ByteClass::kSeparator] += counted;
  for (const Cut& cut : batch.cuts) {
    CountBetween(batch, counted, cut.begin, more_separators);
    counted = cut.end;
    const auto kind = static_cast<SpanCut>(cut.kind);
    const std::string_view span = content.substr(cut.begin, cut.end - cut.begin);
    if (kind == SpanCut::kContext) {
      batch.ledger[ByteClass::kFurniture] += span.size();
      context(span);
      continue;
    }
    const uint32_t line = lines.LinesBefore(cut.begin);
    const bool continues = batch.open_fragment && cut.begin == 0;
    if (kind == SpanCut::kFragment || kind == SpanCut::kFragmentEnd || span.size() > options.max_record_bytes) {
      RejectTooLong(batch, cut.begin, cut.end, line, continues, kind == SpanCut::kFragment);
      continue;
    }
    Record record = MakeRecord(batch, cut.begin, cut.end, line);
    if (kind == SpanCut::kMalformed || kind == SpanCut::kOrphan)
      AddRejected(batch, record, kind == SpanCut::kOrphan ? Reason::kOrphanBody : Reason::kMalformed);
    else
      accept(record);
  }
  CountBetween(batch, counted, content.size(), more_separators);
  batch.num_lines = lines.Total();
}

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_SPAN_BATCH_H_
