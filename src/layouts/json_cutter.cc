// The serial half of json: the objects in one place of a document -> spans of records.
//
// Inside a record only strings and brackets are looked at, and as much grammar as is needed to see soon that a record
// is broken: which bracket closes which, what may stand before a string or a bracket, no letters but those of literals,
// no line end in a string. A broken record goes up to where the next one seems to begin: a brace and the key that the
// records of this source begin with. It is malformed, as is any other value among the records, and text behind a
// document, up to the end of its line or to more JSON. A string elsewhere is rejected as orphan_body if it is prose, or
// in another list and a title or a text by its name: the comments beside a list of posts. What stands before JSON
// (json_head.h) is furniture.
#include <algorithm>
#include <array>

#include "layouts/engines.h"
#include "layouts/field_names.h"
#include "layouts/json_head.h"
#include "layouts/json_place.h"
#include "layouts/prose.h"
#include "layouts/span_cutter.h"
#include "text/characters.h"

namespace unecho {
namespace {

// The place is found in so many bytes.
constexpr uint64_t kMinFindBytes = 4096, kMaxFindBytes = uint64_t{64} << 10;
constexpr size_t kLongestKey = 256;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
// A place is not as deep as that; a record that is deeper is none that simdjson would take.
constexpr size_t kMostLevels = 128, kMostBrackets = 1024;

enum class Class : uint8_t { kBad, kBlank, kScalar, kColon, kComma, kQuote, kOpen, kClose };

constexpr std::array<Class, 256> kClasses = [] {
  std::array<Class, 256> out{};
  for (const char c : {' ', '\t', '\n', '\r'}) out[static_cast<unsigned char>(c)] = Class::kBlank;
  for (const char c : std::string_view("0123456789+-.eEtrufalsnNI"))
    out[static_cast<unsigned char>(c)] = Class::kScalar;
  out[':'] = Class::kColon;
  out[','] = Class::kComma;
  out['"'] = Class::kQuote;
  out['{'] = out['['] = Class::kOpen;
  out['}'] = out[']'] = Class::kClose;
  return out;
}();

Class ClassOf(char c) { return kClasses[static_cast<unsigned char>(c)]; }

class JsonCutter final : public SpanCutter {
 public:
  JsonCutter(const LayoutOptions& options, const JsonProfile& profile)
      : SpanCutter(options),
        find_bytes_(std::clamp<uint64_t>(max_record_bytes_, kMinFindBytes, kMaxFindBytes)),
        profile_(profile),
        path_(options.record) {}

 protected:
  void Scan() override {
    if (!has_place_) {
      const bool is_given = !path_.empty();
      if (!AtEnd() && End() - at_ < find_bytes_) return;
      const std::string_view first = Rest(at_).substr(0, find_bytes_);
      const size_t head = BytesBeforeJson(first, first.size() < find_bytes_);
      place_ = is_given ? PlaceOfOption(path_) : FindPlace(first.substr(head), profile_);
      at_ += head;
      has_place_ = true;
    }
    while (at_ < End()) {
      const bool goes_on = !IsOpen() || is_outside_ ? ScanOutside() : is_recovering_ ? Recover() : ScanElement();
      if (!goes_on) break;
    }
    if (PassesLimit(at_)) SetTooLong();
  }

 private:
  struct Level {
    bool is_array = false;
    bool is_on_path = false;
    bool in_other_list = false;  // one whose name does not say that there is no text in it
  };

  // --- between records ---------------------------------------------------------------------------------------------

