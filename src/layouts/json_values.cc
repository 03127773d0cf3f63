// The parallel half of json: a record is parsed by simdjson, its fields are looked up by name or path.
//
// A record with malformed UTF-8 is parsed as a copy in which letters stand for these bytes (malformed_bytes.h). A field
// is a string, a list of strings (lines), or an object that wraps one ({"value": "..."}, {"#text": "..."}); what is
// none of these is passed over.
//
// A record that has no field which the profile knows as text is not lost: its text is all that it says, strings and
// numbers at any depth, in order, but for members whose names say that they only identify it. Beside a title that goes
// for what stands in lists and objects, if there is prose among it: {"title": ..., "sections": [{"text": ...}]}.
#include "layouts/json_values.h"

#include <simdjson.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/batch.h"
#include "layouts/engines.h"
#include "layouts/json_texts.h"
#include "layouts/span_batch.h"
#include "text/json.h"
#include "text/malformed_bytes.h"
#include "text/python_literal.h"

namespace unecho {
namespace {

static_assert(Batch::kPaddingBytes >= simdjson::SIMDJSON_PADDING);
static_assert(TextArena::kPaddingBytes >= simdjson::SIMDJSON_PADDING);

using simdjson::dom::element;

using Path = std::vector<std::string>;

std::vector<Path> PathsOf(const std::vector<std::string>& names) {
  std::vector<Path> paths;
  for (const std::string& name : names) {
    Path path;
    for (size_t begin = 0; begin <= name.size();) {
      const size_t end = std::min(name.find('/', begin), name.size());
      path.push_back(name.substr(begin, end - begin));
      begin = end + 1;
    }
    paths.push_back(std::move(path));
  }
  return paths;
}

bool Find(element value, const Path& path, element& out) {
  for (const std::string& key : path) {
    if (value.at_key(key).get(value) != simdjson::SUCCESS) return false;
  }
  out = value;
  return true;
}

}  // namespace

class JsonValues::Reader {
 public:
  Reader(const LayoutOptions& options, const Profile& profile, Batch& batch)
      : options_(options),
        profile_(profile),
        batch_(batch),
        reader_(batch),
        named_(options, profile.jsonl),
        title_(PathsOf(profile.json.title)),
        body_(PathsOf(profile.json.body)),
        snapshot_(PathsOf(profile.json.snapshot)),
        id_(PathsOf({options.id_field})),
        order_(PathsOf({options.order_field})) {}

  void Accept(Record& record, std::string_view json) {
    element root;
    is_malformed_ = false;
    if (!Parse(json, root) && !ParseRepaired(json, root)) return AddRejected(batch_, record, Reason::kInvalidJson);
    simdjson::dom::object members;
    if (options_.list_fields && root.get(members) == simdjson::SUCCESS) ListMembers(members, batch_, record);
    RecordText text;
    if (!options_.match_fields.empty()) {
      if (const Reason reason = TakeNamed(root, text); reason != Reason::kNone)
        return AddRejected(batch_, record, reason);
      TakeOthers(root, text);
      return AddRecord(options_, batch_, record, text);
    }
    if (std::string_view string; root.get(string) == simdjson::SUCCESS) {
      const std::string_view copy = Copy(string);
      const std::string_view title = TitleIn(copy);
      if (!title.empty()) text.title = reader_.Read(Copy(title), profile_.unescape_title, Space::kOneLine);
      if (text.title.empty()) text.body = reader_.Read(copy, profile_.unescape_body, Space::kLines);
      return AddRecord(options_, batch_, record, text);
    }
    text.title = FirstOf(root, title_, profile_.unescape_title, Space::kOneLine);
    const bool is_whole = IsWhole(root);
    if (!is_whole) text.body = FirstOf(root, body_, profile_.unescape_body, Space::kLines);
    if (text.body.empty()) text.body = Leaves(root, !text.title.empty() && !is_whole);
    TakeOthers(root, text);
    AddRecord(options_, batch_, record, text);
  }

 private:
  // No copy: the batch and the arena are padded.
  bool Parse(std::string_view text, element& root) {
    return parser_.parse(reinterpret_cast<const uint8_t*>(text.data()), text.size(), false).get(root) ==
           simdjson::SUCCESS;
  }

  // With letters for malformed bytes; with what only Python writes (NaN, None) as JSON has it.
  bool ParseRepaired(std::string_view text, element& root) {
    is_malformed_ = !IsValidUtf8(text);
    repaired_.clear();
    AppendWithBytesAsLetters(text, repaired_);
    if (Parse(batch_.arena.Copy(repaired_), root)) return true;
    std::string json;
    return AppendPythonLiteralAsJson(repaired_, json) && Parse(batch_.arena.Copy(json), root);
  }

  // A text for the reader, with malformed bytes where they were.
  std::string_view Copy(std::string_view text) {
    if (!is_malformed_) return batch_.arena.Copy(text);
    bytes_.clear();
    AppendWithLettersAsBytes(text, bytes_);
    return batch_.arena.Copy(bytes_);
  }

  // --match-fields: the title if it is the first of them, the others as lines of the body.
  Reason TakeNamed(element root, RecordText& text) {
    simdjson::dom::object object;
    if (root.get(object) != simdjson::SUCCESS) return Reason::kNoMatchField;
    if (const Reason reason = named_.Choose(object); reason != Reason::kNone) return reason;
    text_.clear();
    bool is_title = named_.begins_with_title();
    named_.ForEach(NoCompanion(), [&](const element& value, NoCompanion) {
      if (is_title) text.title = reader_.Read(Copy(std::string_view(value)), profile_.unescape_title, Space::kOneLine);
      if (!is_title) AppendLine(value);
      is_title = false;
    });
    text.body = reader_.Read(Copy(text_), profile_.unescape_body, Space::kLines);
    return text.title.empty() && text.body.empty() ? Reason::kEmpty : Reason::kNone;
  }

