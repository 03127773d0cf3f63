#include "audit/compact_provenance.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstring>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "read/continued_reader.h"

namespace unecho {
namespace {

constexpr size_t kProvenanceReadBytes = size_t{256} << 10;
constexpr std::string_view kHeadBegins = "{\"sources\":[";

// The end of the string that begins with the quote at `at`: behind its closing quote, or the end of the text.
size_t EndOfString(std::string_view text, size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == '"')
      return at + 1;
  }
  return text.size();
}

// The name of which `text` begins with the place; `size`: how many digits that has.
const std::string* NameAt(std::string_view text, std::span<const std::string> names, size_t& size) {
  size_t place = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), place);
  if (parsed.ec != std::errc() || place >= names.size()) return nullptr;
  size = static_cast<size_t>(parsed.ptr - text.data());
  return &names[place];
}

// `read`, and what `input` gives behind it, as plain lines.
class CompactReader final : public InputReader {
 public:
  CompactReader(std::unique_ptr<InputReader> input, std::string read, bool at_end, std::vector<std::string> names)
      : input_(std::move(input)), in_(std::move(read)), at_end_(at_end), names_(std::move(names)) {
    Expand();
  }

  absl::StatusOr<Result> Read(std::span<char> out, std::chrono::milliseconds patience) override {
    while (next_ == out_.size() && !at_end_) {
      const size_t have = in_.size();
      in_.resize(have + kProvenanceReadBytes);
      const absl::StatusOr<Result> more = input_->Read({in_.data() + have, kProvenanceReadBytes}, patience);
      if (!more.ok()) return more.status();
      in_.resize(have + more->bytes);
      at_end_ = more->at_end;
      if (more->stalled) return Result{.stalled = true};
      Expand();
    }
    const size_t size = std::min(out.size(), out_.size() - next_);
    std::memcpy(out.data(), out_.data() + next_, size);
    next_ += size;
    return Result{.bytes = size, .at_end = at_end_ && next_ == out_.size()};
  }

  Compression compression() const override { return input_->compression(); }
  uint64_t compressed_bytes() const override { return input_->compressed_bytes(); }
  const std::string& label() const override { return input_->label(); }

 private:
  // Of the lines that are whole; at the end of what is there.
  void Expand() {
    out_.clear();
    next_ = 0;
    size_t begin = 0;
    for (;;) {
      const size_t end = in_.find('\n', begin);
      if (end == in_.npos) break;
      AppendPlainLine(std::string_view(in_).substr(begin, end - begin), names_, out_);
      out_ += '\n';
      begin = end + 1;
    }
    if (at_end_ && begin < in_.size()) {
      AppendPlainLine(std::string_view(in_).substr(begin), names_, out_);
      begin = in_.size();
    }
    in_.erase(0, begin);
  }

  std::unique_ptr<InputReader> input_;
  std::string in_, out_;  // what is not yet expanded; what is, from next_ on
  size_t next_ = 0;
  bool at_end_;
  std::vector<std::string> names_;
};

}  // namespace

std::vector<std::string> NamesOfHead(std::string_view line) {
  std::vector<std::string> names;
  if (!line.starts_with(kHeadBegins)) return {};
  size_t at = kHeadBegins.size();
  while (at < line.size() && line[at] == '"') {
    const size_t end = EndOfString(line, at);
    if (line[end - 1] != '"' || end == at + 1) return {};
    names.emplace_back(line.substr(at + 1, end - at - 2));
    at = end;
    if (at == line.size() || line[at] != ',') break;
    ++at;
  }
  if (line.substr(at) != "]}" || line[at - 1] == ',') return {};
  return names;
}

void AppendPlainLine(std::string_view line, std::span<const std::string> names, std::string& out) {
  size_t depth = 0, done = 0;
  std::string_view key, member;  // of the innermost object; of the line
  const auto replace = [&](size_t at, std::string_view quote) {
    size_t size = 0;
    const std::string* const name = NameAt(line.substr(at), names, size);
    if (name == nullptr) return;
    out.append(line, done, at - done).append(quote).append(*name).append(quote);
    done = at + size;
  };
  for (size_t at = 0; at < line.size();) {
    const char c = line[at];
    if (c == '"') {
      const size_t end = EndOfString(line, at);
      const std::string_view text = line.substr(at + 1, end - at - 1);
      const bool is_key = end < line.size() && line[end] == ':';
      const bool is_reference = depth == 1 ? key == "ref\"" || key == "witness\"" || key == "group\""
                                           : depth == 3 && ((member == "removed_lines\"" && key == "witness\"") ||
                                                            (member == "merged\"" && key == "from\""));
      if (is_key) {
        key = text;
        if (depth == 1) member = text;
      } else if (is_reference) {
        replace(at + 1, "");
      }
      at = end;
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && depth > 0) --depth;
    if (depth == 1 && c >= '0' && c <= '9' && line[at - 1] == ':' && key == "source\"") replace(at, "\"");
    ++at;
  }
  out.append(line, done);
}

absl::StatusOr<OpenedProvenance> OpenProvenance(const std::string& path) {
  UNECHO_ASSIGN_OR_RETURN(std::unique_ptr<InputReader> input, OpenInput({path, path}, nullptr));
  std::string read;
  bool at_end = false;
  const auto read_more = [&]() -> absl::Status {
    const size_t have = read.size();
    read.resize(have + kProvenanceReadBytes);
    UNECHO_ASSIGN_OR_RETURN(const InputReader::Result more,
                            input->Read({read.data() + have, kProvenanceReadBytes}, std::chrono::hours(1)));
    read.resize(have + more.bytes);
    at_end = more.at_end;
    return absl::OkStatus();
  };
  while (read.size() < kHeadBegins.size() && !at_end) UNECHO_RETURN_IF_ERROR(read_more());
  if (!read.starts_with(kHeadBegins))
    return OpenedProvenance{std::make_unique<ContinuedReader>(std::move(input), std::move(read), at_end), 1, {}};
  size_t end = read.find('\n');
  for (size_t seen = read.size(); end == read.npos && !at_end; seen = read.size()) {
    UNECHO_RETURN_IF_ERROR(read_more());
    end = read.find('\n', seen);
  }
  std::vector<std::string> names;
  if (end != read.npos) names = NamesOfHead(std::string_view(read).substr(0, end));
  if (names.empty()) {
    return absl::DataLossError(absl::StrFormat(
        "%s:1: begins as the list of sources of a compact provenance, and is none; give the file that the run wrote",
        path));
  }
  read.erase(0, end + 1);
  return OpenedProvenance{std::make_unique<CompactReader>(std::move(input), std::move(read), at_end, names), 2, names};
}

}  // namespace unecho
