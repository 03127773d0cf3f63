// Which values of a JSON object are its text: for jsonl, for what writes its lines anew.
//
// By name:  --match-fields, in their order. A name may be a path: "metadata.title", "messages[].content" (of every
//           element; the brackets may be left out). A member of exactly that name comes first, then one of that name in
//           another case.
// Without:  the first title field of the profile that has text, or else the first string that is a title by its name
//           (field_names.h); then, in the order of the object, its body fields, other strings that are texts by their
//           names (field_names.h) or because they are prose (prose.h), lists of strings, and, if there is prose in one
//           of them, or no text by its name beside them and one inside, other lists and objects, without the numbers in
//           them. Left out are members whose names say that they are no text, what repeats another member with mark-up,
//           and a string that another of these texts holds as it stands: a teaser.
//           An object without title and text, or whose text is several members by nature (JsonlProfile::whole: the
//           messages of a chat, a question and its answer), says all that is in it: every string and number at any
//           depth, in order, but for what only identifies it.
// A value that is a list or an object stands for all strings and numbers in it. null is the same as nothing.
// Of a key that comes twice, the first counts.
//
// Cost:    one look at each member, a walk over those that are taken.
// Threads: one for each thread.
// Failure: a reason.
#ifndef UNECHO_SRC_LAYOUTS_JSON_TEXTS_H_
#define UNECHO_SRC_LAYOUTS_JSON_TEXTS_H_

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "layouts/field_names.h"
#include "layouts/json_members.h"
#include "layouts/named_field.h"
#include "layouts/profile.h"
#include "unecho/layouts.h"
#include "unecho/record.h"

namespace unecho {

// What follows a walk and has nothing to say: see JsonTexts::ForEach.
struct NoCompanion {
  struct Inside {
    NoCompanion operator[](size_t) const { return {}; }
  };
  static Inside Open() { return {}; }
};

class JsonTexts {
 public:
  JsonTexts(const LayoutOptions& options, const JsonlProfile& profile);

  // Of the object that was chosen from: it has a member that is called as that of --mark and --annotate.
  bool has_mark() const { return has_mark_; }

  // Which of --match-fields some object had: bits, by their place there.
  uint64_t seen_names() const { return seen_names_; }

  // Chooses the values of `object`; it outlives them. kNone, kNoMatchField or kFieldNotString.
  Reason Choose(const simdjson::dom::object& object);

  // Is something of this member of the object compared?
  bool IsCompared(uint32_t member) const { return compared_[member] != Compared::kNot; }
  // ... and numbers, and what is no text by its name, too?
  bool IsAllCompared(uint32_t member) const { return compared_[member] == Compared::kAll; }

  // Of the object that was chosen from. The title by name, whether it is a text that is compared or not.
  std::string_view title() const { return title_; }
  bool begins_with_title() const { return !values_.empty() && values_.front().is_title; }

  // The place among --match-fields of each string and number that ForEach() visits, in its order.
  std::vector<uint8_t> FieldsOfEach() const;

  // Calls visit(scalar, companion) for every string and number that is compared, in order. `companion` follows the walk
  // down: companion.Open()[i] is what goes with the i-th member or element, for instance how it is written.
  template <typename Companion, typename Visit>
  void ForEach(Companion companion, Visit&& visit) const;

  // The same for all that is in one value. `skips_other`: but for members that are no text.
  template <typename Visit>
  static void ForEachIn(const simdjson::dom::element& value, bool skips_other, Visit&& visit) {
    Walk(value, {}, NoCompanion(), skips_other, visit);
  }

  // Bytes of the strings of `object`, at any depth, that are not compared. `bytes_of`: of a string.
  template <typename BytesOf>
  uint64_t LeftOutBytes(const simdjson::dom::object& object, BytesOf&& bytes_of) const;

 private:
  using Element = simdjson::dom::element;
  enum class Compared : uint8_t { kNot, kText, kAll };
  enum class Found : uint8_t { kNothing, kText, kNoText, kOther };  // kNoText: "", [], {}; kOther: true, false
  struct Field {
    std::string name;
    std::vector<std::string> path;  // of names; empty if it is just a name
    size_t place = 0;               // in fields_
    Found found = Found::kNothing;
    bool is_exact = false;  // by its name, not by its path
    int rank = 0;           // of what was found: by a path, by the name in another case, by the name
    uint32_t member = 0;
    Element value;
  };
  struct Value {
    uint32_t member = 0;
    std::span<const std::string> path;  // from there
    Element value;
    uint8_t field = 0;  // in fields_
    bool is_title = false;
    bool skips_other = false;        // inside, members that are no text, and numbers
    bool needs_text_inside = false;  // ... in it or in another such value
  };

