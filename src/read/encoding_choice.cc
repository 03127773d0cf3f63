#include "read/encoding_choice.h"

#include <unicode/ucnv_err.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "layouts/cutter.h"
#include "layouts/mail_head.h"
#include "read/declared_encoding.h"
#include "read/icu_converter.h"
#include "text/code_points.h"

namespace unecho {
namespace {

using std::string_view;
using namespace std::string_view_literals;

// So many letters of UTF-8 in a row are no other encoding by chance, not even GBK, which comes closest.
constexpr size_t kSureLetters = 8;
// Of ICU's confidence, 0 to 100: below the first nothing is likely; an answer is sure from the second on, if the next
// one has no more than two thirds of it.
constexpr int32_t kLikely = 10;
constexpr int32_t kSure = 33;
constexpr size_t kMostLikely = 3;  // candidates that are named
constexpr char kFallback[] = "windows-1252";

// Its records are in encodings of their own, and the layout converts each.
constexpr string_view kWarc = "WARC/";

// The best known name by which ICU opens the same converter again.
std::string CanonicalName(const UConverter* converter) {
  UErrorCode error = U_ZERO_ERROR;
  const std::string name = ucnv_getName(converter, &error);
  for (const char* standard : {"MIME", "IANA"}) {
    UErrorCode not_there = U_ZERO_ERROR;
    const char* known = ucnv_getStandardName(name.c_str(), standard, &not_there);
    if (known == nullptr) continue;
    const ConverterPtr again = OpenConverter(known);
    if (again != nullptr && name == ucnv_getName(again.get(), &not_there)) return known;
  }
  return name;
}

// What it is converted from; nullopt if there is no such encoding, or it has no widths.
std::optional<Encoding> Named(const std::string& name) {
  const ConverterPtr converter = OpenConverter(name);
  if (converter == nullptr) return std::nullopt;
  if (ucnv_getType(converter.get()) == UCNV_UTF8) return Encoding{};
  const SourceWidths* widths = SourceWidths::For(name);
  if (widths == nullptr) return std::nullopt;
  return Encoding{CanonicalName(converter.get()), widths};
}

// Names that pages and documents use for what is, in practice, a larger encoding (Encoding Standard, section 4.2).
constexpr std::pair<string_view, const char*> kAsMeant[] = {
    {"ascii", "windows-1252"},         {"big5-hkscs", "big5"},
    {"euc-kr", "windows-949"},         {"gb2312", "gb18030"},
    {"gb_2312-80", "gb18030"},         {"gbk", "gb18030"},
    {"iso-8859-1", "windows-1252"},    {"iso-8859-11", "windows-874"},
    {"iso-8859-8-i", "iso-8859-8"},    {"iso-8859-9", "windows-1254"},
    {"ks_c_5601-1987", "windows-949"}, {"latin1", "windows-1252"},
    {"shift-jis", "windows-31j"},      {"shift_jis", "windows-31j"},
    {"sjis", "windows-31j"},           {"tis-620", "windows-874"},
    {"us-ascii", "windows-1252"},      {"x-gbk", "gb18030"},
    {"x-sjis", "windows-31j"},         {"macroman", "macintosh"},
    {"iso8859_1", "windows-1252"},
};

std::string AsMeant(string_view name) {
  const auto same = [name](const auto& entry) {
    return std::ranges::equal(entry.first, name,
                              [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + 32 : b); });
  };
  const auto* const meant = std::ranges::find_if(kAsMeant, same);
  return meant == std::end(kAsMeant) ? std::string(name) : meant->second;
}

bool IsUnitOfOneByte(const Encoding& encoding) {
  return encoding.widths == nullptr || encoding.widths->unit_bytes() == 1;
}

absl::Status NoWidths(const std::string& name) {
  return absl::InvalidArgumentError(absl::StrFormat(
      "the length of a character depends on what came before it, so offsets could not point into the source; convert "
      "first: iconv -f %s -t utf-8 FILE | unecho ...",
      name));
}

// By the byte order mark. UTF-32's begins like UTF-16's and is looked for first.
std::optional<Encoding> ByMark(string_view prefix) {
  if (prefix.starts_with("\xEF\xBB\xBF"sv)) return Encoding{};
  if (prefix.starts_with("\xFF\xFE\0\0"sv)) return Named("UTF-32LE");
  if (prefix.starts_with("\0\0\xFE\xFF"sv)) return Named("UTF-32BE");
  if (prefix.starts_with("\xFF\xFE"sv)) return Named("UTF-16LE");
  if (prefix.starts_with("\xFE\xFF"sv)) return Named("UTF-16BE");
  return std::nullopt;
}

// More bytes could make it a mark.
bool MayBecomeMark(string_view prefix) {
  return std::ranges::any_of(
      std::array{"\xEF\xBB\xBF"sv, "\xFF\xFE\0\0"sv, "\0\0\xFE\xFF"sv, "\xFE\xFF"sv},
      [prefix](string_view mark) { return prefix.size() < mark.size() && mark.starts_with(prefix); });
}

// UTF-16 or UTF-32 by name, without a mark: where ASCII has its zeros tells the order of the bytes.
Encoding ByZeros(string_view prefix, uint8_t unit) {
  size_t first = 0, last = 0;
  for (size_t i = 0; i + unit <= prefix.size(); i += unit) {
    first += prefix[i] == '\0';
    last += prefix[i + unit - 1u] == '\0';
  }
  const bool is_big = first > last;
  return *Named(unit == 2 ? (is_big ? "UTF-16BE" : "UTF-16LE") : (is_big ? "UTF-32BE" : "UTF-32LE"));
}

// ASCII in UTF-16, without name and mark: one byte of each of the first pairs is zero, always the same one.
constexpr size_t kUtf16SniffBytes = 32;
bool BeginsAsUtf16(string_view prefix) {
  prefix = prefix.substr(0, kUtf16SniffBytes);
  if (prefix.size() < 4 || (prefix[0] == '\0') == (prefix[1] == '\0')) return false;
  const size_t zero = prefix[0] == '\0' ? 0 : 1;
  for (size_t i = 0; i + 2 <= prefix.size(); i += 2) {
    if (prefix[i + zero] != '\0' || prefix[i + 1 - zero] == '\0') return false;
  }
  return true;
}

struct Utf8Letters {
  size_t whole = 0;      // sequences beyond ASCII
  size_t cut_short = 0;  // a first byte with some of what should follow it
  size_t lone = 0;       // bytes that are in no sequence, and letters of other encodings
  size_t noise = 0;      // bytes that are in no sequence, and rarely letters: where they stand alone, it is damage
};

// What the end of `block` cuts short does not count.
Utf8Letters CountLetters(string_view block) {
  Utf8Letters letters;
  for (size_t i = 0; i < block.size();) {
    if (static_cast<signed char>(block[i]) >= 0) {
      ++i;
      continue;
    }
    const size_t begin = i;
    const bool is_whole = NextCodePoint(block.data(), i, block.size()) >= 0;
    if (is_whole) {
      ++letters.whole;
    } else if (i == block.size() && block.size() - begin < 4 && static_cast<unsigned char>(block[begin]) >= 0xC2) {
      break;
    } else if (i - begin > 1) {
      ++letters.cut_short;
    } else {
      ++("\xC0\xC1\xFE\xFF"sv.find(block[begin]) == string_view::npos ? letters.lone : letters.noise);
    }
  }
  return letters;
}

// Whether every sequence of bytes means something, but for one that the end cuts short.
bool Decodes(string_view block, const Encoding& encoding) {
  const ConverterPtr converter = OpenConverter(encoding.name);
  UErrorCode error = U_ZERO_ERROR;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  std::array<UChar, 4096> out;
  const char* source = block.data();
  do {
    error = U_ZERO_ERROR;
    UChar* target = out.data();
    ucnv_toUnicode(converter.get(), &target, out.data() + out.size(), &source, block.data() + block.size(), nullptr,
                   /*flush=*/0, &error);
  } while (error == U_BUFFER_OVERFLOW_ERROR);
  return U_SUCCESS(error);
}

// ISO-2022-JP and its relatives are ASCII to the eye. ESC $ calls a set of two bytes a letter, which nothing else does;
// it is followed by the set, or by ( or ) and the set.
constexpr string_view kCallsSet = "\x1B$"sv;
size_t FindCalledSet(string_view text) {
  for (size_t at = text.find('\x1B'); at != string_view::npos; at = text.find('\x1B', at + 1)) {
    const string_view rest = text.substr(at, kCallsSet.size() + 1);
    if (rest.starts_with(kCallsSet) &&
        (rest.size() == kCallsSet.size() || "@AB()C"sv.find(rest.back()) != string_view::npos))
      return at;
    if (rest.size() == 1) return at;  // what follows is not there yet
  }
  return string_view::npos;
}
const char* NameByCalledSet(string_view rest) {
  if (rest.starts_with("\x1B$)C")) return "iso-2022-kr";
  if (rest.starts_with("\x1B$)")) return "iso-2022-cn";
  return "iso-2022-jp-2";
}

// Letters beyond ASCII that are not UTF-8, and nothing that says what they are.
bool IsUndeclaredMail(string_view block) {
  const Utf8Letters letters = CountLetters(block);
  if (letters.whole + letters.cut_short >= letters.lone) return false;
  return absl::AsciiStrToLower(Abs(block)).find("charset") == std::string::npos;
}

// Letters, digits, blanks and line ends of EBCDIC, and hardly anything else.
bool IsEbcdic(string_view block) {
  size_t known = 0, blanks = 0;
  for (const char c : block) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == ' ' || c == '\n') return false;
    const unsigned low = byte & 0xFU;
    const bool is_letter = byte > 0x80 && byte < 0xEA && low <= 9 && (byte & 0x30U) != 0x30;
    blanks += static_cast<size_t>(byte == 0x40);
    known += static_cast<size_t>(is_letter || byte >= 0xF0 || byte == 0x40 || byte == 0x4B || byte == 0x6B ||
                                 byte == 0x15 || byte == 0x25 || byte == 0x0D);
  }
  return 20 * blanks >= block.size() && 10 * known >= 9 * block.size();
}

