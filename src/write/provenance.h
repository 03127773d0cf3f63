// Provenance: one JSON line per input record, in input order; and the rejected spans as they were.
//
// {"ref","source","ordinal","offset","bytes","fate"[,"witness"][,"similarity"][,"similarities"][,"by"][,"ngrams"][,"equal"][,"group","member"][,"witness_id"][,"reason"][,"line"][,"merged"][,"id"][,"snapshot"]}
//   witness, similarity   exact, near: six decimals; contaminated: the evaluation record, and the similarity only if it
//                         reaches the threshold
//   similarities          near, with --match: of each field, by its name
//   by                    exact, near: "key:" and the fields of the first --key that is equal; "decided" with --decided
//   equal                 exact: "bytes" if the match texts are equal byte by byte, else "tokens"
//   group, member         kept, exact, near: the reference of the group's kept record, and the number of this record
//                         among those of the group so far, so that the last has its size
//   witness_id            with --id-field: what the witness is called by it
//   ngrams                contaminated: distinct runs of tokens shared with the witness
//   reason, line          rejected; lines from 1
//   id                    with --id-field
//   merged                kept, with --merge: fields that were filled in, and from which record
//   snapshot              page, where a snapshot date is in force
// Compact: a line {"sources":["a.jsonl","b.jsonl"]} comes first, and each name above is its place there: {"ref":"0#1",
// "source":0,...,"witness":"1#7",...}.
// Cost:    a line of some 150 bytes a record, numbers by std::to_chars.
// Threads: const and stateless; run in parallel into the batch's own buffers.
// Failure: none; what an input calls itself is escaped.
#ifndef UNECHO_SRC_WRITE_PROVENANCE_H_
#define UNECHO_SRC_WRITE_PROVENANCE_H_

#include <span>
#include <string>

#include "base/batch.h"
#include "text/source_names.h"
#include "unecho/options.h"

namespace unecho {

// The head line of the compact form: the names in whose place the others have their place in it.
void AppendProvenanceHead(const SourceNames& sources, std::string& out);
// What lines of the compact form call the sources: "0", "1", ...
SourceNames PlacesOf(const SourceNames& sources);

// One line. `record` is decided (fate, ordinal, line, witness). Nothing is written for a fragment that is not the last.
// `merged`: the member of that name with a comma in front; empty: there is none.
// `keys`: what Record::by_key counts, as JSON without quotes; `match_fields`: names of the fields that are compared
// apart, the same way. kCompact: `sources` are PlacesOf() them.
void AppendProvenance(const SourceNames& sources, const Batch& batch, const Record& record,
                      std::span<const std::string> keys, std::span<const std::string> match_fields,
                      ProvenanceFormat format, std::string_view merged, std::string& out);

// What a line of provenance and a mark say in the same words, behind the witness: similarity, similarities,
// by, ngrams, equal, group, member and witness_id, each where there is something to say. The rest as above.
void AppendVerdict(const SourceNames& sources, const Batch& batch, const Record& record,
                   std::span<const std::string> keys, std::span<const std::string> match_fields, std::string& out);

// {"ref":...,"fate":"near","witness":...,"similarity":...}: the value of "unecho" under --mark and in the file of
// --removed.
void AppendMark(const SourceNames& sources, const Batch& batch, const Record& record, std::span<const std::string> keys,
                std::span<const std::string> match_fields, std::string& out);

// {"ref","offset","reason","raw","bytes"}: raw is the span with bytes that are not UTF-8 as \udcXX (json.h, lossless).
// A record in fragments is written piece by piece: opened at the first, closed at the last. For accepted records:
// nothing.
void AppendReject(const SourceNames& sources, const Batch& batch, const Record& record, std::string& out);

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_PROVENANCE_H_
