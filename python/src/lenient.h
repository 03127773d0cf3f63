// Text for Python's eyes: a name of a file, or a text, may be of bytes that are no UTF-8, and becomes a str all the same.
//
// Out:     a str, with U+FFFD in the places that mean nothing.
// Threads: under the interpreter lock.
#ifndef UNECHO_PYTHON_LENIENT_H_
#define UNECHO_PYTHON_LENIENT_H_

#include <nanobind/nanobind.h>

#include <string_view>

namespace unecho::python {

inline nanobind::object Lenient(std::string_view text) {
  return nanobind::steal(PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace"));
}

}  // namespace unecho::python

#endif  // UNECHO_PYTHON_LENIENT_H_
