// What the columns of a table are, for RowObjects (row_objects.h).
//
// Cost: a pass over the schema. Threads: functions without state. Failure: FindKinds(): a column of a type that cannot
// be shown, by its name; a name that is there twice.
#ifndef UNECHO_SRC_TABLES_COLUMN_KINDS_H_
#define UNECHO_SRC_TABLES_COLUMN_KINDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "base/status.h"
#include "tables/arrow_data.h"
#include "tables/row_objects.h"

namespace unecho {

// A column, or what is in one.
struct RowObjects::Column {
  enum class Kind : uint8_t {
    kNull,
    kBool,
    kInt8,
    kUint8,
    kInt16,
    kUint16,
    kInt32,
    kUint32,
    kInt64,
    kUint64,
    kHalf,
    kFloat,
    kDouble,
    kText32,
    kText64,
    kTextView,
    kBinary32,
    kBinary64,
    kBinaryView,
    kFixedBinary,
    kUuid,
    kDecimal,
    kDate32,
    kDate64,
    kTime32,
    kTime64,
    kTimestamp,
    kDuration,
    kList32,
    kList64,
    kFixedList,
    kStruct,
    kMap,
    kDictionary,
    kJson32,
    kFixed6,
  };
  Kind kind = Kind::kNull;
  std::string key;               // "name": of a member of a struct
  int64_t per_second = 1;        // units of times
  bool is_instant = false;       // of a timestamp: it has a time zone, and so is in UTC
  int64_t width = 0;             // bytes of a value, elements of a list
  int scale = 0;                 // of decimals
  std::vector<Column> children;  // of lists, structs, maps; of a dictionary its values
  Kind index = Kind::kInt32;     // of a dictionary
  bool may_be_left_out = false;  // of a member: if it is null
};

[[nodiscard]] absl::Status FindKinds(const ArrowSchema& schema, RowObjects::Column& table);

}  // namespace unecho

#endif  // UNECHO_SRC_TABLES_COLUMN_KINDS_H_
