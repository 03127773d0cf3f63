#include "layouts/field_names.h"

#include <string>

#include "absl/container/flat_hash_set.h"

namespace unecho {
namespace {

using Names = absl::flat_hash_set<std::string_view>;

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

}  // namespace

bool IsIdentity(std::string_view name) {
  for (const std::string_view each : {"id", "ID", "uuid", "guid", "index", "idx", "unecho"}) {
    if (name == each) return true;
  }
  return name.ends_with("_id") || name.ends_with("Id");
}

bool IsNoText(std::string_view name) {
  static const auto* const kNames = new Names({"key",
                                               "keys",
                                               "doi",
                                               "isbn",
                                               "issn",
                                               "pmid",
                                               "pmcid",
                                               "arxivid",
                                               "url",
                                               "urls",
                                               "uri",
                                               "link",
                                               "links",
                                               "href",
                                               "permalink",
                                               "pdf",
                                               "pdfurl",
                                               "path",
                                               "file",
                                               "files",
                                               "filename",
                                               "filepath",
                                               "domain",
                                               "site",
                                               "source",
                                               "sources",
                                               "publisher",
                                               "publication",
                                               "journal",
                                               "journalref",
                                               "container",
                                               "containertitle",
                                               "venue",
                                               "booktitle",
                                               "series",
                                               "volume",
                                               "issue",
                                               "number",
                                               "page",
                                               "pages",
                                               "type",
                                               "class",
                                               "license",
                                               "licence",
                                               "copyright",
                                               "rights",
                                               "version",
                                               "versions",
                                               "revision",
                                               "hash",
                                               "checksum",
                                               "sha",
                                               "md5",
                                               "digest",
                                               "time",
                                               "timestamp",
                                               "date",
                                               "datetime",
                                               "created",
                                               "createdat",
                                               "updated",
                                               "updatedat",
                                               "modified",
                                               "published",
                                               "publishedat",
                                               "publishdate",
                                               "year",
                                               "month",
                                               "author",
                                               "authors",
                                               "authorsparsed",
                                               "authorlist",
                                               "byline",
                                               "creator",
                                               "creators",
                                               "contributor",
                                               "contributors",
                                               "editor",
                                               "editors",
                                               "user",
                                               "username",
                                               "email",
                                               "affiliation",
                                               "affiliations",
                                               "institution",
                                               "institutions",
                                               "address",
                                               "location",
                                               "category",
                                               "categories",
                                               "tag",
                                               "tags",
                                               "term",
                                               "terms",
                                               "keyword",
                                               "keywords",
                                               "subjects",
                                               "label",
                                               "labels",
                                               "topics",
                                               "status",
                                               "score",
                                               "scores",
                                               "rating",
                                               "ratings",
                                               "stars",
                                               "votes",
                                               "upvotes",
                                               "likes",
                                               "views",
                                               "count",
                                               "language",
                                               "languages",
                                               "lang",
                                               "country",
                                               "city",
                                               "reference",
                                               "references",
                                               "citation",
                                               "citations",
                                               "bibliography",
                                               "bibentries",
                                               "bibtex",
                                               "citespans",
                                               "refspans",
                                               "refentries",
                                               "image",
                                               "images",
                                               "thumbnail",
                                               "media",
                                               "acknowledgement",
                                               "acknowledgements",
                                               "acknowledgment",
                                               "acknowledgments",
                                               "funding",
                                               "headers",
                                               "useragent",
                                               "embedding",
                                               "embeddings",
                                               "vector",
                                               "tokens",
                                               "tokenids",
                                               "inputids"});
  return kNames->contains(PlainName(name).text());
}

bool IsRemark(std::string_view name) {
  const PlainName plain(name);
  return plain.text() == "comment" || plain.text() == "comments" || plain.text() == "note" || plain.text() == "notes";
}

}  // namespace unecho
