// The auditor: recomputes every claim of a run from its inputs, by plain code (reference.h) that shares no kernel,
// sketch, band or segmenter with the flow.
//
// Checks: the provenance tiles each source (its spans, in order, disjoint, in bounds; what lies between is furniture or
// separators and nothing else); ordinals are 1, 2, 3, ...; every line says all that a run writes there. Each kept
// record is in the corpus once, in order, with the right bytes, also if that has the form of the sources; the same of
// rejects and removed records. Each witness is kept, earlier in priority order, and its similarity is right to the last
// digit and >= t; no kept record would be a better one. The exact ones have equal tokens; the contaminated ones, and
// they alone, share runs of tokens with the evaluation sets, as many as they say, or are near one of their records; the
// rejected ones have their reason. Keys are equal where a line says so, and no field sets a record and its witness
// apart. With a report, its ledger and its counts agree.
// With `recall`: no two kept records have an equal key; no two, and no kept and no evaluation record, have similarity
// >= t (exact join). Pairs that a field sets apart do not count.
//
// Cost:    reads one source at a time, whole, into memory; holds the provenance text, about 250 bytes a record, and 8
//          bytes a shingle of the kept records and of up to 16 MiB of removed ones; with `recall` twice that, of all
//          records but exact ones. Other files are streamed.
// Threads: records are recomputed in parallel, on options.run.threads.
// Failure: a Status for what cannot be read; violations are returned, not thrown.
#ifndef UNECHO_AUDIT_H_
#define UNECHO_AUDIT_H_

#include <string>
#include <vector>

#include "unecho/api.h"
#include "unecho/options.h"
#include "unecho/status.h"

namespace unecho {

struct AuditResult {
  std::vector<std::string> violations;  // "ref: what is wrong", the first kMaxListed
  uint64_t num_violations = 0;
  uint64_t records = 0, kept = 0, exact = 0, near = 0, contaminated = 0, reference = 0, rejected = 0;
  uint64_t pairs_left = 0;  // with recall
  // Removed records for which another one than their witness could be the best; those of them that were compared with
  // all kept ones: all of them with recall, else as many as fit into some MiB.
  uint64_t witnesses = 0, witnesses_compared = 0;
  uint64_t not_compared = 0;  // removed for works of earlier runs, whose fields an index does not have
  bool has_keys = false;      // the run: pairs may be the same whatever their texts
  static constexpr size_t kMaxListed = 100;
};

UNECHO_API Result<AuditResult> Audit(const AuditOptions& options);

}  // namespace unecho

#endif  // UNECHO_AUDIT_H_
