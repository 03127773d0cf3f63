// Files that hold no text, by their first bytes: archives, documents, tables, pictures. Read as lines they would become
// a corpus of noise, so a run says what they are instead.
//
// Cost: a comparison a kind. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_READ_BINARY_KIND_H_
#define UNECHO_SRC_READ_BINARY_KIND_H_

#include <string_view>

namespace unecho {

struct BinaryKind {
  std::string_view magic;
  size_t at;                // where it stands in the file
  std::string_view name;    // "a zip archive"
  std::string_view advice;  // "unpack it, and give the folder"
};

// nullptr: none that is known.
const BinaryKind* FindBinaryKind(std::string_view prefix);

// More bytes could make it one of them.
bool MayBecomeBinary(std::string_view prefix);

}  // namespace unecho

#endif  // UNECHO_SRC_READ_BINARY_KIND_H_