  static constexpr size_t kLengths = 32;
  static size_t LengthOf(std::string_view name) { return std::min(name.size(), kLengths - 1); }
  void TakeByName(std::string_view key, uint32_t member, const Element& value);
  bool TakeByProfile(std::string_view key, uint32_t member, const Element& value);
  static Found Look(const Element& value);
  static void Take(Field& field, uint32_t member, const Element& value, int rank);
  static const Field* FirstOf(std::span<const Field> fields);
  Reason ChooseByName();
  Reason ChooseByProfile(const simdjson::dom::object& object, bool is_whole);
  void AddValue(const Field& field, bool is_title);
  bool AddAll(const simdjson::dom::object& object, const Field* title);
  void AddTexts(const simdjson::dom::object& object, const Field* title, bool beside_text);
  void DropTeasers();
  bool FindTitle(const simdjson::dom::object& object);
  static bool HasTextName(const simdjson::dom::object& object);
  bool IsBody(uint32_t member) const;
  bool IsNamed(std::string_view key) const {
    return IsCalled(key, options_.id_field) || IsCalled(key, options_.order_field);
  }
  template <typename Companion, typename Visit>
  static void Walk(const Element& value, std::span<const std::string> path, Companion companion, bool skips_other,
                   Visit& visit);

  const LayoutOptions& options_;
  std::vector<Field> fields_;  // match fields; else titles, then bodies
  Field named_title_;          // by no name of the profile
  uint64_t seen_names_ = 0;
  size_t num_titles_ = 0;  // of fields_
  std::vector<std::string_view> whole_;
  std::array<std::vector<uint8_t>, kLengths> of_length_;  // places in fields_, by LengthOf() the names of the profile
  std::array<bool, kLengths> has_whole_of_length_{};
  std::vector<const Field*> known_;  // of each member of the object; null: its name is no field's
  std::vector<Value> values_;
  std::vector<Compared> compared_;                 // by member of the object that was chosen from
  mutable std::vector<std::string_view> strings_;  // scratch of LeftOutBytes()
  std::string_view title_;
  bool has_mark_ = false;
};

template <typename Companion, typename Visit>
void JsonTexts::Walk(const Element& value, std::span<const std::string> path, Companion companion, bool skips_other,
                     Visit& visit) {
  if (simdjson::dom::array array; value.get(array) == simdjson::SUCCESS) {
    const auto inside = companion.Open();
    size_t i = 0;
    for (const Element each : array) Walk(each, path, inside[i++], skips_other, visit);
    return;
  }
  if (simdjson::dom::object object; value.get(object) == simdjson::SUCCESS) {
    const auto inside = companion.Open();
    size_t i = 0;
    for (const auto& [key, each] : object) {
      const bool is_on_path = !path.empty() && IsCalled(key, path.front());
      if (is_on_path) return Walk(each, path.subspan(1), inside[i], skips_other, visit);
      if (path.empty() && !IsIdentity(key) && (!skips_other || !IsOtherMember(key, each)))
        Walk(each, path, inside[i], skips_other, visit);
      ++i;
    }
    return;
  }
  if (!path.empty()) return;
  std::string_view string;
  const bool is_string = value.get(string) == simdjson::SUCCESS;
  if (is_string ? !string.empty() : !skips_other && value.is_number()) visit(value, companion);
}

template <typename Companion, typename Visit>
void JsonTexts::ForEach(Companion companion, Visit&& visit) const {
  if (values_.empty()) return;
  const auto inside = companion.Open();
  for (const Value& each : values_) {
    // A string that is a field is a text even if it is empty.
    if (each.path.empty() && each.value.is_string())
      visit(each.value, inside[each.member]);
    else
      Walk(each.value, each.path, inside[each.member], each.skips_other, visit);
  }
}

template <typename BytesOf>
uint64_t JsonTexts::LeftOutBytes(const simdjson::dom::object& object, BytesOf&& bytes_of) const {
  uint64_t bytes = 0;
  const auto count = [&](std::string_view string) { bytes += bytes_of(string); };
  ForEachString(object, count);
  std::vector<std::string_view>& compared = strings_;
  compared.clear();
  ForEach(NoCompanion(), [&](const Element& value, NoCompanion) {
    if (std::string_view string; value.get(string) == simdjson::SUCCESS) compared.push_back(string);
  });
  // One may be named twice.
  std::ranges::sort(compared, {}, [](std::string_view each) { return each.data(); });
  const char* last = nullptr;
  for (const std::string_view each : compared) {
    if (each.data() != last) bytes -= bytes_of(each);
    last = each.data();
  }
  return bytes;
}

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_JSON_TEXTS_H_