struct CloseDetector {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

// What ICU takes `block` for. Of the encodings of units of one byte.
Encoding Guess(string_view block) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, CloseDetector> detector(ucsdet_open(&error));
  ucsdet_setText(detector.get(), block.data(), static_cast<int32_t>(block.size()), &error);
  int32_t found = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &found, &error);
  if (U_FAILURE(error)) found = 0;
  std::vector<std::pair<Encoding, int32_t>> likely;
  for (int32_t i = 0; i < found && likely.size() < kMostLikely; ++i) {
    const int32_t confidence = ucsdet_getConfidence(matches[i], &error);
    if (confidence < kLikely) break;
    auto encoding = Named(AsMeant(ucsdet_getName(matches[i], &error)));
    if (!encoding || encoding->widths == nullptr || !IsUnitOfOneByte(*encoding)) continue;
    if (std::ranges::any_of(likely, [&](const auto& other) { return other.first.name == encoding->name; })) continue;
    if (encoding->widths->has_several_lengths() && !Decodes(block, *encoding)) continue;
    likely.emplace_back(*std::move(encoding), confidence);
  }
  if (likely.empty()) likely.emplace_back(*Named(kFallback), 0);
  Encoding best = likely.front().first;
  const bool is_sure =
      likely[0].second >= kSure && (likely.size() == 1 || 3 * likely[1].second <= 2 * likely[0].second);
  best.guess = absl::StrFormat("not UTF-8, and no encoding is declared: read as %s, by its letters", best.name);
  if (is_sure) {
    best.guess += "; --encoding names another";
  } else {
    std::vector<std::string> others;
    for (size_t i = 1; i < likely.size(); ++i) others.push_back(likely[i].first.name);
    best.guess +=
        others.empty() ? ", which is uncertain" : ", which is uncertain: next come " + absl::StrJoin(others, ", ");
    best.guess += "; name it with --encoding";
  }
  return best;
}

}  // namespace

