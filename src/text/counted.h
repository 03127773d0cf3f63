// "1 record", "2 records": numbers with the word for what they count, in what people read.
//
// Cost:    a short string. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_TEXT_COUNTED_H_
#define UNECHO_SRC_TEXT_COUNTED_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace unecho {

// `noun`: of one; that of more has an s behind it.
inline std::string Counted(uint64_t count, std::string_view noun) {
  std::string text = std::to_string(count);
  text += ' ';
  text += noun;
  if (count != 1) text += 's';
  return text;
}

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_COUNTED_H_
