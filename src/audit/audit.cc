#include "unecho/audit.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_format.h"
#include "audit/against.h"
#include "audit/claims.h"
#include "audit/field_values.h"
#include "audit/groups.h"
#include "audit/order_value.h"
#include "audit/records.h"
#include "audit/report.h"
#include "audit/spans.h"
#include "layouts/cutter.h"
#include "layouts/sniff.h"
#include "options/match_fields.h"
#include "oracle/exact_join.h"
#include "oracle/reference.h"
#include "oracle/reference_fields.h"
#include "read/evaluation_sets.h"
#include "read/sources.h"
#include "text/json.h"

namespace unecho {
namespace {

// Records recomputed at a time: enough to keep every thread busy, few enough to forget their texts soon.
constexpr size_t kBlockRecords = 4096;

// What stays of a record when its source has been read.
struct Proof {
  bool read = false;   // its span was sound
  bool sound = false;  // ... and is no reason to reject it
  std::string id;      // equal ids: equal token sequences
  uint64_t num_tokens = 0;
  uint64_t text_hash = 0;
  std::string id_json;             // of --id-field
  FieldValues values;              // for --key, --differ, --within
  OrderValue order;                // of the FIELD of --keep
  std::vector<uint64_t> shingles;  // kept; near until it has been compared; all with --ignore-common
};

class Auditor {
 public:
  explicit Auditor(const AuditOptions& options) : options_(options), answer_(options.answer) {}

  absl::StatusOr<AuditResult> Run() {
    if (options_.provenance.empty()) {
      return absl::InvalidArgumentError("audit: no provenance to check; give the file of the run with --provenance");
    }
    if (!options_.report.empty()) {
      UNECHO_ASSIGN_OR_RETURN(report_, AuditReport::Read(options_.report));
      UNECHO_RETURN_IF_ERROR(report_->TakeParameters(answer_));
      is_segment_ = report_->IsOfSegment();
    }
    if (report_) sources_ = report_->Sources(options_.inputs, options_.stdin_name, answer_);
    if (sources_.empty()) sources_ = NameSources(options_.inputs, answer_, options_.stdin_name);
    UNECHO_RETURN_IF_ERROR(CheckSourceOrder(answer_, sources_));
    if (!answer_.against.empty()) {
      sets_ = NameAgainst(sources_, answer_.against, options_.stdin_name);
      UNECHO_ASSIGN_OR_RETURN(against_, AuditAgainst::Read(answer_, sets_));
    }
    UNECHO_RETURN_IF_ERROR(CheckSameness(answer_));
    UNECHO_RETURN_IF_ERROR(CheckMatch(answer_));
    if (!answer_.aligned.empty() && sources_.front().aligned.size() != answer_.aligned.size())
      return absl::InvalidArgumentError("audit: name the files that were aligned, all of them and in their order");
    sameness_ = SamenessOf(answer_);
    result_.has_keys = !sameness_.keys.empty();
    repeated_lines_ = AuditRepeatedLines(answer_);
    UNECHO_ASSIGN_OR_RETURN(claims_,
                            ReadClaims(options_.provenance, sources_, sameness_.keys, against_.get(), violations_));
    proofs_.resize(claims_->all.size());
    groups_ = AuditGroups(claims_->all);
    if (answer_.annotate) ListCopies();
    if (!options_.corpus.empty() && answer_.as_input) {
      return absl::InvalidArgumentError(
          "audit: the corpus was written with --as input, and is no list of records that could be checked one by one; "
          "leave --corpus out: the provenance is checked all the same");
    }
    if (!options_.corpus.empty()) {
      UNECHO_ASSIGN_OR_RETURN(auto lines, LineStream::Open(options_.corpus));
      corpus_.emplace(std::move(lines));
    }
    for (uint32_t source = 0; repeated_lines_.counts() && source < sources_.size(); ++source)
      UNECHO_RETURN_IF_ERROR(CountUnits(source));
    for (uint32_t source = 0; source < sources_.size(); ++source) UNECHO_RETURN_IF_ERROR(CheckSource(source));
    if (corpus_) UNECHO_RETURN_IF_ERROR(CheckCorpusEnd());
    if (options_.recall) CheckRecallAgainst();
    if (answer_.ignore_common > 0) LeaveOutCommon();
    SettleDates();
    for (const size_t i : waiting_) CheckRemoval(i);
    if (!is_segment_) CheckEqualRecords();
    if (options_.recall) CheckRecall();
    if (report_) report_->Check(sources_, sets_, *claims_, against_.get(), answer_, tally_, violations_);
    result_.num_violations = violations_.count();
    result_.violations = violations_.TakeListed();
    return std::move(result_);
  }

