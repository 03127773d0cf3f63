#include "read/source_widths.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <mutex>

#include "read/icu_converter.h"

namespace unecho {
namespace {

constexpr uint32_t kReplacement = 0xFFFD;
constexpr size_t kLongestSequence = 4;
constexpr size_t kBasicPlane = 0x10000;

}  // namespace

// Decodes every sequence of bytes that an encoding has.
class WidthFinder {
 public:
  explicit WidthFinder(UConverter* converter) : converter_(converter) {
    UErrorCode error = U_ZERO_ERROR;
    ucnv_setToUCallBack(converter_, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  }

  // False if a sequence stands for two code points.
  bool Find(SourceWidths& widths) {
    widths_ = &widths;
    widths.basic_plane_.assign(kBasicPlane, 0);
    widths.supplementary_ = 0;
    // 1.6 million sequences of four bytes: they stand for everything that has no shorter one.
    UErrorCode error = U_ZERO_ERROR;
    const bool is_gb18030 = std::string_view(ucnv_getName(converter_, &error)) == "gb18030";
    longest_ = is_gb18030 ? 2 : kLongestSequence;
    Extend(0);
    for (uint8_t& width : widths.basic_plane_) {
      if (width == 0) width = is_gb18030 ? 4 : 1;
    }
    if (widths.supplementary_ == 0) widths.supplementary_ = is_gb18030 ? 4 : 1;
    widths.basic_plane_[kReplacement] = 1;
    return is_sound_;
  }

 private:
  // All sequences that begin with the first `size` bytes of sequence_.
  void Extend(size_t size) {
    for (int byte = 0; byte < 256 && is_sound_; ++byte) {
      sequence_[size] = static_cast<char>(byte);
      std::array<UChar, 8> out{};
      UChar* target = out.data();
      const char* source = sequence_.data();
      UErrorCode error = U_ZERO_ERROR;
      ucnv_resetToUnicode(converter_);
      ucnv_toUnicode(converter_, &target, out.data() + out.size(), &source, sequence_.data() + size + 1, nullptr, 0,
                     &error);
      if (U_FAILURE(error)) continue;
      if (target == out.data()) {
        if (size + 1 < longest_) Extend(size + 1);
        continue;
      }
      Note({out.data(), static_cast<size_t>(target - out.data())}, static_cast<uint8_t>(size + 1));
    }
  }

  void Note(std::basic_string_view<UChar> units, uint8_t width) {
    const bool is_pair = units.size() == 2 && (units[0] & 0xFC00) == 0xD800;
    if (units.size() > 1 && !is_pair) {
      is_sound_ = false;
      return;
    }
    uint8_t& known = is_pair ? widths_->supplementary_ : widths_->basic_plane_[units[0]];
    known = known == 0 ? width : std::min(known, width);
  }

  UConverter* converter_;
  SourceWidths* widths_ = nullptr;
  size_t longest_ = kLongestSequence;
  std::array<char, kLongestSequence> sequence_{};
  bool is_sound_ = true;
};

const SourceWidths* SourceWidths::For(const std::string& name) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<const SourceWidths>> known;
  const std::lock_guard lock(mutex);
  if (const auto found = known.find(name); found != known.end()) return found->second.get();
  std::unique_ptr<const SourceWidths>& entry = known[name];
  const ConverterPtr converter = OpenConverter(name);
  if (converter == nullptr) return nullptr;
  auto widths = std::make_unique<SourceWidths>();
  switch (ucnv_getType(converter.get())) {
    case UCNV_SBCS:
    case UCNV_LATIN_1:
    case UCNV_US_ASCII: break;
    case UCNV_UTF16:
    case UCNV_UTF16_BigEndian:
    case UCNV_UTF16_LittleEndian:
      widths->unit_bytes_ = 2;
      widths->supplementary_ = 4;
      break;
    case UCNV_UTF32:
    case UCNV_UTF32_BigEndian:
    case UCNV_UTF32_LittleEndian:
      widths->unit_bytes_ = 4;
      widths->supplementary_ = 4;
      break;
    case UCNV_DBCS:
    case UCNV_MBCS:
      if (!WidthFinder(converter.get()).Find(*widths)) return nullptr;
      break;
    default: return nullptr;
  }
  entry = std::move(widths);
  return entry.get();
}

uint64_t SourceWidths::Bytes(std::string_view utf8) const {
  if (basic_plane_.empty()) {
    uint64_t code_points = 0, beyond = 0;
    for (const char c : utf8) {
      code_points += static_cast<signed char>(c) >= -0x40;  // not a continuation byte
      beyond += static_cast<unsigned char>(c) >= 0xF0;
    }
    return unit_bytes_ * code_points + (supplementary_ - unit_bytes_) * beyond;
  }
  uint64_t bytes = 0;
  for (size_t i = 0; i < utf8.size();) {
    // Well-formed, since a converter wrote it; a piece may end inside a code point, which then counts at its first
    // byte.
    const auto byte = [&](size_t at) { return at < utf8.size() ? static_cast<unsigned char>(utf8[at]) & 0x3Fu : 0u; };
    const auto first = static_cast<unsigned char>(utf8[i]);
    if (first < 0x80) {
      bytes += basic_plane_[first];
      i += 1;
    } else if (first < 0xC0) {
      i += 1;
    } else if (first < 0xE0) {
      bytes += basic_plane_[(first & 0x1Fu) << 6 | byte(i + 1)];
      i += 2;
    } else if (first < 0xF0) {
      bytes += basic_plane_[(first & 0x0Fu) << 12 | byte(i + 1) << 6 | byte(i + 2)];
      i += 3;
    } else {
      bytes += supplementary_;
      i += 4;
    }
  }
  return bytes;
}

}  // namespace unecho
