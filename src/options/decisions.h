// What a person has decided of pairs of records (--decided): the file that --review wrote, with its first column filled
// in. It is looked at before any rule.
//
//   decision,...,ref_1,ref_2,id_1,id_2,title_1,title_2,...
//   decision: same or different (also yes, no); empty: nothing is decided
//
// A record goes by its ref; by its id where the line has two different ones and the run has an --id-field, since refs
// count records, and those may have come in another order since. What is decided to be the same is so all together: if
// A is B, and B is C, then A is C; and what is different from one of them is so from all. So a name belongs to a group.
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
#include "unecho/status.h"

namespace unecho {

class Decisions {
 public:
  enum class Answer : uint8_t { kNone, kSame, kDifferent };
  // `has_ids`: the run has an --id-field.
  static absl::StatusOr<Decisions> Read(const std::string& path, bool has_ids);
  // `text`: what stands in the file.
  static absl::StatusOr<Decisions> Parse(std::string_view text, const std::string& path, bool has_ids);

  // A record as some line calls it.
  struct Name {
    std::string text;   // ref or id
    std::string title;  // as the line has it; empty: it does not say
    uint64_t line = 0;  // the first that has the name
    uint32_t group = 0;
    bool is_id = false;
  };
  std::span<const Name> names() const { return names_; }
  const std::string& path() const { return path_; }
  // Places in names().
  static constexpr uint32_t kNone = UINT32_MAX;
  uint32_t FindRef(std::string_view ref) const { return Find(refs_, ref); }
  uint32_t FindId(std::string_view id) const { return Find(ids_, id); }

  // From 1; 0: no line names it.
  uint32_t GroupOfRef(std::string_view ref) const { return GroupOf(FindRef(ref)); }
  uint32_t GroupOfId(std::string_view id) const { return GroupOf(FindId(id)); }
  uint32_t num_groups() const { return static_cast<uint32_t>(different_.size()) - 1; }
  std::span<const uint32_t> DifferentFrom(uint32_t group) const { return different_[group]; }
  // Of two groups, and of two records by their refs.
  Answer Of(uint32_t group_a, uint32_t group_b) const;
  Answer Of(std::string_view ref_a, std::string_view ref_b) const { return Of(GroupOfRef(ref_a), GroupOfRef(ref_b)); }

  // Lines that say so.
  uint64_t num_same() const { return num_same_; }
  uint64_t num_different() const { return num_different_; }

 private:
  using Places = HashMap<std::string, uint32_t>;
  struct Pair {
    uint32_t a = 0, b = 0;  // places in names_
    uint64_t line = 0;
    Answer answer = Answer::kNone;
  };
  static uint32_t Find(const Places& places, std::string_view name) {
    const auto found = places.find(absl::string_view(name.data(), name.size()));
    return found == places.end() ? kNone : found->second;
  }
  uint32_t GroupOf(uint32_t place) const { return place == kNone ? 0 : names_[place].group; }
  uint32_t Add(std::string_view text, std::string_view title, bool is_id, uint64_t line);
  absl::Status Join(std::span<const Pair> pairs);

  std::string path_;
  std::vector<Name> names_;
  Places refs_, ids_;
  std::vector<std::vector<uint32_t>> different_ = {{}};  // by group, sorted
  uint64_t num_same_ = 0, num_different_ = 0;
};

// The value of an --id-field, which is JSON, as a file of decisions has it: a string without its quotes.
std::string TextOfId(std::string_view json);

// What a spreadsheet would take for a formula is written with a ' in front, and read without it.
std::string CellText(std::string_view value);
std::string_view ValueOfCell(std::string_view cell);

}  // namespace unecho

#endif  // UNECHO_SRC_OPTIONS_DECISIONS_H_
