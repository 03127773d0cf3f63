// The parallel half of json: a record is parsed by simdjson, its fields are looked up by name or path.
//
// A record with malformed UTF-8 is parsed as a copy in which letters stand for these bytes (malformed_bytes.h). A field
// is a string, a list of strings (lines), an object that wraps one ({"value": "..."}, {"#text": "..."}), or strings and
// such objects in a list (one line).
//
// A record may be a member of an object, with a key that is its title, or an array, of which all strings are its text.
//
// Which members are its text is the rule of json_texts.h, for an object whose title or text may stand deeper, at a path
// of the profile ({"paper": {"title": ..., "summary": ...}}): it holds for the members on each step of such a path.
#include "layouts/json_values.h"

#include <simdjson.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/batch.h"
#include "layouts/engines.h"
#include "layouts/field_names.h"
#include "layouts/json_member_paths.h"
#include "layouts/json_members.h"
#include "layouts/json_texts.h"
#include "layouts/prose.h"
#include "layouts/span_batch.h"
#include "text/json.h"
#include "text/json_memory.h"
#include "text/json_path.h"
#include "text/malformed_bytes.h"
#include "text/python_literal.h"

namespace unecho {
namespace {

static_assert(Batch::kPaddingBytes >= simdjson::SIMDJSON_PADDING);
static_assert(TextArena::kPaddingBytes >= simdjson::SIMDJSON_PADDING);

using simdjson::dom::element;
using ValuePath = MemberPath;

}  // namespace

class JsonValues::Reader {
 public:
  Reader(const LayoutOptions& options, const Profile& profile, Batch& batch)
      : options_(options),
        profile_(profile),
        batch_(batch),
        reader_(batch),
        named_(options, profile.jsonl),
        title_(MemberPathsOf(profile.json.title)),
        body_(MemberPathsOf(profile.json.body)),
        snapshot_(MemberPathsOf(profile.json.snapshot)) {}

  void Accept(Record& record, std::string_view json) {
    element root;
    is_malformed_ = false;
    key_ = {};
    const bool has_key = BeginsWithKey(json);
    if (has_key) json = batch_.arena.Copy(std::string("{").append(json).append("}"));
    if (!Parse(json, root) && !ParseRepaired(json, root)) return AddRejected(batch_, record, Reason::kInvalidJson);
    if (has_key && !TakeKey(root)) return AddRejected(batch_, record, Reason::kInvalidJson);
    simdjson::dom::object members;
    const bool is_object = root.get(members) == simdjson::SUCCESS;
    RecordText text;
    if (!options_.match_fields.empty()) {
      if (const Reason reason = TakeNamed(root, text); reason != Reason::kNone)
        return AddRejected(batch_, record, reason);
      const uint64_t left_out = named_.LeftOutBytes(members, [](std::string_view string) { return string.size(); });
      record.left_out_bytes = std::min(left_out, record.size_bytes);
      uint32_t i = 0;
      ListMembers(members, record, [&](std::string_view /*key*/) { return named_.IsCompared(i++); });
      TakeOthers(root, text);
      text.is_named = true;
      return AddRecord(options_, batch_, record, text);
    }
    if (std::string_view string; root.get(string) == simdjson::SUCCESS) {
      const std::string_view copy = Copy(string);
      const std::string_view title = TitleIn(copy);
      if (!title.empty()) text.title = reader_.Read(Copy(title), profile_.unescape_title, Space::kOneLine);
      if (text.title.empty()) text.body = reader_.Read(copy, profile_.unescape_body, Space::kLines);
      if (text.title.empty() && !text.body.empty()) text.title = TitleOfKey();
      return AddRecord(options_, batch_, record, text);
    }
    said_bytes_ = 0;
    said_keys_.clear();
    title_path_ = nullptr;
    text.title = FirstOf(root, title_, profile_.unescape_title, Space::kOneLine, &title_path_);
    if (text.title.empty()) text.title = TitleByName(root);
    said_bytes_of_title_ = said_bytes_;
    if (root.is_array()) {
      texts_.clear();
      step_.clear();
      TakeLines({}, root, true);
      if (!texts_.empty()) text.body = texts_[0];
    } else {
      text.body = Body(root, !text.title.empty());
    }
    if (text.title.empty() && !text.body.empty()) text.title = TitleOfKey();
    uint64_t bytes = 0;
    ForEachString(root, [&bytes](std::string_view string) { bytes += string.size(); });
    record.left_out_bytes = std::min(bytes - std::min(bytes, said_bytes_), record.size_bytes);
    if (title_path_ != nullptr) said_keys_.push_back(title_path_->front());
    if (is_object) {
      ListMembers(members, record,
                  [&](std::string_view key) { return std::ranges::find(said_keys_, key) != said_keys_.end(); });
    }
    TakeOthers(root, text);
    AddRecord(options_, batch_, record, text);
  }