 private:
  const Claim& ClaimOf(size_t i) const { return claims_->all[i]; }
  bool IsReference(size_t i) const { return ClaimOf(i).source < answer_.reference.size(); }
  bool MayBeWitness(size_t i) const { return ClaimOf(i).fate == Fate::kKept || ClaimOf(i).fate == Fate::kReference; }
  std::string Ref(size_t i) const { return ClaimRef(sources_, ClaimOf(i)); }
  void Violation(size_t i, std::string_view what) { violations_.Add(Ref(i), what); }

  void ListCopies() {
    copies_.resize(claims_->all.size());
    const bool has_ids = !answer_.segment.id_field.empty();
    for (size_t i = 0; i < claims_->all.size(); ++i) {
      if (ClaimOf(i).witness == Claim::kNoWitness) continue;
      AuditCopies& copies = copies_[ClaimOf(i).witness];
      copies.refs.push_back(Ref(i));
      if (has_ids) copies.ids.emplace_back(ClaimOf(i).id);
    }
  }

  LayoutPtr LayoutOf(uint32_t source, std::string_view bytes) const {
    if (answer_.layout != nullptr) return answer_.layout;
    const auto reported = report_ ? report_->LayoutOf(sources_[source].name) : std::nullopt;
    LayoutPtr guessed = GuessLayout(bytes, answer_.segment, sources_[source].name);
    if (!reported || guessed->name() == *reported) return guessed;  // what auto makes of a source is no built-in one
    LayoutPtr layout = FindLayout(*reported);                       // of one in a file the report has the profile
    return layout != nullptr ? layout : guessed;
  }

  // --- one source --------------------------------------------------------------------------------------------------

  // Nothing, where the run could not read it either and has skipped it.
  absl::StatusOr<WholeText> ReadSource(uint32_t source) const {
    absl::StatusOr<WholeText> text = ReadText(sources_[source], answer_.encoding, answer_.layout.get());
    if (!answer_.skip_unreadable || !claims_->OfSource(source).empty()) return text;
    const bool is_unknown =
        text.ok() && answer_.layout == nullptr &&
        SniffLayout(text->text.substr(0, kSniffBytes), true, answer_.segment, sources_[source].name)->layout == nullptr;
    if (!text.ok() || is_unknown) return WholeText();
    return text;
  }

  // --at-least: in how many records each unit of text stands. What is wrong is said when the source is checked.
  absl::Status CountUnits(uint32_t source) {
    UNECHO_ASSIGN_OR_RETURN(const WholeText text, ReadSource(source));
    if (text.widths != nullptr) PointIntoText(text, claims_->OfSource(source));
    const LayoutPtr layout = LayoutOf(source, text.text);
    Violations unsaid;
    const AuditSource reading =
        ReadSpans(*layout, text.text, answer_.segment, claims_->OfSource(source), sources_, source, unsaid);
    RecordReader reader(answer_, *layout, is_segment_);
    for (const AuditSpan& span : reading.spans) {
      if (span.sound) repeated_lines_.Count(reader.CutIntoLines(reader.ReadText(span), repeated_lines_));
    }
    return absl::OkStatus();
  }

