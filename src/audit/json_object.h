// A JSON object of a line as an audit reads it: its members as they are written, and which of them are its text.
// Written from the description of jsonl (unecho-layouts(5)), not from the code of the layout; what names say is asked
// of layouts/field_names.
//
// Cost:    linear in the object for each look at it. Threads: one user each. Failure: a reason.
#ifndef UNECHO_SRC_AUDIT_JSON_OBJECT_H_
#define UNECHO_SRC_AUDIT_JSON_OBJECT_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "layouts/profile.h"
#include "unecho/options.h"
#include "unecho/record.h"

namespace unecho {

// A member of an object as it is written. Its views borrow from the object's text.
struct RawMember {
  std::string_view all;   // from the quote of its name to the end of its value
  std::string_view name;  // with its quotes
  std::string_view value;
};

// The members of an object, or the elements of an array, that is known to be well-formed, in order: the DOM lists them
// in the same order. In a Python literal a string has either quote, a list either bracket.
std::vector<RawMember> RawMembers(std::string_view json);

// Is it a name that an option may mean by `asked`: without case, and without blanks around it?
bool IsNameFor(std::string_view name, std::string_view asked);

class ObjectTexts {
 public:
  struct Text {
    std::string text;
    std::string_view json, written;
    bool is_title = false, is_string = true;
    size_t field = 0;  // by name: the place of its name
  };

  // `json`: an object that has been parsed; `written`: the same, as it stands in the line.
  ObjectTexts(std::string_view json, std::string_view written, const AnswerOptions& options)
      : options_(options), members_(Inside(json, written)) {}

  Reason ByName(const std::vector<std::string>& fields);
  Reason ByProfile(const JsonlProfile& profile);

  const std::vector<Text>& texts() const { return texts_; }
  // Bytes of the strings in `json` that are none of them.
  uint64_t LeftOutBytes() const;

  // A string without quotes and escapes; a number.
  static std::string Unescaped(std::string_view json);

 private:
  struct Member {
    std::string name;
    std::string_view json, written;
    bool is_string() const { return json[0] == '"'; }
    bool is_container() const { return json[0] == '{' || json[0] == '['; }
  };
  enum class Skip : uint8_t { kIdentity, kOther, kNothing };

  static std::vector<Member> Inside(std::string_view json, std::string_view written);
  static bool IsOther(const Member& member, bool beside_text = true);
  static void Collect(const Member& value, std::span<const std::string> path, Skip skip, std::vector<Text>& texts);
  static bool SaysSomething(const Member& member);
  static bool IsListOfStrings(const Member& member);
  static bool HasProse(const Member& member);
  static bool HasNamedText(const Member& value);
  bool RepeatsWithMarkup(const Member& member) const;
  const Member* FindAsked(std::string_view name) const;
  const Member* FindValue(std::string_view name) const;
  const Member* FirstOf(const std::vector<std::string>& names) const;
  bool IsNamed(const Member& member) const;
  void Append(const Member& member, bool is_title, Skip skip = Skip::kIdentity);
  bool AppendAll(const Member* title);
  void AppendTexts(const JsonlProfile& profile, const Member* title, bool beside_text);

  const AnswerOptions& options_;
  std::vector<Member> members_;
  mutable std::map<std::string, const Member*, std::less<>> by_name_;  // the first of each name; made when asked for
  std::vector<Text> texts_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_JSON_OBJECT_H_