 private:
  // No copy: the batch and the arena are padded.
  bool Parse(std::string_view text, element& root) {
    RequireMemoryForJson(text);
    return IsParsed(parser_,
                    parser_.parse(reinterpret_cast<const uint8_t*>(text.data()), text.size(), false).get(root));
  }

  bool TakeKey(element& root) {
    simdjson::dom::object object;
    if (root.get(object) != simdjson::SUCCESS || object.size() != 1) return false;
    const auto member = *object.begin();
    key_ = member.key;
    root = member.value;
    return true;
  }

  std::string_view TitleOfKey() {
    return key_.empty() ? key_ : reader_.Read(Copy(key_), profile_.unescape_title, Space::kOneLine);
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
    const Reason reason = named_.Choose(object);
    batch_.seen_names |= named_.seen_names();
    if (reason != Reason::kNone) return reason;
    ClearText();
    bool is_title = named_.begins_with_title();
    if (options_.fields_apart) {
      TakeApart(is_title, text);
      return text.title.empty() && text.body.empty() ? Reason::kEmpty : Reason::kNone;
    }
    named_.ForEach(NoCompanion(), [&](const element& value, NoCompanion) {
      if (is_title) text.title = reader_.Read(Copy(std::string_view(value)), profile_.unescape_title, Space::kOneLine);
      if (!is_title) AppendLine(value);
      is_title = false;
    });
    text.body = reader_.Read(Copy(text_), profile_.unescape_body, Space::kLines);
    return text.title.empty() && text.body.empty() ? Reason::kEmpty : Reason::kNone;
  }

  // --match: the same, each field read by itself.
  void TakeApart(bool is_title, RecordText& text) {
    const std::vector<uint8_t> fields = named_.FieldsOfEach();
    std::string body;
    size_t i = 0;
    named_.ForEach(NoCompanion(), [&](const element& value, NoCompanion) {
      const size_t field = fields[i++];
      if (is_title) {
        text.title = reader_.Read(Copy(std::string_view(value)), profile_.unescape_title, Space::kOneLine);
        text.title_field = field;
        is_title = false;
        return;
      }
      AppendLine(value);
      if (i < fields.size() && fields[i] == field) return;
      const std::string_view part = reader_.Read(Copy(text_), profile_.unescape_body, Space::kLines);
      if (!part.empty()) text.AddPart(field, part, body);
      ClearText();
    });
    text.body = batch_.arena.Copy(body);
  }

  template <typename IsSaid>
  void ListMembers(const simdjson::dom::object& object, Record& record, IsSaid&& is_said) {
    for (const auto& [key, value] : object)
      AddField(batch_, record,
               FieldOf(Copy(key), value, is_said(key), [this](std::string_view text) { return Copy(text); }));
  }

  void TakeOthers(element root, RecordText& text) {
    text.snapshot = FirstOf(root, snapshot_, {}, Space::kOneLine);
    if (!options_.id_field.empty()) text.id = JsonAt(root, options_.id_field);
    if (!options_.order_field.empty()) text.order_value = JsonAt(root, options_.order_field);
  }

  // Its text is all that is in it: a chat, an instruction and its answer.
  bool IsWhole(element root) const {
    element value;
    return std::ranges::any_of(profile_.json.whole, [&](const std::string& name) {
      return root.at_key(name).get(value) == simdjson::SUCCESS && HasString(value);
    });
  }

  std::string_view TitleIn(std::string_view string) const {
    for (const Pattern& pattern : profile_.json.text_title) {
      if (const std::string_view title = pattern.Extract(string); !title.empty()) return title;
    }
    return {};
  }

  // The first that is there and has text. The view outlives the next parse. `taken`: its path.
  std::string_view FirstOf(element root, const std::vector<ValuePath>& paths, const Unescape& unescape, Space space,
                           const ValuePath** taken = nullptr) {
    element value;
    for (const ValuePath& path : paths) {
      ClearText();
      if (!FindMember(root, path, value) || !AppendText(value, true)) continue;
      const std::string_view text = reader_.Read(Copy(text_), unescape, space);
      if (text.empty()) continue;
      if (taken != nullptr) *taken = &path;
      said_bytes_ += text_strings_;
      return text;
    }
    return {};
  }

  // Of a name that says so, where the profile knows none: of the record, or of what it wraps ({"node": {...}}).
  std::string_view TitleByName(element root) {
    simdjson::dom::object object, inner;
    if (root.get(object) != simdjson::SUCCESS) return {};
    if (const std::string_view title = TitleByNameIn(root, object, {}); !title.empty()) return title;
    for (const auto& [key, value] : object) {
      const auto leads_on = [&key = key](const ValuePath& path) { return path.size() == 2 && path.front() == key; };
      if (std::ranges::none_of(title_, leads_on) || value.get(inner) != simdjson::SUCCESS) continue;
      if (const std::string_view title = TitleByNameIn(root, inner, {std::string(key)}); !title.empty()) return title;
    }
    return {};
  }

