// Records of a source by their numbers, read once more: where they are, what they say, and their text as it was
// compared.
//
// In:      a source, the options of the run, and the records that are wanted of it.
// Out:     each of them, in order, handed to the caller and not kept.
// Cost:    one pass over the source, up to the last record that is wanted: read and segmented, on one thread. The rules
//          are applied to those that are wanted only. However many are wanted, one batch and one record are in memory.
// Threads: functions without state.
// Failure: a source that cannot be read, or has no such record: a Status that says so, after those before it have been
//          handed over. A signal ends it with kCancelled, within a batch.
#ifndef UNECHO_SRC_AUDIT_READ_AGAIN_H_
#define UNECHO_SRC_AUDIT_READ_AGAIN_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "audit/look_up.h"
#include "oracle/plain_works.h"
#include "oracle/reference.h"
#include "oracle/reference_fields.h"
#include "read/input.h"
#include "read/sibling_layouts.h"
#include "unecho/options.h"

namespace unecho {

struct FoundRecord {
  std::string layout;
  uint64_t offset_bytes = 0,
           size_bytes = 0;            // as the provenance gives them: in the source, not in what it was converted to
  uint64_t line = 0;                  // of its first byte, from 1
  std::string raw;                    // its bytes; of a too long record the last piece
  std::vector<std::string> pieces;    // of the match text, before any rule
  size_t num_titles = 0;              // 0 or 1: of the pieces
  std::vector<uint8_t> piece_fields;  // --match: of which match field each is
  bool are_fields = false;            // jsonl, --match: a piece stays, even if nothing is left of it
  std::string snapshot;
  std::string order_json;  // the value of the FIELD of --keep, as JSON; empty: none
  PlainWork work;          // --compare works
  std::string work_words;  // and who, when and where, in one line for people
};

struct Compared {
  FoundRecord found;
  std::string text;        // the pieces as the rules have left them, joined by newlines
  ReferenceTokens tokens;  // of all of it
  ReferenceFields fields;  // --match: of each field
};

struct WantedRecord {
  uint64_t ordinal = 0;
  std::vector<RemovedLines> removed_lines;  // by --dedup-lines and its kin, as the provenance lists them
};

// `beside`: the inputs of the run, as far as they are known: a source that shows no layout is read like those
// beside it.
// `wanted`: by ordinal, each once. take(i, record) gets wanted[i].
absl::Status ReadAgain(const InputFile& source, const SiblingLayouts& beside, const AnswerOptions& answer,
                       std::span<const WantedRecord> wanted, const std::atomic<int>* stop,
                       absl::FunctionRef<void(size_t, Compared)> take);

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_READ_AGAIN_H_
