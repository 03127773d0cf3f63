#include "read/declared_encoding.h"

#include <algorithm>

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

}  // namespace

std::optional<std::string> DeclaredEncoding(string_view prefix, bool at_end) {
  at_end |= prefix.size() >= kDeclarationBytes;
  string_view text = prefix.substr(0, kDeclarationBytes);
  const string_view trimmed = TrimBlanks(text);
  if (trimmed.empty()) return at_end ? std::optional<std::string>("") : std::nullopt;
  if (!trimmed.starts_with('<')) return "";
  const std::string lower = Lower(trimmed);
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
