#include "audit/cleaned.h"

namespace unecho {

AuditCleaned AuditCleaner::Clean(std::vector<std::string>& texts, size_t num_titles, bool are_fields) {
  if (cleaner_.idle()) return {};
  arena_.Clear();
  std::vector<std::string_view> pieces;
  for (const std::string& text : texts) pieces.push_back(arena_.Copy(text));
  Cleaner::Text text{pieces, num_titles, are_fields};
  const Cleaner::Verdict verdict = cleaner_.Clean(text, arena_, counts_);
  // Also if no rule has rewritten any: under --repair malformed UTF-8 is U+FFFD from there on.
  texts.assign(text.pieces.begin(), text.pieces.end());
  return {verdict.reason, verdict.rewritten, std::string(verdict.language)};
}

}  // namespace unecho
