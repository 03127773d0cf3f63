// How `write` reads a shard that `sign` has read.
//
// Where the records of a source are lines that are written as they came, `sign` knows of them all that `write` has to
// know: where each is, and why it is rejected, if it is. Of such a source that is noted, 24 bytes a record, and its
// lines are not parsed and cleaned again. All others are read as at first.
//
// Threads: NoteCuts has one caller, in input order; CutAgain is const, and runs in parallel.
// Failure: that of the disk; a source that is not as it was.
#ifndef UNECHO_SRC_SHARD_SECOND_READING_H_
#define UNECHO_SRC_SHARD_SECOND_READING_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/batch.h"
#include "base/status.h"
#include "flow/prepare.h"
#include "report/often_titles.h"
#include "report/report.h"
#include "shard/signed_rows.h"
#include "shard/task_files.h"
#include "unecho/options.h"

namespace unecho {

// Whether a run with these options may read a source so.
bool MayCutAgain(const PipelineOptions& options);

// A stage of `sign`, behind the numbers and the tokens.
class NoteCuts {
 public:
  // `options`: of the job, with its outputs.
  NoteCuts(const PipelineOptions& options, TaskWriter& out);
  absl::Status Begin();
  absl::Status operator()(const Batch& batch);

 private:
  bool IsPlain(const Batch& batch) const;
  absl::Status Note(const Batch& batch, const Record& record);
  absl::Status EndSource();

  bool notes_, has_names_, makes_objects_;
  TaskWriter& out_;
  TaskWriter::File *cuts_ = nullptr, *names_ = nullptr, *sources_ = nullptr, *titles_ = nullptr;
  std::optional<CutSource> source_;  // in hand
  bool is_plain_ = true;             // so far
  OftenTitles often_titles_;         // of it
  uint64_t num_cuts_ = 0;            // of all
};

// The stage `prepare` of `write`.
class CutAgain {
 public:
  static absl::StatusOr<CutAgain> Open(const PipelineOptions& options, const TaskReader& signed_shard);
  // What was said of the titles of the sources that are read so.
  void Say(Statistics& statistics) const;
  // It is read so, and its titles are known.
  bool Has(SourceId source) const { return Find(source) != nullptr; }
  absl::Status operator()(Batch& batch) const;

 private:
  struct Source {
    CutSource row;
    std::vector<std::string> titles_said;
  };
  explicit CutAgain(const PipelineOptions& options);
  const Source* Find(SourceId source) const;
  absl::Status Cut(const CutSource& source, Batch& batch) const;

  Prepare prepare_;
  bool has_names_;
  MappedFile cuts_, names_;
  std::vector<Source> sources_;  // by number
};

}  // namespace unecho

#endif  // UNECHO_SRC_SHARD_SECOND_READING_H_
