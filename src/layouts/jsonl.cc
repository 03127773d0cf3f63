// Layout `jsonl`: one JSON object per line.
//
// simdjson's DOM parser reads every line whole, so a line is accepted exactly if that parser accepts it and it is an
// object: no walk of our own could be more lenient or more strict. Its string buffer is used again by the next line, so
// the match fields are copied into the arena.
// The DOM does not keep positions; where the raw text of a field is wanted (--id-field, --keep FIELD:...), the line,
// valid by now, is looked through once more with the on-demand parser.
//
// A line with malformed UTF-8 is parsed as a repaired copy; Record::raw stays as it was.
// Of a key that comes twice, the first counts.
//
// Without --match-fields, the first title field and the first body field of the profile are the match text, if they are
// there; only if they are not, the others of each list are asked, and those that are no strings are passed over.
#include <simdjson.h>

#include <array>
#include <cstring>
#include <span>
#include <string>

#include "base/batch.h"
#include "layouts/engines.h"
#include "layouts/line_batch.h"
#include "layouts/record_parts.h"
#include "text/json.h"
#include "text/scan.h"

namespace unecho {
namespace {

static_assert(Batch::kPaddingBytes >= simdjson::SIMDJSON_PADDING);
static_assert(TextArena::kPaddingBytes >= simdjson::SIMDJSON_PADDING);

constexpr size_t kTitleBytes = 80;  // of the text that stands for a missing title

// Both grow to the longest line they have seen and are kept for the life of the thread.
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
  if (ThreadParsers().dom.parse(text, line.size(), false).get(element) != simdjson::SUCCESS) return false;
  return element.get(object) == simdjson::SUCCESS;
}

// Sets id and order value: the JSON text of the scalars that `line`, a valid object, has under these names.
void FindRawFields(const LayoutOptions& options, std::string_view line, Record& record) {
  simdjson::ondemand::document document;
  simdjson::ondemand::object object;
  const simdjson::padded_string_view padded(line.data(), line.size(), line.size() + simdjson::SIMDJSON_PADDING);
  if (ThreadParsers().ondemand.iterate(padded).get(document) != simdjson::SUCCESS) return;
  if (document.get_object().get(object) != simdjson::SUCCESS) return;
  bool want_id = !options.id_field.empty();
  bool want_order = !options.order_field.empty();
  for (auto each : object) {
    simdjson::ondemand::field field;
    std::string_view key;
    if (std::move(each).get(field) != simdjson::SUCCESS || field.unescaped_key().get(key) != simdjson::SUCCESS) return;
    const bool is_id = want_id && key == options.id_field;
    const bool is_order = want_order && key == options.order_field;
    if (!is_id && !is_order) continue;
    simdjson::ondemand::json_type type{};
    if (field.value().type().get(type) != simdjson::SUCCESS) return;
    if (type != simdjson::ondemand::json_type::object && type != simdjson::ondemand::json_type::array) {
      std::string_view token = field.value().raw_json_token();
      token = token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
      if (is_id) record.id = token;
      if (is_order) record.order_value = token;
    }
    if (is_id) want_id = false;
    if (is_order) want_order = false;
    if (!want_id && !want_order) return;
  }
}

class JsonlSegmenter {
 public:
  JsonlSegmenter(const LayoutOptions& options, const JsonlProfile& profile, Batch& batch)
      : options_(options), batch_(batch), fields_(options.match_fields.begin(), options.match_fields.end()) {
    if (fields_.empty()) {
      num_titles_ = profile.title.size();
      fields_.assign(profile.title.begin(), profile.title.end());
      fields_.insert(fields_.end(), profile.body.begin(), profile.body.end());
    }
    found_.resize(fields_.size());
  }

