#include "read/aligned_input.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "text/counted.h"
#include "text/json.h"
#include "text/scan.h"

namespace unecho {
namespace {

constexpr size_t kReadBytes = size_t{64} << 10;
// How a line ended stands behind its string, as white space that says nothing in JSON. LF has no mark.
constexpr char kCarriageReturn = ' ', kNoLineEnd = '\t';

// As JSON has it; malformed UTF-8 stays, which is what the layout expects of a line.
void AppendEscaped(std::string_view text, std::string& out) {
  for (const char c : text) {
    if (c == '"' || c == '\\')
      out += {'\\', c};
    else if (static_cast<unsigned char>(c) < ' ')
      absl::StrAppendFormat(&out, "\\u%04x", static_cast<unsigned>(c));
    else
      out += c;
  }
}

// One of the files, line by line.
class Side {
 public:
  // `max_line_bytes`: of longer lines no more is held; 0: no limit.
  Side(std::unique_ptr<InputReader> input, std::string_view field, size_t max_line_bytes)
      : input_(std::move(input)), max_line_bytes_(max_line_bytes) {
    AppendJsonString(field, key_);
    key_ += ":\"";
  }

  // The line in turn, without its line end: there, or not yet, or `ended`.
  std::optional<std::string_view> Line() const {
    if (line_end_ == kNone) return std::nullopt;
    return std::string_view(bytes_).substr(begin_, line_end_ - begin_ - static_cast<size_t>(HasCarriageReturn()));
  }
  // Of that line.
  bool HasCarriageReturn() const { return line_end_ > begin_ && bytes_[line_end_ - 1] == '\r'; }
  bool HasLineEnd() const { return line_end_ < bytes_.size(); }
  bool ended() const { return at_end_ && line_end_ == kNone && begin_ == bytes_.size(); }

  void Drop() {
    begin_ = std::min(line_end_ + 1, bytes_.size());
    ++num_lines_;
    Find(begin_);
  }

  // Reads on until there is a line, or the end; stalled if nothing came.
  absl::StatusOr<bool> ReadLine(std::chrono::milliseconds patience) {
    while (line_end_ == kNone && !at_end_) {
      bytes_.erase(0, std::exchange(begin_, 0));
      if (max_line_bytes_ > 0 && bytes_.size() > max_line_bytes_) {
        bytes_.resize(max_line_bytes_ + 1);  // of a record that is rejected whatever follows
        is_cut_ = true;
      }
      const size_t size = bytes_.size();
      bytes_.resize(std::max(2 * size, kReadBytes));
      const auto result = input_->Read({bytes_.data() + size, bytes_.size() - size}, patience);
      bytes_.resize(size + (result.ok() ? result->bytes : 0));
      UNECHO_RETURN_IF_ERROR(result.status());
      at_end_ = result->at_end;
      if (is_cut_) {
        const size_t end = bytes_.find('\n', size);
        is_cut_ = end == kNone;
        bytes_.erase(size, is_cut_ ? kNone : end - size);
      }
      if (is_first_) {
        if (bytes_.size() < kBom.size() && !at_end_) {
          if (result->stalled) return false;
          continue;
        }
        is_first_ = false;
        if (bytes_.starts_with(kBom)) begin_ = kBom.size();
        Find(begin_);
      } else {
        Find(size);
      }
      if (result->stalled && line_end_ == kNone) return false;
    }
    return true;
  }

  absl::StatusOr<uint64_t> CountLines() {
    for (;;) {
      UNECHO_RETURN_IF_ERROR(ReadLine(std::chrono::hours(1)).status());
      if (ended()) return num_lines_;
      if (Line()) Drop();
    }
  }

  std::string_view key() const { return key_; }
  const InputReader& input() const { return *input_; }

 private:
  static constexpr size_t kNone = std::string::npos;
  // The last line may have no line end.
  void Find(size_t from) {
    line_end_ = bytes_.find('\n', from);
    if (line_end_ == kNone && at_end_ && begin_ < bytes_.size()) line_end_ = bytes_.size();
  }

  std::unique_ptr<InputReader> input_;
  size_t max_line_bytes_;
  bool is_cut_ = false;  // the line in hand: it goes on, and its rest is skipped
  std::string key_;      // "de":"
  std::string bytes_;
  size_t begin_ = 0, line_end_ = kNone;
  uint64_t num_lines_ = 0;  // dropped
  bool at_end_ = false, is_first_ = true;
};

class AlignedReader final : public InputReader {
 public:
  AlignedReader(std::string name, std::vector<Side> sides) : name_(std::move(name)), sides_(std::move(sides)) {}

