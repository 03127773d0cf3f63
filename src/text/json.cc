#include "text/json.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

#include "base/vectors.h"

namespace unecho {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr char kHex[] = "0123456789abcdef";

// Bytes that a JSON string cannot hold as they are: controls, the quote, the backslash.
constexpr std::array<bool, 256> MakeSpecialTable() {
  std::array<bool, 256> table{};
  for (size_t i = 0; i < 0x20; ++i) table[i] = true;
  table['"'] = table['\\'] = true;
  return table;
}
constexpr std::array<bool, 256> kSpecial = MakeSpecialTable();

// The first special byte of [p, end), or end.
const char* FindSpecial(const char* p, const char* end) {
#if UNECHO_SSE2
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i backslash = _mm_set1_epi8('\\');
  const __m128i last_control = _mm_set1_epi8(0x1f);
  for (; end - p >= 16; p += 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m128i special = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, backslash)),
                                         _mm_cmpeq_epi8(_mm_max_epu8(v, last_control), last_control));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(special));
    if (mask != 0) return p + std::countr_zero(mask);
  }
#endif
  while (p < end && !kSpecial[static_cast<unsigned char>(*p)]) ++p;
  return p;
}

void AppendEscape(unsigned char c, std::string& out) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  const char escape[] = {'\\', 'u', '0', '0', kHex[c >> 4], kHex[c & 15]};
  out.append(escape, sizeof escape);
}

// The byte that an escape of two characters stands for; 0: it is none of them.
char Unescaped(char c) {
  switch (c) {
    case '"':
    case '\\': return c;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return 0;
  }
}

// `text` is well-formed UTF-8.
void AppendEscapedValid(std::string_view text, std::string& out) {
  const char* p = text.data();
  const char* const end = p + text.size();
  while (p < end) {
    const char* special = FindSpecial(p, end);
    out.append(p, static_cast<size_t>(special - p));
    if (special == end) return;
    AppendEscape(static_cast<unsigned char>(*special), out);
    p = special + 1;
  }
}

struct Sequence {
  size_t size;  // bytes, at least 1
  bool valid;
};

// The sequence at text[at]: one code point, or one maximal subpart of an ill-formed sequence (Unicode, table 3-7).
Sequence NextSequence(std::string_view text, size_t at) {
  auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {1, true};
  size_t size = 0;
  unsigned char low = 0x80, high = 0xBF;  // of the second byte
  if (lead >= 0xC2 && lead <= 0xDF) {
    size = 2;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    size = 3;
    if (lead == 0xE0) low = 0xA0;   // overlong below
    if (lead == 0xED) high = 0x9F;  // surrogates above
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    size = 4;
    if (lead == 0xF0) low = 0x90;   // overlong below
    if (lead == 0xF4) high = 0x8F;  // beyond U+10FFFF above
  } else {
    return {1, false};
  }
  for (size_t i = 1; i < size; ++i) {
    if (at + i == text.size() || byte(at + i) < low || byte(at + i) > high) return {i, false};
    low = 0x80;
    high = 0xBF;
  }
  return {size, true};
}

// Splits `text` into its longest well-formed runs and the malformed sequences between them, in order.
template <typename Run, typename Bad>
void ForEachRun(std::string_view text, Run run, Bad bad) {
  size_t begin = 0;
  for (size_t at = 0; at < text.size();) {
    const Sequence sequence = NextSequence(text, at);
    if (!sequence.valid) {
      if (at > begin) run(text.substr(begin, at - begin));
      bad(text.substr(at, sequence.size));
      begin = at + sequence.size;
    }
    at += sequence.size;
  }
  if (begin < text.size()) run(text.substr(begin));
}

}  // namespace

bool IsValidUtf8(std::string_view text) { return text.empty() || simdjson::validate_utf8(text.data(), text.size()); }

uint64_t CountMalformedUtf8(std::string_view text) {
  if (IsValidUtf8(text)) return 0;
  uint64_t count = 0;
  ForEachRun(
      text, [](std::string_view) {}, [&](std::string_view) { ++count; });
  return count;
}

void AppendRepairedUtf8(std::string_view text, std::string& out) {
  if (IsValidUtf8(text)) {
    out += text;
    return;
  }
  ForEachRun(
      text, [&](std::string_view run) { out += run; }, [&](std::string_view) { out += kReplacement; });
}

void AppendJsonEscaped(std::string_view text, std::string& out) {
  if (IsValidUtf8(text)) {
    AppendEscapedValid(text, out);
    return;
  }
  ForEachRun(
      text, [&](std::string_view run) { AppendEscapedValid(run, out); },
      [&](std::string_view) { out += kReplacement; });
}

