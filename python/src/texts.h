// Texts out of whatever Python has them in: an iterable of strings, or of rows that are mappings; an Arrow table or
// column, a data frame.
//
// Cost:    of Arrow nothing is copied, of ASCII strings neither; other strings keep their UTF-8 from then on.
// Threads: filled under the interpreter lock; what a block has may be read without it.
// Failure: what is no text, a column that is not there: TypeError, ValueError.
#ifndef UNECHO_PYTHON_TEXTS_H_
#define UNECHO_PYTHON_TEXTS_H_

#include <nanobind/nanobind.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "column.h"
#include "unecho/deduplicator.h"

namespace unecho::python {

// Which columns of a table, or members of a row, are meant.
struct Named {
  std::optional<std::string> text, id;
  std::vector<std::string> fields;  // of DeduplicatorOptions
};

// So many texts at once, and what they are views of.
class TextBlock {
 public:
  void Clear(size_t most_rows, size_t num_fields);
  // Fields are of the text that is added next.
  void AddField(std::string_view name, std::string_view value) { fields_.push_back({name, value}); }
  void Add(std::string_view text);
  std::string_view Keep(std::string text) { return kept_texts_.emplace_back(std::move(text)); }
  void Hold(nanobind::object object) { held_.push_back(std::move(object)); }

  const std::vector<Deduplicator::Text>& texts() const { return texts_; }
  uint64_t bytes() const { return bytes_; }

 private:
  std::vector<std::string_view> pieces_;
  std::vector<Deduplicator::Field> fields_;
  std::vector<Deduplicator::Text> texts_;
  std::deque<std::string> kept_texts_;  // numbers as text
  std::vector<nanobind::object> held_;
  uint64_t bytes_ = 0;
  size_t first_field_ = 0;  // of the next text
};

class TextSource {
 public:
  virtual ~TextSource() = default;
  // The next texts; false at the end. The views are valid until the next call.
  virtual bool Next(TextBlock& block) = 0;
  // With Named::id: one for each text that has come, under the name of its column; else null.
  Column* ids() { return ids_ ? &*ids_ : nullptr; }
  // At the end: has there been a column for each name? A single row may do without.
  virtual void CheckColumns() const {}

 protected:
  std::optional<Column> ids_;
};
// `names` outlives it.
std::unique_ptr<TextSource> OpenTexts(nanobind::object given, const Named& names);

// The UTF-8 of a string, as long as that lives; what it is, in errors.
std::string_view TextOf(nanobind::handle object, const char* what);

}  // namespace unecho::python

#endif  // UNECHO_PYTHON_TEXTS_H_
