// Provenance: one JSON line per input record, in input order; and the rejected spans as they were.
//
// {"ref","source","ordinal","offset","bytes","fate"[,"witness"][,"similarity"][,"ngrams"][,"reason"][,"line"][,"id"][,"snapshot"]}
//   witness, similarity (six decimals)   exact, near; contaminated: the evaluation record, and the similarity only if it reaches t
//   ngrams                               contaminated: distinct runs of tokens shared with the witness
//   reason, line (1-based)               rejected
//   id                                   jsonl with --id-field
//   snapshot                             page, where a snapshot date is in force
// Cost:    a line of some 150 bytes a record, numbers by std::to_chars.
// Threads: const and stateless; run in parallel into the batch's own buffers.
// Failure: none; what an input calls itself is escaped.
#ifndef UNECHO_PROVENANCE_H_
#define UNECHO_PROVENANCE_H_

#include <span>
#include <string>

#include "unecho/record.h"

namespace unecho {

// Names of the sources as they appear inside JSON strings: escaped once per run, not once per record.
class SourceNames {
 public:
  explicit SourceNames(std::span<const std::string> names);
  const std::string& name(SourceId id) const { return names_[static_cast<size_t>(id)]; }
  const std::string& escaped(SourceId id) const { return escaped_[static_cast<size_t>(id)]; }
  size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_, escaped_;
};

// One line. `record` is decided (fate, ordinal, line, witness). Nothing is written for a fragment that is not the last.
void AppendProvenance(const SourceNames& sources, const Batch& batch, const Record& record, std::string& out);

// {"ref","offset","reason","raw","bytes"}: raw is the span with bytes that are not UTF-8 as \udcXX (json.h, lossless). A record in
// fragments is written piece by piece: opened at the first, closed at the last. For accepted records: nothing.
void AppendReject(const SourceNames& sources, const Batch& batch, const Record& record, std::string& out);

}  // namespace unecho

#endif  // UNECHO_PROVENANCE_H_
