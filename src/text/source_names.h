// Names of the sources of a run, as messages and as JSON strings say them.
//
// Threads: immutable. Failure: none.
#ifndef UNECHO_SRC_TEXT_SOURCE_NAMES_H_
#define UNECHO_SRC_TEXT_SOURCE_NAMES_H_

#include <span>
#include <string>
#include <vector>

#include "unecho/record.h"

namespace unecho {

// Escaped once per run, not once per record.
class SourceNames {
 public:
  explicit SourceNames(std::span<const std::string> names);
  const std::string& name(SourceId id) const { return names_[static_cast<size_t>(id)]; }
  const std::string& escaped(SourceId id) const { return escaped_[static_cast<size_t>(id)]; }
  size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_, escaped_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_SOURCE_NAMES_H_
