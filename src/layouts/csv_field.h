// What one field of a table looks like, without quotes and the blanks around it.
//
// Cost:    linear in the field. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_CSV_FIELD_H_
#define UNECHO_SRC_LAYOUTS_CSV_FIELD_H_

#include <cstddef>
#include <string_view>

namespace unecho {

size_t CsvWords(std::string_view text);
// Empty, or what stands for that: "-", "n/a", "null".
bool IsCsvNothing(std::string_view field);
// Of a kind that a machine wrote, and no name of a column is: a number, a date, yes or no, an address, a hash.
bool IsCsvTyped(std::string_view field);
// The names of two columns of texts that say the same, or of the sides of a card: languages, "front", "source".
bool IsCsvSide(std::string_view field);
// It may be the name of a column.
bool IsCsvName(std::string_view field);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_CSV_FIELD_H_
