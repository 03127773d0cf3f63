#include "unecho/record_stream.h"

#include <atomic>
#include <utility>

#include "base/batch.h"
#include "base/status.h"
#include "flow/front.h"
#include "read/batch_reader.h"
#include "read/sources.h"

namespace unecho {
namespace {

constexpr size_t kBatchBytes = size_t{256} << 10;

std::vector<std::string> NamesOf(const std::vector<InputFile>& files) {
  std::vector<std::string> names;
  for (const InputFile& file : files) names.push_back(file.name);
  return names;
}

}  // namespace

struct [[gnu::visibility("hidden")]] RecordStream::Inside {
  Inside(const std::vector<std::string>& paths, AnswerOptions given)
      : answer(std::move(given)),
        files(NameSources(paths, answer, "-")),
        names(NamesOf(files)),
        front(answer, names),
        reader(
            files, [this](size_t i) { return OpenInput(files[i], nullptr); }, answer, kBatchBytes, &bytes_read) {}

  AnswerOptions answer;
  std::vector<InputFile> files;
  SourceNames names;
  Front front;
  std::atomic<uint64_t> bytes_read{0};
  BatchReader reader;
  Batch batch;
  size_t next = 0;  // in batch.records
  bool validated = false;

  absl::StatusOr<bool> Next(TextRecord & record);
};

RecordStream::RecordStream(const std::vector<std::string>& paths, AnswerOptions answer)
    : inside_(std::make_unique<Inside>(paths, std::move(answer))) {}
RecordStream::~RecordStream() = default;

absl::StatusOr<bool> RecordStream::Inside::Next(TextRecord& record) {
  if (!validated) {
    UNECHO_RETURN_IF_ERROR(answer.Validate());
    if (answer.clean.dedup_at_least > 0)
      return absl::InvalidArgumentError(
          "RecordStream reads once, and dedup_at_least needs a reading before: leave it 0");
    if (!answer.reference.empty() || !answer.source_order.empty())
      return absl::InvalidArgumentError(
          "RecordStream gives the records of its paths in their order: leave reference and source_order empty");
    if (!answer.aligned.empty() && files.front().aligned.empty())
      return absl::InvalidArgumentError("AnswerOptions::aligned has not one field for each path");
    validated = true;
  }
  for (;;) {
    while (next == batch.records.size()) {
      batch.Clear();
      next = 0;
      UNECHO_ASSIGN_OR_RETURN(const bool any, reader.Fill(batch));
      if (!any) return false;
      UNECHO_RETURN_IF_ERROR(front.Serve(batch));
    }
    const Record& found = batch.records[next++];
    if (!found.is_last_fragment) continue;
    record = {.source = names.name(batch.source),
              .ordinal = found.ordinal,
              .line = found.line,
              .offset_bytes = found.offset_bytes,
              .size_bytes = found.size_bytes,
              .reason = found.reason,
              .raw = found.raw,
              .title = found.title,
              .begins_with_title = found.begins_with_title,
              .pieces = batch.PiecesOf(found)};
    return true;
  }
}

Result<bool> RecordStream::Next(TextRecord& record) {
  return PublicCall([&] { return inside_->Next(record); });
}

}  // namespace unecho
