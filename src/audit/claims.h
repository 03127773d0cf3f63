// What a run claims: its provenance, line by line, and its corpus; and the violations the audit finds in them.
//
// In:      JSON lines as provenance.h describes them, plain or compressed.
// Out:     one Claim per line, in order. A line that cannot be understood is a violation, and a claim that says so.
// Cost:    the provenance text stays in memory: about 200 bytes a record. The corpus is streamed.
// Threads: one caller.
// Failure: a Status for what cannot be opened or read.
#ifndef UNECHO_SRC_AUDIT_CLAIMS_H_
#define UNECHO_SRC_AUDIT_CLAIMS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/against.h"
#include "audit/earlier.h"
#include "options/sameness.h"
#include "read/input.h"
#include "read/source_widths.h"
#include "unecho/audit.h"
#include "unecho/record.h"

namespace unecho {

// Counts all, lists the first.
class Violations {
 public:
  void Add(std::string_view where, std::string_view what);
  uint64_t count() const { return count_; }
  std::vector<std::string> TakeListed() { return std::move(listed_); }

 private:
  std::vector<std::string> listed_;
  uint64_t count_ = 0;
};

struct Claim {
  static constexpr size_t kNoWitness = SIZE_MAX;

  bool understood = false;      // false: nothing below holds but `source` and `text`
  uint32_t source = 0;          // index of the source
  uint64_t ordinal = 0;         // its position among the lines of its source, from 1
  uint64_t written_offset = 0;  // as the line says: in the source
  uint64_t written_size = 0;
  uint64_t offset_bytes = 0;  // the same, unless the source was converted to UTF-8: then in that text
  uint64_t size_bytes = 0;
  Fate fate = Fate::kRejected;
  Reason reason = Reason::kNone;
  size_t witness = kNoWitness;     // index of the witness's claim
  size_t evaluation = kNoWitness;  // contaminated: number of the evaluation record
  uint64_t ngrams = 0;             // contaminated
  static constexpr size_t kNoSuchKey = SIZE_MAX;
  size_t by_key = 0;            // removed by this key, from 1; 0: by its text
  bool by_work = false;         // removed by the rule of works
  bool by_decision = false;     // removed by --decided
  std::string_view agreeing;    // with --compare works: what agrees, a list as written; empty: none
  std::string_view similarity;  // as written
  // As written, too: of exact ones; the group; the own --id-field and that of the witness. Empty where nothing is said.
  std::string_view equal, group, member, id, witness_id;
  std::string_view similarities;  // with its braces, as written; empty: none
  std::string_view text;          // the line, without its line end
  // A kept record of an earlier run (earlier.h): what its source is called; else empty.
  std::string_view earlier_source;
  uint32_t earlier_members = 0;  // of its group, before this run
};

struct Claims {
  std::string text;               // of the whole provenance; the claims borrow from it
  std::vector<std::string> head;  // of a compact provenance: the names of its sources, as they are written
  std::vector<Claim> all;
  std::vector<size_t> first_of_source;  // one more than there are sources
  size_t num_own = 0;              // those of the run; behind them the kept records of earlier ones, which no line has
  bool cannot_be_checked = false;  // lines are about other sources, or none is of a provenance

  std::span<Claim> OfSource(size_t source) {
    return {all.data() + first_of_source[source], first_of_source[source + 1] - first_of_source[source]};
  }
  std::span<const Claim> OfSource(size_t source) const {
    return {all.data() + first_of_source[source], first_of_source[source + 1] - first_of_source[source]};
  }
};

// All bytes of one input, decompressed.
absl::StatusOr<std::string> ReadWhole(const InputFile& file);
// The same as UTF-8, by --encoding and the layout (null: detected), and the unit it was converted from (utf8_reader.h).
struct WholeText {
  std::string text;
  const SourceWidths* widths = nullptr;  // null: it was UTF-8
  std::string encoding = {};             // empty: nothing was read
  uint64_t num_undecodable = 0;
};
absl::StatusOr<WholeText> ReadText(const InputFile& file, const std::string& encoding, const Layout* layout);
// Offsets and sizes of the claims of one source: from its own bytes to those of the text it was converted to.
void PointIntoText(const WholeText& text, std::span<Claim> claims);

// `keys`: of the run. `against`: null without evaluation sets. `earlier`: null without an index; it outlives the
// claims.
absl::StatusOr<std::unique_ptr<Claims>> ReadClaims(const std::string& path, std::span<const InputFile> sources,
                                                   std::span<const Sameness::Key> keys, const AuditAgainst* against,
                                                   const EarlierRecords* earlier, Violations& violations);

// A compact provenance names all sources of the run in their order, used or not: inputs, evaluation sets, and those of
// earlier runs.
void CheckHead(const Claims& claims, std::span<const InputFile> sources, std::span<const InputFile> sets,
               std::span<const std::string> earlier, Violations& violations);

// The source that the first line of a provenance names; empty if it names none. Of a pipe it cannot be said.
absl::StatusOr<std::string> FirstSourceOf(const std::string& path);

// A file, line by line.
class LineStream {
 public:
  static absl::StatusOr<LineStream> Open(const std::string& path);
  // A provenance in either form, as its plain lines (compact_provenance.h).
  static absl::StatusOr<LineStream> OfProvenance(const std::string& path);
  // The line in turn without its line end, and the one after it; nullopt behind the last. Views die at Drop().
  absl::StatusOr<std::optional<std::string_view>> Peek(bool second = false);
  void Drop();                                    // goes on to the next line; Peek() found one before
  uint64_t line() const { return line_; }         // 1-based number of the line in turn
  bool ends_cut_off() const { return cut_off_; }  // the last line had no line end

 private:
  absl::StatusOr<bool> FindLine(size_t begin, size_t& end);
  std::unique_ptr<InputReader> reader_;
  std::string buffer_;
  size_t begin_ = 0;
  uint64_t line_ = 1;
  bool at_end_ = false;
  bool cut_off_ = false;
};

// "name#ordinal"
std::string ClaimRef(std::span<const InputFile> sources, const Claim& claim);

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_CLAIMS_H_
