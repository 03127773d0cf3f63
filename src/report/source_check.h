// What of a source deserves a second look, once it has been read: nothing of it is wrong for certain, and all of it
// happens where a layout has taken a source for what it is not.
//
// In:      batches in input order, with fates.
// Out:     sentences, for the sources that have something to say.
// Cost:    a few compares a record; constant memory a source that is in order.
// Threads: one caller. Failure: none.
#ifndef UNECHO_SRC_REPORT_SOURCE_CHECK_H_
#define UNECHO_SRC_REPORT_SOURCE_CHECK_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/batch.h"
#include "report/often_titles.h"

namespace unecho {

class SourceCheck {
 public:
  // `apart`: names of fields that keep records apart, so that none of them tells copies from their witnesses.
  explicit SourceCheck(std::vector<std::string> apart = {}) : apart_(std::move(apart)) {}
  void Add(const Batch& batch);
  // What OftenTitles has said of a source whose records come without titles.
  void SetTitlesSaid(uint32_t source, std::vector<std::string> said) { titles_said_[source] = std::move(said); }

  // By source; of sources that have ended.
  const std::map<uint32_t, std::vector<std::string>>& findings() const { return findings_; }
  // ... and of what may be a wrong answer: copies that differ from their witnesses.
  const std::map<uint32_t, std::string>& doubts() const { return doubts_; }
  // Of which nothing could be used, and how that is: not only for a second look.
  const std::map<uint32_t, std::string>& unusable() const { return unusable_; }

 private:
  void Count(const Batch& batch, const Record& record);
  void CountGap(uint64_t begin_bytes, uint64_t end_bytes, uint64_t line);
  void Finish(uint32_t source);

  uint64_t bytes_ = 0, furniture_bytes_ = 0, lines_ = 0;
  std::vector<uint64_t> furniture_texts_;  // hashes: the first kMostTexts
  std::string first_furniture_text_;
  uint64_t first_furniture_line_ = 0;
  std::string doubt_;       // what the detection of its layout has left
  bool is_lines_ = false;   // a record is a line of text
  bool has_frame_ = false;  // the records stand in something that is no text
  bool takes_record_ = false;
  uint64_t records_ = 0, rejected_ = 0, with_text_ = 0, only_titles_ = 0;
  uint64_t copies_ = 0;  // exact ones
  // ... that differ from their witnesses in fields that are not compared, and those fields of the first.
  uint64_t other_copies_ = 0, first_other_line_ = 0;
  std::string other_fields_;
  std::array<uint64_t, kNumReasons> reasons_{};
  uint64_t first_rejected_line_ = 0, first_only_title_line_ = 0;
  uint64_t last_record_end_ = 0;  // bytes
  uint64_t gap_bytes_ = 0, longest_gap_ = 0, longest_gap_line_ = 0, last_record_line_ = 0;
  OftenTitles titles_;
  std::vector<std::string> apart_;
  std::map<uint32_t, std::vector<std::string>> titles_said_;
  std::map<uint32_t, std::vector<std::string>> findings_;
  std::map<uint32_t, std::string> doubts_, unusable_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_REPORT_SOURCE_CHECK_H_
