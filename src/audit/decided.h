// Whether a run has held to what people decided (--decided): the steps of docs/design.md, "Decisions", replayed from
// the claims.
//
// In:      claims; proofs of all records, with the groups of their names.
// Out:     violations: a record that is kept though it was decided to be a kept one; that was removed for one it was
//          decided to be different from, by a decision that nobody has made, or by one that its line is silent about.
// Cost:    for each record that a line names, those that the lines about it name. Threads: one caller. Failure: none.
#ifndef UNECHO_SRC_AUDIT_DECIDED_H_
#define UNECHO_SRC_AUDIT_DECIDED_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "audit/evidence.h"

namespace unecho {

class AuditDecided {
 public:
  explicit AuditDecided(const Evidence& evidence);

  // Kept records that a record is apart from; and that it is the same as.
  std::set<size_t> ApartFrom(size_t i) const;
  std::set<size_t> SameAs(size_t i) const;
  // What was kept for an earlier record that is equal to it but for its name, or nothing: SIZE_MAX. `equal`: that one.
  size_t KeptForEquals(size_t i, size_t* equal = nullptr) const;
  void Check(Evidence& evidence) const;

 private:
  // Records of one fate (Evidence::IdentityOf).
  struct Class {
    size_t rep = 0;    // of highest priority
    size_t first = 0;  // in input order: its name counts
  };
  const Class& ClassOf(size_t i) const { return classes_.at(evidence_.IdentityOf(i)); }
  size_t KeptOf(const Class& of) const;
  template <typename Visit>
  void ForEachKeptBefore(size_t i, uint32_t group, Visit visit) const;

  const Evidence& evidence_;
  std::map<std::string, Class> classes_;
  std::map<uint32_t, std::vector<size_t>> of_group_;    // first ones of classes
  std::map<std::string, std::vector<size_t>> of_says_;  // the same of those that are equal but for their names
};

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_DECIDED_H_
