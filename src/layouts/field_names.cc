#include "layouts/field_names.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "base/hash_map.h"

namespace unecho {
namespace {

using Names = HashSet<std::string_view>;

constexpr std::string_view kNoText =
    "key keys doi isbn issn pmid pmcid arxivid url urls uri link links href permalink pdf pdfurl path "
    "file files filename filepath domain publisher publication journal journalref container "
    "containertitle venue booktitle series volume issue number page pages type class license licence "
    "copyright rights version versions revision hash checksum sha md5 digest time timestamp date "
    "datetime created createdat updated updatedat modified published publishedat publishdate year month "
    "author authors authorsparsed authorlist byline creator creators contributor contributors editor "
    "editors user username email affiliation affiliations institution institutions address location "
    "category categories tag tags terms keyword keywords subjects label labels topics status score "
    "scores rating ratings stars votes upvotes likes views count language languages lang country city "
    "reference references citation citations bibliography bibentries bibtex citespans refspans "
    "refentries image images thumbnail media acknowledgement acknowledgements acknowledgment "
    "acknowledgments funding headers useragent embedding embeddings vector tokens tokenids inputids "
    "licenses subject participants participant site genre genres platform currency price format mimetype "
    "contenttype datum fecha дата";

// Last words of names.
constexpr std::string_view kText =
    "text texts body content contents abstract summary description article story passage review message "
    "sentence question answer query response prompt completion output input instruction caption lyrics "
    "definition quote reply transcript paragraph document essay poem snippet highlight highlights tldr "
    "claim hypothesis premise heading subtitle term word phrase utterance translation explanation "
    "context statement dialogue dialog tweet post gloss synopsis desc "
    "inhalt beschreibung zusammenfassung texte contenu résumé texto contenido resumen descripción descripcion conteúdo "
    "conteudo descrição resumo testo contenuto riassunto descrizione tekst inhoud beschrijving samenvatting treść opis "
    "текст содержание описание аннотация 内容 正文 摘要 本文 내용 본문";

// Last words of names.
constexpr std::string_view kTitle =
    "title titles ttl headline head titel titre titulo título titolo tytuł název nazev naslov naslof "
    "otsikko rubrik tittel başlık cím titlu titlul kop naam nombre имя "
    "заглавие заголовок "
    "название назва 标题 標題 "
    "题目 題名 タイトル 제목 عنوان subj";

// Last words of names of what changes from one copy of a thing to the next, or was made by who collected them.
constexpr std::string_view kVaries =
    "id ids identifier identifiers key citekey ref snapshot url urls uri link links href permalink path file files "
    "filename filepath score "
    "scores votes upvotes "
    "downvotes likes views shares count counts rank hash checksum sha md5 digest timestamp version revision "
    "embedding embeddings vector tokens tokenids inputids updated updatedat modified created createdat crawled added "
    "retrieved accessed dump split fold source";

Names Split(std::string_view names) {
  Names out;
  while (!names.empty()) {
    const size_t end = std::min(names.find(' '), names.size());
    out.insert(names.substr(0, end));
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return out;
}

// The longest name of the lists has fewer bytes.
constexpr size_t kLongestName = 24;

// Lower case letters and digits, without "_", "-" and blanks.
class PlainName {
 public:
  explicit PlainName(std::string_view name) {
    if (name.size() > 2 * kLongestName) return;
    for (const char c : name) {
      if (c == '_' || c == '-' || c == ' ' || c == ':') continue;
      if (size_ == kLongestName) {
        size_ = 0;
        return;
      }
      bytes_[size_++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
  }
  std::string_view text() const { return {bytes_, size_}; }

 private:
  char bytes_[kLongestName];
  size_t size_ = 0;
};

// Without numbers, letters and languages behind it ("text_a", "sentence2", "body_en"), what stands last in it.
std::string_view LastWord(std::string_view name) {
  while (!name.empty()) {
    if (name.back() >= '0' && name.back() <= '9') {
      name.remove_suffix(1);
      continue;
    }
    const size_t sign = name.find_last_of("_- ");
    if (sign == name.npos || name.size() - sign > 3) break;
    name = name.substr(0, sign);
  }
  size_t begin = name.size();
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  while (begin > 0 && name[begin - 1] != '_' && name[begin - 1] != '-' && name[begin - 1] != ' ' &&
         name[begin - 1] != ':' && name[begin - 1] != '/' &&
         !(begin < name.size() && is_upper(name[begin]) && !is_upper(name[begin - 1])))
    --begin;
  return name.substr(begin);
}

// What was found out of a name, by thread: the records of a source have the same few names over and over.
class Memo {
 public:
  template <typename Find>
  bool operator()(std::string_view name, Find&& find) {
    if (name.empty() || name.size() > sizeof Entry::name) return find(name);
    const auto first = static_cast<unsigned char>(name.front()), last = static_cast<unsigned char>(name.back());
    Entry& entry = entries_[(name.size() * 37 + first * size_t{5} + last) % kEntries];
    if (entry.size != name.size() || std::memcmp(entry.name, name.data(), name.size()) != 0) {
      entry.answer = find(name);
      entry.size = static_cast<uint8_t>(name.size());
      std::memcpy(entry.name, name.data(), name.size());
    }
    return entry.answer;
  }

 private:
  static constexpr size_t kEntries = 128;
  struct Entry {
    uint8_t size = 0;
    bool answer = false;
    char name[30];
  };
  Entry entries_[kEntries];
};

}  // namespace

bool IsIdentity(std::string_view name) {
  for (const std::string_view each : {"id", "ID", "uuid", "guid", "index", "idx", "unecho"}) {
    if (name == each) return true;
  }
  return name.ends_with("_id") || name.ends_with("Id");
}

bool IsNoText(std::string_view asked) {
  static const auto* const kNames = new Names(Split(kNoText));
  thread_local Memo memo;
  return memo(asked, [](std::string_view name) { return kNames->contains(PlainName(name).text()); });
}

bool VariesInCopies(std::string_view asked) {
  static const auto* const kNames = new Names(Split(kVaries));
  thread_local Memo memo;
  return memo(asked, [](std::string_view name) {
    return kNames->contains(PlainName(name).text()) || kNames->contains(PlainName(LastWord(name)).text());
  });
}

std::string_view WithoutHtml(std::string_view name) {
  for (const std::string_view end : {"_html", "-html", "Html", "HTML", "_HTML"}) {
    if (name.ends_with(end)) return name.substr(0, name.size() - end.size());
  }
  return {};
}

bool IsForeignId(std::string_view name) { return name.ends_with("_id") || name.ends_with("Id"); }

bool MayHoldText(std::string_view name, bool is_string) {
  static constexpr std::string_view kLists[] = {"page", "pages"}, kStrings[] = {"reference", "status", "subject"};
  const PlainName plain(name);
  return std::ranges::find(kLists, plain.text()) != std::end(kLists) ||
         (is_string && std::ranges::find(kStrings, plain.text()) != std::end(kStrings));
}

bool IsRemark(std::string_view name) {
  static constexpr std::string_view kNames[] = {"comment", "comments", "note",   "notes",
                                                "meta",    "metadata", "source", "sources"};
  return std::ranges::find(kNames, PlainName(name).text()) != std::end(kNames);
}

bool IsTextName(std::string_view asked) {
  static const auto* const kWords = new Names(Split(kText));
  thread_local Memo memo;
  return memo(asked, [](std::string_view name) { return kWords->contains(PlainName(LastWord(name)).text()); });
}

bool IsTitleName(std::string_view asked) {
  static const auto* const kWords = new Names(Split(kTitle));
  static constexpr std::string_view kOfOthers[] = {"journal", "container", "book", "source", "host", "series"};
  thread_local Memo memo;
  return memo(asked, [](std::string_view name) {
    if (!kWords->contains(PlainName(LastWord(name)).text())) return false;
    const PlainName plain(name);
    return std::ranges::none_of(
        kOfOthers, [&](std::string_view other) { return plain.text().find(other) != std::string_view::npos; });
  });
}

bool IsListName(std::string_view name) {
  constexpr std::string_view kNames[] = {
      "data",     "item",    "items",     "results",  "result",        "records",      "rows",     "entries",
      "entry",    "docs",    "documents", "papers",   "articles",      "publications", "works",    "hits",
      "examples", "samples", "instances", "talks",    "presentations", "tweets",       "statuses", "news",
      "stories",  "feed",    "list",      "children", "edges",         "nodes",        "value",    "response",
      "dataset",  "corpus",  "texts",     "quotes",   "abstracts",     "books",        "products", "jokes",
      "poems",    "songs",   "recipes",   "letters",  "essays",        "tickets",      "emails",   "cards",
      "issues",   "tasks"};
  return std::ranges::find(kNames, name) != std::end(kNames);
}

bool IsSpeakerName(std::string_view key) {
  constexpr std::string_view kNames[] = {"role", "sender", "from", "speaker",    "author",
                                         "name", "user",   "who",  "participant"};
  return std::ranges::find(kNames, key) != std::end(kNames);
}

}  // namespace unecho