  std::string_view TitleByNameIn(element root, const simdjson::dom::object& object, const ValuePath& to) {
    for (const auto& [key, value] : object) {
      if (!value.is_string() || !IsTitleName(key) || key == options_.id_field || key == options_.order_field) continue;
      if (!HasTextBeside(object, key)) continue;
      own_title_ = {to};
      own_title_.front().emplace_back(key);
      const std::string_view title = FirstOf(root, own_title_, profile_.unescape_title, Space::kOneLine, &title_path_);
      if (!title.empty()) return title;
    }
    return {};
  }

  std::string_view Body(element root, bool has_title) {
    simdjson::dom::object object;
    if (root.get(object) != simdjson::SUCCESS) return {};
    if (!has_title) title_path_ = nullptr;
    texts_.clear();
    step_.clear();
    title_bytes_ = nullptr;
    if (element title; title_path_ != nullptr && FindMember(root, *title_path_, title)) {
      if (std::string_view string; title.get(string) == simdjson::SUCCESS) title_bytes_ = string.data();
    }
    const bool is_whole = IsWhole(root);
    has_text_name_ = false;
    beside_text_ = std::any_of(object.begin(), object.end(),
                               [](const auto& member) { return IsTextMember(member.key, member.value); }) ||
                   std::ranges::any_of(body_, [&](const ValuePath& path) {
                     element value;
                     return FindMember(root, path, value) && IsText(value) && !text_.empty();
                   });
    if (!is_whole) TakeTexts(object);
    if (is_whole || (!has_title && !has_text_name_)) {
      texts_.clear();
      said_keys_.clear();
      said_bytes_ = has_title ? said_bytes_of_title_ : 0;
      TakeAll(object);
    }
    if (texts_.empty()) return {};
    if (texts_.size() == 1) return texts_[0];
    ClearText();
    const std::vector<bool> teasers = is_whole ? std::vector<bool>(texts_.size(), false) : TeasersOf(texts_);
    for (size_t i = 0; i < texts_.size(); ++i) {
      if (!teasers[i]) text_.append(text_.empty() ? "" : "\n").append(texts_[i]);
    }
    return batch_.arena.Copy(text_);
  }

  // All that is in it, but for the title.
  void TakeAll(const simdjson::dom::object& object) {
    bool has_string = false;
    for (const auto& [key, value] : object) {
      if (IsIdentity(key) || IsTitle(key)) continue;
      has_string = has_string || HasString(value);
      TakeLines(key, value, false);
    }
    if (!has_string) texts_.clear();
  }

  // The texts among the members of `object`, to which step_ leads.
  void TakeTexts(const simdjson::dom::object& object) {
    const bool has_text_inside = std::any_of(object.begin(), object.end(), [this](const auto& member) {
      return IsInside(member.value) && IsUnknown(member.key, member.value) &&
             (HasProse(member.value) || (!beside_text_ && HasNamedText(member.value)));
    });
    MarkupTwins twins(object);
    for (const auto& [key, value] : object) {
      simdjson::dom::object inner;
      if (IsTitle(key) || twins.Repeats(key, value)) continue;
      if ((IsOneOf(body_, key) && TakeBody(key, value)) ||
          (IsUnknown(key, value) && IsTextMember(key, value) && TakeBody(key, value))) {
        has_text_name_ = true;
      } else if (LeadsOn(key) && value.get(inner) == simdjson::SUCCESS) {
        step_.push_back(key);
        TakeTexts(inner);
        step_.pop_back();
      } else if (IsUnknown(key, value)) {
        const bool is_text = value.is_string() ? HasProse(value)
                             : IsInside(value) ? has_text_inside
                                               : IsListOfStrings(value);
        if (is_text) TakeLines(key, value, true);
      }
    }
  }

  static bool IsInside(element value) { return (value.is_array() || value.is_object()) && !IsListOfStrings(value); }

  bool IsUnknown(std::string_view key, element value) {
    return !IsTitle(key) && !LeadsOn(key) && !IsOtherMember(key, value, beside_text_) && key != options_.id_field &&
           key != options_.order_field && !(IsOneOf(body_, key) && IsText(value));
  }

  bool IsText(element value) {
    ClearText();
    return AppendText(value, true);
  }

  // A text of that name; false if it has none.
  bool TakeBody(std::string_view key, element value) {
    if (!IsText(value)) return false;
    Unescape unescape = profile_.unescape_body;
    unescape.html |= key.ends_with("html");  // content_html, of a JSON feed
    return TakeText(key, unescape);
  }