  absl::Status CheckSource(uint32_t source) {
    UNECHO_ASSIGN_OR_RETURN(const WholeText text, ReadSource(source));
    if (text.widths != nullptr) PointIntoText(text, claims_->OfSource(source));
    const std::string& bytes = text.text;
    const LayoutPtr layout = LayoutOf(source, bytes);
    const bool are_fields = TraitsOf(*layout).pieces_are_fields || !answer_.match.empty();
    const auto claims = claims_->OfSource(source);
    const size_t first = claims_->first_of_source[source];
    const AuditSource reading = ReadSpans(*layout, bytes, answer_.segment, claims, sources_, source, violations_);
    Ledger ledger;
    ledger.bytes_read = bytes.size();
    ledger[ByteClass::kFurniture] = reading.furniture_bytes;
    ledger[ByteClass::kSeparator] = reading.separator_bytes;
    std::vector<AuditTally::Place> places;

    tbb::enumerable_thread_specific<RecordReader> readers([&] { return RecordReader(answer_, *layout, is_segment_); });
    for (size_t begin = 0; begin < claims.size(); begin += kBlockRecords) {
      const size_t end = std::min(begin + kBlockRecords, claims.size());
      std::vector<RecordFacts> facts(end - begin);
      std::vector<std::string> lines(end - begin);
      std::vector<std::optional<AuditAgainst::Shared>> shared(end - begin);
      std::vector<std::vector<AuditRepeatedLines::Piece>> pieces(repeated_lines_.idle() ? 0 : end - begin);
      tbb::parallel_for(begin, end, [&](size_t i) {
        if (!reading.spans[i].sound) return;
        RecordFacts& record = facts[i - begin];
        record = readers.local().ReadText(reading.spans[i]);
        if (!repeated_lines_.idle()) pieces[i - begin] = readers.local().CutIntoLines(record, repeated_lines_);
      });
      for (size_t i = begin; !repeated_lines_.idle() && i < end; ++i) {
        if (!reading.spans[i].sound) continue;
        RecordReader::TakeRepeatedLines(pieces[i - begin], Ref(first + i), are_fields, repeated_lines_,
                                        facts[i - begin], tally_.rewrites);
      }
      tbb::parallel_for(begin, end, [&](size_t i) {
        const AuditSpan& span = reading.spans[i];
        if (!span.sound) return;
        const Fate fate = claims[i].fate;
        RecordReader& reader = readers.local();
        RecordFacts& record = facts[i - begin];
        const bool wants_shingles = fate != Fate::kExact || answer_.ignore_common > 0;
        reader.ReadTokens(record, wants_shingles && fate != Fate::kRejected);
        if (against_) shared[i - begin] = against_->Find(record.tokens);
        if (!corpus_ || !IsInCorpus(fate) || record.reason != Reason::kNone) return;
        const auto* copies = answer_.annotate ? &copies_[first + i] : nullptr;
        const std::string mark = answer_.mark ? MarkOf(first + i) : std::string();
        lines[i - begin] = reader.CorpusLine(span, record, Ref(first + i), copies, mark);
      });
      for (size_t i = begin; i < end; ++i) {
        const AuditSpan& span = reading.spans[i];
        if (span.sound) ListPlaces(span, claims[i].offset_bytes, facts[i - begin], places);
        CheckRecord(first + i, span, facts[i - begin], shared[i - begin], ledger);
        if (corpus_ && proofs_[first + i].sound && IsInCorpus(claims[i].fate)) {
          UNECHO_RETURN_IF_ERROR(CheckCorpusLine(first + i, std::move(lines[i - begin])));
        }
      }
    }
    for (const RecordReader& reader : readers) tally_.rewrites.Add(reader.rewrites());
    tally_.layouts.push_back(layout);
    tally_.ledgers.push_back(ledger);
    tally_.places.push_back(std::move(places));
    return absl::OkStatus();
  }

  bool IsInCorpus(Fate fate) const {
    return fate == Fate::kKept || (answer_.mark && fate != Fate::kRejected && fate != Fate::kReference);
  }

  // What --mark says of a record, by its claim.
  std::string MarkOf(size_t i) const {
    const Claim& claim = ClaimOf(i);
    std::string mark = absl::StrFormat(",\"fate\":\"%s\"", Name(claim.fate));
    std::string witness;
    if (claim.witness != Claim::kNoWitness) witness = ClaimRef(sources_, ClaimOf(claim.witness));
    if (claim.evaluation != Claim::kNoWitness) witness = against_->ref(claim.evaluation);
    if (!witness.empty()) {
      mark += ",\"witness\":";
      AppendJsonString(witness, mark);
    }
    if (!claim.similarity.empty()) absl::StrAppendFormat(&mark, ",\"similarity\":%s", claim.similarity);
    if (claim.by_key > 0 && claim.by_key <= sameness_.keys.size()) {
      mark += ",\"by\":";
      AppendJsonString("key:" + sameness_.keys[claim.by_key - 1].name, mark);
    }
    return mark + GroupOf(i);
  }

  std::string GroupOf(size_t i) const {
    const size_t witness = ClaimOf(i).witness;
    return groups_.Text(claims_->all, i, Ref(witness == Claim::kNoWitness ? i : witness));
  }

  // The first malformed sequences of the source.
  static void ListPlaces(const AuditSpan& span, uint64_t offset_bytes, const RecordFacts& facts,
                         std::vector<AuditTally::Place>& places) {
    if (facts.invalid_utf8 == 0) return;
    const auto* bytes = reinterpret_cast<const uint8_t*>(span.bytes.data());
    const auto size = static_cast<int64_t>(span.bytes.size());
    for (int64_t at = 0; at < size && places.size() < AuditTally::kMaxPlaces;) {
      const int64_t begin = at;
      UChar32 c = 0;
      U8_NEXT(bytes, at, size, c);
      if (c >= 0) continue;
      const auto before = static_cast<size_t>(begin);
      places.push_back({offset_bytes + before, span.line + CountLineEnds(span.bytes, before)});
    }
  }

