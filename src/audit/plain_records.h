// Where the records of CSV, JSON, XML and WARC are, by their standards alone: RFC 4180, RFC 8259, XML 1.0, ISO 28500.
// Plain readers that share no code with the engines, which read more than that.
//
// What a reader cannot know is what is meant to be a record: which delimiter parts the columns, in which array of a
// document the records are, which elements. There the engine's word is taken, as far as it leaves a choice: all of a
// group are records, or none. Rows are one group; so are the values in one array or object, and the elements of a name
// that are neither in a record nor around one.
//
// In:      all bytes of a source; where the engine has found records.
// Out:     where there must be some; what each says in its fields. Nothing, if the source is not what its standard
//          says: then there is only one opinion of it.
// Cost:    one pass, and a place for each record. Recursion as deep as a document is nested, up to kMostLevels.
// Threads: functions without state.
// Failure: none.
#ifndef UNECHO_SRC_AUDIT_PLAIN_RECORDS_H_
#define UNECHO_SRC_AUDIT_PLAIN_RECORDS_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace unecho {

struct PlainRecord {
  size_t begin = 0, end = 0;
  size_t key_begin = 0;  // JSON: of the key in front of a member's value; else `begin`
};

struct PlainField {
  std::string name, value;
  bool is_text = true;  // JSON: it is a string; else `value` is as it is written
};

using FoundSpans = std::span<const std::pair<size_t, size_t>>;  // begin and end, in order
using PlainRecords = std::optional<std::vector<PlainRecord>>;

// All rows, with the header.
PlainRecords ReadPlainCsv(std::string_view bytes, char delimiter);
std::vector<std::string> PlainCsvFields(std::string_view row, char delimiter);

PlainRecords ReadPlainJson(std::string_view bytes, FoundSpans found);
// Of an object. Nothing, if it is none, or says what no text can (half a surrogate pair).
std::optional<std::vector<PlainField>> PlainJsonMembers(std::string_view record);

// All strings of a value, keys too, and all numbers, one behind the other.
std::string PlainJsonText(std::string_view record);

PlainRecords ReadPlainXml(std::string_view bytes, FoundSpans found);

PlainRecords ReadPlainWarc(std::string_view bytes);
std::vector<PlainField> PlainWarcHeaders(std::string_view record);

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_PLAIN_RECORDS_H_
