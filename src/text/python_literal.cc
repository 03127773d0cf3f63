#include "text/python_literal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "text/characters.h"
#include "text/json.h"
#include "text/utf8.h"

namespace unecho {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr uint32_t kReplacementCodePoint = 0xfffd;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

// Of more than 64 bits, or beyond what a double holds: Python prints such, and JSON may have them, but no parser reads
// them without loss.
bool IsTooLarge(const std::string& number) {
  const char* const begin = number.data();
  const char* const end = begin + number.size();
  if (number.find_first_of(".eE") != number.npos) {
    double value = 0;
    return std::from_chars(begin, end, value).ec == std::errc::result_out_of_range;
  }
  int64_t whole = 0;
  uint64_t positive = 0;
  return std::from_chars(begin, end, whole).ec == std::errc::result_out_of_range &&
         (number[0] == '-' || std::from_chars(begin, end, positive).ec == std::errc::result_out_of_range);
}

class Literal {
 public:
  Literal(std::string_view text, std::string& json) : text_(text), json_(json) {}

  bool Convert() {
    while (SkipBlanks()) {
      if (!TakeToken()) return false;
    }
    return is_python_ && open_.empty();
  }

 private:
  bool SkipBlanks() {
    at_ = std::min(text_.find_first_not_of(kBlanks, at_), text_.size());
    return at_ < text_.size();
  }
  char Peek() {
    SkipBlanks();
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  static bool Closes(char c) { return c == '}' || c == ']' || c == ')'; }

  bool TakeToken() {
    const char c = text_[at_];
    if (c == '\'' || c == '"') return TakeString();
    if (IsLetter(c)) return TakeWord();
    if (IsDigit(c) || c == '-' || c == '.') return TakeNumber();
    ++at_;
    switch (c) {
      case '{':
      case '[':
      case '(':
        is_python_ |= c == '(';
        open_.push_back({.is_braces = c == '{', .begin = json_.size()});
        json_ += c == '(' ? '[' : c;
        return true;
      case '}':
      case ']':
      case ')': return Close();
      case ':':
        if (open_.empty()) return false;
        open_.back().has_colon = true;
        json_ += ':';
        return true;
      case ',':
        // Python allows a comma before the end.
        if (!Closes(Peek())) json_ += ',';
        return true;
      default: return false;
    }
  }

  bool Close() {
    if (open_.empty()) return false;
    const Open open = open_.back();
    open_.pop_back();
    const bool is_set = open.is_braces && !open.has_colon && json_.size() > open.begin + 1;
    if (is_set) json_[open.begin] = '[';
    json_ += open.is_braces && !is_set ? '}' : ']';
    return true;
  }

  bool TakeWord() {
    size_t end = at_;
    while (end < text_.size() && (IsLetter(text_[end]) || IsDigit(text_[end]))) ++end;
    const std::string_view word = text_.substr(at_, end - at_);
    if (word.size() == 1 && end < text_.size() && (text_[end] == '\'' || text_[end] == '"') &&
        std::string_view("uUbB").find(word[0]) != std::string_view::npos) {
      at_ = end;
      is_python_ = true;
      return TakeString();
    }
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kWords = {{{"True", "true"},
                                                                                             {"False", "false"},
                                                                                             {"None", "null"},
                                                                                             {"nan", "null"},
                                                                                             {"inf", "null"},
                                                                                             {"NaN", "null"},
                                                                                             {"Infinity", "null"}}};
    const auto* const found = std::ranges::find(kWords, word, &std::pair<std::string_view, std::string_view>::first);
    if (found != kWords.end()) {
      json_ += found->second;
      is_python_ = true;
    } else if (word == "true" || word == "false" || word == "null") {
      json_ += word;
    } else {
      return false;
    }
    at_ = end;
    return true;
  }

  bool TakeNumber() {
    size_t end = at_;
    const auto goes_on = [&](char c) {
      return IsDigit(c) || c == '.' || c == 'e' || c == 'E' ||
             ((c == '-' || c == '+') && (end == at_ || text_[end - 1] == 'e' || text_[end - 1] == 'E'));
    };
    while (end < text_.size() && goes_on(text_[end])) ++end;
    std::string number(text_.substr(at_, end - at_));
    at_ = end;
    if (number == "-") {  // -inf
      if (!text_.substr(at_).starts_with("inf") && !text_.substr(at_).starts_with("Infinity")) return false;
      return true;
    }
    if (at_ < text_.size() && text_[at_] == 'L') {  // a long of Python 2
      ++at_;
      is_python_ = true;
    }
    const size_t digits = number[0] == '-' ? 1 : 0;
    if (digits < number.size() && number[digits] == '.') number.insert(digits, 1, '0');
    if (number.ends_with('.')) number += '0';
    const bool is_key = !open_.empty() && open_.back().is_braces && Peek() == ':';
    const bool is_string = is_key || IsTooLarge(number);
    is_python_ |= is_string;
    if (is_string) json_ += '"';
    json_ += number;
    if (is_string) json_ += '"';
    return true;
  }

  bool TakeString() {
    const char quote = text_[at_];
    is_python_ |= quote == '\'';
    string_.clear();
    for (++at_; at_ < text_.size() && text_[at_] != quote;) {
      const char c = text_[at_++];
      if (static_cast<unsigned char>(c) < ' ') return false;  // repr() escapes them
      if (c != '\\')
        string_ += c;
      else if (!TakeEscape())
        return false;
    }
    if (at_ >= text_.size()) return false;
    ++at_;
    AppendJsonString(string_, json_);
    return true;
  }

  // Of `count` digits exactly, at_ moved behind them.
  std::optional<uint32_t> TakeHex(size_t count) {
    if (text_.size() - at_ < count) return std::nullopt;
    uint32_t value = 0;
    const char* const begin = text_.data() + at_;
    const auto read = std::from_chars(begin, begin + count, value, 16);
    if (read.ec != std::errc() || read.ptr != begin + count) return std::nullopt;
    at_ += count;
    return value;
  }

  bool TakeEscape() {
    if (at_ >= text_.size()) return false;
    const char c = text_[at_++];
    static constexpr std::string_view kNames = "\\'\"/ntrbfav", kValues = "\\'\"/\n\t\r\b\f\a\v";
    if (const size_t i = kNames.find(c); i != std::string_view::npos) {
      string_ += kValues[i];
      return true;
    }
    if (c >= '0' && c <= '7') {
      uint32_t value = static_cast<uint32_t>(c - '0');
      for (int i = 0; i < 2 && at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '7'; ++i) {
        value = 8 * value + static_cast<uint32_t>(text_[at_++] - '0');
      }
      AppendUtf8(value, string_);
      return true;
    }
    const size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits == 0) {  // no escape: Python keeps the backslash
      string_ += {'\\', c};
      return true;
    }
    std::optional<uint32_t> value = TakeHex(digits);
    if (!value) return false;
    // The halves of a pair, as a narrow build of Python 2 wrote them.
    if (*value >= 0xd800 && *value < 0xdc00 && text_.substr(at_).starts_with("\\u")) {
      at_ += 2;
      const std::optional<uint32_t> low = TakeHex(4);
      if (!low) return false;
      const bool is_pair = *low >= 0xdc00 && *low < 0xe000;
      if (!is_pair) AppendUtf8(kReplacementCodePoint, string_);
      value = is_pair ? 0x10000 + ((*value - 0xd800) << 10) + (*low - 0xdc00) : *low;
    }
    const bool is_letter = *value < 0x110000 && (*value < 0xd800 || *value >= 0xe000);
    AppendUtf8(is_letter ? *value : kReplacementCodePoint, string_);
    return true;
  }

  struct Open {
    bool is_braces = false, has_colon = false;
    size_t begin = 0;  // of its bracket, in json_
  };

  const std::string_view text_;
  std::string& json_;
  size_t at_ = 0;
  std::vector<Open> open_;
  std::string string_;
  bool is_python_ = false;
};

}  // namespace

bool AppendPythonLiteralAsJson(std::string_view literal, std::string& json) { return Literal(literal, json).Convert(); }

}  // namespace unecho
