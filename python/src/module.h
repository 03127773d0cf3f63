// What the module is made of, a function a file.
#ifndef UNECHO_PYTHON_MODULE_H_
#define UNECHO_PYTHON_MODULE_H_

#include <nanobind/nanobind.h>

namespace unecho::python {

void BindDeduplicator(nanobind::module_& module);
void BindRecords(nanobind::module_& module);
void BindRuns(nanobind::module_& module);

}  // namespace unecho::python

#endif  // UNECHO_PYTHON_MODULE_H_
