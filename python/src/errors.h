// What unecho says has gone wrong, as Python exceptions: unecho.Error and its kin (unecho/errors.py), with the tool's own
// message.
//
// Threads: under the interpreter lock.
#ifndef UNECHO_PYTHON_ERRORS_H_
#define UNECHO_PYTHON_ERRORS_H_

#include <utility>

#include "unecho/status.h"

namespace unecho::python {

[[noreturn]] void Raise(const Status& status);
inline void Check(const Status& status) {
  if (!status.ok()) Raise(status);
}
template <typename T>
T Value(Result<T> result) {
  Check(result.status());
  return std::move(result).value();
}

}  // namespace unecho::python

#endif  // UNECHO_PYTHON_ERRORS_H_
