// TOML -> Profile. Every table is read by the keys it may have; what is left over, misspelt perhaps, is an error.
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "layouts/profile.h"

namespace unecho {
namespace {

// One table of the file. Keeps the first error; after it, nothing is read any more.
class ProfileTable {
 public:
  ProfileTable(const toml::table& table, std::string path, std::string_view file, bool is_known, absl::Status& status)
      : table_(table), path_(std::move(path)), file_(file), is_known_(is_known), status_(status) {}

  void Get(std::string_view key, std::string& out) {
    if (const toml::node* node = Take(key)) {
      if (const auto value = node->value_exact<std::string>())
        out = *value;
      else
        Fail(key, *node, "should be a string, like 'text' or \"text\"");
    }
  }
  void Get(std::string_view key, bool& out) {
    if (const toml::node* node = Take(key)) {
      if (const auto value = node->value_exact<bool>())
        out = *value;
      else
        Fail(key, *node, "should be true or false");
    }
  }
  void Get(std::string_view key, size_t& out) {
    if (const toml::node* node = Take(key)) {
      const auto value = node->value_exact<int64_t>();
      if (value && *value >= 0 && *value <= 1'000'000)
        out = static_cast<size_t>(*value);
      else
        Fail(key, *node, "should be a number from 0 to 1000000");
    }
  }
  void Get(std::string_view key, Pattern& out) {
    if (const toml::node* node = Take(key)) GetPattern(key, *node, out);
  }
  // A list of strings or patterns; one alone needs no brackets.
  template <typename Item>
  void Get(std::string_view key, std::vector<Item>& out) {
    const toml::node* node = Take(key);
    if (node == nullptr) return;
    out.clear();
    const toml::array* array = node->as_array();
    if (array == nullptr) return Add(key, *node, out);
    for (const toml::node& item : *array) Add(key, item, out);
  }
  template <typename Enum, size_t N>
  void GetOneOf(std::string_view key, const std::array<std::pair<std::string_view, Enum>, N>& names, Enum& out) {
    const toml::node* node = Take(key);
    if (node == nullptr) return;
    const std::string value = node->value_exact<std::string>().value_or("");
    for (const auto& [name, meaning] : names) {
      if (name == value) {
        out = meaning;
        return;
      }
    }
    std::vector<std::string_view> known;
    for (const auto& name : names) known.push_back(name.first);
    Fail(key, *node, absl::StrFormat("should be one of: %s", Join(known)));
  }
  template <typename Read>
  void Sub(std::string_view key, Read read) {
    const toml::node* node = Take(key);
    if (node == nullptr) return;
    if (const toml::table* table = node->as_table()) return ReadTable(*table, PathOf(key), read);
    Fail(key, *node, absl::StrFormat("should be a table: write [%s] and its keys under it", PathOf(key)));
  }
  // [[key]] ...
  template <typename Read>
  void SubEach(std::string_view key, Read read) {
    const toml::node* node = Take(key);
    if (node == nullptr) return;
    const toml::array* array = node->as_array();
    const bool is_list = array != nullptr && std::all_of(array->begin(), array->end(),
                                                         [](const toml::node& item) { return item.is_table(); });
    if (!is_list) return Fail(key, *node, absl::StrFormat("should be tables: write [[%s]] before each", PathOf(key)));
    for (const toml::node& item : *array) ReadTable(*item.as_table(), PathOf(key), read);
  }
  // A key that this table must have.
  void Require(std::string_view key) {
    if (status_.ok() && !table_.contains(key)) {
      status_ = absl::InvalidArgumentError(
          absl::StrFormat("%s: %s is missing; known keys%s: %s", file_, PathOf(key), Where(), Join(known_)));
    }
  }
  // Fails for keys that nothing has asked for.
  void Finish() {
    for (const auto& [key, node] : table_) {
      if (std::ranges::find(known_, key.str()) != known_.end() || !status_.ok()) continue;
      Fail(key.str(), node, absl::StrFormat("is not known; known keys%s: %s", Where(), Join(known_)));
    }
  }
  void Fail(std::string_view key, const toml::node& node, std::string_view what) {
    if (!status_.ok()) return;
    status_ =
        absl::InvalidArgumentError(absl::StrFormat("%s:%d: %s %s", file_, node.source().begin.line, PathOf(key), what));
  }
  const toml::node* Node(std::string_view key) const { return table_.get(key); }

