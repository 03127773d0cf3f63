#include "tables/arrow_arrays.h"

#include <algorithm>
#include <cstring>

namespace unecho {

ArrowArray ArrayOver(int64_t length, int64_t null_count, std::span<const void*> buffers,
                     std::span<ArrowArray*> children) {
  return {.length = length,
          .null_count = null_count,
          .offset = 0,
          .n_buffers = static_cast<int64_t>(buffers.size()),
          .n_children = static_cast<int64_t>(children.size()),
          .buffers = buffers.data(),
          .children = children.data(),
          .dictionary = nullptr,
          .release = [](ArrowArray* array) { array->release = nullptr; },
          .private_data = nullptr};
}

ArrowSchema SchemaOver(const char* format, const char* name, std::span<ArrowSchema*> children, const char* metadata) {
  constexpr int64_t kNullable = 2;  // ARROW_FLAG_NULLABLE
  return {.format = format,
          .name = name,
          .metadata = metadata,
          .flags = kNullable,
          .n_children = static_cast<int64_t>(children.size()),
          .children = children.data(),
          .dictionary = nullptr,
          .release = [](ArrowSchema* schema) { schema->release = nullptr; },
          .private_data = nullptr};
}

// Their number, and of each its size and bytes, twice.
std::string MetadataText(std::span<const std::pair<std::string_view, std::string_view>> pairs) {
  std::string metadata;
  const auto append_number = [&metadata](size_t value) {
    const auto number = static_cast<int32_t>(value);
    metadata.append(reinterpret_cast<const char*>(&number), sizeof number);
  };
  append_number(pairs.size());
  for (const auto& [key, value] : pairs) {
    append_number(key.size());
    metadata += key;
    append_number(value.size());
    metadata += value;
  }
  return metadata;
}

std::optional<std::string_view> MetadataValue(const char* metadata, std::string_view wanted) {
  if (metadata == nullptr) return std::nullopt;
  const auto take_number = [&metadata] {
    int32_t number;
    std::memcpy(&number, metadata, sizeof number);
    metadata += sizeof number;
    return number;
  };
  const auto take_text = [&] {
    const auto size = static_cast<size_t>(std::max(take_number(), 0));
    return std::string_view(std::exchange(metadata, metadata + size), size);
  };
  for (int32_t left = take_number(); left > 0; --left) {
    const std::string_view key = take_text(), value = take_text();
    if (key == wanted) return value;
  }
  return std::nullopt;
}

}  // namespace unecho
