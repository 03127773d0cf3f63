// The parallel half of yaml: a record is read by libyaml, put into JSON, and read on as a record of json is.
//
// An alias (*name) says what its anchor (&name) in the same record does. One of an anchor elsewhere is not known here:
// a value that is one makes the record malformed, while what is merged from there (<<: *defaults) says nothing. A
// record with malformed UTF-8 is read as a repaired copy, and one that lacks quotes with quotes; what libyaml does not
// take then is rejected as malformed.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/batch.h"
#include "layouts/engines.h"
#include "layouts/json_values.h"
#include "layouts/span_batch.h"
#include "layouts/yaml_events.h"
#include "layouts/yaml_quotes.h"
#include "text/json.h"
#include "text/scan.h"

namespace unecho {
namespace {

constexpr size_t kMostNodeLevels = 128;
// Of JSON, and of what is kept of anchors, for each byte of the record: aliases of aliases grow without bound.
constexpr size_t kMostGrowth = 16, kLeastGrown = size_t{64} << 10;

// As JSON writes numbers, and so that nothing is lost if it is read as one: 2401.10 is no number, but an identifier.
bool IsPlainNumber(std::string_view text) {
  constexpr size_t kMostDigits = 15;
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  if (digits.empty() || digits.size() > kMostDigits || digits.find_first_not_of("0123456789.") != digits.npos)
    return false;
  const size_t point = digits.find('.');
  const std::string_view whole = digits.substr(0, point);
  if (whole.empty() || (whole.size() > 1 && whole[0] == '0')) return false;
  if (point == digits.npos) return true;
  const std::string_view part = digits.substr(point + 1);
  return !part.empty() && part.find('.') == part.npos && part.back() != '0';
}

class Converter {
 public:
  // The value of the one item of a list, or of the one member of a mapping, as JSON. False if it is no such YAML, or
  // the value is no mapping.
  bool Convert(std::string_view text, std::string& json) {
    json.clear();
    levels_.clear();
    anchors_.clear();
    open_anchors_.clear();
    has_unknown_alias_ = false;
    is_too_much_ = false;
    anchor_bytes_ = 0;
    const size_t most_bytes = kLeastGrown + kMostGrowth * text.size();
    size_t begin = 0, end = 0, documents = 0;
    YamlEvents events(text);
    while (const yaml_event_t* const event = events.Next()) {
      switch (event->type) {
        case YAML_DOCUMENT_START_EVENT:
          if (++documents > 1) return false;
          break;
        case YAML_SEQUENCE_START_EVENT:
        case YAML_MAPPING_START_EVENT: {
          const bool is_list = event->type == YAML_SEQUENCE_START_EVENT;
          if (levels_.size() == kMostNodeLevels || (!levels_.empty() && levels_.back() == kKey)) return false;
          if (levels_.size() == 1) {
            if (begin > 0 || is_list) return false;
            begin = BeginValue(json);
          } else {
            BeginValue(json);
          }
          const auto* const anchor = is_list ? event->data.sequence_start.anchor : event->data.mapping_start.anchor;
          open_anchors_.push_back({NameOf(anchor), json.size()});
          json += is_list ? '[' : '{';
          levels_ += is_list ? kItem : kKey;
          is_first_ = true;
          break;
        }
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT:
          json += event->type == YAML_SEQUENCE_END_EVENT ? ']' : '}';
          if (!open_anchors_.back().first.empty())
            KeepAnchor(open_anchors_.back().first, std::string_view(json).substr(open_anchors_.back().second));
          if (is_too_much_ = anchor_bytes_ > most_bytes; is_too_much_) return false;
          open_anchors_.pop_back();
          levels_.pop_back();
          is_first_ = false;
          EndValue();
          if (levels_.size() == 1) end = json.size();
          break;
        case YAML_ALIAS_EVENT:
          if (levels_.size() < 2 || levels_.back() == kKey) return false;
          BeginValue(json);
          AppendAlias(NameOf(event->data.alias.anchor), json);
          if (is_too_much_ = json.size() > most_bytes; is_too_much_) return false;
          EndValue();
          break;
        case YAML_SCALAR_EVENT:
          if (levels_.empty() || (levels_.size() == 1 && levels_.back() != kKey)) return false;
          if (const size_t value = BeginValue(json); true) {
            AppendScalar(*event, levels_.back() == kKey, json);
            if (const std::string name = NameOf(event->data.scalar.anchor); !name.empty())
              KeepAnchor(name, std::string_view(json).substr(value));
            if (is_too_much_ = anchor_bytes_ > most_bytes; is_too_much_) return false;
          }
          EndValue();
          break;
        default: break;
      }
    }
    if (events.failed() || end == 0) return false;
    json.resize(end);
    json.erase(0, begin);
    return true;
  }