  absl::StatusOr<Result> Read(std::span<char> out, std::chrono::milliseconds patience) override {
    Result result;
    while (given_ == row_.size()) {
      for (Side& side : sides_) {
        UNECHO_ASSIGN_OR_RETURN(const bool is_ready, side.ReadLine(patience));
        if (is_ready) continue;
        result.stalled = true;
        return result;
      }
      const auto ended = std::ranges::count_if(sides_, &Side::ended);
      result.at_end = ended == std::ssize(sides_);
      if (result.at_end) return result;
      if (ended > 0) return Unequal();
      // As many rows as there are: what has been read is written at once.
      row_.clear();
      given_ = 0;
      while (row_.size() < kReadBytes &&
             std::ranges::all_of(sides_, [](const Side& side) { return side.Line().has_value(); }))
        AppendRow();
    }
    result.bytes = std::min(out.size(), row_.size() - given_);
    std::memcpy(out.data(), row_.data() + given_, result.bytes);
    given_ += result.bytes;
    return result;
  }

  Compression compression() const override { return sides_.front().input().compression(); }
  uint64_t compressed_bytes() const override {
    uint64_t bytes = 0;
    for (const Side& side : sides_) bytes += side.input().compressed_bytes();
    return bytes;
  }
  const std::string& label() const override { return name_; }

 private:
  void AppendRow() {
    char between = '{';
    for (Side& side : sides_) {
      row_ += std::exchange(between, ',');
      row_ += side.key();
      AppendEscaped(*side.Line(), row_);
      row_ += '"';
      if (side.HasCarriageReturn()) row_ += kCarriageReturn;
      if (!side.HasLineEnd()) row_ += kNoLineEnd;
      side.Drop();
    }
    row_ += "}\n";
  }

  absl::Status Unequal() {
    std::string counts;
    for (Side& side : sides_) {
      UNECHO_ASSIGN_OR_RETURN(const uint64_t lines, side.CountLines());
      absl::StrAppendFormat(&counts, "%s%s has %s", counts.empty() ? "" : ", ", side.input().label(),
                            Counted(lines, "line"));
    }
    return absl::InvalidArgumentError(
        absl::StrFormat("--aligned: %s: line i of each is one record, so there must be as many of each", counts));
  }

  std::string name_;
  std::vector<Side> sides_;
  std::string row_;  // objects, of which given_ bytes have gone out
  size_t given_ = 0;
};

int HexDigit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

}  // namespace

absl::StatusOr<std::unique_ptr<InputReader>> OpenAligned(const InputFile& file, const std::atomic<int>* interrupted) {
  std::vector<Side> sides;
  for (const AlignedFile& each : file.aligned) {
    UNECHO_ASSIGN_OR_RETURN(auto input, OpenInput({.path = each.path, .name = each.path}, interrupted));
    sides.emplace_back(std::move(input), each.field, file.max_line_bytes);
  }
  return std::make_unique<AlignedReader>(file.name, std::move(sides));
}

bool AppendAlignedLines(std::string_view object, std::span<std::string> texts) {
  size_t at = 0;
  const auto skip_string = [&](std::string* text) {
    for (++at; at < object.size() && object[at] != '"'; ++at) {
      char c = object[at];
      if (c == '\\' && ++at < object.size()) {
        c = object[at];
        if (c == 'u' && at + 4 < object.size()) {
          c = static_cast<char>(HexDigit(object[at + 3]) << 4 | HexDigit(object[at + 4]));
          at += 4;
        }
      }
      if (text != nullptr) *text += c;
    }
    return at < object.size();
  };
  for (std::string& text : texts) {
    if (++at >= object.size() || object[at] != '"' || !skip_string(nullptr)) return false;  // behind { or ,
    if (++at >= object.size() || object[at] != ':' || ++at >= object.size() || object[at] != '"') return false;
    if (!skip_string(&text)) return false;
    const auto take = [&](char mark) {
      const bool is_there = at + 1 < object.size() && object[at + 1] == mark;
      at += static_cast<size_t>(is_there);
      return is_there;
    };
    if (take(kCarriageReturn)) text += '\r';
    if (!take(kNoLineEnd)) text += '\n';
    ++at;
  }
  return at < object.size() && object[at] == '}';
}

}  // namespace unecho
