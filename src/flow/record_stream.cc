#include "unecho/record_stream.h"

#include <atomic>
#include <utility>

#include "base/batch.h"
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

struct RecordStream::Inside {
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
};

RecordStream::RecordStream(const std::vector<std::string>& paths, AnswerOptions answer)
    : inside_(std::make_unique<Inside>(paths, std::move(answer))) {}
RecordStream::~RecordStream() = default;

absl::StatusOr<bool> RecordStream::Next(TextRecord& record) {
  Inside& in = *inside_;
  if (!in.validated) {
    UNECHO_RETURN_IF_ERROR(in.answer.Validate());
    if (in.answer.clean.dedup_at_least > 0)
      return absl::InvalidArgumentError(
          "RecordStream reads once, and dedup_at_least needs a reading before: leave it 0");
    if (!in.answer.reference.empty() || !in.answer.source_order.empty())
      return absl::InvalidArgumentError(
          "RecordStream gives the records of its paths in their order: leave reference and source_order empty");
    if (!in.answer.aligned.empty() && in.files.front().aligned.empty())
      return absl::InvalidArgumentError("AnswerOptions::aligned has not one field for each path");
    in.validated = true;
  }
  for (;;) {
    while (in.next == in.batch.records.size()) {
      in.batch.Clear();
      in.next = 0;
      UNECHO_ASSIGN_OR_RETURN(const bool any, in.reader.Fill(in.batch));
      if (!any) return false;
      UNECHO_RETURN_IF_ERROR(in.front.Serve(in.batch));
    }
    const Record& found = in.batch.records[in.next++];
    if (!found.is_last_fragment) continue;
    record = {.source = in.names.name(in.batch.source),
              .ordinal = found.ordinal,
              .line = found.line,
              .offset_bytes = found.offset_bytes,
              .size_bytes = found.size_bytes,
              .reason = found.reason,
              .raw = found.raw,
              .title = found.title,
              .pieces = in.batch.PiecesOf(found)};
    return true;
  }
}

}  // namespace unecho