  void CheckRecord(size_t i, const AuditSpan& span, RecordFacts& facts,
                   const std::optional<AuditAgainst::Shared>& shared, Ledger& ledger) {
    const Claim& claim = ClaimOf(i);
    Proof& proof = proofs_[i];
    ++result_.records;
    ++ledger.records_read;
    ++ledger[claim.fate];
    if (claim.fate == Fate::kRejected) ++ledger[claim.reason];
    CountFate(claim.fate);
    if (!span.sound) return;  // the violation is listed
    proof.read = true;
    ledger[ByteClass::kFurniture] += span.furniture_bytes;
    const uint64_t own_bytes = claim.size_bytes - span.furniture_bytes;
    if (claim.fate == Fate::kRejected) {
      ledger[ByteClass::kRejected] += own_bytes;
    } else {
      ledger[ByteClass::kRecord] += own_bytes - facts.left_out_bytes;
      ledger[ByteClass::kLeftOut] += facts.left_out_bytes;
    }
    ledger.invalid_utf8 += facts.invalid_utf8;
    CheckLine(i, span, facts);
    if (claim.fate == Fate::kRejected) {
      if (facts.reason == Reason::kNone) {
        Violation(i, absl::StrFormat("is rejected as %s without cause", Name(claim.reason)));
      } else if (facts.reason != claim.reason) {
        Violation(i, absl::StrFormat("is rejected as %s; the reason is %s", Name(claim.reason), Name(facts.reason)));
      }
      return;
    }
    if (facts.reason != Reason::kNone) {
      return Violation(i, absl::StrFormat("is %s and should be rejected as %s", Name(claim.fate), Name(facts.reason)));
    }
    proof.sound = true;
    proof.id = std::move(facts.id);
    proof.num_tokens = facts.num_tokens;
    proof.text_hash = facts.text_hash;
    proof.id_json = facts.id_json;
    proof.values = std::move(facts.values);
    proof.order = OrderValue(facts.order_json);
    proof.shingles = std::move(facts.shingles);
    if ((claim.fate == Fate::kReference) != IsReference(i)) {
      return Violation(i, absl::StrFormat("is %s and comes from a file that %s", Name(claim.fate),
                                          IsReference(i) ? "--reference names" : "--reference does not name"));
    }
    if (IsReference(i)) return;
    if (claim.fate == Fate::kContaminated) return CheckContaminated(i, shared);
    if (shared) {
      Violation(i, absl::StrFormat("is %s but shares %d runs of tokens with %s: it should be contaminated",
                                   Name(claim.fate), shared->ngrams, against_->ref(shared->text)));
    }
    if (claim.fate == Fate::kKept) return;
    const bool witness_is_read = claim.witness < i;
    if (witness_is_read && answer_.ignore_common == 0)
      CheckRemoval(i);
    else
      waiting_.push_back(i);
  }

  void CountFate(Fate fate) {
    switch (fate) {
      case Fate::kKept: ++result_.kept; break;
      case Fate::kExact: ++result_.exact; break;
      case Fate::kNear: ++result_.near; break;
      case Fate::kContaminated: ++result_.contaminated; break;
      case Fate::kReference: ++result_.reference; break;
      case Fate::kRejected:
      case Fate::kCount: ++result_.rejected; break;
    }
  }

  // The line of the provenance, written anew from what is known by now and compared byte for byte. What it claims of
  // the witness and the similarity is checked by CheckRemoval.
  void CheckLine(size_t i, const AuditSpan& span, const RecordFacts& facts) {
    const Claim& claim = ClaimOf(i);
    std::string line = "{\"ref\":";
    AppendJsonString(Ref(i), line);
    line += ",\"source\":";
    AppendJsonString(sources_[claim.source].name, line);
    line += absl::StrFormat(",\"ordinal\":%d,\"offset\":%d,\"bytes\":%d,\"fate\":\"%s\"", claim.ordinal,
                            claim.written_offset, claim.written_size, Name(claim.fate));
    if (claim.fate == Fate::kExact || claim.fate == Fate::kNear) {
      if (claim.witness == Claim::kNoWitness) return;  // CheckRemoval says so
      line += ",\"witness\":";
      AppendJsonString(Ref(claim.witness), line);
      line += absl::StrFormat(",\"similarity\":%s", claim.similarity);
      if (!claim.similarities.empty() && !answer_.match.empty())
        line += absl::StrFormat(",\"similarities\":%s", claim.similarities);
      if (claim.by_key > 0 && claim.by_key != Claim::kNoSuchKey) {
        line += ",\"by\":";
        AppendJsonString("key:" + sameness_.keys[claim.by_key - 1].name, line);
      }
    }
    if (claim.fate == Fate::kContaminated) {
      if (claim.evaluation == Claim::kNoWitness) return;  // CheckContaminated says so
      line += ",\"witness\":";
      AppendJsonString(against_->ref(claim.evaluation), line);
      if (!claim.similarity.empty()) line += absl::StrFormat(",\"similarity\":%s", claim.similarity);
      line += absl::StrFormat(",\"ngrams\":%d", claim.ngrams);
    }
    if (claim.fate == Fate::kRejected) {
      line += absl::StrFormat(",\"reason\":\"%s\",\"line\":%d", Name(claim.reason), span.line);
    }
    line += GroupOf(i);
    if (!facts.id_json.empty()) line += ",\"id\":" + facts.id_json;
    if (!span.snapshot.empty()) {
      line += ",\"snapshot\":";
      AppendJsonString(span.snapshot, line);
    }
    if (!facts.cleaned.language.empty()) line += absl::StrFormat(",\"language\":\"%s\"", facts.cleaned.language);
    line += facts.removed_lines;
    line += '}';
    if (line != claim.text) Violation(i, absl::StrFormat("provenance says %s and should say %s", claim.text, line));
  }

