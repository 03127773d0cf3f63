// The word that was meant, for words that nobody knows.
//
// Cost:    the product of the lengths, for each known word. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_BASE_DID_YOU_MEAN_H_
#define UNECHO_SRC_BASE_DID_YOU_MEAN_H_

#include <span>
#include <string>
#include <string_view>

namespace unecho {

// "; did you mean --threshold?", or nothing if no word is near: two letters apart at most, or one that begins so, or is
// the beginning.
std::string DidYouMean(std::string_view word, std::span<const std::string> known);
std::string DidYouMean(std::string_view word, std::span<const std::string_view> known);
// Of a field of which no record has a value, besides: a list or an object, blanks in place of commas ("title text"),
// and what was put behind a name ("text=.8").
std::string FieldMeant(std::string_view word, std::span<const std::string> known);

}  // namespace unecho

#endif  // UNECHO_SRC_BASE_DID_YOU_MEAN_H_
