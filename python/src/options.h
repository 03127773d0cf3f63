// Keyword arguments as options by name (unecho/named_options.h), which knows them all.
#ifndef UNECHO_PYTHON_OPTIONS_H_
#define UNECHO_PYTHON_OPTIONS_H_

#include <nanobind/nanobind.h>

#include <string>
#include <vector>

#include "unecho/named_options.h"

namespace unecho::python {

// None and False leave an option out, True sets a flag, a list, or what else is iterated over, has several values; all else is
// taken as str() has it.
std::vector<NamedOption> NamedOptionsOf(nanobind::handle keywords);
// A path, or several.
std::vector<std::string> PathsOf(nanobind::handle paths);

}  // namespace unecho::python

#endif  // UNECHO_PYTHON_OPTIONS_H_
