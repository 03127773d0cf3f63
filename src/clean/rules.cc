// The choice of cleaning rules: from the command line, from a rules file, to the report and back.
#include "clean/rules.h"

#include <simdjson.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "base/did_you_mean.h"
#include "base/small_file.h"
#include "clean/language.h"
#include "clean/parameters.h"
#include "text/json.h"

namespace unecho {
namespace {

constexpr std::array<std::string_view, 4> kPiiModes = {"off", "mask", "drop", "report"};
constexpr std::string_view kOff = "off";

std::vector<std::string> Items(std::string_view list) { return absl::StrSplit(Abs(list), ',', absl::SkipEmpty()); }

std::string RepairNames() {
  std::string names;
  for (size_t i = 0; i < kNumRepairs; ++i)
    absl::StrAppendFormat(&names, "%s%s", i > 0 ? ", " : "", Name(static_cast<Rewrite>(i)));
  return names;
}

std::string RuleNames() {
  std::string names;
  for (size_t i = static_cast<size_t>(kFirstCleaning); i < kNumReasons; ++i) {
    absl::StrAppendFormat(&names, "%s%s", names.empty() ? "" : ", ", Name(static_cast<Reason>(i)));
  }
  return names;
}

absl::Status Wrong(std::string message) { return absl::InvalidArgumentError(std::move(message)); }

// --- values --------------------------------------------------------------------------------------------------------

template <typename T>
std::string_view KindOf() {
  if constexpr (std::is_same_v<T, bool>) return "true or false";
  if constexpr (std::is_same_v<T, double>) return "a finite number not below 0";
  if constexpr (std::is_same_v<T, uint64_t>) return "a whole number not below 0";
  return "a list of strings";
}

bool Take(const toml::node& node, bool& value) {
  const auto found = node.value_exact<bool>();
  if (found) value = *found;
  return found.has_value();
}
bool Take(const toml::node& node, double& value) {
  if (node.is_boolean()) return false;
  const auto found = node.value<double>();
  if (!found || !(*found >= 0) || !std::isfinite(*found)) return false;
  value = *found;
  return true;
}
bool Take(const toml::node& node, uint64_t& value) {
  const auto found = node.value_exact<int64_t>();
  if (!found || *found < 0) return false;
  value = static_cast<uint64_t>(*found);
  return true;
}
bool Take(const toml::node& node, std::vector<std::string>& value) {
  const toml::array* array = node.as_array();
  if (array == nullptr) return false;
  std::vector<std::string> strings;
  for (const toml::node& each : *array) {
    const auto found = each.value_exact<std::string>();
    if (!found) return false;
    strings.push_back(*found);
  }
  value = std::move(strings);
  return true;
}

bool Take(const simdjson::dom::element& json, bool& value) { return json.get(value) == simdjson::SUCCESS; }
bool Take(const simdjson::dom::element& json, double& value) {
  return json.get(value) == simdjson::SUCCESS && value >= 0;
}
bool Take(const simdjson::dom::element& json, uint64_t& value) { return json.get(value) == simdjson::SUCCESS; }
bool Take(const simdjson::dom::element& json, std::vector<std::string>& value) {
  simdjson::dom::array array;
  if (json.get(array) != simdjson::SUCCESS) return false;
  value.clear();
  for (const simdjson::dom::element& each : array) {
    std::string_view text;
    if (each.get(text) != simdjson::SUCCESS) return false;
    value.emplace_back(text);
  }
  return true;
}

void Put(JsonWriter& json, bool value) { json.Bool(value); }
void Put(JsonWriter& json, double value) { json.Double(value); }
void Put(JsonWriter& json, uint64_t value) { json.Number(value); }
void Put(JsonWriter& json, const std::vector<std::string>& value) {
  json.BeginArray();
  for (const std::string& each : value) json.String(each);
  json.EndArray();
}

// --- a rules file --------------------------------------------------------------------------------------------------

class RulesFile {
 public:
  RulesFile(const std::string& path, CleanOptions& options) : path_(path), options_(options) {}

  absl::Status Take(const toml::table& root) {
    for (const auto& [key, node] : root) {
      const std::string_view name = key.str();
      if (name == kOff)
        TakeOff(node);
      else if (Tables().find(absl::StrFormat("[%s]", name)) == std::string::npos) {
        Fail(key.source().begin.line, absl::StrFormat("unknown key \"%s\"; there are: off, %s", name, Tables()));
      } else if (const toml::table* table = node.as_table()) {
        for (const auto& [inner, value] : *table) TakeValue(name, inner, value);
      } else {
        Fail(key.source().begin.line, absl::StrFormat("\"%s\" must be a table: write [%s]", name, name));
      }
    }
    return status_;
  }

 private:
  static std::string Tables() { return "[gopher], [c4], [fineweb], [language]"; }

