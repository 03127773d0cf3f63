#include "text/field_value.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "text/characters.h"
#include "text/code_points.h"
#include "text/icu_text.h"
#include "text/mark_order.h"
#include "text/scan.h"

namespace unecho {
namespace {

constexpr std::array<std::string_view, 4> kNormaliserNames = {"exact", "fold", "doi", "url"};

// Parameters that say where a reader came from, and nothing of the page. unecho(1) has the same list.
constexpr std::string_view kTrackingPrefix = "utm_";
constexpr std::array<std::string_view, 20> kTracking = {
    "fbclid", "gclid",  "dclid", "gbraid",  "wbraid",  "msclkid", "yclid", "twclid", "ttclid",  "mc_cid",
    "mc_eid", "igshid", "igsh",  "ref_src", "ref_url", "_hsenc",  "_hsmi", "_ga",    "mkt_tok", "vero_id"};

// Hosts, schemes and DOIs are ASCII where case does not count.
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool BeginsWith(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() && std::ranges::equal(text.substr(0, lower.size()), lower, {}, Lower);
}

bool IsWord(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() && BeginsWith(text, lower);
}

// Takes a prefix away, whatever its case.
bool Skip(std::string_view& text, std::string_view lower) {
  if (!BeginsWith(text, lower)) return false;
  text.remove_prefix(lower.size());
  return true;
}

void AppendLower(std::string_view text, std::string& out) {
  for (const char c : text) out += Lower(c);
}

std::string_view WithoutResolver(std::string_view doi) {
  for (;;) {
    doi = TrimBlanks(doi);
    if (Skip(doi, "doi:") || Skip(doi, "info:doi/") || Skip(doi, "urn:doi:")) continue;
    std::string_view inside = doi;
    if (Skip(inside, "doi") && TrimBlanks(inside).starts_with("10.")) return TrimBlanks(inside);
    inside = doi;
    if (!Skip(inside, "https://")) Skip(inside, "http://");
    Skip(inside, "www.");
    if (!Skip(inside, "doi.org/") && !Skip(inside, "dx.doi.org/")) return doi;
    doi = inside;
  }
}

int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  return Lower(c) >= 'a' && Lower(c) <= 'f' ? Lower(c) - 'a' + 10 : -1;
}

// The byte that is written as %2F at `at`; nothing is there: -1.
int EncodedByte(std::string_view text, size_t at) {
  if (text[at] != '%' || text.size() - at < 3) return -1;
  const int high = HexValue(text[at + 1]), low = HexValue(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

// Nobody sees it, and it comes with a text that is copied from a page.
bool IsInvisible(int32_t c) { return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF; }

// Of several dashes that look alike.
bool IsDash(int32_t c) { return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE63 || c == 0xFF0D; }

bool IsAscii(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// Without what is invisible, and with one kind of dash, if that is asked.
void AppendVisible(std::string_view text, bool one_dash, std::string& out) {
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    const int32_t c = NextCodePoint(text.data(), i, text.size());
    if (IsInvisible(c)) continue;
    if (one_dash && IsDash(c))
      out += '-';
    else
      out.append(text, begin, i - begin);
  }
}

// <10.1/x>, (10.1/x), and the point behind it: signs of the sentence in which it stood. A bracket that is closed inside
// is part of it.
std::string_view WithoutSentenceSigns(std::string_view doi) {
  constexpr std::string_view kPairs = "()[]{}<>";
  std::array<size_t, kPairs.size()> counts{};
  for (const char c : doi) {
    if (const size_t sign = kPairs.find(c); sign != kPairs.npos) ++counts[sign];
  }
  while (!doi.empty()) {
    const char last = doi.back();
    const size_t sign = kPairs.find(last);
    const bool is_closing = sign != kPairs.npos && sign % 2 == 1;
    const bool is_lone = is_closing && counts[sign]-- > counts[sign - 1];
    if (!is_lone && std::string_view(".,;:\"'").find(last) == std::string_view::npos) break;
    doi = TrimBlanks(doi.substr(0, doi.size() - 1));
  }
  return doi;
}

void AppendDoi(std::string_view value, std::string& out) {
  std::string visible, decoded;
  if (!IsAscii(value)) {
    AppendVisible(value, /*one_dash=*/true, visible);
    value = TrimBlanks(visible);
  }
  const auto opened = [](std::string_view text) {
    return text.substr(std::min(text.find_first_not_of("<([{\"'"), text.size()));
  };
  const std::string_view plain = WithoutResolver(value);
  value = opened(WithoutResolver(opened(value)));
  if (value.find('%') != value.npos) {
    for (size_t i = 0; i < value.size(); ++i) {
      const int byte = EncodedByte(value, i);
      decoded += byte < 0 ? value[i] : static_cast<char>(byte);
      i += byte < 0 ? 0 : 2;
    }
    value = TrimBlanks(decoded);
  }
  AppendLower(value.starts_with("10.") ? WithoutSentenceSigns(value) : plain, out);
}

// %7E is ~ and %2f is %2F: RFC 3986 says that they are the same. What would be another URL if it were decoded stays.
void AppendOneEncoding(std::string_view text, std::string& out) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (size_t i = 0; i < text.size(); ++i) {
    const int byte = EncodedByte(text, i);
    const auto c = static_cast<char>(byte);
    if (byte < 0) {
      out += text[i];
    } else if (IsAlnum(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
      i += 2;
    } else {
      out.append({'%', kHex[static_cast<size_t>(byte) / 16], kHex[static_cast<size_t>(byte) % 16]});
      i += 2;
    }
  }
}

bool IsTracking(std::string_view parameter) {
  const std::string_view name = parameter.substr(0, parameter.find('='));
  return BeginsWith(name, kTrackingPrefix) ||
         std::ranges::any_of(kTracking, [name](std::string_view each) { return IsWord(name, each); });
}

void AppendQuery(std::string_view query, std::string& out) {
  if (query.empty()) return;
  char before = '?';
  for (size_t begin = 0; begin <= query.size();) {
    const size_t end = std::min(query.find('&', begin), query.size());
    const std::string_view parameter = query.substr(begin, end - begin);
    begin = end + 1;
    if (IsTracking(parameter)) continue;
    out += before;
    out += parameter;
    before = '&';
  }
}

void AppendUrl(std::string_view url, std::string& out) {
  std::string visible, encoded;
  if (!IsAscii(url)) {
    AppendVisible(url, /*one_dash=*/false, visible);
    url = TrimBlanks(visible);
  }
  if (url.starts_with('<') && url.ends_with('>')) url = TrimBlanks(url.substr(1, url.size() - 2));
  url = url.substr(0, url.find('#'));
  if (url.find('%') != url.npos) {
    AppendOneEncoding(url, encoded);
    url = encoded;
  }
  std::string_view port;
  if (Skip(url, "https://"))
    port = ":443";
  else if (Skip(url, "http://"))
    port = ":80";
  else
    Skip(url, "//");
  // Another scheme is part of what is compared.
  if (const size_t scheme = url.find("://"); port.empty() && scheme < url.find_first_of("/?")) {
    AppendLower(url.substr(0, scheme + 3), out);
    url.remove_prefix(scheme + 3);
  }
  const size_t host_end = std::min(url.find_first_of("/?"), url.size());
  std::string_view host = url.substr(0, host_end);
  if (const size_t user = host.rfind('@'); user != std::string_view::npos) {
    out += host.substr(0, user + 1);
    host.remove_prefix(user + 1);
  }
  Skip(host, "www.");
  if (!port.empty() && host.ends_with(port)) host.remove_suffix(port.size());
  AppendLower(host, out);
  const size_t path_end = std::min(url.find('?'), url.size());
  std::string_view path = url.substr(host_end, path_end - host_end);
  if (path.ends_with('/')) path.remove_suffix(1);
  out += path;
  AppendQuery(url.substr(std::min(path_end + 1, url.size())), out);
}

void AppendCaseFolded(std::string_view text, std::string& out) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* const normalizer = icu::Normalizer2::getNFKCCasefoldInstance(error);
  if (U_FAILURE(error)) std::abort();  // ICU was built without its own normalisation data
  const size_t begin = out.size();
  std::string scratch;
  while (!text.empty()) {
    std::string_view part = text.substr(0, IcuPartSize(text));
    text.remove_prefix(part.size());
    if (part.find("\u0345") == part.npos) part = InMarkOrder(part, scratch);
    const icu::UnicodeString folded = Normalized(*normalizer, IcuText(part));
    icu::UnicodeString spaced;
    for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
      const UChar32 c = folded.char32At(i);
      const bool is_space = u_isUWhiteSpace(c) != 0;
      const bool is_after_space = spaced.isEmpty() ? out.size() == begin || out.back() == ' ' : spaced.endsWith(u' ');
      if (!is_space) spaced.append(c);
      if (is_space && !is_after_space) spaced.append(u' ');
    }
    spaced.toUTF8String(out);
  }
  if (out.size() > begin && out.back() == ' ') out.pop_back();
}

}  // namespace