  bool ScanOutside() {
    if (in_string_) {
      const uint64_t begin = at_;
      const StringEnd end = SkipString();
      if (is_outside_ && PassesLimit(at_)) SetTooLong();
      if (key_.size() < kLongestKey) key_ += View(begin, at_).substr(0, kLongestKey - key_.size());
      if (end == StringEnd::kMore) return false;
      // Broken: the line end closes it.
      in_string_ = false;
      if (end == StringEnd::kClosed && !key_.empty()) key_.pop_back();
      if (is_outside_) CloseOutside();
      return true;
    }
    if (is_outside_) return ScanText();
    const char c = At(at_);
    if (levels_.empty() && c == kByteOrderMark[0] && Rest(at_).size() < kByteOrderMark.size() && !AtEnd()) return false;
    if (levels_.empty() && MayBeginText(c) && !Rest(at_).starts_with(kByteOrderMark)) {
      Open(at_);
      is_outside_ = true;
      return true;
    }
    const bool is_object = !levels_.empty() && !levels_.back().is_array;
    const bool is_value = !is_object || is_behind_colon_;
    switch (ClassOf(c)) {
      case Class::kColon: is_behind_colon_ = true; break;
      case Class::kComma: is_behind_colon_ = false; break;
      case Class::kOpen:
        if (IsPlace() && is_value && (c == '{' || place_.of_arrays || !levels_.empty())) {
          OpenElement(c == '{' || place_.of_arrays);
          return true;
        }
        Enter(c == '[');
        break;
      case Class::kClose:
        if (levels_below_ > 0)
          --levels_below_;
        else if (!levels_.empty())
          levels_.pop_back();
        is_behind_colon_ = false;
        break;
      case Class::kQuote:
        if (IsPlace() && (is_value || place_.has_keys) && !levels_.empty()) {
          OpenElement(place_.of_strings || place_.has_keys);
          is_key_ = !is_value;
          return true;
        }
        in_string_ = true;
        escaped_ = false;
        is_outside_ = is_value;
        has_text_name_ =
            is_outside_ && is_object && levels_.back().in_other_list && (IsTextName(key_) || IsTitleName(key_));
        key_.clear();
        if (is_outside_) Open(at_);
        break;
      case Class::kBlank: break;
      default:
        if (IsPlace() && is_value && !levels_.empty()) {
          OpenElement(false);
          return true;
        }
    }
    ++at_;
    return true;
  }

  void CloseOutside() {
    is_outside_ = false;
    constexpr uint64_t kQuotes = 2;
    const bool is_text = has_text_name_ && at_ - open_ > kQuotes;
    if (IsTooLong() || is_text || IsProse(View(open_, at_)))
      Close(at_, SpanCut::kOrphan);
    else
      Drop();
  }

  // Behind a document, where brackets and what ends a statement of a program may stand: letters, numbers, quotes. Not
  // so the byte order mark of a file that was joined.
  static bool MayBeginText(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return IsAlpha(c) || IsDigit(c) || c == '"' || byte >= 0xC2;
  }

  // To the end of the line, or to where JSON goes on. False if more bytes are needed.
  bool ScanText() {
    const std::string_view rest = Rest(at_);
    const size_t end = std::min(rest.find_first_of("\n{["), rest.size());
    at_ += end;
    if (end == rest.size()) return false;
    if (rest[end] != '\n') {
      const size_t next = rest.find_first_not_of(" \t\r\n", end + 1);
      if (next == rest.npos && !AtEnd()) return false;
      if (next == rest.npos || std::string_view("\"{[").find(rest[next]) == std::string_view::npos) {
        ++at_;
        return true;
      }
    }
    is_outside_ = false;
    Close(at_, SpanCut::kMalformed);
    return true;
  }

  bool IsPlace() const {
    if (levels_.empty()) return place_.kind == JsonPlace::Kind::kRoot;
    if (!levels_.back().is_on_path || levels_.size() != place_.steps.size() + 1) return false;
    return place_.kind == JsonPlace::Kind::kAny || (place_.kind == JsonPlace::Kind::kArray) == levels_.back().is_array;
  }

  void Enter(bool is_array) {
    is_behind_colon_ = false;
    if (levels_.size() == kMostLevels) {
      ++levels_below_;
      return;
    }
    bool is_on_path = place_.kind != JsonPlace::Kind::kRoot;
    if (!levels_.empty()) {
      const Level& in = levels_.back();
      is_on_path = in.is_on_path && levels_.size() <= place_.steps.size();
      if (is_on_path) {
        const JsonStep& step = place_.steps[levels_.size() - 1];
        is_on_path = step.any ? !step.in_array || in.is_array : !in.is_array && step.key == key_;
      }
    }
    bool in_other_list = false;
    if (!levels_.empty() && !is_on_path) {
      const bool is_named = !levels_.back().is_array;
      in_other_list = (levels_.back().in_other_list || is_array) && !(is_named && IsNoText(key_));
    }
    levels_.push_back({is_array, is_on_path, in_other_list});
  }

