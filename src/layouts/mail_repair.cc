#include "layouts/mail_repair.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "base/hash_map.h"
#include "base/status.h"
#include "layouts/mail_head.h"
#include "text/characters.h"

namespace unecho {
namespace {

using std::string_view;

// GMime holds each line that begins with "--" against each boundary in force.
constexpr uint64_t kMostComparisons = 20'000'000;

string_view WithoutBlanksAtEnd(string_view line) { return line.substr(0, line.find_last_not_of(" \t\r") + 1); }

// What boundary= says, quoted or not, wherever it stands.
HashSet<string_view> Boundaries(string_view message) {
  constexpr string_view kName = "boundary";
  HashSet<string_view> boundaries;
  for (size_t at = message.find('='); at != message.npos; at = message.find('=', at + 1)) {
    if (at < kName.size() || !absl::EqualsIgnoreCase(Abs(message.substr(at - kName.size(), kName.size())), Abs(kName)))
      continue;
    const string_view rest = message.substr(at + 1);
    const bool is_quoted = rest.starts_with('"');
    const size_t end = is_quoted ? rest.find_first_of("\"\n", 1) : rest.find_first_of("; \t\r\n");
    const string_view value = rest.substr(0, end).substr(is_quoted ? 1 : 0);
    if (!value.empty()) boundaries.insert(WithoutBlanksAtEnd(value));
  }
  return boundaries;
}

}  // namespace

bool RepairMail(string_view& message, std::string& out) {
  out.clear();
  std::string unix_lines;
  string_view text = message;
  if (text.find('\n') == text.npos && text.find('\r') != text.npos) {
    unix_lines = text;
    std::ranges::replace(unix_lines, '\r', '\n');
    text = unix_lines;
  }
  const HashSet<string_view> boundaries = Boundaries(text);
  bool in_head = true, is_first = true;
  uint64_t dashed = 0;
  size_t taken = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const string_view line = WithoutBlanksAtEnd(text.substr(begin, end - begin));
    const bool is_dashed = line.starts_with("--");
    dashed += is_dashed;
    if (is_dashed && boundaries.contains(line.substr(2))) {
      in_head = is_first = true;
    } else if (in_head) {
      const bool goes_on = !is_first && (line.starts_with(' ') || line.starts_with('\t'));
      if (line.empty()) {
        in_head = false;
      } else if (!goes_on && IsMailField(line, true) != MailAnswer::kYes) {
        out += text.substr(taken, begin - taken);
        out += '\n';
        taken = begin;
        in_head = false;
      } else if (line.find('\0') != line.npos) {
        out += text.substr(taken, begin - taken);
        out += line;
        std::replace(out.end() - static_cast<std::ptrdiff_t>(line.size()), out.end(), '\0', ' ');
        taken = begin + line.size();
      }
      is_first = false;
    }
    begin = end + 1;
  }
  if (dashed * boundaries.size() > kMostComparisons) return false;
  if (taken == 0 && unix_lines.empty()) return true;
  out += text.substr(taken);
  message = out;
  return true;
}

}  // namespace unecho
