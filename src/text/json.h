// JSON text, written. (It is read by simdjson.)
//
// Cost:    a pass over the text.
// Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_TEXT_JSON_H_
#define UNECHO_SRC_TEXT_JSON_H_

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace unecho {

// Appends `text` as the inside of a JSON string (no quotes). Malformed UTF-8: one U+FFFD for each maximal subpart.
void AppendJsonEscaped(std::string_view text, std::string& out);
// The same, lossless: a byte that is not part of well-formed UTF-8 becomes the lone surrogate \udcXX, XX being the byte
// (the "surrogateescape" convention of PEP 383). For --rejects.
void AppendJsonEscapedLossless(std::string_view text, std::string& out);

// The inside of a JSON string from `at` on, up to a quote or the end, unescaped. False, and something of it is
// appended, where an escape is not among those that AppendJsonEscaped writes.
bool AppendJsonUnescaped(std::string_view json, size_t& at, std::string& out);

void AppendJsonString(std::string_view text, std::string& out);  // with quotes; U+FFFD
void AppendNumber(uint64_t value, std::string& out);
void AppendFixed6(double value, std::string& out);  // "0.857143": similarities everywhere

// Number of malformed sequences in `text`, and `text` with each replaced by U+FFFD (maximal subparts, as WHATWG
// decoders do).
uint64_t CountMalformedUtf8(std::string_view text);
bool IsValidUtf8(std::string_view text);  // fast
void AppendRepairedUtf8(std::string_view text, std::string& out);

// Builds one JSON document with commas and nesting kept right. Compact unless `indent`.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out, int indent = 0) : out_(out), indent_(indent) {}
  void BeginObject();
  void EndObject();
  void BeginArray();
  void EndArray();
  void Key(std::string_view key);
  void String(std::string_view value);
  void Number(uint64_t value);
  void Double(double value);  // shortest form that reads back the same
  void Fixed6(double value);
  void Bool(bool value);
  void Null();
  void Raw(std::string_view json);
  // A key and its value.
  void Member(std::string_view key, std::string_view value) { Key(key), String(value); }
  void Member(std::string_view key, const char* value) { Key(key), String(value); }
  void Member(std::string_view key, std::unsigned_integral auto value) {
    Key(key);
    if constexpr (std::same_as<decltype(value), bool>) {
      Bool(value);
    } else {
      Number(value);
    }
  }

 private:
  void Before();
  void Close(char bracket);
  std::string& out_;
  int indent_;
  int depth_ = 0;
  bool first_ = true;
  bool after_key_ = false;
};

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_JSON_H_
