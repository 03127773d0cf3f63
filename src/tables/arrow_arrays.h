// Structs of arrow_data.h that point to what somebody else keeps, and the notation of a schema's metadata.
//
// Cost:    nothing is copied. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_TABLES_ARROW_ARRAYS_H_
#define UNECHO_SRC_TABLES_ARROW_ARRAYS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "tables/arrow_data.h"

namespace unecho {

// All that is given outlives what comes out, and is what the standard wants of an array of its type.
ArrowArray ArrayOver(int64_t length, int64_t null_count, std::span<const void*> buffers,
                     std::span<ArrowArray*> children = {});
// The same of a type, which may have nulls.
ArrowSchema SchemaOver(const char* format, const char* name, std::span<ArrowSchema*> children = {},
                       const char* metadata = nullptr);

// Keys and values, as a schema has them.
std::string MetadataText(std::span<const std::pair<std::string_view, std::string_view>> pairs);
// The value of a key. `metadata` may be null.
std::optional<std::string_view> MetadataValue(const char* metadata, std::string_view key);

}  // namespace unecho

#endif  // UNECHO_SRC_TABLES_ARROW_ARRAYS_H_
