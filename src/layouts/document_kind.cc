#include "layouts/document_kind.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "base/status.h"
#include "layouts/prose.h"
#include "text/characters.h"
#include "text/file_name.h"
#include "text/shown_text.h"

namespace unecho {
namespace {

using std::string_view;

constexpr size_t kFirstLines = 20;

bool BeginsWithAny(string_view line, std::span<const string_view> begins) {
  return std::ranges::any_of(begins,
                             [line](string_view begin) { return absl::StartsWithIgnoreCase(Abs(line), Abs(begin)); });
}

// How many lines begin with one of these commands.
size_t Count(std::span<const string_view> lines, std::span<const string_view> begins) {
  return static_cast<size_t>(
      std::ranges::count_if(lines, [&](string_view line) { return BeginsWithAny(line, begins); }));
}

// A preamble, or chapters and titles of a part that another file includes.
bool IsLatex(std::span<const string_view> lines) {
  static constexpr string_view kBegins[] = {"\\documentclass", "\\documentstyle", "\\begin{document}"};
  static constexpr string_view kParts[] = {"\\chapter", "\\section",   "\\subsection", "\\subsubsection", "\\title{",
                                           "\\label{",  "\\paragraph", "\\maketitle",  "\\usepackage",    "\\author{",
                                           "\\input{",  "\\begin{",    "\\end{",       "\\newcommand",    "\\part{"};
  return Count(lines, kBegins) > 0 || Count(lines, kParts) > 1 ||
         (Count(lines.first(1), kParts) > 0 && lines[0].find('{') != lines[0].npos);
}

bool IsTroff(std::span<const string_view> lines) {
  static constexpr string_view kBegins[] = {".TH ", ".Dd ", ".\\\"", "\'\\\"", ".so ",
                                            ".de ", ".if ", ".ie ",  ".nh",    ".ds "};
  static constexpr string_view kParts[] = {".TH ", ".SH", ".Sh", ".Dd "};
  return BeginsWithAny(lines[0], kBegins) && Count(lines, kParts) > 0;
}

// "2022-10-20  Ann Lee  <ann@example.org>", "Mon Jan  1 10:00:00 2001  Ann Lee  <ann@example.org>".
bool BeginsEntryOfGnu(string_view line) {
  static constexpr string_view kDays[] = {"Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "};
  const bool has_date = line.size() > 11 && std::ranges::all_of(line.substr(0, 4), IsDigit) && line[4] == '-' &&
                        IsDigit(line[5]) && IsDigit(line[6]) && line[7] == '-' && IsDigit(line[8]) && IsDigit(line[9]);
  const bool has_name = line.find('@') != line.npos || (has_date && line.substr(10, 2) == "  ");
  return has_name && (has_date || BeginsWithAny(line, kDays));
}

// What Debian and GNU write of their changes: a line for a release or a day, and indented items below it.
bool IsChangelog(std::span<const Line> lines) {
  constexpr size_t kNames = 4;  // several people may have made a change
  if (lines.size() < 2) return false;
  const string_view first = lines[0].text;
  if (!lines[0].indent.empty()) return false;
  if (first.find(" (") < first.find(") ") && first.find("; urgency=") != first.npos) return lines[1].indent.size() > 1;
  const bool has_address = first.find('@') != first.npos;
  return BeginsEntryOfGnu(first) &&
         std::ranges::any_of(lines.subspan(1, std::min(kNames, lines.size() - 1)), [has_address](const Line& line) {
           return line.text.starts_with("* ") ? line.indent == "\t" || line.indent.size() == 8
                                              : line.indent == "\t" && has_address;
         });
}

// A keyword of the head, or a drawer or a block below a star.
bool IsOrg(std::span<const string_view> lines) {
  static constexpr string_view kBegins[] = {
      "#+title:", "#+author:", "#+options:", "#+startup:", "#+date:", "#+filetags:"};
  static constexpr string_view kParts[] = {":PROPERTIES:", "#+begin_", "#+end_",      "* TODO ",
                                           "* DONE ",      "#+tblfm:", "SCHEDULED: <"};
  return Count(lines, kBegins) > 0 || (lines[0].starts_with("* ") && Count(lines, kParts) > 0);
}

// ":name:" and perhaps a value.
bool IsAttribute(string_view line) {
  return line.size() > 2 && line[0] == ':' && IsAlpha(line[1]) && line.find(':', 2) != line.npos &&
         line.substr(0, line.find(':', 2)).find(' ') == line.npos;
}

// "= Title" or "== Part", which nothing ends, and an attribute or another of them.
bool IsAsciiDoc(std::span<const string_view> lines) {
  const auto is_title = [](string_view line) {
    const size_t level = line.find_first_not_of('=');
    return level != line.npos && level >= 1 && level <= 6 && line[level] == ' ' && !line.ends_with('=');
  };
  const auto titles = std::ranges::count_if(lines, is_title), attributes = std::ranges::count_if(lines, IsAttribute);
  const bool begins = is_title(lines[0]) || IsAttribute(lines[0]) || lines[0].starts_with("//");
  return begins && titles > 0 && titles + attributes > 1;
}

// "== Part ==" of MediaWiki, "====== Part ======" of DokuWiki; or a template with something bold or linked below it.
bool IsWiki(std::span<const string_view> lines) {
  const auto is_title = [](string_view line) {
    const size_t level = line.find_first_not_of('=');
    return level != line.npos && level >= 2 && level <= 6 && line.size() > 2 * level &&
           line.ends_with(line.substr(0, level)) && line[line.size() - level - 1] != '=';
  };
  const auto titles = std::ranges::count_if(lines, is_title);
  const auto links = std::ranges::count_if(lines, [](string_view line) {
    if (line.find("'''") != line.npos) return true;
    const size_t link = line.find("[["), end = line.find("]]", std::min(link, line.size()));
    if (link == line.npos || end == line.npos) return false;
    const bool is_section = link == 0 && end + 2 == line.size() && line.find(':') == line.npos;  // of TOML
    return !is_section && !line.substr(end + 2).starts_with('(');  // "[[pdf]](https://...)"
  });
  static constexpr string_view kBegins[] = {"{{", "{|", "[[File:", "[[Image:", "#REDIRECT", "__NOTOC__"};
  return titles > 1 || (titles + links > 0 && (BeginsWithAny(lines[0], kBegins) || titles + links > 2)) ||
         (titles > 0 && is_title(lines[0]));
}

bool IsTextile(std::span<const string_view> lines) {
  static constexpr string_view kBegins[] = {"h1. ", "h2. ", "h3. ", "h4. ", "p. ", "bq. ", "bc. ", "fn1. "};
  return Count(lines.first(1), kBegins) > 0 && Count(lines, kBegins) > 1;
}

bool IsTexinfo(std::span<const string_view> lines) {
  static constexpr string_view kBegins[] = {"\\input texinfo", "@setfilename", "@node ",
                                            "@chapter ",       "@section ",    "@settitle "};
  return Count(lines, kBegins) > 1;
}

bool IsPod(std::span<const string_view> lines) {
  static constexpr string_view kBegins[] = {"=head1", "=head2", "=pod", "=over", "=encoding", "=begin"};
  return BeginsWithAny(lines[0], kBegins) && Count(lines, kBegins) > 0;
}

// "#!/bin/sh"; rules of make, whose commands are behind a tab; what C and its like include.
bool IsProgram(std::span<const string_view> lines) {
  if (lines[0].starts_with("#!") && lines[0].size() > 2 && (lines[0][2] == '/' || lines[0][2] == ' ')) return true;
  static constexpr string_view kBegins[] = {"#include <", "#include \"", "#ifndef ", "#pragma once"};
  return Count(lines, kBegins) > 1;
}

// Rules of make: a target, and commands behind a tab. The first line that is no comment is a target or sets a name.
bool IsMakefile(std::span<const Line> lines) {
  const auto is_target = [](string_view line) {
    const size_t colon = line.find(':');
    return colon != line.npos && colon > 0 && line.substr(0, colon).find_first_of(" \"'<>[(") == line.npos &&
           (colon + 1 == line.size() || line[colon + 1] == ' ') && line.back() != '.';
  };
  const auto first = std::ranges::find_if(lines, [](const Line& line) { return line.text[0] != '#'; });
  if (first == lines.end()) return false;
  const size_t equals = first->text.find('=');
  if (!is_target(first->text) && (equals == 0 || equals >= 30)) return false;
  for (size_t i = 0; i + 1 < lines.size(); ++i) {
    const Line& next = lines[i + 1];
    if (is_target(lines[i].text) && next.indent == "\t" && !next.text.starts_with("at ")) return true;
  }
  return false;
}

// Transcripts of CHAT.
bool LooksLikeChat(std::span<const string_view> lines) {
  static constexpr string_view kBegins[] = {"@UTF8", "@Begin", "@Languages:", "@Participants:"};
  return Count(lines.first(1), kBegins) > 0 && Count(lines, kBegins) > 1;
}

bool IsCalendar(std::span<const string_view> lines) {
  static constexpr string_view kBegins[] = {"BEGIN:VCALENDAR", "BEGIN:VCARD"};
  return BeginsWithAny(lines[0], kBegins);
}

// Keys, certificates and their like: PEM, OpenPGP.
bool IsArmour(std::span<const string_view> lines) {
  return lines[0].starts_with("-----BEGIN ") && lines[0].ends_with("-----");
}

// Advanced SubStation Alpha: blank lines part its sections, and no texts.
bool IsSubStation(std::span<const string_view> lines) { return lines[0] == "[Script Info]"; }

// TOML, INI: sections in brackets, keys with values.
bool IsSettings(std::span<const string_view> lines) {
  size_t sections = 0, keys = 0, others = 0;
  for (const string_view line : lines) {
    if (line[0] == '#' || line[0] == ';') continue;
    if (line.starts_with("[[") && std::ranges::count(lines, line) > 2) return false;  // a list
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

// What diff prints: two names of files, and places in them.
bool IsPatch(std::span<const string_view> lines) {
  for (size_t i = 0; i + 2 < lines.size(); ++i) {
    if (lines[i].starts_with("--- ") && lines[i + 1].starts_with("+++ ") && lines[i + 2].starts_with("@@ -"))
      return true;
  }
  return false;
}

// A table whose frame is drawn: "+----+----+" around its rows and below its head, "-----+-----" below it alone, or the
// lines of boxes.
bool IsDrawnTable(std::span<const string_view> lines) {
  const auto is_frame = [](string_view line) {
    if (line.starts_with("\u250C") || line.starts_with("\u251C") || line.starts_with("\u2554")) return true;
    return line.size() > 4 && line.find_first_not_of("+-=|") == line.npos &&
           (line.find("--+--") != line.npos || line.starts_with("+--") || line.starts_with("+=="));
  };
  const auto frames = std::ranges::count_if(lines, is_frame);
  const auto rows = std::ranges::count_if(
      lines, [](string_view line) { return line.find('|') != line.npos || line.find("\u2502") != line.npos; });
  return frames > 0 && rows > 1;
}

// "0:00:00.000,0:00:01.000" of SubViewer.
bool IsPairOfTimes(string_view line) {
  const size_t comma = line.find(',');
  return comma != line.npos && line.size() == 2 * comma + 1 && line.size() >= 15 &&
         line.find_first_not_of("0123456789:.,") == line.npos && std::ranges::count(line, ':') == 4;
}

bool IsTime(string_view line) {
  if (IsPairOfTimes(line)) return true;
  const size_t arrow = line.find("-->");
  return arrow != line.npos && arrow >= 5 && IsDigit(line[0]) && line.find(':') < arrow;
}

// A line of one sign of punctuation, about as long as the title it stands under: a ruler is as long as all others.
bool IsUnderline(string_view line, string_view title) {
  const size_t width = Width(title);
  const bool fits = line.size() >= 4 && line.size() + 2 >= width && line.size() <= width + 2;
  return (fits || (line.size() == 3 && width == 3)) && string_view("=-~^\"#*+").find(line[0]) != line.npos &&
         line.find_first_not_of(line[0]) == line.npos;
}

}  // namespace

string_view DocumentKind(std::span<const Line> first_lines) {
  first_lines = first_lines.first(std::min(first_lines.size(), kFirstLines));
  if (first_lines.empty()) return {};
  std::vector<string_view> lines;
  for (const Line& line : first_lines) lines.push_back(line.text);
  if (IsLatex(lines)) return "a LaTeX document";
  if (IsTroff(lines)) return "a manual page";
  if (IsChangelog(first_lines)) return "a list of changes";
  if (IsOrg(lines)) return "an Org document";
  if (IsAsciiDoc(lines)) return "an AsciiDoc document";
  if (IsWiki(lines)) return "a page of a wiki";
  if (IsTextile(lines)) return "a Textile document";
  if (IsTexinfo(lines)) return "a Texinfo document";
  if (IsPod(lines)) return "a POD document";
  if (LooksLikeChat(lines)) return "a CHAT transcript";
  if (IsMakefile(first_lines)) return "a Makefile";
  if (IsProgram(lines)) return "a program";
  if (IsCalendar(lines)) return "a calendar or an address book";
  if (IsArmour(lines)) return "a key or a certificate";
  if (IsSubStation(lines)) return "a file of subtitles (ASS)";
  if (IsSettings(lines)) return "a file of settings";
  if (IsPatch(lines)) return "a patch";
  if (IsDrawnTable(lines)) return "a table that is drawn with signs";
  return {};
}

bool MayBeManual(std::span<const Line> lines) {
  if (lines.empty()) return false;
  const string_view line = lines[0].text;
  if (line.size() < 2 || (line[0] != '.' && line[0] != '\'')) return line == ".";
  const size_t name = std::min(line.find_first_of(" \t\\1", 1), line.size()) - 1;
  return (name == 0 && (line[1] == '\\' || line[1] == ' ')) || (name <= 3 && IsAlpha(line[1]));
}

bool IsManual(std::span<const Line> lines) {
  static constexpr string_view kTitles[] = {".TH ", ".Dd "}, kSections[] = {".SH", ".Sh"};
  const auto has = [&](std::span<const string_view> begins) {
    return std::ranges::any_of(lines, [&](const Line& line) {
      return std::ranges::any_of(begins, [&](string_view begin) { return line.text.starts_with(begin); });
    });
  };
  return MayBeManual(lines) && has(kTitles) && has(kSections);
}

// Lines of ten columns, of which the first counts the words of a sentence; "# text = ..." above them. A table that has
// a number in its first column counts on, or does not count.
bool IsConllU(std::span<const Line> lines) {
  constexpr ptrdiff_t kTabs = 9;
  size_t sentences = 0, comments = 0, word = 0;
  for (const Line& line : lines) {
    const string_view text = line.text;
    if (line.after_gap || text[0] == '#') word = 0;
    if (text[0] == '#') {
      comments += static_cast<size_t>(text.find(" = ") != text.npos);
      continue;
    }
    if (std::ranges::count(text, '\t') != kTabs) return false;
    const string_view number = text.substr(0, std::min(text.find_first_of("\t-."), text.size()));
    const bool counts_on = number == std::to_string(word + 1),
               is_same = number == std::to_string(word);  // "1-2", "0.1"
    if (!counts_on && !is_same) return false;
    sentences += static_cast<size_t>(counts_on && word == 0);
    word += static_cast<size_t>(counts_on);
  }
  return sentences > 1 || (sentences > 0 && comments > 0);
}

bool IsSubtitles(std::span<const Line> lines) {
  if (lines.empty()) return false;
  if (lines[0].text.starts_with("WEBVTT") || IsTime(lines[0].text)) return true;
  return lines.size() > 1 && std::ranges::all_of(lines[0].text, IsDigit) && IsTime(lines[1].text);
}

bool IsYamlStream(std::span<const Line> lines) {
  constexpr size_t kLongestKey = 40;
  if (lines.empty() || lines[0].text != "---") return false;
  std::vector<string_view> first, keys;
  size_t documents = 0;
  for (const Line& line : lines.subspan(1)) {
    if (line.text == "---") {
      if (keys.empty()) return false;
      if (++documents == 1) first = keys;
      keys.clear();
      continue;
    }
    if (line.text[0] == '#' || line.text.starts_with("- ") || !line.indent.empty()) continue;
    const size_t colon = line.text.find(':');
    const bool is_key = colon != line.text.npos && colon > 0 && colon <= kLongestKey &&
                        (colon + 1 == line.text.size() || line.text[colon + 1] == ' ');
    if (!is_key) return false;
    keys.push_back(line.text.substr(0, colon));
    const bool is_again = documents > 0 && std::ranges::find(first, keys.back()) != first.end();
    if (is_again) return true;
  }
  return false;
}

bool IsYamlDocument(std::span<const Line> lines) {
  if (lines.size() < 3 || lines[0].text != "---") return false;
  const auto key = std::find_if(lines.begin() + 1, lines.end(), [](const Line& line) { return line.text[0] != '#'; });
  if (key == lines.end() || !key->indent.empty() || key->text.find(':') == string_view::npos) return false;
  return std::none_of(lines.begin() + 1, lines.end(), [](const Line& line) {
    return (line.text == "---" || line.text == "...") && line.indent.empty();
  });
}

bool IsYaml(std::span<const Line> lines) {
  size_t keys = 0, items = 0, others = 0, nested = 0;
  for (const Line& each : lines) {
    string_view line = each.text;
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

namespace {

// Is lines[i] the line under a title?
bool IsUnderTitle(std::span<const Line> lines, size_t i) {
  if (i == 0 || i >= lines.size() || lines[i].after_gap) return false;
  const string_view title = lines[i - 1].text;
  return IsUnderline(lines[i].text, title) && (IsAlpha(title[0]) || IsDigit(title[0]));
}

}  // namespace

bool HasUnderlinedTitles(std::span<const Line> lines) {
  size_t titles = 0;
  for (size_t i = 1; i < lines.size(); ++i) titles += IsUnderTitle(lines, i);
  return titles > 1;
}

bool AreUnderlinedEntries(std::span<const Line> lines) {
  constexpr size_t kLeast = 3;
  size_t titles = 0;
  char sign = 0;
  for (size_t i = 1; i < lines.size();) {
    if (!IsUnderTitle(lines, i)) return false;
    size_t next = i + 1, paragraphs = 0;
    for (; next < lines.size() && !IsUnderTitle(lines, next + 1); ++next)
      paragraphs += lines[next].after_gap || next == i + 1 ? 1 : 0;
    const bool is_title_of_all = titles == 0 && paragraphs == 0;
    const bool is_cut = next >= lines.size() && lines.size() >= kHintLines;
    if (!is_title_of_all && !is_cut) {
      if (paragraphs != 1 || !IsProse(lines[i + 1].text) || (sign != 0 && lines[i].text[0] != sign)) return false;
      sign = lines[i].text[0];
      ++titles;
    }
    i = next + 1;
  }
  return titles >= kLeast;
}

namespace {

// "py" of "setup.py"; empty for ".py" and "py".
string_view EndOfName(string_view name) {
  name = PlainFileName(name);
  const size_t dot = name.rfind('.');
  return dot == name.npos || dot == 0 ? string_view() : name.substr(dot + 1);
}

bool IsAnyOf(string_view name, std::span<const string_view> names) {
  return std::ranges::any_of(names, [name](string_view each) { return absl::EqualsIgnoreCase(Abs(name), Abs(each)); });
}

}  // namespace

bool IsSourceCode(string_view name) {
  static constexpr string_view kEnds[] = {
      "asm",  "bash",  "c",   "cc",   "clj", "cmake", "cpp",  "cs",     "css", "cu",  "cxx", "d",   "dart",
      "el",   "erl",   "ex",  "exs",  "f90", "fs",    "go",   "groovy", "h",   "hh",  "hpp", "hs",  "hxx",
      "java", "jl",    "js",  "jsx",  "kt",  "kts",   "lisp", "lua",    "m",   "mjs", "ml",  "mli", "mm",
      "nim",  "pas",   "php", "pl",   "pm",  "proto", "ps1",  "py",     "pyi", "pyx", "r",   "rb",  "rs",
      "s",    "scala", "scm", "scss", "sh",  "sol",   "sql",  "swift",  "tcl", "ts",  "tsx", "v",   "vb",
      "vhd",  "zig",   "mk",  "bat",  "awk", "zsh",   "fish", "gradle"};
  static constexpr string_view kNames[] = {"Makefile", "GNUmakefile", "Dockerfile",  "CMakeLists.txt", "Rakefile",
                                           "Gemfile",  "Vagrantfile", "Jenkinsfile", "SConstruct",     "meson.build"};
  return IsAnyOf(EndOfName(name), kEnds) || IsAnyOf(PlainFileName(name), kNames);
}

bool IsSettingsByName(string_view name) {
  static constexpr string_view kEnds[] = {"properties", "conf", "cfg", "ini", "ftl", "toml"};
  return IsAnyOf(EndOfName(name), kEnds);
}

string_view MarkupOf(string_view name) {
  struct Kind {
    string_view end, name;
  };
  static constexpr Kind kKinds[] = {{"tex", "LaTeX"},
                                    {"ltx", "LaTeX"},
                                    {"sty", "LaTeX"},
                                    {"cls", "LaTeX"},
                                    {"org", "Org"},
                                    {"adoc", "AsciiDoc"},
                                    {"asciidoc", "AsciiDoc"},
                                    {"rst", "reStructuredText"},
                                    {"wiki", "wiki text"},
                                    {"mediawiki", "wiki text"},
                                    {"dokuwiki", "wiki text"},
                                    {"pod", "POD"},
                                    {"texi", "Texinfo"},
                                    {"texinfo", "Texinfo"},
                                    {"textile", "Textile"},
                                    {"man", "a manual page"},
                                    {"mdoc", "a manual page"},
                                    {"roff", "troff"}};
  const string_view end = EndOfName(name);
  for (const Kind& kind : kKinds) {
    if (absl::EqualsIgnoreCase(Abs(end), Abs(kind.end))) return kind.name;
  }
  return {};
}

}  // namespace unecho
