// Deduplication as a function call: texts in, one or many at a time, and for each whether it is kept, or which kept one
// it repeats. The same answers as `unecho dedup` gives, by the same stages.
//
// Cost:    as the pipeline's for many texts at once; one at a time costs some 10 microseconds more each, for the
//          look-up of a single record is not shared among threads.
// Memory:  about 350 bytes a kept text and 4 a token of it (index.h).
// Threads: one caller; AddAll() is parallel inside.
// Failure: options out of range: kInvalidArgument from the first call on. A full index (2^31 - 1 kept texts):
//          kResourceExhausted.
#ifndef UNECHO_DEDUPLICATOR_H_
#define UNECHO_DEDUPLICATOR_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "unecho/comparison.h"
#include "unecho/record.h"
#include "unecho/status.h"

namespace unecho {

struct DeduplicatorOptions {
  double threshold = 0.7;   // Jaccard similarity of shingles, (0, 1]
  int shingle_tokens = 5;   // 1..64
  uint64_t seed = 1;        // of the sketches
  Comparison comparison{};  // what of a text counts

  [[nodiscard]] absl::Status Validate() const;
};

class Deduplicator {
 public:
  // kRejected: a blank text, which is like nothing and is nobody's witness.
  struct Answer {
    Fate fate = Fate::kRejected;  // kKept, kExact, kNear or kRejected
    uint64_t witness = 0;         // kExact, kNear: which kept text; texts are numbered from 0 as they are added
    double similarity = 0;        // kExact, kNear: to that one, at least the threshold
  };

  // With options out of range every call of Add() and AddAll() says so.
  explicit Deduplicator(const DeduplicatorOptions& options = {});
  ~Deduplicator();

  // A text in pieces (title, paragraphs): no token crosses from one to the next.
  absl::StatusOr<Answer> Add(std::span<const std::string_view> pieces);
  absl::StatusOr<Answer> Add(std::string_view text) { return Add(std::span(&text, 1)); }
  // Many texts, in order: the same answers as one by one.
  absl::StatusOr<std::vector<Answer>> AddAll(std::span<const std::string_view> texts);

  uint64_t num_added() const;
  uint32_t num_kept() const;
  uint64_t memory_bytes() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace unecho

#endif  // UNECHO_DEDUPLICATOR_H_
