// An index on disk: a folder of runs, and the manifest that names them (index_format.h).
//
// Who reads is never blocked: what the manifest names does not change. Who adds holds the lock from Open() on, writes a
// run beside the others, and says so in the manifest last. So whatever ends the process, the index is as it was, or has
// the whole run. A new index has a manifest without runs before it has anything else: where runs are and none is, it
// was lost, and they are not taken for what a run has left that did not come to its end.
//
// Threads: one caller.
// Failure: what is damaged, or was made otherwise, or is held: a Status that names the file and says what to do.
#ifndef UNECHO_SRC_STORE_INDEX_FOLDER_H_
#define UNECHO_SRC_STORE_INDEX_FOLDER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/status.h"
#include "store/index_format.h"
#include "store/manifest.h"

namespace unecho {

struct RunAsked;

// Where a block begins.
struct BlockPlace {
  std::string file;  // of a run
  uint64_t at = 0;   // in bytes
};

class IndexFolder {
 public:
  // kAdd makes the folder where there is none.
  enum class Access { kRead, kAdd };
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<IndexFolder>> Open(const std::string& path, Access access);
  ~IndexFolder();  // a run that was not committed is gone, and the folder, if it was made for it
  IndexFolder(const IndexFolder&) = delete;
  IndexFolder& operator=(const IndexFolder&) = delete;

  const std::string& path() const { return path_; }
  const Manifest& manifest() const { return manifest_; }
  // Of all runs, in order.
  const std::vector<std::string>& source_names() const { return source_names_; }
  uint64_t num_records() const;
  uint64_t num_kept() const;
  uint64_t num_bytes() const;
  // An error that says both sides if the index was made with something else. One without runs agrees with all.
  [[nodiscard]] absl::Status CheckMadeWith(const IndexParameters& parameters, std::string_view known_answer) const;

  // All runs of another index into this one, which has none: they are part of it from the next manifest on.
  [[nodiscard]] absl::Status CopyRuns(const IndexFolder& other);

  // A run that can go on after it was killed. `parameters`: what decides beside those of the index.
  struct Resumable {
    bool resumes = false;  // goes on with what one has left here, if there is any; and leaves its own if it fails
    std::string command_line;
    IndexParameters parameters;
  };
  // Of a run that Begin() has found: Append() finds its first blocks again, and does not write them.
  struct Unfinished {
    std::string heads;  // of its blocks
    uint64_t bytes = 0, records = 0;
    std::string command_line;
  };

  // Adds a run: its blocks, packed, in order; Finish() when all are there, and Commit() when all else is done. Between
  // these two the run can be dropped, and nothing but the manifest is left to be written.
  // `resumable`: null: what a kill leaves of it is of no use.
  [[nodiscard]] absl::Status Begin(const IndexParameters& parameters, const std::string& known_answer,
                                   const std::string& made_by, const Resumable* resumable = nullptr);
  const Unfinished& unfinished() const { return unfinished_; }
  // The file of the run that is added, from its beginning, by pread(2).
  int run_descriptor() const { return run_.fd; }
  std::string run_path() const { return PathOf(run_file_); }
  // The error if what goes on is not what it was.
  absl::Status IsAnother() const;
  [[nodiscard]] absl::Status Append(std::string_view block);
  // Sets file, bytes, blocks and digest; the others are the caller's.
  [[nodiscard]] absl::Status Finish(IndexRun& run);
  // In two steps: all that may fail for want of room, and the renaming that makes the run part of the index.
  [[nodiscard]] absl::Status Prepare(const IndexRun& run);
  [[nodiscard]] absl::Status Publish();
  [[nodiscard]] absl::Status Commit(const IndexRun& run);  // both
  // A descriptor that reads it: the caller's.
  [[nodiscard]] absl::StatusOr<int> OpenRun(const std::string& file) const;
  // What --resume could go on with: a run that was killed, or that goes on this moment.
  struct Left {
    std::string file;
    uint64_t records = 0;
    bool is_growing = false;
  };
  [[nodiscard]] absl::StatusOr<std::optional<Left>> LeftByKilledRun() const;
  // An error about a block.
  absl::Status Damaged(const BlockPlace& place, const absl::Status& what) const;
  // What a run that was killed has left there, and Begin() has removed; whole runs, and others that only an older
  // manifest does not name, are now called .left.
  const std::vector<std::string>& abandoned() const { return abandoned_; }

 private:
  struct Descriptor {
    ~Descriptor();
    int fd = -1;
  };
  explicit IndexFolder(std::string path) : path_(std::move(path)) {}
  absl::Status ReadManifest(Access access);
  absl::Status ReadSources();
  absl::Status TakeLock();
  absl::StatusOr<bool> OpenLock(const std::string& lock);
  bool DropRun();
  absl::Status WriteManifest();
  absl::Status WriteSynced(const std::string& path, std::string_view text) const;
  absl::Status FindUnfinished(const RunAsked& asked);
  absl::Status FindAgain(const BlockHead& head) const;
  std::string AskedPath() const;
  std::string PathOf(std::string_view file) const;

  std::string path_;
  Manifest manifest_;
  bool has_manifest_ = false;  // on disk, when it was opened
  bool made_folder_ = false, made_lock_ = false, holds_lock_ = false;
  std::vector<std::string> source_names_;
  Descriptor lock_, run_;
  std::string run_file_;  // its name in the end; it is called .part until Finish()
  uint64_t run_bytes_ = 0, run_blocks_ = 0;
  std::string heads_;  // of its blocks
  bool is_finished_ = false, is_committed_ = false;
  bool is_kept_ = false;  // what is there of the run, if it fails
  Unfinished unfinished_;
  std::vector<std::string> abandoned_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_STORE_INDEX_FOLDER_H_
