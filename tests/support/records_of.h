// What a layout finds in a source, in a form that tests compare: title, body and reason of each record. All sizes in
// which the source may arrive are tried on the way, and the books are checked.
#ifndef UNECHO_TESTS_SUPPORT_RECORDS_OF_H_
#define UNECHO_TESTS_SUPPORT_RECORDS_OF_H_

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "support/segment_driver.h"

namespace unecho {

struct Got {
  std::string title, body;
  Reason reason = Reason::kNone;
  friend bool operator==(const Got&, const Got&) = default;
};
inline void PrintTo(const Got& got, std::ostream* out) {
  *out << "{" << testing::PrintToString(got.title) << ", " << testing::PrintToString(got.body) << ", "
       << Name(got.reason) << "}";
}

using Records = std::vector<Got>;

inline Segmented Drive(const Layout& layout, std::string_view source, const LayoutOptions& options = {}) {
  EXPECT_EQ(CheckAllSizes(layout, options, source), "") << source.substr(0, 2000);
  Segmented out = SegmentDriver(layout, options).Run(source, 4096, 4096);
  EXPECT_EQ(out.broken, "");
  return out;
}

inline Records RecordsOf(const Layout& layout, std::string_view source, const LayoutOptions& options = {}) {
  Records records;
  for (const OwnedRecord& record : Drive(layout, source, options).records) {
    const bool has_text = record.reason == Reason::kNone;
    records.push_back({has_text ? record.pieces.at(0) : "",
                       has_text && record.pieces.size() > 1 ? record.pieces[1] : "", record.reason});
  }
  return records;
}

// One source, and what is in it.
struct RecordsCase {
  const char* name;
  std::string source;
  Records want;
};
inline void PrintTo(const RecordsCase& c, std::ostream* out) { *out << c.name; }

}  // namespace unecho

#endif  // UNECHO_TESTS_SUPPORT_RECORDS_OF_H_
