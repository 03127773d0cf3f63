// The cleaning rules on any bytes and in any combination: what is rewritten is well-formed where it was, a record is
// judged the same twice, the places of personal data are in order, and a JSON line keeps everything that is not match
// text.
#include <simdjson.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/batch.h"
#include "clean/cleaner.h"
#include "clean/pii.h"
#include "layouts/cutter.h"
#include "layouts/field_names.h"
#include "layouts/profile.h"
#include "text/json.h"
#include "unecho/layouts.h"
#include "write/rewritten_line.h"

namespace unecho {
namespace {

void Check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "clean: %s\n", what);
  std::abort();
}

CleanOptions OptionsOf(uint8_t sets, uint8_t repairs, uint8_t limits) {
  CleanOptions options;
  options.gopher_on = (sets & 1) != 0;
  options.c4_on = (sets & 2) != 0;
  options.fineweb_on = (sets & 4) != 0;
  options.pii = static_cast<PiiMode>(sets >> 3 & 3);
  if ((sets & 32) != 0) options.languages = {"en"};
  for (size_t i = 0; i < kNumRepairs; ++i) options.repair[i] = (repairs >> i & 1) != 0;
  // Mostly nothing is rejected early, so that everything is asked.
  if ((limits & 1) == 0) options.off.fill(true);
  if ((limits & 2) != 0) options.c4.filter_no_terminal_punct = false;
  if ((limits & 4) != 0) options.c4.min_paragraphs = 1;
  return options;
}

struct Outcome {
  Reason reason;
  std::vector<std::string> pieces;
  bool operator==(const Outcome&) const = default;
};

Outcome Run(const Cleaner& cleaner, const std::vector<std::string_view>& texts, bool explain) {
  TextArena arena;
  RewriteCounts counts;
  std::vector<std::string_view> pieces;
  for (const std::string_view text : texts) pieces.push_back(arena.Copy(text));
  Cleaner::Text text{pieces, texts.size() > 1 ? size_t{1} : size_t{0}, false};
  if (explain) {
    cleaner.Explain(text, arena);
    return {};
  }
  const Reason reason = cleaner.Clean(text, arena, counts).reason;
  return {reason, {text.pieces.begin(), text.pieces.end()}};
}

void CheckPii(std::string_view text) {
  const std::string padded = std::string(text) + std::string(64, '\0');
  std::vector<clean::PiiPlace> places;
  clean::FindPii(std::string_view(padded).substr(0, text.size()), places);
  size_t end = 0;
  for (const clean::PiiPlace& place : places) {
    Check(place.begin >= end && place.end > place.begin, "places of personal data overlap");
    end = place.end;
  }
  Check(end <= text.size(), "a place of personal data lies behind the text");
}

// A value without its strings, which may be match text, as simdjson writes it; without numbers where a rule masks them.
std::string Shape(const simdjson::dom::element& value, bool masks) {
  if (value.is_string() || (masks && value.is_number())) return "\"\"";
  std::string shape;
  if (simdjson::dom::array array; value.get(array) == simdjson::SUCCESS) {
    for (const auto each : array) shape += Shape(each, masks) + ",";
    return "[" + shape + "]";
  }
  if (simdjson::dom::object object; value.get(object) == simdjson::SUCCESS) {
    for (const auto& [key, each] : object)
      shape += std::string(key) + ":" + (IsIdentity(key) ? simdjson::minify(each) : Shape(each, masks)) + "\n";
    return "{" + shape + "}";
  }
  return simdjson::minify(value);
}

// Of a line.
std::string Rest(const JsonlProfile& profile, std::string_view line, bool masks) {
  const auto is_listed = [&](std::string_view key) {
    return std::ranges::find(profile.title, key) != profile.title.end() ||
           std::ranges::find(profile.body, key) != profile.body.end();
  };
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  const simdjson::padded_string padded(line);
  if (parser.parse(padded).get(object) != simdjson::SUCCESS) return "none";
  std::string rest;
  for (const auto& member : object)
    rest += std::string(member.key) + (is_listed(member.key) ? "" : Shape(member.value, masks)) + "\n";
  return rest;
}

void CheckLines(const Cleaner& cleaner, std::string_view source, bool masks) {
  const Layout& layout = GetLayout("jsonl");
  const LayoutOptions options;
  Batch batch;
  batch.layout = &layout;
  const auto cutter = MakeCutter(layout, options);
  batch.bytes.assign(source.begin(), source.end());
  batch.bytes.resize(source.size() + Batch::kPaddingBytes);
  batch.size = cutter->Cut(source, 0, true, batch);
  Segment(layout, options, batch);
  cleaner(batch);
  Ledger books;
  books.bytes = batch.ledger.bytes;
  books.bytes_read = batch.size;
  Check(books.Balances(), "the books do not balance");
  for (const Record& record : batch.records) {
    if (record.reason != Reason::kNone || !record.rewritten) continue;
    std::string line, before;
    clean::AppendRewrittenLine(options, batch, record, line);
    Check(line.find('\n') == line.npos, "a rewritten line holds a line end");
    AppendRepairedUtf8(record.raw, before);
    Check(Rest(layout.profile().jsonl, line, masks) == Rest(layout.profile().jsonl, before, masks),
          "a rewritten line differs outside of its match fields");
  }
}

}  // namespace
}  // namespace unecho

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 3) return 0;
  const unecho::CleanOptions options = unecho::OptionsOf(data[0], data[1], data[2]);
  const unecho::Cleaner cleaner(options);
  const std::string_view text(reinterpret_cast<const char*>(data) + 3, size - 3);
  const size_t half = text.size() / 2;
  for (const auto& texts : {std::vector{text}, std::vector{text.substr(0, half), text.substr(half)}}) {
    const unecho::Outcome once = unecho::Run(cleaner, texts, false);
    unecho::Check(once == unecho::Run(cleaner, texts, false), "a record is judged in two ways");
    for (const std::string& piece : once.pieces) {
      unecho::Check(!unecho::IsValidUtf8(text) || texts.size() > 1 || unecho::IsValidUtf8(piece), "a rule broke UTF-8");
    }
    unecho::Run(cleaner, texts, true);
  }
  unecho::CheckPii(text);
  unecho::CheckLines(cleaner, text, options.pii == unecho::PiiMode::kMask);
  return 0;
}
