// A source in any encoding -> UTF-8, as a stream.
//
// Everything behind it works on UTF-8. Other encodings (encoding_choice.h) are converted by ICU while they are read:
// single-byte ones, UTF-16, UTF-32, and the multi-byte ones of East Asia; what means nothing becomes U+FFFD and is
// counted. How places in the text follow from those in the source: source_widths.h. Encodings with states (ISO-2022-JP)
// are refused with a hint at iconv.
//
// Cost:    UTF-8: a scan up to the first letter beyond ASCII. Else a pass of ICU over the source, on the reading
//          thread.
// Threads: one user. Failure: what the wrapped reader gives; a file that is known to hold no text, an encoding that
//          cannot be read: kInvalidArgument.
#ifndef UNECHO_SRC_READ_UTF8_READER_H_
#define UNECHO_SRC_READ_UTF8_READER_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/status.h"
#include "read/encoding_choice.h"
#include "read/input.h"

namespace unecho {

class Utf8Reader final : public InputReader {
 public:
  // `takes_binary`: false: archives and other files that are known to hold no text are an error that says what they
  // are.
  Utf8Reader(std::unique_ptr<InputReader> input, std::string choice, bool takes_binary = false,
             OwnEncodings own = OwnEncodings::kIfItBeginsSo);
  ~Utf8Reader() override;
  absl::StatusOr<Result> Read(std::span<char> out, std::chrono::milliseconds patience) override;
  Compression compression() const override { return input_->compression(); }
  uint64_t compressed_bytes() const override { return input_->compressed_bytes(); }
  const std::string& label() const override { return input_->label(); }
  // UTF-8 until the first letter beyond ASCII comes out; known from then on, and at the end.
  const Encoding& encoding() const { return encoding_; }
  uint64_t num_undecodable() const;
  // Of the source as it is, taken so far. Of converted sources alone.
  uint64_t source_bytes() const { return source_bytes_; }

 private:
  class Converter;
  absl::StatusOr<Result> ReadRaw(std::span<char> out, std::chrono::milliseconds patience);
  absl::StatusOr<Result> ReadAscii(std::span<char> out, std::chrono::milliseconds patience);
  absl::StatusOr<bool> ReadAhead(std::chrono::milliseconds patience);
  absl::StatusOr<bool> LookAtBeginning(std::chrono::milliseconds patience);
  void Choose(Encoding encoding);

  std::unique_ptr<InputReader> input_;
  EncodingChoice choice_;
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

#endif  // UNECHO_SRC_READ_UTF8_READER_H_
