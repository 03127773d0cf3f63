// The serial half of a layout: where records end. See unecho/layouts.h.
//
// Cost:    every byte is read once, in order. Threads: one Cutter a source, used by the reader alone. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_CUTTER_H_
#define UNECHO_SRC_LAYOUTS_CUTTER_H_

#include <cstddef>
#include <string_view>

#include "base/batch.h"

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

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_CUTTER_H_
