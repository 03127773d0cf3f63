#include "commands/index.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "absl/strings/str_format.h"
#include "base/batch.h"
#include "store/block_reader.h"
#include "store/index_folder.h"
#include "store/outside.h"
#include "store/record_block.h"
#include "text/counted.h"
#include "text/json.h"
#include "text/shown_size.h"

namespace unecho {
namespace {

using Folder = std::unique_ptr<IndexFolder>;

absl::StatusOr<Folder> OpenToRead(const std::string& path) {
  UNECHO_ASSIGN_OR_RETURN(Folder folder, IndexFolder::Open(path, IndexFolder::Access::kRead));
  return folder;
}

std::string Size(uint64_t bytes) { return ShownSize(static_cast<double>(bytes)); }

// Of kept records, by their numbers: how many their groups have.
class Members {
 public:
  explicit Members(uint64_t num_kept) : of_kept_(num_kept, 1) {}
  absl::Status Take(const Block& block) {
    return ReadMembers(block.head, block.payload, [this](uint32_t kept, uint32_t members) {
      if (kept >= of_kept_.size())
        return absl::DataLossError("a block of members counts the copies of a record that is not there");
      of_kept_[kept] = members;
      return absl::OkStatus();
    });
  }
  uint32_t operator[](uint64_t kept) const { return of_kept_[kept]; }

 private:
  std::vector<uint32_t> of_kept_;
};

bool Is(const Block& block, BlockKind kind) { return block.head.kind == static_cast<uint32_t>(kind); }

// Checked against what the manifest says of the whole.
class Records {
 public:
  explicit Records(const IndexFolder& folder) : folder_(folder) {}
  // The block's records; valid until the next call.
  absl::StatusOr<const Batch*> Read(const Block& block) {
    batch_.Clear();
    if (block.head.first_kept != kept_) return absl::DataLossError("a block of records is not in its place");
    UNECHO_RETURN_IF_ERROR(ReadRecordBlock(block.head, block.payload, batch_));
    for (size_t i = 0; i < batch_.records.size(); ++i) {
      if (batch_.records[i].fate != Fate::kKept) continue;
      ++kept_;
      if (batch_.stored_sources[i] >= folder_.source_names().size())
        return absl::DataLossError("a record is of a source that is not named");
    }
    return &batch_;
  }
  absl::Status End() const {
    if (kept_ == folder_.num_kept()) return absl::OkStatus();
    return absl::DataLossError(absl::StrFormat("%s: it has %d kept records, and its manifest says %d", folder_.path(),
                                               kept_, folder_.num_kept()));
  }
  uint64_t num_kept() const { return kept_; }

 private:
  const IndexFolder& folder_;
  Batch batch_;
  uint64_t kept_ = 0;
};

}  // namespace

absl::StatusOr<std::string> DescribeIndex(const std::string& path, bool as_json) {
  UNECHO_ASSIGN_OR_RETURN(const Folder folder, OpenToRead(path));
  const Manifest& manifest = folder->manifest();
  if (as_json) return ManifestText(manifest);
  std::string text = absl::StrFormat("%s\n  made with   unecho %s", path, manifest.made_by);
  for (const auto& [name, value] : manifest.parameters) absl::StrAppendFormat(&text, " --%s %s", name, value);
  absl::StrAppendFormat(&text, "\n  kept        %s of %s\n  known       %s\n", Counted(folder->num_kept(), "record"),
                        Counted(folder->source_names().size(), "source"),
                        Counted(folder->num_records(), "distinct record"));
  absl::StrAppendFormat(&text, "  size        %s in %s\n", Size(folder->num_bytes()),
                        Counted(manifest.runs.size(), "run"));
  size_t first_source = 0;
  for (const IndexRun& run : manifest.runs) {
    const std::string source = run.sources > 0 ? folder->source_names()[first_source] : std::string("no source");
    const std::string more = run.sources > 1 ? absl::StrFormat(" and %d more", run.sources - 1) : std::string();
    absl::StrAppendFormat(&text, "  %s  %s  %d kept, %d distinct, %s  %s%s\n", run.file, run.finished, run.kept,
                          run.records, Size(run.bytes), source, more);
    first_source += run.sources;
  }
  UNECHO_ASSIGN_OR_RETURN(const std::optional<IndexFolder::Left> left, folder->LeftByKilledRun());
  if (left) {
    absl::StrAppendFormat(
        &text, "  %s  %s  %s\n", left->file,
        left->is_growing ? "a run adds to it" : "of a run that was killed: the same with --resume goes on",
        Counted(left->records, "distinct record"));
  }
  return text;
}

absl::StatusOr<std::string> CheckIndex(const std::string& path) {
  UNECHO_ASSIGN_OR_RETURN(const Folder folder, OpenToRead(path));
  Records records(*folder);
  Members members(folder->num_kept());
  uint64_t blocks = 0;
  UNECHO_RETURN_IF_ERROR(ForEachBlock(*folder, folder->manifest().runs.size(), [&](const Block& block) -> absl::Status {
    ++blocks;
    if (Is(block, BlockKind::kMembers)) return members.Take(block);
    if (Is(block, BlockKind::kRecords)) return records.Read(block).status();
    return Is(block, BlockKind::kSources) ? absl::OkStatus() : absl::DataLossError("a block is of no known kind");
  }));
  UNECHO_RETURN_IF_ERROR(records.End());
  return absl::StrFormat("%s: %s of %s are as they were written: %d kept of %s, %s\n", path, Counted(blocks, "block"),
                         Counted(folder->manifest().runs.size(), "run"), folder->num_kept(),
                         Counted(folder->num_records(), "distinct record"), Size(folder->num_bytes()));
}

absl::Status ExportIndex(const std::string& path, const std::string& output,
                         const std::function<absl::Status(std::string_view)>& write) {
  UNECHO_RETURN_IF_ERROR(CheckOutside(path, std::span(&output, 1), "write to another folder"));
  UNECHO_ASSIGN_OR_RETURN(const Folder folder, OpenToRead(path));
  Members members(folder->num_kept());
  UNECHO_RETURN_IF_ERROR(ForEachBlock(*folder, folder->manifest().runs.size(), [&](const Block& block) {
    return Is(block, BlockKind::kMembers) ? members.Take(block) : absl::OkStatus();
  }));
  Records records(*folder);
  std::string lines;
  UNECHO_RETURN_IF_ERROR(ForEachBlock(*folder, folder->manifest().runs.size(), [&](const Block& block) -> absl::Status {
    if (!Is(block, BlockKind::kRecords)) return absl::OkStatus();
    uint64_t kept = records.num_kept();
    UNECHO_ASSIGN_OR_RETURN(const Batch* const batch, records.Read(block));
    lines.clear();
    for (size_t i = 0; i < batch->records.size(); ++i) {
      const Record& record = batch->records[i];
      if (record.fate != Fate::kKept) continue;
      JsonWriter json(lines);
      json.BeginObject();
      json.Member("ref", absl::StrFormat("%s#%d", folder->source_names()[batch->stored_sources[i]], record.ordinal));
      if (!record.id.empty()) json.Key("id"), json.Raw(record.id);
      if (record.num_work_words == 0) json.Member("tokens", uint64_t{record.num_words});
      json.Member("members", uint64_t{members[kept++]});
      json.Member("run", uint64_t{block.run + 1});
      json.EndObject();
      lines += '\n';
    }
    return write(lines);
  }));
  return records.End();
}

}  // namespace unecho
