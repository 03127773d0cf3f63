#include "unecho/audit.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <thread>

#include "absl/strings/str_format.h"
#include "audit/claimed_text.h"
#include "audit/evidence.h"
#include "audit/outputs_check.h"
#include "audit/recall.h"
#include "audit/records.h"
#include "audit/removals.h"
#include "audit/report.h"
#include "audit/spans.h"
#include "audit/witnesses.h"
#include "audit/works_left.h"
#include "base/hash_map.h"
#include "base/thread_team.h"
#include "layouts/cutter.h"
#include "layouts/sniff.h"
#include "oracle/reference.h"
#include "read/choose_comparison.h"
#include "read/encoding_choice.h"
#include "read/evaluation_sets.h"
#include "read/fd_source.h"
#include "read/sibling_layouts.h"
#include "read/sources.h"

namespace unecho {
namespace {

// Records recomputed at a time: enough to keep every thread busy, few enough to forget their texts soon.
constexpr size_t kBlockRecords = 4096;

class Auditor {
 public:
  explicit Auditor(const AuditOptions& options) : options_(options) { evidence_.answer = options.answer; }

  absl::StatusOr<AuditResult> Run() {
    if (options_.provenance.empty()) {
      return absl::InvalidArgumentError("audit: no provenance to check; give the file of the run with --provenance");
    }
    if (!options_.report.empty()) {
      UNECHO_ASSIGN_OR_RETURN(report_, AuditReport::Read(options_.report));
      UNECHO_RETURN_IF_ERROR(report_->TakeParameters(evidence_.answer));
      UNECHO_RETURN_IF_ERROR(evidence_.answer.Validate());
      evidence_.is_of_segment = report_->IsOfSegment();
    }
    UNECHO_RETURN_IF_ERROR(ReadEarlier());
    const auto taken = evidence_.earlier ? evidence_.earlier->source_names() : std::span<const std::string>();
    if (report_) evidence_.sources = report_->Sources(options_.inputs, options_.stdin_name, taken, evidence_.answer);
    if (evidence_.sources.empty())
      evidence_.sources = NameSources(options_.inputs, evidence_.answer, options_.stdin_name, taken);
    if (!report_) ChooseComparison(evidence_.sources, nullptr, evidence_.answer);
    siblings_.emplace(evidence_.sources, evidence_.answer.encoding, evidence_.answer.segment);
    for (const std::string& name : {evidence_.answer.encoding, evidence_.answer.against_encoding}) {
      if (!name.empty()) UNECHO_RETURN_IF_ERROR(CheckEncodingName(name));
    }
    UNECHO_RETURN_IF_ERROR(CheckSourceOrder(evidence_.answer, evidence_.sources));
    if (!evidence_.answer.against.empty()) {
      evidence_.sets = NameAgainst(evidence_.sources, evidence_.answer.against, options_.stdin_name);
      UNECHO_ASSIGN_OR_RETURN(evidence_.against, AuditAgainst::Read(evidence_.answer, evidence_.sets));
    }
    if (!evidence_.answer.aligned.empty() &&
        evidence_.sources.front().aligned.size() != evidence_.answer.aligned.size())
      return absl::InvalidArgumentError("audit: name the files that were aligned, all of them and in their order");
    evidence_.sameness = SamenessOf(evidence_.answer);
    if (!evidence_.answer.decided.empty()) {
      UNECHO_ASSIGN_OR_RETURN(evidence_.decisions,
                              Decisions::Read(evidence_.answer.decided, !evidence_.answer.segment.id_field.empty()));
      tally_.decided = {evidence_.decisions->num_same(), evidence_.decisions->num_different()};
    }
    result_.has_keys = !evidence_.sameness.keys.empty();
    repeated_lines_ = AuditRepeatedLines(evidence_.answer);
    for (const InputFile& source : evidence_.sources) {
      if (source.aligned.empty()) UNECHO_RETURN_IF_ERROR(FdSource::CheckCanBeOpened(source.path));
    }
    UNECHO_ASSIGN_OR_RETURN(evidence_.claims,
                            ReadClaims(options_.provenance, evidence_.sources, evidence_.sameness.keys,
                                       evidence_.against.get(), evidence_.earlier.get(), evidence_.violations));
    // All else would be wrong for that one reason.
    if (evidence_.claims->cannot_be_checked) return Findings();
    CheckHead(*evidence_.claims, evidence_.sources, evidence_.sets, taken, evidence_.violations);
    evidence_.proofs.resize(evidence_.claims->all.size());
    TakeEarlier();
    evidence_.groups = AuditGroups(evidence_.claims->all, SaysGroups());
    if (!evidence_.is_of_segment) witnesses_.Choose(evidence_, options_.recall);
    UNECHO_RETURN_IF_ERROR(outputs_.Open(options_));
    for (uint32_t source = 0; repeated_lines_.counts() && source < evidence_.sources.size(); ++source)
      UNECHO_RETURN_IF_ERROR(CountUnits(source));
    if (evidence_.answer.merge) UNECHO_RETURN_IF_ERROR(GatherMerged());
    for (uint32_t source = 0; source < evidence_.sources.size(); ++source) UNECHO_RETURN_IF_ERROR(CheckSource(source));
    tally_.merged = evidence_.merged.Count();
    UNECHO_RETURN_IF_ERROR(outputs_.End());
    if (options_.recall) result_.pairs_left += PairsLeftWithSets(evidence_);
    if (evidence_.answer.ignore_common > 0) LeaveOutCommon();
    evidence_.SettleDates();
    evidence_.SettleDecided();
    for (const size_t i : waiting_) CheckRemovalOf(i);
    if (!evidence_.is_of_segment) CheckEqualRecords(evidence_);
    if (!evidence_.compares_works()) witnesses_.Check(evidence_);
    if (evidence_.compares_works()) result_.pairs_left += CheckWorks(evidence_, witnesses_, options_.recall);
    result_.witnesses = witnesses_.num_removed();
    result_.witnesses_compared = witnesses_.num_compared();
    result_.not_compared = tally_.not_compared;
    if (options_.recall && !evidence_.compares_works()) result_.pairs_left += PairsLeft(evidence_);
    if (report_) report_->Check(evidence_, tally_);
    return Findings();
  }

