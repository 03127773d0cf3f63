#include "works/work_fields.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "absl/strings/ascii.h"
#include "layouts/named_field.h"
#include "text/characters.h"
#include "text/field_value.h"
#include "text/json_memory.h"
#include "text/scan.h"
#include "unecho/layouts.h"
#include "works/citation.h"
#include "works/plain_text.h"
#include "works/usual_names.h"

namespace unecho {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

std::string PlainName(std::string_view name) {
  std::string plain;
  if (std::ranges::any_of(name, [](char c) { return static_cast<signed char>(c) < 0; })) {
    thread_local PlainText without_accents;
    without_accents.Read(name, plain);
    std::erase_if(plain, [](char c) { return !absl::ascii_isalnum(static_cast<unsigned char>(c)); });
    return plain;
  }
  for (const char c : name) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c))) plain += absl::ascii_tolower(static_cast<unsigned char>(c));
  }
  return plain;
}

constexpr size_t kRankOfUsualNames = 1000;  // behind the layout's own

struct Place {
  Part part = kNumParts;
  size_t rank = 0;  // the lowest counts
};

Place PlaceOf(const NamedField& field, std::span<const StandardName> names) {
  size_t rank = 0;
  for (const auto& [standard, part] : kStandardNames) {
    const auto name = std::ranges::find(names, standard, &StandardName::name);
    if (name == names.end()) continue;
    for (const std::string& written : name->written) {
      ++rank;
      if (WrittenName(written).Fits(field)) return {part, rank};
    }
  }
  // What the layout takes for something else is not what it is called elsewhere: in MEDLINE `IS` is the ISSN. An id may
  // be that of a database.
  for (const StandardName& name : names) {
    if (name.name == "id") continue;
    for (const std::string& written : name.written) {
      if (WrittenName(written).Fits(field)) return {};
    }
  }
  const std::string plain = PlainName(field.name);
  const auto* const usual = std::ranges::find(kUsualNames, plain, &std::pair<std::string_view, Part>::first);
  if (usual == std::end(kUsualNames)) return {};
  return {usual->second, kRankOfUsualNames + static_cast<size_t>(usual - std::begin(kUsualNames))};
}

std::string ScalarText(element value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  return value.is_null() ? std::string() : simdjson::minify(value);
}

std::string MemberText(const object& members, std::initializer_list<const char*> names) {
  for (const char* const name : names) {
    element value;
    if (members.at_key_case_insensitive(name).get(value) == simdjson::SUCCESS && !value.is_object() &&
        !value.is_array() && !value.is_null())
      return ScalarText(value);
  }
  return {};
}

// A person, a date, a journal, as an object says it.
std::string ObjectText(const object& members) {
  array parts, first;
  element year;
  if (members["date-parts"].get(parts) == simdjson::SUCCESS && parts.at(0).get(first) == simdjson::SUCCESS &&
      first.at(0).get(year) == simdjson::SUCCESS)
    return ScalarText(year);
  const std::string family = MemberText(members, {"family", "lastName", "last_name", "last", "surname"});
  if (!family.empty()) {
    const std::string given =
        MemberText(members, {"given", "firstName", "first_name", "first", "foreName", "initials"});
    return given.empty() ? family + "," : family + ", " + given;
  }
  for (const char* const inner : {"author", "source"}) {  // of OpenAlex: {"author_position": "first", "author": {...}}
    object said;
    if (members.at_key(inner).get(said) == simdjson::SUCCESS) return ObjectText(said);
  }
  return MemberText(members,
                    {"literal", "name", "full_name", "display_name", "title", "value", "text", "raw", "year", "id"});
}

void AppendTexts(element value, std::vector<std::string>& texts) {
  array list;
  object members;
  if (value.get(list) == simdjson::SUCCESS) {
    for (const element each : list) AppendTexts(each, texts);
    return;
  }
  std::string text = value.get(members) == simdjson::SUCCESS ? ObjectText(members) : ScalarText(value);
  if (!text.empty()) texts.push_back(std::move(text));
}