  // --- common shingles ---------------------------------------------------------------------------------------------

  // --ignore-common: what all sets have too often goes out of each. Records of the same tokens count once.
  void LeaveOutCommon() {
    absl::flat_hash_map<std::string_view, size_t> first_with;
    std::vector<uint64_t> all;
    const auto is_compared = [this](size_t i) { return proofs_[i].sound && ClaimOf(i).fate != Fate::kContaminated; };
    for (size_t i = 0; i < proofs_.size(); ++i) {
      if (!is_compared(i) || !first_with.emplace(proofs_[i].id, i).second) continue;
      all.insert(all.end(), proofs_[i].shingles.begin(), proofs_[i].shingles.end());
    }
    const std::vector<uint64_t> common = CommonShinglesOf(std::move(all), answer_.ignore_common);
    tally_.common.shingles = common.size();
    for (size_t i = 0; i < proofs_.size(); ++i) {
      if (!is_compared(i)) continue;
      std::vector<uint64_t>& shingles = proofs_[i].shingles;
      const bool has_common = std::ranges::any_of(
          shingles, [&common](uint64_t shingle) { return std::ranges::binary_search(common, shingle); });
      if (!has_common) continue;
      std::vector<uint64_t> left = WithoutCommon(shingles, common);
      ++(left.size() < shingles.size() ? tally_.common.records : tally_.common.whole);
      shingles = std::move(left);
    }
  }

  // --- removals ----------------------------------------------------------------------------------------------------

  void CheckRemoval(size_t i) {
    const Claim& claim = ClaimOf(i);
    Proof& proof = proofs_[i];
    const std::vector<uint64_t> shingles = std::move(proof.shingles);
    if (claim.witness == Claim::kNoWitness) return Violation(i, "its witness is no record of these inputs");
    const Proof& witness = proofs_[claim.witness];
    if (!MayBeWitness(claim.witness)) {
      return Violation(i, absl::StrFormat("its witness %s is not kept", Ref(claim.witness)));
    }
    if (!witness.sound) return Violation(i, absl::StrFormat("its witness %s cannot be read", Ref(claim.witness)));
    if (!IsPreferred(claim.witness, i)) {
      Violation(i, absl::StrFormat("its witness %s does not come before it in the order of --keep %s",
                                   Ref(claim.witness), KeepPolicyName(answer_)));
    }
    const bool equal = proof.id == witness.id;
    const size_t key = FirstEqualKey(proof.values, witness.values);
    CheckFields(i, key);
    CheckGroup(i, witness);
    if (claim.fate == Fate::kExact) {
      if (!equal) Violation(i, absl::StrFormat("is exact but its tokens differ from those of %s", Ref(claim.witness)));
      if (claim.similarity != "1.000000") Violation(i, "is exact but its similarity is not 1.000000");
      if (!claim.similarities.empty()) Violation(i, "is exact and lists similarities of fields");
      return;
    }
    if (equal) Violation(i, absl::StrFormat("is near but its tokens equal those of %s", Ref(claim.witness)));
    const double similarity = CheckSimilarity(i, key > 0, shingles, witness.shingles);
    // 29/100 times 100 must not fall below 29.
    ++tally_.similarities[static_cast<uint64_t>(std::floor(100 * similarity + 1e-9))];
  }

