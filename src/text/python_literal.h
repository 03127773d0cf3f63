// Python literals -> JSON: what print() and repr() make of a dictionary, as some well-known dumps have it on each line:
// {'title': "It's", 'score': None, 'tags': ('a', u'b')}.
//
// Tuples and sets become arrays, None, nan and inf become null, keys that are numbers become strings, and so do numbers
// that are larger than 64 bits or a double hold: these may stand in JSON, too. Names of classes and expressions are
// none.
//
// Cost:    a pass over the text.
// Threads: a function without state. Failure: false, and `json` holds anything.
#ifndef UNECHO_SRC_TEXT_PYTHON_LITERAL_H_
#define UNECHO_SRC_TEXT_PYTHON_LITERAL_H_

#include <string>
#include <string_view>

namespace unecho {

// Appends `literal` as JSON. False if it is none, or if nothing in it is Python's own: broken JSON stays broken.
// The result has yet to be parsed.
bool AppendPythonLiteralAsJson(std::string_view literal, std::string& json);

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_PYTHON_LITERAL_H_