  // Of an anchor that is in no record, or in another one.
  bool has_unknown_alias() const { return has_unknown_alias_; }
  // It is YAML, and stands for too much: no quotes are lacking.
  bool is_too_much() const { return is_too_much_; }

 private:
  static constexpr char kItem = 'i', kKey = 'k', kValue = 'v';  // what comes next

  size_t BeginValue(std::string& json) {
    if (!levels_.empty() && levels_.back() == kValue) {
      json += ':';
    } else if (!is_first_ && !levels_.empty()) {
      json += ',';
    }
    is_first_ = false;
    return json.size();
  }

  void EndValue() {
    if (levels_.empty() || levels_.back() == kItem) return;
    levels_.back() = levels_.back() == kKey ? kValue : kKey;
  }

  static std::string NameOf(const yaml_char_t* anchor) {
    return anchor == nullptr ? std::string() : reinterpret_cast<const char*>(anchor);
  }

  void KeepAnchor(const std::string& name, std::string_view value) {
    anchor_bytes_ += value.size();
    anchors_[name] = value;
  }

  void AppendAlias(const std::string& name, std::string& json) {
    const auto found = anchors_.find(name);
    if (found == anchors_.end()) has_unknown_alias_ |= !json.ends_with(R"("<<":)");
    json += found == anchors_.end() ? std::string_view("null") : std::string_view(found->second);
  }

  static void AppendScalar(const yaml_event_t& event, bool is_key, std::string& json) {
    const std::string_view value = YamlEvents::Value(event);
    const bool is_plain = event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE && event.data.scalar.tag == nullptr;
    if (is_plain && !is_key) {
      if (value.empty() || value == "~" || value == "null") {
        json += "null";
        return;
      }
      if (value == "true" || value == "false" || IsPlainNumber(value)) {
        json += value;
        return;
      }
    }
    AppendJsonString(value, json);
  }

  std::string levels_;
  std::map<std::string, std::string> anchors_;                // what they stand for, as JSON
  std::vector<std::pair<std::string, size_t>> open_anchors_;  // of what is open, perhaps empty, and where it begins
  size_t anchor_bytes_ = 0;                                   // anchors in anchors are kept several times
  bool is_first_ = true, has_unknown_alias_ = false, is_too_much_ = false;
};

}  // namespace

void SegmentYaml(const LayoutOptions& options, const Profile& profile, Batch& batch) {
  JsonValues values(options, profile, batch);
  Converter converter;
  std::string repaired, quoted, json;
  const auto accept = [&](Record& record) {
    std::string_view text = record.raw;
    if (!IsValidUtf8(text)) {
      repaired.clear();
      AppendRepairedUtf8(text, repaired);
      text = repaired;
    }
    const bool is_yaml = converter.Convert(text, json) || (!converter.is_too_much() && QuotePlainValues(text, quoted) &&
                                                           converter.Convert(quoted, json));
    if (!is_yaml || converter.has_unknown_alias()) return AddRejected(batch, record, Reason::kMalformed);
    values.Accept(record, batch.arena.Copy(json));
  };
  ForEachSpan(options, batch, "", accept, [](std::string_view) {});
}

}  // namespace unecho
