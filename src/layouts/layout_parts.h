// The halves of every layout, for the table in layouts.cc. Contracts: unecho/layouts.h.
#ifndef UNECHO_SRC_LAYOUTS_LAYOUT_PARTS_H_
#define UNECHO_SRC_LAYOUTS_LAYOUT_PARTS_H_

#include <memory>

#include "unecho/layouts.h"

namespace unecho {

std::unique_ptr<Cutter> MakePageCutter(const LayoutOptions& options);
std::unique_ptr<Cutter> MakeLineCutter(const LayoutOptions& options);   // jsonl and lines
std::unique_ptr<Cutter> MakeTextCutter(const LayoutOptions& options);

void SegmentPage(const LayoutOptions& options, Batch& batch);
void SegmentJsonl(const LayoutOptions& options, Batch& batch);
void SegmentLines(const LayoutOptions& options, Batch& batch);
void SegmentText(const LayoutOptions& options, Batch& batch);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_LAYOUT_PARTS_H_
