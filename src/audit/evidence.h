// What the parts of an audit share: how the run was made, what it claims, and what has been recomputed of each record.
//
// Cost:    of a record what stays of it when its source has been read.
// Threads: filled by one caller; const from then on.
// Failure: none.
#ifndef UNECHO_SRC_AUDIT_EVIDENCE_H_
#define UNECHO_SRC_AUDIT_EVIDENCE_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/against.h"
#include "audit/claims.h"
#include "audit/earlier.h"
#include "audit/expected_fills.h"
#include "audit/field_values.h"
#include "audit/groups.h"
#include "audit/order_value.h"
#include "options/decisions.h"
#include "options/sameness.h"
#include "oracle/plain_works.h"
#include "read/input.h"
#include "unecho/options.h"

namespace unecho {

// What stays of a record when its source has been read.
struct Proof {
  bool read = false;      // its span was sound
  bool sound = false;     // ... and is no reason to reject it
  std::string id;         // equal ids: equal token sequences
  PlainWork work;         // --compare works: of kept ones, and of others until they have been compared ...
  std::string work_text;  // and what is equal where works are
  uint64_t num_tokens = 0;
  uint64_t text_hash = 0;
  std::string id_json;                       // of --id-field
  std::array<uint32_t, 2> decided_groups{};  // --decided: those of its names, 0: none
  bool goes_alone = false;                   // ... and an earlier record is equal to it
  bool was_removed_earlier = false;          // by an earlier run, which has chosen its witness
  FieldValues values;                        // for --key, --differ, --within
  OrderValue order;                          // of the FIELD of --keep
  std::vector<uint64_t> set_shingles;        // RecordFacts::set_shingles
  std::vector<uint64_t> shingles;            // kept; near until it has been compared; all with --ignore-common
};

struct Evidence {
  AnswerOptions answer;
  bool is_of_segment = false;
  Sameness sameness;
  std::optional<Decisions> decisions;       // --decided
  std::vector<InputFile> sources;           // reference texts first
  std::vector<InputFile> sets;              // of --against
  std::unique_ptr<AuditAgainst> against;    // null without evaluation sets
  std::unique_ptr<EarlierRecords> earlier;  // null without an index
  std::unique_ptr<Claims> claims;
  std::vector<Proof> proofs;  // one for each claim
  AuditGroups groups;
  ExpectedFills merged;  // --merge
  Violations violations;

  const Claim& ClaimOf(size_t i) const { return claims->all[i]; }
  // Kept by an earlier run (earlier.h).
  bool IsEarlier(size_t i) const { return i >= claims->num_own; }
  bool IsReference(size_t i) const { return ClaimOf(i).source < answer.reference.size() || IsEarlier(i); }
  // All records in the order in which they were decided under --keep first: those of earlier runs, then the others.
  size_t InOrder(size_t place) const {
    const size_t num_earlier = proofs.size() - claims->num_own;
    return place < num_earlier ? claims->num_own + place : place - num_earlier;
  }
  bool MayBeWitness(size_t i) const { return ClaimOf(i).fate == Fate::kKept || ClaimOf(i).fate == Fate::kReference; }
  std::string Ref(size_t i) const { return ClaimRef(sources, ClaimOf(i)); }
  void Violation(size_t i, std::string_view what) { violations.Add(Ref(i), what); }

  // Whether the month comes first in dates of the FIELD of --keep: as is said, or as one of the records shows.
  bool month_first = false;
  void SettleDates();
  // Does record a come before record b in priority order? Dates are settled by then.
  bool IsPreferred(size_t a, size_t b) const;
  // As evaluation sets have them.
  std::vector<uint64_t>& SetShingles(size_t i) { return earlier ? proofs[i].set_shingles : proofs[i].shingles; }
  bool compares_works() const { return answer.comparison.by == CompareBy::kWorks; }
  // Where it is equal, a removal is exact.
  const std::string& SaysOf(size_t i) const { return compares_works() ? proofs[i].work_text : proofs[i].id; }
  // What must be equal in two records for one fate: their tokens, and what fields say.
  std::string IdentityOf(size_t i) const;
  // The same but for the names of --decided: what a line names has a fate of its own. Settled when all are read.
  std::string PlainIdentityOf(size_t i) const;
  void SettleDecided();
};

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_EVIDENCE_H_
