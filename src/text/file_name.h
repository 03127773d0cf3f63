// What the name of a file says.
//
// Cost:    linear in the name. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_TEXT_FILE_NAME_H_
#define UNECHO_SRC_TEXT_FILE_NAME_H_

#include <algorithm>
#include <string_view>

namespace unecho {

// Without the end of a packed file; one called ".gz" keeps its name.
inline std::string_view WithoutCompressionSuffix(std::string_view path) {
  for (const std::string_view suffix : {".gz", ".bz2", ".xz", ".lz4", ".zst", ".zstd"}) {
    if (!path.ends_with(suffix)) continue;
    const std::string_view rest = path.substr(0, path.size() - suffix.size());
    return rest.empty() || rest.back() == '/' ? path : rest;
  }
  return path;
}

// The end that says how the file is packed; none of one called ".gz".
inline std::string_view CompressionSuffix(std::string_view path) {
  return path.substr(WithoutCompressionSuffix(path).size());
}

// Does a name promise what is known by its first bytes: a packed file, or a table?
inline bool PromisesMagic(std::string_view path) {
  const auto is_end = [path](std::string_view suffix) { return path.size() > suffix.size() && path.ends_with(suffix); };
  return !CompressionSuffix(path).empty() || is_end(".parquet") || is_end(".arrow") || is_end(".feather");
}

// The end of a name that promises another format than lines of JSON, packed or not: ".csv". Empty: it does not.
inline std::string_view OtherFormat(std::string_view path) {
  path = WithoutCompressionSuffix(path);
  for (const std::string_view suffix :
       {".csv", ".tsv", ".xml", ".bib", ".ris", ".nbib", ".enw", ".yaml", ".yml", ".html", ".md", ".warc"}) {
    if (path.size() < suffix.size()) continue;
    const std::string_view end = path.substr(path.size() - suffix.size());
    const auto is_letter = [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b); };
    if (std::equal(end.begin(), end.end(), suffix.begin(), is_letter)) return end;
  }
  return {};
}

// The last part of the name of a source, without the number of one that is given twice (a.html@2), and unpacked.
inline std::string_view PlainFileName(std::string_view name) {
  const size_t before_number = name.find_last_not_of("0123456789");
  if (before_number != name.npos && before_number + 1 < name.size() && name[before_number] == '@')
    name = name.substr(0, before_number);
  name = WithoutCompressionSuffix(name);
  return name.substr(name.rfind('/') + 1);
}

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_FILE_NAME_H_