  // --- records -----------------------------------------------------------------------------------------------------

  void OpenElement(bool is_record) {
    Open(at_);
    is_record_ = is_record;
    is_recovering_ = in_string_ = escaped_ = false;
    brackets_.clear();
    own_key_.clear();
    last_ = 0;
    is_behind_colon_ = is_key_ = false;
  }

  void CloseElement() {
    Close(at_, is_record_ ? SpanCut::kRecord : SpanCut::kMalformed);
    if (is_record_ && !own_key_.empty()) key_of_records_ = own_key_;
  }

  // False if more bytes are needed.
  bool ScanElement() {
    if (in_string_) {
      switch (SkipString()) {
        case StringEnd::kMore: return false;
        case StringEnd::kBroken: return Break();
        case StringEnd::kClosed: break;
      }
      in_string_ = false;
      last_ = '"';
      if (brackets_.empty() && !is_key_) {
        CloseElement();
        return true;
      }
      if (own_key_.empty() && brackets_.size() == 1 &&
          at_ - open_ <= std::min<uint64_t>(max_record_bytes_, kLongestKey)) {
        own_key_ = View(string_begin_, at_);
      }
    }
    const std::string_view rest = Rest(at_);
    for (size_t i = 0; i < rest.size(); ++i) {
      const char c = rest[i];
      switch (ClassOf(c)) {
        case Class::kBlank:
          if (!brackets_.empty() || is_key_ || last_ == ':') continue;
          break;
        case Class::kScalar:
          if (is_key_) break;
          last_ = 's';
          continue;
        case Class::kColon:
        case Class::kComma:
          if (is_key_ && c == ':')
            is_key_ = false;
          else if (brackets_.empty())
            break;
          last_ = c;
          continue;
        case Class::kQuote:
          at_ += i;
          if (!MayBeginValue(true)) return Break();
          string_begin_ = at_++;
          in_string_ = true;
          escaped_ = false;
          return true;
        case Class::kOpen:
          if (!MayBeginValue(false) || brackets_.size() == kMostBrackets) {
            at_ += i;
            return Break();
          }
          brackets_ += c;
          last_ = c;
          continue;
        case Class::kClose:
          if (brackets_.empty()) break;
          if ((brackets_.back() == '{') != (c == '}')) {
            at_ += i;
            return Break();
          }
          brackets_.pop_back();
          last_ = c;
          if (!brackets_.empty()) continue;
          at_ += i + 1;
          CloseElement();
          return true;
        case Class::kBad:
          if (brackets_.empty()) {  // a word that is no literal
            last_ = 's';
            continue;
          }
          at_ += i;
          return Break();
      }
      // A number or a literal ends here, or a key that has no value.
      at_ += i;
      if (is_key_) is_record_ = false;
      CloseElement();
      return true;
    }
    at_ = End();
    return false;
  }

  // May a string (a key or a value), or a bracket, follow what has been read last?
  bool MayBeginValue(bool may_be_key) const {
    if (is_key_ && last_ != 0) return false;
    if (last_ == 0 || last_ == '[' || last_ == ':') return true;
    if (last_ == ',') return may_be_key || brackets_.back() == '[';
    return may_be_key && last_ == '{';
  }

  // --- broken records ----------------------------------------------------------------------------------------------

  // The record is broken at at_. Where does the next one begin? Behind its first byte, if it has not left.
  bool Break() {
    if (PassesLimit(at_)) SetTooLong();
    is_recovering_ = true;
    is_record_ = false;
    in_string_ = false;
    if (!IsTooLong() && MayGoBack(open_ + 1)) at_ = open_ + 1;
    return true;
  }