OwnEncodings OwnEncodingsOf(const Layout* layout) {
  if (layout == nullptr) return OwnEncodings::kIfItBeginsSo;
  return TraitsOf(*layout).declares_encodings ? OwnEncodings::kYes : OwnEncodings::kNo;
}

absl::Status CheckEncodingName(string_view name) {
  if (name == "auto" || name == "detect") return absl::OkStatus();
  const std::string known(name);
  if (OpenConverter(known) == nullptr) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "--encoding %s: not known; give auto, detect, or a name such as utf-8, utf-16, latin-1, windows-1252, koi8-r",
        name));
  }
  if (Named(known)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrFormat("--encoding %s: %s", name, NoWidths(known).message()));
}

std::optional<Encoding> EncodingChoice::LookAtBeginning(string_view prefix, bool at_end) {
  const bool by_content = name_ == "auto" || name_ == "detect";
  uint8_t unit = 0;  // UTF-16 and UTF-32 by name: the mark, or the zeros, say which
  if (!by_content) {
    const ConverterPtr converter = OpenConverter(name_);
    const UConverterType type = converter == nullptr ? UCNV_UTF8 : ucnv_getType(converter.get());
    if (type != UCNV_UTF16 && type != UCNV_UTF32) return Named(name_).value_or(Encoding{});
    unit = type == UCNV_UTF16 ? 2 : 4;
  }
  if (!at_end && MayBecomeMark(prefix)) return std::nullopt;
  if (const auto marked = ByMark(prefix)) {
    if (by_content || (marked->widths != nullptr && marked->widths->unit_bytes() == unit)) return marked;
  }
  const bool is_block = at_end || prefix.size() >= kBlockBytes;
  if (by_content) {
    if (prefix.starts_with(kWarc)) return Encoding{};
    // Its head is ASCII, so that the layout's detection sees what is seen here.
    const string_view block = prefix.substr(0, kBlockBytes);
    const MailAnswer is_mail = own_ == OwnEncodings::kNo ? MailAnswer::kNo
                               : own_ == OwnEncodings::kYes
                                   ? MailAnswer::kYes
                                   : BeginsAsMail(block, at_end && prefix.size() <= kBlockBytes);
    if (is_mail != MailAnswer::kNo && !is_block) return std::nullopt;
    // Mail of before there were charsets is in one encoding, as any other text that declares none.
    if (is_mail == MailAnswer::kYes && !IsUndeclaredMail(block)) return Encoding{};
  }
  if (!by_content) return is_block ? std::optional(ByZeros(prefix, unit)) : std::nullopt;
  if (BeginsAsUtf16(prefix)) {
    return at_end || prefix.size() >= kUtf16SniffBytes ? std::optional(ByZeros(prefix.substr(0, kUtf16SniffBytes), 2))
                                                       : std::nullopt;
  }
  if (!at_end && prefix.size() < 4) return std::nullopt;

  if (name_ == "auto") {
    const std::optional<std::string> declared = DeclaredEncoding(prefix, at_end);
    if (!declared) return std::nullopt;
    const std::string meant = AsMeant(*declared);
    if (!declared->empty() && OpenConverter(meant) != nullptr) {
      std::optional<Encoding> encoding = Named(meant);
      if (encoding && encoding->widths == nullptr) return Encoding{};
      // UTF-16 is not declared in ASCII.
      if (!encoding || IsUnitOfOneByte(*encoding)) {
        declared_name_ = *declared;
        declared_ = encoding ? *std::move(encoding) : Encoding{.name = meant};
      }
    }
  }
  is_open_ = true;
  return std::nullopt;
}

