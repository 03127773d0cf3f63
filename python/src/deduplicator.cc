// unecho.Deduplicator, and dedup(), which is one that is used once.
#include "unecho/deduplicator.h"

#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "errors.h"
#include "fates.h"
#include "module.h"
#include "options.h"
#include "texts.h"
#include "watched.h"

namespace nb = nanobind;

namespace unecho::python {
namespace {

class PyDeduplicator {
 public:
  explicit PyDeduplicator(const std::vector<NamedOption>& named)
      : options_(WithStop(Value(DeduplicatorOptionsByName(named)))), inside_(options_) {}

  nb::object Add(nb::handle text, const std::vector<std::pair<std::string, std::string>>& fields) {
    const OneCaller caller(mutex_, "this Deduplicator");
    std::vector<Deduplicator::Field> views;
    for (const auto& [name, value] : fields) views.push_back({name, value});
    const std::string_view piece = TextOf(text, "the text");
    FateRows rows(NextRow(), false, false);
    const Deduplicator::Text whole{.pieces = std::span(&piece, 1), .begins_with_title = false, .fields = views};
    rows.Append({Value(inside_.Add(whole))});
    return Fates(rows.Done(nullptr)).Row(0);
  }

  Fates AddAll(nb::object texts, const std::optional<std::string>& text) {
    const OneCaller caller(mutex_, "this Deduplicator");
    const Named names{text, {}, options_.FieldNames()};
    const auto source = OpenTexts(std::move(texts), names);
    return Fates(Added(*source).Done(nullptr));
  }
  // As AddAll(), of all the texts there will be.
  Fates AddAllAndFinish(nb::object texts, const std::optional<std::string>& text,
                        const std::optional<std::string>& id) {
    const OneCaller caller(mutex_, "this Deduplicator");
    const Named names{text, id, options_.FieldNames()};
    const auto source = OpenTexts(std::move(texts), names);
    FateRows rows = Added(*source);
    source->CheckColumns();
    return Fates(rows.Done(source->ids()));
  }

  Fates HoldAllAndFinish(nb::object texts, const std::optional<std::string>& text,
                         const std::optional<std::string>& id) {
    const OneCaller caller(mutex_, "this Deduplicator");
    const Named names{text, id, options_.FieldNames()};
    const auto source = OpenTexts(std::move(texts), names);
    FateRows rows(0, options_.clean.any(), false);
    for (TextBlock block; source->Next(block);) rows.AppendTexts(Run(&Deduplicator::HoldAll, block));
    source->CheckColumns();
    Result<std::vector<Deduplicator::Answer>> answers = std::vector<Deduplicator::Answer>();
    RunWatched(stop_, [&] { answers = inside_.Finish(); });
    rows.Append(Value(std::move(answers)));
    return Fates(rows.Done(source->ids()));
  }
  bool answers_at_once() const { return options_.keep == KeepPolicy::kFirst; }

  void Load(nb::handle folder) {
    const OneCaller caller(mutex_, "this Deduplicator");
    const std::string path = PathsOf(folder).front();
    Status status;
    RunWatched(stop_, [&] { status = inside_.Load(path); });
    Check(status);
    has_loaded_ = true;
  }
  void Save(nb::handle folder, const std::string& source) {
    const OneCaller caller(mutex_, "this Deduplicator");
    const std::string path = PathsOf(folder).front();
    Status status;
    RunWatched(stop_, [&] { status = inside_.Save(path, source); });
    Check(status);
  }

  uint64_t num_added() const { return inside_.num_added(); }
  uint32_t num_kept() const { return inside_.num_kept(); }
  uint64_t memory_bytes() const { return inside_.memory_bytes(); }

 private:
  DeduplicatorOptions WithStop(DeduplicatorOptions options) {
    options.stop = &stop_;
    return options;
  }
  int64_t NextRow() const { return static_cast<int64_t>(inside_.num_added()); }
  FateRows Added(TextSource& source) {
    FateRows rows(NextRow(), options_.clean.any(), has_loaded_);
    for (TextBlock block; source.Next(block);) rows.Append(Run(&Deduplicator::AddAll, block));
    return rows;
  }
  template <typename Each>
  std::vector<Each> Run(Result<std::vector<Each>> (Deduplicator::*call)(std::span<const Deduplicator::Text>),
                        const TextBlock& block) {
    Result<std::vector<Each>> answers = std::vector<Each>();
    RunWatched(stop_, [&] { answers = (inside_.*call)(block.texts()); });
    return Value(std::move(answers));
  }

  std::atomic<int> stop_{0};
  const DeduplicatorOptions options_;
  Deduplicator inside_;
  bool has_loaded_ = false;
  std::mutex mutex_;
};

Fates Dedup(nb::object texts, const std::optional<std::string>& text, const std::optional<std::string>& id,
            nb::handle options) {
  PyDeduplicator once(NamedOptionsOf(options));
  return once.answers_at_once() ? once.AddAllAndFinish(std::move(texts), text, id)
                                : once.HoldAllAndFinish(std::move(texts), text, id);
}

}  // namespace

void BindDeduplicator(nb::module_& module) {
  nb::class_<PyDeduplicator>(module, "Deduplicator")
      .def(
          "__init__",
          [](PyDeduplicator* self, nb::handle options) {
            const auto* made = new (self) PyDeduplicator(NamedOptionsOf(options));
            if (made->answers_at_once()) return;
            made->~PyDeduplicator();
            Raise({StatusCode::kInvalidArgument,
                   "keep: a Deduplicator answers at once, and keeps the first; dedup() takes all texts and keeps "
                   "others"});
          },
          nb::arg("options"))
      .def("add", &PyDeduplicator::Add, nb::arg("text").none(), nb::arg("fields"))
      .def("add_all", &PyDeduplicator::AddAll, nb::arg("texts").none(), nb::arg("text") = nb::none())
      .def("load", &PyDeduplicator::Load, nb::arg("folder"))
      .def("save", &PyDeduplicator::Save, nb::arg("folder"), nb::arg("source"))
      .def_prop_ro("num_added", &PyDeduplicator::num_added)
      .def_prop_ro("num_kept", &PyDeduplicator::num_kept)
      .def_prop_ro("memory_bytes", &PyDeduplicator::memory_bytes);
  module.def("dedup", &Dedup, nb::arg("texts").none(), nb::arg("text").none(), nb::arg("id").none(),
             nb::arg("options"));
}

}  // namespace unecho::python
