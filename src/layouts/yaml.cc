// The parallel half of yaml: a record is read by libyaml, put into JSON, and read on as a record of json is.
//
// Each record is a document of its own: anchors of other records are not known, and an alias says nothing. A record
// with malformed UTF-8 is read as a repaired copy, and one that lacks quotes with quotes; what libyaml does not take
// then is rejected as malformed.
#include <string>
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

constexpr size_t kMostLevels = 128;

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
          if (levels_.size() == kMostLevels || (!levels_.empty() && levels_.back() == kKey)) return false;
          if (levels_.size() == 1) {
            if (begin > 0 || is_list) return false;
            begin = BeginValue(json);
          } else {
            BeginValue(json);
          }
          json += is_list ? '[' : '{';
          levels_ += is_list ? kItem : kKey;
          is_first_ = true;
          break;
        }
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT:
          json += event->type == YAML_SEQUENCE_END_EVENT ? ']' : '}';
          levels_.pop_back();
          is_first_ = false;
          EndValue();
          if (levels_.size() == 1) end = json.size();
          break;
        case YAML_ALIAS_EVENT:
          if (levels_.size() < 2 || levels_.back() == kKey) return false;
          BeginValue(json);
          json += "null";
          EndValue();
          break;
        case YAML_SCALAR_EVENT:
          if (levels_.empty() || (levels_.size() == 1 && levels_.back() != kKey)) return false;
          BeginValue(json);
          AppendScalar(*event, levels_.back() == kKey, json);
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
  bool is_first_ = true;
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
    const bool is_yaml =
        converter.Convert(text, json) || (QuotePlainValues(text, quoted) && converter.Convert(quoted, json));
    if (!is_yaml) return AddRejected(batch, record, Reason::kMalformed);
    values.Accept(record, batch.arena.Copy(json));
  };
  ForEachSpan(options, batch, "", accept, [](std::string_view) {});
}

}  // namespace unecho
