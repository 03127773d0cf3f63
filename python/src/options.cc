#include "options.h"

namespace nb = nanobind;

namespace unecho::python {
namespace {

bool IsText(nb::handle object) {
  return PyUnicode_Check(object.ptr()) || PyBytes_Check(object.ptr()) || nb::hasattr(object, "__fspath__");
}
bool IsList(nb::handle object) { return !IsText(object) && nb::hasattr(object, "__iter__"); }

// A name of a file may be of any bytes.
std::string AsText(nb::handle object) {
  if (!IsText(object)) return nb::str(object).c_str();
  const auto bytes = nb::steal<nb::bytes>([&] {
    PyObject* converted = nullptr;
    if (PyUnicode_FSConverter(object.ptr(), &converted) == 0) throw nb::python_error();
    return converted;
  }());
  return {bytes.c_str(), bytes.size()};
}

}  // namespace

std::vector<NamedOption> NamedOptionsOf(nb::handle keywords) {
  std::vector<NamedOption> options;
  for (const auto& [name, value] : nb::cast<nb::dict>(keywords)) {
    if (value.is_none() || value.ptr() == Py_False) continue;
    NamedOption& option = options.emplace_back(NamedOption{nb::str(name).c_str(), {}});
    if (option.name.ends_with('_')) option.name.pop_back();  // `as` is a word of Python's own
    if (value.ptr() == Py_True) continue;
    if (IsList(value)) {
      for (const nb::handle each : nb::iter(value)) option.values.push_back(AsText(each));
      if (option.values.empty()) options.pop_back();
    } else {
      option.values.push_back(AsText(value));
    }
  }
  return options;
}

std::vector<std::string> PathsOf(nb::handle paths) {
  std::vector<std::string> texts;
  if (!IsList(paths)) return {AsText(paths)};
  for (const nb::handle each : nb::iter(paths)) texts.push_back(AsText(each));
  return texts;
}

}  // namespace unecho::python
