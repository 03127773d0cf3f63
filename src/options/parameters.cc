#include "options/parameters.h"

#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "clean/rules.h"
#include "layouts/profile.h"
#include "text/path_text.h"

namespace unecho {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

// The one list, in the order of the report. `Answer`: AnswerOptions, const or not.
template <typename Answer, typename Visitor>
void VisitParameters(Answer& answer, Visitor& visit) {
  visit.Layout("layout", answer.layout);
  visit.Text("encoding", answer.encoding);
  visit.TextsIfAny("aligned", answer.aligned);
  visit.Texts("match_fields", answer.segment.match_fields);
  visit.TextIfAny("record", answer.segment.record);
  visit.TextsIfAny("columns", answer.segment.columns);
  visit.TextOrNull("id_field", answer.segment.id_field);
  visit.Number("max_record_bytes", answer.segment.max_record_bytes);
  visit.Flag("require_body", answer.segment.require_body);
  visit.Flag("strict", answer.strict);
  visit.FlagIfSet("skip_unreadable", answer.skip_unreadable);
  visit.Compare("compare", "ignore", answer.comparison);
  visit.Share("threshold", answer.threshold);
  visit.Match("match", answer);
  visit.Number("shingle", answer.shingle_tokens);
  visit.Number("seed", answer.seed);
  visit.Keep("keep", answer);
  visit.TextsIfAny("key", answer.keys);
  visit.TextsIfAny("differ", answer.differ);
  visit.TextIfAny("within", answer.within);
  visit.NumberIfAny("ignore_common", answer.ignore_common);
  visit.PathIfAny("decided", answer.decided);
  visit.ReferenceNames("reference", answer.reference);
  visit.Flag("exact_join", answer.exact_join);
  visit.Flag("annotate", answer.annotate);
  visit.FlagIfSet("mark", answer.mark);
  visit.FlagIfSet("merge", answer.merge);
  visit.FlagIfSet("as_input", answer.as_input);
  visit.Clean("clean", answer.clean);
  visit.SetNames("against");
  visit.Number("against_ngram", answer.against_ngram_tokens);
  visit.Layout("against_layout", answer.against_layout);
  visit.Text("against_encoding", answer.against_encoding);
  visit.Texts("against_fields", answer.against_fields);
}

std::string ProfileKey(std::string_view key) { return std::string(key) + "_profile"; }

class Writer {
 public:
  Writer(const ParameterNames& names, JsonWriter& json) : names_(names), json_(json) {}

  // The name of a built-in layout, or "auto"; for a profile from a file its text too, so that the report says all.
  void Layout(std::string_view key, const LayoutPtr& layout) {
    Text(key, layout == nullptr ? "auto" : layout->name());
    if (layout != nullptr && FindLayout(layout->name()) == nullptr) Text(ProfileKey(key), layout->profile().source);
  }
  void Text(std::string_view key, std::string_view value) { json_.Key(key), json_.String(value); }
  void TextOrNull(std::string_view key, std::string_view value) {
    json_.Key(key);
    value.empty() ? json_.Null() : json_.String(value);
  }
  // Only where it is asked for: the reports of earlier versions have no such member.
  void TextIfAny(std::string_view key, std::string_view value) {
    if (!value.empty()) Text(key, value);
  }
  void PathIfAny(std::string_view key, const std::string& path) { TextIfAny(key, TextOfPath(path)); }
  void Texts(std::string_view key, std::span<const std::string> values) {
    json_.Key(key);
    json_.BeginArray();
    for (const std::string& value : values) json_.String(value);
    json_.EndArray();
  }
  void TextsIfAny(std::string_view key, std::span<const std::string> values) {
    if (!values.empty()) Texts(key, values);
  }
  template <typename Int>
  void Number(std::string_view key, Int value) {
    json_.Key(key), json_.Number(static_cast<uint64_t>(value));
  }
  void NumberIfAny(std::string_view key, uint64_t value) {
    if (value > 0) Number(key, value);
  }
  void Flag(std::string_view key, bool value) { json_.Key(key), json_.Bool(value); }
  void FlagIfSet(std::string_view key, bool value) {
    if (value) Flag(key, value);
  }
  void Compare(std::string_view key, std::string_view ignored_key, const Comparison& what) {
    if (what.by != CompareBy::kWords) Text(key, Name(what.by));
    TextsIfAny(ignored_key, IgnoredNames(what));
  }
  void Share(std::string_view key, double value) { json_.Key(key), json_.Double(value); }
  void Match(std::string_view key, const AnswerOptions& answer) {
    std::vector<std::string> fields;
    for (const MatchField& field : answer.match) fields.push_back(MatchFieldText(field));
    TextsIfAny(key, fields);
  }
  void Keep(std::string_view key, const AnswerOptions& answer) { Text(key, KeepPolicyName(answer)); }
  void Clean(std::string_view key, const CleanOptions& clean) {
    if (clean.any()) json_.Key(key), json_.Raw(CleanJson(clean));
  }
  void SetNames(std::string_view key) { Texts(key, names_.sets); }
  void ReferenceNames(std::string_view key, const std::vector<std::string>& /*paths*/) {
    TextsIfAny(key, names_.reference);
  }

 private:
  const ParameterNames& names_;
  JsonWriter& json_;
};

class Reader {
 public:
  Reader(const object& members, std::string path) : members_(members), path_(std::move(path)) {}