 private:
  // The index of the run, if it had one.
  absl::Status ReadEarlier() {
    const std::optional<uint64_t> num_runs = report_ ? report_->NumRunsBefore() : std::nullopt;
    if (options_.index.empty()) {
      if (!num_runs) return absl::OkStatus();
      return absl::InvalidArgumentError(absl::StrFormat(
          "audit: the run had an index (%s), and witnesses may be in it: give it with --index", report_->Index()));
    }
    if (report_ && !num_runs)
      return absl::InvalidArgumentError("audit: the report says that the run had no index: leave --index out");
    std::string first_source;
    if (!num_runs) {
      UNECHO_ASSIGN_OR_RETURN(first_source, FirstSourceOf(options_.provenance));
    }
    UNECHO_ASSIGN_OR_RETURN(evidence_.earlier,
                            EarlierRecords::Read(options_.index, evidence_.answer, num_runs, first_source));
    if (report_ && report_->IndexDigest() != evidence_.earlier->digest()) {
      return absl::FailedPreconditionError(
          absl::StrFormat("audit: %s is not the index that the run had: its first %d runs are others; give that one",
                          options_.index, evidence_.earlier->num_runs()));
    }
    return absl::OkStatus();
  }

  // Their proofs, behind those of the run.
  void TakeEarlier() {
    if (!evidence_.earlier) return;
    size_t i = evidence_.claims->num_own;
    for (EarlierRecord& record : evidence_.earlier->all()) {
      Proof& proof = evidence_.proofs[i++];
      proof.read = proof.sound = true;
      proof.id = std::move(record.id);
      proof.num_tokens = record.num_tokens;
      proof.text_hash = record.text_hash;
      proof.id_json = std::move(record.id_json);
      proof.values = std::move(record.values);
      proof.shingles = std::move(record.shingles);
      if (evidence_.compares_works()) proof.work_text = "earlier " + evidence_.Ref(i - 1);
    }
  }

