#include "write/provenance.h"

#include <charconv>
#include <cstring>
#include <utility>

#include "base/batch.h"
#include "text/json.h"
#include "works/judge.h"
#include "write/corpus.h"

namespace unecho {
namespace {

using namespace std::string_view_literals;  // their sizes are known: std::string looks for the end of others each time

// Appends to a buffer whose size has been checked: a line costs one growth check instead of fifteen.
class Pen {
 public:
  explicit Pen(char* at) : at_(at) {}
  void Text(std::string_view text) {
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }
  void Number(uint64_t value) { at_ = std::to_chars(at_, at_ + kMaxDigits, value).ptr; }
  char* at() const { return at_; }
  static constexpr size_t kMaxDigits = 20;

 private:
  char* at_;
};

// Everything in a line that is neither a source name nor behind the witness: keys, punctuation, six numbers.
constexpr size_t kFixedBytes = 256 + 6 * Pen::kMaxDigits;

// Appends what `write(char* to)` writes, of which it returns the end: `bound` bytes at most.
template <typename Write>
void AppendWithin(size_t bound, std::string& out, Write&& write) {
  char buffer[1024];
  if (bound <= sizeof buffer) {
    out.append(buffer, static_cast<size_t>(write(buffer) - buffer));
    return;
  }
  const size_t before = out.size();
  out.resize(before + bound);
  out.resize(static_cast<size_t>(write(out.data() + before) - out.data()));
}

// The part of the line up to the members that only some records have. Returns its end.
// `quote`: around a source by itself.
char* WriteHead(std::string_view source, std::string_view witness_source, std::string_view quote, const Record& record,
                char* to) {
  Pen pen(to);
  pen.Text("{\"ref\":\"");
  pen.Text(source);
  pen.Text("#");
  const char* const ordinal = pen.at();
  pen.Number(record.ordinal);
  const std::string_view digits(ordinal, static_cast<size_t>(pen.at() - ordinal));
  pen.Text("\",\"source\":");
  pen.Text(quote);
  pen.Text(source);
  pen.Text(quote);
  pen.Text(",\"ordinal\":");
  pen.Text(digits);
  pen.Text(",\"offset\":");
  pen.Number(record.offset_bytes);
  pen.Text(",\"bytes\":");
  pen.Number(record.size_bytes);
  pen.Text(",\"fate\":\"");
  pen.Text(Name(record.fate));
  pen.Text("\"");
  switch (record.fate) {
    case Fate::kExact:
    case Fate::kNear:
    case Fate::kContaminated:
      pen.Text(",\"witness\":\"");
      pen.Text(witness_source);
      pen.Text("#");
      pen.Number(record.witness.ordinal);
      pen.Text("\"");
      break;
    case Fate::kRejected:
      pen.Text(",\"reason\":\"");
      pen.Text(Name(record.reason));
      pen.Text("\",\"line\":");
      pen.Number(record.line);
      break;
    case Fate::kKept:
    case Fate::kReference:
    case Fate::kCount: break;
  }
  return pen.at();
}

// What --dedup-lines and its kin took out of the record: nothing if that is nothing.
void AppendRemovedLines(const SourceNames& sources, std::span<const TextUnit> units, std::string& out) {
  const char* before = ",\"removed_lines\":[{\"line\":";
  for (const TextUnit& unit : units) {
    if (!unit.is_removed) continue;
    out += before;
    AppendNumber(unit.line, out);
    if (unit.num_lines > 1) {
      out += ",\"lines\":";
      AppendNumber(unit.num_lines, out);
    }
    if (unit.sentence > 0) {
      out += ",\"sentence\":";
      AppendNumber(unit.sentence, out);
    }
    out += ",\"witness\":\"";
    out += sources.escaped(unit.witness.source);
    out += '#';
    AppendNumber(unit.witness.ordinal, out);
    out += "\",\"witness_line\":";
    AppendNumber(unit.witness_line, out);
    before = "},{\"line\":";
  }
  if (*before == '}') out += "}]";
}

// Nothing for other fates than kept, exact and near. `witness_source`: of record.witness, which a kept record is
// itself; JSON without quotes.
void AppendGroup(const Record& record, std::string_view witness_source, std::string& out) {
  if (record.member == 0) return;
  if (record.fate == Fate::kExact) out += record.has_same_bytes ? ",\"equal\":\"bytes\""sv : ",\"equal\":\"tokens\""sv;
  out.append(",\"group\":\""sv).append(witness_source) += '#';
  AppendNumber(record.witness.ordinal, out);
  out += "\",\"member\":"sv;
  AppendNumber(record.member, out);
  if (!record.witness_id.empty()) out.append(",\"witness_id\":").append(record.witness_id);
}

// Of works: what agrees.
void AppendAgreement(uint16_t agreeing, std::string& out) {
  out += ",\"by\":\"work\",\"agree\":";
  char before = '[';
  for (size_t i = 0; i < kNumSigns; ++i) {
    if ((agreeing >> i & 1) == 0) continue;
    out.append(1, std::exchange(before, ',')).append("\"").append(Name(static_cast<Sign>(i))).append("\"");
  }
  out += ']';
}

}  // namespace

void AppendVerdict(const SourceNames& sources, const Batch& batch, const Record& record,
                   std::span<const std::string> keys, std::span<const std::string> match_fields, std::string& out) {
  const bool is_contaminated = record.fate == Fate::kContaminated;
  const bool is_removed = record.fate == Fate::kExact || record.fate == Fate::kNear || is_contaminated;
  if (is_removed && (record.similarity > 0 || !is_contaminated)) {
    out += ",\"similarity\":"sv;
    AppendFixed6(record.similarity, out);
  }
  if (record.fate == Fate::kNear && !match_fields.empty()) {
    const char* before = ",\"similarities\":{\"";
    for (size_t field = 0; field < match_fields.size(); ++field) {
      out += std::exchange(before, ",\"");
      out += match_fields[field];
      out += "\":";
      AppendFixed6(batch.similarities[record.first_similarity + field], out);
    }
    out += '}';
  }
  if (is_removed && record.by_decision) {
    out += ",\"by\":\"decided\"";
  } else if (is_removed && record.by_key > 0) {
    out += ",\"by\":\"key:";
    out += keys[record.by_key - size_t{1}];
    out += '"';
  }
  if (record.agreeing != 0 && record.by_key == 0 && !record.by_decision && record.fate == Fate::kNear)
    AppendAgreement(record.agreeing, out);
  if (is_contaminated) {
    out += ",\"ngrams\":";
    AppendNumber(record.ngrams, out);
  }
  AppendGroup(record, sources.escaped(record.witness.source), out);
}

void AppendMark(const SourceNames& sources, const Batch& batch, const Record& record, std::span<const std::string> keys,
                std::span<const std::string> match_fields, std::string& out) {
  const std::string_view source = sources.escaped(batch.source);
  const std::string_view witness_source =
      record.fate == Fate::kKept ? std::string_view() : sources.escaped(record.witness.source);
  AppendWithin(kFixedBytes + source.size() + witness_source.size(), out, [&](char* to) {
    Pen pen(to);
    pen.Text("{\"ref\":\"");
    pen.Text(source);
    pen.Text("#");
    pen.Number(record.ordinal);
    pen.Text("\",\"fate\":\"");
    pen.Text(Name(record.fate));
    pen.Text("\"");
    if (record.fate == Fate::kKept) return pen.at();
    pen.Text(",\"witness\":\"");
    pen.Text(witness_source);
    pen.Text("#");
    pen.Number(record.witness.ordinal);
    pen.Text("\"");
    return pen.at();
  });
  AppendVerdict(sources, batch, record, keys, match_fields, out);
  out += '}';
}

void AppendProvenanceHead(const SourceNames& sources, std::string& out) {
  out += "{\"sources\":[";
  for (uint32_t i = 0; i < sources.size(); ++i)
    out.append(i == 0 ? "\"" : ",\"").append(sources.escaped(SourceId{i})).append("\"");
  out += "]}\n";
}

SourceNames PlacesOf(const SourceNames& sources) {
  std::vector<std::string> places;
  for (size_t i = 0; i < sources.size(); ++i) places.push_back(std::to_string(i));
  return SourceNames(places);
}

void AppendProvenance(const SourceNames& sources, const Batch& batch, const Record& record,
                      std::span<const std::string> keys, std::span<const std::string> match_fields,
                      ProvenanceFormat format, std::string_view merged, std::string& out) {
  if (!record.is_last_fragment) return;
  const bool is_contaminated = record.fate == Fate::kContaminated;
  const bool is_removed = record.fate == Fate::kExact || record.fate == Fate::kNear || is_contaminated;
  const std::string_view source = sources.escaped(batch.source);
  const std::string_view witness_source = is_removed ? sources.escaped(record.witness.source) : std::string_view();

  const std::string_view quote = format == ProvenanceFormat::kPlain ? "\"" : "";
  AppendWithin(kFixedBytes + 2 * source.size() + witness_source.size(), out,
               [&](char* to) { return WriteHead(source, witness_source, quote, record, to); });
  AppendVerdict(sources, batch, record, keys, match_fields, out);
  out += merged;
  if (!record.id.empty()) {
    out += ",\"id\":"sv;
    if (record.invalid_utf8 == 0)
      out += record.id;
    else
      AppendRepairedUtf8(record.id, out);
  }
  if (!record.snapshot.empty()) {
    out += ",\"snapshot\":\"";
    AppendJsonEscaped(record.snapshot, out);
    out += '"';
  }
  if (!record.language.empty()) {
    out += ",\"language\":\"";
    out += record.language;
    out += '"';
  }
  AppendRemovedLines(sources, batch.UnitsOf(record), out);
  out += "}\n"sv;
}

void AppendReject(const SourceNames& sources, const Batch& batch, const Record& record, std::string& out) {
  if (record.fate != Fate::kRejected) return;
  if (record.is_first_fragment) {
    out += "{\"ref\":\"";
    out += sources.escaped(batch.source);
    out += '#';
    AppendNumber(record.ordinal, out);
    out += "\",\"offset\":";
    AppendNumber(record.offset_bytes, out);
    out += ",\"reason\":\"";
    out += Name(record.reason);
    out += "\",\"raw\":\"";
  }
  AppendJsonEscapedLossless(record.raw, out);
  if (record.is_last_fragment) {
    out += "\",\"bytes\":";
    AppendNumber(record.size_bytes, out);
    out += "}\n";
  }
}

}  // namespace unecho