  void Accept(std::string_view line, uint32_t number) {
    const size_t begin = static_cast<size_t>(line.data() - batch_.bytes.data());
    Record record = MakeRecord(batch_, begin, begin + line.size(), number);
    std::string_view text = line;
    simdjson::dom::object object;
    bool is_object = ParseObject(text, object);
    if (!is_object) {
      NoteBadUtf8(batch_, record);
      if (record.invalid_utf8 > 0) {
        text = Repaired(line);
        is_object = ParseObject(text, object);
      }
    }
    record.reason = is_object ? TakeFields(object, record) : Reason::kInvalidJson;
    if (record.reason == Reason::kNone && !(options_.id_field.empty() && options_.order_field.empty())) {
      FindRawFields(options_, text, record);
    }
    batch_.ledger[record.reason == Reason::kNone ? ByteClass::kRecord : ByteClass::kRejected] += line.size();
    batch_.records.push_back(record);
  }

 private:
  enum class Found : uint8_t { kNothing, kString, kOther };
  struct Field {
    Found found = Found::kNothing;
    std::string_view value;
  };

  static void Look(const simdjson::dom::element& value, Field& field) {
    if (field.found != Found::kNothing) return;
    field.found = value.get(field.value) == simdjson::SUCCESS ? Found::kString : Found::kOther;
  }

  Reason TakeFields(const simdjson::dom::object& object, Record& record) {
    std::fill(found_.begin(), found_.end(), Field{});
    Field title;
    for (const auto member : object) {
      if (member.key == "title") Look(member.value, title);
      for (size_t i = 0; i < fields_.size(); ++i) {
        if (member.key == fields_[i]) Look(member.value, found_[i]);
      }
    }
    if (options_.match_fields.empty()) {
      const std::span<Field> found = found_;
      Prefer(found.first(num_titles_));
      Prefer(found.subspan(num_titles_));
    }
    bool any = false;
    for (const Field& field : found_) {
      if (field.found == Found::kOther) return Reason::kFieldNotString;
      any |= field.found == Found::kString;
    }
    if (!any) return Reason::kNoMatchField;
    record.first_piece = static_cast<uint32_t>(batch_.pieces.size());
    std::string_view title_in_arena;
    for (const Field& field : found_) {
      if (field.found != Found::kString) continue;
      batch_.pieces.push_back(batch_.arena.Copy(field.value));
      if (field.value.data() == title.value.data()) title_in_arena = batch_.pieces.back();
      if (batch_.pieces.size() == record.first_piece + 1) record.begins_with_title = IsTitle(field, title);
    }
    record.num_pieces = static_cast<uint32_t>(batch_.pieces.size()) - record.first_piece;
    if (title.found != Found::kString) {
      record.title = Utf8Prefix(batch_.pieces[record.first_piece], kTitleBytes);
    } else {
      record.title = title_in_arena.data() != nullptr ? title_in_arena : batch_.arena.Copy(title.value);
    }
    return Reason::kNone;
  }

  // Of the profile's title fields, or called "title".
  bool IsTitle(const Field& field, const Field& title) const {
    const bool listed = options_.match_fields.empty() && static_cast<size_t>(&field - found_.data()) < num_titles_;
    return listed || field.value.data() == title.value.data();
  }

  // Leaves only the first of the list that is there. Its first name must be a string; the others are ways out.
  static void Prefer(std::span<Field> list) {
    bool done = false;
    for (Field& field : list) {
      const bool is_first = &field == list.data();
      if (done || (!is_first && field.found == Found::kOther)) field.found = Found::kNothing;
      done |= field.found != Found::kNothing;
    }
  }

  std::string_view Repaired(std::string_view line) {
    repaired_.clear();
    AppendRepairedUtf8(line, repaired_);
    return batch_.arena.Copy(repaired_);
  }

  const LayoutOptions& options_;
  Batch& batch_;
  std::vector<std::string_view> fields_;
  std::vector<Field> found_;
  size_t num_titles_ = 0;  // of fields_, without --match-fields
  std::string repaired_;
};

}  // namespace

void SegmentJsonl(const LayoutOptions& options, const Profile& profile, Batch& batch) {
  JsonlSegmenter segmenter(options, profile.jsonl, batch);
  ForEachLine(options, batch, [&](std::string_view line, uint32_t number) { segmenter.Accept(line, number); });
}

}  // namespace unecho
