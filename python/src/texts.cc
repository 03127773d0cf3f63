#include "texts.h"

#include <algorithm>
#include <utility>

#include "arrow_in.h"
#include "lenient.h"

namespace nb = nanobind;

namespace unecho::python {
namespace {

// Enough that threads have work for some 50 ms, and Ctrl-C does not wait much longer.
constexpr size_t kRowsAtOnce = size_t{1} << 16;
constexpr uint64_t kBytesAtOnce = uint64_t{32} << 20;

// Arrow does not ask whether a string is UTF-8, and the columns that are handed out are.
void AppendSound(std::string_view text, Column& column) {
  const auto is_ascii = [](char byte) { return static_cast<unsigned char>(byte) < 0x80; };
  std::ranges::all_of(text, is_ascii) ? column.AppendText(text) : column.AppendText(TextOf(Lenient(text), "a text"));
}

class ArrowTexts final : public TextSource {
 public:
  ArrowTexts(nb::handle given, const Named& names)
      : names_(names), rows_(given), text_(rows_.Find(names.text ? &*names.text : nullptr, true, "text")) {
    for (const std::string& field : names.fields) fields_.push_back(rows_.Find(&field, false, "a field"));
    if (!names.id) return;
    id_ = rows_.Find(&*names.id, false, "id");
    ids_.emplace(*names.id, "U");
  }
  bool Next(TextBlock& block) override {
    block.Clear(kRowsAtOnce, fields_.size());
    while (!has_chunk_ || row_ == rows_.num_rows()) {
      has_chunk_ = rows_.Next();
      if (!has_chunk_) return false;
      row_ = 0;
    }
    const TextColumn texts = rows_.Column(text_);
    std::vector<TextColumn> fields;
    for (const size_t field : fields_) fields.push_back(rows_.Column(field));
    std::optional<TextColumn> id;
    if (ids_) id.emplace(rows_.Column(id_));
    std::string scratch;
    for (; row_ < rows_.num_rows() && block.texts().size() < kRowsAtOnce && block.bytes() < kBytesAtOnce; ++row_) {
      for (size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].IsNull(row_)) continue;
        const std::string_view value = fields[i].Text(row_, scratch);
        block.AddField(names_.fields[i], value.data() == scratch.data() ? block.Keep(scratch) : value);
      }
      block.Add(texts.Text(row_, scratch));
      if (id) id->IsNull(row_) ? ids_->AppendNullText() : AppendSound(id->Text(row_, scratch), *ids_);
    }
    return true;
  }

 private:
  const Named& names_;
  ArrowRows rows_;
  size_t text_, id_ = 0;
  std::vector<size_t> fields_;
  bool has_chunk_ = false;
  int64_t row_ = 0;  // of the chunk
};

// Strings, or mappings in which strings are.
class IterableTexts final : public TextSource {
 public:
  IterableTexts(nb::handle given, const Named& names) : names_(names), next_(nb::iter(given)) {
    if (names.id) ids_.emplace(*names.id, "U");
    if (!names.text && (names.id || !names.fields.empty()))
      throw nb::value_error(
          "id and fields are of rows: give a table or mappings, and say with text= which column is the text");
    if (names.text) text_ = StrOf(*names.text);
    for (const std::string& field : names.fields) columns_.push_back({StrOf(field)});
    if (names.id) columns_.push_back({StrOf(*names.id)});
  }
  bool Next(TextBlock& block) override {
    block.Clear(kRowsAtOnce, names_.fields.size());
    for (; next_ != nb::iterator::sentinel(); ++next_) {
      if (block.texts().size() == kRowsAtOnce || block.bytes() >= kBytesAtOnce) return true;
      Take(*next_, block);
    }
    return !block.texts().empty();
  }
  void CheckColumns() const override {
    for (const Asked& column : columns_) {
      if (column.is_there || !first_row_.is_valid()) continue;
      const nb::str names(nb::list(first_row_.attr("keys")()));
      const std::string message = "no row has a column " + std::string(TextOf(column.name, "a name")) +
                                  "; the first has " + std::string(TextOf(names, "a name"));
      throw nb::value_error(message.c_str());
    }
  }

