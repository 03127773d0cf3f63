#include "layouts/document_kind.h"

#include <algorithm>
#include <array>

#include "absl/strings/match.h"
#include "text/characters.h"
#include "text/shown_text.h"
#include "unecho/status.h"

namespace unecho {
namespace {

using std::string_view;

constexpr size_t kFirstLines = 20;

bool BeginsLike(string_view line, std::span<const string_view> begins) {
  return std::ranges::any_of(begins,
                             [line](string_view begin) { return absl::StartsWithIgnoreCase(Abs(line), Abs(begin)); });
}

bool IsLatex(std::span<const string_view> lines) {
  static constexpr string_view kBegins[] = {"\\documentclass", "\\documentstyle", "\\begin{document}"};
  return std::ranges::any_of(lines, [](string_view line) { return BeginsLike(line, kBegins); });
}

bool IsTroff(std::span<const string_view> lines) {
  static constexpr string_view kBegins[] = {".TH ", ".Dd ", ".\\\""};
  return BeginsLike(lines[0], kBegins) && std::ranges::any_of(lines, [](string_view line) {
           return line.starts_with(".SH") || line.starts_with(".Sh");
         });
}

bool IsOrg(std::span<const string_view> lines) {
  static constexpr string_view kBegins[] = {"#+title:", "#+author:", "#+options:", "#+startup:"};
  return std::ranges::any_of(lines, [](string_view line) { return BeginsLike(line, kBegins); });
}

// "= Title", and an attribute or a section.
bool IsAsciiDoc(std::span<const string_view> lines) {
  return lines[0].starts_with("= ") && std::ranges::any_of(lines, [](string_view line) {
           return line.starts_with("== ") || (line.size() > 2 && line[0] == ':' && line.find(':', 2) != line.npos);
         });
}

bool IsCalendar(std::span<const string_view> lines) {
  static constexpr string_view kBegins[] = {"BEGIN:VCALENDAR", "BEGIN:VCARD"};
  return BeginsLike(lines[0], kBegins);
}

// TOML, INI: sections in brackets, keys with values.
bool IsSettings(std::span<const string_view> lines) {
  size_t sections = 0, keys = 0, others = 0;
  for (const string_view line : lines) {
    if (line[0] == '#' || line[0] == ';') continue;
    const size_t equals = line.find('=');
    if (line[0] == '[' && line.back() == ']' && line.find_first_of("\"',") == line.npos)
      ++sections;
    else if (equals != line.npos && equals > 0 && std::min(line.find_first_of(" \t"), equals) + 1 >= equals)
      ++keys;
    else
      ++others;
  }
  return sections > 0 && keys > 1 && 5 * others <= sections + keys;
}

bool IsTime(string_view line) {
  const size_t arrow = line.find("-->");
  return arrow != line.npos && arrow >= 5 && IsDigit(line[0]) && line.find(':') < arrow;
}

// A line of one sign of punctuation, about as long as the title it stands under: a ruler is as long as all others.
bool IsUnderline(string_view line, string_view title) {
  const size_t width = Width(title);
  return line.size() >= 4 && line.size() + 2 >= width && line.size() <= width + 2 &&
         string_view("=-~^\"#*+").find(line[0]) != line.npos && line.find_first_not_of(line[0]) == line.npos;
}

}  // namespace

string_view DocumentKind(std::span<const string_view> lines) {
  lines = lines.first(std::min(lines.size(), kFirstLines));
  if (lines.empty()) return {};
  if (IsLatex(lines)) return "a LaTeX document";
  if (IsTroff(lines)) return "a manual page";
  if (IsOrg(lines)) return "an Org document";
  if (IsAsciiDoc(lines)) return "an AsciiDoc document";
  if (IsCalendar(lines)) return "a calendar or an address book";
  if (IsSettings(lines)) return "a file of settings";
  return {};
}

bool IsSubtitles(std::span<const string_view> lines) {
  if (lines.empty()) return false;
  if (lines[0].starts_with("WEBVTT") || IsTime(lines[0])) return true;
  return lines.size() > 1 && std::ranges::all_of(lines[0], IsDigit) && IsTime(lines[1]);
}

bool IsYaml(std::span<const string_view> lines) {
  size_t keys = 0, items = 0, others = 0, nested = 0;
  for (string_view line : lines) {
    if (line[0] == '#' || line == "---") continue;
    const bool is_item = line == "-" || line.starts_with("- ");
    while (line.starts_with("- ")) line.remove_prefix(2);
    const size_t colon = line.find(':');
    const bool is_key = colon != line.npos && colon > 0 && colon <= 40 &&
                        (colon + 1 == line.size() || line[colon + 1] == ' ') && line.find(". ") > colon;
    nested += static_cast<size_t>(is_key && colon + 1 == line.size());
    keys += static_cast<size_t>(is_key);
    items += static_cast<size_t>(is_item && !is_key);
    others += static_cast<size_t>(!is_item && !is_key);
  }
  return nested > 0 && keys + items > 3 && 8 * others <= keys + items;
}

bool HasUnderlinedTitles(std::span<const string_view> lines) {
  size_t titles = 0;
  for (size_t i = 1; i < lines.size(); ++i) {
    const string_view title = lines[i - 1];
    titles += IsUnderline(lines[i], title) && (IsAlpha(title[0]) || IsDigit(title[0]));
  }
  return titles > 1;
}

bool IsSourceCode(string_view name) {
  const size_t before_number = name.find_last_not_of("0123456789");
  if (before_number != name.npos && before_number + 1 < name.size() && name[before_number] == '@')
    name = name.substr(0, before_number);
  for (const string_view suffix : {".gz", ".bz2", ".xz", ".lz4", ".zst"}) {
    if (!name.ends_with(suffix)) continue;
    name.remove_suffix(suffix.size());
    break;
  }
  static constexpr string_view kEnds[] = {
      "asm", "bash", "c",     "cc",    "clj",  "cmake", "cpp",    "cs",  "css", "cu",  "cxx", "d",     "dart", "el",
      "erl", "ex",   "exs",   "f90",   "fs",   "go",    "groovy", "h",   "hh",  "hpp", "hs",  "hxx",   "java", "jl",
      "js",  "jsx",  "kt",    "kts",   "lisp", "lua",   "m",      "mjs", "ml",  "mli", "mm",  "nim",   "pas",  "php",
      "pl",  "pm",   "proto", "ps1",   "py",   "pyi",   "pyx",    "r",   "rb",  "rs",  "s",   "scala", "scm",  "scss",
      "sh",  "sol",  "sql",   "swift", "tcl",  "ts",    "tsx",    "v",   "vb",  "vhd", "zig"};
  const size_t dot = name.rfind('.');
  if (dot == name.npos || dot == 0 || name[dot - 1] == '/') return false;
  const string_view end = name.substr(dot + 1);
  return std::ranges::any_of(kEnds, [end](string_view each) { return absl::EqualsIgnoreCase(Abs(end), Abs(each)); });
}

}  // namespace unecho
