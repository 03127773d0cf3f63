#include "layouts/text_shape.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/hash_map.h"
#include "layouts/profile.h"
#include "layouts/prose.h"
#include "text/characters.h"
#include "text/code_points.h"
#include "text/scan.h"

namespace unecho {
namespace {

using std::string_view;
using BlockOfLines = std::span<const Line>;

// --- signs ---------------------------------------------------------------------------------------------------------

int32_t FirstCodePoint(string_view text) {
  size_t at = 0;
  return text.empty() ? -1 : NextCodePoint(text.data(), at, text.size());
}

int32_t LastCodePoint(string_view text) {
  size_t at = text.size();
  while (at > 0 && IsContinuation(text[at - 1])) --at;
  return at == 0 ? -1 : FirstCodePoint(text.substr(at - 1));
}

string_view WithoutLast(string_view text) {
  while (text.size() > 1 && IsContinuation(text.back())) text.remove_suffix(1);
  text.remove_suffix(1);
  return text;
}

// As wide as two letters of Latin, and of a script without lower case.
bool IsWide(int32_t c) { return c >= 0x2E80 && u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH) == U_EA_WIDE; }

bool IsFullStop(int32_t c) {
  constexpr std::array<int32_t, 10> kStops = {'.', '!', '?', 0x2026, 0x3002, 0xFF01, 0xFF1F, 0x0964, 0x061F, 0x06D4};
  return std::ranges::find(kStops, c) != kStops.end();
}

// Behind the last word, without quotation marks and brackets.
int32_t EndSign(string_view line) {
  int32_t c = LastCodePoint(line);
  while (c >= 0 && line.size() > 1) {
    const auto type = u_charType(c);
    const bool is_closing =
        type == U_END_PUNCTUATION || type == U_FINAL_PUNCTUATION || c == '"' || c == '\'' || c == '*' || c == '_';
    if (!is_closing) break;
    line = WithoutLast(line);
    c = LastCodePoint(line);
  }
  return c;
}

bool EndsSentence(string_view line) { return IsFullStop(EndSign(line)); }

// A comma, a colon, a dash.
bool EndsOpen(string_view line) {
  constexpr std::array<int32_t, 9> kOpen = {',', ';', ':', 0x2013, 0x2014, 0x3001, 0xFF0C, 0xFF1B, 0x060C};
  const int32_t c = EndSign(line);
  return std::ranges::find(kOpen, c) != kOpen.end() ||
         (line.ends_with("--") && line.find_first_not_of('-') != line.npos);
}

// Sentences that end inside: a full stop, and a capital behind it.
size_t SentencesInside(string_view line) {
  size_t count = 0;
  for (size_t at = 0; at < line.size();) {
    const int32_t c = NextCodePoint(line.data(), at, line.size());
    if (!IsFullStop(c) || at >= line.size()) continue;
    if (c >= 0x3000) {
      ++count;
      continue;
    }
    const size_t next = line.find_first_not_of("\"')*_ ", at);
    if (next == line.npos || line.find(' ', at) >= next) continue;
    count += static_cast<size_t>(u_isUUppercase(FirstCodePoint(line.substr(next))) != 0);
  }
  return count;
}

string_view FirstCharacter(string_view line) {
  size_t size = 1;
  while (size < line.size() && IsContinuation(line[size])) ++size;
  return line.substr(0, size);
}

bool BeginsInLowerCase(string_view line) { return u_isULowercase(FirstCodePoint(line)) != 0; }

// Korean has blanks between words; other wide scripts may be broken behind any letter.
string_view FirstWord(string_view line) {
  const int32_t c = FirstCodePoint(line);
  const bool has_blanks = !IsWide(c) || u_getIntPropertyValue(c, UCHAR_SCRIPT) == USCRIPT_HANGUL;
  if (!has_blanks) return FirstCharacter(line);
  return line.substr(0, std::min(line.find(' '), line.size()));
}

// --- blocks --------------------------------------------------------------------------------------------------------

// The lines between blank ones. The last one may be cut where no more lines are looked at.
std::vector<BlockOfLines> BlocksBetweenBlanks(std::span<const Line> lines) {
  std::vector<BlockOfLines> blocks;
  for (size_t i = 0, begin = 0; i <= lines.size(); ++i) {
    if (i < lines.size() && (i == 0 || !lines[i].after_gap)) continue;
    blocks.push_back(lines.subspan(begin, i - begin));
    begin = i;
  }
  if (blocks.size() > 2 && lines.size() >= kHintLines) blocks.pop_back();
  return blocks;
}

size_t CountLines(std::span<const Line> lines, bool (*is)(string_view)) {
  return static_cast<size_t>(std::ranges::count_if(lines, [is](const Line& line) { return is(line.text); }));
}

// A number, an address of mail or of a page; but not the number that a stanza or an item begins with.
bool HasData(string_view line) {
  const size_t number = std::min(line.find_first_not_of("0123456789"), line.size());
  const bool is_counter = number == line.size() || (number > 0 && (line[number] == '.' || line[number] == ')'));
  if (is_counter) line.remove_prefix(number);
  return std::ranges::any_of(line, IsDigit) || line.find('@') != line.npos || line.find("://") != line.npos;
}

// "-- Anna Berg"
bool IsAttribution(string_view line) {
  return line.starts_with("--") || line.starts_with("\u2014") || line.starts_with("\u2013") || line.starts_with("~ ");
}

// "1." of "1.": nothing but a number. 0: it is more.
size_t Counter(string_view line) {
  const size_t number = std::min(line.find_first_not_of("0123456789"), line.size());
  if (number == 0 || number > 6 || line.find_first_not_of(".):", number) != line.npos) return 0;
  size_t value = 0;
  for (const char c : line.substr(0, number)) value = 10 * value + static_cast<size_t>(c - '0');
  return value;
}

bool IsProseOf(string_view line) { return IsProse(line); }

// Short lines, and in each block a number or an address; or a name at the end of each; or the same word at the
// beginning of each, and a number in the same line, as a date; or numbers that count up, and prose below them.
bool AreCards(const std::vector<BlockOfLines>& blocks) {
  constexpr size_t kLeast = 3, kMostLines = 12, kLongest = 80;
  if (blocks.size() < kLeast) return false;
  const string_view word = FirstWord(blocks[0][0].text);
  size_t lines = 0, ends = 0, long_ = 0, whole = 0, with_data = 0, with_name = 0, with_word = 0, counted = 0;
  for (size_t i = 0; i < blocks.size(); ++i) {
    const BlockOfLines block = blocks[i];
    const string_view first = block[0].text;
    lines += block.size();
    ends += CountLines(block, EndsSentence) + CountLines(block, EndsOpen);
    long_ +=
        static_cast<size_t>(std::ranges::count_if(block, [](const Line& line) { return line.text.size() > kLongest; }));
    whole += static_cast<size_t>(block.size() > 1 && block.size() <= kMostLines);
    with_data += static_cast<size_t>(CountLines(block, HasData) > 0);
    with_name += static_cast<size_t>(block.size() > 1 && IsAttribution(block.back().text));
    with_word += static_cast<size_t>(FirstWord(first) == word && HasData(first));
    counted += static_cast<size_t>(Counter(first) > 0 && Counter(first) == Counter(blocks[0][0].text) + i &&
                                   CountLines(block, IsProseOf) > 0);
  }
  const auto most = [&](size_t count) { return 10 * count >= 8 * blocks.size(); };
  return (most(whole) && (most(with_name) || (most(with_data) && 5 * ends <= lines && 10 * long_ <= lines))) ||
         most(with_word) || most(counted);
}

// --- speech --------------------------------------------------------------------------------------------------------

// "ANNA" of "ANNA. Where is it?", "Anna" of "Anna: Where is it?", and of a line of its own above what she says.
string_view SpeakerOf(string_view line, bool is_alone) {
  constexpr size_t kLongest = 30;
  static constexpr std::array<string_view, 12> kLevels = {"INFO",  "WARN",  "WARNING", "ERROR", "DEBUG", "NOTICE",
                                                          "FATAL", "TRACE", "Warning", "Error", "Note",  "Info"};
  const size_t sign = line.find_first_of(":.");
  const bool is_line = is_alone && (sign == line.npos || sign + 1 == line.size());
  string_view name = line.substr(0, std::min(sign, line.size()));
  if (!is_line && (sign == line.npos || sign + 1 >= line.size() || line[sign + 1] != ' ')) return {};
  if (name.empty() || name.size() > kLongest || std::ranges::count(name, ' ') > 2) return {};
  if (u_isUUppercase(FirstCodePoint(name)) == 0 || std::ranges::find(kLevels, name) != kLevels.end()) return {};
  if (std::ranges::any_of(name, [](char c) {
        return IsDigit(c) ||
               (!IsAlpha(c) && string_view(" '-").find(c) == string_view::npos && static_cast<unsigned char>(c) < 0x80);
      }))
    return {};
  const bool is_colon = sign != line.npos && line[sign] == ':';
  const bool is_capitals =
      name.size() > 1 && std::ranges::none_of(name, IsLower) && IsUpper(name[1] == '\'' ? name[0] : name[1]);
  return is_colon || is_capitals ? name : string_view();
}

// Most of them begin with one of a few names, at least two of which come again.
bool HaveSpeakers(std::span<const string_view> lines, bool are_alone) {
  constexpr size_t kLeast = 4;
  HashMap<string_view, size_t> times;
  size_t spoken = 0;
  for (const string_view line : lines) {
    const string_view name = SpeakerOf(line, are_alone);
    if (name.empty()) continue;
    ++spoken;
    ++times[name];
  }
  const auto again = std::ranges::count_if(times, [](const auto& entry) { return entry.second > 1; });
  return spoken >= kLeast && 10 * spoken >= 6 * lines.size() && 2 * times.size() <= spoken + 1 && again > 1;
}

// A story: one paragraph in eight begins with a quotation mark, and there are five.
bool HasDialogue(std::span<const Line> lines, size_t paragraphs) {
  constexpr std::array<string_view, 5> kMarks = {"\"", "\u201C", "\u00AB", "\u201E", "\u300C"};
  constexpr size_t kLeast = 5, kPart = 8;
  const auto quoted = static_cast<size_t>(std::ranges::count_if(lines, [&](const Line& line) {
    return std::ranges::any_of(kMarks, [&](string_view mark) { return line.text.starts_with(mark); });
  }));
  return quoted >= kLeast && kPart * quoted >= paragraphs;
}

// --- lines ---------------------------------------------------------------------------------------------------------

// A quarter of the lines ends in a comma or a colon; but where nearly all do, the sign parts them. Or a fifth of them
// is indented below others.
bool GoOn(std::span<const Line> lines) {
  constexpr size_t kLeast = 3;
  if (lines.size() < kLeast) return false;
  const size_t open = CountLines(lines, EndsOpen);
  if (4 * open >= lines.size() && 10 * open < 9 * lines.size()) return true;
  const auto is_indented = [](const Line& line) { return line.indent.size() > 1 || line.indent == "\t"; };
  const auto indented = static_cast<size_t>(std::ranges::count_if(lines, is_indented));
  return indented > 1 && 5 * indented >= lines.size() && 10 * indented < 9 * lines.size();
}

bool IsProseParagraph(string_view line) { return EndsSentence(line) && (SentencesInside(line) > 0 || IsProse(line)); }

bool IsSentence(string_view line) { return EndsSentence(line) && FirstWord(line).size() < line.size(); }

}  // namespace

