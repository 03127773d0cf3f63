#include "flow/pipeline.h"

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "base/status.h"
#include "flow/run.h"
#include "flow/stored_index.h"
#include "read/choose_comparison.h"
#include "read/sources.h"

namespace unecho {
namespace {

absl::StatusOr<RunResult> RunOf(const std::function<absl::Status()>& write_more, const PipelineOptions& given,
                                const std::string& command_line, Listener& listener) {
  UNECHO_RETURN_IF_ERROR(given.Validate());
  PipelineOptions options = given;
  UNECHO_ASSIGN_OR_RETURN(const std::unique_ptr<StoredIndex> index, StoredIndex::Open(options));
  std::vector<InputFile> sources =
      NameSources(options.inputs, options.answer, options.stdin_name,
                  index == nullptr ? std::span<const std::string>() : index->folder().source_names());
  for (InputFile& source : sources) source.tmpdir = options.run.tmpdir;
  if (options.command == Command::kSegment) options.answer.chooses_comparison = false;
  if (index != nullptr && index->ChooseComparison(options.answer))
    listener.Info(absl::StrFormat("unecho: works are compared by their fields, as in %s\n", options.index));
  if (index == nullptr && !options.index.empty())
    listener.Info(absl::StrFormat("unecho: there is no index %s; a run without --dry-run makes it\n", options.index));
  if (const std::string chosen = ChooseComparison(sources, options.run.stop, options.answer); !chosen.empty()) {
    listener.Info(chosen + "\n");
    UNECHO_RETURN_IF_ERROR(options.Validate());
  }
  if (index != nullptr) UNECHO_RETURN_IF_ERROR(index->CheckMadeWith(options.answer));
  RunResult result;
  {
    Run run(options, std::move(sources), index.get(), command_line, listener);
    UNECHO_ASSIGN_OR_RETURN(result.table, IsDeferred(options.answer) ? RunDeferred(run) : RunStreaming(run));
    result.ledger = run.statistics.total();
  }
  UNECHO_RETURN_IF_ERROR(write_more());
  if (index != nullptr) UNECHO_RETURN_IF_ERROR(index->Publish());
  return result;
}

}  // namespace

Result<RunResult> RunPipelineAnd(const std::function<absl::Status()>& write_more, const PipelineOptions& options,
                                 const std::string& command_line, Listener& listener) {
  return PublicCall([&] { return RunOf(write_more, options, command_line, listener); });
}

Result<RunResult> RunPipeline(const PipelineOptions& options, const std::string& command_line, Listener& listener) {
  return RunPipelineAnd([] { return absl::OkStatus(); }, options, command_line, listener);
}

}  // namespace unecho