  void CheckGroup(size_t i, const Proof& witness) {
    if (!groups_.any()) return;
    const Claim& claim = ClaimOf(i);
    const bool has_same_bytes = proofs_[i].text_hash == witness.text_hash;
    if (claim.fate == Fate::kExact && claim.equal != (has_same_bytes ? "\"bytes\"" : "\"tokens\""))
      Violation(i, absl::StrFormat("its text is%s that of %s byte by byte", has_same_bytes ? "" : " not",
                                   Ref(claim.witness)));
    if (claim.witness_id != witness.id_json)
      Violation(i, absl::StrFormat("%s is called %s, not %s", Ref(claim.witness), witness.id_json, claim.witness_id));
  }

  // Of a record that is near; gives what it is.
  double CheckSimilarity(size_t i, bool is_by_key, std::span<const uint64_t> own,
                         std::span<const uint64_t> of_witness) {
    const Claim& claim = ClaimOf(i);
    std::string text;
    const auto compare = [&](double similarity) {
      AppendFixed6(similarity, text);
      if (text == claim.similarity) return;
      Violation(i, absl::StrFormat("its similarity to %s is %s, not %s", Ref(claim.witness), text, claim.similarity));
    };
    if (answer_.match.empty()) {
      const double similarity = ReferenceSimilarity(own, of_witness);
      compare(similarity);
      if (!is_by_key && !(similarity >= answer_.threshold)) {
        Violation(
            i, absl::StrFormat("its similarity to %s, %s, is below %g", Ref(claim.witness), text, answer_.threshold));
      }
      return similarity;
    }
    const std::vector<double> similarities = ReferenceSimilarities(own, of_witness, answer_.match.size());
    const double least = std::ranges::min(similarities);
    compare(least);
    std::string list;
    for (size_t field = 0; field < similarities.size(); ++field) {
      const MatchField& asked = answer_.match[field];
      list += list.empty() ? "{" : ",";
      AppendJsonString(asked.name, list);
      list += ':';
      AppendFixed6(similarities[field], list);
      if (is_by_key || similarities[field] >= asked.threshold) continue;
      Violation(i, absl::StrFormat("its similarity to %s in the field %s, %.6f, is below %g", Ref(claim.witness),
                                   asked.name, similarities[field], asked.threshold));
    }
    list += '}';
    if (list != claim.similarities) {
      Violation(i, absl::StrFormat("the similarities of its fields to those of %s are %s, not %s", Ref(claim.witness),
                                   list, claim.similarities.empty() ? "left out" : claim.similarities));
    }
    return least;
  }

  // What fields say of a removed record and its witness. `key`: the first that is equal, from 1; 0: none.
  void CheckFields(size_t i, size_t key) {
    const Claim& claim = ClaimOf(i);
    const std::string apart = WhatSetsApart(sameness_, proofs_[i].values, proofs_[claim.witness].values);
    if (!apart.empty())
      Violation(i, absl::StrFormat("is removed for %s, and %s keeps them apart", Ref(claim.witness), apart));
    if (claim.by_key == key) return;
    if (claim.by_key == Claim::kNoSuchKey)
      Violation(i, "is removed by a key that the run does not have");
    else if (key == 0)
      Violation(i, absl::StrFormat("is removed by the key %s, which is not that of %s",
                                   sameness_.keys[claim.by_key - 1].name, Ref(claim.witness)));
    else
      Violation(i, absl::StrFormat("the first key that it has in common with %s is %s, and its line says another",
                                   Ref(claim.witness), sameness_.keys[key - 1].name));
  }

  void CheckContaminated(size_t i, const std::optional<AuditAgainst::Shared>& shared) {
    const Claim& claim = ClaimOf(i);
    const std::vector<uint64_t> shingles = std::move(proofs_[i].shingles);
    if (!against_)
      return Violation(i, "is contaminated, but the audit knows no evaluation sets; name them with --against");
    if (claim.evaluation == Claim::kNoWitness)
      return Violation(i, "its witness is no record of the evaluation sets, or not the first of its tokens");
    const std::string& ref = against_->ref(claim.evaluation);
    if (claim.ngrams != (shared ? shared->ngrams : 0)) {
      Violation(i, absl::StrFormat("shares %d runs of tokens with an evaluation record, not %d",
                                   shared ? shared->ngrams : 0, claim.ngrams));
    }
    if (shared && shared->text != claim.evaluation) {
      Violation(i,
                absl::StrFormat("shares most runs of tokens with %s, not with %s", against_->ref(shared->text), ref));
    }
    const double similarity = ReferenceSimilarity(shingles, against_->shingles(claim.evaluation));
    std::string text;
    if (similarity >= answer_.threshold) AppendFixed6(similarity, text);
    if (text.empty() && !shared) {
      Violation(
          i, absl::StrFormat("shares nothing with %s, and its similarity to it is below %g", ref, answer_.threshold));
    } else if (text != claim.similarity) {
      Violation(i, absl::StrFormat("its similarity to %s is \"%s\", not \"%s\"", ref, text, claim.similarity));
    }
  }

