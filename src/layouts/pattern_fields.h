// Which field of a pattern profile each line of a record goes to.
//
// Each line belongs to one field: to that of the line before, if its `more` matches; else to the first of the profile's
// list whose `line` does; else to that of the line before, if it takes the `rest`; else to the field without a pattern,
// if there is one. Of several fields of one name the first of the list that has text counts.
//
// In:      the lines of one record after the other. Out: views of them, or of the arena of the batch where something
//          was cut out.
// Cost:    the patterns of the fields that may match by the first byte of a line. Threads: one user each.
#ifndef UNECHO_SRC_LAYOUTS_PATTERN_FIELDS_H_
#define UNECHO_SRC_LAYOUTS_PATTERN_FIELDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "layouts/profile.h"

namespace unecho {

// Borrows from the profile and the batch.
class PatternFields {
 public:
  using Lines = std::span<const std::string_view>;  // trimmed; an empty one between paragraphs

  PatternFields(const PatternProfile& profile, Batch& batch);

  void Clear();  // before each record
  // Sorts the lines of an entry. `behind`: the marks behind that of the entry; those that begin inside it are furniture
  // and go to no field. Returns their bytes.
  uint64_t Read(const Cut& entry, std::span<const Cut> behind);

  Lines LinesOf(size_t field) const { return values_[field].lines; }
  Lines FirstOf(std::string_view name) const;    // the lines of the first field of that name that has text
  Lines Text() const;                            // a summary is the text where there is no other
  bool IsSaid(std::string_view line);            // is it a line of the title or the text?
  bool BeginsText(std::string_view line) const;  // does the text begin in it?
  // Of the entry in hand: of lines that are neither title nor text, and of what has the name of one that is taken.
  uint64_t LeftOutBytes() const;

  // `value` without what the patterns match at its ends or inside, each once.
  std::string_view Stripped(const std::vector<Pattern>& patterns, std::string_view value);

 private:
  static constexpr size_t kNoField = SIZE_MAX;
  struct Value {
    std::vector<std::string_view> lines;
    bool is_open = false;  // the next line may go on with it
  };

  size_t TakeLine(std::string_view line);  // the field that it goes to
  size_t TakeCode(std::string_view line);  // that goes on with what is open, whatever it looks like
  bool TakeValue(size_t i, std::string_view line);
  size_t GoOn(std::string_view line);
  void AddLine(size_t field, std::string_view line);
  void EndTitle();
  bool IsText(size_t field) const;
  uint64_t AlternativeBytes(std::string_view name) const;

  const PatternProfile& profile_;
  Batch& batch_;
  std::vector<Value> values_;            // by field
  std::array<size_t, 256> first_field_;  // that a line that begins with this byte may go to
  size_t all_others_ = kNoField;         // the field that takes what no other does
  uint64_t summary_bytes_ = 0;           // of the lines that are a summary
  uint64_t left_out_bytes_ = 0;          // of the lines that are neither title nor text
  size_t open_ = kNoField;               // the field that the line before belongs to
  std::vector<const char*> said_;  // where the lines of the title and the text begin, in order; made when asked for
  bool has_said_ = false;
  std::string scratch_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_PATTERN_FIELDS_H_
