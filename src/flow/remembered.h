// What deferred output must remember between its passes: each distinct token sequence, and which records have it.
//
// Memory:  per distinct sequence 4 bytes a token (8 a shingle under --exact-join; the work under --compare works), 64,
//          8 a mark, and for the FIELD of --keep what field_order.h says; per record 4, 16 more with --annotate, 4 with
//          --merge, and 12 more and its id with --id-field. Where that is too much, tokens go to disk, and then all but
//          shingles, works, marks, the FIELD, 4 bytes a distinct sequence that say the order, and with --annotate 8 a
//          record.
// Threads: one that learns; then any number that read.
#ifndef UNECHO_SRC_FLOW_REMEMBERED_H_
#define UNECHO_SRC_FLOW_REMEMBERED_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/batch.h"
#include "base/hash.h"
#include "base/hash_map.h"
#include "base/mapped_array.h"
#include "base/spilled_array.h"
#include "base/status.h"
#include "flow/field_order.h"
#include "match/common_shingles.h"
#include "match/fates.h"
#include "match/spill_terms.h"
#include "match/token_store.h"
#include "text/source_names.h"
#include "unecho/options.h"

namespace unecho {

class Remembered {
 public:
  // Token sequences with numbers below `num_known` are of earlier runs: nothing is remembered of them but which records
  // have them. `for_index`: Fill() says of each sequence what an index wants to know.
  Remembered(const AnswerOptions& answer, const SourceNames& sources, uint32_t num_known = 0, bool for_index = false);

  // In front of the first pass, where it is over some of the records only: FieldOrder::SetOrder().
  void SetOrder(DateOrder order) {
    if (by_field_) by_field_->SetOrder(order);
  }
  // First pass, in input order, behind the stages exact and against: the records, and who stands for each token
  // sequence. An error if the values of the FIELD of --keep cannot be put in order.
  [[nodiscard]] absl::Status Learn(const Batch& batch);
  // Learn() puts tokens into a file where memory is short (match/token_store.h), and then the rest; so does SpillNow().
  void SpillBeyond(SpillTerms terms) { spill_ = std::move(terms); }
  [[nodiscard]] absl::Status SpillNow();
  uint64_t spilled_bytes() const {
    return words_.disk_bytes() + SumOverArrays([](const auto& array) { return array.disk_bytes(); });
  }
  // Whether all that was given is what was learnt.
  absl::Status ReadStatus() const;
  // When all have come, in front of all that follows.
  [[nodiscard]] absl::Status Settle();
  // Token sequences that are not known, in priority order, but for those contaminated.
  std::vector<uint32_t> InPriorityOrder() const;
  // Second pass: a batch of the sequences from order[begin] on, as records with tokens and nothing else; the end of
  // what it holds. It ends at kMaxRecords of them, or with the one that reaches kMaxTokens.
  // `common`: shingles that are left out under --exact-join, or null.
  size_t Fill(const std::vector<uint32_t>& order, size_t begin, Batch& batch,
              const CommonShingles* common = nullptr) const;
  static constexpr size_t kMaxRecords = 256;
  static constexpr size_t kMaxTokens = size_t{64} << 10;  // 256 KiB, as a batch of text
  // --ignore-common, between the passes: those that are compared, one for each sequence of tokens, whatever their
  // fields say; and the shingles of one.
  std::vector<uint32_t> DistinctTexts() const;
  size_t NumShingles(uint32_t unique) const;
  std::span<const uint64_t> ShinglesOf(uint32_t unique, std::vector<uint64_t>& scratch) const;
  size_t num_unique() const { return stands_for_.size(); }
  // For all records: add(number of the token sequence).
  template <typename Add>
  void ForEachRecord(Add add) const {
    for (size_t i = 0; i < unique_of_record_.size(); ++i) add(unique_of_record_[i]);
  }
  // Of a sequence that is not known.
  RecordRef ref(uint32_t unique) const { return stands_for_[unique - num_known_].ref; }
  std::string id(uint32_t unique) const {
    return id_of_record_.size() == 0 ? std::string() : IdOf(stands_for_[unique - num_known_].record);
  }
  uint64_t text_hash(uint32_t unique) const { return stands_for_[unique - num_known_].text_hash; }
  uint64_t asides(uint32_t unique) const { return stands_for_[unique - num_known_].asides; }
  // Third pass, in input order: `unique` and `is_repeat` of every record with tokens; false if there are more than were
  // learnt.
  bool Recall(Batch& batch);

