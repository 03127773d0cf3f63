#include "clean/pii.h"

#include <algorithm>
#include <array>
#include <bit>

#include "clean/pii_text.h"
#include "clean/scan.h"

namespace unecho::clean {
namespace {

constexpr std::array<std::string_view, kNumPii> kPlaceholders = {"<EMAIL>", "<IP>", "<CARD>", "<PHONE>"};

// Domains that end like this are names of image files (icon@2x.png).
constexpr std::array<std::string_view, 6> kFileEndings = {"png", "jpg", "jpeg", "gif", "svg", "webp"};
// Under these, numbers are sold as names (163.com).
constexpr std::array<std::string_view, 4> kNumberDomains = {"com", "net", "org", "cn"};

constexpr size_t kMaxLocal = 64, kMaxDomain = 253, kMaxGroup = 300;

bool IsLocal(char c) { return IsAlnum(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-'; }
// Of Latin script, beyond ASCII: U+00C0..U+024F. Others stand before addresses without a blank.
bool EndsInLatinLetter(std::string_view text) {
  if (text.size() < 2) return false;
  const auto first = static_cast<unsigned char>(text[text.size() - 2]),
             second = static_cast<unsigned char>(text.back());
  return first >= 0xc3 && first <= 0xc9 && second >= 0x80 && second < 0xc0;
}
bool IsInGroup(char c) { return IsLocal(c) || c == ',' || c == ';' || c == '|' || c == ' '; }

bool IsOneCase(std::string_view label) {
  return std::ranges::all_of(label, [](char c) { return c >= 'a' && c <= 'z'; }) ||
         std::ranges::all_of(label, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// May `name` be registered under `top`?
bool IsDomain(std::string_view name, std::string_view top) {
  if (top.size() < 2 || top.size() > 24 || !IsOneCase(top) || std::ranges::count(kFileEndings, top) > 0) return false;
  if (name.size() < 2 || name.front() == '-' || name.back() == '-') return false;
  if (std::ranges::any_of(name, [](char c) { return IsAlpha(c); })) return true;
  return name.size() >= 3 && std::ranges::count(kNumberDomains, top) > 0;
}

// The end of the longest domain that begins at `at`; 0 if none does.
size_t DomainEnd(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && end - at <= kMaxDomain && (IsAlnum(text[end]) || text[end] == '-' || text[end] == '.'))
    ++end;
  std::string_view domain = text.substr(at, end - at);
  domain = domain.substr(0, domain.find(".."));
  for (;;) {
    const size_t dot = domain.rfind('.');
    if (dot == domain.npos || dot == 0) return 0;
    const size_t before = domain.rfind('.', dot - 1);
    const size_t name = before == domain.npos ? 0 : before + 1;
    if (IsDomain(domain.substr(name, dot - name), domain.substr(dot + 1))) return at + domain.size();
    domain = domain.substr(0, dot);
  }
}

// {alice,bob}@example.edu: the place of the brace, if there are names between it and the one at `close`.
size_t GroupBegin(std::string_view text, size_t close) {
  size_t begin = close;
  while (begin > 0 && close - begin < kMaxGroup && IsInGroup(text[begin - 1])) --begin;
  const bool named = close > begin && std::any_of(text.begin() + static_cast<std::ptrdiff_t>(begin),
                                                  text.begin() + static_cast<std::ptrdiff_t>(close), IsAlnum);
  return named && begin > 0 && text[begin - 1] == '{' ? begin - 1 : close + 1;
}

}  // namespace

bool MatchEmail(std::string_view text, size_t at_sign, size_t& begin, size_t& end) {
  if (at_sign == 0 || at_sign + 1 >= text.size() || !IsAlnum(text[at_sign + 1])) return false;
  begin = at_sign;
  if (text[at_sign - 1] == '}') {
    begin = GroupBegin(text, at_sign - 1);
  } else {
    while (at_sign - begin <= kMaxLocal) {
      if (begin > 0 && IsLocal(text[begin - 1]))
        --begin;
      else if (EndsInLatinLetter(text.substr(0, begin)))
        begin -= 2;
      else
        break;
    }
    while (begin < at_sign && !IsAlnum(text[begin]) && text[begin] != '_' &&
           static_cast<unsigned char>(text[begin]) < 0x80)
      ++begin;
    if (at_sign - begin > kMaxLocal || text[at_sign - 1] == '.') return false;
    const std::string_view local = text.substr(begin, at_sign - begin);
    if (local == "git" || local.find("..") != local.npos) return false;
  }
  if (begin >= at_sign) return false;
  end = DomainEnd(text, at_sign + 1);
  return end != 0;
}

void FindPii(std::string_view text, std::vector<PiiPlace>& out) {
  out.clear();
  size_t free = 0;  // behind the last place
  uint64_t digits_before = 0;
  const auto add = [&](size_t begin, size_t end, Pii kind) {
    if (begin < free || end <= begin) return false;
    out.push_back({begin, end, kind});
    free = end;
    return true;
  };
  for (size_t i = 0; i < text.size(); i += 64) {
    const char* block = text.data() + i;
    const uint64_t inside = Inside(text.size() - i);
    const uint64_t digits = DigitMask(block) & inside;
    const uint64_t signs = EqualMask<'@'>(block) & inside;
    uint64_t starts = (digits & ~(digits << 1 | digits_before >> 63)) | signs;
    digits_before = digits;
    for (; starts != 0; starts &= starts - 1) {
      const size_t at = i + static_cast<size_t>(std::countr_zero(starts));
      if (at < free) continue;
      size_t begin = at, end = 0;
      if (text[at] == '@') {
        if (!MatchEmail(text, at, begin, end)) continue;
        // An address may begin with what looked like a number.
        while (!out.empty() && out.back().end > begin) out.pop_back();
        free = out.empty() ? 0 : out.back().end;
        add(begin, end, Pii::kEmail);
        continue;
      }
      size_t run = 1;  // digits from here on
      while (at + run < text.size() && IsDigit(text[at + run])) ++run;
      const char next = at + run < text.size() ? text[at + run] : '\0';
      if (run <= 3 && next == '.') {
        if ((end = MatchIpv4(text, at)) != 0 && add(at, end, Pii::kIp)) continue;
      }
      if (text.size() - at > 4 && text[at + 4] == ':' && (text[at] == '2' || text[at] == '3')) {
        if ((end = MatchIpv6(text, at)) != 0 && add(at, end, Pii::kIp)) continue;
      }
      if (run == 4 || run >= 13) {
        if ((end = MatchCard(text, at)) != 0 && add(at, end, Pii::kCard)) continue;
      }
      if (MatchPhone(text, at, begin, end)) add(begin, end, Pii::kPhone);
    }
  }
}

void MaskPii(std::string_view text, const std::vector<PiiPlace>& places, std::string& out) {
  size_t copied = 0;
  for (const PiiPlace& place : places) {
    out += text.substr(copied, place.begin - copied);
    out += kPlaceholders[static_cast<size_t>(place.kind)];
    copied = place.end;
  }
  out += text.substr(copied);
}

}  // namespace unecho::clean