std::string_view WithoutEmptyDateParts(std::string_view value) {
  constexpr size_t kYear = 4, kMostOfPart = 2;
  if (value.size() <= kYear || value.back() != '/' || value[kYear] != '/') return value;
  size_t in_part = 0;
  for (size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '/' ? i < kYear : !IsDigit(value[i])) return value;
    in_part = value[i] == '/' ? 0 : in_part + 1;
    if (i > kYear && in_part > kMostOfPart) return value;
  }
  return value.substr(0, value.find_last_not_of('/') + 1);
}

std::optional<Normaliser> NormaliserByName(std::string_view name) {
  const auto found = std::ranges::find(kNormaliserNames, name);
  if (found == kNormaliserNames.end()) return std::nullopt;
  return static_cast<Normaliser>(found - kNormaliserNames.begin());
}

Normaliser NormaliserFor(std::string_view field_name) {
  field_name.remove_prefix(field_name.find_last_of("./") + 1);  // npos + 1 is 0: it is no path
  if (field_name.ends_with("[]")) field_name.remove_suffix(2);
  if (IsWord(field_name, "doi")) return Normaliser::kDoi;
  if (IsWord(field_name, "url") || IsWord(field_name, "link")) return Normaliser::kUrl;
  return Normaliser::kExact;
}

