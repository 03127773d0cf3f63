#include "errors.h"

#include <nanobind/nanobind.h>

#include "lenient.h"

namespace nb = nanobind;

namespace unecho::python {

void Raise(const Status& status) {
  const nb::object error =
      nb::module_::import_("unecho.errors").attr("error_of")(Lenient(Name(status.code())), Lenient(status.message()));
  PyErr_SetObject(error.type().ptr(), error.ptr());
  throw nb::python_error();
}

}  // namespace unecho::python
