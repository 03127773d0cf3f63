// The stage `read`: inputs, in order -> batches that end at record boundaries.
//
// A batch is emitted when batch_bytes are there, when its source ends, or when nothing has come for kPatience: what is
// decided goes out although the pipe stalls. Where batches end never changes the answer.
//
// Threads: one caller (the serial first stage).
// Failure: what OpenInput and InputReader::Read give. Bytes before an error have been delivered.
#ifndef UNECHO_SRC_READ_BATCH_READER_H_
#define UNECHO_SRC_READ_BATCH_READER_H_

#include <atomic>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/batch.h"
#include "base/status.h"
#include "layouts/cutter.h"
#include "read/input.h"
#include "read/sibling_layouts.h"
#include "read/utf8_reader.h"
#include "unecho/layouts.h"
#include "unecho/options.h"

namespace unecho {

struct SourceFacts {
  std::string layout;      // empty until the source has been opened
  std::string layout_why;  // what told the layout; empty if it was given
  std::string compression;
  std::string encoding;
  std::string encoding_guess;    // Encoding::guess
  uint64_t num_undecodable = 0;  // bytes or surrogates that mean nothing in that encoding
  std::string skipped = {};      // why nothing of it was read; else empty
};

class BatchReader final : public BatchSource {
 public:
  using Open = std::function<absl::StatusOr<std::unique_ptr<InputReader>>(size_t source)>;

  // `open` opens the file of that number; `progress` counts decompressed bytes. They and `files` outlive the reader.
  BatchReader(std::span<const InputFile> files, Open open, const AnswerOptions& answer, size_t batch_bytes,
              std::atomic<uint64_t>* progress);

  // Of which more are known than are read: those that a source is compared with that shows no layout by itself.
  void SetSiblings(const SiblingLayouts& siblings) { siblings_ = siblings; }

  // Before the first batch: of the sources those from `first` on up to `end` are read, and the others only known.
  void SetWindow(size_t first, size_t end) { next_source_ = first, end_source_ = end; }

  absl::StatusOr<bool> Fill(Batch& batch) override;
  void SetBatchBytes(size_t bytes) override { batch_bytes_ = bytes; }
  std::string NameOf(const Batch& batch) const override;

  const std::vector<SourceFacts>& facts() const { return facts_; }

 private:
  absl::StatusOr<bool> FillNext(Batch& batch);
  void SkipSource(size_t source, const absl::Status& status, Batch& batch);
  absl::Status OpenNext();
  absl::StatusOr<bool> IsAsChosen(const Batch& batch, size_t size) const;
  absl::StatusOr<bool> ReadMore(Batch& batch, size_t& size, size_t want);
  void PlaceInSource(Batch& batch);

  std::span<const InputFile> files_;
  Open open_;
  LayoutPtr given_layout_;  // null: auto
  SiblingLayouts siblings_;
  LayoutOptions layout_options_;
  std::string encoding_;
  bool strict_, skip_unreadable_;
  bool wants_bibliographies_;  // works are compared, because the inputs that could be looked at are such
  size_t batch_bytes_;
  std::atomic<uint64_t>* progress_;

  size_t next_source_ = 0, end_source_;
  std::vector<SourceFacts> facts_;
  std::unique_ptr<Utf8Reader> input_;  // of the source in hand
  LayoutPtr layout_;                   // null until it is known
  std::string layout_why_;
  std::unique_ptr<Cutter> cutter_;
  uint64_t offset_ = 0;             // of the first byte that no batch has taken
  std::vector<char> carry_;         // those bytes
  uint64_t source_offset_ = 0;      // of the same byte, in the source before it was converted
  uint64_t unconverted_bytes_ = 0;  // the same in the source: what stands before the first letter beyond ASCII
  std::string last_content_;        // of the last batch, where the source is converted
  uint64_t fragment_source_offset_ = 0;
  bool at_end_ = false;
};

}  // namespace unecho

#endif  // UNECHO_SRC_READ_BATCH_READER_H_