void AppendTexts(const NamedField& field, std::vector<std::string>& texts) {
  if (!field.is_json) {
    if (const std::string_view text = TrimBlanks(field.value); !text.empty()) texts.emplace_back(text);
    return;
  }
  thread_local simdjson::dom::parser parser;
  element value;
  RequireMemoryForJson(field.value);
  if (IsParsed(parser, parser.parse(field.value.data(), field.value.size(), /*realloc_if_needed=*/true).get(value)))
    AppendTexts(value, texts);
}

// Web of Science and PubMed have an author a line.
void AppendLines(std::string_view text, std::vector<std::string>& lines) {
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    if (const std::string_view line = TrimBlanks(text.substr(0, end)); !line.empty()) lines.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// "Journal of Fog (2011) 12:3 (314-320). Date of Publication: March 2011", as Embase has it: the journal.
std::string WithoutPlace(std::string container) {
  constexpr size_t kYearDigits = 4;
  for (size_t at = 0; (at = container.find(" (", at)) != container.npos; ++at) {
    const size_t begin = at + 2, end = container.find_first_not_of("0123456789", begin);
    if (end == begin + kYearDigits && container[end] == ')') return container.substr(0, at);
  }
  return container;
}

// A place in the name of the container (citation.h) goes where it belongs.
void TakeCitation(WorkFields& work) {
  const std::string text = work.container;
  const std::optional<Citation> citation = CitationIn(text);
  if (!citation) return;
  work.container = citation->container;
  work.volume = citation->volume;
  work.number = citation->number;
  work.pages = citation->pages;
  if (work.year.empty()) work.year = citation->year;
}

// With what stands in inner objects. What `unecho` has written before has what the record said in a member `fields`
// beside its `ref`; OpenAlex and Semantic Scholar have some parts so ("biblio.volume").
class OpenedFields {
 public:
  explicit OpenedFields(std::span<const NamedField> fields) : fields_(fields) {
    static constexpr std::array<std::string_view, 4> kInner = {"biblio", "journal", "externalIds", "ids"};
    for (const NamedField& field : fields) {
      if (!field.is_json || !field.value.starts_with('{')) continue;
      if (field.name == "fields" && std::ranges::find(fields, "ref", &NamedField::name) != fields.end()) {
        Open(field, "");
      } else if (std::ranges::find(kInner, field.name) != kInner.end()) {
        Open(field, std::string(field.name) + ".");
      }
    }
    if (texts_.empty()) return;
    opened_.assign(fields.begin(), fields.end());
    for (const Text& text : texts_) opened_.push_back({text.name, text.value, text.is_json});
    fields_ = opened_;
  }
  std::span<const NamedField> fields() const { return fields_; }

 private:
  struct Text {
    std::string name, value;
    bool is_json;
  };

  void Open(const NamedField& field, const std::string& prefix) {
    thread_local simdjson::dom::parser parser;
    RequireMemoryForJson(field.value);
    object members;
    if (!IsParsed(parser,
                  parser.parse(field.value.data(), field.value.size(), /*realloc_if_needed=*/true).get(members)))
      return;
    for (const auto& [name, value] : members)
      texts_.push_back({prefix + std::string(name), ScalarText(value), !value.is_string()});
  }

  std::vector<Text> texts_;
  std::vector<NamedField> opened_;
  std::span<const NamedField> fields_;
};

}  // namespace

bool WorkFields::IsBibliographic() const {
  return !authors.empty() || std::ranges::any_of(std::array{&year, &container, &volume, &number, &pages, &doi, &pmid,
                                                            &isbn, &issn, &edition, &chapter},
                                                 [](const std::string* value) { return !value->empty(); });
}

std::optional<size_t> RankOfName(std::string_view name, std::string_view standard,
                                 std::span<const StandardName> names) {
  const auto* const known = std::ranges::find(kStandardNames, standard, &std::pair<std::string_view, Part>::first);
  const Place place = PlaceOf({.name = name, .value = {}}, names);
  if (known == std::end(kStandardNames) || place.part != known->second) return std::nullopt;
  return place.rank;
}

