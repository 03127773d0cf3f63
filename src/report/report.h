// Statistics of a run: gathered in order by the last stage, written as JSON (the report) and as the short table on
// stderr.
//
// Schema "unecho-report", version 1: docs/unecho-report.5.md has every member.
// Cost:    4 bytes per kept record (group sizes), and with --id-field 20 to 32 more, all of which goes to disk where
//          memory is short; everything else is bounded by the number of sources.
// Threads: one caller (the serial sink).
// Failure: on disk as base/spill_file.h says, by status(); the outputs write (atomic_file.h).
#ifndef UNECHO_SRC_REPORT_REPORT_H_
#define UNECHO_SRC_REPORT_REPORT_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/batch.h"
#include "base/spilled_array.h"
#include "base/status.h"
#include "match/key_set.h"
#include "match/spill_terms.h"
#include "report/source_check.h"
#include "text/source_names.h"
#include "unecho/options.h"

namespace unecho {

// Malformed UTF-8: the first of each source and the first of the run are listed. Every batch lists its first
// Batch::kMaxBadUtf8, so these limits are reached whatever the batches were.
inline constexpr size_t kMaxBadUtf8PerSource = Batch::kMaxBadUtf8;
inline constexpr size_t kMaxBadUtf8InReport = 100;

struct BadUtf8Place {
  SourceId source;
  uint64_t offset_bytes;
  uint64_t line;
};
// `copies`: removed records. `title`: that of the removed record with which the group came into the list of the
// largest, at most kMaxTitleBytes of it; the witness's own is gone when its copies come.
struct Group {
  uint32_t kept_id;
  RecordRef witness;
  uint64_t copies;
  std::string title;
};
inline constexpr size_t kMaxTitleBytes = 300;

class Statistics {
 public:
  // `shingle_tokens`: 0 where nothing is compared. `apart`: as SourceCheck wants it.
  explicit Statistics(size_t num_sources, int shingle_tokens = 0, std::vector<std::string> apart = {});

  // The first numbers of kept records are of earlier runs.
  void SetNumKnown(uint32_t kept) { num_references_ = kept; }

  void SetTitlesSaid(uint32_t source, std::vector<std::string> said) {
    source_check_.SetTitlesSaid(source, std::move(said));
  }

  // A decided batch, in order: fates, bytes, overlap, groups. Sets nothing in the batch.
  void Add(const Batch& batch);

  const Ledger& total() const { return total_; }
  const RewriteCounts& rewrites() const { return rewrites_; }
  const std::vector<Ledger>& per_source() const { return sources_; }
  // (source of the removed record, source of its witness) -> removed records. Evaluation sets count on behind the
  // inputs.
  const std::map<std::pair<uint32_t, uint32_t>, uint64_t>& overlap() const { return overlap_; }
  std::map<uint64_t, uint64_t> GroupSizes() const;  // records in the group (witness included) -> number of groups
  const std::vector<uint64_t>& similarities() const {
    return similarities_;
  }  // near removals by floor(100 * J), 101 bins
  static constexpr size_t kLargestGroups = 64;
  std::vector<Group> LargestGroups(size_t n) const;  // n <= kLargestGroups; by copies, ties: smaller kept_id
  const std::vector<BadUtf8Place>& bad_utf8() const { return bad_utf8_; }
  // Sources of named fields (JSON, CSV, XML) in which no record has more than a title: their text may have another
  // name.
  std::vector<size_t> WithTitlesOnly() const;
  // Records that are not rejected, and those of them that have fewer tokens than a shingle.
  uint64_t num_compared() const { return num_compared_; }
  uint64_t num_short() const { return num_short_; }
  // Repeated lines, paragraphs and sentences that went out of kept records while the record in which they come first is
  // not kept: no record of the corpus has them.
  uint64_t num_lost_repeats() const { return num_lost_repeats_; }
  // Kept records whose --id-field says what that of an earlier kept one says, and the first of them.
  uint64_t num_repeated_ids() const { return num_repeated_ids_; }
  RecordRef first_repeated_id() const { return first_repeated_id_; }
  // --merge: what kept records took from their copies.
  const FillCounts& fills() const { return fills_; }
  // Kept records of a source no copy of which comes from another one.
  uint64_t OnlyIn(size_t source) const { return sources_.at(source)[Fate::kKept] - found_elsewhere_.at(source); }
  // Sources to look at once more.
  const SourceCheck& source_check() const { return source_check_; }
  // What grows with the records.
  uint64_t memory_bytes() const { return copies_.memory_bytes() + (ids_ ? ids_->memory_bytes() : 0); }
  [[nodiscard]] absl::Status SpillIfShort(const SpillTerms& terms);
  uint64_t disk_bytes() const { return copies_.disk_bytes() + (ids_ ? ids_->disk_bytes() : 0); }
  absl::Status status() const;

 private:
  void CountCopy(const Record& record);
  void NoteElsewhere(uint32_t kept_id, uint32_t source);
  void CountLostRepeats(const Batch& batch);
  void CountId(const Batch& batch, const Record& record);
  void List(const Record& record, uint64_t copies);
  uint64_t Copies(uint32_t kept_id) const;

