// Layout `jsonl`: one JSON object per line.
//
// simdjson's DOM parser reads every line whole, so a line is accepted exactly if that parser accepts it and it is an
// object: no walk of our own could be more lenient or more strict. Its string buffer is used again by the next line, so
// the match fields are copied into the arena.
// The DOM does not keep positions; where the raw text of a field is wanted (--id-field, --keep FIELD:...), the line,
// valid by now, is looked through once more with the on-demand parser.
//
// A line with malformed UTF-8 is parsed as a copy in which letters stand for these bytes (malformed_bytes.h), and they
// are in its pieces again; Record::raw stays as it was.
// A line that is no JSON but a Python literal ({'title': "It's", 'score': None}) is read as the JSON that says the
// same, and stays as it was, too. What of an object is its text: json_texts.h.
#include <simdjson.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <string>

#include "base/batch.h"
#include "layouts/asides.h"
#include "layouts/engines.h"
#include "layouts/json_texts.h"
#include "layouts/line_batch.h"
#include "layouts/named_field.h"
#include "layouts/record_parts.h"
#include "layouts/span_batch.h"
#include "text/json.h"
#include "text/json_memory.h"
#include "text/json_path.h"
#include "text/malformed_bytes.h"
#include "text/python_literal.h"
#include "text/scan.h"

namespace unecho {
namespace {

static_assert(Batch::kPaddingBytes >= simdjson::SIMDJSON_PADDING);
static_assert(TextArena::kPaddingBytes >= simdjson::SIMDJSON_PADDING);

constexpr size_t kTitleBytes = 80;  // of the text that stands for a missing title

// Both grow to the longest line they have seen and are kept for the next batch of the thread.
constexpr size_t kMostKept = size_t{4} << 20;
struct Parsers {
  simdjson::dom::parser dom;
  simdjson::ondemand::parser ondemand;
};

Parsers& ThreadParsers() {
  thread_local Parsers parsers;
  return parsers;
}

bool ParseObject(std::string_view line, simdjson::dom::object& object) {
  simdjson::dom::element element;
  // false: the batch and the arena are padded, so the line need not be copied.
  auto* text = reinterpret_cast<const uint8_t*>(line.data());
  RequireMemoryForJson(line);
  simdjson::dom::parser& parser = ThreadParsers().dom;
  if (!IsParsed(parser, parser.parse(text, line.size(), false).get(element))) return false;
  return element.get(object) == simdjson::SUCCESS;
}

bool SaysNothing(std::string_view token) { return token.empty() || token == "null" || token == "\"\""; }

// The JSON text of a scalar, or of the one in a list that has no other. Else empty.
std::string_view RawScalar(simdjson::ondemand::value value) {
  const auto token_of = [](simdjson::ondemand::value scalar) {
    const std::string_view token = scalar.raw_json_token();
    return token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
  };
  simdjson::ondemand::json_type type{};
  if (value.type().get(type) != simdjson::SUCCESS || type == simdjson::ondemand::json_type::object) return {};
  simdjson::ondemand::array list;
  if (type != simdjson::ondemand::json_type::array) return token_of(value);
  if (value.get_array().get(list) != simdjson::SUCCESS) return {};
  std::string_view only;
  for (auto each : list) {
    simdjson::ondemand::value element;
    if (each.get(element) != simdjson::SUCCESS || element.type().get(type) != simdjson::SUCCESS) return {};
    if (type == simdjson::ondemand::json_type::object || type == simdjson::ondemand::json_type::array) return {};
    const std::string_view token = token_of(element);
    if (SaysNothing(token)) continue;
    if (!only.empty()) return {};
    only = token;
  }
  return only;
}

// Sets id and order value: the JSON text that `line`, a valid object, has under these names.
void FindRawFields(const LayoutOptions& options, std::string_view line, Record& record) {
  simdjson::ondemand::document document;
  simdjson::ondemand::object object;
  const simdjson::padded_string_view padded(line.data(), line.size(), line.size() + simdjson::SIMDJSON_PADDING);
  simdjson::ondemand::parser& parser = ThreadParsers().ondemand;
  if (!IsParsed(parser, parser.iterate(padded).get(document))) return;
  if (document.get_object().get(object) != simdjson::SUCCESS) return;
  bool want_id = !options.id_field.empty();
  bool want_order = !options.order_field.empty();
  for (auto each : object) {
    simdjson::ondemand::field field;
    std::string_view key;
    if (std::move(each).get(field) != simdjson::SUCCESS || field.unescaped_key().get(key) != simdjson::SUCCESS) return;
    const bool is_id = want_id && IsCalled(key, options.id_field);
    const bool is_order = want_order && IsCalled(key, options.order_field);
    if (!is_id && !is_order) continue;
    // The first in another case counts until one comes that is written exactly so; what says nothing, until something
    // else comes.
    const bool is_exact_id = key == options.id_field, is_exact_order = key == options.order_field;
    const std::string_view token = RawScalar(field.value());
    const bool says = !SaysNothing(token);
    if (is_id && (record.id.empty() || (says && (is_exact_id || SaysNothing(record.id))))) record.id = token;
    if (is_order && (record.order_value.empty() || (says && (is_exact_order || SaysNothing(record.order_value)))))
      record.order_value = token;
    if (is_id && is_exact_id && says) want_id = false;
    if (is_order && is_exact_order && says) want_order = false;
    if (!want_id && !want_order) return;
  }
}

class JsonlSegmenter {
 public:
  JsonlSegmenter(const LayoutOptions& options, const JsonlProfile& profile, Batch& batch)
      : options_(options),
        batch_(batch),
        texts_(options, profile),
        names_fields_(!options.match_fields.empty() || !options.id_field.empty() || !options.order_field.empty()) {}

