// What a report says of a run that compares works: the numbers that systematic reviews have to publish, and what
// --merge has filled in.
//
// Out:     members of the report, and lines for people.
// Cost:    the number of sources. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_REPORT_WORKS_REPORT_H_
#define UNECHO_SRC_REPORT_WORKS_REPORT_H_

#include <string>

#include "report/report.h"
#include "text/json.h"
#include "unecho/options.h"

namespace unecho {

// "prisma": the boxes of the PRISMA 2020 flow diagram as far as they are known before screening, of the run and of each
// source. Reference texts are no records of this review.
void WriteScreening(const AnswerOptions& answer, const RunFacts& facts, const Statistics& statistics, JsonWriter& json);
// "merged": records, and by field how many values were filled in, and how many had no place.
void WriteMerged(const Statistics& statistics, JsonWriter& json);

// Of several sources, what each alone has.
void AppendOnlyIn(const AnswerOptions& answer, const RunFacts& facts, const Statistics& statistics, std::string& out);
void AppendMerged(const Statistics& statistics, std::string& out);

}  // namespace unecho

#endif  // UNECHO_SRC_REPORT_WORKS_REPORT_H_