  bool Recover() {
    const std::string_view rest = Rest(at_);
    if (place_.of_strings || place_.has_keys) return RecoverAtLine(rest, '"');
    if (place_.of_arrays) return RecoverAtLine(rest, '[');
    std::string_view key = key_of_records_.empty() ? own_key_ : key_of_records_;
    if (key.empty()) key = "\"";
    for (size_t brace = rest.find('{'); brace != rest.npos; brace = rest.find('{', brace + 1)) {
      const size_t begin = rest.find_first_not_of(" \t\r\n", brace + 1);
      const std::string_view behind = begin == rest.npos ? std::string_view() : rest.substr(begin);
      if (behind.starts_with(key)) {
        at_ += brace;
        Close(at_, SpanCut::kMalformed);
        is_recovering_ = false;
        return true;
      }
      if (key.starts_with(behind) && !AtEnd()) {
        at_ += brace;
        return false;
      }
    }
    at_ = End();
    return false;
  }

  // Strings and arrays have no key of their own: the next line that begins with one.
  bool RecoverAtLine(std::string_view rest, char first) {
    for (size_t line_end = rest.find('\n'); line_end != rest.npos;) {
      const size_t begin = rest.find_first_not_of(" \t\r\n", line_end);
      if (begin == rest.npos) {
        if (AtEnd()) break;
        at_ += rest.find_last_of('\n');
        return false;
      }
      if (rest[begin] != first) {
        line_end = rest.find('\n', begin);
        continue;
      }
      at_ += begin;
      Close(at_, SpanCut::kMalformed);
      is_recovering_ = false;
      return true;
    }
    at_ = End();
    return false;
  }

  // --- strings -----------------------------------------------------------------------------------------------------

  enum class StringEnd : uint8_t { kClosed, kBroken, kMore };

  // From inside a string to behind its end, to a line end in it, or to End().
  StringEnd SkipString() {
    while (at_ < End()) {
      if (escaped_) {
        escaped_ = false;
        ++at_;
        continue;
      }
      const std::string_view rest = Rest(at_);
      const size_t quote = rest.find('"');
      const std::string_view inside = rest.substr(0, quote);
      if (const size_t line_end = inside.find('\n'); line_end != inside.npos) {
        at_ += line_end;
        return StringEnd::kBroken;
      }
      const size_t last = inside.find_last_not_of('\\');
      const size_t backslashes = inside.size() - (last == inside.npos ? 0 : last + 1);
      at_ += inside.size();
      if (quote == rest.npos) {
        escaped_ = backslashes % 2 == 1;
        return StringEnd::kMore;
      }
      ++at_;
      if (backslashes % 2 == 0) return StringEnd::kClosed;
    }
    return StringEnd::kMore;
  }

  const uint64_t find_bytes_;
  const JsonProfile& profile_;
  const std::string path_;  // of the records; empty: found
  JsonPlace place_;
  bool has_place_ = false;

  bool in_string_ = false, escaped_ = false;
  // Between records.
  std::vector<Level> levels_;  // the containers that at_ is in
  std::string key_;            // the last string, as far as it is needed
  bool is_behind_colon_ = false;
  bool is_outside_ = false;     // the open span is a string outside of records, or text behind a document
  bool has_text_name_ = false;  // ... and is a text by its key
  uint64_t levels_below_ = 0;   // more containers, too deep for any place
  // The open element.
  bool is_key_ = false;  // it begins with its key, and the colon has not come
  bool is_record_ = false, is_recovering_ = false;
  std::string brackets_;  // open ones
  char last_ = 0;         // byte that is not blank; 's' for all of a number or literal
  uint64_t string_begin_ = 0;
  std::string own_key_;         // its first key, in quotes
  std::string key_of_records_;  // the same of the last record that was complete
};

}  // namespace

std::unique_ptr<Cutter> MakeJsonCutter(const LayoutOptions& options, const Profile& profile) {
  return std::make_unique<JsonCutter>(options, profile.json);
}

}  // namespace unecho
