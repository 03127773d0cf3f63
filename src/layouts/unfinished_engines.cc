// Engines whose readers are not in the tree yet read lines. Each function goes when its engine comes.
#include "layouts/layout_parts.h"

namespace unecho {

#define UNECHO_UNFINISHED(Name)                                                                                  \
  std::unique_ptr<Cutter> Make##Name##Cutter(const LayoutOptions& options, const Profile& profile) {             \
    return MakeLineCutter(options, profile);                                                                     \
  }                                                                                                              \
  void Segment##Name(const LayoutOptions& options, const Profile& profile, Batch& batch) {                       \
    SegmentLines(options, profile, batch);                                                                       \
  }

UNECHO_UNFINISHED(Xml)
UNECHO_UNFINISHED(Bibtex)
UNECHO_UNFINISHED(Csv)
UNECHO_UNFINISHED(Json)
UNECHO_UNFINISHED(Warc)

}  // namespace unecho
