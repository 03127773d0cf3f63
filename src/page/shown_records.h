// The removed and rejected records, groups and snapshots that a page shows, as its script reads them.
//
// In:      what was taken of the provenance, and the texts that were found.
// Out:     JSON members. A record is named "N#ORDINAL", N being its place in the list "names" of sources: long paths
//          are there once. "texts" and "beginnings" have what was found, by record, each once; "unlike" lists removed
//          records whose texts, and those of their witnesses beside them, are not to be shown.
// Threads: functions without state.
// Failure: none.
#ifndef UNECHO_SRC_PAGE_SHOWN_RECORDS_H_
#define UNECHO_SRC_PAGE_SHOWN_RECORDS_H_

#include <vector>

#include "page/provenance.h"
#include "page/shown_texts.h"
#include "text/json.h"

namespace unecho {

inline constexpr size_t kMaxSnapshots = 200;

// "removed", "groups", "rejected", "texts", "beginnings", "unlike", "names", "hides_rejected".
void WriteShownRecords(const ProvenanceFacts& facts, const ShownTexts& texts, JsonWriter& json);
// "snapshots": the kMaxSnapshots with the most records, in their order; "other_snapshots": the rest as one, if any.
void WriteSnapshots(const std::vector<Snapshot>& snapshots, JsonWriter& json);

}  // namespace unecho

#endif  // UNECHO_SRC_PAGE_SHOWN_RECORDS_H_
