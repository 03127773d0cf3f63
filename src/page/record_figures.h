// What a page draws of all records of a run, shown or not: what became of them along the input, how long they are, and
// how similar the removed ones are to their witnesses.
//
// In:      the lines of the provenance, one after the other, and how many there are.
// Out:     JSON. "along": stretches of the input of `width` records each, a round number, at most kMaxStretches of
//          them. "lengths": records by their bytes in the source, from 0, 1, 2, 5, 10, 20, 50, ... "certainty":
//          near records by hundredths of their similarity, and how many were removed for other reasons than that.
// Cost:    some 15 KB, however many records there are.
// Threads: one caller.
// Failure: none. Where there are more lines than was said, the last stretch has them.
#ifndef UNECHO_SRC_PAGE_RECORD_FIGURES_H_
#define UNECHO_SRC_PAGE_RECORD_FIGURES_H_

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "audit/report.h"
#include "text/json.h"
#include "unecho/record.h"

namespace unecho {

inline constexpr size_t kMaxStretches = 120;

struct FigureLine {
  Fate fate = Fate::kRejected;
  uint64_t size_bytes = 0;
  std::optional<double> similarity;
  bool has_other_grounds = false;  // a key, the rule of works, a person: any threshold removes it
};

class RecordFigures {
 public:
  explicit RecordFigures(uint64_t num_records);
  void Add(const FigureLine& line);
  // Members of an object that is open.
  void Write(JsonWriter& json) const;

 private:
  uint64_t width_ = 1;  // records of a stretch
  uint64_t num_lines_ = 0;
  std::vector<FateCounts> stretches_;
  std::array<FateCounts, 58> lengths_{};  // up to 5e18
  std::array<uint64_t, 101> hundredths_{};
  uint64_t num_certain_ = 0;
};

}  // namespace unecho

#endif  // UNECHO_SRC_PAGE_RECORD_FIGURES_H_