  void TakeOthers(element root, RecordText& text) {
    text.snapshot = FirstOf(root, snapshot_, {}, Space::kOneLine);
    if (!options_.id_field.empty()) text.id = JsonOf(root, id_);
    if (!options_.order_field.empty()) text.order_value = JsonOf(root, order_);
  }

  // Its text is all that is in it: a chat, an instruction and its answer.
  bool IsWhole(element root) const {
    element value;
    return std::ranges::any_of(profile_.json.whole, [&](const std::string& name) {
      return root.at_key(name).get(value) == simdjson::SUCCESS && JsonTexts::HasString(value);
    });
  }

  std::string_view TitleIn(std::string_view string) const {
    for (const Pattern& pattern : profile_.json.text_title) {
      if (const std::string_view title = pattern.Extract(string); !title.empty()) return title;
    }
    return {};
  }

  // The first that is there and has text. The view outlives the next parse.
  std::string_view FirstOf(element root, const std::vector<Path>& paths, const Unescape& unescape, Space space) {
    element value;
    for (const Path& path : paths) {
      text_.clear();
      if (!Find(root, path, value) || !AppendText(value, true)) continue;
      Unescape own = unescape;
      own.html |= path.back().ends_with("html");  // content_html, of a JSON feed
      const std::string_view text = reader_.Read(Copy(text_), own, space);
      if (!text.empty()) return text;
    }
    return {};
  }

  // `beside_title`: only of lists and objects, and only if there is prose in one.
  std::string_view Leaves(element root, bool beside_title) {
    simdjson::dom::object object;
    if (root.get(object) != simdjson::SUCCESS) return {};
    text_.clear();
    bool has_string = false, has_prose = false;
    for (const auto& [key, value] : object) {
      const bool is_container = value.is_array() || value.is_object();
      if (JsonTexts::IsIdentity(key) || (beside_title && !is_container) || IsTitleIn(root, key)) continue;
      has_string = has_string || JsonTexts::HasString(value);
      has_prose = has_prose || JsonTexts::HasString(value, JsonTexts::kProseWords);
      JsonTexts::ForEachIn(value, [this](const element& scalar, NoCompanion) { AppendLine(scalar); });
    }
    if (!has_string || (beside_title && !has_prose)) return {};
    return reader_.Read(Copy(text_), profile_.unescape_body, Space::kLines);
  }

  // A string or number.
  void AppendLine(const element& scalar) {
    if (!text_.empty()) text_ += '\n';
    std::string_view string;
    text_ += scalar.get(string) == simdjson::SUCCESS ? std::string(string) : simdjson::minify(scalar);
  }

  // The member in which the title was found.
  bool IsTitleIn(element root, std::string_view key) const {
    element value;
    for (const Path& path : title_) {
      if (path.size() > 1 && path.front() == key && Find(root, path, value)) return true;
    }
    return false;
  }

  bool AppendText(element value, bool may_be_nested) {
    std::string_view string;
    if (value.get(string) == simdjson::SUCCESS) {
      text_ += string;
      return true;
    }
    simdjson::dom::array array;
    if (may_be_nested && value.get(array) == simdjson::SUCCESS) {
      for (const element each : array) {
        if (!text_.empty()) text_ += '\n';
        if (!AppendText(each, false)) return false;
      }
      return true;
    }
    simdjson::dom::object object;
    if (may_be_nested && value.get(object) == simdjson::SUCCESS) {
      for (const char* const name : {"value", "#text", "_text", "text", "_", "$"}) {
        element inner;
        if (object.at_key(name).get(inner) == simdjson::SUCCESS && AppendText(inner, false)) return true;
      }
      return false;
    }
    if (value.is_number()) {
      text_ += simdjson::minify(value);
      return true;
    }
    return false;
  }

  // A string, number, true, false or null as JSON; else empty.
  std::string_view JsonOf(element root, const std::vector<Path>& paths) {
    element value;
    for (const Path& path : paths) {
      if (!Find(root, path, value) || value.is_object() || value.is_array()) continue;
      std::string_view string;
      if (value.get(string) != simdjson::SUCCESS) return batch_.arena.Copy(std::string(simdjson::minify(value)));
      text_.clear();
      AppendJsonString(string, text_);
      return batch_.arena.Copy(text_);
    }
    return {};
  }

  const LayoutOptions& options_;
  const Profile& profile_;
  Batch& batch_;
  FieldReader reader_;
  JsonTexts named_;  // by --match-fields
  const std::vector<Path> title_, body_, snapshot_, id_, order_;
  simdjson::dom::parser parser_;
  std::string text_, repaired_, bytes_;
  bool is_malformed_ = false;  // the record in hand
};

JsonValues::JsonValues(const LayoutOptions& options, const Profile& profile, Batch& batch)
    : reader_(std::make_unique<Reader>(options, profile, batch)) {}
JsonValues::~JsonValues() = default;
void JsonValues::Accept(Record& record, std::string_view json) { reader_->Accept(record, json); }

void SegmentJson(const LayoutOptions& options, const Profile& profile, Batch& batch) {
  JsonValues values(options, profile, batch);
  ForEachSpan(
      options, batch, ",", [&](Record& record) { values.Accept(record, record.raw); }, [](std::string_view) {});
}

}  // namespace unecho
