// Which sources have the fields that options name. A field of --key, --differ or --within that is in no record of any
// source is an error: a name that is spelled wrong would else look like records of which none are the same. (For the
// other options layouts/layout_check.h says so.) A field that some sources have, and others not, may be called
// otherwise there, and is listed; so is one that only earlier runs with the same index have met. Where only some
// records of a source have it the others are counted, but those of --match and --match-fields, most of which are texts
// that records may well lack.
//
// In:      batches with fields and marks, in input order. Check(), Absent() and placeholders() when all have come.
// Out:     an error that names the option, the field and the fields there are; the lists.
// Cost:    a branch or two a record where fields are named; the names of one record a batch while a name has not been
//          found.
//
// It adds up as well in how many records a field says nothing but what stands for none, such as "N/A".
// Threads: one caller.
#ifndef UNECHO_SRC_FLOW_ASKED_FIELDS_H_
#define UNECHO_SRC_FLOW_ASKED_FIELDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "base/batch.h"
#include "base/status.h"
#include "options/sameness.h"
#include "report/report.h"
#include "text/source_names.h"

namespace unecho {

class AskedFields {
 public:
  // `has_earlier`: the index of the run has records, and the run that began it has met the fields of --key, --differ
  // and --within.
  AskedFields(const AnswerOptions& answer, const SourceNames& sources, bool has_earlier)
      : sources_(sources),
        has_earlier_(has_earlier),
        asks_for_works_(answer.comparison.by == CompareBy::kWorks),
        sameness_(SamenessOf(answer)),
        named_(NamedBy(answer)),
        counted_(CountedOf(answer, sameness_)),
        seen_(sources.size()),
        missed_{.missing = sameness_.any() ? ~uint64_t{0} >> (64 - sameness_.fields.size()) : 0} {}
  void operator()(const Batch& batch);
  [[nodiscard]] absl::Status Check() const;
  // What no record has had of what is asked, and what there is in its place.
  struct Missed {
    uint64_t missing = 0;              // by place in the fields of Sameness
    std::vector<std::string> names{};  // of fields that there are, in the order in which they come, as they are shown
    std::string first_source{}, first_layout{};
    void AddName(std::string name);
    // What was missed in further inputs, too.
    void MeetWith(const Missed& later);
  };
  const Missed& missed() const { return missed_; }
  // OK if nothing is missing, or there was nothing.
  [[nodiscard]] static absl::Status Check(const Sameness& sameness, const Missed& missed);
  std::vector<AbsentField> Absent() const;
  std::vector<PartialField> Partial() const;
  // --compare works: sources that have titles and texts alone.
  std::vector<size_t> WithoutWorks() const;
  // Of fields that have some.
  std::vector<PlaceholderInfo> placeholders() const;

 private:
  // A field of --match-fields, --match, --id-field or --keep.
  struct Named {
    std::string option, name;
    size_t place;  // in Batch::seen_names
  };
  static std::vector<Named> NamedBy(const AnswerOptions& answer);
  struct Seen {
    bool has_records = false;
    bool has_works = false;            // --compare works: some record says more than a title and a text
    uint64_t sameness = 0, named = 0;  // by place in sameness_.fields, and in Batch::seen_names
    uint64_t records = 0;              // that could be used
    std::vector<uint64_t> without;     // of them, by place in counted_
  };
  // What is counted record by record.
  struct Counted {
    std::string option, name;
    enum Kind : uint8_t { kKey, kMark, kId, kOrder } kind;
    size_t place = 0;  // of the key, or in a row of marks
  };
  static std::vector<Counted> CountedOf(const AnswerOptions& answer, const Sameness& sameness);
  void CountWithout(const Batch& batch);
  void Note(const Batch& batch);
  void AddPlaceholders(const Batch& batch);
  const SourceNames& sources_;
  bool has_earlier_;
  bool asks_for_works_;
  Sameness sameness_;
  std::vector<Named> named_;
  std::vector<Counted> counted_;
  std::vector<Seen> seen_;  // by source
  Missed missed_;
  std::vector<PlaceholderInfo> placeholders_;  // by place in sameness_.fields
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_ASKED_FIELDS_H_
