// The index of --index in a run: what it has comes before all else, and what is new goes into it.
//
//   load    blocks -> unpack | exact | sketch | near         as reference texts come, but for their names
//   store   decided batches -> take what is new | pack | append
//
// What an earlier run has decided is entered as it was: a kept record as kept, with its tokens and marks, a removed one
// by its key, with its witness. So a run behind another one is where a run of both would be: its bytes are the rest of
// that one's (promise P4).
//
// Cost:    2 to 4 us of a thread a kept record that is loaded, whose tokens are sketched anew; to store one, a copy and
//          its compression. Memory: as for records of the run itself; one bit a kept record of earlier runs.
// Threads: stages as their links say.
// Failure: that of the folder (store/index_folder.h).
#ifndef UNECHO_SRC_FLOW_STORED_INDEX_H_
#define UNECHO_SRC_FLOW_STORED_INDEX_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/batch.h"
#include "base/status.h"
#include "match/groups.h"
#include "report/report.h"
#include "store/index_folder.h"
#include "store/record_block.h"
#include "unecho/options.h"

namespace unecho {

struct Run;
class CompareAsides;
class Decide;
class FindRepeats;

class StoredIndex {
 public:
  // A new one that begins with all runs of another; `path`: a folder that is not there.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<StoredIndex>> BeginWith(const IndexFolder& other,
                                                                              const std::string& path);
  // Null without --index, and where a dry run finds none.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<StoredIndex>> Open(const PipelineOptions& options);

  // Where nothing is said of it, what the index compares by is what the run does.
  // True: that is works, and it was not said.
  bool ChooseComparison(AnswerOptions& answer) const;
  [[nodiscard]] absl::Status CheckMadeWith(const AnswerOptions& answer) const;

  const IndexFolder& folder() const { return *folder_; }
  bool adds() const { return adds_; }
  bool goes_on() const { return folder_->unfinished().records > 0; }  // from BeginRun() on: with what a killed run left
  uint32_t num_records() const { return static_cast<uint32_t>(folder_->num_records()); }
  uint32_t num_kept() const { return static_cast<uint32_t>(folder_->num_kept()); }

  // Enters all that it has into the tables of a run that has seen nothing yet.
  [[nodiscard]] absl::Status Load(Run& run, FindRepeats& exact, Decide& decide, Groups& groups, CompareAsides& asides);

  // Before the first record that is new: `sources`: the names of the run's own.
  // `resumable`: null: what a kill leaves of it is of no use.
  [[nodiscard]] absl::Status BeginRun(const std::vector<std::string>& sources, const AnswerOptions& answer,
                                      const IndexFolder::Resumable* resumable = nullptr);
  // When all records have gone through the stages below.
  [[nodiscard]] absl::Status FinishRun(const Groups& groups, IndexInfo& info);
  // Before the outputs have their names, and when they are there.
  [[nodiscard]] absl::Status Prepare(const std::string& command_line, const std::string& finished);
  [[nodiscard]] absl::Status Publish();

  // Stage, in order, behind `groups`: which kept records of earlier runs have copies in this one.
  class NoteGrown {
   public:
    explicit NoteGrown(StoredIndex& index) : index_(index) {}
    void operator()(Batch& batch);

   private:
    StoredIndex& index_;
  };
  // Stage, in order, behind the decisions, when `groups` knows the kept records: batches -> Batch::index_blocks, as
  // they fill. Batch::stored_sources, if it says something, has the sources of the records in this run.
  class Take {
   public:
    Take(StoredIndex& index, const Groups& groups, const AnswerOptions& answer)
        : index_(index),
          groups_(groups),
          num_fields_(answer.match.size()),
          has_works_(answer.comparison.by == CompareBy::kWorks) {}
    void operator()(Batch& batch);

   private:
    StoredIndex& index_;
    const Groups& groups_;
    size_t num_fields_;
    bool has_works_;
  };
  // Stage, parallel. What a killed run has packed is packed again: so it is seen whether it is the same.
  struct Pack {
    void operator()(Batch& batch) const;
  };
  // Stage, in order.
  class Append {
   public:
    explicit Append(StoredIndex& index) : index_(index) {}
    absl::Status operator()(Batch& batch);

   private:
    StoredIndex& index_;
  };

 private:
  explicit StoredIndex(std::unique_ptr<IndexFolder> folder, bool adds);

  std::unique_ptr<IndexFolder> folder_;
  bool adds_;
  uint64_t num_sources_;  // of earlier runs
  RecordBlocks blocks_;
  std::vector<bool> has_grown_;  // by kept number of earlier runs: this run has a copy
  IndexRun run_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_STORED_INDEX_H_
