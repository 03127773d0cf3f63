// What became of texts, a row each: a table for Arrow, and a sequence of tuples for Python.
//
// Threads: immutable once made.
#ifndef UNECHO_PYTHON_FATES_H_
#define UNECHO_PYTHON_FATES_H_

#include <nanobind/nanobind.h>

#include <cstdint>
#include <string>
#include <vector>

#include "column.h"
#include "unecho/deduplicator.h"

namespace unecho::python {

// Of answers, a column each; `first_row` is the number of the first text.
class FateRows {
 public:
  // `with_texts`: rules may rewrite; `with_sources`: witnesses may be of an index.
  FateRows(int64_t first_row, bool with_texts, bool with_sources);
  void Append(const std::vector<Deduplicator::Answer>& answers);
  // What rules have made of texts that were held, before it is known what becomes of them.
  void AppendTexts(const std::vector<CleanedText>& cleaned);
  // With `ids`: the column, and the id of each witness.
  Table Done(Column* ids);

 private:
  void AppendText(const CleanedText& cleaned);

  int64_t first_row_, next_row_;
  Column fate_, witness_, similarity_, group_, reason_;
  std::vector<Column> text_, source_;  // one, or none
  bool holds_ = false;                 // texts are there already
};

// unecho.Fates
class Fates {
 public:
  explicit Fates(Table table) : table_(std::move(table)) {}
  const Table& table() const { return table_; }
  int64_t size() const { return table_->front().num_rows(); }
  const Column& Find(const std::string& name) const;
  nanobind::object Row(int64_t row) const;  // unecho.Fate
  nanobind::object ColumnAsList(const std::string& name) const;
  nanobind::object Kept() const;    // row numbers
  nanobind::object Counts() const;  // fate -> how many

 private:
  Table table_;
};

void BindFates(nanobind::module_& module);

}  // namespace unecho::python

#endif  // UNECHO_PYTHON_FATES_H_
