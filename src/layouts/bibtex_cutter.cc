// The serial half of bibtex: @type{...} and @type(...) -> spans of records.
//
// As BibTeX does, braces are counted whether or not a backslash stands before them. An entry whose braces do not
// balance ends where a line begins with the next one (@type{key,) and is malformed. @string, @comment, @preamble and
// all else between entries are furniture; @string entries are kept in Batch::context for what is behind them.
#include <algorithm>
#include <array>

#include "absl/strings/match.h"
#include "base/status.h"
#include "layouts/engines.h"
#include "layouts/span_cutter.h"
#include "text/characters.h"

namespace unecho {
namespace {

constexpr size_t kMaxContextBytes = size_t{1} << 20;
constexpr size_t kLongestHead = 512;  // "@type{key,"

// Bytes that the scan inside an entry stops at.
constexpr std::array<bool, 256> kStops = [] {
  std::array<bool, 256> out{};
  for (const char c : std::string_view("{}()\"@")) out[static_cast<unsigned char>(c)] = true;
  return out;
}();

class BibtexCutter final : public SpanCutter {
 public:
  BibtexCutter(const LayoutOptions& options, const BibtexProfile& profile)
      : SpanCutter(options), ignore_(profile.ignore) {}

 protected:
  void Scan() override {
    while (at_ < End()) {
      if (IsOpen() ? !ScanEntry() : !ScanOutside()) break;
    }
    if (PassesLimit(at_)) SetTooLong();
  }

  void ScanEnd() override { Close(End(), SpanCut::kMalformed); }

 private:
  enum class Kind : uint8_t { kEntry, kString, kIgnored };

  // What begins with an '@'.
  struct Head {
    enum class Found : uint8_t { kYes, kNo, kNotYet } found = Found::kNo;
    std::string_view type;
    size_t size = 0;       // up to behind the bracket
    bool has_key = false;  // and a comma behind it
  };

  Head ReadHead(uint64_t at) const {
    using Found = Head::Found;
    const std::string_view rest = Rest(at).substr(0, kLongestHead);
    const bool is_cut = rest.size() < kLongestHead && !AtEnd();
    Head head;
    size_t i = 1;
    while (i < rest.size() && IsAlpha(rest[i])) ++i;
    head.type = rest.substr(1, i - 1);
    while (i < rest.size() && IsBlank(rest[i])) ++i;
    if (i == rest.size()) {
      if (is_cut) head.found = Found::kNotYet;
      return head;
    }
    if (head.type.empty() || (rest[i] != '{' && rest[i] != '(')) return head;
    head.size = i + 1;
    size_t end = rest.find_first_of(",={}\"#\n", head.size);
    if (end == rest.npos) {
      if (is_cut) {
        head.found = Found::kNotYet;
        return head;
      }
      end = rest.size();
    }
    head.found = Found::kYes;
    head.has_key = end < rest.size() && rest[end] == ',';
    return head;
  }

  Kind KindOf(std::string_view type) const {
    if (absl::EqualsIgnoreCase(Abs(type), "string")) return Kind::kString;
    const bool is_ignored = std::ranges::any_of(
        ignore_, [&](const std::string& each) { return absl::EqualsIgnoreCase(Abs(type), Abs(each)); });
    return is_ignored ? Kind::kIgnored : Kind::kEntry;
  }

  bool ScanOutside() {
    const size_t found = Rest(at_).find('@');
    if (found == std::string_view::npos) {
      at_ = End();
      return false;
    }
    at_ += found;
    const Head head = ReadHead(at_);
    if (head.found == Head::Found::kNotYet) return false;
    if (head.found == Head::Found::kNo) {
      ++at_;
      return true;
    }
    kind_ = KindOf(head.type);
    Open(at_);
    at_ += head.size;
    closer_ = At(at_ - 1) == '{' ? '}' : ')';
    depth_ = 0;
    in_quotes_ = false;
    is_behind_blanks_ = false;
    return true;
  }

  bool ScanEntry() {
    const std::string_view rest = Rest(at_);
    for (size_t i = 0; i < rest.size(); ++i) {
      if (!kStops[static_cast<unsigned char>(rest[i])]) continue;
      const char c = rest[i];
      if (c == '@') {
        MoveTo(rest, i);
        if (is_behind_blanks_) {
          const Head head = ReadHead(at_);
          if (head.found == Head::Found::kNotYet) return false;
          if (head.found == Head::Found::kYes && head.has_key && KindOf(head.type) == Kind::kEntry) {
            Close(at_, SpanCut::kMalformed);
            return true;
          }
        }
        ++at_;
        is_behind_blanks_ = false;
        return true;
      }
      if (c == '{')
        ++depth_;
      else if (c == '"' && depth_ == 0)
        in_quotes_ = !in_quotes_;
      const bool is_over = c == closer_ && depth_ == 0 && (c == '}' || !in_quotes_);
      if (is_over) {
        at_ += i + 1;
        CloseEntry();
        return true;
      }
      if (c == '}' && depth_ > 0) --depth_;
    }
    MoveTo(rest, rest.size());
    return false;
  }

  // at_ goes to rest[i], `rest` being what it stands before.
  void MoveTo(std::string_view rest, size_t i) {
    const size_t last = rest.substr(0, i).find_last_not_of(" \t");
    if (last != rest.npos) is_behind_blanks_ = rest[last] == '\n' || rest[last] == '\r';
    at_ += i;
  }

  void CloseEntry() {
    const bool keeps = kind_ == Kind::kString && at_ - open_ <= max_record_bytes_ &&
                       context_.size() + (at_ - open_) <= kMaxContextBytes;
    if (keeps) {
      context_ += View(open_, at_);
      context_ += '\n';
    }
    Close(at_, kind_ == Kind::kEntry ? SpanCut::kRecord : SpanCut::kContext);
  }

  const std::vector<std::string>& ignore_;
  Kind kind_{};
  char closer_ = 0;
  uint64_t depth_ = 0;  // of braces inside the entry
  bool in_quotes_ = false;
  bool is_behind_blanks_ = false;  // there are only blanks between the beginning of the line and at_
};

}  // namespace

std::unique_ptr<Cutter> MakeBibtexCutter(const LayoutOptions& options, const Profile& profile) {
  return std::make_unique<BibtexCutter>(options, profile.bibtex);
}

}  // namespace unecho
