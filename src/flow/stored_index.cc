#include "flow/stored_index.h"

#include <algorithm>
#include <span>
#include <utility>

#include "absl/strings/str_format.h"
#include "flow/chain.h"
#include "flow/index_parameters.h"
#include "flow/run.h"
#include "flow/stages.h"
#include "flow/stored_blocks.h"
#include "match/compare_asides.h"
#include "match/decide.h"
#include "match/sketch.h"
#include "store/block.h"
#include "store/outside.h"

namespace unecho {
namespace {

// An output that lies in the index may be called as one of its runs.
absl::Status CheckApart(const PipelineOptions& options) {
  constexpr const char* kInput = "name dumps, and it by --index alone";
  constexpr const char* kOutput = "write to another folder";
  std::vector<std::string> read = options.inputs, written = {options.output, options.provenance, options.report,
                                                             options.rejects, options.removed};
  const std::vector<std::string> beside = options.ReadBeside();
  read.insert(read.end(), beside.begin(), beside.end());
  if (!options.output_dir.empty()) written.push_back(options.output_dir + "/");
  UNECHO_RETURN_IF_ERROR(CheckOutside(options.index, read, kInput));
  return CheckOutside(options.index, written, kOutput);
}

}  // namespace

StoredIndex::StoredIndex(std::unique_ptr<IndexFolder> folder, bool adds)
    : folder_(std::move(folder)),
      adds_(adds),
      num_sources_(folder_->source_names().size()),
      blocks_(folder_->num_records(), folder_->num_kept()),
      has_grown_(folder_->num_kept()) {}

absl::StatusOr<std::unique_ptr<StoredIndex>> StoredIndex::BeginWith(const IndexFolder& other, const std::string& path) {
  UNECHO_ASSIGN_OR_RETURN(std::unique_ptr<IndexFolder> folder, IndexFolder::Open(path, IndexFolder::Access::kAdd));
  UNECHO_RETURN_IF_ERROR(folder->CopyRuns(other));
  return std::unique_ptr<StoredIndex>(new StoredIndex(std::move(folder), /*adds=*/true));
}

absl::StatusOr<std::unique_ptr<StoredIndex>> StoredIndex::Open(const PipelineOptions& options) {
  if (options.index.empty()) return nullptr;
  UNECHO_RETURN_IF_ERROR(CheckApart(options));
  const bool adds = !options.index_read_only && !options.dry_run;
  const auto access = adds ? IndexFolder::Access::kAdd : IndexFolder::Access::kRead;
  absl::StatusOr<std::unique_ptr<IndexFolder>> folder = IndexFolder::Open(options.index, access);
  if (absl::IsNotFound(folder.status()) && options.dry_run && !options.index_read_only) return nullptr;
  UNECHO_RETURN_IF_ERROR(folder.status());
  if ((*folder)->num_kept() >= uint64_t{1} << 31)
    return absl::ResourceExhaustedError(
        absl::StrFormat("%s: it has more than 2,147,483,647 kept records", options.index));
  return std::unique_ptr<StoredIndex>(new StoredIndex(*std::move(folder), adds));
}

bool StoredIndex::ChooseComparison(AnswerOptions& answer) const {
  if (!answer.chooses_comparison || folder_->manifest().runs.empty()) return false;
  answer.chooses_comparison = false;
  for (const auto& [name, value] : folder_->manifest().parameters) {
    if (name == "compare" && value == Name(CompareBy::kWorks)) answer.comparison.by = CompareBy::kWorks;
  }
  return answer.comparison.by == CompareBy::kWorks;
}

absl::Status StoredIndex::CheckMadeWith(const AnswerOptions& answer) const {
  return folder_->CheckMadeWith(IndexParametersOf(answer), IndexKnownAnswer(answer));
}

absl::Status StoredIndex::Load(Run& run, FindRepeats& exact, Decide& decide, Groups& groups, CompareAsides& asides) {
  if (folder_->num_records() == 0) return absl::OkStatus();
  run.progress.phase = "loading";
  StoredBlocks blocks(*folder_);
  const UnpackStored unpack(*folder_, run.options.answer);
  const CheckDistinct check(*folder_);
  const Sketcher sketch(run.plan.bands, run.options.answer.shingle_tokens, run.options.answer.seed);
  EnterRemoved enter_removed(run.fates, run.options.answer.match.size(), *folder_);
  const auto first_source = static_cast<uint32_t>(run.plan.sources.size() - num_sources_);
  NameStored name(run.fates, first_source, *folder_);

  Chain chain;
  chain.Parallel("unpack", unpack);
  chain.InOrder("exact", exact, check);
  if (run.sketches() && !decide.sketches()) chain.Parallel("sketch", sketch);
  chain.InOrder("near", enter_removed, decide, name, groups, asides);
  UNECHO_RETURN_IF_ERROR(run.Drive("load.", blocks, chain, 0, nullptr));
  if (run.fates.num_kept() != num_kept())
    return DamagedIndex(*folder_, "it has more or fewer kept records than it says");
  for (const auto& [kept_id, members] : blocks.members()) {
    if (kept_id >= num_kept()) return DamagedIndex(*folder_, "it counts the copies of a record that is not there");
    groups.SetMembers(kept_id, members);
  }
  run.progress.phase = "reading";
  return absl::OkStatus();
}

absl::Status StoredIndex::BeginRun(const std::vector<std::string>& sources, const AnswerOptions& answer,
                                   const IndexFolder::Resumable* resumable) {
  if (!adds_) return absl::OkStatus();
  UNECHO_RETURN_IF_ERROR(
      folder_->Begin(IndexParametersOf(answer), IndexKnownAnswer(answer), std::string(Version()), resumable));
  run_.sources = sources.size();
  return folder_->Append(PackedSources(sources));
}

void StoredIndex::NoteGrown::operator()(Batch& batch) {
  for (const Record& record : batch.records) {
    const bool is_removed = record.fate == Fate::kExact || record.fate == Fate::kNear;
    if (is_removed && record.kept_id < index_.has_grown_.size()) index_.has_grown_[record.kept_id] = true;
  }
}

void StoredIndex::Take::operator()(Batch& batch) {
  for (size_t i = 0; i < batch.records.size(); ++i) {
    const Record& record = batch.records[i];
    const bool is_removed = record.fate == Fate::kExact || record.fate == Fate::kNear;
    if (record.num_words == 0 || record.is_repeat || (!is_removed && record.fate != Fate::kKept)) continue;
    StoredRecord stored;
    stored.key = {record.key_low, record.key_high};
    if (is_removed) {
      stored.witness = record.kept_id;
      stored.similarity = record.similarity;
      stored.by_key = record.by_key;
      stored.has_tokens = record.fate == Fate::kExact;
      stored.agreeing = record.agreeing;
      if (record.fate == Fate::kNear)
        stored.similarities = std::span(batch.similarities).subspan(record.first_similarity, num_fields_);
    } else {
      const auto source = batch.stored_sources.empty() ? static_cast<size_t>(batch.source) : batch.stored_sources[i];
      stored.source = static_cast<uint32_t>(index_.num_sources_ + source);
      stored.ordinal = record.ordinal;
      stored.text_hash = record.text_hash;
      stored.asides = record.asides;
      if (has_works_)
        stored.work_words = batch.WorkOf(record);
      else
        stored.words = batch.WordsOf(record);
      stored.marks = batch.MarksOf(record);
      stored.id = groups_.IdOf(record.kept_id);
    }
    index_.blocks_.Add(stored);
    if (index_.blocks_.IsFull()) batch.index_blocks.push_back(index_.blocks_.Take());
  }
}

void StoredIndex::Pack::operator()(Batch& batch) const {
  for (std::string& block : batch.index_blocks) PackBlock(block);
}

absl::Status StoredIndex::Append::operator()(Batch& batch) {
  for (const std::string& block : batch.index_blocks) UNECHO_RETURN_IF_ERROR(index_.folder_->Append(block));
  return absl::OkStatus();
}

absl::Status StoredIndex::FinishRun(const Groups& groups, IndexInfo& info) {
  info.runs = folder_->manifest().runs.size();
  info.digest = DigestOfRuns(folder_->manifest().runs);
  info.records = folder_->num_records();
  info.kept = folder_->num_kept();
  info.added_records = blocks_.num_records() - info.records;
  info.added_kept = blocks_.num_kept() - info.kept;
  info.is_added = adds_;
  if (!adds_) return absl::OkStatus();
  const auto append = [this](std::string block) {
    PackBlock(block);
    return folder_->Append(block);
  };
  if (!blocks_.IsEmpty()) UNECHO_RETURN_IF_ERROR(append(blocks_.Take()));
  UNECHO_RETURN_IF_ERROR(AppendGrown(blocks_.num_kept(), append, [&](size_t id) -> uint32_t {
    const uint32_t count = groups.members(static_cast<uint32_t>(id));
    const bool is_news = id < has_grown_.size() ? has_grown_[id] : count > 1;
    return is_news ? count : 0;
  }));
  UNECHO_RETURN_IF_ERROR(groups.status());
  run_.records = info.added_records;
  run_.kept = info.added_kept;
  UNECHO_RETURN_IF_ERROR(folder_->Finish(run_));
  info.added_bytes = run_.bytes;
  return absl::OkStatus();
}

absl::Status StoredIndex::Prepare(const std::string& command_line, const std::string& finished) {
  if (!adds_) return absl::OkStatus();
  // All runs' stand in one manifest, and shells make a command line of ten thousand files.
  constexpr size_t kMostBytes = 2000;
  run_.command_line = command_line.substr(0, kMostBytes);
  if (command_line.size() > kMostBytes) run_.command_line += " ...";
  run_.finished = finished;
  return folder_->Prepare(run_);
}

absl::Status StoredIndex::Publish() { return adds_ ? folder_->Publish() : absl::OkStatus(); }

}  // namespace unecho
