// Places of records in the text that a source was converted to -> in the source as it is.
//
// Cost:    a pass over the batch, for converted sources alone. Threads: a function without state. Failure: none.
#ifndef UNECHO_SRC_READ_SOURCE_PLACES_H_
#define UNECHO_SRC_READ_SOURCE_PLACES_H_

#include "base/batch.h"

namespace unecho {

// Sets offset_bytes and size_bytes of every record. Once a batch, where batch.source_widths != nullptr.
void PointIntoSource(Batch& batch);

}  // namespace unecho

#endif  // UNECHO_SRC_READ_SOURCE_PLACES_H_
