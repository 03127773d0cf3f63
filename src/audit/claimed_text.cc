#include "audit/claimed_text.h"

#include "absl/strings/str_format.h"
#include "text/json.h"

namespace unecho {
namespace {

std::string GroupText(const Evidence& evidence, size_t i) {
  const size_t witness = evidence.ClaimOf(i).witness;
  return evidence.groups.Text(evidence.claims->all, i, evidence.Ref(witness == Claim::kNoWitness ? i : witness));
}

bool IsClaimedRemoved(Fate fate) { return fate == Fate::kExact || fate == Fate::kNear || fate == Fate::kContaminated; }

// Of a removed record; nothing if it is not known.
std::optional<std::string> WitnessRef(const Evidence& evidence, const Claim& claim) {
  if (claim.fate == Fate::kContaminated) {
    if (claim.evaluation == Claim::kNoWitness) return std::nullopt;
    return evidence.against->ref(claim.evaluation);
  }
  if (claim.witness == Claim::kNoWitness) return std::nullopt;
  return evidence.Ref(claim.witness);
}

// What provenance and mark say in the same words behind the fate; nothing if the witness is not known.
std::optional<std::string> Verdict(const Evidence& evidence, size_t i) {
  const Claim& claim = evidence.ClaimOf(i);
  std::string verdict;
  if (IsClaimedRemoved(claim.fate)) {
    const std::optional<std::string> witness = WitnessRef(evidence, claim);
    if (!witness) return std::nullopt;
    verdict = ",\"witness\":";
    AppendJsonString(*witness, verdict);
    if (!claim.similarity.empty()) absl::StrAppendFormat(&verdict, ",\"similarity\":%s", claim.similarity);
    if (!claim.similarities.empty() && !evidence.answer.match.empty())
      absl::StrAppendFormat(&verdict, ",\"similarities\":%s", claim.similarities);
    if (claim.by_key > 0 && claim.by_key != Claim::kNoSuchKey) {
      verdict += ",\"by\":";
      AppendJsonString("key:" + evidence.sameness.keys[claim.by_key - 1].name, verdict);
    }
    if (claim.by_decision) verdict += ",\"by\":\"decided\"";
    if (claim.by_work) absl::StrAppendFormat(&verdict, ",\"by\":\"work\",\"agree\":%s", claim.agreeing);
    if (claim.fate == Fate::kContaminated) absl::StrAppendFormat(&verdict, ",\"ngrams\":%d", claim.ngrams);
  }
  return verdict + GroupText(evidence, i);
}

}  // namespace

std::string MarkText(const Evidence& evidence, size_t i) {
  return absl::StrFormat(",\"fate\":\"%s\"", Name(evidence.ClaimOf(i).fate)) + Verdict(evidence, i).value_or("");
}

std::string RejectsLine(const Evidence& evidence, size_t i, const AuditSpan& span) {
  const Claim& claim = evidence.ClaimOf(i);
  std::string line = "{\"ref\":";
  AppendJsonString(evidence.Ref(i), line);
  line += absl::StrFormat(",\"offset\":%d,\"reason\":\"%s\",\"raw\":\"", claim.written_offset, Name(claim.reason));
  AppendJsonEscapedLossless(span.bytes, line);
  return line + absl::StrFormat("\",\"bytes\":%d}", claim.written_size);
}

std::optional<std::string> ProvenanceLine(const Evidence& evidence, size_t i, const AuditSpan& span,
                                          const RecordFacts& facts) {
  const Claim& claim = evidence.ClaimOf(i);
  std::string line = "{\"ref\":";
  AppendJsonString(evidence.Ref(i), line);
  line += ",\"source\":";
  AppendJsonString(evidence.sources[claim.source].name, line);
  line += absl::StrFormat(",\"ordinal\":%d,\"offset\":%d,\"bytes\":%d,\"fate\":\"%s\"", claim.ordinal,
                          claim.written_offset, claim.written_size, Name(claim.fate));
  const std::optional<std::string> verdict = Verdict(evidence, i);
  if (!verdict) return std::nullopt;
  if (claim.fate == Fate::kRejected)
    line += absl::StrFormat(",\"reason\":\"%s\",\"line\":%d", Name(claim.reason), span.line);
  line += *verdict;
  line += evidence.merged.Said(i, [&evidence](size_t from) { return evidence.Ref(from); });
  if (!facts.id_json.empty()) line += ",\"id\":" + facts.id_json;
  if (!span.snapshot.empty()) {
    line += ",\"snapshot\":";
    AppendJsonString(span.snapshot, line);
  }
  if (!facts.cleaned.language.empty()) line += absl::StrFormat(",\"language\":\"%s\"", facts.cleaned.language);
  return line + facts.removed_lines + "}";
}

}  // namespace unecho
