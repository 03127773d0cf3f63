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

SiblingLayouts::Group* SiblingLayouts::GroupWith(const InputFile& file) {
  if (files_.size() < 2 || !file.aligned.empty()) return nullptr;
  if (groups_->empty()) {
    for (const InputFile& each : files_) {
      if (each.aligned.empty()) (*groups_)[GroupOf(each.name)].files.push_back(&each);
    }
  }
  const auto group = groups_->find(GroupOf(file.name));
  return group == groups_->end() || group->second.files.size() < 2 ? nullptr : &group->second;
}

LayoutPtr SiblingLayouts::LayoutOf(Group& group) const {
  if (std::exchange(group.was_asked, true)) return group.layout;
  std::vector<std::pair<LayoutPtr, size_t>> votes;
  size_t asked = 0, shown = 0;
  for (const InputFile* const file : group.files) {
    if (asked == kMostAsked) break;
    if (!CanBeReadTwice(*file)) continue;
    ++asked;
    const auto detected = SniffLayout(BeginningOf(*file, encoding_), true, options_, file->name);
    if (!detected || detected->layout == nullptr || detected->is_weak) continue;
    ++shown;
    if (!IsListing(detected->layout)) continue;
    auto vote = std::ranges::find(votes, detected->layout, &std::pair<LayoutPtr, size_t>::first);
    if (vote == votes.end()) vote = votes.insert(votes.end(), {detected->layout, 0});
    ++vote->second;
  }
  for (const auto& [layout, count] : votes) {
    if (2 * count > shown) group.layout = layout;
  }
  return group.layout;
}

Detected SiblingLayouts::LayoutOf(const InputFile& file, std::string_view prefix, Detected own) {
  Group* const group = own.is_weak ? GroupWith(file) : nullptr;
  if (group == nullptr) return own;
  const LayoutPtr layout = LayoutOf(*group);
  if (layout == nullptr || layout == own.layout || !ReadsAll(*layout, prefix.substr(0, kSniffBytes))) return own;
  return {layout, absl::StrFormat("it is read like the files beside it (%s)", GroupOf(file.name))};
}

}  // namespace unecho