  // Whether the month comes first in dates of the FIELD of --keep: as is said, or as one of them shows.
  void SettleDates() {
    month_first_ = answer_.date_order == DateOrder::kMonthFirst;
    if (answer_.date_order != DateOrder::kUnknown) return;
    for (size_t i = 0; i < proofs_.size(); ++i)
      month_first_ = month_first_ || (!IsReference(i) && proofs_[i].order.IsOnlyMonthFirst());
  }

  // Does record a come before record b in priority order?
  bool IsPreferred(size_t a, size_t b) const {
    if (IsReference(a) != IsReference(b)) return IsReference(a);
    if (IsReference(a)) return a < b;
    const uint64_t tokens_a = proofs_[a].num_tokens, tokens_b = proofs_[b].num_tokens;
    switch (answer_.keep) {
      case KeepPolicy::kFirst: return a < b;
      case KeepPolicy::kLast: return a > b;
      case KeepPolicy::kLongest: return tokens_a != tokens_b ? tokens_a > tokens_b : a < b;
      case KeepPolicy::kFieldMax:
      case KeepPolicy::kFieldMin: {
        const int order =
            proofs_[a].order.Compare(proofs_[b].order, answer_.keep == KeepPolicy::kFieldMax, month_first_);
        return order != 0 ? order < 0 : a < b;
      }
    }
    return false;
  }

  // What must be equal in two records for one fate: their tokens, and what fields say.
  std::string IdentityOf(const Proof& proof) const {
    std::string identity = proof.id;
    const auto add = [&identity](const std::string& value) {
      identity += absl::StrFormat(" %d:", value.size()) + value;
    };
    for (const std::vector<std::string>& key : proof.values.keys) {
      add(std::string(key.size(), '.'));
      for (const std::string& value : key) add(value);
    }
    for (const std::string& value : proof.values.differ) add(value);
    add(proof.values.within);
    return identity;
  }

  // Records that are equal share one fate: all go with one kept record, which is one of them or the witness of all.
  void CheckEqualRecords() {
    absl::flat_hash_map<std::string, size_t> first_with;
    auto survivor = [&](size_t i) {
      if (ClaimOf(i).evaluation != Claim::kNoWitness) return proofs_.size() + ClaimOf(i).evaluation;
      return MayBeWitness(i) ? i : ClaimOf(i).witness;
    };
    for (size_t i = 0; i < proofs_.size(); ++i) {
      if (!proofs_[i].sound) continue;
      const auto [entry, is_new] = first_with.emplace(sameness_.any() ? IdentityOf(proofs_[i]) : proofs_[i].id, i);
      if (is_new || IsReference(i) || survivor(i) == survivor(entry->second)) continue;
      const std::string other = Ref(entry->second);
      if (ClaimOf(i).fate == Fate::kKept && MayBeWitness(entry->second)) {
        Violation(i, absl::StrFormat("is kept although its tokens equal those of %s, which is %s", other,
                                     Name(ClaimOf(entry->second).fate)));
      } else {
        Violation(i, absl::StrFormat("has the tokens of %s but not its witness", other));
      }
    }
  }

  // With evaluation sets all shingles are compared.
  void CheckRecallAgainst() {
    if (!against_) return;
    ExactJoin evaluation(answer_.threshold);
    for (size_t text = 0; text < against_->size(); ++text) evaluation.Enter(against_->shingles(text));
    for (size_t i = 0; i < proofs_.size(); ++i) {
      if (!proofs_[i].sound || ClaimOf(i).fate != Fate::kKept) continue;
      for (const ExactJoin::Match& match : evaluation.Find(proofs_[i].shingles)) {
        ++result_.pairs_left;
        std::string similarity;
        AppendFixed6(match.similarity, similarity);
        Violation(i, absl::StrFormat("pair left: similarity %s to the evaluation record %s", similarity,
                                     against_->ref(match.kept_id)));
      }
    }
  }

