#include <algorithm>
#include <cstdint>

#include "audit/plain_records.h"

namespace unecho {
namespace {

constexpr int kMostLevels = 500;

void AppendUtf8(uint32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
  } else if (c < 0x10000) {
    out += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
            static_cast<char>(0x80 | (c & 0x3F))};
  } else {
    out += {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3F)),
            static_cast<char>(0x80 | (c >> 6 & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
  }
}

class JsonText {
 public:
  explicit JsonText(std::string_view text, FoundSpans found = {}) : text_(text), found_(found) {}

  // Documents one behind the other, with white space or commas between them.
  PlainRecords Documents() {
    if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
    std::vector<Value> roots;
    for (SkipBlanks(); at_ < text_.size(); SkipBlanks()) {
      if (text_[at_] == ',') {
        ++at_;
        continue;
      }
      const size_t begin = at_;
      if (!TakeValue(1, begin)) return std::nullopt;
      // A value by itself among documents is no record, and no list of some is.
      if (text_[begin] == '{' || is_found_) roots.push_back({{begin, at_, begin}, is_found_});
    }
    EndGroup(roots, 0);
    return std::move(records_);
  }

  std::optional<std::vector<PlainField>> Members() {
    std::vector<PlainField> fields;
    fields_ = &fields;
    SkipBlanks();
    if (at_ == text_.size() || text_[at_] != '{' || !TakeValue(1, at_) || has_half_) return std::nullopt;
    return fields;
  }

  std::string Text() {
    std::string all;
    all_ = &all;
    for (SkipBlanks(); at_ < text_.size(); SkipBlanks()) {  // a key and its value, too
      if (text_[at_] == ':')
        ++at_;
      else if (!TakeValue(1, at_))
        break;
    }
    return all;
  }

 private:
  struct Value {
    PlainRecord place;
    bool is_found = false;
  };

  void SkipBlanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
  }

  // Sets is_found_: the engine has a record right there.
  bool TakeValue(int level, size_t key_begin) {
    if (at_ == text_.size() || level > kMostLevels) return false;
    const size_t begin = at_, records_before = records_.size();
    const char first = text_[at_];
    bool is_sound = false;
    if (first == '{' || first == '[')
      is_sound = TakeContainer(first, level);
    else if (first == '"')
      is_sound = TakeString(nullptr);
    else
      is_sound = TakeScalar();
    is_found_ = is_sound && (IsFound(begin, at_) || IsFound(key_begin, at_));
    if (is_found_) records_.resize(records_before);
    return is_sound;
  }

  bool TakeContainer(char first, int level) {
    const char last = first == '{' ? '}' : ']';
    const size_t records_before = records_.size();
    std::vector<Value> values;
    ++at_;
    SkipBlanks();
    for (bool is_first = true; at_ < text_.size() && text_[at_] != last; is_first = false) {
      if (!is_first) {
        if (text_[at_] != ',') return false;
        ++at_;
        SkipBlanks();
      }
      const size_t key_begin = at_;
      const bool is_listed = fields_ != nullptr && level == 1;
      if (is_listed) fields_->emplace_back();
      if (first == '{') {
        if (at_ == text_.size() || text_[at_] != '"' || !TakeString(is_listed ? &fields_->back().name : nullptr))
          return false;
        SkipBlanks();
        if (at_ == text_.size() || text_[at_] != ':') return false;
        ++at_;
        SkipBlanks();
      }
      const size_t begin = at_;
      if (is_listed && at_ < text_.size() && text_[at_] == '"') {
        if (!TakeString(&fields_->back().value)) return false;
      } else {
        if (!TakeValue(level + 1, key_begin)) return false;
        if (is_listed) fields_->back() = {fields_->back().name, std::string(text_.substr(begin, at_ - begin)), false};
      }
      if (!found_.empty()) values.push_back({{begin, at_, key_begin}, is_found_});
      SkipBlanks();
    }
    if (at_ == text_.size()) return false;
    ++at_;
    EndGroup(values, records_before);
    return true;
  }

