// What shows that a source may have records of several lines, where it is read as one text, or line by line.
//
// Nothing of it is sure enough to cut by, and all of it is worth a word: a title and a text below it, again and again;
// short paragraphs and texts in turn; blocks that begin with one mark (`>`, `Q.`); rulers. Verse has none of these:
// its lines are of one length.
//
// In:      the first lines of a source.
// Out:     a part of a sentence, and the option that would part the records; empty: nothing shows it.
// Cost:    a few passes over them. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_SEVERAL_RECORDS_H_
#define UNECHO_SRC_LAYOUTS_SEVERAL_RECORDS_H_

#include <cstddef>
#include <span>
#include <string>

#include "layouts/source_head.h"

namespace unecho {

// Lines of one sign between texts, the same at least twice.
struct Rulers {
  std::string option;  // "lines of '-----' stand between its texts (--record-separator '^[-]+$' parts them)"
  size_t blocks = 0;   // between those
};
Rulers RulersIn(std::span<const Line> lines);

// Lines that are a label and nothing else ("Ingredients:", "Method:") take turns, with titles between them: what to say
// of it. A record begins above its first label, which no option can name.
std::string LabelsOfRecords(std::span<const Line> lines);

// "its blocks have a line like a title above a text (--record-separator '^$' parts them)"
std::string ShowsSeveral(std::span<const Line> lines);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_SEVERAL_RECORDS_H_