  void Accept(std::string_view line, uint32_t number) {
    const size_t begin = static_cast<size_t>(line.data() - batch_.bytes.data());
    Record record = MakeRecord(batch_, begin, begin + line.size(), number);
    std::string_view text = line;
    simdjson::dom::object object;
    bool is_object = ParseObject(text, object), is_malformed = false;
    if (!is_object) {
      NoteBadUtf8(batch_, record);
      is_malformed = record.invalid_utf8 > 0;
      if (is_malformed) is_object = ParseObject(text = WithBytesAsLetters(line), object);
    }
    if (!is_object) is_object = ReadPython(text) && ParseObject(text = batch_.arena.Copy(copy_), object);
    record.reason = is_object ? TakeTexts(object, record, is_malformed) : Reason::kInvalidJson;
    // Of the first for an error that says which there are.
    const bool is_listed =
        options_.list_fields || (names_fields_ && batch_.records.empty() && batch_.offset_bytes == 0);
    record.has_mark = texts_.has_mark();
    batch_.seen_names |= texts_.seen_names();
    if (is_object && is_listed) ListMembers(object, record, is_malformed);
    if (record.reason == Reason::kNone && !(options_.id_field.empty() && options_.order_field.empty())) {
      FindRawFields(options_, is_malformed ? Repaired(text) : text, record);
      if (record.id.empty() && LeadsInside(options_.id_field))
        record.id = JsonAt(object, options_.id_field, is_malformed);
      if (record.order_value.empty() && LeadsInside(options_.order_field))
        record.order_value = JsonAt(object, options_.order_field, is_malformed);
    }
    if (record.reason == Reason::kNone)
      CountAccepted(batch_, record);
    else
      batch_.ledger[ByteClass::kRejected] += line.size();
    batch_.records.push_back(record);
  }

 private:
  Reason TakeTexts(const simdjson::dom::object& object, Record& record, bool is_malformed) {
    const Reason reason = texts_.Choose(object);
    if (reason != Reason::kNone) return reason;
    record.first_piece = static_cast<uint32_t>(batch_.pieces.size());
    texts_.ForEach(NoCompanion(), [&](const simdjson::dom::element& value, NoCompanion) {
      std::string_view string;
      if (value.get(string) != simdjson::SUCCESS)
        batch_.pieces.push_back(batch_.arena.Copy(simdjson::minify(value)));
      else
        batch_.pieces.push_back(is_malformed ? WithLettersAsBytes(string) : batch_.arena.Copy(string));
    });
    if (options_.fields_apart) {
      batch_.piece_fields.resize(record.first_piece);
      std::ranges::copy(texts_.FieldsOfEach(), std::back_inserter(batch_.piece_fields));
    }
    if (batch_.pieces.size() == record.first_piece) batch_.pieces.emplace_back();  // lists with nothing in them
    record.num_pieces = static_cast<uint32_t>(batch_.pieces.size()) - record.first_piece;
    record.begins_with_title = texts_.begins_with_title();
    record.title = TitleOf(batch_.PiecesOf(record), record.begins_with_title);
    if (options_.require_body && IsTitleOnly(record)) {
      batch_.pieces.resize(record.first_piece);
      record.num_pieces = 0;
      return Reason::kTitleWithoutBody;
    }
    if (options_.match_fields.empty()) HashAsidesOf(object, record);
    record.left_out_bytes = texts_.LeftOutBytes(
        object, [&](std::string_view string) -> uint64_t { return is_malformed ? BytesOf(string) : string.size(); });
    return Reason::kNone;
  }

  bool IsTitleOnly(const Record& record) const {
    const auto pieces = batch_.PiecesOf(record);
    const auto says_nothing = [](std::string_view piece) { return TrimBlanks(piece).empty(); };
    return record.begins_with_title && !says_nothing(pieces[0]) && std::ranges::all_of(pieces.subspan(1), says_nothing);
  }

