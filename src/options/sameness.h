// The fields that say what is the same: --key, --differ and --within, from the text that names them.
//
// A field is FIELD or FIELD:NORMALISER (text/field_value.h). What stands behind the last colon and is no normaliser is
// part of the name: names of XML have colons.
//
// Cost:    once a run. Threads: plain values.
// Failure: CheckSameness(): a field without a name, the same key twice, too many: kInvalidArgument, in the words of the
//          command line. SamenessOf() is for options that have been checked.
#ifndef UNECHO_SRC_OPTIONS_SAMENESS_H_
#define UNECHO_SRC_OPTIONS_SAMENESS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "text/field_value.h"
#include "unecho/options.h"

namespace unecho {

struct AskedField {
  std::string name;
  Normaliser normaliser = Normaliser::kExact;
};

struct Sameness {
  static constexpr size_t kMostFields = 64;  // of all options together

  // Every field once, in the order of the options; the members below are places in it.
  std::vector<AskedField> fields;
  std::vector<std::string> options;  // which names the field: "--key"
  struct Key {
    std::string name;  // its fields by commas, as the provenance says it
    std::vector<size_t> fields;
  };
  std::vector<Key> keys;
  std::vector<size_t> differ;
  std::vector<size_t> within;  // one, or none

  bool any() const { return !fields.empty(); }
  // Of the fields that keep records apart: --differ, --within.
  std::vector<std::string> ApartNames() const;
};

[[nodiscard]] absl::Status CheckSameness(const AnswerOptions& answer);
Sameness SamenessOf(const AnswerOptions& answer);

}  // namespace unecho

#endif  // UNECHO_SRC_OPTIONS_SAMENESS_H_
