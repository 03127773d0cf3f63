#include "audit/look_up.h"

#include <simdjson.h>

#include <algorithm>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "audit/claims.h"
#include "text/counted.h"
#include "text/json.h"
#include "text/ref.h"

namespace unecho {
namespace {

std::string Text(const simdjson::dom::object& line, std::string_view key) {
  std::string_view value;
  return line[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
}

uint64_t Number(const simdjson::dom::object& line, std::string_view key, uint64_t otherwise = 0) {
  uint64_t value = 0;
  return line[key].get(value) == simdjson::SUCCESS ? value : otherwise;
}

ProvenanceEntry Read(const simdjson::dom::object& line) {
  ProvenanceEntry entry;
  entry.ref = Text(line, "ref");
  entry.source = Text(line, "source");
  entry.ordinal = Number(line, "ordinal");
  entry.fate = Text(line, "fate");
  entry.witness = Text(line, "witness");
  entry.by = Text(line, "by");
  entry.reason = Text(line, "reason");
  entry.language = Text(line, "language");
  if (double similarity = 0; line["similarity"].get(similarity) == simdjson::SUCCESS) entry.similarity = similarity;
  if (uint64_t ngrams = 0; line["ngrams"].get(ngrams) == simdjson::SUCCESS) entry.ngrams = ngrams;
  simdjson::dom::array removed;
  if (line["removed_lines"].get(removed) != simdjson::SUCCESS) return entry;
  for (const simdjson::dom::element& each : removed) {
    simdjson::dom::object lines;
    if (each.get(lines) != simdjson::SUCCESS) continue;
    entry.removed_lines.push_back({Number(lines, "line"), Number(lines, "lines", 1), Number(lines, "sentence"),
                                   Text(lines, "witness"), Number(lines, "witness_line")});
  }
  return entry;
}

// The sources of a provenance, for the message that says what there is.
class Sources {
 public:
  void Add(std::string_view name) {
    if (!names_.empty() && names_.back() == name) {
      ++records_;
      return;
    }
    names_.emplace_back(name);
    records_ = 1;
  }
  // How many records the last source has, so far.
  uint64_t records() const { return records_; }
  absl::Status NoSuch(const std::string& provenance, const std::string& ref,
                      const std::optional<uint64_t>& records_of_source) const {
    if (names_.empty())
      return absl::NotFoundError(absl::StrFormat("%s: there is no record in this provenance", provenance));
    const auto split = ParseRef(ref);
    if (split && records_of_source) {
      return absl::NotFoundError(absl::StrFormat("there is no record %s: %s has %s, %s#1 to %s#%d", ref, split->source,
                                                 Counted(*records_of_source, "record"), split->source, split->source,
                                                 *records_of_source));
    }
    constexpr size_t kShown = 5;
    std::vector<std::string> shown(names_.begin(),
                                   names_.begin() + static_cast<std::ptrdiff_t>(std::min(kShown, names_.size())));
    if (names_.size() > kShown) shown.push_back(absl::StrFormat("and %d more", names_.size() - kShown));
    return absl::NotFoundError(
        absl::StrFormat("there is no record %s: a reference is SOURCE#NUMBER, for example %s#1; the sources are %s",
                        ref, names_.front(), absl::StrJoin(shown, ", ")));
  }

 private:
  std::vector<std::string> names_;
  uint64_t records_ = 0;
};

}  // namespace

absl::StatusOr<LookedUp> LookUp(const std::string& provenance, const std::string& ref) {
  UNECHO_ASSIGN_OR_RETURN(LineStream lines, LineStream::OfProvenance(provenance));
  const auto split = ParseRef(ref);
  std::string quoted;
  AppendJsonString(ref, quoted);
  simdjson::dom::parser parser;
  LookedUp found;
  Sources sources;
  std::optional<uint64_t> records_of_source;
  bool is_there = false;
  for (;;) {
    UNECHO_ASSIGN_OR_RETURN(const std::optional<std::string_view> text, lines.Peek());
    if (!text) break;
    // Most lines do not name the record; of those, the source is all that is wanted, and it is the first string but
    // one.
    const bool names_it = text->find(quoted) != std::string_view::npos;
    if (names_it || !is_there) {
      simdjson::dom::object line;
      if (parser.parse(text->data(), text->size(), true).get(line) != simdjson::SUCCESS || Text(line, "ref").empty() ||
          Text(line, "fate").empty()) {
        return absl::DataLossError(absl::StrFormat("%s:%d: is no line of a provenance", provenance, lines.line()));
      }
      const std::string source = Text(line, "source");
      if (!is_there) {
        sources.Add(source);
        if (split && split->source == source) records_of_source = sources.records();
      }
      if (Text(line, "ref") == ref) {
        found.entry = Read(line);
        is_there = true;
      } else if (names_it && Text(line, "witness") == ref) {
        ++found.num_copies;
        ProvenanceEntry copy = Read(line);
        if (found.copies.size() < LookedUp::kMaxCopies)
          found.copies.push_back({copy.ref, copy.fate, copy.similarity.value_or(0)});
      }
    }
    lines.Drop();
  }
  if (!is_there) return sources.NoSuch(provenance, ref, records_of_source);
  return found;
}

}  // namespace unecho