  // As HashAsides() of the fields, if they were listed.
  void HashAsidesOf(const simdjson::dom::object& object, Record& record) {
    asides_.Begin(batch_.PiecesOf(record), options_.apart_fields);
    uint32_t i = 0;
    for (const auto& [key, value] : object) {
      const uint32_t member = i++;
      if (value.is_object() || value.is_array()) {
        if (!texts_.IsAllCompared(member)) asides_.AddInside(key, value, texts_.IsCompared(member));
        continue;
      }
      if (value.is_null() || texts_.IsCompared(member)) continue;
      std::string_view string;
      const bool is_string = value.get(string) == simdjson::SUCCESS;
      if ((is_string && string.empty()) || !asides_.Counts(key)) continue;
      is_string ? asides_.AddHash(string) : asides_.AddHash(std::string(simdjson::minify(value)));
    }
    record.asides = asides_.hash();
  }

  void ListMembers(const simdjson::dom::object& object, Record& record, bool is_malformed) {
    const std::vector<std::string>& names = options_.listed_names;
    const bool is_all = names.empty() || batch_.fields.empty();
    uint32_t i = 0;
    for (const auto& [key, value] : object) {
      const uint32_t member = i++;
      const auto asked =
          std::ranges::find_if(names, [&key = key](std::string_view name) { return IsCalled(key, name); });
      if (!is_all && asked == names.end()) continue;
      const bool is_known = asked != names.end() && key == *asked;
      const std::string_view name = is_known ? std::string_view(*asked) : Kept(key, is_malformed);
      AddField(batch_, record, FieldOf(name, value, texts_.IsCompared(member), [&](std::string_view text) {
                 return Kept(text, is_malformed);
               }));
    }
  }

  // A string of the parser's, so that it outlives the next line.
  std::string_view Kept(std::string_view text, bool is_malformed) {
    return is_malformed ? WithLettersAsBytes(text) : batch_.arena.Copy(text);
  }

  // A scalar inside the object, as JSON text; else empty.
  std::string_view JsonAt(const simdjson::dom::object& object, std::string_view path, bool is_malformed) {
    const auto value = OneValueAt(object, path);
    if (!value) return {};
    const std::string json = simdjson::minify(*value);
    return is_malformed ? Repaired(json) : batch_.arena.Copy(json);
  }

  std::string_view TitleOf(std::span<const std::string_view> pieces, bool begins_with_title) {
    if (!texts_.title().empty()) {
      // Not a second copy of what is compared anyway.
      return begins_with_title && pieces[0] == texts_.title() ? pieces[0] : batch_.arena.Copy(texts_.title());
    }
    // Of a chat, what is said, not who says it.
    const auto says_something = [](std::string_view piece) { return piece.find(' ') != std::string_view::npos; };
    const auto piece = std::ranges::find_if(pieces, says_something);
    return Utf8Prefix(piece == pieces.end() ? pieces[0] : *piece, kTitleBytes);
  }

  std::string_view WithBytesAsLetters(std::string_view line) {
    copy_.clear();
    AppendWithBytesAsLetters(line, copy_);
    return batch_.arena.Copy(copy_);
  }

  uint64_t BytesOf(std::string_view with_letters) {
    copy_.clear();
    AppendWithLettersAsBytes(with_letters, copy_);
    return copy_.size();
  }

  std::string_view WithLettersAsBytes(std::string_view text) {
    copy_.clear();
    AppendWithLettersAsBytes(text, copy_);
    return batch_.arena.Copy(copy_);
  }

  // Of a line WithBytesAsLetters.
  std::string_view Repaired(std::string_view line) {
    std::string bytes;
    AppendWithLettersAsBytes(line, bytes);
    copy_.clear();
    AppendRepairedUtf8(bytes, copy_);
    return batch_.arena.Copy(copy_);
  }

  bool ReadPython(std::string_view line) {
    copy_.clear();
    return AppendPythonLiteralAsJson(line, copy_);
  }

  const LayoutOptions& options_;
  Batch& batch_;
  JsonTexts texts_;
  Asides asides_;
  const bool names_fields_;
  std::string copy_;
};

}  // namespace

void SegmentJsonl(const LayoutOptions& options, const Profile& profile, Batch& batch) {
  JsonlSegmenter segmenter(options, profile.jsonl, batch);
  ForEachLine(options, batch, [&](std::string_view line, uint32_t number) { segmenter.Accept(line, number); });
  // A long line was a rare one.
  if (ThreadParsers().dom.capacity() > kMostKept) ThreadParsers() = Parsers();
}

}  // namespace unecho
