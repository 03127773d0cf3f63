// Which encoding a source is in: by its byte order mark, by what it declares, else by its first letters beyond ASCII.
//
// Under "auto", in this order:
// 1. A byte order mark says UTF-8, UTF-16 or UTF-32, whatever else is declared. UTF-16 without one shows by the zeros
//    of its ASCII letters.
// 2. A declaration (declared_encoding.h) is obeyed, names taken as browsers take them, unless the letters beyond ASCII
//    are UTF-8: pages that were converted often keep their old declaration.
// 3. Undeclared, the first letters beyond ASCII decide. UTF-8 has a form that other encodings hardly ever show by
//    chance: a few letters of it in a row are enough. Where one is malformed, a block from the first letter on is
//    looked at: more UTF-8 than damage is UTF-8; else it is what ICU takes it for, and the run says that it is a guess.
// WARC and mail are left as they are: each record, or part of one, declares its own encoding. A mail whose first block
// has letters beyond ASCII that are no UTF-8, and names no charset anywhere, is undeclared as any other source.
// ASCII passes meanwhile, for it is the same in all of these. "detect" is "auto" without what is declared.
//
// In:      the first bytes of a source, growing, until they are enough; at most kBlockBytes before and behind the first
//          byte beyond ASCII.
// Out:     the encoding. It depends on the bytes alone, not on how they arrive.
// Cost:    a scan for the first byte beyond ASCII; once a source, of those that are not UTF-8, ICU's detector.
// Threads: one user each. Failure: an encoding that has no widths (source_widths.h): kInvalidArgument.
#ifndef UNECHO_SRC_READ_ENCODING_CHOICE_H_
#define UNECHO_SRC_READ_ENCODING_CHOICE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/status.h"
#include "read/source_widths.h"
#include "unecho/layouts.h"

namespace unecho {

struct Encoding {
  std::string name = "UTF-8";            // as ICU calls it
  const SourceWidths* widths = nullptr;  // null: UTF-8, nothing is converted
  // Of a guess: what to tell the user: "not UTF-8 and declares no encoding; read as KOI8-R ...". Else empty.
  std::string guess = {};
};

// What --encoding may say: "auto", "detect", or a name that ICU knows. OK if it does and the encoding has widths.
absl::Status CheckEncodingName(std::string_view name);

// Does the source hold records, or parts of them, in encodings of their own, which its layout converts (WARC, mail)?
enum class OwnEncodings : uint8_t { kNo, kYes, kIfItBeginsSo };
// `layout`: null: it is detected.
OwnEncodings OwnEncodingsOf(const Layout* layout);

class EncodingChoice {
 public:
  static constexpr size_t kBlockBytes = size_t{64} << 10;

  // `name`: one that CheckEncodingName() took.
  explicit EncodingChoice(std::string name, OwnEncodings own = OwnEncodings::kIfItBeginsSo)
      : name_(std::move(name)), own_(own) {}

  // The encoding, by the first bytes of the source. nullopt: more are needed, unless is_open() now.
  std::optional<Encoding> LookAtBeginning(std::string_view prefix, bool at_end);
  // The beginning does not decide: the first letter beyond ASCII will. What stands before it is the same in every
  // encoding that may come out.
  bool is_open() const { return is_open_; }
  // Bytes of `text` before that letter.
  size_t AsciiBytes(std::string_view text) const;
  // `block`: begins with that letter; no more than kBlockBytes of it count. nullopt: more are needed.
  absl::StatusOr<std::optional<Encoding>> LookAtLetters(std::string_view block, bool at_end) const;

 private:
  std::string name_;
  OwnEncodings own_;
  bool is_open_ = false;
  std::string declared_name_;         // as written
  std::optional<Encoding> declared_;  // without widths: it cannot be read here
};

}  // namespace unecho

#endif  // UNECHO_SRC_READ_ENCODING_CHOICE_H_
