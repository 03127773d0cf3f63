// The files a run writes: none has its final name before all are whole.
#ifndef UNECHO_SRC_WRITE_OUTPUTS_H_
#define UNECHO_SRC_WRITE_OUTPUTS_H_

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/batch.h"
#include "base/status.h"
#include "read/input.h"
#include "unecho/options.h"
#include "write/aligned_files.h"
#include "write/atomic_file.h"
#include "write/frame_pool.h"
#include "write/lines_table.h"
#include "write/objects_table.h"
#include "write/source_files.h"

namespace unecho {

// An error if a file that is written is one that is read, or another one that is written, whatever they are called, or
// is there already and may not be replaced, or promises by its name a format that is not written. Empty names are no
// files, "-" is standard input or output. `tables`: what is written, too, as tables.
[[nodiscard]] absl::Status CheckOutputs(std::span<const std::string> written, std::span<const std::string> read,
                                        bool overwrite, std::span<const std::string> tables = {});

// The outputs of a run. Commit() makes them appear, the report last.
struct Outputs {
  std::unique_ptr<FramePool> pool;  // compresses what the others write, and outlives them
  std::unique_ptr<OutputFile> corpus, provenance, rejects, removed, review, report;  // each may be null
  std::unique_ptr<SourceFiles> in_source_form;                 // --as input: in place of the batches' corpus ranges
  std::unique_ptr<AlignedFiles> aligned;                       // the same of aligned files
  std::unique_ptr<LinesTable> corpus_table, provenance_table;  // in place of lines: FILE.parquet
  std::unique_ptr<ObjectsTable> objects_table;                 // in place of corpus_table, where lines are objects
  // `sources`: all of them, reference texts first. Of --output-dir the files of those from `first` on up to `end` are
  // made.
  [[nodiscard]] absl::Status Create(const PipelineOptions& options, std::span<const InputFile> sources, int threads,
                                    size_t first, size_t end);
  [[nodiscard]] absl::Status Write(Batch& batch);
  [[nodiscard]] absl::Status Commit(const std::string& report_json);
  // Behind Commit(): what has a name is on the disk, with its name. Of pipes and terminals nothing is.
  [[nodiscard]] absl::Status Sync() const;

 private:
  absl::Status WriteLines(Batch& batch);
  absl::Status WriteObjects(const Batch& batch);
  absl::Status ChooseTable(const Batch& batch);

  bool are_lines_objects_ = false;  // the layout `lines`: format.h
  bool has_records_ = false;        // the corpus_table
  std::string tmpdir_;
  size_t num_references_ = 0;
  std::vector<std::string> paths_;  // of what was written
};

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_OUTPUTS_H_
