#include "flow/stored_index.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/hash.h"
#include "flow/chain.h"
#include "flow/run.h"
#include "flow/stages.h"
#include "match/compare_asides.h"
#include "match/decide.h"
#include "match/record_tokens.h"
#include "match/sketch.h"
#include "options/match_fields.h"
#include "store/block.h"
#include "works/make_work.h"

namespace unecho {
namespace {

// Blocks of records as batches: the head, and the payload as it is in the file. What blocks of members say is kept.
class StoredBlocks final : public BatchSource {
 public:
  StoredBlocks(const IndexFolder& folder, uint64_t& bytes_read)
      : folder_(folder), reader_(folder), bytes_(bytes_read) {}

  absl::StatusOr<bool> Fill(Batch& batch) override {
    BlockHead head;
    while (true) {
      UNECHO_ASSIGN_OR_RETURN(const bool is_there, reader_.Next(head, payload_));
      if (!is_there) return false;
      bytes_ += sizeof head + payload_.size();
      if (head.kind == static_cast<uint32_t>(BlockKind::kRecords)) break;
      if (head.kind == static_cast<uint32_t>(BlockKind::kMembers)) UNECHO_RETURN_IF_ERROR(ReadMembers(head));
    }
    batch.size = sizeof head + payload_.size();
    batch.bytes.resize(std::max(batch.bytes.size(), batch.size + Batch::kPaddingBytes));
    std::memcpy(batch.bytes.data(), &head, sizeof head);
    std::memcpy(batch.bytes.data() + sizeof head, payload_.data(), payload_.size());
    return true;
  }
  std::string NameOf(const Batch& /*batch*/) const override { return folder_.path(); }

  struct Members {
    uint32_t kept_id, members;
  };
  const std::vector<Members>& members() const { return members_; }

 private:
  absl::Status ReadMembers(const BlockHead& head) {
    std::string plain;
    if (const absl::Status status = UnpackBlock(head, {payload_.data(), payload_.size()}, plain); !status.ok())
      return reader_.Damaged(status);
    const size_t count = head.count;
    if (plain.size() != 2 * count * sizeof(uint32_t))
      return reader_.Damaged(absl::DataLossError("a block of members does not fit"));
    ColumnReader columns(plain);
    std::vector<uint32_t> kept(count), members(count);
    columns.Read(std::span<uint32_t>(kept));
    columns.Read(std::span<uint32_t>(members));
    for (size_t i = 0; i < count; ++i) members_.push_back({kept[i], members[i]});
    return absl::OkStatus();
  }

  const IndexFolder& folder_;
  BlockReader reader_;
  uint64_t& bytes_;
  std::vector<char> payload_;
  std::vector<Members> members_;
};

absl::Status Damaged(const IndexFolder& folder, std::string_view what) {
  return absl::DataLossError(absl::StrFormat(
      "%s: %s; the index is damaged ('unecho index check' says where): take a copy of it, or make it again from its "
      "inputs",
      folder.path(), what));
}

class Unpack {
 public:
  explicit Unpack(const IndexFolder& folder) : folder_(folder) {}
  absl::Status operator()(Batch& batch) const {
    thread_local std::string plain;
    BlockHead head;
    std::memcpy(&head, batch.bytes.data(), sizeof head);
    absl::Status status = UnpackBlock(head, batch.content().substr(sizeof head), plain);
    if (status.ok()) status = ReadRecordBlock(head, plain, batch);
    return status.ok() ? status : Damaged(folder_, Message(status));
  }

 private:
  const IndexFolder& folder_;
};

// Behind the stage exact: none of them has come before. Tokens of what was removed are not known, and not needed.
class Check {
 public:
  explicit Check(const IndexFolder& folder) : folder_(folder) {}
  absl::Status operator()(Batch& batch) const {
    for (Record& record : batch.records) {
      if (record.is_repeat) return Damaged(folder_, "it has a record twice");
      if (record.fate != Fate::kKept) record.num_words = 0;
    }
    return absl::OkStatus();
  }

 private:
  const IndexFolder& folder_;
};

class EnterRemoved {
 public:
  EnterRemoved(Fates& fates, size_t num_fields) : fates_(fates), num_fields_(num_fields) {}
  absl::Status operator()(Batch& batch) {
    UNECHO_RETURN_IF_ERROR(fates_.CheckRoomFor(batch.records.size()));
    for (const Record& record : batch.records) {
      if (record.num_words > 0) continue;
      fates_.Remove(record.unique, record.kept_id, record.similarity,
                    {.by_key = record.by_key, .has_tokens = record.fate == Fate::kExact, .agreeing = record.agreeing});
      if (num_fields_ > 0 && batch.similarities.size() >= record.first_similarity + num_fields_)
        fates_.NoteSimilarities(std::span(batch.similarities).subspan(record.first_similarity, num_fields_));
    }
    return absl::OkStatus();
  }