  // The first error by line.
  void Fail(uint32_t line, const std::string& what) {
    if (!status_.ok() && line >= line_) return;
    line_ = line;
    status_ = Wrong(absl::StrFormat("%s:%d: %s", path_, line, what));
  }

  void TakeOff(const toml::node& node) {
    std::vector<std::string> names;
    if (!unecho::Take(node, names)) return Fail(node.source().begin.line, "\"off\" must be a list of rules");
    for (const std::string& name : names) {
      const Reason reason = clean::RuleByName(name);
      if (reason == Reason::kNone) {
        return Fail(node.source().begin.line, absl::StrFormat("unknown rule \"%s\"; there are: %s", name, RuleNames()));
      }
      options_.off[static_cast<size_t>(reason)] = true;
    }
  }

  void TakeValue(std::string_view table, const toml::key& key, const toml::node& node) {
    bool known = false;
    std::string keys;
    clean::VisitParameters(options_, [&](std::string_view in, std::string_view name, auto& value) {
      if (in != table) return;
      absl::StrAppendFormat(&keys, "%s%s", keys.empty() ? "" : ", ", name);
      if (name != key.str()) return;
      known = true;
      using Value = std::remove_cvref_t<decltype(value)>;
      if (!unecho::Take(node, value)) {
        Fail(node.source().begin.line, absl::StrFormat("%s.%s must be %s", table, name, KindOf<Value>()));
      }
    });
    if (!known) {
      Fail(key.source().begin.line, absl::StrFormat("unknown key \"%s\"; [%s] has: %s", key.str(), table, keys));
    }
  }