PageName PageNameOf(std::string_view name) {
  const std::string plain = PlainName(name);
  constexpr std::array<std::string_view, 6> kFirst = {"pagestart",       "startpage", "firstpage",
                                                      "bibliofirstpage", "sp",        "bp"};
  constexpr std::array<std::string_view, 3> kArticle = {"ar", "artno", "articlenumber"};
  if (std::ranges::find(kFirst, plain) != kFirst.end()) return PageName::kFirst;
  if (std::ranges::find(kArticle, plain) != kArticle.end()) return PageName::kNone;
  const auto* const usual = std::ranges::find(kUsualNames, plain, &std::pair<std::string_view, Part>::first);
  if (usual == std::end(kUsualNames)) return PageName::kNone;
  if (usual->second == kLastPage) return PageName::kLast;
  return usual->second == kPages ? PageName::kBoth : PageName::kNone;
}

PageName PageNameOf(std::string_view name, std::span<const StandardName> names) {
  const auto is_own = [&](std::string_view standard) {
    const auto own = std::ranges::find(names, standard, &StandardName::name);
    return own != names.end() && std::ranges::any_of(own->written, [name](const std::string& written) {
             return WrittenName(written).Fits({.name = name, .value = {}});
           });
  };
  const bool has_last = std::ranges::find(names, std::string_view("last_page"), &StandardName::name) != names.end();
  if (is_own("last_page")) return PageName::kLast;
  const PageName usual = PageNameOf(name);
  if (!is_own("pages")) return RankOfName(name, "pages", names) || usual == PageName::kLast ? usual : PageName::kNone;
  if (has_last) return PageName::kFirst;
  return usual == PageName::kNone ? PageName::kBoth : usual;
}

bool StandsForNoValue(std::string_view value) {
  constexpr size_t kLongest = 60;
  static constexpr std::array<std::string_view, 14> kWords = {
      "npag",    "nopagination", "nopages",      "nopage",   "nodate",      "noyear",    "novolume",
      "noissue", "nojournal",    "notspecified", "notgiven", "notprovided", "notstated", "notknown"};
  static constexpr std::array<std::string_view, 3> kOfAbstracts = {"noabstract", "abstractnotavailable",
                                                                   "abstractunavailable"};
  if (value.size() > kLongest) return false;
  if (IsPlaceholder(value, Zero::kIsNone)) return true;
  std::string letters;
  for (const char c : value) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(c))) return false;
    if (absl::ascii_isalpha(static_cast<unsigned char>(c)))
      letters += absl::ascii_tolower(static_cast<unsigned char>(c));
  }
  return std::ranges::find(kWords, letters) != kWords.end() ||
         std::ranges::any_of(kOfAbstracts, [&](std::string_view words) { return letters.starts_with(words); });
}

bool IsSilentField(const NamedField& field) {
  if (!field.is_json) return TrimBlanks(field.value).empty() || StandsForNoValue(TrimBlanks(field.value));
  thread_local simdjson::dom::parser parser;
  element value;
  RequireMemoryForJson(field.value);
  if (!IsParsed(parser, parser.parse(field.value.data(), field.value.size(), /*realloc_if_needed=*/true).get(value)))
    return false;
  if (std::string_view text; value.get(text) == simdjson::SUCCESS)
    return TrimBlanks(text).empty() || StandsForNoValue(TrimBlanks(text));
  std::vector<std::string> texts;
  AppendTexts(value, texts);
  return std::ranges::all_of(texts, StandsForNoValue);
}

