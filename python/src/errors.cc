#include "errors.h"

#include <nanobind/nanobind.h>

namespace nb = nanobind;

namespace unecho::python {

void Raise(const Status& status) {
  const nb::object error = nb::module_::import_("unecho.errors")
                               .attr("error_of")(nb::str(Name(status.code()).data(), Name(status.code()).size()),
                                                 nb::str(status.message().data(), status.message().size()));
  PyErr_SetObject(error.type().ptr(), error.ptr());
  throw nb::python_error();
}

}  // namespace unecho::python
