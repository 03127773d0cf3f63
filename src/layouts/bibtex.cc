// The parallel half of bibtex: the fields of an entry.
//
// A value is a group in braces, a string in quotes, a number or a macro, or several of them joined by #. Macros are
// those of the @string entries in front of the entry; one that is not known stands for its name, and says nothing of a
// work. A comma that is
// missing between fields is not missed. --id-field and --keep take the names of fields; `key` is the citation key.
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "base/batch.h"
#include "base/hash_map.h"
#include "base/status.h"
#include "layouts/engines.h"
#include "layouts/span_batch.h"
#include "text/characters.h"

namespace unecho {
namespace {

struct Field {
  std::string_view name;
  std::string value;
  bool is_unknown_macro = false;  // all of it
};

constexpr size_t kMaxExpandedBytes = size_t{1} << 20;  // of all macros, and of a value made of them

using Macros = HashMap<std::string, std::string>;  // values by names in lower case

class EntryParser {
 public:
  EntryParser(std::string_view entry, const Macros& macros) : rest_(entry), macros_(macros) {
    // Without its closing bracket.
    rest_.remove_suffix(std::min<size_t>(rest_.size(), 1));
    const size_t bracket = std::min(rest_.find_first_of("{("), rest_.size());
    type_ = rest_.substr(0, bracket);
    rest_.remove_prefix(std::min(bracket + 1, rest_.size()));
  }

  bool is_string() const { return absl::StartsWithIgnoreCase(Abs(type_), "@string"); }

  // "article"
  std::string_view type() const { return Trimmed(type_.substr(type_.starts_with('@') ? 1 : 0)); }

  // What stands before the first comma; empty if that is a field already.
  std::string_view TakeKey() {
    const size_t end = rest_.find_first_of(",=");
    if (end == rest_.npos || rest_[end] == '=') return {};
    const std::string_view key = Trimmed(rest_.substr(0, end));
    rest_.remove_prefix(end + 1);
    return key;
  }

  // False at the end, or, with broken(), where no field can be read.
  bool Next(Field& field) {
    while (!rest_.empty() && (IsBlank(rest_[0]) || rest_[0] == ',')) rest_.remove_prefix(1);
    if (rest_.empty()) return false;
    const size_t equals = rest_.find_first_of("={}\",");
    if (equals == rest_.npos || rest_[equals] != '=') return Broken();
    field.name = Trimmed(rest_.substr(0, equals));
    if (field.name.empty()) return Broken();
    rest_.remove_prefix(equals + 1);
    field.value.clear();
    field.is_unknown_macro = true;
    for (;;) {
      SkipBlanks();
      bool is_known = true;
      if (!TakeValue(field.value, is_known)) return Broken();
      field.is_unknown_macro = field.is_unknown_macro && !is_known;
      SkipBlanks();
      if (!rest_.starts_with('#')) return true;
      rest_.remove_prefix(1);
    }
  }

  bool broken() const { return is_broken_; }

 private:
  static std::string_view Trimmed(std::string_view text) {
    while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
    while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
    return text;
  }
  void SkipBlanks() {
    while (!rest_.empty() && IsBlank(rest_[0])) rest_.remove_prefix(1);
  }
  bool Broken() {
    is_broken_ = true;
    return false;
  }

  bool TakeValue(std::string& out, bool& is_known) {
    if (rest_.empty()) return false;
    if (rest_[0] == '{' || rest_[0] == '"') {
      const bool is_group = rest_[0] == '{';
      int depth = 0;
      for (size_t i = 1; i < rest_.size(); ++i) {
        const char c = rest_[i];
        if (depth == 0 && c == (is_group ? '}' : '"')) {
          out += rest_.substr(1, i - 1);
          rest_.remove_prefix(i + 1);
          return true;
        }
        if (c == '{')
          ++depth;
        else if (c == '}')
          --depth;
        if (depth < 0) return false;
      }
      return false;
    }
    size_t end = 0;
    while (end < rest_.size() && !IsBlank(rest_[end]) &&
           std::string_view(",#{}\"=").find(rest_[end]) == std::string_view::npos)
      ++end;
    if (end == 0) return false;
    const std::string_view name = rest_.substr(0, end);
    rest_.remove_prefix(end);
    const auto macro = macros_.find(absl::AsciiStrToLower(Abs(name)));
    is_known = macro != macros_.end() || std::ranges::all_of(name, IsDigit);
    const std::string_view value = macro != macros_.end() ? std::string_view(macro->second) : name;
    if (out.size() + value.size() > kMaxExpandedBytes)
      return false;  // ten macros of ten macros each are enough for more
    out += value;
    return true;
  }

