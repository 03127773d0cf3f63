#include "flow/merge_indexes.h"

#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "flow/chain.h"
#include "flow/index_parameters.h"
#include "flow/run.h"
#include "flow/stages.h"
#include "flow/stored_blocks.h"
#include "flow/stored_index.h"
#include "match/compare_asides.h"
#include "match/decide.h"
#include "match/groups.h"
#include "match/marks.h"
#include "match/sketch.h"
#include "read/input.h"
#include "store/outside.h"

namespace unecho {
namespace {

using Folder = std::unique_ptr<IndexFolder>;

// Kept records of the second index as records that nobody has decided; removed ones are left out.
class AsNew {
 public:
  explicit AsNew(size_t num_keys) : num_keys_(num_keys) {}
  void operator()(Batch& batch) const {
    for (Record& record : batch.records) {
      if (record.fate != Fate::kKept) record.num_words = 0;
      record.is_reference = false;
      if (num_keys_ > 0 && record.num_words > 0)
        record.first_key = MarkPlaces::FirstKey(batch.MarksOf(record), num_keys_);
      record.fate = Fate::kRejected;
      record.kept_id = 0;
    }
  }

 private:
  size_t num_keys_;
};

// What became of each kept record of the second index.
class NoteTargets {
 public:
  void operator()(Batch& batch) {
    for (const Record& record : batch.records) {
      if (record.num_words > 0) targets_.push_back(record.kept_id);
    }
  }
  // How many each group has more than was seen: those that a kept record of the second index stood for.
  void AddMembers(const std::vector<StoredBlocks::Members>& members, Groups& groups) const {
    std::vector<uint32_t> of_kept(targets_.size(), 1);
    for (const auto& [kept_id, count] : members) {
      if (kept_id < of_kept.size()) of_kept[kept_id] = count;
    }
    for (size_t i = 0; i < of_kept.size(); ++i)
      groups.SetMembers(targets_[i], groups.members(targets_[i]) + of_kept[i] - 1);
  }

 private:
  std::vector<uint32_t> targets_;  // by its number there: the kept record here
};

absl::Status CheckAlike(const IndexFolder& first, const IndexFolder& second) {
  if (first.manifest().runs.empty() || second.manifest().runs.empty())
    return absl::InvalidArgumentError("index merge: an index without runs has nothing to merge");
  const Manifest& made = second.manifest();
  return first.CheckMadeWith(made.parameters, made.known_answer);
}

absl::StatusOr<IndexInfo> MergeInto(const std::string& output, const IndexFolder& first, const IndexFolder& second,
                                    const RunOptions& resources, const std::string& command_line, Listener& listener) {
  PipelineOptions options;
  options.run = resources;
  options.index = output;
  UNECHO_ASSIGN_OR_RETURN(options.answer, AnswerOf(first.manifest().parameters));
  UNECHO_ASSIGN_OR_RETURN(const auto index, StoredIndex::BeginWith(first, output));
  UNECHO_RETURN_IF_ERROR(index->CheckMadeWith(options.answer));
  std::vector<InputFile> sources = NameInputs(second.source_names(), "-", {}, first.source_names());
  std::vector<std::string> names;
  for (const InputFile& source : sources) names.push_back(source.name);
  Run run(options, std::move(sources), index.get(), command_line, listener);
  Groups groups(/*has_ids=*/true);
  CompareAsides asides;
  FindRepeats exact(true);
  Decide decide(options, run.plan.bands, &run.fates);
  exact.SpillBeyond(run.spill_terms());
  decide.SpillBeyond(run.spill_terms());
  groups.SpillBeyond(decide.last_terms());
  asides.SpillBeyond(decide.last_terms());
  UNECHO_RETURN_IF_ERROR(index->Load(run, exact, decide, groups, asides));
  UNECHO_RETURN_IF_ERROR(index->BeginRun(names, options.answer));

  StoredBlocks blocks(second);
  const UnpackStored unpack(second, options.answer);
  const AsNew as_new(options.answer.keys.size());
  const Sketcher sketch(run.plan.bands, options.answer.shingle_tokens, options.answer.seed);
  NameStored name(run.fates, 0, second);
  NoteTargets targets;
  StoredIndex::NoteGrown note_grown(*index);
  StoredIndex::Take take(*index, groups, options.answer);
  StoredIndex::Append append(*index);
  const StoredIndex::Pack pack;
  Chain chain;
  chain.Parallel("unpack", unpack, as_new);
  chain.InOrder("exact", exact);
  if (run.sketches() && !decide.sketches()) chain.Parallel("sketch", sketch);
  chain.InOrder("near", decide, name, groups, asides, targets, note_grown, take);
  chain.Parallel("pack", pack);
  chain.InOrder("append", append);
  UNECHO_RETURN_IF_ERROR(run.Drive("merge.", blocks, chain, 0, nullptr));
  targets.AddMembers(blocks.members(), groups);
  IndexInfo info;
  UNECHO_RETURN_IF_ERROR(index->FinishRun(groups, info));
  UNECHO_RETURN_IF_ERROR(index->Prepare(command_line, UtcNow()));
  UNECHO_RETURN_IF_ERROR(index->Publish());
  return info;
}

}  // namespace

absl::StatusOr<IndexInfo> MergeIndexes(const MergeIndexesOptions& options, const std::string& command_line,
                                       Listener& listener) {
  namespace fs = std::filesystem;
  UNECHO_RETURN_IF_ERROR(options.run.Validate());
  UNECHO_ASSIGN_OR_RETURN(const Folder first, IndexFolder::Open(options.first, IndexFolder::Access::kRead));
  UNECHO_ASSIGN_OR_RETURN(const Folder second, IndexFolder::Open(options.second, IndexFolder::Access::kRead));
  UNECHO_RETURN_IF_ERROR(CheckAlike(*first, *second));
  std::error_code error;
  if (fs::equivalent(options.first, options.second, error))
    return absl::InvalidArgumentError("index merge: the two are one index; to have it twice, copy the folder");
  if (fs::exists(options.output, error))
    return absl::AlreadyExistsError(absl::StrFormat("%s: is there already; name another folder", options.output));
  // What is not complete has not its name.
  fs::path output(options.output);
  if (!output.has_filename()) output = output.parent_path();  // a slash behind it
  for (const std::string* index : {&options.first, &options.second})
    UNECHO_RETURN_IF_ERROR(CheckOutside(*index, std::span(&options.output, 1), "name another folder"));
  const std::string part =
      (output.parent_path() / absl::StrFormat(".%s.unecho-%d", output.filename().string(), ::getpid())).string();
  fs::remove_all(part, error);  // of a killed process of the same number
  absl::StatusOr<IndexInfo> info = MergeInto(part, *first, *second, options.run, command_line, listener);
  if (info.ok()) {
    fs::rename(part, output, error);
    if (error) {
      info =
          absl::UnavailableError(absl::StrFormat("cannot rename %s to %s: %s", part, options.output, error.message()));
    }
  }
  if (!info.ok()) {
    std::error_code ignored;
    fs::remove_all(part, ignored);
  }
  return info;
}

}  // namespace unecho
