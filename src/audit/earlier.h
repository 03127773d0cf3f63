// What earlier runs have kept, out of the index of a run (--index): records that a witness may be, though their inputs
// are not there any more.
//
// They have their tokens as hashes, so the audit compares all records of the run by such hashes (oracle/word_hashes.h),
// and by the marks of fields instead of what these say. What an earlier run has removed is known by its key alone, and
// goes for what it went for then, though a better one may have come since. Of a bibliographic record an index has
// nothing that the plain rule of works could read.
//
// Cost:    the whole index; a record of it 8 bytes a token and 400 more.
// Threads: one caller. Failure: an index that is damaged, or was not that of the run.
#ifndef UNECHO_SRC_AUDIT_EARLIER_H_
#define UNECHO_SRC_AUDIT_EARLIER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/field_values.h"
#include "base/batch.h"
#include "base/hash.h"
#include "base/hash_map.h"
#include "base/status.h"
#include "options/sameness.h"
#include "store/index_folder.h"
#include "unecho/options.h"

namespace unecho {

struct EarlierRecord {
  uint32_t source = 0;  // in source_names()
  uint64_t ordinal = 0;
  uint32_t members = 1;  // of its group, before the run that is audited
  std::string id;        // the key of its tokens
  std::string id_json;
  uint64_t text_hash = 0, num_tokens = 0;
  FieldValues values;  // by their marks, as MarkedValues() gives them
  std::vector<uint64_t> shingles;
};

class EarlierRecords {
 public:
  // `num_runs`: that the index had before the run, if that is known. Else `first_source`, the first one in the
  // provenance, tells which run it was: no two of an index have a name in common. None has it: one that added nothing.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<EarlierRecords>> Read(const std::string& path,
                                                                            const AnswerOptions& answer,
                                                                            std::optional<uint64_t> num_runs,
                                                                            std::string_view first_source);

  // Names of the sources of all runs before this one.
  std::span<const std::string> source_names() const { return names_; }
  uint64_t num_runs() const { return num_runs_; }
  const std::string& digest() const { return digest_; }  // of these runs
  uint64_t num_known() const { return num_known_; }      // distinct records
  std::vector<EarlierRecord>& all() { return all_; }
  const std::vector<EarlierRecord>& all() const { return all_; }
  // Its place in all().
  std::optional<size_t> Find(std::string_view source, uint64_t ordinal) const;
  // For what a record was removed that is equal in all that counts; `key`: by WholeKey().
  std::optional<size_t> WitnessOfRemoved(const std::string& key) const;

 private:
  absl::Status ReadBlocks(const IndexFolder& folder, const AnswerOptions& answer);
  // Of one block.
  absl::Status Take(const Batch& batch, const AnswerOptions& answer, const std::string& path);

  std::vector<std::string> names_;
  std::string digest_;
  uint64_t num_runs_ = 0, num_known_ = 0;
  std::vector<EarlierRecord> all_;
  HashMap<std::string, size_t> by_ref_;
  HashMap<std::string, size_t> removed_;  // by key
};

// The marks of a record: two for its tokens, two for each --key, one for each --differ, one for --within; 0: no value.
std::vector<uint64_t> MarksOf(Key128 tokens, const FieldValues& values);
// Values that are equal where the marks are.
FieldValues MarkedValues(std::span<const uint64_t> marks, const Sameness& sameness);
// Of a record without marks its tokens'.
std::string WholeKey(Key128 tokens, std::span<const uint64_t> marks);

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_EARLIER_H_
