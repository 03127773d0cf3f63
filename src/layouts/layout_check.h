// Says so when a layout does not fit its source: no record at all, or none that can be used. A run that rejects
// everything would else look like one that went well.
//
// In:      batches, segmented and numbered, in input order. Only layouts that look for something in a source are
//          checked: lines, page and text take what comes. So are fields that were asked for by name. Where nobody asked
//          for anything, a source of which nothing can be used is counted as rejected; but if there is nothing else,
//          that is an error, too.
// Out:     an error that names the source, the record, what was looked for and what was seen.
// Cost:    nothing behind the first good record of a source.
// Threads: one caller.
#ifndef UNECHO_SRC_LAYOUTS_LAYOUT_CHECK_H_
#define UNECHO_SRC_LAYOUTS_LAYOUT_CHECK_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "base/status.h"
#include "text/source_names.h"
#include "unecho/layouts.h"

namespace unecho {

class LayoutCheck {
 public:
  // `given`: of --layout; null for auto. Of `options`, what names fields and records.
  LayoutCheck(const SourceNames& sources, LayoutPtr given, const LayoutOptions& options);
  absl::Status operator()(const Batch& batch);

  // What one source may lack if another has it.
  struct Whole {
    bool any_fits = false;                   // some record can be used
    bool any_names = false;                  // there are records
    bool any_separator = false;              // of --record-separator
    uint64_t seen_names = 0;                 // as Batch has them
    std::vector<std::string> known_names{};  // fields that there are, the first of them
    std::string separator{};                 // of --record-separator, if it is given
    std::string first_misfit{};              // what is said of the first source that cannot be used
    // What further sources have, too.
    void MeetWith(const Whole& later);
  };
  // Of the sources a part is read, so that nothing is said of all: that does Check(), when the other parts are known.
  void SetPart() { is_part_ = true; }
  const Whole& whole() const { return whole_; }
  [[nodiscard]] absl::Status Check(const Whole& whole) const;

 private:
  struct Source {
    bool fits = false;
    bool is_only_empty = true;  // its records have no token
    uint64_t records = 0;
    uint64_t bytes = 0;             // that are no separators
    std::string first_line;         // that is not blank
    Reason reason = Reason::kNone;  // of the first record
    uint64_t line = 0;
    std::string excerpt;
  };
  enum class Asked : uint8_t { kNothing, kFields, kLayout };
  Asked WhatIsAsked(const Layout& layout) const;
  absl::Status Misfit(const Layout& layout, const std::string& name, const Source& source, Asked asked) const;

  const SourceNames& sources_;
  LayoutPtr given_;
  const std::vector<std::string> match_fields_;
  const std::string_view match_option_;  // that names them
  const std::string record_;
  const bool require_body_;
  std::vector<Source> found_;  // by source
  void NoteSeparator(const Batch& batch);
  absl::Status CheckOptions(const Whole& whole) const;
  absl::Status NoFields(const Batch& batch) const;
  void NoteNames(const Batch& batch);

  // Fields that the options name, of which some record has to have each.
  struct AskedName {
    std::string_view option;
    std::string name;
    size_t place = 0;  // in Batch::seen_names
  };
  std::vector<AskedName> names_;
  std::vector<std::string> own_names_;  // fields that there are in the source in hand ...
  std::vector<std::string> raw_names_;  // ... as they are written
  SourceId own_source_{};

  bool is_part_ = false;
  Whole whole_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_LAYOUT_CHECK_H_
