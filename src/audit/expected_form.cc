#include "audit/expected_form.h"

#include <algorithm>
#include <filesystem>

#include "read/declared_encoding.h"
#include "text/characters.h"
#include "text/path_text.h"
#include "text/scan.h"

namespace unecho {
namespace {

size_t EndWithoutBlanks(std::string_view text, size_t end) {
  while (end > 0 && IsBlank(text[end - 1])) --end;
  return end;
}

// What stands between two records: furniture, then what parts them, then the key that the record behind has in an
// object of objects.
struct Gap {
  std::string furniture, separator, key;
};

// The end of `text` that is a key, from its quote on.
std::string_view KeyAtEnd(std::string_view text) {
  size_t at = EndWithoutBlanks(text, text.size());
  if (at == 0 || text[at - 1] != ':') return {};
  at = EndWithoutBlanks(text, at - 1);
  if (at == 0 || text[at - 1] != '"') return {};
  for (--at; at > 0;) {
    if (text[--at] != '"') continue;
    size_t backslashes = 0;
    while (backslashes < at && text[at - 1 - backslashes] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return text.substr(at);
  }
  return {};
}

// The end of `text` that is a separator: blanks, commas where these are, and rulers.
struct Separator {
  size_t begin = 0;
  std::string_view ruler;  // its last one
};

Separator SeparatorOf(std::string_view text, const FormOptions& options) {
  Separator separator;
  if (options.rulers.empty()) {
    size_t end = text.size();
    while (end > 0 && (IsBlank(text[end - 1]) || (options.traits.has_commas && text[end - 1] == ','))) --end;
    separator.begin = end;
    return separator;
  }
  for (size_t at = 0; at < text.size();) {
    const size_t line_end = std::min(text.find_first_of("\r\n", at), text.size());
    const std::string_view line = text.substr(at, EndWithoutBlanks(text.substr(at, line_end - at), line_end - at));
    if (std::ranges::any_of(options.rulers, [line](const Pattern& ruler) { return ruler.Matches(line); })) {
      if (!line.empty()) separator.ruler = line;
    } else if (!line.empty()) {
      separator = {.begin = at + line.size(), .ruler = {}};
    }
    at = line_end + 1;
  }
  return separator;
}

Gap SplitGap(std::string_view text, const FormOptions& options, bool is_header) {
  const bool has_commas = options.traits.has_commas;
  Gap gap;
  if (has_commas) {
    gap.key = KeyAtEnd(text);
    text.remove_suffix(gap.key.size());
  } else if (is_header) {
    gap.furniture = text;  // a blank line below it belongs to it
    return gap;
  }
  const size_t begin = SeparatorOf(text, options).begin;
  gap.furniture = text.substr(0, begin);
  gap.separator = text.substr(begin);
  return gap;
}

// <?xml ... encoding="x"?>, % Encoding: x
void DeclareUtf8(std::string& header) {
  if (const std::string_view in_head = NameInHead(header); !in_head.empty()) {
    const auto place = static_cast<size_t>(in_head.data() - header.data());
    header = header.substr(0, place) + "UTF-8" + header.substr(place + in_head.size());
    return;
  }
  constexpr std::string_view kName = "encoding=";
  const size_t begin = header.find("<?xml"), end = header.find("?>");
  const size_t name = begin < end ? header.find(kName, begin) : std::string::npos;
  if (end == std::string::npos || name >= end) return;
  const size_t open = name + kName.size(), close = header.find(header[open], open + 1);
  if (close < end) header.replace(open + 1, close - open - 1, "UTF-8");
}

// The text so far, as far as commas ask for it: its last character that is not blank.
class Ending {
 public:
  void Take(std::string_view text) {
    if (const size_t end = EndWithoutBlanks(text, text.size()); end > 0) last_ = text[end - 1];
  }
  bool IsOpen() const { return last_ == '[' || last_ == '{'; }
  bool TakesNoComma() const { return IsOpen() || last_ == ','; }
  bool IsNothing() const { return last_ == 0; }

 private:
  char last_ = 0;
};

void DropLeadingComma(std::string& text) {
  const auto first = std::ranges::find_if_not(text, IsBlank);
  if (first != text.end() && *first == ',') text.erase(first);
}

}  // namespace

ExpectedForm ExpectedFormOf(std::string_view text, std::span<const PlacedRecord> records, const FormOptions& options) {
  const bool has_commas = options.traits.has_commas;
  ExpectedForm form;
  Ending ending;
  std::string before;  // the next kept record, so far
  const auto put = [&](std::string_view part) {
    before += part;
    ending.Take(part);
  };
  const auto open_header = [&options](std::string& header) {
    if (options.is_converted) DeclareUtf8(header);
    if (!options.is_first && header.starts_with(kBom)) header.erase(0, kBom.size());
    if (!options.is_first && options.traits.has_header) header.clear();
  };
  const auto note_ruler = [&](std::string_view gap) {
    const std::string_view ruler = SeparatorOf(gap, options).ruler;
    form.ends_in_ruler = !ruler.empty();
    if (form.ruler.empty()) form.ruler = ruler;
  };
  bool is_held = false;
  std::string held;  // the separator that goes out if a kept record follows
  size_t taken = 0;
  for (size_t i = 0; i < records.size(); ++i) {
    const PlacedRecord& record = records[i];
    const std::string_view in_front = text.substr(taken, record.begin - taken);
    note_ruler(in_front);
    Gap gap = SplitGap(in_front, options, i == 0);
    taken = record.begin + record.size;
    if (i == 0) {
      std::string header = gap.furniture + gap.separator;
      open_header(header);
      const std::string key = std::move(gap.key);
      gap = SplitGap(header, options, true);
      gap.key = key;
    }
    if (!gap.furniture.empty()) {
      if (has_commas && ending.TakesNoComma()) DropLeadingComma(gap.furniture);
      put(gap.furniture);
      is_held = false;
    }
    if (!is_held) held = gap.separator;
    is_held = true;
    if (!record.is_kept) continue;
    if (has_commas && (ending.TakesNoComma() || ending.IsNothing())) std::erase(held, ',');
    put(held);
    put(gap.key);
    form.kept.push_back({std::move(before), i});
    before.clear();
    ending.Take(text.substr(record.begin, record.size));
    is_held = false;
  }
  std::string rest(text.substr(taken));
  note_ruler(rest);
  if (records.empty()) open_header(rest);
  if (has_commas && ending.IsOpen()) DropLeadingComma(rest);
  // Where no record is left, the line end of the last one has gone with it.
  const bool is_left = std::ranges::any_of(records, &PlacedRecord::is_kept);
  if (!records.empty() && !is_left && EndWithoutBlanks(rest, rest.size()) == 0) rest.clear();
  form.behind = std::move(before) + rest;
  return form;
}

std::string BetweenSources(const FormOptions& options, const std::string& ruler, bool ends_in_ruler) {
  const bool blank_parts = std::ranges::any_of(options.rulers, [](const Pattern& each) { return each.Matches(""); });
  if (options.traits.has_blank_lines || blank_parts) return "\n";
  return options.rulers.empty() || ends_in_ruler ? "" : ruler + "\n";
}

std::vector<std::string> PlacesInFolder(const std::string& folder, std::span<const std::string> files) {
  namespace fs = std::filesystem;
  std::vector<std::vector<std::string>> paths;
  for (const std::string& file : files) {
    const std::string plain = file == "-" ? "stdin" : PathOfText(file);
    const fs::path path = fs::path(plain).lexically_normal();
    std::vector<std::string>& parts = paths.emplace_back();
    for (const fs::path& part : path) parts.push_back(part.string());
  }
  size_t common = paths.empty() ? 0 : paths.front().size() - 1;
  for (const auto& parts : paths) {
    common = std::min(common, parts.size() - 1);
    const auto end = parts.begin() + static_cast<std::ptrdiff_t>(common);
    common = static_cast<size_t>(std::mismatch(parts.begin(), end, paths.front().begin()).first - parts.begin());
  }
  std::vector<std::string> places;
  for (const auto& parts : paths) {
    fs::path place = folder;
    for (size_t i = common; i < parts.size(); ++i) {
      if (parts[i] != ".." && parts[i] != "/") place /= parts[i];
    }
    places.push_back(place.string());
  }
  return places;
}

}  // namespace unecho