  // One of them is a record: so are all, and nothing inside them is.
  void EndGroup(const std::vector<Value>& values, size_t records_before) {
    if (std::ranges::none_of(values, &Value::is_found)) return;
    records_.resize(records_before);
    for (const Value& value : values) records_.push_back(value.place);
  }

  bool TakeString(std::string* out) {
    if (all_ != nullptr) out = all_;
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return true;
      }
      if (static_cast<unsigned char>(c) < 0x20) return false;
      if (c != '\\') {
        if (out != nullptr) *out += c;
        continue;
      }
      if (++at_ == text_.size()) return false;
      constexpr std::string_view kEscaped = "\"\\/bfnrt", kMeant = "\"\\/\b\f\n\r\t";
      if (const size_t which = kEscaped.find(text_[at_]); which != kEscaped.npos) {
        if (out != nullptr) *out += kMeant[which];
        continue;
      }
      uint32_t c16 = 0;
      if (!TakeFourDigits(c16)) return false;
      if (c16 >= 0xD800 && c16 < 0xDC00 && text_.substr(at_ + 1).starts_with("\\u")) {
        at_ += 2;
        uint32_t low = 0;
        if (!TakeFourDigits(low)) return false;
        has_half_ |= low < 0xDC00 || low > 0xDFFF;
        c16 = 0x10000 + ((c16 & 0x3FF) << 10) + (low & 0x3FF);
      } else {
        has_half_ |= c16 >= 0xD800 && c16 < 0xE000;
      }
      if (out != nullptr) AppendUtf8(c16, *out);
    }
    return false;
  }

  // Behind the u at at_; on the last of them.
  bool TakeFourDigits(uint32_t& value) {
    if (text_[at_] != 'u' || text_.size() - at_ < 5) return false;
    for (int i = 0; i < 4; ++i) {
      const size_t digit = std::string_view("0123456789abcdef").find(static_cast<char>(text_[++at_] | 0x20));
      if (digit == std::string_view::npos || text_[at_] < '0') return false;
      value = value * 16 + static_cast<uint32_t>(digit);
    }
    return true;
  }

  // A number, true, false, null.
  bool TakeScalar() {
    const size_t begin = at_;
    while (at_ < text_.size() && std::string_view("0123456789+-.eEtrufalsn").find(text_[at_]) != std::string_view::npos)
      ++at_;
    const std::string_view text = text_.substr(begin, at_ - begin);
    if (all_ != nullptr) *all_ += text;
    return text == "true" || text == "false" || text == "null" || IsNumber(text);
  }

  // -12.5e+3: no zero in front, and digits on both sides of the point.
  static bool IsNumber(std::string_view text) {
    const auto take_digits = [&text] {
      const size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
      text.remove_prefix(count);
      return count;
    };
    if (text.starts_with('-')) text.remove_prefix(1);
    const bool begins_with_zero = text.starts_with('0');
    const size_t whole = take_digits();
    if (whole == 0 || (begins_with_zero && whole > 1)) return false;
    if (text.starts_with('.')) {
      text.remove_prefix(1);
      if (take_digits() == 0) return false;
    }
    if (text.starts_with('e') || text.starts_with('E')) {
      text.remove_prefix(1);
      if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
      if (take_digits() == 0) return false;
    }
    return text.empty();
  }

  bool IsFound(size_t begin, size_t end) const { return std::ranges::binary_search(found_, std::pair(begin, end)); }

  std::string_view text_;
  FoundSpans found_;
  size_t at_ = 0;
  bool is_found_ = false;
  bool has_half_ = false;  // half a surrogate pair
  std::vector<PlainRecord> records_;
  std::vector<PlainField>* fields_ = nullptr;  // of the outermost object, where they are wanted
  std::string* all_ = nullptr;
};

}  // namespace

PlainRecords ReadPlainJson(std::string_view bytes, FoundSpans found) { return JsonText(bytes, found).Documents(); }

std::string PlainJsonText(std::string_view record) { return JsonText(record).Text(); }

std::optional<std::vector<PlainField>> PlainJsonMembers(std::string_view record) { return JsonText(record).Members(); }

}  // namespace unecho
