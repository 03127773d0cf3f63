#include "text/field_value.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "text/code_points.h"
#include "text/mark_order.h"
#include "text/scan.h"

namespace unecho {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"exact", "fold", "doi", "url"};

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
    const std::string_view before = doi;
    if (Skip(doi, "doi:")) {
      doi = TrimBlanks(doi);
      continue;
    }
    if (!Skip(doi, "https://")) Skip(doi, "http://");
    Skip(doi, "www.");
    if (Skip(doi, "doi.org/") || Skip(doi, "dx.doi.org/")) continue;
    return before;
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
  url = url.substr(0, url.find('#'));
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

// ICU counts UTF-16 units in 32 bits: longer values are folded in parts.
constexpr size_t kMaxPartBytes = size_t{64} << 20;

void AppendCaseFolded(std::string_view text, std::string& out) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* const normalizer = icu::Normalizer2::getNFKCCasefoldInstance(error);
  if (U_FAILURE(error)) std::abort();  // ICU was built without its own normalisation data
  const size_t begin = out.size();
  std::string scratch;
  while (!text.empty()) {
    std::string_view part = Utf8Prefix(text, kMaxPartBytes);
    text.remove_prefix(part.size());
    if (part.find("\u0345") == part.npos) part = InMarkOrder(part, scratch);
    const icu::UnicodeString folded = normalizer->normalize(
        icu::UnicodeString::fromUTF8(icu::StringPiece(part.data(), static_cast<int32_t>(part.size()))), error);
    if (U_FAILURE(error)) std::abort();  // out of memory: nothing else can fail here
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

std::optional<Normaliser> NormaliserByName(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Normaliser>(found - kNames.begin());
}

Normaliser NormaliserFor(std::string_view field_name) {
  field_name.remove_prefix(field_name.find_last_of("./") + 1);  // npos + 1 is 0: it is no path
  if (IsWord(field_name, "doi")) return Normaliser::kDoi;
  if (IsWord(field_name, "url") || IsWord(field_name, "link")) return Normaliser::kUrl;
  return Normaliser::kExact;
}

bool IsPlaceholder(std::string_view value) {
  constexpr size_t kLongest = 60;
  static constexpr std::string_view kWords[] = {
      "na",  "nan",          "nil",           "none",        "null",     "unknown", "undefined", "missing", "tbd",
      "tba", "notavailable", "notapplicable", "unspecified", "notfound", "empty",   "nodoi",     "nourl",   "noid"};
  // Most values of keys are known by a digit.
  if (value.size() > kLongest || value.find_first_of("123456789") != value.npos) return false;
  value = TrimBlanks(WithoutResolver(TrimBlanks(value)));
  if (IsWord(value, "\\n") || IsWord(value, "n.d") || IsWord(value, "n.d.")) return true;
  std::string folded, letters;
  AppendCaseFolded(value, folded);
  bool has_zero = false;
  for (size_t i = 0; i < folded.size();) {
    const size_t begin = i;
    const int32_t c = NextCodePoint(folded.data(), i, folded.size());
    const uint32_t category = c < 0 ? uint32_t{U_GC_SO_MASK} : U_GET_GC_MASK(c);
    has_zero = has_zero || c == '0';
    // Of punctuation alone, dashes and brackets as well, nothing is said; a symbol may mean something.
    const bool is_bracket = c == '<' || c == '>';
    if (c != '0' && !is_bracket && (category & (U_GC_P_MASK | U_GC_Z_MASK | U_GC_C_MASK)) == 0)
      letters.append(folded, begin, i - begin);
  }
  if (letters.empty()) return !value.empty();
  return !has_zero && std::ranges::find(kWords, letters) != std::end(kWords);
}

void AppendNormalValue(std::string_view value, Normaliser normaliser, std::string& out) {
  value = TrimBlanks(value);
  switch (normaliser) {
    case Normaliser::kExact: out += value; break;
    case Normaliser::kFold: AppendCaseFolded(value, out); break;
    case Normaliser::kDoi: AppendLower(WithoutResolver(value), out); break;
    case Normaliser::kUrl: AppendUrl(value, out); break;
  }
}

}  // namespace unecho