 private:
  // A column beside the text.
  struct Asked {
    nb::str name;
    bool is_there = false;  // in some row, be it None
  };

  static nb::str StrOf(const std::string& text) { return nb::str(text.data(), text.size()); }
  // What str() says of it; none of None.
  std::optional<std::string> Take(nb::handle row, Asked& column) {
    const nb::object value = row.attr("get")(column.name);
    if (value.is_none()) {
      column.is_there = column.is_there || row.attr("__contains__")(column.name).ptr() == Py_True;
      return std::nullopt;
    }
    column.is_there = true;
    return std::string(TextOf(nb::str(value), "a value"));
  }
  void Take(nb::handle row, TextBlock& block) {
    if (!names_.text) return Take(nb::borrow(row), "a text", block);
    if (!PyDict_Check(row.ptr()) && !nb::hasattr(row, "keys")) {
      const std::string message = std::string("a row is a ") + nb::type_name(row.type()).c_str() +
                                  ", and has to be a mapping, of which text= names a member";
      throw nb::type_error(message.c_str());
    }
    if (!first_row_.is_valid()) first_row_ = nb::borrow(row);
    for (size_t i = 0; i < names_.fields.size(); ++i) {
      if (auto value = Take(row, columns_[i])) block.AddField(names_.fields[i], block.Keep(*std::move(value)));
    }
    if (names_.id) {
      const auto id = Take(row, columns_.back());
      id ? ids_->AppendText(*id) : ids_->AppendNullText();
    }
    Take(nb::object(row[text_]), names_.text->c_str(), block);
  }
  static void Take(nb::object text, const char* what, TextBlock& block) {
    block.Add(text.is_none() ? std::string_view() : TextOf(text, what));
    block.Hold(std::move(text));
  }

  const Named& names_;
  nb::iterator next_;
  nb::object text_;             // the name of its column
  std::vector<Asked> columns_;  // of the fields, and of the id
  nb::object first_row_;
};

}  // namespace

void TextBlock::Clear(size_t most_rows, size_t num_fields) {
  // So that views of these stay where they are.
  pieces_.clear(), pieces_.reserve(most_rows);
  fields_.clear(), fields_.reserve(most_rows * num_fields);
  texts_.clear(), kept_texts_.clear(), held_.clear();
  bytes_ = 0, first_field_ = 0;
}

void TextBlock::Add(std::string_view text) {
  pieces_.push_back(text);
  texts_.push_back({.pieces = std::span(&pieces_.back(), 1),
                    .begins_with_title = false,
                    .fields = std::span(fields_).subspan(first_field_)});
  first_field_ = fields_.size();
  bytes_ += text.size();
}

std::string_view TextOf(nb::handle object, const char* what) {
  if (!PyUnicode_Check(object.ptr())) {
    const std::string message =
        std::string(what) + " is a " + nb::type_name(object.type()).c_str() + ", and has to be a str";
    throw nb::type_error(message.c_str());
  }
  Py_ssize_t size = 0;
  const char* text = PyUnicode_AsUTF8AndSize(object.ptr(), &size);
  if (text == nullptr) throw nb::python_error();
  return {text, static_cast<size_t>(size)};
}

std::unique_ptr<TextSource> OpenTexts(nb::object given, const Named& names) {
  if (PyUnicode_Check(given.ptr()) || PyBytes_Check(given.ptr()))
    throw nb::type_error("one text alone: give a list of texts");
  if (ArrowRows::Reads(given)) return std::make_unique<ArrowTexts>(given, names);
  if (PyDict_Check(given.ptr()))
    throw nb::type_error("a mapping alone, of which the names would be read: give a list of mappings, or a table");
  return std::make_unique<IterableTexts>(given, names);
}

}  // namespace unecho::python
