#include "read/utf8_reader.h"

#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "absl/strings/str_format.h"
#include "read/binary_kind.h"
#include "read/icu_converter.h"

namespace unecho {
namespace {

constexpr size_t kRawBytes = size_t{64} << 10;

}  // namespace

// ICU's streaming conversion, through UTF-16. Both converters keep what a chunk has cut in two.
class Utf8Reader::Converter {
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

Utf8Reader::Utf8Reader(std::unique_ptr<InputReader> input, std::string choice, bool takes_binary, OwnEncodings own)
    : input_(std::move(input)), choice_(std::move(choice), own), takes_binary_(takes_binary) {}

Utf8Reader::~Utf8Reader() = default;

uint64_t Utf8Reader::num_undecodable() const { return converter_ ? converter_->num_undecodable() : 0; }

// Appends to raw_ what the source gives. False: it stalls.
absl::StatusOr<bool> Utf8Reader::ReadAhead(std::chrono::milliseconds patience) {
  const size_t before = raw_.size();
  raw_.resize(before + kRawBytes);
  const auto result = input_->Read(std::span(raw_).subspan(before), patience);
  raw_.resize(before + (result.ok() ? result->bytes : 0));
  UNECHO_RETURN_IF_ERROR(result.status());
  raw_at_end_ = result->at_end;
  return !result->stalled;
}

void Utf8Reader::Choose(Encoding encoding) {
  encoding_ = std::move(encoding);
  chosen_ = true;
  if (encoding_.widths != nullptr) converter_ = std::make_unique<Converter>(encoding_);
}

// False: the source stalls.
absl::StatusOr<bool> Utf8Reader::LookAtBeginning(std::chrono::milliseconds patience) {
  for (;;) {
    const std::string_view prefix(raw_.data(), raw_.size());
    // The lines of a table are made here, whatever its neighbours are in and its texts declare.
    if (!prefix.empty() && IsTable(input_->compression())) {
      Choose({});
      return true;
    }
    if (const BinaryKind* const kind = takes_binary_ ? nullptr : FindBinaryKind(prefix)) {
      return absl::InvalidArgumentError(
          absl::StrFormat("%s is %s, not text; %s", input_->label(), kind->name, kind->advice));
    }
    if (raw_at_end_ || takes_binary_ || !MayBecomeBinary(prefix)) {
      if (auto encoding = choice_.LookAtBeginning(prefix, raw_at_end_)) Choose(*std::move(encoding));
      if (chosen_ || choice_.is_open()) return true;
    }
    UNECHO_ASSIGN_OR_RETURN(const bool more, ReadAhead(patience));
    if (!more) return false;
  }
}

// Gives ASCII as it is, up to the first letter beyond. Nothing, and not at the end: the encoding is known, or the
// source stalls.
absl::StatusOr<InputReader::Result> Utf8Reader::ReadAscii(std::span<char> out, std::chrono::milliseconds patience) {
  if (given_ == raw_.size() && !raw_at_end_) {
    UNECHO_ASSIGN_OR_RETURN(const Result result, input_->Read(out, patience));
    if (result.stalled) return result;
    const size_t ascii = choice_.AsciiBytes({out.data(), result.bytes});
    raw_.assign(out.begin() + static_cast<std::ptrdiff_t>(ascii),
                out.begin() + static_cast<std::ptrdiff_t>(result.bytes));
    given_ = 0;
    raw_at_end_ = result.at_end;
    source_bytes_ += ascii;
    if (ascii > 0) return Result{.bytes = ascii, .at_end = raw_at_end_ && raw_.empty(), .stalled = false};
  }
  const auto waiting = [this] { return std::string_view(raw_.data(), raw_.size()).substr(given_); };
  if (const size_t ascii = choice_.AsciiBytes(waiting()); ascii > 0) {
    UNECHO_ASSIGN_OR_RETURN(const Result result, ReadRaw(out.first(std::min(ascii, out.size())), patience));
    source_bytes_ += result.bytes;
    return result;
  }
  while (!waiting().empty()) {
    auto encoding = choice_.LookAtLetters(waiting(), raw_at_end_);
    if (!encoding.ok()) {
      return absl::InvalidArgumentError(absl::StrFormat("%s: %s", input_->label(), encoding.status().message()));
    }
    if (*encoding) {
      Choose(**std::move(encoding));
      break;
    }
    UNECHO_ASSIGN_OR_RETURN(const bool more, ReadAhead(patience));
    if (!more) return Result{.bytes = 0, .at_end = false, .stalled = true};
  }
  return Result{.bytes = 0, .at_end = raw_at_end_ && waiting().empty(), .stalled = false};
}

absl::StatusOr<InputReader::Result> Utf8Reader::ReadRaw(std::span<char> out, std::chrono::milliseconds patience) {
  if (given_ == raw_.size()) {
    if (raw_at_end_) return Result{.bytes = 0, .at_end = true, .stalled = false};
    return input_->Read(out, patience);
  }
  const size_t bytes = std::min(out.size(), raw_.size() - given_);
  std::memcpy(out.data(), raw_.data() + given_, bytes);
  given_ += bytes;
  return Result{.bytes = bytes, .at_end = raw_at_end_ && given_ == raw_.size(), .stalled = false};
}

absl::StatusOr<InputReader::Result> Utf8Reader::Read(std::span<char> out, std::chrono::milliseconds patience) {
  if (!chosen_ && !choice_.is_open()) {
    UNECHO_ASSIGN_OR_RETURN(const bool any, LookAtBeginning(patience));
    if (!any) return Result{.bytes = 0, .at_end = false, .stalled = true};
  }
  while (!chosen_) {
    UNECHO_ASSIGN_OR_RETURN(const Result ascii, ReadAscii(out, patience));
    if (ascii.bytes > 0 || ascii.at_end || ascii.stalled) return ascii;
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
