#include "match/against.h"

#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "base/batch.h"
#include "base/hash_map.h"
#include "base/mapped_array.h"
#include "match/index.h"
#include "match/index_search.h"
#include "match/ngrams.h"
#include "oracle/exact_join.h"

namespace unecho {
namespace {

constexpr uint64_t kMaxTokens = std::numeric_limits<uint32_t>::max() - 1;

struct Scratch {
  explicit Scratch(int shingle_tokens) : search(shingle_tokens) {}
  IndexSearch search;
  std::vector<uint32_t> runs;     // of n tokens, by their place in the store
  std::vector<uint32_t> sharing;  // evaluation records that are shared ...
  std::vector<uint32_t> counts;   // ... and by how many runs, by record: all zero between searches
};

struct Shared {
  uint32_t text = 0;
  uint32_t ngrams = 0;  // 0: none
};

void SortDistinct(std::vector<uint32_t>& values) {
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

// Counts a shared run of the record.
void Count(uint32_t text, Scratch& s) {
  if (s.counts.size() <= text) s.counts.resize(size_t{text} + text / 2 + 64);
  if (s.counts[text]++ == 0) s.sharing.push_back(text);
}

// The record that shares most runs; ties: the first. Sets the counts back.
Shared MostShared(Scratch& s) {
  Shared best;
  for (const uint32_t text : s.sharing) {
    const uint32_t count = std::exchange(s.counts[text], 0);
    if (count > best.ngrams || (count == best.ngrams && text < best.text)) best = {text, count};
  }
  return best;
}

}  // namespace

struct Against::Impl {
  Impl(const AnswerOptions& answer, const BandPlan& band_plan)
      : plan(band_plan),
        threshold(answer.threshold),
        ngram_tokens(static_cast<uint32_t>(answer.against_ngram_tokens)),
        index(band_plan),
        scratch([shingle_tokens = answer.shingle_tokens] { return Scratch(shingle_tokens); }) {
    if (answer.exact_join) join.emplace(answer.threshold);
  }

  struct Text {
    uint32_t first = 0;  // in `store`
    uint32_t count = 0;
    RecordRef ref;
  };

  uint32_t TextAt(uint32_t place) const {
    const auto behind = std::ranges::upper_bound(texts, place, {}, &Text::first);
    return static_cast<uint32_t>(behind - texts.begin()) - 1;
  }

  Shared FindShared(std::span<const uint64_t> words, Scratch& s) const;
  void FindNear(const Batch& batch, const Shared& shared, Scratch& s, Record& record) const;