  std::string_view rest_, type_;
  const Macros& macros_;
  bool is_broken_ = false;
};

// What programs read and nobody typesets: in a DOI two hyphens are two, and in a URL ~ is no blank. Of TeX there are
// only braces, and backslashes in front of signs.
bool IsAddress(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kNames = {"doi",  "url",  "eprint", "file",
                                                             "pmid", "isbn", "issn",   "pmcid"};
  return std::ranges::any_of(kNames,
                             [name](std::string_view each) { return absl::EqualsIgnoreCase(Abs(name), Abs(each)); });
}
bool HasCommand(std::string_view tex) {
  for (size_t at = 0; (at = tex.find('\\', at)) != tex.npos && at + 1 < tex.size(); ++at) {
    if (IsAlpha(tex[at + 1])) return true;
  }
  return false;
}

class BibtexSegmenter {
 public:
  BibtexSegmenter(const LayoutOptions& options, const Profile& profile, Batch& batch)
      : options_(options), profile_(profile), batch_(batch), reader_(batch) {
    // One @string entry a line, or over several lines.
    std::string_view context = batch.context;
    while (!context.empty()) {
      const size_t next = std::min(context.find("\n@"), context.size() - 1);
      AddMacros(context.substr(0, next));
      context.remove_prefix(next + 1);
    }
  }

  void AddMacros(std::string_view entry) {
    while (!entry.empty() && IsBlank(entry.back())) entry.remove_suffix(1);
    EntryParser parser(entry, macros_);
    if (!parser.is_string()) return;
    for (Field field; parser.Next(field);) {
      macro_bytes_ += field.value.size();
      if (macro_bytes_ > kMaxExpandedBytes) return;
      // Of two macros of one name the later one counts.
      macros_.insert_or_assign(absl::AsciiStrToLower(Abs(field.name)), std::move(field.value));
    }
  }

  void Accept(Record& record) {
    EntryParser parser(record.raw, macros_);
    const std::string_view key = parser.TakeKey();
    fields_.clear();
    for (Field field; parser.Next(field);) fields_.push_back(std::move(field));
    if (parser.broken()) return AddRejected(batch_, record, Reason::kMalformed);
    RecordText text;
    const std::string *title = nullptr, *body = nullptr;
    text.title = FirstOf(profile_.bibtex.title, profile_.unescape_title, Space::kOneLine, &title);
    text.body = FirstOf(profile_.bibtex.body, profile_.unescape_body, Space::kJoined, &body);
    uint64_t left_out = 0;
    AddField(batch_, record, {.name = "type", .value = parser.type()});
    AddField(batch_, record, {.name = "key", .value = key});
    for (const Field& field : fields_) {
      const bool is_compared = &field.value == title || &field.value == body;
      if (!is_compared) left_out += field.value.size();
      const std::string_view tex = batch_.arena.Copy(field.value);
      AddField(batch_, record,
               {.name = field.name,
                .value = Read(field.name, tex, Space::kLines),
                .is_compared = is_compared,
                .is_unknown_macro = field.is_unknown_macro,
                .tex = tex});
    }
    record.left_out_bytes = std::min(left_out, record.size_bytes);  // macros may say more than they are long
    text.snapshot = FirstOf(profile_.bibtex.snapshot, profile_.unescape_title, Space::kOneLine);
    text.id = ValueAsJson(options_.id_field, key);
    text.order_value = ValueAsJson(options_.order_field, key);
    AddRecord(options_, batch_, record, text);
  }

 private:
  const std::string* Find(std::string_view name) const {
    for (const Field& field : fields_) {
      if (absl::EqualsIgnoreCase(Abs(field.name), Abs(name))) return &field.value;
    }
    return nullptr;
  }

  // `value` lives as long as the batch.
  std::string_view Read(std::string_view name, std::string_view value, Space space) {
    if (!IsAddress(name) || HasCommand(value)) return reader_.Read(value, profile_.unescape_title, space);
    std::string bare;
    for (const char c : value) {
      if (c != '{' && c != '}' && c != '\\') bare += c;
    }
    return reader_.Read(bare.size() == value.size() ? value : batch_.arena.Copy(bare), Unescape(), space);
  }

  std::string_view FirstOf(const std::vector<std::string>& names, const Unescape& unescape, Space space,
                           const std::string** taken = nullptr) {
    for (const std::string& name : names) {
      const std::string* const value = Find(name);
      if (value == nullptr) continue;
      const std::string_view text = reader_.Read(batch_.arena.Copy(*value), unescape, space);
      if (text.empty()) continue;
      if (taken != nullptr) *taken = value;
      return text;
    }
    return {};
  }

  std::string_view ValueAsJson(const std::string& name, std::string_view key) {
    if (name.empty()) return {};
    const std::string* const value = Find(name);
    if (value != nullptr) return ScalarAsJson(batch_, Read(name, batch_.arena.Copy(*value), Space::kOneLine));
    return name == "key" ? ScalarAsJson(batch_, key) : std::string_view();
  }

  const LayoutOptions& options_;
  const Profile& profile_;
  Batch& batch_;
  FieldReader reader_;
  Macros macros_;
  size_t macro_bytes_ = 0;
  std::vector<Field> fields_;
};

}  // namespace

void SegmentBibtex(const LayoutOptions& options, const Profile& profile, Batch& batch) {
  BibtexSegmenter segmenter(options, profile, batch);
  ForEachSpan(
      options, batch, {}, [&](Record& record) { segmenter.Accept(record); },
      [&](std::string_view entry) { segmenter.AddMacros(entry); });
}

}  // namespace unecho