WorkFields WorkFieldsOf(std::span<const NamedField> fields, std::span<const StandardName> names, std::string_view title,
                        std::string_view text) {
  struct Found {
    size_t rank = std::numeric_limits<size_t>::max();
    std::vector<std::string> texts;  // of all fields of that name, in order
  };
  std::array<Found, kNumParts> found;
  std::vector<std::pair<size_t, std::string>> containers;  // of all names of the layout's own, and short forms
  std::vector<std::string> book_numbers;                   // ISBNs and ISSNs, of all names
  std::vector<std::string> texts;
  const OpenedFields opened(fields);
  for (const NamedField& field : opened.fields()) {
    if (field.is_unknown_macro) continue;
    const Place place = PlaceOf(field, names);
    const bool may_be_other =
        place.part == kShortContainer ||
        (place.part == kContainer && (place.rank < kRankOfUsualNames || PlainName(field.name) == "journal"));
    const bool is_book_number = place.part == kIsbn || place.part == kIssn;
    if (place.part == kNumParts || (place.rank > found[place.part].rank && !may_be_other && !is_book_number)) continue;
    texts.clear();
    AppendTexts(field, texts);
    if (place.part != kTitle) std::erase_if(texts, StandsForNoValue);
    if (texts.empty()) continue;
    if (may_be_other) containers.emplace_back(place.rank, WithoutPlace(texts.front()));
    if (is_book_number) std::ranges::copy(texts, std::back_inserter(book_numbers));
    if (place.rank > found[place.part].rank) continue;
    Found& part = found[place.part];
    if (place.rank < part.rank) part = {place.rank, {}};
    std::ranges::move(texts, std::back_inserter(part.texts));
  }
  const auto first = [&found](Part part) {
    return found[part].texts.empty() ? std::string() : std::move(found[part].texts.front());
  };
  WorkFields work;
  work.title = first(kTitle);
  if (work.title.empty()) work.title = title;
  for (const std::string& each : found[kAbstract].texts) {
    if (!work.abstract.empty()) work.abstract += '\n';
    work.abstract += each;
  }
  work.abstract_is_text = work.abstract.empty();
  if (work.abstract_is_text) work.abstract = text;
  for (const std::string& each : found[kAuthors].texts) AppendLines(each, work.authors);
  work.year = first(kYear);
  work.container = WithoutPlace(first(kContainer));
  if (work.container.empty()) work.container = first(kShortContainer);
  std::ranges::stable_sort(containers, {}, &std::pair<size_t, std::string>::first);
  for (auto& [rank, name] : containers) {
    if (name != work.container && std::ranges::find(work.other_containers, name) == work.other_containers.end())
      work.other_containers.push_back(std::move(name));
  }
  work.volume = first(kVolume);
  work.number = first(kNumber);
  work.pages = first(kPages);
  if (const std::string last = first(kLastPage);
      !last.empty() && !work.pages.empty() && work.pages.find('-') == std::string::npos)
    work.pages += "-" + last;
  for (const std::string& each : found[kDoi].texts) {  // or another number of the publisher's
    if (work.doi.empty() || each.find("10.") != each.npos) work.doi = each;
    if (each.find("10.") != each.npos) break;
  }
  if (work.doi.empty()) {
    if (std::string url = first(kUrl); url.find("doi.org/10.") != url.npos) work.doi = std::move(url);
  }
  if (work.volume.empty() && work.number.empty() && work.pages.empty()) TakeCitation(work);
  work.pmid = first(kPmid);
  for (const std::string& each : found[kIsbn].texts) {  // or an ISSN under that name
    constexpr ptrdiff_t kFewestDigits = 9;
    const bool is_whole = std::ranges::count_if(each, [](char c) { return IsDigit(c); }) >= kFewestDigits;
    if (work.isbn.empty() || is_whole) work.isbn = each;
    if (is_whole) break;
  }
  for (const std::string& each : book_numbers) {
    if (each != work.isbn) work.issn += work.issn.empty() ? each : "; " + each;
  }
  work.edition = first(kEdition);
  work.chapter = first(kChapter);
  return work;
}

WorkFields WorkFieldsOf(const Batch& batch, const Record& record) {
  const std::span<const StandardName> names =
      batch.layout == nullptr ? std::span<const StandardName>() : std::span(batch.layout->profile().names);
  const auto pieces = batch.PiecesOf(record);
  std::string text;
  for (size_t i = record.begins_with_title ? 1 : 0; i < pieces.size(); ++i) {
    if (!text.empty()) text += '\n';
    text += pieces[i];
  }
  const bool has_title = record.begins_with_title && !pieces.empty();
  return WorkFieldsOf(batch.FieldsOf(record), names, has_title ? pieces.front() : std::string_view(), text);
}

}  // namespace unecho