  BandPlan plan;
  double threshold;
  uint32_t ngram_tokens;
  MappedArray<uint64_t> store;                  // word hashes of all evaluation records, one after the other
  std::vector<Text> texts;                      // in order; the number of a text is its number in `index` and `join`
  HashSet<std::pair<uint64_t, uint64_t>> keys;  // of the texts; gone after Finish()
  std::optional<NgramTable> runs;               // of ngram_tokens, of the long texts
  std::optional<NgramTable> beginnings;         // the first min(n, kMinAgainstTokens) tokens of each short text
  Index index;
  std::optional<ExactJoin> join;
  mutable tbb::enumerable_thread_specific<Scratch> scratch;
};

Against::Against(const AnswerOptions& answer, const BandPlan& plan) : impl_(std::make_unique<Impl>(answer, plan)) {}

Against::~Against() = default;

absl::Status Against::Enter(const Batch& batch, SourceId source) {
  Impl& impl = *impl_;
  const auto bands = static_cast<size_t>(impl.plan.bands);
  std::vector<Index::NewRecord> fresh;
  for (const Record& record : batch.records) {
    if (record.num_words == 0 || !impl.keys.emplace(record.key_low, record.key_high).second) continue;
    const uint64_t first = impl.store.size();
    if (first + record.num_words > kMaxTokens) {
      return absl::ResourceExhaustedError(
          "the evaluation sets of --against have more than 4,294,967,294 tokens; use them one after the other");
    }
    std::ranges::copy(batch.WordHashesOf(record), impl.store.Extend(record.num_words));
    impl.texts.push_back({static_cast<uint32_t>(first), record.num_words, {source, record.ordinal}});
    if (impl.join) {
      impl.join->Enter({batch.shingles.data() + record.first_shingle, record.num_shingles});
    } else {
      fresh.push_back({batch.WordsOf(record),
                       batch.sketches.data() + size_t{record.sketch_row} * kSketchBytes,
                       batch.band_keys.data() + record.sketch_row * bands,
                       0,
                       {}});
    }
  }
  return impl.index.Add(fresh);
}

void Against::Finish() {
  Impl& impl = *impl_;
  const uint32_t n = impl.ngram_tokens, least = std::min(n, kMinAgainstTokens);
  uint64_t num_runs = 0, num_short = 0;
  for (const Impl::Text& text : impl.texts) {
    if (text.count >= n)
      num_runs += text.count - n + 1;
    else
      num_short += text.count >= least;
  }
  impl.runs.emplace(n, num_runs);
  impl.beginnings.emplace(least, num_short);
  for (uint32_t i = 0; i < impl.texts.size(); ++i) {
    const Impl::Text& text = impl.texts[i];
    if (text.count >= n)
      impl.runs->Enter(impl.store.data(), text.first, text.count, i);
    else if (text.count >= least)
      impl.beginnings->Enter(impl.store.data(), text.first, least, i);
  }
  impl.keys = {};
}

Shared Against::Impl::FindShared(std::span<const uint64_t> words, Scratch& s) const {
  s.runs.clear();
  s.sharing.clear();
  beginnings->ForEachHit(store.data(), words, [&](uint32_t place, size_t at) {
    const auto check = [&](uint32_t number) {
      const Text& text = texts[number];
      const std::span<const uint64_t> rest = words.subspan(at);
      const bool is_known =
          number < s.counts.size() && s.counts[number] > 0;  // a short record is one run, however often it occurs
      if (!is_known && text.count <= rest.size() &&
          std::equal(rest.begin(), rest.begin() + text.count, store.data() + text.first)) {
        Count(number, s);
      }
    };
    check(TextAt(place));
    for (const uint32_t other : beginnings->OtherTexts(place)) check(other);
  });
  runs->ForEachHit(store.data(), words, [&](uint32_t place, size_t) { s.runs.push_back(place); });
  SortDistinct(s.runs);
  for (const uint32_t place : s.runs) {
    Count(TextAt(place), s);
    for (const uint32_t other : runs->OtherTexts(place)) Count(other, s);
  }
  return MostShared(s);
}

// Sets the record's witness and similarity: those of the text it shares most with, or of the most similar one.
void Against::Impl::FindNear(const Batch& batch, const Shared& shared, Scratch& s, Record& record) const {
  const bool shares = shared.ngrams > 0;
  if (join) {
    for (const ExactJoin::Match& match :
         join->Find({batch.shingles.data() + record.first_shingle, record.num_shingles})) {
      if (shares ? match.kept_id != shared.text : match.similarity <= record.similarity) continue;
      record.similarity = match.similarity;
      record.witness = texts[match.kept_id].ref;
    }
  } else if (shares) {
    s.search.verifier.Begin(batch.WordsOf(record));
    uint32_t distinct = 0;
    record.similarity =
        s.search.verifier.Similarity(index.words(shared.text, s.search.words), threshold, distinct).value_or(0);
  } else if (const IndexMatch match = s.search.Best(index, plan, threshold, batch, record); match.similarity >= 0) {
    record.similarity = match.similarity;
    record.witness = texts[match.id].ref;
  }
  if (shares) record.witness = texts[shared.text].ref;
}

void Against::operator()(Batch& batch) const {
  const Impl& impl = *impl_;
  Scratch& s = impl.scratch.local();
  for (Record& record : batch.records) {
    if (record.num_words == 0 || record.is_repeat || record.is_reference) continue;
    const Shared shared = impl.FindShared(batch.WordHashesOf(record), s);
    impl.FindNear(batch, shared, s, record);
    if (shared.ngrams == 0 && record.similarity == 0) continue;
    record.fate = Fate::kContaminated;
    record.ngrams = shared.ngrams;
  }
}

uint64_t Against::memory_bytes() const {
  const Impl& impl = *impl_;
  return impl.store.memory_bytes() + impl.texts.capacity() * sizeof(Impl::Text) + impl.keys.capacity() * 17 +
         (impl.runs ? impl.runs->memory_bytes() : 0) + (impl.beginnings ? impl.beginnings->memory_bytes() : 0) +
         impl.index.memory_bytes() + (impl.join ? impl.join->memory_bytes() : 0);
}

}  // namespace unecho
