#include "read/sibling_layouts.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

#include "absl/strings/str_format.h"
#include "layouts/sniff_trial.h"
#include "read/utf8_reader.h"

namespace unecho {
namespace {

// "notes/*.md" of "notes/a.md"; of a file without an ending "notes/*".
std::string GroupOf(std::string_view name) {
  const size_t slash = name.rfind('/'), begin = slash == name.npos ? 0 : slash + 1;
  const size_t dot = name.rfind('.');
  const std::string_view end = dot == name.npos || dot <= begin ? std::string_view() : name.substr(dot);
  return std::string(name.substr(0, begin)).append("*").append(end);
}

// As much of a file as a layout is known by. Empty: it cannot be read.
std::string BeginningOf(const InputFile& file, const std::string& encoding) {
  auto input = OpenInput(file, nullptr);
  if (!input.ok()) return {};
  Utf8Reader reader(*std::move(input), encoding);
  std::string bytes(kSniffBytes, '\0');
  size_t size = 0;
  while (size < bytes.size()) {
    const auto read = reader.Read({bytes.data() + size, bytes.size() - size}, std::chrono::seconds(60));
    if (!read.ok()) return {};
    size += read->bytes;
    if (read->at_end || read->bytes == 0) break;
  }
  bytes.resize(size);
  return bytes;
}

// Layouts that go by names and structure, and are in every audit.
bool IsListing(const LayoutPtr& layout) {
  return layout != nullptr && layout->profile().engine == Engine::kPattern && FindLayout(layout->name()) == layout;
}

}  // namespace

LayoutPtr SiblingLayouts::LayoutOfGroup(const std::string& group) {
  const auto [place, is_new] = groups_.try_emplace(group, nullptr);
  if (!is_new) return place->second;
  std::vector<std::pair<LayoutPtr, size_t>> votes;
  size_t asked = 0, shown = 0;
  for (const InputFile& file : files_) {
    if (asked == kMostAsked) break;
    if (!file.aligned.empty() || GroupOf(file.name) != group || !CanBeReadTwice(file)) continue;
    ++asked;
    const auto detected = SniffLayout(BeginningOf(file, encoding_), true, options_, file.name);
    if (!detected || !IsListing(detected->layout) || detected->is_weak) continue;
    ++shown;
    auto vote = std::ranges::find(votes, detected->layout, &std::pair<LayoutPtr, size_t>::first);
    if (vote == votes.end()) vote = votes.insert(votes.end(), {detected->layout, 0});
    ++vote->second;
  }
  for (const auto& [layout, count] : votes) {
    if (2 * count > shown) place->second = layout;
  }
  return place->second;
}

Detected SiblingLayouts::LayoutOf(const InputFile& file, std::string_view prefix, Detected own) {
  if (!own.is_weak || files_.size() < 2 || !file.aligned.empty()) return own;
  const std::string group = GroupOf(file.name);
  const LayoutPtr layout = LayoutOfGroup(group);
  if (layout == nullptr || layout == own.layout || !ReadsAll(*layout, prefix.substr(0, kSniffBytes))) return own;
  return {layout, absl::StrFormat("it is read like the files beside it (%s)", group)};
}

}  // namespace unecho
