#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_format.h"
#include "unecho/profile.h"

namespace unecho {
namespace {

constexpr size_t kMaxGroups = 8;
constexpr int64_t kMaxPatternMemory = int64_t{8} << 20;   // RE2's own default; beyond it a pattern is refused

// The literal text a pattern anchored by ^ begins with. An optional or alternative character ends it.
std::string LiteralPrefix(std::string_view text) {
  if (!text.starts_with('^') || text.find('|') != text.npos) return {};
  std::string prefix;
  for (size_t i = 1; i < text.size(); ++i) {
    const bool escaped = text[i] == '\\';
    constexpr std::string_view kSpecial = ".^$*+?()[]{}";
    size_t next = i + 1;
    char c = text[i];
    if (escaped) {
      // Only escaped punctuation is literal: \d and \pL are classes.
      if (next >= text.size() || (kSpecial.find(text[next]) == kSpecial.npos && text[next] != '\\' && text[next] != '-')) break;
      c = text[next++];
    } else if (kSpecial.find(c) != kSpecial.npos) {
      break;
    }
    const bool repeated = next < text.size() && (text[next] == '*' || text[next] == '?' || text[next] == '{' || text[next] == '+');
    if (repeated && text[next] != '+') break;
    // A byte of a character of several bytes may not be cut from the rest, which may be what is repeated.
    if (static_cast<unsigned char>(c) >= 0x80) break;
    prefix += c;
    if (repeated) break;
    i = next - 1;
  }
  return prefix;
}

}  // namespace

absl::StatusOr<Pattern> Pattern::Compile(std::string_view text) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMaxPatternMemory);
  Pattern pattern;
  pattern.text_ = text;
  auto re = std::make_shared<const RE2>(re2::StringPiece(text.data(), text.size()), options);
  if (!re->ok()) return absl::InvalidArgumentError(absl::StrFormat("%s: %s", text, re->error()));
  if (re->NumberOfCapturingGroups() >= static_cast<int>(kMaxGroups)) {
    return absl::InvalidArgumentError(absl::StrFormat("%s: more than %d groups; write (?:...) for those that are not used",
                                                      text, kMaxGroups - 1));
  }
  pattern.num_groups_ = re->NumberOfCapturingGroups();
  pattern.prefix_ = LiteralPrefix(text);
  pattern.re_ = std::move(re);
  return pattern;
}

bool Pattern::Find(std::string_view text, std::span<std::string_view> groups) const {
  if (re_ == nullptr) return false;
  if (!prefix_.empty() && !text.starts_with(prefix_)) return false;
  std::array<re2::StringPiece, kMaxGroups> found;
  const size_t wanted = std::min(groups.size(), static_cast<size_t>(num_groups_) + 1);
  const re2::StringPiece all(text.data(), text.size());
  if (!re_->Match(all, 0, text.size(), RE2::UNANCHORED, found.data(), static_cast<int>(wanted))) return false;
  for (size_t i = 0; i < groups.size(); ++i) {
    groups[i] = i < wanted ? std::string_view(found[i].data(), found[i].size()) : std::string_view();
  }
  return true;
}

std::string_view Pattern::Extract(std::string_view text) const {
  std::array<std::string_view, 2> groups;
  if (!Find(text, groups)) return {};
  return num_groups_ > 0 ? groups[1] : groups[0];
}

}  // namespace unecho
