#include "read/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "absl/strings/str_format.h"
#include "read/binary_kind.h"
#include "read/declared_encoding.h"
#include "text/json.h"

namespace unecho {
namespace {

constexpr size_t kRawBytes = size_t{64} << 10;
// Below this ICU's detector names the first of several equally likely encodings.
constexpr int32_t kMinConfidence = 25;
constexpr char kFallback[] = "windows-1252";

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using ConverterPtr = std::unique_ptr<UConverter, CloseConverter>;

ConverterPtr OpenConverter(const std::string& name) {
  UErrorCode error = U_ZERO_ERROR;
  ConverterPtr converter(ucnv_open(name.c_str(), &error));
  return U_SUCCESS(error) ? std::move(converter) : nullptr;
}

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

bool IsUtf8Name(const UConverter* converter) { return ucnv_getType(converter) == UCNV_UTF8; }

// What it is converted from; nullopt if there is no such encoding, or it has no widths.
std::optional<Encoding> Named(const std::string& name) {
  const ConverterPtr converter = OpenConverter(name);
  if (converter == nullptr) return std::nullopt;
  if (IsUtf8Name(converter.get())) return Encoding{};
  std::string canonical = CanonicalName(converter.get());
  const SourceWidths* widths = SourceWidths::For(name);
  if (widths == nullptr) return std::nullopt;
  return Encoding{std::move(canonical), widths};
}

// Names that pages and documents use for what is, in practice, a larger encoding (Encoding Standard, section 4.2).
constexpr std::pair<std::string_view, const char*> kAsMeant[] = {
    {"ascii", "windows-1252"},      {"big5-hkscs", "big5"},
    {"euc-kr", "windows-949"},      {"gb2312", "gb18030"},
    {"gb_2312-80", "gb18030"},      {"gbk", "gb18030"},
    {"iso-8859-1", "windows-1252"}, {"iso-8859-11", "windows-874"},
    {"iso-8859-9", "windows-1254"}, {"ks_c_5601-1987", "windows-949"},
    {"latin1", "windows-1252"},     {"shift-jis", "windows-31j"},
    {"shift_jis", "windows-31j"},   {"sjis", "windows-31j"},
    {"tis-620", "windows-874"},     {"us-ascii", "windows-1252"},
    {"x-gbk", "gb18030"},           {"x-sjis", "windows-31j"},
};

// As a source declares it; UTF-8 for names that nobody knows, and for UTF-16 without its mark: such text could not have
// been read so far.
Encoding Declared(const std::string& name) {
  const auto* const meant =
      std::ranges::find(kAsMeant, std::string_view(name), &std::pair<std::string_view, const char*>::first);
  const std::optional<Encoding> encoding = Named(meant == std::end(kAsMeant) ? name : meant->second);
  return encoding && encoding->widths != nullptr && encoding->widths->unit_bytes() == 1 ? *encoding : Encoding{};
}

// Well-formed but for a character that the end has cut.
bool IsUtf8Prefix(std::string_view text) {
  for (size_t cut = 0; cut <= std::min<size_t>(text.size(), 3); ++cut) {
    if (IsValidUtf8(text.substr(0, text.size() - cut))) return true;
  }
  return false;
}

bool IsAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// By the byte order mark. UTF-32's begins like UTF-16's and is looked for first.
std::optional<Encoding> ByMark(std::string_view prefix) {
  using namespace std::string_view_literals;
  if (prefix.starts_with("\xFF\xFE\0\0"sv)) return Named("UTF-32LE");
  if (prefix.starts_with("\0\0\xFE\xFF"sv)) return Named("UTF-32BE");
  if (prefix.starts_with("\xFF\xFE"sv)) return Named("UTF-16LE");
  if (prefix.starts_with("\xFE\xFF"sv)) return Named("UTF-16BE");
  return std::nullopt;
}

// UTF-16 or UTF-32 by name, without a mark: where ASCII has its zeros tells the order of the bytes.
Encoding ByZeros(std::string_view prefix, uint8_t unit) {
  size_t first = 0, last = 0;
  for (size_t i = 0; i + unit <= prefix.size(); i += unit) {
    first += prefix[i] == '\0';
    last += prefix[i + unit - 1u] == '\0';
  }
  const bool is_big = first > last;
  return *Named(unit == 2 ? (is_big ? "UTF-16BE" : "UTF-16LE") : (is_big ? "UTF-32BE" : "UTF-32LE"));
}

std::optional<Encoding> Detect(std::string_view prefix) {
  if (IsUtf8Prefix(prefix)) return Encoding{};
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&error), &ucsdet_close);
  ucsdet_setText(detector.get(), prefix.data(), static_cast<int32_t>(prefix.size()), &error);
  int32_t found = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &found, &error);
  if (U_FAILURE(error)) found = 0;
  for (int32_t i = 0; i < found; ++i) {
    if (ucsdet_getConfidence(matches[i], &error) < kMinConfidence) break;
    if (const auto encoding = Named(ucsdet_getName(matches[i], &error))) return encoding;
  }
  return Named(kFallback);
}

}  // namespace

