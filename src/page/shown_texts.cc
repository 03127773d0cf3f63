#include "page/shown_texts.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/interrupt.h"
#include "oracle/reference.h"
#include "oracle/reference_fields.h"
#include "page/figures.h"
#include "text/scan.h"

namespace unecho {
namespace {

// Longer texts are shown without a look at their similarity: their shingles are too many to keep.
constexpr size_t kComparedBytes = size_t{16} << 10;

}  // namespace

ShownTexts::ShownTexts(std::vector<InputFile> inputs, const AnswerOptions& answer)
    : inputs_(std::move(inputs)), answer_(answer), siblings_(inputs_, answer.encoding, answer.segment) {
  for (const InputFile& file : inputs_) by_name_.emplace(file.name, &file);
}

absl::Status ShownTexts::Read(const ProvenanceFacts& facts) {
  std::map<std::string, WantedOfSource> sources;
  const auto want = [&sources](const std::string& ref, const ClaimedRecord& claim, Extent extent) {
    sources[claim.source].try_emplace(claim.wanted.ordinal, Wanted{ref, &claim, extent});
  };
  // Whole ones first: what one part of the page shows whole, the others have whole, too.
  for (const auto& [ref, witness] : facts.witnesses) want(ref, witness, Extent::kWhole);
  for (const ShownGroup& group : facts.groups) {
    for (const ShownRow& row : group.copies) want(row.ref, row.record, Extent::kWhole);
  }
  for (const Extent extent : {Extent::kWhole, Extent::kBeginning}) {
    for (const ShownRow& row : facts.removed) {
      if (row.is_whole == (extent == Extent::kWhole)) want(row.ref, row.record, extent);
    }
  }
  for (const ShownRow& row : facts.rejected) {
    if (!HidesRejected()) want(row.ref, row.record, Extent::kRaw);
  }
  for (const auto& [name, wanted] : sources) UNECHO_RETURN_IF_ERROR(ReadSource(name, wanted));
  LookAtSimilarities(facts);
  for (auto& [ref, text] : texts_) text.shingles = {}, text.work = {};
  return absl::OkStatus();
}

std::string_view ShownTexts::Of(const std::string& ref) const {
  const auto found = texts_.find(ref);
  return found == texts_.end() ? std::string_view() : std::string_view(found->second.text);
}

absl::Status ShownTexts::ReadSource(const std::string& name, const WantedOfSource& by_ordinal) {
  const auto leave_out = [&](std::string_view why) {
    warnings_.push_back(absl::StrFormat("no text of %s is shown: %s", name, why));
  };
  const auto known = by_name_.find(name);
  if (known == by_name_.end()) {
    leave_out("it is not among the files that were given; give those of the run, by the paths that it had");
    return absl::OkStatus();
  }
  const InputFile* const file = known->second;
  if (file->path == "-") {
    notes_.push_back(
        absl::StrFormat("No text of %s is shown: it was standard input, which cannot be read again.", name));
    return absl::OkStatus();
  }
  if (std::error_code error; !CanBeReadTwice(*file) && std::filesystem::exists(file->path, error)) {
    leave_out("it is no file, and cannot be read twice");
    return absl::OkStatus();
  }
  std::vector<WantedRecord> wanted;
  std::vector<const Wanted*> entries;
  for (const auto& [ordinal, entry] : by_ordinal) {
    wanted.push_back(entry.claim->wanted);
    entries.push_back(&entry);
  }
  std::map<std::string, Text> texts;
  std::string moved;
  const absl::Status status =
      ReadAgain(*file, siblings_, answer_, wanted, &InterruptSignal(), [&](size_t i, Compared record) {
        const Wanted& entry = *entries[i];
        const FoundRecord& found = record.found;
        if (found.offset_bytes != entry.claim->offset_bytes || found.size_bytes != entry.claim->size_bytes) {
          if (moved.empty()) {
            moved = absl::StrFormat(
                "%s is %d bytes from byte %d there, and %d from byte %d in the provenance: it has changed since, or is "
                "not what the run has read",
                entry.ref, found.size_bytes, found.offset_bytes, entry.claim->size_bytes, entry.claim->offset_bytes);
          }
          return;
        }
        Text& text = texts[entry.ref];
        switch (entry.extent) {
          case Extent::kRaw: text.text = Utf8Prefix(found.raw, kRejectBytes); return;
          case Extent::kBeginning: text.text = Utf8Prefix(TextOf(record), kBeginningBytes); return;
          case Extent::kWhole: text.text = Utf8Prefix(TextOf(record), kTextBytes); break;
        }
        text.work = std::move(record.found.work);
        // Which shingles are common, and left out, only the whole input can tell.
        if (record.text.size() > kComparedBytes || answer_.ignore_common > 0) return;
        text.shingles = answer_.match.empty() ? ShinglesOf(record.tokens, answer_.shingle_tokens)
                                              : ShinglesOfFields(record.fields, answer_.shingle_tokens);
      });
  if (absl::IsCancelled(status)) return status;
  if (!moved.empty())
    leave_out(moved);
  else if (!status.ok())
    leave_out(Message(status));
  else
    texts_.merge(texts);
  return absl::OkStatus();
}

std::string ShownTexts::TextOf(const Compared& record) const {
  // What the rules have not gone over is not shown where they take something out.
  if (record.found.work_words.empty() || HidesRejected()) return record.text;
  const size_t title = record.found.num_titles == 0 ? 0 : std::min(record.text.find('\n'), record.text.size());
  return record.text.substr(0, title) + (title > 0 ? "\n" : "") + record.found.work_words + (title == 0 ? "\n" : "") +
         record.text.substr(title);
}

void ShownTexts::LookAtSimilarities(const ProvenanceFacts& facts) {
  std::string first;
  std::set<std::string> sources;
  const auto look = [&](const ShownRow& row) {
    if (!row.is_whole || IsAsSimilar(row) || !unlike_.insert(row.ref).second) return;
    if (first.empty()) first = row.ref + " for " + row.witness;
    sources.insert(row.record.source);
  };
  for (const ShownRow& row : facts.removed) look(row);
  for (const ShownGroup& group : facts.groups) {
    for (const ShownRow& row : group.copies) look(row);
  }
  if (unlike_.empty()) return;
  for (const ShownRow& row : facts.removed) {
    if (!row.is_whole && sources.contains(row.record.source)) texts_.erase(row.ref);
  }
  warnings_.push_back(absl::StrFormat(
      "%d removed records are shown without texts, since these do not have the similarity that the provenance says: "
      "their sources have changed since the run, or are not its inputs (first: %s)",
      unlike_.size(), first));
}

bool ShownTexts::IsAsSimilar(const ShownRow& row) const {
  const auto record = texts_.find(row.ref), witness = texts_.find(row.witness);
  if (!row.similarity || record == texts_.end() || witness == texts_.end()) return true;
  if (answer_.comparison.by == CompareBy::kWorks) {
    const PlainWork &work = record->second.work, &kept = witness->second.work;
    if (row.fate == Name(Fate::kExact)) return work.Text() == kept.Text();
    return std::abs(JudgePlainly(work, kept).likeness - *row.similarity) < 1e-6;
  }
  const auto &a = record->second.shingles, &b = witness->second.shingles;
  return !a || !b || std::abs(SimilarityOf(*a, *b) - *row.similarity) < 1e-6;  // six decimals are written
}

double ShownTexts::SimilarityOf(std::span<const uint64_t> a, std::span<const uint64_t> b) const {
  if (answer_.match.empty()) return ReferenceSimilarity(a, b);
  return std::ranges::min(ReferenceSimilarities(a, b, answer_.match.size()));
}

}  // namespace unecho
