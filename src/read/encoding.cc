#include "read/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <cstring>

#include "absl/strings/str_format.h"
#include "read/binary_kind.h"
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

// 0 if the unit is not fixed.
uint8_t UnitBytes(const UConverter* converter) {
  switch (ucnv_getType(converter)) {
    case UCNV_SBCS:
    case UCNV_LATIN_1:
    case UCNV_US_ASCII: return 1;
    case UCNV_UTF16:
    case UCNV_UTF16_BigEndian:
    case UCNV_UTF16_LittleEndian: return 2;
    case UCNV_UTF32:
    case UCNV_UTF32_BigEndian:
    case UCNV_UTF32_LittleEndian: return 4;
    default: return 0;
  }
}

std::string CanonicalName(const UConverter* converter) {
  UErrorCode error = U_ZERO_ERROR;
  const char* name = ucnv_getName(converter, &error);
  for (const char* standard : {"MIME", "IANA"}) {
    UErrorCode not_there = U_ZERO_ERROR;
    if (const char* known = ucnv_getStandardName(name, standard, &not_there); known != nullptr) return known;
  }
  return name;
}

bool IsUtf8Name(const UConverter* converter) { return ucnv_getType(converter) == UCNV_UTF8; }

// By the byte order mark. UTF-32's begins like UTF-16's and is looked for first.
std::optional<Encoding> ByMark(std::string_view prefix) {
  using namespace std::string_view_literals;
  if (prefix.starts_with("\xFF\xFE\0\0"sv)) return Encoding{"UTF-32LE", 4};
  if (prefix.starts_with("\0\0\xFE\xFF"sv)) return Encoding{"UTF-32BE", 4};
  if (prefix.starts_with("\xFF\xFE"sv)) return Encoding{"UTF-16LE", 2};
  if (prefix.starts_with("\xFE\xFF"sv)) return Encoding{"UTF-16BE", 2};
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
  if (unit == 2) return {is_big ? "UTF-16BE" : "UTF-16LE", 2};
  return {is_big ? "UTF-32BE" : "UTF-32LE", 4};
}

std::optional<Encoding> Detect(std::string_view prefix) {
  for (size_t cut = 0; cut < std::min<size_t>(prefix.size(), 4); ++cut) {  // the last character may be cut in two
    if (IsValidUtf8(prefix.substr(0, prefix.size() - cut))) return Encoding{};
  }
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&error), &ucsdet_close);
  ucsdet_setText(detector.get(), prefix.data(), static_cast<int32_t>(prefix.size()), &error);
  int32_t found = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &found, &error);
  if (U_FAILURE(error)) found = 0;
  for (int32_t i = 0; i < found; ++i) {
    if (ucsdet_getConfidence(matches[i], &error) < kMinConfidence) break;
    const ConverterPtr converter = OpenConverter(ucsdet_getName(matches[i], &error));
    if (converter == nullptr) continue;
    if (IsUtf8Name(converter.get())) return Encoding{};
    if (const uint8_t unit = UnitBytes(converter.get()); unit > 0)
      return Encoding{CanonicalName(converter.get()), unit};
  }
  return Encoding{kFallback, 1};
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
  if (!IsUtf8Name(converter.get()) && UnitBytes(converter.get()) == 0) {
    return absl::InvalidArgumentError(
        absl::StrFormat("--encoding %s: its characters take varying numbers of bytes, so offsets could not point into "
                        "the source; convert first: "
                        "iconv -f %s -t utf-8 FILE | unecho ...",
                        name, name));
  }
  return absl::OkStatus();
}

std::optional<Encoding> ChooseEncoding(std::string_view name, std::string_view prefix, bool at_end) {
  at_end |= prefix.size() >= kEncodingSniffBytes;
  const bool by_content = name == "auto" || name == "detect";
  uint8_t unit = 0;
  if (!by_content) {
    const ConverterPtr converter = OpenConverter(std::string(name));
    if (converter == nullptr || IsUtf8Name(converter.get())) return Encoding{};
    unit = UnitBytes(converter.get());
    const UConverterType type = ucnv_getType(converter.get());
    if (type != UCNV_UTF16 && type != UCNV_UTF32) return Encoding{CanonicalName(converter.get()), unit};
  }
  // No text in UTF-8 begins with one of the bytes of the marks.
  const bool may_have_mark =
      !prefix.empty() && std::string_view("\xFF\xFE\0", 3).find(prefix[0]) != std::string_view::npos;
  if (!at_end && (prefix.empty() || (may_have_mark && prefix.size() < 4))) return std::nullopt;
  if (const auto marked = ByMark(prefix); marked && (by_content || marked->unit_bytes == unit)) return marked;
  if (name == "auto") return Encoding{};
  if (!at_end) return std::nullopt;
  return by_content ? Detect(prefix) : ByZeros(prefix, unit);
}

uint64_t SourceBytes(uint8_t unit_bytes, std::string_view text) {
  if (unit_bytes == 0) return text.size();
  uint64_t code_points = 0, supplementary = 0;
  for (const char c : text) {
    code_points += static_cast<signed char>(c) >= -0x40;  // not a continuation byte
    supplementary += static_cast<unsigned char>(c) >= 0xF0;
  }
  return unit_bytes * code_points + (unit_bytes == 2 ? 2 * supplementary : 0);
}

// ICU's streaming conversion, through UTF-16. Both converters keep what a chunk has cut in two.
class TextReader::Converter {
 public:
  explicit Converter(const std::string& name) : from_(OpenConverter(name)), to_(OpenConverter("UTF-8")) {
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
  static void Substitute(const void* self, UConverterToUnicodeArgs* args, const char* units, int32_t length,
                         UConverterCallbackReason reason, UErrorCode* error) {
    if (reason <= UCNV_IRREGULAR) ++static_cast<Converter*>(const_cast<void*>(self))->num_undecodable_;
    UCNV_TO_U_CALLBACK_SUBSTITUTE(nullptr, args, units, length, reason, error);
  }

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
      if (encoding_.unit_bytes > 0) converter_ = std::make_unique<Converter>(encoding_.name);
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
    given_ = static_cast<size_t>(source - raw_.data());
    const bool at_end = raw_at_end_ && given_ == raw_.size() && !converter_->is_full();
    if (bytes > 0 || at_end) return Result{.bytes = bytes, .at_end = at_end, .stalled = false};
  }
}

}  // namespace unecho
