// What an index holds as batches, and what the flows that read one have in common.
//
// Threads: StoredBlocks has one caller; UnpackStored is parallel; NameStored in order.
// Failure: what is damaged: a Status that names the file and the byte.
#ifndef UNECHO_SRC_FLOW_STORED_BLOCKS_H_
#define UNECHO_SRC_FLOW_STORED_BLOCKS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "base/status.h"
#include "match/fates.h"
#include "store/block_reader.h"
#include "store/index_folder.h"
#include "unecho/options.h"

namespace unecho {

// Blocks of records as batches: where the block is, and the payload as it is in the file. What blocks of members say is
// kept.
class StoredBlocks final : public BatchSource {
 public:
  // `folder` outlives it.
  explicit StoredBlocks(const IndexFolder& folder) : folder_(folder), reader_(folder) {}

  absl::StatusOr<bool> Fill(Batch& batch) override;
  std::string NameOf(const Batch& /*batch*/) const override { return folder_.path(); }

  struct Members {
    uint32_t kept_id, members;
  };
  const std::vector<Members>& members() const { return members_; }

 private:
  absl::Status TakeMembers(const BlockHead& head);

  const IndexFolder& folder_;
  BlockReader reader_;
  std::vector<char> payload_;
  std::vector<Members> members_;
};

// Such a batch -> its records (store/record_block.h), of which all that the stages behind rely on has been looked at:
// the hashes of an index find what was damaged, and not what somebody has made.
class UnpackStored {
 public:
  UnpackStored(const IndexFolder& folder, const AnswerOptions& answer);
  absl::Status operator()(Batch& batch) const;

 private:
  bool IsWellFormed(const Batch& batch, const Record& record) const;

  const IndexFolder& folder_;
  bool has_works_;
  size_t num_keys_, num_fields_;  // of --key, of --match
  size_t marks_width_;
};

// Behind the stage exact: none of them has come before. Tokens of what was removed are not known, and not needed.
class CheckDistinct {
 public:
  explicit CheckDistinct(const IndexFolder& folder) : folder_(folder) {}
  absl::Status operator()(Batch& batch) const;

 private:
  const IndexFolder& folder_;
};

// In front of the decisions: what was removed, as it was.
class EnterRemoved {
 public:
  // `num_fields`: of --match.
  EnterRemoved(Fates& fates, size_t num_fields, const IndexFolder& folder)
      : fates_(fates), num_fields_(num_fields), folder_(folder) {}
  absl::Status operator()(Batch& batch);

 private:
  Fates& fates_;
  size_t num_fields_;
  const IndexFolder& folder_;
};

// What became of a removed record, of which the batch says it, as --match wants it, too.
void EnterAsRemoved(const Batch& batch, const Record& record, size_t num_fields, Fates& fates);

// Behind the decisions: records that were kept are called what the index calls them. `first_source`: what the first of
// its sources is in this run.
class NameStored {
 public:
  NameStored(Fates& fates, uint32_t first_source, const IndexFolder& folder)
      : fates_(fates), first_source_(first_source), folder_(folder) {}
  absl::Status operator()(Batch& batch);

 private:
  Fates& fates_;
  uint32_t first_source_;
  const IndexFolder& folder_;
};

// An error that says what is wrong with it, and not where.
absl::Status DamagedIndex(const IndexFolder& folder, std::string_view what);

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_STORED_BLOCKS_H_
