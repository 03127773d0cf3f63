// The numbers among personal data: IP addresses, cards, phones.
#include <algorithm>
#include <array>
#include <string_view>

#include "clean/pii.h"
#include "clean/pii_text.h"

namespace unecho::clean {
namespace {

constexpr size_t kMaxWord = 12;

// The word of letters in front of `at`, in lower case, white space and what `skip` names passed over. At most kMaxWord
// letters; empty if there is none.
std::string_view WordBefore(std::string_view text, size_t at, std::string_view skip, std::array<char, kMaxWord>& buffer,
                            size_t& begin) {
  while (at > 0 && (text[at - 1] == ' ' || skip.find(text[at - 1]) != skip.npos)) --at;
  size_t size = 0;
  begin = at;
  while (begin > 0 && IsAlpha(text[begin - 1]) && size < kMaxWord) {
    --begin;
    buffer[kMaxWord - ++size] = static_cast<char>(text[begin] | 0x20);
  }
  if (begin > 0 && IsWord(text[begin - 1])) return {};
  return {buffer.data() + kMaxWord - size, size};
}

template <size_t N>
bool IsOneOf(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::ranges::find(words, word) != words.end();
}

constexpr std::array<std::string_view, 17> kNumberedThings = {
    "version", "ver",     "v",        "release", "build", "firmware", "section", "sections", "sec",
    "sect",    "chapter", "appendix", "clause",  "table", "figure",   "fig",     "ec"};

// RFC 6890 and RFC 5771: nobody in particular.
bool IsPublic(const std::array<uint32_t, 4>& a) {
  if (a[0] == 0 || a[0] == 10 || a[0] == 127 || a[0] >= 224) return false;
  if (a[0] == 100 && a[1] >= 64 && a[1] <= 127) return false;
  if (a[0] == 169 && a[1] == 254) return false;
  if (a[0] == 172 && a[1] >= 16 && a[1] <= 31) return false;
  if (a[0] == 192 && (a[1] == 168 || (a[1] == 0 && (a[2] == 0 || a[2] == 2)) || (a[1] == 88 && a[2] == 99)))
    return false;
  if (a[0] == 198 && (a[1] == 18 || a[1] == 19 || (a[1] == 51 && a[2] == 100))) return false;
  return !(a[0] == 203 && a[1] == 0 && a[2] == 113);
}

int HexDigit(char c) {
  if (IsDigit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

size_t MatchIpv4(std::string_view text, size_t at) {
  const char before = CharBefore(text, at);
  if (IsWord(before) || before == '.' || before == '-' || before == ',' || before == ':' || before == '\\') return 0;
  if (before == '/' && CharBefore(text, at - 1) != '/') return 0;  // name/1.2.3.4; http:// is well
  std::array<uint32_t, 4> octets{};
  size_t i = at;
  for (size_t k = 0; k < 4; ++k) {
    if (k > 0 && CharAt(text, i++) != '.') return 0;
    const size_t begin = i;
    while (IsDigit(CharAt(text, i)) && i - begin < 3)
      octets[k] = octets[k] * 10 + static_cast<uint32_t>(text[i++] - '0');
    if (i == begin || octets[k] > 255 || (text[begin] == '0' && i - begin > 1)) return 0;
  }
  const char next = CharAt(text, i);
  if (IsWord(next) || ((next == '.' || next == '-' || next == ',') && IsAlnum(CharAt(text, i + 1)))) return 0;
  if (std::ranges::all_of(octets, [](uint32_t octet) { return octet < 10; }) || !IsPublic(octets)) return 0;
  std::array<char, kMaxWord> buffer;
  size_t word_begin = 0;
  return IsOneOf(WordBefore(text, at, ".:(#", buffer, word_begin), kNumberedThings) ? 0 : i;
}

size_t MatchIpv6(std::string_view text, size_t at) {
  const char before = CharBefore(text, at);
  if (IsWord(before) || before == ':' || before == '.' || before == '-') return 0;
  std::array<uint32_t, 8> groups{};
  size_t count = 0, i = at;
  bool gap = false;  // a "::" was there
  for (;;) {
    size_t digits = 0;
    uint32_t value = 0;
    while (digits < 4 && HexDigit(CharAt(text, i)) >= 0) {
      value = value * 16 + static_cast<uint32_t>(HexDigit(text[i++]));
      ++digits;
    }
    if (digits == 0) break;  // behind "::"
    if (count == 0 && digits != 4) return 0;
    if (count == 8) return 0;
    groups[count++] = value;
    if (CharAt(text, i) != ':') break;
    if (CharAt(text, i + 1) == ':') {
      if (gap) return 0;
      gap = true;
      i += 2;
    } else if (HexDigit(CharAt(text, i + 1)) >= 0) {
      ++i;
    } else {
      break;  // a colon behind the address
    }
  }
  if (gap ? count > 7 || count < 3 : count != 8) return 0;
  if (IsWord(CharAt(text, i)) || (CharAt(text, i) == ':' && CharAt(text, i + 1) == ':')) return 0;
  const bool global = groups[0] >> 13 == 1;
  const bool documentation = groups[0] == 0x2001 && groups[1] == 0xdb8;
  return global && !documentation ? i : 0;
}

bool PassesLuhn(std::string_view digits) {
  int sum = 0;
  bool twice = false;
  for (size_t i = digits.size(); i-- > 0; twice = !twice) {
    const int digit = (digits[i] - '0') * (twice ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 == 0;
}

namespace {

// Is there a network that issues cards of this beginning and length?
bool IsIssued(std::string_view digits) {
  const auto prefix = [&](size_t size) {
    int value = 0;
    for (const char c : digits.substr(0, size)) value = 10 * value + (c - '0');
    return value;
  };
  const auto within = [](int value, int first, int last) { return value >= first && value <= last; };
  const size_t size = digits.size();
  const int two = prefix(2), three = prefix(3), four = prefix(4);
  if (digits[0] == '4') return size == 13 || size == 16 || size == 19;                        // Visa
  if (two == 34 || two == 37) return size == 15;                                              // American Express
  if (within(three, 300, 305) || two == 36 || two == 38 || two == 39) return size == 14;      // Diners Club
  if (within(two, 51, 55) || within(four, 2221, 2720)) return size == 16;                     // Mastercard
  if (four == 6011 || two == 65 || within(three, 644, 649)) return size == 16 || size == 19;  // Discover
  if (within(four, 3528, 3589)) return size == 16 || size == 19;                              // JCB
  return two == 62 && size >= 16;                                                             // UnionPay
}

// Groups of digits as printed on cards.
constexpr std::array<std::array<size_t, 5>, 5> kCardGroups = {
    {{4, 4, 4, 4, 3}, {4, 4, 4, 4, 0}, {4, 6, 5, 0, 0}, {4, 6, 4, 0, 0}, {4, 4, 5, 0, 0}}};

}  // namespace

size_t MatchCard(std::string_view text, size_t at) {
  const char before = CharBefore(text, at);
  if (IsWord(before) || (before != '\0' && std::string_view(".,-/+\\^:=$*").find(before) != std::string_view::npos))
    return 0;
  std::array<char, 20> digits;
  std::array<size_t, 5> groups{}, ends{};
  size_t count = 0, total = 0, i = at;
  const char separator = [&] {
    size_t k = at;
    while (IsDigit(CharAt(text, k))) ++k;
    const char c = CharAt(text, k);
    return (c == ' ' || c == '-') && IsDigit(CharAt(text, k + 1)) ? c : '\0';
  }();
  for (; count < groups.size(); ++i) {
    while (IsDigit(CharAt(text, i))) {
      if (total == 19) return 0;
      digits[total++] = text[i++];
      ++groups[count];
    }
    ends[count++] = i;
    if (groups[0] > 6 || separator == '\0' || CharAt(text, i) != separator || !IsDigit(CharAt(text, i + 1))) break;
  }
  const auto accepts = [&](size_t size, size_t end) {
    const std::string_view number(digits.data(), size);
    return size >= 13 && !GoesOn(text, end) && IsIssued(number) && PassesLuhn(number);
  };
  if (groups[0] > 6) return accepts(groups[0], ends[0]) ? ends[0] : 0;
  for (const auto& pattern : kCardGroups) {
    const auto num_groups = static_cast<size_t>(std::ranges::count_if(pattern, [](size_t size) { return size > 0; }));
    if (num_groups > count ||
        !std::equal(pattern.begin(), pattern.begin() + static_cast<std::ptrdiff_t>(num_groups), groups.begin()))
      continue;
    size_t size = 0;
    for (size_t k = 0; k < num_groups; ++k) size += groups[k];
    if (accepts(size, ends[num_groups - 1])) return ends[num_groups - 1];
  }
  return 0;
}

namespace {

constexpr std::array<std::string_view, 14> kPhoneWords = {"tel",    "telephone", "phone",   "ph",      "fax",
                                                          "mobile", "cell",      "call",    "telefon", "fon",
                                                          "tlf",    "whatsapp",  "hotline", "telefax"};
constexpr std::array<std::string_view, 4> kNumberWords = {"number", "no", "nr", "num"};

bool IsBehindPhoneWord(std::string_view text, size_t at) {
  constexpr std::string_view kSkip = ".:=#+(";
  std::array<char, kMaxWord> buffer;
  size_t begin = 0;
  std::string_view word = WordBefore(text, at, kSkip, buffer, begin);
  if (IsOneOf(word, kNumberWords)) word = WordBefore(text, begin, kSkip, buffer, begin);
  return IsOneOf(word, kPhoneWords);
}

// Digits in groups, from the first digit on: "49 (30) 123-456" is 2, 2, 3, 3.
struct Groups {
  static constexpr size_t kMax = 8;
  std::array<size_t, kMax> sizes{};
  std::array<std::string_view, kMax> before{};  // what stands in front of each but the first
  size_t count = 0, total = 0, end = 0;
};

Groups ReadGroups(std::string_view text, size_t at) {
  Groups groups;
  size_t i = at;
  for (;;) {
    size_t size = 0;
    while (IsDigit(CharAt(text, i))) ++i, ++size;
    groups.sizes[groups.count++] = size;
    groups.total += size;
    groups.end = i;
    size_t next = i;
    while (next - i < 3 && next < text.size() && std::string_view(" -./()").find(text[next]) != std::string_view::npos)
      ++next;
    if (groups.count == Groups::kMax || next == i || !IsDigit(CharAt(text, next)) || groups.total > 15) return groups;
    const std::string_view between = text.substr(i, next - i);
    if (between == "  " || between.find(". ") != between.npos || between == "   ")
      return groups;  // the next sentence, or column
    groups.before[groups.count] = between;
    i = next;
  }
}

bool IsNorthAmerican(std::string_view text, size_t area, size_t exchange) {
  const auto valid = [&](size_t at) {
    return text[at] >= '2' && text[at] <= '9' && !(text[at + 1] == '1' && text[at + 2] == '1');
  };
  return valid(area) && valid(exchange);
}

}  // namespace

bool MatchPhone(std::string_view text, size_t first_digit, size_t& begin, size_t& end) {
  begin = first_digit;
  const bool bracket = CharBefore(text, begin) == '(';
  if (bracket) --begin;
  const bool plus = CharBefore(text, begin) == '+';
  if (plus) --begin;
  const char before = CharBefore(text, begin);
  if (IsWord(before) || (before != '\0' && std::string_view(".,-/+\\^=$*<>&").find(before) != std::string_view::npos))
    return false;
  // Most numbers end here: a group of digits and nothing like another one behind it.
  size_t i = first_digit;
  while (IsDigit(CharAt(text, i))) ++i;
  const char next = CharAt(text, i);
  const bool grouped = next == ' ' || next == '-' || next == '.' || next == '/' || next == ')';
  if (i - first_digit < 7 && !grouped) return false;

  const Groups groups = ReadGroups(text, first_digit);
  end = groups.end;
  if (groups.total < 7 || groups.total > 15 || GoesOn(text, end)) return false;
  // A bracket that is closed elsewhere is not the number's: "(770-488-7788)".
  if (bracket && text.substr(first_digit, end - first_digit).find(')') == text.npos && text[begin] == '(') ++begin;
  if (plus) {
    if (text[first_digit] == '0') return false;
    if (groups.count == 1) return groups.total >= 10;
    const bool is_decimal = groups.count == 2 && groups.before[1] == ".";
    return groups.total >= 8 && groups.sizes[0] <= 4 && !is_decimal;
  }
  const size_t skip = groups.count == 4 && groups.sizes[0] == 1 && text[first_digit] == '1' ? 1 : 0;
  if (groups.count == 3 + skip && groups.sizes[skip] == 3 && groups.sizes[skip + 1] == 3 &&
      groups.sizes[skip + 2] == 4) {
    const std::string_view first = groups.before[skip + 1], second = groups.before[skip + 2];
    const size_t exchange = end - 4 - second.size() - 3, area = exchange - first.size() - 3;
    const bool brackets =
        (first == ") " || first == ")" || first == ")-") && (second == "-" || second == " " || second == ".");
    const bool alike = first == second && (first == "-" || first == ".");
    if ((brackets || alike) && IsNorthAmerican(text, area, exchange)) return true;
  }
  return IsBehindPhoneWord(text, begin);
}

}  // namespace unecho::clean