 private:
  static std::string Join(const std::vector<std::string_view>& names) {
    std::string out;
    for (const std::string_view name : names) {
      if (!out.empty()) out += ", ";
      out += name;
    }
    return out;
  }
  std::string PathOf(std::string_view key) const {
    return path_.empty() ? std::string(key) : absl::StrFormat("%s.%s", path_, key);
  }
  std::string Where() const { return path_.empty() ? "" : absl::StrFormat(" of [%s]", path_); }

  const toml::node* Take(std::string_view key) {
    known_.push_back(key);
    return status_.ok() ? table_.get(key) : nullptr;
  }
  template <typename Read>
  void ReadTable(const toml::table& table, std::string path, Read read) {
    ProfileTable sub(table, std::move(path), file_, is_known_, status_);
    read(sub);
    sub.Finish();
  }
  void Add(std::string_view key, const toml::node& node, std::vector<std::string>& out) {
    if (const auto value = node.value_exact<std::string>())
      out.push_back(*value);
    else
      Fail(key, node, "should be a list of strings, like ['a', 'b']");
  }
  void Add(std::string_view key, const toml::node& node, std::vector<Pattern>& out) {
    out.emplace_back();
    GetPattern(key, node, out.back());
  }
  void GetPattern(std::string_view key, const toml::node& node, Pattern& out) {
    const auto text = node.value_exact<std::string>();
    if (!text) return Fail(key, node, "should be a pattern in quotes, like '^Title: (.*)$'");
    if (is_known_) {
      out = Pattern::Known(*text);
      return;
    }
    absl::StatusOr<Pattern> pattern = Pattern::Compile(*text);
    if (!pattern.ok()) {
      return Fail(key, node,
                  absl::StrFormat("is '%s', which is no RE2 pattern: %s", *text, pattern.status().message()));
    }
    out = *std::move(pattern);
  }

