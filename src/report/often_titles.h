// Titles that many records of a source have: a heading that was taken for a title, as a rule.
//
// In:      the records of one source, in input order, with pieces and keys; those that are rejected do not count.
// Out:     a sentence for each such title.
// Cost:    a hash and a few compares a record; constant memory.
// Threads: one caller. Failure: none.
#ifndef UNECHO_SRC_REPORT_OFTEN_TITLES_H_
#define UNECHO_SRC_REPORT_OFTEN_TITLES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/batch.h"

namespace unecho {

class OftenTitles {
 public:
  void Add(const Batch& batch, const Record& record);
  // `records`: of the source, with those that are rejected.
  std::vector<std::string> Said(uint64_t records) const;

 private:
  // Titles that may be those of many records (Misra, Gries 1982): each that more than one record in kTitles + 1 has is
  // among them. A record that says the same as the last of its title does not count.
  static constexpr size_t kTitles = 9;
  struct Title {
    uint64_t text = 0, records = 0;
    std::string beginning;
  };
  std::array<Title, kTitles> titles_;
  std::array<uint64_t, kTitles> hashes_{}, weights_{};  // theirs: looked at for every record
};

}  // namespace unecho

#endif  // UNECHO_SRC_REPORT_OFTEN_TITLES_H_
