// One record per source, for the engines that take it whole: text and html.
#ifndef UNECHO_SRC_LAYOUTS_WHOLE_SOURCE_H_
#define UNECHO_SRC_LAYOUTS_WHOLE_SOURCE_H_

#include "base/batch.h"
#include "unecho/layouts.h"

namespace unecho {

// The content of the batch as one record, without blanks around it, whose bytes are not counted yet. False if there is
// nothing, or if it is too long, which has been counted.
bool TakeWhole(const LayoutOptions& options, Batch& batch, Record& record);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_WHOLE_SOURCE_H_