  const std::string& path_;
  CleanOptions& options_;
  absl::Status status_;
  uint32_t line_ = 0;
};

}  // namespace

Reason clean::RuleByName(std::string_view name) {
  for (size_t i = static_cast<size_t>(kFirstCleaning); i < kNumReasons; ++i) {
    if (Name(static_cast<Reason>(i)) == name) return static_cast<Reason>(i);
  }
  return Reason::kNone;
}

bool CleanOptions::any() const {
  return std::ranges::find(repair, true) != repair.end() || gopher_on || c4_on || fineweb_on || !languages.empty() ||
         pii != PiiMode::kOff || dedups() || min_length > 0;
}

std::vector<Reason> RulesInUse(const CleanOptions& options) {
  std::vector<Reason> rules;
  const auto add = [&](Reason first, Reason last, bool asked) {
    for (auto i = static_cast<size_t>(first); asked && i <= static_cast<size_t>(last); ++i) {
      if (!options.off[i]) rules.push_back(static_cast<Reason>(i));
    }
  };
  add(Reason::kLanguage, Reason::kLanguage, !options.languages.empty());
  add(Reason::kGopherDupParaFrac, Reason::kGopherStopWords, options.gopher_on);
  add(Reason::kC4LoremIpsum, Reason::kC4Sentences, options.c4_on);
  add(Reason::kC4Paragraphs, Reason::kC4Paragraphs, options.c4_on && options.c4.min_paragraphs > 0);
  add(Reason::kFinewebEmpty, Reason::kFinewebList, options.fineweb_on);
  add(Reason::kPiiEmail, Reason::kPiiPhone, options.pii == PiiMode::kDrop);
  add(Reason::kOnlyRepeatedLines, Reason::kOnlyRepeatedLines, options.dedups());
  add(Reason::kMinLength, Reason::kMinLength, options.min_length > 0);
  return rules;
}

std::vector<Rewrite> RewritesInUse(const CleanOptions& options) {
  std::vector<Rewrite> rules;
  for (size_t i = 0; i < kNumRepairs; ++i) {
    if (options.repair[i]) rules.push_back(static_cast<Rewrite>(i));
  }
  if (options.c4_on) rules.push_back(Rewrite::kC4Lines);
  if (options.pii == PiiMode::kMask) std::ranges::copy(FindingsInUse(options), std::back_inserter(rules));
  if (options.dedup_paragraphs) rules.push_back(Rewrite::kRepeatedParagraphs);
  if (options.dedup_lines) rules.push_back(Rewrite::kRepeatedLines);
  if (options.dedup_sentences) rules.push_back(Rewrite::kRepeatedSentences);
  return rules;
}

std::vector<Rewrite> FindingsInUse(const CleanOptions& options) {
  std::vector<Rewrite> kinds;
  if (options.pii == PiiMode::kOff) return kinds;
  for (size_t i = static_cast<size_t>(Rewrite::kPiiEmail); i <= static_cast<size_t>(Rewrite::kPiiPhone); ++i) {
    const size_t reason = static_cast<size_t>(Reason::kPiiEmail) + i - static_cast<size_t>(Rewrite::kPiiEmail);
    if (!options.off[reason]) kinds.push_back(static_cast<Rewrite>(i));
  }
  return kinds;
}

std::string_view Name(PiiMode mode) { return kPiiModes.at(static_cast<size_t>(mode)); }

namespace {

absl::Status TakeRepair(std::string_view list, CleanOptions& options) {
  options.repair.fill(false);
  for (const std::string& item : Items(list)) {
    if (item == "none") continue;
    bool known = item == "all";
    for (size_t i = 0; i < kNumRepairs; ++i) {
      const bool meant = item == "all" || item == Name(static_cast<Rewrite>(i));
      options.repair[i] |= meant;
      known |= meant;
    }
    if (!known) {
      std::vector<std::string_view> names;
      for (size_t i = 0; i < kNumRepairs; ++i) names.push_back(Name(static_cast<Rewrite>(i)));
      return Wrong(absl::StrFormat("--repair %s: give all, none or some of %s%s", item, RepairNames(),
                                   DidYouMean(item, std::span<const std::string_view>(names))));
    }
  }
  return absl::OkStatus();
}

constexpr std::string_view kQualitySets[] = {"gopher", "c4", "fineweb"};

absl::Status TakeQuality(std::string_view list, CleanOptions& options) {
  options.gopher_on = options.c4_on = options.fineweb_on = false;
  for (const std::string& item : Items(list)) {
    if (item == "gopher")
      options.gopher_on = true;
    else if (item == "c4")
      options.c4_on = true;
    else if (item == "fineweb")
      options.fineweb_on = true;
    else
      return Wrong(absl::StrFormat("--quality %s: give one or some of gopher, c4, fineweb%s", item,
                                   DidYouMean(item, std::span<const std::string_view>(kQualitySets))));
  }
  return absl::OkStatus();
}

absl::Status CheckLanguages(std::span<const std::string> codes) {
  for (const std::string& code : codes) {
    if (!clean::IsKnownLanguage(code)) {
      const std::string meant = clean::LanguageMeant(code);
      return Wrong(
          absl::StrFormat("--languages %s: no language that CLD2 knows; %s", code,
                          meant.empty() ? "there are: und," + clean::KnownLanguages() : "did you mean " + meant + "?"));
    }
  }
  return absl::OkStatus();
}

absl::Status TakeLanguages(std::string_view list, CleanOptions& options) {
  options.languages = Items(list);
  return CheckLanguages(options.languages);
}

absl::Status TakePii(std::string_view mode, CleanOptions& options) {
  const auto found = std::ranges::find(kPiiModes, mode);
  if (found == kPiiModes.end()) {
    return Wrong(absl::StrFormat("--pii %s: give mask, drop or report%s", mode,
                                 DidYouMean(mode, std::span<const std::string_view>(kPiiModes))));
  }
  options.pii = static_cast<PiiMode>(found - kPiiModes.begin());
  return absl::OkStatus();
}

}  // namespace

Status ParseRepair(std::string_view list, CleanOptions& options) {
  return PublicCall([&] { return TakeRepair(list, options); });
}
Status ParseQuality(std::string_view list, CleanOptions& options) {
  return PublicCall([&] { return TakeQuality(list, options); });
}
Status ParseLanguages(std::string_view list, CleanOptions& options) {
  return PublicCall([&] { return TakeLanguages(list, options); });
}
Status ParsePii(std::string_view mode, CleanOptions& options) {
  return PublicCall([&] { return TakePii(mode, options); });
}

absl::Status CheckClean(const CleanOptions& options) {
  if (options.dedup_min_tokens == 0) return Wrong("--dedup-min-tokens 0: give a number from 1 on");
  UNECHO_RETURN_IF_ERROR(CheckLanguages(options.languages));
  absl::Status status;
  const auto check = [&](std::string_view table, std::string_view key, double value) {
    if (status.ok() && !(value >= 0 && std::isfinite(value)))
      status = Wrong(absl::StrFormat("%s.%s is %g: it must be a number not below 0", table, key, value));
  };
  clean::VisitParameters(options, [&](std::string_view table, std::string_view key, const auto& value) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, double>) check(table, key, value);
  });
  return status;
}

absl::Status ParseRules(std::string_view text, const std::string& path, CleanOptions& options) {
  try {
    const toml::table root = toml::parse(text, path);
    return RulesFile(path, options).Take(root);
  } catch (const toml::parse_error& error) {
    return Wrong(absl::StrFormat("%s:%d: no TOML: %s", path, error.source().begin.line, error.description()));
  }
}

Status ReadRules(const std::string& path, CleanOptions& options) {
  return PublicCall([&]() -> absl::Status {
    const absl::StatusOr<std::string> text = ReadSmallFile(path, kMostWrittenByHand);
    if (!text.ok()) return Wrong(absl::StrFormat("--rules %s", text.status().message()));
    return ParseRules(*text, path, options);
  });
}

