// --merge: what each kept record should have taken from its copies, and how it should read then.
//
// In:      all records that are kept or were removed for one, in a reading of the sources before the one that checks.
// Out:     by claim: the fields, from which record each; what the provenance and the corpus should say of them.
// Cost:    what records say in the fields that are merged, until all have been read; then what is taken, and the text
//          or the fields of each record that takes something, to the end: the form of a source is compared when all of
//          it has been read.
// Threads: Take() and Settle() have one caller; Fill() may run for different claims at once; const besides.
// Failure: none.
#ifndef UNECHO_SRC_AUDIT_EXPECTED_FILLS_H_
#define UNECHO_SRC_AUDIT_EXPECTED_FILLS_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "audit/claims.h"
#include "audit/plain_fill.h"
#include "audit/records.h"
#include "audit/spans.h"

namespace unecho {

class ExpectedFills {
 public:
  // A record in turn; nothing if it is not to be used. `claims`: all of them.
  void Take(size_t i, const Claims& claims, const RecordFacts& facts, const Profile& profile);
  void Settle(const Claims& claims);
  bool Has(size_t i) const { return i < filled_.size() && !filled_[i].fills.empty(); }
  // `as_it_came`: the bytes of the record are written, and not an object with its fields.
  void Fill(size_t i, const AuditSpan& span, const Layout& layout, bool as_it_came);
  // What it should read as; empty: as it came.
  const std::string& Text(size_t i) const { return i < filled_.size() ? filled_[i].text : kNone; }
  // The fields of its object; empty: as they came.
  std::vector<NamedField> Fields(size_t i) const;
  // ,"merged":[...], or nothing. `ref`: of a claim.
  template <typename Ref>
  std::string Said(size_t i, Ref ref) const {
    std::vector<std::pair<std::string_view, std::string>> written;
    if (!Has(i)) return {};
    for (const PlainFill& fill : filled_[i].fills) {
      if (fill.is_written) written.emplace_back(fill.field, ref(fill.from));
    }
    return SaidText(written);
  }

  struct Counts {
    uint64_t records = 0;
    std::map<std::string_view, uint64_t> filled, left_out;
  };
  Counts Count() const;

 private:
  static std::string SaidText(const std::vector<std::pair<std::string_view, std::string>>& written);
  struct Filled {
    std::vector<PlainFill> fills;  // in the order of their fields
    std::string text;
    std::vector<PlainNamed> fields;
  };
  inline static const std::string kNone;
  struct Given {
    std::string value, tex;
  };
  std::vector<std::map<std::string_view, std::string>> said_;  // by claim, until Settle()
  std::vector<std::map<std::string_view, Given>> given_;       // by claim, until Settle()
  std::vector<Filled> filled_;                                 // by claim
};

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_EXPECTED_FILLS_H_