absl::Status CheckEncodingName(std::string_view name) {
  if (name == "auto" || name == "detect") return absl::OkStatus();
  const ConverterPtr converter = OpenConverter(std::string(name));
  if (converter == nullptr) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "--encoding %s: not known; give auto, detect, or a name such as utf-8, utf-16, latin-1, windows-1252, koi8-r",
        name));
  }
  if (!Named(std::string(name))) {
    return absl::InvalidArgumentError(
        absl::StrFormat("--encoding %s: the length of a character depends on what came before it, so offsets could not "
                        "point into the source; convert first: "
                        "iconv -f %s -t utf-8 FILE | unecho ...",
                        name, name));
  }
  return absl::OkStatus();
}

std::optional<Encoding> ChooseEncoding(std::string_view name, std::string_view prefix, bool at_end) {
  const bool is_all = at_end || prefix.size() >= kEncodingSniffBytes;  // of what may be looked at
  const bool by_content = name == "auto" || name == "detect";
  uint8_t unit = 0;  // UTF-16 and UTF-32 by name: the mark, or the zeros, say which
  if (!by_content) {
    const ConverterPtr converter = OpenConverter(std::string(name));
    const UConverterType type = converter == nullptr ? UCNV_UTF8 : ucnv_getType(converter.get());
    if (type != UCNV_UTF16 && type != UCNV_UTF32) return Named(std::string(name)).value_or(Encoding{});
    unit = type == UCNV_UTF16 ? 2 : 4;
  }
  // No text in UTF-8 begins with one of the bytes of the marks.
  const bool may_have_mark =
      !prefix.empty() && std::string_view("\xFF\xFE\0", 3).find(prefix[0]) != std::string_view::npos;
  if (!is_all && (prefix.empty() || (may_have_mark && prefix.size() < 4))) return std::nullopt;
  if (const auto marked = ByMark(prefix); marked && (by_content || marked->widths->unit_bytes() == unit)) return marked;
  if (!by_content) return is_all ? std::optional(ByZeros(prefix, unit)) : std::nullopt;

  const std::optional<std::string> declared = DeclaredEncoding(prefix, at_end);
  if (!declared) return std::nullopt;
  const Encoding encoding = declared->empty() ? Encoding{} : Declared(*declared);
  if (encoding.widths != nullptr) {
    if (!is_all) return std::nullopt;
    return IsUtf8Prefix(prefix) && !IsAscii(prefix) ? Encoding{} : encoding;
  }
  if (name == "auto" || !declared->empty()) return Encoding{};
  return is_all ? Detect(prefix) : std::nullopt;
}

// ICU's streaming conversion, through UTF-16. Both converters keep what a chunk has cut in two.
class TextReader::Converter {
 public:
  explicit Converter(const Encoding& encoding)
      : unit_bytes_(encoding.widths->unit_bytes()), from_(OpenConverter(encoding.name)), to_(OpenConverter("UTF-8")) {
    UErrorCode error = U_ZERO_ERROR;
    ucnv_setToUCallBack(from_.get(), Substitute, this, nullptr, nullptr, &error);
  }

  // Converts as much of [source, source_end) as fits into `out`; returns the bytes written. `flush`: nothing follows.
  size_t Convert(const char*& source, const char* source_end, std::span<char> out, bool flush) {
    UErrorCode error = U_ZERO_ERROR;
    char* target = out.data();
    ucnv_convertEx(to_.get(), from_.get(), &target, out.data() + out.size(), &source, source_end, pivot_,
                   &pivot_source_, &pivot_target_, pivot_ + std::size(pivot_), 0, flush, &error);
    is_full_ = error == U_BUFFER_OVERFLOW_ERROR;
    return static_cast<size_t>(target - out.data());
  }
  // More output waits for room.
  bool is_full() const { return is_full_; }
  uint64_t num_undecodable() const { return num_undecodable_; }