  void CheckRecall() {
    ExactJoin join(answer_.threshold, FieldThresholds(answer_));
    std::vector<size_t> entered;
    std::map<std::pair<size_t, std::vector<std::string>>, std::vector<size_t>> of_keys;
    for (size_t i = 0; i < proofs_.size(); ++i) {
      if (!proofs_[i].sound || !MayBeWitness(i)) continue;
      // Of two reference texts both stay.
      const auto is_apart = [&](size_t j) {
        return (IsReference(i) && IsReference(j)) ||
               !WhatSetsApart(sameness_, proofs_[i].values, proofs_[j].values).empty();
      };
      for (size_t key = 0; key < sameness_.keys.size(); ++key) {
        if (proofs_[i].values.keys[key].empty()) continue;
        std::vector<size_t>& of_key = of_keys[{key, proofs_[i].values.keys[key]}];
        for (const size_t j : of_key) {
          if (is_apart(j)) continue;
          ++result_.pairs_left;
          Violation(i, absl::StrFormat("pair left: the key %s is that of %s, which is kept too",
                                       sameness_.keys[key].name, Ref(j)));
        }
        of_key.push_back(i);
      }
      for (const ExactJoin::Match& match : join.Enter(proofs_[i].shingles)) {
        if (is_apart(entered[match.kept_id])) continue;
        ++result_.pairs_left;
        std::string similarity;
        AppendFixed6(match.similarity, similarity);
        Violation(i, absl::StrFormat("pair left: similarity %s to %s, which is kept too", similarity,
                                     Ref(entered[match.kept_id])));
      }
      entered.push_back(i);
    }
  }

  // --- corpus ------------------------------------------------------------------------------------------------------

  // Compares the corpus line in turn with that of a kept record. When they differ, one line too many is known by the
  // line after it, and a missing one by the next record's; else the line was changed.
  absl::Status CheckCorpusLine(size_t i, std::string want) {
    UNECHO_ASSIGN_OR_RETURN(auto line, corpus_->Peek());
    if (pending_) {
      if (line != want) {
        ReportChangedLine();
        UNECHO_ASSIGN_OR_RETURN(line, corpus_->Peek());
      } else {
        Violation(*pending_, "is kept but not in the corpus");
      }
      pending_.reset();
    }
    if (!line) {
      Violation(i, "is kept but not in the corpus");
      return absl::OkStatus();
    }
    if (*line != want) {
      UNECHO_ASSIGN_OR_RETURN(const auto next, corpus_->Peek(true));
      if (next != want) {
        pending_ = i;
        return absl::OkStatus();
      }
      violations_.Add(absl::StrFormat("corpus line %d", corpus_->line()), "belongs to no kept record in turn");
      corpus_->Drop();
    }
    corpus_->Drop();
    return absl::OkStatus();
  }

  void ReportChangedLine() {
    Violation(*pending_, absl::StrFormat("corpus line %d is not its text", corpus_->line()));
    corpus_->Drop();
  }

  absl::Status CheckCorpusEnd() {
    UNECHO_ASSIGN_OR_RETURN(auto line, corpus_->Peek());
    if (pending_) {
      if (line)
        ReportChangedLine();
      else
        Violation(*pending_, "is kept but not in the corpus");
    }
    for (;;) {
      UNECHO_ASSIGN_OR_RETURN(line, corpus_->Peek());
      if (!line) break;
      violations_.Add(absl::StrFormat("corpus line %d", corpus_->line()), "belongs to no kept record");
      corpus_->Drop();
    }
    if (corpus_->ends_cut_off()) violations_.Add("corpus", "the last line has no line end");
    return absl::OkStatus();
  }

  const AuditOptions& options_;
  AnswerOptions answer_;
  bool is_segment_ = false;
  Sameness sameness_;
  std::vector<InputFile> sources_;
  std::unique_ptr<AuditReport> report_;
  std::vector<InputFile> sets_;  // of --against
  std::unique_ptr<AuditAgainst> against_;
  std::unique_ptr<Claims> claims_;
  AuditRepeatedLines repeated_lines_{AnswerOptions{}};  // what came before, so far
  bool month_first_ = false;
  std::vector<Proof> proofs_;  // one for each claim
  AuditGroups groups_;
  std::vector<AuditCopies> copies_;  // under --annotate, one for each claim
  std::vector<size_t> waiting_;      // removals whose witness comes later
  std::optional<LineStream> corpus_;
  std::optional<size_t> pending_;  // a kept record whose corpus line did not match
  AuditTally tally_;
  Violations violations_;
  AuditResult result_;
};

}  // namespace

absl::StatusOr<AuditResult> Audit(const AuditOptions& options) {
  UNECHO_RETURN_IF_ERROR(options.Validate());
  tbb::task_arena arena(options.run.threads > 0 ? options.run.threads : tbb::task_arena::automatic);
  return arena.execute([&] { return Auditor(options).Run(); });
}

}  // namespace unecho
