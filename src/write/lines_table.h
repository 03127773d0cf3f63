// Lines of a run as a table, of Parquet or Arrow: provenance, or the corpus where records are objects that unecho makes
// (corpus.h). A row a line, a column for each member that some line may have; what a line has not is null. Read again,
// its rows are the lines that were written, byte for byte (tables/row_objects.h).
//
// Text and numbers are columns of their kind, `similarity` too. Members with something inside (similarities, agree,
// merged, removed_lines, fields, unecho) are their JSON, as text. `id` and `witness_id` of a provenance are text if all
// ids of the first kGroupRows lines are strings, else they are JSON, too.
//
// In:      the lines of the run, whole, in order.
// Out:     bytes that follow from the lines alone.
// Cost:    a pass over the lines; kGroupRows of them are held, of a corpus a megabyte.
// Threads: one caller.
// Failure: what cannot be written; an id that is no string behind a whole group of ids that are; a record of 2 GiB.
#ifndef UNECHO_SRC_WRITE_LINES_TABLE_H_
#define UNECHO_SRC_WRITE_LINES_TABLE_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "write/atomic_file.h"
#include "write/table_file.h"

namespace unecho {

class LinesTable {
 public:
  // kTextOrNull: the line says null, where the others are left out.
  enum class MemberKind : uint8_t { kText, kTextOrNull, kNumber, kReal, kJson, kId };
  struct Member {
    std::string_view name;
    MemberKind kind;
  };

  // `file` outlives the table.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<LinesTable>> OfProvenance(OutputFile* file);
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<LinesTable>> OfCorpus(OutputFile* file);
  ~LinesTable();
  LinesTable(const LinesTable&) = delete;
  LinesTable& operator=(const LinesTable&) = delete;

  [[nodiscard]] absl::Status Write(std::string_view lines);
  [[nodiscard]] absl::Status Finish();

 private:
  static constexpr int64_t kGroupRows = int64_t{1} << 16;
  struct Column;

  static absl::StatusOr<std::unique_ptr<LinesTable>> Create(OutputFile* file, std::span<const Member> members);
  LinesTable(std::unique_ptr<TableFile> file, std::span<const Member> members);
  absl::Status TakeLine(std::string_view line);
  absl::Status TakeMember(std::string_view name, std::string_view value);
  absl::Status Flush();
  absl::Status Open();
  void ChooseIds();

  const std::unique_ptr<TableFile> file_;
  const std::span<const Member> members_;
  std::vector<Column> columns_;
  const bool has_ids_;
  int64_t num_rows_ = 0;  // since the last group
  enum class Ids : uint8_t { kNotKnown, kText, kJson } ids_ = Ids::kNotKnown;
};

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_LINES_TABLE_H_