bool NamesScene(string_view line) {
  static const Pattern kScene = Pattern::Known(
      R"(^\[?(?:(?i:chapter|act|scene|canto|verse|chorus|stanza|kapitel|akt|szene|strophe|chapitre|acte|cap\x{ED}tulo|capitolo|hoofdstuk|rozdzia\x{142}|\x{433}\x{43B}\x{430}\x{432}\x{430})\s+(?:\d{1,3}|[IVXLC]{1,7}|(?i:one|two|three|first|eins|un))\b|(?:INT|EXT)\. [A-Z]|\x{7B2C}[\x{4E00}\x{4E8C}\x{4E09}\d]{1,3}\x{7AE0}))");
  return kScene.Matches(line);
}

bool NamesPart(string_view line) {
  static const Pattern kPart = Pattern::Known(
      R"(^(?:(?i:article|section|artikel|abschnitt|art\x{ED}culo)\s+(?:\d{1,3}|[IVXLC]{1,7})\b|\x{A7} ?\d))");
  return NamesScene(line) || kPart.Matches(line);
}

bool IsWrapped(std::span<const Line> lines) {
  constexpr size_t kMinWidth = 40, kMinWideWidth = 20, kMaxWidth = 240;  // in code points
  size_t width = 0, wide = 0, pairs = 0, full = 0, tight = 0, going_on = 0, ends = 0;
  std::vector<size_t> sizes;
  for (const Line& line : lines) {
    sizes.push_back(CodePoints(line.text));
    width = std::max(width, sizes.back());
    wide += static_cast<size_t>(IsWide(FirstCodePoint(line.text)));
    ends += SentencesInside(line.text) + static_cast<size_t>(EndsSentence(line.text));
  }
  if (ends == 0) return false;  // queries and titles end nowhere
  for (size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].after_gap) continue;
    const string_view before = lines[i - 1].text, next = lines[i].text;
    ++pairs;
    full += static_cast<size_t>(10 * sizes[i - 1] >= 7 * width);
    const bool is_wide = IsWide(FirstCodePoint(next));
    tight += static_cast<size_t>(sizes[i - 1] + CodePoints(FirstWord(next)) + 1 > width);
    const int32_t last = LastCodePoint(before);
    going_on += static_cast<size_t>((BeginsInLowerCase(next) && !EndsSentence(before) && last != ':' && last != ';') ||
                                    (is_wide && u_isalpha(last) != 0));
  }
  if (pairs == 0 || width < (2 * wide > lines.size() ? kMinWideWidth : kMinWidth) || width > kMaxWidth) return false;
  if (pairs < 3) {
    return tight == pairs && going_on == pairs && !BeginsInLowerCase(lines.front().text) &&
           EndsSentence(lines.back().text);
  }
  return (10 * tight >= 8 * pairs && 10 * going_on >= 2 * pairs) ||
         (10 * full >= 7 * pairs && 10 * tight >= 6 * pairs && 10 * going_on >= 4 * pairs);
}