std::string CleanJson(const CleanOptions& options) {
  std::string out;
  JsonWriter json(out);
  const auto names = [&](std::string_view key, auto&& each) {
    json.Key(key);
    json.BeginArray();
    each();
    json.EndArray();
  };
  json.BeginObject();
  names("repair", [&] {
    for (size_t i = 0; i < kNumRepairs; ++i) {
      if (options.repair[i]) json.String(Name(static_cast<Rewrite>(i)));
    }
  });
  names("languages", [&] {
    for (const std::string& code : options.languages) json.String(code);
  });
  names("quality", [&] {
    if (options.gopher_on) json.String("gopher");
    if (options.c4_on) json.String("c4");
    if (options.fineweb_on) json.String("fineweb");
  });
  json.Key("pii"), json.String(Name(options.pii));
  json.Key("dedup_paragraphs"), json.Bool(options.dedup_paragraphs);
  json.Key("dedup_lines"), json.Bool(options.dedup_lines);
  if (options.dedup_sentences) json.Member("dedup_sentences", true);
  if (options.dedup_inside) json.Member("dedup_inside", true);
  if (options.dedup_at_least > 0) json.Member("dedup_at_least", options.dedup_at_least);
  json.Key("dedup_min_tokens"), json.Number(options.dedup_min_tokens);
  json.Key("min_length"), json.Number(options.min_length);
  names("off", [&] {
    for (size_t i = 0; i < kNumReasons; ++i) {
      if (options.off[i]) json.String(Name(static_cast<Reason>(i)));
    }
  });
  std::string_view open;
  clean::VisitParameters(options, [&](std::string_view table, std::string_view key, const auto& value) {
    if (table != open) {
      if (!open.empty()) json.EndObject();
      json.Key(table);
      json.BeginObject();
      open = table;
    }
    json.Key(key);
    Put(json, value);
  });
  json.EndObject();
  json.EndObject();
  return out;
}

absl::Status CleanFromJson(std::string_view text, CleanOptions& options) {
  const auto wrong = [](std::string_view what) {
    return absl::DataLossError(
        absl::StrFormat("the parameter \"clean\": \"%s\" is missing or not as a run writes it", what));
  };
  simdjson::dom::parser parser;
  simdjson::dom::object root;
  if (parser.parse(text.data(), text.size(), true).get(root) != simdjson::SUCCESS) return wrong("clean");
  options = CleanOptions{};
  std::vector<std::string> repair, quality, off;
  std::string_view pii;
  simdjson::dom::element value;
  if (root["repair"].get(value) != simdjson::SUCCESS || !Take(value, repair)) return wrong("repair");
  if (root["quality"].get(value) != simdjson::SUCCESS || !Take(value, quality)) return wrong("quality");
  if (root["off"].get(value) != simdjson::SUCCESS || !Take(value, off)) return wrong("off");
  if (root["languages"].get(value) != simdjson::SUCCESS || !Take(value, options.languages)) return wrong("languages");
  if (root["dedup_paragraphs"].get(options.dedup_paragraphs) != simdjson::SUCCESS) return wrong("dedup_paragraphs");
  if (root["dedup_lines"].get(options.dedup_lines) != simdjson::SUCCESS) return wrong("dedup_lines");
  // Only there where they are asked for.
  if (root["dedup_sentences"].get(options.dedup_sentences) == simdjson::INCORRECT_TYPE) return wrong("dedup_sentences");
  if (root["dedup_inside"].get(options.dedup_inside) == simdjson::INCORRECT_TYPE) return wrong("dedup_inside");
  if (root["dedup_at_least"].get(options.dedup_at_least) == simdjson::INCORRECT_TYPE) return wrong("dedup_at_least");
  if (root["dedup_min_tokens"].get(options.dedup_min_tokens) != simdjson::SUCCESS) return wrong("dedup_min_tokens");
  if (root["min_length"].get(options.min_length) != simdjson::SUCCESS) return wrong("min_length");
  if (root["pii"].get(pii) != simdjson::SUCCESS || !ParsePii(pii, options).ok()) return wrong("pii");
  if (!ParseRepair(absl::StrJoin(repair, ","), options).ok()) return wrong("repair");
  if (!ParseQuality(absl::StrJoin(quality, ","), options).ok()) return wrong("quality");
  for (const std::string& name : off) {
    const Reason reason = clean::RuleByName(name);
    if (reason == Reason::kNone) return wrong("off");
    options.off[static_cast<size_t>(reason)] = true;
  }
  std::string missing;
  clean::VisitParameters(options, [&](std::string_view table, std::string_view key, auto& parameter) {
    simdjson::dom::element found;
    if (root[table][key].get(found) != simdjson::SUCCESS || !Take(found, parameter)) missing = key;
  });
  return missing.empty() ? absl::OkStatus() : wrong(missing);
}

}  // namespace unecho