  AuditResult Findings() {
    result_.num_violations = evidence_.violations.count();
    result_.violations = evidence_.violations.TakeListed();
    return std::move(result_);
  }

  absl::Status CheckStop() const {
    return options_.run.stop != nullptr && *options_.run.stop != 0 ? absl::CancelledError("interrupted")
                                                                   : absl::OkStatus();
  }

  // `unecho segment` says nothing of groups. Without a report, what removes nothing and says nothing of them may be of
  // it.
  bool SaysGroups() const {
    if (report_) return !evidence_.is_of_segment;
    return std::ranges::any_of(evidence_.claims->all, [](const Claim& claim) {
      return !claim.group.empty() || !claim.member.empty() || claim.fate == Fate::kExact || claim.fate == Fate::kNear;
    });
  }

  LayoutPtr LayoutOf(uint32_t source, std::string_view bytes) const {
    if (evidence_.answer.layout != nullptr) return evidence_.answer.layout;
    const auto reported = report_ ? report_->LayoutOf(evidence_.sources[source].name) : std::nullopt;
    LayoutPtr guessed = GuessLayout(bytes, evidence_.answer.segment, evidence_.sources[source], *siblings_);
    if (!reported || guessed->name() == *reported) return guessed;  // what auto makes of a source is no built-in one
    LayoutPtr layout = FindLayout(*reported);                       // of one in a file the report has the profile
    return layout != nullptr ? layout : guessed;
  }

  // --- one source --------------------------------------------------------------------------------------------------

  // Nothing, where the run could not read it either and has skipped it.
  absl::StatusOr<WholeText> ReadSource(uint32_t source) {
    if (auto read = read_.extract(source); !read.empty()) return std::move(read.mapped());
    absl::StatusOr<WholeText> text =
        ReadText(evidence_.sources[source], evidence_.answer.encoding, evidence_.answer.layout.get());
    if (!evidence_.answer.skip_unreadable || !evidence_.claims->OfSource(source).empty()) return text;
    const bool is_unknown =
        text.ok() && evidence_.answer.layout == nullptr &&
        SniffLayout(text->text.substr(0, kSniffBytes), true, evidence_.answer.segment, evidence_.sources[source].name)
                ->layout == nullptr;
    if (!text.ok() || is_unknown) return WholeText();
    return text;
  }

  // Of a source before it is checked, which says what is wrong with it: use(reader, layout, number of the span, span).
  template <typename Use>
  absl::Status ReadBefore(uint32_t source, Use use) {
    UNECHO_RETURN_IF_ERROR(CheckStop());
    UNECHO_ASSIGN_OR_RETURN(WholeText text, ReadSource(source));
    if (text.widths != nullptr) PointIntoText(text, evidence_.claims->OfSource(source));
    const LayoutPtr layout = LayoutOf(source, text.text);
    Violations unsaid;
    const AuditSource reading = ReadSpans(*layout, text.text, evidence_.answer.segment,
                                          evidence_.claims->OfSource(source), evidence_.sources, source, unsaid);
    RecordReader reader(evidence_.answer, *layout, evidence_.is_of_segment);
    for (size_t i = 0; i < reading.spans.size(); ++i) {
      if (reading.spans[i].sound) use(reader, *layout, i, reading.spans[i]);
    }
    if (!CanBeReadTwice(evidence_.sources[source])) read_.emplace(source, std::move(text));
    return absl::OkStatus();
  }