void AppendJsonEscapedLossless(std::string_view text, std::string& out) {
  if (IsValidUtf8(text)) {
    AppendEscapedValid(text, out);
    return;
  }
  ForEachRun(
      text, [&](std::string_view run) { AppendEscapedValid(run, out); },
      [&](std::string_view bad) {
        for (const char c : bad) {
          const auto value = static_cast<unsigned char>(c);
          const char escape[] = {'\\', 'u', 'd', 'c', kHex[value >> 4], kHex[value & 15]};
          out.append(escape, sizeof escape);
        }
      });
}

bool AppendJsonUnescaped(std::string_view json, size_t& at, std::string& out) {
  while (true) {
    const std::string_view part = json.substr(at, json.find('"', at) - at);
    const size_t plain = std::min(part.find('\\'), part.size());
    out += part.substr(0, plain);
    at += plain;
    if (plain == part.size()) return true;
    if (++at == json.size()) return false;
    if (const char c = Unescaped(json[at]); c != 0) {
      out += c;
      ++at;
      continue;
    }
    const std::string_view digits = json.substr(at, 5);
    uint8_t code = 0;
    if (digits.size() < 5 || !digits.starts_with("u00")) return false;
    const auto [end, error] = std::from_chars(digits.data() + 3, digits.data() + 5, code, 16);
    if (error != std::errc() || end != digits.data() + 5 || code >= 0x20) return false;
    out += static_cast<char>(code);
    at += 5;
  }
}

void AppendJsonString(std::string_view text, std::string& out) {
  out += '"';
  AppendJsonEscaped(text, out);
  out += '"';
}

void AppendNumber(uint64_t value, std::string& out) {
  char digits[20];
  const auto result = std::to_chars(digits, digits + sizeof digits, value);
  out.append(digits, static_cast<size_t>(result.ptr - digits));
}

void AppendFixed6(double value, std::string& out) {
  if (value == 1) {  // exact repeats: the usual case
    out += "1.000000";
    return;
  }
  // Digits from an integer are the same, and cheaper, except next to a tie, where the product may round to the wrong
  // side.
  const double scaled = value * 1e6;
  const double whole = std::floor(scaled);
  const double rest = scaled - whole;
  if (value >= 0 && value < 1 && std::abs(rest - 0.5) > 1e-6) {
    auto micros = static_cast<uint32_t>(whole) + (rest > 0.5 ? 1u : 0u);
    char fixed[] = "0.000000";
    if (micros == 1000000) fixed[0] = '1', micros = 0;
    for (char* digit = fixed + 7; micros > 0; --digit, micros /= 10) *digit = static_cast<char>('0' + micros % 10);
    out.append(fixed, 8);
    return;
  }
  char digits[352];  // the largest double has 309 digits before the point
  const auto result = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, 6);
  out.append(digits, static_cast<size_t>(result.ptr - digits));
}

// --- JsonWriter ------------------------------------------------------------------------------------------------------

// Whatever stands between the previous value and the next one.
void JsonWriter::Before() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (depth_ == 0) return;
  if (!first_) out_ += ',';
  first_ = false;
  if (indent_ > 0) {
    out_ += '\n';
    out_.append(static_cast<size_t>(indent_ * depth_), ' ');
  }
}

void JsonWriter::Close(char bracket) {
  --depth_;
  if (!first_ && indent_ > 0) {
    out_ += '\n';
    out_.append(static_cast<size_t>(indent_ * depth_), ' ');
  }
  out_ += bracket;
  first_ = false;
}

void JsonWriter::BeginObject() {
  Before();
  out_ += '{';
  ++depth_;
  first_ = true;
}

void JsonWriter::BeginArray() {
  Before();
  out_ += '[';
  ++depth_;
  first_ = true;
}

void JsonWriter::EndObject() { Close('}'); }
void JsonWriter::EndArray() { Close(']'); }

void JsonWriter::Key(std::string_view key) {
  Before();
  AppendJsonString(key, out_);
  out_ += indent_ > 0 ? std::string_view(": ") : std::string_view(":");
  after_key_ = true;
}

void JsonWriter::String(std::string_view value) {
  Before();
  AppendJsonString(value, out_);
}

void JsonWriter::Number(uint64_t value) {
  Before();
  AppendNumber(value, out_);
}

void JsonWriter::Double(double value) {
  Before();
  if (!std::isfinite(value)) {  // JSON has no such numbers
    out_ += "null";
    return;
  }
  char digits[32];
  const auto result = std::to_chars(digits, digits + sizeof digits, value);
  out_.append(digits, static_cast<size_t>(result.ptr - digits));
}

void JsonWriter::Fixed6(double value) {
  Before();
  if (std::isfinite(value))
    AppendFixed6(value, out_);
  else
    out_ += "null";
}

void JsonWriter::Bool(bool value) {
  Before();
  out_ += value ? std::string_view("true") : std::string_view("false");
}

void JsonWriter::Null() {
  Before();
  out_ += "null";
}

void JsonWriter::Raw(std::string_view json) {
  Before();
  out_ += json;
}

}  // namespace unecho