namespace {

constexpr std::string_view kWordsForNone[] = {
    "na",  "nan",          "nil",           "none",        "null",     "unknown", "undefined", "missing", "tbd",
    "tba", "notavailable", "notapplicable", "unspecified", "notfound", "empty",   "nodoi",     "nourl",   "noid"};

// The letters of a value that may be one, and whether a 0 is among its signs.
struct ReadLetters {
  std::string letters;
  bool has_zero = false;
};

// Those of a value that is ASCII, in place of the Unicode that follows; false if it cannot be a placeholder.
bool ReadAscii(std::string_view value, ReadLetters& read) {
  constexpr size_t kLongestWord = 13;
  for (const char c : value) {
    const char lower = Lower(c);
    if (IsLower(lower))
      read.letters += lower;
    else if (c == '0')
      read.has_zero = true;
    else if (std::string_view("$+=^`|~").find(c) != std::string_view::npos || IsDigit(c))
      return false;
    if (read.letters.size() > kLongestWord) return false;
  }
  return true;
}

void ReadUnicode(std::string_view value, ReadLetters& read) {
  std::string folded;
  AppendCaseFolded(value, folded);
  for (size_t i = 0; i < folded.size();) {
    const size_t begin = i;
    const int32_t c = NextCodePoint(folded.data(), i, folded.size());
    const uint32_t category = c < 0 ? uint32_t{U_GC_SO_MASK} : U_GET_GC_MASK(c);
    read.has_zero = read.has_zero || c == '0';
    // Of punctuation alone, dashes and brackets as well, nothing is said; a symbol may mean something.
    const bool is_bracket = c == '<' || c == '>';
    if (c != '0' && !is_bracket && (category & (U_GC_P_MASK | U_GC_Z_MASK | U_GC_C_MASK)) == 0)
      read.letters.append(folded, begin, i - begin);
  }
}

}  // namespace

bool IsPlaceholder(std::string_view value, Zero zero) {
  constexpr size_t kLongest = 60;
  if (value.size() > kLongest) return false;
  value = WithoutResolver(value);
  if (IsWord(value, "\\n") || IsWord(value, "n.d") || IsWord(value, "n.d.")) return true;
  ReadLetters read;
  if (!IsAscii(value))
    ReadUnicode(value, read);
  else if (!ReadAscii(value, read))
    return false;
  if (read.has_zero && (zero == Zero::kIsValue || !read.letters.empty())) return false;
  if (read.letters.empty()) return !value.empty();
  return std::ranges::find(kWordsForNone, read.letters) != std::end(kWordsForNone);
}

void AppendNormalValue(std::string_view value, Normaliser normaliser, std::string& out) {
  value = TrimBlanks(value);
  switch (normaliser) {
    case Normaliser::kExact: out += WithoutEmptyDateParts(value); break;
    case Normaliser::kFold: AppendCaseFolded(WithoutEmptyDateParts(value), out); break;
    case Normaliser::kDoi: AppendDoi(value, out); break;
    case Normaliser::kUrl: AppendUrl(value, out); break;
  }
}

}  // namespace unecho
