// Puts into quotes what YAML wants in quotes: "title: Sleep: A Study", "title: *x* and @y". Hand-written files have
// such values, and no YAML parser takes them.
//
// In:      text that is no YAML as it stands. Out: the same with those values quoted, each in one line.
// Cost:    linear. Threads: a function without state. Failure: false, where there is nothing to put into quotes.
#ifndef UNECHO_SRC_LAYOUTS_YAML_QUOTES_H_
#define UNECHO_SRC_LAYOUTS_YAML_QUOTES_H_

#include <string>
#include <string_view>

namespace unecho {

bool QuotePlainValues(std::string_view text, std::string& out);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_YAML_QUOTES_H_
