// How many bytes of a source became a piece of UTF-8 text: what turns places in the text back into places in the
// source.
//
// Problem. A source that is not UTF-8 is converted while it is read, and provenance points into the source as it was. A
// table of offsets would cost memory for every record; instead the length in the source follows from each code point.
// Idea. In UTF-16, UTF-32 and single-byte encodings a unit is fixed. In the multi-byte encodings of East Asia (GB18030,
// Big5, Shift-JIS, EUC-JP, EUC-KR) every code point has one length, which is found by decoding every sequence there is.
// What can go wrong. Bytes that mean nothing become one U+FFFD a unit, so that their number can be counted back. Where
// a code point has two sequences (some hundred in EUC-JP, U+FFFD itself in GB18030) the shorter counts; a source that
// has the longer one does not add up to its length, which the reader looks at (BatchReader). An encoding with states
// (ISO-2022-JP, HZ), or with a sequence for two code points (Big5-HKSCS), has no widths.
//
// Cost:    a table of 64 KiB for a multi-byte encoding, made once a process; a look-up a code point.
// Threads: immutable and shared; For() takes a lock. Failure: null where an encoding has no widths.
#ifndef UNECHO_SRC_READ_SOURCE_WIDTHS_H_
#define UNECHO_SRC_READ_SOURCE_WIDTHS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace unecho {

class SourceWidths {
 public:
  // `name`: as ICU knows it. Lives as long as the process. Null: no widths, or no such encoding.
  static const SourceWidths* For(const std::string& name);

  uint64_t Bytes(std::string_view utf8) const;
  // Multi-byte: the lengths of code points differ, and some have two sequences.
  bool has_several_lengths() const { return !basic_plane_.empty(); }
  // Bytes of a unit: 1, 2 or 4.
  uint8_t unit_bytes() const { return unit_bytes_; }

 private:
  friend class WidthFinder;
  uint8_t unit_bytes_ = 1;
  std::vector<uint8_t> basic_plane_;  // by code point; empty: a unit each
  uint8_t supplementary_ = 1;         // bytes of a code point beyond
};

// Of text that was UTF-8 all along: `widths` is null.
inline uint64_t SourceBytes(const SourceWidths* widths, std::string_view text) {
  return widths == nullptr ? text.size() : widths->Bytes(text);
}

}  // namespace unecho

#endif  // UNECHO_SRC_READ_SOURCE_WIDTHS_H_
