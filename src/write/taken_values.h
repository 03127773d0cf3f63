// --merge: what kept records take from their copies. Found in a reading of the inputs (flow/read_copies.h), in the
// order of the records that give it, and written in another.
//
// Memory:  32 bytes a value, its bytes, and those of its TeX.
// Threads: one caller until Settle(); const from then on. Failure: none.
#ifndef UNECHO_SRC_WRITE_TAKEN_VALUES_H_
#define UNECHO_SRC_WRITE_TAKEN_VALUES_H_

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <tuple>

#include "base/batch.h"
#include "base/mapped_array.h"
#include "works/fillable_fields.h"

namespace unecho {

class TakenValues {
 public:
  struct Item {
    uint64_t begin = 0;  // of the value
    uint64_t ordinal = 0;
    uint32_t kept_id = 0, size = 0;  // with its TeX
    SourceId source{};
    MergeField field{};
    RecordRef from() const { return {source, ordinal}; }
  };
  static_assert(sizeof(Item) == 32);

  // `tex`: of a record of BibTeX (TexGivenBy()), else empty.
  void Add(uint32_t kept_id, MergeField field, RecordRef from, std::string_view value, std::string_view tex) {
    std::string bytes(value);
    if (!tex.empty()) bytes.append(1, kBeforeTex).append(tex);
    items_.PushBack({.begin = text_.size(),
                     .ordinal = from.ordinal,
                     .kept_id = kept_id,
                     .size = static_cast<uint32_t>(bytes.size()),
                     .source = from.source,
                     .field = field});
    std::memcpy(text_.Extend(bytes.size()), bytes.data(), bytes.size());
  }
  // When all have come.
  void Settle() {
    std::sort(items_.data(), items_.data() + items_.size(),
              [](const Item& a, const Item& b) { return std::tie(a.kept_id, a.field) < std::tie(b.kept_id, b.field); });
  }
  // Of a kept record, by field.
  std::span<const Item> Of(uint32_t kept_id) const {
    const std::span<const Item> all(items_.data(), items_.size());
    return {std::ranges::lower_bound(all, kept_id, {}, &Item::kept_id),
            std::ranges::upper_bound(all, kept_id, {}, &Item::kept_id)};
  }
  std::string_view value(const Item& item) const {
    const std::string_view both = BytesOf(item);
    return both.substr(0, both.find(kBeforeTex));
  }
  std::string_view tex(const Item& item) const {
    const std::string_view both = BytesOf(item);
    return both.substr(std::min(both.find(kBeforeTex), both.size() - 1) + 1);
  }
  uint64_t memory_bytes() const { return items_.memory_bytes() + text_.memory_bytes(); }

 private:
  static constexpr char kBeforeTex = '\0';  // a value is one line, and has none
  std::string_view BytesOf(const Item& item) const { return {text_.data() + item.begin, item.size}; }

  MappedArray<Item> items_;
  MappedArray<char> text_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_TAKEN_VALUES_H_
