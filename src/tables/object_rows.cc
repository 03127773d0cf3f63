#include "tables/object_rows.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "tables/arrow_arrays.h"
#include "tables/member_names.h"
#include "text/json_memory.h"

namespace unecho {

struct ObjectRows::Column {
  using Element = simdjson::dom::element;
  enum class Kind : uint8_t { kBool, kWhole, kUnsigned, kReal, kText, kList, kStruct };

  Kind kind = Kind::kText;
  std::vector<Column> members;                 // of a struct; of a list one
  MemberNames names;                           // of a struct's
  std::vector<std::pair<Element, bool>> said;  // of its members, by the row in hand

  int64_t num_rows = 0, num_nulls = 0;
  std::vector<uint8_t> bitmap, truths;
  std::vector<uint64_t> numbers;    // 64 bits of any kind
  std::vector<int32_t> ends = {0};  // of texts and lists
  std::string text;
  // As they are shown.
  std::vector<const void*> buffers;
  std::vector<ArrowArray> arrays;
  std::vector<ArrowArray*> pointers;

  static bool Make(const ArrowSchema& schema, Column& column);
  bool Take(Element value);
  void TakeNull();
  ArrowArray Show();
  void Clear();

 private:
  bool TakeValue(Element value);
  bool TakeNumber(Element value);
  bool TakeText(Element value);
  bool TakeMembers(simdjson::dom::object object);
  void AddRow(bool is_set);
};

bool ObjectRows::Column::Make(const ArrowSchema& schema, Column& column) {
  static constexpr std::pair<std::string_view, Kind> kKinds[] = {
      {"b", Kind::kBool}, {"l", Kind::kWhole}, {"L", Kind::kUnsigned}, {"g", Kind::kReal},
      {"u", Kind::kText}, {"+l", Kind::kList}, {"+s", Kind::kStruct}};
  const auto* const found =
      std::ranges::find(kKinds, std::string_view(schema.format), &std::pair<std::string_view, Kind>::first);
  if (found == std::end(kKinds) || schema.dictionary != nullptr) return false;
  column.kind = found->second;
  column.members.resize(static_cast<size_t>(schema.n_children));
  for (size_t i = 0; i < column.members.size(); ++i) {
    const ArrowSchema& child = *schema.children[i];
    column.names.Add(child.name == nullptr ? "" : child.name);
    if (!Make(child, column.members[i])) return false;
  }
  return column.names.size() == column.members.size();
}

void ObjectRows::Column::AddRow(bool is_set) {
  if (num_rows % 8 == 0) bitmap.push_back(0);
  if (is_set) bitmap.back() = static_cast<uint8_t>(bitmap.back() | 1U << (num_rows % 8));
  ++num_rows;
  num_nulls += static_cast<int64_t>(!is_set);
}

void ObjectRows::Column::TakeNull() {
  switch (kind) {
    case Kind::kBool:
      if (num_rows % 8 == 0) truths.push_back(0);
      break;
    case Kind::kText:
    case Kind::kList: ends.push_back(ends.back()); break;
    case Kind::kStruct: std::ranges::for_each(members, &Column::TakeNull); break;
    default: numbers.push_back(0);
  }
  AddRow(false);
}

bool ObjectRows::Column::Take(Element value) {
  if (value.is_null()) {
    TakeNull();
    return true;
  }
  if (!TakeValue(value)) return false;
  AddRow(true);
  return true;
}

bool ObjectRows::Column::TakeValue(Element value) {
  switch (kind) {
    case Kind::kBool: {
      bool truth = false;
      if (value.get(truth) != simdjson::SUCCESS) return false;
      if (num_rows % 8 == 0) truths.push_back(0);
      truths.back() = static_cast<uint8_t>(truths.back() | static_cast<unsigned>(truth) << (num_rows % 8));
      return true;
    }
    case Kind::kText: return TakeText(value);
    case Kind::kList: {
      simdjson::dom::array list;
      if (value.get(list) != simdjson::SUCCESS) return false;
      for (const Element each : list)
        if (!members[0].Take(each)) return false;
      if (members[0].num_rows > std::numeric_limits<int32_t>::max()) return false;
      ends.push_back(static_cast<int32_t>(members[0].num_rows));
      return true;
    }
    case Kind::kStruct: {
      simdjson::dom::object object;
      return value.get(object) == simdjson::SUCCESS && TakeMembers(object);
    }
    default: return TakeNumber(value);
  }
}

bool ObjectRows::Column::TakeNumber(Element value) {
  uint64_t bits = 0;
  if (kind == Kind::kWhole) {
    int64_t number = 0;
    if (value.get(number) != simdjson::SUCCESS) return false;
    bits = static_cast<uint64_t>(number);
  } else if (kind == Kind::kUnsigned) {
    if (value.get(bits) != simdjson::SUCCESS) return false;
  } else {
    double number = 0;
    if (value.get(number) != simdjson::SUCCESS) return false;
    bits = std::bit_cast<uint64_t>(number);
  }
  numbers.push_back(bits);
  return true;
}

bool ObjectRows::Column::TakeText(Element value) {
  std::string_view said_text;
  if (value.get(said_text) == simdjson::SUCCESS)
    text += said_text;
  else
    text += simdjson::minify(value);
  if (text.size() > static_cast<size_t>(std::numeric_limits<int32_t>::max())) return false;
  ends.push_back(static_cast<int32_t>(text.size()));
  return true;
}

bool ObjectRows::Column::TakeMembers(simdjson::dom::object object) {
  said.assign(members.size(), {});
  size_t guess = 0;
  for (const auto& [name, value] : object) {
    const size_t place = names.Find(name, guess);
    if (place == members.size()) return false;
    said[place] = {value, true};
    guess = place + 1;
  }
  for (size_t i = 0; i < members.size(); ++i) {
    if (!said[i].second)
      members[i].TakeNull();
    else if (!members[i].Take(said[i].first))
      return false;
  }
  return true;
}

ArrowArray ObjectRows::Column::Show() {
  arrays.clear();
  pointers.clear();
  for (Column& member : members) arrays.push_back(member.Show());
  for (ArrowArray& array : arrays) pointers.push_back(&array);
  buffers = {num_nulls == 0 ? nullptr : bitmap.data()};
  if (kind == Kind::kBool)
    buffers.push_back(truths.data());
  else if (kind == Kind::kText)
    buffers.insert(buffers.end(), {ends.data(), text.data()});
  else if (kind == Kind::kList)
    buffers.push_back(ends.data());
  else if (kind != Kind::kStruct)
    buffers.push_back(numbers.data());
  return ArrayOver(num_rows, num_nulls, buffers, pointers);
}

void ObjectRows::Column::Clear() {
  std::ranges::for_each(members, &Column::Clear);
  num_rows = num_nulls = 0;
  bitmap.clear();
  truths.clear();
  numbers.clear();
  ends = {0};
  text.clear();
}

ObjectRows::ObjectRows(std::unique_ptr<Column> root) : root_(std::move(root)) {}
ObjectRows::~ObjectRows() = default;

std::unique_ptr<ObjectRows> ObjectRows::Make(const ArrowSchema& schema) {
  auto root = std::make_unique<Column>();
  if (!Column::Make(schema, *root) || root->kind != Column::Kind::kStruct) return nullptr;
  return std::unique_ptr<ObjectRows>(new ObjectRows(std::move(root)));
}

bool ObjectRows::Append(std::string_view line) {
  thread_local simdjson::dom::parser parser;
  RequireMemoryForJson(line);
  simdjson::dom::element object;
  if (!IsParsed(parser, parser.parse(line.data(), line.size()).get(object)) || !object.is_object()) return false;
  bytes_ += line.size();
  return root_->Take(object);
}

int64_t ObjectRows::num_rows() const { return root_->num_rows; }

ArrowArray* ObjectRows::Rows() {
  rows_ = root_->Show();
  return &rows_;
}

void ObjectRows::Clear() {
  root_->Clear();
  bytes_ = 0;
}

}  // namespace unecho
