// Where kept records go that are written in the form of their sources (source_form.h): into the one corpus, or into a
// folder with a file for each source.
//
// The files of a folder are called as their sources are, below the folder that all sources have in common, and so they
// are compressed if those are. Two in one file would be no file of their format where something stands around the
// records (JSON, XML), and where the names of columns differ.
//
// Of Parquet files the kept rows are written, as they came (table_output.h).
//
// In:      the batches of all sources, in input order, with fates.
// Cost:    as source_form.h and table_output.h; one descriptor at a time.
// Threads: one caller.
// Failure: what cannot be created or written; a second source that does not go into one file with the first.
#ifndef UNECHO_SRC_WRITE_SOURCE_FILES_H_
#define UNECHO_SRC_WRITE_SOURCE_FILES_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/batch.h"
#include "base/status.h"
#include "write/atomic_file.h"
#include "write/source_form.h"
#include "write/table_output.h"

namespace unecho {

// The files for sources of these names (path_text.h) in `folder`; an error if two have one name.
// `paths`: of the sources; how they are packed, the files are.
[[nodiscard]] absl::StatusOr<std::vector<std::string>> FilesInFolder(const std::string& folder,
                                                                     std::span<const std::string> sources,
                                                                     std::span<const std::string> paths);

class SourceFiles {
 public:
  // `files`: one for each source, an empty one where nothing is written; none: all go into `corpus`, which outlives
  // this object. `tables`: of each source the Parquet file whose rows are written; empty: it is written as text.
  SourceFiles(std::vector<std::string> files, std::vector<std::string> tables, OutputFile* corpus,
              std::span<const std::string> sources, FramePool* pool)
      : paths_(std::move(files)),
        tables_(std::move(tables)),
        corpus_(corpus),
        pool_(pool),
        sources_(sources.begin(), sources.end()),
        files_(paths_.size()) {}

  [[nodiscard]] absl::Status Write(const Batch& batch);
  [[nodiscard]] absl::Status Commit();  // those of the folder

 private:
  absl::Status Begin(const Batch& batch);
  absl::Status Create(size_t source);
  absl::Status WriteRows(const Batch& batch);
  absl::Status CommitRows();
  absl::Status CreateWithoutRows(size_t source);
  absl::Status CheckHeader(const Batch& batch);

  const std::vector<std::string> paths_, tables_;
  OutputFile* const corpus_;
  FramePool* const pool_;
  const std::vector<std::string> sources_;
  std::vector<std::unique_ptr<OutputFile>> files_;  // by source
  std::optional<SourceId> source_;                  // in hand
  SourceForm form_;
  std::unique_ptr<TableOutput> rows_;        // of the file in hand; of the corpus, if it is a table
  bool is_first_ = true;                     // the source in hand, of its file
  std::string first_layout_, first_header_;  // of the sources in the corpus
  std::string ruler_;                        // the first line in them that parted two records
  bool lacks_line_end_ = false;              // what has been written, at its end
};

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_SOURCE_FILES_H_
