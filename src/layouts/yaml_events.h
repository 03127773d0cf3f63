// The events of a YAML text, by libyaml: what the place of the records and the records themselves are read from.
//
// Aliases are events of their own and are never followed, so a small text stays small.
// Cost:    one pass of libyaml over the text. Threads: one caller.
// Failure: Next() gives none, and failed() is true; std::bad_alloc.
#ifndef UNECHO_SRC_LAYOUTS_YAML_EVENTS_H_
#define UNECHO_SRC_LAYOUTS_YAML_EVENTS_H_

#include <yaml.h>

#include <string_view>

#include "base/memory.h"

namespace unecho {

class YamlEvents {
 public:
  // Borrows the text.
  explicit YamlEvents(std::string_view text) {
    is_ready_ = yaml_parser_initialize(&parser_) != 0;
    if (!is_ready_) return;
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    if (text.empty()) text = "";  // not null
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  ~YamlEvents() {
    Drop();
    if (is_ready_) yaml_parser_delete(&parser_);
  }
  YamlEvents(const YamlEvents&) = delete;
  YamlEvents& operator=(const YamlEvents&) = delete;

  // Null at the end of the stream, and where the text is no YAML. The event lives until the next call.
  const yaml_event_t* Next() {
    Drop();
    if (!is_ready_ || is_over_) return nullptr;
    NoteAllocation(kEventBytes);
    has_event_ = yaml_parser_parse(&parser_, &event_) != 0;
    failed_ = !has_event_;
    is_over_ = failed_ || event_.type == YAML_STREAM_END_EVENT;
    return is_over_ ? nullptr : &event_;
  }
  bool failed() const { return failed_ || !is_ready_; }
  // 0-based, where it failed.
  size_t failed_line() const { return parser_.problem_mark.line; }

  static std::string_view Value(const yaml_event_t& scalar) {
    return {reinterpret_cast<const char*>(scalar.data.scalar.value), scalar.data.scalar.length};
  }

 private:
  void Drop() {
    if (has_event_) yaml_event_delete(&event_);
    has_event_ = false;
  }

  // libyaml takes its memory without operator new: some of an event may stay. What counts is that somebody looks.
  static constexpr uint64_t kEventBytes = 256;

  yaml_parser_t parser_{};
  yaml_event_t event_{};
  bool is_ready_ = false, has_event_ = false, failed_ = false, is_over_ = false;
};

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_YAML_EVENTS_H_