  // --at-least: in how many records each unit of text stands.
  absl::Status CountUnits(uint32_t source) {
    return ReadBefore(source, [this](RecordReader& reader, const Layout&, size_t, const AuditSpan& span) {
      repeated_lines_.Count(reader.CutIntoLines(reader.ReadText(span), repeated_lines_));
    });
  }

  // --merge: what removed records say.
  absl::Status GatherMerged() {
    for (uint32_t source = 0; source < evidence_.sources.size(); ++source) {
      const size_t first = evidence_.claims->first_of_source[source];
      UNECHO_RETURN_IF_ERROR(
          ReadBefore(source, [&](RecordReader& reader, const Layout& layout, size_t i, const AuditSpan& span) {
            const RecordFacts facts = reader.ReadText(span);
            if (facts.reason == Reason::kNone)
              evidence_.merged.Take(first + i, *evidence_.claims, facts, layout.profile());
          }));
    }
    evidence_.merged.Settle(*evidence_.claims);
    return absl::OkStatus();
  }

  absl::Status CheckSource(uint32_t source) {
    UNECHO_RETURN_IF_ERROR(CheckStop());
    UNECHO_ASSIGN_OR_RETURN(const WholeText text, ReadSource(source));
    if (text.widths != nullptr) PointIntoText(text, evidence_.claims->OfSource(source));
    const std::string& bytes = text.text;
    const LayoutPtr layout = LayoutOf(source, bytes);
    const bool are_fields = TraitsOf(*layout).pieces_are_fields || !evidence_.answer.match.empty();
    const bool is_line = TraitsOf(*layout).is_written_as_lines && TraitsOf(*layout).pieces_are_fields;
    const bool is_written_as_it_came = evidence_.answer.as_input || is_line;
    const auto claims = evidence_.claims->OfSource(source);
    const size_t first = evidence_.claims->first_of_source[source];
    const AuditSource reading =
        ReadSpans(*layout, bytes, evidence_.answer.segment, claims, evidence_.sources, source, evidence_.violations);
    Ledger ledger;
    ledger.bytes_read = bytes.size();
    ledger[ByteClass::kFurniture] = reading.furniture_bytes;
    ledger[ByteClass::kSeparator] = reading.separator_bytes;
    std::vector<AuditTally::Place> places;

    tbb::enumerable_thread_specific<RecordReader> readers(
        [&] { return RecordReader(evidence_.answer, *layout, evidence_.is_of_segment, evidence_.earlier != nullptr); });
    for (size_t begin = 0; begin < claims.size(); begin += kBlockRecords) {
      UNECHO_RETURN_IF_ERROR(CheckStop());
      const size_t end = std::min(begin + kBlockRecords, claims.size());
      std::vector<RecordFacts> facts(end - begin);
      std::vector<OutputsCheck::Lines> lines(end - begin);
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
        const std::vector<size_t> witnesses =
            RecordReader::TakeRepeatedLines(pieces[i - begin], first + i, evidence_.Ref(first + i), are_fields,
                                            repeated_lines_, facts[i - begin], tally_.rewrites);
        if (claims[i].fate != Fate::kKept) continue;
        tally_.lost_repeats += static_cast<uint64_t>(std::ranges::count_if(witnesses, [this](size_t witness) {
          const Fate of_witness = evidence_.claims->all[witness].fate;
          return of_witness != Fate::kKept && of_witness != Fate::kReference;
        }));
      }
      tbb::parallel_for(begin, end, [&](size_t i) {
        const AuditSpan& span = reading.spans[i];
        if (!span.sound) return;
        const Fate fate = claims[i].fate;
        RecordReader& reader = readers.local();
        RecordFacts& record = facts[i - begin];
        const bool wants_shingles = fate != Fate::kExact || evidence_.answer.ignore_common > 0;
        reader.ReadTokens(record, wants_shingles && fate != Fate::kRejected && !evidence_.compares_works());
        if (evidence_.against) shared[i - begin] = evidence_.against->Find(record.tokens);
        if (evidence_.merged.Has(first + i)) evidence_.merged.Fill(first + i, span, *layout, is_written_as_it_came);
        lines[i - begin] = outputs_.LinesOf(first + i, span, record, reader);
      });
      for (size_t i = begin; i < end; ++i) {
        const AuditSpan& span = reading.spans[i];
        if (span.sound) ListPlaces(span, claims[i].offset_bytes, facts[i - begin], places);
        CheckRecord(first + i, span, facts[i - begin], shared[i - begin], ledger);
        UNECHO_RETURN_IF_ERROR(outputs_.Take(first + i, lines[i - begin]));
      }
    }
    UNECHO_RETURN_IF_ERROR(outputs_.TakeSource(source, bytes,
                                               {.traits = TraitsOf(*layout),
                                                .rulers = layout->profile().pattern.separator,
                                                .is_converted = text.widths != nullptr},
                                               reading));
    for (const RecordReader& reader : readers) tally_.rewrites.Add(reader.rewrites());
    tally_.layouts.push_back(layout);
    tally_.encodings.push_back({text.encoding, text.num_undecodable});
    tally_.ledgers.push_back(ledger);
    tally_.places.push_back(std::move(places));
    return absl::OkStatus();
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
    const Claim& claim = evidence_.ClaimOf(i);
    Proof& proof = evidence_.proofs[i];
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
    if (const auto line = ProvenanceLine(evidence_, i, span, facts); line && *line != claim.text)
      evidence_.Violation(i, absl::StrFormat("provenance says %s and should say %s", claim.text, *line));
    if (claim.fate == Fate::kRejected) {
      if (facts.reason == Reason::kNone) {
        evidence_.Violation(i, absl::StrFormat("is rejected as %s without cause", Name(claim.reason)));
      } else if (facts.reason != claim.reason) {
        evidence_.Violation(
            i, absl::StrFormat("is rejected as %s; the reason is %s", Name(claim.reason), Name(facts.reason)));
      }
      return;
    }
    if (facts.reason != Reason::kNone) {
      return evidence_.Violation(
          i, absl::StrFormat("is %s and should be rejected as %s", Name(claim.fate), Name(facts.reason)));
    }
    proof.sound = true;
    proof.id = std::move(evidence_.earlier ? facts.token_key : facts.id);
    if (evidence_.earlier && !evidence_.compares_works()) CheckRemovedEarlier(i, facts.whole_key);
    proof.work = std::move(facts.work);
    proof.work_text = std::move(facts.work_text);
    proof.num_tokens = facts.num_tokens;
    proof.text_hash = facts.text_hash;
    proof.id_json = facts.id_json;
    proof.values = std::move(facts.values);
    if (evidence_.decisions) {
      proof.decided_groups[0] = evidence_.decisions->GroupOfRef(evidence_.Ref(i));
      if (!proof.id_json.empty()) proof.decided_groups[1] = evidence_.decisions->GroupOfId(TextOfId(proof.id_json));
    }
    proof.order = OrderValue(facts.order_json);
    proof.shingles = std::move(facts.shingles);
    proof.set_shingles = std::move(facts.set_shingles);
    if ((claim.fate == Fate::kReference) != evidence_.IsReference(i)) {
      return evidence_.Violation(
          i, absl::StrFormat("is %s and comes from a file that %s", Name(claim.fate),
                             evidence_.IsReference(i) ? "--reference names" : "--reference does not name"));
    }
    if (evidence_.IsReference(i)) return;
    if (claim.fate == Fate::kContaminated) return CheckContaminated(evidence_, i, shared);
    if (shared) {
      evidence_.Violation(i, absl::StrFormat("is %s but shares %d runs of tokens with %s: it should be contaminated",
                                             Name(claim.fate), shared->ngrams, evidence_.against->ref(shared->text)));
    }
    if (claim.fate == Fate::kKept) return;
    const bool witness_is_read =
        claim.witness < i || (claim.witness != Claim::kNoWitness && evidence_.IsEarlier(claim.witness));
    const bool waits_for_dates = evidence_.proofs[i].order.HasTwoReadings() ||
                                 (witness_is_read && evidence_.proofs[claim.witness].order.HasTwoReadings());
    if (witness_is_read && evidence_.answer.ignore_common == 0 && !waits_for_dates)
      CheckRemovalOf(i);
    else
      waiting_.push_back(i);
  }

