// Deduplication as a function call: texts in, one or many at a time, and for each whether it is kept, or which kept one
// it repeats. The same answers as `unecho dedup` gives, by the same stages, cleaning rules included.
//
// Which of several equals is kept decides when there is an answer:
//   kFirst       at once. Add() and AddAll() answer for what they are given, and an answer never changes.
//   all others   when all is there. Hold() and HoldAll() take texts, Finish() answers for all of them.
// The calls of the other kind are an error (kFailedPrecondition), and so is every call behind Finish().
//
// A text may bring fields: what DeduplicatorOptions names in keys, differ, within and order_field.
//
// With kFirst what is kept can be saved, as an index on disk that `unecho --index` knows as well, and loaded again:
// then texts are compared with those of the index, too.
//
// Cost:    as the pipeline's for many texts at once, on as many threads; one at a time is done on the caller's thread
//          and costs some 10 microseconds more each.
// Memory:  about 350 bytes a kept text and 2 to 4 a token of it; with Hold() 70 a text and 2 to 4 a token more.
// Threads: one caller; AddAll(), HoldAll() and Finish() are parallel inside, on DeduplicatorOptions::threads.
// Failure: options out of range: kInvalidArgument from the first call on. A full index (2^31 - 1 kept texts), or no
//          memory: kResourceExhausted, and kFailedPrecondition from then on: of the texts of that call some may have
//          been seen; the same holds where `stop` ends a call (kCancelled). Load() and Save(): what the folder has
//          against it; of an index that is not there, or was made otherwise, nothing is loaded, and texts may come.
//          Nothing is thrown but by the constructor, where there is no memory.
#ifndef UNECHO_DEDUPLICATOR_H_
#define UNECHO_DEDUPLICATOR_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "unecho/api.h"
#include "unecho/clean.h"
#include "unecho/comparison.h"
#include "unecho/options.h"
#include "unecho/record.h"
#include "unecho/status.h"

namespace unecho {

struct DeduplicatorOptions {
  double threshold = 0.7;   // Jaccard similarity of shingles, (0, 1]
  int shingle_tokens = 5;   // 1..64
  uint64_t seed = 1;        // of the sketches
  Comparison comparison{};  // what of a text counts; not kWorks, for a text has no fields
  // Rules that rewrite a text or reject it before it is compared. With dedup_lines and its kin a line counts as having
  // come before in whatever was added earlier; dedup_at_least needs a reading before, and must be 0.
  CleanOptions clean{};
  // kLongest: in tokens. kFieldMax, kFieldMin: of the field `order_field`, a number, a date or words.
  KeepPolicy keep = KeepPolicy::kFirst;
  std::string order_field{};
  DateOrder date_order = DateOrder::kUnknown;
  // Fields that say what is the same before texts do, as in AnswerOptions.
  std::vector<std::string> keys{}, differ{};
  std::string within{};

  // --- change only speed
  int threads = 0;  // 0: as many as the machine allows
  // As RunOptions::stop: looked at by AddAll(), HoldAll() and Finish(). Outlives them; null: nothing stops them.
  const std::atomic<int>* stop = nullptr;

  UNECHO_API Status Validate() const;
  // The names that keys, differ, within and order_field have in them, each once: what fields a text should bring.
  UNECHO_API std::vector<std::string> FieldNames() const;
};

// What the cleaning rules made of a text.
struct CleanedText {
  Reason reason = Reason::kNone;                      // not kNone: rejected, which includes a blank text (kEmpty)
  std::string_view language;                          // with clean.languages: "en", ..., "und". Static text
  std::optional<std::vector<std::string>> rewritten;  // its pieces, where a rule changed something
};

class UNECHO_API Deduplicator {
 public:
  // What a text says beside its words, as text. A name may come again; an empty value is none.
  struct Field {
    std::string_view name, value;
  };
  // A text in pieces: no token crosses from one to the next. The first is the title, which may be empty, unless
  // `begins_with_title` is false: quality rules look at the text behind it, and a repeated title is never cut out.
  struct Text {
    std::span<const std::string_view> pieces;
    bool begins_with_title = false;
    std::span<const Field> fields{};
  };
  struct Answer {
    Fate fate = Fate::kRejected;  // kKept, kExact, kNear or kRejected, which is nobody's witness
    uint64_t witness = 0;         // kExact, kNear: which kept text; texts are numbered from 0 as they are added
    double similarity = 0;        // kExact, kNear: to that one, at least the threshold
    // kExact, kNear: empty, or the source in the index that was loaded of which the witness is: `witness` is its number
    // there, from 0. Valid as long as the Deduplicator.
    std::string_view witness_source;
    CleanedText cleaned;  // of Finish() the reason alone: Hold() has said the rest
  };

  // With options out of range every call says so.
  explicit Deduplicator(const DeduplicatorOptions& options = {});
  ~Deduplicator();

  Result<Answer> Add(const Text& text);
  Result<Answer> Add(std::span<const std::string_view> pieces, bool begins_with_title = true) {
    return Add(Text{pieces, begins_with_title});
  }
  // A text without a title.
  Result<Answer> Add(std::string_view text) { return Add(std::span(&text, 1), false); }
  // Many texts, in order: the same answers as one by one.
  Result<std::vector<Answer>> AddAll(std::span<const Text> texts);
  Result<std::vector<Answer>> AddAll(std::span<const std::string_view> texts);  // without titles

  // The same where `keep` is not kFirst: what is held is decided by Finish(). The texts themselves are not kept.
  Result<CleanedText> Hold(const Text& text);
  Result<CleanedText> Hold(std::span<const std::string_view> pieces, bool begins_with_title = true) {
    return Hold(Text{pieces, begins_with_title});
  }
  Result<CleanedText> Hold(std::string_view text) { return Hold(std::span(&text, 1), false); }
  Result<std::vector<CleanedText>> HoldAll(std::span<const Text> texts);
  Result<std::vector<CleanedText>> HoldAll(std::span<const std::string_view> texts);
  // Of all that was held, in the order in which it was.
  Result<std::vector<Answer>> Finish();

  // Only with kFirst, and where no field is named. Load(): before the first text, the kept texts of an index, a folder,
  // as if they had come before; it has to be made with the same threshold, shingles and comparison. Save(): adds what
  // was added since to the index that was loaded, or that an earlier Save() has made, or to a new one; all of it, or
  // nothing. The texts are called `source` there, or source@2 if that name is taken.
  Status Load(const std::string& folder);
  Status Save(const std::string& folder, const std::string& source = "texts");

  uint64_t num_added() const;  // or held; those of an index do not count
  uint32_t num_kept() const;   // those of an index are counted; with Hold(): 0 before Finish()
  uint64_t memory_bytes() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace unecho

#endif  // UNECHO_DEDUPLICATOR_H_
