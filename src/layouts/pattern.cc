#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/hash_map.h"
#include "layouts/profile.h"

namespace unecho {
namespace {

constexpr int kMaxGroups = 7;
constexpr int kRangeBytes = 12;  // as many as the longest marks of real dumps have: "TY  - ", "WARC-Type: "

RE2::Options Quietly() {
  RE2::Options options;
  options.set_log_errors(false);
  return options;
}

// Calls visit(c, place) for each sign of a pattern that stands for itself: behind no backslash, in no class.
template <typename Visit>
void ForEachSign(std::string_view text, Visit&& visit) {
  bool in_class = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\')
      ++i;
    else if (in_class)
      in_class = c != ']';
    else if (c == '[')
      in_class = true, i += text.substr(i + 1).starts_with(']') ? 1 : text.substr(i + 1).starts_with("^]") ? 2 : 0;
    else
      visit(c, i);
  }
}

// Does every match begin where the text begins? True only if that is easily seen: ^ first, no alternative beside it.
bool IsAnchored(std::string_view text) {
  if (!text.starts_with('^')) return false;
  int depth = 0;
  bool has_alternative = false;
  ForEachSign(text, [&](char c, size_t) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    has_alternative |= c == '|' && depth == 0;
  });
  if (has_alternative) return false;
  return text.find("\\Q") == text.npos;  // quotes what we have counted
}

// Where the parenthesis stands that has no other, of which RE2 says only that there is one; npos: nowhere.
size_t LoneParenthesis(std::string_view text) {
  std::vector<size_t> open;
  size_t closing = text.npos;
  ForEachSign(text, [&](char c, size_t i) {
    if (c == '(')
      open.push_back(i);
    else if (c == ')' && !open.empty())
      open.pop_back();
    else if (c == ')' && closing == text.npos)
      closing = i;
  });
  if (closing != text.npos) return closing;
  return open.empty() ? text.npos : open.back();
}

std::string ErrorOf(const RE2& re, std::string_view text) {
  const bool is_parenthesis = re.error_code() == RE2::ErrorMissingParen || re.error_code() == RE2::ErrorUnexpectedParen;
  const std::string& wrong = re.error_arg();
  const size_t place = is_parenthesis ? LoneParenthesis(text) : wrong.empty() ? text.npos : text.find(wrong);
  return place == text.npos ? re.error() : absl::StrFormat("%s; it is character %d", re.error(), place + 1);
}

}  // namespace

struct Pattern::State {
  explicit State(std::string_view pattern) : text(pattern) {}

  const RE2& re() {
    std::call_once(once, [this] { Build(); });
    return *compiled;
  }

  void Build() {
    compiled.emplace(text, Quietly());
    if (!compiled->ok() || !IsAnchored(text)) return;
    // The range of the match and whatever follows it, byte for byte.
    const RE2 line(absl::StrFormat("(?:%s)\\C*", text), Quietly());
    if (!line.ok() || !line.PossibleMatchRange(&low, &high, kRangeBytes) || high.empty()) {
      low.clear();
      high.clear();
      return;
    }
    if (!low.empty()) first_byte = static_cast<unsigned char>(low[0]);
    last_byte = static_cast<unsigned char>(high[0]);
  }

  const std::string text;
  std::once_flag once;
  std::optional<RE2> compiled;
  std::string low, high;  // what an anchored pattern matches lies between them; empty: anywhere
  unsigned char first_byte = 0, last_byte = 255;
};

absl::StatusOr<Pattern> Pattern::Compile(std::string_view text) {
  Pattern pattern = Known(text);
  const RE2& re = pattern.state_->re();
  if (!re.ok()) return absl::InvalidArgumentError(ErrorOf(re, text));
  if (re.NumberOfCapturingGroups() > kMaxGroups) {
    return absl::InvalidArgumentError(
        absl::StrFormat("more than %d groups; write (?:...) for those that are not used", kMaxGroups));
  }
  return pattern;
}

// Profiles of one family have long patterns in common, and compiling one takes milliseconds: it is done once.
Pattern Pattern::Known(std::string_view text) {
  constexpr size_t kLongBytes = 64;
  Pattern pattern;
  if (text.size() < kLongBytes) {
    pattern.state_ = std::make_shared<State>(text);
    return pattern;
  }
  static auto* const mutex = new std::mutex;
  static auto* const known = new HashMap<std::string, std::weak_ptr<State>>;
  const std::lock_guard lock(*mutex);
  std::weak_ptr<State>& state = (*known)[std::string(text)];
  pattern.state_ = state.lock();
  if (pattern.state_ == nullptr) state = pattern.state_ = std::make_shared<State>(text);
  return pattern;
}

const std::string& Pattern::text() const {
  static const std::string kNone;
  return state_ == nullptr ? kNone : state_->text;
}

bool Pattern::MayBeginWith(unsigned char c) const {
  if (state_ == nullptr) return false;
  state_->re();
  return c >= state_->first_byte && c <= state_->last_byte;
}

bool Pattern::Find(std::string_view text, std::span<std::string_view> groups) const {
  if (state_ == nullptr) return false;
  const RE2& re = state_->re();
  // Most lines are ruled out by a comparison of a few bytes.
  if (!state_->high.empty() && (text < state_->low || text > state_->high)) return false;
  std::array<re2::StringPiece, kMaxGroups + 1> found;
  const size_t wanted = std::min(groups.size(), static_cast<size_t>(re.NumberOfCapturingGroups()) + 1);
  const re2::StringPiece all(text.data(), text.size());
  if (!re.Match(all, 0, text.size(), RE2::UNANCHORED, found.data(), static_cast<int>(wanted))) return false;
  for (size_t i = 0; i < groups.size(); ++i) {
    groups[i] = i < wanted ? std::string_view(found[i].data(), found[i].size()) : std::string_view();
  }
  return true;
}

std::string_view Pattern::Extract(std::string_view text) const {
  std::array<std::string_view, 2> groups;
  if (!Find(text, groups)) return {};
  return state_->re().NumberOfCapturingGroups() > 0 ? groups[1] : groups[0];
}

bool Pattern::has_groups() const { return state_ != nullptr && state_->re().NumberOfCapturingGroups() > 0; }

}  // namespace unecho
