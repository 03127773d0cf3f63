// unecho._unecho: the library for Python. What people call is in unecho/*.py, with its types and its documentation.
#include "module.h"

#include "fates.h"
#include "unecho/options.h"

NB_MODULE(_unecho, module) {
  module.attr("__version__") = std::string(unecho::Version()).c_str();
  unecho::python::BindFates(module);
  unecho::python::BindDeduplicator(module);
  unecho::python::BindRecords(module);
  unecho::python::BindRuns(module);
}
