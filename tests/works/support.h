// Two records of a test: their fields, and what the rule says of them.
#ifndef UNECHO_TESTS_WORKS_SUPPORT_H_
#define UNECHO_TESTS_WORKS_SUPPORT_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "works/judge.h"
#include "works/make_work.h"
#include "works/work.h"
#include "works/work_fields.h"

namespace unecho {

// "title=Fog|author=Smith J|author=Doe A|year=2010|in=Lancet|vol=3|no=4|p=1-20|doi=|pmid=|isbn=|issn=|ed=|abstract=".
inline WorkFields FieldsOf(std::string_view text) {
  WorkFields fields;
  while (!text.empty()) {
    const size_t end = std::min(text.find('|'), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const size_t equal = std::min(part.find('='), part.size());
    const std::string_view name = part.substr(0, equal);
    const std::string value(part.substr(std::min(equal + 1, part.size())));
    if (name == "title") fields.title = value;
    if (name == "author") fields.authors.push_back(value);
    if (name == "year") fields.year = value;
    if (name == "in") fields.container = value;
    if (name == "vol") fields.volume = value;
    if (name == "no") fields.number = value;
    if (name == "p") fields.pages = value;
    if (name == "doi") fields.doi = value;
    if (name == "pmid") fields.pmid = value;
    if (name == "isbn") fields.isbn = value;
    if (name == "issn") fields.issn = value;
    if (name == "ed") fields.edition = value;
    if (name == "ch") fields.chapter = value;
    if (name == "abstract") fields.abstract = value;
  }
  return fields;
}

// A record of one field.
template <typename Value>
WorkFields Only(Value WorkFields::*field, const Value& value) {
  WorkFields fields;
  fields.*field = value;
  return fields;
}
inline WorkFields Only(std::string WorkFields::*field, const char* value) { return Only(field, std::string(value)); }

inline std::vector<uint32_t> PackedOf(const WorkFields& fields) {
  WorkMaker maker;
  std::vector<uint32_t> packed;
  maker.Append(fields, packed);
  return packed;
}

// The lines of a work, as work.h says them.
inline std::string LinesOf(const WorkFields& fields) {
  const std::vector<uint32_t> packed = PackedOf(fields);
  return {reinterpret_cast<const char*>(packed.data() + 3), packed[0]};
}

inline Verdict Judged(const WorkFields& a, const WorkFields& b) {
  const std::vector<uint32_t> packed_a = PackedOf(a), packed_b = PackedOf(b);
  Work work_a, work_b;
  work_a.Read(packed_a);
  work_b.Read(packed_b);
  return Judge(work_a, work_b);
}

}  // namespace unecho

#endif  // UNECHO_TESTS_WORKS_SUPPORT_H_