 private:
  Fates& fates_;
  size_t num_fields_;
};

// Kept records are called what the index calls them.
class NameStored {
 public:
  NameStored(Fates& fates, uint32_t first_source, size_t num_sources, const IndexFolder& folder)
      : fates_(fates), first_source_(first_source), num_sources_(num_sources), folder_(folder) {}
  absl::Status operator()(Batch& batch) {
    for (size_t i = 0; i < batch.records.size(); ++i) {
      const Record& record = batch.records[i];
      if (record.num_words == 0) continue;
      if (batch.stored_sources[i] >= num_sources_) return Damaged(folder_, "a record is of a source that is not named");
      fates_.SetRef(record.kept_id, {SourceId{first_source_ + batch.stored_sources[i]}, record.ordinal});
    }
    return absl::OkStatus();
  }

 private:
  Fates& fates_;
  uint32_t first_source_;
  size_t num_sources_;
  const IndexFolder& folder_;
};

}  // namespace

IndexParameters IndexParametersOf(const AnswerOptions& answer) {
  IndexParameters parameters;
  const auto add = [&parameters](const char* name, std::string value) {
    if (!value.empty()) parameters.emplace_back(name, std::move(value));
  };
  add("compare", std::string(Name(answer.comparison.by)));
  if (answer.comparison.by != CompareBy::kWorks) {
    add("ignore", absl::StrJoin(IgnoredNames(answer.comparison), ","));
    std::vector<std::string> fields;
    for (const MatchField& field : answer.match) fields.push_back(MatchFieldText(field));
    add("match", absl::StrJoin(fields, ","));
    if (answer.match.empty()) add("threshold", absl::StrFormat("%g", answer.threshold));
    add("shingle", absl::StrFormat("%d", answer.shingle_tokens));
  }
  add("key", absl::StrJoin(answer.keys, " --key "));
  add("differ", absl::StrJoin(answer.differ, " --differ "));
  add("within", answer.within);
  return parameters;
}

std::string IndexKnownAnswer(const AnswerOptions& answer) {
  // Letters with and without accents, of two more scripts, digits, signs, an entity, a word that is not NFC.
  std::string text =
      "Snapshot 2026-05: \u00c9chos d'un \u00ab corpus \u00bb, \u041c\u043e\u0441\u043a\u0432\u0430 \u2014 "
      "\u8a00\u8a9e\u51e6\u7406 & na\u0069\u0308ve (v1.5), 12,000 records; a line\nand another line of it. ";
  const size_t size = text.size();
  text.append(64, ' ');  // room to read beyond
  const std::string_view piece = std::string_view(text).substr(0, size);
  RecordTokens tokens;
  tokens.Read({answer.comparison, answer.shingle_tokens}, std::span(&piece, 1));
  std::vector<uint32_t> words(tokens.hashes().size());
  tokens.WriteWords(words.data());
  if (answer.comparison.by == CompareBy::kWorks) {
    WorkFields fields;
    fields.title = fields.abstract = std::string(piece);
    fields.authors = {"\u00c9cho, Ada B.", "Na\u00efve, Carl"};
    fields.year = "2026", fields.container = "Journal of Echoes", fields.volume = "5", fields.pages = "12-20";
    fields.doi = "10.1000/echo.5", fields.other_containers = {"J Echoes"};
    WorkMaker().Append(fields, words);
  }
  const Key128 key = tokens.Key();
  Digest64 digest;
  digest.Add({reinterpret_cast<const char*>(&key), sizeof key});
  digest.Add({reinterpret_cast<const char*>(words.data()), words.size() * sizeof(uint32_t)});
  return absl::StrFormat("%016x", digest.value());
}

StoredIndex::StoredIndex(std::unique_ptr<IndexFolder> folder, bool adds)
    : folder_(std::move(folder)),
      adds_(adds),
      num_sources_(folder_->source_names().size()),
      blocks_(folder_->num_records(), folder_->num_kept()),
      has_grown_(folder_->num_kept()) {}

absl::StatusOr<std::unique_ptr<StoredIndex>> StoredIndex::Open(const PipelineOptions& options) {
  if (options.index.empty()) return nullptr;
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

void StoredIndex::ChooseComparison(AnswerOptions& answer) const {
  if (!answer.chooses_comparison || folder_->manifest().runs.empty()) return;
  answer.chooses_comparison = false;
  for (const auto& [name, value] : folder_->manifest().parameters) {
    if (name == "compare" && value == Name(CompareBy::kWorks)) answer.comparison.by = CompareBy::kWorks;
  }
}

absl::Status StoredIndex::CheckMadeWith(const AnswerOptions& answer) const {
  return folder_->CheckMadeWith(IndexParametersOf(answer), IndexKnownAnswer(answer));
}

absl::Status StoredIndex::Load(Run& run, FindRepeats& exact, Decide& decide, Groups& groups, CompareAsides& asides) {
  if (folder_->num_records() == 0) return absl::OkStatus();
  run.progress.phase = "loading";
  uint64_t bytes_read = 0;
  StoredBlocks blocks(*folder_, bytes_read);
  const Unpack unpack(*folder_);
  const Check check(*folder_);
  const Sketcher sketch(run.plan.bands, run.options.answer.shingle_tokens, run.options.answer.seed);
  EnterRemoved enter_removed(run.fates, run.options.answer.match.size());
  const auto first_source = static_cast<uint32_t>(run.plan.sources.size() - num_sources_);
  NameStored name(run.fates, first_source, num_sources_, *folder_);

  Chain chain;
  chain.Parallel("unpack", unpack);
  chain.InOrder("exact", exact, check);
  if (run.sketches() && !decide.sketches()) chain.Parallel("sketch", sketch);
  chain.InOrder("near", enter_removed, decide, name, groups, asides);
  UNECHO_RETURN_IF_ERROR(run.Drive("load.", blocks, chain, 0, nullptr));
  if (run.fates.num_kept() != num_kept()) return Damaged(*folder_, "it has more or fewer kept records than it says");
  for (const auto& [kept_id, members] : blocks.members()) {
    if (kept_id >= num_kept()) return Damaged(*folder_, "it counts the copies of a record that is not there");
    groups.SetMembers(kept_id, members);
  }
  run.progress.phase = "reading";
  return absl::OkStatus();
}

absl::Status StoredIndex::BeginRun(const std::vector<std::string>& sources, const AnswerOptions& answer) {
  if (!adds_) return absl::OkStatus();
  UNECHO_RETURN_IF_ERROR(folder_->Begin(IndexParametersOf(answer), IndexKnownAnswer(answer), std::string(Version())));
  std::string block = BeginBlock(BlockKind::kSources, static_cast<uint32_t>(sources.size()));
  for (const std::string& name : sources) {
    const auto size = static_cast<uint32_t>(name.size());
    AppendColumn(std::span(&size, 1), block);
  }
  for (const std::string& name : sources) block += name;
  PackBlock(block);
  run_.sources = sources.size();
  return folder_->Append(block);
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
  constexpr size_t kMostInBlock = size_t{1} << 18;
  std::vector<uint32_t> kept, members;
  const auto write = [&] {
    std::string block = BeginBlock(BlockKind::kMembers, static_cast<uint32_t>(kept.size()));
    AppendColumn(std::span<const uint32_t>(kept), block);
    AppendColumn(std::span<const uint32_t>(members), block);
    kept.clear();
    members.clear();
    return append(std::move(block));
  };
  for (uint64_t id = 0; id < blocks_.num_kept(); ++id) {
    const uint32_t count = groups.members(static_cast<uint32_t>(id));
    if (id < has_grown_.size() ? !has_grown_[id] : count == 1) continue;
    kept.push_back(static_cast<uint32_t>(id));
    members.push_back(count);
    if (kept.size() == kMostInBlock) UNECHO_RETURN_IF_ERROR(write());
  }
  if (!kept.empty()) UNECHO_RETURN_IF_ERROR(write());
  run_.records = info.added_records;
  run_.kept = info.added_kept;
  UNECHO_RETURN_IF_ERROR(folder_->Finish(run_));
  info.added_bytes = run_.bytes;
  return absl::OkStatus();
}

absl::Status StoredIndex::Commit(const std::string& command_line, const std::string& finished) {
  if (!adds_) return absl::OkStatus();
  run_.command_line = command_line;
  run_.finished = finished;
  return folder_->Commit(run_);
}

}  // namespace unecho
