#include "audit/expected_fills.h"

#include <algorithm>

#include "text/json.h"
#include "works/work_fields.h"

namespace unecho {

void ExpectedFills::Take(size_t i, const Claims& claims, const RecordFacts& facts, const Profile& profile) {
  said_.resize(claims.all.size());
  given_.resize(claims.all.size());
  std::vector<NamedField> fields;
  for (const NamedValue& each : facts.named) {
    if (each.value)
      fields.push_back({.name = each.name,
                        .value = *each.value,
                        .is_json = each.is_json,
                        .is_unknown_macro = each.is_unknown_macro});
  }
  const WorkFields work = WorkFieldsOf(fields, profile.names, {}, {});
  if (claims.all[i].fate == Fate::kKept) said_[i] = PlainSaid(work);
  if (claims.all[i].witness == Claim::kNoWitness) return;
  for (auto& [field, value] : PlainGiven(work)) given_[i].emplace(field, Given{std::move(value), {}});
  // BibTeX writes what is text as it stands there.
  bool has_tex = false;
  size_t at = 0;
  for (const NamedValue& each : facts.named) {
    if (!each.value) continue;
    NamedField& field = fields[at++];
    if (each.tex.empty() || IsSilentField(field)) continue;
    field.value = each.tex;
    has_tex = true;
  }
  if (!has_tex) return;
  for (auto& [field, value] : PlainGiven(WorkFieldsOf(fields, profile.names, {}, {}))) {
    const auto given = given_[i].find(field);
    if (given != given_[i].end() && (field == "container" || field == "abstract")) given->second.tex = std::move(value);
  }
}

void ExpectedFills::Settle(const Claims& claims) {
  filled_.resize(claims.all.size());
  said_.resize(claims.all.size());
  given_.resize(claims.all.size());
  for (size_t i = 0; i < claims.all.size(); ++i) {
    const Claim& claim = claims.all[i];
    const bool is_copy = claim.fate == Fate::kExact || claim.fate == Fate::kNear;
    if (!is_copy || claim.witness == Claim::kNoWitness || claims.all[claim.witness].fate != Fate::kKept) continue;
    for (auto& [field, given] : given_[i]) {
      // What the record says, and what an earlier copy has given.
      if (!said_[claim.witness].emplace(field, given.value).second) continue;
      filled_[claim.witness].fills.push_back({field, std::move(given.value), i, false, std::move(given.tex)});
    }
  }
  const auto place_of = [](const PlainFill& fill) {
    return std::ranges::find(kPlainMergeFields, fill.field, &decltype(kPlainMergeFields)::value_type::first);
  };
  for (Filled& each : filled_) std::ranges::sort(each.fills, {}, place_of);
  said_ = {}, given_ = {};
}

void ExpectedFills::Fill(size_t i, const AuditSpan& span, const Layout& layout, bool as_it_came) {
  Filled& filled = filled_[i];
  if (as_it_came)
    filled.text = PlainFilled(span, layout, filled.fills);
  else
    filled.fields = PlainFilledFields(span.segmented ? span.segmented->fields : std::span<const NamedField>(),
                                      layout.profile(), filled.fills);
}

std::vector<NamedField> ExpectedFills::Fields(size_t i) const {
  std::vector<NamedField> fields;
  if (!Has(i)) return fields;
  for (const PlainNamed& each : filled_[i].fields)
    fields.push_back(
        {.name = each.name, .value = each.value, .is_json = each.is_json, .is_compared = each.is_compared});
  return fields;
}

std::string ExpectedFills::SaidText(const std::vector<std::pair<std::string_view, std::string>>& written) {
  std::string said;
  for (const auto& [field, from] : written) {
    said += said.empty() ? ",\"merged\":[" : ",";
    said += "{\"field\":";
    AppendJsonString(field, said);
    said += ",\"from\":";
    AppendJsonString(from, said);
    said += '}';
  }
  return said.empty() ? said : said + "]";
}

ExpectedFills::Counts ExpectedFills::Count() const {
  Counts counts;
  for (const Filled& each : filled_) {
    bool is_filled = false;
    for (const PlainFill& fill : each.fills) {
      ++(fill.is_written ? counts.filled : counts.left_out)[fill.field];
      is_filled = is_filled || fill.is_written;
    }
    counts.records += is_filled ? 1 : 0;
  }
  return counts;
}

}  // namespace unecho