size_t EncodingChoice::AsciiBytes(string_view text) const {
  // Encodings with states write their letters in ASCII, behind an ESC.
  const bool has_states = declared_ && declared_->widths == nullptr;
  const auto is_letter = [](char c) { return static_cast<signed char>(c) < 0; };
  size_t at = 0;
  constexpr size_t kStep = 64;
  for (; at + kStep <= text.size(); at += kStep) {
    unsigned char any = 0;
    for (size_t i = 0; i < kStep; ++i) any |= static_cast<unsigned char>(text[at + i]);
    if (any >= 0x80) break;
  }
  while (at < text.size() && !is_letter(text[at])) ++at;
  const string_view ascii = text.substr(0, at);
  return std::min(at, has_states ? ascii.find('\x1B') : FindCalledSet(ascii));
}

absl::StatusOr<std::optional<Encoding>> EncodingChoice::LookAtLetters(string_view block, bool at_end) const {
  block = block.substr(0, kBlockBytes);
  const Utf8Letters letters = CountLetters(block);
  const bool is_well_formed = letters.cut_short + letters.lone + letters.noise == 0;
  const bool is_block = at_end || block.size() >= kBlockBytes;
  if (!is_block) {
    if (declared_ || !is_well_formed || letters.whole < kSureLetters) return std::nullopt;
    return Encoding{};
  }
  if (declared_) {
    if (is_well_formed && letters.whole > 0) return Encoding{};
    if (declared_->widths == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrFormat("it declares to be in %s: %s", declared_name_, NoWidths(declared_name_).message()));
    }
    return declared_;
  }
  if (const size_t at = FindCalledSet(block);
      letters.whole == 0 && at != string_view::npos && block.size() > at + kCallsSet.size()) {
    return absl::InvalidArgumentError(absl::StrFormat("it looks like %s: %s", NameByCalledSet(block.substr(at)),
                                                      NoWidths(NameByCalledSet(block.substr(at))).message()));
  }
  if (letters.whole + letters.cut_short >= letters.lone) return Encoding{};
  if (IsEbcdic(block)) {
    return absl::InvalidArgumentError(
        "it looks like EBCDIC: name its code page (--encoding ibm-1047, ibm-37 or ibm-500)");
  }
  return Guess(block);
}

}  // namespace unecho
