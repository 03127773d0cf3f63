#include "text/source_names.h"

#include "text/json.h"

namespace unecho {

SourceNames::SourceNames(std::span<const std::string> names) : names_(names.begin(), names.end()) {
  escaped_.reserve(names_.size());
  for (const std::string& name : names_) AppendJsonEscaped(name, escaped_.emplace_back());
}

}  // namespace unecho
