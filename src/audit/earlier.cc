#include "audit/earlier.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "base/batch.h"
#include "base/hash.h"
#include "options/sameness.h"
#include "oracle/word_hashes.h"
#include "store/block_reader.h"
#include "store/record_block.h"

namespace unecho {
namespace {

std::string Ref(std::string_view source, uint64_t ordinal) { return absl::StrFormat("%s#%d", source, ordinal); }

std::string Marked(uint64_t mark) { return mark == 0 ? std::string() : absl::StrFormat("%016x", mark); }

uint64_t MarkOf(std::string_view value) { return value.empty() ? 0 : std::max<uint64_t>(1, Hash64(value)); }

// Each field hashed by what came before it, the first by the group of --within.
Key128 KeyMark(std::span<const std::string> fields, uint64_t within) {
  if (fields.empty()) return {};
  Key128 key{within, 0};
  for (const std::string& field : fields) {
    const Key128 next = Hash128(field.data(), field.size(), key.low);
    key = {next.low, next.high ^ key.high};
  }
  return {std::max<uint64_t>(1, key.low), key.high};
}

}  // namespace

std::vector<uint64_t> MarksOf(Key128 tokens, const FieldValues& values) {
  std::vector<uint64_t> marks = {tokens.low, tokens.high};
  const uint64_t within = MarkOf(values.within);
  for (const std::vector<std::string>& fields : values.keys) {
    const Key128 key = KeyMark(fields, within);
    marks.push_back(key.low);
    marks.push_back(key.high);
  }
  for (const std::string& value : values.differ) marks.push_back(MarkOf(value));
  marks.push_back(within);
  return marks;
}

FieldValues MarkedValues(std::span<const uint64_t> marks, const Sameness& sameness) {
  FieldValues values;
  size_t at = 2;
  for (size_t key = 0; key < sameness.keys.size(); ++key, at += 2) {
    std::vector<std::string>& of_key = values.keys.emplace_back();
    if (marks[at] != 0) of_key.push_back(Hex({marks[at], marks[at + 1]}));
  }
  for (size_t i = 0; i < sameness.differ.size(); ++i) values.differ.push_back(Marked(marks[at++]));
  values.within = Marked(marks[at]);
  return values;
}

std::string WholeKey(Key128 tokens, std::span<const uint64_t> marks) {
  return Hex(marks.empty() ? tokens : Hash128(marks.data(), marks.size_bytes()));
}

absl::StatusOr<std::unique_ptr<EarlierRecords>> EarlierRecords::Read(const std::string& path,
                                                                     const AnswerOptions& answer,
                                                                     std::optional<uint64_t> num_runs,
                                                                     std::string_view first_source) {
  UNECHO_ASSIGN_OR_RETURN(const std::unique_ptr<IndexFolder> folder,
                          IndexFolder::Open(path, IndexFolder::Access::kRead));
  const std::vector<IndexRun>& runs = folder->manifest().runs;
  if (num_runs && *num_runs > runs.size()) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "%s: it has %d runs, and there were %d before the one that is audited: give the index that this run had", path,
        runs.size(), *num_runs));
  }
  const std::span<const std::string> names = folder->source_names();
  uint64_t num_earlier = 0;
  size_t num_sources = 0;
  for (; num_earlier < num_runs.value_or(runs.size()); ++num_earlier) {
    const auto own = names.subspan(num_sources, runs[num_earlier].sources);
    if (!num_runs && std::ranges::find(own, first_source) != own.end()) break;
    num_sources += own.size();
  }
  auto earlier = std::make_unique<EarlierRecords>();
  earlier->num_runs_ = num_earlier;
  earlier->digest_ = DigestOfRuns(std::span(runs).first(num_earlier));
  earlier->names_.assign(names.begin(), names.begin() + static_cast<ptrdiff_t>(num_sources));
  UNECHO_RETURN_IF_ERROR(earlier->ReadBlocks(*folder, answer));
  return earlier;
}

absl::Status EarlierRecords::ReadBlocks(const IndexFolder& folder, const AnswerOptions& answer) {
  Batch batch;
  return ForEachBlock(folder, num_runs_, [&](const Block& block) -> absl::Status {
    if (block.head.kind == static_cast<uint32_t>(BlockKind::kMembers)) {
      return ReadMembers(block.head, block.payload, [this](uint32_t kept, uint32_t members) {
        if (kept >= all_.size()) return absl::DataLossError("it counts the copies of a record that is not there");
        all_[kept].members = members;
        return absl::OkStatus();
      });
    }
    if (block.head.kind != static_cast<uint32_t>(BlockKind::kRecords)) return absl::OkStatus();
    batch.Clear();
    UNECHO_RETURN_IF_ERROR(ReadRecordBlock(block.head, block.payload, batch));
    return Take(batch, answer, folder.path());
  });
}

absl::Status EarlierRecords::Take(const Batch& batch, const AnswerOptions& answer, const std::string& path) {
  const Sameness sameness = SamenessOf(answer);
  const size_t marks_width = sameness.any() ? 3 + 2 * sameness.keys.size() + sameness.differ.size() : 0;
  const auto num_kept = static_cast<size_t>(std::ranges::count(batch.records, Fate::kKept, &Record::fate));
  // A block of removed records has no marks.
  if (num_kept > 0 && batch.marks_width != marks_width) {
    return absl::FailedPreconditionError(
        absl::StrFormat("%s: it was made with other --key, --differ or --within than the run", path));
  }
  num_known_ += batch.records.size();
  const size_t num_all = all_.size() + num_kept;
  for (size_t i = 0; i < batch.records.size(); ++i) {
    const Record& record = batch.records[i];
    if (record.fate != Fate::kKept) {
      if (record.kept_id >= num_all) return absl::DataLossError("a record was removed for one that is not there");
      removed_.emplace(Hex({record.key_low, record.key_high}), record.kept_id);
      continue;
    }
    if (batch.stored_sources[i] >= names_.size())
      return absl::DataLossError("a record is of a source that is not named");
    EarlierRecord& kept = all_.emplace_back();
    kept.source = batch.stored_sources[i];
    kept.ordinal = record.ordinal;
    kept.id_json = record.id;
    kept.text_hash = record.text_hash;
    kept.num_tokens = record.num_words;
    if (record.num_work_words == 0) {
      kept.id = Hex({record.key_low, record.key_high});
      kept.shingles = ShinglesOfWords(batch.WordsOf(record), answer.shingle_tokens, answer.match.size());
    }
    if (marks_width > 0) {
      const std::span<const uint64_t> marks = batch.MarksOf(record);
      kept.id = Hex({marks[0], marks[1]});
      kept.values = MarkedValues(marks, sameness);
    }
    by_ref_.emplace(Ref(names_[kept.source], kept.ordinal), all_.size() - 1);
  }
  return absl::OkStatus();
}

std::optional<size_t> EarlierRecords::Find(std::string_view source, uint64_t ordinal) const {
  const auto found = by_ref_.find(Ref(source, ordinal));
  return found == by_ref_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<size_t> EarlierRecords::WitnessOfRemoved(const std::string& key) const {
  const auto found = removed_.find(key);
  return found == removed_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace unecho
