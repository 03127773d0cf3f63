// Record -> its place in its source: ordinal and line; and what a run does not go on with.
#ifndef UNECHO_SRC_FLOW_NUMBERING_H_
#define UNECHO_SRC_FLOW_NUMBERING_H_

#include <cstdint>
#include <vector>

#include "base/batch.h"
#include "base/status.h"
#include "layouts/layout_check.h"
#include "text/source_names.h"
#include "unecho/layouts.h"

namespace unecho {

// Gives records their ordinals and lines, and says which are of reference texts; says no to malformed input under
// --strict, and to a layout that does not fit. Serial, in input order.
class Numbering {
 public:
  // `layout`: null where nobody asked for any. The first `num_references` sources are reference texts.
  Numbering(const SourceNames& sources, bool strict, LayoutPtr layout, const LayoutOptions& options,
            size_t num_references = 0)
      : sources_(sources),
        strict_(strict),
        check_(sources, std::move(layout), options),
        counts_(sources.size()),
        num_references_(num_references) {}
  absl::Status operator()(Batch& batch);
  LayoutCheck& check() { return check_; }

 private:
  struct Count {
    uint64_t records = 0, lines = 0;
    uint64_t first_line = 0;  // of the record in hand: a long one comes in fragments
  };
  const SourceNames& sources_;
  bool strict_;
  LayoutCheck check_;
  std::vector<Count> counts_;  // by source
  size_t num_references_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_NUMBERING_H_
