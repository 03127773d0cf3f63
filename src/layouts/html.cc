// Layout `html`: a saved page, one record per source. Its title, and its text without mark-up.
//
// The source is UTF-8 by now (utf8_reader.h), whatever the page says of itself. What the parser refuses (html_text.h)
// is rejected as malformed.
#include <string>

#include "base/batch.h"
#include "layouts/engines.h"
#include "layouts/html_text.h"
#include "layouts/span_batch.h"
#include "layouts/whole_source.h"
#include "text/json.h"

namespace unecho {

void SegmentHtml(const LayoutOptions& options, const Profile& /*profile*/, Batch& batch) {
  Record record;
  if (!TakeWhole(options, batch, record)) return;
  std::string repaired, title, body, line;
  std::string_view html = record.raw;
  if (!IsValidUtf8(html)) {
    AppendRepairedUtf8(html, repaired);
    html = repaired;
  }
  if (!ReadHtml(html, title, body)) return AddRejected(batch, record, Reason::kMalformed);
  AppendTidy(title, Space::kOneLine, line);
  RecordText text;
  text.title = batch.arena.Copy(line);
  text.body = batch.arena.Copy(body);
  AddRecord(options, batch, record, text);
}

}  // namespace unecho