 private:
  // One U+FFFD a unit, so that their number tells the length of what means nothing (source_widths.h).
  static void Substitute(const void* self, UConverterToUnicodeArgs* args, const char* /*units*/, int32_t length,
                         UConverterCallbackReason reason, UErrorCode* error) {
    if (reason > UCNV_IRREGULAR) return;
    auto* converter = static_cast<Converter*>(const_cast<void*>(self));
    ++converter->num_undecodable_;
    constexpr int32_t kMost = 8;
    constexpr std::array<UChar, kMost> kReplacements = {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD};
    const int32_t count = std::clamp(length / converter->unit_bytes_, 1, kMost);
    *error = U_ZERO_ERROR;
    ucnv_cbToUWriteUChars(args, kReplacements.data(), count, 0, error);
  }

  int32_t unit_bytes_;
  ConverterPtr from_, to_;
  UChar pivot_[4096];
  UChar* pivot_source_ = pivot_;
  UChar* pivot_target_ = pivot_;
  bool is_full_ = false;
  uint64_t num_undecodable_ = 0;
};

TextReader::TextReader(std::unique_ptr<InputReader> input, std::string choice, bool takes_binary)
    : input_(std::move(input)), choice_(std::move(choice)), takes_binary_(takes_binary) {}

TextReader::~TextReader() = default;

uint64_t TextReader::num_undecodable() const { return converter_ ? converter_->num_undecodable() : 0; }

// Reads into raw_ until the encoding is known. False: the source stalls.
absl::StatusOr<bool> TextReader::Choose(std::chrono::milliseconds patience) {
  for (;;) {
    const std::string_view prefix(raw_.data(), raw_.size());
    if (const BinaryKind* const kind = takes_binary_ ? nullptr : FindBinaryKind(prefix)) {
      return absl::InvalidArgumentError(
          absl::StrFormat("%s is %s, not text; %s", input_->label(), kind->name, kind->advice));
    }
    const bool is_open = !takes_binary_ && MayBecomeBinary(prefix) && !raw_at_end_;
    if (const auto encoding = ChooseEncoding(choice_, prefix, raw_at_end_); encoding && !is_open) {
      encoding_ = *encoding;
      chosen_ = true;
      if (encoding_.widths != nullptr) converter_ = std::make_unique<Converter>(encoding_);
      return true;
    }
    const size_t before = raw_.size();
    raw_.resize(before + kRawBytes);
    const auto result = input_->Read(std::span(raw_).subspan(before), patience);
    raw_.resize(before + (result.ok() ? result->bytes : 0));
    UNECHO_RETURN_IF_ERROR(result.status());
    raw_at_end_ = result->at_end;
    if (result->stalled) return false;
  }
}

absl::StatusOr<InputReader::Result> TextReader::ReadRaw(std::span<char> out, std::chrono::milliseconds patience) {
  if (given_ == raw_.size()) {
    if (raw_at_end_) return Result{.bytes = 0, .at_end = true, .stalled = false};
    return input_->Read(out, patience);
  }
  const size_t bytes = std::min(out.size(), raw_.size() - given_);
  std::memcpy(out.data(), raw_.data() + given_, bytes);
  given_ += bytes;
  return Result{.bytes = bytes, .at_end = raw_at_end_ && given_ == raw_.size(), .stalled = false};
}

absl::StatusOr<InputReader::Result> TextReader::Read(std::span<char> out, std::chrono::milliseconds patience) {
  if (!chosen_) {
    UNECHO_ASSIGN_OR_RETURN(const bool chosen, Choose(patience));
    if (!chosen) return Result{.bytes = 0, .at_end = false, .stalled = true};
  }
  if (converter_ == nullptr) return ReadRaw(out, patience);
  for (;;) {
    if (given_ == raw_.size() && !raw_at_end_ && !converter_->is_full()) {
      raw_.resize(kRawBytes);
      given_ = 0;
      const auto result = input_->Read(raw_, patience);
      raw_.resize(result.ok() ? result->bytes : 0);
      UNECHO_RETURN_IF_ERROR(result.status());
      raw_at_end_ = result->at_end;
      if (result->stalled) return Result{.bytes = 0, .at_end = false, .stalled = true};
    }
    const char* source = raw_.data() + given_;
    const size_t bytes = converter_->Convert(source, raw_.data() + raw_.size(), out, raw_at_end_);
    source_bytes_ += static_cast<size_t>(source - raw_.data()) - given_;
    given_ = static_cast<size_t>(source - raw_.data());
    const bool at_end = raw_at_end_ && given_ == raw_.size() && !converter_->is_full();
    if (bytes > 0 || at_end) return Result{.bytes = bytes, .at_end = at_end, .stalled = false};
  }
}

}  // namespace unecho