namespace {

// One block in eight begins with such a line; a title among many may look like one.
bool HasParts(std::span<const Line> lines, size_t blocks) {
  const size_t parts = CountLines(lines, NamesPart);
  return 8 * parts >= blocks && (parts > 1 || NamesPart(lines.front().text));
}

}  // namespace

TextShape ShapeOfText(std::span<const Line> lines) {
  constexpr size_t kLongBlock = 12;  // lines; a list with blank lines here and there
  const std::vector<BlockOfLines> blocks = BlocksBetweenBlanks(lines);
  std::vector<string_view> texts;
  for (const BlockOfLines block : blocks) texts.push_back(block[0].text);
  const auto several =
      static_cast<size_t>(std::ranges::count_if(blocks, [](BlockOfLines block) { return block.size() > 1; }));
  const bool has_blocks = blocks.size() > 1 && 2 * several >= blocks.size();
  if (blocks.size() > 1 && HaveSpeakers(texts, has_blocks)) return TextShape::kSpeech;
  if (blocks.size() > 1 && HasParts(lines, blocks.size())) return TextShape::kChapters;
  if (blocks.size() > 1 && HasDialogue(lines, blocks.size())) return TextShape::kSpeech;
  const bool is_prose = 3 * CountLines(lines, IsProseParagraph) >= blocks.size();
  if (blocks.size() > 1 && several == 0) return is_prose ? TextShape::kProse : TextShape::kSpaced;
  if (IsWrapped(lines)) return TextShape::kWrapped;
  if (blocks.size() > 1 && !has_blocks) return is_prose ? TextShape::kProse : TextShape::kMixed;
  if (has_blocks && lines.size() <= kLongBlock * blocks.size()) {
    if (AreCards(blocks)) return TextShape::kCards;
    if (10 * CountLines(lines, IsSentence) >= 8 * lines.size()) return TextShape::kSentences;
    return TextShape::kStanzas;
  }
  texts.clear();
  for (const Line& line : lines) texts.push_back(line.text);
  if (HaveSpeakers(texts, false)) return TextShape::kSaid;
  return GoOn(lines) ? TextShape::kGoingOn : TextShape::kLines;
}

}  // namespace unecho
