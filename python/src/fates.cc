#include "fates.h"

#include <nanobind/stl/string.h>

#include <array>
#include <utility>

#include "unecho/record.h"

namespace nb = nanobind;

namespace unecho::python {
namespace {

template <typename Enum>
std::vector<std::string> NamesOf(size_t count) {
  std::vector<std::string> names;
  for (size_t i = 0; i < count; ++i) names.emplace_back(Name(static_cast<Enum>(i)));
  return names;
}

bool IsRemoved(Fate fate) { return fate == Fate::kExact || fate == Fate::kNear; }

}  // namespace

FateRows::FateRows(int64_t first_row, bool with_texts, bool with_sources)
    : first_row_(first_row),
      next_row_(first_row),
      fate_("fate", "c", NamesOf<Fate>(kNumFates)),
      witness_("witness", "l"),
      similarity_("similarity", "g"),
      group_("group", "l"),
      reason_("reason", "c", NamesOf<Reason>(kNumReasons)) {
  if (with_texts) text_.emplace_back("text", "U");
  if (with_sources) source_.emplace_back("witness_source", "U");
}

void FateRows::AppendText(const CleanedText& cleaned) {
  if (text_.empty()) return;
  if (cleaned.rewritten && !cleaned.rewritten->empty())
    text_[0].AppendText(cleaned.rewritten->back());  // there are no titles
  else
    text_[0].AppendNullText();
}

void FateRows::AppendTexts(const std::vector<CleanedText>& cleaned) {
  holds_ = true;
  for (const CleanedText& each : cleaned) AppendText(each);
}

void FateRows::Append(const std::vector<Deduplicator::Answer>& answers) {
  for (const Deduplicator::Answer& answer : answers) {
    const int64_t row = next_row_++;
    const bool is_removed = IsRemoved(answer.fate);
    fate_.Append(static_cast<int8_t>(answer.fate));
    is_removed ? witness_.Append(static_cast<int64_t>(answer.witness)) : witness_.AppendNull<int64_t>();
    is_removed ? similarity_.Append(answer.similarity) : similarity_.AppendNull<double>();
    if (is_removed)
      group_.Append(static_cast<int64_t>(answer.witness));
    else
      answer.fate == Fate::kKept ? group_.Append(row) : group_.AppendNull<int64_t>();
    const bool is_rejected = answer.cleaned.reason != Reason::kNone;
    is_rejected ? reason_.Append(static_cast<int8_t>(answer.cleaned.reason)) : reason_.AppendNull<int8_t>();
    if (!holds_) AppendText(answer.cleaned);
    if (source_.empty()) continue;
    answer.witness_source.empty() ? source_[0].AppendNullText() : source_[0].AppendText(answer.witness_source);
  }
}

Table FateRows::Done(Column* ids) {
  std::vector<Column> columns;
  if (ids != nullptr) {
    for (const Column* column : {&fate_, &witness_, &similarity_, &group_, &reason_}) {
      if (column->name() == ids->name())
        throw nb::value_error(("id='" + ids->name() + "': the result has a column of this name; rename yours").c_str());
    }
    Column witness_id("witness_id", "U");
    for (int64_t row = 0; row < witness_.num_rows(); ++row) {
      const int64_t of = witness_.IsNull(row) ? -1 : witness_.At<int64_t>(row) - first_row_;
      of < 0 || ids->IsNull(of) ? witness_id.AppendNullText() : witness_id.AppendText(ids->TextAt(of));
    }
    columns.push_back(std::move(*ids));
    columns.push_back(std::move(witness_id));
  }
  for (Column* column : {&fate_, &witness_, &similarity_, &group_, &reason_}) columns.push_back(std::move(*column));
  for (std::vector<Column>* perhaps : {&source_, &text_}) {
    for (Column& column : *perhaps) columns.push_back(std::move(column));
  }
  return std::make_shared<const std::vector<Column>>(std::move(columns));
}

const Column& Fates::Find(const std::string& name) const {
  for (const Column& column : *table_) {
    if (column.name() == name) return column;
  }
  throw nb::key_error(name.c_str());
}

nb::object Fates::Row(int64_t row) const {
  if (row < 0) row += size();
  if (row < 0 || row >= size()) throw nb::index_error("there is no such row");
  const auto value = [&](const char* name) { return Find(name).ObjectAt(row); };
  return nb::module_::import_("unecho._fate")
      .attr("Fate")(value("fate"), value("witness"), value("similarity"), value("group"), value("reason"));
}

nb::object Fates::ColumnAsList(const std::string& name) const {
  const Column& column = Find(name);
  nb::list values;
  for (int64_t row = 0; row < size(); ++row) values.append(column.ObjectAt(row));
  return values;
}

nb::object Fates::Kept() const {
  const Column& fate = Find("fate");
  nb::list rows;
  for (int64_t row = 0; row < size(); ++row) {
    if (fate.At<int8_t>(row) == static_cast<int8_t>(Fate::kKept)) rows.append(row);
  }
  return rows;
}

nb::object Fates::Counts() const {
  const Column& fate = Find("fate");
  std::array<int64_t, kNumFates> counts{};
  for (int64_t row = 0; row < size(); ++row) ++counts[static_cast<size_t>(fate.At<int8_t>(row))];
  nb::dict named;
  for (const Fate each : {Fate::kKept, Fate::kExact, Fate::kNear, Fate::kRejected})
    named[std::string(Name(each)).c_str()] = counts[static_cast<size_t>(each)];
  return named;
}

void BindFates(nb::module_& module) {
  nb::class_<Fates>(module, "Fates", R"(What became of each text, in the order in which they came.

An Arrow table with a row for each text, by the Arrow PyCapsule interface: ``pyarrow.table(fates)``,
``polars.DataFrame(fates)`` and others take it without a copy, and unecho itself needs none of them.

==================  ===================  =====================================================================
column              type                 meaning
==================  ===================  =====================================================================
``fate``            dictionary of utf8   ``kept``, ``exact``, ``near`` or ``rejected``
``witness``         int64, null          of a removed text: the row that was kept in its place
``similarity``      float64, null        of a removed text: Jaccard similarity to that one, from 0 to 1
``group``           int64, null          the row of the kept text: of itself, or of its witness
``reason``          dictionary, null     of a rejected text: ``empty``, ``min_length``, ...
``witness_source``  utf8, null           with an index: the source in it of which ``witness`` is the number
``text``            utf8, null           with cleaning rules: the text, where a rule has rewritten it
==================  ===================  =====================================================================

With ``id=`` the first two columns are the ids, and ``witness_id``.

It is a sequence as well: ``fates[3]`` is a tuple ``Fate(fate, witness, similarity, group, reason)``.)")
      .def("__len__", &Fates::size)
      .def("__getitem__", &Fates::Row, nb::arg("row"))
      .def("__iter__", [](nb::handle self) { return nb::steal(PySeqIter_New(self.ptr())); })
      .def("column", &Fates::ColumnAsList, nb::arg("name"), "One column as a list of Python objects, None for null.")
      .def_prop_ro("kept", &Fates::Kept, "The rows that were kept, ascending: ``frame.iloc[fates.kept]``.")
      .def_prop_ro("counts", &Fates::Counts, "How many texts have each fate.")
      .def("__repr__",
           [](const Fates& fates) {
             return "<unecho.Fates of " + std::to_string(fates.size()) + " texts: " + nb::str(fates.Counts()).c_str() +
                    ">";
           })
      .def("__arrow_c_schema__", [](const Fates& fates) { return SchemaCapsule(fates.table()); })
      .def(
          "__arrow_c_array__",
          [](const Fates& fates, nb::handle /*requested*/) {
            return nb::make_tuple(SchemaCapsule(fates.table()), ArrayCapsule(fates.table()));
          },
          nb::arg("requested_schema") = nb::none())
      .def(
          "__arrow_c_stream__",
          [](const Fates& fates, nb::handle /*requested*/) { return StreamCapsule(fates.table()); },
          nb::arg("requested_schema") = nb::none());
}

}  // namespace unecho::python