  // A built-in layout by its name, or the one whose profile stands beside it; null for "auto".
  void Layout(std::string_view key, LayoutPtr& layout) {
    const auto name = Get<std::string_view>(key);
    layout = name == "auto" || !counts_ ? nullptr : FindLayout(name);
    if (name == "auto" || layout != nullptr || !counts_) return;
    std::string_view toml;
    if (members_[ProfileKey(key)].get(toml) == simdjson::SUCCESS) {
      absl::StatusOr<Profile> profile = ParseProfile(toml, "the profile in the report");
      if (profile.ok()) layout = std::make_shared<const unecho::Layout>(*std::move(profile));
    }
    if (layout == nullptr) Fail(key);
  }
  void Text(std::string_view key, std::string& value) { value = Get<std::string_view>(key); }
  void TextOrNull(std::string_view key, std::string& value) {
    element member;
    const bool is_null = members_[key].get(member) == simdjson::SUCCESS && member.is_null();
    value = is_null ? std::string_view() : Get<std::string_view>(key);
  }
  void TextIfAny(std::string_view key, std::string& value) {
    const bool is_there = members_[key].error() == simdjson::SUCCESS;
    value = is_there ? Get<std::string_view>(key) : std::string_view();
  }
  void PathIfAny(std::string_view key, std::string& path) {
    TextIfAny(key, path);
    path = PathOfText(path);
  }
  void Texts(std::string_view key, std::vector<std::string>& values) {
    values.clear();
    array members;
    if (counts_ && members_[key].get(members) != simdjson::SUCCESS) Fail(key);
    if (!counts_ || !status_.ok()) return;
    for (const element& member : members) {
      std::string_view value;
      if (member.get(value) != simdjson::SUCCESS) Fail(key);
      values.emplace_back(value);
    }
  }
  void TextsIfAny(std::string_view key, std::vector<std::string>& values) {
    values.clear();
    if (members_[key].error() == simdjson::SUCCESS) Texts(key, values);
  }
  template <typename Int>
  void Number(std::string_view key, Int& value) {
    if (!counts_) return;
    const auto member = Get<uint64_t>(key);
    if (member > static_cast<uint64_t>(std::numeric_limits<Int>::max())) Fail(key);
    value = static_cast<Int>(member);
    if constexpr (std::is_same_v<Int, int>) {  // tokens of a shingle, of a run
      if (value < 1 || value > 64) Fail(key);
    }
  }
  void NumberIfAny(std::string_view key, uint64_t& value) {
    value = members_[key].error() == simdjson::SUCCESS ? Get<uint64_t>(key) : 0;
  }
  void Flag(std::string_view key, bool& value) { value = Get<bool>(key); }
  void FlagIfSet(std::string_view key, bool& value) {
    value = members_[key].error() == simdjson::SUCCESS && Get<bool>(key);
  }
  void Compare(std::string_view key, std::string_view ignored_key, Comparison& what) {
    std::string by;
    std::vector<std::string> ignored;
    TextIfAny(key, by);
    TextsIfAny(ignored_key, ignored);
    if (by.empty()) by = Name(CompareBy::kWords);
    if (!ParseComparison(by, ignored, what).ok()) Fail(key);
  }
  void Share(std::string_view key, double& value) {
    value = Get<double>(key);
    if (!(value > 0 && value <= 1)) Fail(key);
  }
  // Behind match_fields, where the names stand, too.
  void Match(std::string_view key, AnswerOptions& answer) {
    std::vector<std::string> fields;
    TextsIfAny(key, fields);
    answer.match.clear();
    answer.segment.fields_apart = false;
    if (!fields.empty() && !ParseMatch(absl::StrJoin(fields, ","), answer).ok()) Fail(key);
  }
  void Keep(std::string_view key, AnswerOptions& answer) {
    if (!ParseKeepPolicy(Get<std::string_view>(key), answer).ok()) Fail(key);
  }
  void Clean(std::string_view key, CleanOptions& clean) {
    clean = CleanOptions{};
    element member;
    if (members_[key].get(member) != simdjson::SUCCESS) return;  // no rule was asked
    if (!CleanFromJson(simdjson::to_string(member), clean).ok()) Fail(key);
  }
  void ReferenceNames(std::string_view key, std::vector<std::string>& names) { TextsIfAny(key, names); }
  // A report of an earlier program names no evaluation sets, nor what follows.
  void SetNames(std::string_view key) { counts_ = members_[key].error() == simdjson::SUCCESS; }

  const absl::Status& status() const { return status_; }

 private:
  template <typename T>
  T Get(std::string_view key) {
    T value{};
    if (counts_ && members_[key].get(value) != simdjson::SUCCESS) Fail(key);
    return value;
  }
  void Fail(std::string_view key) {
    if (!status_.ok()) return;
    status_ = absl::DataLossError(absl::StrFormat(
        "%s: the parameter \"%s\" is missing or of the wrong type; audit with the report as the run wrote it, or with "
        "the options of the run instead of --report",
        path_, key));
  }

  const object& members_;
  std::string path_;
  bool counts_ = true;
  absl::Status status_;
};

}  // namespace

void WriteParameters(const AnswerOptions& answer, const ParameterNames& names, JsonWriter& json) {
  Writer writer(names, json);
  VisitParameters(answer, writer);
}

absl::Status ReadParameters(const object& members, const std::string& path, AnswerOptions& answer) {
  Reader reader(members, path);
  VisitParameters(answer, reader);
  return reader.status();
}

}  // namespace unecho
