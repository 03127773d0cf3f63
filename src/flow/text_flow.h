// Texts that a caller hands over, through the stages of a run between reading and writing (deduplicator.h).
//
//   texts -> prepare | exact | sketch | near          answers at once
//   texts -> prepare | exact | remember               held ...
//            what was remembered -> sketch | near     ... until Finish()
//
// With --dedup-lines and its kin `lines` stands in `prepare`, as in front.h.
//
// Cost:    that of a run without reading and writing. Threads: one caller; those it is given work inside.
// Failure: a full index, memory, `stop`: a Status, and nothing is sure behind it.
#ifndef UNECHO_SRC_FLOW_TEXT_FLOW_H_
#define UNECHO_SRC_FLOW_TEXT_FLOW_H_

#include <atomic>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "base/status.h"
#include "clean/cleaner.h"
#include "flow/chain.h"
#include "flow/prepare.h"
#include "flow/remembered.h"
#include "match/exact.h"
#include "match/fates.h"
#include "match/near.h"
#include "match/repeated_lines.h"
#include "match/sketch.h"
#include "store/index_folder.h"
#include "text/source_names.h"
#include "unecho/deduplicator.h"

namespace unecho {

// Texts in whatever form they are given.
class Texts {
 public:
  explicit Texts(std::span<const Deduplicator::Text> texts) : texts_(texts), size_(texts.size()) {}
  explicit Texts(std::span<const std::string_view> plain) : plain_(plain), size_(plain.size()) {}
  size_t size() const { return size_; }
  Deduplicator::Text operator[](size_t i) const {
    return plain_.empty() ? texts_[i] : Deduplicator::Text{plain_.subspan(i, 1)};
  }

 private:
  std::span<const Deduplicator::Text> texts_;
  std::span<const std::string_view> plain_;
  size_t size_;
};

class TextFlow {
 public:
  // Of `run` threads and stop.
  TextFlow(const AnswerOptions& answer, const RunOptions& run);
  TextFlow(const TextFlow&) = delete;
  TextFlow& operator=(const TextFlow&) = delete;

  absl::StatusOr<std::vector<Deduplicator::Answer>> Decide(const Texts& texts);
  absl::StatusOr<std::vector<CleanedText>> Remember(const Texts& texts);
  absl::StatusOr<std::vector<Deduplicator::Answer>> Finish();  // of what is remembered

  // All that an index has, into the tables, which are empty.
  absl::Status Load(const std::string& path);
  // What is new since then, as a run of an index.
  absl::Status Save(const std::string& path, const std::string& source);

  bool has_loaded() const { return !loaded_sources_.empty(); }  // some of an index, or all of it
  uint64_t num_added() const { return num_added_; }
  uint32_t num_kept() const { return fates_.num_kept(); }
  uint64_t memory_bytes() const;

 private:
  class Given;
  // Stages; those that are `const` here are parallel.
  struct Own {
    void operator()(Batch& batch) const;
    const TextFlow& flow;
  };
  struct Lines {
    absl::Status operator()(Batch& batch) const;
    TextFlow& flow;
  };
  struct Tokens {
    void operator()(Batch& batch) const;
    const TextFlow& flow;
  };
  struct Exact {
    absl::Status operator()(Batch& batch) const;
    TextFlow& flow;
  };
  struct Near {
    absl::Status operator()(Batch& batch) const;
    TextFlow& flow;
  };
  struct Hold {
    absl::Status operator()(Batch& batch) const;
    TextFlow& flow;
  };
  struct Settle {
    absl::Status operator()(Batch& batch) const;
    TextFlow& flow;
  };

  void AddFrontTo(Chain& chain);
  absl::Status RunAll(BatchSource& source, Chain& chain);
  // One text on the caller's thread.
  absl::Status RunGiven(const Texts& texts, Chain& chain);
  Deduplicator::Answer AnswerOf(const Record& record) const;
  static CleanedText CleanedOf(const Batch& batch, const Record& record);
  absl::Status CheckCanBeSaved() const;
  void Count(const Record& record);  // for an index: what groups have
  static std::vector<std::string> DigestsOf(const IndexFolder& folder);
  void NoteSaved(const IndexFolder& folder);

  const AnswerOptions answer_;
  const int threads_;
  const std::atomic<int>* const stop_;
  const SourceNames sources_{std::vector<std::string>{"texts"}};  // what messages call them
  BandPlan bands_;
  Cleaner clean_;
  std::optional<RepeatedLines> repeated_lines_;
  Prepare prepare_;
  ExactTable exact_;
  Sketcher sketch_;
  Fates fates_;
  NearStage near_;
  Remembered remembered_;

  const Own own_{*this};
  Lines lines_{*this};
  const Tokens tokens_{*this};
  Exact exact_stage_{*this};
  Near near_stage_{*this};
  Hold remember_stage_{*this};
  Settle settle_stage_{*this};
  Chain decide_, remember_, settle_;

  std::vector<Deduplicator::Answer> answers_;  // of the call in hand
  std::vector<CleanedText> cleaned_;
  std::vector<Reason> reasons_;  // of what is held
  struct Kept {
    uint64_t text_hash = 0;
    uint32_t members = 0, saved_members = 1;  // of its group: now, and as the index has it
  };
  std::vector<Kept> kept_;                  // by kept number; only with kFirst
  std::deque<std::string> loaded_sources_;  // of the index: their names stay where they are
  std::vector<std::string> saved_digests_;  // of the runs of the index that this has loaded or saved
  Batch batch_;
  uint64_t num_added_ = 0;
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_TEXT_FLOW_H_