  const toml::table& table_;
  std::string path_;
  std::string_view file_;
  bool is_known_;
  absl::Status& status_;
  std::vector<std::string_view> known_;
};

void ReadUnescape(ProfileTable& table, std::string_view key, Unescape& out) {
  std::vector<std::string> names;
  table.Get(key, names);
  for (const std::string& name : names) {
    if (name == "html")
      out.html = true;
    else if (name == "markdown")
      out.markdown = true;
    else if (name == "latex")
      out.latex = true;
    else if (name == "subtitles")
      out.subtitles = true;
    else
      table.Fail(key, *table.Node(key), absl::StrFormat("has '%s'; known are html, markdown, latex, subtitles", name));
  }
}

void ReadDetection(ProfileTable& table, Detection& out) {
  table.Get("begins", out.begins);
  table.Get("lines", out.lines);
  table.Get("count", out.count);
  table.Get("at_least", out.at_least);
  table.Get("alone", out.alone);
}

void ReadNames(ProfileTable& table, std::vector<StandardName>& out) {
  for (const std::string_view name :
       {"title", "abstract", "author",    "year",           "date",    "journal", "publisher", "volume",
        "issue", "pages",    "last_page", "article_number", "edition", "doi",     "pmid",      "isbn",
        "issn",  "url",      "language",  "keywords",       "type",    "id"}) {
    std::vector<std::string> written;
    table.Get(name, written);
    if (!written.empty()) out.push_back({std::string(name), std::move(written)});
  }
}

void ReadField(ProfileTable& table, FieldPattern& out) {
  table.Get("name", out.name);
  table.Get("line", out.line);
  table.Get("more", out.more);
  table.Get("rest", out.rest);
  table.Get("paragraph", out.paragraph);
  table.Get("every", out.every);
  table.Get("strip", out.strip);
  table.Require("name");
  if (!out.more.empty() && out.rest) {
    table.Fail("rest", *table.Node("rest"), "goes on to the next field already; leave out more");
  }
  if (out.paragraph && !out.rest)
    table.Fail("paragraph", *table.Node("paragraph"), "says where rest ends; give rest = true");
}

void ReadPattern(ProfileTable& table, PatternProfile& out) {
  table.Get("furniture", out.furniture);
  table.Get("inside", out.inside);
  table.Get("snapshot", out.snapshot);
  table.Get("section", out.section);
  table.Get("separator", out.separator);
  table.Get("end", out.end);
  table.Get("start", out.start);
  table.Get("maybe", out.maybe);
  table.Get("block", out.block);
  table.Get("above", out.above);
  table.Get("head", out.head);
  table.Get("tag", out.tag);
  table.SubEach("field", [&](ProfileTable& field) { ReadField(field, out.fields.emplace_back()); });
  table.Sub("table", [&](ProfileTable& columns) {
    columns.Get("title", out.table.title);
    columns.Get("body", out.table.body);
    columns.Get("snapshot", out.table.snapshot);
    columns.Get("row", out.table.row);
    columns.Get("strip", out.table.strip);
  });
  enum class Outside : uint8_t { kFurniture, kReject, kRecord } outside = Outside::kFurniture;
  static constexpr std::array<std::pair<std::string_view, Outside>, 3> kOutside = {
      {{"furniture", Outside::kFurniture}, {"reject", Outside::kReject}, {"record", Outside::kRecord}}};
  table.GetOneOf("outside", kOutside, outside);
  out.outside_is_rejected = outside == Outside::kReject;
  out.outside_is_record = outside == Outside::kRecord;
  table.Get("require_title", out.require_title);
  table.Get("fences", out.has_fences);
  table.Get("front_matter", out.has_front_matter);
  const bool begins_one = !out.start.empty() || !out.maybe.empty() || !out.table.title.empty() || out.outside_is_record;
  if (!begins_one) table.Require("start");
}

template <typename Part>
void ReadFieldsOf(ProfileTable& table, Part& out) {
  table.Get("title", out.title);
  table.Get("body", out.body);
}

void ReadCsv(ProfileTable& table, CsvProfile& out) {
  std::string delimiter;
  table.Get("delimiter", delimiter);
  if (delimiter.size() > 1)
    table.Fail("delimiter", *table.Node("delimiter"), "should be one character, like ',' or \"\\t\"");
  out.delimiter = delimiter.empty() ? '\0' : delimiter[0];
  bool header = true;
  table.Get("header", header);
  if (table.Node("header") != nullptr) out.header = header;
  ReadFieldsOf(table, out);
  table.Get("snapshot", out.snapshot);
  table.Get("other", out.other);
}

void ReadEngine(ProfileTable& table, Profile& profile) {
  std::string name;
  table.Get("engine", name);
  table.Require("engine");
  const auto engine = EngineByName(name);
  if (engine) {
    profile.engine = *engine;
  } else if (table.Node("engine") != nullptr) {
    std::vector<std::string> known;
    for (size_t i = 0; i < static_cast<size_t>(Engine::kCount); ++i) known.emplace_back(Name(static_cast<Engine>(i)));
    table.Fail("engine", *table.Node("engine"), absl::StrFormat("should be one of: %s", absl::StrJoin(known, ", ")));
  }
}

void ReadProfile(ProfileTable& table, Profile& profile) {
  table.Get("name", profile.name);
  table.Get("description", profile.description);
  ReadEngine(table, profile);
  table.Sub("unescape", [&](ProfileTable& unescape) {
    ReadUnescape(unescape, "title", profile.unescape_title);
    ReadUnescape(unescape, "body", profile.unescape_body);
  });
  table.Sub("detect", [&](ProfileTable& detect) { ReadDetection(detect, profile.detect); });
  table.Sub("names", [&](ProfileTable& names) { ReadNames(names, profile.names); });
  // The part of the engine and no other: a part that nothing reads would look as if it did something.
  switch (profile.engine) {
    case Engine::kJsonl:
      table.Sub("jsonl", [&](ProfileTable& part) {
        ReadFieldsOf(part, profile.jsonl);
        part.Get("whole", profile.jsonl.whole);
      });
      break;
    case Engine::kPattern:
      table.Sub("pattern", [&](ProfileTable& part) { ReadPattern(part, profile.pattern); });
      table.Require("pattern");
      break;
    case Engine::kXml:
      table.Sub("xml", [&](ProfileTable& part) {
        part.Get("record", profile.xml.record);
        ReadFieldsOf(part, profile.xml);
        part.Get("snapshot", profile.xml.snapshot);
        part.Get("more", profile.xml.more);
        part.Get("prose", profile.xml.prose);
        part.Get("innermost", profile.xml.innermost);
        part.Get("opened", profile.xml.opened);
        part.Get("told_apart", profile.xml.told_apart);
        part.Get("persons", profile.xml.persons);
        part.Get("body_pattern", profile.xml.body_pattern);
        part.Sub("places", [&](ProfileTable& places) { ReadNames(places, profile.xml.places); });
        part.Require("record");
      });
      table.Require("xml");
      break;
    case Engine::kCsv: table.Sub("csv", [&](ProfileTable& part) { ReadCsv(part, profile.csv); }); break;
    case Engine::kJson:
      table.Sub("json", [&](ProfileTable& part) {
        part.Get("records", profile.json.records);
        ReadFieldsOf(part, profile.json);
        part.Get("snapshot", profile.json.snapshot);
        part.Get("whole", profile.json.whole);
        part.Get("parts", profile.json.parts);
        part.Get("text_title", profile.json.text_title);
      });
      break;
    case Engine::kYaml:
      table.Sub("yaml", [&](ProfileTable& part) {
        ReadFieldsOf(part, profile.json);
        part.Get("snapshot", profile.json.snapshot);
      });
      break;
    case Engine::kWarc:
      table.Sub("warc", [&](ProfileTable& part) { part.Get("content", profile.warc.content); });
      break;
    case Engine::kBibtex:
      table.Sub("bibtex", [&](ProfileTable& part) {
        ReadFieldsOf(part, profile.bibtex);
        part.Get("snapshot", profile.bibtex.snapshot);
        part.Get("ignore", profile.bibtex.ignore);
      });
      break;
    case Engine::kPage:
    case Engine::kLines:
    case Engine::kText:
    case Engine::kHtml:
    case Engine::kMail:
    case Engine::kCount: break;
  }
  table.Finish();
}

bool IsName(std::string_view name) {
  return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == name.npos &&
         name != "auto";
}

}  // namespace

absl::StatusOr<Profile> ParseProfile(std::string_view toml, std::string_view file, bool is_known) {
  toml::table root;
  try {
    root = toml::parse(toml);
  } catch (const toml::parse_error& error) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s:%d: is no TOML: %s", file, error.source().begin.line, error.description()));
  }
  absl::Status status;
  Profile profile;
  profile.source = toml;
  ProfileTable table(root, "", file, is_known, status);
  ReadProfile(table, profile);
  if (!status.ok()) return status;
  if (!IsName(profile.name)) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: name is \"%s\"; give the layout a name of lower case letters, digits, - and _ (\"auto\" is taken)", file,
        profile.name));
  }
  return profile;
}

}  // namespace unecho
