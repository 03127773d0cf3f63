// A layout has two halves. The Cutter runs in order and does as little as it can: it says up to which byte the records
// are complete (promise P4: its answer depends on the bytes alone, never on how they arrived). Segment() runs in
// parallel and turns the bytes of a batch into records, pieces and the byte ledger (promise P1).
//
// Cost:    cutting reads every byte once, in order; segmenting once more, in parallel: `layouts/...` of
//          scripts/bench_kernels.sh.
// Threads: one Cutter a source, used by the reader alone. Segment() is stateless.
// Failure: bad input never fails here; it becomes a rejected record with a reason.
#ifndef UNECHO_SRC_LAYOUTS_CUTTER_H_
#define UNECHO_SRC_LAYOUTS_CUTTER_H_

#include <cstddef>
#include <memory>
#include <string_view>

#include "base/batch.h"
#include "base/layout_traits.h"
#include "unecho/layouts.h"

namespace unecho {

class Cutter {
 public:
  virtual ~Cutter() = default;
  // Finds the last record boundary in `bytes`, the bytes of the source that no batch has taken yet.
  //
  // In:   bytes; how many of them an earlier call on the same start has already seen; whether the source ends there.
  // Out:  how many bytes form the batch (0: no complete record yet; all, if at_end). Fills batch.cuts, batch.snapshot,
  //       batch.context, batch.open_fragment and batch.fragment_offset_bytes for Segment(). batch.offset_bytes is set;
  //       batch.bytes is not. Never leaves more than about max_record_bytes unconsumed: a longer record leaves as
  //       fragments.
  // Cost: linear in bytes - seen.
  virtual size_t Cut(std::string_view bytes, size_t seen, bool at_end, Batch& batch) = 0;
};

// The cutter borrows from the layout.
std::unique_ptr<Cutter> MakeCutter(const Layout& layout, const LayoutOptions& options);

// bytes, cuts, context -> traits, records, pieces, ledger, bad_utf8, num_lines.
void Segment(const Layout& layout, const LayoutOptions& options, Batch& batch);

const LayoutTraits& TraitsOf(const Layout& layout);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_CUTTER_H_
