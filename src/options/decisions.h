// What a person has decided of pairs of records (--decided): the file that --review wrote, with its first column filled
// in. It is looked at before any rule.
//
//   decision,...,ref_1,ref_2,id_1,id_2,title_1,title_2,...
//   decision: same or different (also yes, no); empty: nothing is decided
//
// A record goes by its ref; by its id where the line has two different ones and the run has an --id-field, since refs
// count records, and those may have come in another order since. A table has less of a name than there may be, and so
// names are equal if their NameKey() is. What is decided to be the same is so all together: if A is B, and B is C, then
// A is C; and what is different from one of them is so from all. So a name belongs to a group.
//
// A decision holds for groups of records, too: what is decided to be the same as a removed record is the same as its
// witness, and what is different from it is kept apart from its witness. Where the two contradict, nothing is removed.
// docs/design.md, "Decisions", has the steps; match/decided_kept.h and match/works.h take them, audit/decided.h checks.
//
// In:      CSV as spreadsheets write it: any delimiter, quotes, a byte order mark, `sep=;`; more columns, in any order.
// Cost:    once a run; a look-up a record. Threads: const.
// Failure: no such columns, a word that is no decision, decisions that contradict: kInvalidArgument with file and line.
#ifndef UNECHO_SRC_OPTIONS_DECISIONS_H_
#define UNECHO_SRC_OPTIONS_DECISIONS_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash_map.h"
#include "base/status.h"

namespace unecho {

class Decisions {
 public:
  // `has_ids`: the run has an --id-field.
  static absl::StatusOr<Decisions> Read(const std::string& path, bool has_ids);
  // `text`: what stands in the file.
  static absl::StatusOr<Decisions> Parse(std::string_view text, const std::string& path, bool has_ids);

  // A record as some line calls it.
  struct Name {
    std::string text;         // NameKey() of a ref or an id
    std::string title;        // as the first line has it that says one; empty: none does
    uint64_t line = 0;        // the first that has the name
    uint64_t title_line = 0;  // that of the title
    uint32_t group = 0;
    bool is_id = false;
  };
  std::span<const Name> names() const { return names_; }
  const std::string& path() const { return path_; }
  // Places in names().
  static constexpr uint32_t kNone = UINT32_MAX;
  // `ref`, `id`: as the record has it.
  uint32_t FindRef(std::string_view ref) const { return Find(refs_, ref); }
  uint32_t FindId(std::string_view id) const { return Find(ids_, id); }

  // From 1; 0: no line names it.
  uint32_t GroupOfRef(std::string_view ref) const { return GroupOf(FindRef(ref)); }
  uint32_t GroupOfId(std::string_view id) const { return GroupOf(FindId(id)); }
  uint32_t num_groups() const { return static_cast<uint32_t>(different_.size()) - 1; }
  std::span<const uint32_t> DifferentFrom(uint32_t group) const { return different_[group]; }

  // Lines that say so.
  uint64_t num_same() const { return num_same_; }
  uint64_t num_different() const { return num_different_; }

 private:
  using Places = HashMap<std::string, uint32_t>;
  struct Pair {
    uint32_t a = 0, b = 0;  // places in names_
    uint64_t line = 0;
    bool is_same = false;
  };
  static uint32_t Find(const Places& places, std::string_view name);
  uint32_t GroupOf(uint32_t place) const { return place == kNone ? 0 : names_[place].group; }
  absl::StatusOr<uint32_t> Add(const std::string& text, std::string_view title, bool is_id, uint64_t line);
  absl::Status Join(std::span<const Pair> pairs);

  std::string path_;
  std::vector<Name> names_;
  Places refs_, ids_;
  std::vector<std::vector<uint32_t>> different_ = {{}};  // by group, sorted
  uint64_t num_same_ = 0, num_different_ = 0;
};

// The value of an --id-field, which is JSON, as text: a string without its quotes.
std::string TextOfId(std::string_view json);
// An id as text, or a ref, as it stands in a table: in UTF-8, runs of blanks and control characters are one blank, and
// there is none at the ends. NameKey(NameKey(x)) is NameKey(x).
std::string NameKey(std::string_view name);
// What is left of a title wherever it has been: spreadsheets break other letters, signs and blanks.
std::string TitleKey(std::string_view title);

// What a spreadsheet would take for a formula is written with a ' in front, and read without it.
std::string CellText(std::string_view value);
std::string_view ValueOfCell(std::string_view cell);

}  // namespace unecho

#endif  // UNECHO_SRC_OPTIONS_DECISIONS_H_
