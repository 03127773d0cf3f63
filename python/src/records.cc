// unecho.records(): the records of any dump, one after another.
#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>

#include <mutex>
#include <string>
#include <vector>

#include "errors.h"
#include "lenient.h"
#include "module.h"
#include "options.h"
#include "unecho/listener.h"
#include "unecho/record_stream.h"
#include "watched.h"

namespace nb = nanobind;

namespace unecho::python {
namespace {

nb::str StrOf(std::string_view text) { return nb::str(text.data(), text.size()); }

class Records {
 public:
  Records(nb::handle paths, nb::handle options) : Records(Found(paths, options)) {}

  nb::object Next() {
    const OneCaller caller(mutex_, "this iterator of records");
    Result<bool> more = true;
    TextRecord record;
    {
      const nb::gil_scoped_release released;
      more = stream_.Next(record);
    }
    if (!Value(std::move(more))) throw nb::stop_iteration();
    nb::list texts;
    const bool has_title = record.begins_with_title && !record.pieces.empty();
    for (const std::string_view piece : record.pieces.subspan(has_title ? 1 : 0)) texts.append(Lenient(piece));
    return nb::module_::import_("unecho._record")
        .attr("Record")(
            Lenient(record.ref()), Lenient(record.title), Lenient("\n").attr("join")(texts),
            record.reason == Reason::kNone ? nb::object(nb::none()) : nb::object(StrOf(Name(record.reason))),
            nb::bytes(record.raw.data(), record.raw.size()), Lenient(record.source), record.ordinal, record.line,
            record.offset_bytes, record.size_bytes);
  }

 private:
  static PipelineOptions Found(nb::handle paths, nb::handle options) {
    Listener nobody;
    return Value(PipelineOptionsByName(Command::kSegment, PathsOf(paths), NamedOptionsOf(options), nobody));
  }
  explicit Records(const PipelineOptions& options) : stream_(options.inputs, options.answer) {}

  RecordStream stream_;
  std::mutex mutex_;
};

}  // namespace

void BindRecords(nb::module_& module) {
  nb::class_<Records>(module, "Records")
      .def(nb::init<nb::handle, nb::handle>(), nb::arg("paths"), nb::arg("options"))
      .def("__iter__", [](nb::handle self) { return nb::borrow(self); })
      .def("__next__", &Records::Next);
}

}  // namespace unecho::python
