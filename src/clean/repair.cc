#include "clean/repair.h"

#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

#include "clean/scan.h"
#include "text/characters.h"
#include "text/mark_order.h"
#include "text/scan.h"
#include "text/windows_1252.h"

namespace unecho::clean {
namespace {

constexpr std::string_view kSoftHyphen = "\xc2\xad";

// --- hard-wrapped lines --------------------------------------------------------------------------------------------

constexpr size_t kMinWidth = 40, kMaxWidth = 120;  // characters a line
constexpr size_t kUnknownWidth = 0;

struct WrapLine {
  std::string_view text;  // with the line feed, if there is one
  size_t chars = 0;       // without white space at its end
  size_t first_word = 0;  // characters
  bool blank = false, item = false;
};

bool IsBlankOrControl(char c) { return static_cast<uint8_t>(c) <= 0x20; }

// "- ", "* ", "1. ", "(a) ", a bullet; a line that is set in.
bool BeginsItem(std::string_view line) {
  if (line.empty() || IsBlankOrControl(line.front())) return true;
  if (line.starts_with("\xe2\x80\xa2")) return true;
  const size_t end = std::min(line.find(' '), line.size());
  if (end == line.size() || end > 4) return false;
  const std::string_view mark = line.substr(0, end);
  if (mark == "-" || mark == "*" || mark == "+" || mark == "#") return true;
  const char last = mark.back();
  const std::string_view label =
      mark.substr(mark.front() == '(' ? 1 : 0, mark.size() - 1 - (mark.front() == '(' ? 1 : 0));
  const bool digits = !label.empty() && std::ranges::all_of(label, [](char c) { return c >= '0' && c <= '9'; });
  return (last == ')' && (digits || label.size() == 1)) || (last == '.' && digits);
}

WrapLine ReadWrapLine(std::string_view text) {
  WrapLine line;
  line.text = text;
  while (!text.empty() && IsBlankOrControl(text.back())) text.remove_suffix(1);
  line.chars = CodePoints(text);
  line.blank = text.empty();
  line.item = BeginsItem(text);
  const auto word_end = std::ranges::find_if(text, IsBlankOrControl);
  line.first_word = CodePoints(text.substr(0, static_cast<size_t>(word_end - text.begin())));
  return line;
}

// Was every line of the paragraph filled up to `width`?
bool IsFilled(std::span<const WrapLine> paragraph, size_t width) {
  for (size_t i = 0; i + 1 < paragraph.size(); ++i) {
    if (paragraph[i + 1].item || paragraph[i].chars > width) return false;
    if (paragraph[i].chars + 1 + paragraph[i + 1].first_word <= width) return false;
  }
  return true;
}

size_t LongestLine(std::span<const WrapLine> paragraph) {
  return std::ranges::max_element(paragraph, {}, &WrapLine::chars)->chars;
}

template <typename Visit>
void ForEachParagraph(std::span<const WrapLine> lines, Visit visit) {
  for (size_t i = 0; i < lines.size();) {
    size_t end = i;
    while (end < lines.size() && !lines[end].blank) ++end;
    if (end > i) visit(lines.subspan(i, end - i));
    i = end + 1;
  }
}

}  // namespace

uint64_t DropControlCharacters(std::string_view text, std::string& out) {
  out.clear();
  uint64_t places = 0;
  size_t copied = 0;
  for (size_t i = 0; i < text.size(); i += 64) {
    for (uint64_t mask = ControlMask(text.data() + i) & Inside(text.size() - i); mask != 0; mask &= mask - 1) {
      const size_t at = i + static_cast<size_t>(std::countr_zero(mask));
      const std::string_view rest = text.substr(at);
      size_t size = 1;
      if (rest[0] == '\xc2') {
        size = rest.size() > 1 && static_cast<uint8_t>(rest[1]) < 0xa0 ? 2 : 0;
      } else if (rest[0] == '\xef') {
        size = rest.starts_with("\xef\xbb\xbf") || rest.starts_with("\xef\xbf\xbe") || rest.starts_with("\xef\xbf\xbf")
                   ? 3
                   : 0;
      }
      if (size == 0) continue;
      out += text.substr(copied, at - copied);
      if (rest[0] == '\v' || rest[0] == '\f') out += ' ';
      copied = at + size;
      ++places;
    }
  }
  if (places > 0) out += text.substr(copied);
  return places;
}

uint64_t DropSoftHyphens(std::string_view text, std::string& out) {
  out.clear();
  uint64_t places = 0;
  size_t copied = 0;
  for (size_t at = 0; (at = text.find(kSoftHyphen, at)) != text.npos;) {
    out += text.substr(copied, at - copied);
    at += kSoftHyphen.size();
    if (text.substr(at).starts_with("\r\n"))
      at += 2;
    else if (at < text.size() && text[at] == '\n')
      ++at;
    copied = at;
    ++places;
  }
  if (places > 0) out += text.substr(copied);
  return places;
}

uint64_t JoinHardWrapped(std::string_view text, std::string& out) {
  out.clear();
  if (text.find('\n') == text.npos) return 0;
  thread_local std::vector<WrapLine> lines;
  lines.clear();
  for (std::string_view rest = text; !rest.empty();) {
    const size_t size = std::min(rest.find('\n'), rest.size() - 1) + 1;
    lines.push_back(ReadWrapLine(rest.substr(0, size)));
    rest.remove_prefix(size);
  }
  size_t width = kUnknownWidth;
  ForEachParagraph(lines, [&](std::span<const WrapLine> paragraph) {
    const size_t longest = LongestLine(paragraph);
    const bool shows =
        paragraph.size() >= 3 && longest >= kMinWidth && longest <= kMaxWidth && IsFilled(paragraph, longest);
    if (shows) width = std::max(width, longest);
  });
  if (width == kUnknownWidth) return 0;
  uint64_t places = 0;
  const char* copied = text.data();
  ForEachParagraph(lines, [&](std::span<const WrapLine> paragraph) {
    const size_t longest = LongestLine(paragraph);
    const bool joins = paragraph.size() >= 2 && IsFilled(paragraph, paragraph.size() >= 3 ? longest : width) &&
                       longest <= kMaxWidth && (paragraph.size() == 2 || longest >= kMinWidth);
    if (!joins) return;
    for (size_t i = 0; i + 1 < paragraph.size(); ++i) {
      std::string_view line = paragraph[i].text;
      while (IsBlankOrControl(line.back())) line.remove_suffix(1);
      out.append(copied, line.data() + line.size());
      const bool hyphen = line.size() > 1 && line.back() == '-' && !IsBlankOrControl(line[line.size() - 2]) &&
                          line[line.size() - 2] != '-';
      if (!hyphen) out += ' ';
      copied = paragraph[i + 1].text.data();
      ++places;
    }
  });
  if (places > 0) out.append(copied, text.data() + text.size());
  return places;
}

uint64_t NormalizeToNfc(std::string_view text, std::string& out) {
  out.clear();
  uint64_t high = 0;
  for (size_t i = 0; i < text.size(); i += 64) high |= HighMask(text.data() + i) & Inside(text.size() - i);
  if (high == 0) return 0;
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  std::string scratch;
  const std::string_view in_order = InMarkOrder(text, scratch);  // the question takes as long as the answer
  const bool is_as_it_was = in_order.data() == text.data();
  if (U_FAILURE(error) ||
      (is_as_it_was && nfc->isNormalizedUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), error)))
    return 0;
  icu::Edits edits;
  icu::StringByteSink<std::string> sink(&out);
  nfc->normalizeUTF8(0, icu::StringPiece(in_order.data(), static_cast<int32_t>(in_order.size())), sink, &edits, error);
  if (U_FAILURE(error) || out == text) {
    out.clear();
    return 0;
  }
  return std::max<uint64_t>(1, static_cast<uint64_t>(edits.numberOfChanges()));  // order alone is one
}

uint64_t Repair(Rewrite rule, std::string_view text, std::string& out) {
  switch (rule) {
    case Rewrite::kHtmlEntities: return DecodeHtmlEntities(text, out);
    case Rewrite::kMojibake: return RepairMojibake(text, out);
    case Rewrite::kControlCharacters: return DropControlCharacters(text, out);
    case Rewrite::kSoftHyphens: return DropSoftHyphens(text, out);
    case Rewrite::kHardWrapped: return JoinHardWrapped(text, out);
    case Rewrite::kNfc: return NormalizeToNfc(text, out);
    default: return 0;
  }
}

}  // namespace unecho::clean
