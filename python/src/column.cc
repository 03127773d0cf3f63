#include "column.h"

#include <cerrno>
#include <utility>

#include "arrow_abi.h"
#include "lenient.h"

namespace nb = nanobind;

namespace unecho::python {

Column::Column(std::string name, std::string format, std::vector<std::string> labels)
    : name_(std::move(name)), format_(std::move(format)), labels_(std::move(labels)) {
  if (format_ == "U") AppendBytes(int64_t{0});
}

void Column::AppendValid(bool is_valid) {
  if (num_rows_ % 8 == 0) valid_.push_back(0);
  valid_.back() = static_cast<uint8_t>(valid_.back() | (is_valid ? 1 << (num_rows_ % 8) : 0));
  num_nulls_ += is_valid ? 0 : 1;
  ++num_rows_;
}

std::string_view Column::TextAt(int64_t row) const {
  const auto begin = At<int64_t>(row), end = At<int64_t>(row + 1);
  return std::string_view(chars_).substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
}

nb::object Column::ObjectAt(int64_t row) const {
  if (IsNull(row)) return nb::none();
  if (!labels_.empty()) return Lenient(LabelAt(row));
  if (format_ == "U") return Lenient(TextAt(row));
  if (format_ == "g") return nb::float_(At<double>(row));
  return nb::int_(At<int64_t>(row));
}

// What a structure that was handed out holds: each is released by itself, for whoever takes it may take children out.
class Export {
 public:
  static void Schema(const std::vector<Column>& table, ArrowSchema* out) {
    auto* inside = new SchemaInside;
    for (const Column& column : table) Schema(column, &inside->children.emplace_back());
    Fill(inside, "+s", "", 0, out);
  }
  static void Array(const Table& table, ArrowArray* out) {
    auto* inside = new ArrayInside;
    inside->table = table;
    inside->buffers = {nullptr};
    for (const Column& column : *table) Array(table, column, &inside->children.emplace_back());
    Fill(inside, table->empty() ? 0 : table->front().num_rows(), 0, out);
  }

 private:
  template <typename Struct>
  struct Inside {
    std::vector<Struct> children;
    std::vector<Struct*> places;
    std::unique_ptr<Struct> dictionary;
    ~Inside() {
      for (Struct& child : children) Release(child);
      if (dictionary) Release(*dictionary);
    }
    static void Release(Struct& part) {
      if (part.release != nullptr) part.release(&part);
    }
  };
  struct SchemaInside : Inside<ArrowSchema> {
    std::string format, name;
  };
  struct ArrayInside : Inside<ArrowArray> {
    Table table;
    std::vector<const void*> buffers;
    std::vector<int64_t> ends;  // of the labels of a dictionary
    std::string chars;
  };

  template <typename Kind, typename Struct>
  static void FillCommon(Kind* inside, Struct* out) {
    for (Struct& child : inside->children) inside->places.push_back(&child);
    out->n_children = static_cast<int64_t>(inside->children.size());
    out->children = inside->places.data();
    out->dictionary = inside->dictionary.get();
    out->private_data = inside;
    out->release = [](Struct* part) {
      delete static_cast<Kind*>(part->private_data);
      part->release = nullptr;
    };
  }
  static void Fill(SchemaInside* inside, std::string format, std::string name, int64_t flags, ArrowSchema* out) {
    *out = {};
    inside->format = std::move(format);
    inside->name = std::move(name);
    out->format = inside->format.c_str();
    out->name = inside->name.c_str();
    out->flags = flags;
    FillCommon(inside, out);
  }
  static void Fill(ArrayInside* inside, int64_t length, int64_t null_count, ArrowArray* out) {
    *out = {};
    out->length = length;
    out->null_count = null_count;
    out->n_buffers = static_cast<int64_t>(inside->buffers.size());
    out->buffers = inside->buffers.data();
    FillCommon(inside, out);
  }

  static void Schema(const Column& column, ArrowSchema* out) {
    auto* inside = new SchemaInside;
    if (!column.labels_.empty()) {
      inside->dictionary = std::make_unique<ArrowSchema>();
      Fill(new SchemaInside, "U", "", 0, inside->dictionary.get());
    }
    Fill(inside, column.format_, column.name_, kArrowNullable, out);
  }
  static void Array(const Table& table, const Column& column, ArrowArray* out) {
    auto* inside = new ArrayInside;
    inside->table = table;
    inside->buffers = {column.num_nulls_ == 0 ? nullptr : column.valid_.data(), column.bytes_.data()};
    if (column.format_ == "U") inside->buffers.push_back(column.chars_.data());
    if (!column.labels_.empty()) {
      inside->dictionary = std::make_unique<ArrowArray>();
      auto* labels = new ArrayInside;
      labels->ends.push_back(0);
      for (const std::string& label : column.labels_) {
        labels->chars += label;
        labels->ends.push_back(static_cast<int64_t>(labels->chars.size()));
      }
      labels->buffers = {nullptr, labels->ends.data(), labels->chars.data()};
      Fill(labels, static_cast<int64_t>(column.labels_.size()), 0, inside->dictionary.get());
    }
    Fill(inside, column.num_rows_, column.num_nulls_, out);
  }
};

namespace {

template <typename Struct>
nb::capsule CapsuleOf(std::unique_ptr<Struct> part, const char* name) {
  return nb::capsule(part.release(), name, [](void* given) noexcept {
    auto* inside = static_cast<Struct*>(given);
    if (inside->release != nullptr) inside->release(inside);
    delete inside;
  });
}

struct StreamInside {
  Table table;
  bool is_given = false;
};

}  // namespace

nb::capsule SchemaCapsule(const Table& table) {
  auto schema = std::make_unique<ArrowSchema>();
  Export::Schema(*table, schema.get());
  return CapsuleOf(std::move(schema), "arrow_schema");
}

nb::capsule ArrayCapsule(const Table& table) {
  auto array = std::make_unique<ArrowArray>();
  Export::Array(table, array.get());
  return CapsuleOf(std::move(array), "arrow_array");
}

nb::capsule StreamCapsule(const Table& table) {
  auto stream = std::make_unique<ArrowArrayStream>();
  stream->get_schema = [](ArrowArrayStream* self, ArrowSchema* out) {
    Export::Schema(*static_cast<StreamInside*>(self->private_data)->table, out);
    return 0;
  };
  stream->get_next = [](ArrowArrayStream* self, ArrowArray* out) {
    auto& inside = *static_cast<StreamInside*>(self->private_data);
    *out = {};
    if (!std::exchange(inside.is_given, true)) Export::Array(inside.table, out);
    return 0;
  };
  stream->get_last_error = [](ArrowArrayStream* /*self*/) -> const char* { return nullptr; };
  stream->release = [](ArrowArrayStream* self) {
    delete static_cast<StreamInside*>(self->private_data);
    self->release = nullptr;
  };
  stream->private_data = new StreamInside{table};
  return CapsuleOf(std::move(stream), "arrow_array_stream");
}

}  // namespace unecho::python
