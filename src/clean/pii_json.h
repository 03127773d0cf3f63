// Personal data in a JSON object that is written as it came: what the rules find in its text is masked there, and this
// masks it in all other strings, so that no address goes out in a member beside the text.
//
// In:      an object on one line, well-formed: JSON, or a Python literal.
// Out:     the same with each string that is a value, at any depth, as MaskPii() has it; names of members stay, and all
//          that holds no personal data keeps its bytes.
// Cost:    a scan of the line; a copy of each string. Threads: a function without state. Failure: none.
#ifndef UNECHO_SRC_CLEAN_PII_JSON_H_
#define UNECHO_SRC_CLEAN_PII_JSON_H_

#include <string>
#include <string_view>

namespace unecho::clean {

void MaskPiiInJson(std::string_view line, std::string& out);

}  // namespace unecho::clean

#endif  // UNECHO_SRC_CLEAN_PII_JSON_H_
