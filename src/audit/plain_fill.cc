#include "audit/plain_fill.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "audit/plain_fill_forms.h"
#include "text/field_value.h"
#include "text/json.h"

namespace unecho {
namespace {

using std::string;
using std::string_view;

bool IsNumeral(char c) { return c >= '0' && c <= '9'; }
bool HasNumeral(string_view text) { return std::ranges::any_of(text, IsNumeral); }

// Its words, by all that is a blank or a control character.
std::vector<string> WordsOf(string_view text) {
  std::vector<string> words(1);
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (code > 32 && code != 127)
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

// The runs of digits of a text, in order.
std::vector<string> NumeralsOf(string_view text) {
  std::vector<string> runs;
  bool goes_on = false;
  for (const char c : text) {
    if (!IsNumeral(c)) {
      goes_on = false;
      continue;
    }
    if (!goes_on) runs.emplace_back();
    runs.back() += c;
    goes_on = true;
  }
  return runs;
}

string UsableValue(string_view field, string_view written) {
  if (written.size() > (field == "abstract" ? 65536U : 1000U) || CountMalformedUtf8(written) > 0) return {};
  const std::vector<string> words = WordsOf(written);
  const string line = absl::StrJoin(words, " ");
  if (IsPlaceholder(line, Zero::kIsNone)) return {};
  if (field == "abstract") return words.size() < 20 ? string() : line;
  if (field == "volume" || field == "number" || field == "pages") return HasNumeral(line) ? line : string();
  if (field == "year" || field == "pmid") {
    for (const string& run : NumeralsOf(line)) {
      if (field == "pmid"
              ? run.size() >= 4
              : run.size() == 4 && run[0] != '0' && std::atoi(run.c_str()) >= 1500 && std::atoi(run.c_str()) <= 2099)
        return run;
    }
    return {};
  }
  if (field == "doi") {
    const size_t begin = line.find("10.");
    if (begin == line.npos) return {};
    string doi = std::vector<string>(absl::StrSplit(line.substr(begin), ' ')).front();
    while (doi.find_last_of(".,;:") == doi.size() - 1) doi.pop_back();
    return doi.find('/') == doi.npos ? string() : doi;
  }
  if (field == "isbn") {
    string digits;
    for (const char c : line) {
      if (IsNumeral(c) || c == 'x' || c == 'X')
        digits += c;
      else if (c != '-' && c != ' ')
        return {};
    }
    return digits.size() == 10 || digits.size() == 13 ? line : string();
  }
  return line;
}

}  // namespace

string WithoutBlanksAround(string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  return begin == text.npos ? string() : string(text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin));
}

bool IsAllBlank(string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

std::pair<string, string> FirstAndLastOf(const string& pages) {
  for (const string dash : {"--", "\u2013", "\u2014", "-"}) {
    if (pages.find(dash) == string::npos) continue;
    const std::vector<string> parts = absl::StrSplit(pages, dash);
    if (parts.size() != 2 || parts[0].empty()) break;
    return {WithoutBlanksAround(parts[0]), WithoutBlanksAround(parts[1])};
  }
  return {pages, ""};
}

namespace {

string ProfileName(const Profile& profile, string_view standard) {
  for (const StandardName& name : profile.names) {
    if (name.name == standard) return name.written.front();
  }
  return standard == "year" ? ProfileName(profile, "date") : string();
}

}  // namespace

string_view StandardOf(string_view field) {
  for (const auto& [ours, standard] : kPlainMergeFields) {
    if (ours == field) return standard;
  }
  return {};
}

// "LID [doi]": the value ends so.
std::vector<std::pair<string, string>> NamesAndValues(const Profile& profile, const PlainFill& fill) {
  const string name = ProfileName(profile, StandardOf(fill.field));
  if (name.empty()) return {};
  const string last_page = fill.field == "pages" ? ProfileName(profile, "last_page") : string();
  if (!last_page.empty()) {
    const auto [first, last] = FirstAndLastOf(fill.value);
    if (last.empty()) return {{name, first}};
    return {{name, first}, {last_page, last}};
  }
  const size_t blank = std::min(name.find(' '), name.size());
  return {{name.substr(0, blank), fill.value + name.substr(blank)}};
}

std::map<string_view, string> PlainSaid(const WorkFields& fields) {
  std::map<string_view, string> said = {
      {"year", fields.year},     {"container", fields.container}, {"volume", fields.volume},
      {"number", fields.number}, {"pages", fields.pages},         {"doi", fields.doi},
      {"pmid", fields.pmid},     {"isbn", fields.isbn},           {"abstract", fields.abstract}};
  std::erase_if(said, [](const auto& each) { return each.second.empty(); });
  return said;
}

std::map<string_view, string> PlainGiven(const WorkFields& fields) {
  std::map<string_view, string> given;
  for (const auto& [field, written] : PlainSaid(fields)) {
    if (string value = UsableValue(field, written); !value.empty()) given.emplace(field, std::move(value));
  }
  return given;
}

string PlainFilled(const AuditSpan& span, const Layout& layout, std::span<PlainFill> fills) {
  const Profile& profile = layout.profile();
  switch (profile.engine) {
    case Engine::kPattern:
      return profile.names.empty() || profile.pattern.tag.empty() ? string(span.bytes)
                                                                  : FilledTags(span.bytes, profile, fills);
    case Engine::kBibtex: return FilledEntry(span, profile, fills);
    case Engine::kCsv: return FilledRow(span, profile, fills);
    case Engine::kJson:
    case Engine::kJsonl: return FilledObject(span.bytes, profile, fills);
    case Engine::kXml: return FilledXml(span.bytes, profile.xml, fills);
    default: return string(span.bytes);
  }
}

std::vector<PlainNamed> PlainFilledFields(std::span<const NamedField> fields, const Profile& profile,
                                          std::span<PlainFill> fills) {
  std::vector<PlainNamed> all;
  for (const NamedField& field : fields)
    all.push_back({string(field.name), string(field.value), field.is_json, field.is_compared});
  PlainPlaces places(profile.names);
  for (const NamedField& field : fields) places.Add(string(field.name), IsSilentField(field));
  const auto put = [&all](size_t i, const string& value) { all[i] = {all[i].name, value, false, false}; };
  const bool has_each_name_once = profile.engine == Engine::kBibtex || profile.engine == Engine::kCsv ||
                                  profile.engine == Engine::kJson || profile.engine == Engine::kJsonl;
  for (PlainFill& fill : fills) {
    if (const auto named = NamesAndValues(profile, fill); !has_each_name_once && !named.empty()) {
      fill.is_written = true;
      for (const auto& [name, value] : named) {
        size_t i = 0;
        while (i < fields.size() &&
               !(IsSilentField(fields[i]) && absl::EqualsIgnoreCase(WithoutBlanksAround(fields[i].name), name)))
          ++i;
        if (i < fields.size())
          put(i, value);
        else
          all.push_back({name, value, false, false});
      }
      continue;
    }
    const string name = PlainNameFor(profile, fill.field, StandardOf(fill.field));
    const auto silent = places.Silent(fill.field, name);
    fill.is_written = silent || places.IsFree(fill.field, name);
    if (!silent) {
      if (fill.is_written) all.push_back({name, fill.value, false, false});
      continue;
    }
    const bool is_first = fill.field == "pages" && places.IsFirstPage(*silent);
    const auto [first, last] = FirstAndLastOf(fill.value);
    put(*silent, is_first ? first : fill.value);
    if (!is_first || last.empty()) continue;
    if (const auto end = places.SilentLastPage(); end) put(*end, last);
  }
  return all;
}

std::optional<size_t> PlainPlaces::RankIn(size_t i, string_view field) const {
  const string& name = all_[i].first;
  if (field == "pages" && PageNameOf(name, names_) == PageName::kNone) return std::nullopt;
  return RankOfName(name, StandardOf(field), names_);
}

std::optional<size_t> PlainPlaces::Silent(string_view field, string_view wanted) const {
  std::optional<size_t> best;
  for (size_t i = 0; i < all_.size(); ++i) {
    const auto rank = RankIn(i, field);
    if (!rank || !all_[i].second) continue;
    if (absl::EqualsIgnoreCase(WithoutBlanksAround(all_[i].first), string(wanted))) return i;
    if (!best || *rank < *RankIn(*best, field)) best = i;
  }
  return best;
}

bool PlainPlaces::IsFree(string_view field, string_view wanted) const {
  for (size_t i = 0; i < all_.size(); ++i) {
    if (absl::EqualsIgnoreCase(WithoutBlanksAround(all_[i].first), string(wanted))) return false;
    if (!all_[i].second && RankIn(i, field)) return false;
  }
  return true;
}

std::optional<size_t> PlainPlaces::SilentLastPage() const {
  for (size_t i = 0; i < all_.size(); ++i) {
    if (all_[i].second && PageNameOf(all_[i].first, names_) == PageName::kLast) return i;
  }
  return std::nullopt;
}

string PlainNameFor(const Profile& profile, string_view field, string_view usual) {
  const string own = ProfileName(profile, StandardOf(field));
  return own.empty() || own.find(' ') != string::npos ? string(usual) : own;
}

}  // namespace unecho