  // --annotate: for each kept record the references of those removed for it, in input order. After the second pass.
  void CollectCopies(const Fates& fates);
  std::vector<std::string> Copies(uint32_t kept_id, const SourceNames& sources) const;
  // --merge: which record gives which fields (works/fillable_fields.h, by bit) to which kept one: of its copies the
  // first in input order that has it. In input order. After the second pass.
  struct Giving {
    uint64_t record = 0;  // position among all records with tokens
    uint32_t kept_id = 0;
    uint16_t fields = 0;
  };
  std::vector<Giving> Givings(const Fates& fates) const;
  // The same by --id-field, as JSON text, empty where a record has none; nothing without one.
  std::vector<std::string> CopyIds(uint32_t kept_id) const;

  uint64_t memory_bytes() const;

 private:
  static constexpr uint64_t kContaminated = UINT64_MAX;
  struct Standing {
    RecordRef ref;
    uint64_t record = 0;  // position among all records with tokens
    // In words_, as that calls it, or in shingles_; kContaminated: decided already, so its tokens are not kept.
    uint64_t first_word = 0;
    uint32_t num_words = 0;
    uint32_t num_items = 0;  // shingles; under --compare works the words of the work, which are in words_
    bool is_reference = false;
    uint64_t text_hash = 0, asides = 0;
    bool contaminated() const { return first_word == kContaminated; }
  };
  // What --decided says of the records of a token sequence, where it says something.
  struct Decided {
    std::array<uint32_t, 2> groups{};
    uint32_t equals = 0;
  };
  template <typename Of>
  uint64_t SumOverArrays(Of of) const {
    return of(keys_) + of(stands_for_) + of(unique_of_record_) + of(ref_of_record_) + of(fields_of_record_) +
           of(id_of_record_) + of(ids_);
  }
  // These take places in stands_for_.
  void StandFor(uint32_t place, const FieldOrder::Holder& holder);
  bool Precedes(uint32_t a, uint32_t b) const;
  // Whether a record is not the one that stands for its tokens.
  bool IsRepeat(uint32_t unique, uint64_t record) const {
    return unique < num_known_ || stands_for_[unique - num_known_].record != record;
  }

  const AnswerOptions& answer_;
  uint32_t num_known_;
  bool for_index_;
  SpilledArray<Key128> keys_;                         // by token sequence; only for an index
  TokenStore words_;                                  // or the words of works
  std::vector<std::span<const uint32_t>> new_words_;  // of Learn()
  std::vector<uint64_t> new_places_;
  MappedArray<uint64_t> shingles_;
  MappedArray<uint64_t> marks_;  // a row a token sequence (match/marks.h)
  uint32_t marks_width_ = 0;
  SpilledArray<Standing> stands_for_;   // by token sequence, from num_known_ on
  std::optional<FieldOrder> by_field_;  // only with a FIELD
  HashMap<uint32_t, Decided> decided_;  // the same
  SpilledArray<uint32_t> unique_of_record_;
  SpilledArray<RecordRef> ref_of_record_;  // only with --annotate
  struct Fields {
    uint16_t said, given;
  };
  SpilledArray<Fields> fields_of_record_;  // only with --merge
  struct Place {
    uint64_t begin;
    uint32_t size;
  };
  std::string IdOf(uint64_t record) const {
    const Place place = id_of_record_[record];
    std::string id(place.size, '\0');
    ids_.Read(place.begin, place.size, id.data());
    return id;
  }
  SpilledArray<Place> id_of_record_;  // in ids_; only with --id-field
  SpilledArray<char> ids_;
  SpillTerms spill_;
  uint64_t recalled_ = 0;
  std::vector<uint64_t> first_copy_;  // by kept record, into copies_
  std::vector<uint64_t> copies_;      // positions of records
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_REMEMBERED_H_
