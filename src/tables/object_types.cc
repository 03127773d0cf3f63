#include "tables/object_types.h"

#include <simdjson.h>

#include <cstdint>
#include <limits>
#include <numeric>
#include <utility>

#include "tables/arrow_arrays.h"
#include "tables/member_names.h"
#include "text/json_memory.h"

namespace unecho {
namespace {

using Element = simdjson::dom::element;
using ElementType = simdjson::dom::element_type;

// Deeper than that values are text: readers of tables come to an end, too.
constexpr int kMostDepth = 32;

}  // namespace

struct ObjectTypes::Type {
  enum class Kind : uint8_t { kNothing, kBool, kNumber, kText, kList, kStruct, kSeveral };
  Kind kind = Kind::kNothing;
  // Of numbers: what is among them.
  bool has_reals = false, has_negative = false, has_huge = false, has_inexact = false;
  std::vector<Type> members;  // of a struct; of a list one
  MemberNames names;          // of a struct's

  bool Is(Kind other) {
    if (kind == Kind::kNothing) kind = other;
    if (kind != other) IsSeveral();
    return kind == other;
  }
  void IsSeveral() {
    kind = Kind::kSeveral;
    members.clear();
    names.Clear();
  }
  size_t NumColumns() const {
    if (members.empty()) return 1;
    return std::accumulate(members.begin(), members.end(), size_t{0},
                           [](size_t sum, const Type& member) { return sum + member.NumColumns(); });
  }
  void Take(Element value, int depth);
  void TakeWhole(uint64_t size, bool is_negative);
};

void ObjectTypes::Type::TakeWhole(uint64_t size, bool is_negative) {
  constexpr uint64_t kMostExact = uint64_t{1} << std::numeric_limits<double>::digits;
  if (!Is(Kind::kNumber)) return;
  has_negative |= is_negative;
  has_huge |= !is_negative && size > static_cast<uint64_t>(std::numeric_limits<int64_t>::max());
  has_inexact |= size > kMostExact;
}

void ObjectTypes::Type::Take(Element value, int depth) {
  if (kind == Kind::kSeveral || value.type() == ElementType::NULL_VALUE) return;
  switch (value.type()) {
    case ElementType::BOOL: Is(Kind::kBool); return;
    case ElementType::INT64: {
      const int64_t number = value.get_int64().value_unsafe();
      const auto bits = static_cast<uint64_t>(number);
      return TakeWhole(number < 0 ? uint64_t{0} - bits : bits, number < 0);
    }
    case ElementType::UINT64: return TakeWhole(value.get_uint64().value_unsafe(), false);
    case ElementType::DOUBLE: has_reals |= Is(Kind::kNumber); return;
    case ElementType::STRING: Is(Kind::kText); return;
    case ElementType::ARRAY:
      if (depth == kMostDepth) return IsSeveral();
      if (!Is(Kind::kList)) return;
      members.resize(1);
      for (const Element each : simdjson::dom::array(value)) members[0].Take(each, depth + 1);
      return;
    case ElementType::OBJECT: {
      if (depth == kMostDepth) return IsSeveral();
      if (!Is(Kind::kStruct)) return;
      size_t guess = 0;
      for (const auto& [name, each] : simdjson::dom::object(value)) {
        const size_t place = names.Find(name, guess);
        if (place == members.size()) {
          if (depth > 0 && place == kMostMembers) return IsSeveral();
          names.Add(name);
          members.emplace_back();
        }
        members[place].Take(each, depth + 1);
        guess = place + 1;
      }
      return;
    }
    default: return IsSeveral();
  }
}

ObjectTypes::ObjectTypes() : root_(std::make_unique<Type>()) { root_->kind = Type::Kind::kStruct; }
ObjectTypes::~ObjectTypes() = default;

size_t ObjectTypes::num_names() const { return root_->members.size(); }
size_t ObjectTypes::num_columns() const { return root_->NumColumns(); }

bool ObjectTypes::Take(std::string_view line) {
  thread_local simdjson::dom::parser parser;
  RequireMemoryForJson(line);
  Element element;
  if (!IsParsed(parser, parser.parse(line.data(), line.size()).get(element)) || !element.is_object()) return false;
  root_->Take(element, 0);
  return true;
}

ArrowSchema ObjectTypes::Shown(const Type& type, const char* name, const char* metadata) {
  const auto with_members = [&](const char* format, bool are_named) {
    std::vector<ArrowSchema>& children = children_.emplace_back();
    std::vector<ArrowSchema*>& pointers = pointers_.emplace_back();
    for (size_t i = 0; i < type.members.size(); ++i)
      children.push_back(Shown(type.members[i], are_named ? type.names[i].c_str() : "item", nullptr));
    for (ArrowSchema& child : children) pointers.push_back(&child);
    return SchemaOver(format, name, pointers, metadata);
  };
  switch (type.kind) {
    case Type::Kind::kBool: return SchemaOver("b", name);
    case Type::Kind::kNumber:
      if (type.has_reals ? type.has_inexact : type.has_negative && type.has_huge) return SchemaOver("u", name);
      return SchemaOver(type.has_reals ? "g" : type.has_huge ? "L" : "l", name);
    case Type::Kind::kList: return with_members("+l", false);
    case Type::Kind::kStruct:
      if (type.members.empty() && metadata == nullptr) return SchemaOver("u", name);
      return with_members("+s", true);
    default: return SchemaOver("u", name);
  }
}

ArrowSchema* ObjectTypes::Schema() {
  children_.clear();
  pointers_.clear();
  const std::pair<std::string_view, std::string_view> pairs[] = {{kObjectsKey, "1"}};
  metadata_ = MetadataText(pairs);
  schema_ = Shown(*root_, "", metadata_.c_str());
  return &schema_;
}

}  // namespace unecho
