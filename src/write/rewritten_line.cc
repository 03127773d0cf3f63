#include "write/rewritten_line.h"

#include <simdjson.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "layouts/json_texts.h"
#include "text/json.h"
#include "text/json_memory.h"
#include "text/json_scan.h"
#include "text/python_literal.h"

namespace unecho::clean {
namespace {

// A value as it is written, and what it has inside, found when it is asked for.
struct Written {
  std::string_view raw;

  class Inside {
   public:
    explicit Inside(std::string_view container) : members_(MembersAsWritten(container)) {}
    // Empty for what the walk and the text do not agree on.
    Written operator[](size_t i) const { return {i < members_.size() ? members_[i].value : std::string_view()}; }

   private:
    std::vector<WrittenMember> members_;
  };
  Inside Open() const { return Inside(raw); }
};

// One piece of a record, before it was rewritten.
struct Text {
  std::string before;
  std::string_view raw;
  bool is_string;
};

// The texts of the object on a line, as the layout has found them.
std::vector<Text> TextsOf(const LayoutOptions& options, const JsonlProfile& profile, std::string_view line) {
  std::vector<Text> texts;
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (!IsParsed(parser, parser.parse(line.data(), line.size(), true).get(object))) {
    std::string json;
    if (!AppendPythonLiteralAsJson(line, json) || !IsParsed(parser, parser.parse(json).get(object))) return texts;
  }
  JsonTexts chosen(options, profile);
  if (chosen.Choose(object) != Reason::kNone) return texts;
  chosen.ForEach(Written{line}, [&](const simdjson::dom::element& value, Written written) {
    std::string_view string;
    const bool is_string = value.get(string) == simdjson::SUCCESS;
    texts.push_back({is_string ? std::string(string) : simdjson::minify(value), written.raw, is_string});
  });
  return texts;
}

void AppendJsonLine(const LayoutOptions& options, const Batch& batch, const Record& record, std::string_view line,
                    std::string& out) {
  const std::vector<Text> texts = TextsOf(options, batch.layout->profile().jsonl, line);
  const auto pieces = batch.PiecesOf(record);
  if (texts.size() != pieces.size()) {  // the layout has read this line the same way
    out += line;
    return;
  }
  struct Change {
    std::string_view raw, after;
  };
  std::vector<Change> changes;
  std::string after;
  for (size_t i = 0; i < pieces.size(); ++i) {
    after.clear();
    AppendRepairedUtf8(pieces[i], after);
    // A number of which nothing is left, as line of the text, is still one: "" is none.
    if (after.empty() && !texts[i].is_string) continue;
    if (after != texts[i].before && !texts[i].raw.empty()) changes.push_back({texts[i].raw, pieces[i]});
  }
  std::ranges::sort(changes, {}, [](const Change& change) { return change.raw.data(); });
  const char* copied = line.data();
  for (const Change& change : changes) {
    if (change.raw.data() < copied) continue;  // one field named twice among the match fields
    out.append(copied, change.raw.data());
    AppendJsonString(change.after, out);
    copied = change.raw.data() + change.raw.size();
  }
  out.append(copied, line.data() + line.size());
}

}  // namespace

void AppendRewrittenLine(const LayoutOptions& options, const Batch& batch, const Record& record, std::string& out) {
  if (!batch.traits->pieces_are_fields) {
    const auto pieces = batch.PiecesOf(record);
    std::string text;
    if (!pieces.empty()) AppendRepairedUtf8(pieces.back(), text);
    std::ranges::replace_if(
        text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
    out += text;
    return;
  }
  std::string_view line = record.raw;
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  std::string repaired;
  if (record.invalid_utf8 > 0) {
    AppendRepairedUtf8(line, repaired);
    line = repaired;
  }
  AppendJsonLine(options, batch, record, line, out);
}

}  // namespace unecho::clean