  // What an earlier run has removed goes for what it went for then.
  void CheckRemovedEarlier(size_t i, const std::string& whole_key) {
    const std::optional<size_t> witness = evidence_.earlier->WitnessOfRemoved(whole_key);
    if (!witness) return;
    evidence_.proofs[i].was_removed_earlier = true;
    const Claim& claim = evidence_.ClaimOf(i);
    const size_t right = evidence_.claims->num_own + *witness;
    if (claim.witness == right || claim.fate == Fate::kContaminated) return;
    evidence_.Violation(i, absl::StrFormat("an earlier run has removed a record like it for %s", evidence_.Ref(right)));
  }

  void CheckRemovalOf(size_t i) {
    CheckRemoval(evidence_, i, tally_);
    if (!witnesses_.Wants(i)) evidence_.proofs[i].shingles = {}, evidence_.proofs[i].work = {};
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

  // --- common shingles ---------------------------------------------------------------------------------------------

  // --ignore-common: what all sets have too often goes out of each. Records of the same tokens count once.
  void LeaveOutCommon() {
    HashMap<std::string_view, size_t> first_with;
    std::vector<uint64_t> all;
    const auto is_compared = [this](size_t i) {
      return evidence_.proofs[i].sound && evidence_.ClaimOf(i).fate != Fate::kContaminated;
    };
    for (size_t i = 0; i < evidence_.proofs.size(); ++i) {
      if (!is_compared(i) || !first_with.emplace(evidence_.proofs[i].id, i).second) continue;
      all.insert(all.end(), evidence_.proofs[i].shingles.begin(), evidence_.proofs[i].shingles.end());
    }
    const std::vector<uint64_t> common = CommonShinglesOf(std::move(all), evidence_.answer.ignore_common);
    tally_.common.shingles = common.size();
    for (size_t i = 0; i < evidence_.proofs.size(); ++i) {
      if (!is_compared(i)) continue;
      std::vector<uint64_t>& shingles = evidence_.proofs[i].shingles;
      const bool has_common = std::ranges::any_of(
          shingles, [&common](uint64_t shingle) { return std::ranges::binary_search(common, shingle); });
      if (!has_common) continue;
      std::vector<uint64_t> left = WithoutCommon(shingles, common);
      ++(left.size() < shingles.size() ? tally_.common.records : tally_.common.whole);
      shingles = std::move(left);
    }
  }

  const AuditOptions& options_;
  Evidence evidence_;
  mutable std::optional<SiblingLayouts> siblings_;  // remembers what it has looked at
  std::unique_ptr<AuditReport> report_;
  AuditRepeatedLines repeated_lines_{AnswerOptions{}};  // what came before, so far
  std::map<uint32_t, WholeText> read_;                  // sources that are wanted again and cannot be read twice
  std::vector<size_t> waiting_;                         // removals whose witness comes later
  OutputsCheck outputs_{evidence_};
  WitnessCheck witnesses_;
  AuditTally tally_;
  AuditResult result_;
};

}  // namespace

namespace {

absl::StatusOr<AuditResult> AuditAll(const AuditOptions& options) {
  UNECHO_RETURN_IF_ERROR(options.Validate());
  const int threads =
      options.run.threads > 0 ? options.run.threads : static_cast<int>(std::thread::hardware_concurrency());
  return ThreadTeam(threads).Execute([&] { return Auditor(options).Run(); });
}

}  // namespace

Result<AuditResult> Audit(const AuditOptions& options) {
  return PublicCall([&] { return AuditAll(options); });
}

}  // namespace unecho
