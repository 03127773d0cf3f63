#include "layouts/asides.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "layouts/field_names.h"
#include "layouts/prose.h"

namespace unecho {
namespace {

// A value that is a string, a number, true or false. Lists and objects are passed over.
bool IsScalar(const NamedField& field) {
  return !field.is_json || (field.value != "null" && !field.value.starts_with('{') && !field.value.starts_with('['));
}

}  // namespace

Asides::Kind Asides::KindOf(std::string_view name) {
  if (IsIdentity(name)) return Kind::kIdentity;
  if (VariesInCopies(name)) return Kind::kNone;
  return IsNoText(name) || IsRemark(name) ? Kind::kDetail : Kind::kUnknown;
}

void Asides::Begin(std::span<const std::string_view> pieces) {
  place_ = 0;
  lanes_ = {};
  pieces_ = pieces;
  has_prose_.reset();
  has_identity_ = false;
}

bool Asides::HasProse() {
  if (!has_prose_) has_prose_ = std::ranges::any_of(pieces_, [](std::string_view piece) { return IsProse(piece); });
  return *has_prose_;
}

bool Asides::Counts(std::string_view name) {
  if (place_ == names_.size()) names_.emplace_back();
  Name& known = names_[place_++];
  if (known.text != name || name.empty())
    known = {std::string(name), KindOf(name), static_cast<uint8_t>(Hash64(name) % lanes_.size())};
  lane_ = known.lane;
  switch (known.kind) {
    case Kind::kNone: return false;
    case Kind::kUnknown: return true;
    case Kind::kDetail: return !HasProse();
    case Kind::kIdentity: break;
  }
  // The first is its own; one behind it may be that of what it is about: image_id.
  const bool is_of_another = std::exchange(has_identity_, true) && IsForeignId(name);
  return is_of_another && !HasProse();
}

void Asides::AddHash(std::string_view value) {
  lanes_[lane_] = static_cast<uint8_t>(lanes_[lane_] + 1 + Hash64(value) % 255);
}

uint64_t Asides::hash() const {
  uint64_t hash = 0;
  for (const uint8_t lane : lanes_) hash = hash << 8 | lane;
  return hash;
}

void HashAsides(Batch& batch, Record& record, Asides& asides) {
  if (record.num_fields == 0) return;
  asides.Begin(batch.PiecesOf(record));
  for (const NamedField& field : batch.FieldsOf(record)) {
    if (!field.is_compared && IsScalar(field)) asides.Add(field.name, field.value);
  }
  record.asides = asides.hash();
}

std::vector<std::string_view> OtherAsides(const Batch& batch, const Record& record) {
  std::vector<std::string_view> names;
  Asides asides;
  asides.Begin(batch.PiecesOf(record));
  for (const NamedField& field : batch.FieldsOf(record)) {
    if (field.is_compared || !IsScalar(field) || field.value.empty() || !asides.Counts(field.name)) continue;
    const bool is_other = (record.other_asides >> (asides.lanes_.size() - 1 - asides.lane_) & 1) != 0;
    if (is_other && std::ranges::find(names, field.name) == names.end()) names.push_back(field.name);
  }
  return names;
}

}  // namespace unecho
