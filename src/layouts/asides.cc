#include "layouts/asides.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "base/hash.h"
#include "base/status.h"
#include "layouts/cutter.h"
#include "layouts/field_names.h"
#include "layouts/json_members.h"
#include "layouts/prose.h"
#include "text/json_memory.h"
#include "text/json_path.h"
#include "unecho/layouts.h"

namespace unecho {
namespace {

bool IsNested(const NamedField& field) {
  return field.is_json && (field.value.starts_with('{') || field.value.starts_with('['));
}

}  // namespace

Asides::Kind Asides::KindOf(std::string_view name) {
  if (IsIdentity(name)) return Kind::kIdentity;
  if (VariesInCopies(name)) return Kind::kNone;
  return IsNoText(name) || IsRemark(name) ? Kind::kDetail : Kind::kUnknown;
}

void Asides::Begin(std::span<const std::string_view> pieces, std::span<const std::string> apart) {
  place_ = 0;
  apart_ = apart;
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
  if (IsApart(name)) return false;
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

// The whole name, or, inside a list or an object, the last step of a path.
bool Asides::IsApart(std::string_view name) const {
  return std::ranges::any_of(apart_, [name](const std::string& apart) {
    if (apart.size() < name.size() || !absl::EndsWithIgnoreCase(Abs(apart), Abs(name))) return false;
    return apart.size() == name.size() ||
           kPathSeparators.find(apart[apart.size() - name.size() - 1]) != kPathSeparators.npos;
  });
}

void Asides::Add(const NamedField& field, std::string_view standard) {
  if (field.value.empty() || (field.is_json && field.value == "null") || IsApart(field.name)) return;
  if (!IsNested(field)) {
    if (!field.is_compared) Add(standard, field.value);
    return;
  }
  if (!Counts(standard)) return;
  simdjson::dom::element value;
  const bool is_read = IsParsed(parser_, parser_.parse(field.value.data(), field.value.size()).get(value));
  if (is_read) AddValues(field.name, value, field.is_compared);
}

// Names inside are not remembered by their places: lists have any number of them.
void Asides::AddValues(std::string_view key, const simdjson::dom::element& value, bool is_compared) {
  if (simdjson::dom::object object; value.get(object) == simdjson::SUCCESS) {
    for (const auto& [name, each] : object) {
      const Kind kind = KindOf(name);
      if (kind == Kind::kNone || kind == Kind::kIdentity || IsApart(name)) continue;
      if (kind == Kind::kDetail && HasProse()) continue;
      AddValues(name, each, is_compared && !IsOtherMember(name, each));
    }
    return;
  }
  if (simdjson::dom::array array; value.get(array) == simdjson::SUCCESS) {
    for (const simdjson::dom::element each : array) AddValues(key, each, is_compared);
    return;
  }
  if (value.is_null()) return;
  leaf_.assign(key);
  if (std::string_view string; value.get(string) == simdjson::SUCCESS) {
    if (is_compared || string.empty()) return;
    leaf_.append(1, ':').append(string);
  } else {
    leaf_.append(1, '=').append(simdjson::minify(value));
  }
  AddHash(leaf_);
}

void Asides::AddHash(std::string_view value) {
  lanes_[lane_] = static_cast<uint8_t>(lanes_[lane_] + 1 + Hash64(value) % 255);
}

uint64_t Asides::hash() const {
  uint64_t hash = 0;
  for (const uint8_t lane : lanes_) hash = hash << 8 | lane;
  return hash;
}

void HashAsides(Batch& batch, Record& record, Asides& asides, std::span<const std::string> apart) {
  if (record.num_fields == 0) return;
  asides.Begin(batch.PiecesOf(record), apart);
  for (const NamedField& field : batch.FieldsOf(record)) asides.Add(field);
  record.asides = asides.hash();
}

void HashAsides(Batch& batch, Record& record, Asides& asides, std::span<const std::string> apart,
                const StandardNames& names) {
  if (record.num_fields == 0) return;
  asides.Begin(batch.PiecesOf(record), apart);
  for (const NamedField& field : batch.FieldsOf(record)) {
    if (const std::string_view name = names.Of(field.name); !name.empty()) asides.Add(field, name);
  }
  record.asides = asides.hash();
}

std::vector<std::string> OtherAsides(const Batch& batch, const Record& record, std::span<const std::string> apart) {
  Batch again;
  const Batch* of = &batch;
  const Record* listed = &record;
  if (batch.layout != nullptr && batch.traits->pieces_are_fields) {
    again.bytes.assign(record.raw.size() + Batch::kPaddingBytes, '\0');
    std::ranges::copy(record.raw, again.bytes.begin());
    again.size = record.raw.size();
    LayoutOptions options;
    options.list_fields = true;
    Segment(*batch.layout, options, again);
    if (again.records.empty()) return {};
    of = &again;
    listed = again.records.data();
  }
  std::vector<std::string> names;
  Asides asides;
  asides.Begin(of->PiecesOf(*listed), apart);
  const StandardNames standard(batch.layout);
  for (const NamedField& field : of->FieldsOf(*listed)) {
    const uint64_t before = asides.hash();
    if (const std::string_view name = standard.Of(field.name); !name.empty()) asides.Add(field, name);
    if (asides.hash() == before) continue;
    const bool is_other = (record.other_asides >> (asides.lanes_.size() - 1 - asides.lane_) & 1) != 0;
    if (is_other && std::ranges::find(names, field.name) == names.end()) names.emplace_back(field.name);
  }
  return names;
}

}  // namespace unecho