  // Strings and numbers at any depth, on lines of their own.
  void TakeLines(std::string_view key, element value, bool skips_other) {
    ClearText();
    JsonTexts::ForEachIn(value, skips_other, [this](const element& scalar, NoCompanion) {
      std::string_view string;
      const bool is_title = scalar.get(string) == simdjson::SUCCESS && string.data() == title_bytes_;
      if (!is_title) AppendLine(scalar);
    });
    TakeText(key, profile_.unescape_body);
  }

  bool TakeText(std::string_view key, const Unescape& unescape) {
    const std::string_view text = reader_.Read(Copy(text_), unescape, Space::kLines);
    if (text.empty()) return false;
    texts_.push_back(text);
    said_keys_.push_back(step_.empty() ? key : step_.front());
    said_bytes_ += text_strings_;
    return true;
  }

  // --- paths: step_ and then `key` ----------------------------------------------------------------------------------

  bool Begins(const ValuePath& path, std::string_view key) const {
    return path.size() > step_.size() && std::ranges::equal(step_, std::span(path).first(step_.size())) &&
           path[step_.size()] == key;
  }
  bool Is(const ValuePath& path, std::string_view key) const {
    return path.size() == step_.size() + 1 && Begins(path, key);
  }
  bool IsTitle(std::string_view key) const { return title_path_ != nullptr && Is(*title_path_, key); }
  bool IsOneOf(const std::vector<ValuePath>& paths, std::string_view key) const {
    return std::ranges::any_of(paths, [&](const ValuePath& path) { return Is(path, key); });
  }
  // To the title, or to what may be a text.
  bool LeadsOn(std::string_view key) const {
    const auto leads_on = [&](const ValuePath& path) { return !Is(path, key) && Begins(path, key); };
    return (title_path_ != nullptr && leads_on(*title_path_)) || std::ranges::any_of(body_, leads_on);
  }

  void ClearText() {
    text_.clear();
    text_strings_ = 0;
  }

  // A string or number.
  void AppendLine(const element& scalar) {
    if (!text_.empty()) text_ += '\n';
    if (std::string_view string; scalar.get(string) == simdjson::SUCCESS)
      AppendString(string);
    else
      text_ += simdjson::minify(scalar);
  }

  void AppendString(std::string_view string) {
    text_ += string;
    text_strings_ += string.size();
  }

  bool AppendText(element value, bool may_be_nested) {
    std::string_view string;
    if (value.get(string) == simdjson::SUCCESS) {
      AppendString(string);
      return true;
    }
    simdjson::dom::array array;
    if (may_be_nested && value.get(array) == simdjson::SUCCESS) {
      // Strings with objects among them are one line with marks: ["See ", {"type": "link", "text": "page 3"}, "."].
      const bool has_string = std::any_of(array.begin(), array.end(), [](element each) { return each.is_string(); });
      const bool is_one =
          has_string && std::any_of(array.begin(), array.end(), [](element each) { return each.is_object(); });
      for (const element each : array) {
        if (!text_.empty() && !is_one) text_ += '\n';
        if (!AppendText(each, is_one && each.is_object())) return false;
      }
      return true;
    }
    simdjson::dom::object object;
    if (may_be_nested && value.get(object) == simdjson::SUCCESS) {
      for (const char* const name : {"value", "#text", "_text", "text", "rendered", "_", "$"}) {
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

  // A string, number, true or false as JSON; else empty.
  std::string_view JsonAt(element root, std::string_view path) {
    const auto value = OneValueAt(root, path);
    if (!value) return {};
    std::string_view string;
    if (value->get(string) != simdjson::SUCCESS) return batch_.arena.Copy(std::string(simdjson::minify(*value)));
    ClearText();
    AppendJsonString(string, text_);
    return batch_.arena.Copy(text_);
  }

  const LayoutOptions& options_;
  const Profile& profile_;
  Batch& batch_;
  FieldReader reader_;
  JsonTexts named_;  // by --match-fields
  const std::vector<ValuePath> title_, body_, snapshot_;
  std::vector<ValuePath> own_title_;       // by a name of the record's own
  std::string_view key_;                   // of the record
  const char* title_bytes_ = nullptr;      // of the string that it is
  const ValuePath* title_path_ = nullptr;  // where the title was found
  std::vector<std::string_view> step_;     // from the root
  std::vector<std::string_view> texts_;    // of the record in hand
  simdjson::dom::parser parser_;
  std::string text_, repaired_, bytes_;
  uint64_t text_strings_ = 0;                // bytes of the strings in text_
  std::vector<std::string_view> said_keys_;  // of the members in which they are
  bool beside_text_ = false;                 // the record in hand has a text that is known by its name
  bool has_text_name_ = false;               // one of the texts is one by its name
  uint64_t said_bytes_of_title_ = 0;
  uint64_t said_bytes_ = 0;    // of the strings that are title and text of the record in hand
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
