// Reads the evaluation sets of --against, before anything else.
//
//   bytes -> prepare | sketch | enter
//   in order   parallel       in order
#include <algorithm>

#include "absl/strings/str_format.h"
#include "base/hash.h"
#include "flow/numbering.h"
#include "flow/prepare.h"
#include "flow/run.h"
#include "match/sketch.h"
#include "read/evaluation_sets.h"

namespace unecho {
namespace {

// What the layout of a set has to say of --match-fields, which are those of --against-fields here.
class CheckNames {
 public:
  explicit CheckNames(const std::vector<InputFile>& files) : files_(files) {}
  absl::Status operator()(Batch& batch) const {
    if (batch.misfit.empty()) return absl::OkStatus();
    constexpr std::string_view kOption = "--match-fields";
    const bool names_it = batch.misfit.starts_with(kOption);
    return absl::InvalidArgumentError(
        absl::StrFormat("--against %s: %s%s", files_[static_cast<size_t>(batch.source)].path,
                        names_it ? "--against-fields" : "", batch.misfit.substr(names_it ? kOption.size() : 0)));
  }

 private:
  const std::vector<InputFile>& files_;
};

// Enters the records of the sets, and counts them.
class EnterSets {
 public:
  EnterSets(const Run& run, Against& against, std::vector<AgainstInfo>& sets)
      : first_set_(run.plan.inputs.size()),
        least_tokens_(std::min(static_cast<uint32_t>(run.options.answer.against_ngram_tokens), kMinAgainstTokens)),
        against_(against),
        sets_(sets) {}
  absl::Status operator()(Batch& batch) {
    const auto set = static_cast<size_t>(batch.source);
    seen_names_ |= batch.seen_names;
    for (const Record& record : batch.records) {
      const uint64_t key[] = {record.key_low, record.key_high};
      digest_.Add({reinterpret_cast<const char*>(key), sizeof key});
    }
    Count(batch, sets_[set]);
    return against_.Enter(batch, SourceId{static_cast<uint32_t>(first_set_ + set)});
  }
  uint64_t memory_bytes() const { return against_.memory_bytes(); }
  uint64_t digest() const { return digest_.value(); }  // of the tokens of all records
  // Some record has a value for this field of --against-fields, by its place there.
  bool HasSeen(size_t field) const { return field >= Batch::kIdName || (seen_names_ >> field & 1) != 0; }

 private:
  void Count(const Batch& batch, AgainstInfo& set) const {
    for (const Record& record : batch.records) {
      if (!record.is_last_fragment) continue;
      ++set.records;
      if (record.reason != Reason::kNone) {
        ++set.unusable;
      } else {
        set.too_short += record.num_words < least_tokens_;
      }
    }
  }

  size_t first_set_;  // evaluation sets count on behind the inputs
  uint32_t least_tokens_;
  Against& against_;
  std::vector<AgainstInfo>& sets_;
  uint64_t seen_names_ = 0;
  Digest64 digest_;
};

}  // namespace

absl::Status ReadEvaluationSets(Run& run) {
  const std::vector<InputFile>& files = run.plan.sets;
  if (files.empty()) return absl::OkStatus();
  const AnswerOptions answer = OptionsOfSets(run.options.answer);
  auto against = std::make_unique<Against>(run.options.answer, run.plan.bands);
  std::vector<AgainstInfo>& sets = run.facts.against;
  sets.resize(files.size());
  std::atomic<uint64_t> bytes_read{0};
  BatchReader reader(
      files, [&](size_t i) { return OpenInput(files[i], run.options.run.stop); }, answer, run.options.run.batch_bytes,
      &bytes_read);
  const Prepare prepare(answer);
  const Sketcher sketch(run.plan.bands, run.options.answer.shingle_tokens, run.options.answer.seed);
  Numbering number(run.plan.sources, false, nullptr, {});
  CheckNames check_names(files);
  EnterSets enter(run, *against, sets);

  Chain chain;
  chain.Parallel("prepare", prepare);
  if (!answer.exact_join) chain.Parallel("sketch", sketch);
  chain.InOrder("enter", check_names, number, enter);
  UNECHO_RETURN_IF_ERROR(run.Drive(kSetsPass, reader, chain, 0, nullptr));
  against->Finish();
  run.against_digest = enter.digest();
  run.facts.stages.push_back({std::string(kSetsPass) + "tables", 0, against->memory_bytes()});
  for (size_t i = 0; i < files.size(); ++i) {
    AgainstInfo& set = sets[i];
    const SourceFacts& source = reader.facts()[i];
    set.source = {files[i].name,      files[i].path,   source.layout,
                  source.compression, source.encoding, source.num_undecodable};
    if (set.unusable < set.records) continue;
    return absl::InvalidArgumentError(
        absl::StrFormat("--against %s: %s (layout %s); name its fields by --against-fields, or its layout by "
                        "--against-layout",
                        files[i].path,
                        set.records == 0   ? std::string("there is no record in it")
                        : set.records == 1 ? std::string("its only record cannot be used")
                                           : absl::StrFormat("none of its %d records can be used", set.records),
                        set.source.layout));
  }
  for (size_t i = 0; i < answer.segment.match_fields.size(); ++i) {
    if (enter.HasSeen(i)) continue;
    return absl::InvalidArgumentError(absl::StrFormat(
        "--against-fields: no record of the evaluation sets has a value for '%s' ('unecho inspect' lists "
        "the fields)",
        answer.segment.match_fields[i]));
  }
  run.against = std::move(against);
  const uint64_t bytes = run.against->memory_bytes();
  return CheckMemory(run.plan.memory, {.tables_bytes = bytes, .sets_bytes = bytes}, run.plan.memory_limit_bytes, 0);
}

}  // namespace unecho
