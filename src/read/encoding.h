// Encodings: a source that is not UTF-8 -> UTF-8, and places in that text -> places in the source.
//
// Everything behind the input works on UTF-8. Other encodings are converted by ICU while they are read: single-byte
// ones, UTF-16, UTF-32, and the multi-byte ones of East Asia; what means nothing becomes U+FFFD and is counted. How
// places in the text follow from those in the source: source_widths.h. Encodings with states (ISO-2022-JP) are refused
// with a hint at iconv.
//
// Under "auto" a source is in UTF-16 or UTF-32 if it begins with their mark; else in what it declares itself to be
// (declared_encoding.h), names taken as browsers take them, unless its first kEncodingSniffBytes are UTF-8 beyond
// ASCII: pages that were converted often keep their old declaration; else in UTF-8.
//
// Cost:    UTF-8 under "auto": nothing. Else a pass of ICU over the source, on the reading thread.
// Threads: a TextReader has one user; the functions are pure.
// Failure: an unknown or refused name: kInvalidArgument. Reading: what the wrapped reader gives.
#ifndef UNECHO_SRC_READ_ENCODING_H_
#define UNECHO_SRC_READ_ENCODING_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "read/input.h"
#include "read/source_widths.h"
#include "unecho/status.h"

namespace unecho {

struct Encoding {
  std::string name = "UTF-8";            // as ICU calls it
  const SourceWidths* widths = nullptr;  // null: UTF-8, nothing is converted
};

// What --encoding may say: "auto" (as above), "detect" (as auto, else
// what ICU takes the first 64 KiB for, if they are not UTF-8), or a name that ICU knows. OK if it does and the encoding
// has widths.
absl::Status CheckEncodingName(std::string_view name);

// The encoding of a source that begins with `prefix`, by the choice `name`. nullopt: more bytes are needed, at most
// kEncodingSniffBytes. The answer depends on the bytes alone.
inline constexpr size_t kEncodingSniffBytes = size_t{64} << 10;
std::optional<Encoding> ChooseEncoding(std::string_view name, std::string_view prefix, bool at_end);

// Wraps `input`. Under "auto", UTF-8 passes straight through: no copy, no delay.
class TextReader final : public InputReader {
 public:
  // `takes_binary`: false: archives and other files that are known to hold no text are an error that says what they
  // are.
  TextReader(std::unique_ptr<InputReader> input, std::string choice, bool takes_binary = false);
  ~TextReader() override;
  absl::StatusOr<Result> Read(std::span<char> out, std::chrono::milliseconds patience) override;
  Compression compression() const override { return input_->compression(); }
  uint64_t compressed_bytes() const override { return input_->compressed_bytes(); }
  const std::string& label() const override { return input_->label(); }
  // Known when the first byte has come out.
  const Encoding& encoding() const { return encoding_; }
  uint64_t num_undecodable() const;
  // Of the source as it is, taken so far. Of converted sources alone.
  uint64_t source_bytes() const { return source_bytes_; }

 private:
  class Converter;
  absl::StatusOr<Result> ReadRaw(std::span<char> out, std::chrono::milliseconds patience);
  absl::StatusOr<bool> Choose(std::chrono::milliseconds patience);

  std::unique_ptr<InputReader> input_;
  std::string choice_;
  bool takes_binary_;
  bool chosen_ = false;
  bool raw_at_end_ = false;
  Encoding encoding_;
  uint64_t source_bytes_ = 0;
  std::vector<char> raw_;  // [given_, raw_.size()): read from the source, not yet converted
  size_t given_ = 0;
  std::unique_ptr<Converter> converter_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_READ_ENCODING_H_
