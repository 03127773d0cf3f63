// What simdjson's DOM parser takes for a text, asked for before it parses.
//
// It reserves its worst case without an exception, which counts for nothing (src/new.cc), and writes what the text
// makes it: the strings, an index of the marks of JSON, and two words of its tape for a value. Short texts take what
// they take.
//
// Cost:    a scan of texts of a MiB and more. Threads: a function without state. Failure: std::bad_alloc.
#ifndef UNECHO_SRC_TEXT_JSON_MEMORY_H_
#define UNECHO_SRC_TEXT_JSON_MEMORY_H_

#include <simdjson.h>

#include <algorithm>
#include <new>
#include <string_view>

#include "base/memory.h"

namespace unecho {

inline void RequireMemoryForJson(std::string_view json) {
  if (json.size() < kMemoryStep) return;
  constexpr uint64_t kBytesPerMark = 4 + 16;
  const auto marks = std::ranges::count_if(
      json, [](char c) { return c == ',' || c == ':' || c == '"' || c == '[' || c == ']' || c == '{' || c == '}'; });
  RequireMemory(json.size() + static_cast<uint64_t>(marks) * kBytesPerMark);
}

// Whether simdjson could read it. Where it had no memory, that is thrown, and not taken for broken JSON; a parser that
// was left without some of its memory does not notice later, so it is made anew.
template <typename Parser>
bool IsParsed(Parser& parser, simdjson::error_code answer) {
  if (answer == simdjson::SUCCESS) return true;
  if (answer != simdjson::MEMALLOC) return false;
  parser = Parser();
  throw std::bad_alloc();
}

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_JSON_MEMORY_H_
