#include "texts.h"

#include <utility>

#include "arrow_in.h"

namespace nb = nanobind;

namespace unecho::python {
namespace {

// Enough that threads have work for some 50 ms, and Ctrl-C does not wait much longer.
constexpr size_t kRowsAtOnce = size_t{1} << 16;
constexpr uint64_t kBytesAtOnce = uint64_t{32} << 20;

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
      if (id) id->IsNull(row_) ? ids_->AppendNullText() : ids_->AppendText(id->Text(row_, scratch));
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
  }
  bool Next(TextBlock& block) override {
    block.Clear(kRowsAtOnce, names_.fields.size());
    for (; next_ != nb::iterator::sentinel(); ++next_) {
      if (block.texts().size() == kRowsAtOnce || block.bytes() >= kBytesAtOnce) return true;
      Take(*next_, block);
    }
    return !block.texts().empty();
  }

 private:
  void Take(nb::handle row, TextBlock& block) {
    if (!names_.text) return Take(nb::borrow(row), "a text", block);
    for (const std::string& field : names_.fields) {
      const nb::object value = row.attr("get")(field.c_str());
      if (!value.is_none()) block.AddField(field, block.Keep(nb::str(value).c_str()));
    }
    if (names_.id) {
      const nb::object id = row.attr("get")(names_.id->c_str());
      id.is_none() ? ids_->AppendNullText() : ids_->AppendText(nb::str(id).c_str());
    }
    Take(row[names_.text->c_str()], names_.text->c_str(), block);
  }
  static void Take(nb::object text, const char* what, TextBlock& block) {
    block.Add(text.is_none() ? std::string_view() : TextOf(text, what));
    block.Hold(std::move(text));
  }

  const Named& names_;
  nb::iterator next_;
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
  if (PyUnicode_Check(given.ptr())) throw nb::type_error("one text alone: give a list of texts");
  if (ArrowRows::Reads(given)) return std::make_unique<ArrowTexts>(given, names);
  return std::make_unique<IterableTexts>(given, names);
}

}  // namespace unecho::python