  Ledger total_;
  RewriteCounts rewrites_;
  std::vector<Ledger> sources_;
  std::map<std::pair<uint32_t, uint32_t>, uint64_t> overlap_;
  std::vector<uint64_t> similarities_;
  // By kept_id: modulo 2^30, and two marks: it is in top_, and a copy of it comes from another source.
  SpilledArray<uint32_t> copies_;
  uint32_t num_references_ = 0;         // the first numbers are theirs, or known; they are groups if they have copies
  std::map<uint32_t, uint64_t> wraps_;  // kept_id -> how often its copies passed 2^30
  std::vector<Group> top_;              // the kLargestGroups largest so far, in no order; copies unset
  uint64_t top_bound_copies_ = 0;       // no group in top_ is smaller than one with these copies ...
  uint32_t top_bound_id_ = 0;           // ... and this kept_id
  std::vector<BadUtf8Place> bad_utf8_;
  std::vector<uint64_t> lines_before_;  // by source: lines in the batches added so far
  enum class Text : uint8_t { kNoFields, kTitlesOnly, kSome };
  std::vector<Text> text_;  // by source
  SourceCheck source_check_;
  uint32_t shingle_tokens_;
  uint64_t num_compared_ = 0, num_short_ = 0;
  std::vector<std::vector<bool>> is_gone_;  // by source and ordinal; only where repeated lines are removed
  uint64_t num_lost_repeats_ = 0;
  std::unique_ptr<KeySet> ids_;  // of kept records; null while there are none
  uint64_t num_repeated_ids_ = 0;
  RecordRef first_repeated_id_;
  FillCounts fills_;
  std::vector<uint64_t> found_elsewhere_;  // by source: so many of its kept records
};

// seconds: busy, summed over threads; peak_bytes: its own data, 0 if none.
struct StageCost {
  std::string name;
  double seconds;
  uint64_t peak_bytes;
};
struct SourceInfo {
  std::string name, path, layout, compression, encoding = {};
  uint64_t num_undecodable = 0;
  std::string encoding_guess = {};  // what to say of an encoding that is a guess; else empty
  std::string skipped = {};         // why nothing of it was read; else empty
  std::vector<std::pair<std::string, std::string>> aligned = {};  // --aligned: paths and fields
  bool is_elsewhere = false;                                      // another shard reads it
};
// An evaluation set: records read; those without tokens or not readable, which nothing is compared with; those too
// short for n-grams.
struct AgainstInfo {
  SourceInfo source;
  uint64_t records = 0, unusable = 0, too_short = 0;
};

// --ignore-common: the shingles that were left out, the records that were compared without some, and those that have no
// others, and so kept them. Contaminated records are not counted.
struct CommonInfo {
  uint64_t shingles = 0, records = 0, whole = 0;
};

// --key, --differ, --within: records that have the field, but in it only what stands for a value that nobody knows.
struct PlaceholderInfo {
  std::string option, field, first;  // the first of these values
  uint64_t records = 0;
};

// A field that an option names, and the sources that have records and none with such a field, while others have some.
struct AbsentField {
  std::string option, name;
  std::vector<size_t> sources;
};

// A field, or the fields of a key, that some records of a source have, and others of the same source not.
struct PartialField {
  std::string option, name;
  uint64_t without = 0, records = 0;  // of all sources where any record has it
};

// The report lists so many pairs of sources, those with the most records.
inline constexpr size_t kMostOverlaps = 10000;

// --index: what it had, and what this run has for it.
struct IndexInfo {
  std::string path;
  std::vector<std::string> sources;  // of earlier runs: they count on behind the inputs and the evaluation sets
  uint64_t runs = 0, records = 0, kept = 0;
  std::string digest;              // of these runs (store/manifest.h)
  uint64_t removed_for_these = 0;  // records of this run, for kept ones of earlier runs
  uint64_t added_records = 0, added_kept = 0, added_bytes = 0;
  bool is_added = false;  // else nothing was
};

struct RunFacts {
  std::string command_line;
  std::optional<IndexInfo> index;
  std::vector<AbsentField> absent_fields;
  std::vector<size_t> without_works;  // --compare works: sources of titles and texts alone
  std::vector<PartialField> partial_fields;
  std::vector<SourceInfo> sources;
  std::vector<AgainstInfo> against;
  CommonInfo common;
  uint64_t decided_same = 0, decided_different = 0;  // lines of --decided
  uint64_t unsure_pairs = 0;                         // --review: that it lists
  std::vector<PlaceholderInfo> placeholders;         // of fields that have some
  int bands = 0, rows = 0, sketch_bins = 0;          // 0 under --exact-join
  int threads = 0;
  std::string finished;  // the date and time, in UTC: 2026-05-06T07:08:09Z
  double seconds = 0;
  uint64_t spilled_bytes = 0;  // that went to disk, for --memory
  uint64_t planned_bytes = 0;  // 0: this kind of run has no plan (segment, exact join, deferred output)
  uint64_t peak_rss_bytes = 0;
  uint64_t memory_limit_bytes = 0;
  std::vector<StageCost> stages;
  std::string kernels;  // "avx2", "baseline", ...
};

// The whole report as JSON text, ending in a newline.
std::string ReportJson(const PipelineOptions& options, const RunFacts& facts, const Statistics& statistics);

// What a run that went on has to say even to those who want to hear nothing: sources, and reference texts, of which
// nothing was used.
std::vector<std::string> RunWarnings(const PipelineOptions& options, const RunFacts& facts,
                                     const Statistics& statistics);

// The table for stderr. One screen; no colour.
std::string RunTable(const PipelineOptions& options, const RunFacts& facts, const Statistics& statistics);

}  // namespace unecho

#endif  // UNECHO_SRC_REPORT_REPORT_H_
