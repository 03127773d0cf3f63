#include "read/declared_encoding.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "base/status.h"
#include "text/scan.h"

namespace unecho {
namespace {

using std::string_view;

std::string Lower(string_view text) { return absl::AsciiStrToLower(Abs(text)); }

// The value behind `name`, blanks, "=", blanks: quoted, or up to a blank or one of ";/>".
std::string ValueOf(string_view tag, string_view name) {
  for (size_t at = 0; (at = tag.find(name, at)) != string_view::npos;) {
    at += name.size();
    string_view rest = TrimBlanks(tag.substr(at));
    if (!rest.starts_with('=')) continue;
    rest = TrimBlanks(rest.substr(1));
    if (rest.empty()) return {};
    if (rest.front() == '"' || rest.front() == '\'') {
      const size_t end = rest.find(rest.front(), 1);
      return end == string_view::npos ? std::string() : std::string(TrimBlanks(rest.substr(1, end - 1)));
    }
    return std::string(rest.substr(0, rest.find_first_of(" \t\r\n\f;/>\"'")));
  }
  return {};
}

// Of the first <meta> that names one, outside comments.
std::string OfMeta(string_view lower) {
  for (size_t at = 0; (at = lower.find('<', at)) != string_view::npos;) {
    if (lower.substr(at).starts_with("<!--")) {
      at = lower.find("-->", at);
      if (at == string_view::npos) return {};
      continue;
    }
    const size_t end = lower.find('>', at);
    if (lower.substr(at).starts_with("<meta") && end != string_view::npos) {
      if (std::string name = ValueOf(lower.substr(at, end - at + 1), "charset"); !name.empty()) return name;
    }
    ++at;
  }
  return {};
}

constexpr string_view kJabRef = "this file was created with jabref", kProvider = "provider:";

// How a head of comments begins; of a shorter text, whether it may go on so.
bool BeginsAsHead(string_view lower, bool at_end) {
  if (lower.starts_with('%')) return true;
  return std::ranges::any_of(std::array{kJabRef, kProvider}, [=](string_view head) {
    return lower.starts_with(head) || (!at_end && head.starts_with(lower));
  });
}

// Of a line in the head.
std::string OfHeadLine(string_view line) {
  const bool is_comment = line.starts_with('%');
  while (line.starts_with('%') || line.starts_with(' ') || line.starts_with('\t')) line.remove_prefix(1);
  const auto word = [](string_view text) {
    text = TrimBlanks(text);
    return std::string(text.substr(0, text.find_first_of(" \t;,")));
  };
  constexpr string_view kEncoding = "encoding:", kContent = "content:", kTex = "!tex", kCoding = "coding:";
  if (line.starts_with(kEncoding)) return word(line.substr(kEncoding.size()));
  if (line.starts_with(kContent)) return ValueOf(line, "charset");
  if (!is_comment) return {};
  if (line.starts_with(kTex)) return ValueOf(line, "encoding");
  const size_t coding = line.find(kCoding);
  return coding == line.npos || line.find("-*-") > coding ? std::string() : word(line.substr(coding + kCoding.size()));
}

// `lower`: begins as a head. It ends with the first line that is none, or names an encoding.
std::optional<std::string> OfHead(string_view lower, bool at_end) {
  const bool has_percents = lower.starts_with('%');
  while (!lower.empty()) {
    const size_t end = lower.find_first_of("\r\n");
    if (end == lower.npos && !at_end) return std::nullopt;
    const string_view line = lower.substr(0, end);
    if (has_percents ? !line.empty() && line[0] != '%' : line.starts_with('@') || line.starts_with("ty  -")) return "";
    if (std::string name = OfHeadLine(line); !name.empty()) return name;
    lower.remove_prefix(std::min(end == lower.npos ? end : end + 1, lower.size()));
  }
  return at_end ? std::optional<std::string>("") : std::nullopt;
}

}  // namespace

std::string_view NameInHead(string_view head) {
  head = TrimBlanks(head.substr(0, kDeclarationBytes));
  const std::string lower = Lower(head);
  const std::string name = BeginsAsHead(lower, /*at_end=*/true) ? *OfHead(lower, /*at_end=*/true) : std::string();
  for (size_t begin = 0; !name.empty() && begin < lower.size();) {
    const size_t end = std::min(lower.find_first_of("\r\n", begin), lower.size());
    const string_view line = string_view(lower).substr(begin, end - begin);
    if (OfHeadLine(line) == name) return head.substr(begin + line.rfind(name), name.size());
    begin = end + 1;
  }
  return {};
}

std::optional<std::string> DeclaredEncoding(string_view prefix, bool at_end) {
  at_end |= prefix.size() >= kDeclarationBytes;
  string_view text = prefix.substr(0, kDeclarationBytes);
  const string_view trimmed = TrimBlanks(text);
  if (trimmed.empty()) return at_end ? std::optional<std::string>("") : std::nullopt;
  const std::string lower = Lower(trimmed);
  if (!trimmed.starts_with('<')) return BeginsAsHead(lower, at_end) ? OfHead(lower, at_end) : "";
  if (lower.starts_with("<?xml")) {
    const size_t end = lower.find("?>");
    if (end == std::string::npos) return at_end ? std::optional<std::string>("") : std::nullopt;
    if (std::string name = ValueOf(string_view(lower).substr(0, end), "encoding"); !name.empty()) return name;
    // XHTML may say it in a <meta> all the same.
    if (lower.find("<html") == std::string::npos) return at_end ? std::optional<std::string>("") : std::nullopt;
  }
  if (std::string name = OfMeta(lower); !name.empty()) return name;
  return at_end ? std::optional<std::string>("") : std::nullopt;
}

}  // namespace unecho
